//! Which registry entries a name may mean, while it is typed or once it is tagged.
//! Names are compared as folded words, so case, accents, punctuation and possessives do not matter.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use unicode_segmentation::UnicodeSegmentation;

use crate::model::{Actor, ActorId, ActorKind};
use crate::text::fold;

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

/// The names of a registry, prepared for look-up as one types.
#[derive(Clone, Debug, Default)]
pub struct ActorNames {
    names: Vec<Name>,
    /// The places in `names` that hold a word.
    by_word: BTreeMap<String, Vec<usize>>,
}

#[derive(Clone, Debug)]
struct Name {
    actor: ActorId,
    kind: ActorKind,
    /// The name's place among those of its actor, 0 for the canonical one.
    rank: usize,
    words: Vec<String>,
}

/// The registry entries that a name may mean, the best first: [`ActorNames::find`] for a single look-up.
///
/// Cost: O(a log a) for a names, which [`ActorNames`] pays once.
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
            for (rank, name) in actor.names().enumerate() {
                let words = words(name);
                for word in words.iter().collect::<BTreeSet<_>>() {
                    prepared.by_word.entry(word.clone()).or_default().push(prepared.names.len());
                }
                prepared.names.push(Name { actor: actor.id, kind: actor.kind, rank, words });
            }
        }
        prepared
    }

    /// The entries that a name may mean, the best first, at most `limit`; none for a string without a word.
    ///
    /// In this order: the same name; one that ends the other; a person of the same last name; all words of the one
    /// in the other; the last word begun. Then canonical names before aliases, shorter before longer ones, and by
    /// the alphabet. Cost: O(log a + h log h) for h names that share a word or the beginning of one.
    pub fn find(&self, written: &str, limit: usize) -> Vec<Match> {
        let written = words(written);
        let mut best: BTreeMap<ActorId, (u32, &Name)> = BTreeMap::new();
        for name in self.sharing_a_word(&written) {
            let Some(score) = score(&written, name) else {
                continue;
            };
            let fit = |score: u32, name: &Name| (Reverse(score), name.rank);
            best.entry(name.actor)
                .and_modify(|known| {
                    if fit(score, name) < fit(known.0, known.1) {
                        *known = (score, name);
                    }
                })
                .or_insert((score, name));
        }
        let mut found: Vec<_> = best.into_values().collect();
        found.sort_by_key(|(score, name)| {
            (Reverse(*score), name.rank.min(1), name.words.len(), &name.words, name.actor)
        });
        found.into_iter().take(limit).map(|(score, name)| Match { actor: name.actor, score }).collect()
    }

    /// The entries one of whose names is what is written. Cost: O(log a + h) for h names that share a word.
    pub fn exact(&self, written: &str) -> Vec<ActorId> {
        let found = self.find(written, usize::MAX);
        found.into_iter().take_while(|found| found.score == Match::EXACT).map(|found| found.actor).collect()
    }

    /// The names that hold one of the words or, for the last of them, a word that begins with it.
    fn sharing_a_word(&self, words: &[String]) -> impl Iterator<Item = &Name> {
        let whole = words.iter().filter_map(|word| self.by_word.get(word));
        let begun = words.last().into_iter().flat_map(|last| {
            self.by_word
                .range::<str, _>((Bound::Excluded(last.as_str()), Bound::Unbounded))
                .take_while(move |(word, _)| word.starts_with(last.as_str()))
                .map(|(_, places)| places)
        });
        let places: BTreeSet<usize> = whole.chain(begun).flatten().copied().collect();
        places.into_iter().filter_map(|place| self.names.get(place))
    }
}

/// How well a name fits what is written; both are folded words.
fn score(written: &[String], name: &Name) -> Option<u32> {
    let words = &name.words;
    let (last_written, last) = (written.last()?, words.last()?);
    let all_in = |some: &[String], all: &[String]| some.iter().all(|word| all.contains(word));
    if written == words {
        Some(Match::EXACT)
    } else if written.ends_with(words) || words.ends_with(written) {
        Some(Match::SAME_END)
    } else if name.kind == ActorKind::Person && last_written == last {
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

/// A name as folded words: without punctuation, possessive endings and a leading article.
fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let mut words: Vec<String> = folded
        .unicode_words()
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
