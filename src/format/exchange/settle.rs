//! Makes records of ours from what an outside file says: ids that are the same at every import, labels by the person's
//! mapping, marks where [`place`](super::place) finds them. What cannot be taken over is said with its place in the file;
//! nothing is left out in silence.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::colour::on_paper;
use super::extra::keep_said;
use super::place::Ground;
use super::{Count, End, Foreign, ForeignActor, ForeignLabel, Format, Mark, Said, Scheme};
use crate::format::ids::{UsedIds, uuid_of};
use crate::format::plain::{MAX_TEXT_BYTES, control_characters};
use crate::format::{ImportedDocument, Issue, Issues, Look, Problem, text_sha256};
use crate::model::{
    Actor, ActorId, ActorKind, Annotation, AnnotationId, Attributes, Document, DocumentId, Fragments, Key,
    ProjectId, Relation, RelationId, Status, Target, Timestamp, Value,
};
use crate::text::{self, fold, order};

/// What the words of an outside format become in the codebook. A word that is not named keeps its own name as key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Labels; `None` leaves their annotations out.
    pub labels: BTreeMap<String, Option<Key>>,
    /// Types of relations; `None` leaves them out.
    pub relations: BTreeMap<String, Option<Key>>,
}

/// What every document of an import shares.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The project that takes them in.
    pub project: ProjectId,
    /// The moment of the import, for records that state none.
    pub now: Timestamp,
    /// Who imports, for records that name nobody.
    pub annotator: String,
    /// The version of the codebook.
    pub codebook_version: u32,
    /// The registry: names and aliases with their entries.
    pub actors: Vec<Actor>,
}

/// Makes records of the documents of one set of files.
#[derive(Debug)]
pub struct Settler<'a> {
    format: &'a Format,
    count: Count,
    mapping: &'a Mapping,
    terms: &'a Terms,
    /// Registry entries by folded name, those made for this import included.
    actors: BTreeMap<String, Actor>,
    /// What files say of actors, by folded name.
    stated: BTreeMap<String, ForeignActor>,
    /// How labels look by their foreign names, where a configuration says so.
    looks: BTreeMap<&'a str, Look>,
    used: UsedIds,
    number: usize,
}

impl<'a> Settler<'a> {
    /// For documents of that format, counted in that way.
    #[must_use]
    pub fn new(format: &'a Format, count: Count, mapping: &'a Mapping, terms: &'a Terms) -> Self {
        let names = terms
            .actors
            .iter()
            .rev()
            .flat_map(|actor| actor.names().map(move |name| (fold(name), actor.clone())));
        Self {
            format,
            count,
            mapping,
            terms,
            actors: order::map(names),
            stated: BTreeMap::new(),
            looks: BTreeMap::new(),
            used: UsedIds::default(),
            number: 0,
        }
    }

    /// Takes over how labels look that the codebook lacks: colours that stand out, and letters that do nothing else.
    #[must_use]
    pub fn looking(mut self, scheme: &'a Scheme, is_free: impl Fn(char) -> bool) -> Self {
        let look = |label: &ForeignLabel| Look {
            colour: on_paper(&label.colour).unwrap_or_default(),
            letter: label
                .letter
                .and_then(|letter| letter.to_lowercase().next())
                .filter(|letter| is_free(*letter)),
            description: label.description.clone(),
        };
        self.looks = scheme.labels.iter().map(|label| (label.name.as_str(), look(label))).collect();
        self
    }

    /// The document as records of ours, with what is to be said about it. Linear in its text and marks.
    ///
    /// # Errors
    /// Its text is empty or too large, so there is nothing to annotate.
    pub fn settle(&mut self, mut foreign: Foreign) -> Result<ImportedDocument, Box<Issue>> {
        let refuse = |problem| Box::new(Issue::new(&foreign.path, foreign.line, None, problem));
        if foreign.text.len() > MAX_TEXT_BYTES {
            return Err(refuse(Problem::TooLarge { bytes: foreign.text.len(), most: MAX_TEXT_BYTES }));
        }
        if foreign.text.trim().is_empty() {
            return Err(refuse(Problem::EmptyText));
        }
        for stated in std::mem::take(&mut foreign.actors) {
            self.stated.entry(fold(&stated.name)).or_insert(stated);
        }
        let ground = Ground::new(&foreign.text);
        let mut issues = Issues::default();
        for problem in ground.change().into_iter().chain(control_characters(ground.kept())) {
            issues.push(Issue::new(&foreign.path, foreign.line, None, problem));
        }
        let text = ground.kept().clone();
        let text_sha256 = text_sha256(&text);
        // Other tools count documents anew in every file: only with its text does such an id mean this document.
        let own = if foreign.id.is_empty() { &foreign.path } else { &foreign.id };
        let id = DocumentId::new(self.used.take("document", uuid_of("document", &text_sha256, own).0));
        self.number += 1;
        let marks = std::mem::take(&mut foreign.marks);
        let names: BTreeSet<&str> = marks.iter().map(|mark| mark.label.as_str()).collect();
        let looks = names
            .into_iter()
            .filter_map(|name| Some((mapped(&self.mapping.labels, name)?, self.looks.get(name)?.clone())));
        let looks = looks.collect();
        let mut page =
            Sheet { settler: self, foreign: &foreign, ground: &ground, id, issues, actors: Vec::new() };
        let (annotations, known) = page.annotations(marks);
        let relations = page.relations(&known);
        let (actors, issues) = (page.actors, page.issues);
        let mut said = Said::from(std::mem::take(&mut foreign.extra));
        said.append(std::mem::take(&mut foreign.lists));
        let begun = if annotations.is_empty() { Status::Todo } else { Status::InProgress };
        let document = Document {
            id,
            project: self.terms.project,
            title: if foreign.title.is_empty() {
                text::title(&text).to_owned()
            } else {
                foreign.title.clone()
            },
            meta: std::mem::take(&mut foreign.meta),
            status: foreign.status.unwrap_or(begun),
            position: as_position(self.number),
            text_sha256,
            extra: keep_said(self.format.name, &said),
        };
        Ok(ImportedDocument {
            document,
            text,
            annotations,
            relations,
            actors: order::map(actors.into_iter().map(|actor| (actor.id, actor))).into_values().collect(),
            looks,
            modified: None,
            annotator: foreign.annotator,
            issues: issues.into(),
        })
    }

    /// The entry of that name, made if there is none.
    fn actor(&mut self, name: &str) -> Actor {
        let folded = fold(name);
        let stated = self.stated.get(&folded);
        let made = || Actor {
            id: ActorId::new(uuid_of("actor", &self.terms.project.to_string(), name).0),
            project: self.terms.project,
            name: name.to_owned(),
            kind: stated.map_or(ActorKind::Other, |stated| stated.kind),
            aliases: stated.map_or_else(Vec::new, |stated| stated.aliases.clone()),
            wikidata: String::new(),
            note: stated.map(|stated| stated.note.clone()).unwrap_or_default(),
        };
        let made = made();
        self.actors.entry(folded).or_insert(made).clone()
    }
}

/// One document on its way.
struct Sheet<'s, 'a> {
    settler: &'s mut Settler<'a>,
    foreign: &'s Foreign,
    ground: &'s Ground,
    id: DocumentId,
    issues: Issues,
    actors: Vec<Actor>,
}

impl Sheet<'_, '_> {
    /// The annotations, and their ids by the file's own where links may name them.
    fn annotations(&mut self, marks: Vec<Mark>) -> (Vec<Annotation>, BTreeMap<String, AnnotationId>) {
        let mut known = BTreeMap::new();
        let mut annotations = Vec::with_capacity(marks.len());
        for (mark, number) in marks.into_iter().zip(1_usize..) {
            let name = record("span", &mark.id, number);
            let (fragments, problem) = match self.ground.place(&mark, self.settler.count) {
                Ok(placed) => placed,
                Err(problem) => {
                    self.say(mark.line, name, problem);
                    continue;
                }
            };
            if let Some(problem) = problem {
                self.say(mark.line, name.clone(), problem);
            }
            let Some(label) = mapped(&self.settler.mapping.labels, &mark.label) else {
                self.say(mark.line, name, Problem::LeftOut { name: mark.label.clone() });
                continue;
            };
            let own = if mark.id.is_empty() { format!("#{number}") } else { mark.id.clone() };
            let id = AnnotationId::new(self.take_id("span", &own, mark.line, &name));
            if !(mark.id.is_empty() || self.foreign.links.is_empty()) {
                known.entry(mark.id.clone()).or_insert(id);
            }
            annotations.push(self.annotation(mark, id, label, fragments));
        }
        (annotations, known)
    }

    fn annotation(&mut self, mark: Mark, id: AnnotationId, label: Key, fragments: Fragments) -> Annotation {
        let actor = mark.aside.actor.as_deref().map(|name| self.actor(name));
        let annotator = [&mark.aside.annotator, &self.foreign.annotator, &self.settler.terms.annotator];
        Annotation {
            id,
            document: self.id,
            label,
            fragments,
            actor,
            attributes: attributes(&mark.attributes),
            note: mark.aside.note.clone(),
            origin: mark.origin,
            annotator: annotator.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default(),
            modified: self.settler.terms.now,
            codebook_version: self.settler.terms.codebook_version,
            extra: keep_said(self.settler.format.name, &mark.extra),
        }
    }

    fn relations(&mut self, known: &BTreeMap<String, AnnotationId>) -> Vec<Relation> {
        let mut relations = Vec::with_capacity(self.foreign.links.len());
        for (link, number) in self.foreign.links.iter().zip(1_usize..) {
            let name = record("relation", &link.id, number);
            let Some(kind) = mapped(&self.settler.mapping.relations, &link.kind) else {
                self.say(link.line, name, Problem::LeftOut { name: link.kind.clone() });
                continue;
            };
            let Some(from) = known.get(&link.from).copied() else {
                self.say(link.line, name, Problem::NoSuchSpan { end: "from", id: link.from.clone() });
                continue;
            };
            let to = match &link.to {
                End::Actor(actor) => Target::Actor(self.actor(actor)),
                End::Mark(mark) => match known.get(mark) {
                    Some(id) => Target::Annotation(*id),
                    None => {
                        self.say(link.line, name, Problem::NoSuchSpan { end: "to", id: mark.clone() });
                        continue;
                    }
                },
            };
            let own = if link.id.is_empty() { format!("#{number}") } else { link.id.clone() };
            let id = RelationId::new(self.take_id("relation", &own, link.line, &name));
            let annotator = [&self.foreign.annotator, &self.settler.terms.annotator];
            relations.push(Relation {
                id,
                document: self.id,
                kind,
                from,
                to,
                attributes: attributes(&link.attributes),
                note: link.note.clone(),
                annotator: annotator.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default(),
                modified: self.settler.terms.now,
                codebook_version: self.settler.terms.codebook_version,
                extra: keep_said(self.settler.format.name, &link.extra),
            });
        }
        relations
    }

    fn actor(&mut self, name: &str) -> ActorId {
        let actor = self.settler.actor(name);
        let id = actor.id;
        self.actors.push(actor);
        id
    }

    fn take_id(&mut self, kind: &'static str, own: &str, line: Option<u64>, record: &str) -> Uuid {
        let uuid = uuid_of(kind, &self.id.to_string(), own).0;
        let taken = self.settler.used.take(kind, uuid);
        if taken != uuid {
            self.say(line, record.to_owned(), Problem::DuplicateId);
        }
        taken
    }

    fn say(&mut self, line: Option<u64>, record: String, problem: Problem) {
        let line = line.or(self.foreign.line);
        self.issues.push(Issue::new(&self.foreign.path, line, Some(record), problem));
    }
}

fn mapped(mapping: &BTreeMap<String, Option<Key>>, name: &str) -> Option<Key> {
    mapping.get(name).cloned().unwrap_or_else(|| Some(Key::from(name)))
}

/// Attributes by name; what is said several times under one name becomes several values.
fn attributes(stated: &[(String, Value)]) -> Attributes {
    let mut attributes = Attributes::new();
    for (name, value) in stated {
        let key = Key::from(name.as_str());
        let value = match attributes.remove(&key) {
            Some(first) if first != *value => Value::Several([words(first), words(value.clone())].concat()),
            _ => value.clone(),
        };
        attributes.insert(key, value);
    }
    attributes
}

/// A value as the names of choices.
fn words(value: Value) -> Vec<String> {
    match value {
        Value::Text(text) => vec![text],
        Value::Several(all) => all,
        Value::Flag(flag) => vec![flag.to_string()],
        Value::Number(number) => vec![number.to_string()],
    }
}

/// How an issue names a record: by its id, or by its place in the list.
fn record(kind: &str, id: &str, number: usize) -> String {
    if id.is_empty() { format!("{kind} #{number}") } else { format!("{kind} {id}") }
}

#[expect(clippy::cast_precision_loss, reason = "no import has 2^53 documents")]
fn as_position(number: usize) -> f64 {
    number as f64
}
