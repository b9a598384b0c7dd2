//! All of a project in memory: every document's text, made ready for searching, and what lies on it.
//! Documents come in one by one; until all are in, answers speak of those that are. Edits keep it up to date.

use std::collections::BTreeMap;

use crate::{
    model::{Actor, ActorId, Body, Codebook, Document, DocumentId, Edit, Extra, Record, State},
    text::{Keyed, Text, order},
};

/// A project, read.
#[derive(Debug)]
pub struct Index {
    pub(super) state: State,
    /// The documents in the order of work.
    order: Vec<DocumentId>,
    pub(super) shelf: BTreeMap<DocumentId, Shelved>,
    pub(super) tags: TagsOf,
}

/// How the tags of a document are read from what is kept of it; this room knows no formats.
pub type TagsOf = fn(&Extra) -> Vec<String>;

/// A document's text.
#[derive(Debug)]
pub(super) struct Shelved {
    pub(super) text: Text,
    pub(super) keyed: Keyed,
}

impl Index {
    /// An index of a project whose documents are still to come.
    pub fn new(state: State, tags: TagsOf) -> Self {
        let order = in_order(&state);
        Self { state, order, shelf: BTreeMap::new(), tags }
    }

    /// Takes a document in. Linear in its text and annotations.
    pub fn shelve(&mut self, document: DocumentId, text: Text, body: Body) {
        if self.state.documents().contains_key(&document) {
            let keyed = Keyed::new(&text);
            self.shelf.insert(document, Shelved { text, keyed });
            self.state.load_body(document, body);
        }
    }

    /// Makes the records what they are after an edit. Answers the documents that came with it and are to be shelved.
    pub fn apply(&mut self, edit: &Edit) -> Vec<DocumentId> {
        self.state.apply(edit);
        let of_documents = |record: Option<&Record>| matches!(record, Some(Record::Document(_)));
        if edit.changes.iter().any(|change| of_documents(change.before()) || of_documents(change.after())) {
            self.order = in_order(&self.state);
        }
        let mut added = Vec::new();
        for change in &edit.changes {
            match (change.before(), change.after()) {
                (None, Some(Record::Document(document))) => added.push(document.id),
                (Some(Record::Document(document)), None) => {
                    self.shelf.remove(&document.id);
                    added.retain(|id| *id != document.id);
                }
                _ => {}
            }
            if let Some(document) = change.retexted() {
                self.shelf.remove(&document);
                self.state.unload_body(document);
                added.push(document);
            }
        }
        added
    }

    /// The documents that are listed and not shelved yet, in the order of work, each with the hash of its text.
    pub fn missing(&self) -> Vec<(DocumentId, String)> {
        if self.shelved() == self.documents() {
            return Vec::new();
        }
        let documents = self.order.iter().filter(|id| !self.shelf.contains_key(id));
        let missing = documents.filter_map(|id| self.state.documents().get(id));
        missing.map(|one| (one.id, one.text_sha256.clone())).collect()
    }

    /// How many documents are shelved.
    pub fn shelved(&self) -> usize {
        self.shelf.len()
    }

    /// How many documents the project has.
    pub fn documents(&self) -> usize {
        self.state.documents().len()
    }

    /// The codebook of the project.
    pub fn codebook(&self) -> &Codebook {
        &self.state.project().codebook
    }

    /// The registry.
    pub const fn actors(&self) -> &BTreeMap<ActorId, Actor> {
        self.state.actors()
    }

    /// The shelved documents in the order of work, with text and body.
    pub(super) fn volumes(&self) -> impl Iterator<Item = (&Document, &Shelved, &Body)> {
        self.order.iter().filter_map(|id| {
            Some((self.state.documents().get(id)?, self.shelf.get(id)?, self.state.body(*id)?))
        })
    }
}

/// The documents in the order of work.
fn in_order(state: &State) -> Vec<DocumentId> {
    let mut documents: Vec<&Document> = state.documents().values().collect();
    order::sort_by(&mut documents, |one, other| {
        one.position.total_cmp(&other.position).then(one.id.cmp(&other.id))
    });
    documents.into_iter().map(|document| document.id).collect()
}
