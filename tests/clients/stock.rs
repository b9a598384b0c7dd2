//! The projects that are exported, the same at every run, and what a client must find in them.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rubricator::model::{Annotation, AnnotationId, Target};
use serde_json::Value as Json;

use crate::arbitrary::{Page, World, world};

/// How many projects there are; each has up to three documents.
const WORLDS: usize = 40;

/// Projects with everything that is hard.
pub fn worlds() -> Vec<World> {
    let mut runner = TestRunner::deterministic();
    let mut made = || world().new_tree(&mut runner).unwrap().current();
    let worlds: Vec<World> = (0..WORLDS).map(|_| made()).collect();
    let documents: usize = worlds.iter().map(|world| world.documents.len()).sum();
    assert!(WORLDS <= documents, "{documents} documents");
    worlds
}

/// The same with a document before all others on which nothing lies.
pub fn sparse(worlds: &[World]) -> Vec<World> {
    let mut all = worlds.to_vec();
    let mut first = all.iter().find(|world| !world.documents.is_empty()).unwrap().clone();
    first.documents.truncate(1);
    first.documents[0].body = rubricator::model::Body::default();
    first.documents[0].modified = None;
    all.insert(0, first);
    all
}

/// What a client must find of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    text: String,
    /// Label and text.
    pub spans: Vec<(String, String)>,
    /// Type, text of the span it starts from, and text of the span or name of the actor that it leads to.
    pub links: Vec<(String, String, String)>,
}

/// How a format tells an annotation of several fragments.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// As one span from the first to the last. Links to actors are told as well.
    Whole,
    /// As a span for each.
    Apart,
    /// As one span whose text is theirs with blanks between.
    Joined,
}

impl Told {
    fn texts(self, page: &Page, one: &Annotation) -> Vec<String> {
        let slice = |span| page.text.slice(span).unwrap().to_owned();
        let fragments = one.fragments.iter().map(slice);
        match self {
            Self::Whole => vec![slice(one.fragments.envelope())],
            Self::Apart => fragments.collect(),
            Self::Joined => vec![fragments.collect::<Vec<_>>().join(" ")],
        }
    }
}

impl Held {
    /// What a client told.
    pub fn from_json(told: &Json) -> Self {
        let list = |key: &str| told.get(key).and_then(Json::as_array).into_iter().flatten();
        let word = |list: &Json, at: usize| list[at].as_str().unwrap().to_owned();
        Self {
            text: told["text"].as_str().unwrap_or_default().to_owned(),
            spans: list("spans").map(|span| (word(span, 0), word(span, 1))).collect(),
            links: list("links").map(|link| (word(link, 0), word(link, 1), word(link, 2))).collect(),
        }
    }

    /// With other names for labels and types of links.
    pub fn rename(&mut self, name: impl Fn(&str) -> String) {
        self.spans.iter_mut().for_each(|(label, _)| *label = name(label));
        self.links.iter_mut().for_each(|(kind, _, _)| *kind = name(kind));
    }

    /// In one order, without what the client does not tell.
    pub fn sort(&mut self, with_text: bool, with_links: bool) {
        if !with_text {
            self.text.clear();
        }
        if !with_links {
            self.links.clear();
        }
        self.spans.sort();
        self.links.sort();
    }
}

/// What the projects hold, told in that way.
pub fn held(worlds: &[World], told: Told) -> Vec<Held> {
    let of = |world: &World, page: &Page| {
        let spans = page.body.annotations().flat_map(|one| {
            told.texts(page, one).into_iter().map(|text| (one.label.to_string(), text)).collect::<Vec<_>>()
        });
        let first = |id: AnnotationId| told.texts(page, page.body.annotation(id).unwrap()).swap_remove(0);
        let links = page.body.relations().filter_map(|link| {
            let to = match link.to {
                Target::Annotation(to) => first(to),
                Target::Actor(to) if told == Told::Whole => world.actors[&to].name.clone(),
                Target::Actor(_) => return None,
            };
            Some((link.kind.to_string(), first(link.from), to))
        });
        Held { text: page.text.to_string(), spans: spans.collect(), links: links.collect() }
    };
    worlds.iter().flat_map(|world| world.documents.iter().map(move |page| of(world, page))).collect()
}
