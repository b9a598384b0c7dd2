//! The registry of outside formats. The import and export dialogs, the README's table and the tests all read this one
//! list, so a format that stands here is offered, documented and tested, and one that does not is none.

use serde_json::Value as Json;

use super::{
    Context, Count, Foreign, Output, Page, Reading, Rows, Sheet, Source, Tasks, Values, brat, cas, conll,
    dna, doccano, docx, html, hugging_face, label_studio, mardy, medtator, prodigy, pubannotation, spacy,
    table, tables, web_annotation, webanno,
};
use crate::format::Issue;

/// An outside format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its short name, under which [`Extra`](crate::model::Extra) keeps what it says beyond the model.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What its files' names end in, lower case, without the dot.
    pub endings: &'static [&'static str],
    /// What the names of files end in that belong to it without being known by themselves, such as texts beside their
    /// annotations. They go with the files of this format in the same folder or one below.
    pub companions: &'static [&'static str],
    /// In what its offsets may be counted, its own standard first. One only if it is beyond doubt.
    pub counts: &'static [Count],
    /// How sure it is that these files are of this format. A file may be cut after its first 64 KiB.
    pub recognize: fn(&[Source<'_>]) -> Confidence,
    /// How it is read; `None` where it is only written.
    pub parse: Option<Parse>,
    /// How it is written; `None` where it is only read.
    pub print: Option<Print>,
}

/// How a format is read.
#[derive(Clone, Copy, Debug)]
pub enum Parse {
    /// Each file by itself, as one text without marks: memory holds one at a time, and there is nothing to choose.
    Each(fn(&Source<'_>, &mut Reading)),
    /// All files of a set together, because they refer to each other or are small. Linear in their size.
    Files(fn(&[Source<'_>]) -> Reading),
    /// A table, by [`Rows`](super::Rows): one document after the other, by columns that can be chosen.
    Table,
    /// Label Studio's tasks, by [`Tasks`](super::Tasks): one JSON value after the other, by the configurations beside them.
    Tasks,
    /// One JSON value after the other, from JSON Lines, a JSON list or values written one after the other: memory holds
    /// one at a time.
    Values(fn(JsonValue<'_>, &mut Reading)),
}

impl Parse {
    /// Reads the files of a set that lie in memory. Each document is handed on as soon as it is read, so that the result
    /// holds what is wrong and what the files say of labels, but no documents.
    pub fn read(self, sources: &[Source<'_>], document: &mut dyn FnMut(Foreign)) -> Reading {
        let mut reading = Reading::default();
        match self {
            Self::Each(parse) => {
                for source in sources {
                    parse(source, &mut reading);
                    reading.documents.drain(..).for_each(&mut *document);
                }
            }
            Self::Files(parse) => {
                reading = parse(sources);
                reading.documents.drain(..).for_each(document);
            }
            Self::Table => {
                for source in sources {
                    match Sheet::of(source) {
                        Ok(sheet) => {
                            let mut rows = Rows::new(source.path, &sheet, None, &mut reading.issues);
                            while let Some(one) = rows.next_document(&mut reading.issues) {
                                document(one);
                            }
                        }
                        Err(problem) => reading.issues.push(Issue::new(source.path, None, None, problem)),
                    }
                }
            }
            Self::Tasks => {
                let (configs, files): (Vec<_>, Vec<_>) =
                    sources.iter().copied().partition(|source| Tasks::is_config(source.path));
                let tasks = Tasks::new(&configs, &mut reading);
                read_values(&files, &|value, reading| tasks.parse(value, reading), &mut reading, document);
            }
            Self::Values(parse) => read_values(sources, &parse, &mut reading, document),
        }
        reading
    }
}

fn read_values(
    sources: &[Source<'_>],
    parse: &dyn Fn(JsonValue<'_>, &mut Reading),
    reading: &mut Reading,
    document: &mut dyn FnMut(Foreign),
) {
    for source in sources {
        let mut values = Values::new();
        values.push(source.bytes);
        values.finish();
        while let Some(found) = values.next_value() {
            let (path, line, number) = (source.path, found.line, found.number);
            match found.value {
                Ok(value) => parse(JsonValue { path, line, number, value }, reading),
                Err(problem) => reading.issues.push(Issue::new(path, Some(line), None, problem)),
            }
            reading.documents.drain(..).for_each(&mut *document);
        }
    }
}

/// A JSON value of a file that is read value by value.
#[derive(Clone, Debug)]
pub struct JsonValue<'a> {
    /// The file.
    pub path: &'a str,
    /// The line on which the value begins, from 1.
    pub line: u64,
    /// Which value of the file it is, from 1.
    pub number: u64,
    /// The value.
    pub value: Json,
}

/// How a format is written.
#[derive(Clone, Copy, Debug)]
pub struct Print {
    /// What the name of the file ends in, without the dot; `zip` for several files.
    pub ending: &'static str,
    /// Prints one document.
    pub page: fn(&Context<'_>, &Page<'_>, &mut Output),
    /// Prints what comes after the last document; called once, also without documents.
    pub finish: fn(&Context<'_>, &mut Output),
}

/// How sure a format is that files are its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// They are not.
    No,
    /// They can be read so, as many other files could.
    Possible,
    /// They have its shape.
    Likely,
    /// They carry its own mark.
    Certain,
}

/// Every outside format, in the order in which people are offered them.
pub const FORMATS: &[Format] = &[
    brat::FORMAT,
    cas::FORMAT,
    conll::FORMAT,
    dna::FORMAT,
    dna::PROJECT_FORMAT,
    doccano::FORMAT,
    docx::FORMAT,
    html::FORMAT,
    hugging_face::FORMAT,
    label_studio::FORMAT,
    mardy::FORMAT,
    medtator::FORMAT,
    prodigy::FORMAT,
    pubannotation::FORMAT,
    spacy::FORMAT,
    table::FORMAT,
    tables::FORMAT,
    web_annotation::FORMAT,
    webanno::FORMAT,
];
