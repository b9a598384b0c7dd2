//! The keys in groups, as people read them: the codebook's letters first, then the table of the app.

use crate::{
    app::{Action, BINDINGS, Binding, Keymap},
    model::{Codebook, Letters},
    text::fold,
};

/// Keys that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) name: &'static str,
    pub(super) rows: Vec<KeyRow>,
}

/// What some keys do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeyRow {
    /// Each way to do it, as the keys to press together.
    pub(super) chords: Vec<Vec<String>>,
    pub(super) words: String,
    /// The action whose keys they are, where they can be changed.
    pub(super) action: Option<Action>,
}

/// All groups with the rows that hold the words looked for; groups without such rows are left out.
pub(super) fn groups(codebook: &Codebook, keymap: &Keymap, looked_for: &str) -> Vec<Group> {
    let mut groups = vec![Group { name: "Labels and links", rows: of_codebook(codebook) }];
    for binding in BINDINGS {
        let chords = keymap.chords(binding);
        // A codebook from elsewhere may have the key for itself.
        let hidden = chords.iter().find_map(|chord| Binding::hidden_by(chord, codebook));
        let here = hidden.map(|name| format!(" (here the key of “{name}”)")).unwrap_or_default();
        let row = KeyRow {
            chords: chords.iter().map(|chord| keys_of(chord)).collect(),
            words: capitalised(binding.words) + &here,
            action: Some(binding.action).filter(|_| !binding.is_fixed()),
        };
        match groups.iter_mut().find(|group| group.name == binding.group) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { name: binding.group, rows: vec![row] }),
        }
    }
    let folded = fold(looked_for);
    for group in &mut groups {
        group.rows.retain(|row| row.holds(&folded));
    }
    groups.retain(|group| !group.rows.is_empty());
    groups
}

impl KeyRow {
    fn holds(&self, folded: &str) -> bool {
        let mut chords = self.chords.iter().map(|chord| chord.join("+"));
        fold(&self.words).contains(folded) || chords.any(|chord| fold(&chord).contains(folded))
    }
}

fn of_codebook(codebook: &Codebook) -> Vec<KeyRow> {
    let mut rows = Vec::new();
    for (index, label) in codebook.labels.iter().enumerate() {
        let digit = (index < 9).then(|| (index + 1).to_string());
        let letters = label.letter.map(pressed);
        let words = format!("Label: {}", label.name);
        let chords = letters.into_iter().chain(digit.map(|digit| vec![digit])).collect();
        rows.push(KeyRow { chords, words, action: None });
    }
    for relation in &codebook.relations {
        let chords = relation.letter.map(pressed).into_iter().collect();
        rows.push(KeyRow { chords, words: format!("Link: {}", relation.name), action: None });
    }
    let digits = ["1", "…", "9"].map(str::to_owned).to_vec();
    rows.push(KeyRow {
        chords: vec![digits],
        words: "Take the offered link or actor of that number".to_owned(),
        action: None,
    });
    rows.retain(|row| !row.chords.is_empty());
    rows
}

/// Letters as they are pressed, one after the other.
fn pressed(letters: Letters) -> Vec<String> {
    [Some(letters.first), letters.second].into_iter().flatten().map(String::from).collect()
}

/// The keys of a chord by the names that stand on them.
pub(super) fn keys_of(chord: &str) -> Vec<String> {
    let mut keys: Vec<&str> = chord.split('+').filter(|key| !key.is_empty()).collect();
    if chord.ends_with('+') {
        keys.push("+");
    }
    keys.into_iter().map(|key| name_of(key, chord.len() > 1)).collect()
}

fn name_of(key: &str, held: bool) -> String {
    match key {
        "ArrowLeft" => "←".to_owned(),
        "ArrowRight" => "→".to_owned(),
        "ArrowUp" => "↑".to_owned(),
        "ArrowDown" => "↓".to_owned(),
        "Escape" => "Esc".to_owned(),
        letter if held && letter.len() == 1 => letter.to_uppercase(),
        other => other.to_owned(),
    }
}

pub(super) fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
