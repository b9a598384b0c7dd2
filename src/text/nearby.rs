//! What stands beside a place, to be shown with it.

/// The characters that come nearest in the same line, in the order in which they are given: `most` at the most and whole
/// words, with a sign where there is more.
///
/// ```
/// use rubricator::text::nearby;
/// let near = |line: &str, most| nearby(line.chars(), most).into_iter().collect::<String>();
/// assert_eq!(near("the tram will come", 18), "the tram will come");
/// assert_eq!(near("the tram will come", 10), "the tram…");
/// assert_eq!(near("tramway", 4), "tram…");
/// assert_eq!(near("one\ntwo", 9), "one");
/// ```
#[must_use]
pub fn nearby(signs: impl Iterator<Item = char>, most: usize) -> Vec<char> {
    let mut near: Vec<char> = signs.take_while(|sign| *sign != '\n').take(most + 1).collect();
    if near.len() <= most {
        return near;
    }
    let whole = near.iter().rposition(|sign| sign.is_whitespace()).filter(|at| 0 < *at);
    near.truncate(whole.unwrap_or(most));
    near.push('…');
    near
}
