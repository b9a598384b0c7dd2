//! Files in zips: what a picked archive holds, and exports of several files as one.
//! No name leads out of its folder, neither in what comes in nor in what goes out.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::zip::{Packed, Zip, write};
use crate::format::{Error, Issue, Problem};

/// The most files that an archive may hold.
const MOST_ENTRIES: usize = 50_000;
/// The most that one file, and all files together, may unpack to, in megabytes.
const MOST_MB: u64 = 500;

/// What an archive held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unpacked {
    /// The files with their paths.
    pub files: Vec<(String, Vec<u8>)>,
    /// What could not be unpacked.
    pub issues: Vec<Issue>,
}

/// Unpacks an archive of that name. Files that systems add on their own are passed over.
///
/// # Errors
/// The bytes are no archive, or it holds or unpacks to more than a browser can.
pub fn unpack(name: &str, bytes: &[u8]) -> Result<Unpacked, Error> {
    let zip = Zip::new(bytes, MOST_ENTRIES)?;
    let mut unpacked = Unpacked::default();
    let mut left = MOST_MB * 1_000_000;
    let mut seen = BTreeSet::new();
    for entry in zip.entries().iter().filter(|entry| !is_added(&entry.name)) {
        let path = safe(&entry.name);
        let mut content = Vec::new();
        let read = if seen.insert(path.clone()) {
            zip.read(entry, left.div_ceil(1_000_000), &mut |chunk| content.extend_from_slice(chunk))
        } else {
            Err(Error::EntryTwice { entry: path.clone() })
        };
        match read {
            Ok(()) => {
                left = left.saturating_sub(content.len() as u64);
                unpacked.files.push((path, content));
            }
            Err(error @ (Error::EntryTooLarge { .. } | Error::EntryTooDense { .. })) => return Err(error),
            Err(error) => {
                let problem = Problem::UnreadableRecord { reason: error.to_string() };
                unpacked.issues.push(Issue::new(name, None, Some(path), problem));
            }
        }
    }
    Ok(unpacked)
}

/// What macOS and Windows put into archives and folders.
fn is_added(path: &str) -> bool {
    let mut parts = path.rsplit(['/', '\\']);
    let name = parts.next().unwrap_or(path);
    let is_known = matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini");
    is_known || name.starts_with("._") || parts.any(|folder| folder == "__MACOSX")
}

/// A path that stays in its folder.
fn safe(path: &str) -> String {
    let path = path.replace('\\', "/");
    let parts = path.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

/// Several files on their way into one zip. Only packed bytes stay in memory.
#[derive(Default)]
pub struct Bundle {
    files: Vec<(String, Packed)>,
    /// Where each path stands in the list.
    known: BTreeMap<String, usize>,
}

impl Bundle {
    /// Adds to the file of that path, which begins with the first addition.
    ///
    /// # Errors
    /// Packing fails, which it does not in memory.
    pub fn push(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = safe(path);
        let at = *self.known.entry(path).or_insert_with_key(|path| {
            self.files.push((path.clone(), Packed::new()));
            self.files.len() - 1
        });
        self.files.get_mut(at).map_or(Ok(()), |(_, packed)| packed.push(bytes))
    }

    /// Hands out the zip in pieces of about a megabyte.
    ///
    /// # Errors
    /// The archive breaks a limit of the zip format.
    pub fn finish(self, sink: &mut dyn FnMut(Vec<u8>)) -> Result<(), Error> {
        let (names, packed): (Vec<String>, Vec<Packed>) = self.files.into_iter().unzip();
        write(names.iter().map(String::as_str).zip(packed), sink)
    }
}
