//! Proposals: whom a claim may come from, which registry entry a name or a pronoun means.
//! Everything is offered and nothing done; the same records always give the same proposals in the same order.

mod antecedent;
mod candidate;
mod dictionary;
mod duplicate;
mod name;
mod proposal;
mod title;
mod written;

pub use antecedent::{Pronoun, antecedents};
pub use candidate::{Candidate, candidates};
pub use dictionary::{Dictionary, Known};
pub use duplicate::{Duplicate, Reason, duplicates};
pub use name::{ActorNames, Match, actors_named, canonical_name};
pub use proposal::{Grounds, Proposal, piece};

/// How many annotations are looked at on either side of a place, so that the cost does not grow with the document.
const WINDOW: usize = 256;
