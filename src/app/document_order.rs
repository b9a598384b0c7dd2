//! The order of work: documents by position, then id.

use std::collections::BTreeMap;

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

/// The next document that is not done, after this one and then from the start.
pub fn next_open(documents: &BTreeMap<DocumentId, Document>, after: DocumentId) -> Option<DocumentId> {
    let ordered = in_order(documents);
    let at = ordered.iter().position(|document| document.id == after).map_or(0, |at| at + 1);
    let (before, behind) = ordered.split_at(at);
    behind.iter().chain(before).find(|one| one.status != Status::Done && one.id != after).map(|one| one.id)
}

/// The document before or after this one.
pub fn neighbour(
    documents: &BTreeMap<DocumentId, Document>,
    of: DocumentId,
    forward: bool,
) -> Option<DocumentId> {
    let ordered = in_order(documents);
    let at = ordered.iter().position(|document| document.id == of)?;
    let at = if forward { at.checked_add(1) } else { at.checked_sub(1) };
    ordered.get(at?).map(|document| document.id)
}
