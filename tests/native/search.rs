//! What is found in a whole project, and that the index which follows the edits finds what a new one would.

#![allow(clippy::unwrap_used, reason = "helpers of tests, which fail by panicking")]

use proptest::prelude::*;
use rubricator::format::{tags, with_tags};
use rubricator::model::{ActorId, Annotation, Body, Document, Record, State, Target};
use rubricator::search::{Concern, Found, Index, Only, Query};
use rubricator::text::Needle;

use super::arbitrary::{Ids, World, edit, steps, world};
use super::rows::Desk;
use super::session::desk;

/// An index of all that a project holds.
fn indexed(world: &World) -> Index {
    let documents =
        world.documents.iter().map(|page| (page.document.clone(), rubricator::model::Tally::default()));
    let mut index =
        Index::new(State::stored(world.project.clone(), world.actors.values().cloned(), documents), tags);
    for page in &world.documents {
        index.shelve(page.document.id, page.text.clone(), page.body.clone());
    }
    index
}

fn found(index: &Index, query: &str) -> Found {
    index.find(&Query::parse(query, index.codebook()).unwrap(), 0, usize::MAX)
}

/// The index of a desk with one marked text, whose document has tags.
fn index_of(source: &str) -> Index {
    let desk: Desk = desk(source);
    let session = &desk.session;
    let open = session.open().unwrap();
    let state = session.state();
    let documents = state.documents().values().map(|document| {
        let extra = with_tags(&document.extra, &["Second round".to_owned(), "2024".to_owned()]);
        (Document { extra, ..document.clone() }, state.tally(document.id))
    });
    let mut index =
        Index::new(State::stored(state.project().clone(), state.actors().values().cloned(), documents), tags);
    index.shelve(open.document, open.text.clone(), session.body().unwrap().clone());
    index
}

fn check(source: &str, query: &str, expected: &[&str]) {
    let index = index_of(source);
    let found = found(&index, query);
    let words: Vec<_> = found.hits.iter().map(|hit| hit.words.as_str()).collect();
    assert_eq!(words, expected, "{query}");
    assert_eq!(found.total, expected.len());
}

const TRAM: &str = "<actor>Ada</actor> says <claim>the tram is late</claim>.\n“<criticism>Trams are never late</criticism>”, says Bo.|";

#[test]
fn words_and_annotations_are_found() {
    check(TRAM, "tram", &["tram", "Tram"]);
    check(TRAM, "\"tram\"", &["tram"]);
    check(TRAM, "late says", &["says", "late", "late", "says"]);
    check(TRAM, "tram -bo", &[]);
    check(TRAM, "label:claim", &["the tram is late"]);
    check(TRAM, "label:claim never", &[]);
    check(TRAM, "-label:actor late", &["the tram is late", "Trams are never late"]);
    check(TRAM, "made_by:none label:criticism", &["Trams are never late"]);
    check(TRAM, "stance:any", &[]);
    check(TRAM, "status:done", &[]);
}

#[test]
fn documents_are_found_by_their_tags() {
    check(TRAM, "tag:second tram", &["tram", "Tram"]);
    check(TRAM, "tag:\"second round\" \"tram\"", &["tram"]);
    check(TRAM, "tag:any tag:2024 label:claim", &["the tram is late"]);
    check(TRAM, "tag:third tram", &[]);
    check(TRAM, "-tag:round tram", &[]);
    check(TRAM, "tag:none tram", &[]);
    // A word of one tag and a word of another are no tag.
    check(TRAM, "tag:\"2024 round\" tram", &[]);
}

#[test]
fn a_hit_says_where_it_stands() {
    let hit = found(&index_of(TRAM), "label:criticism").hits.remove(0);
    assert_eq!((hit.before.as_str(), hit.after.as_str()), ("“", "”, says Bo."));
    assert_eq!((hit.label.as_str(), hit.said.as_str()), ("criticism", "Criticism"));
}

#[test]
fn an_empty_query_finds_nothing() {
    assert_eq!(found(&index_of(TRAM), "  "), Found::default());
}

/// All that an index can say, to be compared.
fn all_said(index: &Index, world: &World) -> (Vec<Found>, Vec<Record>, String) {
    let queries = ["a", "label:actor", "-label:actor", "actor:none", "note:any", "made_by:any"];
    let actors: Vec<_> = world.actors.keys().copied().collect();
    let passages = actors.iter().map(|actor| index.passages(*actor, None, 0, usize::MAX));
    let all = queries.iter().map(|query| found(index, query)).chain(passages).collect();
    let concerned = index.concerned(&Concern::Actors(actors), true);
    (all, concerned, format!("{:?}", index.actor_figures()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_index_that_follows_an_edit_says_what_a_new_one_says(world in world(), steps in steps()) {
        let mut following = indexed(&world);
        let mut state = world.state();
        let edit = edit(&world, &state, &steps, &mut Ids::new(77));
        let added = following.apply(&edit);
        state.apply(&edit);
        let mut after = Index::new(State::stored(
            state.project().clone(),
            state.actors().values().cloned(),
            state.documents().values().map(|document| (document.clone(), state.tally(document.id))),
        ), tags);
        for page in &world.documents {
            if let Some(body) = state.body(page.document.id) {
                after.shelve(page.document.id, page.text.clone(), body.clone());
                if added.contains(&page.document.id) {
                    following.shelve(page.document.id, page.text.clone(), body.clone());
                }
            }
        }
        prop_assert_eq!(all_said(&following, &world), all_said(&after, &world));
    }

    #[test]
    fn pages_of_hits_are_parts_of_the_whole(world in world(), from in 0_usize..9, most in 0_usize..9) {
        let index = indexed(&world);
        for query in ["a", "o a", "-label:actor"] {
            let query = Query::parse(query, index.codebook()).unwrap();
            let whole = index.find(&query, 0, usize::MAX);
            let page = index.find(&query, from, most);
            prop_assert_eq!(page.total, whole.total);
            let expected: Vec<_> = whole.hits.iter().skip(from).take(most).cloned().collect();
            prop_assert_eq!(page.hits, expected);
        }
    }

    #[test]
    fn what_refers_to_an_actor_is_concerned_and_counted(world in world()) {
        let index = indexed(&world);
        let figures = index.actor_figures();
        for actor in world.actors.keys() {
            let bodies = || world.documents.iter().map(|page| &page.body);
            let mentions = bodies().flat_map(Body::annotations).filter(|one| one.actor == Some(*actor)).count();
            prop_assert_eq!(figures.get(actor).map_or(0, |figures| figures.mentions), mentions);
            let links = bodies().flat_map(Body::relations).filter(|one| one.to == Target::Actor(*actor)).count();
            let concerned = index.concerned(&Concern::Actors(vec![*actor]), false);
            prop_assert_eq!(concerned.len(), mentions + links);
        }
    }

    #[test]
    fn what_an_actor_says_is_found_by_any_of_its_names_and_listed_as_its_passages(world in world()) {
        let index = indexed(&world);
        let bodies = || world.documents.iter().map(|page| &page.body);
        let named = |id: ActorId, needle: &Needle| world.actors[&id].names().any(|name| needle.is_in(name));
        let led_to = |body: &Body, target| match target {
            Target::Actor(id) => Some(id),
            Target::Annotation(id) => body.annotation(id).and_then(|one| one.actor),
        };
        for actor in world.actors.values() {
            let name = actor.name.replace(['"', '“', '”', '„'], " ");
            let Some(needle) = Needle::new(&name, false) else { continue };
            let count = |holds: &dyn Fn(&Body, &Annotation) -> bool| -> usize {
                bodies().map(|body| body.annotations().filter(|one| holds(body, one)).count()).sum()
            };
            let mentions = count(&|_, one| one.actor.is_some_and(|id| named(id, &needle)));
            prop_assert_eq!(found(&index, &format!("actor:\"{name}\"")).total, mentions);
            let makes = |body: &Body, one: &Annotation, holds: &dyn Fn(ActorId) -> bool| {
                let mut links = body.from(one.id).filter(|link| *link.kind == *"made_by");
                links.any(|link| led_to(body, link.to).is_some_and(holds))
            };
            let made = count(&|body, one| makes(body, one, &|id| named(id, &needle)));
            prop_assert_eq!(found(&index, &format!("made_by:\"{name}\"")).total, made);
            let claims = count(&|body, one| *one.label == *"claim" && makes(body, one, &|id| id == actor.id));
            let only = Only::Linked { kind: "made_by".to_owned(), from: "claim".to_owned() };
            prop_assert_eq!(index.passages(actor.id, Some(&only), 0, 1).total, claims);
            let leads = |body: &Body, one: &Annotation| {
                body.from(one.id).any(|link| led_to(body, link.to) == Some(actor.id))
            };
            let all = count(&|body, one| one.actor == Some(actor.id) || leads(body, one));
            prop_assert_eq!(index.passages(actor.id, None, 0, 1).total, all);
        }
    }
}

#[test]
fn the_same_words_are_found_with_what_lies_on_them() {
    let found =
        index_of("<actor>Ada</actor> met Ada’s friend, ada and Adair.|").alike("Ada", &"actor".into());
    let found: Vec<_> = found.iter().map(|one| (one.words.as_str(), one.taken, one.form)).collect();
    assert_eq!(found, [("Ada", true, 0), ("Ada", false, 1), ("ada", false, 2)]);
}
