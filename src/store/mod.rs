//! Keeps the person's work in the browser's own database. A write is one transaction that has either reached
//! the database as a whole or changed nothing, and it counts as done only once the database has confirmed it.
//! Rows are JSON strings under a key: what they mean is the business of the wire records.

mod row;

#[cfg(target_arch = "wasm32")]
mod error;
#[cfg(target_arch = "wasm32")]
mod idb;
#[cfg(target_arch = "wasm32")]
mod migrate;
#[cfg(target_arch = "wasm32")]
mod open;

#[cfg(target_arch = "wasm32")]
pub use self::error::Error;
#[cfg(target_arch = "wasm32")]
pub use self::open::{Reply, Store};
pub use self::row::{Change, Contents, Durability, Row, Table, Wanted, Write};
