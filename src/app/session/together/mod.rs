//! Deeds to several annotations or documents at once: the changes of each are joined into one edit. No record is
//! changed twice in it, so that its inverse is one as well.

mod documents;
mod links;

use std::collections::{BTreeMap, BTreeSet};

use super::{Session, tagging::take_label};
use crate::{
    app::{
        outcome::{Outcome, Refusal, Stamp},
        together::{MarkDeed, Together},
    },
    model::{ActorId, Annotation, AnnotationId, Change, Fragments, Key, Label, Record, Target, Value, What},
    suggest,
    text::order,
};

/// The changes to those that could be changed, and how many these are.
#[derive(Default)]
struct Joined {
    changes: Vec<Change>,
    done: usize,
    /// Links that go with them.
    links: usize,
}

impl Session {
    pub(super) fn together(&mut self, deed: Together, stamp: &mut Stamp<'_>) -> Result<Outcome, Refusal> {
        match deed {
            Together::Annotations { chosen, deed } => self.mark_together(chosen, deed, stamp),
            Together::Documents { chosen, deed } => self.sort_together(chosen, &deed, stamp),
        }
    }

    fn mark_together(
        &mut self,
        chosen: Vec<AnnotationId>,
        deed: MarkDeed,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let (_, body) = self.loaded()?;
        let chosen: BTreeSet<AnnotationId> =
            order::set(chosen.into_iter().filter(|id| body.annotation(*id).is_some()));
        if chosen.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        let (what, joined, words) = match deed {
            MarkDeed::Relabel(key) => {
                let label = self.codebook_label(&key)?;
                let joined = self.relabelled(&chosen, &label, stamp)?;
                (What::Relabel, joined, format!("now {}", label.name))
            }
            MarkDeed::SetAttribute { attribute, value } => {
                let joined = self.valued(&chosen, &attribute, value.as_ref(), stamp)?;
                (What::Describe, joined, if value.is_some() { "changed" } else { "cleared" }.to_owned())
            }
            MarkDeed::Link { kind, to } => {
                let joined = self.linked(&chosen, &kind, to, Vec::new(), stamp)?;
                (What::Link, joined, format!("linked to {}", self.target_name(to)))
            }
            MarkDeed::LinkNew { kind, name } => {
                let (actor, made) = self.new_actor(&name, stamp)?;
                let joined = self.linked(&chosen, &kind, Target::Actor(actor), made, stamp)?;
                (What::Link, joined, format!("linked to {}", name.trim()))
            }
            MarkDeed::Delete => (What::Delete, self.removed(&chosen)?, "deleted".to_owned()),
        };
        let said = said(&joined, chosen.len(), &words);
        let places: Vec<_> = chosen.iter().filter_map(|id| self.annotation(*id).ok()).collect();
        let places: Vec<_> = places.into_iter().flat_map(|one| one.fragments.iter()).collect();
        let mut outcome = self.commit(what, joined.changes, None, stamp);
        outcome.repaint.extend(places);
        outcome.changed.focus = true;
        if let Some(open) = &mut self.open {
            open.offer = None;
        }
        Ok(outcome.saying(said))
    }

    /// Other labels. Links are judged by the labels that both their ends have afterwards.
    fn relabelled(
        &mut self,
        chosen: &BTreeSet<AnnotationId>,
        label: &Label,
        stamp: &mut Stamp<'_>,
    ) -> Result<Joined, Refusal> {
        let (open, body) = self.loaded()?;
        let text = open.text.clone();
        let there = body.annotations().filter(|one| one.label == label.key);
        let mut taken: BTreeSet<Fragments> = order::set(there.map(|one| one.fragments.clone()));
        let moved: Vec<Annotation> = body
            .annotations()
            .filter(|one| chosen.contains(&one.id) && one.label != label.key)
            .filter(|one| taken.insert(one.fragments.clone()))
            .cloned()
            .collect();
        let ids = order::set(moved.iter().map(|one| one.id));
        let gone = self.links_lost(body, &ids, &label.key);
        let mut joined = Joined { links: gone.len(), changes: gone, done: moved.len() };
        let mut names: BTreeMap<String, Option<ActorId>> = BTreeMap::new();
        let mut made = Vec::new();
        let version = self.state.project().codebook.version;
        for before in moved {
            let mut after = before.clone();
            if label.names_actor && before.actor.is_none() {
                let written = text.slice(before.fragments.envelope()).unwrap_or_default();
                let name = suggest::canonical_name(written);
                after.actor = match names.get(&name) {
                    Some(known) => *known,
                    None => {
                        let naming = self.actor_for(written, label, stamp);
                        if let Some(Record::Actor(actor)) = naming.change.as_ref().and_then(Change::after) {
                            // What comes after may be called the same, or something like it.
                            self.names.put(actor);
                            made.push(actor.id);
                        }
                        joined.changes.extend(naming.change);
                        names.insert(name, naming.actor);
                        naming.actor
                    }
                };
            } else if !label.names_actor {
                after.actor = None;
            }
            take_label(&mut after, label, version);
            joined.changes.extend(self.rewritten(before, after, stamp));
        }
        for actor in made {
            self.names.take(actor);
        }
        Ok(joined)
    }

    /// Values of an attribute, for those whose label has it.
    fn valued(
        &self,
        chosen: &BTreeSet<AnnotationId>,
        key: &Key,
        value: Option<&Value>,
        stamp: &Stamp<'_>,
    ) -> Result<Joined, Refusal> {
        let (_, body) = self.loaded()?;
        let codebook = &self.state.project().codebook;
        let mut joined = Joined::default();
        let mut actors = BTreeSet::new();
        let fits = |one: &&Annotation| {
            let attribute = codebook.label(&one.label).and_then(|label| label.attribute(key));
            chosen.contains(&one.id)
                && attribute.is_some_and(|attribute| value.is_none_or(|value| attribute.allows(value)))
        };
        for before in body.annotations().filter(fits) {
            joined.done += 1;
            // What is said of a mention holds for the actor whom it names, of several mentions once.
            if before.actor.is_some_and(|actor| actors.insert(actor)) {
                joined.changes.extend(self.renamed_kind(before.id, key, value));
            }
            let mut after = before.clone();
            match value {
                Some(value) => after.attributes.insert(key.clone(), value.clone()),
                None => after.attributes.remove(key),
            };
            if after.attributes != before.attributes {
                joined.changes.extend(self.rewritten(before.clone(), after, stamp));
            }
        }
        Ok(joined)
    }

    fn removed(&self, chosen: &BTreeSet<AnnotationId>) -> Result<Joined, Refusal> {
        let (_, body) = self.loaded()?;
        let mut changes = self.links_of(body, chosen);
        let links = changes.len();
        let gone = body.annotations().filter(|one| chosen.contains(&one.id));
        changes.extend(gone.map(|one| Change::remove(one.clone().into())));
        Ok(Joined { done: changes.len() - links, links, changes })
    }

    fn rewritten(&self, before: Annotation, mut after: Annotation, stamp: &Stamp<'_>) -> Option<Change> {
        after.modified = stamp.now;
        after.annotator.clone_from(&self.annotator);
        Change::replace(before.into(), after.into())
    }
}

/// What was done to how many, and to how many it could not be done.
fn said(joined: &Joined, of: usize, words: &str) -> String {
    let mut said = match joined.done {
        0 => "Nothing was changed".to_owned(),
        1 => format!("1 annotation {words}"),
        count => format!("{count} annotations {words}"),
    };
    match joined.links {
        0 => {}
        1 => said.push_str(", 1 link removed"),
        count => said.push_str(&format!(", {count} links removed")),
    }
    match of - joined.done {
        0 => {}
        1 => said.push_str("; 1 passed over, as it cannot have this or has it already"),
        count => {
            said.push_str(&format!("; {count} passed over, as they cannot have this or have it already"));
        }
    }
    said
}
