//! The address after `#`: which project and document are open, or which screen lies over them.
//! Printing and parsing are each other's inverse.

use std::fmt;

use crate::model::{DocumentId, ProjectId};

/// What the address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The project.
    pub project: ProjectId,
    /// The document, if one is open and no screen lies over it.
    pub document: Option<DocumentId>,
    /// The screen that is shown in the place of the text.
    pub screen: Option<Screen>,
}

/// A view of the whole project, shown in the place of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The registry.
    Actors,
    /// Labels, relation types, attributes and guidelines.
    Codebook,
    /// Finding in all documents.
    Search,
    /// How far the work is, and what is open.
    Progress,
}

impl Screen {
    /// All screens in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Actors, Self::Codebook, Self::Search, Self::Progress];

    /// The name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Actors => "actors",
            Self::Codebook => "codebook",
            Self::Search => "search",
            Self::Progress => "progress",
        }
    }
}

impl Route {
    /// Reads the address after `#`; `None` where it names no project.
    pub fn parse(hash: &str) -> Option<Self> {
        let rest = hash.strip_prefix("/project/")?;
        let mut parts = rest.split('/');
        let project = ProjectId::parse(parts.next()?)?;
        let (word, id) = (parts.next().unwrap_or_default(), parts.next());
        Some(Self {
            project,
            document: id.filter(|_| word == "document").and_then(DocumentId::parse),
            screen: Screen::ALL.into_iter().find(|screen| screen.name() == word),
        })
    }
}

impl fmt::Display for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "/project/{}", self.project)?;
        match (self.screen, self.document) {
            (Some(screen), _) => write!(formatter, "/{}", screen.name()),
            (None, Some(document)) => write!(formatter, "/document/{document}"),
            (None, None) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_was_made_from() {
        let project = ProjectId::new(uuid::Uuid::from_u128(7));
        for document in [None, Some(DocumentId::new(uuid::Uuid::from_u128(9)))] {
            let route = Route { project, document, screen: None };
            assert_eq!(Route::parse(&route.to_string()), Some(route));
        }
        for screen in Screen::ALL {
            let route = Route { project, document: None, screen: Some(screen) };
            assert_eq!(Route::parse(&route.to_string()), Some(route));
        }
        assert_eq!(Route::parse(""), None);
        assert_eq!(Route::parse("/project/nonsense"), None);
    }
}
