//! Going back to an earlier state of a document: found by walking the log backwards from what is there now, brought
//! back as a new edit, so that nothing in between is lost.

use super::Session;
use crate::{
    app::outcome::{Outcome, Refusal, Stamp},
    format::for_another_text,
    model::{ActorId, Body, Change, DocumentId, Entry, Record, Target, What},
};

/// The hash of the text that a document had before these entries, newest first, were made; `None` where it is the same.
pub fn text_before(document: DocumentId, newest_first: &[Entry]) -> Option<String> {
    let mut changes = newest_first.iter().rev().flat_map(|entry| &entry.edit.changes);
    match changes.find(|change| change.retexted() == Some(document))?.before()? {
        Record::Document(before) => Some(before.text_sha256.clone()),
        _ => None,
    }
}

/// What a document's annotations and relations were before these entries, newest first, were made.
pub fn rewound(mut body: Body, document: DocumentId, newest_first: &[Entry]) -> Body {
    let changes = newest_first.iter().flat_map(|entry| entry.edit.changes.iter().rev());
    for change in changes.filter(|change| change.document() == Some(document)) {
        match (change.before(), change.after()) {
            (Some(Record::Annotation(one)), _) => drop(body.put_annotation((**one).clone())),
            (Some(Record::Relation(one)), _) => drop(body.put_relation((**one).clone())),
            (None, Some(Record::Annotation(one))) => drop(body.take_annotation(one.id)),
            (None, Some(Record::Relation(one))) => drop(body.take_relation(one.id)),
            _ => {}
        }
    }
    body
}

impl Session {
    /// Makes the annotations and relations of the open document what they were. Actors that are no longer in the
    /// registry stay away, and what leads to them.
    pub(super) fn restore(
        &mut self,
        document: DocumentId,
        past: &Body,
        text: Option<String>,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let (open, now) = self.loaded()?;
        if open.document != document {
            return Err(Refusal::NothingOpen);
        }
        let known = |actor: ActorId| self.state.actors().contains_key(&actor);
        let gone = now.relations().filter(|one| past.relation(one.id).is_none());
        let mut changes: Vec<Change> = gone.map(|one| Change::remove(one.clone().into())).collect();
        let gone = now.annotations().filter(|one| past.annotation(one.id).is_none());
        changes.extend(gone.map(|one| Change::remove(one.clone().into())));
        for one in past.annotations() {
            let mut one = one.clone();
            one.actor = one.actor.filter(|actor| known(*actor));
            let before = now.annotation(one.id).cloned().map(Record::from);
            changes.extend(Change::between(before, Some(one.into())));
        }
        let leads = |to| match to {
            Target::Annotation(_) => true,
            Target::Actor(actor) => known(actor),
        };
        for one in past.relations().filter(|one| leads(one.to)) {
            let before = now.relation(one.id).cloned().map(Record::from);
            changes.extend(Change::between(before, Some(one.clone().into())));
        }
        if let Some(hash) = text {
            let before = self.state.documents().get(&document).ok_or(Refusal::Gone)?.clone();
            let mut after = before.clone();
            if after.text_sha256 != hash {
                after.text_sha256 = hash;
                after.extra = for_another_text(&before.extra);
            }
            changes.extend(Change::replace(before.into(), after.into()));
        }
        if changes.is_empty() {
            return Ok(Outcome::default().saying("It is like that now"));
        }
        let count = changes.len();
        let outcome = self.commit(What::Restore, changes, None, stamp);
        Ok(outcome.saying(match count {
            1 => "Gone back: 1 change".to_owned(),
            count => format!("Gone back: {count} changes"),
        }))
    }
}
