//! The same done to several annotations or documents at once: one undo, and what cannot have it is passed over.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which fail by panicking")]

use rubricator::app::{
    Command, DocumentDeed, DocumentSort, MarkDeed, Refusal, Together, all_tags, bare_copy, every_nth,
    listed_documents, order_print, random_sample,
};
use rubricator::format::{refused as refused_of, tags, with_refused};
use rubricator::model::{AnnotationId, Document, DocumentId, Key, Meta, Status, Target, Value};
use rubricator::text::Span;

use uuid::Uuid;

use super::rows::Desk;
use super::session::{desk, desk_with, documents_of, links, printed};

/// Does a deed to the annotations of these numbers, in the order of the text, and gives what was said.
fn act(desk: &mut Desk, numbers: &[usize], deed: MarkDeed) -> Result<String, Refusal> {
    let ids: Vec<AnnotationId> =
        desk.session.body().unwrap().annotations().map(|annotation| annotation.id).collect();
    let chosen = numbers.iter().map(|number| ids[*number]).collect();
    let outcome = desk.perform(Command::Together(Box::new(Together::Annotations { chosen, deed })));
    desk.check();
    desk.check_stored();
    outcome.map(|outcome| outcome.said.unwrap_or_default())
}

/// The deed with its words and result, and that undo brings back what was there in one step.
fn check(before: &str, numbers: &[usize], deed: MarkDeed, said: &str, after: &str) -> Desk {
    let mut desk = desk(before);
    let related = links(&desk);
    let state = desk.whole();
    assert_eq!(act(&mut desk, numbers, deed).unwrap(), said);
    assert_eq!(printed(&desk), after);
    let (changed, relinked) = (plain(&desk), links(&desk));
    desk.perform(Command::Undo).unwrap();
    desk.check_stored();
    assert_eq!((plain(&desk), links(&desk)), (before.replace('|', ""), related));
    assert_eq!(desk.whole(), state);
    desk.perform(Command::Redo).unwrap();
    assert_eq!((plain(&desk), links(&desk)), (changed, relinked));
    desk
}

/// The marks alone: where the cursor is after an undo is another matter.
fn plain(desk: &Desk) -> String {
    printed(desk).replace(['*', '|'], "")
}

fn key(name: &str) -> Key {
    Key::from(name)
}

#[test]
fn several_get_another_label_as_one_undo() {
    check(
        "|<claim>It rains</claim> and <claim>it pours</claim>, <actor>he</actor> said.",
        &[0, 1],
        MarkDeed::Relabel(key("criticism")),
        "2 annotations now Criticism",
        "|<criticism>It rains</criticism> and <criticism>it pours</criticism>, <actor>he</actor> said.",
    );
}

#[test]
fn what_has_the_label_or_lies_on_one_that_has_it_is_passed_over() {
    check(
        "|<criticism><claim>It rains</criticism></claim> and <claim>it pours</claim>.",
        &[0, 1, 2],
        MarkDeed::Relabel(key("criticism")),
        "1 annotation now Criticism; 2 passed over, as they cannot have this or have it already",
        "|<criticism><claim>It rains</criticism></claim> and <criticism>it pours</criticism>.",
    );
}

#[test]
fn names_that_become_actors_share_one_new_entry() {
    let desk = check(
        "|<claim>Ada Holt</claim> met Bo. <claim>Ada Holt</claim> left. <claim>Holt</claim> sang.",
        &[0, 1, 2],
        MarkDeed::Relabel(key("actor")),
        "3 annotations now Actor",
        "|<actor>Ada Holt</actor> met Bo. <actor>Ada Holt</actor> left. <actor>Holt</actor> sang.",
    );
    let actors: Vec<_> = desk.session.state().actors().values().map(|actor| &actor.name).collect();
    assert_eq!(actors, ["Ada Holt"], "what may be another name of hers is left to the person");
    let named: Vec<_> =
        desk.session.body().unwrap().annotations().map(|annotation| annotation.actor.is_some()).collect();
    assert_eq!(named, [true, true, false]);
}

#[test]
fn several_are_linked_to_one_and_deleted_with_their_links() {
    let mut desk = desk("|<actor>Ada</actor> said <claim>it rains</claim> and <claim>it pours</claim>.");
    let actor = desk.session.body().unwrap().annotations().next().unwrap().id;
    let deed = MarkDeed::Link { kind: key("made_by"), to: Target::Annotation(actor) };
    let said = act(&mut desk, &[0, 1, 2], deed).unwrap();
    assert_eq!(said, "2 annotations linked to Ada; 1 passed over, as it cannot have this or has it already");
    assert_eq!(links(&desk), ["claim made_by Ada", "claim made_by Ada"]);
    assert_eq!(act(&mut desk, &[0, 1], MarkDeed::Delete).unwrap(), "2 annotations deleted, 2 links removed");
    assert_eq!(printed(&desk), "|Ada said it rains and <claim>it pours</claim>.");
    desk.perform(Command::Undo).unwrap();
    assert_eq!(links(&desk).len(), 2);
    desk.perform(Command::Undo).unwrap();
    assert_eq!(links(&desk).len(), 0);
}

#[test]
fn a_link_stays_where_both_of_its_ends_may_have_it_afterwards() {
    let mut desk = desk("|<actor>Ada</actor>: <claim>it rains</claim>.");
    let actor = desk.session.body().unwrap().annotations().next().unwrap().id;
    let deed = MarkDeed::Link { kind: key("made_by"), to: Target::Annotation(actor) };
    act(&mut desk, &[1], deed).unwrap();
    assert_eq!(
        act(&mut desk, &[1], MarkDeed::Relabel(key("criticism"))).unwrap(),
        "1 annotation now Criticism"
    );
    assert_eq!(links(&desk), ["criticism made_by Ada"]);
    let said = act(&mut desk, &[0, 1], MarkDeed::Relabel(key("claim"))).unwrap();
    assert_eq!(said, "2 annotations now Claim, 1 link removed");
    assert_eq!(links(&desk).len(), 0);
}

#[test]
fn an_actor_that_is_made_for_a_link_is_made_once_and_never_for_nothing() {
    let mut desk = desk("|<actor>He</actor> said <claim>it rains</claim> and <claim>it pours</claim>.");
    let before = desk.whole();
    let deed = MarkDeed::LinkNew { kind: key("made_by"), name: "Ada".to_owned() };
    assert!(act(&mut desk, &[0], deed.clone()).unwrap().starts_with("Nothing was changed"));
    assert_eq!(desk.whole(), before);
    assert_eq!(act(&mut desk, &[1, 2], deed).unwrap(), "2 annotations linked to Ada");
    assert_eq!(links(&desk), ["claim made_by @Ada", "claim made_by @Ada"]);
    assert_eq!(desk.session.state().actors().len(), 1);
}

#[test]
fn an_attribute_is_set_where_the_label_has_it() {
    let mut desk = desk_with("|<actor>He</actor> said <claim>it rains</claim>.", &["Ada"]);
    let set = |value: &str| MarkDeed::SetAttribute {
        attribute: key("stance"),
        value: Some(Value::Text(value.to_owned())),
    };
    let said = act(&mut desk, &[0, 1], set("oppose")).unwrap();
    assert_eq!(said, "1 annotation changed; 1 passed over, as it cannot have this or has it already");
    let before = desk.whole();
    assert!(act(&mut desk, &[0, 1], set("no such stance")).unwrap().starts_with("Nothing was changed"));
    assert_eq!(desk.whole(), before);
    assert_eq!(act(&mut desk, &[], set("oppose")), Err(Refusal::NothingToDo));
    let nothing = MarkDeed::Relabel(key("no such label"));
    assert_eq!(act(&mut desk, &[0], nothing), Err(Refusal::NotInCodebook("no such label".to_owned())));
}

/// Does a deed to all documents and gives what was said.
fn sort(desk: &mut Desk, deed: DocumentDeed) -> Result<String, Refusal> {
    let chosen: Vec<DocumentId> = desk.session.state().documents().keys().copied().collect();
    let outcome = desk.perform(Command::Together(Box::new(Together::Documents { chosen, deed })));
    desk.check_stored();
    outcome.map(|outcome| outcome.said.unwrap_or_default())
}

#[test]
fn documents_are_tagged_and_described_together_as_one_undo_each() {
    let mut desk = desk("|One.");
    desk.perform(Command::Import { documents: documents_of(&["|Two.", "|Three."]), group: None }).unwrap();
    let before = desk.whole();
    assert_eq!(sort(&mut desk, DocumentDeed::Tag(" pilot ".to_owned())).unwrap(), "3 documents changed");
    assert_eq!(
        sort(&mut desk, DocumentDeed::Tag("pilot".to_owned())).unwrap(),
        "Nothing was changed: it is like that already"
    );
    sort(&mut desk, DocumentDeed::Tag("2024".to_owned())).unwrap();
    let tagged = |desk: &Desk| -> Vec<Vec<String>> {
        desk.session.state().documents().values().map(|document| tags(&document.extra)).collect()
    };
    assert_eq!(tagged(&desk), [["2024", "pilot"]; 3]);
    desk.reload(9);
    assert_eq!(tagged(&desk), [["2024", "pilot"]; 3], "a reload keeps them");
    sort(&mut desk, DocumentDeed::Untag("pilot".to_owned())).unwrap();
    assert_eq!(tagged(&desk), [["2024"]; 3]);
    let given = Meta { source: "The Tribune".to_owned(), ..Meta::default() };
    sort(&mut desk, DocumentDeed::Describe(given)).unwrap();
    sort(&mut desk, DocumentDeed::SetStatus(Status::Done)).unwrap();
    for document in desk.session.state().documents().values() {
        assert_eq!((document.meta.source.as_str(), document.status), ("The Tribune", Status::Done));
    }
    assert_eq!(sort(&mut desk, DocumentDeed::Tag("  ".to_owned())), Err(Refusal::NoName));
    for _ in 0..5 {
        desk.perform(Command::Undo).unwrap();
    }
    assert_eq!(desk.whole(), before);
}

// The list of documents.

fn listed(desk: &Desk, by: DocumentSort, reversed: bool, tag: Option<&str>) -> Vec<String> {
    let documents = desk.session.state().documents();
    let ids = listed_documents(documents, by, reversed, tag);
    ids.iter().map(|id| documents[id].title.clone()).collect()
}

/// Documents of these titles and days.
fn library(documents: &[(&str, &str)]) -> Desk {
    let mut desk = desk("|One.");
    let first: Vec<_> = desk.session.state().documents().keys().map(|id| (*id, desk.body(*id))).collect();
    let texts: Vec<String> = documents.iter().map(|(title, _)| format!("|{title}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut imported = documents_of(&texts);
    for (one, (title, day)) in imported.iter_mut().zip(documents) {
        (*title).clone_into(&mut one.document.title);
        (*day).clone_into(&mut one.document.meta.published);
    }
    desk.perform(Command::Import { documents: imported, group: None }).unwrap();
    desk.perform(Command::RemoveDocuments(first)).unwrap();
    desk
}

fn id_of(desk: &Desk, title: &str) -> DocumentId {
    desk.session.state().documents().values().find(|one| one.title == title).unwrap().id
}

#[test]
fn documents_are_listed_by_title_date_state_and_tag() {
    let mut desk =
        library(&[("beta", "2024-02-01"), ("Alpha", ""), ("gamma", "2023-05-05"), ("Alpha", "2025-01-01")]);
    let by = |desk: &Desk, by, reversed| listed(desk, by, reversed, None);
    assert_eq!(by(&desk, DocumentSort::Work, false), ["beta", "Alpha", "gamma", "Alpha"]);
    assert_eq!(by(&desk, DocumentSort::Work, true), ["Alpha", "gamma", "Alpha", "beta"]);
    assert_eq!(by(&desk, DocumentSort::Title, false), ["Alpha", "Alpha", "beta", "gamma"]);
    assert_eq!(by(&desk, DocumentSort::Title, true), ["gamma", "beta", "Alpha", "Alpha"]);
    assert_eq!(by(&desk, DocumentSort::Date, false), ["gamma", "beta", "Alpha", "Alpha"], "none comes last");
    assert_eq!(by(&desk, DocumentSort::Date, true), ["Alpha", "beta", "gamma", "Alpha"], "here as well");
    let print = |desk: &Desk| order_print(desk.session.state().documents(), DocumentSort::Title);
    let before = print(&desk);
    let chosen = vec![id_of(&desk, "gamma")];
    let tag = |chosen, deed| Command::Together(Box::new(Together::Documents { chosen, deed }));
    desk.perform(tag(chosen.clone(), DocumentDeed::Tag("pilot".to_owned()))).unwrap();
    assert_ne!(print(&desk), before, "the list is put in order anew");
    desk.perform(tag(chosen, DocumentDeed::SetStatus(Status::Done))).unwrap();
    assert_eq!(by(&desk, DocumentSort::Tag, false)[0], "gamma");
    assert_eq!(by(&desk, DocumentSort::Status, false)[3], "gamma");
    assert_eq!(listed(&desk, DocumentSort::Title, false, Some("pilot")), ["gamma"]);
    assert_eq!(all_tags(desk.session.state().documents()), [("pilot".to_owned(), 1)]);
}

#[test]
fn the_next_document_is_the_next_of_the_list() {
    let mut desk = library(&[("beta", ""), ("Alpha", ""), ("gamma", "")]);
    let (alpha, beta, gamma) = (id_of(&desk, "Alpha"), id_of(&desk, "beta"), id_of(&desk, "gamma"));
    desk.open(beta);
    assert_eq!(desk.session.neighbour(true), Some(alpha), "in the order of work");
    let order = listed_documents(desk.session.state().documents(), DocumentSort::Title, false, None);
    desk.session.set_order(Some(order.into()));
    assert_eq!((desk.session.neighbour(true), desk.session.neighbour(false)), (Some(gamma), Some(alpha)));
    assert_eq!(desk.perform(Command::MarkDone).unwrap().open, Some(gamma));
    desk.open(beta);
    desk.session.set_order(Some(vec![gamma].into()));
    assert_eq!((desk.session.neighbour(true), desk.session.neighbour(false)), (Some(gamma), None));
    desk.open(gamma);
    let outcome = desk.perform(Command::MarkDone).unwrap();
    assert_eq!(outcome.open, None);
    assert!(outcome.said.unwrap().ends_with("nothing of this list is left to do"));
}

#[test]
fn a_sample_is_the_same_for_the_same_seed_and_spread_evenly() {
    let ids: Vec<DocumentId> =
        (0..1000_u128).map(|number| DocumentId::new(Uuid::from_u128(number))).collect();
    assert_eq!(every_nth(&ids, 300), [ids[299], ids[599], ids[899]]);
    assert!(every_nth(&ids, 0).is_empty() && every_nth(&ids, 1001).is_empty());
    let one = random_sample(&ids, 100, 7);
    assert_eq!(one.len(), 100);
    assert!(one.is_sorted_by(|one, other| one < other), "in the order of the list, none twice");
    assert_eq!(one, random_sample(&ids, 100, 7));
    assert_ne!(one, random_sample(&ids, 100, 8));
    assert_eq!(random_sample(&ids, 5000, 7), ids);
    let mut taken = vec![0_u32; 10];
    for seed in 0..5000 {
        for id in random_sample(&ids[..10], 3, seed) {
            taken[id.uuid().as_u128() as usize] += 1;
        }
    }
    // Each is taken in 3 of 10 samples: 1500 times, give or take some five standard deviations of 32.
    assert!(taken.iter().all(|times| (1340..1660).contains(times)), "{taken:?}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a native test may look at the clock")]
fn ten_thousand_documents_are_sorted_and_tagged_quickly() {
    let titles: Vec<String> =
        (0..10_000_u32).map(|number| format!("Article {}", number.wrapping_mul(7919) % 10_000)).collect();
    let documents: Vec<(&str, &str)> = titles.iter().map(|title| (title.as_str(), "")).collect();
    let mut desk = library(&documents);
    let start = std::time::Instant::now();
    let chosen = listed_documents(desk.session.state().documents(), DocumentSort::Title, false, None);
    let sample = random_sample(&chosen, 500, 1);
    let deed = DocumentDeed::Tag("sample".to_owned());
    desk.perform(Command::Together(Box::new(Together::Documents { chosen: sample, deed }))).unwrap();
    let tagged =
        listed_documents(desk.session.state().documents(), DocumentSort::Title, false, Some("sample"));
    assert_eq!(tagged.len(), 500);
    assert!(start.elapsed().as_millis() < 5_000, "{:?} in an unoptimized build", start.elapsed());
}

#[test]
fn a_bare_copy_keeps_text_origin_and_tags_and_nothing_of_the_work() {
    let mut desk = desk("|<claim>It rains</claim>.");
    sort(&mut desk, DocumentDeed::Tag("pilot".to_owned())).unwrap();
    sort(&mut desk, DocumentDeed::SetStatus(Status::Done)).unwrap();
    let original = desk.session.state().documents().values().next().unwrap().clone();
    let refused = with_refused(&original.extra, &[Span::from_range(0..2).unwrap()]);
    let original = Document { extra: refused, ..original };
    let id = DocumentId::new(Uuid::from_u128(99));
    let copy = bare_copy(&original, desk.text(original.id), id);
    assert_eq!((copy.document.id, copy.document.status), (id, Status::Todo));
    assert_eq!(tags(&copy.document.extra), ["pilot"]);
    assert_eq!(refused_of(&copy.document.extra), []);
    assert_eq!(copy.text.as_str(), "It rains.");
    assert!(copy.annotations.is_empty() && copy.relations.is_empty());
    desk.perform(Command::Import { documents: vec![copy], group: None }).unwrap();
    desk.check_stored();
    assert_eq!(desk.session.state().documents().len(), 2);
}
