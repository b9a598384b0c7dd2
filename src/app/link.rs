//! Addresses that came in with texts: which of them the page may lead to.

/// The address, if the page may lead there: on the web or to a mailbox. Everything else, which may run or read
/// something, is shown as the letters it is.
///
/// ```
/// use rubricator::app::safe_link;
/// assert_eq!(safe_link(" https://example.org/a "), Some("https://example.org/a"));
/// assert_eq!(safe_link("javascript:alert(1)"), None);
/// ```
pub fn safe_link(address: &str) -> Option<&str> {
    let address = address.trim();
    let begins = |scheme: &str| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && scheme.len() < address.len()
    };
    // The browser passes over tabs and line ends within an address, so what it opens were not what is shown.
    let is_plain = !address.chars().any(|sign| sign.is_control() || sign.is_whitespace());
    (is_plain && ["http://", "https://", "mailto:"].into_iter().any(begins)).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::safe_link;

    #[test]
    fn only_the_web_and_mailboxes_are_led_to() {
        for address in ["http://a.example", "HTTPS://a.example/x?y#z", "mailto:ada@a.example"] {
            assert_eq!(safe_link(address), Some(address));
        }
        for address in [
            "",
            "a.example",
            "//a.example",
            "https://",
            "mailto:",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)//https://a.example",
            "java\tscript:alert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:https://a.example/1",
            "https://a.example/\u{9}b",
            "https ://a.example",
            "\u{202E}https://a.example",
        ] {
            assert_eq!(safe_link(address), None, "{address:?}");
        }
    }
}
