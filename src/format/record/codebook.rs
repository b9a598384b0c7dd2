//! Codebooks on the wire, inside a project's record.

use std::borrow::Cow;

use serde::Serialize;

use super::attribute::ValueRecord;
use super::field::Fault;
use super::reading::readable;
use crate::model::{Attribute, AttributeKind, Choice, Codebook, Key, Label, RelationType};

#[derive(Clone, Default, Debug, PartialEq, Serialize)]
pub(super) struct CodebookRecord<'a> {
    version: u32,
    labels: Vec<LabelRecord<'a>>,
    relations: Vec<RelationTypeRecord<'a>>,
}

readable!(CodebookRecord needs ["version"] {
    "version" => version: Plain,
    "labels" => labels: Plain,
    "relations" => relations: Plain,
});

#[derive(Clone, Default, Debug, PartialEq, Serialize)]
struct LabelRecord<'a> {
    key: Cow<'a, str>,
    name: Cow<'a, str>,
    short: Cow<'a, str>,
    colour: Cow<'a, str>,
    letter: Option<char>,
    description: Cow<'a, str>,
    names_actor: bool,
    attributes: Vec<AttributeRecord<'a>>,
}

readable!(LabelRecord needs ["key"] {
    "key" => key: Loose,
    "name" => name: Loose,
    "short" => short: Loose,
    "colour" => colour: Loose,
    "letter" => letter: Plain,
    "description" => description: Loose,
    "names_actor" => names_actor: Plain,
    "attributes" => attributes: Plain,
});

#[derive(Clone, Default, Debug, PartialEq, Serialize)]
struct RelationTypeRecord<'a> {
    key: Cow<'a, str>,
    name: Cow<'a, str>,
    inverse: Cow<'a, str>,
    letter: Option<char>,
    from: Vec<Cow<'a, str>>,
    to: Vec<Cow<'a, str>>,
    to_registry: bool,
    several: bool,
    offered: bool,
    attributes: Vec<AttributeRecord<'a>>,
}

readable!(RelationTypeRecord needs ["key"] {
    "key" => key: Loose,
    "name" => name: Loose,
    "inverse" => inverse: Loose,
    "letter" => letter: Plain,
    "from" => from: Plain,
    "to" => to: Plain,
    "to_registry" => to_registry: Plain,
    "several" => several: Plain,
    "offered" => offered: Plain,
    "attributes" => attributes: Plain,
});

#[derive(Clone, Default, Debug, PartialEq, Serialize)]
struct AttributeRecord<'a> {
    key: Cow<'a, str>,
    name: Cow<'a, str>,
    /// `choice`, `several`, `flag`, `number` or `text`.
    kind: Cow<'a, str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<ChoiceRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<ValueRecord<'a>>,
}

readable!(AttributeRecord needs ["key", "kind"] {
    "key" => key: Loose,
    "name" => name: Loose,
    "kind" => kind: Loose,
    "choices" => choices: Plain,
    "default" => default: Plain,
});

#[derive(Clone, Default, Debug, PartialEq, Serialize)]
struct ChoiceRecord<'a> {
    key: Cow<'a, str>,
    name: Cow<'a, str>,
}

readable!(ChoiceRecord needs ["key"] {
    "key" => key: Loose,
    "name" => name: Loose,
});

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
                value.into_value().map_err(|other| Fault::new("codebook", other, "a value of an attribute"))
            })
            .transpose()?;
        Ok(Attribute { key: Key::from(self.key.as_ref()), name: self.name.into_owned(), kind, default })
    }
}

fn into_attributes(records: Vec<AttributeRecord<'_>>) -> Result<Vec<Attribute>, Fault> {
    records.into_iter().map(AttributeRecord::into_attribute).collect()
}
