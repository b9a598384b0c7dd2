//! Files in zips: what a picked archive holds, and exports of several files as one.
//! No name leads out of its folder, neither in what comes in nor in what goes out.

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
    for path in zip.names().filter(|path| !is_added(path)) {
        let mut content = Vec::new();
        match zip.read(path, left.div_ceil(1_000_000), &mut |chunk| content.extend_from_slice(chunk)) {
            Ok(()) => {
                left = left.saturating_sub(content.len() as u64);
                unpacked.files.push((safe(path), content));
            }
            Err(error @ (Error::EntryTooLarge { .. } | Error::EntryTooDense { .. })) => return Err(error),
            Err(error) => {
                let problem = Problem::UnreadableRecord { reason: error.to_string() };
                unpacked.issues.push(Issue::new(name, None, Some(path.to_owned()), problem));
            }
        }
    }
    Ok(unpacked)
}

/// What macOS and Windows put into archives and folders.
fn is_added(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.starts_with("__MACOSX/") || matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini")
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
}

impl Bundle {
    /// Adds to the file of that path, which begins with the first addition.
    ///
    /// # Errors
    /// Packing fails, which it does not in memory.
    pub fn push(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        // The file that was written last is written on most often.
        let path = safe(path);
        let at = self.files.iter().rposition(|(known, _)| *known == path).unwrap_or_else(|| {
            self.files.push((path, Packed::new()));
            self.files.len() - 1
        });
        self.files.get_mut(at).map_or(Ok(()), |(_, packed)| packed.push(bytes))
    }

    /// Hands out the zip in pieces of about a megabyte.
    ///
    /// # Errors
    /// The archive breaks a limit of the zip format.
    pub fn finish(self, sink: &mut dyn FnMut(Vec<u8>)) -> Result<(), Error> {
        let entries: Vec<(String, Packed)> = self.files;
        let (names, packed): (Vec<String>, Vec<Packed>) = entries.into_iter().unzip();
        write(names.iter().map(String::as_str).zip(packed), sink)
    }
}
