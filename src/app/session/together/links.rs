//! Links of several annotations at once.

use std::collections::BTreeSet;

use super::{Joined, Session};
use crate::{
    app::outcome::{Refusal, Stamp},
    model::{AnnotationId, Body, Change, Key, Relation, Target},
    text::order,
};

impl Session {
    /// A link from each that may have it and does not. `made` are the changes that make the target.
    pub(super) fn linked(
        &self,
        chosen: &BTreeSet<AnnotationId>,
        kind: &Key,
        to: Target,
        made: Vec<Change>,
        stamp: &mut Stamp<'_>,
    ) -> Result<Joined, Refusal> {
        self.relation_type(kind)?;
        if let Target::Actor(actor) = to
            && made.is_empty()
            && !self.state.actors().contains_key(&actor)
        {
            return Err(Refusal::Gone);
        }
        let mut joined = Joined { changes: made, ..Joined::default() };
        for id in chosen {
            match self.link_changes(*id, kind, to, stamp) {
                Ok(changes) => {
                    joined.done += 1;
                    joined.links += changes.iter().filter(|change| change.after().is_none()).count();
                    joined.changes.extend(changes);
                }
                Err(Refusal::LinkNotAllowed { .. } | Refusal::AlreadyThere) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        if joined.done == 0 {
            // No entry is made for nothing.
            joined.changes.clear();
        }
        Ok(joined)
    }

    /// Removals of the links that these could not have under another label.
    pub(super) fn links_lost(&self, body: &Body, moved: &BTreeSet<AnnotationId>, label: &Key) -> Vec<Change> {
        let codebook = &self.state.project().codebook;
        let label_of = |id: AnnotationId| {
            if moved.contains(&id) {
                return Some(label.clone());
            }
            body.annotation(id).map(|one| one.label.clone())
        };
        let is_lost = |link: &&Relation| {
            let Some(kind) = codebook.relation(&link.kind) else { return false };
            let target = |target| match target {
                Target::Annotation(id) => label_of(id),
                Target::Actor(_) => None,
            };
            label_of(link.from).is_some_and(|from| !kind.may_lead(&from, link.to, target))
        };
        touching(body, moved).filter(is_lost).map(|link| Change::remove(link.clone().into())).collect()
    }

    /// Removals of all links from and to these.
    pub(super) fn links_of(&self, body: &Body, chosen: &BTreeSet<AnnotationId>) -> Vec<Change> {
        touching(body, chosen).map(|link| Change::remove(link.clone().into())).collect()
    }
}

/// The links from and to these, each once.
fn touching<'b>(body: &'b Body, ids: &BTreeSet<AnnotationId>) -> impl Iterator<Item = &'b Relation> {
    let links = ids.iter().flat_map(|id| body.from(*id).chain(body.to(Target::Annotation(*id))));
    order::map(links.map(|link| (link.id, link))).into_values()
}
