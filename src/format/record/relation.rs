//! Relations on the wire: those of a dataset line, and rows, which also name their document.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Number;

use super::field::{self, Fault};
use super::reading::readable;
use super::{AttributesRecord, Columns};
use crate::model::{ActorId, AnnotationId, DocumentId, Extra, Key, Relation, RelationId, Target};

#[derive(Clone, Default, Debug, PartialEq, Serialize)]
pub(in crate::format) struct RelationRecord<'a> {
    pub(in crate::format) id: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::format) document: Option<Cow<'a, str>>,
    #[serde(rename = "type")]
    pub(in crate::format) kind: Cow<'a, str>,
    pub(in crate::format) from: Cow<'a, str>,
    pub(in crate::format) to: Cow<'a, str>,
    /// `span` or `actor`.
    pub(in crate::format) to_kind: Cow<'a, str>,
    pub(in crate::format) attributes: AttributesRecord<'a>,
    pub(in crate::format) note: Cow<'a, str>,
    /// Missing in files of other tools, where the line's own stands for it.
    pub(in crate::format) annotator: Option<Cow<'a, str>>,
    pub(in crate::format) modified: Cow<'a, str>,
    pub(in crate::format) codebook_version: Option<Number>,
    /// JSON in a string, so that every line has the same types whatever outside formats left.
    pub(in crate::format) extra: Cow<'a, str>,
}

readable!(RelationRecord needs [] {
    "id" => id: Loose,
    "document" => document: Optional,
    "type" => kind: Loose,
    "from" => from: Loose,
    "to" => to: Loose,
    "to_kind" => to_kind: Loose,
    "attributes" => attributes: Plain,
    "note" => note: Loose,
    "annotator" => annotator: Missing,
    "modified" => modified: Loose,
    "codebook_version" => codebook_version: Plain,
    "extra" => extra: Loose,
});

impl<'a> RelationRecord<'a> {
    /// The record of a row, with its document.
    pub(in crate::format) fn row(relation: &'a Relation) -> Self {
        Self {
            document: Some(Cow::Owned(relation.document.to_string())),
            ..Self::new(relation, AttributesRecord::exact(&relation.attributes))
        }
    }

    /// The record in a file's line. Without columns the attributes are printed as they are.
    pub(in crate::format) fn in_line(relation: &'a Relation, columns: Option<&'a Columns>) -> Self {
        let attributes = columns.map_or_else(
            || AttributesRecord::exact(&relation.attributes),
            |columns| AttributesRecord::in_columns(&relation.attributes, columns),
        );
        Self::new(relation, attributes)
    }

    fn new(relation: &'a Relation, attributes: AttributesRecord<'a>) -> Self {
        let (to, to_kind) = match relation.to {
            Target::Annotation(id) => (id.to_string(), "span"),
            Target::Actor(id) => (id.to_string(), "actor"),
        };
        Self {
            id: Cow::Owned(relation.id.to_string()),
            document: None,
            kind: Cow::Borrowed(&relation.kind),
            from: Cow::Owned(relation.from.to_string()),
            to: Cow::Owned(to),
            to_kind: Cow::Borrowed(to_kind),
            attributes,
            note: Cow::Borrowed(&relation.note),
            annotator: Some(Cow::Borrowed(&relation.annotator)),
            modified: Cow::Owned(field::moment(relation.modified)),
            codebook_version: Some(relation.codebook_version.into()),
            extra: Cow::Borrowed(relation.extra.as_str()),
        }
    }

    /// The relation of a row. What a line of a sheet does not say of document, annotator, time and version is as in the
    /// line above it.
    pub(in crate::format) fn into_relation(self, above: Option<&Relation>) -> Result<Relation, Fault> {
        let to = match self.to_kind.as_ref() {
            "span" => Target::Annotation(field::id("to", &self.to, AnnotationId::parse)?),
            "actor" => Target::Actor(field::id("to", &self.to, ActorId::parse)?),
            other => return Err(Fault::new("to_kind", other, "\"span\" or \"actor\"")),
        };
        let (attributes, unreadable) = self.attributes.into_attributes();
        if let Some((_, found)) = unreadable.first() {
            return Err(Fault::new("attributes", found, "a string, strings, a truth value or a number"));
        }
        Ok(Relation {
            id: field::id("id", &self.id, RelationId::parse)?,
            document: match (self.document, above) {
                (None, Some(above)) => above.document,
                (document, _) => field::id("document", &document.unwrap_or_default(), DocumentId::parse)?,
            },
            kind: Key::from(self.kind.as_ref()),
            from: field::id("from", &self.from, AnnotationId::parse)?,
            to,
            attributes,
            note: self.note.into_owned(),
            annotator: match (self.annotator, above) {
                (None, Some(above)) => above.annotator.clone(),
                (annotator, _) => annotator.unwrap_or_default().into_owned(),
            },
            modified: match above {
                Some(above) if self.modified.is_empty() => above.modified,
                _ => field::time("modified", &self.modified)?,
            },
            codebook_version: match (&self.codebook_version, above) {
                (None, Some(above)) => above.codebook_version,
                (version, _) => field::version(version.as_ref()).unwrap_or_default(),
            },
            extra: Extra::new(&self.extra),
        })
    }
}
