//! Lots of files of one outside format: surveyed first, taken in once the person has chosen. Formats of JSON values are
//! read twice, value by value, so that a large file never lies in memory; of the others what was read is kept.

use std::collections::BTreeMap;

use super::{
    desk::Desk,
    import::{Course, Intake},
    material::Material,
    protocol::{Chosen, Finding, Foreign, Surveyed},
};
use crate::{
    format::{
        Issue, Problem,
        exchange::{self, Format, JsonValue, Mapping, Parse, Reading, Settler, Source, Survey, Values},
    },
    model::{Codebook, Key},
};

/// How much of a file is read at a time, in bytes.
const CHUNK: u64 = 1 << 22;

/// The most that the files of a lot may have together where they are read as a whole, in bytes.
const MOST_BYTES: u64 = 200_000_000;

/// The most findings that are shown before anything is stored.
const MOST_FINDINGS: usize = 100;

/// Files of one format.
pub(super) struct Lot<'m> {
    format: &'static Format,
    files: Vec<&'m Material>,
    survey: Survey,
    /// What was found wrong.
    pub(super) issues: Vec<Issue>,
    /// What was read, where it is not read again.
    documents: Vec<exchange::Foreign>,
}

type ParseValue = fn(JsonValue<'_>, &mut Reading);

impl<'m> Lot<'m> {
    pub(super) fn new(format: &'static Format, files: Vec<&'m Material>) -> Self {
        Self { format, files, survey: Survey::new(format), issues: Vec::new(), documents: Vec::new() }
    }

    /// In bytes.
    pub(super) fn size(&self) -> u64 {
        self.files.iter().map(|file| file.size()).sum()
    }

    /// Reads the files for what they hold.
    pub(super) async fn survey(&mut self, desk: &Desk) {
        match self.format.parse {
            None => {}
            Some(Parse::Files(parse)) => self.read_whole(parse).await,
            Some(Parse::Values(parse)) => self.read_values(parse, desk).await,
        }
    }

    async fn read_whole(&mut self, parse: fn(&[Source<'_>]) -> Reading) {
        if self.size() > MOST_BYTES {
            let bytes = usize::try_from(self.size()).unwrap_or(usize::MAX);
            let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
            let path = self.files.first().map_or("", |file| file.path());
            return self.issues.push(Issue::new(path, None, None, Problem::TooLarge { bytes, most }));
        }
        let mut contents = Vec::with_capacity(self.files.len());
        for file in &self.files {
            match file.read().await {
                Ok(bytes) => contents.push((file.path(), bytes)),
                Err(reason) => self.issues.push(unreadable(file.path(), reason)),
            }
        }
        let sources: Vec<Source<'_>> = contents.iter().map(|(path, bytes)| Source { path, bytes }).collect();
        let reading = parse(&sources);
        reading.documents.iter().for_each(|foreign| self.survey.add(foreign));
        self.survey.scheme = reading.scheme;
        self.issues.extend(Vec::from(reading.issues));
        self.documents = reading.documents;
    }

    async fn read_values(&mut self, parse: ParseValue, desk: &Desk) {
        let mut reading = Reading::default();
        let (mut done, total) = (0, self.size());
        for file in &self.files {
            let mut values = Stream::new(file);
            while let Some(value) = values.next(&mut reading, parse).await {
                if let Err(issue) = value {
                    reading.issues.push(issue);
                }
                reading.documents.drain(..).for_each(|foreign| self.survey.add(&foreign));
                desk.pass(done + values.at, total).await;
                if desk.is_stopped() {
                    return;
                }
            }
            done += file.size();
        }
        self.survey.scheme = reading.scheme;
        self.issues = reading.issues.into();
    }

    /// What the person is shown.
    pub(super) fn surveyed(&self, codebook: &Codebook) -> Surveyed {
        let evidence = &self.survey.evidence;
        let counting = evidence.agreeing.iter().position(|(count, _)| *count == evidence.count());
        let words = |counts: &BTreeMap<String, usize>, propose: fn(&str, &Codebook) -> Option<Key>| {
            let foreign = |(name, count): (&String, &usize)| Foreign {
                name: name.clone(),
                count: *count,
                proposed: propose(name, codebook).map(|key| key.to_string()),
            };
            counts.iter().map(foreign).collect()
        };
        let finding = |issue: &Issue| Finding { severity: issue.severity, words: issue.to_string() };
        Surveyed {
            line: self.survey.to_string(),
            labels: words(&self.survey.labels, Survey::proposed_label),
            relations: words(&self.survey.relations, Survey::proposed_relation),
            countings: evidence.agreeing.iter().map(|(count, _)| count.words().to_owned()).collect(),
            counting: counting.unwrap_or_default(),
            evidence: evidence.to_string(),
            findings: self.issues.iter().take(MOST_FINDINGS).map(finding).collect(),
            more_findings: self.issues.len().saturating_sub(MOST_FINDINGS),
        }
    }

    /// Takes the documents in as the person has chosen.
    pub(super) async fn take(self, intake: &mut Intake<'_>, chosen: &Chosen, course: Course) {
        let mapping = Mapping {
            labels: mapped(self.survey.labels.keys(), &chosen.labels),
            relations: mapped(self.survey.relations.keys(), &chosen.relations),
        };
        let stated = self.format.counts.get(chosen.counting).copied();
        let count = stated.unwrap_or_else(|| self.survey.evidence.count());
        let terms = intake.terms();
        let mut settler = Settler::new(self.format, count, &mapping, &terms);
        let (size, all) = (self.size(), self.documents.len() as u64);
        for (foreign, done) in self.documents.into_iter().zip(0_u64..) {
            settle(intake, &mut settler, foreign).await;
            intake.desk.pass(course.before + size * done / all, course.total).await;
            if intake.is_over() {
                return;
            }
        }
        let Some(Parse::Values(parse)) = self.format.parse else { return };
        let mut before = course.before;
        for file in self.files {
            let mut values = Stream::new(file);
            let mut reading = Reading::default();
            while values.next(&mut reading, parse).await.is_some() {
                for foreign in std::mem::take(&mut reading.documents) {
                    settle(intake, &mut settler, foreign).await;
                }
                // What is wrong was said when the file was surveyed.
                reading.issues.clear();
                intake.desk.pass(before + values.at, course.total).await;
                if intake.is_over() {
                    return;
                }
            }
            before += file.size();
        }
    }
}

async fn settle(intake: &mut Intake<'_>, settler: &mut Settler<'_>, foreign: exchange::Foreign) {
    match settler.settle(foreign) {
        Ok(imported) => intake.accept_unless_there(imported).await,
        Err(issue) => intake.find(&issue),
    }
    intake.store_full_batch().await;
}

fn mapped<'n>(
    names: impl Iterator<Item = &'n String>,
    chosen: &[Option<String>],
) -> BTreeMap<String, Option<Key>> {
    let keys = chosen.iter().map(|key| key.as_deref().map(Key::from));
    names.cloned().zip(keys).collect()
}

fn unreadable(path: &str, reason: String) -> Issue {
    Issue::new(path, None, None, Problem::UnreadableRecord { reason })
}

/// The JSON values of a file, read in pieces.
struct Stream<'m> {
    file: &'m Material,
    values: Values,
    /// How much of the file was read.
    at: u64,
}

impl<'m> Stream<'m> {
    fn new(file: &'m Material) -> Self {
        Self { file, values: Values::new(), at: 0 }
    }

    /// Has the next value parsed into the reading, or says what is wrong with it; `None` at the end.
    async fn next(&mut self, reading: &mut Reading, parse: ParseValue) -> Option<Result<(), Issue>> {
        let path = self.file.path();
        let found = loop {
            if let Some(found) = self.values.next_value() {
                break found;
            }
            if self.at >= self.file.size() {
                return None;
            }
            let to = (self.at + CHUNK).min(self.file.size());
            match self.file.read_chunk(self.at, to).await {
                Ok(bytes) => self.values.push(&bytes),
                Err(reason) => {
                    self.at = self.file.size();
                    return Some(Err(unreadable(path, reason)));
                }
            }
            self.at = to;
            if to == self.file.size() {
                self.values.finish();
            }
        };
        let (line, number) = (found.line, found.number);
        let parsed = found.value.map(|value| parse(JsonValue { path, line, number, value }, reading));
        Some(parsed.map_err(|problem| Issue::new(path, Some(line), None, problem)))
    }
}
