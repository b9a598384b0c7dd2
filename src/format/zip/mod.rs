//! Zip archives: read with all the caution that a stranger's file needs, written so that the same content always gives
//! the same bytes.

mod checksum;
mod reader;
mod writer;

pub(super) use reader::{Entry as ZipEntry, Zip};
pub(super) use writer::{Packed, write};
