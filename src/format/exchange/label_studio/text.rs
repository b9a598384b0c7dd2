//! The text of a task. Plain text is taken as it stands, HTML as what stands between its tags, a dialogue as its turns
//! with a line each; positions in them become positions in the one text.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::super::fields::{Fields, integer, range, string};
use super::markup::{Piece, decode, pieces};

/// The text of a task, and how positions count in it.
#[derive(Debug)]
pub(super) enum Text {
    Plain(String),
    /// The text, with where the wanted nodes of the markup begin, by their paths, in UTF-16 units.
    Html(String, BTreeMap<String, i64>),
    /// The text, with where each turn begins, in UTF-16 units.
    Turns(String, Vec<i64>),
}

impl Text {
    /// The text that a value of the data is; `None` if it is none. Of markup only the wanted nodes are kept in mind,
    /// because all paths together may be much longer than the text.
    pub(super) fn of(value: &Json, is_html: bool, wanted: &BTreeSet<&str>) -> Option<Self> {
        match value {
            Json::String(text) if is_html => Some(between_tags(text, wanted)),
            Json::String(text) => Some(Self::Plain(text.clone())),
            Json::Array(turns) => Self::turns(turns),
            _ => None,
        }
    }

    fn turns(turns: &[Json]) -> Option<Self> {
        let (mut text, mut starts, mut at) = (String::new(), Vec::new(), 0);
        for turn in turns {
            let turn = turn.as_object()?;
            let said = string(turn, "text").or_else(|| string(turn, "content"))?;
            let line = match string(turn, "author").or_else(|| string(turn, "role")) {
                Some(author) => format!("{}: ", author.trim_end_matches(':')),
                None => String::new(),
            };
            if !text.is_empty() {
                text.push('\n');
                at += 1;
            }
            starts.push(at + units(&line));
            at += units(&line) + units(said);
            text += &line;
            text += said;
        }
        (!starts.is_empty()).then_some(Self::Turns(text, starts))
    }

    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Html(text, _) | Self::Turns(text, _) => text,
        }
    }

    /// Where the value of a region lies in the text.
    pub(super) fn range(&self, value: &Fields) -> Option<(i64, i64)> {
        match self {
            Self::Plain(_) => range(value, "start", "end"),
            Self::Html(text, nodes) => {
                let global = value.get("globalOffsets").and_then(Json::as_object);
                let end = |path: &str, offset: &str| -> Option<i64> {
                    Some(nodes.get(string(value, path)?)?.saturating_add(integer(value.get(offset)?)?))
                };
                let by_path = || Some((end("start", "startOffset")?, end("end", "endOffset")?));
                let by_quote = || {
                    let quote = string(value, "text").filter(|quote| !quote.is_empty())?;
                    let start = units(text.get(..text.find(quote)?)?);
                    Some((start, start + units(quote)))
                };
                global.and_then(|global| range(global, "start", "end")).or_else(by_path).or_else(by_quote)
            }
            Self::Turns(_, starts) => {
                let turn = |key: &str| starts.get(usize::try_from(integer(value.get(key)?)?).ok()?).copied();
                let (start, end) = range(value, "startOffset", "endOffset")?;
                Some((turn("start")?.saturating_add(start), turn("end")?.saturating_add(end)))
            }
        }
    }

    /// Puts that place into the value of a region.
    pub(super) fn put_range(&self, start: i64, end: i64, value: &mut Fields) {
        match self {
            Self::Plain(_) => {
                value.insert("start".to_owned(), start.into());
                value.insert("end".to_owned(), end.into());
            }
            Self::Html(..) => {
                let global = [("start".to_owned(), start.into()), ("end".to_owned(), end.into())];
                let global = Json::Object(Fields::from_iter(global));
                if value.get("globalOffsets").is_some_and(|stated| *stated != global) {
                    for key in ["start", "end", "startOffset", "endOffset"] {
                        value.remove(key);
                    }
                }
                value.insert("globalOffsets".to_owned(), global);
            }
            Self::Turns(_, starts) => {
                let turn = |at: i64| starts.partition_point(|start| *start <= at).saturating_sub(1);
                let mut put = |turn_key: &str, key: &str, turn: usize, at: i64| {
                    let begin = starts.get(turn).copied().unwrap_or(0);
                    value.insert(turn_key.to_owned(), turn.to_string().into());
                    value.insert(key.to_owned(), (at - begin).into());
                };
                put("start", "startOffset", turn(start), start);
                put("end", "endOffset", turn(end - 1), end);
            }
        }
    }
}

/// How many UTF-16 units a text has.
pub(super) fn units(text: &str) -> i64 {
    text.chars().map(|one| if one.len_utf16() == 2 { 2 } else { 1 }).sum()
}

/// Elements that have no end.
const EMPTY: [&str; 6] = ["br", "hr", "img", "input", "link", "meta"];

/// Nodes whose path is longer have none: so deep no person marks.
const LONGEST: usize = 1024;

fn between_tags(html: &str, wanted: &BTreeSet<&str>) -> Text {
    let (mut text, mut at, mut nodes) = (String::with_capacity(html.len()), 0, BTreeMap::new());
    // Of each open element its path and how many of each kind it holds.
    let mut open: Vec<(Option<String>, BTreeMap<String, usize>)> =
        vec![(Some(String::new()), BTreeMap::new())];
    for piece in pieces(html) {
        let name = match &piece {
            Piece::Text(_) => "text()".to_owned(),
            Piece::Open(name, _) => name.to_lowercase(),
            Piece::Close => {
                if 1 < open.len() {
                    open.pop();
                }
                continue;
            }
        };
        let path = open.last_mut().and_then(|(path, held)| {
            let path = path.as_ref().filter(|path| path.len() < LONGEST)?;
            let number = held.entry(name.clone()).or_default();
            *number += 1;
            Some(format!("{path}/{name}[{number}]"))
        });
        if let Some(path) = path.as_ref().filter(|path| wanted.contains(path.as_str())) {
            nodes.insert(path.clone(), at);
        }
        match piece {
            Piece::Text(piece) => {
                let piece = decode(piece);
                at += units(&piece);
                text += &piece;
            }
            _ if name == "br" => {
                text.push('\n');
                at += 1;
            }
            Piece::Open(_, attributes) if !EMPTY.contains(&&*name) && !attributes.ends_with('/') => {
                open.push((path, BTreeMap::new()));
            }
            Piece::Open(..) | Piece::Close => {}
        }
    }
    Text::Html(text, nodes)
}
