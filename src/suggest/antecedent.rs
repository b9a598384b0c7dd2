//! Pronouns, and whom they may stand for: the actors spoken of before, the latest first.
//! The lists are a core of English and German; a pronoun they lack is a word like any other.

use std::collections::{BTreeMap, BTreeSet};

use super::WINDOW;
use crate::model::{Actor, ActorId, ActorKind, Body};
use crate::text::{Offset, fold, order};

/// What a pronoun may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pronoun {
    /// Usually a person: he, her, mine.
    Person,
    /// Usually no person: it, its.
    Thing,
    /// Anyone: they, who, German sie.
    Any,
}

impl Pronoun {
    /// Reads a pronoun in any case; `None` for any other word.
    pub fn parse(written: &str) -> Option<Self> {
        let word = fold(written);
        let within = |words: &str| words.split(' ').any(|one| one == word);
        if within(PERSON) {
            Some(Self::Person)
        } else if within(THING) {
            Some(Self::Thing)
        } else if within(ANY) {
            Some(Self::Any)
        } else {
            None
        }
    }

    const fn suits(self, kind: ActorKind) -> bool {
        match self {
            Self::Person => matches!(kind, ActorKind::Person),
            Self::Thing => !matches!(kind, ActorKind::Person),
            Self::Any => true,
        }
    }
}

// Folded words. German "er" and "sein" speak of organizations too, so a list only decides who is offered first.
const PERSON: &str = "he him his himself she her hers herself i me my mine myself \
    er ihm ihn sein seine seinem seinen seiner seines ich mir mich mein meine meinem meinen meiner meines";
const THING: &str = "it its itself es dessen";
const ANY: &str = "they them their theirs themselves we us our ours ourselves you your yours who whom whose \
    this that these those one both all some many others \
    sie ihr ihre ihrem ihren ihrer ihres ihnen wir uns unser unsere unserem unseren unserer unseres \
    der die das den dem deren denen wer wen wem wessen dieser diese dieses diesem diesen jener jene jenes \
    man beide alle einige viele andere";

/// The registry entries that the document mentions before `place`, at most `limit`: first those of a kind the pronoun
/// usually stands for, then the others, and of each the latest mention first.
///
/// Looks at the 256 annotations before the place and no farther. Cost: O(log n) for n annotations.
pub fn antecedents(
    body: &Body,
    actors: &BTreeMap<ActorId, Actor>,
    pronoun: Pronoun,
    place: Offset,
    limit: usize,
) -> Vec<ActorId> {
    let before = body.order().partition_point(|(envelope, _)| envelope.start() < place);
    let window = body.order().get(before.saturating_sub(WINDOW)..before).unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut found: Vec<&Actor> = window
        .iter()
        .rev()
        .filter_map(|(_, id)| actors.get(&body.annotation(*id)?.actor?))
        .filter(|actor| seen.insert(actor.id))
        .collect();
    // A stable sort: the latest stay first.
    order::sort_by_key(&mut found, |actor| !pronoun.suits(actor.kind));
    found.into_iter().map(|actor| actor.id).take(limit).collect()
}
