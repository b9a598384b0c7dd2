//! Since when entries mean what they mean: a change of the words or rules of an entry marks it with the version that
//! made it, so that what was annotated before can be found and looked at again. Colour, key and place mean nothing; what
//! breaks a rule of the codebook is found by itself, see [`Codebook::gaps`].

use crate::model::{About, Attribute, Choice, Codebook, Label, RelationType};

/// Marks the entries of `after` that mean something else than before.
pub(super) fn mark(before: &Codebook, after: &mut Codebook, version: u32) {
    for label in &mut after.labels {
        if let Some(old) = before.label(&label.key) {
            if !same_label(old, label) {
                label.about.revised = version;
            }
            mark_attributes(&old.attributes, &mut label.attributes, version);
        }
    }
    for relation in &mut after.relations {
        if let Some(old) = before.relation(&relation.key) {
            if !same_relation(old, relation) {
                relation.about.revised = version;
            }
            mark_attributes(&old.attributes, &mut relation.attributes, version);
        }
    }
}

fn mark_attributes(before: &[Attribute], after: &mut [Attribute], version: u32) {
    for attribute in after {
        let Some(old) = before.iter().find(|one| one.key == attribute.key) else { continue };
        if !same_attribute(old, attribute) {
            attribute.about.revised = version;
        }
        for choice in attribute.kind.choices_mut().into_iter().flatten() {
            let old = old.kind.choices().iter().find(|one| one.key == choice.key);
            if old.is_some_and(|old| !same_choice(old, choice)) {
                choice.about.revised = version;
            }
        }
    }
}

fn same_words(one: &About, other: &About) -> bool {
    one.description == other.description && one.examples == other.examples
}

fn same_label(one: &Label, other: &Label) -> bool {
    one.name == other.name && same_words(&one.about, &other.about)
}

fn same_relation(one: &RelationType, other: &RelationType) -> bool {
    one.name == other.name && same_words(&one.about, &other.about)
}

fn same_attribute(one: &Attribute, other: &Attribute) -> bool {
    one.name == other.name
        && same_words(&one.about, &other.about)
        && std::mem::discriminant(&one.kind) == std::mem::discriminant(&other.kind)
}

fn same_choice(one: &Choice, other: &Choice) -> bool {
    one.name == other.name
        && same_words(&one.about, &other.about)
        && one.code == other.code
        && one.parent == other.parent
}
