//! Changing the codebook while coding goes on: one revision is one edit, with all that it touches in all documents.

use super::Session;
use crate::{
    app::{
        keymap,
        outcome::{Outcome, Refusal, Stamp},
    },
    model::{Body, Change, Codebook, DocumentId, Effect, Project, Revision, RevisionFault, Timestamp, What},
    text::{Offset, Span},
};

/// A change of the codebook with what lies on the documents that it may touch.
#[derive(Clone, Debug)]
pub struct Revise {
    /// The change.
    pub revision: Revision,
    /// The documents that hold what [`Revision::reach`] names, whole. More do no harm.
    pub bodies: Vec<(DocumentId, Body)>,
}

impl Session {
    pub(super) fn revise(&mut self, revise: Revise, stamp: &Stamp<'_>) -> Result<Outcome, Refusal> {
        let Revise { revision, bodies } = revise;
        let revision = with_free_letters(revision, &self.state.project().codebook)?;
        for (id, body) in &bodies {
            self.check_whole(*id, body)?;
        }
        let before = self.state.project().clone();
        let plan = revision.plan(&before.codebook).map_err(Box::new)?;
        let mut effect = Effect::default();
        for (_, body) in &bodies {
            effect = effect.and(plan.effect(body, stamp.now));
        }
        if 0 < effect.forbidding {
            return Err(Box::new(RevisionFault::InUse { count: effect.forbidding }).into());
        }
        let mut after = Project { codebook: plan.codebook().clone(), ..before.clone() };
        if let Revision::Guidelines(guidelines) = &revision {
            after.guidelines.clone_from(guidelines);
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

    /// What a revision would do to the project, without doing it.
    ///
    /// # Errors
    /// Where it would be refused for another reason than that something is in use.
    pub fn foresee<'b>(
        &self,
        revision: &Revision,
        bodies: impl IntoIterator<Item = &'b Body>,
    ) -> Result<(Codebook, Effect), Refusal> {
        let codebook = &self.state.project().codebook;
        let revision = with_free_letters(revision.clone(), codebook)?;
        let plan = revision.plan(codebook).map_err(Box::new)?;
        let effects = bodies.into_iter().map(|body| plan.effect(body, Timestamp::default()));
        let effect = effects.fold(Effect::default(), Effect::and);
        Ok((plan.codebook().clone(), effect))
    }
}

/// The revision, refused where it gives an entry a letter that does something else; of a codebook that comes in such
/// letters are left out.
fn with_free_letters(mut revision: Revision, before: &Codebook) -> Result<Revision, Refusal> {
    let is_kept = |letter: char| {
        let labels = before.labels.iter().filter_map(|label| label.letter);
        labels.chain(before.relations.iter().filter_map(|one| one.letter)).any(|one| one == letter)
    };
    let check = |letter: Option<char>| match letter {
        Some(letter) if !keymap::is_free(letter) && !is_kept(letter) => Err(Refusal::LetterTaken(letter)),
        _ => Ok(()),
    };
    match &mut revision {
        Revision::Label(label) | Revision::SplitLabel { new: label, .. } => check(label.letter)?,
        Revision::Relation(relation) => check(relation.letter)?,
        Revision::TakeIn { other, .. } => {
            let free = |letter: &char| keymap::is_free(*letter);
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
