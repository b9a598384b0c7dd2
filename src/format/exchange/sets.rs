//! Sorts picked files by format. A file belongs to the format that knows it best; one that none knows goes with the
//! files of a format beside which it lies, as a text goes with its annotations; the rest is ours or plain text.

use super::{Confidence, FORMATS, Format, Source};

/// What a file is taken for.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Our own dataset, or any JSON with texts that no other format claims.
    Dataset,
    /// Plain text or Markdown, or what cannot be read at all, which reading it as such tells.
    Plain,
    /// An outside format.
    Foreign(&'static Format),
}

/// Files that are read in one way.
#[derive(Clone, Debug)]
pub struct Set {
    /// What they are.
    pub kind: Kind,
    /// Their places in the list, ascending.
    pub files: Vec<usize>,
}

/// Sorts files of which at least the first 64 KiB are given. Sets come in the order of their first file; plain texts
/// and datasets are a set each. Linear in the bytes times the number of formats.
#[must_use]
pub fn sets(files: &[Source<'_>]) -> Vec<Set> {
    let mut kinds: Vec<Option<Kind>> = files.iter().map(|file| alone(*file)).collect();
    let claimed: Vec<(&str, &'static Format)> = files
        .iter()
        .zip(&kinds)
        .filter_map(|(file, kind)| match kind {
            Some(Kind::Foreign(format)) => Some((folder(file.path), *format)),
            _ => None,
        })
        .collect();
    let mut companions = claimed;
    companions.sort_by_key(|(folder, format)| (*folder, format.name));
    companions.dedup_by_key(|(folder, format)| (*folder, format.name));
    for (file, kind) in files.iter().zip(&mut kinds) {
        if kind.is_none() {
            *kind = companions
                .iter()
                .find(|(folder, format)| {
                    within(file.path, folder) && format.companions.contains(&&*file.ending())
                })
                .map(|(_, format)| Kind::Foreign(format));
        }
    }
    let mut sets: Vec<Set> = Vec::new();
    for (at, (file, kind)) in files.iter().zip(kinds).enumerate() {
        let kind = kind.unwrap_or_else(|| rest(*file));
        match sets.iter_mut().find(|set| set.kind.name() == kind.name()) {
            Some(set) => set.files.push(at),
            None => sets.push(Set { kind, files: vec![at] }),
        }
    }
    sets
}

impl Kind {
    /// The format's short name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Dataset => "rubricator",
            Self::Plain => "plain",
            Self::Foreign(format) => format.name,
        }
    }
}

/// What a file is by itself, if it is anything for certain.
fn alone(file: Source<'_>) -> Option<Kind> {
    let ending = file.ending();
    let is_json = matches!(&*ending, "jsonl" | "ndjson" | "json");
    let head = file.bytes.get(..4096).unwrap_or(file.bytes);
    if is_json && memchr::memmem::find(head, b"\"format\":\"rubricator/").is_some() {
        return Some(Kind::Dataset);
    }
    let sure = |format: &'static Format| {
        let confidence = (format.recognize)(&[file]);
        let named = format.endings.contains(&&*ending);
        (format.parse.is_some() && confidence > Confidence::No).then_some((confidence, named, format))
    };
    // Of formats that are equally sure the one whose files are named so, then the first of the list.
    let mut best: Option<(Confidence, bool, &'static Format)> = None;
    for found in FORMATS.iter().filter_map(sure) {
        if best.is_none_or(|best| (found.0, found.1) > (best.0, best.1)) {
            best = Some(found);
        }
    }
    // Any text may look a little like columns.
    let least = if is_json { Confidence::Possible } else { Confidence::Likely };
    let named =
        |found: &(Confidence, bool, &'static Format)| found.0 >= least || (found.1 && ending != "txt");
    best.filter(named).map(|(_, _, format)| Kind::Foreign(format))
}

fn rest(file: Source<'_>) -> Kind {
    match &*file.ending() {
        "jsonl" | "ndjson" | "json" => Kind::Dataset,
        _ => Kind::Plain,
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a file lies in a folder or, as configurations do, in one above it.
fn within(path: &str, of: &str) -> bool {
    let own = folder(path);
    own == of || own.is_empty() || of.strip_prefix(own).is_some_and(|rest| rest.starts_with('/'))
}
