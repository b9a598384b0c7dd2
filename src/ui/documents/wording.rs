//! What the rows of the list say of a document.

use super::filter::{Listed, counts};
use crate::{
    format::tags,
    model::{Document, Status, Tally},
};

/// What one row shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowWords {
    pub(super) title: String,
    pub(super) second: String,
    pub(super) status: Status,
}

impl RowWords {
    pub(super) fn new(document: &Document, tally: Tally) -> Self {
        let found = found(document.status, tally);
        let tags = tags(&document.extra).join(", ");
        let parts = [tags.as_str(), &document.meta.source, &document.meta.published, &found];
        let known: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let second = if known.is_empty() { "nothing marked yet".to_owned() } else { known.join(" · ") };
        Self { title: document.title.clone(), second, status: document.status }
    }
}

/// The name of a state, as people read it.
pub const fn status_name(status: Status) -> &'static str {
    match status {
        Status::Todo => "To do",
        Status::InProgress => "In progress",
        Status::Done => "Done",
    }
}

/// The state that follows when a person goes through them.
pub(super) const fn next(status: Status) -> Status {
    match status {
        Status::Todo => Status::InProgress,
        Status::InProgress => Status::Done,
        Status::Done => Status::Todo,
    }
}

/// "3 of 12 done".
pub(super) fn done_of(all: &[Listed]) -> String {
    let [_, _, done] = counts(all);
    if all.is_empty() { String::new() } else { format!("{done} of {} done", all.len()) }
}

/// "12 annotations, 5 links"; "nothing found" where a person has read and found none.
fn found(status: Status, tally: Tally) -> String {
    match (tally.annotations, tally.relations) {
        (0, 0) if status == Status::Done => "nothing found".to_owned(),
        (0, 0) => String::new(),
        (annotations, 0) => counted(annotations, "annotation"),
        (annotations, links) => format!("{}, {}", counted(annotations, "annotation"), counted(links, "link")),
    }
}

fn counted(number: u32, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
