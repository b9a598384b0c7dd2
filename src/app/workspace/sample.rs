//! The article that a newcomer finds, in our own format. It is needed once, so it comes in a chunk of its own with
//! the reader of that format.

use std::{collections::BTreeMap, pin::Pin};

use super::{
    loading::{blank_project, store_project},
    new_id,
    saving::advice,
    with_stamp,
};
use crate::{
    app::{
        rows::{writes_of_texts, writes_of_waiting},
        session::Session,
    },
    format,
    model::{Codebook, History, Project, ProjectId, State},
    store::{Durability, Store, Write},
};

const SAMPLE: &str = include_str!("../sample.jsonl");

crate::chunk! {
    sample:
    /// Stores a project that holds the sample.
    fn sample() -> fn(Store) -> Making {
        |store| Box::pin(make(store))
    }
}

/// A project that is being made.
type Making = Pin<Box<dyn Future<Output = Result<ProjectId, String>>>>;

async fn make(store: Store) -> Result<ProjectId, String> {
    let project = blank_project("Sample: the harbour tram".to_owned(), Codebook::standard(), String::new());
    let id = project.id;
    store_project(&store, &project).await?;
    let writes = writes(project)?;
    store.write(&writes, Durability::Relaxed).await.map_err(|error| advice(&error))?;
    Ok(id)
}

fn writes(project: Project) -> Result<Vec<Write>, String> {
    let reader = format::Reader::new("sample.jsonl", project.id);
    let documents = reader.parse_all(SAMPLE.as_bytes(), &mut new_id).documents;
    let mut session = Session::early(State::new(project), History::default(), BTreeMap::new(), String::new());
    let imported = with_stamp(|stamp| session.import(documents, None, stamp));
    let outcome = imported.map_err(|refusal| refusal.to_string())?;
    let mut writes = writes_of_texts(&session, &outcome);
    writes.extend(writes_of_waiting(&session, None));
    Ok(writes)
}
