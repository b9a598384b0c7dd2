//! The dataset straight from the page, for when nothing can be saved: what is not stored yet lies in its memory, and
//! the rest can still be read.

use super::{Workspace, exporting::Scope, loading::read_content, now};
use crate::{
    app::{document_order::in_order, rows::Keys},
    browser::files::Download,
    format::{DatasetHead, file_name, print_line},
    model::{Body, Document, Timestamp},
    store::Store,
    text::{Text, Unit},
};

/// How many documents are named that could not be read; of more only the number is said.
const MOST_NAMED: usize = 5;

impl Workspace {
    /// Downloads the documents as they are here; says how many, and which are missing.
    pub(super) async fn rescue(self, scope: Scope) -> Result<String, String> {
        let store = self.store().ok_or("no database is open")?;
        let stock = self.read(|session| {
            let state = session.state();
            let documents = in_order(state.documents()).into_iter().filter(|one| scope.holds(one));
            let documents: Vec<_> = documents.map(|one| (one.clone(), session.activity(one.id))).collect();
            (state.project().clone(), state.actors().clone(), documents)
        });
        let (project, actors, documents) = stock.ok_or("no project is open")?;
        let head = DatasetHead::new(&project.name, &project.codebook, Unit::CodePoint);
        let name = file_name(&project.name, &now().date(), "jsonl");
        let mut download = Download::new(name, "application/x-ndjson");
        let mut missing = Vec::new();
        for (document, activity) in &documents {
            let Ok((text, body)) = self.contents(&store, Keys(project.id), document).await else {
                missing.push(document.title.as_str());
                continue;
            };
            let modified = Some(activity.modified).filter(|time| *time != Timestamp::default());
            let mut line = print_line(&head, document, &text, &body, &actors, modified, &activity.annotator);
            line.push('\n');
            download.push_str(&line).map_err(|error| error.to_string())?;
        }
        let whole = download.finish().map_err(|error| error.to_string())?;
        whole.save().map_err(|error| error.to_string())?;
        let count = documents.len() - missing.len();
        let lack = match missing.as_slice() {
            [] => String::new(),
            some if some.len() <= MOST_NAMED => format!(" Not there: {}.", some.join(", ")),
            some => format!(" Not there: {} documents, which are in the database.", some.len()),
        };
        Ok(format!(
            "Nothing can be saved, so the dataset was downloaded as it is here, documents: {count}.{lack}"
        ))
    }

    /// What lies on a document: out of memory if it is open, otherwise as it is stored.
    async fn contents(self, store: &Store, keys: Keys, document: &Document) -> Result<(Text, Body), String> {
        let open = self.read(|session| {
            let open = session.open().filter(|open| open.document == document.id)?;
            Some((open.text.clone(), session.body()?.clone()))
        });
        if let Some(open) = open.flatten() {
            return Ok(open);
        }
        let leaf = self.read(|session| session.activity(document.id).leaf).unwrap_or_default();
        let (text, body) = read_content(store, keys, document.id, &document.text_sha256, &leaf).await?;
        let waiting = self.read(|session| session.with_waiting(document.id, body.clone()));
        Ok((text, waiting.unwrap_or(body)))
    }
}
