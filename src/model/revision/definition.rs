//! What becomes of the codebook itself.

use super::{AttributeOf, Fate, List, Revision, RevisionFault, Side, meaning, taking_in};
use crate::model::codebook::take_in_attributes;
use crate::model::{About, Attribute, AttributeKind, Choice, Codebook, Key, Label, RelationType, Value};

type Done = Result<(), RevisionFault>;

impl Revision {
    /// The codebook afterwards, one version later if anything changed.
    pub(super) fn codebook(&self, before: &Codebook) -> Result<Codebook, RevisionFault> {
        let mut after = before.clone();
        let version = before.version.saturating_add(1);
        match self {
            Self::Label(label) => put_label(&mut after, label),
            Self::Relation(relation) => put_relation(&mut after, relation),
            Self::Attribute { side, attribute, asked_by, .. } => {
                put_attribute(&mut after, *side, attribute, asked_by)?;
            }
            Self::Order { list, keys } => put_in_order(&mut after, list, keys)?,
            Self::DeleteLabel { key, fate } => delete_label(&mut after, key, fate)?,
            Self::DeleteRelation { key, fate } => {
                known(fate, |other| after.relation(other).is_some() && other != key)?;
                take(&mut after.relations, |relation| relation.key == *key, key)?;
            }
            Self::DeleteAttribute { of, .. } => {
                each(&mut after, of, |_| Ok(()))?;
                for attributes in hosts_mut(&mut after, of.side) {
                    attributes.retain(|one| one.key != of.key);
                }
            }
            Self::DeleteChoice { of, key, fate } => {
                each(&mut after, of, |one| delete_choice(one, key, fate))?
            }
            Self::MergeLabels { from, into } => merge_labels(&mut after, from, into, version)?,
            Self::MergeRelations { from, into } => merge_relations(&mut after, from, into, version)?,
            Self::MergeChoices { of, from, into } => {
                each(&mut after, of, |one| merge_choices(one, from, into, version))?;
            }
            Self::SplitLabel { key, new, chosen } => {
                some(chosen.len(), &new.name)?;
                split_label(&mut after, key, new, version)?;
            }
            Self::SplitChoice { of, key, new, chosen } => {
                some(chosen.len(), &new.name)?;
                each(&mut after, of, |one| split_choice(one, key, new, version))?;
            }
            Self::TakeIn { other, changes, .. } => taking_in::take_in(&mut after, other, *changes),
            Self::Guidelines(_) | Self::Confirm(_) => return Ok(after),
        }
        meaning::mark(before, &mut after, version);
        if after == *before {
            return Ok(after);
        }
        let old = before.faults();
        match after.faults().into_iter().find(|fault| !old.contains(fault)) {
            Some(fault) => Err(fault.into()),
            None => {
                after.version = version;
                Ok(after)
            }
        }
    }
}

/// The labels or relation types with what they ask.
pub(super) fn hosts(codebook: &Codebook, side: Side) -> Vec<(&Key, &Vec<Attribute>)> {
    match side {
        Side::Annotations => codebook.labels.iter().map(|label| (&label.key, &label.attributes)).collect(),
        Side::Links => codebook.relations.iter().map(|one| (&one.key, &one.attributes)).collect(),
    }
}

fn hosts_mut(codebook: &mut Codebook, side: Side) -> Vec<&mut Vec<Attribute>> {
    match side {
        Side::Annotations => codebook.labels.iter_mut().map(|label| &mut label.attributes).collect(),
        Side::Links => codebook.relations.iter_mut().map(|one| &mut one.attributes).collect(),
    }
}

fn put_label(codebook: &mut Codebook, new: &Label) {
    match codebook.labels.iter_mut().find(|label| label.key == new.key) {
        Some(label) => {
            let attributes = std::mem::take(&mut label.attributes);
            *label = Label { attributes, about: rewritten(&label.about, &new.about), ..new.clone() };
        }
        None => {
            codebook.labels.push(Label { about: rewritten(&About::default(), &new.about), ..new.clone() })
        }
    }
}

fn put_relation(codebook: &mut Codebook, new: &RelationType) {
    match codebook.relations.iter_mut().find(|relation| relation.key == new.key) {
        Some(one) => {
            let attributes = std::mem::take(&mut one.attributes);
            *one = RelationType { attributes, about: rewritten(&one.about, &new.about), ..new.clone() };
        }
        None => {
            let about = rewritten(&About::default(), &new.about);
            codebook.relations.push(RelationType { about, ..new.clone() });
        }
    }
}

fn put_attribute(codebook: &mut Codebook, side: Side, new: &Attribute, asked_by: &[Key]) -> Done {
    if asked_by.is_empty() {
        return Err(RevisionFault::AskedOfNothing(new.name.clone()));
    }
    let keys: Vec<Key> = hosts(codebook, side).into_iter().map(|(key, _)| key.clone()).collect();
    if let Some(unknown) = asked_by.iter().find(|key| !keys.contains(key)) {
        return Err(RevisionFault::NotThere(unknown.to_string()));
    }
    for (host, attributes) in keys.iter().zip(hosts_mut(codebook, side)) {
        let at = attributes.iter().position(|one| one.key == new.key);
        match (at.and_then(|at| attributes.get_mut(at)), asked_by.contains(host)) {
            (Some(one), true) => *one = revised(one, new),
            (Some(_), false) => attributes.retain(|one| one.key != new.key),
            (None, true) => attributes.push(new.clone()),
            (None, false) => {}
        }
    }
    Ok(())
}

/// An attribute in the place of another, with the marks of when each entry was changed.
fn revised(old: &Attribute, new: &Attribute) -> Attribute {
    let mut after = Attribute { about: rewritten(&old.about, &new.about), ..new.clone() };
    for choice in after.kind.choices_mut().into_iter().flatten() {
        let before = old.kind.choices().iter().find(|one| one.key == choice.key);
        choice.about = rewritten(&before.map(|one| one.about.clone()).unwrap_or_default(), &choice.about);
    }
    after
}

/// Only the codebook itself says when an entry was changed.
fn rewritten(old: &About, new: &About) -> About {
    About { revised: old.revised, ..new.clone() }
}

fn put_in_order(codebook: &mut Codebook, list: &List, keys: &[Key]) -> Done {
    match list {
        List::Labels => in_order(&mut codebook.labels, keys, |label| &label.key),
        List::Relations => in_order(&mut codebook.relations, keys, |relation| &relation.key),
        List::Attributes(AttributeOf { side, key }) => {
            let at = hosts(codebook, *side).iter().position(|(host, _)| *host == key);
            let mut lists = hosts_mut(codebook, *side);
            let list = at.and_then(|at| lists.get_mut(at)).ok_or_else(|| not_there(key))?;
            in_order(list, keys, |attribute| &attribute.key);
        }
    }
    Ok(())
}

fn in_order<T>(list: &mut [T], keys: &[Key], key: impl Fn(&T) -> &Key) {
    crate::text::order::sort_by_key(list, |one| {
        keys.iter().position(|wanted| wanted == key(one)).unwrap_or(usize::MAX)
    });
}

fn delete_label(codebook: &mut Codebook, key: &Key, fate: &Fate) -> Done {
    known(fate, |other| codebook.label(other).is_some() && other != key)?;
    take(&mut codebook.labels, |label| label.key == *key, key)?;
    for label in &mut codebook.labels {
        label.inside.retain(|one| one != key);
    }
    codebook.relations.retain(|one| !joins_only(one, key));
    for relation in &mut codebook.relations {
        relation.from.retain(|one| one != key);
        relation.to.retain(|one| one != key);
    }
    Ok(())
}

/// Whether a relation type joins nothing without a label: then it goes with it.
pub(super) fn joins_only(relation: &RelationType, label: &Key) -> bool {
    let only = |keys: &[Key]| keys.iter().all(|key| key == label);
    only(&relation.from) || (only(&relation.to) && !relation.to_registry)
}

fn merge_labels(codebook: &mut Codebook, from: &[Key], into: &Key, version: u32) -> Done {
    let others = parted(&mut codebook.labels, from, into, |label| &label.key, |label| &label.name)?;
    let Some(kept) = codebook.labels.iter_mut().find(|label| label.key == *into) else {
        return Err(not_there(into));
    };
    for other in others {
        take_in_attributes(&mut kept.attributes, &other.attributes);
        kept.names_actor |= other.names_actor;
        kept.inside = match (kept.inside.is_empty(), other.inside.is_empty()) {
            (false, false) => [std::mem::take(&mut kept.inside), other.inside].concat(),
            _ => Vec::new(),
        };
        broaden(&mut kept.about, other.about);
    }
    kept.about.revised = version;
    for label in &mut codebook.labels {
        rename(&mut label.inside, from, into);
    }
    for relation in &mut codebook.relations {
        rename(&mut relation.from, from, into);
        rename(&mut relation.to, from, into);
    }
    Ok(())
}

fn merge_relations(codebook: &mut Codebook, from: &[Key], into: &Key, version: u32) -> Done {
    let others = parted(&mut codebook.relations, from, into, |one| &one.key, |one| &one.name)?;
    let Some(kept) = codebook.relations.iter_mut().find(|one| one.key == *into) else {
        return Err(not_there(into));
    };
    for other in others {
        take_in_attributes(&mut kept.attributes, &other.attributes);
        kept.from.extend(other.from);
        kept.to.extend(other.to);
        kept.to_registry |= other.to_registry;
        kept.several |= other.several;
        kept.offered |= other.offered;
        broaden(&mut kept.about, other.about);
    }
    rename(&mut kept.from, &[], into);
    rename(&mut kept.to, &[], into);
    kept.about.revised = version;
    Ok(())
}

fn merge_choices(attribute: &mut Attribute, from: &[Key], into: &Key, version: u32) -> Done {
    let name = attribute.name.clone();
    // What lies above the one that stays, as far as it stays too.
    let above = attribute.kind.lineage(into);
    let parent = above.iter().rev().skip(1).find(|one| !from.contains(&one.key)).map(|one| one.key.clone());
    let Some(choices) = attribute.kind.choices_mut() else { return Err(RevisionFault::NotThere(name)) };
    let others = parted(choices, from, into, |one| &one.key, |one| &one.name)?;
    for choice in choices.iter_mut() {
        if choice.key == *into {
            choice.parent.clone_from(&parent);
            choice.about.revised = version;
            for other in &others {
                broaden(&mut choice.about, other.about.clone());
            }
        } else if choice.parent.as_ref().is_some_and(|parent| from.contains(parent)) {
            choice.parent = Some(into.clone());
        }
    }
    attribute.default =
        attribute.default.take().map(|value| renamed(&value, from, Some(into)).unwrap_or(value));
    Ok(())
}

fn delete_choice(attribute: &mut Attribute, key: &Key, fate: &Fate) -> Done {
    let name = attribute.name.clone();
    let Some(choices) = attribute.kind.choices_mut() else { return Err(RevisionFault::NotThere(name)) };
    known(fate, |other| other != key && choices.iter().any(|one| one.key == *other))?;
    let gone = take(choices, |one| one.key == *key, key)?;
    for choice in choices.iter_mut().filter(|choice| choice.parent.as_ref() == Some(key)) {
        choice.parent.clone_from(&gone.parent);
    }
    let into = if let Fate::Move(into) = fate { Some(into) } else { None };
    if let Some(value) = attribute.default.take() {
        attribute.default = match renamed(&value, std::slice::from_ref(key), into) {
            Some(changed) => Some(changed).filter(|value| !is_empty(value)),
            None => Some(value),
        };
    }
    Ok(())
}

fn split_label(codebook: &mut Codebook, key: &Key, new: &Label, version: u32) -> Done {
    let at = codebook.labels.iter().position(|label| label.key == *key).ok_or_else(|| not_there(key))?;
    let Some(old) = codebook.labels.get_mut(at) else { return Err(not_there(key)) };
    old.about.revised = version;
    let attributes = old.attributes.clone();
    let about = rewritten(&About { revised: version, ..About::default() }, &new.about);
    let split =
        Label { attributes, about, names_actor: old.names_actor, inside: old.inside.clone(), ..new.clone() };
    let beside = |keys: &mut Vec<Key>| {
        if keys.contains(key) {
            keys.push(new.key.clone());
        }
    };
    codebook.labels.insert(at + 1, split);
    codebook.labels.iter_mut().for_each(|label| beside(&mut label.inside));
    for relation in &mut codebook.relations {
        beside(&mut relation.from);
        beside(&mut relation.to);
    }
    Ok(())
}

fn split_choice(attribute: &mut Attribute, key: &Key, new: &Choice, version: u32) -> Done {
    let name = attribute.name.clone();
    let Some(choices) = attribute.kind.choices_mut() else { return Err(RevisionFault::NotThere(name)) };
    let at = choices.iter().position(|one| one.key == *key).ok_or_else(|| not_there(key))?;
    if let Some(old) = choices.get_mut(at) {
        old.about.revised = version;
    }
    let about = rewritten(&About { revised: version, ..About::default() }, &new.about);
    choices.insert(at + 1, Choice { about, ..new.clone() });
    Ok(())
}

/// Changes an attribute wherever it is asked.
fn each(codebook: &mut Codebook, of: &AttributeOf, mut change: impl FnMut(&mut Attribute) -> Done) -> Done {
    let mut found = false;
    for attributes in hosts_mut(codebook, of.side) {
        for attribute in attributes.iter_mut().filter(|one| one.key == of.key) {
            found = true;
            change(attribute)?;
        }
    }
    if found { Ok(()) } else { Err(not_there(&of.key)) }
}

/// Takes those that go out of a list, after all of them and the one that stays were found.
fn parted<T>(
    list: &mut Vec<T>,
    from: &[Key],
    into: &Key,
    key: impl Fn(&T) -> &Key,
    name: impl Fn(&T) -> &String,
) -> Result<Vec<T>, RevisionFault> {
    let stays = list.iter().find(|one| key(one) == into).ok_or_else(|| not_there(into))?;
    if from.contains(into) {
        return Err(RevisionFault::Itself(name(stays).clone()));
    }
    if let Some(unknown) = from.iter().find(|wanted| !list.iter().any(|one| key(one) == *wanted)) {
        return Err(not_there(unknown));
    }
    let mut parted = Vec::new();
    for wanted in from {
        parted.extend(list.iter().position(|one| key(one) == wanted).map(|at| list.remove(at)));
    }
    Ok(parted)
}

fn take<T>(list: &mut Vec<T>, is: impl Fn(&T) -> bool, key: &Key) -> Result<T, RevisionFault> {
    list.iter().position(is).map(|at| list.remove(at)).ok_or_else(|| not_there(key))
}

fn known(fate: &Fate, is: impl Fn(&Key) -> bool) -> Done {
    match fate {
        Fate::Move(other) if !is(other) => Err(not_there(other)),
        _ => Ok(()),
    }
}

fn some(chosen: usize, name: &str) -> Done {
    if chosen == 0 { Err(RevisionFault::NothingChosen(name.to_owned())) } else { Ok(()) }
}

fn not_there(key: &Key) -> RevisionFault {
    RevisionFault::NotThere(key.to_string())
}

fn rename(keys: &mut Vec<Key>, from: &[Key], into: &Key) {
    let mut renamed: Vec<Key> = Vec::with_capacity(keys.len());
    for key in keys.drain(..) {
        let key = if from.contains(&key) { into.clone() } else { key };
        if !renamed.contains(&key) {
            renamed.push(key);
        }
    }
    *keys = renamed;
}

fn broaden(about: &mut About, other: About) {
    for example in other.examples {
        if !about.examples.contains(&example) {
            about.examples.push(example);
        }
    }
}

/// What a value becomes where these choices become another one, or none; `None` where it has none of them.
pub(super) fn renamed(value: &Value, from: &[Key], into: Option<&Key>) -> Option<Value> {
    let is_one = |key: &String| from.iter().any(|from| **from == **key);
    match value {
        Value::Text(key) if is_one(key) => Some(Value::Text(into.map(Key::to_string).unwrap_or_default())),
        Value::Several(keys) if keys.iter().any(is_one) => {
            let mut kept: Vec<String> = Vec::with_capacity(keys.len());
            for key in keys {
                let key = if is_one(key) { into.map(Key::to_string) } else { Some(key.clone()) };
                kept.extend(key.filter(|key| !kept.contains(key)));
            }
            Some(Value::Several(kept))
        }
        _ => None,
    }
}

/// Whether nothing is left of a value whose choices went.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.is_empty(),
        Value::Several(keys) => keys.is_empty(),
        Value::Flag(_) | Value::Number(_) => false,
    }
}

impl AttributeKind {
    /// Whether every value of another kind is one of this kind.
    pub(super) fn holds(&self, other: &Self) -> bool {
        let of_one_kind = std::mem::discriminant(self) == std::mem::discriminant(other);
        let known = |key: &Key| self.choices().iter().any(|choice| choice.key == *key);
        of_one_kind && other.choices().iter().all(|choice| known(&choice.key))
    }
}
