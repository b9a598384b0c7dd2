//! One line of an annotation file. Its id comes first and its first letter says what the line is; a tab follows, then
//! words between blanks, and where there is free text another tab before it.

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Record<'a> {
    /// `T1 ⇥ Person 0 3;8 12 ⇥ Ada Bo`.
    Mark { label: &'a str, fragments: Vec<(i64, i64)>, quote: Option<&'a str> },
    /// `E1 ⇥ Merge:T3 Org:T1 Org2:T2`: a type with its trigger, then roles with what fills them.
    Event { label: &'a str, trigger: &'a str, arguments: Vec<(&'a str, &'a str)> },
    /// `R1 ⇥ Located Arg1:T1 Arg2:T2`.
    Relation { kind: &'a str, ends: [(&'a str, &'a str); 2] },
    /// `* ⇥ Alias T1 T2 T3`.
    Equivalence { kind: &'a str, members: Vec<&'a str> },
    /// `A1 ⇥ Negation E1` or `A1 ⇥ Confidence E1 High`; `M` in older files.
    Attribute { name: &'a str, target: &'a str, value: Option<&'a str> },
    /// `N1 ⇥ Reference T1 Wikidata:Q42 ⇥ Douglas Adams`.
    Normalization { kind: &'a str, target: &'a str, reference: &'a str, text: Option<&'a str> },
    /// `#1 ⇥ AnnotatorNotes T1 ⇥ is this so?`.
    Note { kind: &'a str, target: &'a str, text: &'a str },
}

/// The id of a line and what it says.
///
/// # Errors
/// What was expected in its place.
pub(super) fn parse(line: &str) -> Result<(&str, Record<'_>), &'static str> {
    let (id, rest) = line.split_once([' ', '\t']).ok_or("a tab is expected after the id")?;
    let (body, text) = match rest.split_once('\t') {
        Some((body, text)) => (body, Some(text)),
        None => (rest, None),
    };
    let mut words = body.split_ascii_whitespace();
    let mut word = |expected| words.next().ok_or(expected);
    let record = match id.bytes().next() {
        Some(b'T') => {
            let label = word("a type is expected")?;
            Record::Mark { label, fragments: fragments(words)?, quote: text }
        }
        Some(b'E') => {
            let (label, trigger) = pair(word("a type is expected")?).ok_or("TYPE:TRIGGER is expected")?;
            let arguments = words.map(pair).collect::<Option<_>>().ok_or("ROLE:ID is expected")?;
            Record::Event { label, trigger, arguments }
        }
        Some(b'R') => {
            let kind = word("a type is expected")?;
            let mut end = || words.next().map(|word| pair(word).unwrap_or(("", word)));
            match (end(), end(), end()) {
                (Some(from), Some(to), None) => Record::Relation { kind, ends: [from, to] },
                _ => return Err("two arguments are expected"),
            }
        }
        Some(b'*') => Record::Equivalence { kind: word("a type is expected")?, members: words.collect() },
        Some(b'A' | b'M') => {
            let (name, target) = (word("a name is expected")?, word("a target is expected")?);
            Record::Attribute { name, target, value: after(body, 2) }
        }
        Some(b'N') => {
            let (kind, target) = (word("a type is expected")?, word("a target is expected")?);
            let reference = after(body, 2).ok_or("a reference is expected")?;
            Record::Normalization { kind, target, reference, text }
        }
        Some(b'#') => {
            let (kind, target) = (word("a type is expected")?, word("a target is expected")?);
            Record::Note { kind, target, text: text.or_else(|| after(body, 2)).unwrap_or_default() }
        }
        _ => return Err("an id that begins with T, E, R, *, A, M, N or # is expected"),
    };
    Ok((id, record))
}

/// `0 3;8 12`.
fn fragments<'a>(words: impl Iterator<Item = &'a str>) -> Result<Vec<(i64, i64)>, &'static str> {
    let mut ends = Vec::new();
    for number in words.flat_map(|word| word.split(';')).filter(|number| !number.is_empty()) {
        ends.push(whole(number).ok_or("START END is expected")?);
    }
    match ends.as_chunks::<2>() {
        ([], _) | (_, [_]) => Err("START END is expected"),
        (pairs, _) => Ok(pairs.iter().map(|[start, end]| (*start, *end)).collect()),
    }
}

/// A whole number, at the range's end if it lies beyond.
fn whole(number: &str) -> Option<i64> {
    let digits = number.strip_prefix('-').unwrap_or(number);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let beyond = if digits.len() < number.len() { i64::MIN } else { i64::MAX };
    Some(number.parse().unwrap_or(beyond))
}

/// `Arg1:T1`. The id has no colon, the name may.
fn pair(word: &str) -> Option<(&str, &str)> {
    word.rsplit_once(':').filter(|(name, id)| !name.is_empty() && !id.is_empty())
}

/// What follows the first `words` words of a body.
fn after(body: &str, words: usize) -> Option<&str> {
    let rest = (0..words).try_fold(body.trim_ascii(), |rest, _| {
        rest.split_once(|letter: char| letter.is_ascii_whitespace()).map(|(_, rest)| rest.trim_ascii_start())
    });
    rest.filter(|rest| !rest.is_empty())
}
