//! Ids of other tools: a string that is no UUID gets one made from it, so that a second import recognises it.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The UUID that a string stands for: itself, or one of version 8 (RFC 9562, section 5.8) from the SHA-256 of
/// `kind:scope:id`. The scope keeps apart what other tools count anew in every document or file, such as `T1`.
pub(in crate::format) fn uuid_of(kind: &str, scope: &str, id: &str) -> (Uuid, bool) {
    if let Ok(uuid) = Uuid::try_parse(id) {
        return (uuid, false);
    }
    let hash = Sha256::digest(format!("{kind}:{scope}:{id}").as_bytes());
    let mut bytes = [0; 16];
    for (byte, hashed) in bytes.iter_mut().zip(hash) {
        *byte = hashed;
    }
    (uuid::Builder::from_custom_bytes(bytes).into_uuid(), true)
}

/// Both halves of an id in one, so that those which differ in a few bits have nothing in common: a product folded.
fn print_of(id: Uuid) -> u64 {
    let (high, low) = id.as_u64_pair();
    // The first digits of the golden ratio and of the root of two.
    let product = u128::from(high ^ 0x9E37_79B9_7F4A_7C15) * u128::from(low ^ 0x6A09_E667_F3BC_C908);
    let [upper, lower] = [product >> 64, product & u128::from(u64::MAX)].map(|half| half as u64);
    upper ^ lower
}

/// Takes prints, which are as good as hashed.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, print: u64) {
        self.0 = print;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Which ids a file has used, so that two of its records never share one. A file of 500 MB has millions, so only a print
/// of 8 bytes is kept of each. In one file of 5 million ids in a million and a half, one of them has the print of another; it
/// is then taken for used, and the next one made from it takes its place.
#[derive(Debug, Default)]
pub(in crate::format) struct UsedIds {
    /// By kind, of which there are a few. In a tree each of millions would be looked for in many places.
    used: Vec<(&'static str, HashSet<u64, BuildHasherDefault<AsItIs>>)>,
    /// How often those were asked for that were not free.
    again: BTreeMap<(&'static str, Uuid), u64>,
}

impl UsedIds {
    /// Takes the id if it is free; otherwise the next one made from it, the same on every import of the file.
    pub(in crate::format) fn take(&mut self, kind: &'static str, uuid: Uuid) -> Uuid {
        let at = self.used.iter().position(|(known, _)| *known == kind).unwrap_or_else(|| {
            self.used.push((kind, HashSet::default()));
            self.used.len() - 1
        });
        let Some((_, used)) = self.used.get_mut(at) else { return uuid };
        let mut free = uuid;
        while !used.insert(print_of(free)) {
            let times = self.again.entry((kind, free)).or_insert(1);
            *times += 1;
            free = uuid_of(kind, "repeated", &format!("{free} {times}")).0;
        }
        free
    }
}
