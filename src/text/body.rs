//! The text of a document: immutable, cheap to clone, and able to say any position in any unit.
//! This is the only place where one unit of position becomes another. Every function takes any offset: one beyond the
//! end counts as the end, one inside a character counts as that character's start.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::block;
use super::{CodePointOffset, Offset, Span, TextIndex, Unit, Utf16Offset};

/// The text of a document together with its index; a clone shares both.
///
/// It reads as a `str`. Texts of 4 GiB and more are outside what positions can say, and outside what a browser can hold.
#[derive(Clone)]
pub struct Text(Arc<Body>);

struct Body {
    content: Box<str>,
    index: TextIndex,
    /// Whether paragraphs are broken into lines of a fixed width; found out when first asked.
    wrapped: OnceLock<bool>,
}

impl Text {
    /// Takes a text as it is and indexes it; linear in its length.
    ///
    /// ```
    /// use rubricator::text::Text;
    /// let text = Text::new("Ada met Bo.");
    /// assert!(text.starts_with("Ada"));
    /// ```
    #[must_use]
    pub fn new(content: impl Into<String>) -> Self {
        let content = content.into().into_boxed_str();
        let index = TextIndex::new(&content);
        Self(Arc::new(Body { content, index, wrapped: OnceLock::new() }))
    }

    /// The whole text.
    ///
    /// ```
    /// use rubricator::text::Text;
    /// assert_eq!(Text::new("Ada").as_str(), "Ada");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.content
    }

    /// The position after the last character.
    ///
    /// ```
    /// use rubricator::text::{Offset, Text};
    /// assert_eq!(Text::new("né").len(), Offset::new(3));
    /// ```
    #[must_use]
    pub fn len(&self) -> Offset {
        Offset::from_usize(self.as_str().len())
    }

    /// Whether there is no character at all.
    ///
    /// ```
    /// use rubricator::text::Text;
    /// assert!(Text::new("").is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    /// The whole text as one span; `None` if it is empty.
    ///
    /// ```
    /// use rubricator::text::{Span, Text};
    /// assert_eq!(Text::new("Ada").whole(), Span::from_range(0..3));
    /// ```
    #[must_use]
    pub fn whole(&self) -> Option<Span> {
        Span::new(Offset::ZERO, self.len())
    }

    /// The characters of `span`; `None` if it reaches beyond the end or cuts a character.
    ///
    /// ```
    /// use rubricator::text::{Span, Text};
    /// let text = Text::new("né en mai");
    /// assert_eq!(Span::from_range(0..3).and_then(|span| text.slice(span)), Some("né"));
    /// assert_eq!(Span::from_range(0..2).and_then(|span| text.slice(span)), None);
    /// ```
    #[must_use]
    pub fn slice(&self, span: Span) -> Option<&str> {
        self.as_str().get(span.range())
    }

    /// The checkpoints behind the conversions.
    ///
    /// ```
    /// use rubricator::text::Text;
    /// assert_eq!(Text::new("a\nb").index().line_count(), 2);
    /// ```
    #[must_use]
    pub fn index(&self) -> &TextIndex {
        &self.0.index
    }

    /// The nearest start of a character at or before `at`; constant cost.
    ///
    /// ```
    /// use rubricator::text::{Offset, Text};
    /// assert_eq!(Text::new("né").floor(Offset::new(2)), Offset::new(1));
    /// assert_eq!(Text::new("né").floor(Offset::new(99)), Offset::new(3));
    /// ```
    #[must_use]
    pub fn floor(&self, at: Offset) -> Offset {
        Offset::from_usize(self.as_str().floor_char_boundary(at.to_usize()))
    }

    /// The position in UTF-16 units, as the DOM counts; constant cost.
    ///
    /// ```
    /// use rubricator::text::{Offset, Text, Utf16Offset};
    /// assert_eq!(Text::new("😀 Ada").to_utf16(Offset::new(5)), Utf16Offset::new(3));
    /// ```
    #[must_use]
    pub fn to_utf16(&self, at: Offset) -> Utf16Offset {
        Utf16Offset::new(self.index().before(self, self.floor(at).to_usize()).utf16)
    }

    /// The position that the DOM calls `at`; a binary search and a scan of at most 128 bytes.
    ///
    /// `None` beyond the end and inside a surrogate pair, where no character begins.
    ///
    /// ```
    /// use rubricator::text::{Offset, Text, Utf16Offset};
    /// let text = Text::new("😀 Ada");
    /// assert_eq!(text.from_utf16(Utf16Offset::new(3)), Some(Offset::new(5)));
    /// assert_eq!(text.from_utf16(Utf16Offset::new(1)), None);
    /// ```
    #[must_use]
    pub fn from_utf16(&self, at: Utf16Offset) -> Option<Offset> {
        self.index().position(self, at.get(), |counts| counts.utf16).map(Offset::from_usize)
    }

    /// The position in code points, as files count; constant cost.
    ///
    /// ```
    /// use rubricator::text::{CodePointOffset, Offset, Text};
    /// assert_eq!(Text::new("😀 Ada").to_code_point(Offset::new(5)), CodePointOffset::new(2));
    /// ```
    #[must_use]
    pub fn to_code_point(&self, at: Offset) -> CodePointOffset {
        CodePointOffset::new(self.index().before(self, self.floor(at).to_usize()).code_points)
    }

    /// The position that files call `at`; a binary search and a scan of at most 128 bytes. `None` beyond the end.
    ///
    /// ```
    /// use rubricator::text::{CodePointOffset, Offset, Text};
    /// let text = Text::new("😀 Ada");
    /// assert_eq!(text.from_code_point(CodePointOffset::new(2)), Some(Offset::new(5)));
    /// assert_eq!(text.from_code_point(CodePointOffset::new(6)), None);
    /// ```
    #[must_use]
    pub fn from_code_point(&self, at: CodePointOffset) -> Option<Offset> {
        self.index().position(self, at.get(), |counts| counts.code_points).map(Offset::from_usize)
    }

    /// The position as a number in `unit`; constant cost.
    ///
    /// ```
    /// use rubricator::text::{Offset, Text, Unit};
    /// assert_eq!(Text::new("😀 Ada").encode(Offset::new(5), Unit::CodePoint), 2);
    /// ```
    #[must_use]
    pub fn encode(&self, at: Offset, unit: Unit) -> u32 {
        match unit {
            Unit::CodePoint => self.to_code_point(at).get(),
            Unit::Utf16 => self.to_utf16(at).get(),
            Unit::Byte => self.floor(at).byte(),
        }
    }

    /// The position that a file calls `at` in `unit`; `None` beyond the end and inside a character.
    ///
    /// ```
    /// use rubricator::text::{Offset, Text, Unit};
    /// let text = Text::new("😀 Ada");
    /// assert_eq!(text.decode(3, Unit::Utf16), Some(Offset::new(5)));
    /// assert_eq!(text.decode(3, Unit::Byte), None);
    /// ```
    #[must_use]
    pub fn decode(&self, at: u64, unit: Unit) -> Option<Offset> {
        let at = u32::try_from(at).ok()?;
        match unit {
            Unit::CodePoint => self.from_code_point(CodePointOffset::new(at)),
            Unit::Utf16 => self.from_utf16(Utf16Offset::new(at)),
            Unit::Byte => self.is_char_boundary(at as usize).then_some(Offset::new(at)),
        }
    }

    /// Both ends of `span` as numbers in `unit`.
    ///
    /// ```
    /// use rubricator::text::{Span, Text, Unit};
    /// let ends = Span::from_range(5..8).map(|span| Text::new("😀 Ada").encode_span(span, Unit::CodePoint));
    /// assert_eq!(ends, Some((2, 5)));
    /// ```
    #[must_use]
    pub fn encode_span(&self, span: Span, unit: Unit) -> (u32, u32) {
        (self.encode(span.start(), unit), self.encode(span.end(), unit))
    }

    /// The span that a file calls `start..end` in `unit`; `None` if it is empty or an end is no place in this text.
    ///
    /// ```
    /// use rubricator::text::{Span, Text, Unit};
    /// assert_eq!(Text::new("😀 Ada").decode_span(2, 5, Unit::CodePoint), Span::from_range(5..8));
    /// ```
    #[must_use]
    pub fn decode_span(&self, start: u64, end: u64, unit: Unit) -> Option<Span> {
        Span::new(self.decode(start, unit)?, self.decode(end, unit)?)
    }

    /// The line that holds `at`, counted from 0; constant cost. A line feed belongs to the line it ends.
    ///
    /// ```
    /// use rubricator::text::{Offset, Text};
    /// let text = Text::new("one\ntwo");
    /// assert_eq!(text.line_of(Offset::new(3)), 0);
    /// assert_eq!(text.line_of(Offset::new(4)), 1);
    /// ```
    #[must_use]
    pub fn line_of(&self, at: Offset) -> usize {
        self.index().before(self, self.floor(at).to_usize()).lines as usize
    }

    /// Where line `line`, counted from 0, begins; a binary search and a scan of at most 128 bytes.
    ///
    /// ```
    /// use rubricator::text::{Offset, Text};
    /// let text = Text::new("one\ntwo");
    /// assert_eq!(text.line_start(1), Some(Offset::new(4)));
    /// assert_eq!(text.line_start(2), None);
    /// ```
    #[must_use]
    pub fn line_start(&self, line: usize) -> Option<Offset> {
        let line = u32::try_from(line).ok()?;
        self.index().line_start(self, line).map(Offset::from_usize)
    }

    /// The number of lines: one more than the line feeds.
    ///
    /// ```
    /// use rubricator::text::Text;
    /// assert_eq!(Text::new("one\ntwo\n").line_count(), 3);
    /// ```
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.index().line_count()
    }

    /// Whether paragraphs run over several lines of a fixed width; the first call reads the text once.
    pub(super) fn is_wrapped(&self) -> bool {
        *self.0.wrapped.get_or_init(|| block::is_wrapped(self))
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl From<String> for Text {
    fn from(content: String) -> Self {
        Self::new(content)
    }
}

impl From<&str> for Text {
    fn from(content: &str) -> Self {
        Self::new(content)
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::new(String::new())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Text").field(&self.as_str()).finish()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self)
    }
}
