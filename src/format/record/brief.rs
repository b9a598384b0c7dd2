//! Records as the lines of a sheet: what goes without saying is left out, and what is as in the line above, because what
//! came in together is mostly of one origin. They are read as rows are.

use serde::Serialize;

use super::AttributesRecord;
use super::field::moment;
use crate::model::{
    ActorId, Annotation, AnnotationId, Attributes, DocumentId, Relation, RelationId, Target, Timestamp,
};

/// The line of an annotation.
#[derive(Serialize)]
pub(in crate::format) struct BriefAnnotation<'a> {
    id: AnnotationId,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<DocumentId>,
    label: &'a str,
    fragments: Vec<(u32, u32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<ActorId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<AttributesRecord<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    codebook_version: Option<u32>,
    #[serde(skip_serializing_if = "str::is_empty")]
    extra: &'a str,
}

/// The line of a relation.
#[derive(Serialize)]
pub(in crate::format) struct BriefRelation<'a> {
    id: RelationId,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<DocumentId>,
    #[serde(rename = "type")]
    kind: &'a str,
    from: AnnotationId,
    to: String,
    to_kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<AttributesRecord<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    codebook_version: Option<u32>,
    #[serde(skip_serializing_if = "str::is_empty")]
    extra: &'a str,
}

impl<'a> BriefAnnotation<'a> {
    /// The line below that of another annotation, or the first.
    pub(in crate::format) fn below(above: Option<&'a Annotation>, one: &'a Annotation) -> Self {
        Self {
            id: one.id,
            document: unless(above.map(|above| above.document), one.document),
            label: &one.label,
            fragments: one.fragments.iter().map(|span| (span.start().byte(), span.end().byte())).collect(),
            actor: one.actor,
            attributes: set(&one.attributes),
            note: &one.note,
            origin: unless(above.map(|above| above.origin.name()), one.origin.name()),
            annotator: unless(above.map(|above| above.annotator.as_str()), one.annotator.as_str()),
            modified: unless(above.map(|above| above.modified), one.modified).map(moment),
            codebook_version: unless(above.map(|above| above.codebook_version), one.codebook_version),
            extra: one.extra.as_str(),
        }
    }
}

impl<'a> BriefRelation<'a> {
    /// The line below that of another relation, or the first.
    pub(in crate::format) fn below(above: Option<&'a Relation>, one: &'a Relation) -> Self {
        let (to, to_kind) = match one.to {
            Target::Annotation(id) => (id.to_string(), "span"),
            Target::Actor(id) => (id.to_string(), "actor"),
        };
        Self {
            id: one.id,
            document: unless(above.map(|above| above.document), one.document),
            kind: &one.kind,
            from: one.from,
            to,
            to_kind,
            attributes: set(&one.attributes),
            note: &one.note,
            annotator: unless(above.map(|above| above.annotator.as_str()), one.annotator.as_str()),
            modified: unless::<Timestamp>(above.map(|above| above.modified), one.modified).map(moment),
            codebook_version: unless(above.map(|above| above.codebook_version), one.codebook_version),
            extra: one.extra.as_str(),
        }
    }
}

/// The value, unless the line above has the same.
fn unless<T: PartialEq>(above: Option<T>, value: T) -> Option<T> {
    (above.as_ref() != Some(&value)).then_some(value)
}

fn set(attributes: &Attributes) -> Option<AttributesRecord<'_>> {
    (!attributes.is_empty()).then(|| AttributesRecord::exact(attributes))
}
