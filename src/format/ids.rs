//! Ids of other tools: a string that is no UUID gets one made from it, so that a second import recognises it.

use std::collections::{BTreeMap, HashSet};

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

/// Which ids a file has used, so that two of its records never share one. A file of 500 MB has millions, so each costs
/// little more than its 16 bytes.
#[derive(Debug, Default)]
pub(in crate::format) struct UsedIds {
    /// By kind, of which there are a few. Hashed, because in a tree each of millions would be looked for in many places.
    used: Vec<(&'static str, HashSet<Uuid>)>,
    /// How often those were asked for that were not free.
    again: BTreeMap<(&'static str, Uuid), u64>,
}

impl UsedIds {
    /// Takes the id if it is free; otherwise the next one made from it, the same on every import of the file.
    pub(in crate::format) fn take(&mut self, kind: &'static str, uuid: Uuid) -> Uuid {
        let at = self.used.iter().position(|(known, _)| *known == kind).unwrap_or_else(|| {
            self.used.push((kind, HashSet::new()));
            self.used.len() - 1
        });
        let Some((_, used)) = self.used.get_mut(at) else { return uuid };
        let mut free = uuid;
        while !used.insert(free) {
            let times = self.again.entry((kind, free)).or_insert(1);
            *times += 1;
            free = uuid_of(kind, "repeated", &format!("{free} {times}")).0;
        }
        free
    }
}
