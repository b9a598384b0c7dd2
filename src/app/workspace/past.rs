//! A document's history, read from the log as far back as somebody looks.

use super::{Workspace, spawn};
use crate::{
    app::{
        command::Command,
        rows::Keys,
        session::{rewound, text_before},
        workspace::history::{ENTRIES, read_entries},
    },
    model::{DocumentId, Entry, Timestamp, What},
};

/// One deed in a document's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The entry's number in the log.
    pub number: u64,
    /// What was done.
    pub what: What,
    /// How many of the document's records it changed.
    pub records: usize,
    /// When.
    pub at: Timestamp,
    /// By whom; empty where that is not known.
    pub annotator: String,
}

/// A stretch of a document's history, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// The deeds.
    pub deeds: Vec<Deed>,
    /// Where to read on; `None` at the beginning of the log.
    pub below: Option<u64>,
}

impl Workspace {
    /// Reads the next stretch of a document's history, below an entry or from the end. A stretch may hold no deed of
    /// this document and yet not be the last.
    ///
    /// # Errors
    /// In words, where the log cannot be read.
    pub async fn past(self, document: DocumentId, below: Option<u64>) -> Result<Past, String> {
        let entries = self.entries_below(below).await?;
        let below = entries.last().map(|entry| entry.number).filter(|number| 1 < *number);
        let deeds = entries.into_iter().filter_map(|entry| deed_in(document, &entry)).collect();
        Ok(Past { deeds, below })
    }

    /// Brings the open document back to what it was right after that entry, as a new edit.
    pub fn restore(self, document: DocumentId, number: u64) {
        spawn(async move {
            self.saved().await;
            let mut body = self.read(|session| session.body().cloned()).flatten().unwrap_or_default();
            let (mut below, mut text) = (None, None);
            loop {
                let entries = match self.entries_below(below).await {
                    Ok(entries) => entries,
                    Err(problem) => return self.refuse(&problem),
                };
                let newer: Vec<Entry> =
                    entries.iter().take_while(|entry| number < entry.number).cloned().collect();
                body = rewound(body, document, &newer);
                text = text_before(document, &newer).or(text);
                below = entries.last().map(|entry| entry.number);
                if newer.len() < entries.len() || entries.is_empty() {
                    break;
                }
            }
            self.dispatch(Command::Restore { document, past: body, text });
        });
    }

    async fn entries_below(self, below: Option<u64>) -> Result<Vec<Entry>, String> {
        let Some(store) = self.store() else { return Ok(Vec::new()) };
        let Some(Keys(project)) = self.read(|session| Keys(session.state().project().id)) else {
            return Ok(Vec::new());
        };
        read_entries(&store, project, below, ENTRIES).await
    }
}

fn deed_in(document: DocumentId, entry: &Entry) -> Option<Deed> {
    let edit = &entry.edit;
    let records = edit.changes.iter().filter(|change| change.document() == Some(document)).count();
    (0 < records).then(|| Deed {
        number: entry.number,
        what: edit.what,
        records,
        at: edit.at,
        annotator: edit.annotator.clone(),
    })
}
