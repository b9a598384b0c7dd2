//! Changes of the codebook while coding goes on: each is one edit, and undone it never was.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which fail by panicking")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use rubricator::app::{Command, Refusal, Revise};
use rubricator::format::row;
use rubricator::model::{
    Attribute, AttributeKind, AttributeOf, Body, BuiltIn, Choice, Codebook, CodebookFault, DocumentId, Fate, Key,
    Label, List, Matter, RelationType, Revision, RevisionFault, Side, State, Target, Value,
};
use uuid::Uuid;

use super::arbitrary::world;
use super::rows::Desk;
use super::session::desk;

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
        let attribute =
            if asked.is_empty() { None } else { Some((*self.one.get(&asked)).clone()) };
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
                Revision::SplitLabel { key: pick(&labels, &self.one), new: Box::new(new), chosen }
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
            },
            _ if self.yes => Revision::Guidelines(self.word.clone()),
            _ => Revision::Confirm(chosen),
        }
    }
}

/// What the page does: it reads what the change may touch, and has it made.
pub fn revise(desk: &mut Desk, revision: Revision) -> Result<(), Refusal> {
    desk.store();
    let whole = desk.whole();
    let bodies: Vec<(DocumentId, Body)> =
        whole.documents().keys().map(|id| (*id, whole.body(*id).unwrap().clone())).collect();
    desk.perform(Command::Revise(Box::new(Revise { revision, bodies }))).map(|_| ())
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
            let reach = revision.reach(&before.project().codebook);
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
            if reach == rubricator::model::Reach::Codebook {
                let bodies = |state: &State| {
                    state.documents().keys().map(|id| state.body(*id).cloned()).collect::<Vec<_>>()
                };
                prop_assert_eq!(bodies(&before), bodies(&after), "{:?} touches more than it says", revision);
            }
            let printed = row::print_project(after.project());
            prop_assert_eq!(&row::parse_project(&printed, after.project().id).unwrap(), after.project());
            if before != after {
                desk.perform(Command::Undo).unwrap();
                prop_assert_eq!(&desk.whole(), &before);
                desk.perform(Command::Redo).unwrap();
                prop_assert_eq!(&desk.whole(), &after);
            }
            for body in after.documents().keys().filter_map(|id| after.body(*id)) {
                new.open_matters(body);
            }
        }
    }
}
