//! Mentions and links that are given from one registry entry to another, or to none.

use std::collections::BTreeMap;

use crate::model::{
    Actor, ActorId, ActorKind, Annotation, AnnotationId, Change, Key, Record, Relation, Target,
};

use super::actor_of;

/// The changes, and how many records they are about.
#[derive(Default)]
pub(super) struct Redirection {
    pub(super) changes: Vec<Change>,
    mentions: usize,
    links: usize,
    /// Links that say the same as another one now.
    collapsed: usize,
}

/// The links that start from one annotation and are of one type.
#[derive(Default)]
struct Links {
    /// They lead to the heir already.
    standing: Vec<Relation>,
    /// They are to lead there.
    moved: Vec<Relation>,
}

impl Redirection {
    /// Gives the records that move to the heir; without one mentions are left without an entry, and links go. `records`
    /// are those that refer to the entries that are left and to the heir, ordered by id; `kind` gives a mention the
    /// kind of its entry.
    pub(super) fn of(
        records: Vec<Record>,
        heir: Option<&Actor>,
        moves: impl Fn(&Record, ActorId) -> bool,
        kind: impl Fn(&mut Annotation, ActorKind),
    ) -> Self {
        let mut redirection = Self::default();
        let mut links: BTreeMap<(AnnotationId, Key), Links> = BTreeMap::new();
        for record in records {
            let Some(actor) = actor_of(&record) else { continue };
            let is_moved = moves(&record, actor);
            let stands = heir.is_some_and(|heir| heir.id == actor);
            match record {
                Record::Annotation(before) if is_moved => {
                    let mut after = before.clone();
                    after.actor = heir.map(|heir| heir.id);
                    if let Some(heir) = heir {
                        kind(&mut after, heir.kind);
                    }
                    redirection.mentions += 1;
                    let change = Change::replace(Record::Annotation(before), Record::Annotation(after));
                    redirection.changes.extend(change);
                }
                Record::Relation(link) if is_moved || stands => {
                    let group = links.entry((link.from, link.kind.clone())).or_default();
                    if is_moved { group.moved.push(*link) } else { group.standing.push(*link) }
                }
                _ => {}
            }
        }
        for group in links.into_values().filter(|group| !group.moved.is_empty()) {
            redirection.links += group.moved.len();
            match heir {
                Some(heir) => redirection.join(group, heir.id),
                None => {
                    let gone = group.moved.into_iter().map(|link| Change::remove(link.into()));
                    redirection.changes.extend(gone);
                }
            }
        }
        redirection
    }

    /// Of links that say the same one is left, which keeps what the others said besides.
    fn join(&mut self, group: Links, heir: ActorId) {
        let Links { standing, moved } = group;
        let mut moved = moved.into_iter();
        let Some(before) = standing.into_iter().next().or_else(|| moved.next()) else { return };
        let mut after = before.clone();
        after.to = Target::Actor(heir);
        let mut gone = Vec::new();
        for link in moved {
            for (key, value) in &link.attributes {
                after.attributes.entry(key.clone()).or_insert_with(|| value.clone());
            }
            if !link.note.is_empty() && !after.note.contains(&link.note) {
                if !after.note.is_empty() {
                    after.note.push('\n');
                }
                after.note.push_str(&link.note);
            }
            self.collapsed += 1;
            gone.push(Change::remove(link.into()));
        }
        self.changes.extend(gone);
        self.changes.extend(Change::replace(before.into(), after.into()));
    }

    /// How much went to the heir, in words.
    pub(super) fn followed(&self) -> String {
        let mut words = format!("{} and {}", mentions(self.mentions), links(self.links));
        if 0 < self.collapsed {
            words.push_str(&format!(", {} of them doubled and joined", self.collapsed));
        }
        words
    }

    /// What became of the mentions and links of an entry without an heir, in words.
    pub(super) fn left_behind(&self) -> String {
        let mut words = match self.mentions {
            1 => "1 mention is left without an actor".to_owned(),
            count => format!("{count} mentions are left without an actor"),
        };
        if 0 < self.links {
            words.push_str(&format!(", {} removed", links(self.links)));
        }
        words
    }
}

/// So many actors, in words.
pub(super) fn actors(count: usize) -> String {
    if count == 1 { "1 actor".to_owned() } else { format!("{count} actors") }
}

fn mentions(count: usize) -> String {
    if count == 1 { "1 mention".to_owned() } else { format!("{count} mentions") }
}

fn links(count: usize) -> String {
    if count == 1 { "1 link".to_owned() } else { format!("{count} links") }
}
