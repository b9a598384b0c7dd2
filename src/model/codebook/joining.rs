//! Two codebooks brought together: one that was changed in two places at once, and one that takes another in.

use super::{Attribute, AttributeKind, Choice, Codebook, Key};

impl Codebook {
    /// What becomes of a codebook that was changed in two places at once; see [`crate::model::Project::merged`].
    #[must_use]
    pub fn merged(base: &Self, there: &Self, here: &Self) -> Self {
        if here == base {
            return there.clone();
        }
        if there == base {
            return here.clone();
        }
        Self {
            version: there.version.max(here.version),
            labels: merged(&base.labels, &there.labels, &here.labels, |label| &label.key),
            relations: merged(&base.relations, &there.relations, &here.relations, |relation| &relation.key),
        }
    }

    /// Adds what another one has and this one lacks: labels, relation types, their attributes and choices. What is
    /// there stays as it is; the version rises if anything came in.
    pub fn take_in(&mut self, other: &Self) {
        let before = self.clone();
        for theirs in &other.labels {
            match self.labels.iter_mut().find(|label| label.key == theirs.key) {
                Some(ours) => take_in_attributes(&mut ours.attributes, &theirs.attributes),
                None => self.labels.push(theirs.clone()),
            }
        }
        for theirs in &other.relations {
            match self.relations.iter_mut().find(|relation| relation.key == theirs.key) {
                Some(ours) => take_in_attributes(&mut ours.attributes, &theirs.attributes),
                None => self.relations.push(theirs.clone()),
            }
        }
        if *self != before {
            self.version = self.version.saturating_add(1);
        }
    }
}

/// The entries as they are here, but where only the other place has changed, added or removed one, as they are there.
fn merged<T: Clone + PartialEq>(base: &[T], there: &[T], here: &[T], key: impl Fn(&T) -> &Key) -> Vec<T> {
    let find = |list: &[T], wanted: &Key| list.iter().find(|one| key(one) == wanted).cloned();
    let kept = here.iter().filter_map(|one| {
        let unchanged = find(base, key(one)).as_ref() == Some(one);
        if unchanged { find(there, key(one)) } else { Some(one.clone()) }
    });
    let added = there.iter().filter(|one| {
        let gone_here = find(base, key(one)).as_ref() == Some(*one);
        find(here, key(one)).is_none() && !gone_here
    });
    kept.chain(added.cloned()).collect()
}

/// Adds the attributes and choices that are there and not here.
pub(in crate::model) fn take_in_attributes(ours: &mut Vec<Attribute>, theirs: &[Attribute]) {
    for their in theirs {
        let Some(our) = ours.iter_mut().find(|attribute| attribute.key == their.key) else {
            ours.push(their.clone());
            continue;
        };
        if let (
            AttributeKind::Choice(ours) | AttributeKind::Several(ours),
            AttributeKind::Choice(theirs) | AttributeKind::Several(theirs),
        ) = (&mut our.kind, &their.kind)
        {
            let new = theirs.iter().filter(|their| !ours.iter().any(|our| our.key == their.key));
            let new: Vec<Choice> = new.cloned().collect();
            ours.extend(new);
        }
    }
}
