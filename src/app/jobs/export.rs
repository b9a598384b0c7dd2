//! Taking work home: the dataset as JSONL or the whole project as a zip, printed from the database document by
//! document. What is printed moves to the browser piece by piece; a file that was stopped or failed is not sent.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    desk::{Desk, Ending, moment, project_of},
    protocol::{Answer, Scope},
};
use crate::{
    app::{
        Activity, Keys, body_of, in_order,
        workspace::{advice, read_state},
    },
    browser::{files::Download, worker::Beside},
    format::{
        BackupWriter, Cursor, DatasetHead,
        exchange::{Bundle, Context, FORMATS, Output, Page},
        file_name, print_line, row,
    },
    model::{Actor, ActorId, Body, Document, Project, ProjectId, Record, Timestamp},
    store::{Contents, Table},
    text::{Text, Unit, order},
};

/// How many documents are read at a time.
const AT_ONCE: usize = 32;

/// How many history entries are read at a time.
const ENTRIES: u32 = 100;

/// What is printed, as the database has it when the job begins.
struct Stock {
    keys: Keys,
    project: Project,
    actors: BTreeMap<ActorId, Actor>,
    documents: Vec<(Document, Activity)>,
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
            let mut line =
                print_line(&head, document, text, body, &stock.actors, modified, &activity.annotator);
            line.push('\n');
            download.push_str(&line).map_err(|error| error.to_string())
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
    for hash in push_history(desk, &stock, cursor, &mut writer).await? {
        let row = desk.store.get(Table::Texts, &stock.keys.record(&hash)).await;
        let row = row.map_err(|error| advice(&error))?.ok_or_else(missing_text)?;
        writer.push_text(&hash, &Text::new(row.json)).map_err(failed)?;
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
        let (state, activity) = read_state(&desk.store, project).await?;
        let documents = in_order(state.documents()).into_iter().filter(|document| scope.holds(document));
        let documents = documents.map(|one| {
            let activity = activity.get(&one.id).cloned().unwrap_or_default();
            (one.clone(), activity)
        });
        Ok(Self {
            keys: Keys(project),
            project: state.project().clone(),
            actors: state.actors().clone(),
            documents: documents.collect(),
        })
    }

    /// Calls with each document, its text and what lies on it.
    async fn each(
        &self,
        desk: &Desk,
        mut print: impl FnMut(&Document, &Activity, &Text, &Body) -> Result<(), String>,
    ) -> Result<(), String> {
        let total = self.documents.len() as u64;
        let mut done = 0;
        for some in self.documents.chunks(AT_ONCE) {
            let keys: Vec<_> = some
                .iter()
                .map(|(one, _)| (self.keys.record(&one.text_sha256), self.keys.record(one.id)))
                .collect();
            let contents = desk.store.contents(&keys).await.map_err(|error| advice(&error))?;
            for ((document, activity), contents) in some.iter().zip(contents) {
                let (text, body) = read(contents)?;
                print(document, activity, &text, &body)?;
            }
            done += some.len() as u64;
            desk.pass(done, total).await;
            stop_if_wanted(desk)?;
        }
        Ok(())
    }
}

fn read(contents: Contents) -> Result<(Text, Body), String> {
    let unreadable = |error: crate::format::Error| format!("the database cannot be read: {error}");
    let text = contents.text.ok_or_else(missing_text)?;
    let body = body_of(&contents.annotations, &contents.relations).map_err(unreadable)?;
    Ok((Text::new(text.json), body))
}

/// Adds the history, oldest entry first; gives back the hashes of texts that only it refers to.
async fn push_history(
    desk: &Desk,
    stock: &Stock,
    cursor: Cursor,
    writer: &mut BackupWriter,
) -> Result<BTreeSet<String>, String> {
    let project = stock.project.id;
    let held = order::set(stock.documents.iter().map(|(document, _)| document.text_sha256.as_str()));
    let mut hashes = BTreeSet::new();
    let mut from = 1;
    while from <= cursor.last {
        let to = from + u64::from(ENTRIES);
        #[expect(clippy::cast_precision_loss, reason = "no history reaches 2^53 entries")]
        let below = to.min(cursor.last + 1) as f64;
        let rows = desk.store.history_tail(&project.to_string(), Some(below), ENTRIES).await;
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
