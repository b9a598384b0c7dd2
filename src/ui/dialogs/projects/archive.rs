//! The projects that are put out of sight in this browser until they are asked for. They are as safe as the others.

use std::collections::BTreeSet;

use crate::{browser::preferences, model::ProjectId, text::order};

/// The preference that names them.
const ARCHIVE: &str = "archived_projects";

/// Which they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Archive(BTreeSet<ProjectId>);

impl Archive {
    /// As it was left in this browser.
    pub(super) fn kept() -> Self {
        let kept = preferences::get(ARCHIVE).ok().flatten().unwrap_or_default();
        Self(order::set(kept.split(' ').filter_map(ProjectId::parse)))
    }

    pub(super) fn holds(&self, project: ProjectId) -> bool {
        self.0.contains(&project)
    }

    /// Puts it away, or takes it out again.
    pub(super) fn turn(&mut self, project: ProjectId) {
        if !self.0.remove(&project) {
            self.0.insert(project);
        }
        let names: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        // If it cannot be kept, the project is seen again at the next start: no harm.
        let _kept = preferences::set(ARCHIVE, &names.join(" "));
    }
}
