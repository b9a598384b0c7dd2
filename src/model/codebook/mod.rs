//! The codebook: labels, relation types and their attributes, with a version that each change raises.
//! Entries are known by their [`Key`], which stays when the name that people see is changed.

mod built_in;
mod comparing;
mod fault;
mod fitting;
mod joining;
mod letters;
mod tree;

pub use built_in::BuiltIn;
pub use comparing::{Difference, Differs};
pub use fault::{CodebookEntry, CodebookFault, is_colour};
pub(in crate::model) use joining::take_in_attributes;
pub use letters::Letters;
pub use tree::Shift;

use super::{Key, Target, Value};

/// How long the name at the start of a mark is at most, unless a person wants it longer.
const SHORT: usize = 8;

/// What can be said in a project: its labels and relation types.
#[derive(Clone, Debug, PartialEq)]
pub struct Codebook {
    /// Raised by every change; annotations remember under which one they were made.
    pub version: u32,
    /// The labels in the order in which they are offered.
    pub labels: Vec<Label>,
    /// The relation types in the order in which they are offered.
    pub relations: Vec<RelationType>,
}

/// A kind of annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The lasting name.
    pub key: Key,
    /// The name shown.
    pub name: String,
    /// The name shown at the start of a mark, where room is scarce.
    pub short: String,
    /// The colour as `#rrggbb`; the surface derives light and dark shades from it.
    pub colour: String,
    /// The letter or two letters that tag with it.
    pub letter: Option<Letters>,
    /// When to use it, for people.
    pub about: About,
    /// Whether its annotations point to an entry of the actors' registry.
    pub names_actor: bool,
    /// The labels inside whose annotations its own may lie; empty for any.
    pub inside: Vec<Key>,
    /// What is asked of each annotation.
    pub attributes: Vec<Attribute>,
}

/// What is written about an entry for people, and since when it means what it means.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// What it is and when to use it.
    pub description: String,
    /// Passages that it fits, or that tell it from another.
    pub examples: Vec<String>,
    /// The codebook's version in which its meaning was last changed; 0 if it never was. What was annotated with it
    /// under an older version may be due for another look.
    pub revised: u32,
}

/// A typed field of a label or relation type. Labels that share one ask the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// The lasting name; labels that share a key share the meaning.
    pub key: Key,
    /// The name shown.
    pub name: String,
    /// What may be entered.
    pub kind: AttributeKind,
    /// The value a new annotation starts with.
    pub default: Option<Value>,
    /// Whether an annotation without it counts as unfinished.
    pub required: bool,
    /// When to use which value, for people.
    pub about: About,
}

/// What may be entered into an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum AttributeKind {
    /// One of these.
    Choice(Vec<Choice>),
    /// Any of these.
    Several(Vec<Choice>),
    /// Yes or no.
    Flag,
    /// A number.
    Number,
    /// Free text.
    Text,
}

/// An allowed value. The choices of an attribute form a tree where some name others as their parents, as the
/// categories of claims do.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The lasting name, which records carry.
    pub key: Key,
    /// The name shown.
    pub name: String,
    /// The number under which a coding scheme lists it; empty for none.
    pub code: String,
    /// The choice that it is a case of.
    pub parent: Option<Key>,
    /// When to choose it, for people.
    pub about: About,
}

/// A kind of link.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationType {
    /// The lasting name.
    pub key: Key,
    /// The name shown, read from the annotation it starts from: "made by".
    pub name: String,
    /// The name shown from the other end: "made".
    pub inverse: String,
    /// The letter or two letters that start linking.
    pub letter: Option<Letters>,
    /// The labels it may start from.
    pub from: Vec<Key>,
    /// The labels it may lead to.
    pub to: Vec<Key>,
    /// Whether it may lead to an actor of the registry that no span names.
    pub to_registry: bool,
    /// Whether one annotation may have several.
    pub several: bool,
    /// Offered as soon as an annotation it may start from is made; one without it counts as unfinished.
    pub offered: bool,
    /// When to use it, for people.
    pub about: About,
    /// What is asked of each relation.
    pub attributes: Vec<Attribute>,
}

impl Codebook {
    /// The label of that key.
    pub fn label(&self, key: &str) -> Option<&Label> {
        self.labels.iter().find(|label| &*label.key == key)
    }

    /// The relation type of that key.
    pub fn relation(&self, key: &str) -> Option<&RelationType> {
        self.relations.iter().find(|relation| &*relation.key == key)
    }

    /// The keys of all attributes of labels, each once, in the order of the codebook.
    pub fn span_attributes(&self) -> Vec<&Attribute> {
        distinct(self.labels.iter().flat_map(|label| &label.attributes))
    }

    /// The keys of all attributes of relation types, each once, in the order of the codebook.
    pub fn relation_attributes(&self) -> Vec<&Attribute> {
        distinct(self.relations.iter().flat_map(|relation| &relation.attributes))
    }
}

impl Label {
    /// A label with nothing but a name.
    pub fn new(key: Key, name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            key,
            short: name.chars().take(SHORT).collect(),
            name,
            colour: String::new(),
            letter: None,
            about: About::default(),
            names_actor: false,
            inside: Vec::new(),
            attributes: Vec::new(),
        }
    }

    /// The attribute of that key.
    pub fn attribute(&self, key: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| &*attribute.key == key)
    }
}

impl RelationType {
    /// A relation type with nothing but names, which joins nothing yet.
    pub fn new(key: Key, name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            key,
            inverse: format!("{name} (from)"),
            name,
            letter: None,
            from: Vec::new(),
            to: Vec::new(),
            to_registry: false,
            several: true,
            offered: false,
            about: About::default(),
            attributes: Vec::new(),
        }
    }

    /// Whether it may lead from one label to another.
    pub fn joins(&self, from: &Key, to: &Key) -> bool {
        self.from.contains(from) && self.to.contains(to)
    }

    /// Whether it may lead from this label to such a target; annotations are asked for their label.
    pub fn may_lead(&self, from: &Key, to: Target, label_of: impl Fn(Target) -> Option<Key>) -> bool {
        match to {
            Target::Annotation(_) => label_of(to).is_some_and(|label| self.joins(from, &label)),
            Target::Actor(_) => self.to_registry && self.from.contains(from),
        }
    }
}

impl Attribute {
    /// An attribute with nothing but a name and a kind.
    pub fn new(key: Key, name: impl Into<String>, kind: AttributeKind) -> Self {
        Self { key, name: name.into(), kind, default: None, required: false, about: About::default() }
    }

    /// Whether the value is one that may be entered here.
    pub fn allows(&self, value: &Value) -> bool {
        let known = |choices: &[Choice], key: &str| choices.iter().any(|choice| &*choice.key == key);
        match (&self.kind, value) {
            (AttributeKind::Choice(choices), Value::Text(key)) => known(choices, key),
            (AttributeKind::Several(choices), Value::Several(keys)) => {
                keys.iter().all(|key| known(choices, key))
            }
            (AttributeKind::Number, Value::Number(number)) => number.is_finite(),
            (AttributeKind::Flag, Value::Flag(_)) | (AttributeKind::Text, Value::Text(_)) => true,
            _ => false,
        }
    }
}

impl AttributeKind {
    /// What can be chosen; nothing where the kind has no choices.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Choice(choices) | Self::Several(choices) => choices,
            Self::Flag | Self::Number | Self::Text => &[],
        }
    }

    /// The like, to be changed.
    pub const fn choices_mut(&mut self) -> Option<&mut Vec<Choice>> {
        match self {
            Self::Choice(choices) | Self::Several(choices) => Some(choices),
            Self::Flag | Self::Number | Self::Text => None,
        }
    }
}

impl Choice {
    /// A choice with nothing but a name.
    pub fn new(key: Key, name: impl Into<String>) -> Self {
        Self { key, name: name.into(), code: String::new(), parent: None, about: About::default() }
    }
}

fn distinct<'a>(attributes: impl Iterator<Item = &'a Attribute>) -> Vec<&'a Attribute> {
    let mut distinct: Vec<&Attribute> = Vec::new();
    for attribute in attributes {
        if !distinct.iter().any(|known| known.key == attribute.key) {
            distinct.push(attribute);
        }
    }
    distinct
}
