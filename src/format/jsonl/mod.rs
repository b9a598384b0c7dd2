//! The dataset: JSON Lines, one document a line, readable by pandas, DuckDB and Hugging Face without a schema.
//! Every line has the same keys in the same order, states the unit of its positions and the hash of its text, and
//! each span carries its text, so that `text[start:end] == span["text"]` holds in the stated unit.

mod fields;
mod lines;
mod place;
mod printer;
mod reader;
mod reading;

pub use lines::{Line, Lines, MAX_LINE_BYTES};
pub use printer::{DatasetHead, print_line};
pub use reader::{Defaults, Imported, Reader};
