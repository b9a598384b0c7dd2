//! Arbitrary projects for property tests: hard Unicode, nested and crossing annotations of several fragments,
//! relations to spans and to actors. Everything made is sound: ids are unique and what is referred to is there.

#![allow(clippy::unwrap_used, reason = "helpers of tests, which fail by panicking")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use rubricator::format::text_sha256;
use rubricator::model::{
    Actor, ActorId, ActorKind, Annotation, AnnotationId, Attributes, Body, Change, Codebook, Document,
    DocumentId, Edit, Extra, Fragments, Key, Meta, Origin, Project, ProjectId, Record, Relation, RelationId,
    State, Status, Tally, Target, Timestamp, Value, What,
};
use rubricator::text::{Offset, Span, Text};
use uuid::Uuid;

/// A project with all that it holds.
#[derive(Clone, Debug)]
pub struct World {
    /// The project.
    pub project: Project,
    /// Its registry.
    pub actors: BTreeMap<ActorId, Actor>,
    /// Its documents.
    pub documents: Vec<Page>,
}

/// A document with all that lies on it.
#[derive(Clone, Debug)]
pub struct Page {
    /// The document.
    pub document: Document,
    /// Its text.
    pub text: Text,
    /// Its annotations and relations.
    pub body: Body,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// Who changed it last.
    pub annotator: String,
}

impl World {
    /// The project in memory, with all bodies loaded.
    pub fn state(&self) -> State {
        let documents = self.documents.iter().map(|page| {
            let annotations = u32::try_from(page.body.annotation_count()).unwrap();
            let relations = u32::try_from(page.body.relation_count()).unwrap();
            (page.document.clone(), Tally { annotations, relations })
        });
        let mut state = State::stored(self.project.clone(), self.actors.values().cloned(), documents);
        for page in &self.documents {
            state.load_body(page.document.id, page.body.clone());
        }
        state
    }
}

/// Ids that are unique and lie in no particular order.
#[derive(Clone, Debug)]
pub struct Ids(u128);

impl Ids {
    /// Ids apart from those of any other start.
    pub const fn new(start: u64) -> Self {
        Self((start as u128) << 64)
    }

    /// The next one.
    pub const fn next(&mut self) -> Uuid {
        self.0 += 1;
        // An odd factor keeps numbers apart and scatters them.
        Uuid::from_u128(self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835))
    }
}

/// Text as import leaves it: no CR, no leading byte order mark, not only white space.
pub fn text() -> impl Strategy<Value = String> {
    let hard = select(vec![
        "Ada Lovelace",
        " ",
        "\n",
        "\n\n",
        "“I object”, he said, “strongly.”",
        "👩\u{200D}👩\u{200D}👧\u{200D}👦",
        "🏳️\u{200D}🌈",
        "👍🏽",
        "e\u{301}",
        "Z\u{351}\u{36B}\u{343}",
        "שלום עולם",
        "مرحبا بالعالم",
        "\u{200F}",
        "\u{202E}",
        "漢字かな交じり文。",
        "한국어",
        "हिन्दी",
        "𝒳𝓎",
        "\t",
        "\"\\/",
        "\u{2028}",
        "\u{FEFF}",
        "\u{85}",
        "\0",
        "\u{7F}",
        "🇩🇪🇫🇷",
    ]);
    let letter = any::<char>().prop_map(|letter| if letter == '\r' { 'r' } else { letter });
    let piece = prop_oneof![4 => hard.prop_map(str::to_owned), 1 => letter.prop_map(String::from)];
    prop::collection::vec(piece, 1..30).prop_map(|pieces| {
        let text = pieces.concat();
        let blank = text.chars().all(|letter| letter.is_whitespace() || letter == '\u{FEFF}');
        if blank || text.starts_with('\u{FEFF}') { format!("Bo{text}") } else { text }
    })
}

/// A short string of any kind, often empty.
pub fn remark() -> impl Strategy<Value = String> {
    prop_oneof![2 => Just(String::new()), 1 => text(), 1 => "[ -~]{0,20}"]
}

/// A moment that files can say.
pub fn moment() -> impl Strategy<Value = Timestamp> {
    (0..4_102_444_800_000_i64).prop_map(Timestamp::from_unix_millis)
}

/// Spans on the borders of characters; at least one.
pub fn fragments(text: &str, places: &[(Index, Index)]) -> Fragments {
    let borders: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
    let spans = places.iter().filter_map(|(one, other)| {
        let (one, other) = (borders[one.index(borders.len())], borders[other.index(borders.len())]);
        Span::from_range(one.min(other)..one.max(other))
    });
    let whole = Span::new(Offset::ZERO, Offset::from_usize(text.len())).unwrap();
    Fragments::new(spans).unwrap_or_else(|| Fragments::one(whole))
}

fn attributes() -> impl Strategy<Value = Attributes> {
    let number = prop_oneof![any::<f64>().prop_filter("finite", |number| number.is_finite()), Just(3.0)];
    let value = prop_oneof![
        3 => select(vec!["support", "oppose", "neutral"]).prop_map(|key| Value::Text(key.to_owned())),
        1 => remark().prop_map(Value::Text),
        1 => prop::collection::vec(remark(), 0..3).prop_map(Value::Several),
        1 => any::<bool>().prop_map(Value::Flag),
        1 => number.prop_map(Value::Number),
    ];
    let key = select(vec!["stance", "attribution", "kind", "certain", "weight", "Größe \"x\""]);
    prop::collection::btree_map(key.prop_map(Key::from), value, 0..4)
}

#[derive(Clone, Debug)]
struct RawAnnotation {
    label: &'static str,
    places: Vec<(Index, Index)>,
    actor: Option<Index>,
    attributes: Attributes,
    note: String,
    origin: Origin,
    annotator: String,
    modified: Timestamp,
    codebook_version: u32,
}

#[derive(Clone, Debug)]
struct RawRelation {
    kind: &'static str,
    from: Index,
    to: Index,
    to_actor: bool,
    attributes: Attributes,
    note: String,
    annotator: String,
    modified: Timestamp,
}

#[derive(Clone, Debug)]
struct RawPage {
    text: String,
    title: String,
    meta: Meta,
    status: Status,
    position: f64,
    annotations: Vec<RawAnnotation>,
    relations: Vec<RawRelation>,
    modified: Option<Timestamp>,
    annotator: String,
}

fn raw_annotation() -> impl Strategy<Value = RawAnnotation> {
    (
        select(vec!["actor", "claim", "criticism", "own label"]),
        prop::collection::vec(any::<(Index, Index)>(), 1..4),
        prop::option::of(any::<Index>()),
        attributes(),
        remark(),
        select(Origin::ALL.to_vec()),
        remark(),
        moment(),
        any::<u32>(),
    )
        .prop_map(
            |(label, places, actor, attributes, note, origin, annotator, modified, codebook_version)| {
                RawAnnotation {
                    label,
                    places,
                    actor,
                    attributes,
                    note,
                    origin,
                    annotator,
                    modified,
                    codebook_version,
                }
            },
        )
}

fn raw_relation() -> impl Strategy<Value = RawRelation> {
    (
        select(vec!["made_by", "targets", "own type"]),
        any::<Index>(),
        any::<Index>(),
        any::<bool>(),
        attributes(),
        remark(),
        remark(),
        moment(),
    )
        .prop_map(|(kind, from, to, to_actor, attributes, note, annotator, modified)| RawRelation {
            kind,
            from,
            to,
            to_actor,
            attributes,
            note,
            annotator,
            modified,
        })
}

fn meta() -> impl Strategy<Value = Meta> {
    (remark(), remark(), remark(), remark(), select(vec!["", "en", "de", "ar", "ja"])).prop_map(
        |(source, author, published, url, language)| Meta {
            source,
            author,
            published,
            url,
            language: language.to_owned(),
        },
    )
}

fn raw_page() -> impl Strategy<Value = RawPage> {
    (
        text(),
        remark(),
        meta(),
        select(Status::ALL.to_vec()),
        (0..1_000_000_u32).prop_map(|eighths| f64::from(eighths) / 8.0),
        prop::collection::vec(raw_annotation(), 0..8),
        prop::collection::vec(raw_relation(), 0..6),
        prop::option::of(moment()),
        remark(),
    )
        .prop_map(
            |(text, title, meta, status, position, annotations, relations, modified, annotator)| RawPage {
                text,
                title,
                meta,
                status,
                position,
                annotations,
                relations,
                modified,
                annotator,
            },
        )
}

fn raw_actor() -> impl Strategy<Value = (String, ActorKind, Vec<String>, String)> {
    (remark(), select(ActorKind::ALL.to_vec()), prop::collection::vec(remark(), 0..3), remark())
}

/// A project of a few documents.
pub fn world() -> impl Strategy<Value = World> {
    (
        remark(),
        remark(),
        moment(),
        prop::collection::vec(raw_actor(), 0..5),
        prop::collection::vec(raw_page(), 0..4),
    )
        .prop_map(|(name, guidelines, created, actors, pages)| {
            let mut ids = Ids::new(1);
            let project = Project {
                id: ProjectId::new(ids.next()),
                name,
                codebook: Codebook::standard(),
                guidelines,
                created,
                discarded: false,
            };
            let actors: BTreeMap<_, _> = actors
                .into_iter()
                .map(|(name, kind, aliases, note)| {
                    let id = ActorId::new(ids.next());
                    let wikidata = String::new();
                    (id, Actor { id, project: project.id, name, kind, aliases, wikidata, note })
                })
                .collect();
            let known: Vec<ActorId> = actors.keys().copied().collect();
            let documents = pages.into_iter().map(|page| page.build(project.id, &known, &mut ids)).collect();
            World { project, actors, documents }
        })
}

impl RawPage {
    fn build(self, project: ProjectId, actors: &[ActorId], ids: &mut Ids) -> Page {
        let id = DocumentId::new(ids.next());
        let annotations: Vec<Annotation> =
            self.annotations.into_iter().map(|raw| raw.build(id, &self.text, actors, ids)).collect();
        let spans: Vec<AnnotationId> = annotations.iter().map(|annotation| annotation.id).collect();
        let relations: Vec<Relation> =
            self.relations.into_iter().filter_map(|raw| raw.build(id, &spans, actors, ids)).collect();
        let document = Document {
            id,
            project,
            extra: Extra::new(&self.title),
            title: self.title,
            meta: self.meta,
            status: self.status,
            position: self.position,
            text_sha256: text_sha256(&self.text),
        };
        Page {
            document,
            text: Text::new(self.text),
            body: Body::new(annotations, relations),
            modified: self.modified,
            annotator: self.annotator,
        }
    }
}

impl RawAnnotation {
    fn build(self, document: DocumentId, text: &str, actors: &[ActorId], ids: &mut Ids) -> Annotation {
        Annotation {
            id: AnnotationId::new(ids.next()),
            document,
            label: Key::from(self.label),
            fragments: fragments(text, &self.places),
            actor: self.actor.filter(|_| !actors.is_empty()).map(|index| *index.get(actors)),
            attributes: self.attributes,
            extra: Extra::new(&self.note),
            note: self.note,
            origin: self.origin,
            annotator: self.annotator,
            modified: self.modified,
            codebook_version: self.codebook_version,
        }
    }
}

impl RawRelation {
    /// `None` where there is nothing to join.
    fn build(
        self,
        document: DocumentId,
        spans: &[AnnotationId],
        actors: &[ActorId],
        ids: &mut Ids,
    ) -> Option<Relation> {
        if spans.is_empty() || (self.to_actor && actors.is_empty()) {
            return None;
        }
        let to = if self.to_actor {
            Target::Actor(*self.to.get(actors))
        } else {
            Target::Annotation(*self.to.get(spans))
        };
        Some(Relation {
            id: RelationId::new(ids.next()),
            document,
            kind: Key::from(self.kind),
            from: *self.from.get(spans),
            to,
            attributes: self.attributes,
            extra: Extra::new(&self.note),
            note: self.note,
            annotator: self.annotator,
            modified: self.modified,
            codebook_version: 1,
        })
    }
}

/// A step of an edit, to be made of a state with [`edit`].
#[derive(Clone, Debug)]
pub struct Step {
    deed: u8,
    which: Index,
    other: Index,
    places: Vec<(Index, Index)>,
    note: String,
}

/// Steps of one edit.
pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (
        0..12_u8,
        any::<Index>(),
        any::<Index>(),
        prop::collection::vec(any::<(Index, Index)>(), 1..3),
        remark(),
    )
        .prop_map(|(deed, which, other, places, note)| Step { deed, which, other, places, note });
    prop::collection::vec(step, 1..6)
}

/// The edit that these steps make of a state: adds, changes and removes records of every kind, in an order in which
/// they can be applied. Texts are taken from the world; a document made here has none and gets no annotations.
pub fn edit(world: &World, state: &State, steps: &[Step], ids: &mut Ids) -> Edit {
    let mut after = state.clone();
    let mut changes = Vec::new();
    for step in steps {
        let made = step.changes(world, &after, ids);
        let part = edit_of(made.clone());
        after.apply(&part);
        changes.extend(made);
    }
    edit_of(changes)
}

fn edit_of(changes: Vec<Change>) -> Edit {
    Edit { what: What::Annotate, at: Timestamp::from_unix_millis(1), annotator: "Bo".to_owned(), changes }
}

impl Step {
    fn changes(&self, world: &World, state: &State, ids: &mut Ids) -> Vec<Change> {
        let pages: Vec<&Page> =
            world.documents.iter().filter(|page| state.documents().contains_key(&page.document.id)).collect();
        let actors: Vec<&Actor> = state.actors().values().collect();
        let replaced = |before: Record, after: Record| Change::replace(before, after).into_iter().collect();
        match self.deed {
            0 => {
                let before = state.project().clone();
                let after = Project { name: self.note.clone(), ..before.clone() };
                replaced(before.into(), after.into())
            }
            1 => {
                let actor = Actor {
                    id: ActorId::new(ids.next()),
                    project: state.project().id,
                    name: self.note.clone(),
                    kind: ActorKind::Group,
                    aliases: Vec::new(),
                    wikidata: String::new(),
                    note: String::new(),
                };
                vec![Change::add(actor.into())]
            }
            2 if !actors.is_empty() => {
                let before = (*self.which.get(&actors)).clone();
                let after = Actor { name: self.note.clone(), ..before.clone() };
                replaced(before.into(), after.into())
            }
            3 if !actors.is_empty() => vec![Change::remove((*self.which.get(&actors)).clone().into())],
            4 => {
                let document = Document {
                    id: DocumentId::new(ids.next()),
                    project: state.project().id,
                    title: self.note.clone(),
                    meta: Meta::default(),
                    status: Status::Todo,
                    position: 1.0,
                    text_sha256: text_sha256(""),
                    extra: Extra::default(),
                };
                vec![Change::add(document.into())]
            }
            _ if pages.is_empty() => Vec::new(),
            _ => self.changes_of_page(pages[self.which.index(pages.len())], state, ids),
        }
    }

    fn changes_of_page(&self, page: &Page, state: &State, ids: &mut Ids) -> Vec<Change> {
        let id = page.document.id;
        let document = &state.documents()[&id];
        let body = state.body(id).unwrap();
        let annotations: Vec<&Annotation> = body.annotations().collect();
        let relations: Vec<&Relation> = body.relations().collect();
        let replaced = |before: Record, after: Record| Change::replace(before, after).into_iter().collect();
        match self.deed {
            5 => {
                let after = Document { title: self.note.clone(), status: Status::Done, ..document.clone() };
                replaced(document.clone().into(), after.into())
            }
            6 => {
                let relations = relations.iter().map(|relation| Change::remove((*relation).clone().into()));
                let annotations =
                    annotations.iter().map(|annotation| Change::remove((*annotation).clone().into()));
                let document = Change::remove(document.clone().into());
                relations.chain(annotations).chain([document]).collect()
            }
            7 if !annotations.is_empty() => {
                let before = (*self.other.get(&annotations)).clone();
                let fragments = fragments(&page.text, &self.places);
                let after = Annotation { fragments, note: self.note.clone(), ..before.clone() };
                replaced(before.into(), after.into())
            }
            8 if !annotations.is_empty() => {
                let annotation = *self.other.get(&annotations);
                let touching = |relation: &&&Relation| {
                    relation.from == annotation.id || relation.to == Target::Annotation(annotation.id)
                };
                let links = relations.iter().filter(touching);
                let links = links.map(|relation| Change::remove((*relation).clone().into()));
                links.chain([Change::remove(annotation.clone().into())]).collect()
            }
            9 if !annotations.is_empty() => {
                let relation = Relation {
                    id: RelationId::new(ids.next()),
                    document: id,
                    kind: Key::from("targets"),
                    from: self.which.get(&annotations).id,
                    to: Target::Annotation(self.other.get(&annotations).id),
                    attributes: Attributes::new(),
                    note: self.note.clone(),
                    annotator: String::new(),
                    modified: Timestamp::default(),
                    codebook_version: 1,
                    extra: Extra::default(),
                };
                vec![Change::add(relation.into())]
            }
            10 if !relations.is_empty() && !annotations.is_empty() => {
                let before = (*self.other.get(&relations)).clone();
                let after = Relation { from: self.which.get(&annotations).id, ..before.clone() };
                replaced(before.into(), after.into())
            }
            11 if !relations.is_empty() => vec![Change::remove((*self.other.get(&relations)).clone().into())],
            _ => {
                let annotation = Annotation {
                    id: AnnotationId::new(ids.next()),
                    document: id,
                    label: Key::from("claim"),
                    fragments: fragments(&page.text, &self.places),
                    actor: None,
                    attributes: Attributes::new(),
                    note: self.note.clone(),
                    origin: Origin::Manual,
                    annotator: String::new(),
                    modified: Timestamp::default(),
                    codebook_version: 1,
                    extra: Extra::default(),
                };
                vec![Change::add(annotation.into())]
            }
        }
    }
}
