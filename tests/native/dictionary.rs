//! The dictionary of known names: what it proposes in a text, and what becomes of what is accepted and refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which fail by panicking")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use rubricator::app::{Command, Registering};
use rubricator::model::{Actor, ActorId, Body, Codebook, Key, Origin, Status, Value};
use rubricator::suggest::{Dictionary, Grounds, Known, Proposal, piece};
use rubricator::text::{Offset, Span, Text, alike, is_grapheme_boundary};

use crate::arbitrary::{text, world};
use crate::rows::Desk;
use crate::scene::{Marked, marked, registry};
use crate::session::desk_with;

fn proposed(text: &Text, body: &Body, actors: &BTreeMap<ActorId, Actor>, refused: &[Span]) -> Vec<Proposal> {
    let dictionary = Dictionary::new(actors);
    let Some(whole) = Span::new(Offset::ZERO, text.len()) else { return Vec::new() };
    let known = dictionary.places(text, whole);
    let grounds = Grounds::new(&known, body, refused.to_vec());
    let of = |places: &[Known]| grounds.proposals(&dictionary, places, text, body, &Codebook::standard());
    let all = of(&known);
    // Piece by piece it is the same, however small the pieces are.
    for wanted in [0, 2, 5] {
        let (mut left, mut in_pieces) = (&known[..], Vec::new());
        while !left.is_empty() {
            let first = piece(left, wanted);
            assert!(!first.is_empty(), "{wanted} of {left:?}");
            in_pieces.extend(of(first));
            left = &left[first.len()..];
        }
        assert_eq!(in_pieces, all, "pieces of {wanted}");
    }
    all
}

/// What is proposed in a text where `<a1=2>words</a1>` is tagged as the second actor: the words, and the actors' numbers.
fn check(source: &str, actors: &[&str], expected: &[&str]) {
    let Marked { text, body } = marked(source, &[]);
    let found = proposed(&text, &body, &registry(actors), &[]);
    let printed: Vec<String> = found
        .iter()
        .map(|one| {
            let who: Vec<String> = one.actors.iter().map(|id| id.uuid().as_u128().to_string()).collect();
            format!("{} {}", text.slice(one.span).unwrap(), who.join(","))
        })
        .collect();
    assert_eq!(printed, expected, "{source}");
}

#[test]
fn known_names_are_proposed_the_longest_first() {
    let actors = ["Steve Witkoff; Witkoff; Special Envoy Witkoff", "organization: White House"];
    check(
        "Special Envoy Witkoff left the White House. Steve Witkoff’s plane; Witkoff.",
        &actors,
        &["Special Envoy Witkoff 1", "White House 2", "Steve Witkoff 1", "Witkoff 1"],
    );
    check("Witkoffs, aWitkoff, Whitkoff, White-House, White  House", &actors, &["White  House 2"]);
    check(
        "STEVE WITKOFF and Müller met MULLER",
        &["Steve Witkoff", "Müller"],
        &["STEVE WITKOFF 1", "Müller 2", "MULLER 2"],
    );
    check("安倍晋三は東京で", &["安倍晋三; 安倍"], &["安倍晋三 1"]);
    check("دونالد ترامب قال", &["دونالد ترامب"], &["دونالد ترامب 1"]);
    check("nobody", &[], &[]);
}

#[test]
fn capitals_tell_names_from_words() {
    check("US troops told us: Us too.", &["country: US"], &["US 1"]);
    check("The U.S. said", &["country: U.S."], &["U.S. 1"]);
    check(
        "It may be May, in May or on 5 May 2017. May said so. Mrs May left.",
        &["Theresa May; May"],
        &["May 1", "May 1"],
    );
    check("A rose is a rose. Rose left.", &["Rose"], &[]);
    check("The critics and the Critics", &["group: the critics; the mayor"], &["The critics 1"]);
    check("The mayor", &["group: the mayor"], &[]);
    check("He said it. President Holt", &["Maren Holt; He; President"], &[]);
    check("a B c, ABC", &["B", "organization: ABC"], &["ABC 2"]);
}

#[test]
fn a_last_name_alone_stands_for_who_was_spoken_of() {
    let actors = ["Maren Holt", "Ursula von der Leyen", "Bo Delmann", "Cy Delmann"];
    check("Maren Holt came. Holt spoke.", &actors, &["Maren Holt 1", "Holt 1"]);
    check("Holt spoke.", &actors, &[]);
    check("<a1=1>She</a1> came. Holt spoke.", &actors, &["Holt 1"]);
    check(
        "Ursula von der Leyen came. Von der Leyen and von der Leyen",
        &actors,
        &["Ursula von der Leyen 2", "Von der Leyen 2", "von der Leyen 2"],
    );
    check("Bo Delmann and Cy Delmann. Delmann left.", &actors, &["Bo Delmann 3", "Cy Delmann 4"]);
    check("Maren Holt. Holt", &["Maren Holt", "organization: Holt"], &["Maren Holt 1", "Holt 2"]);
}

#[test]
fn of_one_name_those_spoken_of_come_first() {
    let actors = ["Anna Lind; Lind", "Bo Lind; Lind"];
    check("Lind", &actors, &["Lind 1,2"]);
    check("<a1=2>Bo</a1>: Lind", &actors, &["Lind 2,1"]);
}

#[test]
fn what_is_tagged_or_refused_is_not_proposed() {
    check(
        "<a1=1>Maren Holt</a1>, <c1>Maren Holt left</c1>, Maren <a2>Holt</a2>",
        &["Maren Holt"],
        &["Maren Holt 1"],
    );
    let text = Text::new("Holt met Holt");
    let actors = registry(&["Holt"]);
    let refused = [Span::from_range(0..4).unwrap()];
    let found = proposed(&text, &Body::default(), &actors, &refused);
    assert_eq!(found.iter().map(|one| one.span).collect::<Vec<_>>(), [Span::from_range(9..13).unwrap()]);
}

#[test]
fn a_dictionary_follows_the_registry() {
    let mut actors = registry(&["Ada; Countess", "Bo"]);
    let mut dictionary = Dictionary::new(&actors);
    let ada = actors.values().next().unwrap().clone();
    let changed = Actor { name: "Ada Lovelace".to_owned(), aliases: Vec::new(), ..ada.clone() };
    dictionary.put(&changed);
    actors.insert(ada.id, changed);
    assert_eq!(dictionary, Dictionary::new(&actors));
    dictionary.take(ada.id);
    actors.remove(&ada.id);
    assert_eq!(dictionary, Dictionary::new(&actors));
}

/// The words that are proposed in the open text.
fn words(desk: &Desk) -> Vec<String> {
    let text = &desk.session.open().unwrap().text;
    crate::session::proposed(desk).iter().map(|one| text.slice(one.span).unwrap().to_owned()).collect()
}

fn register(desk: &mut Desk, change: Registering) {
    desk.perform(Command::Registry(Box::new(change))).unwrap();
}

#[test]
fn what_is_accepted_is_a_mention_that_says_where_it_came_from() {
    let mut desk = desk_with("Maren Holt met Bo. <claim>Holt lied</claim>.", &["Maren Holt", "Bo"]);
    assert_eq!(words(&desk), ["Maren Holt", "Bo", "Holt"]);
    let before = desk.whole();
    let document = desk.session.open().unwrap().document;
    let proposed = crate::session::proposed(&desk);
    let places = proposed.iter().map(|one| (one.span, one.actors[0])).collect::<Vec<_>>();
    register(&mut desk, Registering::Accept { document, places: places[..1].to_vec() });
    assert_eq!(words(&desk), ["Bo", "Holt"]);
    register(&mut desk, Registering::Accept { document, places: places.clone() });
    assert!(words(&desk).is_empty());
    let body = desk.session.body().unwrap();
    let mentions: Vec<_> = body.annotations().filter(|one| one.origin == Origin::Suggestion).collect();
    assert_eq!(mentions.len(), 3);
    for mention in &mentions {
        assert_eq!(mention.label, Key::from("actor"));
        assert_eq!(mention.attributes[&Key::from("kind")], Value::Text("person".to_owned()));
    }
    assert_eq!(mentions[0].actor, mentions[2].actor);
    assert_eq!(desk.session.state().documents()[&document].status, Status::InProgress);
    desk.check();
    desk.perform(Command::Undo).unwrap();
    assert_eq!(words(&desk), ["Bo", "Holt"]);
    desk.perform(Command::Undo).unwrap();
    assert_eq!(desk.whole(), before);
}

#[test]
fn what_is_refused_stays_refused_until_it_is_taken_back() {
    let mut desk = desk_with("Bo met Bo.", &["Bo"]);
    let document = desk.session.open().unwrap().document;
    let places = vec![crate::session::proposed(&desk)[0].span];
    register(&mut desk, Registering::Refuse { document, places });
    assert_eq!(words(&desk), ["Bo"]);
    desk.check_stored();
    desk.reload(0);
    assert_eq!(words(&desk), ["Bo"]);
    desk.perform(Command::Undo).unwrap();
    assert_eq!(words(&desk), ["Bo", "Bo"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn proposals_are_whole_words_that_do_not_overlap(world in world(), more in text()) {
        for page in &world.documents {
            let mut actors = world.actors.clone();
            // The text itself holds the names of some.
            for actor in actors.values_mut() {
                actor.aliases.extend(page.text.split(' ').map(str::to_owned).take(3));
                actor.aliases.push(more.clone());
            }
            let found = proposed(&page.text, &page.body, &actors, &[]);
            for pair in found.windows(2) {
                prop_assert!(pair[0].span.end() <= pair[1].span.start());
            }
            for one in &found {
                prop_assert!(is_grapheme_boundary(&page.text, one.span.start()));
                prop_assert!(is_grapheme_boundary(&page.text, one.span.end()));
                prop_assert!(!one.actors.is_empty());
                let written = page.text.slice(one.span).unwrap();
                let alike = alike(&page.text, written);
                prop_assert!(alike.iter().any(|(span, _)| *span == one.span), "{written:?}");
            }
        }
    }

    #[test]
    fn a_text_in_pieces_has_the_same_places(world in world()) {
        let dictionary = Dictionary::new(&world.actors);
        for page in &world.documents {
            let Some(whole) = Span::new(Offset::ZERO, page.text.len()) else { continue };
            let mut pieces = Vec::new();
            let mut start = 0;
            for line in page.text.split_inclusive('\n') {
                let span = Span::from_range(start..start + line.len()).unwrap();
                pieces.extend(dictionary.places(&page.text, span));
                start += line.len();
            }
            prop_assert_eq!(pieces, dictionary.places(&page.text, whole));
        }
    }
}
