//! Reads one line, down to `{"text": "…"}`. What is sound is kept, and whatever is changed or left out is said with
//! its line and record; no number or id of a file is trusted.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::Reader;
use super::place::Ground;
use crate::format::ids::uuid_of;
use crate::format::plain::{MAX_TEXT_BYTES, control_characters};
use crate::format::record::{ActorRecord, AnnotationRecord, AttributesRecord, RelationRecord, version};
use crate::format::{ImportedDocument, Issue, Problem, RecordKind, migrate, row, text_sha256};
use crate::model::{
    Actor, ActorId, ActorKind, Annotation, AnnotationId, Attributes, Document, DocumentId, Extra, Key, Meta,
    Origin, Relation, RelationId, Status, Target, Timestamp,
};
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
    annotator: String,
    modified: Timestamp,
    codebook_version: u32,
}

/// Ids of a line's records as stated, brought into the form of a UUID, and what they became.
#[derive(Default)]
struct Known {
    spans: BTreeMap<Uuid, AnnotationId>,
    actors: BTreeMap<String, ActorId>,
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
        let mut fields = self.fields(line)?;
        let Some(Json::String(raw)) = fields.remove("text") else {
            return Err(Problem::NoText);
        };
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
        let codebook_version = match fields.remove("codebook_version") {
            Some(Json::Number(number)) => version(Some(&number)),
            _ => None,
        };
        let inherited = Inherited {
            document: self.document_id(&mut fields, &sha256, new_id),
            annotator: or(&annotator, &self.reader.defaults.annotator),
            modified: modified.unwrap_or(self.reader.defaults.now),
            codebook_version: codebook_version.unwrap_or(self.reader.defaults.codebook_version),
        };
        let mut known = Known::default();
        let actors = self.actors(&actors, &mut known);
        let annotations = self.annotations(&spans, &ground, &inherited, &mut known, new_id);
        let relations = self.relations(&relations, &inherited, &known, new_id);
        let document =
            self.document(&mut fields, inherited.document, ground.kept(), sha256, !annotations.is_empty());
        self.say_unknown_keys("", fields.keys().filter(|key| !KEYS.contains(&key.as_str())));
        Ok(ImportedDocument {
            document,
            text: ground.kept().clone(),
            annotations,
            relations,
            actors,
            modified,
            annotator,
            issues: Vec::new(),
        })
    }

    /// The fields of the line in the present version.
    fn fields(&mut self, line: &str) -> Result<Map<String, Json>, Problem> {
        let value: Json = serde_json::from_str(line)
            .map_err(|error| Problem::NotJson { column: error.column(), reason: row::reason(&error) })?;
        let value =
            match value.get("format").and_then(Json::as_str).map(|stated| (stated, migrate::version(stated)))
            {
                None => value,
                Some((_, Some(Ok(from)))) => {
                    self.is_ours = true;
                    migrate::migrate(RecordKind::Line, value, from)
                }
                Some((found, Some(Err(_)))) => {
                    return Err(Problem::NewerFormat { found: found.to_owned() });
                }
                Some((found, None)) => {
                    let found = found.to_owned();
                    self.say_once("format", Problem::ForeignFormat { found });
                    value
                }
            };
        match value {
            Json::Object(fields) => Ok(fields),
            Json::Array(_) => Err(Problem::NotObject { found: "a list" }),
            Json::String(_) => Err(Problem::NotObject { found: "a string" }),
            _ => Err(Problem::NotObject { found: "a bare value" }),
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
    fn list(&mut self, fields: &mut Map<String, Json>, key: &str) -> Vec<Json> {
        match fields.remove(key) {
            Some(Json::Array(list)) => list,
            None | Some(Json::Null) => Vec::new(),
            Some(other) => {
                self.say(None, Problem::UnreadableField { field: key.to_owned(), found: other.to_string() });
                Vec::new()
            }
        }
    }

    fn unit(&mut self, fields: &mut Map<String, Json>, is_needed: bool) -> Unit {
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
    fn check_hash(&mut self, fields: &mut Map<String, Json>, ground: &Ground) -> String {
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
        fields: &mut Map<String, Json>,
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

    fn actors(&mut self, records: &[Json], known: &mut Known) -> Vec<Actor> {
        let mut actors: Vec<Actor> = Vec::new();
        for (index, value) in records.iter().enumerate() {
            let name = name_of("actor", value, index);
            let record = match ActorRecord::deserialize(value) {
                Ok(record) if record.id.is_empty() && record.name.is_empty() => {
                    self.say(Some(name), unreadable("neither an id nor a name"));
                    continue;
                }
                Ok(record) => record,
                Err(error) => {
                    self.say(Some(name), unreadable(&error.to_string()));
                    continue;
                }
            };
            // As with documents: only with its name does a foreign id mean this actor in another file.
            let stated = if record.id.is_empty() { record.name.as_ref() } else { record.id.as_ref() };
            let (uuid, is_foreign) = uuid_of("actor", &record.name, stated);
            if is_foreign && !record.id.is_empty() {
                self.say_once("ids", Problem::ForeignIds { first: stated.to_owned() });
            }
            let id = ActorId::new(uuid);
            if known.actors.contains_key(stated) || actors.iter().any(|actor| actor.id == id) {
                self.say(Some(name), Problem::ActorTwice);
                continue;
            }
            known.actors.insert(stated.to_owned(), id);
            let kind = ActorKind::from_name(&record.kind).unwrap_or_else(|| {
                if !record.kind.is_empty() {
                    let found = record.kind.clone().into_owned();
                    let used = ActorKind::Other.name();
                    self.say(Some(name), Problem::UnknownName { field: "kind", found, used });
                }
                ActorKind::Other
            });
            actors.push(Actor {
                id,
                project: self.reader.defaults.project,
                name: record.name.into_owned(),
                kind,
                aliases: record.aliases.into_iter().map(Into::into).collect(),
                wikidata: record.wikidata.into_owned(),
                note: record.note.into_owned(),
            });
        }
        actors
    }

    fn annotations(
        &mut self,
        records: &[Json],
        ground: &Ground,
        inherited: &Inherited,
        known: &mut Known,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Vec<Annotation> {
        let mut annotations = Vec::with_capacity(records.len());
        for (index, value) in records.iter().enumerate() {
            let name = name_of("span", value, index);
            let read = AnnotationRecord::deserialize(value)
                .map_err(|error| unreadable(&error.to_string()))
                .and_then(|record| {
                    if record.label.is_empty() {
                        return Err(unreadable("it has no label"));
                    }
                    ground.place(&record).map(|place| (record, place))
                });
            let (record, (fragments, problem)) = match read {
                Ok(read) => read,
                Err(problem) => {
                    self.say(Some(name), problem);
                    continue;
                }
            };
            if let Some(problem) = problem {
                self.say(Some(name.clone()), problem);
            }
            let (stated, uuid) = self.record_id("span", &record.id, inherited, &name, new_id);
            known.spans.entry(stated).or_insert(AnnotationId::new(uuid));
            let actor = record.actor.and_then(|stated| {
                let actor = self.actor(&stated, known);
                if actor.is_none() {
                    self.say(Some(name.clone()), Problem::NoSuchActor { id: stated.into_owned() });
                }
                actor
            });
            let origin = Origin::from_name(&record.origin).unwrap_or_else(|| {
                if !record.origin.is_empty() {
                    let found = record.origin.clone().into_owned();
                    let used = Origin::Imported.name();
                    self.say(Some(name.clone()), Problem::UnknownName { field: "origin", found, used });
                }
                Origin::Imported
            });
            annotations.push(Annotation {
                id: AnnotationId::new(uuid),
                document: inherited.document,
                label: Key::from(record.label.as_ref()),
                fragments,
                actor,
                attributes: self.attributes(record.attributes, &name),
                note: record.note.into_owned(),
                origin,
                annotator: record.annotator.map_or_else(|| inherited.annotator.clone(), Into::into),
                modified: self.time(&record.modified, Some(&name)).unwrap_or(inherited.modified),
                codebook_version: version(record.codebook_version.as_ref())
                    .unwrap_or(inherited.codebook_version),
                extra: Extra::new(&record.extra),
            });
        }
        annotations
    }

    fn relations(
        &mut self,
        records: &[Json],
        inherited: &Inherited,
        known: &Known,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Vec<Relation> {
        let mut relations = Vec::with_capacity(records.len());
        for (index, value) in records.iter().enumerate() {
            let name = name_of("relation", value, index);
            let read = RelationRecord::deserialize(value)
                .map_err(|error| unreadable(&error.to_string()))
                .and_then(|record| self.ends(&record, inherited, known).map(|ends| (record, ends)));
            let (record, (from, to)) = match read {
                Ok(read) => read,
                Err(problem) => {
                    self.say(Some(name), problem);
                    continue;
                }
            };
            let (_, uuid) = self.record_id("relation", &record.id, inherited, &name, new_id);
            relations.push(Relation {
                id: RelationId::new(uuid),
                document: inherited.document,
                kind: Key::from(record.kind.as_ref()),
                from,
                to,
                attributes: self.attributes(record.attributes, &name),
                note: record.note.into_owned(),
                annotator: record.annotator.map_or_else(|| inherited.annotator.clone(), Into::into),
                modified: self.time(&record.modified, Some(&name)).unwrap_or(inherited.modified),
                codebook_version: version(record.codebook_version.as_ref())
                    .unwrap_or(inherited.codebook_version),
                extra: Extra::new(&record.extra),
            });
        }
        relations
    }

    /// What a relation joins. Without a kind of target, a span of that id goes before an actor.
    fn ends(
        &self,
        record: &RelationRecord<'_>,
        inherited: &Inherited,
        known: &Known,
    ) -> Result<(AnnotationId, Target), Problem> {
        if record.kind.is_empty() {
            return Err(unreadable("it has no type"));
        }
        let span = |end: &'static str, stated: &str| {
            let (uuid, _) = uuid_of("span", &inherited.document.to_string(), stated);
            let id = known.spans.get(&uuid).copied();
            id.ok_or_else(|| Problem::NoSuchSpan { end, id: stated.to_owned() })
        };
        let from = span("from", &record.from)?;
        let actor = || self.actor(&record.to, known).map(Target::Actor);
        let to = match record.to_kind.as_ref() {
            "span" => Target::Annotation(span("to", &record.to)?),
            "actor" => actor().ok_or_else(|| Problem::NoSuchActorAsTarget { id: record.to.to_string() })?,
            "" => span("to", &record.to).map(Target::Annotation).or_else(|problem| actor().ok_or(problem))?,
            other => {
                return Err(unreadable(&format!("to_kind is {other:?}, not \"span\" or \"actor\"")));
            }
        };
        Ok((from, to))
    }

    /// The document's own fields.
    fn document(
        &mut self,
        fields: &mut Map<String, Json>,
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
        let position = fields.remove("position").as_ref().and_then(Json::as_f64);
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

    fn meta(&mut self, fields: &mut Map<String, Json>) -> Meta {
        let mut meta = match fields.remove("meta") {
            Some(Json::Object(meta)) => meta,
            None | Some(Json::Null) => Map::new(),
            Some(other) => {
                let found = other.to_string();
                self.say(None, Problem::UnreadableField { field: "meta".to_owned(), found });
                Map::new()
            }
        };
        let language = self.string(fields, "language");
        let in_meta = self.string(&mut meta, "language");
        let meta_of = Meta {
            source: self.string(&mut meta, "source"),
            author: self.string(&mut meta, "author"),
            published: self.string(&mut meta, "published"),
            url: self.string(&mut meta, "url"),
            language: or(&language, &in_meta),
        };
        self.say_unknown_keys("meta.", meta.keys());
        meta_of
    }

    /// A string; a number is taken as it is written, a list of strings is joined, null is the empty one.
    fn string(&mut self, fields: &mut Map<String, Json>, key: &str) -> String {
        match fields.remove(key) {
            Some(Json::String(string)) => string,
            Some(Json::Number(number)) => number.to_string(),
            Some(Json::Bool(flag)) => flag.to_string(),
            Some(Json::Array(list)) if !list.is_empty() && list.iter().all(Json::is_string) => {
                list.iter().filter_map(Json::as_str).collect::<Vec<_>>().join("; ")
            }
            None | Some(Json::Null) => String::new(),
            Some(other) => {
                let found = other.to_string();
                self.say(None, Problem::UnreadableField { field: key.to_owned(), found });
                String::new()
            }
        }
    }

    /// The time stated; `None` if there is none or it cannot be read, which is said.
    fn time(&mut self, stated: &str, record: Option<&str>) -> Option<Timestamp> {
        let time = Timestamp::parse(stated);
        if time.is_none() && !stated.is_empty() {
            self.say(record.map(str::to_owned), Problem::UnreadableTime { found: stated.to_owned() });
        }
        time
    }

    fn attributes(&mut self, record: AttributesRecord<'_>, name: &str) -> Attributes {
        let (attributes, unreadable) = record.into_attributes();
        for (key, found) in unreadable {
            let field = format!("attributes.{key}");
            self.say(Some(name.to_owned()), Problem::UnreadableField { field, found });
        }
        attributes
    }

    fn actor(&self, stated: &str, known: &Known) -> Option<ActorId> {
        let in_registry = || ActorId::parse(stated).filter(|id| self.reader.defaults.registry.contains(id));
        known.actors.get(stated).copied().or_else(in_registry)
    }

    /// The id of a span or relation as it is stated, in the form of a UUID, and the one it gets.
    fn record_id(
        &mut self,
        kind: &'static str,
        stated: &str,
        inherited: &Inherited,
        name: &str,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> (Uuid, Uuid) {
        if stated.is_empty() {
            let uuid = new_id();
            return (uuid, uuid);
        }
        let (uuid, is_foreign) = uuid_of(kind, &inherited.document.to_string(), stated);
        if is_foreign {
            self.say_once("ids", Problem::ForeignIds { first: stated.to_owned() });
        }
        let taken = self.reader.used_ids.take(kind, uuid);
        if taken != uuid && !self.is_copy {
            self.say(Some(name.to_owned()), Problem::DuplicateId);
        }
        (uuid, taken)
    }

    fn say(&mut self, record: Option<String>, problem: Problem) {
        self.issues.push(Issue::new(&self.reader.file, Some(self.number), record, problem));
    }

    /// Says what holds for a whole file, at the line where it is first met.
    fn say_once(&mut self, what: &str, problem: Problem) {
        if self.reader.said.insert(what.to_owned()) {
            self.say(None, problem);
        }
    }

    fn say_unknown_keys<'a>(&mut self, prefix: &str, keys: impl Iterator<Item = &'a String>) {
        let keys = keys.map(|key| format!("{prefix}{key}"));
        let keys: Vec<String> = keys.filter(|key| self.reader.said.insert(format!("key {key}"))).collect();
        if !keys.is_empty() {
            self.say(None, Problem::UnknownKeys { keys });
        }
    }
}

/// How an issue names a record: by its id, or by its place in the list, from 1.
fn name_of(kind: &str, value: &Json, index: usize) -> String {
    match value.get("id") {
        Some(Json::String(id)) if !id.is_empty() => format!("{kind} {id}"),
        Some(Json::Number(id)) => format!("{kind} {id}"),
        _ => format!("{kind} #{}", index + 1),
    }
}

fn unreadable(reason: &str) -> Problem {
    Problem::UnreadableRecord { reason: reason.to_owned() }
}

fn or(stated: &str, default: &str) -> String {
    if stated.is_empty() { default.to_owned() } else { stated.to_owned() }
}
