//! What the reading surface is told to draw, on marked texts and on random ones.
//! The marked texts' notation serves the tests of suggestions too.

#![allow(clippy::unwrap_used, reason = "helpers of tests, which fail by panicking")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use rubricator::model::{
    Actor, ActorId, ActorKind, Annotation, AnnotationId, Attributes, Body, Codebook, DocumentId, Extra,
    Fragments, Key, Origin, ProjectId, Relation, RelationId, Target, Timestamp,
};
use rubricator::scene::{LANES, Piece, blocks_of, describe, pieces};
use rubricator::text::{Offset, Span, Text, blocks};
use uuid::Uuid;

/// A text with annotations. `<c1>…</c1>` is the claim number 1; `a` stands for actor, `x` for criticism. The same tag
/// again is a further fragment, tags may cross, and `<a1=2>` is a mention of the registry's second entry.
pub struct Marked {
    pub text: Text,
    pub body: Body,
}

/// Reads a marked text; links are written `c1 made_by a1`, or `c1 made_by 2` for the registry's second entry.
pub fn marked(source: &str, links: &[&str]) -> Marked {
    let mut text = String::new();
    let mut open: BTreeMap<&str, usize> = BTreeMap::new();
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut entries: BTreeMap<&str, ActorId> = BTreeMap::new();
    for part in source.split_inclusive(['<', '>']) {
        let Some(tag) = part.strip_suffix('>') else {
            text.push_str(part.strip_suffix('<').unwrap_or(part));
            continue;
        };
        if let Some(name) = tag.strip_prefix('/') {
            let start = open.remove(name).unwrap();
            spans.entry(name).or_default().push(Span::from_range(start..text.len()).unwrap());
        } else {
            let (name, entry) = tag.split_once('=').unwrap_or((tag, ""));
            open.insert(name, text.len());
            if !entry.is_empty() {
                entries.insert(name, entry_id(entry));
            }
        }
    }
    let annotations = spans.into_iter().map(|(name, spans)| {
        let actor = entries.get(name).copied();
        Annotation { actor, ..annotation(name, Fragments::new(spans).unwrap()) }
    });
    let links = links.iter().enumerate().map(|(number, link)| {
        let [from, kind, to] = link.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let to = if to.starts_with(char::is_numeric) {
            Target::Actor(entry_id(to))
        } else {
            Target::Annotation(annotation_id(to))
        };
        relation(number, annotation_id(from), kind, to)
    });
    Marked { body: Body::new(annotations, links), text: Text::new(text) }
}

/// A registry of persons from lines such as `Maren Holt; Holt`; `organization: ` before the name sets another kind.
pub fn registry(lines: &[&str]) -> BTreeMap<ActorId, Actor> {
    let entries = (1..).zip(lines).map(|(number, line)| {
        let (kind, names) = line.split_once(": ").unwrap_or(("person", line));
        let mut names = names.split("; ").map(str::to_owned);
        let actor = Actor {
            id: ActorId::new(Uuid::from_u128(number)),
            project: ProjectId::new(Uuid::nil()),
            name: names.next().unwrap(),
            kind: ActorKind::from_name(kind).unwrap(),
            aliases: names.collect(),
            wikidata: String::new(),
            note: String::new(),
        };
        (actor.id, actor)
    });
    entries.collect()
}

/// The id of the annotation that a marked text calls by this name.
pub fn annotation_id(name: &str) -> AnnotationId {
    let number: u128 = name[1..].parse().unwrap();
    AnnotationId::new(Uuid::from_u128((number << 8) | u128::from(name.as_bytes()[0])))
}

/// What a marked text calls the annotation of this id.
pub fn annotation_name(id: AnnotationId) -> String {
    let bits = id.uuid().as_u128();
    format!("{}{}", char::from(u8::try_from(bits & 0xff).unwrap()), bits >> 8)
}

/// An annotation whose label its name's letter says.
pub fn annotation(name: &str, fragments: Fragments) -> Annotation {
    let label = match name.as_bytes()[0] {
        b'a' => "actor",
        b'c' => "claim",
        _ => "criticism",
    };
    Annotation {
        id: annotation_id(name),
        document: DocumentId::new(Uuid::nil()),
        label: Key::from(label),
        fragments,
        actor: None,
        attributes: Attributes::new(),
        note: String::new(),
        origin: Origin::Manual,
        annotator: String::new(),
        modified: Timestamp::default(),
        codebook_version: 1,
        extra: Extra::default(),
    }
}

fn relation(number: usize, from: AnnotationId, kind: &str, to: Target) -> Relation {
    Relation {
        id: RelationId::new(Uuid::from_u128(number as u128)),
        document: DocumentId::new(Uuid::nil()),
        kind: Key::from(kind),
        from,
        to,
        attributes: Attributes::new(),
        note: String::new(),
        annotator: String::new(),
        modified: Timestamp::default(),
        codebook_version: 1,
        extra: Extra::default(),
    }
}

fn entry_id(number: &str) -> ActorId {
    ActorId::new(Uuid::from_u128(number.parse().unwrap()))
}

/// Pieces as `text{marks}`, joined by `|`; a mark is its name and lane, in `<>` where the annotation starts and ends
/// and in `()` where only one of its fragments does.
fn print(text: &Text, pieces: &[Piece]) -> String {
    let print_piece = |piece: &Piece| {
        let marks: Vec<String> = piece
            .marks
            .iter()
            .map(|mark| {
                let start = if mark.first {
                    "<"
                } else if mark.starts {
                    "("
                } else {
                    ""
                };
                let end = if mark.last {
                    ">"
                } else if mark.ends {
                    ")"
                } else {
                    ""
                };
                format!("{start}{}.{}{end}", annotation_name(mark.annotation), mark.lane)
            })
            .collect();
        let marks = if marks.is_empty() { String::new() } else { format!("{{{}}}", marks.join(" ")) };
        format!("{}{marks}", text.slice(piece.span).unwrap())
    };
    pieces.iter().map(print_piece).collect::<Vec<_>>().join("|")
}

fn check(source: &str, expected: &[&str]) {
    let Marked { text, body } = marked(source, &[]);
    let drawn: Vec<String> =
        blocks(&text).iter().map(|block| print(&text, &pieces(block.span, &body))).collect();
    assert_eq!(drawn, expected, "{source}");
}

#[test]
fn a_bare_block_is_one_piece() {
    check("Ada met Bo.", &["Ada met Bo."]);
}

#[test]
fn nested_annotations_lie_nearer_to_the_text() {
    check("<c1>Ships, said <a1>Ada</a1></c1>.", &["Ships, said {<c1.1}|Ada{c1.1> <a1.0>}|."]);
}

#[test]
fn crossing_annotations_keep_their_own_lanes() {
    check("<c1>one <c2>two</c1> three</c2>", &["one {<c1.0}|two{<c2.1 c1.0>}| three{c2.1>}"]);
}

#[test]
fn an_interrupted_quotation_starts_and_ends_once() {
    check(
        "“<c1>Ships</c1>”, <a1>he</a1> said, “<c1>sink</c1>”",
        &["“|Ships{<c1.0)}|”, |he{<a1.0>}| said, “|sink{(c1.0>}|”"],
    );
}

#[test]
fn of_annotations_on_the_same_words_the_older_lies_nearer() {
    check("<c2><c1>Ada</c1></c2>", &["Ada{<c2.1> <c1.0>}"]);
}

#[test]
fn an_annotation_runs_on_in_the_next_block() {
    check(
        "Title\n<c1>One <a1>Ada\nBo</a1> two</c1>.",
        &["Title", "One {<c1.1}|Ada{c1.1 <a1.0}", "Bo{c1.1 a1.0>}| two{c1.1>}|."],
    );
}

#[test]
fn emoji_and_other_scripts_are_cut_whole() {
    check("<c1>👩‍🚒 <a1>שלום</a1></c1> é", &["👩‍🚒 {<c1.1}|שלום{c1.1> <a1.0>}| é"]);
}

#[test]
fn a_span_finds_its_blocks() {
    let text = Text::new("Title\n\nOne.\nTwo.\n");
    let blocks = blocks(&text);
    let found = |start: usize, end: usize| {
        let range = blocks_of(&blocks, Span::from_range(start..end).unwrap());
        range.map(|at| text.slice(blocks[at].span).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(found(0, 5), ["Title"]);
    assert_eq!(found(4, 8), ["Title", "One."]);
    assert_eq!(found(8, 9), ["One."]);
    assert_eq!(found(0, 17), ["Title", "One.", "Two."]);
    assert_eq!(found(5, 7), [""; 0]);
}

fn check_description(source: &str, links: &[&str], name: &str, expected: &str) {
    let actors = registry(&["Maren Holt; Holt"]);
    let Marked { text, body } = marked(source, links);
    let annotation = body.annotation(annotation_id(name)).unwrap();
    assert_eq!(describe(annotation, &body, &text, &actors, &Codebook::standard()), expected);
}

#[test]
fn annotations_are_described_in_words() {
    let source = "<a1=1>Holt</a1> said <c1>it floats</c1>, <a2>they</a2> called this <x1>absurd</x1>.";
    check_description(source, &[], "a1", "Actor, Maren Holt");
    check_description(source, &[], "a2", "Actor");
    check_description(source, &["c1 made_by a1"], "c1", "Claim, made by Maren Holt");
    check_description(source, &["c1 made_by a1", "c1 made_by a2"], "c1", "Claim, made by Maren Holt, “they”");
    check_description(
        source,
        &["x1 targets c1", "x1 targets 1", "x1 made_by a2"],
        "x1",
        "Criticism, made by “they”, targets “it floats”, Maren Holt",
    );
}

#[test]
fn long_quotations_are_cut_between_words() {
    let source = "<c1>The tram will ruin the quay, the market and the old crane</c1> <x1>no</x1>";
    let expected = "Criticism, targets “The tram will ruin the quay, the market …”";
    check_description(source, &["x1 targets c1"], "x1", expected);
}

/// The spans of an annotation in a text of 60 bytes.
fn some_fragments() -> impl Strategy<Value = Fragments> {
    prop::collection::vec((0_usize..59, 1_usize..20), 1..4).prop_map(|spans| {
        let spans = spans.into_iter().filter_map(|(start, len)| Span::from_range(start..60.min(start + len)));
        Fragments::new(spans).unwrap()
    })
}

fn some_body() -> impl Strategy<Value = Body> {
    prop::collection::vec((some_fragments(), prop::sample::select(vec!["a", "c", "x"])), 0..20).prop_map(
        |all| {
            let annotations = all.into_iter().enumerate();
            Body::new(
                annotations
                    .map(|(number, (fragments, letter))| annotation(&format!("{letter}{number}"), fragments)),
                [],
            )
        },
    )
}

fn some_block() -> impl Strategy<Value = Span> {
    (0_usize..59, 1_usize..60).prop_map(|(start, len)| Span::from_range(start..60.min(start + len)).unwrap())
}

proptest! {
    #[test]
    fn pieces_tile_their_block_and_are_as_long_as_can_be(body in some_body(), block in some_block()) {
        let pieces = pieces(block, &body);
        prop_assert_eq!(pieces.first().map(|piece| piece.span.start()), Some(block.start()));
        prop_assert_eq!(pieces.last().map(|piece| piece.span.end()), Some(block.end()));
        for pair in pieces.windows(2) {
            prop_assert_eq!(pair[0].span.end(), pair[1].span.start());
            let ids = |piece: &Piece| piece.marks.iter().map(|mark| mark.annotation).collect::<Vec<_>>();
            prop_assert_ne!(ids(&pair[0]), ids(&pair[1]));
        }
    }

    #[test]
    fn each_piece_shows_what_covers_each_of_its_bytes(body in some_body(), block in some_block()) {
        for piece in pieces(block, &body) {
            let mut shown: Vec<_> = piece.marks.iter().map(|mark| mark.annotation).collect();
            shown.sort_unstable();
            for byte in piece.span.range() {
                let mut covering: Vec<_> = body
                    .annotations()
                    .filter(|annotation| annotation.fragments.contains(Offset::from_usize(byte)))
                    .map(|annotation| annotation.id)
                    .collect();
                covering.sort_unstable();
                prop_assert_eq!(&shown, &covering);
            }
        }
    }

    #[test]
    fn marks_say_where_fragments_and_annotations_start_and_end(body in some_body(), block in some_block()) {
        for piece in pieces(block, &body) {
            for mark in &piece.marks {
                let fragments = &body.annotation(mark.annotation).unwrap().fragments;
                prop_assert_eq!(mark.starts, fragments.iter().any(|span| span.start() == piece.span.start()));
                prop_assert_eq!(mark.ends, fragments.iter().any(|span| span.end() == piece.span.end()));
                prop_assert_eq!(mark.first, fragments.start() == piece.span.start());
                prop_assert_eq!(mark.last, fragments.end() == piece.span.end());
            }
        }
    }

    #[test]
    fn overlaps_never_share_a_lane_but_the_last(body in some_body(), block in some_block()) {
        for piece in pieces(block, &body) {
            let mut lanes: Vec<u8> = piece.marks.iter().map(|mark| mark.lane).collect();
            prop_assert!(lanes.iter().all(|lane| *lane < LANES));
            lanes.retain(|lane| lane + 1 < LANES);
            let shown = lanes.len();
            lanes.sort_unstable();
            lanes.dedup();
            prop_assert_eq!(lanes.len(), shown);
        }
    }

    #[test]
    fn a_fragment_keeps_its_lane_and_an_outer_one_lies_farther_out(body in some_body(), block in some_block()) {
        let pieces = pieces(block, &body);
        let mut lanes: BTreeMap<(Span, AnnotationId), u8> = BTreeMap::new();
        for piece in &pieces {
            for mark in &piece.marks {
                let fragments = &body.annotation(mark.annotation).unwrap().fragments;
                let fragment = fragments.iter().find(|span| span.overlaps(piece.span)).unwrap();
                let lane = *lanes.entry((fragment, mark.annotation)).or_insert(mark.lane);
                prop_assert_eq!(lane, mark.lane);
            }
        }
        for ((outer, _), far) in &lanes {
            for ((inner, _), near) in &lanes {
                if outer.contains_span(*inner) && outer != inner {
                    prop_assert!(near < far || far + 1 == LANES);
                }
            }
        }
    }

    #[test]
    fn what_lies_outside_changes_nothing(body in some_body(), block in some_block(), more in some_fragments()) {
        let mut annotations: Vec<Annotation> = body.annotations().cloned().collect();
        annotations.extend(more.without(block).map(|outside| annotation("c99", outside)));
        prop_assert_eq!(pieces(block, &Body::new(annotations, [])), pieces(block, &body));
    }
}
