//! What a tag says of its token: where in a span it stands, and of which type the span is.

/// The most bytes of a type's name. It is written with every token, so that a long one would fill the memory.
const LONGEST: usize = 255;

/// A tag of any scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Tag<'a> {
    /// Outside of every span.
    Out,
    /// In a span of that type.
    In(Part, &'a str),
}

/// Where in its span a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Part {
    /// It begins it, `B`.
    Begin,
    /// It goes on with it, or begins it where none is open: `I`, `M`.
    Inside,
    /// It ends it: `E`, `L`.
    End,
    /// It is all of it: `S`, `U`, `W`.
    Single,
}

impl Part {
    /// Whether a span begins here, whatever stands before.
    pub(in super::super) const fn begins(self) -> bool {
        matches!(self, Self::Begin | Self::Single)
    }

    /// Whether a span ends here, whatever comes after.
    pub(in super::super) const fn ends(self) -> bool {
        matches!(self, Self::End | Self::Single)
    }
}

impl<'a> Tag<'a> {
    /// The tag that a column holds; `None` if it is none of a scheme with prefixes.
    pub(in super::super) fn parse(column: &'a str) -> Option<Self> {
        let mut letters = column.chars();
        let prefix = letters.next()?;
        let label = match letters.next() {
            None if prefix == 'O' => return Some(Self::Out),
            None => "",
            Some('-' | '_') => letters.as_str(),
            Some(_) => return None,
        };
        let part = match prefix {
            'B' => Part::Begin,
            'I' | 'M' => Part::Inside,
            'E' | 'L' => Part::End,
            'S' | 'U' | 'W' => Part::Single,
            _ => return None,
        };
        if LONGEST < label.len() || label.contains(char::is_control) {
            return None;
        }
        // A lone letter other than B and I is more likely a word.
        match (label, part) {
            ("", Part::End | Part::Single) => None,
            _ => Some(Self::In(part, label)),
        }
    }
}

/// How spans are written as tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Scheme {
    /// `B` begins a span only where one of the same type ends just before.
    Iob1,
    /// `B` begins every span.
    Iob2,
    /// `S` and `E` mark single and last tokens.
    Bioes,
    /// `U` and `L` do.
    Bilou,
    /// `S` and `E` do, and `M` stands in between.
    Bmes,
    /// Only the type, so that neighbours of one type are one span.
    Bare,
}

impl Scheme {
    const NAMES: [(Self, &'static str); 6] = [
        (Self::Iob1, "IOB1"),
        (Self::Iob2, "IOB2"),
        (Self::Bioes, "BIOES"),
        (Self::Bilou, "BILOU"),
        (Self::Bmes, "BMES"),
        (Self::Bare, "IO"),
    ];

    pub(in super::super) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(scheme, _)| *scheme == self).map_or("IOB2", |(_, name)| name)
    }

    pub(in super::super) fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(scheme, _)| *scheme)
    }

    /// The tag of the token at `at` of a span of `length` tokens. `touches`: a span of the same type ends just before.
    pub(in super::super) fn print(self, label: &str, at: usize, length: usize, touches: bool) -> String {
        let [single, inside, last] = match self {
            Self::Bare => return label.to_owned(),
            Self::Iob1 => [if touches { 'B' } else { 'I' }, 'I', 'I'],
            Self::Iob2 => ['B', 'I', 'I'],
            Self::Bioes => ['S', 'I', 'E'],
            Self::Bilou => ['U', 'I', 'L'],
            Self::Bmes => ['S', 'M', 'E'],
        };
        let prefix = match at {
            0 if length == 1 => single,
            0 if self == Self::Iob1 => single,
            0 => 'B',
            at if at + 1 == length => last,
            _ => inside,
        };
        format!("{prefix}-{label}")
    }
}

/// Finds the scheme of a file out from its tags.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Evidence {
    /// Spans that begin with `I`.
    pub(in super::super) orphans: usize,
    /// Spans that begin with `B` although none of their type ends just before.
    pub(in super::super) free_begins: usize,
    /// The letters seen, as bits from `A`.
    letters: u32,
}

impl Evidence {
    /// Takes a tag with a prefix into account.
    pub(in super::super) fn see(&mut self, column: &str) {
        if let Some(letter @ b'A'..=b'Z') = column.bytes().next() {
            self.letters |= 1 << (letter - b'A');
        }
    }

    pub(in super::super) fn scheme(self) -> Scheme {
        let seen = |letters: &str| letters.bytes().any(|letter| self.letters & (1 << (letter - b'A')) != 0);
        match self {
            _ if seen("M") => Scheme::Bmes,
            _ if seen("LU") => Scheme::Bilou,
            _ if seen("ES") => Scheme::Bioes,
            Self { orphans: 1.., free_begins: 0, .. } => Scheme::Iob1,
            _ => Scheme::Iob2,
        }
    }
}
