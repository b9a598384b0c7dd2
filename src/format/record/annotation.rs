//! Annotations on the wire: the spans of a dataset line, and rows. A row also names its document and leaves the
//! quoted text out.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Number;

use super::field::{self, Fault};
use super::reading::readable;
use super::{AttributesRecord, Columns};
use crate::model::{ActorId, Annotation, AnnotationId, DocumentId, Extra, Fragments, Key, Origin};
use crate::text::{Offset, Span, Text, Unit};

#[derive(Clone, Default, Debug, PartialEq, Serialize)]
pub(in crate::format) struct AnnotationRecord<'a> {
    pub(in crate::format) id: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::format) document: Option<Cow<'a, str>>,
    pub(in crate::format) label: Cow<'a, str>,
    pub(in crate::format) start: Option<Number>,
    pub(in crate::format) end: Option<Number>,
    pub(in crate::format) fragments: Vec<(Number, Number)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::format) text: Option<Cow<'a, str>>,
    pub(in crate::format) actor: Option<Cow<'a, str>>,
    pub(in crate::format) attributes: AttributesRecord<'a>,
    pub(in crate::format) note: Cow<'a, str>,
    pub(in crate::format) origin: Cow<'a, str>,
    /// Missing in files of other tools, where the line's own stands for it.
    pub(in crate::format) annotator: Option<Cow<'a, str>>,
    pub(in crate::format) modified: Cow<'a, str>,
    pub(in crate::format) codebook_version: Option<Number>,
    /// JSON in a string, so that every line has the same types whatever outside formats left.
    pub(in crate::format) extra: Cow<'a, str>,
}

readable!(AnnotationRecord needs [] {
    "id" => id: Loose,
    "document" => document: Optional,
    "label" => label: Loose,
    "start" => start: Plain,
    "end" => end: Plain,
    "fragments" => fragments: OrDefault,
    "text" => text: Optional,
    "actor" => actor: Optional,
    "attributes" => attributes: Plain,
    "note" => note: Loose,
    "origin" => origin: Loose,
    "annotator" => annotator: Missing,
    "modified" => modified: Loose,
    "codebook_version" => codebook_version: Plain,
    "extra" => extra: Loose,
});

impl<'a> AnnotationRecord<'a> {
    /// The record of a row: positions in bytes, with its document, without the text.
    pub(in crate::format) fn row(annotation: &'a Annotation) -> Self {
        let byte = |offset: Offset| offset.byte();
        Self {
            document: Some(Cow::Owned(annotation.document.to_string())),
            ..Self::new(annotation, AttributesRecord::exact(&annotation.attributes), byte)
        }
    }

    /// The record in a file's line: positions in that unit, with the text from start to end.
    /// Without columns the attributes are printed as they are.
    pub(in crate::format) fn in_line(
        annotation: &'a Annotation,
        text: &'a Text,
        unit: Unit,
        columns: Option<&'a Columns>,
    ) -> Self {
        let attributes = columns.map_or_else(
            || AttributesRecord::exact(&annotation.attributes),
            |columns| AttributesRecord::in_columns(&annotation.attributes, columns),
        );
        let quote = text.slice(annotation.fragments.envelope()).unwrap_or_default();
        Self {
            text: Some(Cow::Borrowed(quote)),
            ..Self::new(annotation, attributes, |offset| text.encode(offset, unit))
        }
    }

    fn new(
        annotation: &'a Annotation,
        attributes: AttributesRecord<'a>,
        number: impl Fn(Offset) -> u32,
    ) -> Self {
        let fragments: Vec<(Number, Number)> = annotation
            .fragments
            .iter()
            .map(|span| (number(span.start()).into(), number(span.end()).into()))
            .collect();
        Self {
            id: Cow::Owned(annotation.id.to_string()),
            document: None,
            label: Cow::Borrowed(&annotation.label),
            start: fragments.first().map(|(start, _)| start.clone()),
            end: fragments.last().map(|(_, end)| end.clone()),
            fragments,
            text: None,
            actor: annotation.actor.map(|actor| Cow::Owned(actor.to_string())),
            attributes,
            note: Cow::Borrowed(&annotation.note),
            origin: Cow::Borrowed(annotation.origin.name()),
            annotator: Some(Cow::Borrowed(&annotation.annotator)),
            modified: Cow::Owned(field::moment(annotation.modified)),
            codebook_version: Some(annotation.codebook_version.into()),
            extra: Cow::Borrowed(annotation.extra.as_str()),
        }
    }

    /// The annotation of a row. What a line of a sheet does not say of document, origin, annotator, time and version is
    /// as in the line above it.
    pub(in crate::format) fn into_annotation(self, above: Option<&Annotation>) -> Result<Annotation, Fault> {
        let byte =
            |number: &Number| number.as_u64().and_then(|byte| u32::try_from(byte).ok()).map(Offset::new);
        let span = |start: &Number, end: &Number| {
            byte(start)
                .zip(byte(end))
                .and_then(|(start, end)| Span::new(start, end))
                .ok_or_else(|| Fault::new("fragments", format!("{start} to {end}"), "a span in bytes"))
        };
        let mut spans =
            self.fragments.iter().map(|(start, end)| span(start, end)).collect::<Result<Vec<_>, _>>()?;
        if let (true, Some(start), Some(end)) = (spans.is_empty(), &self.start, &self.end) {
            spans.push(span(start, end)?);
        }
        let fragments =
            Fragments::new(spans).ok_or_else(|| Fault::new("fragments", "[]", "at least one span"))?;
        let (attributes, unreadable) = self.attributes.into_attributes();
        if let Some((_, found)) = unreadable.first() {
            return Err(Fault::new("attributes", found, "a string, strings, a truth value or a number"));
        }
        Ok(Annotation {
            id: field::id("id", &self.id, AnnotationId::parse)?,
            document: match (self.document, above) {
                (None, Some(above)) => above.document,
                (document, _) => field::id("document", &document.unwrap_or_default(), DocumentId::parse)?,
            },
            label: Key::from(self.label.as_ref()),
            fragments,
            actor: self.actor.map(|actor| field::id("actor", &actor, ActorId::parse)).transpose()?,
            attributes,
            note: self.note.into_owned(),
            origin: match above {
                Some(above) if self.origin.is_empty() => above.origin,
                _ => field::name("origin", &self.origin, Origin::from_name)?,
            },
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
