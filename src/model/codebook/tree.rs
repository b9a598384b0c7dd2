//! The tree that choices form: in which order they are shown, what lies above one and what below.
//! Whatever the parents say, also in a circle, everything here ends and names every choice once.

use std::collections::{BTreeMap, BTreeSet};

use super::{AttributeKind, Choice};
use crate::text::order;

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
    use crate::model::Key;

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
