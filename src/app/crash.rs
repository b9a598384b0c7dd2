//! What a person may send when the program has stopped: where and, as far as it is certain to hold nothing of their
//! documents, why.

/// The report of a panic: its message up to the first quotation, and its place in the program.
///
/// Messages of the standard library quote what they were about: a slice that was cut inside a character comes with the
/// text around it. So only what stands before the first quotation mark of any kind is kept.
///
/// ```
/// use rubricator::app::crash_report;
///
/// let report = crash_report("byte index 3 is not a char boundary; it is inside 'é' of `café`", "src/x.rs:1:2");
/// assert_eq!(report, "Rubricator stopped at src/x.rs:1:2: byte index 3 is not a char boundary; it is inside …");
/// ```
pub fn crash_report(message: &str, place: &str) -> String {
    let quotes = ['\'', '"', '`', '“', '‘', '«', '\n', ':'];
    let (plain, cut) = match message.find(quotes) {
        Some(at) => (message.get(..at).unwrap_or_default(), "…"),
        None => (message, ""),
    };
    format!("Rubricator stopped at {place}: {plain}{cut}")
}
