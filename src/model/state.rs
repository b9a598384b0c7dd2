//! The state of a project as far as it is in memory: all documents without texts, the registry, and the
//! bodies of those documents that are loaded. Edits are its only way to change.

use std::collections::BTreeMap;

use super::{Actor, ActorId, Body, Change, Document, DocumentId, Edit, Project, Record};
use crate::text::order;

/// A project in memory. A body that is not loaded is not changed by an edit, only counted.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    project: Project,
    actors: BTreeMap<ActorId, Actor>,
    documents: BTreeMap<DocumentId, Document>,
    /// Boxed, as all maps under ids are: of one size, they share one program.
    tallies: BTreeMap<DocumentId, Box<Tally>>,
    bodies: BTreeMap<DocumentId, Box<Body>>,
}

/// How much a document holds, known without loading its body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The number of annotations.
    pub annotations: u32,
    /// The number of relations.
    pub relations: u32,
}

impl State {
    /// A project without documents and actors.
    pub const fn new(project: Project) -> Self {
        Self {
            project,
            actors: BTreeMap::new(),
            documents: BTreeMap::new(),
            tallies: BTreeMap::new(),
            bodies: BTreeMap::new(),
        }
    }

    /// A project as it was stored, no body loaded.
    pub fn stored(
        project: Project,
        actors: impl IntoIterator<Item = Actor>,
        documents: impl IntoIterator<Item = (Document, Tally)>,
    ) -> Self {
        let mut state = Self::new(project);
        state.actors = order::map(actors.into_iter().map(|actor| (actor.id, actor)));
        for (document, tally) in documents {
            state.tallies.insert(document.id, Box::new(tally));
            state.documents.insert(document.id, document);
        }
        state
    }

    /// The project.
    pub const fn project(&self) -> &Project {
        &self.project
    }

    /// The registry by id.
    pub const fn actors(&self) -> &BTreeMap<ActorId, Actor> {
        &self.actors
    }

    /// The documents by id.
    pub const fn documents(&self) -> &BTreeMap<DocumentId, Document> {
        &self.documents
    }

    /// How much a document holds.
    pub fn tally(&self, document: DocumentId) -> Tally {
        self.tallies.get(&document).map(|tally| **tally).unwrap_or_default()
    }

    /// The annotations and relations of a document whose body is loaded.
    pub fn body(&self, document: DocumentId) -> Option<&Body> {
        self.bodies.get(&document).map(Box::as_ref)
    }

    /// Takes a stored body into memory.
    pub fn load_body(&mut self, document: DocumentId, body: Body) {
        self.bodies.insert(document, Box::new(body));
    }

    /// Lets a body go from memory. Nothing is deleted.
    pub fn unload_body(&mut self, document: DocumentId) {
        self.bodies.remove(&document);
    }

    /// Lists a document whose body is stored already. An edit that takes it away again must name all that lies on it.
    pub fn admit(&mut self, document: Document, tally: Tally) {
        self.tallies.insert(document.id, Box::new(tally));
        self.documents.insert(document.id, document);
    }

    /// Takes a document from the list, and what lies on it from memory.
    pub fn dismiss(&mut self, document: DocumentId) {
        self.documents.remove(&document);
        self.tallies.remove(&document);
        self.bodies.remove(&document);
    }

    /// Makes the records what they are after the edit.
    pub fn apply(&mut self, edit: &Edit) {
        for change in &edit.changes {
            self.apply_change(change);
        }
    }

    fn apply_change(&mut self, change: &Change) {
        match (change.before(), change.after()) {
            (_, Some(Record::Project(project))) => self.project = (**project).clone(),
            (_, Some(Record::Actor(actor))) => {
                self.actors.insert(actor.id, (**actor).clone());
            }
            (Some(Record::Actor(actor)), None) => {
                self.actors.remove(&actor.id);
            }
            (before, Some(Record::Document(document))) => {
                if before.is_none() {
                    self.tallies.insert(document.id, Box::default());
                    self.bodies.insert(document.id, Box::default());
                }
                self.documents.insert(document.id, (**document).clone());
            }
            (Some(Record::Document(document)), None) => {
                self.dismiss(document.id);
            }
            (before, Some(Record::Annotation(annotation))) => {
                if before.is_none() {
                    self.count(annotation.document, |tally| &mut tally.annotations, 1);
                }
                if let Some(body) = self.bodies.get_mut(&annotation.document) {
                    body.put_annotation((**annotation).clone());
                }
            }
            (Some(Record::Annotation(annotation)), None) => {
                self.count(annotation.document, |tally| &mut tally.annotations, -1);
                if let Some(body) = self.bodies.get_mut(&annotation.document) {
                    body.take_annotation(annotation.id);
                }
            }
            (before, Some(Record::Relation(relation))) => {
                if before.is_none() {
                    self.count(relation.document, |tally| &mut tally.relations, 1);
                }
                if let Some(body) = self.bodies.get_mut(&relation.document) {
                    body.put_relation((**relation).clone());
                }
            }
            (Some(Record::Relation(relation)), None) => {
                self.count(relation.document, |tally| &mut tally.relations, -1);
                if let Some(body) = self.bodies.get_mut(&relation.document) {
                    body.take_relation(relation.id);
                }
            }
            // A project is never removed by an edit, and a change without records does nothing.
            (Some(Record::Project(_)) | None, None) => {}
        }
    }

    fn count(&mut self, document: DocumentId, field: impl Fn(&mut Tally) -> &mut u32, by: i32) {
        let count = field(self.tallies.entry(document).or_default());
        *count = count.saturating_add_signed(by);
    }
}
