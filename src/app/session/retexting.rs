//! Another text for the open document: its annotations are moved to where their words stand now, and those whose words
//! are not there any more go with the old text. One edit, which undo takes back with the old text.

use super::Session;
use crate::{
    app::outcome::{Outcome, Refusal, Stamp},
    format::{for_another_text, refused, with_refused},
    model::{Annotation, AnnotationId, Body, Change, DocumentId, Fragments, Record, Target, What},
    text::{Reanchor, Text, order},
};

/// What becomes of annotations when a text is replaced.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Retexted {
    /// How many lie where they lay, or as far as the text before them grew.
    pub kept: usize,
    /// Those whose words are a little different now, as they are to be.
    pub changed: Vec<Annotation>,
    /// Those whose words are not there any more.
    pub lost: Vec<Annotation>,
    /// Those that are to lie elsewhere, besides those whose words changed.
    moved: Vec<Annotation>,
}

/// Where the annotations of a text lie in another. Linear in the texts; an annotation within what differs costs a search.
pub fn retexted(old: &Text, new: &Text, body: &Body) -> Retexted {
    let mut reanchor = Reanchor::new(old, new);
    let mut all = Retexted::default();
    for one in body.annotations() {
        let places: Option<Vec<_>> = one.fragments.iter().map(|span| reanchor.place(span)).collect();
        let is_exact = places.iter().flatten().all(|place| place.exact);
        let fragments = places.and_then(|places| Fragments::new(places.into_iter().map(|place| place.span)));
        match fragments {
            // Fragments that have run into each other are others than they were.
            Some(fragments) if fragments.count() == one.fragments.count() => {
                let there = Annotation { fragments, ..one.clone() };
                if !is_exact {
                    all.changed.push(there);
                    continue;
                }
                all.kept += 1;
                if there != *one {
                    all.moved.push(there);
                }
            }
            _ => all.lost.push(one.clone()),
        }
    }
    all
}

impl Session {
    pub(super) fn replace_text(
        &mut self,
        id: DocumentId,
        text: Text,
        sha256: String,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let (open, body) = self.loaded()?;
        if open.document != id {
            return Err(Refusal::NothingOpen);
        }
        let before = self.state.documents().get(&id).ok_or(Refusal::Gone)?.clone();
        let mut after = before.clone();
        after.text_sha256.clone_from(&sha256);
        let mut reanchor = Reanchor::new(&open.text, &text);
        let places = refused(&before.extra).into_iter().filter_map(|span| Some(reanchor.place(span)?.span));
        after.extra = with_refused(&for_another_text(&before.extra), &places.collect::<Vec<_>>());

        let all = retexted(&open.text, &text, body);
        let gone = order::set(all.lost.iter().map(|one| one.id));
        let leads = |id: AnnotationId| gone.contains(&id);
        let cut = body
            .relations()
            .filter(|link| leads(link.from) || matches!(link.to, Target::Annotation(to) if leads(to)));
        let mut changes: Vec<Change> = cut.map(|link| Change::remove(link.clone().into())).collect();
        changes.extend(all.lost.iter().map(|one| Change::remove(one.clone().into())));
        for there in all.moved.into_iter().chain(all.changed) {
            let here = body.annotation(there.id).cloned().map(Record::from);
            changes.extend(Change::between(here, Some(there.into())));
        }
        changes.extend(Change::replace(before.into(), after.into()));
        let mut outcome = self.commit(What::ReplaceText, changes, None, stamp);
        outcome.texts.push((sha256, text));
        Ok(outcome.saying(match all.lost.len() {
            0 => "The text was replaced; every annotation has its place".to_owned(),
            1 => "The text was replaced; 1 annotation went with the old one".to_owned(),
            lost => format!("The text was replaced; {lost} annotations went with the old one"),
        }))
    }
}
