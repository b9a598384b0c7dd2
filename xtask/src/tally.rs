//! What a stage came to: tests passed and failed, counted from cargo's own output, and the time.
//! A stage that fails without a failed test (it did not compile, it crashed) counts as one failure,
//! so that the sum never says zero when something is wrong.

use std::time::Duration;

use crate::progress::{clock, plain};

/// How one stage ended.
pub struct Stage {
    /// What the summary calls it.
    pub name: &'static str,
    /// Its tests.
    pub tally: Tally,
    /// How long it took.
    pub elapsed: Duration,
    /// Why it did not run, if so.
    pub skipped: Option<String>,
}

/// Tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
}

impl Tally {
    /// Counts the line if it is one of cargo's `test result:` lines.
    pub fn count(&mut self, line: &str) {
        let line = plain(line);
        let Some(result) = line.trim_start().strip_prefix("test result: ") else {
            return;
        };
        let number_before = |word: &str| -> usize {
            let words = result.split([' ', ';', '.']).filter(|part| !part.is_empty()).collect::<Vec<_>>();
            let found = words.windows(2).find(|pair| pair.last() == Some(&word));
            found.and_then(|pair| pair.first()?.parse().ok()).unwrap_or(0)
        };
        self.passed += number_before("passed");
        self.failed += number_before("failed");
    }

    /// The tally of a command that ended so.
    pub fn closed(mut self, success: bool) -> Self {
        if !success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

/// The closing table; its last line is the sum alone.
pub fn summary(stages: &[Stage]) -> String {
    let mut text = format!("\n{:<16}{:>8}{:>8}{:>8}\n", "stage", "passed", "failed", "time");
    let mut sum = Tally::default();
    for Stage { name, tally, elapsed, skipped } in stages {
        sum.passed += tally.passed;
        sum.failed += tally.failed;
        text += &match skipped {
            Some(reason) => format!("{name:<16}  not run: {reason}\n"),
            None => format!("{name:<16}{:>8}{:>8}{:>8}\n", tally.passed, tally.failed, clock(*elapsed)),
        };
    }
    text + &format!("\n{} passed, {} failed", sum.passed, sum.failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_lines_add_up_with_and_without_colour() {
        let mut tally = Tally::default();
        tally.count(
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.1s",
        );
        tally.count(
            "test result: \u{1b}[31mFAILED\u{1b}(B\u{1b}[m. 1 passed; 2 failed; 0 ignored; finished in 0.1s",
        );
        tally.count("the test result: 99 passed");
        assert_eq!(tally, Tally { passed: 13, failed: 2 });
    }

    #[test]
    fn a_stage_that_breaks_without_a_failed_test_still_counts() {
        assert_eq!(Tally::default().closed(false), Tally { passed: 0, failed: 1 });
        assert_eq!(Tally { passed: 3, failed: 2 }.closed(false), Tally { passed: 3, failed: 2 });
        assert_eq!(Tally::default().closed(true), Tally::default());
    }

    #[test]
    fn the_sum_stands_alone_on_the_last_line() {
        let stage = |name, passed, failed| Stage {
            name,
            tally: Tally { passed, failed },
            elapsed: Duration::from_secs(75),
            skipped: None,
        };
        let summary = summary(&[stage("unit", 3, 0), stage("browser", 1, 2)]);
        assert_eq!(summary.lines().last(), Some("4 passed, 2 failed"));
        assert!(summary.contains("1:15"));
    }
}
