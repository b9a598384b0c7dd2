//! The names of a registry, made ready to be found in a text. It follows each change of an entry, so that it is made
//! once; an automaton over all names would have to be built anew each time, and could not tell May from may.

use std::collections::BTreeMap;

use super::antecedent::Pronoun;
use super::title::{are_titles, without_titles};
use super::written::{fits, is_acronym};
use crate::model::{Actor, ActorId, ActorKind};
use crate::text::{Span, Text, fold, look_up, order};

/// The shortest last name that is looked for alone, in characters.
const LAST_NAME: usize = 3;

/// The names by which texts may speak of actors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dictionary {
    /// By the first word of the folded name.
    names: BTreeMap<String, Vec<Name>>,
    /// The first words of each entry's names, to find them again.
    entries: BTreeMap<ActorId, Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    /// The folded name.
    key: String,
    /// The name as the registry has it.
    written: String,
    actor: ActorId,
    by: By,
}

/// By what a place speaks of an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// One of its names.
    Name,
    /// The last name of a person, which stands for it where the person was spoken of by name.
    LastName,
}

/// A place where a known name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Where.
    pub span: Span,
    /// Whose name it is.
    pub actor: ActorId,
    /// Which.
    pub by: By,
}

impl Dictionary {
    /// The names of a registry. Cost: O(a log a) for a names.
    pub fn new(actors: &BTreeMap<ActorId, Actor>) -> Self {
        let mut dictionary = Self::default();
        for actor in actors.values() {
            dictionary.put(actor);
        }
        dictionary
    }

    /// Whether it knows no name.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Takes an entry in, or what has become of it. Cost: O(log a) for a names.
    pub fn put(&mut self, actor: &Actor) {
        self.take(actor.id);
        let mut firsts = Vec::new();
        for (written, by) in names_of(actor) {
            let key = fold(&written);
            let first = first_word(&key).to_owned();
            if first.is_empty() {
                continue;
            }
            let names = self.names.entry(first.clone()).or_default();
            if names.iter().all(|name| name.actor != actor.id || name.written != written) {
                names.push(Name { key, written, actor: actor.id, by });
            }
            firsts.push(first);
        }
        self.entries.insert(actor.id, firsts);
    }

    /// Lets an entry go. Cost: O(log a) for a names.
    pub fn take(&mut self, actor: ActorId) {
        for first in self.entries.remove(&actor).unwrap_or_default() {
            if let Some(names) = self.names.get_mut(&first) {
                names.retain(|name| name.actor != actor);
                if names.is_empty() {
                    self.names.remove(&first);
                }
            }
        }
    }

    /// The places within a stretch of a text, which begins and ends where lines do, at which a known name stands:
    /// as whole words, with capitals that fit, first to last, the longest first. They may overlap. Cost: O(log a) a
    /// word for a names.
    pub fn places(&self, text: &Text, stretch: Span) -> Vec<Known> {
        if self.is_empty() {
            return Vec::new();
        }
        let found = look_up(text, stretch, |rest| {
            let names = self.names.get(first_word(rest)).map(Vec::as_slice).unwrap_or_default();
            let names = names.iter().filter(|name| rest.starts_with(&name.key));
            names.map(|name| (name.key.len(), name)).collect()
        });
        let fitting = found.into_iter().filter(|(span, name)| fits(&name.written, text, *span));
        let mut known: Vec<Known> =
            fitting.map(|(span, name)| Known { span, actor: name.actor, by: name.by }).collect();
        order::sort_by_key(&mut known, |one| (one.span.start(), std::cmp::Reverse(one.span.end())));
        known
    }

    /// Whether a last name alone tells who is meant: one person bears it, and nobody is called just so.
    pub(super) fn tells(&self, text: &Text, known: Known) -> bool {
        let key = fold(text.slice(known.span).unwrap_or_default());
        let bearers = self.names.get(first_word(&key)).map(Vec::as_slice).unwrap_or_default();
        bearers.iter().filter(|name| name.key == key).all(|name| name.actor == known.actor)
    }
}

/// What is looked for of an entry: its names, and the last name of a person. A pronoun, a title or a lone letter may be
/// anybody's.
fn names_of(actor: &Actor) -> Vec<(String, By)> {
    let mut names = Vec::new();
    for name in actor.names() {
        let words = super::name::words(name);
        let letters = name.chars().filter(|letter| letter.is_alphanumeric()).count();
        let is_nobody = !is_acronym(name)
            && (letters < 2 && name.is_ascii() || Pronoun::parse(name).is_some() || are_titles(&words));
        if words.is_empty() || is_nobody {
            continue;
        }
        names.push((name.to_owned(), By::Name));
    }
    names.extend(last_name(actor).map(|last| (last, By::LastName)));
    names
}

/// The last name of a person, with what belongs to it: "von der Leyen".
fn last_name(actor: &Actor) -> Option<String> {
    if actor.kind != ActorKind::Person || actor.name.contains(',') {
        return None;
    }
    let written: Vec<&str> = actor.name.split_whitespace().collect();
    let folded: Vec<String> = written.iter().map(|word| fold(word)).collect();
    let bare = without_titles(&folded).len();
    if bare < 2 {
        return None;
    }
    let mut last = written.len() - 1;
    while SUFFIXES.contains(&folded.get(last)?.trim_end_matches('.')) {
        last = last.checked_sub(1)?;
    }
    let first = written.len() - bare;
    let mut from = last;
    while first + 1 < from && PARTICLES.contains(&folded.get(from - 1)?.as_str()) {
        from -= 1;
    }
    if from <= first {
        return None;
    }
    let name = written.get(from..=last)?.join(" ");
    let name = name.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned();
    let is_name = LAST_NAME <= name.chars().count() && name.chars().any(char::is_uppercase);
    is_name.then_some(name)
}

/// What is compared first: the letters and digits at the beginning; of scripts without spaces the first one.
fn first_word(key: &str) -> &str {
    let mut letters = key.char_indices();
    let Some((_, first)) = letters.next() else { return key };
    if !first.is_alphanumeric() {
        return "";
    }
    if crate::text::is_unspaced(first) {
        return key.get(..first.len_utf8()).unwrap_or_default();
    }
    let end = letters.find(|(_, letter)| !letter.is_alphanumeric() || crate::text::is_unspaced(*letter));
    end.map_or(key, |(end, _)| key.get(..end).unwrap_or_default())
}

const SUFFIXES: [&str; 6] = ["jr", "sr", "ii", "iii", "iv", "phd"];

const PARTICLES: [&str; 20] = [
    "von", "van", "der", "den", "de", "di", "da", "del", "della", "du", "la", "le", "zu", "zur", "bin",
    "ben", "al", "el", "ter", "dos",
];
