//! Reading documents for another session, and taking in what another has read; see [`crate::app::Admission`].

use super::{Activity, Session};
use crate::{
    app::{
        admission::{Admission, Batch, Gathered},
        outcome::{Outcome, Refusal, Stamp},
        quire::Binder,
        rows::{Keys, put_text},
        sheet::{self, Sheet},
    },
    format::{ImportedDocument, StoredDocument, row},
    model::{Change, DocumentId, Edit, Project, Record, Tail, Tally, What},
};

impl Session {
    /// Gives documents that were read their ids and places here, and makes them ready to be stored and to be admitted
    /// elsewhere. It is no edit: this session only learns that they are there.
    ///
    /// A document whose id is there already comes in beside the other under ids of its own; whoever reads files leaves
    /// out what is there just so. Registry entries are matched by id; labels the codebook does not know are added to
    /// it.
    pub fn gather(&mut self, documents: Vec<ImportedDocument>, stamp: &mut Stamp<'_>) -> Gathered {
        let keys = Keys(self.state.project().id);
        let list = (stamp.new_id)().to_string();
        let mut batch = Batch { list: list.clone(), ..Batch::default() };
        let completed = self.missing_entries(&documents);
        if let Some(Record::Project(project)) = completed.first().and_then(Change::after) {
            batch.project = Some(row::print_project(project));
        }
        self.learn(completed, stamp);
        let mut binder = Binder::new(keys, list);
        let mut lines = String::new();
        let (mut loose, mut writes) = (Vec::new(), Vec::new());
        let mut position = self.state.documents().values().map(|one| one.position).fold(0.0, f64::max);
        for mut imported in documents {
            if self.state.documents().contains_key(&imported.document.id) {
                imported.renew_ids(stamp.new_id);
            }
            position += 1.0;
            for mut actor in imported.actors {
                if !self.state.actors().contains_key(&actor.id) {
                    actor.project = keys.0;
                    batch.actors.push(row::print_actor(&actor));
                    self.learn(vec![Change::add(actor.into())], stamp);
                }
            }
            let mut document = imported.document;
            document.project = keys.0;
            document.position = position;
            let mut stored = StoredDocument {
                tally: Tally {
                    annotations: count(imported.annotations.len()),
                    relations: count(imported.relations.len()),
                },
                modified: Some(imported.modified.unwrap_or(stamp.now)),
                annotator: if imported.modified.is_some() {
                    imported.annotator
                } else {
                    self.annotator.clone()
                },
                leaf: String::new(),
                document,
            };
            // What had come in before under this id lies bound already, so this lies above it, in rows of its own.
            if self.activity(stored.document.id).leaf.is_empty() {
                let mut sheet = Sheet::default();
                imported.annotations.iter().for_each(|one| sheet.mark(one));
                imported.relations.iter().for_each(|one| sheet.link(one));
                stored.leaf = binder.bind(imported.text.as_str(), &sheet.print());
                lines.push_str(&row::print_document(&stored));
                lines.push('\n');
            } else {
                writes.push(put_text(keys, &stored.document.text_sha256, &imported.text));
                batch.documents.push(row::print_document(&stored));
                loose.push(Record::from(stored.document.clone()));
                loose.extend(imported.annotations.into_iter().map(Record::from));
                loose.extend(imported.relations.into_iter().map(Record::from));
            }
            self.state.admit(stored.document, stored.tally);
        }
        writes.extend(sheet::writes(keys, &loose));
        writes.extend(binder.finish());
        let loose: Vec<Change> = loose.into_iter().map(Change::add).collect();
        Gathered { batch, lines, changes: row::print_changes(&loose), writes }
    }

    /// Learns where documents are bound that another session has brought in.
    pub fn bind(&mut self, leaves: impl IntoIterator<Item = (DocumentId, String)>) {
        for (document, leaf) in leaves {
            self.activity.entry(document).or_default().leaf = leaf;
        }
    }

    /// Makes records what they are after changes that are not written down here.
    fn learn(&mut self, changes: Vec<Change>, stamp: &Stamp<'_>) {
        if !changes.is_empty() {
            let edit = Edit { what: What::Import, at: stamp.now, annotator: self.annotator.clone(), changes };
            self.replay(&edit);
        }
    }

    /// Takes a batch in. One that goes on with the batch before it is one undo with it, even where the person has gone
    /// on working between the two.
    pub(super) fn admit(
        &mut self,
        batch: Admission,
        goes_on: bool,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        if batch.ids().any(|id| self.state.documents().contains_key(&id)) {
            return Err(Refusal::DocumentThere);
        }
        let before = self.state.project().clone();
        let mut changes = Vec::new();
        if let Some(codebook) = batch.codebook {
            let mut after = before.clone();
            after.codebook.take_in(&codebook);
            changes.extend(completed(before, after));
        }
        let registry = self.state.actors();
        let actors = batch.actors.into_iter().filter(|actor| !registry.contains_key(&actor.id));
        changes.extend(actors.map(|actor| Change::add(actor.into())));
        let edit = Edit { what: What::Import, at: stamp.now, annotator: self.annotator.clone(), changes };
        let mut outcome = Outcome::default();
        self.apply(&edit, &mut outcome);
        for stored in batch.documents {
            let id = stored.document.id;
            outcome.added.push(id);
            let modified = stored.modified.unwrap_or(stamp.now);
            let StoredDocument { document, tally, annotator, leaf, .. } = stored;
            let activity = self.activity.entry(id).or_default();
            // What is not bound lies above what came in before under this id, which stays.
            let leaf = if leaf.is_empty() { std::mem::take(&mut activity.leaf) } else { leaf };
            *activity = Activity { modified, annotator, leaf };
            self.state.admit(document, tally);
        }
        outcome.changed.documents = true;
        let list = if batch.lines.is_empty() { String::new() } else { batch.list };
        let tail = Tail::new(outcome.added.clone(), list, batch.lines, batch.changes);
        self.history.admit(edit, tail, goes_on);
        Ok(outcome)
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn completed(before: Project, after: Project) -> Option<Change> {
    Change::replace(before.into(), after.into())
}
