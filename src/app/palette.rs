//! What the palette offers: every command, label, link, screen, document and actor, found by a few letters of its words.
//! What begins with what was typed comes first, then what holds it where words begin, then what holds it anywhere.

use super::{
    document_order::in_order,
    keymap::{Action, BINDINGS},
    route::Screen,
    session::Session,
};
use crate::{
    model::{DocumentId, Key},
    text::{fold, order},
};

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// What a key would do.
    Act(Action),
    /// Label the selection.
    Label(Key),
    /// Start a link from the chosen annotation.
    Link(Key),
    /// Show a screen, or the text.
    Show(Option<Screen>),
    /// Open a document.
    Open(DocumentId),
    /// Look for this in all documents.
    Search(String),
    /// What only a button opens otherwise.
    Bring(Brought),
}

/// What has no key of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brought {
    /// All projects.
    Projects,
    /// The annotator's name, the stored space.
    Settings,
    /// The short tour.
    Tour,
    /// Title, origin and tags of the open document.
    About(DocumentId),
    /// What the open document was before.
    Past(DocumentId),
    /// Another text for the open document.
    Retext(DocumentId),
}

/// Something to choose in the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What is shown.
    pub name: String,
    /// What kind of entry it is, or the keys that do the same.
    pub hint: String,
    /// What it does.
    pub deed: Deed,
    key: String,
}

impl Entry {
    fn new(name: impl Into<String>, hint: impl Into<String>, deed: Deed) -> Self {
        let name = name.into();
        Self { key: fold(&name), name, hint: hint.into(), deed }
    }

    /// How well it answers folded words, the smallest best; `None` if one of them is missing.
    fn rank(&self, words: &[&str]) -> Option<usize> {
        let mut rank = 0;
        for (number, word) in words.iter().enumerate() {
            let at = self.key.find(word)?;
            let begins = |at: usize| {
                let before = self.key.get(..at).and_then(|before| before.chars().next_back());
                before.is_none_or(|before| !before.is_alphanumeric())
            };
            rank += match at {
                0 if number == 0 => 0,
                at if begins(at) || self.key.match_indices(word).any(|(at, _)| begins(at)) => 1,
                _ => 4,
            };
        }
        Some(rank)
    }
}

/// Everything that can be chosen. Linear in the documents and actors.
pub fn entries(session: &Session) -> Vec<Entry> {
    let state = session.state();
    let codebook = &state.project().codebook;
    let mut entries = Vec::new();
    entries.extend(codebook.labels.iter().map(|label| {
        let hint = label.letter.map(|letter| letter.to_string()).unwrap_or_default();
        Entry::new(format!("Label: {}", label.name), hint, Deed::Label(label.key.clone()))
    }));
    entries.extend(codebook.relations.iter().map(|relation| {
        let hint = relation.letter.map(|letter| letter.to_string()).unwrap_or_default();
        Entry::new(format!("Link: {}", relation.name), hint, Deed::Link(relation.key.clone()))
    }));
    // What moves the cursor or needs a second key is no command of its own.
    let commands = BINDINGS.iter().filter(|binding| {
        !binding.in_text_only && !matches!(binding.action, Action::Go | Action::Palette | Action::Escape)
    });
    entries.extend(commands.map(|binding| {
        let mut words = binding.words.to_owned();
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Entry::new(
            words,
            session.keymap().chords(binding).first().copied().unwrap_or_default(),
            Deed::Act(binding.action),
        )
    }));
    let text = format!("{} t", session.keymap().shown(Action::Go, "g"));
    let screens = [(None, "text", text.as_str())].into_iter();
    let screens = screens.chain(Screen::ALL.map(|screen| (Some(screen), screen.name(), "screen")));
    entries.extend(
        screens.map(|(screen, name, hint)| Entry::new(format!("Go to: {name}"), hint, Deed::Show(screen))),
    );
    let mut brought = vec![
        ("Projects: open, begin, copy, rename, archive, throw away", Brought::Projects),
        ("Settings", Brought::Settings),
        ("Show the short tour", Brought::Tour),
    ];
    if let Some(open) = session.open() {
        brought.extend([
            ("About this document: title, origin, tags", Brought::About(open.document)),
            ("History of this document", Brought::Past(open.document)),
            ("Replace the text of this document", Brought::Retext(open.document)),
        ]);
    }
    entries.extend(brought.into_iter().map(|(name, brought)| Entry::new(name, "", Deed::Bring(brought))));
    entries.extend(
        in_order(state.documents())
            .into_iter()
            .map(|document| Entry::new(&document.title, "document", Deed::Open(document.id))),
    );
    entries.extend(state.actors().values().map(|actor| {
        Entry::new(&actor.name, "actor", Deed::Search(format!("actor:\"{}\"", actor.name.replace('"', " "))))
    }));
    entries
}

/// The entries that hold all that was typed, the best first and otherwise in their order; `most` at the most. Last comes
/// looking for it in all documents. Linear in the entries.
pub fn ranked(entries: &[Entry], typed: &str, most: usize) -> Vec<Entry> {
    let key = fold(typed);
    let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
    let mut found: Vec<(usize, &Entry)> =
        entries.iter().filter_map(|entry| Some((entry.rank(&words)?, entry))).collect();
    order::sort_by(&mut found, |(one, _), (other, _)| one.cmp(other));
    let mut found: Vec<Entry> = found.into_iter().take(most).map(|(_, entry)| entry.clone()).collect();
    if !words.is_empty() {
        let typed = typed.trim().to_owned();
        found.push(Entry::new(format!("Search all documents for “{typed}”"), "", Deed::Search(typed)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(typed: &str) -> Vec<String> {
        let entries: Vec<Entry> =
            ["Undo", "Mark done and open the next document", "Go to: codebook", "Cölogne doc"]
                .map(|name| Entry::new(name, "", Deed::Show(None)))
                .into();
        ranked(&entries, typed, 9).into_iter().map(|entry| entry.name).collect()
    }

    #[test]
    fn the_best_comes_first() {
        assert_eq!(names("und"), ["Undo", "Search all documents for “und”"]);
        assert_eq!(names("doc")[..2], ["Mark done and open the next document", "Cölogne doc"]);
        assert_eq!(names("co")[..2], ["Cölogne doc", "Go to: codebook"]);
        assert_eq!(names("next mark")[0], "Mark done and open the next document");
        assert_eq!(names("").len(), 4);
        assert_eq!(names("zzz"), ["Search all documents for “zzz”"]);
    }
}
