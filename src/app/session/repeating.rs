//! Tagging all the same: the other places of the open text where an annotation's words stand, for the person to review,
//! and those that are ticked labelled like it as one edit. Nothing is labelled unasked.

use super::Session;
use crate::{
    app::outcome::{Outcome, Refusal, Stamp},
    model::{Annotation, AnnotationId, Body, Change, DocumentId, Extra, Fragments, Key, Origin, What},
    suggest::Pronoun,
    text::{Form, Span, alike, order},
};

/// Another place where an annotation's words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// Where.
    pub span: Span,
    /// How the words are written there.
    pub form: Form,
    /// Whether an annotation of the same label lies on it already.
    pub taken: bool,
    /// Whether the words most likely mean the same there: a pronoun, or other capitals, may not.
    pub sure: bool,
}

impl Session {
    /// The places of the open text, besides its own, where the words of an annotation stand. Linear in the text.
    ///
    /// # Errors
    /// The annotation is gone, or has several parts.
    pub fn repeats(&self, like: AnnotationId) -> Result<Vec<Repeat>, Refusal> {
        let (open, body) = self.loaded()?;
        let annotation = body.annotation(like).ok_or(Refusal::Gone)?;
        if annotation.fragments.count() > 1 {
            return Err(Refusal::SeveralParts);
        }
        let own = annotation.fragments.envelope();
        let words = open.text.slice(own).unwrap_or_default();
        let pronoun = Pronoun::parse(words).is_some();
        let sure = |form| !pronoun && matches!(form, Form::Same | Form::Possessive);
        let places = alike(&open.text, words);
        let others = places.into_iter().filter(|(span, _)| !span.overlaps(own));
        Ok(others
            .map(|(span, form)| {
                let taken = is_taken(body, &annotation.label, span);
                Repeat { span, form, taken, sure: sure(form) }
            })
            .collect())
    }

    /// Labels places like an annotation, with its actor unless its words are a pronoun. A place that carries the label already is passed over.
    pub(super) fn repeat(
        &mut self,
        like: AnnotationId,
        places: &[(DocumentId, Span)],
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let (open, body) = self.loaded()?;
        let model = body.annotation(like).ok_or(Refusal::Gone)?;
        // What lies on other documents is not in memory: whoever names places there has looked.
        let fits = |place: &&(DocumentId, Span)| {
            let (document, span) = **place;
            if document == open.document {
                open.text.slice(span).is_some() && !is_taken(body, &model.label, span)
            } else {
                self.state.documents().contains_key(&document)
            }
        };
        let words = open.text.slice(model.fragments.envelope()).unwrap_or_default();
        // "She" is somebody else in another place.
        let actor = model.actor.filter(|_| Pronoun::parse(words).is_none());
        let places = order::set(places.iter().copied());
        let copies = places.iter().filter(fits).map(|(document, span)| {
            let copy = Annotation {
                id: AnnotationId::new((stamp.new_id)()),
                document: *document,
                fragments: Fragments::one(*span),
                actor,
                note: String::new(),
                origin: Origin::Manual,
                annotator: self.annotator.clone(),
                modified: stamp.now,
                codebook_version: self.state.project().codebook.version,
                extra: Extra::default(),
                ..model.clone()
            };
            Change::add(copy.into())
        });
        let changes: Vec<Change> = copies.collect();
        let count = changes.len();
        let outcome = self.commit(What::Repeat, changes, None, stamp);
        Ok(outcome.saying(match count {
            0 => "Nothing was left to label".to_owned(),
            1 => "One more passage labelled".to_owned(),
            _ => format!("{count} more passages labelled"),
        }))
    }
}

/// Whether an annotation of this label lies on the place.
fn is_taken(body: &Body, label: &Key, place: Span) -> bool {
    let near = body.overlapping(place).into_iter().filter_map(|(_, id)| body.annotation(id));
    near.into_iter().any(|annotation| annotation.label == *label && annotation.fragments.overlap(place))
}
