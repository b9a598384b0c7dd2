//! Codebooks on the wire, inside a project's record and in files of their own. What an entry does not say is left out,
//! as far as it came later than the first version, so that what was written then is written so still.

use std::borrow::Cow;

use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value as Json};

use super::attribute::ValueRecord;
use crate::model::{About, Attribute, AttributeKind, Choice, Codebook, Key, Label, Letters, RelationType};

/// A codebook, to be printed or as it was read.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::format) struct CodebookRecord<'a>(pub(in crate::format) Cow<'a, Codebook>);

#[derive(Serialize)]
struct Printed<'a> {
    version: u32,
    labels: Vec<LabelRecord<'a>>,
    relations: Vec<RelationTypeRecord<'a>>,
}

#[derive(Serialize)]
struct LabelRecord<'a> {
    key: &'a str,
    name: &'a str,
    short: &'a str,
    colour: &'a str,
    letter: Option<String>,
    description: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    examples: &'a [String],
    #[serde(skip_serializing_if = "is_zero")]
    revised: u32,
    names_actor: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    inside: Vec<&'a str>,
    attributes: Vec<AttributeRecord<'a>>,
}

#[derive(Serialize)]
struct RelationTypeRecord<'a> {
    key: &'a str,
    name: &'a str,
    inverse: &'a str,
    letter: Option<String>,
    from: Vec<&'a str>,
    to: Vec<&'a str>,
    to_registry: bool,
    several: bool,
    offered: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    examples: &'a [String],
    #[serde(skip_serializing_if = "is_zero")]
    revised: u32,
    attributes: Vec<AttributeRecord<'a>>,
}

#[derive(Serialize)]
struct AttributeRecord<'a> {
    key: &'a str,
    name: &'a str,
    /// `choice`, `several`, `flag`, `number` or `text`.
    kind: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<ChoiceRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<ValueRecord<'a>>,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    examples: &'a [String],
    #[serde(skip_serializing_if = "is_zero")]
    revised: u32,
}

#[derive(Serialize)]
struct ChoiceRecord<'a> {
    key: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    examples: &'a [String],
    #[serde(skip_serializing_if = "is_zero")]
    revised: u32,
}

impl Default for CodebookRecord<'_> {
    fn default() -> Self {
        Self(Cow::Owned(Codebook { version: 0, labels: Vec::new(), relations: Vec::new() }))
    }
}

impl<'a> From<&'a Codebook> for CodebookRecord<'a> {
    fn from(codebook: &'a Codebook) -> Self {
        Self(Cow::Borrowed(codebook))
    }
}

impl Serialize for CodebookRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let printed = Printed {
            version: self.0.version,
            labels: self.0.labels.iter().map(LabelRecord::from).collect(),
            relations: self.0.relations.iter().map(RelationTypeRecord::from).collect(),
        };
        printed.serialize(serializer)
    }
}

impl<'a> From<&'a Label> for LabelRecord<'a> {
    fn from(label: &'a Label) -> Self {
        Self {
            key: &label.key,
            name: &label.name,
            short: &label.short,
            colour: &label.colour,
            letter: label.letter.map(|letter| letter.to_string()),
            description: &label.about.description,
            examples: &label.about.examples,
            revised: label.about.revised,
            names_actor: label.names_actor,
            inside: printed_keys(&label.inside),
            attributes: label.attributes.iter().map(AttributeRecord::from).collect(),
        }
    }
}

impl<'a> From<&'a RelationType> for RelationTypeRecord<'a> {
    fn from(relation: &'a RelationType) -> Self {
        Self {
            key: &relation.key,
            name: &relation.name,
            inverse: &relation.inverse,
            letter: relation.letter.map(|letter| letter.to_string()),
            from: printed_keys(&relation.from),
            to: printed_keys(&relation.to),
            to_registry: relation.to_registry,
            several: relation.several,
            offered: relation.offered,
            description: &relation.about.description,
            examples: &relation.about.examples,
            revised: relation.about.revised,
            attributes: relation.attributes.iter().map(AttributeRecord::from).collect(),
        }
    }
}

impl<'a> From<&'a Attribute> for AttributeRecord<'a> {
    fn from(attribute: &'a Attribute) -> Self {
        let kind = match &attribute.kind {
            AttributeKind::Choice(_) => "choice",
            AttributeKind::Several(_) => "several",
            AttributeKind::Flag => "flag",
            AttributeKind::Number => "number",
            AttributeKind::Text => "text",
        };
        Self {
            key: &attribute.key,
            name: &attribute.name,
            kind,
            choices: attribute.kind.choices().iter().map(ChoiceRecord::from).collect(),
            default: attribute.default.as_ref().map(ValueRecord::from),
            required: attribute.required,
            description: &attribute.about.description,
            examples: &attribute.about.examples,
            revised: attribute.about.revised,
        }
    }
}

impl<'a> From<&'a Choice> for ChoiceRecord<'a> {
    fn from(choice: &'a Choice) -> Self {
        Self {
            key: &choice.key,
            name: &choice.name,
            code: &choice.code,
            parent: choice.parent.as_deref(),
            description: &choice.about.description,
            examples: &choice.about.examples,
            revised: choice.about.revised,
        }
    }
}

fn printed_keys(keys: &[Key]) -> Vec<&str> {
    keys.iter().map(Key::as_str).collect()
}

const fn is_false(flag: &bool) -> bool {
    !*flag
}

const fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl<'de> Deserialize<'de> for CodebookRecord<'_> {
    /// By way of a JSON value: a reader of its own for every kind of entry would weigh several times as much.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        codebook(&json).map(|codebook| Self(Cow::Owned(codebook))).map_err(D::Error::custom)
    }
}

/// The fields of an entry, and which entry it is, for what is said of a field that cannot be read.
struct Fields<'j> {
    map: &'j Map<String, Json>,
    entry: &'static str,
}

fn codebook(json: &Json) -> Result<Codebook, String> {
    let fields = Fields::of(json, "codebook")?;
    let version = fields.number("version")?.ok_or_else(|| fields.missing("version"))?;
    Ok(Codebook {
        version,
        labels: fields.list("labels", label)?,
        relations: fields.list("relations", relation_type)?,
    })
}

fn label(json: &Json) -> Result<Label, String> {
    let fields = Fields::of(json, "label")?;
    Ok(Label {
        key: fields.key()?,
        name: fields.text("name")?,
        short: fields.text("short")?,
        colour: fields.text("colour")?,
        letter: fields.letter()?,
        about: fields.about()?,
        names_actor: fields.flag("names_actor")?,
        inside: fields.list("inside", key)?,
        attributes: fields.list("attributes", attribute)?,
    })
}

fn relation_type(json: &Json) -> Result<RelationType, String> {
    let fields = Fields::of(json, "relation type")?;
    Ok(RelationType {
        key: fields.key()?,
        name: fields.text("name")?,
        inverse: fields.text("inverse")?,
        letter: fields.letter()?,
        from: fields.list("from", key)?,
        to: fields.list("to", key)?,
        to_registry: fields.flag("to_registry")?,
        several: fields.flag("several")?,
        offered: fields.flag("offered")?,
        about: fields.about()?,
        attributes: fields.list("attributes", attribute)?,
    })
}

fn attribute(json: &Json) -> Result<Attribute, String> {
    let fields = Fields::of(json, "attribute")?;
    let mut choices = fields.list("choices", choice)?;
    // An empty parent means none, unless there is a choice of that key.
    let is_key = choices.iter().any(|one| one.key.is_empty());
    for one in &mut choices {
        one.parent.take_if(|parent| parent.is_empty() && (!is_key || one.key.is_empty()));
    }
    let kind = match fields.text("kind")?.as_str() {
        "choice" => AttributeKind::Choice(choices),
        "several" => AttributeKind::Several(choices),
        "flag" => AttributeKind::Flag,
        "number" => AttributeKind::Number,
        "text" => AttributeKind::Text,
        "" => return Err(fields.missing("kind")),
        other => return Err(format!("{other:?} is not a kind of attribute known here")),
    };
    let default = match fields.map.get("default") {
        None | Some(Json::Null) => None,
        Some(value) => {
            let value = ValueRecord::deserialize(value).map_err(|error| error.to_string())?;
            Some(value.into_value().map_err(|other| format!("{other} is not a value of an attribute"))?)
        }
    };
    Ok(Attribute {
        key: fields.key()?,
        name: fields.text("name")?,
        kind,
        default,
        required: fields.flag("required")?,
        about: fields.about()?,
    })
}

fn choice(json: &Json) -> Result<Choice, String> {
    let fields = Fields::of(json, "choice")?;
    let parent = match fields.map.get("parent") {
        None | Some(Json::Null) => None,
        Some(_) => Some(Key::from(fields.text("parent")?)),
    };
    Ok(Choice {
        key: fields.key()?,
        name: fields.text("name")?,
        code: fields.text("code")?,
        parent,
        about: fields.about()?,
    })
}

fn text(json: &Json) -> Result<String, String> {
    match json {
        Json::Null => Ok(String::new()),
        Json::String(text) => Ok(text.clone()),
        Json::Bool(flag) => Ok(flag.to_string()),
        Json::Number(number) => Ok(number.to_string()),
        Json::Array(_) | Json::Object(_) => Err("a string is expected".to_owned()),
    }
}

fn key(json: &Json) -> Result<Key, String> {
    text(json).map(Key::from)
}

impl<'j> Fields<'j> {
    fn of(json: &'j Json, entry: &'static str) -> Result<Self, String> {
        json.as_object().map(|map| Self { map, entry }).ok_or_else(|| format!("a {entry} is no record"))
    }

    fn missing(&self, field: &str) -> String {
        format!("missing field `{field}` of a {}", self.entry)
    }

    fn wrong(&self, field: &str, expected: &str) -> String {
        format!("the field `{field}` of a {} is not {expected}", self.entry)
    }

    /// A string; null or nothing is the empty one, a number or a truth value is taken as it is written.
    fn text(&self, field: &str) -> Result<String, String> {
        self.map.get(field).map_or(Ok(String::new()), text).map_err(|_| self.wrong(field, "a string"))
    }

    fn key(&self) -> Result<Key, String> {
        if !self.map.contains_key("key") {
            return Err(self.missing("key"));
        }
        self.text("key").map(Key::from)
    }

    fn flag(&self, field: &str) -> Result<bool, String> {
        self.map
            .get(field)
            .map_or(Some(false), Json::as_bool)
            .ok_or_else(|| self.wrong(field, "true or false"))
    }

    fn number(&self, field: &str) -> Result<Option<u32>, String> {
        let Some(json) = self.map.get(field) else { return Ok(None) };
        let number = json.as_u64().and_then(|number| u32::try_from(number).ok());
        number.map(Some).ok_or_else(|| self.wrong(field, "a whole number"))
    }

    fn letter(&self) -> Result<Option<Letters>, String> {
        let text = self.text("letter")?;
        match Letters::parse(&text) {
            None if !text.is_empty() => Err(self.wrong("letter", "one letter or two")),
            letters => Ok(letters),
        }
    }

    fn about(&self) -> Result<About, String> {
        Ok(About {
            description: self.text("description")?,
            examples: self.list("examples", text)?,
            revised: self.number("revised")?.unwrap_or_default(),
        })
    }

    fn list<T>(&self, field: &str, read: fn(&Json) -> Result<T, String>) -> Result<Vec<T>, String> {
        match self.map.get(field) {
            None => Ok(Vec::new()),
            Some(Json::Array(list)) => list.iter().map(read).collect(),
            Some(_) => Err(self.wrong(field, "a list")),
        }
    }
}
