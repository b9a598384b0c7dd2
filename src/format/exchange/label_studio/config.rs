//! The labeling configuration: which labels there are, and under which key of the data each text stands.

use std::collections::BTreeMap;

use super::super::colour::hexadecimal;
use super::super::{ForeignLabel, ForeignRelation, Scheme};
use super::markup::{Piece, attribute, pieces};

/// A labeling configuration.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// The key of the data by the name of the text's tag.
    pub(super) keys: BTreeMap<String, String>,
    /// Keys whose text is HTML.
    pub(super) html: Vec<String>,
    /// Labels and types of relations.
    pub(super) scheme: Scheme,
}

/// Whether bytes are a labeling configuration.
pub(super) fn is_config(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096)).unwrap_or_default());
    pieces(&head).find_map(|piece| match piece {
        Piece::Open(name, _) => Some(name == "View"),
        _ => None,
    }) == Some(true)
}

impl Config {
    pub(super) fn parse(text: &str) -> Self {
        let mut config = Self::default();
        // Choices have values, too; only those inside a control for regions are labels.
        let mut control = "";
        for piece in pieces(text) {
            let Piece::Open(name, attributes) = piece else { continue };
            let stated = |key: &str| attribute(attributes, key);
            match name {
                "Text" | "HyperText" | "Paragraphs" => {
                    let key = stated("value").map(|value| value.trim_start_matches('$').to_owned());
                    if let (Some(tag), Some(key)) = (stated("name"), key) {
                        if name == "HyperText" {
                            config.html.push(key.clone());
                        }
                        config.keys.insert(tag, key);
                    }
                }
                "Label" if control.ends_with("Labels") => config.label(attributes),
                "Relation" => {
                    if let Some(name) = stated("value") {
                        let relation = ForeignRelation { name, ..ForeignRelation::default() };
                        config.scheme.relations.push(relation);
                    }
                }
                _ => control = name,
            }
        }
        config
    }

    fn label(&mut self, attributes: &str) {
        let stated = |key: &str| attribute(attributes, key).filter(|value| !value.is_empty());
        let Some(name) = stated("alias").or_else(|| stated("value")) else { return };
        if self.scheme.labels.iter().any(|label| label.name == name) {
            return;
        }
        self.scheme.labels.push(ForeignLabel {
            name,
            colour: stated("background").and_then(|colour| hexadecimal(&colour)).unwrap_or_default(),
            letter: stated("hotkey").and_then(|keys| single(&keys)),
            description: stated("hint").unwrap_or_default(),
        });
    }
}

/// The key where it is one alone; `shift+a` and the like mean something else here.
fn single(keys: &str) -> Option<char> {
    let mut letters = keys.trim().chars();
    letters.next().filter(|_| letters.next().is_none())
}
