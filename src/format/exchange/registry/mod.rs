//! The registry as a table: `id,name,kind,aliases,wikidata,note`, one entry a row, UTF-8 with a byte order mark, as
//! spreadsheets want it. What is printed reads back the same. A table is taken in as a whole or not at all: first it is
//! read, then it is planned what would be added and changed, and that is shown before anything is done.

mod parser;
mod plan;

pub use parser::{Entry, LineFault, RegistryFault, parse};
pub use plan::{Plan, plan};

use super::table::push_row;
use crate::model::Actor;

/// The columns, in the order in which they are printed.
pub const COLUMNS: [&str; 6] = ["id", "name", "kind", "aliases", "wikidata", "note"];

/// The registry as a table.
///
/// ```
/// use rubricator::format::exchange::registry::{parse, print};
/// let table = print([]);
/// assert_eq!(table, "\u{FEFF}id,name,kind,aliases,wikidata,note\r\n");
/// assert!(parse(table.as_bytes()).unwrap().is_empty());
/// ```
pub fn print<'a>(actors: impl IntoIterator<Item = &'a Actor>) -> String {
    let mut table = "\u{FEFF}".to_owned();
    push_row(&mut table, ',', COLUMNS);
    for actor in actors {
        let id = actor.id.to_string();
        let aliases: Vec<String> = actor.aliases.iter().map(|alias| escaped(alias)).collect();
        let aliases = aliases.join("; ");
        let cells = [&*id, &actor.name, actor.kind.name(), &aliases, &actor.wikidata, &actor.note];
        push_row(&mut table, ',', cells);
    }
    table
}

/// An alias in a list of such: a semicolon in it does not end it.
fn escaped(alias: &str) -> String {
    alias.replace('\\', "\\\\").replace(';', "\\;")
}
