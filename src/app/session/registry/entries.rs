//! Entries of the registry one by one: made, changed, taken in from a file.

use std::collections::BTreeMap;

use super::Session;
use crate::{
    app::{
        outcome::{Outcome, Refusal, Stamp},
        registering::Particulars,
    },
    model::{Actor, ActorId, Change, Record, What},
};

impl Session {
    pub(super) fn add_actor(
        &mut self,
        particulars: Particulars,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let actor = self.described(ActorId::new((stamp.new_id)()), particulars)?;
        let said = format!("{}, a new actor", actor.name);
        Ok(self.commit(What::AddActor, vec![Change::add(actor.into())], None, stamp).saying(said))
    }

    pub(super) fn edit_actor(
        &mut self,
        id: ActorId,
        particulars: Particulars,
        referring: Vec<Record>,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let before = self.entry(id)?.clone();
        let after = self.described(id, particulars)?;
        let said = match before.name == after.name {
            true => format!("Changed {}", after.name),
            false => format!("{} is now {}", before.name, after.name),
        };
        let changes = self.replaced(vec![(before, after)], referring);
        Ok(self.commit(What::EditActor, changes, None, stamp).saying(said))
    }

    pub(super) fn take_in_actors(
        &mut self,
        actors: Vec<Actor>,
        referring: Vec<Record>,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        if actors.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        let mut names: BTreeMap<&str, ActorId> =
            self.state.actors().values().map(|actor| (actor.name.as_str(), actor.id)).collect();
        for actor in &actors {
            if let Some(before) = self.state.actors().get(&actor.id)
                && names.get(before.name.as_str()) == Some(&actor.id)
            {
                names.remove(before.name.as_str());
            }
        }
        for actor in &actors {
            if actor.name.trim().is_empty() {
                return Err(Refusal::NoName);
            }
            if Actor::outside_id(&actor.wikidata).is_none() {
                return Err(Refusal::NoOutsideId(actor.wikidata.clone()));
            }
            if names.insert(&actor.name, actor.id).is_some() {
                return Err(Refusal::NameTaken(actor.name.clone()));
            }
        }
        let (mut added, mut changed) = (Vec::new(), Vec::new());
        for mut actor in actors {
            actor.project = self.state.project().id;
            match self.state.actors().get(&actor.id) {
                Some(before) => changed.push((before.clone(), actor)),
                None => added.push(Change::add(actor.into())),
            }
        }
        let said = format!("{} added, {} changed", super::redirecting::actors(added.len()), changed.len());
        added.extend(self.replaced(changed, referring));
        Ok(self.commit(What::TakeInActors, added, None, stamp).saying(said))
    }

    /// The changes of entries, and of their mentions where their kind becomes another.
    fn replaced(&self, entries: Vec<(Actor, Actor)>, referring: Vec<Record>) -> Vec<Change> {
        let kinds: BTreeMap<_, _> = entries
            .iter()
            .filter(|(before, after)| before.kind != after.kind)
            .map(|(_, after)| (after.id, after.kind))
            .collect();
        let mut changes: Vec<Change> = entries
            .into_iter()
            .filter_map(|(before, after)| Change::replace(before.into(), after.into()))
            .collect();
        if kinds.is_empty() {
            return changes;
        }
        for record in self.referring(referring, |actor| kinds.contains_key(&actor)) {
            let Record::Annotation(before) = record else { continue };
            let mut after = before.clone();
            if let Some(kind) = before.actor.and_then(|actor| kinds.get(&actor)) {
                self.give_kind(&mut after, *kind);
            }
            changes.extend(Change::replace(Record::Annotation(before), Record::Annotation(after)));
        }
        changes
    }

    /// An entry of which this is said, written tidily.
    ///
    /// # Errors
    /// There is no name, or another entry bears it, or the outside id is none.
    pub(super) fn described(&self, id: ActorId, particulars: Particulars) -> Result<Actor, Refusal> {
        let name = tidy(&particulars.name);
        if name.is_empty() {
            return Err(Refusal::NoName);
        }
        if self.state.actors().values().any(|actor| actor.id != id && actor.name == name) {
            return Err(Refusal::NameTaken(name));
        }
        let wikidata = Actor::outside_id(&particulars.outside_id)
            .ok_or_else(|| Refusal::NoOutsideId(particulars.outside_id.trim().to_owned()))?;
        let mut aliases: Vec<String> = Vec::new();
        for alias in particulars.aliases.iter().map(|alias| tidy(alias)) {
            if !alias.is_empty() && alias != name && !aliases.contains(&alias) {
                aliases.push(alias);
            }
        }
        let note = particulars.note.trim().to_owned();
        let project = self.state.project().id;
        Ok(Actor { id, project, name, kind: particulars.kind, aliases, wikidata, note })
    }
}

/// A name without stray white space.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
