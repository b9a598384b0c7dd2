//! Another codebook taken in, as one that comes with a file: its entries are those of this one where they have the same
//! key or else the same name; what is left is new. Nothing is removed.

use std::collections::BTreeMap;

use crate::model::{About, Attribute, Choice, Codebook, Key, Label, RelationType};

/// Adds what is missing and, where it `changes`, makes what both have as it is there.
pub(super) fn take_in(codebook: &mut Codebook, other: &Codebook, changes: bool) {
    let mut other = aligned(codebook, other);
    if changes {
        for label in &mut codebook.labels {
            if let Some(theirs) = other.label(&label.key) {
                change_label(label, theirs);
            }
        }
        for relation in &mut codebook.relations {
            if let Some(theirs) = other.relation(&relation.key) {
                change_relation(relation, theirs);
            }
        }
    }
    for label in other.labels.iter_mut().filter(|label| codebook.label(&label.key).is_none()) {
        label.letter = label.letter.filter(|letter| codebook.takes_letters(*letter));
    }
    for relation in other.relations.iter_mut().filter(|one| codebook.relation(&one.key).is_none()) {
        relation.letter = relation.letter.filter(|letter| codebook.takes_letters(*letter));
    }
    codebook.take_in(&other);
}

/// The other codebook under the keys of this one, wherever an entry of it is one of this one.
fn aligned(codebook: &Codebook, other: &Codebook) -> Codebook {
    let mut other = other.clone();
    let ours = codebook.labels.iter().map(|label| (&label.key, label.name.as_str()));
    let names = other.labels.iter().map(|label| (&label.key, label.name.as_str()));
    let labels = matches(ours, names);
    for label in &mut other.labels {
        translate(&mut label.key, &labels);
        label.inside.iter_mut().for_each(|key| translate(key, &labels));
        if let Some(ours) = codebook.label(&label.key) {
            align_attributes(&ours.attributes, &mut label.attributes);
        }
    }
    let ours = codebook.relations.iter().map(|one| (&one.key, one.name.as_str()));
    let names = other.relations.iter().map(|one| (&one.key, one.name.as_str()));
    let relations = matches(ours, names);
    for relation in &mut other.relations {
        translate(&mut relation.key, &relations);
        relation.from.iter_mut().chain(&mut relation.to).for_each(|key| translate(key, &labels));
        if let Some(ours) = codebook.relation(&relation.key) {
            align_attributes(&ours.attributes, &mut relation.attributes);
        }
    }
    other
}

fn align_attributes(ours: &[Attribute], theirs: &mut [Attribute]) {
    let names = |list: &[Attribute]| -> Vec<(Key, String)> {
        list.iter().map(|one| (one.key.clone(), one.name.clone())).collect()
    };
    let (own, other) = (names(ours), names(theirs));
    let pair = |(key, name): &(Key, String)| (key.clone(), name.clone());
    let keys = matches(
        own.iter().map(|(key, name)| (key, name.as_str())),
        other.iter().map(pair).collect::<Vec<_>>().iter().map(|(key, name)| (key, name.as_str())),
    );
    for attribute in theirs {
        translate(&mut attribute.key, &keys);
        let Some(our) = ours.iter().find(|one| one.key == attribute.key) else { continue };
        let Some(choices) = attribute.kind.choices_mut() else { continue };
        let own = our.kind.choices().iter().map(|one| (&one.key, one.name.as_str()));
        let keys = matches(own, choices.iter().map(|one| (&one.key, one.name.as_str())));
        for choice in choices {
            translate(&mut choice.key, &keys);
            if let Some(parent) = &mut choice.parent {
                translate(parent, &keys);
            }
        }
    }
}

/// Which of their keys stands for which of ours: those with the same name, unless the key is known already. A name that
/// stands for several of ours stands for none.
fn matches<'n>(
    ours: impl Iterator<Item = (&'n Key, &'n str)>,
    theirs: impl Iterator<Item = (&'n Key, &'n str)>,
) -> BTreeMap<Key, Key> {
    let fold = |name: &str| name.trim().to_lowercase();
    let mut names: BTreeMap<String, Option<&Key>> = BTreeMap::new();
    let mut keys = std::collections::BTreeSet::new();
    for (key, name) in ours {
        keys.insert(key);
        names.entry(fold(name)).and_modify(|known| *known = None).or_insert(Some(key));
    }
    let theirs: Vec<(&Key, &str)> = theirs.collect();
    let mut taken: std::collections::BTreeSet<&Key> =
        theirs.iter().map(|(key, _)| *key).filter(|key| keys.contains(key)).collect();
    let mut matches = BTreeMap::new();
    for (key, name) in theirs {
        let Some(Some(ours)) = names.get(&fold(name)) else { continue };
        if !keys.contains(key) && taken.insert(ours) {
            matches.insert(key.clone(), (*ours).clone());
        }
    }
    matches
}

fn translate(key: &mut Key, keys: &BTreeMap<Key, Key>) {
    if let Some(ours) = keys.get(key) {
        key.clone_from(ours);
    }
}

fn change_label(label: &mut Label, theirs: &Label) {
    label.name.clone_from(&theirs.name);
    label.short.clone_from(&theirs.short);
    label.colour.clone_from(&theirs.colour);
    label.letter = theirs.letter.or(label.letter);
    label.names_actor = theirs.names_actor;
    label.inside.clone_from(&theirs.inside);
    change_about(&mut label.about, &theirs.about);
    change_attributes(&mut label.attributes, &theirs.attributes);
}

fn change_relation(relation: &mut RelationType, theirs: &RelationType) {
    relation.name.clone_from(&theirs.name);
    relation.inverse.clone_from(&theirs.inverse);
    relation.letter = theirs.letter.or(relation.letter);
    relation.from.clone_from(&theirs.from);
    relation.to.clone_from(&theirs.to);
    relation.to_registry = theirs.to_registry;
    relation.several = theirs.several;
    relation.offered = theirs.offered;
    change_about(&mut relation.about, &theirs.about);
    change_attributes(&mut relation.attributes, &theirs.attributes);
}

/// Attributes of another kind stay as they are: their values would be lost.
fn change_attributes(ours: &mut [Attribute], theirs: &[Attribute]) {
    for attribute in ours {
        let Some(their) = theirs.iter().find(|one| one.key == attribute.key) else { continue };
        if std::mem::discriminant(&attribute.kind) != std::mem::discriminant(&their.kind) {
            continue;
        }
        attribute.name.clone_from(&their.name);
        attribute.required = their.required;
        attribute.default.clone_from(&their.default);
        change_about(&mut attribute.about, &their.about);
        for choice in attribute.kind.choices_mut().into_iter().flatten() {
            if let Some(their) = their.kind.choices().iter().find(|one| one.key == choice.key) {
                let mut about = choice.about.clone();
                change_about(&mut about, &their.about);
                *choice = Choice { about, ..their.clone() };
            }
        }
    }
}

fn change_about(about: &mut About, theirs: &About) {
    about.description.clone_from(&theirs.description);
    about.examples.clone_from(&theirs.examples);
}
