//! The page under measurement, beside the least that a browser can do (the floor: plain paragraphs and ranges that the
//! browser paints) and beside a peer, in one run of one browser. `cargo xtask bench` builds, serves and runs it.
//!
//! All three are measured by the same script: from what a person does to the first task after the frame that shows it.
//! Input is made by the script, so the way of a key from the keyboard into the page is in none of the figures.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program for developers, run natively"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use rubricator::format::{DatasetHead, print_line};
use rubricator::model::{Body, Codebook};
use rubricator::text::Unit;
use serde_json::{Value, json};

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod generator;
#[allow(dead_code, unused_imports, reason = "the tests use all of it")]
#[path = "../browser/harness/mod.rs"]
mod harness;
mod memory;
mod report;

use generator::{P_DOCUMENTS, SIZES, Size, article, imported, large_project, large_project_with_actors};
use harness::{Browser, By, Folder, Page, origin};
use report::{Report, Whose};

const MEASURE: &str = include_str!("pages/measure.js");
const OURS: &str = include_str!("pages/ours.js");

/// How long anything may take, in seconds.
const PATIENCE: u64 = 300;

fn main() {
    let Some(options) = Options::read() else {
        println!("The page is measured by `cargo xtask bench`.");
        return;
    };
    for size in SIZES {
        let site = std::env::var_os("RUBRICATOR_DIST").map(PathBuf::from).unwrap_or_default();
        let plain = article(size, 0).plain();
        std::fs::write(site.join(format!("{}.json", size.name)), plain).expect("the texts can be written");
    }
    let mut report = Report::default();
    type Part = (&'static str, fn(&Options, &mut Report));
    let parts: [Part; 5] = [
        ("texts", texts),
        ("memory", memory_of_texts),
        ("start", cold_start),
        ("project", large),
        ("registry", registry),
    ];
    for (name, measure) in parts {
        if options.only.as_deref().is_none_or(|only| name.contains(only)) {
            println!("measuring: {name}");
            measure(&options, &mut report);
            // What a later part breaks is not lost.
            std::fs::write(&options.output, report.json()).expect("the report can be written");
        }
    }
    print!("{}", report.table());
    println!("\nwritten to {}", options.output.display());
}

/// What `cargo xtask bench` asks for.
struct Options {
    repeat: usize,
    only: Option<String>,
    output: PathBuf,
    documents: usize,
}

impl Options {
    fn read() -> Option<Self> {
        let read = |name: &str| std::env::var(name).ok();
        Some(Self {
            output: PathBuf::from(read("RUBRICATOR_BENCH")?),
            repeat: read("RUBRICATOR_BENCH_REPEAT").and_then(|count| count.parse().ok()).unwrap_or(5),
            only: read("RUBRICATOR_BENCH_ONLY"),
            documents: read("RUBRICATOR_BENCH_DOCUMENTS")
                .and_then(|count| count.parse().ok())
                .unwrap_or(P_DOCUMENTS),
        })
    }
}

/// Runs an asynchronous script and gives back what it comes to.
fn awaited(page: &Page, script: &str) -> Value {
    let () = page.read(&format!(
        "window.__come = null;
         (async () => {script})().then((value) => window.__come = {{ value: value ?? null }},
                                       (error) => window.__come = {{ error: String(error?.stack ?? error) }});"
    ));
    page.wait("return window.__come", script);
    let come: Value = page.read("return window.__come");
    assert!(come.get("error").is_none(), "{script}: {come}");
    come["value"].clone()
}

fn milliseconds(page: &Page, script: &str) -> f64 {
    awaited(page, script).as_f64().unwrap_or_else(|| panic!("{script} gives no number"))
}

fn bring_tools(page: &Page) {
    let () = page.read(&format!("{MEASURE}\n{OURS}"));
}

/// The project with the texts of all sizes and a short one to begin from.
fn bring_texts(page: &Page) {
    page.create_project("Bench");
    let folder = Folder::new();
    let short = Size { name: "Short", ..SIZES[0] };
    for size in SIZES.into_iter().chain([short]) {
        let file = folder.write(&format!("{}.jsonl", size.name), article(size, 0).line());
        let (summary, findings) = page.import(&[file]);
        assert_eq!(summary, "1 document came in.", "{findings:?}");
    }
}

const PLACES: [(&str, f64); 3] = [("start", 0.0), ("middle", 0.5), ("end", 1.0)];

fn texts(options: &Options, report: &mut Report) {
    Browser::default().patient(PATIENCE).run(|page| {
        bring_texts(page);
        bring_tools(page);
        for _ in 0..options.repeat {
            for size in SIZES {
                awaited(page, "__ours.open('Short')");
                let open = milliseconds(page, &format!("__ours.open('{}')", size.name));
                report.note("open a stored text", size.name, Whose::Ours, open);
                awaited(page, "__bench.longTasks()");
                for (name, place) in PLACES {
                    let mark = milliseconds(page, &format!("__ours.mark({place})"));
                    report.note(&format!("new mark, {name}"), size.name, Whose::Ours, mark);
                    awaited(page, "__bench.frames(2)");
                }
                report.note("new mark, longest task", size.name, Whose::Ours, longest_task(page));
            }
            for size in &SIZES[2..] {
                awaited(page, &format!("__ours.open('{}')", size.name));
                awaited(page, "__bench.sleep(500)");
                awaited(page, "__bench.longTasks()");
                let times = awaited(page, "__ours.others()");
                report.note("these, longest task", size.name, Whose::Ours, longest_task(page));
                for (what, time) in times.as_object().into_iter().flatten() {
                    report.note(what, size.name, Whose::Ours, time.as_f64().unwrap_or(f64::NAN));
                }
                let scroll = milliseconds(page, "__ours.scroll()");
                report.note("scroll 20 screens, longest frame", size.name, Whose::Ours, scroll);
                report.note("jump to the end", size.name, Whose::Ours, milliseconds(page, "__ours.jump()"));
                let rows = "document.querySelectorAll('.annotations .annotation-row')";
                let filter = format!(
                    "__ours.filter('.annotations input', 'holt', () => {rows}.length && [...{rows}].every((row) => /holt/i.test(row.innerText)))"
                );
                report.note("filter the annotations", size.name, Whose::Ours, milliseconds(page, &filter));
            }
        }
        floor(options, report, page);
        peer(options, report, page);
        page.go(&page.address());
        page.wait_ready();
        page.expect_problems("");
    });
}

fn floor(options: &Options, report: &mut Report, page: &Page) {
    for contained in [false, true] {
        let whose = if contained { Whose::FloorContained } else { Whose::Floor };
        page.go(&format!("{}/floor.html", origin()));
        for size in SIZES {
            awaited(page, &format!("__floor.load('{}', {contained})", size.name));
            for _ in 0..options.repeat {
                awaited(page, "__floor.clear()");
                report.note("open a stored text", size.name, whose, milliseconds(page, "__floor.open()"));
                for (name, place) in PLACES {
                    let mark = milliseconds(page, &format!("__floor.mark({place})"));
                    report.note(&format!("new mark, {name}"), size.name, whose, mark);
                }
                if size.bytes < 1_000_000 {
                    continue;
                }
                let times = awaited(page, "__floor.others()");
                for (what, time) in times.as_object().into_iter().flatten() {
                    report.note(what, size.name, whose, time.as_f64().unwrap_or(f64::NAN));
                }
                let scroll = milliseconds(page, "__floor.scroll()");
                report.note("scroll 20 screens, longest frame", size.name, whose, scroll);
                report.note("jump to the end", size.name, whose, milliseconds(page, "__floor.jump()"));
            }
        }
    }
}

/// The peer takes many seconds for L, so that is done once, and XL not at all.
fn peer(options: &Options, report: &mut Report, page: &Page) {
    page.go(&format!("{}/peer.html", origin()));
    for (size, repeat) in SIZES.iter().zip([options.repeat, options.repeat, 1]) {
        awaited(page, &format!("__peer.load('{}')", size.name));
        for _ in 0..repeat {
            awaited(page, "__peer.clear()");
            report.note("open a stored text", size.name, Whose::Peer, milliseconds(page, "__peer.open()"));
            report.note("new mark, start", size.name, Whose::Peer, milliseconds(page, "__peer.add(1)"));
        }
    }
}

fn memory_of_texts(_: &Options, report: &mut Report) {
    for size in &SIZES[2..] {
        let profile = Folder::new();
        Browser::default().patient(PATIENCE).run_on(&profile, |page| {
            bring_texts(page);
            bring_tools(page);
            awaited(page, "__ours.open('Short')");
        });
        Browser::default().patient(PATIENCE).run_on(&profile, |page| {
            bring_tools(page);
            awaited(page, &format!("__ours.open('{}')", size.name));
            report.note("memory of the renderer, MiB", size.name, Whose::Ours, memory::of_renderer(page));
        });
        for (contained, whose) in [(false, Whose::Floor), (true, Whose::FloorContained)] {
            Browser::default().patient(PATIENCE).run_untoured(|page| {
                page.go(&format!("{}/floor.html", origin()));
                awaited(page, &format!("__floor.load('{}', {contained})", size.name));
                awaited(page, "__floor.open()");
                report.note("memory of the renderer, MiB", size.name, whose, memory::of_renderer(page));
                page.expect_problems("");
            });
        }
    }
}

/// What notes when the page can be used.
const WATCH: &str = "new MutationObserver(() => {
    if (document.querySelector('[data-surface][data-ready]')) window.__usable ??= performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true });";

fn cold_start(options: &Options, report: &mut Report) {
    for _ in 0..options.repeat {
        Browser::default().patient(PATIENCE).run_untoured(|page| {
            page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH }));
            for (path, whose) in [("/", Whose::Ours), ("/peer.html", Whose::Peer)] {
                page.go(&format!("{}{path}", origin()));
                page.wait("return window.__usable", "the page can be used");
                report.note("usable after", "S", whose, page.read("return window.__usable"));
            }
            page.expect_problems("");
        });
    }
}

fn large(options: &Options, report: &mut Report) {
    let lines = large_project(options.documents);
    let name = "P";
    for _ in 0..3 {
        let begun = Instant::now();
        let documents = imported(&lines).documents;
        report.note("import", name, Whose::Native, begun.elapsed().as_secs_f64() * 1e3);
        let bodies: Vec<Body> =
            documents.iter().map(|one| Body::new(one.annotations.clone(), one.relations.clone())).collect();
        let head = DatasetHead::new(name, &Codebook::standard(), Unit::CodePoint);
        let begun = Instant::now();
        let bytes: usize = documents
            .iter()
            .zip(&bodies)
            .map(|(one, body)| {
                print_line(&head, &one.document, &one.text, body, &BTreeMap::new(), None, "").len()
            })
            .sum();
        assert!(lines.len() <= bytes);
        report.note("export", name, Whose::Native, begun.elapsed().as_secs_f64() * 1e3);
    }
    Browser::default().patient(PATIENCE).run(|page| {
        page.create_project("P");
        let folder = Folder::new();
        let file = folder.write("p.jsonl", &lines);
        page.button("Import").click();
        bring_tools(page);
        page.find(By::role("file", "Choose files").within("dialog")).choose(&[file]);
        let (summary, findings) = page.import_report();
        assert_eq!(summary, format!("{} documents came in.", options.documents), "{findings:?}");
        let measured = |name: &str| -> f64 {
            page.read(&format!("return performance.getEntriesByName('{name}', 'measure').at(-1).duration"))
        };
        report.note("import", name, Whose::Ours, measured("rubricator:import"));
        report.note("import, longest task", name, Whose::Ours, longest_task(page));
        page.button("Start reading").click();
        page.wait_gone("dialog[open]");
        page.wait_saved();
        for _ in 0..options.repeat {
            let filter =
                "__ours.filter('.documents input[type=search]', '09999', () => __ours.rows().length === 1)";
            report.note("filter the documents", name, Whose::Ours, milliseconds(page, filter));
        }
        page.button("Export").click();
        awaited(page, "__bench.longTasks()");
        page.button("Download JSONL").click();
        page.downloaded();
        report.note("export", name, Whose::Ours, measured("rubricator:export"));
        report.note("export, longest task", name, Whose::Ours, longest_task(page));
        page.press(&["Escape"]);
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LISTED }));
        for _ in 0..options.repeat {
            page.reload();
            page.wait("return window.__listed", "the documents are listed");
            let after: f64 = page.read("return window.__listed - window.__opened");
            report.note("reload: documents listed after the database is open", name, Whose::Ours, after);
        }
    });
}

/// Merges the two most frequent actors of the large project, and takes that back.
fn registry(options: &Options, report: &mut Report) {
    let lines = large_project_with_actors(options.documents);
    let name = "P with actors";
    Browser::default().patient(PATIENCE).run(|page| {
        page.create_project("P");
        let folder = Folder::new();
        let file = folder.write("p.jsonl", &lines);
        let (summary, findings) = page.import(&[file]);
        assert_eq!(summary, format!("{} documents came in.", options.documents), "{findings:?}");
        bring_tools(page);
        page.go_to_text();
        let begun = Instant::now();
        page.press(&["g", "r"]);
        let counted = "const line = document.querySelector('.count-line')?.innerText ?? '';
            return line.includes('actors') && !line.includes('counting')";
        page.wait(counted, "the mentions are counted");
        report.note("actors counted", name, Whose::Ours, begun.elapsed().as_secs_f64() * 1e3);
        page.button("Mentions").click();
        let first = |count: &str| {
            format!("document.querySelector('.actor-row .number')?.innerText {count}")
        };
        for _ in 0..options.repeat {
            page.wait("return document.querySelectorAll('.actor-row').length > 1", "the actors are listed");
            awaited(page, "document.querySelectorAll('.actor-list .tick').forEach((one, at) => at < 2 && one.click())");
            page.press(&["m"]);
            page.wait("return document.querySelector('dialog[open] button.primary:enabled')", "it is asked");
            awaited(page, "window.__most = Number(document.querySelector('.actor-row .number').innerText)");
            awaited(page, "__bench.longTasks()");
            let saved = "document.querySelector('[data-save]').dataset.save === 'saved' && !document.querySelector('.running')";
            let merged = format!(
                "__bench.timed(() => document.querySelector('dialog[open] button.primary').click(),
                    () => Number({}) && {saved})",
                first("> window.__most")
            );
            report.note("merge the two most frequent actors", name, Whose::Ours, milliseconds(page, &merged));
            report.note("the same, longest task", name, Whose::Ours, longest_task(page));
            let undone = format!(
                "__bench.timed(() => document.querySelector('button[aria-label^=Undo], button[title^=Undo]').click(),
                    () => ({}) && {saved})",
                first("== window.__most")
            );
            report.note("undo of that", name, Whose::Ours, milliseconds(page, &undone));
            report.note("the same, longest task of undo", name, Whose::Ours, longest_task(page));
        }
        search(options, report, page);
    });
}

/// Searches all documents: words, a label with words, and an actor, each until the first hit is shown in its context.
fn search(options: &Options, report: &mut Report, page: &Page) {
    let name = "P with actors";
    page.press(&["g", "s"]);
    page.wait("return document.querySelector('[data-screen=search] input[type=search]')", "the box is there");
    let first = "document.querySelector('.hit-row mark')?.innerText";
    for (what, query, holds) in [
        ("search: a word, first hits", "harbour", "/^harbour/i"),
        ("search: two words in claims, first hits", "label:claim minister council", "/minister|council/i"),
        ("search: of an actor, first hits", "actor:Ba", "/./"),
    ] {
        for _ in 0..options.repeat {
            let filter = format!(
                "__ours.filter('[data-screen=search] input[type=search]', '{query}', () => {holds}.test({first} ?? ''))"
            );
            report.note(what, name, Whose::Ours, milliseconds(page, &filter));
            page.wait("return !document.querySelector('.hit-row')", "the hits are gone");
        }
    }
}

/// What notes when the database is open and when the documents are listed.
const LISTED: &str = "
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...all) {
        const request = open.apply(this, all);
        request.addEventListener('success', () => window.__opened ??= performance.now());
        return request;
    };
    new MutationObserver((_, watch) => {
        if (!document.querySelector('.documents button.row')) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => window.__listed = performance.now()));
    }).observe(document, { subtree: true, childList: true });";

fn longest_task(page: &Page) -> f64 {
    let tasks = awaited(page, "__bench.longTasks()");
    tasks.as_array().into_iter().flatten().filter_map(Value::as_f64).fold(0.0, f64::max)
}
