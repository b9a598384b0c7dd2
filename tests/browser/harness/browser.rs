//! A browser for one test: which window, which colours, which address. It ends with the test, however that ends.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, TimeoutConfiguration};

use super::{Folder, Page, chromedriver::Chromedriver, page::Session, server, slots::Slot};

/// What is put into every document before its own scripts: the collector of problems, and the helpers.
const HELPERS: &str = include_str!("page.js");

/// The colours that the system prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The browser that a test wants.
#[derive(Clone, Debug)]
pub struct Browser {
    width: u32,
    height: u32,
    scheme: Scheme,
    touch: bool,
    path: &'static str,
    script_seconds: u64,
}

impl Default for Browser {
    fn default() -> Self {
        Self { width: 1280, height: 900, scheme: Scheme::Light, touch: false, path: "/", script_seconds: 10 }
    }
}

impl Browser {
    /// With a window of this size, in CSS pixels.
    pub fn sized(self, width: u32, height: u32) -> Self {
        Self { width, height, ..self }
    }

    /// With these colours preferred.
    pub fn coloured(self, scheme: Scheme) -> Self {
        Self { scheme, ..self }
    }

    /// As on a phone: touch, no mouse.
    pub fn touched(self) -> Self {
        Self { touch: true, ..self }
    }

    /// At this path of the server.
    pub fn at(self, path: &'static str) -> Self {
        Self { path, ..self }
    }

    /// Conditions may take this long to come true.
    pub fn patient(self, script_seconds: u64) -> Self {
        Self { script_seconds, ..self }
    }

    /// Opens the page for the first time, closes the tour as anyone would, and runs the test.
    #[track_caller]
    pub fn run(self, test: impl FnOnce(&Page)) {
        self.run_untoured(|page| {
            page.button("Close the tour").click();
            page.wait_gone("[aria-label='Short tour']");
            test(page);
        });
    }

    /// Opens the page for the first time and runs the test.
    #[track_caller]
    pub fn run_untoured(self, test: impl FnOnce(&Page)) {
        self.run_on(&Folder::new(), test);
    }

    /// Opens the page in a browser that keeps what it keeps in this folder, and runs the test. The browser is then
    /// killed, as a power cut would, unless the test has done so.
    #[track_caller]
    pub fn run_on(self, profile: &Folder, test: impl FnOnce(&Page)) {
        let _slot = Slot::take();
        let driver = Chromedriver::shared();
        let downloads = Folder::new();
        let _ending = Ending(profile.path());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let address = format!("{}{}", server::origin(), self.path);
        let session = runtime.block_on(self.begin(&driver.address(), profile.path(), downloads.path()));
        let session = session.expect("a browser session");
        let page = Page::new(Session {
            runtime,
            driver: session,
            downloads,
            address,
            patience: self.script_seconds,
            profile: profile.path().to_owned(),
        });
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            page.go(&page.address());
            page.wait_ready();
            test(&page);
            if !page.is_killed() {
                page.assert_sound();
            }
        }));
        if outcome.is_err() {
            page.keep_failure();
        }
        page.quit();
        if let Err(panic) = outcome {
            resume_unwind(panic);
        }
    }

    async fn begin(&self, driver: &str, profile: &Path, downloads: &Path) -> WebDriverResult<WebDriver> {
        let capabilities = self.capabilities(profile, downloads);
        let session = WebDriver::builder(driver, capabilities)
            .request_timeout(Duration::from_secs(600))
            .connect()
            .await?;
        let script = Some(Duration::from_secs(self.script_seconds + 5));
        session
            .update_timeouts(TimeoutConfiguration::new(script, Some(Duration::from_secs(60)), None))
            .await?;
        prepare(&session).await?;
        let cdp = session.cdp();
        let scheme = if self.scheme == Scheme::Dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        cdp.send_raw("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        let metrics = json!({
            "width": self.width, "height": self.height, "deviceScaleFactor": 1, "mobile": self.touch,
        });
        cdp.send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
        if self.touch {
            cdp.send_raw(
                "Emulation.setTouchEmulationEnabled",
                json!({ "enabled": true, "maxTouchPoints": 1 }),
            )
            .await?;
        }
        let permissions = json!({
            "origin": server::origin(), "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
        });
        cdp.send_raw("Browser.grantPermissions", permissions).await?;
        Ok(session)
    }

    fn capabilities(&self, profile: &Path, downloads: &Path) -> Capabilities {
        let mut arguments: Vec<String> = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // Tabs behind others work on as fast.
            "--disable-background-timer-throttling",
            "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding",
            "--force-device-scale-factor=1",
            "--lang=en-US",
            // Whatever is not this machine does not exist.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ]
        .map(str::to_owned)
        .to_vec();
        // Not the tab of news that the browser begins with.
        arguments.push("about:blank".to_owned());
        arguments.push(format!("--user-data-dir={}", profile.display()));
        arguments.push(format!("--window-size={},{}", self.width.max(500), self.height + 140));
        let mut options = json!({
            "args": arguments,
            "prefs": {
                "download.default_directory": downloads,
                "download.prompt_for_download": false,
                "profile.default_content_setting_values.automatic_downloads": 1,
            },
            "perfLoggingPrefs": { "enableNetwork": true, "enablePage": false },
        });
        if let Some(program) = std::env::var_os("CHROMIUM") {
            options["binary"] = json!(program.to_string_lossy());
        }
        let wanted = json!({
            "browserName": "chrome",
            "pageLoadStrategy": "normal",
            "unhandledPromptBehavior": "ignore",
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "goog:chromeOptions": options,
        });
        match wanted {
            Value::Object(wanted) => wanted.into(),
            _ => unreachable!("an object was written"),
        }
    }
}

/// Puts the helpers into every document of the tab in front.
pub(super) async fn prepare(session: &WebDriver) -> WebDriverResult<()> {
    let source = json!({ "source": HELPERS });
    session.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", source).await.map(drop)
}

/// Ends what is left of a browser when the test is over: the processes that work on the test's own profile.
struct Ending<'a>(&'a Path);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(3) {
            if working_on(self.0).is_empty() {
                return;
            }
            std::thread::park_timeout(Duration::from_millis(20));
        }
        for process in working_on(self.0) {
            // It may have ended by itself by now.
            let _ended = Command::new("kill").args(["-KILL", &process]).status();
        }
    }
}

/// The ids of the processes whose command line names the profile. Known only where there is a `/proc`.
pub(super) fn working_on(profile: &Path) -> Vec<String> {
    let wanted = format!("--user-data-dir={}", profile.display());
    let Ok(processes) = std::fs::read_dir("/proc") else { return Vec::new() };
    let ids = processes.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let works_on_it = |id: &String| {
        let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        line.split(|byte| *byte == 0).any(|argument| argument == wanted.as_bytes())
    };
    ids.filter(|id| id.bytes().all(|byte| byte.is_ascii_digit())).filter(works_on_it).collect()
}
