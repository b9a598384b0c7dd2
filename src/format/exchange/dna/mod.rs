//! The Discourse Network Analyzer (<https://github.com/leifeld/dna>): its project file and its event list, which say the
//! same of a statement and so become the same here. A statement is a claim made by its person and organization, the
//! concept its category, and agreement its stance.

mod events;
mod project;
mod sqlite;

use serde_json::{Map, Value as Json};

use super::{End, Link, Said, kept};
use crate::model::{ActorKind, Extra, Value};

pub use events::FORMAT;
pub use project::FORMAT as PROJECT_FORMAT;

const NAME: &str = "dna";
const PROJECT: &str = "dna_project";

/// The variables of DNA's own statement type.
const VARIABLES: [&str; 4] = ["person", "organization", "concept", "agreement"];

/// Who made a statement.
const MAKERS: [&str; 2] = ["person", "organization"];

/// What a variable is called here.
fn attribute(variable: &str) -> &str {
    match variable {
        "concept" => "category",
        "agreement" => "stance",
        other => other,
    }
}

/// A name of a column without capitals, blanks and signs.
fn folded(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What the makers under a variable are.
fn maker_kind(variable: &str) -> ActorKind {
    if variable == "person" { ActorKind::Person } else { ActorKind::Organization }
}

fn made_by(from: &str, name: &str, line: Option<u64>) -> Link {
    Link {
        id: String::new(),
        kind: "made_by".to_owned(),
        from: from.to_owned(),
        to: End::Actor(name.to_owned()),
        attributes: Vec::new(),
        note: String::new(),
        line,
        extra: Said::default(),
    }
}

/// A value as it is written, agreement as a stance.
fn stance(variable: &str, found: &str) -> Value {
    let stance = match (variable, found.to_lowercase().as_str()) {
        ("agreement", "1" | "true" | "yes") => "support",
        ("agreement", "0" | "false" | "no") => "oppose",
        _ => found,
    };
    Value::Text(stance.to_owned())
}

/// What an event list or a project said of a record beyond the model.
fn said(extra: &Extra) -> Map<String, Json> {
    let of_list = kept(extra, NAME);
    if of_list.is_empty() { kept(extra, PROJECT) } else { of_list }
}
