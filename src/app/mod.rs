//! The session: everything a person can do is a [`Command`], carried out by one [`Session::perform`].
//! The session is plain Rust and tested natively; what the browser adds (saving, files, signals) stands beside it.

mod actor_list;
mod admission;
mod bare_copy;
mod command;
mod crash;
mod document_list;
mod document_order;
pub mod jobs;
mod keymap;
mod link;
mod lists;
mod newest;
mod outcome;
mod palette;
pub mod quire;
mod registering;
mod route;
mod rows;
mod session;
mod sheet;
mod together;
#[cfg(target_arch = "wasm32")]
pub mod workspace;

pub use actor_list::{ActorOrder, ActorRow, LinkColumn, actor_rows, link_columns, listed_actors};
pub use admission::{Admission, Batch, Gathered};
pub use bare_copy::bare_copy;
pub use command::{Command, Direction, Edge, Motion, Replacement, Unit};
pub use crash::crash_report;
pub use document_list::{DocumentSort, all_tags, every_nth, listed_documents, order_print, random_sample};
pub use document_order::in_order;
pub use keymap::{
    Action, BINDINGS, Binding, Chord, KeyTaken, Keymap, Lettered, continuations, digit, entry_of,
    is_of_codebook,
};
pub use link::safe_link;
pub use lists::{annotations_matching, in_name_order};
pub use newest::Newest;
pub use outcome::{Changed, Missing, Outcome, Refusal, Stamp};
pub use palette::{Brought, Deed, Entry, entries, ranked};
pub use registering::{Particulars, Registering, Whom};
pub use route::{Route, Screen};
pub use rows::{Activity, Keys, Printed, writes_of_project, writes_of_texts, writes_of_waiting};
pub use session::{
    Offer, Open, Purpose, Repeat, Retexted, Revise, Selection, Session, retexted, rewound, text_before,
};
pub use together::{DocumentDeed, MarkDeed, Together};
