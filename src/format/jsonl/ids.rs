//! Ids of other tools: a string that is no UUID gets one made from it, so that a second import recognises it.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The UUID that a string stands for: itself, or one of version 8 (RFC 9562, section 5.8) from the SHA-256 of
/// `kind:scope:id`. The scope keeps apart what other tools count anew in every document or file, such as `T1`.
pub(super) fn uuid_of(kind: &str, scope: &str, id: &str) -> (Uuid, bool) {
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
