//! Which column of a table is what, guessed from the names of the columns and, for the text, from the content.

use csv::StringRecord;

/// What a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The text. Without it nothing can be imported.
    Text,
    /// The document's id in the file.
    Id,
    /// Its title.
    Title,
    /// The day it was published.
    Date,
    /// Newspaper, agency, site.
    Source,
    /// Who wrote it.
    Author,
    /// Its address.
    Url,
    /// Its language.
    Language,
    /// A label: of a mark if there are start and end, else of the document.
    Label,
    /// Where a mark starts in the text.
    Start,
    /// Where it ends.
    End,
    /// The marked words.
    Quote,
    /// A remark on a mark.
    Note,
    /// Anything else; it is kept as a further field of the document.
    #[default]
    Other,
}

/// Names that tell a role, without capitals, blanks and signs.
const NAMES: &[(Role, &[&str])] = &[
    (
        Role::Text,
        &[
            "text",
            "fulltext",
            "content",
            "body",
            "article",
            "articletext",
            "articlebody",
            "maintext",
            "doctext",
            "documenttext",
            "sentence",
            "tweet",
            "message",
            "columndata",
            "texte",
            "texto",
            "inhalt",
            "volltext",
        ],
    ),
    (Role::Id, &["id", "docid", "documentid", "articleid", "textid", "uuid", "identifier"]),
    (
        Role::Title,
        &["title", "headline", "heading", "documenttitle", "titel", "titre", "titulo", "überschrift"],
    ),
    (
        Role::Date,
        &[
            "date",
            "published",
            "publicationdate",
            "datepublished",
            "pubdate",
            "publishedat",
            "publishdate",
            "datetime",
            "datum",
            "fecha",
            "data",
        ],
    ),
    (
        Role::Source,
        &[
            "source",
            "newspaper",
            "publication",
            "outlet",
            "publisher",
            "medium",
            "journal",
            "quelle",
            "sourcename",
        ],
    ),
    (Role::Author, &["author", "authors", "byline", "creator", "autor", "auteur", "writer"]),
    (Role::Url, &["url", "uri", "link", "href", "permalink", "sourceurl"]),
    (Role::Language, &["language", "lang", "sprache", "langue", "idioma"]),
    (Role::Label, &["label", "tag", "code", "category", "class", "entity", "entitytype", "columnlabel"]),
    (Role::Start, &["start", "begin", "startoffset", "startchar", "startposition", "offset"]),
    (Role::End, &["end", "stop", "endoffset", "endchar", "endposition"]),
    (Role::Quote, &["quote", "quotation", "exact", "span", "spantext", "entitytext"]),
    (Role::Note, &["note", "comment", "remark", "memo"]),
];

/// The columns of a table with what each holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Names as the first row gives them; `column 1` and so on if it gives none.
    pub names: Vec<String>,
    /// What each holds, in the same order. Each role but [`Role::Other`] stands once.
    pub roles: Vec<Role>,
    /// Whether the first row holds names.
    pub has_header: bool,
}

impl Role {
    /// All of them with their names for people, in the order in which they are offered.
    pub const ALL: [(Self, &str); 14] = [
        (Self::Text, "text"),
        (Self::Title, "title"),
        (Self::Date, "date"),
        (Self::Author, "author"),
        (Self::Source, "source"),
        (Self::Url, "address"),
        (Self::Language, "language"),
        (Self::Id, "id"),
        (Self::Label, "label"),
        (Self::Start, "start of a mark"),
        (Self::End, "end of a mark"),
        (Self::Quote, "marked words"),
        (Self::Note, "note"),
        (Self::Other, "kept aside"),
    ];

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(role, _)| *role == self).map_or("", |(_, name)| *name)
    }

    /// The role of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(role, _)| *role)
    }
}

impl Columns {
    /// The same columns with other roles, as far as there are any.
    #[must_use]
    pub fn with(&self, roles: impl Iterator<Item = Role>) -> Self {
        let mut changed = self.clone();
        changed.roles.iter_mut().zip(roles).for_each(|(known, role)| *known = role);
        changed
    }

    /// Guesses from the first rows, that with the names included. A name tells more than the content; without a name
    /// that tells, the text is in the column with the longest cells.
    #[must_use]
    pub fn guess(rows: &[StringRecord]) -> Self {
        let Some(first) = rows.first() else { return Self::default() };
        let mut roles: Vec<Role> = Vec::with_capacity(first.len());
        for name in first {
            let role = role(name).filter(|role| !roles.contains(role)).unwrap_or_default();
            roles.push(role);
        }
        let is_named = roles.iter().any(|role| *role != Role::Other);
        let has_header = is_named || looks_like_header(first, rows.get(1..).unwrap_or_default());
        let names = (1..).zip(first).map(|(number, name)| match name.trim() {
            name if has_header && !name.is_empty() => name.to_owned(),
            _ => format!("column {number}"),
        });
        let mut columns = Self { names: names.collect(), roles, has_header };
        if columns.place(Role::Text).is_none()
            && let Some(longest) = columns.longest(rows.get(usize::from(has_header)..).unwrap_or_default())
        {
            columns.roles[longest] = Role::Text;
        }
        columns
    }

    /// Which column has that role.
    #[must_use]
    pub fn place(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|known| *known == role)
    }

    /// Whether a column's name, not its content, told that role.
    #[must_use]
    pub fn is_named(&self, wanted: Role) -> bool {
        self.place(wanted).and_then(|at| self.names.get(at)).is_some_and(|name| role(name) == Some(wanted))
    }

    /// The column of no role with the longest cells, if any cell holds a letter.
    fn longest(&self, rows: &[StringRecord]) -> Option<usize> {
        let length = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(str::len).sum::<usize>();
        let holds_letters = |at: usize| {
            rows.iter().filter_map(|row| row.get(at)).any(|cell| cell.contains(char::is_alphabetic))
        };
        let free = (0..self.roles.len()).filter(|at| self.roles[*at] == Role::Other && holds_letters(*at));
        // The first of equals.
        free.rev().max_by_key(|at| length(*at))
    }
}

fn role(name: &str) -> Option<Role> {
    let plain: String = name.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let plain = plain.to_lowercase();
    NAMES.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(role, _)| *role)
}

/// Names are short, all there and each used once, and no numbers; and below them stands something else.
fn looks_like_header(first: &StringRecord, rows: &[StringRecord]) -> bool {
    let is_name = |name: &str| {
        !name.is_empty() && name.len() < 40 && name.contains(char::is_alphabetic) && !name.ends_with('.')
    };
    let mut names: Vec<_> = first.iter().map(str::trim).collect();
    names.sort_unstable();
    let longest = |row: &StringRecord| row.iter().map(str::len).max().unwrap_or_default();
    names.windows(2).all(|pair| pair[0] != pair[1])
        && names.iter().all(|name| is_name(name))
        && rows.iter().any(|row| 2 * longest(first) < longest(row))
}
