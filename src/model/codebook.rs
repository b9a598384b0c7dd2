//! The codebook: labels, relation types and their attributes, with a version that each change raises.
//! Entries are known by their [`Key`], which stays when the name that people see is changed.

use super::{Key, Target, Value};

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
    /// The letter that tags with it.
    pub letter: Option<char>,
    /// When to use it, for people.
    pub description: String,
    /// Whether its annotations point to an entry of the actors' registry.
    pub names_actor: bool,
    /// What is asked of each annotation.
    pub attributes: Vec<Attribute>,
}

/// A typed field of a label or relation type.
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

/// An allowed value.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The lasting name, which records carry.
    pub key: Key,
    /// The name shown.
    pub name: String,
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
    /// The letter that starts linking.
    pub letter: Option<char>,
    /// The labels it may start from.
    pub from: Vec<Key>,
    /// The labels it may lead to.
    pub to: Vec<Key>,
    /// Whether it may lead to an actor of the registry that no span names.
    pub to_registry: bool,
    /// Whether one annotation may have several.
    pub several: bool,
    /// Offered as soon as an annotation it may start from is made.
    pub offered: bool,
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

    /// What becomes of a codebook that was changed in two places at once; see [`super::Project::merged`].
    #[must_use]
    pub fn merged(base: &Self, there: &Self, here: &Self) -> Self {
        if here == base {
            return there.clone();
        }
        if there == base {
            return here.clone();
        }
        Self {
            version: there.version.max(here.version),
            labels: merged(&base.labels, &there.labels, &here.labels, |label| &label.key),
            relations: merged(&base.relations, &there.relations, &here.relations, |relation| &relation.key),
        }
    }

    /// Adds what another one has and this one lacks: labels, relation types, their attributes and choices. What is
    /// there stays as it is; the version rises if anything came in.
    pub fn take_in(&mut self, other: &Self) {
        let before = self.clone();
        for theirs in &other.labels {
            match self.labels.iter_mut().find(|label| label.key == theirs.key) {
                Some(ours) => take_in_attributes(&mut ours.attributes, &theirs.attributes),
                None => self.labels.push(theirs.clone()),
            }
        }
        for theirs in &other.relations {
            match self.relations.iter_mut().find(|relation| relation.key == theirs.key) {
                Some(ours) => take_in_attributes(&mut ours.attributes, &theirs.attributes),
                None => self.relations.push(theirs.clone()),
            }
        }
        if *self != before {
            self.version = self.version.saturating_add(1);
        }
    }

    /// The codebook a new project starts with: actors, claims, criticisms, who made them and whom they target.
    pub fn standard() -> Self {
        let kind = choice_attribute(
            "kind",
            "Kind",
            &[
                ("person", "person"),
                ("organization", "organization"),
                ("country", "country"),
                ("group", "group"),
                ("other", "other"),
            ],
        );
        let stance = choice_attribute(
            "stance",
            "Stance",
            &[("support", "support"), ("oppose", "oppose"), ("neutral", "neutral")],
        );
        let attribution = choice_attribute(
            "attribution",
            "Attributed",
            &[("direct", "directly"), ("indirect", "indirectly"), ("mixed", "mixed")],
        );
        let label = |key: &str, name: &str, short: &str, colour: &str, letter, description: &str| Label {
            key: Key::from(key),
            name: name.to_owned(),
            short: short.to_owned(),
            colour: colour.to_owned(),
            letter: Some(letter),
            description: description.to_owned(),
            names_actor: false,
            attributes: vec![stance.clone(), attribution.clone()],
        };
        let actor = Label {
            names_actor: true,
            attributes: vec![kind],
            ..label("actor", "Actor", "actor", "#2b6cb0", 'a', "Who speaks, acts or is spoken of.")
        };
        let claim =
            label("claim", "Claim", "claim", "#2f855a", 'c', "What somebody states, demands or supports.");
        let criticism = label(
            "criticism",
            "Criticism",
            "criticism",
            "#c53030",
            'x',
            "An objection to a person, an organization or a claim.",
        );
        let relation =
            |key: &str, name: &str, inverse: &str, letter, from: &[&str], to: &[&str]| RelationType {
                key: Key::from(key),
                name: name.to_owned(),
                inverse: inverse.to_owned(),
                letter: Some(letter),
                from: from.iter().copied().map(Key::from).collect(),
                to: to.iter().copied().map(Key::from).collect(),
                to_registry: true,
                several: true,
                offered: false,
                attributes: Vec::new(),
            };
        let made_by = RelationType {
            offered: true,
            ..relation("made_by", "made by", "made", 'm', &["claim", "criticism"], &["actor"])
        };
        let targets = relation(
            "targets",
            "targets",
            "targeted by",
            't',
            &["criticism"],
            &["actor", "claim", "criticism"],
        );
        Self { version: 1, labels: vec![actor, claim, criticism], relations: vec![made_by, targets] }
    }
}

impl Label {
    /// The attribute of that key.
    pub fn attribute(&self, key: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| &*attribute.key == key)
    }
}

impl RelationType {
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

/// The entries as they are here, but where only the other place has changed, added or removed one, as they are there.
fn merged<T: Clone + PartialEq>(base: &[T], there: &[T], here: &[T], key: impl Fn(&T) -> &Key) -> Vec<T> {
    let find = |list: &[T], wanted: &Key| list.iter().find(|one| key(one) == wanted).cloned();
    let kept = here.iter().filter_map(|one| {
        let unchanged = find(base, key(one)).as_ref() == Some(one);
        if unchanged { find(there, key(one)) } else { Some(one.clone()) }
    });
    let added = there.iter().filter(|one| {
        let gone_here = find(base, key(one)).as_ref() == Some(*one);
        find(here, key(one)).is_none() && !gone_here
    });
    kept.chain(added.cloned()).collect()
}

fn choice_attribute(key: &str, name: &str, choices: &[(&str, &str)]) -> Attribute {
    let choices =
        choices.iter().map(|&(key, name)| Choice { key: Key::from(key), name: name.to_owned() }).collect();
    Attribute {
        key: Key::from(key),
        name: name.to_owned(),
        kind: AttributeKind::Choice(choices),
        default: None,
    }
}

fn take_in_attributes(ours: &mut Vec<Attribute>, theirs: &[Attribute]) {
    for their in theirs {
        let Some(our) = ours.iter_mut().find(|attribute| attribute.key == their.key) else {
            ours.push(their.clone());
            continue;
        };
        if let (
            AttributeKind::Choice(ours) | AttributeKind::Several(ours),
            AttributeKind::Choice(theirs) | AttributeKind::Several(theirs),
        ) = (&mut our.kind, &their.kind)
        {
            let new = theirs.iter().filter(|their| !ours.iter().any(|our| our.key == their.key));
            let new: Vec<Choice> = new.cloned().collect();
            ours.extend(new);
        }
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
