//! The order of work: documents by position, then id, unless the list is put in another order or narrowed to a tag.

use std::collections::BTreeMap;

use super::session::Session;
use crate::{
    model::{Document, DocumentId, Status},
    text::order,
};

/// The documents in the order of work. Cost: O(n log n).
pub fn in_order(documents: &BTreeMap<DocumentId, Document>) -> Vec<&Document> {
    let mut ordered: Vec<&Document> = documents.values().collect();
    order::sort_by(&mut ordered, |one, other| {
        one.position.total_cmp(&other.position).then(one.id.cmp(&other.id))
    });
    ordered
}

impl Session {
    /// The documents in the order in which the list goes through them.
    fn listed(&self) -> Vec<&Document> {
        let documents = self.state().documents();
        match self.order() {
            Some(order) => order.iter().filter_map(|id| documents.get(id)).collect(),
            None => in_order(documents),
        }
    }

    /// The next document that is not done, after this one and then from the start.
    pub fn next_open(&self, after: DocumentId) -> Option<DocumentId> {
        let ordered = self.listed();
        let at = ordered.iter().position(|document| document.id == after).map_or(0, |at| at + 1);
        let (before, behind) = ordered.split_at(at);
        behind
            .iter()
            .chain(before)
            .find(|one| one.status != Status::Done && one.id != after)
            .map(|one| one.id)
    }

    /// The document before or after the open one. After one that the list does not hold comes its first.
    pub fn neighbour(&self, forward: bool) -> Option<DocumentId> {
        let of = self.open()?.document;
        let ordered = self.listed();
        let at = match ordered.iter().position(|document| document.id == of) {
            Some(at) if forward => at.checked_add(1),
            Some(at) => at.checked_sub(1),
            None => forward.then_some(0),
        };
        ordered.get(at?).map(|document| document.id)
    }
}
