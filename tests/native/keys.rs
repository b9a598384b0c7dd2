//! Keys beside what they do: every call that names a standard key names the one of the table, and a person's own keys
//! count where letters are given.

#![allow(clippy::disallowed_methods, reason = "this test reads the sources from disk")]
#![allow(clippy::unwrap_used, reason = "helpers of tests, which fail by panicking")]

use std::path::Path;

use rubricator::app::{BINDINGS, Binding, Chord, Keymap, Refusal};
use rubricator::model::{Key, Label, Letters, Revision};

use super::revising::revise;
use super::rooms::sources;
use super::session::desk;

#[test]
fn keys_that_are_shown_beside_what_they_do_are_those_of_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    for path in sources(&root.join("ui")).into_iter().chain(sources(&root.join("app"))) {
        let source = std::fs::read_to_string(&path).unwrap();
        for call in ["titled(", "key_cap(", ".shown(", ".key(", "key("] {
            for (at, _) in source.match_indices(call) {
                let call: String = source[at..].chars().take_while(|sign| *sign != ')').collect();
                let mut parts = call.split(", ").skip_while(|part| !part.contains("Action::"));
                let Some(action) = parts.next().and_then(|part| part.rsplit("Action::").next()) else {
                    continue;
                };
                let Some(key) = parts.next().map(|part| part.trim_matches('"')) else { continue };
                let row = BINDINGS.iter().find(|row| format!("{:?}", row.action) == action).unwrap();
                assert_eq!(row.chords.first(), Some(&key), "{}: {call}", path.display());
                seen += 1;
            }
        }
    }
    assert!(12 <= seen, "only {seen} keys were looked at");
}

fn label(letters: &str) -> Revision {
    let letter = Letters::parse(letters);
    let label = Label { colour: "#123456".to_owned(), letter, ..Label::new(Key::from("new"), "New") };
    Revision::Label(Box::new(label))
}

#[test]
fn no_key_of_a_label_begins_another_or_does_something_else() {
    let mut desk = desk("");
    for (letters, words) in [
        ("da", "the letter “d” does something else already: choose another one"),
        ("q1", "the letter “1” does something else already: choose another one"),
        ("a", "the letter “a” belongs to both “Actor” and “New”"),
        ("ab", "the letter “a” of “Actor” is the beginning of “ab”, the key of “New”"),
        ("mb", "the letter “m” of “made by” is the beginning of “mb”, the key of “New”"),
    ] {
        assert_eq!(revise(&mut desk, label(letters)).unwrap_err().to_string(), words, "{letters}");
    }
    revise(&mut desk, label("qa")).unwrap();
    let other = Label { colour: "#123456".to_owned(), ..Label::new(Key::from("other"), "Other") };
    let give =
        |letters| Revision::Label(Box::new(Label { letter: Letters::parse(letters), ..other.clone() }));
    let refused = revise(&mut desk, give("q")).unwrap_err().to_string();
    assert_eq!(refused, "the letter “q” of “Other” is the beginning of “qa”, the key of “New”");
    revise(&mut desk, give("qb")).unwrap();
}

#[test]
fn letters_are_free_by_a_persons_own_keys() {
    let mut desk = desk("");
    let mut keymap = Keymap::default();
    let row = |action: &str| BINDINGS.iter().find(|row| format!("{:?}", row.action) == action).unwrap();
    let give =
        |keymap: &mut Keymap, row: &Binding, chord| keymap.give(row, &Chord::parse(chord).unwrap(), false);
    give(&mut keymap, row("MarkDone"), "Ctrl+d");
    give(&mut keymap, row("Help"), "y");
    desk.session.set_keymap(keymap);
    assert_eq!(revise(&mut desk, label("y")), Err(Refusal::LetterTaken('y')));
    assert_eq!(revise(&mut desk, label("yd")), Err(Refusal::LetterTaken('y')));
    revise(&mut desk, label("d")).unwrap();
}
