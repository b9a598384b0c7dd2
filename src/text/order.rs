//! Putting things in order at little weight. The standard library compiles its sort anew for every type, 4 KB of the
//! page each, also where an ordered map or set is collected; here one sort, of places in a list, serves all types.
//! Invariant: equal items keep their order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts the items. Cost: O(n log n).
///
/// ```
/// let mut words = ["pear", "apple", "fig"];
/// rubricator::text::order::sort(&mut words);
/// assert_eq!(words, ["apple", "fig", "pear"]);
/// ```
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts the items by a key. Cost: O(n log n), with the key made O(n log n) times.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts the items by a comparison. Cost: O(n log n).
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut places = ordered(items.len(), &|one, other| compare(&items[one], &items[other]));
    // Each cycle of the permutation is walked once; what is done stands for itself.
    for first in 0..places.len() {
        let mut at = first;
        loop {
            let from = std::mem::replace(&mut places[at], at);
            if from == first {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// The map of these pairs; of equal keys the last one holds.
pub fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in pairs {
        map.insert(key, value);
    }
    map
}

/// The set of these items.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    for item in items {
        set.insert(item);
    }
    set
}

/// Puts an item into a sorted list, unless it is there. Cost: O(log n), and the items behind it move up.
pub fn put<T: Ord>(sorted: &mut Vec<T>, item: T) -> bool {
    let place = sorted.binary_search(&item);
    if let Err(at) = place {
        sorted.insert(at, item);
    }
    place.is_err()
}

/// Takes an item out of a sorted list, if it is there. Cost: as [`put`].
pub fn take<T: Ord>(sorted: &mut Vec<T>, item: &T) -> bool {
    let place = sorted.binary_search(item);
    if let Ok(at) = place {
        sorted.remove(at);
    }
    place.is_ok()
}

/// The places of a list of that length in the order of the comparison of their items.
fn ordered(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    let mut merged = places.clone();
    let mut run = 1;
    // Runs in order are merged in pairs to longer ones. The library's sort is quicker and ten times as heavy.
    while run < length {
        for start in (0..length).step_by(2 * run) {
            let (middle, end) = ((start + run).min(length), (start + 2 * run).min(length));
            let (mut one, mut other) = (start, middle);
            for place in &mut merged[start..end] {
                let first =
                    other == end || one < middle && compare(places[one], places[other]) != Ordering::Greater;
                let from = if first { &mut one } else { &mut other };
                *place = places[*from];
                *from += 1;
            }
        }
        std::mem::swap(&mut places, &mut merged);
        run *= 2;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::{map, put, set, sort, sort_by_key, take};

    #[test]
    fn the_order_is_that_of_the_standard_library() {
        for length in 0..40_u32 {
            for step in [1, 7, 11, 13] {
                let mixed: Vec<u32> = (0..length).map(|at| at * step % 17).collect();
                let (mut ours, mut theirs) = (mixed.clone(), mixed);
                sort(&mut ours);
                theirs.sort_unstable();
                assert_eq!(ours, theirs);
            }
        }
    }

    #[test]
    fn equal_items_keep_their_order() {
        let mut pairs: Vec<(u32, u32)> = (0..50).map(|at| (at * 7 % 5, at)).collect();
        let mut theirs = pairs.clone();
        sort_by_key(&mut pairs, |pair| pair.0);
        theirs.sort_by_key(|pair| pair.0);
        assert_eq!(pairs, theirs);
    }

    #[test]
    fn a_sorted_list_stays_sorted_and_holds_each_item_once() {
        let mut list = Vec::new();
        assert_eq!([3, 1, 2, 1].map(|item| put(&mut list, item)), [true, true, true, false]);
        assert_eq!(list, [1, 2, 3]);
        assert_eq!([2, 2].map(|item| take(&mut list, &item)), [true, false]);
        assert_eq!(list, [1, 3]);
    }

    #[test]
    fn collections_hold_what_collecting_gives() {
        let pairs = [(2, 'b'), (1, 'a'), (2, 'c')];
        assert_eq!(map(pairs), pairs.into_iter().collect());
        assert_eq!(set([3, 1, 3]), [1, 3].into_iter().collect());
    }
}
