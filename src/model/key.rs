//! Keys: the short lasting names by which codebook entries are known in records and files.
//! A key never changes when the entry is shown under another name.

use std::{fmt, ops::Deref, sync::Arc};

/// How long a key is at most that is made of a name, in bytes, give or take a letter.
const LONGEST: usize = 40;

/// The lasting name of a label, relation type, attribute or allowed value, for example `made_by`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<str>);

impl Key {
    /// A new key after a name, other than those that are taken: its letters and digits in lower case.
    pub fn coin(name: &str, is_taken: impl Fn(&str) -> bool) -> Self {
        let mut stem = String::new();
        for letter in name.chars().flat_map(char::to_lowercase) {
            if letter.is_alphanumeric() {
                stem.push(letter);
            } else if !stem.is_empty() && !stem.ends_with('_') {
                stem.push('_');
            }
            if LONGEST <= stem.len() {
                break;
            }
        }
        let stem = Some(stem.trim_end_matches('_')).filter(|stem| !stem.is_empty()).unwrap_or("entry");
        if !is_taken(stem) {
            return Self::from(stem);
        }
        let mut numbered = (2_u64..).map(|number| format!("{stem}_{number}"));
        numbered.find(|key| !is_taken(key)).map_or_else(|| Self::from(stem), Self::from)
    }

    /// The key's characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Key {
    fn from(string: &str) -> Self {
        Self(Arc::from(string))
    }
}

impl From<String> for Key {
    fn from(string: String) -> Self {
        Self(Arc::from(string))
    }
}

impl Deref for Key {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Key {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", &*self.0)
    }
}
