//! What reading a file gives: documents, and what is to be said about them, each with its place in the file.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Problem;
use crate::model::{
    Actor, Annotation, AnnotationId, Body, Document, DocumentId, Key, Relation, RelationId, Target, Timestamp,
};
use crate::text::Text;

/// How a label looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Its colour as `#rrggbb`, which stands out on paper; empty for none.
    pub colour: String,
    /// Its letter, which does nothing else.
    pub letter: Option<char>,
    /// What it is for.
    pub description: String,
}

/// A document as it came from a file, with everything that lies on it.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedDocument {
    /// The document.
    pub document: Document,
    /// Its text.
    pub text: Text,
    /// Its annotations in the order of the file.
    pub annotations: Vec<Annotation>,
    /// Its relations in the order of the file.
    pub relations: Vec<Relation>,
    /// The registry entries that the file gives along with it.
    pub actors: Vec<Actor>,
    /// How its labels look where the file says so, by key; for those that the codebook lacks.
    pub looks: Vec<(Key, Look)>,
    /// When it was last changed, where the file says so.
    pub modified: Option<Timestamp>,
    /// Who worked on it last; empty where the file does not say.
    pub annotator: String,
    /// What was found wrong or changed.
    pub issues: Vec<Issue>,
}

impl ImportedDocument {
    /// Gives the document, its annotations and its relations new ids, for a second copy beside the first.
    /// Actors keep theirs.
    pub fn renew_ids(&mut self, new_id: &mut dyn FnMut() -> Uuid) {
        let document = DocumentId::new(new_id());
        self.document.id = document;
        let mut renewed = std::collections::BTreeMap::new();
        for annotation in &mut self.annotations {
            let id = AnnotationId::new(new_id());
            renewed.insert(annotation.id, id);
            annotation.id = id;
            annotation.document = document;
        }
        let renew = |id: AnnotationId| renewed.get(&id).copied().unwrap_or(id);
        for relation in &mut self.relations {
            relation.id = RelationId::new(new_id());
            relation.document = document;
            relation.from = renew(relation.from);
            if let Target::Annotation(to) = relation.to {
                relation.to = Target::Annotation(renew(to));
            }
        }
    }
}

impl ImportedDocument {
    /// Whether just this is there already: this document with that on it. Its place among the others does not count,
    /// nor does what a file leaves unsaid and the import added: times, names and the codebook's version.
    pub fn is_there(&self, document: &Document, body: &Body) -> bool {
        let own = Document { position: document.position, ..self.document.clone() };
        let annotations = self.annotations.iter().all(|one| {
            body.annotation(one.id).is_some_and(|there| {
                let own = Annotation { codebook_version: there.codebook_version, ..one.clone() };
                let unsaid = || Annotation {
                    modified: there.modified,
                    annotator: there.annotator.clone(),
                    ..own.clone()
                };
                own == *there || (self.modified.is_none() && unsaid() == *there)
            })
        });
        let relations = self.relations.iter().all(|one| {
            body.relation(one.id).is_some_and(|there| {
                let own = Relation { codebook_version: there.codebook_version, ..one.clone() };
                let unsaid = || Relation {
                    modified: there.modified,
                    annotator: there.annotator.clone(),
                    ..own.clone()
                };
                own == *there || (self.modified.is_none() && unsaid() == *there)
            })
        });
        let counts = (body.annotation_count(), body.relation_count());
        own == *document
            && counts == (self.annotations.len(), self.relations.len())
            && annotations
            && relations
    }
}

/// Something to be said about a place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// How much it matters.
    pub severity: Severity,
    /// The file's name.
    pub file: String,
    /// The line, from 1, where the file has lines.
    pub line: Option<u64>,
    /// The record in that line, such as `span 7f3c…`.
    pub record: Option<String>,
    /// What was found and what became of it.
    pub problem: Problem,
}

/// How much an issue matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Nothing is lost; only the form was changed.
    Info,
    /// Something is kept otherwise than the file says it; worth a look.
    Warning,
    /// Something was left out.
    Error,
}

impl Issue {
    /// An issue; how much it matters follows from the problem.
    pub fn new(file: &str, line: Option<u64>, record: Option<String>, problem: Problem) -> Self {
        Self { severity: problem.severity(), file: file.to_owned(), line, record, problem }
    }
}

impl fmt::Display for Issue {
    /// For example `articles.jsonl, line 3, span T1: …`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(formatter, ", line {line}")?;
        }
        if let Some(record) = &self.record {
            write!(formatter, ", {record}")?;
        }
        write!(formatter, ": {}", self.problem)
    }
}
