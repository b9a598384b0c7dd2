//! Registry entries that may stand for the same: offered with a reason, never merged unasked. Entries meet by keys made
//! of their names, so that the cost stays near linear; who meets is then looked at closely.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    name::words,
    title::{are_titles, without_titles},
};
use crate::model::{Actor, ActorId, ActorKind};
use crate::text::order;

/// Two registry entries that may stand for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duplicate {
    /// The two, the one with the fuller name first.
    pub actors: [ActorId; 2],
    /// What speaks for it.
    pub reason: Reason,
}

/// What speaks for two entries being the same, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    /// They name the same thing outside.
    OutsideId,
    /// Names that differ in case, accents or punctuation, or are the same.
    Name,
    /// The same name, once with a title.
    Title,
    /// Initials stand for the other: "EU".
    Acronym,
    /// The same company, once with its legal form.
    LegalForm,
    /// The same last name, and first names that fit: "S. Witkoff".
    FirstName,
    /// The last name alone.
    LastName,
    /// The same words in another order.
    Order,
    /// A letter is different.
    Spelling,
    /// A part of the name alone.
    Part,
}

impl Reason {
    /// In words, to follow the two names.
    pub const fn words(self) -> &'static str {
        match self {
            Self::OutsideId => "the same outside id",
            Self::Name => "the same name, perhaps written otherwise",
            Self::Title => "the same name with a title",
            Self::Acronym => "its initials",
            Self::LegalForm => "the same name with its legal form",
            Self::FirstName => "the same last name, and first names that fit",
            Self::LastName => "the last name alone",
            Self::Order => "the same words in another order",
            Self::Spelling => "one letter differs",
            Self::Part => "a part of the name",
        }
    }
}

/// The most entries with a fuller name between which a shorter one may leave the choice.
const CHOICE: usize = 3;
/// So many entries of one key are looked at in pairs; of more each is held against the first.
const CROWD: usize = 16;
/// The shortest name whose letters may be mistaken, in characters.
const SPELLED: usize = 6;

/// The entries of a registry that may stand for the same, the best founded first. Each pair is there once, with the
/// strongest reason.
///
/// Cost: O(n log n) for n characters of all names, as long as few entries share a name.
pub fn duplicates(actors: &BTreeMap<ActorId, Actor>) -> Vec<Duplicate> {
    let forms: Vec<Form> = actors.values().flat_map(Form::all).collect();
    let mut keys = Vec::new();
    for (number, form) in (0..).zip(&forms) {
        form.keys(&mut |rule, side, key| keys.push(Key { hash: hash(rule, key), rule, side, form: number }));
    }
    order::sort(&mut keys);
    let mut found: BTreeMap<(ActorId, ActorId), Reason> = BTreeMap::new();
    let mut note = |rule: Reason, one: &Form, other: &Form| {
        if one.actor.id != other.actor.id && one.may_be(other, rule) {
            let pair = (one.actor.id.min(other.actor.id), one.actor.id.max(other.actor.id));
            let known = found.entry(pair).or_insert(rule);
            *known = (*known).min(rule);
        }
    };
    for group in keys.chunk_by(|one, other| one.hash == other.hash && one.rule == other.rule) {
        let of =
            |side| group.iter().filter(move |key| key.side == side).filter_map(|key| forms.get(key.form));
        let Some(rule) = group.first().map(|key| key.rule) else { continue };
        let alike: Vec<&Form> = of(Side::Alike).collect();
        let most = if alike.len() <= CROWD { alike.len() } else { 1 };
        for (at, one) in alike.iter().enumerate().take(most) {
            alike.iter().skip(at + 1).for_each(|other| note(rule, one, other));
        }
        let full: Vec<&Form> = of(Side::Full).collect();
        let mut who: Vec<ActorId> = full.iter().map(|form| form.actor.id).collect();
        order::sort(&mut who);
        who.dedup();
        let choice = if rule == Reason::Part { 1 } else { CHOICE };
        if who.len() <= choice {
            for short in of(Side::Short).take(CROWD) {
                full.iter().take(CROWD).for_each(|full| note(rule, full, short));
            }
        }
    }
    let name = |id: ActorId| actors.get(&id).map(|actor| actor.name.as_str()).unwrap_or_default();
    let length = |id: ActorId| {
        let words = words(name(id));
        without_titles(&words).iter().map(String::len).sum::<usize>()
    };
    let mut all: Vec<Duplicate> = found
        .into_iter()
        .map(|((one, other), reason)| {
            let actors = if length(one) < length(other) { [other, one] } else { [one, other] };
            Duplicate { actors, reason }
        })
        .collect();
    order::sort_by(&mut all, |one, other| {
        let by = |pair: &Duplicate| (pair.reason, pair.actors.map(name), pair.actors);
        by(one).cmp(&by(other))
    });
    all
}

/// One of an entry's names, made comparable.
struct Form<'a> {
    actor: &'a Actor,
    /// The name as it is written.
    written: &'a str,
    /// Its folded words.
    words: Vec<String>,
    /// The same in the usual order and without titles.
    bare: Vec<String>,
}

/// A key under which entries meet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    hash: u64,
    rule: Reason,
    side: Side,
    form: usize,
}

/// With whom an entry is held together: with all under the key, or the short forms with the full ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Alike,
    Full,
    Short,
}

impl<'a> Form<'a> {
    fn all(actor: &'a Actor) -> impl Iterator<Item = Self> {
        actor.names().filter_map(move |written| {
            let words = words(written);
            let bare = without_titles(&turned(written).unwrap_or_else(|| words.clone())).to_vec();
            (!words.is_empty()).then_some(Self { actor, written, words, bare })
        })
    }

    /// The words in which a first name may stand: one letter may be a title, as in "M. Holt", or an initial.
    fn given_and_last(&self) -> &[String] {
        match &self.words[..] {
            [first, _, ..] if first.chars().nth(1).is_none() => &self.words,
            _ => &self.bare,
        }
    }

    fn is_person(&self) -> bool {
        self.actor.kind == ActorKind::Person
    }

    /// Gives the keys under which this name is found.
    fn keys(&self, give: &mut impl FnMut(Reason, Side, &str)) {
        if !self.actor.wikidata.is_empty() && self.written == self.actor.name {
            give(Reason::OutsideId, Side::Alike, &self.actor.wikidata);
        }
        let (whole, bare) = (self.words.join(" "), self.bare.join(" "));
        give(Reason::Name, Side::Alike, &whole);
        give(Reason::Title, Side::Alike, &bare);
        let legal = without_legal_form(&self.words).join(" ");
        give(Reason::LegalForm, Side::Alike, &legal);
        self.acronym_keys(give);
        let mut content: Vec<&String> = self.words.iter().filter(|word| !is_small(word)).collect();
        if 1 < content.len() {
            order::sort(&mut content);
            give(Reason::Order, Side::Alike, &content.into_iter().cloned().collect::<Vec<_>>().join(" "));
        }
        let count = self.bare.len();
        let parts = |range: std::ops::Range<usize>| self.bare.get(range).unwrap_or_default().join(" ");
        if self.is_person() {
            if let [first, .., last] = self.given_and_last() {
                let initial: String = first.chars().take(1).collect();
                give(Reason::FirstName, Side::Alike, &format!("{last} {initial}"));
            }
            give(Reason::LastName, Side::Short, &bare);
            (1..count.min(4)).for_each(|from| give(Reason::LastName, Side::Full, &parts(from..count)));
        }
        // "Xi", "Foreign Ministry": fit for a name only where it is told apart by it.
        if self.is_person() == (count == 1) {
            give(Reason::Part, Side::Short, &bare);
        }
        if self.is_person() {
            (1..count).take(1).for_each(|to| give(Reason::Part, Side::Full, &parts(0..to)));
        } else {
            (1..count.min(4)).for_each(|from| give(Reason::Part, Side::Full, &parts(from..count)));
        }
        spelling_keys(&bare, |key| give(Reason::Spelling, Side::Alike, key));
    }

    fn acronym_keys(&self, give: &mut impl FnMut(Reason, Side, &str)) {
        let letters: String = self.written.chars().filter(|letter| letter.is_alphabetic()).collect();
        let is_short = self.words.len() == 1 && letters.chars().all(char::is_uppercase);
        if let [only] = &self.words[..]
            && is_short
            && (2..=6).contains(&letters.chars().count())
        {
            give(Reason::Acronym, Side::Short, only);
        }
        if 1 < self.words.len() {
            let initials = |all: bool| {
                let words = self.words.iter().filter(|word| all || !is_small(word));
                words.filter_map(|word| word.chars().next()).collect::<String>()
            };
            let (all, some) = (initials(true), initials(false));
            give(Reason::Acronym, Side::Full, &all);
            if some != all && 1 < some.chars().count() {
                give(Reason::Acronym, Side::Full, &some);
            }
        }
    }

    /// Whether what met under a key of this rule may be the same at a closer look.
    fn may_be(&self, other: &Self, rule: Reason) -> bool {
        let differs = |one: &str, other: &str| fold_apart(one) != fold_apart(other);
        match rule {
            Reason::FirstName => given_names_fit(self.given_and_last(), other.given_and_last()),
            Reason::Spelling => {
                let is_kind = self.actor.kind == other.actor.kind;
                is_kind && is_one_edit(&self.bare.join(" "), &other.bare.join(" "))
            }
            Reason::Title => self.bare.len() != self.words.len() || other.bare.len() != other.words.len(),
            Reason::LegalForm => self.words != other.words,
            Reason::LastName => self.bare != other.bare,
            Reason::Acronym => differs(self.written, other.written),
            _ => true,
        }
    }
}

/// A name written with its last part first, "Witkoff, Steve", or with its title after it, "Witkoff, Special Envoy", in
/// the usual order.
fn turned(written: &str) -> Option<Vec<String>> {
    let (before, after) = written.split_once(',')?;
    let (before, after) = (words(before), words(after));
    if before.is_empty() || after.is_empty() {
        return None;
    }
    if are_titles(&after) {
        return Some(before);
    }
    (before.len() <= 3 && after.len() <= 2).then(|| [after, before].concat())
}

fn fold_apart(written: &str) -> String {
    written.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether the names before the last one may be those of one person. Both end in the same word.
fn given_names_fit(one: &[String], other: &[String]) -> bool {
    let ([first, middle @ .., last], [other_first, other_middle @ .., other_last]) = (one, other) else {
        return false;
    };
    if last != other_last {
        return false;
    }
    let begins = |short: &str, long: &str| {
        let length = short.chars().count();
        long.starts_with(short) && (length == 1 || 3 <= length)
    };
    let initials = |names: &[String]| -> String {
        names[..names.len() - 1].iter().filter_map(|name| name.chars().next()).collect()
    };
    let are_initials =
        |short: &str, names: &[String]| (2..=3).contains(&short.len()) && short == initials(names);
    let middles_fit = match (middle.first(), other_middle.first()) {
        (Some(one), Some(other)) => begins(one, other) || begins(other, one) || one == other,
        _ => true,
    };
    let firsts_fit = first == other_first || begins(first, other_first) || begins(other_first, first);
    (firsts_fit && middles_fit) || are_initials(first, other) || are_initials(other_first, one)
}

fn without_legal_form(words: &[String]) -> &[String] {
    let mut rest = words;
    while let [before @ .., last] = rest
        && !before.is_empty()
        && LEGAL_FORMS.contains(&last.as_str())
    {
        rest = before;
    }
    rest
}

fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

/// The name and all that it becomes when one letter is left out: of two names that differ in one letter, two are equal.
fn spelling_keys(name: &str, mut give: impl FnMut(&str)) {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() < SPELLED || letters.iter().any(char::is_ascii_digit) {
        return;
    }
    give(name);
    for at in 0..letters.len() {
        if at == 0 || letters[at - 1] != letters[at] {
            let key: String = letters[..at].iter().chain(&letters[at + 1..]).collect();
            give(&key);
        }
    }
}

/// Whether one letter more, less or changed, or two letters that changed places, make the one the other.
fn is_one_edit(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&one[..one.len() - end], &other[..other.len() - end]) {
        ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// FNV-1a (Fowler, Noll, Vo) of a key; 64 bits keep half a million apart.
fn hash(rule: Reason, key: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64 ^ rule as u64;
    key.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

const LEGAL_FORMS: [&str; 22] = [
    "ag",
    "gmbh",
    "kg",
    "se",
    "ev",
    "inc",
    "ltd",
    "llc",
    "plc",
    "corp",
    "corporation",
    "co",
    "company",
    "limited",
    "sa",
    "sas",
    "sarl",
    "spa",
    "srl",
    "nv",
    "bv",
    "oy",
];

const SMALL: [&str; 24] = [
    "of", "the", "and", "for", "in", "on", "to", "der", "die", "das", "des", "und", "fur", "von", "im", "de",
    "du", "la", "le", "les", "et", "y", "del", "al",
];
