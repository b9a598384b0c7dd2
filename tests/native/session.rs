//! What a person does and what becomes of it, as marked-up text.
//!
//! `<claim>it rains</claim>` is an annotation, `<claim*>` the chosen one, and tags that bear the same number are parts
//! of one. `[it]` is the selection, `|` the cursor. Links are written `claim made_by Ada`: the label, the relation
//! type, and the words of the span or, after `@`, the name of the registry entry.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which fail by panicking")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use rubricator::app::{
    Command, Direction, DocumentDeed, Edge, MarkDeed, Motion, Outcome, Particulars, Refusal, Registering,
    Replacement, Together, Unit, Whom,
};
use rubricator::format::{ImportedDocument, text_sha256};
use rubricator::model::{
    Actor, ActorId, ActorKind, Annotation, AnnotationId, Attributes, Codebook, Document, DocumentId, Extra,
    Fragments, Key, Meta, Origin, Project, ProjectId, Record, Status, Target, Timestamp, Value,
};
use rubricator::suggest::{Dictionary, Proposal};
use rubricator::text::{Form, Offset, Span, Text};
use uuid::Uuid;

use super::arbitrary::{World, world};
use super::revising::{RawRevision, revise, revision};
use super::rows::Desk;

/// A desk with one document.
pub fn desk(source: &str) -> Desk {
    desk_with(source, &[])
}

/// A desk with one document and a registry of persons, written `Steve Witkoff; Witkoff`.
pub fn desk_with(source: &str, actors: &[&str]) -> Desk {
    let mut desk = Desk::new(Project {
        id: ProjectId::new(Uuid::from_u128(1)),
        name: "Trial".to_owned(),
        codebook: Codebook::standard(),
        guidelines: String::new(),
        created: Timestamp::from_unix_millis(1),
        discarded: false,
    });
    let marked = Marked::parse(source);
    let mut document = marked.document(1);
    document.actors = (1..).zip(actors).map(|(number, names)| actor(number, names)).collect();
    desk.perform(Command::Import { documents: vec![document], group: None }).unwrap();
    desk.open(document_id(1));
    if let Some(chosen) = marked.chosen {
        desk.perform(Command::Choose(Some(annotation_id(1, chosen)))).unwrap();
    }
    desk.perform(Command::Move { motion: Motion::To(marked.anchor), extend: false }).unwrap();
    desk.perform(Command::Move { motion: Motion::To(marked.head), extend: true }).unwrap();
    desk
}

/// Further documents, in the same notation.
pub fn documents_of(sources: &[&str]) -> Vec<ImportedDocument> {
    (2..).zip(sources).map(|(number, source)| Marked::parse(source).document(number)).collect()
}

fn document_id(number: u128) -> DocumentId {
    DocumentId::new(Uuid::from_u128(number << 32))
}

fn annotation_id(document: u128, number: usize) -> AnnotationId {
    AnnotationId::new(Uuid::from_u128((document << 32) + number as u128 + 1))
}

fn actor(number: u128, names: &str) -> Actor {
    let mut names = names.split("; ").map(str::to_owned);
    Actor {
        id: ActorId::new(Uuid::from_u128(number)),
        project: ProjectId::new(Uuid::from_u128(1)),
        name: names.next().unwrap(),
        kind: ActorKind::Person,
        aliases: names.collect(),
        wikidata: String::new(),
        note: String::new(),
    }
}

/// A text that was read from the notation.
struct Marked {
    text: Text,
    annotations: Vec<(Key, Fragments)>,
    chosen: Option<usize>,
    anchor: Offset,
    head: Offset,
}

impl Marked {
    fn parse(source: &str) -> Self {
        let mut text = String::new();
        let (mut open, mut chosen): (Vec<(String, usize)>, Option<String>) = (Vec::new(), None);
        let mut spans: Vec<(String, Vec<Span>)> = Vec::new();
        let (mut anchor, mut head) = (None, None);
        let mut rest = source;
        while let Some(next) = rest.chars().next() {
            rest = &rest[next.len_utf8()..];
            let here = Offset::from_usize(text.len());
            match next {
                '[' => anchor = Some(here),
                ']' => head = Some(here),
                '|' => (anchor, head) = (Some(here), Some(here)),
                '<' => {
                    let (tag, after) = rest.split_once('>').unwrap();
                    rest = after;
                    if let Some(name) = tag.strip_prefix('/') {
                        let at = open.iter().rposition(|(one, _)| one == name).unwrap();
                        let (name, start) = open.remove(at);
                        let span = Span::from_range(start..text.len()).unwrap();
                        let numbered = name.ends_with(|last: char| last.is_ascii_digit());
                        match spans.iter_mut().find(|(one, _)| numbered && *one == name) {
                            Some((_, spans)) => spans.push(span),
                            None => spans.push((name, vec![span])),
                        }
                    } else {
                        let name = tag.trim_end_matches('*');
                        if name != tag {
                            chosen = Some(name.to_owned());
                        }
                        open.push((name.to_owned(), text.len()));
                    }
                }
                other => text.push(other),
            }
        }
        let chosen = chosen.map(|name| spans.iter().position(|(one, _)| *one == name).unwrap());
        let annotations = spans.into_iter().map(|(name, spans)| {
            let label = name.trim_end_matches(|last: char| last.is_ascii_digit());
            (Key::from(label), Fragments::new(spans).unwrap())
        });
        let annotations = annotations.collect();
        let (anchor, head) = (anchor.unwrap_or_default(), head.unwrap_or_default());
        Self { text: Text::new(text), annotations, chosen, anchor, head }
    }

    fn document(&self, number: u128) -> ImportedDocument {
        let id = document_id(number);
        let annotations = self.annotations.iter().enumerate().map(|(at, (label, fragments))| Annotation {
            id: annotation_id(number, at),
            document: id,
            label: label.clone(),
            fragments: fragments.clone(),
            actor: None,
            attributes: Attributes::new(),
            note: String::new(),
            origin: Origin::Imported,
            annotator: String::new(),
            modified: Timestamp::default(),
            codebook_version: 1,
            extra: Extra::default(),
        });
        ImportedDocument {
            document: Document {
                id,
                project: ProjectId::new(Uuid::from_u128(1)),
                title: format!("Article {number}"),
                meta: Meta::default(),
                status: Status::Todo,
                position: 0.0,
                text_sha256: text_sha256(&self.text),
                extra: Extra::default(),
            },
            text: self.text.clone(),
            annotations: annotations.collect(),
            relations: Vec::new(),
            actors: Vec::new(),
            looks: Vec::new(),
            modified: None,
            annotator: String::new(),
            issues: Vec::new(),
        }
    }
}

/// The open document in the notation. Numbers stand only on annotations of several parts.
pub fn printed(desk: &Desk) -> String {
    let (open, body) = (desk.session.open().unwrap(), desk.session.body().unwrap());
    // At one place: the selection's end, closing tags, the cursor, the selection's start, opening tags.
    let mut marks: Vec<((Offset, u8, i64), String)> = Vec::new();
    let mut several = 0;
    for annotation in body.annotations() {
        let number = if annotation.fragments.count() == 1 {
            String::new()
        } else {
            several += 1;
            several.to_string()
        };
        let star = if open.chosen == Some(annotation.id) { "*" } else { "" };
        for span in annotation.fragments.iter() {
            let (start, end) = (i64::from(span.start().byte()), i64::from(span.end().byte()));
            marks.push(((span.start(), 4, -end), format!("<{}{number}{star}>", annotation.label)));
            marks.push(((span.end(), 1, -start), format!("</{}{number}>", annotation.label)));
        }
    }
    match open.selection.span() {
        Some(span) => {
            marks.push(((span.start(), 3, 0), "[".to_owned()));
            marks.push(((span.end(), 0, 0), "]".to_owned()));
        }
        None => marks.push(((open.selection.head, 2, 0), "|".to_owned())),
    }
    marks.sort_by_key(|mark| mark.0);
    let mut printed = String::new();
    let mut from = 0;
    for ((place, _, _), mark) in marks {
        printed.push_str(&open.text[from..place.to_usize()]);
        printed.push_str(&mark);
        from = place.to_usize();
    }
    printed.push_str(&open.text[from..]);
    printed
}

/// The links of the open document, in the order of the text.
pub fn links(desk: &Desk) -> Vec<String> {
    let (open, body) = (desk.session.open().unwrap(), desk.session.body().unwrap());
    let words = |id| open.text.slice(body.annotation(id).unwrap().fragments.envelope()).unwrap();
    let links = body.annotations().flat_map(|from| body.from(from.id).map(move |link| (from, link)));
    let mut links: Vec<String> = links
        .map(|(from, link)| match link.to {
            Target::Annotation(to) => format!("{} {} {}", from.label, link.kind, words(to)),
            Target::Actor(to) => {
                format!("{} {} @{}", from.label, link.kind, desk.session.state().actors()[&to].name)
            }
        })
        .collect();
    links.sort();
    links
}

/// The actors that the open document's spans were joined to, in the order of the text; `-` where none is known.
fn named(desk: &Desk) -> Vec<String> {
    let body = desk.session.body().unwrap();
    let spans = body.annotations().filter(|one| &*one.label == "actor");
    spans
        .map(|one| one.actor.map_or("-".to_owned(), |id| desk.session.state().actors()[&id].name.clone()))
        .collect()
}

fn offered(desk: &Desk) -> Vec<String> {
    let offer = desk.session.open().unwrap().offer.as_ref();
    let candidates = offer.into_iter().flat_map(|offer| &offer.candidates);
    candidates.map(|one| format!("{}{}", one.name, if one.already { "*" } else { "" })).collect()
}

/// What a person does, in short: the label or relation type, a number to pick, or one of the words below.
pub fn command(desk: &Desk, deed: &str) -> Command {
    let text = desk.session.open().map(|open| open.text.clone());
    let place = |words: &str| {
        let text = text.as_ref().unwrap();
        let start = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
        (Offset::from_usize(start), Offset::from_usize(start + words.len()))
    };
    let by = |unit, direction, extend| Command::Move { motion: Motion::By(unit, direction), extend };
    let (back, forward) = (Direction::Back, Direction::Forward);
    if let Some((deed, words)) = deed.split_once(':') {
        let chosen = || desk.session.open().unwrap().chosen.unwrap();
        return match deed {
            "select" => Command::Select { anchor: place(words).0, head: place(words).1, words: false },
            "select back" => Command::Select { anchor: place(words).1, head: place(words).0, words: false },
            "select words" => Command::Select { anchor: place(words).0, head: place(words).1, words: true },
            "click" => Command::ClickAt(place(words).0),
            "go" => Command::Move { motion: Motion::To(place(words).0), extend: false },
            "arm" => Command::Arm(Some(Key::from(words))),
            "note" => Command::SetNote { annotation: chosen(), note: words.to_owned() },
            "start to" | "end to" => {
                let (edge, to) = if deed == "start to" {
                    (Edge::Start, place(words).0)
                } else {
                    (Edge::End, place(words).1)
                };
                Command::ResizeTo { annotation: chosen(), fragment: 0, edge, to }
            }
            "set" => {
                let (key, value) = words.split_once('=').unwrap();
                let value = (!value.is_empty()).then(|| Value::Text(value.to_owned()));
                Command::SetAttribute { annotation: chosen(), attribute: Key::from(key), value }
            }
            "is" => {
                let actor = desk.session.state().actors().values().find(|actor| actor.name == words);
                Command::Identify { annotation: chosen(), actor: actor.map(|actor| actor.id) }
            }
            "is new" => Command::IdentifyNew { annotation: chosen(), name: words.to_owned() },
            "made_by new" => {
                Command::LinkNew { from: chosen(), kind: Key::from("made_by"), name: words.to_owned() }
            }
            "rename" => Command::RenameProject(words.to_owned()),
            _ => panic!("{deed}: is no deed"),
        };
    }
    match deed {
        "made_by" | "targets" => Command::StartLink(Key::from(deed)),
        "." => Command::RepeatLabel,
        "=" => {
            let like = desk.session.open().unwrap().chosen.unwrap();
            let repeats = desk.session.repeats(like).unwrap();
            Command::Repeat {
                like,
                places: repeats.into_iter().map(|repeat| (document_id(1), repeat.span)).collect(),
            }
        }
        "esc" => Command::Escape,
        "delete" => Command::Delete,
        "undo" => Command::Undo,
        "redo" => Command::Redo,
        "w" => Command::SelectUnit(Unit::Word),
        "s" => Command::SelectUnit(Unit::Sentence),
        "paragraph" => Command::SelectUnit(Unit::Paragraph),
        "tab" => Command::Step { forward: true },
        "shift+tab" => Command::Step { forward: false },
        "start out" => Command::Resize { edge: Edge::Start, outward: true },
        "start in" => Command::Resize { edge: Edge::Start, outward: false },
        "end out" => Command::Resize { edge: Edge::End, outward: true },
        "end in" => Command::Resize { edge: Edge::End, outward: false },
        "+" => Command::AddFragment,
        "-" => Command::RemoveFragment(None),
        "-part 0" => Command::RemoveFragment(Some(0)),
        "-part 1" => Command::RemoveFragment(Some(1)),
        "who" => Command::OfferActors,
        "disarm" => Command::Arm(None),
        "done" => Command::MarkDone,
        "left" => by(Unit::Character, back, false),
        "right" => by(Unit::Character, forward, false),
        "shift+left" => by(Unit::Character, back, true),
        "shift+right" => by(Unit::Character, forward, true),
        "ctrl+left" => by(Unit::Word, back, false),
        "ctrl+right" => by(Unit::Word, forward, false),
        "ctrl+shift+right" => by(Unit::Word, forward, true),
        "alt+left" => by(Unit::Sentence, back, false),
        "alt+right" => by(Unit::Sentence, forward, false),
        "alt+down" => by(Unit::Paragraph, forward, false),
        "alt+up" => by(Unit::Paragraph, back, false),
        "home" => Command::Move { motion: Motion::Block(back), extend: false },
        "end" => Command::Move { motion: Motion::Block(forward), extend: false },
        "ctrl+home" => Command::Move { motion: Motion::Text(back), extend: false },
        "ctrl+end" => Command::Move { motion: Motion::Text(forward), extend: false },
        "shift+ctrl+end" => Command::Move { motion: Motion::Text(forward), extend: true },
        _ => deed.parse().map_or_else(|_| Command::Label(Key::from(deed)), Command::Pick),
    }
}

impl Desk {
    fn act(&mut self, deed: &str) -> Result<Outcome, Refusal> {
        let command = command(self, deed);
        let outcome = self.perform(command);
        self.check();
        self.check_stored();
        outcome
    }

    fn act_all(&mut self, deeds: &[&str]) {
        for deed in deeds {
            if let Err(refusal) = self.act(deed) {
                panic!("{deed}: {refusal}");
            }
        }
    }

    fn said(&mut self, deed: &str) -> String {
        self.act(deed).unwrap().said.unwrap_or_default()
    }
}

#[track_caller]
fn check(before: &str, deeds: &[&str], after: &str) -> Desk {
    check_with(&[], before, deeds, after)
}

#[track_caller]
fn check_with(actors: &[&str], before: &str, deeds: &[&str], after: &str) -> Desk {
    let mut desk = desk_with(before, actors);
    desk.act_all(deeds);
    assert_eq!(printed(&desk), after);
    desk
}

#[track_caller]
fn refused(before: &str, deeds: &[&str], refusal: &Refusal) {
    let mut desk = desk(before);
    let (last, first) = deeds.split_last().unwrap();
    desk.act_all(first);
    assert_eq!(desk.act(last).unwrap_err(), *refusal, "{last}");
}

// Labels.

#[test]
fn a_label_marks_the_selection() {
    check("Ada said [it rains].", &["claim"], "Ada said <claim*>it rains</claim>|.");
    check("Ada said[ it rains ].", &["claim"], "Ada said <claim*>it rains</claim>| .");
    check(
        "<actor>Ada</actor> said <claim>it [rains]</claim>",
        &["claim"],
        "<actor>Ada</actor> said <claim>it <claim*>rains</claim></claim>|",
    );
    check("👩‍👩‍👧 [👍🏽] é", &["claim"], "👩‍👩‍👧 <claim*>👍🏽</claim>| é");
}

#[test]
fn a_label_without_selection_changes_the_chosen_annotation() {
    check("|<claim*>It rains</claim>.", &["criticism"], "|<criticism*>It rains</criticism>.");
    let mut desk = desk("|<claim*>It rains</claim>.");
    assert_eq!(desk.said("criticism"), "Now Criticism");
}

#[test]
fn a_label_with_neither_is_armed_and_sweeps_until_esc() {
    check(
        "|Ada sang. Bo wept.",
        &["claim", "select:Ada sang", "select: wept.", "esc", "select:Bo"],
        "<claim>Ada sang</claim>. [Bo] <claim*>wept.</claim>",
    );
    check("|Ada sang.", &["claim", "claim", "select:Ada"], "[Ada] sang.");
    let desk = check(
        "|Ada sang. Bo.",
        &["claim", "select:sang", "claim", "select:Bo"],
        "Ada <claim*>sang</claim>. [Bo].",
    );
    assert_eq!(desk.session.armed(), None);
    check("|Ada sang. Bo wept.", &["arm:claim", "s"], "<claim*>Ada sang.</claim>| Bo wept.");
}

#[test]
fn another_label_while_sweeping_corrects_the_last_annotation() {
    let desk =
        check("|Ada sang.", &["arm:claim", "select:sang", "criticism"], "Ada <criticism*>sang</criticism>|.");
    assert_eq!(desk.session.armed(), Some(&Key::from("claim")));
}

#[test]
fn the_last_label_can_be_repeated() {
    check(
        "[It rains]. It pours.",
        &["claim", "select:It pours", "."],
        "<claim>It rains</claim>. <claim*>It pours</claim>|.",
    );
    refused("[It rains].", &["."], &Refusal::NoLabelYet);
}

#[test]
fn all_the_same_are_labelled_at_once_and_taken_back_at_once() {
    let actors = &["Steve Witkoff; Witkoff"];
    let desk = check_with(
        actors,
        "[Witkoff] came. Witkoff's plan, WITKOFF said; <actor>Witkoff</actor> left with Witkoffs",
        &["actor", "="],
        "<actor*>Witkoff</actor>| came. <actor>Witkoff</actor>'s plan, <actor>WITKOFF</actor> said; \
         <actor>Witkoff</actor> left with <actor>Witkoffs</actor>",
    );
    assert_eq!(named(&desk), ["Steve Witkoff", "Steve Witkoff", "Steve Witkoff", "-", "Steve Witkoff"]);
    check_with(
        actors,
        "[Witkoff] came. Witkoff left",
        &["actor", "=", "undo"],
        "<actor>Witkoff</actor> came. [Witkoff] left",
    );
}

#[test]
fn repeats_say_how_they_are_written_and_which_are_taken() {
    let desk =
        desk("<actor*>Bo Ek</actor> met bo ek, <actor>Bo Ek</actor> and <claim>Bo\u{A0}Ek's</claim> dog");
    let chosen = desk.session.open().unwrap().chosen.unwrap();
    let repeats = desk.session.repeats(chosen).unwrap();
    let found: Vec<_> = repeats.iter().map(|repeat| (repeat.form, repeat.taken)).collect();
    assert_eq!(found, [(Form::OtherCase, false), (Form::Same, true), (Form::OtherMarks, false)]);
}

#[test]
fn selections_snap_to_what_a_reader_means() {
    check("Ada |met Bo", &["select words:da me"], "[Ada met] Bo");
    check("Ada |met Bo", &["select: met "], "Ada [met] Bo");
    check("|Ada met", &["select: "], "Ada |met");
    check("|👩‍👩‍👧!", &["select:👧"], "[👩‍👩‍👧]!");
    check("漢字|かな", &["select words:字か"], "漢[字か]な");
    let desk = check("Ada |met Bo", &["select back:met"], "Ada [met] Bo");
    let open = desk.session.open().unwrap();
    assert!(open.selection.head < open.selection.anchor);
}

#[test]
fn the_same_label_on_the_same_passage_is_not_made_twice_but_chosen() {
    let mut desk =
        check("[Ada] <claim>sang</claim>.", &["select:sang", "claim"], "Ada <claim*>sang</claim>|.");
    assert_eq!(desk.session.history().last(), 1);
    desk.act("select:sang").unwrap();
    assert_eq!(desk.said("claim"), "This passage is Claim already");
    check("[Ada] <claim>sang</claim>.", &["arm:claim", "select:sang"], "Ada <claim*>sang</claim>|.");
    refused("|<claim*>Ada</claim>", &["claim"], &Refusal::AlreadyThere);
    refused("|<claim*><criticism>Ada</criticism></claim>", &["criticism"], &Refusal::AlreadyThere);
}

#[test]
fn labels_that_the_codebook_does_not_have_are_refused() {
    refused("[Ada]", &["verb"], &Refusal::NotInCodebook("verb".to_owned()));
    refused("[Ada]", &["arm:verb"], &Refusal::NotInCodebook("verb".to_owned()));
}

fn attributes(desk: &Desk) -> Vec<String> {
    let chosen = desk.session.chosen().unwrap();
    chosen.attributes.iter().map(|(key, value)| format!("{key}={value:?}")).collect()
}

#[test]
fn attributes_stay_where_the_new_label_has_them() {
    let mut desk = desk("|<claim*>It rains</claim>");
    desk.act_all(&["set:stance=oppose", "note:why", "criticism"]);
    assert_eq!(attributes(&desk), [r#"stance=Text("oppose")"#]);
    assert_eq!(desk.session.chosen().unwrap().note, "why");
    desk.act_all(&["actor"]);
    assert!(attributes(&desk).is_empty());
    desk.act_all(&["undo"]);
    assert_eq!(attributes(&desk), [r#"stance=Text("oppose")"#]);
    desk.act_all(&["set:stance="]);
    assert!(attributes(&desk).is_empty());
}

#[test]
fn values_that_the_codebook_does_not_allow_are_refused() {
    refused("|<claim*>It</claim>", &["set:stance=blue"], &Refusal::ValueNotAllowed("Stance".to_owned()));
    refused("|<claim*>It</claim>", &["set:kind=person"], &Refusal::NotInCodebook("kind".to_owned()));
}

#[test]
fn links_that_a_new_label_cannot_have_are_removed_and_it_is_said() {
    let mut desk = desk("<actor>Ada</actor>: <claim*>ships</claim>| sink. <criticism>No</criticism>.");
    desk.act_all(&["made_by", "1", "click:No", "targets", "1", "click:ships"]);
    assert_eq!(links(&desk), ["claim made_by Ada", "criticism targets ships"]);
    assert_eq!(desk.said("criticism"), "Now Criticism");
    assert_eq!(links(&desk).len(), 2);
    assert_eq!(desk.said("actor"), "Now Actor; one link that it cannot have was removed");
    assert_eq!(links(&desk), ["criticism targets ships"]);
    desk.act_all(&["undo", "undo"]);
    assert_eq!(links(&desk).len(), 2);
}

#[test]
fn the_cursor_goes_on_after_a_labelled_passage_and_undo_selects_it_again() {
    check("Ada [sang]. Bo.", &["claim", "ctrl+right"], "Ada <claim*>sang</claim>. Bo|.");
    check("Ada [sang]. Bo.", &["claim", "undo"], "Ada [sang]. Bo.");
    check("Ada [sang]. Bo.", &["claim", "undo", "criticism"], "Ada <criticism*>sang</criticism>|. Bo.");
    check("Ada [sang]. Bo.", &["claim", "undo", "redo"], "Ada |<claim*>sang</claim>. Bo.");
}

// Shape.

#[test]
fn the_end_moves_by_words_and_by_the_punctuation_that_closes_them() {
    check("|<claim*>Ships</claim> sink. Bo", &["end out"], "|<claim*>Ships sink</claim>. Bo");
    check("|<claim*>Ships sink</claim>. Bo", &["end out"], "|<claim*>Ships sink.</claim> Bo");
    check("|<claim*>Ships sink.</claim> Bo", &["end out"], "|<claim*>Ships sink. Bo</claim>");
    check("|“<claim*>Ships sink</claim>.” Bo", &["end out"], "|“<claim*>Ships sink.”</claim> Bo");
    check(
        "|<claim*>a state</claim>-of-the-art ship",
        &["end out"],
        "|<claim*>a state-of</claim>-the-art ship",
    );
    check("|<claim*>Ships, sink</claim>", &["end in"], "|<claim*>Ships,</claim> sink");
    check("|<claim*>Ships, sink</claim>", &["end in", "end in"], "|<claim*>Ships</claim>, sink");
    check("|<claim*>Ships</claim>\n\nsink", &["end out"], "|<claim*>Ships\n\nsink</claim>");
    check("|<claim*>漢</claim>字。次", &["end out", "end out"], "|<claim*>漢字。</claim>次");
    check("|<claim*>漢字。</claim>次", &["end in", "end in"], "|<claim*>漢</claim>字。次");
    check("|<claim*>Yes</claim> 👩‍👩‍👧 no", &["end out"], "|<claim*>Yes 👩‍👩‍👧</claim> no");
    check("|<claim*>Yes 👩‍👩‍👧</claim> no", &["end in"], "|<claim*>Yes</claim> 👩‍👩‍👧 no");
    refused("|<claim*>Ships</claim> \n", &["end out"], &Refusal::CannotResize);
    refused("|<claim*>Ships</claim>", &["end in"], &Refusal::CannotResize);
    refused("|<claim*>👍🏽</claim>", &["end in"], &Refusal::CannotResize);
}

#[test]
fn the_start_moves_by_words_and_by_the_punctuation_that_opens_them() {
    check("|said, “<claim*>Ships</claim> sink”", &["start out"], "|said, <claim*>“Ships</claim> sink”");
    check("|said, <claim*>“Ships</claim> sink”", &["start out"], "|<claim*>said, “Ships</claim> sink”");
    check("|<claim*>Hello, world</claim>", &["start in"], "|Hello, <claim*>world</claim>");
    check("|<claim*>“Hello world”</claim>", &["start in"], "|“<claim*>Hello world”</claim>");
    check("|漢「<claim*>字</claim>」", &["start out"], "|漢<claim*>「字</claim>」");
    refused(" |<claim*>Ships</claim>", &["start out"], &Refusal::CannotResize);
    refused("|“<claim*>Ships</claim>”", &["start in"], &Refusal::CannotResize);
    refused("|Ships", &["start in"], &Refusal::NothingChosen);
}

#[test]
fn ends_move_of_the_first_and_last_part_alone() {
    check(
        "|“<claim1*>Ships</claim1>”, he said, “<claim1*>sink</claim1>” fast",
        &["end out", "start out"],
        "|<claim1*>“Ships</claim1>”, he said, “<claim1*>sink”</claim1> fast",
    );
    refused("|<claim1*>Ships</claim1> may <claim1*>sink</claim1>", &["end in"], &Refusal::CannotResize);
}

#[test]
fn ends_can_be_dragged_anywhere() {
    check("|<claim*>Ships</claim> sink fast", &["end to:sink "], "|<claim*>Ships sink</claim> fast");
    check("|Big <claim*>ships</claim> sink", &["start to:Big"], "|<claim*>Big ships</claim> sink");
    check(
        "|<claim1*>Ships</claim1> may <claim1*>sink</claim1>",
        &["end to:sin"],
        "|<claim*>Ships may sink</claim>",
    );
    refused("|Big <claim*>ships</claim> sink", &["start to:sink"], &Refusal::CannotResize);
}

#[test]
fn links_survive_whatever_happens_to_the_shape() {
    let mut desk = desk("<actor>Ada</actor>: <claim*>ships</claim>| may sink.");
    desk.act_all(&["made_by", "1", "end out", "select:sink", "+", "-part 0", "start to:may"]);
    assert_eq!(links(&desk), ["claim made_by Ada"]);
    assert_eq!(printed(&desk), "<actor>Ada</actor>: ships <claim*>may sink</claim>|.");
}

#[test]
fn parts_are_added_and_taken_away() {
    check(
        "<claim*>Ships</claim>, he said, [sink].",
        &["+"],
        "<claim1*>Ships</claim1>, he said, <claim1*>sink</claim1>|.",
    );
    check(
        "<claim*>Ships</claim>[ may] sink.",
        &["+"],
        "<claim1*>Ships</claim1> <claim1*>may</claim1>| sink.",
    );
    check(
        "<claim*>Ships [may] sink</claim>.",
        &["-"],
        "<claim1*>Ships</claim1> [may] <claim1*>sink</claim1>.",
    );
    check("<claim*>Ships may [sink]</claim>.", &["-"], "<claim*>Ships may</claim> [sink].");
    check(
        "|<claim1*>Ships</claim1> may <claim1*>sink</claim1>",
        &["-part 1"],
        "|<claim*>Ships</claim> may sink",
    );
    refused("<claim*>Ships [may] sink</claim>", &["+"], &Refusal::AlreadyThere);
    refused("|<claim*>Ships</claim>", &["+"], &Refusal::NothingSelected);
    refused("[Ships]", &["+"], &Refusal::NothingChosen);
    refused("|<claim*>Ships</claim>", &["-"], &Refusal::NothingSelected);
    refused("|<claim*>Ships</claim>", &["-part 0"], &Refusal::NothingLeft);
    refused("|<claim*>Ships</claim>", &["-part 1"], &Refusal::Gone);
    refused("<claim*>Ships</claim> [sink]", &["-"], &Refusal::NotCovered);
}

// Deletion, links and offers.

#[test]
fn an_annotation_is_deleted_with_its_links() {
    let mut desk = desk("<actor>Ada</actor>: <claim*>ships sink</claim>|. <criticism>No</criticism>.");
    desk.act_all(&["made_by", "1", "click:No", "targets", "1", "click:ships"]);
    assert_eq!(desk.said("delete"), "Deleted with 2 links");
    assert_eq!(printed(&desk), "<actor>Ada</actor>: |ships sink. <criticism>No</criticism>.");
    assert!(links(&desk).is_empty());
    desk.act_all(&["undo"]);
    assert_eq!(links(&desk).len(), 2);
    assert_eq!(printed(&desk), "<actor>Ada</actor>: |<claim*>ships sink</claim>. <criticism>No</criticism>.");
    refused("|Ada", &["delete"], &Refusal::NothingChosen);
}

#[test]
fn makers_are_offered_as_soon_as_a_claim_is_made_and_a_digit_links() {
    let mut desk = desk("<actor>Ada</actor> and <actor>Bo</actor> said [ships sink].");
    desk.act_all(&["claim"]);
    assert_eq!(offered(&desk), ["Bo", "Ada"]);
    assert_eq!(desk.said("1"), "made by Bo");
    assert_eq!(offered(&desk), ["Bo*", "Ada"]);
    desk.act_all(&["2"]);
    assert_eq!(links(&desk), ["claim made_by Ada", "claim made_by Bo"]);
    assert_eq!(desk.said("1"), "Link removed");
    assert_eq!(offered(&desk), ["Bo", "Ada*"]);
    assert_eq!(desk.act("3").unwrap_err(), Refusal::NotOffered);
    desk.act_all(&["esc"]);
    assert_eq!(links(&desk), ["claim made_by Ada"]);
    assert_eq!(printed(&desk), "<actor>Ada</actor> and <actor>Bo</actor> said <claim*>ships sink</claim>|.");
    assert_eq!(desk.act("1").unwrap_err(), Refusal::NotOffered);
    desk.act_all(&["made_by"]);
    assert_eq!(offered(&desk), ["Bo", "Ada*"]);
}

#[test]
fn criticisms_target_actors_claims_and_criticisms() {
    let mut desk = desk("<claim>Ships</claim>. <actor>Bo</actor>. <criticism*>No</criticism>|.");
    desk.act_all(&["targets"]);
    assert_eq!(offered(&desk), ["Bo", "Ships"]);
    desk.act_all(&["2", "1"]);
    assert_eq!(links(&desk), ["criticism targets Bo", "criticism targets Ships"]);
    let not_allowed = Refusal::LinkNotAllowed { from: "Claim".to_owned(), relation: "targets".to_owned() };
    refused("|<claim*>It</claim> <actor>Ada</actor>", &["targets"], &not_allowed);
    refused("|<claim*>It</claim>", &["made_by"], &Refusal::NoCandidates);
    refused("|It", &["made_by"], &Refusal::NothingChosen);
}

#[test]
fn a_claim_may_be_made_by_somebody_whom_no_span_names() {
    let mut desk = desk_with("|<claim*>It rains</claim>.", &["Ada Byron"]);
    desk.act_all(&["made_by", "1"]);
    assert_eq!(links(&desk), ["claim made_by @Ada Byron"]);
    assert_eq!(desk.said("made_by new: Cy "), "made by Cy, a new actor");
    assert_eq!(links(&desk), ["claim made_by @Ada Byron", "claim made_by @Cy"]);
    assert_eq!(desk.act("made_by new:Cy").unwrap_err(), Refusal::AlreadyThere);
    assert_eq!(desk.act("made_by new: ").unwrap_err(), Refusal::NoName);
    desk.act_all(&["undo"]);
    assert_eq!(desk.session.state().actors().len(), 1);
    // An offer never leads to an actor that is gone.
    desk.act_all(&["made_by new:Cy", "made_by", "undo"]);
    assert!(offered(&desk).is_empty());
    let chosen = desk.session.chosen().unwrap().id;
    let nobody = Target::Actor(ActorId::new(Uuid::from_u128(99)));
    let link = Command::Link { from: chosen, kind: Key::from("made_by"), to: nobody };
    assert_eq!(desk.perform(link).unwrap_err(), Refusal::Gone);
}

// Who is meant.

#[test]
fn names_join_the_registry_by_name_and_alias() {
    let registry = ["Steve Witkoff; the envoy", "Jared Kushner"];
    let mut desk = check_with(
        &registry,
        "[Jared Kushner] met the envoy.",
        &["actor"],
        "<actor*>Jared Kushner</actor>| met the envoy.",
    );
    assert_eq!(named(&desk), ["Jared Kushner"]);
    assert_eq!(desk.session.state().actors().len(), 2);
    desk.act_all(&["select:the envoy"]);
    assert_eq!(desk.said("actor"), "Actor, Steve Witkoff");
    assert_eq!(named(&desk), ["Jared Kushner", "Steve Witkoff"]);
}

#[test]
fn a_new_name_becomes_a_new_actor_and_its_last_name_is_offered() {
    let mut desk = desk("[Steve Witkoff’s] plane. Witkoff waved.");
    assert_eq!(desk.said("actor"), "Actor, new actor Steve Witkoff");
    desk.act_all(&["select:Witkoff waved", "select:Witkoff"]);
    let second = Offset::from_usize(desk.session.open().unwrap().text.rfind("Witkoff").unwrap());
    let end = Offset::from_usize(second.to_usize() + 7);
    desk.perform(Command::Select { anchor: second, head: end, words: false }).unwrap();
    desk.act_all(&["actor"]);
    assert_eq!(offered(&desk), ["Steve Witkoff"]);
    assert_eq!(named(&desk), ["Steve Witkoff", "-"]);
    assert_eq!(desk.said("1"), "Steve Witkoff");
    assert!(offered(&desk).is_empty());
    assert_eq!(named(&desk), ["Steve Witkoff", "Steve Witkoff"]);
    desk.act_all(&["who", "0"]);
    assert_eq!(named(&desk), ["Steve Witkoff", "Witkoff"]);
    desk.act_all(&["undo", "undo"]);
    assert_eq!(desk.session.state().actors().len(), 1);
}

#[test]
fn a_pronoun_is_offered_those_spoken_of_before() {
    let mut desk = desk("[Ada] met Bo. She sang.");
    desk.act_all(&["actor", "select:Bo", "actor", "select:She", "actor"]);
    assert_eq!(offered(&desk), ["Bo", "Ada"]);
    desk.act_all(&["2"]);
    assert_eq!(named(&desk), ["Ada", "Bo", "Ada"]);
    desk.act_all(&["is:nobody"]);
    assert_eq!(named(&desk), ["Ada", "Bo", "-"]);
}

#[test]
fn what_does_not_look_like_a_name_waits_for_an_answer() {
    let mut desk = desk("Said [voters].");
    desk.act_all(&["actor"]);
    assert_eq!(named(&desk), ["-"]);
    assert!(desk.session.open().unwrap().offer.is_some());
    assert_eq!(desk.said("0"), "voters, a new actor");
    assert_eq!(desk.said("is new:voters"), "voters");
    assert_eq!(desk.act("is new: ").unwrap_err(), Refusal::NoName);
    let mut desk = self::desk("Said [...].");
    desk.act_all(&["actor"]);
    assert_eq!(desk.act("0").unwrap_err(), Refusal::NoName);
}

#[test]
fn an_answer_from_the_card_closes_the_offer() {
    let mut desk = desk_with("Said [voters].", &["Ada"]);
    desk.act_all(&["actor", "is:Ada"]);
    assert!(desk.session.open().unwrap().offer.is_none());
    refused("|<claim*>It</claim>", &["who"], &Refusal::NamesNoActor("Claim".to_owned()));
    refused("|<claim*>It</claim>", &["is new:Ada"], &Refusal::NamesNoActor("Claim".to_owned()));
}

// Moving about.

#[test]
fn the_cursor_moves_by_characters_words_sentences_and_paragraphs() {
    check("|Ada 👩‍👩‍👧 sang.", &["right"], "A|da 👩‍👩‍👧 sang.");
    check("Ada |👩‍👩‍👧 sang.", &["right"], "Ada 👩‍👩‍👧| sang.");
    check("Ada 👩‍👩‍👧| sang.", &["left"], "Ada |👩‍👩‍👧 sang.");
    check("[Ada] sang.", &["left"], "|Ada sang.");
    check("[Ada] sang.", &["right"], "Ada| sang.");
    check("Ada| sang.", &["shift+left"], "Ad[a] sang.");
    check("|Ada sang.", &["shift+right"], "[A]da sang.");
    check("|Ada sang.", &["ctrl+right", "ctrl+right"], "Ada sang|.");
    check("Ada sang.|", &["ctrl+left"], "Ada |sang.");
    check("|Ada sang. Bo wept.", &["ctrl+shift+right", "ctrl+shift+right"], "[Ada sang]. Bo wept.");
    check("|Ada sang. Bo wept.", &["alt+right"], "Ada sang. |Bo wept.");
    check("Ada sang. Bo wept.|", &["alt+left"], "Ada sang. |Bo wept.");
    check("|Ada.\n\nBo.", &["alt+down"], "Ada.\n\n|Bo.");
    check("Ada.\n\nBo.|", &["alt+up"], "Ada.\n\n|Bo.");
    check("Ada.\n\nBo |wept.", &["home"], "Ada.\n\n|Bo wept.");
    check("Ada.\n\nBo |wept.", &["end"], "Ada.\n\nBo wept.|");
    check("Ada |wept.", &["ctrl+end"], "Ada wept.|");
    check("Ada |wept.", &["ctrl+home"], "|Ada wept.");
    check("Ada |wept.", &["shift+ctrl+end"], "Ada [wept.]");
    check("ทำ|", &["left", "ctrl+left"], "|ทำ");
}

#[test]
fn at_the_end_of_the_text_the_last_word_and_sentence_are_meant() {
    check("It rains. Ada waits.|", &["s"], "It rains. [Ada waits.]");
    check("It rains. Ada waits|", &["w"], "It rains. Ada [waits]");
    check("A list:\n- the last item|", &["s", "s"], "A list:\n[- the last item]");
}

#[test]
fn a_sentence_is_selected_without_the_mark_of_its_list_or_heading() {
    check("A list:\n- the |last item", &["s"], "A list:\n- [the last item]");
    check("A list:\n|- the last item", &["s"], "A list:\n- [the last item]");
    check("12. Ada sang|. Bo wept.", &["s"], "12. [Ada sang.] Bo wept.");
    check("## Ada |sang\n\nBo wept.", &["s"], "## [Ada sang]\n\nBo wept.");
}

#[test]
fn the_selection_widens_from_word_to_sentence_to_paragraph() {
    let text = "Ada sang. Bo w|ept.\n\nCy.";
    check(text, &["w"], "Ada sang. Bo [wept].\n\nCy.");
    check(text, &["w", "w"], "Ada sang. [Bo wept.]\n\nCy.");
    check(text, &["w", "w", "w"], "[Ada sang. Bo wept.]\n\nCy.");
    check(text, &["w", "w", "w", "w"], "[Ada sang. Bo wept.]\n\nCy.");
    check(text, &["s"], "Ada sang. [Bo wept.]\n\nCy.");
    check(text, &["s", "s"], "[Ada sang. Bo wept.]\n\nCy.");
    check("Ada s|ang. Bo wept.\n\nCy.", &["s", "s"], "[Ada sang. Bo wept.]\n\nCy.");
    check(text, &["paragraph"], "[Ada sang. Bo wept.]\n\nCy.");
}

#[test]
fn clicks_cycle_through_what_overlaps() {
    let text = "|<claim>Ships <criticism>may <actor>sink</actor></criticism></claim> fast";
    check(
        text,
        &["click:sink"],
        "<claim>Ships <criticism>may |<actor*>sink</actor></criticism></claim> fast",
    );
    check(
        text,
        &["click:sink", "click:sink"],
        "<claim>Ships <criticism*>may |<actor>sink</actor></criticism></claim> fast",
    );
    check(
        text,
        &["click:sink", "click:sink", "click:ink"],
        "<claim*>Ships <criticism>may <actor>s|ink</actor></criticism></claim> fast",
    );
    check(
        text,
        &["click:sink", "click:sink", "click:sink", "click:sink"],
        "<claim>Ships <criticism>may |<actor*>sink</actor></criticism></claim> fast",
    );
    check(
        text,
        &["click:sink", "click:fast"],
        "<claim>Ships <criticism>may <actor>sink</actor></criticism></claim> |fast",
    );
}

#[test]
fn steps_go_from_annotation_to_annotation() {
    let text = "|<claim>a</claim> b <claim>c</claim> d <claim>e</claim>";
    check(text, &["tab"], "|<claim*>a</claim> b <claim>c</claim> d <claim>e</claim>");
    check(text, &["tab", "tab"], "<claim>a</claim> b |<claim*>c</claim> d <claim>e</claim>");
    check(text, &["tab", "tab", "shift+tab"], "|<claim*>a</claim> b <claim>c</claim> d <claim>e</claim>");
    check(text, &["click:d", "tab"], "<claim>a</claim> b <claim>c</claim> d |<claim*>e</claim>");
    check(text, &["click:d", "shift+tab"], "<claim>a</claim> b |<claim*>c</claim> d <claim>e</claim>");
    // From where the person reads, not from what was chosen long ago.
    check(text, &["tab", "go:d", "tab"], "<claim>a</claim> b <claim>c</claim> d |<claim*>e</claim>");
    let mut desk = desk(text);
    assert_eq!(desk.said("shift+tab"), "No annotation comes before");
}

#[test]
fn esc_leaves_offer_then_sweep_then_selection_then_choice() {
    let mut desk = desk("|<actor>Ada</actor> said it rains.");
    desk.act_all(&["arm:claim", "select:it rains"]);
    assert!(!offered(&desk).is_empty());
    desk.act_all(&["esc"]);
    assert!(offered(&desk).is_empty());
    assert!(desk.session.armed().is_some());
    desk.act_all(&["esc"]);
    assert!(desk.session.armed().is_none());
    desk.act_all(&["select:said", "esc"]);
    assert_eq!(printed(&desk), "<actor>Ada</actor> said| <claim*>it rains</claim>.");
    desk.act_all(&["esc"]);
    assert_eq!(printed(&desk), "<actor>Ada</actor> said| <claim>it rains</claim>.");
}

// Documents, import and undo.

fn status(desk: &Desk, number: u128) -> Status {
    desk.session.state().documents()[&document_id(number)].status
}

fn import(desk: &mut Desk, numbers: impl IntoIterator<Item = u128>, source: &str, group: Option<u64>) -> u64 {
    let documents = numbers.into_iter().map(|number| Marked::parse(source).document(number)).collect();
    let outcome = desk.perform(Command::Import { documents, group }).unwrap();
    desk.check();
    desk.check_stored();
    outcome.entries[0]
}

#[test]
fn work_begins_with_the_first_annotation_and_done_opens_the_next() {
    let mut desk = desk("[Ada] sang.");
    import(&mut desk, [2, 3], "Bo wept.", None);
    assert_eq!(status(&desk, 1), Status::Todo);
    desk.act_all(&["claim"]);
    assert_eq!(status(&desk, 1), Status::InProgress);
    desk.act_all(&["undo"]);
    assert_eq!(status(&desk, 1), Status::Todo);
    desk.act_all(&["redo"]);
    assert_eq!(desk.said("done"), "Done; the next document is open");
    assert_eq!(desk.session.open().unwrap().document, document_id(2));
    assert_eq!(desk.said("done"), "Done, nothing found; the next document is open");
    assert_eq!(desk.said("done"), "Done, nothing found; no document is left to do");
    assert!((1..=3).all(|number| status(&desk, number) == Status::Done));
    // Undo goes back to where it was done.
    desk.act_all(&["undo", "undo", "undo", "undo"]);
    assert_eq!(desk.session.open().unwrap().document, document_id(1));
    assert_eq!(status(&desk, 1), Status::Todo);
}

#[test]
fn what_is_imported_again_comes_in_beside_and_in_order() {
    let mut desk = desk("<claim>Ada</claim> sang.");
    import(&mut desk, [1, 2], "<claim>Ada</claim> sang.", None);
    let ordered = rubricator::app::in_order(desk.session.state().documents());
    let ids: Vec<_> = ordered.iter().map(|document| document.id).collect();
    assert_eq!((ids.len(), ids[0], ids[2]), (3, document_id(1), document_id(2)));
    assert!(ordered.is_sorted_by(|one, next| one.position < next.position));
    let copy = desk.body(ids[1]);
    assert_eq!(copy.annotation_count(), 1);
    assert!(copy.annotation(annotation_id(1, 0)).is_none());
    assert_eq!(desk.body(ids[0]).annotation_count(), 1);
}

#[test]
fn labels_that_come_in_are_added_to_the_codebook() {
    let mut desk = desk("Ada sang.");
    import(&mut desk, [2], "<verb>Go</verb> <verb>on</verb> <noun>man</noun>", None);
    let codebook = &desk.session.state().project().codebook;
    assert_eq!((codebook.labels.len(), codebook.version), (5, 2));
    desk.act_all(&["arm:verb", "undo"]);
    assert_eq!(desk.session.state().project().codebook, Codebook::standard());
    assert_eq!(desk.session.armed(), None);
    desk.act_all(&["select:Ada"]);
}

#[test]
fn batches_of_one_import_are_one_undo() {
    let mut desk = desk("[Ada] sang.");
    desk.act_all(&["claim"]);
    let first = import(&mut desk, [2, 3], "Bo.", None);
    import(&mut desk, [4], "Bo.", Some(first));
    import(&mut desk, [5], "Bo.", Some(first));
    desk.forget_history();
    desk.act_all(&["undo"]);
    assert_eq!(desk.session.state().documents().len(), 1);
    desk.forget_history();
    desk.act_all(&["redo"]);
    assert_eq!(desk.session.state().documents().len(), 5);
    desk.act_all(&["undo", "undo"]);
    assert_eq!(printed(&desk), "[Ada] sang.");
    desk.reload(0);
    desk.act_all(&["redo", "redo"]);
    assert_eq!(desk.session.state().documents().len(), 5);
    desk.act_all(&["undo", "undo", "undo"]);
    assert!(desk.session.state().documents().is_empty());
    assert!(desk.session.open().is_none());
    assert_eq!(desk.act("undo").unwrap_err(), Refusal::NothingToUndo);
}

#[test]
fn another_document_opens_where_undo_takes_the_open_one_away() {
    let mut desk = desk("Ada sang.");
    import(&mut desk, [2, 3], "Bo.", None);
    desk.open(document_id(3));
    desk.act_all(&["undo"]);
    assert_eq!(desk.session.open().unwrap().document, document_id(1));
}

#[test]
fn removed_documents_come_back_with_all_that_was_on_them() {
    let mut desk = desk("<actor>Ada</actor>: <claim*>ships</claim>|");
    desk.act_all(&["made_by", "1"]);
    import(&mut desk, [2], "<claim>Bo</claim>.", None);
    let before = desk.whole();
    let bodies = [1, 2].map(|number| (document_id(number), desk.body(document_id(number))));
    desk.perform(Command::RemoveDocuments(bodies.to_vec())).unwrap();
    desk.check_stored();
    assert!(desk.session.state().documents().is_empty());
    assert!(desk.session.open().is_none());
    desk.reload(0);
    desk.act_all(&["undo"]);
    assert_eq!(desk.whole(), before);
    desk.open(document_id(1));
    assert_eq!(links(&desk), ["claim made_by Ada"]);
    let gone = Command::RemoveDocuments(vec![(document_id(9), desk.body(document_id(9)))]);
    assert_eq!(desk.perform(gone).unwrap_err(), Refusal::Gone);
}

#[test]
fn the_project_and_the_documents_can_be_renamed() {
    let mut desk = desk("Ada");
    desk.act_all(&["rename: Ships "]);
    assert_eq!(desk.session.state().project().name, "Ships");
    assert_eq!(desk.act("rename: ").unwrap_err(), Refusal::NoName);
    desk.act_all(&["undo"]);
    assert_eq!(desk.session.state().project().name, "Trial");
    let rename =
        |title: &str, document| Command::SetMeta { document, title: title.to_owned(), meta: Meta::default() };
    desk.perform(rename(" Rain ", document_id(1))).unwrap();
    assert_eq!(desk.session.state().documents()[&document_id(1)].title, "Rain");
    assert_eq!(desk.perform(rename(" ", document_id(1))).unwrap_err(), Refusal::NoName);
    assert_eq!(desk.perform(rename("Rain", document_id(9))).unwrap_err(), Refusal::Gone);
}

#[test]
fn nothing_can_be_done_to_a_text_while_none_is_open() {
    let mut desk = desk("Ada");
    desk.session.close_document();
    for deed in ["claim", "left", "w", "+", "tab", "1", "done"] {
        assert_eq!(desk.act(deed).err(), Some(Refusal::NothingOpen), "{deed}");
    }
    for deed in ["delete", "end out", "made_by", "who"] {
        assert_eq!(desk.act(deed).err(), Some(Refusal::NothingChosen), "{deed}");
    }
    desk.act_all(&["esc", "arm:claim", "esc", "undo", "redo"]);
}

#[test]
fn what_is_done_anew_ends_what_could_be_redone() {
    check("[Ada] sang.", &["claim", "undo", "select:sang", "claim"], "Ada <claim*>sang</claim>|.");
    refused("[Ada] sang.", &["claim", "undo", "select:sang", "claim", "redo"], &Refusal::NothingToRedo);
}

// Another text.

/// Gives the open document another text.
fn retext(desk: &mut Desk, text: &str) -> Result<Outcome, Refusal> {
    let document = desk.session.open().unwrap().document;
    let text = Text::new(text.to_owned());
    let sha256 = text_sha256(&text);
    let outcome = desk.perform(Command::ReplaceText(Box::new(Replacement { document, text, sha256 })));
    desk.check();
    desk.check_stored();
    outcome
}

#[test]
fn annotations_go_along_with_their_words_when_a_text_is_replaced() {
    let before = "|<actor>Ada</actor> met <actor>Bo</actor>. <claim>It <criticism1>rai</criticism1>ns <criticism1>there</criticism1></claim>, said <actor>Ada</actor>.";
    let mut desk = desk(before);
    let outcome =
        retext(&mut desk, "Yesterday Ada met Bo at noon. 🌧 It rains there, said our friend Ada.").unwrap();
    assert_eq!(outcome.said.as_deref(), Some("The text was replaced; every annotation has its place"));
    let after = "|Yesterday <actor>Ada</actor> met <actor>Bo</actor> at noon. 🌧 <claim>It <criticism1>rai</criticism1>ns <criticism1>there</criticism1></claim>, said our friend <actor>Ada</actor>.";
    assert_eq!(printed(&desk), after);
    desk.perform(Command::Undo).unwrap();
    assert_eq!(printed(&desk), before);
    desk.perform(Command::Redo).unwrap();
    assert_eq!(printed(&desk), after);
}

#[test]
fn annotations_whose_words_are_gone_go_and_come_back_by_undo() {
    let mut desk = desk(
        "<actor*>Ada</actor> said: <claim>it rains cats and dogs today</claim>. <claim>Nobody knows</claim>.",
    );
    let (from, to) = (annotation_id(1, 2), Target::Annotation(annotation_id(1, 0)));
    desk.perform(Command::Link { from, kind: Key::from("made_by"), to }).unwrap();
    let outcome = retext(&mut desk, "Ada said: it rains cat and dogs today. Bo left.").unwrap();
    assert_eq!(outcome.said.as_deref(), Some("The text was replaced; 1 annotation went with the old one"));
    assert_eq!(
        printed(&desk),
        "|<actor>Ada</actor> said: <claim>it rains cat and dogs today</claim>. Bo left."
    );
    desk.perform(Command::Undo).unwrap();
    let body = desk.session.body().unwrap();
    assert_eq!((body.annotation_count(), body.relation_count()), (3, 1));
}

// Whatever is done.

/// Something that a person may do, to be made of the session as it is then.
#[derive(Clone, Debug)]
pub struct Deed {
    kind: u8,
    one: Index,
    other: Index,
    yes: bool,
    word: &'static str,
    revision: RawRevision,
}

/// A row of deeds.
pub fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let words =
        vec!["actor", "claim", "criticism", "own label", "made_by", "targets", "Ada", "stance", "oppose", ""];
    let deed = (0..61_u8, any::<Index>(), any::<Index>(), any::<bool>(), select(words), revision());
    let deed = deed.prop_map(|(kind, one, other, yes, word, revision)| Deed {
        kind,
        one,
        other,
        yes,
        word,
        revision,
    });
    prop::collection::vec(deed, 0..25)
}

/// Deeds of these kinds, in their order.
pub fn deeds_of(kinds: &'static [u8]) -> impl Strategy<Value = Vec<Deed>> {
    prop::collection::vec((any::<Index>(), any::<Index>(), any::<bool>(), revision()), kinds.len()).prop_map(
        move |all| {
            let deed = |((one, other, yes, revision), kind): (_, &u8)| Deed {
                kind: *kind,
                one,
                other,
                yes,
                word: "Ada",
                revision,
            };
            all.into_iter().zip(kinds).map(deed).collect()
        },
    )
}

impl Deed {
    /// Whether it is one of these, by the numbers in [`Deed::command`].
    pub fn is_one_of(&self, kinds: &[u8]) -> bool {
        kinds.contains(&self.kind)
    }

    /// Does it; that it may be refused is part of the game.
    pub fn perform(&self, desk: &mut Desk, world: &World) {
        match self.kind {
            41 => desk.reload(self.one.index(4)),
            42 => desk.forget_history(),
            // The page saves, and so follows other tabs, before it reads what is to be removed.
            35 | 44..=49 | 51 | 52 => {
                desk.store();
                let _refused = desk.perform(self.command(desk, world));
            }
            50 => {
                desk.store();
                let revision = self.revision.build(&desk.whole());
                let _refused = revise(desk, revision);
            }
            43 => {
                let ids: Vec<_> = desk.session.state().documents().keys().copied().collect();
                if !ids.is_empty() {
                    desk.open(*self.one.get(&ids));
                }
            }
            _ => {
                let _refused = desk.perform(self.command(desk, world));
            }
        }
    }

    fn command(&self, desk: &Desk, world: &World) -> Command {
        let session = &desk.session;
        let size = session.open().map_or(1, |open| open.text.as_str().len() + 2);
        let (here, there) =
            (Offset::from_usize(self.one.index(size)), Offset::from_usize(self.other.index(size)));
        let key = Key::from(self.word);
        let ids: Vec<AnnotationId> =
            session.body().into_iter().flat_map(|body| body.order()).map(|(_, id)| *id).collect();
        let nobody = AnnotationId::new(Uuid::from_u128(3));
        let annotation = if ids.is_empty() { nobody } else { *self.one.get(&ids) };
        let other = if ids.is_empty() { nobody } else { *self.other.get(&ids) };
        let actors: Vec<ActorId> = session.state().actors().keys().copied().collect();
        let actor = (!actors.is_empty()).then(|| *self.other.get(&actors));
        let documents: Vec<DocumentId> = session.state().documents().keys().copied().collect();
        let document =
            if documents.is_empty() { DocumentId::new(Uuid::nil()) } else { *self.other.get(&documents) };
        let units = [Unit::Character, Unit::Word, Unit::Sentence, Unit::Paragraph];
        let unit = units[self.one.index(units.len())];
        let direction = if self.yes { Direction::Forward } else { Direction::Back };
        let edge = if self.one.index(2) == 0 { Edge::Start } else { Edge::End };
        let name = self.word.to_owned();
        match self.kind {
            0 => Command::Move { motion: Motion::To(here), extend: self.yes },
            1 => Command::Move { motion: Motion::By(unit, direction), extend: self.other.index(2) == 0 },
            2 => Command::Move { motion: Motion::Block(direction), extend: self.other.index(2) == 0 },
            3 => Command::Move { motion: Motion::Text(direction), extend: self.other.index(2) == 0 },
            4 => Command::SelectUnit(unit),
            5 => Command::ClickAt(here),
            6 => Command::Choose(self.yes.then_some(annotation)),
            7 => Command::Step { forward: self.yes },
            8 => Command::Arm(self.yes.then_some(key)),
            9 => Command::Escape,
            10 => Command::RepeatLabel,
            11 | 12 => Command::Resize { edge, outward: self.yes },
            13 => Command::ResizeTo { annotation, fragment: self.other.index(3), edge, to: there },
            14 => Command::AddFragment,
            15 => Command::RemoveFragment(self.yes.then(|| self.other.index(3))),
            16 => Command::SetAttribute {
                annotation,
                attribute: key,
                value: self.yes.then(|| Value::Text("oppose".to_owned())),
            },
            17 => Command::SetNote { annotation, note: name },
            18 => Command::Identify { annotation, actor },
            19 => Command::IdentifyNew { annotation, name },
            20 => Command::OfferActors,
            21 => Command::StartLink(key),
            22 | 23 => Command::Pick(self.other.index(4)),
            24 => {
                Command::Link { from: annotation, kind: Key::from("made_by"), to: Target::Annotation(other) }
            }
            25 => Command::Link {
                from: annotation,
                kind: key,
                to: actor.map_or(Target::Annotation(other), Target::Actor),
            },
            26 => Command::LinkNew { from: annotation, kind: Key::from("made_by"), name },
            27 => {
                let links: Vec<_> = session
                    .body()
                    .into_iter()
                    .flat_map(|body| body.relations())
                    .map(|link| link.id)
                    .collect();
                if links.is_empty() { Command::Escape } else { Command::Unlink(*self.one.get(&links)) }
            }
            28 => Command::Delete,
            29 => Command::DeleteAnnotation(annotation),
            30 => Command::SetAttribute {
                annotation,
                attribute: Key::from("kind"),
                value: Some(Value::Text("country".to_owned())),
            },
            31 => Command::SetStatus { document, status: Status::Done },
            32 => Command::MarkDone,
            33 => Command::SetMeta { document, title: name, meta: Meta::default() },
            34 => {
                let documents =
                    world.documents.iter().map(|page| super::rows::imported(page, world)).collect();
                Command::Import { documents, group: session.history().undo_number().filter(|_| self.yes) }
            }
            35 => {
                let two = [document, documents.first().copied().unwrap_or(document)];
                let some: BTreeMap<_, _> =
                    two[..=usize::from(self.yes)].iter().map(|id| (*id, desk.body(*id))).collect();
                Command::RemoveDocuments(some.into_iter().collect())
            }
            36 => Command::RenameProject(name),
            37 | 38 => {
                if self.yes {
                    Command::Undo
                } else {
                    Command::Redo
                }
            }
            39 => Command::Label(key),
            44..=49 | 51 | 52 => Command::Registry(Box::new(self.registering(desk, &actors))),
            53..=57 => {
                let ends = [self.one.index(ids.len() + 1), self.other.index(ids.len() + 1)];
                let chosen = ids[ends[0].min(ends[1])..ends[0].max(ends[1])].to_vec();
                let to = actor.map_or(Target::Annotation(other), Target::Actor);
                let deed = match self.kind {
                    53 => MarkDeed::Relabel(key),
                    54 if self.yes => MarkDeed::SetAttribute {
                        attribute: Key::from("kind"),
                        value: Some(Value::Text("country".to_owned())),
                    },
                    54 => MarkDeed::SetAttribute { attribute: Key::from("stance"), value: None },
                    55 if self.yes => MarkDeed::LinkNew { kind: Key::from("made_by"), name },
                    55 | 56 => MarkDeed::Link { kind: Key::from("made_by"), to },
                    _ => MarkDeed::Delete,
                };
                Command::Together(Box::new(Together::Annotations { chosen, deed }))
            }
            58 => {
                let deed = match self.one.index(4) {
                    0 => DocumentDeed::Tag(name),
                    1 => DocumentDeed::Untag(name),
                    2 => DocumentDeed::Describe(Meta { source: name, ..Meta::default() }),
                    _ => DocumentDeed::SetStatus(Status::Done),
                };
                Command::Together(Box::new(Together::Documents { chosen: documents, deed }))
            }
            59 | 60 => {
                let text = session.open().map(|open| open.text.to_string()).unwrap_or_default();
                let at = |place: Offset| text.floor_char_boundary(place.to_usize());
                let start = at(here.min(there));
                let end =
                    if self.kind == 59 { text.floor_char_boundary(start + 4) } else { at(here.max(there)) };
                let other =
                    format!("{}{}{}", &text[..start], if self.yes { self.word } else { "Bo" }, &text[end..]);
                let text = Text::new(if other.trim().is_empty() { "Bo".to_owned() } else { other });
                let document = session.open().map_or(document, |open| open.document);
                let sha256 = text_sha256(&text);
                Command::ReplaceText(Box::new(Replacement { document, text, sha256 }))
            }
            _ => Command::Select { anchor: here, head: there, words: self.yes },
        }
    }
}

/// The passage that refers to an entry of the registry.
pub fn passage(record: &Record) -> Option<AnnotationId> {
    match record {
        Record::Annotation(one) => Some(one.id),
        Record::Relation(one) => Some(one.from),
        _ => None,
    }
}

/// What the names of the registry propose in the open text.
pub fn proposed(desk: &Desk) -> Vec<Proposal> {
    let Some(text) = desk.session.open().map(|open| open.text.clone()) else { return Vec::new() };
    let Some(whole) = Span::new(Offset::ZERO, text.len()) else { return Vec::new() };
    let dictionary = Dictionary::new(desk.session.state().actors());
    let known = dictionary.places(&text, whole);
    let grounds = desk.session.grounds(&known).unwrap();
    desk.session.proposed(&grounds, &dictionary, &known)
}

impl Deed {
    /// A change of the registry, with whatever refers to it in all documents.
    fn registering(&self, desk: &Desk, actors: &[ActorId]) -> Registering {
        let nobody = ActorId::new(Uuid::from_u128(4));
        let pick = |index: &Index| if actors.is_empty() { nobody } else { *index.get(actors) };
        let (one, other) = (pick(&self.one), pick(&self.other));
        let referring = desk.referring();
        let kind = if self.yes { ActorKind::Country } else { ActorKind::Person };
        let aliases = vec![self.word.to_owned(), " by another name ".to_owned()];
        let particulars = Particulars { name: self.word.to_owned(), kind, aliases, ..Particulars::default() };
        match self.kind {
            44 => Registering::Merge { into: one, others: vec![other, one], referring },
            45 => {
                let some = |index: &Index| index.index(referring.len() + 1);
                let (start, end) = (some(&self.one), some(&self.other));
                let passages = referring[start.min(end)..start.max(end)].iter().filter_map(passage);
                let to = if self.yes { Whom::Known(other) } else { Whom::New(self.word.to_owned()) };
                Registering::Split { from: one, passages: passages.collect(), to, referring }
            }
            46 => Registering::Delete { actors: vec![one], heir: self.yes.then_some(other), referring },
            47 => Registering::Edit { actor: one, particulars, referring },
            48 => Registering::Add(particulars),
            51 | 52 => {
                let document = desk.session.open().map_or(DocumentId::new(Uuid::nil()), |open| open.document);
                let proposed = proposed(desk);
                match self.kind {
                    51 => {
                        let places = proposed.iter().map(|one| (one.span, one.actors[0])).collect();
                        Registering::Accept { document, places }
                    }
                    _ => {
                        let places =
                            proposed.iter().map(|one| one.span).take(1 + self.one.index(3)).collect();
                        Registering::Refuse { document, places }
                    }
                }
            }
            _ => {
                let known = desk.session.state().actors().get(&one).cloned();
                let new = Actor {
                    id: ActorId::new(Uuid::from_u128(self.one.index(99) as u128 + 5)),
                    ..actor(1, "Cy")
                };
                let actors = [known.map(|known| Actor { kind, name: "Bo".to_owned(), ..known }), Some(new)];
                Registering::TakeIn { actors: actors.into_iter().flatten().collect(), referring }
            }
        }
    }
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_is_done_everything_stays_sound_and_can_be_undone(world in world(), deeds in deeds()) {
        let mut desk = Desk::of_world(&world);
        for deed in &deeds {
            deed.perform(&mut desk, &world);
            desk.check();
        }
        desk.travel(&Command::Redo);
        let end = desk.whole();
        let undone = desk.travel(&Command::Undo);
        prop_assert_eq!(&desk.whole(), &rubricator::model::State::new(world.project.clone()));
        prop_assert_eq!(desk.travel(&Command::Redo), undone);
        desk.check();
        prop_assert_eq!(&desk.whole(), &end);
    }
}
