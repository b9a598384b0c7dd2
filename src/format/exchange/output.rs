//! What a printer gets and gives. A printer is called once for each document and once at the end; what it puts out can
//! be taken away in between, so that memory never holds a whole export.

use std::collections::BTreeMap;

use crate::format::plain::binary;
use crate::model::{Actor, ActorId, Body, Document, Project, Timestamp};
use crate::text::Text;

/// What all documents of an export share.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The project with its codebook.
    pub project: &'a Project,
    /// The registry.
    pub actors: &'a BTreeMap<ActorId, Actor>,
}

/// One document to print.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its text.
    pub text: &'a Text,
    /// Its annotations and relations.
    pub body: &'a Body,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// Who changed it last.
    pub annotator: &'a str,
    /// Its place in the export, from 0.
    pub number: usize,
}

/// Files as they are being written, and what they cannot hold.
#[derive(Clone, Debug, Default)]
pub struct Output {
    files: Vec<(String, Vec<u8>)>,
    losses: BTreeMap<Loss, usize>,
    /// Names of documents' files, with the last number that each was given.
    names: BTreeMap<String, usize>,
    /// How many items the JSON list has that is being written.
    items: usize,
}

/// Something that a format cannot hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// What is left out or changed, as a plural: `overlapping spans`, `links`, `notes`.
    pub what: String,
    /// What becomes of it: `left out`, `joined to one span`.
    pub fate: &'static str,
}

impl Output {
    /// Adds to the file of that path, which begins with the first addition. A format of one file gives it any path.
    pub fn push(&mut self, path: &str, bytes: &[u8]) {
        match self.files.iter_mut().rev().find(|(known, _)| known == path) {
            Some((_, content)) => content.extend_from_slice(bytes),
            None => self.files.push((path.to_owned(), bytes.to_vec())),
        }
    }

    /// Adds to a file that is one JSON list; a format writes one such file at most.
    pub fn push_item(&mut self, path: &str, json: &str) {
        let before = if self.items == 0 { "[\n" } else { ",\n" };
        self.items += 1;
        self.push(path, format!("{before}{json}").as_bytes());
    }

    /// Ends the file that is one JSON list.
    pub fn end_items(&mut self, path: &str) {
        let end: &[u8] = if self.items == 0 { b"[]\n" } else { b"\n]\n" };
        self.push(path, end);
    }

    /// Counts something that the format cannot hold.
    pub fn lose(&mut self, what: impl Into<String>, fate: &'static str, count: usize) {
        if count > 0 {
            *self.losses.entry(Loss { what: what.into(), fate }).or_default() += count;
        }
    }

    /// A name that no earlier document of this export has: this one, with a number if it is taken. For formats that
    /// give each document a file of its own.
    pub fn fresh(&mut self, name: &str) -> String {
        // Systems differ in whether small and capital letters name the same file.
        let mut number = self.names.get(&name.to_lowercase()).map_or(1, |last| last + 1);
        let numbered =
            |number: usize| if number == 1 { name.to_owned() } else { format!("{name} ({number})") };
        while self.names.contains_key(&numbered(number).to_lowercase()) {
            number += 1;
        }
        self.names.insert(numbered(number).to_lowercase(), 1);
        self.names.insert(name.to_lowercase(), number);
        numbered(number)
    }

    /// The files so far, which are taken out; what is pushed later begins anew under the same path.
    pub fn take_files(&mut self) -> Vec<(String, Vec<u8>)> {
        std::mem::take(&mut self.files)
    }

    /// What could not be held, with how often.
    pub const fn losses(&self) -> &BTreeMap<Loss, usize> {
        &self.losses
    }
}

/// Counts a text that is written as a file of its own and would not be taken for text when it is read.
pub(super) fn lose_text(page: &Page<'_>, output: &mut Output) {
    let is_none = binary(page.text.as_bytes()).is_some();
    output.lose(
        "texts that are no text to most programs",
        "written, but refused when read",
        usize::from(is_none),
    );
}
