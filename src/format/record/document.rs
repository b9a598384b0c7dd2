//! Documents on the wire as rows: without text, annotations and relations, but with their number.

use std::borrow::Cow;

use serde::Serialize;

use super::field::{self, Fault};
use super::reading::readable;
use crate::model::{Document, DocumentId, Extra, Meta, ProjectId, Status, Tally, Timestamp};

/// What a document's row holds: enough to list it without reading its text or its annotations.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredDocument {
    /// The document.
    pub document: Document,
    /// How much it holds.
    pub tally: Tally,
    /// When anything of it was last changed; `None` for a new one.
    pub modified: Option<Timestamp>,
    /// Who changed it last.
    pub annotator: String,
    /// In a list of documents that came in together: where in a quire its text and its sheet lie.
    pub leaf: String,
}

#[derive(Clone, Default, Debug, PartialEq, Serialize)]
pub(in crate::format) struct DocumentRecord<'a> {
    id: Cow<'a, str>,
    title: Cow<'a, str>,
    text_sha256: Cow<'a, str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    extra: Cow<'a, str>,
    language: Cow<'a, str>,
    meta: MetaRecord<'a>,
    status: Cow<'a, str>,
    position: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotations: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relations: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotator: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    leaf: Cow<'a, str>,
}

readable!(DocumentRecord needs [] {
    "id" => id: Loose,
    "title" => title: Loose,
    "text_sha256" => text_sha256: Loose,
    "extra" => extra: Loose,
    "language" => language: Loose,
    "meta" => meta: OrDefault,
    "status" => status: Loose,
    "position" => position: OrDefault,
    "annotations" => annotations: Plain,
    "relations" => relations: Plain,
    "annotator" => annotator: Optional,
    "modified" => modified: Optional,
    "leaf" => leaf: Loose,
});

/// Where an article comes from. The language stands beside it, not in it.
#[derive(Clone, Default, Debug, PartialEq, Serialize)]
pub(in crate::format) struct MetaRecord<'a> {
    source: Cow<'a, str>,
    author: Cow<'a, str>,
    published: Cow<'a, str>,
    url: Cow<'a, str>,
}

readable!(MetaRecord needs [] {
    "source" => source: Loose,
    "author" => author: Loose,
    "published" => published: Loose,
    "url" => url: Loose,
});

impl<'a> From<&'a Meta> for MetaRecord<'a> {
    fn from(meta: &'a Meta) -> Self {
        Self {
            source: Cow::Borrowed(&meta.source),
            author: Cow::Borrowed(&meta.author),
            published: Cow::Borrowed(&meta.published),
            url: Cow::Borrowed(&meta.url),
        }
    }
}

impl<'a> From<&'a Document> for DocumentRecord<'a> {
    fn from(document: &'a Document) -> Self {
        Self {
            id: Cow::Owned(document.id.to_string()),
            title: Cow::Borrowed(&document.title),
            text_sha256: Cow::Borrowed(&document.text_sha256),
            extra: Cow::Borrowed(document.extra.as_str()),
            language: Cow::Borrowed(&document.meta.language),
            meta: MetaRecord::from(&document.meta),
            status: Cow::Borrowed(document.status.name()),
            position: document.position,
            annotations: None,
            relations: None,
            annotator: None,
            modified: None,
            leaf: Cow::Borrowed(""),
        }
    }
}

impl<'a> From<&'a StoredDocument> for DocumentRecord<'a> {
    fn from(stored: &'a StoredDocument) -> Self {
        Self {
            annotations: Some(stored.tally.annotations),
            relations: Some(stored.tally.relations),
            annotator: Some(Cow::Borrowed(&stored.annotator)),
            modified: stored.modified.map(|modified| Cow::Owned(field::moment(modified))),
            leaf: Cow::Borrowed(&stored.leaf),
            ..Self::from(&stored.document)
        }
    }
}

impl DocumentRecord<'_> {
    /// The document of that project.
    pub(in crate::format) fn into_document(self, project: ProjectId) -> Result<Document, Fault> {
        if self.text_sha256.is_empty() {
            return Err(Fault::new("text_sha256", "", "the hash of its text"));
        }
        Ok(Document {
            id: field::id("id", &self.id, DocumentId::parse)?,
            project,
            title: self.title.into_owned(),
            meta: Meta {
                source: self.meta.source.into_owned(),
                author: self.meta.author.into_owned(),
                published: self.meta.published.into_owned(),
                url: self.meta.url.into_owned(),
                language: self.language.into_owned(),
            },
            status: field::name("status", &self.status, Status::from_name)?,
            position: self.position,
            text_sha256: self.text_sha256.into_owned(),
            extra: Extra::new(&self.extra),
        })
    }

    /// The document of that project with what its row says besides.
    pub(in crate::format) fn into_stored(mut self, project: ProjectId) -> Result<StoredDocument, Fault> {
        let tally = Tally {
            annotations: self.annotations.unwrap_or_default(),
            relations: self.relations.unwrap_or_default(),
        };
        let modified = self.modified.take().map(|time| field::time("modified", &time)).transpose()?;
        let annotator = self.annotator.take().unwrap_or_default().into_owned();
        let leaf = std::mem::take(&mut self.leaf).into_owned();
        Ok(StoredDocument { document: self.into_document(project)?, tally, modified, annotator, leaf })
    }
}
