//! Eyes: what the page shows of the text, its marks and its lists, and the steps that most tests begin or end with.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::json;

use super::Page;
use super::exported::Dataset;
use super::page::By;

/// An annotation as it is painted.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Mark {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its text; several parts with ` … ` between them.
    pub text: String,
}

impl Page {
    /// The annotations as they are painted, in the order of the text.
    #[track_caller]
    pub fn painted(&self) -> Vec<Mark> {
        self.read("return __hand.marks()")
    }

    /// Labels and texts of the annotations as they are painted.
    #[track_caller]
    pub fn marks(&self) -> Vec<(String, String)> {
        self.painted().into_iter().map(|mark| (mark.label, mark.text)).collect()
    }

    /// Waits until an annotation of this label lies on exactly this text; gives back its id.
    #[track_caller]
    pub fn wait_mark(&self, label: &str, words: &str) -> String {
        let what = format!("“{words}” is marked as {label}");
        let script = "return __hand.marks().find((mark) => mark.label === arguments[0] && mark.text === arguments[1])?.id
            ?? (() => { throw new Error(JSON.stringify(__hand.marks().map((mark) => [mark.label, mark.text]))) })()";
        let values = [json!(label), json!(words)];
        self.wait_with(script, &values, &what);
        self.read_with(script, &values)
    }

    /// Waits until exactly these labels and texts are painted.
    #[track_caller]
    pub fn wait_marks(&self, expected: &[(&str, &str)]) {
        let script = "const found = JSON.stringify(__hand.marks().map((mark) => [mark.label, mark.text]));
            if (found === JSON.stringify(arguments[0])) return true;
            throw new Error(`the marks are ${found}`)";
        self.wait_with(script, &[json!(expected)], &format!("the marks are {expected:?}"));
    }

    /// Waits until no annotation lies on exactly this text.
    #[track_caller]
    pub fn wait_unmarked(&self, words: &str) {
        let script = "return !__hand.marks().some((mark) => mark.text === arguments[0])";
        self.wait_with(script, &[json!(words)], &format!("“{words}” is marked no more"));
    }

    /// Chooses an annotation by a click on its row in the list.
    #[track_caller]
    pub fn choose_listed(&self, words: &str) {
        let script =
            "return __hand.nameOf([...__hand.find('list', 'Annotations').querySelectorAll('button.row')]
            .find((row) => row.querySelector('.first').innerText === arguments[0]))";
        self.wait_with(script, &[json!(words)], &format!("“{words}” is among the annotations"));
        let name: String = self.read_with(script, &[json!(words)]);
        self.find(By::role("button", &name).within("[role=list][aria-label=Annotations]")).click();
    }

    /// Presses a button for as long as it can be pressed, and says how often that was.
    #[track_caller]
    pub fn press_until_disabled(&self, name: &str) -> usize {
        let mut times = 0;
        while self.button(name).is_enabled() {
            self.button(name).click();
            // A step that is not in memory is fetched first, and the button follows what is done to the text.
            let () = self.read("window.__resting = performance.now()");
            self.wait("return performance.now() - __resting > 150", "the page has followed");
            self.wait_saved();
            times += 1;
            assert!(times < 500, "“{name}” never comes to an end");
        }
        times
    }

    /// Waits until the page has had time to note where the person is: it does so once nothing has moved for a while.
    #[track_caller]
    pub fn wait_view_stored(&self) {
        let () = self.read("window.__resting = performance.now()");
        self.wait("return performance.now() - __resting > 700", "the view has come to rest");
        self.wait_saved();
    }

    /// The whole text as the surface shows it.
    #[track_caller]
    pub fn text(&self) -> String {
        self.read("return __hand.text()")
    }

    /// Waits until the card shows exactly these links.
    #[track_caller]
    pub fn wait_links(&self, expected: &[&str]) {
        let script = "const found = [...document.querySelectorAll('[data-annotation-card] [data-relation]')]
                .map((one) => one.innerText.replace(/\\s+/g, ' ').trim());
            if (JSON.stringify(found) === JSON.stringify(arguments[0])) return true;
            throw new Error(`the links are ${JSON.stringify(found)}`)";
        self.wait_with(script, &[json!(expected)], &format!("the links are {expected:?}"));
    }

    /// Waits until the card of this annotation is shown.
    #[track_caller]
    pub fn wait_card(&self, id: &str) {
        self.wait_there(&format!("[data-annotation-card='{id}']"));
    }

    /// Makes an empty project and opens it.
    #[track_caller]
    pub fn create_project(&self, name: &str) {
        self.open_projects();
        self.field("New project").write(name);
        self.button("Create").click();
        self.wait_gone("dialog[open]");
        self.wait_project(name);
    }

    /// Opens the dialog of projects.
    #[track_caller]
    pub fn open_projects(&self) {
        self.wait_there("header button.project");
        let name: String = self.read("return __hand.nameOf(document.querySelector('header button.project'))");
        self.find(By::role("button", &name).within("header")).click();
        self.find(By::role("dialog", "Projects"));
    }

    /// Waits until the project of that name is open.
    #[track_caller]
    pub fn wait_project(&self, name: &str) {
        let script = "return document.querySelector('header button.project')?.textContent === arguments[0]";
        self.wait_with(script, &[json!(name)], &format!("the project “{name}” is open"));
        self.wait_saved();
    }

    /// Imports files through the dialog and gives back what it says of them: the summary, then the findings.
    #[track_caller]
    pub fn import(&self, files: &[impl AsRef<Path>]) -> (String, Vec<String>) {
        self.button("Import").click();
        self.find(By::role("file", "Choose files").within("dialog")).choose(files);
        let report = self.import_report();
        self.button("Start reading").click();
        self.wait_gone("dialog[open]");
        self.wait_saved();
        report
    }

    /// Waits for the report of an import.
    #[track_caller]
    pub fn import_report(&self) -> (String, Vec<String>) {
        self.find(By::role("button", "Start reading"));
        let summary = self.read("return document.querySelector('dialog .summary').innerText");
        let findings = self.read("return __hand.list('Findings') ?? []");
        (summary, findings)
    }

    /// Makes a project with one article in it, which is open then.
    #[track_caller]
    pub fn begin_article(&self, project: &str, article: &str) {
        let folder = super::Folder::new();
        self.create_project(project);
        let (summary, _) = self.import(&[folder.write("article.txt", article)]);
        assert_eq!(summary, "1 document came in.");
        self.wait_ready();
    }

    /// Opens a document by a click on its row in the list.
    #[track_caller]
    pub fn open_listed(&self, title: &str) {
        let script = "return [...__hand.find('list', 'Documents').querySelectorAll('button.row')]
            .find((row) => row.innerText.includes(arguments[0]))";
        self.wait_with(script, &[json!(title)], &format!("“{title}” is listed"));
        let words: String = self.read_with(
            "return __hand.nameOf([...__hand.find('list', 'Documents').querySelectorAll('button.row')]
                .find((row) => row.innerText.includes(arguments[0])))",
            &[json!(title)],
        );
        self.find(By::role("button", &words).within("[role=list][aria-label=Documents]")).click();
        let script = "return __hand.surface().getAttribute('aria-label').includes(arguments[0])
            && document.querySelector('[data-surface][data-ready]')";
        self.wait_with(script, &[json!(title)], &format!("“{title}” is open"));
    }

    /// Waits until the document of that title is open.
    #[track_caller]
    pub fn wait_open(&self, title: &str) {
        let script = "return __hand.surface().getAttribute('aria-label') === arguments[0]
            && Boolean(document.querySelector('[data-surface][data-ready]'))";
        self.wait_with(script, &[json!(title)], &format!("“{title}” is open"));
    }

    /// Exports through the dialog; `unit` is the visible name of the choice.
    #[track_caller]
    pub fn export(&self, unit: &str) -> PathBuf {
        self.button("Export").click();
        self.find(By::role("radio", unit)).click();
        self.button("Download JSONL").click();
        let path = self.downloaded();
        self.button("Close").click();
        self.wait_gone("dialog[open]");
        path
    }

    /// Exports in code points and reads the file.
    #[track_caller]
    pub fn dataset(&self) -> Dataset {
        Dataset::read(&self.export("Code points"))
    }
}
