//! The key of a label or relation type: one letter, or two that are pressed one after the other once single letters
//! run out. No key is the beginning of another, so that what a letter means never depends on how long one waits.

use std::fmt;

use super::Codebook;

/// First letters of keys of two letters that no letter of the name offers, the rarest in names first.
const SPARE: &str = "qzyxvjkwufbgphlomdcsnirtae";

/// One letter or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Letters {
    /// The letter that is pressed first.
    pub first: char,
    /// The letter after it, if it takes two.
    pub second: Option<char>,
}

impl Letters {
    /// One character or two; `None` for nothing and for more.
    pub fn parse(written: &str) -> Option<Self> {
        let mut letters = written.chars();
        let (first, second) = (letters.next()?, letters.next());
        letters.next().is_none().then_some(Self { first, second })
    }

    /// Whether both cannot be keys beside each other: they are the same, or one is the beginning of the other.
    pub fn clashes(self, other: Self) -> bool {
        self.first == other.first
            && (self.second == other.second || self.second.is_none() || other.second.is_none())
    }
}

impl From<char> for Letters {
    fn from(first: char) -> Self {
        Self { first, second: None }
    }
}

impl fmt::Display for Letters {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(formatter)?;
        self.second.map_or(Ok(()), |second| second.fmt(formatter))
    }
}

impl Codebook {
    /// The keys of its labels and relation types with their names, in their order.
    pub fn keyed(&self) -> impl Iterator<Item = (Letters, &str)> {
        let labels = self.labels.iter().map(|one| (one.letter, one.name.as_str()));
        let relations = self.relations.iter().map(|one| (one.letter, one.name.as_str()));
        labels.chain(relations).filter_map(|(letters, name)| Some((letters?, name)))
    }

    /// These keys alone.
    pub fn letters(&self) -> impl Iterator<Item = Letters> {
        self.keyed().map(|(letters, _)| letters)
    }

    /// Whether an entry can have this key beside those that are there.
    pub fn takes_letters(&self, letters: Letters) -> bool {
        self.letters().all(|taken| !taken.clashes(letters))
    }

    /// A key for a further entry: the first letter of its name that nothing has, otherwise two letters, the second one
    /// out of the name. `is_free` says which keys do nothing else.
    pub fn free_letters(&self, name: &str, is_free: impl Fn(Letters) -> bool) -> Option<Letters> {
        let small = |letter: char| Some(letter.to_ascii_lowercase()).filter(|one| !one.is_uppercase());
        let own: Vec<char> = name.chars().filter(|one| one.is_alphabetic()).filter_map(small).collect();
        let can = |letters: &Letters| is_free(*letters) && self.takes_letters(*letters);
        let one = own.iter().map(|letter| Letters::from(*letter)).find(can);
        // A letter that begins keys already costs no further one.
        let begun = self.letters().filter(|taken| taken.second.is_some()).map(|taken| taken.first);
        let mut firsts = own.iter().copied().chain(begun).chain(SPARE.chars());
        one.or_else(|| {
            firsts
                .find_map(|first| own.iter().map(|second| Letters { first, second: Some(*second) }).find(can))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(written: &str) -> Letters {
        Letters::parse(written).unwrap()
    }

    #[test]
    fn no_key_is_the_beginning_of_another() {
        for (one, other, clash) in
            [("a", "a", true), ("a", "ac", true), ("ac", "ac", true), ("ac", "ad", false), ("a", "b", false)]
        {
            assert_eq!(letters(one).clashes(letters(other)), clash, "{one} {other}");
            assert_eq!(letters(other).clashes(letters(one)), clash, "{other} {one}");
        }
        assert_eq!((Letters::parse(""), Letters::parse("abc")), (None, None));
        assert_eq!((letters("é").to_string(), letters("ac").to_string()), ("é".to_owned(), "ac".to_owned()));
    }

    #[test]
    fn a_key_is_proposed_out_of_the_name() {
        let mut codebook = Codebook::standard();
        let is_free = |letters: Letters| !"swnidjkgvh".contains(letters.first);
        let mut propose = |name: &str| {
            let found = codebook.free_letters(name, is_free);
            let label = super::super::Label { letter: found, ..super::super::Label::new(name.into(), name) };
            codebook.labels.push(label);
            found.map(|found| found.to_string())
        };
        assert_eq!(propose("Policy"), Some("p".to_owned()));
        assert_eq!(propose("Mix"), Some("qm".to_owned()), "m, i and x are taken");
        assert_eq!(propose("Mix again"), Some("qi".to_owned()), "q begins a key already");
        assert_eq!(propose("2024"), None);
        let name = "said";
        for _ in 0..200 {
            let Some(found) = propose(name) else { break };
            assert!(is_free(letters(&found)));
        }
        let all: Vec<Letters> = codebook.letters().collect();
        for (at, one) in all.iter().enumerate() {
            assert!(all[at + 1..].iter().all(|other| !one.clashes(*other)), "{one}");
        }
    }
}
