//! Annotations: one label on one or more spans of one document.
//! An annotation always has at least one fragment; its fragments are sorted, disjoint and never empty.

use std::collections::BTreeMap;

use super::{ActorId, AnnotationId, DocumentId, Extra, Key, Timestamp};
use crate::text::{Offset, Span, order};

/// One label on one or more spans of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Names this annotation.
    pub id: AnnotationId,
    /// The document whose text it marks.
    pub document: DocumentId,
    /// The label's key in the codebook.
    pub label: Key,
    /// Where it lies.
    pub fragments: Fragments,
    /// The registry entry it speaks of, for labels that name actors.
    pub actor: Option<ActorId>,
    /// What its label asks for: stance, kind and so on.
    pub attributes: Attributes,
    /// A remark for people.
    pub note: String,
    /// How it came about.
    pub origin: Origin,
    /// Who made or last changed it.
    pub annotator: String,
    /// When it was made or last changed.
    pub modified: Timestamp,
    /// The codebook version under which it was made.
    pub codebook_version: u32,
    /// What an outside format left with it.
    pub extra: Extra,
}

/// Attribute values by the attribute's key; what is not set is absent.
pub type Attributes = BTreeMap<Key, Value>;

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A chosen value's key or free text, as the codebook says.
    Text(String),
    /// Several chosen values' keys.
    Several(Vec<String>),
    /// Yes or no.
    Flag(bool),
    /// A finite number.
    Number(f64),
}

impl Value {
    /// Whether it is this choice, or has it among others.
    pub fn names(&self, choice: &str) -> bool {
        match self {
            Self::Text(key) => key == choice,
            Self::Several(keys) => keys.iter().any(|key| key == choice),
            Self::Flag(_) | Self::Number(_) => false,
        }
    }
}

/// How an annotation came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A person marked it.
    #[default]
    Manual,
    /// It was proposed and a person accepted it.
    Suggestion,
    /// It came with a file.
    Imported,
}

impl Origin {
    /// All origins.
    pub const ALL: [Self; 3] = [Self::Manual, Self::Suggestion, Self::Imported];

    /// The name in records and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Suggestion => "suggestion",
            Self::Imported => "imported",
        }
    }

    /// The origin of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.name() == name)
    }
}

/// The spans of one annotation: at least one, sorted, neither overlapping nor touching.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fragments {
    first: Span,
    rest: Vec<Span>,
}

impl Fragments {
    /// A single fragment.
    pub const fn one(span: Span) -> Self {
        Self { first: span, rest: Vec::new() }
    }

    /// The fragments that cover the given spans, joining those that overlap or touch; `None` without a span.
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Option<Self> {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        order::sort(&mut spans);
        let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.start() <= last.end() => *last = last.cover(span),
                _ => joined.push(span),
            }
        }
        let mut joined = joined.into_iter();
        Some(Self { first: joined.next()?, rest: joined.collect() })
    }

    /// The fragments in the order of the text.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Span> + '_ {
        std::iter::once(self.first).chain(self.rest.iter().copied())
    }

    /// How many fragments there are, at least one.
    pub const fn count(&self) -> usize {
        1 + self.rest.len()
    }

    /// Where the first fragment starts.
    pub const fn start(&self) -> Offset {
        self.first.start()
    }

    /// Where the last fragment ends.
    pub fn end(&self) -> Offset {
        self.rest.last().unwrap_or(&self.first).end()
    }

    /// The smallest span that holds all fragments.
    pub fn envelope(&self) -> Span {
        self.rest.last().map_or(self.first, |last| self.first.cover(*last))
    }

    /// Whether any fragment holds the character at this offset.
    pub fn contains(&self, offset: Offset) -> bool {
        self.iter().any(|span| span.contains(offset))
    }

    /// Whether any fragment shares a character with the span.
    pub fn overlap(&self, span: Span) -> bool {
        self.iter().any(|fragment| fragment.overlaps(span))
    }

    /// These fragments and one more.
    #[must_use]
    pub fn with(&self, span: Span) -> Self {
        Self::new(self.iter().chain([span])).unwrap_or_else(|| self.clone())
    }

    /// These fragments without the parts that the span covers; `None` when nothing is left.
    pub fn without(&self, span: Span) -> Option<Self> {
        Self::new(self.iter().flat_map(|fragment| {
            let before = Span::new(fragment.start(), fragment.end().min(span.start()));
            let after = Span::new(fragment.start().max(span.end()), fragment.end());
            [before, after].into_iter().flatten()
        }))
    }

    /// With the first fragment's start moved there; `None` if that would empty or cross a fragment.
    pub fn with_start(&self, start: Offset) -> Option<Self> {
        let first = Span::new(start, self.first.end())?;
        Some(Self { first, rest: self.rest.clone() })
    }

    /// With the last fragment's end moved there; `None` if that would empty or cross a fragment.
    pub fn with_end(&self, end: Offset) -> Option<Self> {
        let mut changed = self.clone();
        let last = changed.rest.last_mut().unwrap_or(&mut changed.first);
        *last = Span::new(last.start(), end)?;
        Some(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span::new(Offset::new(start), Offset::new(end)).unwrap()
    }

    #[test]
    fn fragments_join_what_touches_and_keep_what_does_not() {
        let fragments = Fragments::new([span(8, 9), span(0, 3), span(3, 5), span(2, 4)]).unwrap();
        assert_eq!(fragments.iter().collect::<Vec<_>>(), [span(0, 5), span(8, 9)]);
        assert_eq!(fragments.envelope(), span(0, 9));
        assert_eq!(Fragments::new([]), None);
    }

    #[test]
    fn fragments_can_be_cut() {
        let fragments = Fragments::one(span(2, 10));
        let cut = fragments.without(span(4, 6)).unwrap();
        assert_eq!(cut.iter().collect::<Vec<_>>(), [span(2, 4), span(6, 10)]);
        assert_eq!(fragments.without(span(0, 12)), None);
    }

    #[test]
    fn ends_move_without_emptying_a_fragment() {
        let fragments = Fragments::new([span(0, 3), span(5, 8)]).unwrap();
        assert_eq!(fragments.with_end(Offset::new(6)).map(|changed| changed.end()), Some(Offset::new(6)));
        assert_eq!(fragments.with_end(Offset::new(5)), None);
        assert_eq!(fragments.with_start(Offset::new(3)), None);
    }
}
