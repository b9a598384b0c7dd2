//! Registry entries on the wire, the same in a dataset line, a backup and a row.

use std::borrow::Cow;

use serde::Serialize;

use super::field::{self, Fault};
use super::reading::readable;
use crate::model::{Actor, ActorId, ActorKind, ProjectId};

#[derive(Clone, Default, Debug, PartialEq, Serialize)]
pub(in crate::format) struct ActorRecord<'a> {
    pub(in crate::format) id: Cow<'a, str>,
    pub(in crate::format) name: Cow<'a, str>,
    pub(in crate::format) kind: Cow<'a, str>,
    pub(in crate::format) aliases: Vec<Cow<'a, str>>,
    pub(in crate::format) wikidata: Cow<'a, str>,
    pub(in crate::format) note: Cow<'a, str>,
}

readable!(ActorRecord needs [] {
    "id" => id: Loose,
    "name" => name: Loose,
    "kind" => kind: Loose,
    "aliases" => aliases: OrDefault,
    "wikidata" => wikidata: Loose,
    "note" => note: Loose,
});

impl<'a> From<&'a Actor> for ActorRecord<'a> {
    fn from(actor: &'a Actor) -> Self {
        Self {
            id: Cow::Owned(actor.id.to_string()),
            name: Cow::Borrowed(&actor.name),
            kind: Cow::Borrowed(actor.kind.name()),
            aliases: actor.aliases.iter().map(|alias| Cow::Borrowed(alias.as_str())).collect(),
            wikidata: Cow::Borrowed(&actor.wikidata),
            note: Cow::Borrowed(&actor.note),
        }
    }
}

impl ActorRecord<'_> {
    /// The registry entry of that project.
    pub(in crate::format) fn into_actor(self, project: ProjectId) -> Result<Actor, Fault> {
        Ok(Actor {
            id: field::id("id", &self.id, ActorId::parse)?,
            project,
            name: self.name.into_owned(),
            kind: field::name("kind", &self.kind, ActorKind::from_name)?,
            aliases: self.aliases.into_iter().map(Cow::into_owned).collect(),
            wikidata: self.wikidata.into_owned(),
            note: self.note.into_owned(),
        })
    }
}
