//! Entries of the codebook, and where they are found.

use crate::model::{Attribute, AttributeOf, Codebook, Key, Side};

/// An entry that something is done with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A label.
    Label(Key),
    /// A relation type.
    Relation(Key),
    /// An attribute.
    Attribute(AttributeOf),
    /// A choice of an attribute.
    Choice(AttributeOf, Key),
}

/// The attribute, as the first that asks for it has it.
pub fn attribute<'c>(codebook: &'c Codebook, of: &AttributeOf) -> Option<&'c Attribute> {
    asked(codebook, of.side).into_iter().find(|one| one.key == of.key)
}

/// All attributes of a side, each once.
pub fn asked(codebook: &Codebook, side: Side) -> Vec<&Attribute> {
    match side {
        Side::Annotations => codebook.span_attributes(),
        Side::Links => codebook.relation_attributes(),
    }
}

/// What may ask for attributes of a side: keys and names.
pub fn hosts(codebook: &Codebook, side: Side) -> Vec<(Key, String)> {
    match side {
        Side::Annotations => {
            codebook.labels.iter().map(|label| (label.key.clone(), label.name.clone())).collect()
        }
        Side::Links => codebook.relations.iter().map(|one| (one.key.clone(), one.name.clone())).collect(),
    }
}

/// What asks for an attribute.
pub fn asked_by(codebook: &Codebook, of: &AttributeOf) -> Vec<Key> {
    let asks = |attributes: &[Attribute]| attributes.iter().any(|one| one.key == of.key);
    match of.side {
        Side::Annotations => {
            codebook.labels.iter().filter(|one| asks(&one.attributes)).map(|one| one.key.clone()).collect()
        }
        Side::Links => {
            codebook.relations.iter().filter(|one| asks(&one.attributes)).map(|one| one.key.clone()).collect()
        }
    }
}

/// The name of an entry.
pub fn name_of(codebook: &Codebook, entry: &Entry) -> Option<String> {
    Some(match entry {
        Entry::Label(key) => codebook.label(key)?.name.clone(),
        Entry::Relation(key) => codebook.relation(key)?.name.clone(),
        Entry::Attribute(of) => attribute(codebook, of)?.name.clone(),
        Entry::Choice(of, key) => {
            let choices = attribute(codebook, of)?.kind.choices();
            choices.iter().find(|one| one.key == *key)?.name.clone()
        }
    })
}

/// A count with its word.
pub fn counted(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {several}") }
}
