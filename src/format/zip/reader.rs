//! Reads zip archives. An archive is a stranger's until it has been read: numbers, sizes, ratios, names and checksums
//! are checked, and no more is unpacked than was asked for.

use std::io::Read;

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive, ZipVerification};

use super::checksum::Checksum;
use crate::format::Error;

/// Histories are the densest, at about forty to one.
const MOST_RATIO: u64 = 200;
/// Up to this size the ratio is not asked: one document may well repeat one letter.
const RATIO_FREE_BYTES: u64 = 64 << 20;
const BUFFER_BYTES: usize = 1 << 16;

/// An archive whose directory was read.
pub(in crate::format) struct Zip<'b> {
    archive: ZipSliceArchive<&'b [u8]>,
    entries: Vec<Entry>,
}

/// A file in an archive.
pub(in crate::format) struct Entry {
    /// Its path as the archive states it, which may lead anywhere; what is not UTF-8 is replaced.
    pub(in crate::format) name: String,
    wayfinder: rawzip::ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    is_encrypted: bool,
}

impl<'b> Zip<'b> {
    /// Reads the directory; folders are none of its entries.
    ///
    /// # Errors
    /// The bytes are no archive, or it has more entries than that.
    pub(in crate::format) fn new(bytes: &'b [u8], most_entries: usize) -> Result<Self, Error> {
        let not_zip = |error: &rawzip::Error| Error::NotZip { reason: error.to_string() };
        let archive = ZipArchive::from_slice(bytes).map_err(|error| not_zip(&error))?;
        let mut entries: Vec<Entry> = Vec::new();
        let mut all = archive.entries();
        let mut count = 0;
        while let Some(entry) = all.next_entry().map_err(|error| not_zip(&error))? {
            count += 1;
            if count > most_entries {
                return Err(Error::TooManyEntries { most: most_entries });
            }
            let name = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
            if name.ends_with(['/', '\\']) {
                continue;
            }
            let (method, is_encrypted) = (entry.compression_method(), entry.flags().is_encrypted());
            entries.push(Entry { name, wayfinder: entry.wayfinder(), method, is_encrypted });
        }
        Ok(Self { archive, entries })
    }

    /// The entries in the order of the archive.
    pub(in crate::format) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Unpacks an entry piece by piece and checks size and checksum.
    ///
    /// # Errors
    /// It cannot be unpacked, is damaged, unpacks to more than so many megabytes, or is denser than any honest file.
    pub(in crate::format) fn read(
        &self,
        found: &Entry,
        most_mb: u64,
        each: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Error> {
        found.check()?;
        let name = &found.name;
        let damaged =
            |reason: &dyn ToString| Error::EntryDamaged { entry: name.clone(), reason: reason.to_string() };
        let entry = self.archive.get_entry(found.wayfinder).map_err(|error| damaged(&error))?;
        let packed_bytes = entry.data().len() as u64;
        let mut unpacked: Box<dyn Read> = if found.method == CompressionMethod::DEFLATE {
            Box::new(DeflateDecoder::new(entry.data()))
        } else {
            Box::new(entry.data())
        };
        let mut crc = Checksum::new();
        let mut buffer = vec![0; BUFFER_BYTES];
        let mut total: u64 = 0;
        loop {
            let count = unpacked.read(&mut buffer).map_err(|error| damaged(&error))?;
            if count == 0 {
                let actual = ZipVerification { crc: crc.sum(), uncompressed_size: total };
                return entry.claim_verifier().valid(actual).map_err(|error| damaged(&error));
            }
            total += count as u64;
            if total > most_mb * 1_000_000 {
                return Err(Error::EntryTooLarge { entry: name.clone(), most: most_mb });
            }
            if total > RATIO_FREE_BYTES && total / MOST_RATIO > packed_bytes {
                return Err(Error::EntryTooDense { entry: name.clone(), most: MOST_RATIO });
            }
            let bytes = buffer.get(..count).unwrap_or_default();
            crc.update(bytes);
            each(bytes);
        }
    }
}

impl Entry {
    /// Whether it can be unpacked.
    ///
    /// # Errors
    /// It is locked, or packed by a method other than deflate.
    pub(in crate::format) fn check(&self) -> Result<(), Error> {
        let packed = |how| Err(Error::EntryPacked { entry: self.name.clone(), how });
        if self.is_encrypted {
            return packed("locked with a password");
        }
        match self.method {
            CompressionMethod::DEFLATE | CompressionMethod::STORE => Ok(()),
            _ => packed("packed by a method other than deflate"),
        }
    }
}
