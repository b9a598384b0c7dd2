//! The hash that every exported text carries and under which texts are kept.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// SHA-256 (FIPS 180-4) of the text's UTF-8 bytes, as 64 lower-case hexadecimal digits.
///
/// ```
/// use rubricator::format::text_sha256;
/// assert!(text_sha256("abc").starts_with("ba7816bf8f01cfea"));
/// ```
pub fn text_sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut digits, byte| {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
