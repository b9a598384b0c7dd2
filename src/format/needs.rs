//! What documents from a file need of a codebook: the labels, relation types and attributes they use.
//! The person who imports is shown what is missing, and it can be added so that nothing imported is left unnamed.

use std::collections::{BTreeMap, BTreeSet};

use super::{ImportedDocument, Look};
use crate::model::{
    About, Attribute, AttributeKind, Attributes, Choice, Codebook, Key, Label, Letters, RelationType, Target,
    Value,
};
use crate::text::order;

/// With more different values than this, an attribute is free text rather than a choice.
const MOST_CHOICES: usize = 20;
/// A longer value is free text, in bytes.
const LONGEST_CHOICE: usize = 40;
/// Colours for new labels, told apart by most people; the first three are the standard codebook's.
const COLOURS: [&str; 12] = [
    "#2b6cb0", "#2f855a", "#c53030", "#6b46c1", "#b7791f", "#0e7490", "#be185d", "#4d7c0f", "#7c2d12",
    "#1e3a8a", "#475569", "#a21caf",
];

/// The labels, relation types and attributes that documents use.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    labels: BTreeMap<Key, LabelUse>,
    relations: BTreeMap<Key, RelationUse>,
}

#[derive(Clone, Debug, Default)]
struct LabelUse {
    look: Look,
    names_actor: bool,
    attributes: BTreeMap<Key, AttributeUse>,
}

#[derive(Clone, Debug, Default)]
struct RelationUse {
    from: BTreeSet<Key>,
    to: BTreeSet<Key>,
    to_registry: bool,
    attributes: BTreeMap<Key, AttributeUse>,
}

#[derive(Clone, Debug, Default)]
struct AttributeUse {
    has_text: bool,
    has_several: bool,
    has_flag: bool,
    has_number: bool,
    /// How often strings were used, and which, as long as they may be choices.
    strings: usize,
    choices: BTreeSet<String>,
    is_free: bool,
}

impl Needs {
    /// Takes in what a document uses. Linear in its annotations and relations.
    pub fn add(&mut self, document: &ImportedDocument) {
        let labels = document.annotations.iter().map(|annotation| (annotation.id, &annotation.label));
        let label_of = order::map(labels);
        for annotation in &document.annotations {
            let label = self.labels.entry(annotation.label.clone()).or_default();
            label.names_actor |= annotation.actor.is_some();
            add_values(&mut label.attributes, &annotation.attributes);
        }
        for (key, look) in &document.looks {
            if let Some(label) = self.labels.get_mut(key) {
                label.look = look.clone();
            }
        }
        for relation in &document.relations {
            let found = self.relations.entry(relation.kind.clone()).or_default();
            found.from.extend(label_of.get(&relation.from).map(|label| (*label).clone()));
            match relation.to {
                Target::Annotation(to) => found.to.extend(label_of.get(&to).map(|label| (*label).clone())),
                Target::Actor(_) => found.to_registry = true,
            }
            add_values(&mut found.attributes, &relation.attributes);
        }
    }

    /// The labels that the codebook lacks.
    pub fn missing_labels(&self, codebook: &Codebook) -> Vec<Key> {
        self.labels.keys().filter(|key| codebook.label(key).is_none()).cloned().collect()
    }

    /// The relation types that the codebook lacks.
    pub fn missing_relations(&self, codebook: &Codebook) -> Vec<Key> {
        self.relations.keys().filter(|key| codebook.relation(key).is_none()).cloned().collect()
    }

    /// The codebook with all that is missing, one version later; `None` if it lacks nothing.
    /// Entries that are there keep all they have and get attributes and choices they lack.
    pub fn complete(&self, codebook: &Codebook) -> Option<Codebook> {
        let mut complete = codebook.clone();
        for (key, found) in &self.labels {
            match complete.labels.iter_mut().find(|label| label.key == *key) {
                Some(label) => complete_attributes(&mut label.attributes, &found.attributes),
                None => {
                    let label = found.label(key, &complete);
                    complete.labels.push(label);
                }
            }
        }
        for (key, found) in &self.relations {
            match complete.relations.iter_mut().find(|relation| relation.key == *key) {
                Some(relation) => complete_attributes(&mut relation.attributes, &found.attributes),
                None => complete.relations.push(found.relation_type(key)),
            }
        }
        if complete == *codebook {
            return None;
        }
        complete.version = complete.version.saturating_add(1);
        Some(complete)
    }
}

impl LabelUse {
    fn label(&self, key: &Key, codebook: &Codebook) -> Label {
        let mut attributes = Vec::new();
        complete_attributes(&mut attributes, &self.attributes);
        let Look { colour, letter, description } = &self.look;
        let is_new = !colour.is_empty() && codebook.labels.iter().all(|label| label.colour != *colour);
        let colour = if is_new { colour.clone() } else { free_colour(&codebook.labels).to_owned() };
        let letter = letter.map(Letters::from).filter(|letter| codebook.takes_letters(*letter));
        Label {
            colour,
            letter,
            about: About { description: description.clone(), ..About::default() },
            names_actor: self.names_actor,
            attributes,
            ..Label::new(key.clone(), words(key))
        }
    }
}

impl RelationUse {
    fn relation_type(&self, key: &Key) -> RelationType {
        let mut attributes = Vec::new();
        complete_attributes(&mut attributes, &self.attributes);
        RelationType {
            from: self.from.iter().cloned().collect(),
            to: self.to.iter().cloned().collect(),
            to_registry: self.to_registry,
            attributes,
            ..RelationType::new(key.clone(), words(key))
        }
    }
}

impl AttributeUse {
    fn add(&mut self, value: &Value) {
        match value {
            Value::Text(text) => {
                self.has_text = true;
                self.add_string(text);
            }
            Value::Several(keys) => {
                self.has_several = true;
                keys.iter().for_each(|key| self.add_string(key));
            }
            Value::Flag(_) => self.has_flag = true,
            Value::Number(_) => self.has_number = true,
        }
    }

    fn add_string(&mut self, string: &str) {
        self.strings += 1;
        if string.len() > LONGEST_CHOICE {
            self.is_free = true;
        }
        if !self.is_free {
            self.choices.insert(string.to_owned());
            self.is_free = self.choices.len() > MOST_CHOICES;
        }
    }

    /// The narrowest kind that holds all values seen. Strings that never repeat are free text.
    fn kind(&self) -> AttributeKind {
        let choices =
            || self.choices.iter().map(|key| Choice::new(Key::from(key.as_str()), words(key))).collect();
        match (self.has_text, self.has_several, self.has_flag, self.has_number) {
            (false, true, false, false) => AttributeKind::Several(choices()),
            (false, false, true, false) => AttributeKind::Flag,
            (false, false, false, true) => AttributeKind::Number,
            (true, false, false, false) if !self.is_free && self.choices.len() < self.strings => {
                AttributeKind::Choice(choices())
            }
            _ => AttributeKind::Text,
        }
    }
}

fn add_values(uses: &mut BTreeMap<Key, AttributeUse>, values: &Attributes) {
    for (key, value) in values {
        uses.entry(key.clone()).or_default().add(value);
    }
}

fn complete_attributes(attributes: &mut Vec<Attribute>, uses: &BTreeMap<Key, AttributeUse>) {
    for (key, found) in uses {
        let Some(attribute) = attributes.iter_mut().find(|attribute| attribute.key == *key) else {
            attributes.push(Attribute::new(key.clone(), words(key), found.kind()));
            continue;
        };
        if let AttributeKind::Choice(choices) | AttributeKind::Several(choices) = &mut attribute.kind
            && !found.is_free
        {
            for key in &found.choices {
                if !choices.iter().any(|choice| *choice.key == **key) {
                    choices.push(Choice::new(Key::from(key.as_str()), words(key)));
                }
            }
        }
    }
}

/// A key as people read it.
fn words(key: &str) -> String {
    key.replace('_', " ")
}

/// A colour for a further label, as far as there are any that no label has.
pub fn free_colour(labels: &[Label]) -> &'static str {
    let is_free = |colour: &&&str| !labels.iter().any(|label| label.colour == **colour);
    let in_turn = COLOURS.get(labels.len() % COLOURS.len()).copied().unwrap_or_default();
    COLOURS.iter().find(is_free).copied().unwrap_or(in_turn)
}
