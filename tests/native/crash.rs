//! A report of a crash holds nothing of a document, whatever the panic's message quotes.

use proptest::prelude::*;
use rubricator::app::crash_report;

proptest! {
    #[test]
    fn what_a_message_quotes_is_not_in_the_report(secret in "[a-z]{8,20}", quote in 0..5_usize) {
        let messages = [
            format!("byte index 1 is not a char boundary; it is inside 'é' (bytes 0..2) of `{secret}`"),
            format!("called `Result::unwrap()` on an `Err` value: Thing(\"{secret}\")"),
            format!("assertion `left == right` failed\n  left: {secret}\n right: 2"),
            format!("no label “{secret}”"),
            format!("no such thing: {secret}"),
        ];
        let report = crash_report(&messages[quote], "src/a.rs:1:2");
        prop_assert!(!report.contains(&secret), "{report}");
        prop_assert!(report.contains("src/a.rs:1:2"));
    }
}
