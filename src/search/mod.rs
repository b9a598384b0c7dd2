//! What is asked of a whole project: words, annotations by what is said of them, passages of an actor, the records that
//! a change concerns. An [`Index`] holds all texts and annotations in memory and follows the project's edits; it lives
//! in a worker, see `app::jobs`.

mod actors;
mod alike;
mod concerned;
mod figures;
mod find;
mod index;
mod query;

pub use actors::{ActorFigures, LinkFigure, Only};
pub use alike::Alike;
pub use concerned::Concern;
pub use figures::Figures;
pub use find::{Found, Hit};
pub use index::{Index, TagsOf};
pub use query::{Query, QueryError};
