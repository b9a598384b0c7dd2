//! The same done to several annotations or documents at once: one undo, and what cannot have it is passed over.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which fail by panicking")]

use rubricator::app::{Command, DocumentDeed, MarkDeed, Refusal, Together};
use rubricator::format::tags;
use rubricator::model::{AnnotationId, DocumentId, Key, Meta, Status, Target, Value};

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
