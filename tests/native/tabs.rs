//! Several tabs on one project: whatever they do and in whatever order it reaches the database, in the end all show
//! what the database holds, and nothing there stands on what is gone.

#![allow(clippy::expect_used, reason = "helpers of tests, which fail by panicking")]

use proptest::prelude::*;
use rubricator::app::Command;
use rubricator::format::{ImportedDocument, Reader};
use rubricator::model::{AnnotationId, DocumentId, Key};
use rubricator::text::Offset;

use super::arbitrary::{Ids, World, world};
use super::rows::Desk;
use super::session::{Deed, deeds, deeds_of, desk};

/// One tab does something, then perhaps saves.
type Turn = (prop::sample::Index, Vec<Deed>, bool);

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    prop::collection::vec((any::<prop::sample::Index>(), deeds(), any::<bool>()), 0..12)
}

/// Turns of few deeds that reach into what the other tab works on: documents removed, brought in again, with another
/// text, actors and labels deleted, and all of it undone.
fn takings() -> impl Strategy<Value = Vec<Turn>> {
    const KINDS: &[u8] = &[0, 4, 13, 16, 29, 31, 33, 34, 35, 37, 38, 39, 41, 42, 43, 46, 50, 57, 58, 59, 60];
    let some = deeds().prop_map(|all| all.into_iter().filter(|one| one.is_one_of(KINDS)).take(4).collect());
    prop::collection::vec((any::<prop::sample::Index>(), some, any::<bool>()), 0..12)
}

fn config(cases: u32) -> ProptestConfig {
    let long = std::env::var_os("RUBRICATOR_LONG").is_some();
    let cases = if long { cases * 50 } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Tabs on a project, each with a document open, which save only when they are told.
fn tabs(world: &World, count: u32) -> Vec<Desk> {
    let first = Desk::of_world(world);
    (1..=count)
        .map(|hand| {
            let mut tab = first.beside(hand);
            tab.slow = true;
            tab
        })
        .collect()
}

/// All have followed the log to its end: they hold the same, which is what the database holds.
fn check_equal(tabs: &mut [Desk]) {
    for _ in 0..2 {
        tabs.iter_mut().for_each(Desk::store);
    }
    let stored = tabs[0].stored();
    for tab in tabs {
        tab.check();
        assert_eq!(tab.session.history().waiting().count(), 0);
        assert_eq!(tab.whole(), stored);
        let documents: Vec<DocumentId> = stored.documents().keys().copied().collect();
        for document in documents {
            assert_eq!(Some(&tab.body(document)), stored.body(document));
        }
    }
}

/// So many tabs take their turns; then all of them and the database hold the same.
fn work(world: &World, count: u32, turns: Vec<Turn>) {
    let mut tabs = tabs(world, count);
    for (who, deeds, saves) in turns {
        let tab = who.index(tabs.len());
        let tab = &mut tabs[tab];
        for deed in deeds {
            deed.perform(tab, world);
        }
        if saves {
            tab.store();
            tab.check();
        }
    }
    check_equal(&mut tabs);
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn tabs_that_take_from_each_other_what_they_stand_on_stay_sound(world in world(), turns in takings()) {
        work(&world, 2, turns);
    }

    /// Registry entries deleted and annotations taken away in one tab, documents removed and brought in again in another.
    #[test]
    fn what_comes_in_again_leaves_no_link_without_its_ends(
        world in world(), takes in deeds_of(&[46, 29, 46]), brings in deeds_of(&[34, 35, 34])
    ) {
        let mut tabs = tabs(&world, 2);
        let (removal, import) = brings.split_at(2);
        for (tab, deeds) in [(0, removal), (1, &takes), (0, import)] {
            deeds.iter().for_each(|deed| deed.perform(&mut tabs[tab], &world));
        }
        check_equal(&mut tabs);
    }

    #[test]
    fn tabs_that_have_followed_the_log_to_its_end_are_equal(world in world(), turns in turns()) {
        work(&world, 3, turns);
    }
}

/// Documents of texts, as a worker reads them.
fn lines(tab: &Desk, texts: &[&str], seed: u64) -> Vec<Vec<ImportedDocument>> {
    let lines: Vec<String> = texts.iter().map(|text| format!("{{\"text\":\"{text}\"}}")).collect();
    let mut ids = Ids::new(seed);
    let reader = Reader::new("lines.jsonl", tab.keys().0);
    let read = reader.parse_all(lines.join("\n").as_bytes(), &mut || ids.next());
    read.documents.into_iter().map(|document| vec![document]).collect()
}

proptest! {
    #![proptest_config(config(30))]

    #[test]
    fn tabs_stay_equal_while_one_brings_documents_in(world in world(), turns in turns(), stores in any::<[bool; 4]>()) {
        let mut tabs = tabs(&world, 2);
        let mut other = tabs.pop().expect("two tabs");
        let mut one = tabs.pop().expect("two tabs");
        let batches = lines(&one, &["One.", "Two.", "Three.", "Four."], 9);
        let (mut turns, mut stores) = (turns.into_iter(), stores.into_iter());
        one.import_by_worker(batches, |one| {
            for (who, deeds, saves) in turns.by_ref().take(2) {
                let tab = if who.index(2) == 0 { &mut *one } else { &mut other };
                for deed in deeds {
                    deed.perform(tab, &world);
                }
                if saves {
                    tab.store();
                    tab.check();
                }
            }
            if stores.next() == Some(true) {
                one.store();
            }
        });
        check_equal(&mut [one, other]);
    }
}

#[test]
fn an_import_in_one_tab_is_one_undo_there_and_seen_in_the_other() {
    let [mut one, mut other] = pair("Ada sang. Bo ran. Cy sat.");
    let batches = lines(&one, &["One.", "Two.", "Three."], 9);
    let mut count = 0;
    one.import_by_worker(batches, |one| {
        let sentence = count * 8;
        count += 1;
        mark(one, sentence, sentence + 2, "claim");
        mark(&mut other, sentence, sentence + 6, "criticism");
        // What the other tab stores goes before what waits here, which is numbered anew.
        other.store();
        if count != 2 {
            one.store();
        }
    });
    other.store();
    assert_eq!(other.session.state().documents().len(), 4);
    // What was stored says the same as what was in memory.
    one.reload(2);
    for left in [5, 4, 3] {
        assert_eq!(labels(&one).len(), left + 1);
        one.perform(Command::Undo).expect("its labels come first");
        assert_eq!(labels(&one).len(), left);
        assert_eq!(one.session.state().documents().len(), 4);
    }
    one.store();
    one.perform(Command::Undo).expect("then the import, as a whole");
    assert_eq!(one.session.state().documents().len(), 1);
    check_equal(&mut [one, other]);
}

#[test]
fn of_two_imports_of_the_same_documents_at_once_one_counts() {
    let [mut one, mut other] = pair("Ada sang.");
    for tab in [&mut one, &mut other] {
        let batches = lines(tab, &["One.", "Two."], 9);
        tab.import_by_worker(batches, |_| ());
    }
    one.store();
    other.store();
    one.store();
    assert_eq!(one.session.state().documents().len(), 3);
    check_equal(&mut [one, other]);
}

/// Two tabs on the same text, with its one document open.
fn pair(source: &str) -> [Desk; 2] {
    let first = desk(source);
    [1, 2].map(|hand| {
        let mut tab = first.beside(hand);
        tab.slow = true;
        tab
    })
}

fn mark(tab: &mut Desk, from: u32, to: u32, label: &str) {
    let (anchor, head) = (Offset::new(from), Offset::new(to));
    tab.perform(Command::Select { anchor, head, words: false }).expect("a selection");
    tab.perform(Command::Label(Key::from(label))).expect("a label");
}

fn labels(tab: &Desk) -> Vec<String> {
    let body = tab.session.body().expect("a document is open");
    body.annotations().map(|one| one.label.to_string()).collect()
}

#[test]
fn each_tab_undoes_its_own() {
    let [mut one, mut other] = pair("Ada sang.");
    mark(&mut one, 0, 3, "claim");
    mark(&mut other, 4, 8, "criticism");
    check_equal(&mut [one, other]);
    let [mut one, mut other] = pair("Ada sang.");
    mark(&mut one, 0, 3, "claim");
    one.store();
    mark(&mut other, 4, 8, "criticism");
    other.store();
    one.store();
    assert_eq!(labels(&one), ["claim", "criticism"]);
    one.perform(Command::Undo).expect("its own is undone");
    assert_eq!(labels(&one), ["criticism"]);
    assert!(one.perform(Command::Undo).is_err(), "the other's is not");
    one.store();
    other.store();
    other.perform(Command::Undo).expect("its own is undone");
    assert!(labels(&other).is_empty());
    other.store();
    one.store();
    one.perform(Command::Redo).expect("and comes back");
    assert_eq!(labels(&one), ["claim"]);
    check_equal(&mut [one, other]);
}

#[test]
fn of_two_edits_of_one_annotation_the_later_wins_whole_and_the_earlier_stays_in_the_history() {
    let [mut one, mut other] = pair("Ada sang.");
    mark(&mut one, 0, 3, "claim");
    one.store();
    other.store();
    let id = other.session.body().expect("a document is open").order()[0].1;
    for (tab, note) in [(&mut one, "first"), (&mut other, "second")] {
        tab.perform(Command::SetNote { annotation: id, note: note.to_owned() }).expect("a note");
    }
    one.store();
    other.store();
    one.store();
    for tab in [&one, &other] {
        let body = tab.session.body().expect("a document is open");
        assert_eq!(body.annotation(id).expect("it is there").note, "second");
    }
    assert_eq!(one.session.history().last(), 4, "import, label and two notes are in the log");
    // What the other tab has changed since is not this one's to take back.
    one.perform(Command::Undo).expect("undo says so");
    let body = one.session.body().expect("a document is open");
    assert_eq!(body.annotation(id).expect("it is there").note, "second");
}

/// Two tabs: one has stored a claim, and the other has given it a maker, which is not stored yet.
fn linked_elsewhere() -> ([Desk; 2], AnnotationId) {
    let [mut one, mut other] = pair("Ada sang well.");
    mark(&mut one, 4, 8, "claim");
    one.store();
    other.store();
    let claim = other.session.body().expect("a document is open").order()[0].1;
    other
        .perform(Command::LinkNew { from: claim, kind: Key::from("made_by"), name: "Ada".to_owned() })
        .expect("a link");
    ([one, other], claim)
}

#[test]
fn what_another_tab_has_linked_to_is_not_taken_away_by_undo() {
    let ([mut one, mut other], _) = linked_elsewhere();
    other.store();
    one.store();
    one.perform(Command::Undo).expect("undo says so");
    assert_eq!(labels(&one), ["claim"]);
    check_equal(&mut [one, other]);
}

#[test]
fn a_deletion_that_waits_spares_what_another_tab_has_linked_to() {
    let ([mut one, mut other], claim) = linked_elsewhere();
    one.perform(Command::DeleteAnnotation(claim)).expect("a deletion");
    other.store();
    one.store();
    assert_eq!(labels(&one), ["claim"]);
    check_equal(&mut [one, other]);
}
