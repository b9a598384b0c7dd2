//! Taking work home: the dataset as JSONL or the whole project as a zip. One document at a time is read and
//! printed, so memory holds no file; a file that was stopped or failed is not offered at all.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use super::{Running, Workspace, now, saving::advice, spawn};
use crate::{
    app::{
        document_order::in_order,
        rows::{Activity, Keys, cursor_of},
    },
    browser::{clock, files::Download, trace, wait},
    format::{BackupWriter, Cursor, DatasetHead, file_name, print_line, row},
    model::{Actor, ActorId, Body, Document, DocumentId, Project, Record, Status, Timestamp},
    store::Store,
    text::{Text, Unit, order},
};

/// How much is gathered before it is handed to the browser, in bytes.
const PART: usize = 1 << 20;

/// How long work may go on before the page gets a turn, in milliseconds.
const TURN: f64 = 12.0;

/// How many history entries are read at a time.
const ENTRIES: u32 = 500;

/// What to export and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Which documents.
    pub scope: Scope,
    /// In what offsets are counted.
    pub unit: Unit,
}

/// Which documents to export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of the project.
    All,
    /// This one.
    One(DocumentId),
    /// Those of this status.
    Status(Status),
}

impl Scope {
    /// Whether the document belongs to what is exported.
    pub fn holds(self, document: &Document) -> bool {
        match self {
            Self::All => true,
            Self::One(id) => document.id == id,
            Self::Status(status) => document.status == status,
        }
    }
}

/// What an export needs of the session, copied so that the person can go on working.
struct Snapshot {
    keys: Keys,
    project: Project,
    actors: BTreeMap<ActorId, Actor>,
    documents: Vec<(Document, Activity)>,
    cursor: Cursor,
}

/// What one document adds to a file.
struct Loaded {
    text: Text,
    body: Body,
}

impl Workspace {
    /// Downloads the dataset as JSONL.
    pub fn export(self, export: Export) {
        self.run_export("Exporting", async move |workspace, store| {
            let snapshot = workspace.snapshot(export.scope)?;
            let name = file_name(&snapshot.project.name, &now().date(), "jsonl");
            let head = DatasetHead::new(&snapshot.project.name, &snapshot.project.codebook, export.unit);
            let mut download = Download::new(name, "application/x-ndjson");
            let mut part = String::new();
            let mut turn = Turn::new(workspace, snapshot.documents.len());
            for (document, activity) in &snapshot.documents {
                let loaded = workspace.load(&store, snapshot.keys, document).await?;
                let modified = stated(activity);
                let (text, body) = (&loaded.text, &loaded.body);
                let line =
                    print_line(&head, document, text, body, &snapshot.actors, modified, &activity.annotator);
                part.push_str(&line);
                part.push('\n');
                if part.len() >= PART {
                    download.push_str(&part).map_err(|error| error.to_string())?;
                    part.clear();
                }
                turn.pass().await?;
            }
            download.push_str(&part).map_err(|error| error.to_string())?;
            download.save().map_err(|error| error.to_string())?;
            Ok(match snapshot.documents.len() {
                1 => "1 document was downloaded".to_owned(),
                count => format!("{count} documents were downloaded"),
            })
        });
    }

    /// Downloads the whole project, with its history, as a zip that opens again as the same project.
    pub fn backup(self) {
        self.run_export("Backing up", async move |workspace, store| {
            let snapshot = workspace.snapshot(Scope::All)?;
            let name = file_name(&snapshot.project.name, &now().date(), "rubricator.zip");
            let mut writer = BackupWriter::new(&snapshot.project);
            let mut turn = Turn::new(workspace, snapshot.documents.len());
            let failed = |error: crate::format::Error| error.to_string();
            for (document, activity) in &snapshot.documents {
                let loaded = workspace.load(&store, snapshot.keys, document).await?;
                let (text, body) = (&loaded.text, &loaded.body);
                let modified = stated(activity);
                writer
                    .push_document(document, text, body, &snapshot.actors, modified, &activity.annotator)
                    .map_err(failed)?;
                turn.pass().await?;
            }
            let texts = workspace.push_history(&store, &snapshot, &mut writer).await?;
            for hash in texts {
                let text = workspace.text_of(&store, snapshot.keys, &hash).await?;
                writer.push_text(&hash, &text).map_err(failed)?;
            }
            let mut download = Download::new(name, "application/zip");
            let mut pushed = Ok(());
            let mut sink = |bytes: Vec<u8>| {
                if pushed.is_ok() {
                    pushed = download.push_bytes(&bytes);
                }
            };
            writer.finish(&snapshot.project, &snapshot.actors, snapshot.cursor, &mut sink).map_err(failed)?;
            pushed.map_err(|error| error.to_string())?;
            download.save().map_err(|error| error.to_string())?;
            workspace.note_backup();
            Ok("The backup was downloaded".to_owned())
        });
    }

    fn run_export<F>(self, what: &str, export: impl FnOnce(Self, Store) -> F + 'static)
    where
        F: Future<Output = Result<String, String>> + 'static,
    {
        let Some(store) = self.store() else { return };
        if self.running.with_untracked(Option::is_some) {
            return;
        }
        self.running.set(Some(Running { what: what.to_owned(), fraction: None, cancelled: false }));
        spawn(async move {
            trace::mark("rubricator:export");
            self.saved().await;
            let result = export(self, store).await;
            trace::measure("rubricator:export");
            self.running.set(None);
            match result {
                Ok(words) => self.say(words),
                Err(problem) => self.refuse(&problem),
            }
        });
    }

    fn snapshot(self, scope: Scope) -> Result<Snapshot, String> {
        let snapshot = self.read(|session| {
            let state = session.state();
            let history = session.history();
            let documents = in_order(state.documents()).into_iter().filter(|document| scope.holds(document));
            Snapshot {
                keys: Keys(state.project().id),
                project: state.project().clone(),
                actors: state.actors().clone(),
                documents: documents.map(|one| (one.clone(), session.activity(one.id))).collect(),
                cursor: cursor_of(history),
            }
        });
        snapshot.ok_or_else(|| "no project is open".to_owned())
    }

    async fn load(self, store: &Store, keys: Keys, document: &Document) -> Result<Loaded, String> {
        let here = self.read(|session| {
            let open = session.open().filter(|open| open.document == document.id)?;
            Some(Loaded { text: open.text.clone(), body: session.body()?.clone() })
        });
        if let Some(loaded) = here.flatten() {
            return Ok(loaded);
        }
        let text = self.text_of(store, keys, &document.text_sha256).await?;
        let body = self.body_of(store, keys, document.id).await?;
        Ok(Loaded { text, body })
    }

    /// Adds the history, oldest entry first; gives back the hashes of texts that only it refers to.
    async fn push_history(
        self,
        store: &Store,
        snapshot: &Snapshot,
        writer: &mut BackupWriter,
    ) -> Result<BTreeSet<String>, String> {
        let project = snapshot.project.id;
        let held = order::set(snapshot.documents.iter().map(|(document, _)| document.text_sha256.as_str()));
        let mut hashes = BTreeSet::new();
        let mut from = 1;
        while from <= snapshot.cursor.last {
            let to = from + u64::from(ENTRIES);
            #[expect(clippy::cast_precision_loss, reason = "no history reaches 2^53 entries")]
            let below = to.min(snapshot.cursor.last + 1) as f64;
            let rows = store.history_tail(&project.to_string(), Some(below), ENTRIES).await;
            for row in rows.map_err(|error| advice(&error))?.iter().rev() {
                let entry = row::parse_entry(&row.json, project).map_err(|error| error.to_string())?;
                if entry.number < from {
                    continue;
                }
                for change in &entry.edit.changes {
                    for record in [change.before(), change.after()].into_iter().flatten() {
                        if let Record::Document(document) = record
                            && !held.contains(document.text_sha256.as_str())
                        {
                            hashes.insert(document.text_sha256.clone());
                        }
                    }
                }
                writer.push_entry(&entry).map_err(|error| error.to_string())?;
            }
            from = to;
        }
        Ok(hashes)
    }
}

/// Keeps count of what is done and gives the page its turns.
struct Turn {
    workspace: Workspace,
    total: usize,
    done: usize,
    since: f64,
}

impl Turn {
    fn new(workspace: Workspace, total: usize) -> Self {
        Self { workspace, total, done: 0, since: clock::monotonic() }
    }

    /// One more is done. An error when the person wants no more.
    async fn pass(&mut self) -> Result<(), String> {
        self.done += 1;
        if clock::monotonic() - self.since > TURN {
            #[expect(clippy::cast_precision_loss, reason = "a fraction of a bar needs no exact number")]
            let fraction = self.done as f64 / self.total.max(1) as f64;
            let mut cancelled = false;
            self.workspace.running.update(|running| {
                if let Some(running) = running {
                    running.fraction = Some(fraction);
                    cancelled = running.cancelled;
                }
            });
            if cancelled {
                return Err("stopped; no file was written".to_owned());
            }
            wait::yield_now().await;
            self.since = clock::monotonic();
        }
        Ok(())
    }
}

fn stated(activity: &Activity) -> Option<Timestamp> {
    (activity.modified != Timestamp::default()).then_some(activity.modified)
}
