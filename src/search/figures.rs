//! Figures of a project: what was annotated, when and by whom, and what is still open by the rules of the codebook.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    find::{Found, Hit, Page},
    index::Index,
};
use crate::model::{AnnotationId, Status, Timestamp};

/// How much there is of what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// How many annotations carry each label, by its key.
    pub labels: Vec<(String, usize)>,
    /// How many links there are of each type, by its key.
    pub links: Vec<(String, usize)>,
    /// How many annotations were made or last changed on each day (`YYYY-MM-DD`, UTC) by each person, oldest first.
    pub days: Vec<(String, String, usize)>,
    /// How many documents are done and hold nothing.
    pub nothing_found: usize,
    /// What is open, in words, each with how often, the most frequent first.
    pub open: Vec<(String, usize)>,
}

impl Index {
    /// Counts all that there is. Linear in annotations and links.
    pub fn figures(&self) -> Figures {
        let mut labels = BTreeMap::new();
        let mut links = BTreeMap::new();
        let mut days = BTreeMap::new();
        let mut open = BTreeMap::new();
        let mut nothing_found = 0;
        for (document, _, body) in self.volumes() {
            if document.status == Status::Done && body.annotation_count() == 0 {
                nothing_found += 1;
            }
            for annotation in body.annotations() {
                *labels.entry(annotation.label.to_string()).or_insert(0) += 1;
                let day = annotation.modified.unix_millis().div_euclid(86_400_000);
                *days.entry((day, annotation.annotator.as_str())).or_insert(0) += 1;
            }
            for relation in body.relations() {
                *links.entry(relation.kind.to_string()).or_insert(0) += 1;
            }
            for (_, gap) in self.codebook().gaps(body) {
                *open.entry(self.codebook().gap_words(&gap)).or_insert(0) += 1;
            }
        }
        let mut open: Vec<(String, usize)> = open.into_iter().collect();
        open.sort_by(|(one, of_one), (other, of_other)| of_other.cmp(of_one).then_with(|| one.cmp(other)));
        let days = days.into_iter().map(|((day, annotator), count)| {
            let moment = Timestamp::from_unix_millis(day * 86_400_000);
            (moment.date(), annotator.to_owned(), count)
        });
        Figures {
            labels: labels.into_iter().collect(),
            links: links.into_iter().collect(),
            days: days.collect(),
            nothing_found,
            open,
        }
    }

    /// The annotations that are open by that rule, in the words of [`Figures::open`], or by any.
    pub fn open(&self, rule: Option<&str>, from: usize, most: usize) -> Found {
        let mut page = Page::new(from, most);
        for (_, shelved, body) in self.volumes() {
            let gaps = self.codebook().gaps(body).into_iter();
            let gaps = gaps.map(|(id, gap)| (id, self.codebook().gap_words(&gap)));
            let gaps: Vec<(AnnotationId, String)> =
                gaps.filter(|(_, words)| rule.is_none_or(|rule| rule == words)).collect();
            page.take(gaps.len(), |skip, wanted| {
                let shown = gaps.iter().skip(skip).take(wanted);
                let hits = shown.filter_map(|(id, words)| {
                    let hit = self.hit(body.annotation(*id)?, shelved, body);
                    Some(Hit { said: format!("{words} · {}", hit.said), ..hit })
                });
                hits.collect()
            });
        }
        page.found
    }
}
