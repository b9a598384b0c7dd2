//! Strings in XML that we write.

use std::fmt::Write;

/// Text in an element or attribute. Line ends are kept by reference; what XML cannot say is left out.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => encoded.push_str("&amp;"),
            '<' => encoded.push_str("&lt;"),
            '>' => encoded.push_str("&gt;"),
            '"' => encoded.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                // Writing to a string cannot fail.
                let _ = write!(encoded, "&#{};", u32::from(letter));
            }
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            other => encoded.push(other),
        }
    }
    encoded
}
