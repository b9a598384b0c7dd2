//! Changes of the registry, each one edit over all documents. Who annotated a passage and when stays as it is: what is
//! changed is whom its entry stands for.

mod entries;
mod proposed;
mod redirecting;

use std::collections::BTreeSet;

use self::redirecting::Redirection;
use super::Session;
use crate::{
    app::{
        outcome::{Outcome, Refusal, Stamp},
        registering::{Particulars, Registering, Whom},
    },
    model::{Actor, ActorId, AnnotationId, Body, Change, Record, Target, What},
    text::order,
};

impl Session {
    pub(super) fn register(
        &mut self,
        change: Registering,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        match change {
            Registering::Add(particulars) => self.add_actor(particulars, stamp),
            Registering::Edit { actor, particulars, referring } => {
                self.edit_actor(actor, particulars, referring, stamp)
            }
            Registering::Merge { into, others, referring } => {
                self.merge_actors(into, others, referring, stamp)
            }
            Registering::Split { from, passages, to, referring } => {
                self.split_actor(from, passages, to, referring, stamp)
            }
            Registering::Delete { actors, heir, referring } => {
                self.delete_actors(actors, heir, referring, stamp)
            }
            Registering::Accept { document, places } => self.accept(document, &places, stamp),
            Registering::Refuse { document, places } => self.refuse(document, &places, stamp),
            Registering::TakeIn { actors, referring } => self.take_in_actors(actors, referring, stamp),
        }
    }

    fn merge_actors(
        &mut self,
        into: ActorId,
        others: Vec<ActorId>,
        referring: Vec<Record>,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let before = self.entry(into)?.clone();
        let others = order::set(others.into_iter().filter(|other| *other != into));
        if others.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        let gone = self.entries(&others)?;
        let after = taking_in(&before, &gone);
        let records = self.referring(referring, |actor| actor == into || others.contains(&actor));
        let redirection = self.redirect(records, Some(&after), |_, actor| others.contains(&actor));
        let said = format!("Merged into {}: {}", after.name, redirection.followed());
        let mut changes: Vec<Change> = Change::replace(before.into(), after.into()).into_iter().collect();
        changes.extend(redirection.changes);
        changes.extend(gone.into_iter().map(|actor| Change::remove(actor.into())));
        Ok(self.commit(What::MergeActors, changes, None, stamp).saying(said))
    }

    fn split_actor(
        &mut self,
        from: ActorId,
        passages: Vec<AnnotationId>,
        to: Whom,
        referring: Vec<Record>,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let before = self.entry(from)?.clone();
        // A passage that is linked to a mention goes with the mention.
        let mut passages = order::set(passages);
        let own = self.body().into_iter().flat_map(Body::relations);
        let given = referring.iter().filter_map(|record| match record {
            Record::Relation(link) => Some(&**link),
            _ => None,
        });
        let mentions = given.chain(own).filter(|link| passages.contains(&link.from));
        let mentions: Vec<AnnotationId> = mentions
            .filter_map(|link| match link.to {
                Target::Annotation(mention) => Some(mention),
                Target::Actor(_) => None,
            })
            .collect();
        passages.extend(mentions);
        let mut changes = Vec::new();
        let heir = match to {
            Whom::Known(id) => self.entry(id)?.clone(),
            Whom::New(name) => {
                let particulars = Particulars { name, kind: before.kind, ..Particulars::default() };
                let heir = self.described(ActorId::new((stamp.new_id)()), particulars)?;
                changes.push(Change::add(heir.clone().into()));
                // The name is now that of somebody else.
                let mut after = before.clone();
                after.aliases.retain(|alias| *alias != heir.name);
                changes.extend(Change::replace(before.into(), after.into()));
                heir
            }
        };
        let records = self.referring(referring, |actor| actor == from || actor == heir.id);
        let redirection = self.redirect(records, Some(&heir), |record, actor| {
            let passage = match record {
                Record::Annotation(one) => one.id,
                Record::Relation(one) => one.from,
                _ => return false,
            };
            actor == from && from != heir.id && passages.contains(&passage)
        });
        if redirection.changes.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        let said = format!("Split off to {}: {}", heir.name, redirection.followed());
        changes.extend(redirection.changes);
        Ok(self.commit(What::SplitActor, changes, None, stamp).saying(said))
    }

    fn delete_actors(
        &mut self,
        actors: Vec<ActorId>,
        heir: Option<ActorId>,
        referring: Vec<Record>,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let actors = order::set(actors.into_iter().filter(|actor| Some(*actor) != heir));
        if actors.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        let gone = self.entries(&actors)?;
        let heir = heir.map(|heir| self.entry(heir).cloned()).transpose()?;
        let records = self.referring(referring, |actor| {
            actors.contains(&actor) || heir.as_ref().is_some_and(|heir| heir.id == actor)
        });
        let redirection = self.redirect(records, heir.as_ref(), |_, actor| actors.contains(&actor));
        let what = match &gone[..] {
            [only] => only.name.clone(),
            several => format!("{} actors", several.len()),
        };
        let said = match &heir {
            Some(heir) => format!("Deleted {what}; {} to {}", redirection.followed(), heir.name),
            None => format!("Deleted {what}; {}", redirection.left_behind()),
        };
        let mut changes = redirection.changes;
        changes.extend(gone.into_iter().map(|actor| Change::remove(actor.into())));
        Ok(self.commit(What::DeleteActors, changes, None, stamp).saying(said))
    }

    /// The stored records that refer to an entry that is wanted, each once; those of the open document as memory has
    /// them.
    fn referring(&self, stored: Vec<Record>, wanted: impl Fn(ActorId) -> bool) -> Vec<Record> {
        let open = self.open.as_ref().map(|open| open.document);
        let documents = self.state.documents();
        let mut records: Vec<Record> = stored;
        records.retain(|record| match record {
            Record::Annotation(one) => Some(one.document) != open && documents.contains_key(&one.document),
            Record::Relation(one) => Some(one.document) != open && documents.contains_key(&one.document),
            _ => false,
        });
        if let Some(body) = self.body() {
            records.extend(body.annotations().map(|one| one.clone().into()));
            records.extend(body.relations().map(|one| one.clone().into()));
        }
        records.retain(|record| actor_of(record).is_some_and(&wanted));
        order::sort_by_key(&mut records, Record::id);
        records.dedup_by_key(|record| record.id());
        records
    }

    fn redirect(
        &self,
        records: Vec<Record>,
        heir: Option<&Actor>,
        moves: impl Fn(&Record, ActorId) -> bool,
    ) -> Redirection {
        let kind = |annotation: &mut _, kind| self.give_kind(annotation, kind);
        Redirection::of(records, heir, moves, kind)
    }

    fn entry(&self, actor: ActorId) -> Result<&Actor, Refusal> {
        self.state.actors().get(&actor).ok_or(Refusal::Gone)
    }

    fn entries(&self, actors: &BTreeSet<ActorId>) -> Result<Vec<Actor>, Refusal> {
        actors.iter().map(|actor| self.entry(*actor).cloned()).collect()
    }
}

/// The entry that a mention or a link speaks of.
fn actor_of(record: &Record) -> Option<ActorId> {
    match record {
        Record::Annotation(one) => one.actor,
        Record::Relation(one) => match one.to {
            Target::Actor(actor) => Some(actor),
            Target::Annotation(_) => None,
        },
        _ => None,
    }
}

/// What an entry becomes that takes others in: their names are further names of it, and what it does not say itself it
/// learns from them.
fn taking_in(entry: &Actor, others: &[Actor]) -> Actor {
    let mut entry = entry.clone();
    for other in others {
        for name in other.names().filter(|name| !name.is_empty()) {
            if entry.names().all(|own| own != name) {
                entry.aliases.push(name.to_owned());
            }
        }
        if entry.wikidata.is_empty() {
            entry.wikidata.clone_from(&other.wikidata);
        }
        if !other.note.is_empty() && !entry.note.contains(&other.note) {
            if !entry.note.is_empty() {
                entry.note.push('\n');
            }
            entry.note.push_str(&other.note);
        }
    }
    entry
}
