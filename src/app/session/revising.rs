//! Changing the codebook while coding goes on: one revision is one edit, with all that it touches in all documents.

use std::collections::BTreeMap;

use super::Session;
use crate::{
    app::{
        keymap::Keymap,
        outcome::{Outcome, Refusal, Stamp},
    },
    model::{
        Annotation, Body, Change, Codebook, DocumentId, Effect, Letters, Project, Record, Relation, Revision,
        RevisionFault, Timestamp, What,
    },
    text::{Offset, Span},
};

/// A change of the codebook with what it may touch.
#[derive(Clone, Debug)]
pub struct Revise {
    /// The change.
    pub revision: Revision,
    /// The stored records that [`Revision::reach`] names. More do no harm; what lies on the open document is taken from
    /// memory instead.
    pub concerned: Vec<Record>,
}

/// What lies on a document, in part.
type Parts = (Vec<Annotation>, Vec<Relation>);

impl Session {
    pub(super) fn revise(&mut self, revise: Revise, stamp: &Stamp<'_>) -> Result<Outcome, Refusal> {
        let (codebook, effect) = self.foresee(&revise, stamp.now)?;
        if 0 < effect.forbidding {
            return Err(Box::new(RevisionFault::InUse { count: effect.forbidding }).into());
        }
        let before = self.state.project().clone();
        let mut after = Project { codebook, ..before.clone() };
        if let Revision::Guidelines(guidelines) | Revision::TakeIn { guidelines: Some(guidelines), .. } =
            revise.revision
        {
            after.guidelines = guidelines;
        }
        let said = said(&effect);
        let mut changes = effect.changes;
        changes.extend(Change::replace(before.into(), after.into()));
        if changes.is_empty() {
            return Ok(Outcome::default().saying("It is like that already"));
        }
        let mut outcome = self.commit(What::Revise, changes, None, stamp);
        // Marks may have got other colours, lines and names, wherever they lie.
        let open = self.open.as_ref();
        outcome.repaint.extend(open.and_then(|open| Span::new(Offset::ZERO, open.text.len())));
        Ok(outcome.saying(said))
    }

    /// What a change of the codebook would do, without doing it. What forbids it is counted.
    ///
    /// # Errors
    /// Where it would be refused for another reason.
    pub fn foresee(&self, revise: &Revise, at: Timestamp) -> Result<(Codebook, Effect), Refusal> {
        let codebook = &self.state.project().codebook;
        let revision = with_free_letters(revise.revision.clone(), codebook, &self.keymap)?;
        let plan = revision.plan(codebook).map_err(Box::new)?;
        let open = self.open.as_ref().map(|open| open.document);
        // In boxes: maps whose values have one size share their code in the bundle.
        let mut parts: BTreeMap<DocumentId, Box<Parts>> = BTreeMap::new();
        for record in &revise.concerned {
            match record {
                Record::Annotation(one) => parts.entry(one.document).or_default().0.push((**one).clone()),
                Record::Relation(one) => parts.entry(one.document).or_default().1.push((**one).clone()),
                Record::Project(_) | Record::Document(_) | Record::Actor(_) => {}
            }
        }
        parts.retain(|document, _| Some(*document) != open && self.state.documents().contains_key(document));
        let mut effect = Effect::default();
        if let Some(body) = self.body().filter(|_| !revision.reach(codebook).is_empty()) {
            effect = plan.effect(body, at);
        }
        for (annotations, relations) in parts.into_values().map(|part| *part) {
            effect = effect.and(plan.effect(&Body::new(annotations, relations), at));
        }
        Ok((plan.codebook().clone(), effect))
    }
}

/// The revision, refused where it gives an entry a letter that does something else; of a codebook that comes in such
/// letters are left out.
fn with_free_letters(
    mut revision: Revision,
    before: &Codebook,
    keymap: &Keymap,
) -> Result<Revision, Refusal> {
    let is_kept = |letters: Letters| before.letters().any(|one| one == letters);
    let check = |letters: Option<Letters>| match letters {
        Some(letters) if !keymap.is_free(letters) && !is_kept(letters) => {
            let begins = keymap.is_free(letters.first.into());
            Err(Refusal::LetterTaken(letters.second.filter(|_| begins).unwrap_or(letters.first)))
        }
        _ => Ok(()),
    };
    match &mut revision {
        Revision::Label(label) | Revision::SplitLabel { new: label, .. } => check(label.letter)?,
        Revision::Relation(relation) => check(relation.letter)?,
        Revision::TakeIn { other, .. } => {
            let free = |letters: &Letters| keymap.is_free(*letters);
            for label in &mut other.labels {
                label.letter = label.letter.filter(free);
            }
            for relation in &mut other.relations {
                relation.letter = relation.letter.filter(free);
            }
        }
        _ => {}
    }
    Ok(revision)
}

fn said(effect: &Effect) -> String {
    let parts: Vec<String> = [
        (effect.changed, "annotation changed", "annotations changed"),
        (effect.deleted, "annotation deleted", "annotations deleted"),
        (effect.relinked, "link changed", "links changed"),
        (effect.unlinked, "link removed", "links removed"),
        (effect.cleared, "value cleared", "values cleared"),
    ]
    .into_iter()
    .filter(|(count, ..)| 0 < *count)
    .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
    .collect();
    if parts.is_empty() {
        "Codebook changed".to_owned()
    } else {
        format!("Codebook changed: {}", parts.join(", "))
    }
}
