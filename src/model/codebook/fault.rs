//! What can be wrong with a codebook. Nobody is kept from opening one that has faults; a change that would bring in
//! a new one is refused.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use thiserror::Error;

use super::{Attribute, AttributeKind, Choice, Codebook, Letters};
use crate::model::Key;

/// A kind of entry of the codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodebookEntry {
    /// A label.
    Label,
    /// A relation type.
    Relation,
    /// An attribute.
    Attribute,
    /// A choice of an attribute.
    Choice,
}

/// Something that is wrong with a codebook. Names are as people see them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum CodebookFault {
    /// An entry has no name.
    #[error("a {0} needs a name")]
    NoName(CodebookEntry),
    /// Two entries that stand beside each other have the same name, whatever their case.
    #[error("there is already a {entry} called “{name}”")]
    SameName {
        /// What they are.
        entry: CodebookEntry,
        /// The name.
        name: String,
    },
    /// Two entries have the same key, by which records know them.
    #[error("two entries have the key “{key}”: {entry} keys must differ")]
    SameKey {
        /// What they are.
        entry: CodebookEntry,
        /// The key.
        key: String,
    },
    /// A label or relation type is reached by the letter of another.
    #[error("the letter “{letter}” belongs to both “{first}” and “{second}”")]
    SameLetter {
        /// The letter, or two letters.
        letter: Letters,
        /// The entry that comes first.
        first: String,
        /// The other one.
        second: String,
    },
    /// The letter of a label or relation type begins the two letters of another.
    #[error("the letter “{letter}” of “{first}” is the beginning of “{longer}”, the key of “{second}”")]
    LetterBegins {
        /// The letter.
        letter: Letters,
        /// The entry that has it.
        first: String,
        /// The two letters.
        longer: Letters,
        /// The entry that has them.
        second: String,
    },
    /// Two choices of an attribute have the same code.
    #[error("in “{attribute}”, the code {code} belongs to both “{first}” and “{second}”")]
    SameCode {
        /// The attribute.
        attribute: String,
        /// The code.
        code: String,
        /// The choice that comes first.
        first: String,
        /// The other one.
        second: String,
    },
    /// A choice stands below one that is not there.
    #[error("in “{attribute}”, “{choice}” stands below “{parent}”, which is not there")]
    UnknownParent {
        /// The attribute.
        attribute: String,
        /// The choice.
        choice: String,
        /// The key that it names.
        parent: String,
    },
    /// Choices stand below each other in a circle.
    #[error("in “{attribute}”, these stand below each other in a circle: {}", names.join(", "))]
    Circle {
        /// The attribute.
        attribute: String,
        /// The choices in the circle.
        names: Vec<String>,
    },
    /// An attribute asks for a choice and offers none.
    #[error("“{attribute}” has nothing to choose from")]
    NoChoices {
        /// The attribute.
        attribute: String,
    },
    /// A new annotation would start with a value that its attribute does not take.
    #[error("“{attribute}” does not take the value that it starts with")]
    Default {
        /// The attribute.
        attribute: String,
    },
    /// A label's colour is none.
    #[error("the colour of “{label}” is “{colour}”, not of the form #rrggbb")]
    Colour {
        /// The label.
        label: String,
        /// What stands for its colour.
        colour: String,
    },
    /// A label or relation type speaks of a label that is not there.
    #[error("“{entry}” speaks of a label “{label}”, which is not there")]
    UnknownLabel {
        /// The label or relation type.
        entry: String,
        /// The key that it names.
        label: String,
    },
    /// A relation type that nothing can be joined by.
    #[error("“{relation}” needs labels to start from, and labels or actors to lead to")]
    JoinsNothing {
        /// The relation type.
        relation: String,
    },
}

impl Codebook {
    /// All that is wrong with it, each once. Cost: O(n log n) for n entries.
    pub fn faults(&self) -> BTreeSet<CodebookFault> {
        let mut faults = BTreeSet::new();
        let labels = || self.labels.iter().map(|label| (&label.key, label.name.as_str()));
        siblings(CodebookEntry::Label, labels(), &mut faults);
        let relations = || self.relations.iter().map(|relation| (&relation.key, relation.name.as_str()));
        siblings(CodebookEntry::Relation, relations(), &mut faults);
        self.same_letters(&mut faults);
        let is_known = |key: &Key| self.label(key).is_some();
        let unknown = |entry: &str, keys: &[Key], faults: &mut BTreeSet<CodebookFault>| {
            for key in keys.iter().filter(|key| !is_known(key)) {
                faults
                    .insert(CodebookFault::UnknownLabel { entry: entry.to_owned(), label: key.to_string() });
            }
        };
        for label in &self.labels {
            unknown(&label.name, &label.inside, &mut faults);
            if !is_colour(&label.colour) {
                let (label, colour) = (label.name.clone(), label.colour.clone());
                faults.insert(CodebookFault::Colour { label, colour });
            }
            attributes(&label.attributes, &mut faults);
        }
        for relation in &self.relations {
            unknown(&relation.name, &relation.from, &mut faults);
            unknown(&relation.name, &relation.to, &mut faults);
            if relation.from.is_empty() || (relation.to.is_empty() && !relation.to_registry) {
                faults.insert(CodebookFault::JoinsNothing { relation: relation.name.clone() });
            }
            attributes(&relation.attributes, &mut faults);
        }
        faults
    }

    fn same_letters(&self, faults: &mut BTreeSet<CodebookFault>) {
        let labels = self.labels.iter().map(|label| (label.letter, &label.name));
        let relations = self.relations.iter().map(|relation| (relation.letter, &relation.name));
        // A short list: there are hardly more keys than pairs of letters.
        let mut known: Vec<(Letters, &String)> = Vec::new();
        for (letter, name) in labels.chain(relations) {
            let Some(letter) = letter else { continue };
            let Some((other, first)) = known.iter().find(|(other, _)| other.clashes(letter)) else {
                known.push((letter, name));
                continue;
            };
            let (first, second) = ((*first).clone(), name.clone());
            faults.insert(match (other.second, letter.second) {
                (None, Some(_)) => {
                    CodebookFault::LetterBegins { letter: *other, first, longer: letter, second }
                }
                (Some(_), None) => {
                    let (first, second) = (second, first);
                    CodebookFault::LetterBegins { letter, first, longer: *other, second }
                }
                _ => CodebookFault::SameLetter { letter, first, second },
            });
        }
    }
}

/// Whether a colour is of the form `#rrggbb`.
pub fn is_colour(colour: &str) -> bool {
    let digits = colour.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// A name as two of them are compared.
fn folded(name: &str) -> String {
    name.trim().chars().flat_map(char::to_lowercase).collect()
}

fn siblings<'n>(
    entry: CodebookEntry,
    entries: impl Iterator<Item = (&'n Key, &'n str)>,
    faults: &mut BTreeSet<CodebookFault>,
) {
    let (mut keys, mut names) = (BTreeSet::new(), BTreeSet::new());
    for (key, name) in entries {
        if !keys.insert(key) {
            faults.insert(CodebookFault::SameKey { entry, key: key.to_string() });
        } else if name.chars().all(|letter| letter.is_whitespace() || letter.is_control()) {
            faults.insert(CodebookFault::NoName(entry));
        } else if !names.insert(folded(name)) {
            faults.insert(CodebookFault::SameName { entry, name: name.trim().to_owned() });
        }
    }
}

fn attributes(attributes: &[Attribute], faults: &mut BTreeSet<CodebookFault>) {
    let entries = attributes.iter().map(|attribute| (&attribute.key, attribute.name.as_str()));
    siblings(CodebookEntry::Attribute, entries, faults);
    for attribute in attributes {
        let name = || attribute.name.clone();
        if let AttributeKind::Choice(choices) | AttributeKind::Several(choices) = &attribute.kind {
            if choices.is_empty() {
                faults.insert(CodebookFault::NoChoices { attribute: name() });
            }
            tree(attribute, choices, faults);
        }
        if attribute.default.as_ref().is_some_and(|value| !attribute.allows(value)) {
            faults.insert(CodebookFault::Default { attribute: name() });
        }
    }
}

fn tree(attribute: &Attribute, choices: &[Choice], faults: &mut BTreeSet<CodebookFault>) {
    let name = || attribute.name.clone();
    let mut families: BTreeMap<Option<&Key>, Vec<(&Key, &str)>> = BTreeMap::new();
    let mut codes: BTreeMap<&str, &Choice> = BTreeMap::new();
    let mut keys = BTreeSet::new();
    for choice in choices {
        if !keys.insert(&choice.key) {
            let (entry, key) = (CodebookEntry::Choice, choice.key.to_string());
            faults.insert(CodebookFault::SameKey { entry, key });
        }
        families.entry(choice.parent.as_ref()).or_default().push((&choice.key, &choice.name));
        let code = choice.code.trim();
        if let Some(first) = codes.get(code).filter(|_| !code.is_empty()) {
            faults.insert(CodebookFault::SameCode {
                attribute: name(),
                code: code.to_owned(),
                first: first.name.clone(),
                second: choice.name.clone(),
            });
        } else {
            codes.insert(code, choice);
        }
    }
    for family in families.into_values() {
        siblings(CodebookEntry::Choice, family.into_iter(), faults);
    }
    for choice in choices {
        if let Some(parent) = choice.parent.as_ref().filter(|parent| !keys.contains(parent)) {
            faults.insert(CodebookFault::UnknownParent {
                attribute: name(),
                choice: choice.name.clone(),
                parent: parent.to_string(),
            });
        }
    }
    if let Some(names) = attribute.kind.circle() {
        faults.insert(CodebookFault::Circle { attribute: name(), names });
    }
}

impl fmt::Display for CodebookEntry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Label => "label",
            Self::Relation => "relation type",
            Self::Attribute => "attribute",
            Self::Choice => "choice",
        })
    }
}
