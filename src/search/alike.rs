//! The other places of some words in all documents, however they are written there, for the person to review.

use serde::{Deserialize, Serialize};

use super::{find::hit_at, index::Index};
use crate::{
    model::{Body, DocumentId, Key},
    text::{Form, Needle, Span, alike},
};

/// The most places that are told of.
const MOST: usize = 20_000;

/// A place where the words stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// The document.
    pub document: DocumentId,
    /// Where it begins, in bytes.
    pub start: u32,
    /// Where it ends, in bytes.
    pub end: u32,
    /// How the words are written there: a place in [`Form::ALL`].
    pub form: usize,
    /// Whether an annotation of the label lies on it already.
    pub taken: bool,
    /// What stands before it in its paragraph.
    pub before: String,
    /// The words as they are written.
    pub words: String,
    /// What stands after it.
    pub after: String,
}

impl Index {
    /// Every place of the words in all documents, with whether a label lies on it, in the order of work and of the text.
    /// Linear in the documents that hold them; the others are passed over at the speed of memory.
    pub fn alike(&self, words: &str, label: &Key) -> Vec<Alike> {
        let mut found = Vec::new();
        let Some(needle) = Needle::new(words, false) else { return found };
        for (document, shelved, body) in self.volumes() {
            if shelved.keyed.count(&needle) == 0 {
                continue;
            }
            for (span, form) in alike(&shelved.text, words) {
                if found.len() == MOST {
                    return found;
                }
                let hit = hit_at(document.id, span, &shelved.text);
                found.push(Alike {
                    document: document.id,
                    start: span.start().byte(),
                    end: span.end().byte(),
                    form: Form::ALL.iter().position(|known| *known == form).unwrap_or_default(),
                    taken: is_taken(body, label, span),
                    before: hit.before,
                    words: hit.words,
                    after: hit.after,
                });
            }
        }
        found
    }
}

/// Whether an annotation of this label lies on the place.
fn is_taken(body: &Body, label: &Key, place: Span) -> bool {
    let near = body.overlapping(place).into_iter().filter_map(|(_, id)| body.annotation(id));
    near.into_iter().any(|annotation| annotation.label == *label)
}
