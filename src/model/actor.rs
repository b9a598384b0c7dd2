//! The registry's entries: who speaks, is spoken of and is criticised, whatever the text calls them.

use super::{ActorId, ProjectId};

/// An entry of a project's registry, to which actor spans and links point.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Names this entry.
    pub id: ActorId,
    /// The project whose registry holds it.
    pub project: ProjectId,
    /// The canonical name.
    pub name: String,
    /// What the entry stands for.
    pub kind: ActorKind,
    /// Other names under which texts speak of it.
    pub aliases: Vec<String>,
    /// A Wikidata item such as `Q22686`, or empty.
    pub wikidata: String,
    /// A remark for people.
    pub note: String,
}

impl Actor {
    /// Every name it is known by, the canonical one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// What an actor is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActorKind {
    /// A single person.
    #[default]
    Person,
    /// A party, ministry, company, newspaper.
    Organization,
    /// A state or its government taken as one voice.
    Country,
    /// People without an organization: voters, critics, residents.
    Group,
    /// Anything else.
    Other,
}

impl ActorKind {
    /// All kinds in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Person, Self::Organization, Self::Country, Self::Group, Self::Other];

    /// The name in records and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Country => "country",
            Self::Group => "group",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
