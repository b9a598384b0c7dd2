//! What an outside format says of a record and this model has no notion of. It is carried along untouched, so that the
//! same format can write it back.

/// A JSON object as text, one key for each format that left something, or nothing. Never interpreted here.
///
/// ```
/// use rubricator::model::Extra;
/// assert!(Extra::default().is_empty());
/// assert_eq!(Extra::new(r#"{"brat":{"id":"T1"}}"#).as_str(), r#"{"brat":{"id":"T1"}}"#);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extra(Option<Box<str>>);

impl Extra {
    /// This JSON text; an empty string is nothing.
    #[must_use]
    pub fn new(json: &str) -> Self {
        Self((!json.is_empty()).then(|| Box::from(json)))
    }

    /// The JSON text; empty if there is nothing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    /// Whether there is nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}
