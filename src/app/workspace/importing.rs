//! Bringing files in: many at once, in chunks, with progress. What is broken is told with file and line, and
//! everything sound comes in; all documents of one import are one undo.

use leptos::prelude::*;

use super::{Running, Workspace, loading::read_body, new_id, now, saving::advice, spawn};
use crate::{
    app::{
        command::Command,
        rows::{Activity, Keys, put_entry, put_text, writes_of_project},
        session::Session,
    },
    browser::{clock, files::Picked, storage, trace, wait},
    format::{
        Backup, Defaults, ImportedDocument, Issue, Lines, MAX_TEXT_BYTES, Problem, Reader, Severity,
        parse_plain,
    },
    model::{Body, DocumentId, History, ProjectId, State, Tally},
    store::{Durability, Store, Write},
    text::order,
};

/// How much of a file is read at a time, in bytes.
const CHUNK: u64 = 1 << 20;

/// How many documents, or how many bytes of text, go into one batch.
const BATCH_DOCUMENTS: usize = 100;
const BATCH_BYTES: usize = 4 << 20;

/// The largest backup that is opened, in bytes: it has to lie in memory as a whole.
const MAX_BACKUP_BYTES: usize = 1 << 30;

/// How long work may go on before the page gets a turn, in milliseconds.
const TURN: f64 = 12.0;

/// The most findings that are kept to be shown.
const MOST_FINDINGS: usize = 2_000;

/// Something to bring in.
#[derive(Clone)]
pub enum Source {
    /// A file that the person picked or dropped.
    File(Picked),
    /// Pasted text.
    Text {
        /// Its title; empty for the first line.
        title: String,
        /// The text.
        text: String,
    },
}

/// What an import brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// How many documents came in.
    pub documents: usize,
    /// How many were there already, just so.
    pub skipped: usize,
    /// The name of a project that was opened from a backup.
    pub restored: Option<String>,
    /// What is to be said about the files.
    pub findings: Vec<Finding>,
    /// How many findings there were beyond those kept.
    pub more_findings: usize,
    /// Whether the person stopped it.
    pub cancelled: bool,
}

/// One thing to be said about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// File, line and what was found, in words.
    pub words: String,
}

/// An import on its way.
struct Intake {
    workspace: Workspace,
    store: Store,
    report: Report,
    batch: Vec<ImportedDocument>,
    batch_bytes: usize,
    group: Option<u64>,
    first: Option<DocumentId>,
    turn: f64,
}

impl Workspace {
    /// Brings files and pasted texts in; [`Workspace::report`] then says what came of it.
    pub fn import(self, sources: Vec<Source>) {
        let Some(store) = self.store() else { return };
        if sources.is_empty() || self.running.with_untracked(Option::is_some) {
            return;
        }
        self.running.set(Some(Running { what: "Importing".to_owned(), fraction: None, cancelled: false }));
        spawn(async move {
            trace::mark("rubricator:import");
            let mut intake = Intake {
                workspace: self,
                store,
                report: Report::default(),
                batch: Vec::new(),
                batch_bytes: 0,
                group: None,
                first: None,
                turn: clock::monotonic(),
            };
            intake.take_all(sources).await;
            trace::measure("rubricator:import");
            self.running.set(None);
            self.report.set(Some(intake.report));
        });
    }

    /// What the last import brought.
    pub fn report(self) -> Option<Report> {
        self.report.get()
    }

    /// Forgets what the last import brought.
    pub fn clear_report(self) {
        self.report.set(None);
    }
}

impl Intake {
    async fn take_all(&mut self, sources: Vec<Source>) {
        // Where the browser would rather not keep the data for good, it says so in the settings.
        let _granted = storage::persist().await;
        let total: u64 = sources.iter().map(size_of).sum();
        let mut before = 0;
        let empty = self.workspace.read(|session| session.open().is_none()).unwrap_or(true);
        for source in sources {
            let size = size_of(&source);
            self.progress(before, total);
            match source {
                Source::Text { title, text } => self.take_pasted(&title, &text),
                Source::File(file) => self.take_file(&file, before, total).await,
            }
            before += size;
            if self.cancelled() {
                self.report.cancelled = true;
                break;
            }
            self.breathe(before, total).await;
        }
        self.store_batch().await;
        self.workspace.saved().await;
        match self.report.documents {
            0 => {}
            1 => self.workspace.say("1 document came in"),
            count => self.workspace.say(format!("{count} documents came in")),
        }
        if let Some(first) = self.first.filter(|_| empty || self.report.documents == 1) {
            self.workspace.open_document(first);
        }
    }

    fn take_pasted(&mut self, title: &str, text: &str) {
        let Some(project) = self.project() else { return };
        let name = if title.trim().is_empty() { "pasted text" } else { title.trim() };
        match parse_plain(name, text.as_bytes(), &mut new_id, project) {
            Ok(mut imported) => {
                if !title.trim().is_empty() {
                    imported.document.title = title.trim().to_owned();
                }
                self.accept(imported);
            }
            Err(issue) => self.find(&issue),
        }
    }

    async fn take_file(&mut self, file: &Picked, before: u64, total: u64) {
        let name = file.path.to_lowercase();
        if name.ends_with(".zip") {
            self.take_backup(file).await;
        } else if [".jsonl", ".ndjson", ".json"].iter().any(|ending| name.ends_with(ending)) {
            self.take_lines(file, before, total).await;
        } else {
            self.take_plain(file).await;
        }
    }

    async fn take_plain(&mut self, file: &Picked) {
        if file.size > as_u64(MAX_TEXT_BYTES) {
            return self.find(&Issue::new(&file.path, None, None, too_large(file.size, MAX_TEXT_BYTES)));
        }
        let Some(project) = self.project() else { return };
        match file.read().await {
            Ok(bytes) => match parse_plain(&file.path, &bytes, &mut new_id, project) {
                Ok(imported) => {
                    self.accept(imported);
                    self.store_full_batch().await;
                }
                Err(issue) => self.find(&issue),
            },
            Err(error) => self.find_words(format!("{}: {error}", file.path)),
        }
    }

    async fn take_lines(&mut self, file: &Picked, before: u64, total: u64) {
        let Some(defaults) = self.defaults() else { return };
        let mut reader = Reader::with_defaults(file.path.clone(), defaults);
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
                match line.content {
                    Ok(content) => match reader.parse_line(line.number, &content, &mut new_id) {
                        Ok(imported) => self.accept_unless_there(imported).await,
                        Err(issue) => self.find(&issue),
                    },
                    Err(problem) => self.find(&Issue::new(&file.path, Some(line.number), None, problem)),
                }
                self.store_full_batch().await;
                if self.cancelled() {
                    return;
                }
                self.breathe(before + at, total).await;
            }
            if at >= file.size {
                break;
            }
        }
        if !seen {
            self.find(&Issue::new(&file.path, None, None, Problem::EmptyText));
        }
    }

    /// Opens a backup as a project of its own, beside what is there.
    async fn take_backup(&mut self, file: &Picked) {
        if file.size > as_u64(MAX_BACKUP_BYTES) {
            return self.find(&Issue::new(&file.path, None, None, too_large(file.size, MAX_BACKUP_BYTES)));
        }
        let bytes = match file.read().await {
            Ok(bytes) => bytes,
            Err(error) => return self.find_words(format!("{}: {error}", file.path)),
        };
        let id = ProjectId::new(new_id());
        let backup = match Backup::parse(&bytes, id, &mut new_id) {
            Ok(backup) => backup,
            Err(error) => return self.find_words(format!("{}: {error}", file.path)),
        };
        drop(bytes);
        for issue in backup.issues.iter().chain(backup.documents.iter().flat_map(|document| &document.issues))
        {
            self.find(issue);
        }
        let name = backup.project.name.clone();
        let writes = restore(id, backup);
        if let Err(error) = self.store.write(&writes, Durability::Strict).await {
            return self.find_words(format!("{}: {}", file.path, advice(&error)));
        }
        self.report.restored = Some(name);
        self.workspace.saved().await;
        if let Err(problem) = self.workspace.enter_project(id, None).await {
            self.find_words(problem);
        }
    }

    /// Takes a document into the batch, unless it is in the project just so.
    async fn accept_unless_there(&mut self, imported: ImportedDocument) {
        match self.is_there(&imported).await {
            Ok(true) => self.report.skipped += 1,
            Ok(false) => self.accept(imported),
            Err(problem) => self.find_words(problem),
        }
    }

    async fn is_there(&self, imported: &ImportedDocument) -> Result<bool, String> {
        let id = imported.document.id;
        let known = self.workspace.read(|session| {
            let state = session.state();
            state.documents().get(&id).map(|document| (Keys(state.project().id), document.clone()))
        });
        let Some((keys, known)) = known.flatten() else { return Ok(false) };
        let mut same = imported.document.clone();
        same.position = known.position;
        if same != known {
            return Ok(false);
        }
        self.workspace.saved().await;
        let body = read_body(&self.store, keys, id).await?;
        let relations = imported.relations.iter().cloned();
        Ok(body == Body::new(imported.annotations.iter().cloned(), relations))
    }

    fn accept(&mut self, mut imported: ImportedDocument) {
        for issue in std::mem::take(&mut imported.issues) {
            self.find(&issue);
        }
        self.batch_bytes += imported.text.as_str().len();
        self.batch.push(imported);
    }

    async fn store_full_batch(&mut self) {
        if self.batch.len() >= BATCH_DOCUMENTS || self.batch_bytes >= BATCH_BYTES {
            self.store_batch().await;
        }
    }

    async fn store_batch(&mut self) {
        let documents = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        if documents.is_empty() {
            return;
        }
        let count = documents.len();
        match self.workspace.perform(Command::Import { documents, group: self.group }) {
            Ok(mut outcome) => {
                // What came in is said once, at the end.
                outcome.said = None;
                self.report.documents += count;
                self.first = self.first.or(outcome.added.first().copied());
                let entries = self.workspace.carry_out(outcome);
                self.group = self.group.or(entries.first().copied());
                // Once stored, these entries need no room in memory: undo loads them again.
                if self.workspace.saved().await {
                    self.workspace.unload_entries(&entries);
                }
            }
            Err(refusal) => self.find_words(refusal.to_string()),
        }
    }

    fn find(&mut self, issue: &Issue) {
        self.push(Finding { severity: issue.severity, words: issue.to_string() });
    }

    fn find_words(&mut self, words: String) {
        self.push(Finding { severity: Severity::Error, words });
    }

    fn push(&mut self, finding: Finding) {
        if self.report.findings.len() < MOST_FINDINGS {
            self.report.findings.push(finding);
        } else {
            self.report.more_findings += 1;
        }
    }

    fn progress(&self, done: u64, total: u64) {
        #[expect(clippy::cast_precision_loss, reason = "a fraction of a bar needs no exact bytes")]
        let fraction = (total > 0).then(|| done as f64 / total as f64);
        let count = self.report.documents + self.batch.len();
        self.workspace.running.update(|running| {
            if let Some(running) = running {
                running.fraction = fraction;
                running.what = format!("Importing, {count} documents so far");
            }
        });
    }

    fn cancelled(&self) -> bool {
        self.workspace
            .running
            .with_untracked(|running| running.as_ref().is_some_and(|running| running.cancelled))
    }

    /// Gives the page a turn when it has waited long enough.
    async fn breathe(&mut self, done: u64, total: u64) {
        if clock::monotonic() - self.turn > TURN {
            self.progress(done, total);
            wait::yield_now().await;
            self.turn = clock::monotonic();
        }
    }

    fn project(&self) -> Option<ProjectId> {
        self.workspace.read(|session| session.state().project().id)
    }

    fn defaults(&self) -> Option<Defaults> {
        self.workspace.read(|session| {
            let state = session.state();
            Defaults {
                annotator: session.annotator().to_owned(),
                codebook_version: state.project().codebook.version,
                registry: order::set(state.actors().keys().copied()),
                ..Defaults::new(state.project().id, now())
            }
        })
    }
}

impl Workspace {
    fn unload_entries(self, numbers: &[u64]) {
        self.inner.update_value(|inner| {
            if let Some(session) = &mut inner.session {
                for number in numbers {
                    session.unload_entry(*number);
                }
            }
        });
    }
}

fn as_u64(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

fn too_large(bytes: u64, most: usize) -> Problem {
    Problem::TooLarge { bytes: usize::try_from(bytes).unwrap_or(usize::MAX), most }
}

fn size_of(source: &Source) -> u64 {
    match source {
        Source::File(file) => file.size,
        Source::Text { text, .. } => as_u64(text.len()),
    }
}

/// The rows of a whole project as it came out of a backup.
fn restore(id: ProjectId, backup: Backup) -> Vec<Write> {
    let keys = Keys(id);
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let documents = backup.documents.iter().map(|one| {
        let tally =
            Tally { annotations: count(one.annotations.len()), relations: count(one.relations.len()) };
        (one.document.clone(), tally)
    });
    let activity = backup.documents.iter().filter_map(|one| {
        Some((one.document.id, Activity { modified: one.modified?, annotator: one.annotator.clone() }))
    });
    let state = State::stored(backup.project, backup.actors, documents);
    let mut history = History::stored(backup.cursor.last, backup.cursor.undo, backup.cursor.redo);
    history.set_hand(backup.cursor.hand);
    let session = Session::new(state, history, order::map(activity), String::new());
    let bodies = backup.documents.iter().flat_map(|one| {
        let annotations = one.annotations.iter().cloned().map(Into::into);
        let relations = one.relations.iter().cloned().map(Into::into);
        annotations.chain(relations)
    });
    let mut writes = writes_of_project(&session, bodies);
    writes.extend(backup.documents.iter().map(|one| put_text(keys, &one.document.text_sha256, &one.text)));
    writes.extend(backup.texts.iter().map(|(hash, text)| put_text(keys, hash, text)));
    writes.extend(backup.history.iter().map(|entry| put_entry(keys, entry)));
    writes
}
