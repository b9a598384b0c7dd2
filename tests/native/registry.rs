//! The registry: entries edited, merged, split, deleted, over all documents at once and back again as they were.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which fail by panicking")]

use proptest::prelude::*;
use proptest::sample::Index;
use rubricator::app::{
    Command, Outcome, Particulars, Printed, Refusal, Registering, Whom, writes_of_waiting,
};
use rubricator::format::{Reader, row};
use rubricator::model::{
    Actor, ActorId, ActorKind, AnnotationId, DocumentId, Entry, EntryKind, Extra, Key, Record, Relation,
    RelationId, State, Target, Value,
};

use uuid::Uuid;

use super::arbitrary::{World, world};
use super::rows::Desk;
use super::session::{desk_with, documents_of, passage};

/// Does it with no more records than the page fetches for it.
fn register(desk: &mut Desk, change: Registering) -> Result<Outcome, Refusal> {
    desk.store();
    let (concerns, heir) = (change.concerns(desk.session.state().actors()), change.heir());
    let whole = desk.stored();
    let mut records: Vec<Record> = Vec::new();
    for body in whole.documents().keys().filter_map(|id| whole.body(*id)) {
        let named = |id: AnnotationId| {
            body.annotation(id).and_then(|one| one.actor).is_some_and(|actor| concerns.contains(&actor))
        };
        records.extend(body.annotations().filter(|one| named(one.id)).cloned().map(Record::from));
        let needed = body.relations().filter(|link| match link.to {
            Target::Actor(actor) => concerns.contains(&actor) || heir == Some(actor),
            Target::Annotation(to) => named(to) && matches!(change, Registering::Split { .. }),
        });
        records.extend(needed.cloned().map(Record::from));
    }
    desk.perform(Command::Registry(Box::new(change.with(records))))
}

fn id(desk: &Desk, name: &str) -> ActorId {
    let mut actors = desk.session.state().actors().values();
    actors.find(|actor| actor.name == name).unwrap_or_else(|| panic!("no {name}")).id
}

fn entry(desk: &Desk, name: &str) -> Actor {
    desk.session.state().actors()[&id(desk, name)].clone()
}

/// The registry: each name with its aliases.
fn names(desk: &Desk) -> Vec<String> {
    let actors = desk.session.state().actors().values();
    let mut names: Vec<String> = actors.map(|actor| actor.names().collect::<Vec<_>>().join("; ")).collect();
    names.sort();
    names
}

/// Whom each actor span of each document names, and where each link leads to an entry, in the order of the text.
fn meant(desk: &Desk) -> Vec<Vec<String>> {
    let state = desk.whole();
    let name = |id: ActorId| state.actors()[&id].name.clone();
    let of = |document: &DocumentId| {
        let body = state.body(*document).unwrap();
        let mentions = body.annotations().filter(|one| &*one.label == "actor");
        let mentions = mentions.map(|one| one.actor.map_or("-".to_owned(), name));
        let links = body.annotations().flat_map(|from| body.from(from.id)).filter_map(|link| match link.to {
            Target::Actor(actor) => Some(format!("{} {}", link.kind, name(actor))),
            Target::Annotation(_) => None,
        });
        mentions.chain(links).collect()
    };
    state.documents().keys().map(of).collect()
}

/// Three documents; the first is open. The Witkoffs of the registry are one man, whoever wrote of him.
fn witkoffs() -> Desk {
    let sources = [
        "<actor>Witkoff</actor> met <actor>Bo</actor>. <claim>It rains</claim>.",
        "<actor>Steve Witkoff</actor> and <actor>Witkoff</actor>. <claim>It rains</claim>.",
        "<actor>Envoy Witkoff</actor>.",
    ];
    let actors = ["Steve Witkoff; Witkoff", "Envoy Witkoff; Special Envoy Witkoff", "Bo"];
    let mut desk = desk_with(sources[0], &actors);
    let documents = documents_of(&sources[1..]);
    desk.perform(Command::Import { documents, group: None }).unwrap();
    let said = [vec!["Steve Witkoff", "Bo"], vec!["Steve Witkoff", "Envoy Witkoff"], vec!["Envoy Witkoff"]];
    let documents: Vec<DocumentId> = desk.session.state().documents().keys().copied().collect();
    for (document, said) in documents.iter().zip(said) {
        desk.open(*document);
        let order: Vec<AnnotationId> =
            desk.session.body().unwrap().order().iter().map(|(_, annotation)| *annotation).collect();
        for (annotation, name) in order.iter().zip(&said) {
            let actor = Some(id(&desk, name));
            desk.perform(Command::Identify { annotation: *annotation, actor }).unwrap();
        }
        if let Some(claim) = order.get(2) {
            for name in ["Steve Witkoff", "Envoy Witkoff"] {
                let to = Target::Actor(id(&desk, name));
                desk.perform(Command::Link { from: *claim, kind: Key::from("made_by"), to }).unwrap();
            }
        }
    }
    desk.open(documents[0]);
    desk
}

fn merge(desk: &mut Desk, into: &str, others: &[&str]) -> Result<Outcome, Refusal> {
    let (into, others) = (id(desk, into), others.iter().map(|name| id(desk, name)).collect());
    let referring = desk.referring();
    register(desk, Registering::Merge { into, others, referring })
}

fn undo_and_redo(desk: &mut Desk, before: &State) {
    let after = desk.whole();
    desk.perform(Command::Undo).unwrap();
    assert_eq!(desk.whole(), *before);
    desk.check_stored();
    desk.perform(Command::Redo).unwrap();
    assert_eq!(desk.whole(), after);
    desk.check_stored();
    desk.reload(0);
    desk.perform(Command::Undo).unwrap();
    assert_eq!(desk.whole(), *before);
    desk.check_stored();
}

#[test]
fn merging_takes_mentions_and_links_along_in_all_documents() {
    let mut desk = witkoffs();
    let before = desk.whole();
    let outcome = merge(&mut desk, "Steve Witkoff", &["Envoy Witkoff"]).unwrap();
    assert_eq!(names(&desk), ["Bo", "Steve Witkoff; Witkoff; Envoy Witkoff; Special Envoy Witkoff"]);
    let steve = "Steve Witkoff";
    assert_eq!(
        meant(&desk),
        [
            vec![steve, "Bo", "made_by Steve Witkoff"],
            vec![steve, steve, "made_by Steve Witkoff"],
            vec![steve],
        ]
    );
    let said = "Merged into Steve Witkoff: 2 mentions and 2 links, 2 of them doubled and joined";
    assert_eq!(outcome.said.as_deref(), Some(said));
    desk.check();
    undo_and_redo(&mut desk, &before);
}

#[test]
fn what_a_large_merge_stores_is_the_same_where_it_is_printed_ahead() {
    const MENTIONS: usize = 1_200;
    let mut desk = desk_with("<claim>It rains</claim>.", &["Ada", "Bo"]);
    let (bo, project) = (entry(&desk, "Bo"), desk.keys().0);
    let spans: Vec<String> = (0..MENTIONS)
        .map(|at| {
            format!(r#"{{"label":"actor","start":{},"end":{},"actor":"{}"}}"#, at * 3, at * 3 + 2, bo.id)
        })
        .collect();
    let text = "Bo ".repeat(MENTIONS);
    let line = format!(
        r#"{{"text":"{text}","spans":[{}],"actors":[{{"id":"{}","name":"Bo"}}]}}"#,
        spans.join(","),
        bo.id
    );
    let mut ids = 0_u128;
    let mut new_id = || {
        ids += 1;
        Uuid::from_u128(0x77 << 96 | ids)
    };
    let read = Reader::new("bo.jsonl", project).parse_line(1, &line, &mut new_id).unwrap();
    desk.perform(Command::Import { documents: vec![read], group: None }).unwrap();
    assert!(Printed::begin(&desk.session).is_none());
    desk.slow = true;
    merge(&mut desk, "Ada", &["Bo"]).unwrap();
    let mut printed = Printed::begin(&desk.session).unwrap();
    let whole = writes_of_waiting(&desk.session, None);
    assert!(MENTIONS < whole.len());
    let mut pieces = 0;
    while printed.go_on(&desk.session) {
        // As long as it is not complete it counts for nothing.
        assert_eq!(writes_of_waiting(&desk.session, Some(printed.clone())), whole);
        pieces += 1;
    }
    assert_eq!(pieces, 3);
    assert_eq!(writes_of_waiting(&desk.session, Some(printed.clone())), whole);
    // Neither for another edit.
    desk.perform(Command::Undo).unwrap();
    desk.store();
    desk.perform(Command::Redo).unwrap();
    let again = writes_of_waiting(&desk.session, None);
    assert_ne!(again, whole);
    assert_eq!(writes_of_waiting(&desk.session, Some(printed)), again);
}

#[test]
fn of_a_large_entry_only_what_it_did_is_read_until_it_is_undone() {
    let mut desk = witkoffs();
    merge(&mut desk, "Steve Witkoff", &["Envoy Witkoff"]).unwrap();
    let project = desk.session.state().project().id;
    let entry = desk.log().remove(0);
    assert_eq!(row::parse_entry_head(&row::print_entry(&entry), project).unwrap(), entry);
    let mut large = entry.clone();
    large.edit.annotator = r#"Bo","changes":[],"x"#.to_owned();
    large.edit.changes = entry.edit.changes.iter().cycle().take(1_000).cloned().collect();
    let read = row::parse_entry_head(&row::print_entry(&large), project).unwrap();
    assert!(read.tail.is_some() && read.edit.changes.is_empty());
    let head =
        |entry: &Entry| (entry.number, entry.kind, entry.below, entry.group, entry.hand, entry.edit.what);
    assert_eq!(head(&read), head(&large));
    assert_eq!((read.edit.at, read.edit.annotator), (large.edit.at, large.edit.annotator));
}

#[test]
fn merging_is_no_work_on_the_documents_it_reaches_into() {
    let mut desk = witkoffs();
    let documents: Vec<DocumentId> = desk.session.state().documents().keys().copied().collect();
    let activity = |desk: &Desk| documents.iter().map(|id| desk.session.activity(*id)).collect::<Vec<_>>();
    let who = |desk: &Desk| {
        let state = desk.whole();
        let bodies = documents.iter().filter_map(|id| state.body(*id)).flat_map(|body| body.annotations());
        bodies.map(|one| (one.annotator.clone(), one.modified)).collect::<Vec<_>>()
    };
    let before = (activity(&desk), who(&desk));
    merge(&mut desk, "Steve Witkoff", &["Envoy Witkoff"]).unwrap();
    assert_eq!((activity(&desk), who(&desk)), before);
    desk.perform(Command::Undo).unwrap();
    assert_eq!((activity(&desk), who(&desk)), before);
}

#[test]
fn a_link_that_two_links_become_keeps_what_each_of_them_said() {
    let mut desk = witkoffs();
    let mut document = documents_of(&["", "", "<claim>It rains</claim>."]).remove(2);
    let claim = &document.annotations[0];
    let link = |number: u128, name: &str, note: &str, key: &str| Relation {
        id: RelationId::new(Uuid::from_u128(number)),
        document: claim.document,
        kind: Key::from("made_by"),
        from: claim.id,
        to: Target::Actor(id(&desk, name)),
        attributes: [(Key::from(key), Value::Flag(true))].into(),
        note: note.to_owned(),
        annotator: String::new(),
        modified: claim.modified,
        codebook_version: 1,
        extra: Extra::default(),
    };
    document.relations =
        vec![link(1, "Envoy Witkoff", "first", "a"), link(2, "Steve Witkoff", "second", "b")];
    let here = document.document.id;
    desk.perform(Command::Import { documents: vec![document], group: None }).unwrap();
    let before = desk.whole();
    merge(&mut desk, "Steve Witkoff", &["Envoy Witkoff"]).unwrap();
    let body = desk.body(here);
    let links: Vec<_> = body.relations().collect();
    assert_eq!(links.len(), 1);
    assert_eq!(links[0].note, "second\nfirst");
    assert_eq!(links[0].attributes.keys().map(|key| &**key).collect::<Vec<_>>(), ["a", "b"]);
    undo_and_redo(&mut desk, &before);
}

#[test]
fn splitting_gives_the_chosen_mentions_to_a_new_actor_or_a_known_one() {
    let mut desk = witkoffs();
    merge(&mut desk, "Steve Witkoff", &["Envoy Witkoff"]).unwrap();
    let before = desk.whole();
    let referring = desk.referring();
    let last = desk.session.state().documents().keys().last().copied();
    let passages: Vec<AnnotationId> = referring
        .iter()
        .filter_map(|record| match record {
            Record::Annotation(one) if Some(one.document) == last => Some(one.id),
            _ => None,
        })
        .collect();
    let from = id(&desk, "Steve Witkoff");
    let split =
        |to| Registering::Split { from, passages: passages.clone(), to, referring: referring.clone() };
    register(&mut desk, split(Whom::New(" Envoy  Witkoff ".to_owned()))).unwrap();
    assert_eq!(names(&desk), ["Bo", "Envoy Witkoff", "Steve Witkoff; Witkoff; Special Envoy Witkoff"]);
    assert_eq!(meant(&desk)[2], ["Envoy Witkoff"]);
    assert_eq!(meant(&desk)[1][1], "Steve Witkoff");
    undo_and_redo(&mut desk, &before);
    let bo = id(&desk, "Bo");
    register(&mut desk, split(Whom::Known(bo))).unwrap();
    assert_eq!(meant(&desk)[2], ["Bo"]);
    undo_and_redo(&mut desk, &before);
    let taken = register(&mut desk, split(Whom::New("Bo".to_owned())));
    assert_eq!(taken.unwrap_err(), Refusal::NameTaken("Bo".to_owned()));
    assert_eq!(register(&mut desk, split(Whom::Known(from))).unwrap_err(), Refusal::NothingToDo);
}

#[test]
fn what_is_linked_to_a_mention_takes_the_mention_along() {
    let mut desk = desk_with("<actor>He</actor> said <claim>it rains</claim>.", &["Steve Witkoff", "Bo"]);
    let order: Vec<AnnotationId> =
        desk.session.body().unwrap().order().iter().map(|(_, annotation)| *annotation).collect();
    let steve = Some(id(&desk, "Steve Witkoff"));
    desk.perform(Command::Identify { annotation: order[0], actor: steve }).unwrap();
    let to = Target::Annotation(order[0]);
    desk.perform(Command::Link { from: order[1], kind: Key::from("made_by"), to }).unwrap();
    let before = desk.whole();
    desk.session.close_document();
    let split = Registering::Split {
        from: id(&desk, "Steve Witkoff"),
        passages: vec![order[1]],
        to: Whom::Known(id(&desk, "Bo")),
        referring: Vec::new(),
    };
    register(&mut desk, split).unwrap();
    assert_eq!(meant(&desk), [["Bo"]]);
    desk.perform(Command::Undo).unwrap();
    assert_eq!(meant(&desk), [["Steve Witkoff"]]);
    assert_eq!(desk.stored(), before);
}

#[test]
fn deleting_leaves_the_mentions_or_gives_them_to_another() {
    let mut desk = witkoffs();
    let before = desk.whole();
    let envoy = vec![id(&desk, "Envoy Witkoff")];
    let delete =
        |desk: &Desk, heir| Registering::Delete { actors: envoy.clone(), heir, referring: desk.referring() };
    let alone = delete(&desk, None);
    let outcome = register(&mut desk, alone).unwrap();
    let said = "Deleted Envoy Witkoff; 2 mentions are left without an actor, 2 links removed";
    assert_eq!(outcome.said.as_deref(), Some(said));
    let steve = "Steve Witkoff";
    assert_eq!(
        meant(&desk),
        [vec![steve, "Bo", "made_by Steve Witkoff"], vec![steve, "-", "made_by Steve Witkoff"], vec!["-"],]
    );
    desk.check();
    undo_and_redo(&mut desk, &before);
    let given = delete(&desk, Some(id(&desk, "Bo")));
    register(&mut desk, given).unwrap();
    assert_eq!(meant(&desk)[2], ["Bo"]);
    assert_eq!(meant(&desk)[1], [steve, "Bo", "made_by Steve Witkoff", "made_by Bo"]);
    assert_eq!(names(&desk), ["Bo", "Steve Witkoff; Witkoff"]);
    undo_and_redo(&mut desk, &before);
}

#[test]
fn an_entry_is_edited_and_its_mentions_take_its_kind() {
    let mut desk = witkoffs();
    let before = desk.whole();
    let actor = id(&desk, "Bo");
    let particulars = Particulars {
        name: "  Bo   Holt ".to_owned(),
        kind: ActorKind::Country,
        aliases: vec!["Bo".to_owned(), " ".to_owned(), "Bo Holt".to_owned(), "Bo".to_owned()],
        outside_id: " https://www.wikidata.org/wiki/Q42 ".to_owned(),
        note: " tall ".to_owned(),
    };
    let referring = desk.referring();
    register(&mut desk, Registering::Edit { actor, particulars, referring }).unwrap();
    let bo = entry(&desk, "Bo Holt");
    assert_eq!((&*bo.wikidata, &*bo.note, bo.aliases), ("Q42", "tall", vec!["Bo".to_owned()]));
    let body = desk.session.body().unwrap();
    let mention = body.annotations().find(|one| one.actor == Some(actor)).unwrap();
    assert_eq!(mention.attributes[&Key::from("kind")], Value::Text("country".to_owned()));
    undo_and_redo(&mut desk, &before);
}

#[test]
fn what_is_wrong_is_refused_and_changes_nothing() {
    let mut desk = witkoffs();
    let before = desk.whole();
    let add = |name: &str, outside: &str| {
        let outside_id = outside.to_owned();
        Registering::Add(Particulars { name: name.to_owned(), outside_id, ..Particulars::default() })
    };
    assert_eq!(register(&mut desk, add(" ", "")).unwrap_err(), Refusal::NoName);
    assert_eq!(register(&mut desk, add("Bo ", "")).unwrap_err(), Refusal::NameTaken("Bo".to_owned()));
    for wrong in ["Q", "Q0", "Q12x", "42", "http://", "https:// x", "ftp://a.b", "javascript:alert(1)"] {
        assert_eq!(
            register(&mut desk, add("Cy", wrong)).unwrap_err(),
            Refusal::NoOutsideId(wrong.to_owned())
        );
    }
    assert_eq!(merge(&mut desk, "Bo", &["Bo"]).unwrap_err(), Refusal::NothingToDo);
    let nobody = ActorId::new(Uuid::from_u128(99));
    let (into, referring) = (id(&desk, "Bo"), desk.referring());
    let gone = Registering::Merge { into, others: vec![nobody], referring };
    assert_eq!(register(&mut desk, gone).unwrap_err(), Refusal::Gone);
    assert_eq!(desk.whole(), before);
}

fn is_identity(world: &World, change: impl Fn(&Desk) -> Option<Registering>) -> Result<(), TestCaseError> {
    let mut desk = Desk::of_world(world);
    let before = desk.whole();
    let Some(change) = change(&desk) else { return Ok(()) };
    let entries = desk.session.history().last();
    if register(&mut desk, change).is_err() {
        prop_assert_eq!(&desk.whole(), &before);
        return Ok(());
    }
    desk.check();
    desk.check_stored();
    if desk.session.history().last() == entries {
        prop_assert_eq!(&desk.whole(), &before);
        return Ok(());
    }
    prop_assert_eq!(desk.session.history().last(), entries + 1);
    let after = desk.whole();
    desk.perform(Command::Undo).unwrap();
    prop_assert_eq!(&desk.whole(), &before);
    prop_assert_eq!(desk.log()[0].kind, EntryKind::Undo(entries + 1));
    desk.check_stored();
    desk.reload(0);
    desk.perform(Command::Redo).unwrap();
    prop_assert_eq!(&desk.whole(), &after);
    desk.perform(Command::Undo).unwrap();
    prop_assert_eq!(&desk.whole(), &before);
    desk.check_stored();
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merging_and_undo_change_nothing(world in world(), into in any::<Index>(), others in prop::collection::vec(any::<Index>(), 1..4)) {
        is_identity(&world, |desk| {
            let actors: Vec<ActorId> = desk.session.state().actors().keys().copied().collect();
            let pick = |index: &Index| (!actors.is_empty()).then(|| *index.get(&actors));
            let others: Vec<ActorId> = others.iter().filter_map(pick).collect();
            Some(Registering::Merge { into: pick(&into)?, others, referring: desk.referring() })
        })?;
    }

    #[test]
    fn after_merging_nothing_refers_to_what_is_gone(world in world(), into in any::<Index>(), other in any::<Index>()) {
        let mut desk = Desk::of_world(&world);
        let actors: Vec<ActorId> = desk.session.state().actors().keys().copied().collect();
        if actors.len() < 2 {
            return Ok(());
        }
        let (into, other) = (*into.get(&actors), *other.get(&actors));
        let count = |desk: &Desk, ids: &[ActorId]| {
            let referring = desk.referring();
            referring.iter().filter(|record| matches!(record, Record::Annotation(one) if one.actor.is_some_and(|actor| ids.contains(&actor)))).count()
        };
        let (mentions, referring) = (count(&desk, &[into, other]), desk.referring());
        if register(&mut desk, Registering::Merge { into, others: vec![other], referring }).is_err() {
            return Ok(());
        }
        prop_assert_eq!(count(&desk, &[into]), mentions);
        prop_assert_eq!(count(&desk, &[other]), 0);
        // No two links say the same that did not before.
        let mut said: Vec<_> = desk.referring().into_iter().filter_map(|record| match record {
            Record::Relation(link) if link.to == Target::Actor(into) => Some((link.from, link.kind.clone())),
            _ => None,
        }).collect();
        let all = said.len();
        said.sort();
        said.dedup();
        let doubled = {
            let mut before: Vec<_> = world.documents.iter().flat_map(|page| page.body.relations()).filter(|link| link.to == Target::Actor(into)).map(|link| (link.from, link.kind.clone())).collect();
            let all = before.len();
            before.sort();
            before.dedup();
            all - before.len()
        };
        prop_assert!(all - said.len() <= doubled);
    }

    #[test]
    fn splitting_and_undo_change_nothing(
        world in world(),
        from in any::<Index>(),
        some in prop::collection::vec(any::<Index>(), 0..5),
        to in prop::option::of(any::<Index>()),
        name in "[a-c ]{0,3}",
    ) {
        is_identity(&world, |desk| {
            let actors: Vec<ActorId> = desk.session.state().actors().keys().copied().collect();
            let referring = desk.referring();
            if referring.is_empty() {
                return None;
            }
            let passages = some.iter().filter_map(|index| passage(index.get(&referring))).collect();
            let to = match to {
                Some(index) => Whom::Known(*index.get(&actors)),
                None => Whom::New(name.clone()),
            };
            Some(Registering::Split { from: *from.get(&actors), passages, to, referring })
        })?;
    }

    #[test]
    fn deleting_and_undo_change_nothing(world in world(), one in any::<Index>(), heir in prop::option::of(any::<Index>())) {
        is_identity(&world, |desk| {
            let actors: Vec<ActorId> = desk.session.state().actors().keys().copied().collect();
            if actors.is_empty() {
                return None;
            }
            let heir = heir.map(|heir| *heir.get(&actors));
            Some(Registering::Delete { actors: vec![*one.get(&actors)], heir, referring: desk.referring() })
        })?;
    }
}
