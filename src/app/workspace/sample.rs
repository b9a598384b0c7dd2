//! The article that a newcomer finds, in our own format. It is needed once, so it comes in a chunk of its own with
//! the reader of that format.

use std::collections::BTreeMap;

use super::{new_id, with_stamp};
use crate::{
    app::{
        rows::{writes_of_texts, writes_of_waiting},
        session::Session,
    },
    format,
    model::{History, Project, State},
    store::Write,
};

const SAMPLE: &str = include_str!("../sample.jsonl");

crate::chunk! {
    sample:
    /// What has to be stored so that a project holds the sample.
    fn sample() -> fn(Project) -> Result<Vec<Write>, String> {
        writes
    }
}

fn writes(project: Project) -> Result<Vec<Write>, String> {
    let reader = format::Reader::new("sample.jsonl", project.id);
    let documents = reader.parse_all(SAMPLE.as_bytes(), &mut new_id).documents;
    let mut session = Session::early(State::new(project), History::default(), BTreeMap::new(), String::new());
    let imported = with_stamp(|stamp| session.import(documents, None, stamp));
    let outcome = imported.map_err(|refusal| refusal.to_string())?;
    let mut writes = writes_of_texts(&session, &outcome);
    writes.extend(writes_of_waiting(&session));
    Ok(writes)
}
