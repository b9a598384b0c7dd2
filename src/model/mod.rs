//! The annotation model: ids, records, edits and history.
//! Plain values without I/O, clock or randomness: times and ids are passed in, positions are UTF-8 bytes.
//! Everything that changes is an [`Edit`], which applies, inverts and can be replayed elsewhere.

mod actor;
mod annotation;
mod body;
mod codebook;
mod document;
mod edit;
mod extra;
mod gap;
mod history;
mod id;
mod interval;
mod key;
mod project;
mod relation;
mod revision;
mod state;
mod timestamp;

pub use actor::{Actor, ActorKind};
pub use annotation::{Annotation, Attributes, Fragments, Origin, Value};
pub use body::Body;
pub use codebook::{
    About, Attribute, AttributeKind, BuiltIn, Choice, Codebook, CodebookEntry, CodebookFault, Difference,
    Differs, Label, Letters, RelationType, Shift, is_colour,
};
pub use document::{Document, Meta, Status};
pub(crate) use edit::RecordId;
pub use edit::{Change, Edit, Record, What};
pub use extra::Extra;
pub use gap::Gap;
pub use history::{Entry, EntryKind, History, Tail, Top};
pub use id::{ActorId, AnnotationId, DocumentId, ProjectId, RelationId, mint};
pub use interval::IntervalIndex;
pub use key::Key;
pub use project::Project;
pub use relation::{Relation, Target};
pub use revision::{AttributeOf, Effect, Fate, List, Plan, Reach, Revision, RevisionFault, Side};
pub use state::{State, Tally};
pub use timestamp::Timestamp;
