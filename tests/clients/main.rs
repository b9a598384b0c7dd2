//! The tools themselves as clients of what we write: packages of PyPI at fixed versions read exports of generated
//! projects, and what they found is held against what the projects hold. Built for `cargo xtask test`, which makes
//! Python ready and says where it is (`RUBRICATOR_PYTHON`).

#![allow(clippy::disallowed_methods, reason = "these tests write files and start programs")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
#![allow(clippy::print_stdout, reason = "what a client counted is shown")]

#[path = "../native/arbitrary.rs"]
#[allow(dead_code, reason = "each test target uses a part of it")]
mod arbitrary;
mod export;
mod plain;
mod stock;

use std::path::PathBuf;
use std::process::Command;

use export::Export;
use serde_json::Value as Json;
use stock::{Held, Told, held};

/// Has a client read an export, and gives back what it found.
fn ask(script: &str, export: &Export) -> Vec<Json> {
    let python = std::env::var_os("RUBRICATOR_PYTHON");
    let python = python.expect("`cargo xtask test` makes Python ready and sets RUBRICATOR_PYTHON");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(script);
    let mut command = Command::new(python);
    // What Python compiles stays out of the sources.
    command.env("PYTHONPYCACHEPREFIX", export.folder().with_file_name("bytecode"));
    let run = command.arg(path).arg(export.folder()).output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    let wrong = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{script} stopped:\n{said}\n{}", end(&wrong));
    print!("{said}");
    serde_json::from_slice(&std::fs::read(export.folder().join("found.json")).unwrap()).unwrap()
}

/// The end of a long message, where Python says what is wrong.
fn end(message: &str) -> &str {
    let from = message.len().saturating_sub(6_000);
    (from..).find_map(|at| message.get(at..)).unwrap_or_default()
}

/// Holds what a client found against what is expected, document by document in any order.
fn compare(found: &[Json], expected: &[Held]) {
    let keys = |key: &str| found.iter().any(|one| one.get(key).is_some());
    let (with_text, with_links) = (keys("text"), keys("links"));
    let mut found: Vec<Held> = found.iter().map(Held::from_json).collect();
    let mut expected: Vec<Held> = expected.to_vec();
    for one in found.iter_mut().chain(&mut expected) {
        one.sort(with_text, with_links);
    }
    found.sort();
    expected.sort();
    assert_eq!(found.len(), expected.len(), "documents");
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    let links: usize = found.iter().map(|one| one.links.len()).sum();
    assert!(!with_links || 20 < links, "{links} links are too few to show anything");
}

#[test]
fn datasets_loads_every_line_with_one_schema() {
    let worlds = stock::worlds();
    let mut export = Export::new("datasets");
    export.dataset("project.jsonl", &worlds);
    export.dataset("sparse.jsonl", &stock::sparse(&worlds));
    export.print("hugging_face", &worlds);
    export.rename("documents.jsonl", "tokens.jsonl");
    compare(&ask("dataset.py", &export), &held(&worlds, Told::Whole));
}

#[test]
fn pandas_and_duckdb_read_the_dataset_without_a_schema() {
    let worlds = stock::worlds();
    let export = Export::new("tables");
    export.dataset("project.jsonl", &worlds);
    compare(&ask("tables.py", &export), &held(&worlds, Told::Whole));
}

#[test]
fn spacy_builds_docs_without_a_misaligned_span() {
    let (worlds, plain) = (stock::worlds(), plain::worlds());
    let mut export = Export::new("spacy");
    export.print("spacy", &plain);
    export.rename("documents.json", "words.json");
    export.print("spacy", &worlds);
    export.print("prodigy", &worlds);
    export.rename("documents.jsonl", "tasks.jsonl");
    let expected = [held(&plain, Told::Apart), held(&worlds, Told::Apart)].concat();
    compare(&ask("spacy_docs.py", &export), &expected);
}

#[test]
fn seqeval_scores_as_many_entities_as_were_written() {
    let worlds = stock::worlds();
    let mut export = Export::new("seqeval");
    let losses = export.print("conll", &worlds);
    let left = ["overlapping spans: left out", "spans without a whole token: left out"];
    let left: usize = left.into_iter().filter_map(|loss| losses.get(loss)).sum();
    let found = ask("score.py", &export);
    let fragments: usize = held(&worlds, Told::Apart).iter().map(|one| one.spans.len()).sum();
    assert_eq!(found[0]["spans"].as_array().unwrap().len(), fragments - left);
    assert!(30 < fragments - left, "{left} of {fragments} left out");
}

#[test]
fn label_studio_converts_its_tasks() {
    let worlds = stock::worlds();
    let mut export = Export::new("label_studio");
    export.print("label_studio", &worlds);
    compare(&ask("label_studio.py", &export), &held(&worlds, Told::Apart));
}

#[test]
fn doccano_parses_its_import_without_an_error() {
    let worlds = stock::worlds();
    let mut export = Export::new("doccano");
    export.print("doccano", &worlds);
    compare(&ask("doccano.py", &export), &held(&worlds, Told::Apart));
}

#[test]
fn brat_files_hold_by_the_rules_of_brat() {
    let worlds = stock::worlds();
    let mut export = Export::new("brat");
    export.print("brat", &worlds);
    let mut expected = held(&worlds, Told::Joined);
    // A type is one word there.
    expected.iter_mut().for_each(|one| one.rename(|name| name.replace(' ', "_")));
    compare(&ask("brat.py", &export), &expected);
}
