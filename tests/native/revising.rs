//! Changes of the codebook while coding goes on: each is one edit, and undone it never was.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which fail by panicking")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use rubricator::app::{Command, Refusal, Revise};
use rubricator::format::row;
use rubricator::model::{
    Annotation, AnnotationId, Attribute, AttributeKind, AttributeOf, Attributes, BuiltIn, Choice, Codebook,
    CodebookFault, Edit, Fate, Gap, Key, Label, List, Reach, Record, Relation, RelationType, Revision,
    RevisionFault, Side, State, Target, Timestamp, Value, What,
};
use uuid::Uuid;

use super::arbitrary::world;
use super::rows::Desk;
use super::session::{command, desk, links, printed};

/// A revision to be made of a project with [`RawRevision::build`].
#[derive(Clone, Debug)]
pub struct RawRevision {
    kind: u8,
    one: Index,
    other: Index,
    third: Index,
    yes: bool,
    word: String,
    chosen: Vec<Index>,
}

/// Any revision.
pub fn revision() -> impl Strategy<Value = RawRevision> {
    let words = vec!["Claim", "Demand", "own label", "stance", "oppose", "Group", "Würde", "", "x"];
    let chosen = prop::collection::vec(any::<Index>(), 0..4);
    (0..19_u8, any::<Index>(), any::<Index>(), any::<Index>(), any::<bool>(), select(words), chosen).prop_map(
        |(kind, one, other, third, yes, word, chosen)| RawRevision {
            kind,
            one,
            other,
            third,
            yes,
            word: word.to_owned(),
            chosen,
        },
    )
}

impl RawRevision {
    /// The revision of that project; what it names is mostly there.
    pub fn build(&self, whole: &State) -> Revision {
        let codebook = &whole.project().codebook;
        let nothing = || vec![Key::from("nothing")];
        let some = |keys: Vec<Key>| if keys.is_empty() { nothing() } else { keys };
        let labels = some(codebook.labels.iter().map(|label| label.key.clone()).collect());
        let relations = some(codebook.relations.iter().map(|one| one.key.clone()).collect());
        let pick = |keys: &[Key], index: &Index| index.get(keys).clone();
        let (side, hosts) =
            if self.third.index(4) == 0 { (Side::Links, &relations) } else { (Side::Annotations, &labels) };
        let asked = match side {
            Side::Annotations => codebook.span_attributes(),
            Side::Links => codebook.relation_attributes(),
        };
        let attribute = if asked.is_empty() { None } else { Some((*self.one.get(&asked)).clone()) };
        let of = AttributeOf {
            side,
            key: attribute.as_ref().map_or(Key::from("nothing"), |attribute| attribute.key.clone()),
        };
        let choices: Vec<Key> = some(
            attribute.iter().flat_map(|one| one.kind.choices()).map(|choice| choice.key.clone()).collect(),
        );
        let fate = |keys: &[Key]| match self.third.index(3) {
            0 => Fate::Keep,
            1 => Fate::Move(pick(keys, &self.other)),
            _ => Fate::Delete,
        };
        let records: Vec<Uuid> = whole
            .documents()
            .keys()
            .filter_map(|id| whole.body(*id))
            .flat_map(|body| {
                let annotations = body.annotations().map(|one| one.id.uuid());
                annotations.chain(body.relations().map(|one| one.id.uuid())).collect::<Vec<_>>()
            })
            .collect();
        let chosen: BTreeSet<Uuid> = if records.is_empty() {
            BTreeSet::new()
        } else {
            self.chosen.iter().map(|index| *index.get(&records)).collect()
        };
        let annotations = chosen.iter().copied().map(AnnotationId::new).collect();
        let from = |keys: &[Key]| {
            let mut from = vec![pick(keys, &self.one)];
            if self.yes && pick(keys, &self.third) != from[0] {
                from.push(pick(keys, &self.third));
            }
            from
        };
        let key = Key::from(self.word.as_str());
        match self.kind {
            0 => {
                let known = codebook.label(&pick(&labels, &self.one)).cloned();
                let mut label = known.filter(|_| self.yes).unwrap_or_else(|| Label::new(key, ""));
                label.name = self.word.clone();
                label.colour = "#123456".to_owned();
                label.names_actor = self.third.index(2) == 0;
                label.inside = self.chosen.iter().map(|index| pick(&labels, index)).collect();
                label.about.description.clone_from(&self.word);
                Revision::Label(Box::new(label))
            }
            1 => {
                let known = codebook.relation(&pick(&relations, &self.one)).cloned();
                let mut relation = known.filter(|_| self.yes).unwrap_or_else(|| RelationType::new(key, ""));
                relation.name = self.word.clone();
                relation.from = from(&labels);
                relation.to = self.chosen.iter().map(|index| pick(&labels, index)).collect();
                Revision::Relation(Box::new(relation))
            }
            2..=4 => {
                let mut changed = attribute
                    .filter(|_| self.yes)
                    .unwrap_or_else(|| Attribute::new(key.clone(), self.word.clone(), AttributeKind::Text));
                let of_kind = changed.kind.choices().to_vec();
                changed.kind = match self.other.index(7) {
                    0 => AttributeKind::Text,
                    1 => AttributeKind::Flag,
                    2 => AttributeKind::Number,
                    3 => AttributeKind::Choice(vec![Choice::new(key, self.word.clone())]),
                    4 => AttributeKind::Several(of_kind),
                    5 => AttributeKind::Choice(of_kind),
                    _ => changed.kind,
                };
                changed.default = changed.default.filter(|_| self.third.index(3) == 0);
                changed.required = self.yes;
                if let (Some(all), [first, ..]) = (changed.kind.choices_mut(), &self.chosen[..])
                    && !all.is_empty()
                {
                    let parent = self.third.get(all).key.clone();
                    let at = first.index(all.len());
                    all[at].parent = Some(parent);
                }
                Revision::Attribute {
                    side,
                    attribute: Box::new(changed),
                    asked_by: from(hosts),
                    clears: self.other.index(2) == 0,
                }
            }
            5 => Revision::Order {
                list: match self.third.index(3) {
                    0 => List::Labels,
                    1 => List::Relations,
                    _ => List::Attributes(AttributeOf { side, key: pick(hosts, &self.one) }),
                },
                keys: vec![pick(&labels, &self.one), pick(&relations, &self.other), key],
            },
            6 | 7 => Revision::DeleteLabel { key: pick(&labels, &self.one), fate: fate(&labels) },
            8 => Revision::DeleteRelation { key: pick(&relations, &self.one), fate: fate(&relations) },
            9 => Revision::DeleteAttribute { of, clears: self.yes },
            10 => Revision::DeleteChoice { of, key: pick(&choices, &self.other), fate: fate(&choices) },
            11 | 12 => Revision::MergeLabels { from: from(&labels), into: pick(&labels, &self.other) },
            13 => Revision::MergeRelations { from: from(&relations), into: pick(&relations, &self.other) },
            14 => Revision::MergeChoices { of, from: from(&choices), into: pick(&choices, &self.other) },
            15 => {
                let mut new = Label::new(key, self.word.clone());
                new.colour = "#abcdef".to_owned();
                Revision::SplitLabel {
                    key: pick(&labels, &self.one),
                    new: Box::new(new),
                    chosen: annotations,
                }
            }
            16 => Revision::SplitChoice {
                of,
                key: pick(&choices, &self.other),
                new: Box::new(Choice::new(key, self.word.clone())),
                chosen,
            },
            17 => Revision::TakeIn {
                other: Box::new(self.one.get(&BuiltIn::ALL).codebook()),
                changes: self.yes,
                guidelines: (self.third.index(2) == 0).then(|| self.word.clone()),
            },
            _ if self.yes => Revision::Guidelines(self.word.clone()),
            _ => Revision::Confirm(annotations),
        }
    }
}

/// What the page does: it asks the index for what the change may touch, and has it made.
pub fn revise(desk: &mut Desk, revision: Revision) -> Result<(), Refusal> {
    desk.store();
    let whole = desk.whole();
    let concerned = concerned(&whole, &revision.reach(&whole.project().codebook));
    desk.perform(Command::Revise(Box::new(Revise { revision, concerned }))).map(|_| ())
}

/// The records that a change reaches, and no others.
fn concerned(whole: &State, reach: &Reach) -> Vec<Record> {
    let mut records = Vec::new();
    for body in whole.documents().keys().filter_map(|id| whole.body(*id)) {
        let valued =
            |values: &Attributes| reach.attribute.as_ref().is_some_and(|key| values.contains_key(key));
        let chosen =
            |one: &Annotation| reach.labels.contains(&one.label) || reach.annotations.contains(&one.id);
        let mut annotations: BTreeSet<AnnotationId> = body
            .annotations()
            .filter(|one| chosen(one) || valued(&one.attributes))
            .map(|one| one.id)
            .collect();
        let is_chosen = |id: AnnotationId| body.annotation(id).is_some_and(chosen);
        let links: Vec<&Relation> = body
            .relations()
            .filter(|one| {
                let leads = matches!(one.to, Target::Annotation(to) if is_chosen(to));
                leads || is_chosen(one.from) || reach.relations.contains(&one.kind) || valued(&one.attributes)
            })
            .collect();
        if reach.ends {
            let far = |one: &&Relation| if let Target::Annotation(to) = one.to { Some(to) } else { None };
            annotations.extend(links.iter().flat_map(|one| [Some(one.from), far(one)]).flatten());
        }
        records.extend(links.into_iter().cloned().map(Record::from));
        records
            .extend(annotations.into_iter().filter_map(|id| body.annotation(id)).cloned().map(Record::from));
    }
    records
}

/// All records that lie on documents.
fn all(whole: &State) -> Vec<Record> {
    let bodies = whole.documents().keys().filter_map(|id| whole.body(*id));
    let records = bodies.flat_map(|body| {
        let links = body.relations().cloned().map(Record::from);
        links.chain(body.annotations().cloned().map(Record::from)).collect::<Vec<_>>()
    });
    records.collect()
}

/// What lies on the documents, whenever it was changed.
fn undated(whole: &State) -> Vec<(Vec<Annotation>, Vec<Relation>)> {
    let bodies = whole.documents().keys().filter_map(|id| whole.body(*id));
    let undated = bodies.map(|body| {
        let modified = Timestamp::default();
        let annotations = body.annotations().map(|one| Annotation { modified, ..one.clone() });
        (annotations.collect(), body.relations().map(|one| Relation { modified, ..one.clone() }).collect())
    });
    undated.collect()
}

/// Nothing is left that names an entry which the codebook had and has no longer.
fn check_nothing_dangles(before: &Codebook, whole: &State) {
    let after = &whole.project().codebook;
    for body in whole.documents().keys().filter_map(|id| whole.body(*id)) {
        for one in body.annotations() {
            assert!(before.label(&one.label).is_none() || after.label(&one.label).is_some(), "{one:?}");
        }
        for one in body.relations() {
            assert!(before.relation(&one.kind).is_none() || after.relation(&one.kind).is_some(), "{one:?}");
        }
    }
}

/// A text on which things are done, a revision, and what is there then; undone it is what it was.
fn check(before: &str, deeds: &[&str], revision: Revision, after: &str) -> Desk {
    let mut desk = desk(before);
    for deed in deeds {
        desk.perform(command(&desk, deed)).unwrap();
    }
    let whole = desk.whole();
    revise(&mut desk, revision).unwrap();
    let there = desk.whole();
    desk.perform(Command::Undo).unwrap();
    assert_eq!(desk.whole(), whole);
    desk.perform(Command::Redo).unwrap();
    assert_eq!(desk.whole(), there);
    // Where the cursor is then is none of this.
    desk.perform(Command::Escape).unwrap();
    let marks: String = printed(&desk).chars().filter(|sign| !"|[]*".contains(*sign)).collect();
    assert_eq!(marks, after);
    desk
}

fn refused(before: &str, revision: Revision, fault: RevisionFault) {
    let mut desk = desk(before);
    let whole = desk.whole();
    assert_eq!(revise(&mut desk, revision), Err(Refusal::from(Box::new(fault))));
    assert_eq!(desk.whole(), whole);
}

fn codebook(desk: &Desk) -> &Codebook {
    &desk.session.state().project().codebook
}

fn key(key: &str) -> Key {
    Key::from(key)
}

fn stance() -> AttributeOf {
    AttributeOf { side: Side::Annotations, key: key("stance") }
}

fn values(desk: &Desk, attribute: &str) -> Vec<Option<Value>> {
    desk.session.body().unwrap().annotations().map(|one| one.attributes.get(attribute).cloned()).collect()
}

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

fn gaps(desk: &Desk) -> Vec<Gap> {
    codebook(desk).gaps(desk.session.body().unwrap()).into_iter().map(|(_, gap)| gap).collect()
}

const LINKED: &[&str] = &["click:it rains", "made_by", "1"];

#[test]
fn a_merged_label_takes_all_along() {
    let merge = Revision::MergeLabels { from: vec![key("claim")], into: key("criticism") };
    let desk = check(
        "<actor>Ada</actor> said <claim>it rains</claim>, <criticism>wrongly</criticism>.",
        LINKED,
        merge,
        "<actor>Ada</actor> said <criticism>it rains</criticism>, <criticism>wrongly</criticism>.",
    );
    assert_eq!(links(&desk), ["criticism made_by Ada"]);
    assert_eq!(codebook(&desk).version, 2);
    assert_eq!(codebook(&desk).relation("targets").unwrap().to, [key("actor"), key("criticism")]);
    // Both were made before the label meant both.
    assert_eq!(gaps(&desk).iter().filter(|one| **one == Gap::Revised).count(), 2);
}

#[test]
fn a_label_in_use_goes_only_with_a_word_on_what_becomes_of_it() {
    let source = "<actor>Ada</actor> said <claim>it rains</claim>.";
    let delete = |fate| Revision::DeleteLabel { key: key("claim"), fate };
    refused(source, delete(Fate::Keep), RevisionFault::InUse { count: 1 });
    refused(source, delete(Fate::Move(key("claim"))), RevisionFault::NotThere("claim".to_owned()));
    let desk = check(source, LINKED, delete(Fate::Delete), "<actor>Ada</actor> said it rains.");
    assert_eq!(links(&desk), [""; 0]);
    let desk = check(
        source,
        LINKED,
        delete(Fate::Move(key("criticism"))),
        "<actor>Ada</actor> said <criticism>it rains</criticism>.",
    );
    assert_eq!(links(&desk), ["criticism made_by Ada"]);
    // An actor makes nothing and has no stance.
    let deeds = [LINKED, &["set:stance=oppose"]].concat();
    let desk = check(
        source,
        &deeds,
        delete(Fate::Move(key("actor"))),
        "<actor>Ada</actor> said <actor>it rains</actor>.",
    );
    assert_eq!(links(&desk), [""; 0]);
    assert_eq!(values(&desk, "stance"), [None, None]);
}

#[test]
fn what_joined_only_a_label_that_goes_goes_too() {
    let delete = |name: &str| Revision::DeleteLabel { key: key(name), fate: Fate::Delete };
    let mut desk = desk("<actor>Ada</actor> said <claim>it rains</claim>.");
    revise(&mut desk, delete("criticism")).unwrap();
    assert!(codebook(&desk).relation("targets").is_none());
    assert_eq!(codebook(&desk).relation("made_by").unwrap().from, [key("claim")]);
}

#[test]
fn chosen_annotations_get_the_new_label_of_a_split() {
    let source = "<claim>it rains</claim> and <claim>it pours</claim>.";
    let second = desk(source).session.body().unwrap().annotations().nth(1).unwrap().id;
    let new = Label { colour: "#334455".to_owned(), ..Label::new(key("demand"), "Demand") };
    let split = |chosen| Revision::SplitLabel { key: key("claim"), new: Box::new(new.clone()), chosen };
    let desk =
        check(source, &[], split([second].into()), "<claim>it rains</claim> and <demand>it pours</demand>.");
    let labels: Vec<&str> = codebook(&desk).labels.iter().map(|label| &*label.key).collect();
    assert_eq!(labels, ["actor", "claim", "demand", "criticism"]);
    assert!(codebook(&desk).relation("made_by").unwrap().from.contains(&key("demand")));
    assert_eq!(codebook(&desk).label("demand").unwrap().attributes.len(), 2);
    // Only what stayed is to be looked at again.
    assert_eq!(gaps(&desk), [Gap::NoLink(key("made_by")), Gap::Revised, Gap::NoLink(key("made_by"))]);
    refused(source, split(BTreeSet::new()), RevisionFault::NothingChosen("Demand".to_owned()));
}

#[test]
fn values_follow_their_choices() {
    let source = "<claim*>it rains</claim>";
    let deeds = ["set:stance=oppose"];
    let after = |revision| values(&check(source, &deeds, revision, "<claim>it rains</claim>"), "stance");
    let merge = Revision::MergeChoices { of: stance(), from: vec![key("oppose")], into: key("neutral") };
    assert_eq!(after(merge), [text("neutral")]);
    let delete = |fate| Revision::DeleteChoice { of: stance(), key: key("oppose"), fate };
    assert_eq!(after(delete(Fate::Move(key("support")))), [text("support")]);
    assert_eq!(after(delete(Fate::Delete)), [None]);
    assert_eq!(after(Revision::DeleteAttribute { of: stance(), clears: true }), [None]);
}

#[test]
fn a_value_that_no_longer_fits_forbids_the_change_or_is_cleared() {
    let mut desk = desk("<claim*>it rains</claim>");
    desk.perform(command(&desk, "set:stance=oppose")).unwrap();
    let as_kind = |kind, clears| Revision::Attribute {
        side: Side::Annotations,
        attribute: Box::new(Attribute::new(key("stance"), "Stance", kind)),
        asked_by: vec![key("claim"), key("criticism")],
        clears,
    };
    let in_use = Err(Refusal::from(Box::new(RevisionFault::InUse { count: 1 })));
    assert_eq!(revise(&mut desk, as_kind(AttributeKind::Number, false)), in_use);
    let choices = desk.session.state().project().codebook.span_attributes()[1].kind.choices().to_vec();
    revise(&mut desk, as_kind(AttributeKind::Several(choices), false)).unwrap();
    assert_eq!(values(&desk, "stance"), [Some(Value::Several(vec!["oppose".to_owned()]))]);
    revise(&mut desk, as_kind(AttributeKind::Flag, true)).unwrap();
    assert_eq!(values(&desk, "stance"), [None]);
}

#[test]
fn categories_are_merged_with_what_stands_below_them() {
    let tree = |attribute: &Attribute| -> Vec<String> {
        let rows = attribute.kind.outline();
        rows.into_iter().map(|(depth, one)| format!("{}{}", "-".repeat(depth), one.key)).collect()
    };
    let before = BuiltIn::Discourse.codebook();
    let of = AttributeOf { side: Side::Annotations, key: key("category") };
    let category =
        |codebook: &Codebook| codebook.label("claim").unwrap().attribute("category").unwrap().clone();
    assert_eq!(
        tree(&category(&before)),
        ["instruments", "-regulation", "-money", "-information", "goals", "procedure"]
    );
    let after = |revision: Revision| tree(&category(revision.plan(&before).unwrap().codebook()));
    let merge = |from: &str, into: &str| Revision::MergeChoices {
        of: of.clone(),
        from: vec![key(from)],
        into: key(into),
    };
    assert_eq!(
        after(merge("instruments", "goals")),
        ["goals", "-regulation", "-money", "-information", "procedure"]
    );
    assert_eq!(
        after(merge("instruments", "money")),
        ["money", "-regulation", "-information", "goals", "procedure"]
    );
    let delete = Revision::DeleteChoice { of: of.clone(), key: key("instruments"), fate: Fate::Keep };
    assert_eq!(after(delete), ["regulation", "money", "information", "goals", "procedure"]);
}

#[test]
fn faults_are_refused_by_name() {
    let standard = Codebook::standard();
    let label = |name: &str| Label { colour: "#123456".to_owned(), ..Label::new(key("new"), name) };
    let fault = |revision: Revision| match revision.plan(&standard).map(|plan| plan.codebook().clone()) {
        Err(fault) => fault.to_string(),
        Ok(_) => panic!("{revision:?} is taken"),
    };
    assert_eq!(fault(Revision::Label(Box::new(label("CLAIM ")))), "there is already a label called “CLAIM”");
    assert_eq!(fault(Revision::Label(Box::new(label(" ")))), "a label needs a name");
    let letter = Label { letter: Some('m'.into()), ..label("New") };
    assert_eq!(
        fault(Revision::Label(Box::new(letter))),
        "the letter “m” belongs to both “New” and “made by”"
    );
    let colour = Label { colour: "red".to_owned(), ..label("New") };
    assert_eq!(
        fault(Revision::Label(Box::new(colour))),
        "the colour of “New” is “red”, not of the form #rrggbb"
    );
    let inside = Label { inside: vec![key("frame")], ..label("New") };
    assert_eq!(
        fault(Revision::Label(Box::new(inside))),
        "“New” speaks of a label “frame”, which is not there"
    );
    let choice = |name: &str, code: &str, parent: &str| Choice {
        code: code.to_owned(),
        parent: (!parent.is_empty()).then(|| key(parent)),
        ..Choice::new(key(name), name)
    };
    let tree = |choices: Vec<Choice>| Revision::Attribute {
        side: Side::Annotations,
        attribute: Box::new(Attribute::new(key("topic"), "Topic", AttributeKind::Choice(choices))),
        asked_by: vec![key("claim")],
        clears: false,
    };
    assert_eq!(fault(tree(vec![])), "“Topic” has nothing to choose from");
    assert_eq!(
        fault(tree(vec![choice("a", "", "b"), choice("b", "", "a")])),
        "in “Topic”, these stand below each other in a circle: a, b"
    );
    assert_eq!(
        fault(tree(vec![choice("a", "1", ""), choice("b", "1", "")])),
        "in “Topic”, the code 1 belongs to both “a” and “b”"
    );
    assert_eq!(
        fault(tree(vec![choice("a", "", "z")])),
        "in “Topic”, “a” stands below “z”, which is not there"
    );
    let mut desk = desk("");
    let letter = Label { letter: Some('d'.into()), ..label("New") };
    assert_eq!(revise(&mut desk, Revision::Label(Box::new(letter))), Err(Refusal::LetterTaken('d')));
}

#[test]
fn a_fault_that_was_there_keeps_nobody_from_changing_something_else() {
    let mut codebook = Codebook::standard();
    codebook.labels[1].letter = Some('a'.into());
    assert!(codebook.faults().contains(&CodebookFault::SameLetter {
        letter: 'a'.into(),
        first: "Actor".to_owned(),
        second: "Claim".to_owned()
    }));
    let label = Label { colour: "#000000".to_owned(), ..codebook.labels[2].clone() };
    assert!(Revision::Label(Box::new(label)).plan(&codebook).is_ok());
}

#[test]
fn only_what_changes_a_meaning_asks_for_another_look() {
    let mut desk = desk("<claim>it rains</claim>");
    let label = |desk: &Desk| codebook(desk).label("claim").unwrap().clone();
    let recoloured = Label { colour: "#000000".to_owned(), letter: Some('y'.into()), ..label(&desk) };
    revise(&mut desk, Revision::Label(Box::new(recoloured))).unwrap();
    assert_eq!(gaps(&desk), [Gap::NoLink(key("made_by"))]);
    let renamed = Label { name: "Demand".to_owned(), ..label(&desk) };
    revise(&mut desk, Revision::Label(Box::new(renamed))).unwrap();
    assert_eq!(gaps(&desk), [Gap::NoLink(key("made_by")), Gap::Revised]);
    let id = desk.session.body().unwrap().annotations().next().unwrap().id;
    revise(&mut desk, Revision::Confirm([id].into())).unwrap();
    assert_eq!(gaps(&desk), [Gap::NoLink(key("made_by"))]);
    assert_eq!(codebook(&desk).version, 3);
}

#[test]
fn rules_are_checked_where_they_are_broken() {
    let mut desk = desk("<claim>Ada said <actor>it</actor></claim> <claim1>rains</claim1>");
    let actor = Label { inside: vec![key("criticism")], ..codebook(&desk).label("actor").unwrap().clone() };
    revise(&mut desk, Revision::Label(Box::new(actor))).unwrap();
    let no_link = Gap::NoLink(key("made_by"));
    assert_eq!(gaps(&desk), [no_link.clone(), Gap::NoActor, Gap::WrongPlace(key("claim")), no_link]);
}

#[test]
fn a_codebook_is_taken_in_by_key_and_by_name_and_removes_nothing() {
    let mut other = Codebook { version: 9, labels: Vec::new(), relations: Vec::new() };
    let mut claim = Label { colour: "#111111".to_owned(), ..Label::new(key("c1"), "claim") };
    claim.about.description = "Elsewhere".to_owned();
    claim.attributes.push(Attribute::new(
        key("s"),
        "Stance",
        AttributeKind::Choice(vec![Choice::new(key("1"), "Support"), Choice::new(key("2"), "Silent")]),
    ));
    other.labels = vec![
        claim,
        Label { letter: Some('a'.into()), colour: "#222222".to_owned(), ..Label::new(key("frame"), "Frame") },
    ];
    let standard = Codebook::standard();
    let take = |changes| {
        let revision = Revision::TakeIn { other: Box::new(other.clone()), changes, guidelines: None };
        revision.plan(&standard).unwrap().codebook().clone()
    };
    for changes in [false, true] {
        let after = take(changes);
        let names: Vec<&str> = after.labels.iter().map(|label| label.name.as_str()).collect();
        let claim = after.label("claim").unwrap();
        assert_eq!(names, ["Actor", if changes { "claim" } else { "Claim" }, "Criticism", "Frame"]);
        assert_eq!(claim.about.description == "Elsewhere", changes);
        let keys: Vec<&str> =
            claim.attribute("stance").unwrap().kind.choices().iter().map(|one| &*one.key).collect();
        assert_eq!(keys, ["support", "oppose", "neutral", "2"]);
        // The letter is another label's.
        assert_eq!(after.label("frame").unwrap().letter, None);
        assert_eq!((after.version, after.relations.len()), (2, 2));
    }
}

#[test]
fn the_codebooks_that_come_with_it_are_sound() {
    for built_in in BuiltIn::ALL {
        let codebook = built_in.codebook();
        assert_eq!(codebook.faults(), BTreeSet::new(), "{}", built_in.title());
        let letters = codebook
            .labels
            .iter()
            .map(|label| label.letter)
            .chain(codebook.relations.iter().map(|one| one.letter));
        for letter in letters.flatten() {
            assert!(
                rubricator::app::Keymap::default().is_free(letter.first.into()),
                "{letter} in {}",
                built_in.title()
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_change_of_the_codebook_and_its_undo_leave_everything_as_it_was(
        world in world(),
        revisions in prop::collection::vec(revision(), 1..8),
    ) {
        let mut desk = Desk::of_world(&world);
        for raw in &revisions {
            let before = desk.whole();
            let revision = raw.build(&before);
            let whole = Revise { revision: revision.clone(), concerned: all(&before) };
            let foreseen = desk.session.foresee(&whole, Timestamp::default());
            if let Err(refusal) = revise(&mut desk, revision.clone()) {
                prop_assert_eq!(&desk.whole(), &before, "{}", refusal);
                continue;
            }
            desk.check();
            desk.check_stored();
            let after = desk.whole();
            let (old, new) = (&before.project().codebook, &after.project().codebook);
            check_nothing_dangles(old, &after);
            prop_assert!(new.faults().is_subset(&old.faults()), "{:?}", new.faults());
            prop_assert_eq!(new.version, old.version + u32::from(old != new));
            // What the reach names is all that matters, and nothing is counted otherwise than it is done.
            let (codebook, effect) = foreseen.unwrap();
            prop_assert_eq!(&codebook, new);
            let mut state = before.clone();
            let at = Timestamp::default();
            state.apply(&Edit { what: What::Revise, at, annotator: String::new(), changes: effect.changes });
            prop_assert_eq!(undated(&state), undated(&after), "{:?}", revision);
            let printed = row::print_project(after.project());
            prop_assert_eq!(&row::parse_project(&printed, after.project().id).unwrap(), after.project());
            if before != after {
                desk.perform(Command::Undo).unwrap();
                prop_assert_eq!(&desk.whole(), &before);
                desk.perform(Command::Redo).unwrap();
                prop_assert_eq!(&desk.whole(), &after);
            }
            for body in after.documents().keys().filter_map(|id| after.body(*id)) {
                new.gaps(body);
            }
        }
    }
}

#[test]
fn what_differs_is_named_with_what_it_belongs_to() {
    let before = Codebook::standard();
    let mut after = before.clone();
    after.labels[1].name = "Demand".to_owned();
    after.labels[1].letter = None;
    after.labels[2].attributes.remove(0);
    after.relations.remove(1);
    after.labels.push(Label::new(key("frame"), "Frame"));
    if let Some(choices) = after.labels[1].attributes[0].kind.choices_mut() {
        choices[0].code = "1".to_owned();
        choices.push(Choice::new(key("mixed"), "mixed"));
    }
    let said: Vec<String> = before
        .differences(&after)
        .into_iter()
        .map(|one| {
            format!("{} {}: {:?}", one.entry, [one.within, vec![one.name]].concat().join(" > "), one.how)
        })
        .collect();
    assert_eq!(
        said,
        [
            "label Demand: Changed([\"name\", \"key\"])",
            "choice Demand > Stance > support: Changed([\"code\"])",
            "choice Demand > Stance > mixed: Added",
            "attribute Criticism > Stance: Removed",
            "label Frame: Added",
            "relation type targets: Removed",
        ]
    );
    assert_eq!(before.differences(&before), []);
}
