//! Names for downloads that every file system takes: Windows is the strictest.

/// The most bytes a whole name has. Encrypted home directories on Linux allow 143.
const MOST_BYTES: usize = 120;

/// `NAME-DATE.EXTENSION`, without the date if that is empty.
///
/// Path separators, characters that Windows forbids, control and direction characters become blanks; names that
/// Windows reserves get an underscore; the project's name is cut where the whole would be longer than 120 bytes.
///
/// ```
/// use rubricator::format::file_name;
/// assert_eq!(file_name("Talks: Kyiv/Moscow", "2026-11-23", "jsonl"), "Talks Kyiv Moscow-2026-11-23.jsonl");
/// assert_eq!(file_name("..", "", "rubricator.zip"), "project.rubricator.zip");
/// ```
pub fn file_name(project_name: &str, date: &str, extension: &str) -> String {
    let date = clean(date);
    let tail = if date.is_empty() { String::new() } else { format!("-{date}") };
    let tail = format!("{tail}.{}", clean(extension));
    let mut name = clean(project_name);
    cut(&mut name, MOST_BYTES.saturating_sub(tail.len() + 1));
    if name.is_empty() {
        name.push_str("project");
    }
    // Windows reserves these before the first dot, whatever follows it.
    let stem = format!("{name}{tail}");
    let stem = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    if is_reserved(&stem) {
        name.insert(0, '_');
    }
    let mut whole = name + &tail;
    cut(&mut whole, MOST_BYTES);
    whole
}

/// Only characters that every file system takes, blanks joined, no dot or blank at either end.
fn clean(name: &str) -> String {
    let blank = |letter: char| if is_unsafe(letter) { ' ' } else { letter };
    let words = name.chars().map(blank).collect::<String>();
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.trim_matches(['.', ' ']).to_owned()
}

fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        // Direction marks, embeddings, overrides and isolates; invisible separators and the byte order mark.
        // The zero-width joiner and non-joiner stay: scripts and emoji need them.
        || matches!(letter, '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(letter, '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

fn is_reserved(stem: &str) -> bool {
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            matches!(rest, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    matches!(stem, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered("COM") || numbered("LPT")
}

fn cut(name: &mut String, most_bytes: usize) {
    name.truncate(name.floor_char_boundary(most_bytes));
    name.truncate(name.trim_end_matches(['.', ' ']).len());
}
