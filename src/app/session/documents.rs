//! Documents and the project itself: status, origin, import, removal, name.

use super::Session;
use crate::{
    app::outcome::{Outcome, Refusal, Stamp},
    format::{ImportedDocument, Needs},
    model::{Body, Change, DocumentId, Meta, Project, Record, Status, What},
    text::order,
};

impl Session {
    pub(super) fn set_status(
        &mut self,
        id: DocumentId,
        status: Status,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        self.change_document(What::SetStatus, id, stamp, |document| document.status = status)
    }

    pub(super) fn mark_done(&mut self, stamp: &Stamp<'_>) -> Result<Outcome, Refusal> {
        let (open, body) = self.loaded()?;
        let (id, found) = (open.document, body.annotation_count());
        let mut outcome = self.set_status(id, Status::Done, stamp)?;
        outcome.open = self.next_open(id);
        let said = if found == 0 { "Done, nothing found" } else { "Done" };
        Ok(match outcome.open {
            Some(_) => outcome.saying(format!("{said}; the next document is open")),
            None if self.is_narrowed() => {
                outcome.saying(format!("{said}; nothing of this list is left to do"))
            }
            None => outcome.saying(format!("{said}; no document is left to do")),
        })
    }

    pub(super) fn set_meta(
        &mut self,
        id: DocumentId,
        title: String,
        meta: Meta,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let title = title.trim().to_owned();
        if title.is_empty() {
            return Err(Refusal::NoName);
        }
        self.change_document(What::SetMeta, id, stamp, |document| {
            document.title = title;
            document.meta = meta;
        })
    }

    /// Takes a batch of documents in, after those that are there.
    ///
    /// A document whose id is there already comes in beside the other under ids of its own; whoever reads files leaves
    /// out what is there just so. Registry entries are matched by id; labels the codebook does not know are added to
    /// it.
    pub(in crate::app) fn import(
        &mut self,
        documents: Vec<ImportedDocument>,
        group: Option<u64>,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let mut changes = self.missing_entries(&documents);
        let mut texts = Vec::new();
        let mut added = Vec::new();
        let mut actors = order::set(self.state.actors().keys().copied());
        let mut known = order::set(self.state.documents().keys().copied());
        let last = self.state.documents().values().map(|document| document.position).fold(0.0, f64::max);
        let mut position = last;
        let mut activities = Vec::new();
        for mut imported in documents {
            if !known.insert(imported.document.id) {
                imported.renew_ids(stamp.new_id);
                known.insert(imported.document.id);
            }
            position += 1.0;
            let ImportedDocument { mut document, text, annotations, relations, actors: with, .. } = imported;
            document.project = self.state.project().id;
            document.position = position;
            if let Some(modified) = imported.modified {
                activities.push((document.id, modified, imported.annotator));
            }
            texts.push((document.text_sha256.clone(), text));
            for mut actor in with {
                if actors.insert(actor.id) {
                    actor.project = self.state.project().id;
                    changes.push(Change::add(actor.into()));
                }
            }
            added.push(document.id);
            changes.push(Change::add(document.into()));
            changes.extend(annotations.into_iter().map(|one| Change::add(Record::from(one))));
            changes.extend(relations.into_iter().map(|one| Change::add(Record::from(one))));
        }
        let mut outcome = self.commit(What::Import, changes, group, stamp);
        for (id, modified, annotator) in activities {
            let activity = self.activity.entry(id).or_default();
            (activity.modified, activity.annotator) = (modified, annotator);
        }
        outcome.texts = texts;
        outcome.added = added;
        let said = match outcome.added.len() {
            1 => "1 document came in".to_owned(),
            count => format!("{count} documents came in"),
        };
        Ok(outcome.saying(said))
    }

    pub(super) fn remove_documents(
        &mut self,
        documents: Vec<(DocumentId, Body)>,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let mut changes = Vec::new();
        for (id, body) in &documents {
            let document = self.state.documents().get(id).ok_or(Refusal::Gone)?.clone();
            let tally = self.state.tally(*id);
            let known = [tally.annotations, tally.relations].map(|count| usize::try_from(count).ok());
            if known != [body.annotation_count(), body.relation_count()].map(Some) {
                return Err(Refusal::ChangedElsewhere);
            }
            changes.extend(body.relations().map(|one| Change::remove(Record::from(one.clone()))));
            changes.extend(body.annotations().map(|one| Change::remove(Record::from(one.clone()))));
            changes.push(Change::remove(document.into()));
        }
        let outcome = self.commit(What::RemoveDocuments, changes, None, stamp);
        let said = match documents.len() {
            1 => "1 document removed".to_owned(),
            count => format!("{count} documents removed"),
        };
        Ok(outcome.saying(said))
    }

    pub(super) fn rename_project(&mut self, name: String, stamp: &Stamp<'_>) -> Result<Outcome, Refusal> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(Refusal::NoName);
        }
        Ok(self.change_project(stamp, |project| project.name = name))
    }

    pub(super) fn discard_project(&mut self, discarded: bool, stamp: &Stamp<'_>) -> Result<Outcome, Refusal> {
        Ok(self.change_project(stamp, |project| project.discarded = discarded))
    }

    fn change_project(&mut self, stamp: &Stamp<'_>, change: impl FnOnce(&mut Project)) -> Outcome {
        let before = self.state.project().clone();
        let mut after = before.clone();
        change(&mut after);
        let changes = Change::replace(before.into(), after.into()).into_iter().collect();
        self.commit(What::EditProject, changes, None, stamp)
    }

    fn change_document(
        &mut self,
        what: What,
        id: DocumentId,
        stamp: &Stamp<'_>,
        change: impl FnOnce(&mut crate::model::Document),
    ) -> Result<Outcome, Refusal> {
        let before = self.state.documents().get(&id).ok_or(Refusal::Gone)?.clone();
        let mut after = before.clone();
        change(&mut after);
        let changes = Change::replace(before.into(), after.into()).into_iter().collect();
        Ok(self.commit(what, changes, None, stamp))
    }

    /// The codebook completed by the labels, relation types, attributes and choices that the documents use.
    pub(super) fn missing_entries(&self, documents: &[ImportedDocument]) -> Vec<Change> {
        let mut needs = Needs::default();
        for document in documents {
            needs.add(document);
        }
        let before = self.state.project().clone();
        let complete = needs.complete(&before.codebook).and_then(|mut codebook| {
            for at in before.codebook.labels.len()..codebook.labels.len() {
                let Some(label) = codebook.labels.get(at).filter(|label| label.letter.is_none()) else {
                    continue;
                };
                let letter = codebook.free_letters(&label.name, |letters| self.keymap.is_free(letters));
                if let Some(label) = codebook.labels.get_mut(at) {
                    label.letter = letter;
                }
            }
            let after = Project { codebook, ..before.clone() };
            Change::replace(before.into(), after.into())
        });
        complete.into_iter().collect()
    }
}
