//! Reads one line, down to `{"text": "…"}`. What is sound is kept, and whatever is changed or left out is said with
//! its line and record; no number or id of a file is trusted.

mod records;

use std::fmt;

use serde_json::{Map, Value as Json};
use uuid::Uuid;

use self::records::Known;
use super::Reader;
use super::fields::{self, Fields, Listed};
use super::place::Ground;
use crate::format::ids::uuid_of;
use crate::format::plain::{MAX_TEXT_BYTES, control_characters};
use crate::format::record::version;
use crate::format::{ImportedDocument, Issue, Problem, RecordKind, migrate, row, text_sha256};
use crate::model::{Document, DocumentId, Extra, Meta, Status, Timestamp};
use crate::text::{self, Text, Unit};

/// The keys of a line that mean something.
const KEYS: [&str; 18] = [
    "format",
    "offset_unit",
    "project",
    "codebook_version",
    "id",
    "title",
    "text",
    "text_sha256",
    "language",
    "meta",
    "status",
    "position",
    "annotator",
    "modified",
    "spans",
    "relations",
    "actors",
    "extra",
];

/// One line as it is being read.
pub(super) struct LineReading<'r> {
    reader: &'r mut Reader,
    number: u64,
    pub(super) issues: Vec<Issue>,
    /// Whether the line states a format of ours.
    is_ours: bool,
    /// Whether a document of the same id came before, so that all ids of this one are new.
    is_copy: bool,
}

/// What the records of a line inherit from it.
struct Inherited {
    document: DocumentId,
    /// The document's id in words, within which foreign ids of records hold.
    scope: String,
    annotator: String,
    modified: Timestamp,
    codebook_version: u32,
}

impl<'r> LineReading<'r> {
    pub(super) const fn new(reader: &'r mut Reader, number: u64) -> Self {
        Self { reader, number, issues: Vec::new(), is_ours: false, is_copy: false }
    }
}

impl LineReading<'_> {
    /// The document of the line; what is to be said about it is gathered beside it.
    pub(super) fn read(
        &mut self,
        line: &str,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<ImportedDocument, Problem> {
        let not_json = |error: &serde_json::Error| Problem::NotJson {
            column: error.column(),
            reason: row::reason(error),
        };
        let mut fields = match serde_json::from_str(line) {
            Ok(fields) => fields,
            Err(error) => {
                let value: Json = serde_json::from_str(line).map_err(|_| not_json(&error))?;
                return Err(Problem::NotObject { found: kind_of(&value) });
            }
        };
        let migrated = self.migrated(line, &mut fields)?;
        let line = migrated.as_deref().unwrap_or(line);
        if migrated.is_some() {
            fields = serde_json::from_str(line).map_err(|error| not_json(&error))?;
        }
        self.read_fields(line, fields, new_id)
    }

    fn read_fields(
        &mut self,
        line: &str,
        mut fields: Fields<'_>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<ImportedDocument, Problem> {
        let raw = fields.take("text").filter(|raw| raw.get().starts_with('"')).ok_or(Problem::NoText)?;
        let raw: String = serde_json::from_str(raw.get()).map_err(|error| Problem::NotJson {
            column: fields::column_of(line, raw) + error.column(),
            reason: row::reason(&error),
        })?;
        self.check_text(&raw)?;
        let spans = self.list(&mut fields, "spans");
        let relations = self.list(&mut fields, "relations");
        let actors = self.list(&mut fields, "actors");
        let unit = self.unit(&mut fields, !spans.is_empty());
        let ground = Ground::new(raw, unit, self.reader.as_it_is);
        if let Some(change) = ground.change() {
            self.say(None, change);
        }
        if !self.reader.as_it_is
            && let Some(problem) = control_characters(ground.kept())
        {
            self.say(None, problem);
        }
        let sha256 = self.check_hash(&mut fields, &ground);

        let modified = self.string(&mut fields, "modified");
        let modified = if modified.is_empty() { None } else { self.time(&modified, None) };
        let annotator = self.string(&mut fields, "annotator");
        let stated = fields.take("codebook_version").and_then(|raw| serde_json::from_str(raw.get()).ok());
        let codebook_version = version(stated.as_ref());
        let document = self.document_id(&mut fields, &sha256, new_id);
        let inherited = Inherited {
            document,
            scope: document.to_string(),
            annotator: or(&annotator, &self.reader.defaults.annotator),
            modified: modified.unwrap_or(self.reader.defaults.now),
            codebook_version: codebook_version.unwrap_or(self.reader.defaults.codebook_version),
        };
        let mut known = Known::default();
        let actors = self.actors(actors, &mut known);
        let annotations = self.annotations(spans, &ground, &inherited, &mut known, new_id);
        let relations = self.relations(relations, &inherited, &known, new_id);
        let document =
            self.document(&mut fields, inherited.document, ground.kept(), sha256, !annotations.is_empty());
        self.say_unknown_keys("", fields.keys().filter(|key| !KEYS.contains(key)));
        Ok(ImportedDocument {
            document,
            text: ground.kept().clone(),
            annotations,
            relations,
            actors,
            looks: Vec::new(),
            modified,
            annotator,
            issues: Vec::new(),
        })
    }

    /// The line in the present version, where it was written in an older one.
    fn migrated(&mut self, line: &str, fields: &mut Fields<'_>) -> Result<Option<String>, Problem> {
        let Some(found) = fields.take("format") else { return Ok(None) };
        let Ok(found) = serde_json::from_str::<String>(found.get()) else { return Ok(None) };
        match migrate::version(&found) {
            Some(Ok(from)) => {
                self.is_ours = true;
                let older = || serde_json::from_str(line).ok();
                let value = if from < migrate::VERSION { older() } else { None };
                Ok(value.map(|value| migrate::migrate(RecordKind::Line, value, from).to_string()))
            }
            Some(Err(_)) => Err(Problem::NewerFormat { found }),
            None => {
                self.say_once("format", Problem::ForeignFormat { found });
                Ok(None)
            }
        }
    }

    fn check_text(&self, raw: &str) -> Result<(), Problem> {
        if self.reader.as_it_is {
            return Ok(());
        }
        if raw.len() > MAX_TEXT_BYTES {
            return Err(Problem::TooLarge { bytes: raw.len(), most: MAX_TEXT_BYTES });
        }
        let is_empty = raw.chars().all(|letter| letter.is_whitespace() || letter == '\u{FEFF}');
        if is_empty { Err(Problem::EmptyText) } else { Ok(()) }
    }

    /// A list of records; null is an empty one.
    fn list<'l, T: serde::Deserialize<'l>>(&mut self, fields: &mut Fields<'l>, key: &str) -> Vec<Listed<T>> {
        let Some(raw) = fields.take(key) else { return Vec::new() };
        fields::list(raw).unwrap_or_else(|| {
            let found = raw.get().to_owned();
            self.say(None, Problem::UnreadableField { field: key.to_owned(), found });
            Vec::new()
        })
    }

    fn unit(&mut self, fields: &mut Fields<'_>, is_needed: bool) -> Unit {
        let found = self.string(fields, "offset_unit");
        if let Some(unit) = Unit::from_name(&found) {
            return unit;
        }
        if !found.is_empty() {
            self.say(None, Problem::UnknownUnit { found });
        } else if is_needed {
            self.say_once("offset_unit", Problem::NoUnit);
        }
        Unit::CodePoint
    }

    /// The hash of the kept text; the stated one may be that of the file's text.
    fn check_hash(&mut self, fields: &mut Fields<'_>, ground: &Ground) -> String {
        let stated = self.string(fields, "text_sha256");
        let actual = text_sha256(ground.kept());
        let holds = stated.is_empty()
            || stated.eq_ignore_ascii_case(&actual)
            || stated.eq_ignore_ascii_case(&text_sha256(ground.raw()));
        if !holds {
            self.say(None, Problem::HashMismatch { stated, actual: actual.clone() });
        }
        actual
    }

    fn document_id(
        &mut self,
        fields: &mut Fields<'_>,
        sha256: &str,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> DocumentId {
        let stated = self.string(fields, "id");
        if stated.is_empty() {
            return DocumentId::new(new_id());
        }
        // Other tools count documents from 0 in every file: only with its text does such an id mean this document.
        let (uuid, is_foreign) = uuid_of("document", sha256, &stated);
        if is_foreign {
            self.say_once("ids", Problem::ForeignIds { first: stated.clone() });
        }
        let taken = self.reader.used_ids.take("document", uuid);
        if taken != uuid {
            self.is_copy = true;
            self.say(None, Problem::DocumentTwice);
        }
        DocumentId::new(taken)
    }

    /// The document's own fields.
    fn document(
        &mut self,
        fields: &mut Fields<'_>,
        id: DocumentId,
        text: &Text,
        text_sha256: String,
        is_annotated: bool,
    ) -> Document {
        let title = self.string(fields, "title");
        let status = self.string(fields, "status");
        let used = if is_annotated { Status::InProgress } else { Status::Todo };
        let status = Status::from_name(&status).unwrap_or_else(|| {
            if !status.is_empty() {
                self.say(None, Problem::UnknownName { field: "status", found: status, used: used.name() });
            }
            used
        });
        let position = fields.take("position").and_then(|raw| serde_json::from_str(raw.get()).ok()).flatten();
        Document {
            id,
            project: self.reader.defaults.project,
            // An empty title in our own file is meant so.
            title: if title.is_empty() && !self.is_ours { text::title(text).to_owned() } else { title },
            meta: self.meta(fields),
            status,
            position: position.unwrap_or(self.number as f64),
            text_sha256,
            extra: Extra::new(&self.string(fields, "extra")),
        }
    }

    fn meta(&mut self, fields: &mut Fields<'_>) -> Meta {
        let mut meta = fields.take("meta").map_or_else(Map::new, |raw| {
            fields::object(raw).unwrap_or_else(|| {
                let found = raw.get().to_owned();
                self.say(None, Problem::UnreadableField { field: "meta".to_owned(), found });
                Map::new()
            })
        });
        let language = self.string(fields, "language");
        let mut own = |key: &str| meta.remove(key).map_or_else(String::new, |value| self.words(key, value));
        let in_meta = own("language");
        let meta_of = Meta {
            source: own("source"),
            author: own("author"),
            published: own("published"),
            url: own("url"),
            language: or(&language, &in_meta),
        };
        self.say_unknown_keys("meta.", meta.keys().map(String::as_str));
        meta_of
    }

    /// The string of a field.
    fn string(&mut self, fields: &mut Fields<'_>, key: &str) -> String {
        let Some(raw) = fields.take(key) else { return String::new() };
        match serde_json::from_str(raw.get()) {
            Ok(value) => self.words(key, value),
            Err(_) => String::new(),
        }
    }

    /// A string; a number is taken as it is written, a list of strings is joined, null is the empty one.
    fn words(&mut self, key: &str, value: Json) -> String {
        match value {
            Json::String(string) => string,
            Json::Number(number) => number.to_string(),
            Json::Bool(flag) => flag.to_string(),
            Json::Array(list) if !list.is_empty() && list.iter().all(Json::is_string) => {
                list.iter().filter_map(Json::as_str).collect::<Vec<_>>().join("; ")
            }
            Json::Null => String::new(),
            other => {
                let found = other.to_string();
                self.say(None, Problem::UnreadableField { field: key.to_owned(), found });
                String::new()
            }
        }
    }

    /// The time stated; `None` if there is none or it cannot be read, which is said.
    fn time(&mut self, stated: &str, record: Option<Name<'_>>) -> Option<Timestamp> {
        let time = Timestamp::parse(stated);
        if time.is_none() && !stated.is_empty() {
            self.say(record, Problem::UnreadableTime { found: stated.to_owned() });
        }
        time
    }

    fn say(&mut self, record: Option<Name<'_>>, problem: Problem) {
        let record = record.map(|name| name.to_string());
        self.issues.push(Issue::new(&self.reader.file, Some(self.number), record, problem));
    }

    /// Says what holds for a whole file, at the line where it is first met.
    fn say_once(&mut self, what: &str, problem: Problem) {
        if self.reader.said.insert(what.to_owned()) {
            self.say(None, problem);
        }
    }

    fn say_unknown_keys<'a>(&mut self, prefix: &str, keys: impl Iterator<Item = &'a str>) {
        let keys = keys.map(|key| format!("{prefix}{key}"));
        let keys: Vec<String> = keys.filter(|key| self.reader.said.insert(format!("key {key}"))).collect();
        if !keys.is_empty() {
            self.say(None, Problem::UnknownKeys { keys });
        }
    }
}

/// How an issue names a record: by its id, or by its place in the list, from 1.
#[derive(Clone, Copy)]
struct Name<'a> {
    kind: &'static str,
    id: &'a str,
    number: usize,
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id {
            "" => write!(formatter, "{} #{}", self.kind, self.number),
            id => write!(formatter, "{} {id}", self.kind),
        }
    }
}

/// What a JSON value is that should be an object.
const fn kind_of(value: &Json) -> &'static str {
    match value {
        Json::Array(_) => "a list",
        Json::String(_) => "a string",
        _ => "a bare value",
    }
}

fn unreadable(reason: &str) -> Problem {
    Problem::UnreadableRecord { reason: reason.to_owned() }
}

fn or(stated: &str, default: &str) -> String {
    if stated.is_empty() { default.to_owned() } else { stated.to_owned() }
}
