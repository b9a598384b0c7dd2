//! What is fuzzed: every parser, called as the app calls it, and behind it all that follows on what it has read. An
//! input is a few files. Whatever they hold, nothing may panic, every mark that comes out lies on its text, and what
//! a printer makes of it can be read again.

use std::collections::{BTreeMap, BTreeSet};

use rubricator::format::codebook::{self, CodebookFile, CodebookFormat, Shape};
use rubricator::format::exchange::{
    Context, FORMATS, Foreign, Format, Mapping, Output, Page, Parse, Print, Settler, Source, Survey, Terms,
    sets, unpack,
};
use rubricator::format::{
    Backup, DatasetHead, ImportedDocument, Lines, Reader, parse_plain, print_line, row,
};
use rubricator::model::{
    Actor, ActorId, Body, Codebook, Key, Project, ProjectId, Revision, Target, Timestamp,
};
use rubricator::text::Unit;
use uuid::Uuid;

/// So much of a file tells what it is.
const HEAD: usize = 64 << 10;

/// Files that are read together.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// Paths with their bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Input {
    /// Of one file.
    pub fn one(path: &str, bytes: Vec<u8>) -> Self {
        Self { files: vec![(path.to_owned(), bytes)] }
    }

    /// In bytes.
    pub fn size(&self) -> usize {
        self.files.iter().map(|(_, bytes)| bytes.len()).sum()
    }

    /// How many bytes there are to read: of an archive what is packed in it, if that is more.
    pub fn weight(&self) -> usize {
        let unpacked = |bytes: &[u8]| {
            let files = unpack("", bytes).map(|unpacked| unpacked.files).unwrap_or_default();
            files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>()
        };
        let weight = |bytes: &[u8]| {
            if bytes.starts_with(b"PK") { bytes.len().max(unpacked(bytes)) } else { bytes.len() }
        };
        self.files.iter().map(|(_, bytes)| weight(bytes)).sum()
    }

    fn sources(&self) -> Vec<Source<'_>> {
        self.files.iter().map(|(path, bytes)| Source { path, bytes }).collect()
    }
}

/// Parsers of our own, beside those of [`FORMATS`].
pub const OWN: [&str; 6] = ["dataset", "backup", "archive", "plain", "rows", "codebook"];

/// The names of all parsers.
pub fn names() -> Vec<&'static str> {
    OWN.into_iter().chain(FORMATS.iter().filter(|one| one.parse.is_some()).map(|one| one.name)).collect()
}

/// Called at the end of each step with its name: what was used since the last call was used by it.
pub type Probe<'p> = &'p mut dyn FnMut(&'static str);

/// Gives files to the parser of that name. What comes back tells inputs apart that behave differently.
pub fn run(name: &str, input: &Input, probe: Probe<'_>) -> Behaviour {
    let mut seen = Behaviour::default();
    match name {
        "dataset" => input.files.iter().for_each(|(path, bytes)| dataset(path, bytes, &mut seen, probe)),
        "backup" => input.files.iter().for_each(|(_, bytes)| backup(bytes, &mut seen, probe)),
        "archive" => input.files.iter().for_each(|(path, bytes)| archive(path, bytes, &mut seen, probe)),
        "plain" => input.files.iter().for_each(|(path, bytes)| plain(path, bytes, &mut seen, probe)),
        "codebook" => input.files.iter().for_each(|(path, bytes)| codebook(path, bytes, &mut seen, probe)),
        "rows" => input.files.iter().for_each(|(_, bytes)| rows(bytes, &mut seen, probe)),
        _ => match FORMATS.iter().find(|format| format.name == name) {
            Some(format) => exchange(format, input, &mut seen, probe),
            None => panic!("there is no parser called {name}"),
        },
    }
    seen
}

/// What a parser did with an input, roughly.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Behaviour {
    said: BTreeSet<String>,
    counts: Vec<u32>,
}

impl Behaviour {
    /// Takes the kind of what was said, without its place and its values.
    fn say(&mut self, issue: &impl std::fmt::Debug, words: &str) {
        assert!(!words.is_empty());
        if self.said.len() < 8 {
            let whole = format!("{issue:?}");
            let kind = whole.split_once("problem: ").map_or(&*whole, |(_, kind)| kind);
            let kind = kind.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
            self.said.insert(kind.to_owned());
        }
    }

    /// Takes the magnitude of a number.
    fn count(&mut self, number: usize) {
        if self.counts.len() < 16 {
            self.counts.push(usize::BITS - number.leading_zeros());
        }
    }

    fn document(&mut self, document: &ImportedDocument) {
        for issue in &document.issues {
            self.say(issue, &issue.to_string());
        }
        self.count(document.annotations.len());
        self.count(document.relations.len());
        check(document);
    }
}

/// What holds of every document that comes in.
fn check(document: &ImportedDocument) {
    for annotation in &document.annotations {
        for span in annotation.fragments.iter() {
            assert!(document.text.slice(span).is_some_and(|slice| !slice.is_empty()), "{span:?}");
        }
    }
    let known: BTreeSet<_> = document.annotations.iter().map(|one| one.id).collect();
    assert_eq!(known.len(), document.annotations.len(), "an id is used twice");
    for relation in &document.relations {
        assert!(known.contains(&relation.from));
        if let Target::Annotation(to) = relation.to {
            assert!(known.contains(&to));
        }
    }
}

fn project() -> Project {
    Project {
        id: ProjectId::new(Uuid::nil()),
        name: "Fuzz".to_owned(),
        codebook: Codebook::standard(),
        guidelines: String::new(),
        created: Timestamp::default(),
        discarded: false,
    }
}

fn new_ids() -> impl FnMut() -> Uuid {
    let mut last = 0;
    move || {
        last += 1;
        Uuid::from_u128(last)
    }
}

fn body(document: &ImportedDocument) -> Body {
    Body::new(document.annotations.iter().cloned(), document.relations.iter().cloned())
}

fn dataset(path: &str, bytes: &[u8], seen: &mut Behaviour, probe: Probe<'_>) {
    let mut new_id = new_ids();
    let mut reader = Reader::new(path, ProjectId::new(Uuid::nil()));
    let mut lines = Lines::new();
    lines.push(bytes);
    lines.finish();
    let head = DatasetHead::new("Fuzz", &Codebook::standard(), Unit::CodePoint);
    while let Some(line) = lines.next_line() {
        let read = reader.parse(line, &mut new_id);
        probe("parse");
        match read {
            Ok(one) => {
                seen.document(&one);
                let actors = one.actors.iter().map(|actor| (actor.id, actor.clone())).collect();
                let printed = print_line(
                    &head,
                    &one.document,
                    &one.text,
                    &body(&one),
                    &actors,
                    one.modified,
                    &one.annotator,
                );
                again(&printed, &one);
                probe("print");
            }
            Err(issue) => seen.say(&*issue, &issue.to_string()),
        }
    }
}

/// Our own line says the same when it is read again.
fn again(printed: &str, before: &ImportedDocument) {
    let mut new_id = new_ids();
    let mut reader = Reader::new("again.jsonl", ProjectId::new(Uuid::nil()));
    let after = reader.parse_line(1, printed, &mut new_id);
    let after = after.unwrap_or_else(|issue| panic!("our own line is not read: {issue}"));
    let mut sorted = body(before).annotations().cloned().collect::<Vec<_>>();
    sorted.sort_by_key(|one| one.id);
    let mut found = after.annotations;
    found.sort_by_key(|one| one.id);
    assert_eq!(after.text, before.text, "the text differs");
    assert_eq!(found.len(), sorted.len(), "annotations are lost");
    // The codebook says of which kind values are in the file, so that every line has the same schema.
    found.iter_mut().chain(&mut sorted).for_each(|one| one.attributes.clear());
    for (found, before) in found.iter().zip(&sorted) {
        if found != before {
            let fields = |one| format!("{one:#?}").lines().map(str::to_owned).collect::<Vec<_>>();
            let (found, before) = (fields(found), fields(before));
            let other = found.iter().zip(&before).find(|(found, before)| found != before);
            panic!("an annotation differs: {other:?}");
        }
    }
    assert_eq!(after.relations.len(), before.relations.len(), "relations are lost");
}

fn backup(bytes: &[u8], seen: &mut Behaviour, probe: Probe<'_>) {
    let mut new_id = new_ids();
    seen.count(usize::from(Backup::is_one(bytes)));
    let parsed = Backup::parse(bytes, ProjectId::new(Uuid::nil()), &mut new_id);
    probe("parse");
    match parsed {
        Ok(backup) => backup.documents.iter().for_each(|one| seen.document(one)),
        Err(error) => seen.say(&error, &error.to_string()),
    }
}

fn archive(path: &str, bytes: &[u8], seen: &mut Behaviour, probe: Probe<'_>) {
    let unpacked = unpack(path, bytes);
    probe("unpack");
    match unpacked {
        Ok(unpacked) => {
            seen.count(unpacked.files.len());
            let sources: Vec<_> =
                unpacked.files.iter().map(|(path, bytes)| Source { path, bytes: head(bytes) }).collect();
            for set in sets(&sources) {
                seen.count(set.files.len());
            }
            for issue in &unpacked.issues {
                seen.say(issue, &issue.to_string());
            }
        }
        Err(error) => seen.say(&error, &error.to_string()),
    }
}

fn plain(path: &str, bytes: &[u8], seen: &mut Behaviour, probe: Probe<'_>) {
    let mut new_id = new_ids();
    let read = parse_plain(path, bytes, &mut new_id, ProjectId::new(Uuid::nil()));
    probe("parse");
    match read {
        Ok(document) => seen.document(&document),
        Err(issue) => seen.say(&*issue, &issue.to_string()),
    }
}

/// The first line of an input is read as a row of every table.
fn rows(bytes: &[u8], seen: &mut Behaviour, probe: Probe<'_>) {
    let text = String::from_utf8_lossy(bytes);
    let project = ProjectId::new(Uuid::nil());
    for line in text.lines() {
        if let Ok(read) = row::parse_annotation(line) {
            assert_eq!(row::parse_annotation(&row::print_annotation(&read)).ok(), Some(read));
            seen.count(1);
        }
        if let Ok(read) = row::parse_relation(line) {
            assert_eq!(row::parse_relation(&row::print_relation(&read)).ok(), Some(read));
            seen.count(2);
        }
        if let Ok(read) = row::parse_actor(line, project) {
            assert_eq!(row::parse_actor(&row::print_actor(&read), project).ok(), Some(read));
            seen.count(4);
        }
        if let Ok(read) = row::parse_document(line, project) {
            let again = row::parse_document(&row::print_document(&read), project);
            assert!(again.is_ok_and(|again| again.document == read.document));
            seen.count(8);
        }
        if let Ok(read) = row::parse_project(line, project) {
            assert_eq!(row::parse_project(&row::print_project(&read), project).ok(), Some(read));
            seen.count(16);
        }
        if let Ok(read) = row::parse_entry(line, project) {
            assert_eq!(row::parse_entry(&row::print_entry(&read), project).ok(), Some(read));
            seen.count(32);
        }
        let _ = row::parse_cursor(line);
        let _ = row::parse_version(line);
        probe("parse");
    }
}

/// A codebook's file, and what each of our formats makes of it. Ours is JSON, which the library that reads it holds as a
/// tree; `tests/native/codebooks.rs` has mutated files of it, and the parser takes only so many entries.
fn codebook(path: &str, bytes: &[u8], seen: &mut Behaviour, probe: Probe<'_>) {
    if bytes.trim_ascii_start().starts_with(b"{") {
        return;
    }
    let read = codebook::parse(path, bytes);
    probe("parse");
    let codebook = match read {
        Ok(CodebookFile::Own { codebook, .. }) => Ok(*codebook),
        Ok(CodebookFile::Codes(codes)) => {
            seen.count(codes.count());
            let shape = Shape::Categories { label: Key::from("claim"), name: "Claim".to_owned() };
            assert!(codes.codebook(&shape).is_ok_and(|one| one.faults().is_empty()));
            codes.codebook(&Shape::Labels).map_err(|problem| problem.to_string())
        }
        Err(fault) => {
            seen.say(&fault, &fault.to_string());
            return;
        }
    };
    probe("shape");
    let Ok(codebook) = codebook else { return };
    for format in CodebookFormat::ALL {
        let printed = codebook::print(format, "Fuzz", &codebook, "# Guide");
        probe("print");
        match codebook::parse("again", printed.file.as_bytes()) {
            Ok(CodebookFile::Own { codebook: again, .. }) => assert!(*again == codebook),
            Ok(CodebookFile::Codes(codes)) => seen.count(codes.count()),
            Err(fault) => assert!(codebook.labels.is_empty(), "our own file is not read: {fault}"),
        }
        probe("again");
    }
    let standard = Codebook::standard();
    let taken = Revision::TakeIn { other: Box::new(codebook), changes: true, guidelines: None };
    match taken.plan(&standard) {
        Ok(plan) => {
            assert!(plan.codebook().faults().is_subset(&standard.faults()));
            seen.count(standard.differences(plan.codebook()).len());
        }
        Err(fault) => seen.say(&fault, &fault.to_string()),
    }
    probe("take in");
}

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..HEAD).unwrap_or(bytes)
}

fn exchange(format: &Format, input: &Input, seen: &mut Behaviour, probe: Probe<'_>) {
    let sources = input.sources();
    let heads: Vec<_> = sources.iter().map(|one| Source { bytes: head(one.bytes), ..*one }).collect();
    seen.count((format.recognize)(&heads) as usize);
    seen.count(sets(&heads).len());
    probe("recognize");
    let Some(parse) = format.parse else { return };
    let mut survey = Survey::new(format);
    // What is read as a whole is kept; the rest is read again, once the person has chosen.
    let is_kept = matches!(parse, Parse::Files(_) | Parse::Each(_));
    let mut documents = Vec::new();
    let reading = parse.read(&sources, &mut |one| {
        survey.add(&one);
        if is_kept {
            documents.push(one);
        }
    });
    probe("parse");
    assert!(!survey.to_string().is_empty() && !survey.evidence.to_string().is_empty());
    for issue in &reading.issues {
        seen.say(issue, &issue.to_string());
    }
    for count in
        [survey.documents, survey.spans, survey.links, survey.labels.len(), reading.scheme.labels.len()]
    {
        seen.count(count);
    }
    probe("survey");
    let terms = terms();
    let mapping = Mapping::default();
    let mut settler = Settler::new(format, survey.evidence.count(), &mapping, &terms);
    let mut press = format.print.map(Press::new);
    let mut settle = |one: Foreign| {
        let settled = settler.settle(one);
        probe("settle");
        match settled {
            Ok(document) => {
                seen.document(&document);
                if let Some(press) = &mut press {
                    press.print(&document);
                }
                probe("print");
            }
            Err(issue) => seen.say(&*issue, &issue.to_string()),
        }
    };
    documents.into_iter().for_each(&mut settle);
    if !is_kept {
        let _ = parse.read(&sources, &mut settle);
    }
    probe("read again");
    let Some(press) = press else { return };
    let files = press.finish();
    probe("print");
    let sources: Vec<_> = files.iter().map(|(path, bytes)| Source { path, bytes }).collect();
    let mut count = 0;
    parse.read(&sources, &mut |_| count += 1);
    seen.count(count);
    probe("again");
}

fn terms() -> Terms {
    Terms {
        project: ProjectId::new(Uuid::nil()),
        now: Timestamp::default(),
        annotator: "Ada".to_owned(),
        codebook_version: 1,
        actors: Vec::new(),
    }
}

/// A printer at work.
struct Press {
    printer: Print,
    project: Project,
    actors: BTreeMap<ActorId, Actor>,
    output: Output,
    number: usize,
}

impl Press {
    fn new(printer: Print) -> Self {
        Self { printer, project: project(), actors: BTreeMap::new(), output: Output::default(), number: 0 }
    }

    fn print(&mut self, document: &ImportedDocument) {
        self.actors.extend(document.actors.iter().map(|actor| (actor.id, actor.clone())));
        let context = Context { project: &self.project, actors: &self.actors };
        let page = Page {
            document: &document.document,
            text: &document.text,
            body: &body(document),
            modified: document.modified,
            annotator: &document.annotator,
            number: self.number,
        };
        (self.printer.page)(&context, &page, &mut self.output);
        self.number += 1;
    }

    fn finish(mut self) -> Vec<(String, Vec<u8>)> {
        let context = Context { project: &self.project, actors: &self.actors };
        (self.printer.finish)(&context, &mut self.output);
        self.output.take_files()
    }
}
