//! What a table would do to the registry, before it is done: an entry is found by its id, else by its name, else it is
//! new.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Entry, LineFault, RegistryFault};
use crate::model::{Actor, ActorId, ProjectId};

/// What a table would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The entries it adds, in the order of its lines.
    pub added: Vec<Actor>,
    /// The entries it changes, as they are and as they become.
    pub changed: Vec<(Actor, Actor)>,
    /// How many entries it leaves as they are.
    pub same: usize,
}

impl Plan {
    /// Whether it would do nothing.
    pub const fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty()
    }

    /// The entries as they become.
    pub fn actors(&self) -> Vec<Actor> {
        self.added.iter().chain(self.changed.iter().map(|(_, after)| after)).cloned().collect()
    }
}

/// What the rows would do to a registry. `new_id` is asked for the id of each new entry that brings none.
///
/// # Errors
/// All lines that say the same of an entry twice, or would give two entries one name.
pub fn plan(
    entries: Vec<Entry>,
    registry: &BTreeMap<ActorId, Actor>,
    project: ProjectId,
    new_id: &mut dyn FnMut() -> Uuid,
) -> Result<Plan, Vec<RegistryFault>> {
    let by_name: BTreeMap<&str, ActorId> =
        registry.values().map(|actor| (actor.name.as_str(), actor.id)).collect();
    let mut lines: BTreeMap<ActorId, u64> = BTreeMap::new();
    let mut named: BTreeMap<String, (u64, ActorId)> = BTreeMap::new();
    let (mut plan, mut faults) = (Plan::default(), Vec::new());
    for entry in entries {
        let line = entry.line;
        let mut fault = |fault| faults.push(RegistryFault::Line { line, fault });
        let known = entry.id.filter(|id| registry.contains_key(id));
        let known = known.or_else(|| by_name.get(entry.name.as_str()).copied());
        let id = known.or(entry.id).unwrap_or_else(|| ActorId::new(new_id()));
        if let Some(first) = lines.insert(id, line) {
            fault(LineFault::EntryTwice { first });
            continue;
        }
        if let Some((first, _)) = named.insert(entry.name.clone(), (line, id)) {
            fault(LineFault::NameTwice { name: entry.name, first });
            continue;
        }
        match registry.get(&id) {
            Some(before) => {
                let after = becomes(before.clone(), entry);
                if after == *before {
                    plan.same += 1;
                } else {
                    plan.changed.push((before.clone(), after));
                }
            }
            None => {
                let blank = Actor {
                    id,
                    project,
                    name: String::new(),
                    kind: crate::model::ActorKind::default(),
                    aliases: Vec::new(),
                    wikidata: String::new(),
                    note: String::new(),
                };
                plan.added.push(becomes(blank, entry));
            }
        }
    }
    // A name may be taken from an entry that gets another one by the same table.
    for (name, (line, id)) in named {
        let bearer =
            by_name.get(name.as_str()).filter(|bearer| **bearer != id && !lines.contains_key(bearer));
        if bearer.is_some() {
            faults.push(RegistryFault::Line { line, fault: LineFault::NameTaken(name) });
        }
    }
    if faults.is_empty() { Ok(plan) } else { Err(faults) }
}

/// What becomes of an entry by what a row says.
fn becomes(actor: Actor, entry: Entry) -> Actor {
    Actor {
        name: entry.name,
        kind: entry.kind.unwrap_or(actor.kind),
        aliases: entry.aliases.unwrap_or(actor.aliases),
        wikidata: entry.wikidata.unwrap_or(actor.wikidata),
        note: entry.note.unwrap_or(actor.note),
        ..actor
    }
}
