//! The tree that choices form: in which order they are shown, what lies above one and what below.
//! Whatever the parents say, also in a circle, everything here ends and names every choice once.

use std::collections::{BTreeMap, BTreeSet};

use super::{AttributeKind, Choice};
use crate::model::Key;
use crate::text::order;

/// Where a choice is moved in the tree, with all below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// Before the sibling before it.
    Up,
    /// Behind the sibling behind it.
    Down,
    /// Below the sibling before it, as the last one there.
    In,
    /// Behind its parent.
    Out,
}

impl AttributeKind {
    /// The choices as an outline: each after its parent, siblings in their order, with how deep it stands. Those whose
    /// parents form a circle or are unknown stand at the top. Cost: O(n log n).
    pub fn outline(&self) -> Vec<(usize, &Choice)> {
        let choices = self.choices();
        let known = order::set(choices.iter().map(|choice| choice.key.as_str()));
        let parent = |choice: &Choice| choice.parent.clone().filter(|parent| known.contains(parent.as_str()));
        let mut below: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
        for (at, choice) in choices.iter().enumerate() {
            below.entry(parent(choice).map(|key| key.to_string())).or_default().push(at);
        }
        let mut outline = Vec::with_capacity(choices.len());
        let mut met = BTreeSet::new();
        let mut place = |from: Vec<usize>| {
            let mut waiting: Vec<(usize, usize)> = from.into_iter().rev().map(|at| (0, at)).collect();
            while let Some((depth, at)) = waiting.pop() {
                let Some(choice) = choices.get(at).filter(|_| met.insert(at)) else { continue };
                outline.push((depth, choice));
                let children = below.get(&Some(choice.key.to_string())).into_iter().flatten().rev();
                waiting.extend(children.map(|child| (depth + 1, *child)));
            }
        };
        place(below.get(&None).cloned().unwrap_or_default());
        // What no top leads to lies in circles; each is entered where it comes first.
        for at in 0..choices.len() {
            place(vec![at]);
        }
        outline
    }

    /// The choice of that key with all above it, the topmost first. Empty where there is no such choice.
    pub fn lineage(&self, key: &str) -> Vec<&Choice> {
        let find = |key: &str| self.choices().iter().find(|choice| &*choice.key == key);
        let mut lineage: Vec<&Choice> = Vec::new();
        let mut next = find(key);
        while let Some(choice) = next {
            if lineage.iter().any(|met| met.key == choice.key) {
                break;
            }
            lineage.push(choice);
            next = choice.parent.as_deref().and_then(find);
        }
        lineage.reverse();
        lineage
    }

    /// The kind with a choice moved; `None` where it cannot be moved so.
    pub fn shifted(&self, key: &str, shift: Shift) -> Option<Self> {
        let choices = self.choices();
        let at = choices.iter().position(|choice| &*choice.key == key)?;
        let parent = choices.get(at)?.parent.clone();
        let family: Vec<usize> = (0..choices.len())
            .filter(|one| choices.get(*one).is_some_and(|one| one.parent == parent))
            .collect();
        let rank = family.iter().position(|one| *one == at)?;
        let before = rank.checked_sub(1).and_then(|rank| family.get(rank)).copied();
        let mut after = self.clone();
        let all = after.choices_mut()?;
        match shift {
            Shift::Up => all.swap(at, before?),
            Shift::Down => all.swap(at, *family.get(rank + 1)?),
            Shift::In => {
                let sibling = choices.get(before?)?.key.clone();
                let mut moved = all.remove(at);
                moved.parent = Some(sibling);
                all.push(moved);
            }
            Shift::Out => {
                let above = choices.iter().position(|one| Some(&one.key) == parent.as_ref())?;
                let mut moved = all.remove(at);
                moved.parent.clone_from(&choices.get(above)?.parent);
                let place = if at < above { above } else { above + 1 };
                all.insert(place, moved);
            }
        }
        Some(after)
    }

    /// The keys of all choices below one, at any depth.
    pub fn below(&self, key: &str) -> Vec<Key> {
        let outline = self.outline();
        let mut from = outline.into_iter().skip_while(|(_, choice)| &*choice.key != key);
        let Some((depth, _)) = from.next() else { return Vec::new() };
        from.take_while(|(deeper, _)| depth < *deeper).map(|(_, choice)| choice.key.clone()).collect()
    }

    /// The first circle that the parents form, by the names of those in it.
    pub(super) fn circle(&self) -> Option<Vec<String>> {
        let choices = self.choices();
        let places = order::map(choices.iter().enumerate().map(|(at, choice)| (choice.key.as_str(), at)));
        let above = |at: usize| places.get(choices.get(at)?.parent.as_deref()?).copied();
        // The walk on which each choice was first met: who meets one of its own walk has gone round.
        let mut walks: Vec<Option<usize>> = vec![None; choices.len()];
        for first in 0..choices.len() {
            let mut at = first;
            loop {
                match walks.get(at).copied().flatten() {
                    Some(walk) if walk == first => return Some(self.round(at, above)),
                    Some(_) => break,
                    None => walks[at] = Some(first),
                }
                let Some(next) = above(at) else { break };
                at = next;
            }
        }
        None
    }

    fn round(&self, first: usize, above: impl Fn(usize) -> Option<usize>) -> Vec<String> {
        let mut names = Vec::new();
        let mut at = first;
        loop {
            names.extend(self.choices().get(at).map(|choice| choice.name.clone()));
            match above(at) {
                Some(next) if next != first => at = next,
                _ => return names,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Choices written `a b<a`: a choice, and one below it.
    fn tree(source: &str) -> AttributeKind {
        let choices = source.split_whitespace().map(|word| {
            let (name, parent) = word.split_once('<').map_or((word, None), |(name, up)| (name, Some(up)));
            Choice { parent: parent.map(Key::from), ..Choice::new(Key::from(name), name) }
        });
        AttributeKind::Choice(choices.collect())
    }

    fn check(source: &str, outline: &str, circle: Option<&str>) {
        let tree = tree(source);
        let found: Vec<String> = tree
            .outline()
            .iter()
            .map(|(depth, choice)| format!("{}{}", "-".repeat(*depth), choice.name))
            .collect();
        assert_eq!(found.join(" "), outline, "{source}");
        assert_eq!(tree.circle().map(|names| names.join(" ")).as_deref(), circle, "{source}");
    }

    #[test]
    fn choices_stand_below_their_parents() {
        check("", "", None);
        check("b<a a c<b d<a e", "a -b --c -d e", None);
        check("a<nowhere b", "a b", None);
    }

    #[test]
    fn a_choice_is_moved_with_all_below_it() {
        for (source, key, shift, after) in [
            ("a b c<b d", "b", Shift::Up, Some("b -c a d")),
            ("a b c<b d", "b", Shift::Down, Some("a d b -c")),
            ("a b c<b d", "b", Shift::In, Some("a -b --c d")),
            ("a b c<b d", "c", Shift::Out, Some("a b c d")),
            ("a b<a c<a d", "b", Shift::Out, Some("a -c b d")),
            ("c<b b", "c", Shift::Out, Some("b c")),
            ("a b c<b", "a", Shift::Up, None),
            ("a b c<b", "c", Shift::In, None),
            ("a b", "a", Shift::Out, None),
            ("a b", "z", Shift::Up, None),
        ] {
            let shifted = tree(source).shifted(key, shift);
            let outline = shifted.map(|tree| {
                let rows = tree.outline();
                let rows = rows.iter().map(|(depth, one)| format!("{}{}", "-".repeat(*depth), one.name));
                rows.collect::<Vec<_>>().join(" ")
            });
            assert_eq!(outline.as_deref(), after, "{source}: {key} {shift:?}");
        }
        let below: String = tree("a b<a c<b d").below("a").iter().map(Key::to_string).collect();
        assert_eq!(below, "bc");
    }

    #[test]
    fn a_circle_is_found_and_ends() {
        check("a<a b", "b a", Some("a"));
        check("x a<c b<a c<b d<a", "x a -b --c -d", Some("a c b"));
    }

    #[test]
    fn the_lineage_of_a_choice_starts_at_the_top() {
        let names = |source: &str, key: &str| {
            tree(source).lineage(key).iter().map(|one| one.name.clone()).collect::<String>()
        };
        assert_eq!(names("a b<a c<b", "c"), "abc");
        assert_eq!(names("a<b b<a", "a"), "ba");
        assert_eq!(names("a", "z"), "");
    }
}
