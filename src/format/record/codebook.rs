//! Codebooks on the wire, inside a project's record.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::attribute::ValueRecord;
use super::field::{self, Fault};
use crate::model::{Attribute, AttributeKind, Choice, Codebook, Key, Label, RelationType};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct CodebookRecord<'a> {
    version: u32,
    #[serde(borrow, default)]
    labels: Vec<LabelRecord<'a>>,
    #[serde(borrow, default)]
    relations: Vec<RelationTypeRecord<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct LabelRecord<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "field::loose")]
    name: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "field::loose")]
    short: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "field::loose")]
    colour: Cow<'a, str>,
    #[serde(default)]
    letter: Option<char>,
    #[serde(borrow, default, deserialize_with = "field::loose")]
    description: Cow<'a, str>,
    #[serde(default)]
    names_actor: bool,
    #[serde(borrow, default)]
    attributes: Vec<AttributeRecord<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct RelationTypeRecord<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "field::loose")]
    name: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "field::loose")]
    inverse: Cow<'a, str>,
    #[serde(default)]
    letter: Option<char>,
    #[serde(borrow, default)]
    from: Vec<Cow<'a, str>>,
    #[serde(borrow, default)]
    to: Vec<Cow<'a, str>>,
    #[serde(default)]
    to_registry: bool,
    #[serde(default)]
    several: bool,
    #[serde(default)]
    offered: bool,
    #[serde(borrow, default)]
    attributes: Vec<AttributeRecord<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct AttributeRecord<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "field::loose")]
    name: Cow<'a, str>,
    /// `choice`, `several`, `flag`, `number` or `text`.
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    choices: Vec<ChoiceRecord<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    default: Option<ValueRecord<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct ChoiceRecord<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "field::loose")]
    name: Cow<'a, str>,
}

impl<'a> From<&'a Codebook> for CodebookRecord<'a> {
    fn from(codebook: &'a Codebook) -> Self {
        Self {
            version: codebook.version,
            labels: codebook.labels.iter().map(LabelRecord::from).collect(),
            relations: codebook.relations.iter().map(RelationTypeRecord::from).collect(),
        }
    }
}

impl<'a> From<&'a Label> for LabelRecord<'a> {
    fn from(label: &'a Label) -> Self {
        Self {
            key: Cow::Borrowed(&label.key),
            name: Cow::Borrowed(&label.name),
            short: Cow::Borrowed(&label.short),
            colour: Cow::Borrowed(&label.colour),
            letter: label.letter,
            description: Cow::Borrowed(&label.description),
            names_actor: label.names_actor,
            attributes: label.attributes.iter().map(AttributeRecord::from).collect(),
        }
    }
}

impl<'a> From<&'a RelationType> for RelationTypeRecord<'a> {
    fn from(relation: &'a RelationType) -> Self {
        let borrow = |keys: &'a [Key]| keys.iter().map(|key| Cow::Borrowed(key.as_str())).collect();
        Self {
            key: Cow::Borrowed(&relation.key),
            name: Cow::Borrowed(&relation.name),
            inverse: Cow::Borrowed(&relation.inverse),
            letter: relation.letter,
            from: borrow(&relation.from),
            to: borrow(&relation.to),
            to_registry: relation.to_registry,
            several: relation.several,
            offered: relation.offered,
            attributes: relation.attributes.iter().map(AttributeRecord::from).collect(),
        }
    }
}

impl<'a> From<&'a Attribute> for AttributeRecord<'a> {
    fn from(attribute: &'a Attribute) -> Self {
        let (kind, choices): (_, &[Choice]) = match &attribute.kind {
            AttributeKind::Choice(choices) => ("choice", choices),
            AttributeKind::Several(choices) => ("several", choices),
            AttributeKind::Flag => ("flag", &[]),
            AttributeKind::Number => ("number", &[]),
            AttributeKind::Text => ("text", &[]),
        };
        let choice = |choice: &'a Choice| ChoiceRecord {
            key: Cow::Borrowed(&choice.key),
            name: Cow::Borrowed(&choice.name),
        };
        Self {
            key: Cow::Borrowed(&attribute.key),
            name: Cow::Borrowed(&attribute.name),
            kind: Cow::Borrowed(kind),
            choices: choices.iter().map(choice).collect(),
            default: attribute.default.as_ref().map(ValueRecord::from),
        }
    }
}

impl CodebookRecord<'_> {
    pub(super) fn into_codebook(self) -> Result<Codebook, Fault> {
        Ok(Codebook {
            version: self.version,
            labels: self.labels.into_iter().map(LabelRecord::into_label).collect::<Result<_, _>>()?,
            relations: self
                .relations
                .into_iter()
                .map(RelationTypeRecord::into_relation_type)
                .collect::<Result<_, _>>()?,
        })
    }
}

impl LabelRecord<'_> {
    fn into_label(self) -> Result<Label, Fault> {
        Ok(Label {
            key: Key::from(self.key.as_ref()),
            name: self.name.into_owned(),
            short: self.short.into_owned(),
            colour: self.colour.into_owned(),
            letter: self.letter,
            description: self.description.into_owned(),
            names_actor: self.names_actor,
            attributes: into_attributes(self.attributes)?,
        })
    }
}

impl RelationTypeRecord<'_> {
    fn into_relation_type(self) -> Result<RelationType, Fault> {
        let keys = |keys: Vec<Cow<'_, str>>| keys.iter().map(|key| Key::from(key.as_ref())).collect();
        Ok(RelationType {
            key: Key::from(self.key.as_ref()),
            name: self.name.into_owned(),
            inverse: self.inverse.into_owned(),
            letter: self.letter,
            from: keys(self.from),
            to: keys(self.to),
            to_registry: self.to_registry,
            several: self.several,
            offered: self.offered,
            attributes: into_attributes(self.attributes)?,
        })
    }
}

impl AttributeRecord<'_> {
    fn into_attribute(self) -> Result<Attribute, Fault> {
        let choices = self
            .choices
            .into_iter()
            .map(|choice| Choice { key: Key::from(choice.key.as_ref()), name: choice.name.into_owned() })
            .collect();
        let kind = match self.kind.as_ref() {
            "choice" => AttributeKind::Choice(choices),
            "several" => AttributeKind::Several(choices),
            "flag" => AttributeKind::Flag,
            "number" => AttributeKind::Number,
            "text" => AttributeKind::Text,
            other => return Err(Fault::new("codebook", other, "a kind of attribute known here")),
        };
        let default = self
            .default
            .map(|value| {
                value
                    .into_value()
                    .ok_or_else(|| Fault::new("codebook", "a default", "a value of an attribute"))
            })
            .transpose()?;
        Ok(Attribute { key: Key::from(self.key.as_ref()), name: self.name.into_owned(), kind, default })
    }
}

fn into_attributes(records: Vec<AttributeRecord<'_>>) -> Result<Vec<Attribute>, Fault> {
    records.into_iter().map(AttributeRecord::into_attribute).collect()
}
