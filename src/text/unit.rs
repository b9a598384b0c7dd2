//! The unit in which a file counts positions.
//! Every export names its unit, because the field's commonest silent bug is a reader that guesses another one.

/// What one step of a position in a file means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Unicode code points, as Python and the W3C annotation model count.
    #[default]
    CodePoint,
    /// UTF-16 units, as JavaScript, Java and the DOM count.
    Utf16,
    /// UTF-8 bytes, as Rust, Go and most C tools count.
    Byte,
}

impl Unit {
    /// Every unit, the default first.
    pub const ALL: [Self; 3] = [Self::CodePoint, Self::Utf16, Self::Byte];

    /// The name that files carry.
    ///
    /// ```
    /// use rubricator::text::Unit;
    /// assert_eq!(Unit::default().name(), "code_point");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CodePoint => "code_point",
            Self::Utf16 => "utf16",
            Self::Byte => "byte",
        }
    }

    /// The unit of that name, as [`Unit::name`] writes it.
    ///
    /// ```
    /// use rubricator::text::Unit;
    /// assert_eq!(Unit::from_name("utf16"), Some(Unit::Utf16));
    /// assert_eq!(Unit::from_name("UTF-16"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name)
    }
}
