//! Writes zip archives whose bytes depend on nothing but the content: fixed order, fixed compression, no times.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};

use super::checksum::Checksum;
use crate::format::Error;

/// Bytes handed out at once.
const CHUNK_BYTES: usize = 1 << 20;
/// Level 6 of 9: the usual trade of time for size. Another level would change the bytes of every backup.
const LEVEL: u32 = 6;
/// 1980-01-01, the first moment that zip can say.
const TIME: i64 = 315_532_800;

/// Hands out an archive of these entries in pieces of about a megabyte.
///
/// # Errors
/// The archive breaks a limit of the zip format.
pub(in crate::format) fn write<'n>(
    entries: impl IntoIterator<Item = (&'n str, Packed)>,
    sink: &mut dyn FnMut(Vec<u8>),
) -> Result<(), Error> {
    let mut archive = ZipArchiveWriter::new(Chunks { bytes: Vec::new(), sink });
    for (name, packed) in entries {
        packed.write(name, &mut archive)?;
    }
    let chunks = archive.finish().map_err(|error| write_error(&error))?;
    if !chunks.bytes.is_empty() {
        (chunks.sink)(chunks.bytes);
    }
    Ok(())
}

/// The packed content of one entry in the making: only packed bytes stay in memory.
pub(in crate::format) struct Packed {
    encoder: DeflateEncoder<Vec<u8>>,
    crc: Checksum,
    unpacked_bytes: u64,
    done: Vec<Vec<u8>>,
}

impl Packed {
    pub(in crate::format) fn new() -> Self {
        let encoder = DeflateEncoder::new(Vec::new(), Compression::new(LEVEL));
        Self { encoder, crc: Checksum::new(), unpacked_bytes: 0, done: Vec::new() }
    }

    pub(in crate::format) const fn is_empty(&self) -> bool {
        self.unpacked_bytes == 0
    }

    /// Adds a line and its end.
    pub(in crate::format) fn push_line(&mut self, line: &str) -> Result<(), Error> {
        self.push(line.as_bytes())?;
        self.push(b"\n")
    }

    /// Adds bytes.
    pub(in crate::format) fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.encoder.write_all(bytes).map_err(|error| write_error(&error))?;
        self.crc.update(bytes);
        self.unpacked_bytes += bytes.len() as u64;
        // Growing one buffer would copy it again and again and hold up to twice its size.
        if self.encoder.get_ref().len() >= CHUNK_BYTES {
            self.done.push(std::mem::take(self.encoder.get_mut()));
        }
        Ok(())
    }

    fn write(self, name: &str, archive: &mut ZipArchiveWriter<Chunks<'_>>) -> Result<(), Error> {
        let last = self.encoder.finish().map_err(|error| write_error(&error))?;
        let (mut entry, _) = archive
            .new_file(name)
            .compression_method(CompressionMethod::DEFLATE)
            .last_modified(UtcDateTime::from_unix(TIME))
            .start()
            .map_err(|error| write_error(&error))?;
        for bytes in self.done.into_iter().chain([last]) {
            entry.write_all(&bytes).map_err(|error| write_error(&error))?;
        }
        entry
            .finish(DataDescriptorOutput::new(self.crc.sum(), self.unpacked_bytes))
            .map(|_| ())
            .map_err(|error| write_error(&error))
    }
}

/// Collects bytes and hands them out in pieces.
struct Chunks<'s> {
    bytes: Vec<u8>,
    sink: &'s mut dyn FnMut(Vec<u8>),
}

impl Write for Chunks<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() >= CHUNK_BYTES {
            (self.sink)(std::mem::take(&mut self.bytes));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write_error(error: &impl ToString) -> Error {
    Error::Write { reason: error.to_string() }
}
