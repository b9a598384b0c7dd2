//! The query language: words, “phrases in quotation marks”, filters such as `label:claim`, `actor:"Maren Holt"`,
//! `stance:oppose`, `made_by:none`, `status:done`, `tag:sample`, `after:2025-12`; a `-` before any of them turns it round.
//! All parts have to hold. With a filter of annotations the hits are annotations, otherwise places in texts.

use crate::{
    model::{Codebook, Key, Status},
    text::{Needle, fold},
};

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub(super) words: Vec<Part<Needle>>,
    pub(super) filters: Vec<Part<Filter>>,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part<T> {
    /// Whether it must not hold.
    pub(super) not: bool,
    pub(super) what: T,
}

/// A condition on annotations or documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Label(Key),
    Actor(Wanted),
    Attribute(Key, Wanted),
    Relation(Key, Wanted),
    Note(Wanted),
    Annotator(Wanted),
    Origin(String),
    Status(Status),
    Title(Wanted),
    Source(Wanted),
    Author(Wanted),
    Language(Wanted),
    Tag(Wanted),
    After(String),
    Before(String),
}

/// What a filter asks of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// That there is one.
    Any,
    /// That there is none.
    None,
    /// That it holds these words; beside them the value as it was written, folded.
    Words(Needle, String),
}

/// Why a query cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// A filter of a name that nothing has.
    #[error("“{0}:” is no filter here. To look for it as words put it in quotation marks")]
    NoFilter(String),
    /// A filter without a value.
    #[error("“{0}:” needs a value after it, for example {0}:none")]
    NoValue(String),
    /// A label that the codebook does not have.
    #[error("the codebook has no label “{0}”")]
    NoLabel(String),
    /// No status.
    #[error("“{0}” is no status: todo, in_progress or done")]
    NoStatus(String),
    /// No date.
    #[error("“{0}” is no date: write 2025, 2025-12 or 2025-12-31")]
    NoDate(String),
    /// Quotation marks that are not closed.
    #[error("a quotation mark is not closed")]
    Unclosed,
}

impl Query {
    /// Reads a query; filters are those of this codebook and the fixed ones.
    ///
    /// # Errors
    /// Says which part cannot be understood.
    pub fn parse(query: &str, codebook: &Codebook) -> Result<Self, QueryError> {
        let mut parsed = Self::default();
        let mut rest = query.trim_start();
        while !rest.is_empty() {
            let not = rest.len() > 1 && rest.starts_with('-');
            if not {
                rest = &rest[1..];
            }
            let name_end =
                rest.find(|sign: char| sign.is_whitespace() || matches!(sign, ':' | '"' | '“' | '„'));
            let name =
                name_end.filter(|end| 0 < *end && rest[*end..].starts_with(':')).map(|end| &rest[..end]);
            if let Some(name) = name {
                rest = &rest[name.len() + 1..];
            }
            let (value, is_quoted, after) = value(rest)?;
            rest = after.trim_start();
            match name {
                Some(name) => {
                    let filter = Filter::parse(name, value, is_quoted, codebook)?;
                    parsed.filters.push(Part { not, what: filter });
                }
                None => {
                    let needle = Needle::new(value, is_quoted);
                    let part = needle.map(|what| Part { not, what });
                    // A word that is written twice is looked for once.
                    parsed.words.extend(part.filter(|part| !parsed.words.contains(part)));
                }
            }
        }
        Ok(parsed)
    }

    /// Whether it asks for nothing.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty() && self.filters.is_empty()
    }

    /// Whether it asks something of annotations, so that these are what is found.
    pub(super) fn is_of_annotations(&self) -> bool {
        self.filters.iter().any(|part| part.what.is_of_annotations())
    }
}

impl Filter {
    fn parse(name: &str, value: &str, is_quoted: bool, codebook: &Codebook) -> Result<Self, QueryError> {
        let wanted = || Wanted::parse(value, is_quoted).ok_or_else(|| QueryError::NoValue(name.to_owned()));
        let folded = fold(name);
        let named = |key: &Key, shown: &str| fold(key) == folded || fold(shown) == folded;
        Ok(match folded.as_str() {
            "label" => Self::Label(label(value, codebook)?),
            "actor" => Self::Actor(wanted()?),
            "note" => Self::Note(wanted()?),
            "by" | "annotator" => Self::Annotator(wanted()?),
            "origin" => Self::Origin(fold(value)),
            "status" => Self::Status(status(value)?),
            "title" => Self::Title(wanted()?),
            "source" => Self::Source(wanted()?),
            "author" => Self::Author(wanted()?),
            "language" => Self::Language(wanted()?),
            "tag" => Self::Tag(wanted()?),
            "after" | "since" => Self::After(date(value)?),
            "before" => Self::Before(date(value)?),
            _ => {
                let attributes = codebook.span_attributes();
                let attribute = attributes.iter().find(|one| named(&one.key, &one.name));
                let relation = codebook.relations.iter().find(|one| named(&one.key, &one.name));
                match (attribute, relation) {
                    (Some(attribute), _) => Self::Attribute(attribute.key.clone(), wanted()?),
                    (None, Some(relation)) => Self::Relation(relation.key.clone(), wanted()?),
                    (None, None) => return Err(QueryError::NoFilter(name.to_owned())),
                }
            }
        })
    }

    pub(super) const fn is_of_annotations(&self) -> bool {
        matches!(
            self,
            Self::Label(_)
                | Self::Actor(_)
                | Self::Attribute(..)
                | Self::Relation(..)
                | Self::Note(_)
                | Self::Annotator(_)
                | Self::Origin(_)
        )
    }
}

impl Wanted {
    /// In quotation marks everything is words: an actor may be called “Any”.
    fn parse(value: &str, is_quoted: bool) -> Option<Self> {
        match value {
            "*" | "any" if !is_quoted => Some(Self::Any),
            "none" if !is_quoted => Some(Self::None),
            _ => Needle::new(value, false).map(|needle| Self::Words(needle, fold(value))),
        }
    }

    /// Whether some of the values are what is wanted.
    pub(super) fn takes<'v>(&self, values: impl IntoIterator<Item = &'v str>) -> bool {
        let mut values = values.into_iter().filter(|value| !value.is_empty());
        match self {
            Self::Any => values.next().is_some(),
            Self::None => values.next().is_none(),
            Self::Words(needle, _) => values.any(|value| needle.is_in(value)),
        }
    }
}

/// The value that comes next, whether it stood in quotation marks, and what is left.
fn value(rest: &str) -> Result<(&str, bool, &str), QueryError> {
    let mut signs = rest.chars();
    let opening = signs.next().filter(|sign| matches!(sign, '"' | '“' | '„'));
    let Some(opening) = opening else {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        return Ok((&rest[..end], false, &rest[end..]));
    };
    let inside = &rest[opening.len_utf8()..];
    let end = inside.find(['"', '”', '“']).ok_or(QueryError::Unclosed)?;
    let closing = inside[end..].chars().next().map_or(0, char::len_utf8);
    Ok((&inside[..end], true, &inside[end + closing..]))
}

fn label(value: &str, codebook: &Codebook) -> Result<Key, QueryError> {
    let folded = fold(value);
    let found = codebook.labels.iter().find(|label| {
        fold(&label.key) == folded || fold(&label.name) == folded || fold(&label.short) == folded
    });
    found.map(|label| label.key.clone()).ok_or_else(|| QueryError::NoLabel(value.to_owned()))
}

fn status(value: &str) -> Result<Status, QueryError> {
    let name = fold(value).replace([' ', '-'], "_");
    Status::from_name(&name).ok_or_else(|| QueryError::NoStatus(value.to_owned()))
}

/// A year, a month or a day: the beginning of `YYYY-MM-DD`.
fn date(value: &str) -> Result<String, QueryError> {
    let parts: Vec<&str> = value.split('-').collect();
    let sizes = [4, 2, 2];
    let is_number =
        |(part, size): (&&str, &usize)| part.len() == *size && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() <= sizes.len() && parts.iter().zip(&sizes).all(is_number) {
        Ok(value.to_owned())
    } else {
        Err(QueryError::NoDate(value.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &str) -> Result<Query, QueryError> {
        Query::parse(query, &Codebook::standard())
    }

    #[test]
    fn words_phrases_and_filters_are_told_apart() {
        let query = parse(r#"tram "two days" -label:claim stance:oppose made_by:none"#).unwrap();
        assert_eq!(query.words.len(), 2);
        assert_eq!(query.filters.len(), 3);
        assert!(query.filters[0].not && query.is_of_annotations());
        assert_eq!(
            query.filters[1].what,
            Filter::Attribute("stance".into(), Wanted::parse("oppose", false).unwrap())
        );
        assert_eq!(query.filters[2].what, Filter::Relation("made_by".into(), Wanted::None));
        assert_eq!(parse("actor:*").unwrap().filters[0].what, Filter::Actor(Wanted::Any));
        for words in ["*", "any", "none"] {
            let query = parse(&format!("actor:\"{words}\"")).unwrap();
            assert!(matches!(query.filters[0].what, Filter::Actor(Wanted::Words(..))), "“{words}” is a name");
        }
        assert_eq!(parse("Label:„Criticism“ “a b”").unwrap().words.len(), 1);
        assert_eq!(parse("  - ").unwrap(), Query::default());
        assert!(!parse("status:\"in progress\" after:2025-12").unwrap().is_of_annotations());
        let tagged = parse("-tag:“second round”").unwrap();
        assert!(tagged.filters[0].not && !tagged.is_of_annotations());
        assert_eq!(tagged.filters[0].what, Filter::Tag(Wanted::parse("second round", true).unwrap()));
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        for (query, error) in [
            ("http://x", QueryError::NoFilter("http".to_owned())),
            ("label:opinion", QueryError::NoLabel("opinion".to_owned())),
            ("actor:", QueryError::NoValue("actor".to_owned())),
            ("tag:", QueryError::NoValue("tag".to_owned())),
            ("status:ready", QueryError::NoStatus("ready".to_owned())),
            ("after:June", QueryError::NoDate("June".to_owned())),
            ("\"open", QueryError::Unclosed),
        ] {
            assert_eq!(parse(query), Err(error), "{query}");
        }
    }
}
