//! Positions in a text, one type for each unit they are counted in.
//! Inside the product a position is an [`Offset`] in UTF-8 bytes; UTF-16 exists only at the DOM and code points only in
//! files. No type turns into another except through [`Text`](crate::text::Text), which alone knows the characters.

/// A position in a text, counted in UTF-8 bytes from its start.
///
/// Bytes, because every Rust string is cut by bytes: no conversion lies between a stored position and its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(u32);

impl Offset {
    /// The start of a text.
    ///
    /// ```
    /// use rubricator::text::Offset;
    /// assert_eq!(Offset::ZERO, Offset::new(0));
    /// ```
    pub const ZERO: Self = Self(0);

    /// The position after `byte` bytes.
    ///
    /// ```
    /// use rubricator::text::Offset;
    /// assert!(Offset::new(3) < Offset::new(4));
    /// ```
    #[must_use]
    pub const fn new(byte: u32) -> Self {
        Self(byte)
    }

    /// The position after `byte` bytes; one beyond 4 GiB becomes the last position there is.
    ///
    /// ```
    /// use rubricator::text::Offset;
    /// assert_eq!(Offset::from_usize("Ada".len()), Offset::new(3));
    /// assert_eq!(Offset::from_usize(usize::MAX), Offset::new(u32::MAX));
    /// ```
    #[must_use]
    pub fn from_usize(byte: usize) -> Self {
        Self(u32::try_from(byte).unwrap_or(u32::MAX))
    }

    /// The number of bytes before this position.
    ///
    /// ```
    /// use rubricator::text::Offset;
    /// assert_eq!(Offset::new(7).byte(), 7);
    /// ```
    #[must_use]
    pub const fn byte(self) -> u32 {
        self.0
    }

    /// The number of bytes before this position, as strings want it.
    ///
    /// ```
    /// use rubricator::text::Offset;
    /// assert_eq!(&"Ada met Bo"[Offset::new(8).to_usize()..], "Bo");
    /// ```
    #[must_use]
    pub const fn to_usize(self) -> usize {
        self.0 as usize
    }
}

/// A position in a text, counted in UTF-16 units: what the DOM and JavaScript mean by an offset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16Offset(u32);

impl Utf16Offset {
    /// The position after `units` UTF-16 units.
    ///
    /// ```
    /// use rubricator::text::Utf16Offset;
    /// assert!(Utf16Offset::new(1) < Utf16Offset::new(2));
    /// ```
    #[must_use]
    pub const fn new(units: u32) -> Self {
        Self(units)
    }

    /// The number of UTF-16 units before this position.
    ///
    /// ```
    /// use rubricator::text::Utf16Offset;
    /// assert_eq!(Utf16Offset::new(5).get(), 5);
    /// ```
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// A position in a text, counted in Unicode code points: what Python and the W3C annotation model mean by an offset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodePointOffset(u32);

impl CodePointOffset {
    /// The position after `code_points` code points.
    ///
    /// ```
    /// use rubricator::text::CodePointOffset;
    /// assert!(CodePointOffset::new(1) < CodePointOffset::new(2));
    /// ```
    #[must_use]
    pub const fn new(code_points: u32) -> Self {
        Self(code_points)
    }

    /// The number of code points before this position.
    ///
    /// ```
    /// use rubricator::text::CodePointOffset;
    /// assert_eq!(CodePointOffset::new(5).get(), 5);
    /// ```
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}
