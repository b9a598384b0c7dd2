//! Projects: a codebook, guidelines and settings; registry and documents point back by id.

use super::{Codebook, ProjectId, Timestamp};

/// A body of work with one codebook.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// Names this project.
    pub id: ProjectId,
    /// The name shown and used for files.
    pub name: String,
    /// Labels, relation types and attributes.
    pub codebook: Codebook,
    /// How to annotate, as Markdown.
    pub guidelines: String,
    /// When it was created.
    pub created: Timestamp,
    /// Set when it was thrown away: hidden at once, removed for good at the next start.
    pub discarded: bool,
}

impl Project {
    /// What becomes of a project that was changed in two places at once: field by field, what was changed here, else
    /// what was changed there; of the codebook entry by entry, so that no label in use is lost.
    #[must_use]
    pub fn merged(base: &Self, there: &Self, here: &Self) -> Self {
        let pick = |changed_here: bool| if changed_here { here } else { there };
        Self {
            id: here.id,
            name: pick(here.name != base.name).name.clone(),
            codebook: Codebook::merged(&base.codebook, &there.codebook, &here.codebook),
            guidelines: pick(here.guidelines != base.guidelines).guidelines.clone(),
            created: here.created,
            discarded: pick(here.discarded != base.discarded).discarded,
        }
    }
}
