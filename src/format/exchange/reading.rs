//! What an outside file says, in its own words. Nothing here is checked: offsets may lie anywhere, ids may be missing,
//! labels may be unknown to the codebook.

use std::ops::{Deref, DerefMut};

use serde_json::{Map, Value as Json};

use super::Said;
use crate::format::Issues;
use crate::model::{ActorKind, Meta, Origin, Status, Value};

/// A file handed to a parser: on its own, from a picked folder or out of an archive.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its path inside the folder or archive, with `/` between the parts; its name if it came alone.
    pub path: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// What a set of files of one format says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Its documents in the order of the files.
    pub documents: Vec<Foreign>,
    /// What it says of labels and relations apart from the documents.
    pub scheme: Scheme,
    /// What was found wrong, each with its place; the sound rest is in `documents`.
    pub issues: Issues,
}

/// A document as an outside file has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Foreign {
    /// The file it came from.
    pub path: String,
    /// The line in that file, from 1, where one line holds one document.
    pub line: Option<u64>,
    /// Its id in the file; empty if it has none.
    pub id: String,
    /// Its title; empty for the text's own.
    pub title: String,
    /// Its text exactly as decoded: nothing stripped, no line end changed. Marks count over it.
    pub text: String,
    /// Source, author, date, address and language, where the file says them.
    pub meta: Meta,
    /// How far the work on it is, where the file says it.
    pub status: Option<Status>,
    /// Who worked on it; empty where the file does not say.
    pub annotator: String,
    /// Its annotations in the order of the file.
    pub marks: Vec<Mark>,
    /// Its relations in the order of the file.
    pub links: Vec<Link>,
    /// What the file says of the actors that its marks and relations name.
    pub actors: Vec<ForeignActor>,
    /// What else the file says of it.
    pub extra: Map<String, Json>,
    /// What else it says in lists as long as the text, by other keys.
    pub lists: Said,
}

/// An entry of a registry as an outside file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignActor {
    /// Its name, by which marks and relations refer to it.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Its other names.
    pub aliases: Vec<String>,
    /// A remark.
    pub note: String,
}

/// An annotation as an outside file has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// Its id, unique in its document; empty if it has none and nothing refers to it.
    pub id: String,
    /// Its label as written.
    pub label: String,
    /// Start and end of each fragment as stated, end-exclusive; a number out of range is kept at the range's end.
    pub fragments: Vec<(i64, i64)>,
    /// Its text as the file quotes it; several fragments are joined by one blank.
    pub quote: Option<String>,
    /// Its attributes by name.
    pub attributes: Vec<(String, Value)>,
    /// Made by a person elsewhere, or proposed by a model.
    pub origin: Origin,
    /// What few formats say of it.
    pub aside: Aside,
    /// The line in the file, from 1, where it stands.
    pub line: Option<u64>,
    /// What else the file says of it.
    pub extra: Said,
}

/// What few formats say of a mark. Nothing takes no more room than a pointer, because large files hold millions of marks.
///
/// ```
/// use rubricator::format::exchange::{Aside, Remarks};
/// let mut aside = Aside::default();
/// assert_eq!((&*aside.note, &aside), ("", &Remarks::default().into()));
/// aside.note.push_str("why?");
/// assert_eq!(aside.note, "why?");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aside(Option<Box<Remarks>>);

/// What few formats say of a mark, one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// The name of the registry entry it stands for, where the format has such.
    pub actor: Option<String>,
    /// A remark.
    pub note: String,
    /// Who made it; empty for the document's.
    pub annotator: String,
}

/// No remarks.
static NONE: Remarks = Remarks { actor: None, note: String::new(), annotator: String::new() };

impl Deref for Aside {
    type Target = Remarks;

    fn deref(&self) -> &Remarks {
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for Aside {
    fn deref_mut(&mut self) -> &mut Remarks {
        self.0.get_or_insert_default()
    }
}

impl From<Remarks> for Aside {
    fn from(remarks: Remarks) -> Self {
        Self((remarks != NONE).then(|| Box::new(remarks)))
    }
}

/// A relation as an outside file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its id; empty if it has none.
    pub id: String,
    /// Its type as written.
    pub kind: String,
    /// The id of the mark it starts from.
    pub from: String,
    /// Where it leads.
    pub to: End,
    /// Its attributes by name.
    pub attributes: Vec<(String, Value)>,
    /// A remark.
    pub note: String,
    /// The line in the file, from 1, where it stands.
    pub line: Option<u64>,
    /// What else the file says of it.
    pub extra: Said,
}

/// Where a relation leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// To the mark of that id.
    Mark(String),
    /// To the registry entry of that name.
    Actor(String),
}

/// What a file or its configuration says of labels and relations, used or not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scheme {
    /// The labels.
    pub labels: Vec<ForeignLabel>,
    /// The types of relations.
    pub relations: Vec<ForeignRelation>,
}

/// A label as a configuration declares it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignLabel {
    /// Its name as documents write it.
    pub name: String,
    /// Its colour as `#rrggbb`; empty if none is given.
    pub colour: String,
    /// Its key; `None` if none is given.
    pub letter: Option<char>,
    /// What it is for.
    pub description: String,
}

/// A type of relations as a configuration declares it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignRelation {
    /// Its name as documents write it.
    pub name: String,
    /// The labels it may start from, by name; empty for any.
    pub from: Vec<String>,
    /// The labels it may lead to, by name; empty for any.
    pub to: Vec<String>,
}

/// In what an outside file counts its offsets, over its text as it stands there or with CRLF taken as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// Unicode code points.
    CodePoint,
    /// UTF-16 units.
    Utf16,
    /// UTF-8 bytes.
    Byte,
    /// Grapheme clusters.
    Grapheme,
    /// Code points after CRLF became LF.
    CodePointOfLf,
}
