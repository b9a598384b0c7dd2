//! Outside formats: each in a file of its own that turns bytes into [`Reading`]s and documents into [`Output`].
//!
//! A parser only says what its file says, in the file's own words: labels as they are written, offsets as they are
//! counted, ids as they are given. One place for all then finds out the unit, checks each mark against its quoted text,
//! maps labels to the codebook and makes our records of it. A printer gets our records and says what its format cannot
//! hold before the file is saved. What this model has no notion of travels in [`Extra`] under the format's name, so
//! that the same format writes it back.
//!
//! [`Extra`]: crate::model::Extra

mod archive;
mod bounded;
mod brat;
mod cas;
mod catalogue;
mod colour;
mod conll;
mod decoding;
mod dna;
mod doccano;
mod docx;
mod extra;
mod fields;
mod html;
mod hugging_face;
mod ids;
mod label_studio;
mod mardy;
mod medtator;
mod output;
mod place;
mod prodigy;
mod prose;
mod pubannotation;
mod reading;
pub mod registry;
mod sets;
mod settle;
mod spacy;
mod survey;
mod table;
mod tables;
mod titles;
mod tokens;
mod values;
mod web_annotation;
mod webanno;

pub use archive::{Bundle, Unpacked, unpack};
pub use catalogue::{Confidence, FORMATS, Format, JsonValue, Parse, Print};
pub use docx::is_word;
pub use extra::{Said, keep, kept};
pub use html::copied;
pub use label_studio::Tasks;
pub use output::{Context, Loss, Output, Page};
pub use place::Evidence;
pub use reading::{
    Aside, Count, End, Foreign, ForeignActor, ForeignLabel, ForeignRelation, Link, Mark, Reading, Remarks,
    Scheme, Source,
};
pub use sets::{Kind, Set, sets};
pub use settle::{Mapping, Settler, Terms};
pub use survey::Survey;
pub use table::{Columns, Look, Role, Rows, Sheet, look};
pub(super) use table::{disarmed, push_row};
pub use titles::WRITTEN;
pub use values::{Found, Values};
