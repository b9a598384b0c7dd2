//! Annotations in words, for those who hear the surface and for cards.
//! All words but the quotations come from the codebook, so a description speaks the language of the project.

use std::collections::BTreeMap;

use crate::model::{Actor, ActorId, Annotation, Body, Codebook, Target};
use crate::text::{Text, add_item};

/// The most characters quoted of an annotation that has no name.
const QUOTED: usize = 40;

/// What an annotation is and what it is linked to, for example "Claim, made by Maren Holt" or "Actor, Maren Holt".
///
/// The label's name, the registry entry, then each kind of link from it in the order of the codebook. An actor is
/// called by its canonical name, anything else by its first words in quotation marks.
pub fn describe(
    annotation: &Annotation,
    body: &Body,
    text: &Text,
    actors: &BTreeMap<ActorId, Actor>,
    codebook: &Codebook,
) -> String {
    let label = codebook.label(&annotation.label);
    let mut words = label.map_or_else(|| annotation.label.to_string(), |label| label.name.clone());
    if let Some(actor) = annotation.actor.and_then(|id| actors.get(&id)) {
        words.push_str(", ");
        words.push_str(&actor.name);
    }
    for kind in &codebook.relations {
        let mut linked = String::new();
        for relation in body.from(annotation.id).filter(|relation| relation.kind == kind.key) {
            if let Some(name) = called(relation.to, body, text, actors) {
                add_item(&mut linked, ", ", &name);
            }
        }
        if !linked.is_empty() {
            words.push_str(", ");
            words.push_str(&kind.name);
            words.push(' ');
            words.push_str(&linked);
        }
    }
    words
}

/// What a link's end is called; `None` for one that is gone.
fn called(target: Target, body: &Body, text: &Text, actors: &BTreeMap<ActorId, Actor>) -> Option<String> {
    match target {
        Target::Actor(id) => actors.get(&id).map(|actor| actor.name.clone()),
        Target::Annotation(id) => {
            let annotation = body.annotation(id)?;
            let actor = annotation.actor.and_then(|id| actors.get(&id));
            Some(actor.map_or_else(|| quoted(annotation, text), |actor| actor.name.clone()))
        }
    }
}

/// The first words an annotation lies on, in quotation marks.
fn quoted(annotation: &Annotation, text: &Text) -> String {
    let mut whole = String::new();
    for part in annotation.fragments.iter().filter_map(|span| text.slice(span)) {
        if !whole.is_empty() {
            whole.push_str(" …");
        }
        part.split_whitespace().for_each(|word| add_item(&mut whole, " ", word));
    }
    match whole.char_indices().nth(QUOTED) {
        Some((cut, _)) => {
            let start = whole.get(..cut).unwrap_or_default();
            // Not in the middle of a word, where there are spaces between words.
            let words = start.rsplit_once(char::is_whitespace).map_or(start, |(words, _)| words);
            format!("“{} …”", words.trim_end())
        }
        None => format!("“{whole}”"),
    }
}
