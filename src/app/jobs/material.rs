//! What there is to read: picked files and files out of archives, read in pieces all alike.

use crate::browser::{
    files::Picked,
    once::{Taker, once},
    wait,
};

/// A file.
pub(super) enum Material {
    /// As it was picked; only a handle.
    Picked(Picked),
    /// Out of an archive.
    Unpacked {
        /// Its path there, after the archive's name.
        path: String,
        /// What it holds.
        bytes: Vec<u8>,
    },
}

impl Material {
    pub(super) fn path(&self) -> &str {
        match self {
            Self::Picked(file) => &file.path,
            Self::Unpacked { path, .. } => path,
        }
    }

    /// In bytes.
    pub(super) fn size(&self) -> u64 {
        match self {
            Self::Picked(file) => file.size,
            Self::Unpacked { bytes, .. } => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        }
    }

    /// The bytes between two places, or why they cannot be had.
    pub(super) async fn read_chunk(&self, from: u64, to: u64) -> Result<Vec<u8>, String> {
        match self {
            Self::Picked(file) => file.read_chunk(from, to).await.map_err(|error| error.to_string()),
            Self::Unpacked { bytes, .. } => Ok(part(bytes, from, to)),
        }
    }

    /// Begins to read a piece of this length from there on; it is read while the caller goes on.
    pub(super) fn begin_chunk(&self, from: u64, length: u64) -> Taker<Result<Vec<u8>, String>> {
        let to = from.saturating_add(length).min(self.size());
        let (giver, taker) = once();
        match self {
            Self::Picked(file) => {
                let file = file.clone();
                wait::spawn(async move {
                    giver.give(file.read_chunk(from, to).await.map_err(|error| error.to_string()));
                });
            }
            Self::Unpacked { bytes, .. } => giver.give(Ok(part(bytes, from, to))),
        }
        taker
    }

    /// All of it.
    pub(super) async fn read(&self) -> Result<Vec<u8>, String> {
        self.read_chunk(0, self.size()).await
    }
}

fn part(bytes: &[u8], from: u64, to: u64) -> Vec<u8> {
    let at = |place| usize::try_from(place).unwrap_or(usize::MAX).min(bytes.len());
    bytes.get(at(from)..at(to)).unwrap_or_default().to_vec()
}
