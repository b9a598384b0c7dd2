//! Which documents are listed: plain functions over the project, so that the views only draw.
//! The list holds ids and states only; titles are looked up for the rows that are seen.

use crate::{
    app::{
        Session,
        workspace::{Part, Workspace},
    },
    model::{Document, DocumentId, Status},
    text::fold,
};

/// A document of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) id: DocumentId,
    pub(super) status: Status,
}

/// What the person wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) status: Option<Status>,
    pub(super) words: String,
}

/// Documents with their states.
pub(super) fn listed(session: &Session, ids: &[DocumentId]) -> Vec<Listed> {
    let documents = session.state().documents();
    let one = |id: &DocumentId| documents.get(id).map(|document| Listed { id: *id, status: document.status });
    ids.iter().filter_map(one).collect()
}

/// The documents that the filter lets through. Titles are read, and watched, only while words are looked for.
pub(super) fn shown(ws: Workspace, all: &[Listed], wanted: &Shown) -> Vec<DocumentId> {
    let of_status = all.iter().filter(|one| wanted.status.is_none_or(|status| status == one.status));
    let folded = fold(&wanted.words);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return of_status.map(|one| one.id).collect();
    }
    let fitting = ws.watch(Part::Documents, |session| {
        let documents = session.state().documents();
        let fits = |id: &DocumentId| documents.get(id).is_some_and(|document| holds(document, &words));
        of_status.map(|one| one.id).filter(fits).collect()
    });
    fitting.unwrap_or_default()
}

/// How many documents have each state, in the order of [`Status::ALL`].
pub(super) fn counts(all: &[Listed]) -> [usize; 3] {
    Status::ALL.map(|status| all.iter().filter(|one| one.status == status).count())
}

/// Whether title, source and author together hold every one of the folded words.
fn holds(document: &Document, words: &[&str]) -> bool {
    let looked_in = fold(&format!("{} {} {}", document.title, document.meta.source, document.meta.author));
    words.iter().all(|word| looked_in.contains(word))
}
