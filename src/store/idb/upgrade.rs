//! Brings the tables of an older database up to date.

use idb::event::VersionChangeEvent;
use idb::{Database, DatabaseEvent, IndexParams, KeyPath, ObjectStoreParams, Transaction};

use super::fault::error_of;
use crate::store::Error;
use crate::store::migrate::{self, Step};

pub(super) fn upgrade(event: &VersionChangeEvent) -> Result<(), Error> {
    let target = idb::event::Event::target(event).map_err(error_of)?;
    let transaction = idb::Request::transaction(&target)
        .ok_or_else(|| Error::Js { message: "an upgrade without a transaction".to_owned() })?;
    let database = event.database().map_err(error_of)?;
    let outcome = event.old_version().map_err(error_of).and_then(|old_version| {
        migrate::steps_from(old_version).try_for_each(|step| apply(step, &database, &transaction))
    });
    if outcome.is_err() {
        // The abort undoes every step, so that the next visit starts from the same old version.
        let _undone = transaction.abort();
    }
    outcome
}

fn apply(step: Step, database: &Database, transaction: &Transaction) -> Result<(), Error> {
    match step {
        Step::AddTable(table) => {
            let mut parameters = ObjectStoreParams::new();
            parameters.key_path(Some(KeyPath::new_single(migrate::KEY)));
            database.create_object_store(table.name(), parameters).map_err(error_of)?;
        }
        Step::AddIndex(table, index) => {
            let path = match index.properties() {
                [property] => KeyPath::new_single(property),
                properties => KeyPath::new_array(properties.iter().copied()),
            };
            transaction
                .object_store(table.name())
                .and_then(|store| store.create_index(index.name(), path, Some(IndexParams::new())))
                .map_err(error_of)?;
        }
    }
    Ok(())
}
