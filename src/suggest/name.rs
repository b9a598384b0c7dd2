//! Which registry entries a name may mean, while it is typed or once it is tagged.
//! Names are compared as folded words, so case, accents, punctuation and possessives do not matter.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::model::{Actor, ActorId, ActorKind};
use crate::text::{fold, order};

/// A registry entry that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The entry.
    pub actor: ActorId,
    /// How well it fits, for comparing only; [`Match::EXACT`] is the best.
    pub score: u32,
}

impl Match {
    /// One of the entry's names is what is written: good enough to be taken without asking, if only one entry has it.
    pub const EXACT: u32 = 100;
    /// The name is written with something before it ("Special Envoy Witkoff"), or without its beginning ("Witkoff").
    const SAME_END: u32 = 80;
    /// A person of the same last name and another or a shortened first one ("S. Witkoff").
    const SAME_LAST_NAME: u32 = 70;
    /// All words of the one are among the words of the other ("Steve").
    const SAME_WORDS: u32 = 60;
    /// The last word is the beginning of one of the name's, all others are its words ("Steve Wit").
    const BEGINNING: u32 = 50;
}

/// The names of a registry, prepared for look-up as one types, and kept up with each change of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActorNames {
    entries: BTreeMap<ActorId, Box<Entry>>,
    by_word: BTreeSet<(String, ActorId)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    kind: ActorKind,
    /// The words of each name, those of the canonical one first.
    names: Vec<Vec<String>>,
}

/// The registry entries that a name may mean, the best first: [`ActorNames::find`] for a single look-up.
///
/// Cost: O(a log a) for a names, so whoever looks up often keeps an [`ActorNames`].
pub fn actors_named(actors: &BTreeMap<ActorId, Actor>, written: &str, limit: usize) -> Vec<Match> {
    ActorNames::new(actors).find(written, limit)
}

/// What a new registry entry for a tagged name is called: the name as written, without quotation marks and other
/// punctuation around it, a possessive ending, or line breaks.
pub fn canonical_name(written: &str) -> String {
    let words: Vec<&str> = written.split_whitespace().collect();
    let name = words.join(" ");
    let around = |letter: char| !letter.is_alphanumeric() && letter != '.';
    let name = name.trim_start_matches(|letter| around(letter) || letter == '.').trim_end_matches(around);
    let name = POSSESSIVES.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    name.to_owned()
}

impl ActorNames {
    /// Prepares a registry's names. Cost: O(a log a) for a names.
    pub fn new(actors: &BTreeMap<ActorId, Actor>) -> Self {
        let mut prepared = Self::default();
        for actor in actors.values() {
            prepared.put(actor);
        }
        prepared
    }

    /// Takes an entry in, or what has become of it. Cost: O(log a) for a names.
    pub fn put(&mut self, actor: &Actor) {
        self.take(actor.id);
        let names: Vec<Vec<String>> = actor.names().map(words).collect();
        self.by_word.extend(names.iter().flatten().map(|word| (word.clone(), actor.id)));
        self.entries.insert(actor.id, Box::new(Entry { kind: actor.kind, names }));
    }

    /// Lets an entry go. Cost: O(log a) for a names.
    pub fn take(&mut self, actor: ActorId) {
        let names = self.entries.remove(&actor).map(|entry| entry.names);
        for word in names.into_iter().flatten().flatten() {
            self.by_word.remove(&(word, actor));
        }
    }

    /// The entries that a name may mean, the best first, at most `limit`; none for a string without a word.
    ///
    /// In this order: the same name; one that ends the other; a person of the same last name; all words of the one
    /// in the other; the last word begun. Then canonical names before aliases, shorter before longer ones, and by
    /// the alphabet. Cost: O(log a + h log h) for h entries that share a word or the beginning of one.
    pub fn find(&self, written: &str, limit: usize) -> Vec<Match> {
        let written = words(written);
        let sharing = self.sharing_a_word(&written);
        let mut found: Vec<_> = sharing.into_iter().filter_map(|actor| self.best(actor, &written)).collect();
        order::sort(&mut found);
        let found = found.into_iter().take(limit);
        found.map(|(Reverse(score), _, _, _, actor)| Match { actor, score }).collect()
    }

    /// The entries one of whose names is what is written. Cost: O(log a + h) for h names that share a word.
    pub fn exact(&self, written: &str) -> Vec<ActorId> {
        let found = self.find(written, usize::MAX);
        found.into_iter().take_while(|found| found.score == Match::EXACT).map(|found| found.actor).collect()
    }

    /// The entries with one of the words in a name or, for the last of them, a word that begins with it.
    fn sharing_a_word(&self, words: &[String]) -> BTreeSet<ActorId> {
        let from = |word: &String| self.by_word.range((word.clone(), ActorId::new(Uuid::nil()))..);
        let whole = words.iter().flat_map(|word| from(word).take_while(move |(other, _)| other == word));
        let begun = words
            .last()
            .into_iter()
            .flat_map(|last| from(last).take_while(move |(other, _)| other.starts_with(last.as_str())));
        order::set(whole.chain(begun).map(|(_, actor)| *actor))
    }

    /// An entry by that of its names which fits best, in the order in which entries are offered.
    fn best(&self, actor: ActorId, written: &[String]) -> Option<Fit<'_>> {
        let entry = self.entries.get(&actor)?;
        let fits = entry.names.iter().enumerate().filter_map(|(rank, name)| {
            let score = score(written, name, entry.kind)?;
            Some((Reverse(score), 0 < rank, name.len(), name.as_slice(), actor))
        });
        fits.min()
    }
}

/// The score, whether the name is an alias, its number of words, the words, and whose they are.
type Fit<'a> = (Reverse<u32>, bool, usize, &'a [String], ActorId);

/// How well a name fits what is written; both are folded words.
fn score(written: &[String], words: &[String], kind: ActorKind) -> Option<u32> {
    let (last_written, last) = (written.last()?, words.last()?);
    let all_in = |some: &[String], all: &[String]| some.iter().all(|word| all.contains(word));
    if written == words {
        Some(Match::EXACT)
    } else if written.ends_with(words) || words.ends_with(written) {
        Some(Match::SAME_END)
    } else if kind == ActorKind::Person && last_written == last {
        Some(Match::SAME_LAST_NAME)
    } else if all_in(written, words) || all_in(words, written) {
        Some(Match::SAME_WORDS)
    } else if all_in(&written[..written.len() - 1], words)
        && words.iter().any(|word| word.starts_with(last_written))
    {
        Some(Match::BEGINNING)
    } else {
        None
    }
}

/// A name as folded words: without punctuation, possessive endings and a leading article. A script without spaces gives
/// one word.
pub(super) fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let mut words: Vec<String> = folded
        .split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '\'' | '.'))
        .map(|word| word.trim_matches('\''))
        .map(|word| word.strip_suffix("'s").unwrap_or(word).replace('.', ""))
        .filter(|word| !word.is_empty())
        .collect();
    if 1 < words.len() && words.first().is_some_and(|first| ARTICLES.contains(&first.as_str())) {
        words.remove(0);
    }
    words
}

const POSSESSIVES: [&str; 2] = ["'s", "’s"];
const ARTICLES: [&str; 10] = ["a", "an", "the", "der", "die", "das", "le", "la", "les", "el"];
