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
