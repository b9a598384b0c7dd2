//! The page as a person meets it: controls by role and visible name, keys, conditions to wait for.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use super::Folder;

/// A browser session with all that belongs to it.
pub struct Session {
    pub runtime: tokio::runtime::Runtime,
    pub driver: WebDriver,
    pub downloads: Folder,
    pub address: String,
    pub patience: u64,
    pub profile: PathBuf,
}

/// The page in the browser. Whatever goes wrong here ends the test with what was looked for.
pub struct Page {
    session: Session,
    requests: RefCell<Vec<String>>,
    problems: RefCell<Vec<String>>,
    fetched: RefCell<BTreeSet<PathBuf>>,
    killed: Cell<bool>,
}

/// What to look for: a control by its role and visible name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By<'a> {
    role: &'a str,
    name: &'a str,
    within: Option<&'a str>,
}

impl<'a> By<'a> {
    /// By role and visible name.
    pub const fn role(role: &'a str, name: &'a str) -> Self {
        Self { role, name, within: None }
    }

    /// The same, only inside what the selector matches first.
    pub const fn within(self, selector: &'a str) -> Self {
        Self { within: Some(selector), ..self }
    }
}

/// A control that was found.
pub struct Control<'p> {
    page: &'p Page,
    element: WebElement,
    what: String,
}

impl Page {
    pub(super) fn new(session: Session) -> Self {
        Self {
            session,
            requests: RefCell::default(),
            problems: RefCell::default(),
            fetched: RefCell::default(),
            killed: Cell::default(),
        }
    }

    /// Where the page is served.
    pub fn address(&self) -> String {
        self.session.address.clone()
    }

    /// Goes to an address.
    pub fn go(&self, address: &str) {
        self.wait_for_driver(self.session.driver.goto(address), "going to an address");
    }

    /// Kills all processes of the browser at once, without a word.
    pub fn kill(&self) {
        self.killed.set(true);
        let processes = super::browser::working_on(&self.session.profile);
        assert!(!processes.is_empty(), "the browser runs");
        let killed = std::process::Command::new("kill").arg("-KILL").args(&processes).status();
        // One of them may have ended when the first was killed.
        let _some_were_gone = killed.expect("kill starts");
    }

    /// The ids of the processes that draw pages in this browser. Known only where there is a `/proc`.
    #[allow(dead_code, reason = "only the benchmark asks")]
    pub fn renderers(&self) -> Vec<String> {
        let mut family = super::browser::working_on(&self.session.profile);
        let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
        let mut others: Vec<(String, String)> = processes
            .filter_map(|entry| {
                let id = entry.file_name().to_string_lossy().into_owned();
                let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
                let parent = stat.rsplit_once(')')?.1.split_ascii_whitespace().nth(1)?.to_owned();
                Some((id, parent))
            })
            .collect();
        let mut known = 0;
        while known < family.len() {
            known = family.len();
            others.retain(|(id, parent)| {
                let is_child = family.contains(parent);
                if is_child && !family.contains(id) {
                    family.push(id.clone());
                }
                !is_child
            });
        }
        let draws = |id: &String| {
            let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
            // Chromium writes the line of such a process anew, with spaces.
            String::from_utf8_lossy(&line).contains("--type=renderer")
        };
        family.into_iter().filter(draws).collect()
    }

    /// Whether the browser was killed.
    pub(super) fn is_killed(&self) -> bool {
        self.killed.get()
    }

    /// Opens the same address in a further tab, which is in front then.
    pub fn open_tab(&self) -> WindowHandle {
        let opened = self.session.runtime.block_on(async {
            let tab = self.session.driver.new_tab().await?;
            self.session.driver.switch_to_window(tab.clone()).await?;
            super::browser::prepare(&self.session.driver).await?;
            Ok(tab)
        });
        let tab = good(opened, "a further tab");
        self.go(&self.address());
        self.wait_ready();
        tab
    }

    /// The tab that is in front.
    pub fn tab(&self) -> WindowHandle {
        self.wait_for_driver(self.session.driver.window(), "the tab in front")
    }

    /// Brings a tab to the front.
    pub fn switch_to(&self, tab: &WindowHandle) {
        let switched = self.session.driver.switch_to_window(tab.clone());
        self.wait_for_driver(switched, "another tab");
    }

    /// Waits until the text and its marks are shown and everything is saved.
    pub fn wait_ready(&self) {
        self.wait("return document.querySelector('[data-surface][data-ready]')", "the text is ready");
        self.wait_saved();
    }

    /// Waits until everything is in the database.
    pub fn wait_saved(&self) {
        self.wait("return document.querySelector('[data-save=saved]')", "everything is saved");
    }

    /// Loads the page again, as the browser's own button does.
    pub fn reload(&self) {
        self.begin_reload();
        self.wait_ready();
    }

    /// Loads the page again without waiting until it answers.
    #[track_caller]
    pub fn begin_reload(&self) {
        self.gather();
        self.wait_for_driver(self.session.driver.refresh(), "loading the page again");
    }

    /// Whether the page says that it answers.
    #[track_caller]
    pub fn is_ready(&self) -> bool {
        self.read("return Boolean(document.querySelector('[data-surface][data-ready]'))")
    }

    /// Runs a script and gives back what it returns.
    #[track_caller]
    pub fn read<T: DeserializeOwned>(&self, script: &str) -> T {
        self.read_with(script, &[])
    }

    /// Runs a script on these values and gives back what it returns.
    #[track_caller]
    pub fn read_with<T: DeserializeOwned>(&self, script: &str, values: &[Value]) -> T {
        let returned = self.session.runtime.block_on(self.session.driver.execute(script, values.to_vec()));
        let returned = good(returned, script);
        good(returned.convert(), script)
    }

    /// Runs a script that calls back through its last value, and gives back what it called with.
    #[track_caller]
    pub fn read_later<T: DeserializeOwned>(&self, script: &str, values: &[Value]) -> T {
        let returned =
            self.session.runtime.block_on(self.session.driver.execute_async(script, values.to_vec()));
        let returned = good(returned, script);
        good(returned.convert(), script)
    }

    /// Waits until the script returns something true.
    #[track_caller]
    pub fn wait(&self, script: &str, what: &str) {
        self.wait_with(script, &[], what);
    }

    /// Waits until the script on these values returns something true.
    #[track_caller]
    pub fn wait_with(&self, script: &str, values: &[Value], what: &str) {
        let condition = format!(
            "const values = [...arguments], done = values.pop();
             __hand.until(() => {{ const found = (function() {{ {script} }}).apply(null, values);
                                 return found instanceof Node ? true : found; }}, {}, done);",
            self.session.patience * 1000,
        );
        let returned =
            self.session.runtime.block_on(self.session.driver.execute_async(condition, values.to_vec()));
        let returned = good(returned, what);
        if let Some(error) = returned.json().get("error") {
            panic!("waited {} s until {what}: {error}", self.session.patience);
        }
    }

    /// Waits until nothing matches the selector.
    #[track_caller]
    pub fn wait_gone(&self, selector: &str) {
        let what = format!("{selector} is gone");
        self.wait_with("return !document.querySelector(arguments[0])", &[json!(selector)], &what);
    }

    /// Waits until something matches the selector.
    #[track_caller]
    pub fn wait_there(&self, selector: &str) {
        let what = format!("{selector} is there");
        self.wait_with(
            "return document.querySelector(arguments[0])?.checkVisibility()",
            &[json!(selector)],
            &what,
        );
    }

    /// Waits until words stand somewhere on the page where they can be seen.
    #[track_caller]
    pub fn wait_words(&self, words: &str) {
        let what = format!("“{words}” can be read");
        self.wait_with("return document.body.innerText.includes(arguments[0])", &[json!(words)], &what);
    }

    /// Finds a control; waits for it if it is not there yet.
    #[track_caller]
    pub fn find(&self, by: By<'_>) -> Control<'_> {
        let what = format!("the {} “{}”", by.role, by.name);
        let values = [json!(by.role), json!(by.name), json!(by.within)];
        self.wait_with("return __hand.find(...arguments)", &values, &format!("{what} is there"));
        let found = self.session.runtime.block_on(async {
            self.session.driver.execute("return __hand.find(...arguments)", values.to_vec()).await?.element()
        });
        let element = good(found, &what);
        Control { page: self, element, what }
    }

    /// Whether the control is there now.
    #[track_caller]
    pub fn has(&self, by: By<'_>) -> bool {
        let values = [json!(by.role), json!(by.name), json!(by.within)];
        self.read_with("return Boolean(__hand.find(...arguments))", &values)
    }

    /// The button of that name.
    #[track_caller]
    pub fn button(&self, name: &str) -> Control<'_> {
        self.find(By::role("button", name))
    }

    /// The text field of that name.
    #[track_caller]
    pub fn field(&self, name: &str) -> Control<'_> {
        self.find(By::role("textbox", name))
    }

    /// The rows of the list of that name, each as what can be read in it.
    #[track_caller]
    pub fn list(&self, name: &str) -> Vec<String> {
        let what = format!("the list “{name}” is there");
        self.wait_with("return __hand.list(arguments[0])", &[json!(name)], &what);
        self.read_with("return __hand.list(arguments[0])", &[json!(name)])
    }

    /// Waits until the list of that name has so many rows.
    #[track_caller]
    pub fn wait_rows(&self, name: &str, count: usize) {
        let what = format!("the list “{name}” has {count} rows");
        let script = "return (__hand.list(arguments[0]) ?? []).length === arguments[1]";
        self.wait_with(script, &[json!(name), json!(count)], &what);
    }

    /// Sends a command of the Chrome DevTools Protocol.
    #[track_caller]
    pub fn devtools(&self, command: &str, values: Value) -> Value {
        let cdp = self.session.driver.cdp();
        let sent = self.session.runtime.block_on(cdp.send_raw(command, values));
        good(sent, command)
    }

    /// Sends raw actions of WebDriver: pointers and keys.
    #[track_caller]
    pub(super) fn act(&self, actions: Value) {
        let sent = self.session.runtime.block_on(self.session.driver.cmd(Actions(actions)));
        good(sent, "mouse or keys");
    }

    /// Waits for the next file that the page saves, and says where it is.
    #[track_caller]
    pub fn downloaded(&self) -> PathBuf {
        let limit = Instant::now() + Duration::from_secs(self.session.patience);
        while Instant::now() < limit {
            if let Some(path) = self.new_download() {
                self.fetched.borrow_mut().insert(path.clone());
                return path;
            }
            std::thread::park_timeout(Duration::from_millis(15));
        }
        panic!("no file was saved");
    }

    /// A file that the page has saved since the last one was fetched.
    pub fn new_download(&self) -> Option<PathBuf> {
        let saved = std::fs::read_dir(self.session.downloads.path()).expect("the downloads can be listed");
        let mut saved = saved.flatten().map(|entry| entry.path());
        saved.find(|path| {
            let whole = path.extension().is_none_or(|ending| ending != "crdownload" && ending != "tmp");
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            whole && !hidden && !self.fetched.borrow().contains(path)
        })
    }

    /// The addresses requested so far, data and blobs of the page's own left out.
    pub fn requests(&self) -> Vec<String> {
        self.gather();
        self.requests.borrow().clone()
    }

    /// Takes the problems that hold these words for what a test wanted to bring about; fails if there are none.
    #[track_caller]
    pub fn expect_problems(&self, words: &str) {
        self.gather();
        let mut problems = self.problems.borrow_mut();
        let before = problems.len();
        problems.retain(|problem| !problem.contains(words));
        assert!(problems.len() < before, "the page reported no “{words}”");
    }

    /// Fails if the page has reported an error or asked any other place for anything.
    #[track_caller]
    pub fn assert_sound(&self) {
        let origin = super::server::origin();
        let strangers: Vec<String> =
            self.requests().into_iter().filter(|one| !one.starts_with(origin)).collect();
        assert!(strangers.is_empty(), "the page asked other places: {strangers:?}");
        let problems = self.problems.borrow();
        assert!(problems.is_empty(), "the page reported problems:\n{}", problems.join("\n"));
    }

    /// What the page has reported so far.
    pub fn problems(&self) -> Vec<String> {
        self.gather();
        self.problems.borrow().clone()
    }

    /// Forgets the problems and requests so far, for a test that has brought them about.
    pub fn forgive_problems(&self) {
        self.gather();
        self.problems.borrow_mut().clear();
        self.requests.borrow_mut().clear();
    }

    /// Keeps what can be seen and the page's elements under `target/browser-failures/`.
    pub(super) fn keep_failure(&self) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser-failures");
        let name = std::thread::current().name().unwrap_or("test").replace("::", ".");
        let kept = std::fs::create_dir_all(&folder).is_ok() && {
            let shot = self
                .session
                .runtime
                .block_on(self.session.driver.screenshot(&folder.join(format!("{name}.png"))));
            let source = self.session.runtime.block_on(self.session.driver.source());
            let source = source
                .is_ok_and(|source| std::fs::write(folder.join(format!("{name}.html")), source).is_ok());
            shot.is_ok() && source
        };
        self.gather();
        let problems = self.problems.borrow();
        if !problems.is_empty() {
            eprintln!("the page reported:\n{}", problems.join("\n"));
        }
        if kept {
            eprintln!("see {}/{name}.png and .html", folder.display());
        }
    }

    /// Ends the browser.
    pub(super) fn quit(self) {
        let Session { runtime, driver, .. } = self.session;
        // If it fails, the processes are ended by their ids.
        let _quit = runtime.block_on(driver.quit());
    }

    /// Takes over what the browser has logged since last time; a reload forgets what the page itself has collected.
    fn gather(&self) {
        let driver = &self.session.driver;
        let (network, console, collected) = self.session.runtime.block_on(async {
            let network = driver.get_log("performance").await.unwrap_or_default();
            let console = driver.get_log("browser").await.unwrap_or_default();
            let collected =
                driver.execute("return window.__hand ? __hand.problems.splice(0) : []", Vec::new()).await;
            (network, console, collected.and_then(|found| found.convert::<Vec<String>>()).unwrap_or_default())
        });
        let requested = network.iter().filter_map(|entry| {
            let event: Value = serde_json::from_str(&entry.message).ok()?;
            let message = event.get("message")?;
            let wanted =
                ["Network.requestWillBeSent", "Network.webSocketCreated", "Network.webTransportCreated"];
            wanted.contains(&message.get("method")?.as_str()?).then_some(())?;
            let values = message.get("params")?;
            let address = values.pointer("/request/url").or_else(|| values.get("url"))?.as_str()?.to_owned();
            let inside = ["data:", "blob:", "about:", "chrome:"].iter().any(|kind| address.starts_with(kind));
            (!inside).then_some(address)
        });
        self.requests.borrow_mut().extend(requested);
        let severe = console.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message);
        self.problems.borrow_mut().extend(severe.chain(collected));
    }

    #[track_caller]
    pub(super) fn wait_for_driver<T>(
        &self,
        answer: impl Future<Output = WebDriverResult<T>>,
        what: &str,
    ) -> T {
        good(self.session.runtime.block_on(answer), what)
    }
}

impl Control<'_> {
    /// Clicks in its middle, once what slides over it or moves it has come to rest.
    #[track_caller]
    pub fn click(&self) {
        let session = &self.page.session;
        let limit = Instant::now() + Duration::from_secs(session.patience);
        while Instant::now() < limit {
            match session.runtime.block_on(self.element.click()) {
                Err(error) if error.to_string().contains("intercepted") => {
                    std::thread::park_timeout(Duration::from_millis(50));
                }
                clicked => {
                    self.page.wait_for_driver(async { clicked }, &self.what);
                    return;
                }
            }
        }
        self.page.wait_for_driver(self.element.click(), &self.what);
    }

    /// Types into it.
    #[track_caller]
    pub fn write(&self, words: &str) {
        self.page.wait_for_driver(self.element.send_keys(words), &self.what);
    }

    /// Empties it and types into it.
    #[track_caller]
    pub fn rewrite(&self, words: &str) {
        self.page.wait_for_driver(self.element.clear(), &self.what);
        self.write(words);
    }

    /// Chooses these files in it.
    #[track_caller]
    pub fn choose(&self, files: &[impl AsRef<Path>]) {
        let files: Vec<String> = files.iter().map(|file| file.as_ref().display().to_string()).collect();
        self.write(&files.join("\n"));
    }

    /// What can be read in it.
    #[track_caller]
    pub fn words(&self) -> String {
        self.page.wait_for_driver(self.element.text(), &self.what)
    }

    /// Whether it can be used.
    #[track_caller]
    pub fn is_enabled(&self) -> bool {
        self.page.wait_for_driver(self.element.is_enabled(), &self.what)
    }

    /// The role and the name that the browser gives to assistive technology.
    #[track_caller]
    pub fn computed(&self) -> (String, String) {
        let id = self.element.element_id().to_string();
        let ask = |what: &'static str| {
            let answer = self.page.session.driver.cmd(Computed { element: id.clone(), what });
            let answer = self.page.wait_for_driver(answer, &self.what);
            answer.value::<String>().unwrap_or_default()
        };
        (ask("computedrole"), ask("computedlabel"))
    }
}

/// What came of it, or a panic that names what was tried, at the place of the caller.
#[track_caller]
fn good<T>(result: WebDriverResult<T>, what: &str) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{what}: {error}"),
    }
}

/// `POST /session/{id}/actions`, with floating coordinates and several devices.
#[derive(Debug)]
struct Actions(Value);

impl thirtyfour::common::command::FormatRequestData for Actions {
    fn format_request(&self, session: &thirtyfour::SessionId) -> thirtyfour::RequestData {
        let address = format!("/session/{session}/actions");
        thirtyfour::RequestData::new(method("POST"), address).add_body(json!({ "actions": self.0 }))
    }
}

/// `GET /session/{id}/element/{element}/computedrole` and `computedlabel`.
#[derive(Debug)]
struct Computed {
    element: String,
    what: &'static str,
}

impl thirtyfour::common::command::FormatRequestData for Computed {
    fn format_request(&self, session: &thirtyfour::SessionId) -> thirtyfour::RequestData {
        let address = format!("/session/{session}/element/{}/{}", self.element, self.what);
        thirtyfour::RequestData::new(method("GET"), address)
    }
}

/// The method in the type that the driver wants, which belongs to a crate that is not ours to name.
fn method<T: std::str::FromStr<Err: std::fmt::Debug>>(name: &str) -> T {
    name.parse().expect("a method of HTTP")
}
