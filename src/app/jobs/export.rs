//! Taking work home: the dataset as JSONL or the whole project as a zip, printed from the database document by
//! document. What is printed moves to the browser piece by piece; a file that was stopped or failed is not sent.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    desk::{Desk, Ending, moment, project_of},
    protocol::{Answer, Scope},
};
use crate::{
    app::{
        Activity, Keys, in_order, quire,
        workspace::{advice, read_content, read_entry, read_state},
    },
    browser::{
        files::Download,
        once::{Taker, once},
        wait,
        worker::Beside,
    },
    format::{
        BackupWriter, Cursor, DatasetHead,
        exchange::{Bundle, Context, FORMATS, Output, Page},
        file_name, print_line, row,
    },
    model::{Actor, ActorId, Body, Document, DocumentId, Project, ProjectId, Record, Timestamp},
    store::{Contents, Error, Table, Wanted},
    text::{Text, Unit, order},
};

/// How many documents, and of how many bytes, are read at a time. Those of one quire are read together all the same.
const AT_ONCE: usize = 64;
const BYTES_AT_ONCE: usize = 1 << 20;

/// How many history entries are read at a time.
const ENTRIES: u32 = 100;

/// What is printed, as the database has it when the job begins.
struct Stock {
    keys: Keys,
    project: Project,
    actors: BTreeMap<ActorId, Actor>,
    documents: Vec<(Document, Activity)>,
    /// What is known of the documents that are not printed, those that are gone among them.
    others: BTreeMap<DocumentId, Activity>,
}

/// Prints the dataset.
pub(super) async fn dataset(desk: &Desk, project: &str, scope: Scope, unit: &str) -> Ending {
    let stock = Stock::read(desk, project_of(project)?, scope).await?;
    let name = file_name(&stock.project.name, &moment().date(), "jsonl");
    let unit = Unit::from_name(unit).ok_or_else(|| "the page named no unit of positions".to_owned())?;
    let head = DatasetHead::new(&stock.project.name, &stock.project.codebook, unit);
    let mut download = Download::new(name, "application/x-ndjson");
    stock
        .each(desk, |document, activity, text, body| {
            let modified = stated(activity);
            let line = print_line(&head, document, text, body, &stock.actors, modified, &activity.annotator);
            let pushed = download.push_str(&line).and_then(|()| download.push_str("\n"));
            pushed.map_err(|error| error.to_string())
        })
        .await?;
    let whole = download.finish().map_err(|error| error.to_string())?;
    Ok((
        Answer::Exported { documents: stock.documents.len(), losses: Vec::new() },
        vec![Beside::Whole(whole)],
    ))
}

/// Prints in an outside format, and says what it cannot hold. One file is given as it is, several as a zip.
pub(super) async fn foreign(desk: &Desk, project: &str, scope: Scope, format: &str) -> Ending {
    let stock = Stock::read(desk, project_of(project)?, scope).await?;
    let printer = FORMATS.iter().find(|known| known.name == format).and_then(|format| format.print);
    let printer = printer.ok_or_else(|| format!("{format} is not a format that can be written"))?;
    let context = Context { project: &stock.project, actors: &stock.actors };
    let mut output = Output::default();
    let mut files = Files::default();
    let mut number = 0;
    stock
        .each(desk, |document, activity, text, body| {
            let (modified, annotator) = (stated(activity), activity.annotator.as_str());
            (printer.page)(
                &context,
                &Page { document, text, body, modified, annotator, number },
                &mut output,
            );
            number += 1;
            files.take(&mut output, printer.ending)
        })
        .await?;
    (printer.finish)(&context, &mut output);
    files.take(&mut output, printer.ending)?;
    let name = file_name(&stock.project.name, &moment().date(), printer.ending);
    let mut download = Download::new(name, "application/octet-stream");
    files.write(&mut download)?;
    let whole = download.finish().map_err(|error| error.to_string())?;
    let losses = output.losses().iter().map(|(loss, count)| format!("{}: {count}, {}", loss.what, loss.fate));
    let losses = losses.collect();
    Ok((Answer::Exported { documents: stock.documents.len(), losses }, vec![Beside::Whole(whole)]))
}

/// What was printed so far: one file piece by piece, or several on their way into a zip.
#[derive(Default)]
struct Files {
    single: Vec<u8>,
    bundle: Option<Bundle>,
}

impl Files {
    fn take(&mut self, output: &mut Output, ending: &str) -> Result<(), String> {
        for (path, bytes) in output.take_files() {
            if ending == "zip" {
                let bundle = self.bundle.get_or_insert_default();
                bundle.push(&path, &bytes).map_err(|error| error.to_string())?;
            } else {
                self.single.extend_from_slice(&bytes);
            }
        }
        Ok(())
    }

    fn write(self, download: &mut Download) -> Result<(), String> {
        let mut pushed = if self.single.is_empty() { Ok(()) } else { download.push_bytes(&self.single) };
        if let Some(bundle) = self.bundle {
            let mut sink = |bytes: Vec<u8>| {
                if pushed.is_ok() {
                    pushed = download.push_bytes(&bytes);
                }
            };
            bundle.finish(&mut sink).map_err(|error| error.to_string())?;
        }
        pushed.map_err(|error| error.to_string())
    }
}

/// Packs the project with its history.
pub(super) async fn backup(desk: &Desk, project: &str) -> Ending {
    let stock = Stock::read(desk, project_of(project)?, Scope::All).await?;
    let name = file_name(&stock.project.name, &moment().date(), "rubricator.zip");
    let cursor = desk.store.get(Table::Settings, &stock.keys.cursor()).await;
    let cursor = match cursor.map_err(|error| advice(&error))? {
        Some(row) => row::parse_cursor(&row.json).map_err(|error| error.to_string())?,
        None => Cursor::default(),
    };
    let failed = |error: crate::format::Error| error.to_string();
    let mut writer = BackupWriter::new(&stock.project);
    stock
        .each(desk, |document, activity, text, body| {
            let modified = stated(activity);
            writer
                .push_document(document, text, body, &stock.actors, modified, &activity.annotator)
                .map_err(failed)
        })
        .await?;
    for (hash, document) in push_history(desk, &stock, cursor, &mut writer).await? {
        let leaf = stock.leaf(document);
        let (text, _) = read_content(&desk.store, stock.keys, document, &hash, leaf).await?;
        writer.push_text(&hash, &text).map_err(failed)?;
    }
    let mut download = Download::new(name, "application/zip");
    let mut pushed = Ok(());
    let mut sink = |bytes: Vec<u8>| {
        if pushed.is_ok() {
            pushed = download.push_bytes(&bytes);
        }
    };
    writer.finish(&stock.project, &stock.actors, cursor, &mut sink).map_err(failed)?;
    pushed.map_err(|error| error.to_string())?;
    let whole = download.finish().map_err(|error| error.to_string())?;
    Ok((
        Answer::Exported { documents: stock.documents.len(), losses: Vec::new() },
        vec![Beside::Whole(whole)],
    ))
}

impl Stock {
    async fn read(desk: &Desk, project: ProjectId, scope: Scope) -> Result<Self, String> {
        let (state, mut activity) = read_state(&desk.store, project).await?;
        let documents = in_order(state.documents()).into_iter().filter(|document| scope.holds(document));
        let documents = documents.map(|one| {
            let activity = activity.remove(&one.id).unwrap_or_default();
            (one.clone(), activity)
        });
        let documents = documents.collect();
        Ok(Self {
            keys: Keys(project),
            project: state.project().clone(),
            actors: state.actors().clone(),
            documents,
            others: activity,
        })
    }

    /// Where a document is bound, be it gone; empty where that is nowhere.
    fn leaf(&self, id: DocumentId) -> &str {
        let printed = || self.documents.iter().find(|(document, _)| document.id == id);
        let activity = self.others.get(&id).or_else(|| printed().map(|(_, activity)| activity));
        activity.map_or("", |activity| &activity.leaf)
    }

    /// The documents in portions that are read at a time.
    fn portions(&self) -> impl Iterator<Item = &[(Document, Activity)]> {
        let mut rest = self.documents.as_slice();
        std::iter::from_fn(move || {
            let (portion, others) = rest.split_at_checked(portion_length(rest))?;
            rest = others;
            (!portion.is_empty()).then_some(portion)
        })
    }

    /// Begins to read a portion; it is read while the caller goes on.
    fn begin(
        &self,
        desk: &Desk,
        own: &Own,
        portion: &[(Document, Activity)],
    ) -> Taker<Result<Vec<Contents>, Error>> {
        let wanted: Vec<Wanted> =
            portion.iter().map(|(one, activity)| own.wanted(self.keys, one, activity)).collect();
        let store = desk.store.clone();
        let (giver, taker) = once();
        wait::spawn(async move { giver.give(store.contents(&wanted).await) });
        taker
    }

    /// Calls with each document, its text and what lies on it. While a portion is printed the next one is read.
    async fn each(
        &self,
        desk: &Desk,
        mut print: impl FnMut(&Document, &Activity, &Text, &Body) -> Result<(), String>,
    ) -> Result<(), String> {
        let total = self.documents.len() as u64;
        let mut done = 0;
        let own = Own::read(desk, self.keys.0).await?;
        let mut portions = self.portions().peekable();
        let mut coming = portions.peek().map(|first| self.begin(desk, &own, first));
        while let Some((some, read)) = portions.next().zip(coming) {
            let contents = read.await.ok_or_else(missing_text)?.map_err(|error| advice(&error))?;
            coming = portions.peek().map(|next| self.begin(desk, &own, next));
            wait::begin().await;
            for ((document, activity), contents) in some.iter().zip(contents) {
                let (text, body) = quire::read_quickly(contents, &activity.leaf)
                    .map_err(|error| format!("the database cannot be read: {error}"))?;
                print(document, activity, &text.ok_or_else(missing_text)?, &body)?;
            }
            done += some.len() as u64;
            desk.pass(done, total).await;
            stop_if_wanted(desk)?;
        }
        Ok(())
    }
}

/// How many of the documents, from the first on, are read at a time.
fn portion_length(documents: &[(Document, Activity)]) -> usize {
    let (mut length, mut bytes, mut quire) = (0_usize, 0_usize, "");
    for (_, activity) in documents {
        let (name, size) = quire::place_of(&activity.leaf);
        let is_full = AT_ONCE <= length || BYTES_AT_ONCE <= bytes;
        if is_full && (name.is_empty() || name != quire) {
            break;
        }
        (length, bytes, quire) = (length + 1, bytes.saturating_add(size), name);
    }
    length
}

/// Which texts and documents have rows of their own, so that nothing is looked for that is not there.
struct Own {
    texts: BTreeSet<String>,
    documents: BTreeSet<String>,
}

impl Own {
    async fn read(desk: &Desk, project: ProjectId) -> Result<Self, String> {
        let project = project.to_string();
        let keys = async |table| desk.store.keys(table, &project).await.map_err(|error| advice(&error));
        let texts = keys(Table::Texts).await?.into_iter().collect();
        let mut documents = BTreeSet::new();
        for table in [Table::Annotations, Table::Relations] {
            for key in keys(table).await? {
                // That of a sheet is its document's, that of a record begins with it.
                let end = key.match_indices('/').nth(1).map_or(key.len(), |(at, _)| at);
                if let Some(document) = key.get(..end).filter(|document| !documents.contains(*document)) {
                    documents.insert(document.to_owned());
                }
            }
        }
        Ok(Self { texts, documents })
    }

    fn wanted(&self, keys: Keys, document: &Document, activity: &Activity) -> Wanted {
        let mut wanted = quire::wanted(keys, document.id, &document.text_sha256, &activity.leaf);
        if !self.documents.contains(&wanted.document) {
            wanted.document.clear();
        }
        if !wanted.quire.is_empty() && !self.texts.contains(&wanted.text) {
            wanted.text.clear();
        }
        wanted
    }
}

/// Adds the history, oldest entry first; gives back the hashes of texts that only it refers to, each with a document
/// that had it.
async fn push_history(
    desk: &Desk,
    stock: &Stock,
    cursor: Cursor,
    writer: &mut BackupWriter,
) -> Result<BTreeMap<String, DocumentId>, String> {
    let project = stock.project.id;
    let held = order::set(stock.documents.iter().map(|(document, _)| document.text_sha256.as_str()));
    let mut hashes = BTreeMap::new();
    let mut from = 1;
    while from <= cursor.last {
        let to = from + u64::from(ENTRIES);
        #[expect(clippy::cast_precision_loss, reason = "no history reaches 2^53 entries")]
        let below = to.min(cursor.last + 1) as f64;
        let rows = desk.store.history_tail(&project.to_string(), Some(below), ENTRIES).await;
        for row in rows.map_err(|error| advice(&error))?.into_iter().rev() {
            let entry = read_entry(&desk.store, project, row).await?;
            if entry.number < from {
                continue;
            }
            for change in &entry.edit.changes {
                for record in [change.before(), change.after()].into_iter().flatten() {
                    if let Record::Document(document) = record
                        && !held.contains(document.text_sha256.as_str())
                    {
                        hashes.insert(document.text_sha256.clone(), document.id);
                    }
                }
            }
            writer.push_entry(&entry).map_err(|error| error.to_string())?;
        }
        from = to;
        desk.pass(1, 1).await;
        stop_if_wanted(desk)?;
    }
    Ok(hashes)
}

fn stop_if_wanted(desk: &Desk) -> Result<(), String> {
    if desk.is_stopped() { Err("stopped; no file was written".to_owned()) } else { Ok(()) }
}

fn missing_text() -> String {
    "a document's text is missing in the database".to_owned()
}

fn stated(activity: &Activity) -> Option<Timestamp> {
    (activity.modified != Timestamp::default()).then_some(activity.modified)
}
