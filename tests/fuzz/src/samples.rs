//! What fuzzing begins with: the samples of the tests, the inputs that once broke something, and, where a
//! `shared/corpora` lies beside the checkout, its smaller files.

use std::fs;
use std::path::{Path, PathBuf};

use rubricator::format::exchange::Bundle;
use rubricator::format::{Reader, row};
use rubricator::model::ProjectId;
use uuid::Uuid;

use crate::target::Input;

/// The largest file that is begun with, in bytes.
const MOST: u64 = 120_000;
/// The most inputs from one set of a corpus.
const MOST_OF_A_SET: usize = 40;

/// The folders of `shared/corpora` that a parser reads.
const CORPORA: [(&str, &[&str]); 10] = [
    ("brat", &["brat"]),
    ("conll", &["conll"]),
    ("dna", &["dna"]),
    ("doccano", &["doccano"]),
    ("hugging_face", &["hf"]),
    ("label_studio", &["label-studio"]),
    ("prodigy", &["prodigy"]),
    ("spacy", &["prodigy/spacy2-tuples"]),
    ("web_annotation", &["web-annotation"]),
    ("webanno", &["other/webanno-tsv3"]),
];

/// Where the samples of the tests are.
pub fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data")
}

/// Where the inputs are that once broke a parser.
pub fn kept(name: &str) -> PathBuf {
    data().join("fuzz").join(name)
}

/// Everything to begin with for a parser.
pub fn of(name: &str) -> Vec<Input> {
    let data = data();
    let mut inputs = Vec::new();
    match name {
        "dataset" => inputs.extend(one(&data.join("rubricator-1.jsonl"))),
        "backup" => inputs.extend(one(&data.join("rubricator-1.rubricator.zip"))),
        "archive" => {
            inputs.extend(one(&data.join("rubricator-1.rubricator.zip")));
            inputs.push(Input::one("talks.zip", zipped(&data.join("brat"))));
        }
        "plain" => {
            inputs.extend(one(&data.join("brat/talks/plan.txt")));
            inputs.push(Input::one(
                "talk.md",
                b"# Talk\r\n\r\n- one\n- two\n\n1. three\n\nHeading\n---\n".to_vec(),
            ));
        }
        "rows" => inputs.push(Input::one("rows", rows())),
        "dna_project" => inputs.extend(folders(&data.join("dna"))),
        _ => inputs.extend(folders(&data.join(name))),
    }
    inputs.extend(kept_inputs(name));
    for (_, sets) in CORPORA.iter().filter(|(of, _)| *of == name) {
        for set in *sets {
            let Some(corpora) = corpora() else { continue };
            inputs.extend(folders(&corpora.join(set)));
        }
    }
    inputs
}

/// The inputs that once broke a parser, in their order.
pub fn kept_inputs(name: &str) -> Vec<Input> {
    let mut inputs = Vec::new();
    for folder in entries(&kept(name)) {
        let mut files = Vec::new();
        walk(&folder, "", u64::MAX, &mut files);
        inputs.push(Input { files });
    }
    inputs
}

/// One input for the files of each folder that share their name up to the ending, and one for each other file.
fn folders(root: &Path) -> Vec<Input> {
    let mut files = Vec::new();
    walk(root, "", MOST, &mut files);
    let mut inputs: Vec<Input> = Vec::new();
    let stem = |path: &str| path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned();
    for (path, bytes) in files {
        match inputs.iter().position(|input| stem(&input.files[0].0) == stem(&path)) {
            Some(at) => inputs[at].files.push((path, bytes)),
            None if inputs.len() < MOST_OF_A_SET => inputs.push(Input::one(&path, bytes)),
            None => {}
        }
    }
    inputs
}

fn one(path: &Path) -> Option<Input> {
    let name = path.file_name()?.to_str()?;
    Some(Input::one(name, fs::read(path).ok()?))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    all.sort();
    all
}

fn walk(folder: &Path, prefix: &str, most: u64, files: &mut Vec<(String, Vec<u8>)>) {
    for path in entries(folder) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if path.is_dir() {
            walk(&path, &format!("{prefix}{name}/"), most, files);
        } else if path.metadata().is_ok_and(|file| file.len() <= most)
            && let Ok(bytes) = fs::read(&path)
        {
            files.push((format!("{prefix}{name}"), bytes));
        }
    }
}

fn corpora() -> Option<PathBuf> {
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|parent| parent.join("shared/corpora"));
    near.into_iter().find(|place| place.is_dir())
}

fn zipped(folder: &Path) -> Vec<u8> {
    let mut files = Vec::new();
    walk(folder, "", MOST, &mut files);
    let mut bundle = Bundle::default();
    for (path, bytes) in &files {
        let _ = bundle.push(path, bytes);
    }
    let mut zip = Vec::new();
    let _ = bundle.finish(&mut |piece| zip.extend_from_slice(&piece));
    zip
}

/// Rows of the database of every kind.
fn rows() -> Vec<u8> {
    let Ok(lines) = fs::read(data().join("rubricator-1.jsonl")) else { return Vec::new() };
    let mut last = 0;
    let mut new_id = || {
        last += 1;
        Uuid::from_u128(last)
    };
    let read = Reader::new("rows.jsonl", ProjectId::new(Uuid::nil())).parse_all(&lines, &mut new_id);
    let mut rows = Vec::new();
    for document in &read.documents {
        rows.extend(document.annotations.iter().map(row::print_annotation));
        rows.extend(document.relations.iter().map(row::print_relation));
        rows.extend(document.actors.iter().map(row::print_actor));
    }
    rows.join("\n").into_bytes()
}
