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
    /// A Wikidata item such as `Q22686` or an address, see [`Actor::outside_id`]; or empty.
    pub wikidata: String,
    /// A remark for people.
    pub note: String,
}

impl Actor {
    /// Every name it is known by, the canonical one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// Reads what names an actor outside: a Wikidata item by its number or its address, which becomes the number, or
    /// any other `http` or `https` address. Nothing written is nothing named; `None` for what is none of these.
    ///
    /// ```
    /// use rubricator::model::Actor;
    /// assert_eq!(Actor::outside_id(" q22686 ").as_deref(), Some("Q22686"));
    /// assert_eq!(Actor::outside_id("https://www.wikidata.org/wiki/Q22686").as_deref(), Some("Q22686"));
    /// assert_eq!(Actor::outside_id("https://d-nb.info/gnd/1").as_deref(), Some("https://d-nb.info/gnd/1"));
    /// assert_eq!(Actor::outside_id("Q0"), None);
    /// ```
    pub fn outside_id(written: &str) -> Option<String> {
        let written = written.trim();
        if written.is_empty() {
            return Some(String::new());
        }
        if let Some(item) = item(written) {
            return Some(item);
        }
        let address = ["https://", "http://"].into_iter().find_map(|scheme| {
            let begins = written.get(..scheme.len())?.eq_ignore_ascii_case(scheme);
            begins.then(|| written.get(scheme.len()..)).flatten()
        })?;
        let host = address.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some(path) = address.get(host.len()..)
            && host.trim_start_matches("www.").eq_ignore_ascii_case("wikidata.org")
            && let Some(item) = path.rsplit('/').next().and_then(item)
        {
            return Some(item);
        }
        let is_host = host.chars().any(char::is_alphanumeric);
        let is_whole = !address.chars().any(|letter| letter.is_whitespace() || letter.is_control());
        (is_host && is_whole).then(|| written.to_owned())
    }
}

/// The number of a Wikidata item: Q and digits, of which the first is not 0.
fn item(written: &str) -> Option<String> {
    let digits = written.strip_prefix(['Q', 'q'])?;
    let is_number =
        !digits.starts_with('0') && !digits.is_empty() && digits.bytes().all(|one| one.is_ascii_digit());
    is_number.then(|| format!("Q{digits}"))
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
