//! Reads backups. An archive is a stranger's until it has been read: sizes, ratios and names are checked, and what
//! can be read of a damaged file is kept with an issue for the rest.

use std::collections::BTreeMap;

use serde::Deserialize;
use uuid::Uuid;

use super::{Cursor, DOCUMENTS, HISTORY, PROJECT, TEXTS};
use crate::format::jsonl::{Defaults, Line, Lines, Reader};
use crate::format::record::{ActorRecord, CursorRecord, ProjectRecord};
use crate::format::zip::{Zip, ZipEntry};
use crate::format::{Error, ImportedDocument, Issue, Problem, RecordKind, migrate, row, text_sha256};
use crate::model::{Actor, Entry, Project, ProjectId};
use crate::text::{Text, order};

/// A backup has four entries; some systems add their own.
const MOST_ENTRIES: usize = 100;
/// What a browser can hold with the project that it becomes, in megabytes.
const MOST_MB: u64 = 1_000;

/// A project as it came out of a backup.
#[derive(Clone, Debug, PartialEq)]
pub struct Backup {
    /// The project.
    pub project: Project,
    /// Its registry.
    pub actors: Vec<Actor>,
    /// Its documents in the order of the file; each carries its own issues.
    pub documents: Vec<ImportedDocument>,
    /// Its history by number.
    pub history: Vec<Entry>,
    /// The history's end and stacks.
    pub cursor: Cursor,
    /// Texts by their hash that only the history still refers to.
    pub texts: BTreeMap<String, Text>,
    /// What was found wrong besides the documents' own issues.
    pub issues: Vec<Issue>,
}

impl Backup {
    /// Reads a backup into a project of that id. `new_id` is asked only where a record has lost its own.
    ///
    /// # Errors
    /// The bytes are no zip archive, the archive is no backup or damaged, unpacks to more than a browser holds, or was
    /// written by a later version of this program.
    pub fn parse(bytes: &[u8], project: ProjectId, new_id: &mut dyn FnMut() -> Uuid) -> Result<Self, Error> {
        let archive = Archive::new(bytes)?;
        let mut read = Self::head(&archive, project)?;
        read.issues
            .extend(archive.foreign.iter().map(|name| Issue::new(name, None, None, Problem::ForeignEntry)));
        read.read_documents(&archive, new_id)?;
        read.read_texts(&archive)?;
        read.read_history(&archive)?;
        Ok(read)
    }

    /// Whether these bytes are an archive that holds a project, by its directory alone.
    pub fn is_one(bytes: &[u8]) -> bool {
        Archive::new(bytes).is_ok_and(|archive| archive.has(PROJECT))
    }

    fn head(archive: &Archive<'_>, id: ProjectId) -> Result<Self, Error> {
        let kind = RecordKind::Project;
        if !archive.has(PROJECT) {
            return Err(Error::EntryMissing { entry: PROJECT });
        }
        let mut bytes = Vec::new();
        archive.read(PROJECT, &mut |chunk| bytes.extend_from_slice(chunk))?;
        let value: serde_json::Value =
            serde_json::from_slice(&bytes).map_err(|error| row::unreadable(kind, &error))?;
        let version = row::project_version(&value)?;
        let value = migrate::migrate(kind, value, version);
        let project = ProjectRecord::deserialize(&value)
            .map_err(|error| row::unreadable(kind, &error))?
            .into_project(id)
            .map_err(|fault| row::at(kind, fault))?;
        let kind = RecordKind::Actor;
        let actors = match value.get("actors") {
            None => Vec::new(),
            Some(actors) => Vec::<ActorRecord<'_>>::deserialize(actors)
                .map_err(|error| row::unreadable(kind, &error))?
                .into_iter()
                .map(|actor| actor.into_actor(id).map_err(|fault| row::at(kind, fault)))
                .collect::<Result<_, _>>()?,
        };
        let cursor = match value.get("history") {
            None => Cursor::default(),
            Some(cursor) => CursorRecord::deserialize(cursor)
                .map(Cursor::from)
                .map_err(|error| row::unreadable(RecordKind::Cursor, &error))?,
        };
        Ok(Self {
            project,
            actors,
            documents: Vec::new(),
            history: Vec::new(),
            cursor,
            texts: BTreeMap::new(),
            issues: Vec::new(),
        })
    }

    fn read_documents(
        &mut self,
        archive: &Archive<'_>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<(), Error> {
        if !archive.has(DOCUMENTS) {
            return Err(Error::EntryMissing { entry: DOCUMENTS });
        }
        let mut known = order::set(self.actors.iter().map(|actor| actor.id));
        let defaults = Defaults {
            registry: known.clone(),
            codebook_version: self.project.codebook.version,
            ..Defaults::new(self.project.id, self.project.created)
        };
        let mut reader = Reader::of_backup(DOCUMENTS, defaults);
        archive.read_lines(DOCUMENTS, &mut |line| {
            let read = reader.parse(line, new_id);
            match read {
                Ok(mut document) => {
                    let strangers = std::mem::take(&mut document.actors);
                    self.actors.extend(strangers.into_iter().filter(|actor| known.insert(actor.id)));
                    self.documents.push(document);
                }
                Err(issue) => self.issues.push(*issue),
            }
        })
    }

    fn read_texts(&mut self, archive: &Archive<'_>) -> Result<(), Error> {
        #[derive(Deserialize)]
        struct TextLine {
            sha256: String,
            text: String,
        }
        archive.read_lines(TEXTS, &mut |line| {
            let number = line.number;
            let read = line.content.and_then(|content| {
                let unreadable = |reason| Problem::UnreadableRecord { reason };
                let read: TextLine =
                    serde_json::from_str(&content).map_err(|error| unreadable(row::reason(&error)))?;
                let actual = text_sha256(&read.text);
                if actual == read.sha256 {
                    Ok((actual, Text::new(read.text)))
                } else {
                    Err(unreadable("the text is not the one of its hash".to_owned()))
                }
            });
            match read {
                Ok((sha256, text)) => {
                    self.texts.insert(sha256, text);
                }
                Err(problem) => self.issues.push(Issue::new(TEXTS, Some(number), None, problem)),
            }
        })
    }

    /// The history is a chain: with one link broken it would undo what it should not, so it is used whole or not.
    fn read_history(&mut self, archive: &Archive<'_>) -> Result<(), Error> {
        let mut entries = Vec::new();
        let mut broken: Option<(u64, String)> = None;
        let project = self.project.id;
        archive.read_lines(HISTORY, &mut |line| {
            let number = line.number;
            let read = line
                .content
                .map_err(|problem| problem.to_string())
                .and_then(|content| row::parse_entry(&content, project).map_err(|error| error.to_string()));
            match read {
                Ok(entry) => entries.push(entry),
                Err(reason) => broken = broken.take().or(Some((number, reason))),
            }
        })?;
        let line = broken.as_ref().map(|(line, _)| *line);
        let reason = broken.map(|(_, reason)| reason).or_else(|| gap(&entries, self.cursor));
        if let Some(reason) = reason {
            self.issues.push(Issue::new(HISTORY, line, None, Problem::HistoryUnusable { reason }));
            self.cursor = Cursor::default();
        } else {
            self.history = entries;
        }
        Ok(())
    }
}

/// What is missing for the stacks to be walked from the cursor to their bottom.
fn gap(entries: &[Entry], cursor: Cursor) -> Option<String> {
    if !entries.is_sorted_by(|one, next| one.number < next.number) {
        return Some("its entries are not in order".to_owned());
    }
    if entries.last().is_some_and(|entry| entry.number > cursor.last) {
        return Some(format!("it goes on after entry {}, which should be the last", cursor.last));
    }
    for top in [cursor.undo, cursor.redo] {
        let mut next = top;
        while let Some(number) = next {
            let Ok(at) = entries.binary_search_by_key(&number, |entry| entry.number) else {
                return Some(format!("entry {number} is missing"));
            };
            let below = entries.get(at).and_then(|entry| entry.below);
            if below.is_some_and(|below| number <= below) {
                return Some(format!("entry {number} stands on a later one"));
            }
            next = below;
        }
    }
    None
}

/// The entries of an archive that belong to a backup.
struct Archive<'b> {
    zip: Zip<'b>,
    foreign: Vec<String>,
}

impl<'b> Archive<'b> {
    fn new(bytes: &'b [u8]) -> Result<Self, Error> {
        let zip = Zip::new(bytes, MOST_ENTRIES)?;
        let known = [PROJECT, DOCUMENTS, HISTORY, TEXTS];
        let (own, foreign): (Vec<_>, Vec<_>) =
            zip.entries().iter().partition(|entry| known.contains(&entry.name.as_str()));
        for (at, entry) in own.iter().enumerate() {
            if own.iter().take(at).any(|before| before.name == entry.name) {
                return Err(Error::EntryTwice { entry: entry.name.clone() });
            }
            entry.check()?;
        }
        let foreign = foreign.into_iter().map(|entry| entry.name.clone()).collect();
        Ok(Self { foreign, zip })
    }

    fn entry(&self, name: &str) -> Option<&ZipEntry> {
        self.zip.entries().iter().find(|entry| entry.name == name)
    }

    fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// Unpacks an entry piece by piece; nothing if there is no such entry.
    fn read(&self, name: &'static str, each: &mut dyn FnMut(&[u8])) -> Result<(), Error> {
        self.entry(name).map_or(Ok(()), |entry| self.zip.read(entry, MOST_MB, each))
    }

    fn read_lines(&self, name: &'static str, each: &mut dyn FnMut(Line<'_>)) -> Result<(), Error> {
        // A backup's own texts have no cap of their own; the archive's stands for all.
        let mut lines = Lines::with_cap(usize::MAX);
        self.read(name, &mut |chunk| {
            lines.push(chunk);
            while let Some(line) = lines.next_line() {
                each(line);
            }
        })?;
        lines.finish();
        while let Some(line) = lines.next_line() {
            each(line);
        }
        Ok(())
    }
}
