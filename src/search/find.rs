//! Answering a query: places in texts, annotations, or documents, in the order of work and of the text. Only the page
//! of hits that is asked for is worked out; the others are counted.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    actors::actor_of,
    index::{Index, Shelved},
    query::{Filter, Part, Query, Wanted},
};
use crate::{
    model::{ActorId, Annotation, AnnotationId, AttributeKind, Body, Document, DocumentId, Key, Value},
    scene::describe,
    text::{Span, Text, fold, nearby, order},
};

/// How many characters are shown on either side of a hit.
const CONTEXT: usize = 60;

/// The most characters of a hit that are shown.
const LONGEST: usize = 240;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The page of hits that was asked for.
    pub hits: Vec<Hit>,
    /// How many hits there are.
    pub total: usize,
    /// In how many documents.
    pub documents: usize,
}

/// A place that answers a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// The document.
    pub document: DocumentId,
    /// The annotation, where annotations were asked for.
    pub annotation: Option<AnnotationId>,
    /// Where it begins, in bytes; both 0 where the document itself is the hit.
    pub start: u32,
    /// Where it ends, in bytes.
    pub end: u32,
    /// What stands before it in its paragraph.
    pub before: String,
    /// The words themselves.
    pub words: String,
    /// What stands after it.
    pub after: String,
    /// The key of the annotation's label; empty for a place in a text.
    pub label: String,
    /// The annotation in words: label, actor, links.
    pub said: String,
}

/// A page of hits being filled.
pub(super) struct Page {
    skip: usize,
    most: usize,
    pub(super) found: Found,
}

impl Page {
    pub(super) fn new(from: usize, most: usize) -> Self {
        Self { skip: from, most, found: Found::default() }
    }

    /// Counts the hits of a document, and has those worked out that lie on the page: `work` is given how many are to
    /// be left out and how many are wanted.
    pub(super) fn take(&mut self, count: usize, work: impl FnOnce(usize, usize) -> Vec<Hit>) {
        if count == 0 {
            return;
        }
        let before = self.found.total;
        self.found.total += count;
        self.found.documents += 1;
        let skip = self.skip.saturating_sub(before);
        let wanted = self.most.saturating_sub(self.found.hits.len()).min(count.saturating_sub(skip));
        if 0 < wanted {
            self.found.hits.extend(work(skip, wanted));
        }
    }
}

impl Index {
    /// The hits of a query: `most` at the most, beginning with that of number `from`, counted from 0. Linear in the
    /// texts for words, in the annotations for filters.
    pub fn find(&self, query: &Query, from: usize, most: usize) -> Found {
        let mut page = Page::new(from, most);
        if query.is_empty() {
            return page.found;
        }
        let of_annotations = query.is_of_annotations();
        let named = self.named(query);
        for (document, shelved, body) in self.volumes() {
            if !query.filters.iter().all(|part| self.document_holds(part, document)) {
                continue;
            }
            if of_annotations {
                let matching: Vec<&Annotation> = body
                    .annotations()
                    .filter(|one| self.annotation_holds(query, &named, one, shelved, body))
                    .collect();
                page.take(matching.len(), |skip, wanted| {
                    let shown = matching.iter().skip(skip).take(wanted);
                    shown.map(|annotation| self.hit(annotation, shelved, body)).collect()
                });
            } else {
                find_words(query, document, shelved, &mut page);
            }
        }
        page.found
    }

    /// An annotation as a hit.
    pub(super) fn hit(&self, annotation: &Annotation, shelved: &Shelved, body: &Body) -> Hit {
        let said = describe(annotation, body, &shelved.text, self.actors(), self.codebook());
        let place = annotation.fragments.envelope();
        Hit {
            annotation: Some(annotation.id),
            label: annotation.label.to_string(),
            said,
            ..hit_at(annotation.document, place, &shelved.text)
        }
    }

    /// Whether a condition on documents holds; one on annotations holds of every document.
    fn document_holds(&self, part: &Part<Filter>, document: &Document) -> bool {
        let meta = &document.meta;
        let holds = match &part.what {
            Filter::Status(status) => document.status == *status,
            Filter::Title(wanted) => wanted.takes([document.title.as_str()]),
            Filter::Source(wanted) => wanted.takes([meta.source.as_str()]),
            Filter::Author(wanted) => wanted.takes([meta.author.as_str()]),
            Filter::Language(wanted) => wanted.takes([meta.language.as_str()]),
            Filter::Tag(wanted) => wanted.takes((self.tags)(&document.extra).iter().map(String::as_str)),
            Filter::After(date) => !meta.published.is_empty() && *date <= meta.published,
            Filter::Before(date) => !meta.published.is_empty() && meta.published < *date,
            _ => return true,
        };
        holds != part.not
    }

    /// For each condition the actors whom its words name, so that names are read once and not at every mention.
    fn named(&self, query: &Query) -> Vec<BTreeSet<ActorId>> {
        let named = query.filters.iter().map(|part| match &part.what {
            Filter::Actor(wanted @ Wanted::Words(..)) | Filter::Relation(_, wanted @ Wanted::Words(..)) => {
                let actors = self.actors().values().filter(|actor| wanted.takes(actor.names()));
                order::set(actors.map(|actor| actor.id))
            }
            _ => BTreeSet::new(),
        });
        named.collect()
    }

    fn annotation_holds(
        &self,
        query: &Query,
        named: &[BTreeSet<ActorId>],
        annotation: &Annotation,
        shelved: &Shelved,
        body: &Body,
    ) -> bool {
        query.filters.iter().zip(named).all(|(part, named)| {
            !part.what.is_of_annotations() || self.is_so(&part.what, named, annotation, body) != part.not
        }) && query.words.iter().all(|part| {
            let mut texts = annotation.fragments.iter().filter_map(|span| shelved.text.slice(span));
            texts.any(|text| part.what.is_in(text)) != part.not
        })
    }

    fn is_so(
        &self,
        filter: &Filter,
        named: &BTreeSet<ActorId>,
        annotation: &Annotation,
        body: &Body,
    ) -> bool {
        let is_named = |actor: Option<ActorId>| actor.is_some_and(|actor| named.contains(&actor));
        match filter {
            Filter::Label(label) => annotation.label == *label,
            Filter::Actor(Wanted::Words(..)) => is_named(annotation.actor),
            Filter::Actor(wanted) => {
                let actor = annotation.actor.and_then(|id| self.actors().get(&id));
                wanted.takes(actor.into_iter().flat_map(crate::model::Actor::names))
            }
            Filter::Attribute(key, wanted) => self.is_valued(annotation, key, wanted),
            Filter::Relation(kind, wanted) => {
                let mut targets =
                    body.from(annotation.id).filter(|link| link.kind == *kind).map(|link| link.to);
                match wanted {
                    Wanted::Any => targets.next().is_some(),
                    Wanted::None => targets.next().is_none(),
                    Wanted::Words(..) => targets.any(|target| is_named(actor_of(target, body))),
                }
            }
            Filter::Note(wanted) => wanted.takes([annotation.note.as_str()]),
            Filter::Annotator(wanted) => wanted.takes([annotation.annotator.as_str()]),
            Filter::Origin(origin) => annotation.origin.name() == origin,
            _ => true,
        }
    }

    /// Whether an attribute has the value: a choice by its key or its name as a whole, a text by words in it.
    fn is_valued(&self, annotation: &Annotation, key: &Key, wanted: &Wanted) -> bool {
        let value = annotation.attributes.get(key);
        let written = match wanted {
            Wanted::Any => return value.is_some(),
            Wanted::None => return value.is_none(),
            Wanted::Words(_, written) => written,
        };
        let attributes = self.codebook().span_attributes();
        let named = |choice: &str| {
            fold(choice) == *written
                || attributes.iter().filter(|one| one.key == *key).any(|one| match &one.kind {
                    AttributeKind::Choice(choices) | AttributeKind::Several(choices) => {
                        choices.iter().any(|one| &*one.key == choice && fold(&one.name) == *written)
                    }
                    AttributeKind::Flag | AttributeKind::Number | AttributeKind::Text => false,
                })
        };
        match value {
            None => false,
            Some(Value::Text(text)) => named(text) || wanted.takes([text.as_str()]),
            Some(Value::Several(choices)) => choices.iter().any(|choice| named(choice)),
            Some(Value::Flag(flag)) => (if *flag { "yes" } else { "no" }) == written,
            Some(Value::Number(number)) => number.to_string() == *written,
        }
    }
}

/// The places of the words in a text that holds all of them; the document itself where there are only conditions on it.
fn find_words(query: &Query, document: &Document, shelved: &Shelved, page: &mut Page) {
    let counts = query.words.iter().map(|part| (part, shelved.keyed.count(&part.what)));
    let counts: Vec<_> = counts.collect();
    if counts.iter().any(|(part, count)| (*count == 0) != part.not) {
        return;
    }
    let wanted: Vec<_> = counts.into_iter().filter(|(part, _)| !part.not).collect();
    match wanted[..] {
        [] => page.take(1, |_, _| vec![whole(document)]),
        [(only, count)] => page.take(count, |skip, most| {
            let places = shelved.keyed.places(&shelved.text, &only.what, skip, most);
            places.into_iter().map(|place| hit_at(document.id, place, &shelved.text)).collect()
        }),
        _ => page.take(wanted.iter().map(|(_, count)| count).sum(), |skip, most| {
            let places = wanted
                .iter()
                .flat_map(|(part, _)| shelved.keyed.places(&shelved.text, &part.what, 0, skip + most));
            let places = order::set(places).into_iter().skip(skip).take(most);
            places.map(|place| hit_at(document.id, place, &shelved.text)).collect()
        }),
    }
}

fn whole(document: &Document) -> Hit {
    Hit {
        document: document.id,
        annotation: None,
        start: 0,
        end: 0,
        before: String::new(),
        words: document.title.clone(),
        after: String::new(),
        label: String::new(),
        said: String::new(),
    }
}

/// A place with what stands around it in its paragraph.
pub(super) fn hit_at(document: DocumentId, place: Span, text: &Text) -> Hit {
    let (start, end) = (place.start().to_usize(), place.end().to_usize());
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let mut before = nearby(before.chars().rev(), CONTEXT);
    before.reverse();
    Hit {
        document,
        annotation: None,
        start: place.start().byte(),
        end: place.end().byte(),
        before: before.into_iter().collect(),
        words: plain(text.slice(place).unwrap_or_default()).take(LONGEST).collect(),
        after: nearby(after.chars(), CONTEXT).into_iter().collect(),
        label: String::new(),
        said: String::new(),
    }
}

/// On one line.
fn plain(words: &str) -> impl Iterator<Item = char> + '_ {
    words.chars().map(|sign| if sign == '\n' { ' ' } else { sign })
}
