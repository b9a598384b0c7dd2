//! Projects on the wire: rows, and the head of a backup's `project.json`. The caller knows the id.

use std::borrow::Cow;

use serde::Serialize;

use super::codebook::CodebookRecord;
use super::field::{self, Fault};
use super::reading::readable;
use crate::format::migrate::FORMAT;
use crate::model::{Project, ProjectId};

#[derive(Clone, Default, Debug, PartialEq, Serialize)]
pub(in crate::format) struct ProjectRecord<'a> {
    pub(in crate::format) format: Cow<'a, str>,
    name: Cow<'a, str>,
    codebook: CodebookRecord<'a>,
    guidelines: Cow<'a, str>,
    created: Cow<'a, str>,
    #[serde(skip_serializing_if = "is_false")]
    discarded: bool,
}

readable!(ProjectRecord needs ["format", "name", "codebook", "created"] {
    "format" => format: Loose,
    "name" => name: Loose,
    "codebook" => codebook: Plain,
    "guidelines" => guidelines: Loose,
    "created" => created: Loose,
    "discarded" => discarded: Plain,
});

impl<'a> From<&'a Project> for ProjectRecord<'a> {
    fn from(project: &'a Project) -> Self {
        Self {
            format: Cow::Borrowed(FORMAT),
            name: Cow::Borrowed(&project.name),
            codebook: CodebookRecord::from(&project.codebook),
            guidelines: Cow::Borrowed(&project.guidelines),
            created: Cow::Owned(field::moment(project.created)),
            discarded: project.discarded,
        }
    }
}

impl ProjectRecord<'_> {
    /// The project under that id.
    pub(in crate::format) fn into_project(self, id: ProjectId) -> Result<Project, Fault> {
        Ok(Project {
            id,
            name: self.name.into_owned(),
            codebook: self.codebook.0.into_owned(),
            guidelines: self.guidelines.into_owned(),
            created: field::time("created", &self.created)?,
            discarded: self.discarded,
        })
    }
}

const fn is_false(flag: &bool) -> bool {
    !*flag
}
