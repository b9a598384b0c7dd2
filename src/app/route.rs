//! The address after `#`: which project and document are open.
//! Printing and parsing are each other's inverse.

use std::fmt;

use crate::model::{DocumentId, ProjectId};

/// What the address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The project.
    pub project: ProjectId,
    /// The document, if one is open.
    pub document: Option<DocumentId>,
}

impl Route {
    /// Reads the address after `#`; `None` where it names no project.
    pub fn parse(hash: &str) -> Option<Self> {
        let mut parts = hash.strip_prefix("/project/")?.split("/document/");
        let project = ProjectId::parse(parts.next()?)?;
        let document = parts.next().and_then(DocumentId::parse);
        Some(Self { project, document })
    }
}

impl fmt::Display for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "/project/{}", self.project)?;
        match self.document {
            Some(document) => write!(formatter, "/document/{document}"),
            None => Ok(()),
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
            let route = Route { project, document };
            assert_eq!(Route::parse(&route.to_string()), Some(route));
        }
        assert_eq!(Route::parse(""), None);
        assert_eq!(Route::parse("/project/nonsense"), None);
    }
}
