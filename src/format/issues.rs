//! Issues of files that are read together: the first ones as they are, the others as a number, so that a file of which
//! every line is broken costs no more memory than one of which a thousand are.

use std::ops::Deref;

use super::{Issue, Problem};

/// So many are kept.
const MOST: usize = 1_000;

/// Issues in the order in which they were found.
///
/// ```
/// use rubricator::format::{Issue, Issues, Problem};
/// let mut issues = Issues::default();
/// (0..3_000).for_each(|line| issues.push(Issue::new("a.ann", Some(line), None, Problem::NoText)));
/// let all: Vec<Issue> = issues.into();
/// assert_eq!((all.len(), all[1_000].to_string()), (1_001, "a.ann: 2000 more findings are not listed".to_owned()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issues {
    first: Vec<Issue>,
    /// How many were not kept.
    more: usize,
}

impl Issues {
    /// Adds one.
    pub fn push(&mut self, issue: Issue) {
        if self.first.len() < MOST {
            self.first.push(issue);
        } else {
            self.more += 1;
        }
    }

    /// Adds all of others, which are taken out there.
    pub fn append(&mut self, others: &mut Self) {
        let others = std::mem::take(others);
        others.first.into_iter().for_each(|issue| self.push(issue));
        self.more += others.more;
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Extend<Issue> for Issues {
    fn extend<I: IntoIterator<Item = Issue>>(&mut self, issues: I) {
        issues.into_iter().for_each(|issue| self.push(issue));
    }
}

impl Deref for Issues {
    type Target = [Issue];

    /// Those that were kept.
    fn deref(&self) -> &[Issue] {
        &self.first
    }
}

impl<'i> IntoIterator for &'i Issues {
    type Item = &'i Issue;
    type IntoIter = std::slice::Iter<'i, Issue>;

    fn into_iter(self) -> Self::IntoIter {
        self.first.iter()
    }
}

impl From<Issues> for Vec<Issue> {
    /// Those that were kept, and one that says how many were not.
    fn from(issues: Issues) -> Self {
        let Issues { mut first, more } = issues;
        if 0 < more {
            let file = first.last().map_or_else(String::new, |last| last.file.clone());
            first.push(Issue::new(&file, None, None, Problem::More { count: more }));
        }
        first
    }
}

impl<const N: usize> PartialEq<[Issue; N]> for Issues {
    fn eq(&self, other: &[Issue; N]) -> bool {
        self.more == 0 && self.first == *other
    }
}
