//! The list of documents put in another order, narrowed to a tag, and samples of it: plain functions over the records.

use std::collections::BTreeMap;

use super::document_order::in_order;
use crate::{
    format::tags,
    model::{Document, DocumentId},
    text::{fold, order},
};

/// What the documents are ordered by. What is the same in that stays in the order of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentSort {
    /// The order of work, in which they came in.
    #[default]
    Work,
    /// The title, whatever its case.
    Title,
    /// The day of publication; those without one come last.
    Date,
    /// How far the work is: to do, in progress, done.
    Status,
    /// The tags; those without one come last.
    Tag,
}

impl DocumentSort {
    /// All orders.
    pub const ALL: [Self; 5] = [Self::Work, Self::Title, Self::Date, Self::Status, Self::Tag];

    /// The name under which it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Title => "title",
            Self::Date => "date",
            Self::Status => "status",
            Self::Tag => "tag",
        }
    }

    /// The order of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// The documents that have the tag, or all, in an order or its reverse. Those of which it is not known where they belong
/// stay at the end either way. Cost: O(n log n).
pub fn listed_documents(
    documents: &BTreeMap<DocumentId, Document>,
    by: DocumentSort,
    reversed: bool,
    tag: Option<&str>,
) -> Vec<DocumentId> {
    let has = |one: &&Document| tag.is_none_or(|tag| tags(&one.extra).iter().any(|own| own == tag));
    let key = |one: &Document| match by {
        DocumentSort::Work => String::new(),
        DocumentSort::Title => fold(&one.title),
        DocumentSort::Date => one.meta.published.clone(),
        DocumentSort::Status => (one.status as u8).to_string(),
        DocumentSort::Tag => tags(&one.extra).join("\n"),
    };
    let ordered = in_order(documents).into_iter().filter(has);
    if by == DocumentSort::Work {
        let mut ids: Vec<DocumentId> = ordered.map(|one| one.id).collect();
        if reversed {
            ids.reverse();
        }
        return ids;
    }
    let mut keyed: Vec<(usize, String, DocumentId)> =
        ordered.enumerate().map(|(at, one)| (at, key(one), one.id)).collect();
    order::sort_by(&mut keyed, |(at, one, _), (other_at, other, _)| {
        let ways = if reversed { other.cmp(one) } else { one.cmp(other) };
        one.is_empty().cmp(&other.is_empty()).then(ways).then(at.cmp(other_at))
    });
    keyed.into_iter().map(|(_, _, id)| id).collect()
}

/// A number that changes when the order of the list may: cheap beside sorting it, so that a new annotation does not.
pub fn order_print(documents: &BTreeMap<DocumentId, Document>, by: DocumentSort) -> u64 {
    // FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>.
    let mut print = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            print = (print ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for one in documents.values() {
        add(one.id.uuid().as_bytes());
        add(&one.position.to_bits().to_le_bytes());
        add(&[one.status as u8]);
        add(one.extra.as_str().as_bytes());
        match by {
            DocumentSort::Title => add(one.title.as_bytes()),
            DocumentSort::Date => add(one.meta.published.as_bytes()),
            DocumentSort::Work | DocumentSort::Status | DocumentSort::Tag => {}
        }
    }
    print
}

/// All tags, with how many documents have each.
pub fn all_tags(documents: &BTreeMap<DocumentId, Document>) -> Vec<(String, usize)> {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for tag in documents.values().flat_map(|one| tags(&one.extra)) {
        *counted.entry(tag).or_default() += 1;
    }
    counted.into_iter().collect()
}

/// Every n-th of a list, from the n-th on; nothing for 0.
pub fn every_nth(list: &[DocumentId], n: usize) -> Vec<DocumentId> {
    if n == 0 {
        return Vec::new();
    }
    list.iter().skip(n - 1).step_by(n).copied().collect()
}

/// So many of a list at random, each with the same chance, in the order of the list. The same seed takes the same ones
/// of the same list: the numbers come from `SplitMix64` (Steele, Lea and Flood 2014, figure 15), the choice is a partial
/// shuffle after Fisher and Yates.
pub fn random_sample(list: &[DocumentId], count: usize, seed: u64) -> Vec<DocumentId> {
    let mut places: Vec<usize> = (0..list.len()).collect();
    let mut state = seed;
    let mut below = |bound: u64| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        // The upper half of a product with the bound lies evenly below it.
        (u128::from(mixed) * u128::from(bound)) >> 64
    };
    let count = count.min(places.len());
    for at in 0..count {
        let left = u64::try_from(places.len() - at).unwrap_or(1);
        let step = usize::try_from(below(left)).unwrap_or(0);
        places.swap(at, at + step);
    }
    places.truncate(count);
    order::sort(&mut places);
    places.into_iter().filter_map(|place| list.get(place).copied()).collect()
}
