//! The model under arbitrary edits: whatever is done can be undone, and every index agrees with the naive way.

#![allow(clippy::unwrap_used, reason = "helpers of tests, which fail by panicking")]

use proptest::prelude::*;
use rubricator::model::{Body, EntryKind, History, IntervalIndex, State, Target, Timestamp, Top};
use rubricator::text::{Offset, Span};

use super::arbitrary::{Ids, edit, steps, world};

fn config() -> ProptestConfig {
    ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() }
}

fn spans(most: u32) -> impl Strategy<Value = Span> {
    (0..most, 1..most).prop_filter_map("in order", move |(start, length)| {
        Span::new(Offset::new(start), Offset::new((start + length).min(most)))
    })
}

/// What a document's indexes say, found by looking at every record.
fn check_body(body: &Body) {
    let rebuilt = Body::new(body.annotations().cloned(), body.relations().cloned());
    assert_eq!(*body, rebuilt, "an index kept by changes differs from one made anew");
    let order: Vec<_> = body.annotations().map(|one| (one.fragments.envelope(), one.id)).collect();
    assert!(order.is_sorted());
    assert_eq!(order.len(), body.annotation_count());
    for (rank, annotation) in body.annotations().enumerate() {
        assert_eq!(body.rank(annotation.id), Some(rank));
        assert!(annotation.fragments.iter().is_sorted_by(|one, next| one.end() < next.start()));
        let from: Vec<_> = body.relations().filter(|one| one.from == annotation.id).collect();
        assert_eq!(body.from(annotation.id).collect::<Vec<_>>(), from);
        let target = Target::Annotation(annotation.id);
        let to: Vec<_> = body.relations().filter(|one| one.to == target).collect();
        assert_eq!(body.to(target).collect::<Vec<_>>(), to);
        let start = annotation.fragments.start();
        let mut at: Vec<_> =
            body.annotations().filter(|one| one.fragments.contains(start)).map(|one| one.id).collect();
        let mut found = body.at(start);
        at.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, at);
    }
}

fn check_state(state: &State) {
    for document in state.documents().keys() {
        let body = state.body(*document).unwrap();
        check_body(body);
        let tally = state.tally(*document);
        assert_eq!(tally.annotations as usize, body.annotation_count());
        assert_eq!(tally.relations as usize, body.relation_count());
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_edit_and_its_inverse_leave_everything_as_it_was(world in world(), steps in steps()) {
        let before = world.state();
        let edit = edit(&world, &before, &steps, &mut Ids::new(2));
        let mut state = before.clone();
        state.apply(&edit);
        check_state(&state);
        let after = state.clone();
        let inverse = edit.inverse(Timestamp::default(), "Cy");
        state.apply(&inverse);
        check_state(&state);
        prop_assert_eq!(&state, &before);
        state.apply(&inverse.inverse(Timestamp::default(), "Cy"));
        prop_assert_eq!(&state, &after);
    }

    #[test]
    fn undoing_all_and_redoing_all_is_going_there_and_back(
        world in world(),
        edits in prop::collection::vec(steps(), 1..6),
        undone_between in 0..4_usize,
    ) {
        let before = world.state();
        let mut state = before.clone();
        let mut history = History::default();
        let mut ids = Ids::new(2);
        for steps in &edits {
            let edit = edit(&world, &state, steps, &mut ids);
            state.apply(&edit);
            history.record(edit, None);
        }
        // What is undone before something new is done can no longer be redone, but all else can be undone.
        for _ in 0..undone_between {
            let Some(entry) = history.undo(Timestamp::default(), "", None) else { break };
            state.apply(&entry.edit);
        }
        let edit = edit(&world, &state, &edits[0], &mut ids);
        state.apply(&edit);
        history.record(edit, None);
        prop_assert_eq!(history.redo_top(), Top::Nothing);

        let after = state.clone();
        let mut count = 0;
        while let Some(entry) = history.undo(Timestamp::default(), "", None) {
            prop_assert!(matches!(entry.kind, EntryKind::Undo(_)));
            state.apply(&entry.edit);
            count += 1;
        }
        prop_assert_eq!(&state, &before);
        prop_assert_eq!(history.undo_top(), Top::Nothing);
        for _ in 0..count {
            let entry = history.redo(Timestamp::default(), "", None).unwrap();
            state.apply(&entry.edit);
        }
        prop_assert_eq!(&state, &after);
        prop_assert_eq!(history.redo_top(), Top::Nothing);
        // The log only grows, and names each entry by its place.
        let numbers: Vec<u64> = (1..=history.last()).filter_map(|number| history.entry(number)).map(|entry| entry.number).collect();
        prop_assert_eq!(numbers, (1..=history.last()).collect::<Vec<_>>());
    }

    #[test]
    fn a_stored_history_goes_on_where_it_was(world in world(), edits in prop::collection::vec(steps(), 1..5), undone in 0..4_usize) {
        let before = world.state();
        let mut state = before.clone();
        let mut history = History::default();
        let mut ids = Ids::new(2);
        for steps in &edits {
            let edit = edit(&world, &state, steps, &mut ids);
            state.apply(&edit);
            history.record(edit, None);
        }
        let after = state.clone();
        let mut taken_back = 0;
        for _ in 0..undone {
            let Some(entry) = history.undo(Timestamp::default(), "", None) else { break };
            state.apply(&entry.edit);
            taken_back += 1;
        }
        let entries: Vec<_> = (1..=history.last()).filter_map(|number| history.entry(number)).cloned().collect();
        let mut history = History::stored(history.last(), history.undo_number(), history.redo_number());
        history.load(entries);
        for _ in 0..taken_back {
            let entry = history.redo(Timestamp::default(), "", None).unwrap();
            state.apply(&entry.edit);
        }
        prop_assert_eq!(&state, &after);
        while let Some(entry) = history.undo(Timestamp::default(), "", None) {
            state.apply(&entry.edit);
        }
        prop_assert_eq!(&state, &before);
    }

    #[test]
    fn the_interval_index_finds_what_looking_at_all_finds(
        entries in prop::collection::vec((spans(40), 0..50_u32), 0..40),
        removed in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
        asked in spans(45),
    ) {
        let mut naive = entries.clone();
        naive.sort_unstable();
        let built = IntervalIndex::new(entries.clone());
        let mut grown = IntervalIndex::default();
        for (span, value) in &entries {
            grown.insert(*span, *value);
        }
        prop_assert_eq!(&built, &grown);
        for index in removed {
            if naive.is_empty() {
                break;
            }
            let (span, value) = naive.remove(index.index(naive.len()));
            prop_assert!(grown.remove(span, value));
            prop_assert_eq!(grown.entries(), &naive[..]);
            let found: Vec<_> = naive.iter().copied().filter(|(span, _)| span.overlaps(asked)).collect();
            prop_assert_eq!(grown.overlapping(asked), found);
        }
        prop_assert!(!grown.remove(asked, 99));
        let found: Vec<_> = entries.iter().copied().filter(|(span, _)| span.overlaps(asked)).collect();
        let mut overlapping = built.overlapping(asked);
        overlapping.sort_unstable();
        let mut found = found;
        found.sort_unstable();
        prop_assert_eq!(overlapping, found);
        let mut at = built.at(asked.start());
        at.sort_unstable();
        let mut held: Vec<_> = entries.iter().copied().filter(|(span, _)| span.contains(asked.start())).collect();
        held.sort_unstable();
        prop_assert_eq!(at, held);
    }
}
