//! What a set of files holds, for the person to look at before anything is stored.

use std::collections::BTreeMap;
use std::fmt;

use super::{Evidence, Foreign, Format, Scheme};
use crate::model::{Codebook, Key};

/// What is known of a set of files. Memory grows with the number of different labels, not of documents.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The format's name for people.
    pub title: &'static str,
    /// How many documents it holds.
    pub documents: usize,
    /// How many annotations.
    pub spans: usize,
    /// How many relations.
    pub links: usize,
    /// The labels with how often each is used.
    pub labels: BTreeMap<String, usize>,
    /// The types of relations with how often each is used.
    pub relations: BTreeMap<String, usize>,
    /// In what its offsets count, and what tells so.
    pub evidence: Evidence,
    /// What it declares apart from its documents.
    pub scheme: Scheme,
}

impl Survey {
    /// Nothing seen yet of a set of that format.
    #[must_use]
    pub fn new(format: &Format) -> Self {
        Self {
            title: format.title,
            documents: 0,
            spans: 0,
            links: 0,
            labels: BTreeMap::new(),
            relations: BTreeMap::new(),
            evidence: Evidence::new(format.counts),
            scheme: Scheme::default(),
        }
    }

    /// Takes a document into account. Linear in its text and marks.
    pub fn add(&mut self, foreign: &Foreign) {
        self.documents += 1;
        self.spans += foreign.marks.len();
        self.links += foreign.links.len();
        for mark in &foreign.marks {
            count(&mut self.labels, &mark.label);
        }
        for link in &foreign.links {
            count(&mut self.relations, &link.kind);
        }
        if self.evidence.agreeing.len() > 1 {
            self.evidence.add(foreign);
        }
    }

    /// The codebook's label that a foreign one most likely is: of the same key or name, whatever the capitals.
    #[must_use]
    pub fn proposed_label(name: &str, codebook: &Codebook) -> Option<Key> {
        let same = |known: &str| known.to_lowercase() == name.to_lowercase();
        let label = codebook.labels.iter().find(|label| same(&label.key) || same(&label.name));
        label.map(|label| label.key.clone())
    }

    /// The codebook's relation type that a foreign one most likely is.
    #[must_use]
    pub fn proposed_relation(name: &str, codebook: &Codebook) -> Option<Key> {
        let same = |known: &str| known.to_lowercase() == name.to_lowercase();
        let kind = codebook.relations.iter().find(|kind| same(&kind.key) || same(&kind.name));
        kind.map(|kind| kind.key.clone())
    }
}

impl fmt::Display for Survey {
    /// For example `brat standoff, 34 documents, 13,200 spans, 4,012 links, offsets in code points`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.title)?;
        for (count, one, several) in [
            (self.documents, "document", "documents"),
            (self.spans, "span", "spans"),
            (self.links, "link", "links"),
        ] {
            if count > 0 || one == "document" {
                write!(formatter, ", {} {}", grouped(count), if count == 1 { one } else { several })?;
            }
        }
        if self.spans > 0 {
            write!(formatter, ", offsets in {}", self.evidence.count().words())?;
        }
        Ok(())
    }
}

fn count(counts: &mut BTreeMap<String, usize>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => {
            counts.insert(name.to_owned(), 1);
        }
    }
}

/// A number with commas between its thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
