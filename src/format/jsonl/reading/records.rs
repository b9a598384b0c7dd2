//! The records of a line: actors, annotations and relations, each kept as far as it is sound.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Inherited, LineReading, Name, unreadable};
use crate::format::Problem;
use crate::format::ids::uuid_of;
use crate::format::jsonl::fields::{Listed, Unreadable};
use crate::format::jsonl::place::Ground;
use crate::format::record::{ActorRecord, AnnotationRecord, AttributesRecord, RelationRecord, version};
use crate::model::{
    Actor, ActorId, ActorKind, Annotation, AnnotationId, Attributes, Extra, Key, Origin, Relation,
    RelationId, Target,
};

/// Ids of a line's records as stated, brought into the form of a UUID, and what they became.
#[derive(Default)]
pub(super) struct Known {
    spans: BTreeMap<Uuid, AnnotationId>,
    actors: BTreeMap<String, ActorId>,
}

impl LineReading<'_> {
    pub(super) fn actors(&mut self, records: Vec<Listed<ActorRecord<'_>>>, known: &mut Known) -> Vec<Actor> {
        let mut actors: Vec<Actor> = Vec::new();
        for (record, number) in records.into_iter().zip(1..) {
            let record = match record {
                Ok(record) if record.id.is_empty() && record.name.is_empty() => {
                    self.say(
                        Some(Name { kind: "actor", id: "", number }),
                        unreadable("neither an id nor a name"),
                    );
                    continue;
                }
                Ok(record) => record,
                Err(Unreadable { id, reason }) => {
                    self.say(Some(Name { kind: "actor", id: &id, number }), unreadable(&reason));
                    continue;
                }
            };
            let name = Name { kind: "actor", id: &record.id, number };
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

    pub(super) fn annotations(
        &mut self,
        records: Vec<Listed<AnnotationRecord<'_>>>,
        ground: &Ground,
        inherited: &Inherited,
        known: &mut Known,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Vec<Annotation> {
        let mut annotations = Vec::with_capacity(records.len());
        for (record, number) in records.into_iter().zip(1..) {
            let record = match record {
                Ok(record) => record,
                Err(Unreadable { id, reason }) => {
                    self.say(Some(Name { kind: "span", id: &id, number }), unreadable(&reason));
                    continue;
                }
            };
            let name = Name { kind: "span", id: &record.id, number };
            let placed = if record.label.is_empty() {
                Err(unreadable("it has no label"))
            } else {
                ground.place(&record)
            };
            let (fragments, problem) = match placed {
                Ok(placed) => placed,
                Err(problem) => {
                    self.say(Some(name), problem);
                    continue;
                }
            };
            if let Some(problem) = problem {
                self.say(Some(name), problem);
            }
            let (stated, uuid) = self.record_id(name, inherited, new_id);
            known.spans.entry(stated).or_insert(AnnotationId::new(uuid));
            let actor = record.actor.and_then(|stated| {
                let actor = self.actor(&stated, known);
                if actor.is_none() {
                    self.say(Some(name), Problem::NoSuchActor { id: stated.into_owned() });
                }
                actor
            });
            let origin = Origin::from_name(&record.origin).unwrap_or_else(|| {
                if !record.origin.is_empty() {
                    let found = record.origin.clone().into_owned();
                    let used = Origin::Imported.name();
                    self.say(Some(name), Problem::UnknownName { field: "origin", found, used });
                }
                Origin::Imported
            });
            annotations.push(Annotation {
                id: AnnotationId::new(uuid),
                document: inherited.document,
                label: Key::from(record.label.as_ref()),
                fragments,
                actor,
                attributes: self.attributes(record.attributes, name),
                note: record.note.into_owned(),
                origin,
                annotator: record.annotator.map_or_else(|| inherited.annotator.clone(), Into::into),
                modified: self.time(&record.modified, Some(name)).unwrap_or(inherited.modified),
                codebook_version: version(record.codebook_version.as_ref())
                    .unwrap_or(inherited.codebook_version),
                extra: Extra::new(&record.extra),
            });
        }
        annotations
    }

    pub(super) fn relations(
        &mut self,
        records: Vec<Listed<RelationRecord<'_>>>,
        inherited: &Inherited,
        known: &Known,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Vec<Relation> {
        let mut relations = Vec::with_capacity(records.len());
        for (record, number) in records.into_iter().zip(1..) {
            let record = match record {
                Ok(record) => record,
                Err(Unreadable { id, reason }) => {
                    self.say(Some(Name { kind: "relation", id: &id, number }), unreadable(&reason));
                    continue;
                }
            };
            let name = Name { kind: "relation", id: &record.id, number };
            let (from, to) = match self.ends(&record, inherited, known) {
                Ok(ends) => ends,
                Err(problem) => {
                    self.say(Some(name), problem);
                    continue;
                }
            };
            let (_, uuid) = self.record_id(name, inherited, new_id);
            relations.push(Relation {
                id: RelationId::new(uuid),
                document: inherited.document,
                kind: Key::from(record.kind.as_ref()),
                from,
                to,
                attributes: self.attributes(record.attributes, name),
                note: record.note.into_owned(),
                annotator: record.annotator.map_or_else(|| inherited.annotator.clone(), Into::into),
                modified: self.time(&record.modified, Some(name)).unwrap_or(inherited.modified),
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
            let (uuid, _) = uuid_of("span", &inherited.scope, stated);
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

    fn attributes(&mut self, record: AttributesRecord<'_>, name: Name<'_>) -> Attributes {
        let (attributes, unreadable) = record.into_attributes();
        for (key, found) in unreadable {
            let field = format!("attributes.{key}");
            self.say(Some(name), Problem::UnreadableField { field, found });
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
        name: Name<'_>,
        inherited: &Inherited,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> (Uuid, Uuid) {
        if name.id.is_empty() {
            let uuid = new_id();
            return (uuid, uuid);
        }
        let (uuid, is_foreign) = uuid_of(name.kind, &inherited.scope, name.id);
        if is_foreign {
            self.say_once("ids", Problem::ForeignIds { first: name.id.to_owned() });
        }
        let taken = self.reader.used_ids.take(name.kind, uuid);
        if taken != uuid && !self.is_copy {
            self.say(Some(name), Problem::DuplicateId);
        }
        (uuid, taken)
    }
}
