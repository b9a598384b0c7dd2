//! Corpora that lie beside a checkout, with what a correct importer must count in them. Where they are missing, the
//! tests that need them say so and pass.

#![allow(clippy::disallowed_methods, reason = "corpora are read from disk")]
#![allow(clippy::print_stderr, reason = "a test that could not run says so")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rubricator::format::exchange::Source;
use serde_json::Value as Json;

/// The files of a set.
pub struct Corpus {
    /// Paths inside the set with their bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// What the set counts.
    pub counts: BTreeMap<String, u64>,
}

impl Corpus {
    /// The set of that name, such as `brat/nerel-dev`.
    pub fn find(set: &str) -> Option<Self> {
        let parents = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        let mut places = parents.map(|parent| parent.join("shared/corpora")).chain([shared()]);
        let Some(root) = places.find(|place| place.is_dir()) else {
            eprintln!("{set} was not tried: there is no shared/corpora");
            return None;
        };
        let expected: Json =
            serde_json::from_slice(&std::fs::read(root.join("expected-counts.json")).unwrap()).unwrap();
        let entry = expected.as_array().unwrap().iter().find(|entry| entry["set"] == set).unwrap();
        let counts = entry["counts"].as_object().unwrap().iter();
        let mut files = Vec::new();
        walk(&root.join(set), "", &mut files);
        Some(Self {
            files,
            counts: counts.map(|(key, count)| (key.clone(), count.as_u64().unwrap())).collect(),
        })
    }

    /// The files as a parser takes them.
    pub fn sources(&self) -> Vec<Source<'_>> {
        self.files.iter().map(|(path, bytes)| Source { path, bytes }).collect()
    }

    /// Holds what was counted against what is expected; a key that only one of them has is 0 for the other.
    pub fn check<const N: usize>(&self, counted: [(&str, usize); N]) {
        for (key, count) in counted {
            assert_eq!(count as u64, self.counts.get(key).copied().unwrap_or(0), "{key}");
        }
    }
}

/// Where a worktree of the checkout has them.
fn shared() -> PathBuf {
    let git = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".git")).unwrap_or_default();
    let main =
        git.trim().strip_prefix("gitdir: ").and_then(|path| path.split_once("/.git/")).map(|(main, _)| main);
    Path::new(main.unwrap_or_default()).join("../shared/corpora")
}

fn walk(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(Result::unwrap).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{path}/"), files);
        } else {
            files.push((path, std::fs::read(entry.path()).unwrap()));
        }
    }
}
