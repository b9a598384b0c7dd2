//! Reading files into a project: in pieces, batch by batch. What is broken is told with file and line, and everything
//! sound comes in. The worker reads with a session of its own, which gives documents their ids and places; what is
//! left to the page is [`crate::app::Admission`]. While the page takes one batch in, the next one is read.

use super::{
    desk::{Desk, Ending, moment, project_of},
    protocol::{Answer, Brought, Finding, Source},
    restore,
};
use crate::{
    app::{
        Batch, Command, Keys, Session, Stamp,
        workspace::{advice, new_id, read_body, read_state},
    },
    browser::{files::Picked, worker::Beside},
    format::{
        Defaults, ImportedDocument, Issue, Lines, MAX_TEXT_BYTES, Problem, Reader, Severity, parse_plain,
    },
    model::{Body, History, ProjectId},
    store::Durability,
    text::order,
};

/// How much of a file is read at a time, in bytes.
const CHUNK: u64 = 1 << 22;

/// How many documents, records on them, or bytes of text go into one batch: as much as the page takes in and stores
/// without a pause that a person would feel.
const BATCH_DOCUMENTS: usize = 100;
const BATCH_RECORDS: usize = 2_500;
const BATCH_BYTES: usize = 4 << 20;

/// The most findings that are kept to be shown.
const MOST_FINDINGS: usize = 2_000;

/// An import on its way.
struct Intake<'d> {
    desk: &'d Desk,
    session: Session,
    brought: Brought,
    batch: Vec<ImportedDocument>,
    records: usize,
    bytes: usize,
    /// Whether the page has a batch that it has not answered yet.
    is_awaited: bool,
    is_refused: bool,
}

/// How far an import has come, in bytes of all sources.
#[derive(Clone, Copy)]
struct Course {
    before: u64,
    total: u64,
}

/// Reads the sources; `beside` are their files.
pub(super) async fn run(
    desk: &Desk,
    project: &str,
    annotator: String,
    sources: Vec<Source>,
    beside: Vec<Beside>,
) -> Ending {
    let (state, activity) = read_state(&desk.store, project_of(project)?).await?;
    let mut intake = Intake {
        desk,
        session: Session::new(state, History::default(), activity, annotator),
        brought: Brought::default(),
        batch: Vec::new(),
        records: 0,
        bytes: 0,
        is_awaited: false,
        is_refused: false,
    };
    let mut files = beside.into_iter().filter_map(|beside| match beside {
        Beside::File(file) => Some(file),
        Beside::Text(_) | Beside::Whole(_) => None,
    });
    let mut readable = Vec::new();
    let mut total = 0;
    for source in sources {
        let file = if source == Source::File { files.next() } else { None };
        total += size_of(&source, file.as_ref());
        readable.push((source, file));
    }
    let mut course = Course { before: 0, total };
    for (source, file) in readable {
        let size = size_of(&source, file.as_ref());
        match (source, file) {
            (Source::Text { title, text }, _) => intake.take_pasted(&title, &text),
            (Source::File, Some(file)) => intake.take_file(&file, course).await,
            (Source::File, None) => {}
        }
        course.before += size;
        if intake.is_over() {
            break;
        }
        desk.pass(course.before, total).await;
    }
    intake.store_batch().await;
    intake.hear_page().await;
    intake.brought.cancelled = desk.is_stopped();
    Ok((Answer::Imported(intake.brought), Vec::new()))
}

impl Intake<'_> {
    fn take_pasted(&mut self, title: &str, text: &str) {
        let name = if title.trim().is_empty() { "pasted text" } else { title.trim() };
        match parse_plain(name, text.as_bytes(), &mut new_id, self.project()) {
            Ok(mut imported) => {
                if !title.trim().is_empty() {
                    imported.document.title = title.trim().to_owned();
                }
                self.accept(imported);
            }
            Err(issue) => self.find(&issue),
        }
    }

    async fn take_file(&mut self, file: &Picked, course: Course) {
        let name = file.path.to_lowercase();
        if name.ends_with(".zip") {
            match restore::run(self.desk, file).await {
                Ok(issues) => issues.iter().for_each(|issue| self.find(issue)),
                Err(words) => self.find_words(format!("{}: {words}", file.path)),
            }
        } else if [".jsonl", ".ndjson", ".json"].iter().any(|ending| name.ends_with(ending)) {
            self.take_lines(file, course).await;
        } else {
            self.take_plain(file).await;
        }
    }

    async fn take_plain(&mut self, file: &Picked) {
        if file.size > as_u64(MAX_TEXT_BYTES) {
            return self.find(&Issue::new(&file.path, None, None, too_large(file.size, MAX_TEXT_BYTES)));
        }
        match file.read().await {
            Ok(bytes) => match parse_plain(&file.path, &bytes, &mut new_id, self.project()) {
                Ok(imported) => {
                    self.accept(imported);
                    self.store_full_batch().await;
                }
                Err(issue) => self.find(&issue),
            },
            Err(error) => self.find_words(format!("{}: {error}", file.path)),
        }
    }

    async fn take_lines(&mut self, file: &Picked, course: Course) {
        let mut reader = Reader::with_defaults(file.path.clone(), self.defaults());
        let mut lines = Lines::new();
        let mut at = 0;
        let mut seen = false;
        loop {
            if at < file.size {
                let to = (at + CHUNK).min(file.size);
                match file.read_chunk(at, to).await {
                    Ok(bytes) => lines.push(&bytes),
                    Err(error) => return self.find_words(format!("{}: {error}", file.path)),
                }
                at = to;
            }
            if at >= file.size {
                lines.finish();
            }
            while let Some(line) = lines.next_line() {
                seen = true;
                match reader.parse(line, &mut new_id) {
                    Ok(imported) => self.accept_unless_there(imported).await,
                    Err(issue) => self.find(&issue),
                }
                self.store_full_batch().await;
                if self.is_over() {
                    return;
                }
            }
            self.desk.pass(course.before + at, course.total).await;
            if at >= file.size {
                break;
            }
        }
        if !seen {
            self.find(&Issue::new(&file.path, None, None, Problem::EmptyText));
        }
    }

    /// Takes a document into the batch, unless it is in the project just so.
    async fn accept_unless_there(&mut self, imported: ImportedDocument) {
        match self.is_there(&imported).await {
            Ok(true) => self.brought.skipped += 1,
            Ok(false) => self.accept(imported),
            Err(problem) => self.find_words(problem),
        }
    }

    async fn is_there(&self, imported: &ImportedDocument) -> Result<bool, String> {
        let id = imported.document.id;
        let Some(known) = self.session.state().documents().get(&id) else { return Ok(false) };
        let mut same = imported.document.clone();
        same.position = known.position;
        if same != *known {
            return Ok(false);
        }
        let body = read_body(&self.desk.store, Keys(self.project()), id).await?;
        let relations = imported.relations.iter().cloned();
        Ok(body == Body::new(imported.annotations.iter().cloned(), relations))
    }

    fn accept(&mut self, mut imported: ImportedDocument) {
        for issue in std::mem::take(&mut imported.issues) {
            self.find(&issue);
        }
        self.bytes += imported.text.as_str().len();
        self.records += imported.annotations.len() + imported.relations.len();
        self.batch.push(imported);
    }

    async fn store_full_batch(&mut self) {
        let is_full =
            self.batch.len() >= BATCH_DOCUMENTS || self.records >= BATCH_RECORDS || self.bytes >= BATCH_BYTES;
        if is_full {
            self.store_batch().await;
        }
    }

    /// Stores what nobody sees yet and hands the rest to the page, once it has taken the batch before in.
    async fn store_batch(&mut self) {
        let documents = std::mem::take(&mut self.batch);
        (self.records, self.bytes) = (0, 0);
        if documents.is_empty() {
            return;
        }
        let mut stamp = Stamp { now: moment(), new_id: &mut new_id };
        let outcome = match self.session.perform(Command::Import { documents, group: None }, &mut stamp) {
            Ok(outcome) => outcome,
            Err(refusal) => return self.find_words(refusal.to_string()),
        };
        let (batch, changes, unseen) = Batch::of(&self.session, &outcome);
        for number in outcome.entries {
            self.session.history_mut().unload(number);
        }
        // The page's own write of this batch, which comes later, waits until all of it has reached the disk.
        let written = self.desk.store.write(&unseen, Durability::Relaxed).await;
        self.hear_page().await;
        if self.is_refused {
            return;
        }
        if let Err(error) = written {
            self.is_refused = true;
            return self.find_words(advice(&error));
        }
        self.desk.say(&Answer::Batch(batch), vec![Beside::Text(changes)]);
        self.is_awaited = true;
    }

    async fn hear_page(&mut self) {
        if std::mem::take(&mut self.is_awaited) && !self.desk.admitted().await {
            self.is_refused = true;
        }
    }

    fn is_over(&self) -> bool {
        self.is_refused || self.desk.is_stopped()
    }

    fn find(&mut self, issue: &Issue) {
        self.push(Finding { severity: issue.severity, words: issue.to_string() });
    }

    fn find_words(&mut self, words: String) {
        self.push(Finding { severity: Severity::Error, words });
    }

    fn push(&mut self, finding: Finding) {
        if self.brought.findings.len() < MOST_FINDINGS {
            self.brought.findings.push(finding);
        } else {
            self.brought.more_findings += 1;
        }
    }

    fn project(&self) -> ProjectId {
        self.session.state().project().id
    }

    fn defaults(&self) -> Defaults {
        let state = self.session.state();
        Defaults {
            annotator: self.session.annotator().to_owned(),
            codebook_version: state.project().codebook.version,
            registry: order::set(state.actors().keys().copied()),
            ..Defaults::new(state.project().id, moment())
        }
    }
}

fn as_u64(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// What is said of a file of more than `most` bytes.
pub(super) fn too_large(bytes: u64, most: usize) -> Problem {
    Problem::TooLarge { bytes: usize::try_from(bytes).unwrap_or(usize::MAX), most }
}

fn size_of(source: &Source, file: Option<&Picked>) -> u64 {
    match source {
        Source::File => file.map_or(0, |file| file.size),
        Source::Text { text, .. } => as_u64(text.len()),
    }
}
