//! Long work is done away from the page: the page goes on answering, what is stopped leaves whole documents, and a
//! worker that dies takes nothing with it.

use std::fmt::Write;
use std::path::PathBuf;

use serde_json::json;

use crate::harness::{Browser, By, Folder, Page, long};

/// How many annotations each document has.
const SPANS: usize = 20;

/// Documents of about 4 KB, with annotations.
fn dataset(folder: &Folder, count: usize) -> PathBuf {
    let sentence = "Ada Bell said that the old bridge over the river is safe. ";
    let text = sentence.repeat(70);
    let mut lines = String::new();
    for number in 0..count {
        let title = format!("Article {number:05}");
        let start = title.len() + 2;
        let spans: Vec<_> = (0..SPANS)
            .map(|at| start + at * 3 * sentence.len())
            .map(|at| json!({ "label": "actor", "start": at, "end": at + 8, "text": "Ada Bell" }))
            .collect();
        let line = json!({
            "format": "rubricator/1", "offset_unit": "code_point", "title": title,
            "text": format!("{title}\n\n{text}"), "spans": spans,
        });
        writeln!(lines, "{line}").unwrap();
    }
    folder.write("large.jsonl", lines)
}

/// Asserts in the long form, which wants a quiet machine, that nothing held the page up; one task may be the
/// machine's doing.
fn assert_free(tasks: &[f64]) {
    assert!(!long() || tasks.len() < 3 && tasks.iter().all(|task| *task < 150.0), "long tasks: {tasks:?}");
}

/// Begins an import and waits until a part of it is in.
fn begin(page: &Page, file: &PathBuf) {
    page.button("Import").click();
    page.find(By::role("file", "Choose files").within("dialog")).choose(&[file]);
    page.wait(
        "return /Importing, [1-9][0-9]* documents so far/.test(document.querySelector('dialog')?.innerText)",
        "some documents are in",
    );
}

fn count(page: &Page) -> usize {
    page.read("return Number(/of (\\d+) done/.exec(document.body.innerText)?.[1] ?? 0)")
}

#[test]
fn the_page_answers_while_a_large_dataset_comes_in_and_goes_out() {
    let documents = if long() { 10_000 } else { 1_500 };
    Browser::default().patient(300).run(|page| {
        page.create_project("Usable");
        let folder = Folder::new();
        let file = dataset(&folder, documents);
        page.button("Import").click();
        let () = page.read(
            "window.__tasks = [];
             new PerformanceObserver((list) => __tasks.push(...list.getEntries().map((one) => one.duration)))
                 .observe({ type: 'longtask' });",
        );
        page.find(By::role("file", "Choose files").within("dialog")).choose(&[file]);
        let (summary, findings) = page.import_report();
        assert_eq!(summary, format!("{documents} documents came in."), "{findings:#?}");
        let milliseconds: f64 =
            page.read("return performance.getEntriesByName('rubricator:import', 'measure')[0].duration");
        let tasks: Vec<f64> = page.read("return __tasks.splice(0)");
        eprintln!("import of {documents}: {milliseconds:.0} ms; long tasks: {tasks:?}");
        assert_free(&tasks);
        page.button("Start reading").click();
        page.wait_gone("dialog[open]");

        page.button("Export").click();
        let () = page.read("__tasks.length = 0");
        page.button("Download JSONL").click();
        let path = page.downloaded();
        let milliseconds: f64 =
            page.read("return performance.getEntriesByName('rubricator:export', 'measure')[0].duration");
        let tasks: Vec<f64> = page.read("return __tasks.splice(0)");
        eprintln!("export of {documents}: {milliseconds:.0} ms; long tasks: {tasks:?}");
        assert_free(&tasks);
        assert_eq!(std::fs::read_to_string(path).unwrap().lines().count(), documents);
    });
}

#[test]
fn an_import_that_is_stopped_leaves_whole_documents_and_one_undo() {
    Browser::default().patient(120).run(|page| {
        page.create_project("Stopped");
        let folder = Folder::new();
        begin(page, &dataset(&folder, 3_000));
        page.button("Cancel").click();
        let (summary, findings) = page.import_report();
        assert!(summary.contains("The import was stopped"), "{summary} {findings:#?}");
        page.button("Start reading").click();
        page.wait_gone("dialog[open]");
        page.wait_saved();
        let there = count(page);
        assert!(0 < there && there < 3_000, "{there} documents");
        let data = page.dataset();
        assert_eq!(data.documents.len(), there);
        for document in &data.documents {
            assert_eq!(document["spans"].as_array().map(Vec::len), Some(SPANS), "{}", document["title"]);
        }
        page.button("Undo").click();
        page.wait_words("No documents yet.");
    });
}

#[test]
fn a_worker_that_dies_is_told_in_one_line_and_the_next_import_works() {
    Browser::default().patient(120).run(|page| {
        page.create_project("Killed");
        let () = page.read(
            "const Plain = Worker;
             window.Worker = class extends Plain { constructor(...all) { super(...all); window.__worker = this; } };",
        );
        let folder = Folder::new();
        begin(page, &dataset(&folder, 3_000));
        let () = page.read("__worker.terminate()");
        let (summary, findings) = page.import_report();
        assert!(summary.ends_with("documents came in.") && findings.len() == 1, "{summary} {findings:#?}");
        assert!(findings[0].contains("the work broke off") && findings[0].contains("stay"), "{findings:#?}");
        page.button("Start reading").click();
        page.wait_gone("dialog[open]");
        let there = count(page);
        assert!(0 < there && there < 3_000, "{there} documents");

        let (summary, findings) = page.import(&[folder.write("small.txt", "A small one\n\nIt comes in.")]);
        assert_eq!(summary, "1 document came in.", "{findings:#?}");
        assert_eq!(count(page), there + 1);
        page.reload();
        assert_eq!(count(page), there + 1);
    });
}
