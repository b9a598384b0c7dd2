//! Lots of files of one outside format: surveyed first, taken in once the person has chosen. Formats of JSON values are
//! read twice, value by value, so that a large file never lies in memory, and tables likewise row by row; of the others
//! what was read is kept.

use std::collections::BTreeMap;

use super::{
    desk::Desk,
    import::{Course, Intake},
    material::Material,
    protocol::{Chosen, Column, Finding, Foreign, Surveyed},
};
use crate::{
    format::{
        Issue, Issues, Problem,
        exchange::{
            self, Columns, Format, JsonValue, Look, Mapping, Parse, Reading, Role, Rows, Settler, Sheet,
            Source, Survey, Tasks, Values,
        },
    },
    model::{Codebook, Key},
};

/// The name of the format whose columns can be chosen.
const TABLE: &str = "table";

/// How much of a table tells its columns, in bytes.
const HEAD: u64 = 64 << 10;

/// How much of a file is read at a time, in bytes.
const CHUNK: u64 = 1 << 22;

/// The most that the files of a lot may have together where they are read as a whole, in bytes.
const MOST_BYTES: u64 = 200_000_000;

/// The most findings that are shown before anything is stored.
const MOST_FINDINGS: usize = 100;

/// Files of one format.
pub(super) struct Lot<'m> {
    format: &'static Format,
    files: Vec<&'m Material>,
    survey: Survey,
    /// What was found wrong.
    pub(super) issues: Vec<Issue>,
    /// What was read, where it is not read again.
    documents: Vec<exchange::Foreign>,
    /// The columns and first rows of a table.
    look: Option<Look>,
    /// The columns that the person chose, where they are not those that it seemed to have.
    columns: Option<Columns>,
}

/// How many rows of a table are shown, and how much of each cell.
const SHOWN_ROWS: usize = 4;
const SHOWN_LETTERS: usize = 80;

type ParseValue<'p> = &'p dyn Fn(JsonValue<'_>, &mut Reading);

impl<'m> Lot<'m> {
    pub(super) fn new(format: &'static Format, files: Vec<&'m Material>) -> Self {
        Self {
            format,
            files,
            survey: Survey::new(format),
            issues: Vec::new(),
            documents: Vec::new(),
            look: None,
            columns: None,
        }
    }

    /// The lots of files of one format: one, but for tables, of which those with the same columns are one.
    pub(super) async fn of(format: &'static Format, files: Vec<&'m Material>) -> Vec<Self> {
        if format.name != TABLE {
            return vec![Self::new(format, files)];
        }
        let mut lots: Vec<Self> = Vec::new();
        for file in files {
            // A file that cannot be read says so when it is read as a whole.
            let head = file.read_chunk(0, HEAD.min(file.size())).await.unwrap_or_default();
            let found = exchange::look(&Source { path: file.path(), bytes: &head }).ok();
            let columns = |look: &Option<Look>| look.as_ref().map(|look| look.columns.clone());
            match lots.iter_mut().find(|lot| columns(&lot.look) == columns(&found)) {
                Some(lot) => lot.files.push(file),
                None => lots.push(Self { look: found, ..Self::new(format, vec![file]) }),
            }
        }
        lots
    }

    /// Reads a table anew by the columns that the person chose, where they are not those that it seemed to have.
    pub(super) async fn read_by(&mut self, chosen: &[String]) {
        let Some(look) = &self.look else { return };
        let roles = chosen.iter().map(|name| Role::from_name(name).unwrap_or_default());
        let columns = look.columns.with(roles);
        if columns == look.columns {
            return;
        }
        self.survey = Survey::new(self.format);
        self.issues.clear();
        self.columns = Some(columns);
        self.read_rows().await;
    }

    /// Whether there is anything that the person could choose.
    pub(super) fn asks(&self) -> bool {
        !matches!(self.format.parse, Some(Parse::Each(_)))
    }

    /// In bytes.
    pub(super) fn size(&self) -> u64 {
        self.files.iter().map(|file| file.size()).sum()
    }

    /// Reads the files for what they hold.
    pub(super) async fn survey(&mut self, desk: &Desk) {
        match self.format.parse {
            None | Some(Parse::Each(_)) => {}
            Some(Parse::Files(parse)) => self.read_whole(parse).await,
            Some(Parse::Table) => self.read_rows().await,
            Some(Parse::Values(parse)) => self.read_values(&parse, Reading::default(), desk).await,
            Some(Parse::Tasks) => {
                let mut reading = Reading::default();
                let tasks = self.tasks(&mut reading).await;
                self.read_values(&|value, reading| tasks.parse(value, reading), reading, desk).await;
            }
        }
    }

    /// What is wrong with files that are too large to lie in memory.
    fn too_large(&self) -> Option<Issue> {
        let bytes = usize::try_from(self.size()).unwrap_or(usize::MAX);
        let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
        let path = self.files.first().map_or("", |file| file.path());
        (most < bytes).then(|| Issue::new(path, None, None, Problem::TooLarge { bytes, most }))
    }

    async fn read_rows(&mut self) {
        if let Some(issue) = self.too_large() {
            return self.issues.push(issue);
        }
        let mut issues = Issues::default();
        for file in &self.files {
            let bytes = match file.read().await {
                Ok(bytes) => bytes,
                Err(reason) => {
                    issues.push(unreadable(file.path(), reason));
                    continue;
                }
            };
            match Sheet::of(&Source { path: file.path(), bytes: &bytes }) {
                Ok(sheet) => {
                    let mut rows = Rows::new(file.path(), &sheet, self.columns.as_ref(), &mut issues);
                    while let Some(document) = rows.next_document(&mut issues) {
                        self.survey.add(&document);
                    }
                }
                Err(problem) => issues.push(Issue::new(file.path(), None, None, problem)),
            }
        }
        self.issues = issues.into();
    }

    async fn read_whole(&mut self, parse: impl Fn(&[Source<'_>]) -> Reading) {
        if let Some(issue) = self.too_large() {
            return self.issues.push(issue);
        }
        let mut contents = Vec::with_capacity(self.files.len());
        for file in &self.files {
            match file.read().await {
                Ok(bytes) => contents.push((file.path(), bytes)),
                Err(reason) => self.issues.push(unreadable(file.path(), reason)),
            }
        }
        let sources: Vec<Source<'_>> = contents.iter().map(|(path, bytes)| Source { path, bytes }).collect();
        let reading = parse(&sources);
        reading.documents.iter().for_each(|foreign| self.survey.add(foreign));
        self.survey.scheme = reading.scheme;
        self.issues.extend(Vec::from(reading.issues));
        self.documents = reading.documents;
    }

    /// The configurations among the files.
    async fn tasks(&self, reading: &mut Reading) -> Tasks {
        let mut contents = Vec::new();
        for file in self.files.iter().filter(|file| Tasks::is_config(file.path())) {
            match file.read().await {
                Ok(bytes) => contents.push((file.path(), bytes)),
                Err(reason) => reading.issues.push(unreadable(file.path(), reason)),
            }
        }
        let sources: Vec<Source<'_>> = contents.iter().map(|(path, bytes)| Source { path, bytes }).collect();
        Tasks::new(&sources, reading)
    }

    /// The files that are read value by value.
    fn files_of_values(&self) -> impl Iterator<Item = &'m Material> {
        let is_tasks = matches!(self.format.parse, Some(Parse::Tasks));
        self.files.iter().copied().filter(move |file| !(is_tasks && Tasks::is_config(file.path())))
    }

    async fn read_values(&mut self, parse: ParseValue<'_>, mut reading: Reading, desk: &Desk) {
        let files: Vec<_> = self.files_of_values().collect();
        let (mut done, total) = (0, self.size());
        for file in files {
            let mut values = Stream::new(file);
            while let Some(value) = values.next(&mut reading, parse).await {
                if let Err(issue) = value {
                    reading.issues.push(issue);
                }
                reading.documents.drain(..).for_each(|foreign| self.survey.add(&foreign));
                desk.pass(done + values.at, total).await;
                if desk.is_stopped() {
                    return;
                }
            }
            done += file.size();
        }
        self.survey.scheme = reading.scheme;
        self.issues = reading.issues.into();
    }

    /// What the person is shown.
    pub(super) fn surveyed(&self, codebook: &Codebook) -> Surveyed {
        let evidence = &self.survey.evidence;
        let counting = evidence.agreeing.iter().position(|(count, _)| *count == evidence.count());
        let words = |counts: &BTreeMap<String, usize>, propose: fn(&str, &Codebook) -> Option<Key>| {
            let foreign = |(name, count): (&String, &usize)| Foreign {
                name: name.clone(),
                count: *count,
                proposed: propose(name, codebook).map(|key| key.to_string()),
            };
            counts.iter().map(foreign).collect()
        };
        let finding = |issue: &Issue| Finding { severity: issue.severity, words: issue.to_string() };
        let columns = self.look.as_ref().map(|look| {
            let named = look.columns.names.iter().zip(&look.columns.roles).enumerate();
            let column = named.map(|(at, (name, role))| Column {
                name: name.clone(),
                role: role.name().to_owned(),
                cells: look.rows.iter().take(SHOWN_ROWS).map(|row| shown(row.get(at))).collect(),
            });
            column.collect()
        });
        Surveyed {
            columns: columns.unwrap_or_default(),
            line: self.survey.to_string(),
            labels: words(&self.survey.labels, Survey::proposed_label),
            relations: words(&self.survey.relations, Survey::proposed_relation),
            countings: evidence.agreeing.iter().map(|(count, _)| count.words().to_owned()).collect(),
            counting: counting.unwrap_or_default(),
            evidence: evidence.to_string(),
            findings: self.issues.iter().take(MOST_FINDINGS).map(finding).collect(),
            more_findings: self.issues.len().saturating_sub(MOST_FINDINGS),
        }
    }

    /// Takes the documents in as the person has chosen.
    pub(super) async fn take(mut self, intake: &mut Intake<'_>, chosen: &Chosen, course: Course) {
        let mapping = Mapping {
            labels: mapped(self.survey.labels.keys(), &chosen.labels),
            relations: mapped(self.survey.relations.keys(), &chosen.relations),
        };
        let stated = self.format.counts.get(chosen.counting).copied();
        let count = stated.unwrap_or_else(|| self.survey.evidence.count());
        let terms = intake.terms();
        let mut settler = Settler::new(self.format, count, &mapping, &terms)
            .looking(&self.survey.scheme, |letter| intake.is_free(letter));
        let (size, all) = (self.size(), self.documents.len() as u64);
        for (foreign, done) in std::mem::take(&mut self.documents).into_iter().zip(0_u64..) {
            settle(intake, &mut settler, foreign).await;
            intake.desk.pass(course.before + size * done / all, course.total).await;
            if intake.is_over() {
                return;
            }
        }
        let tasks = match self.format.parse {
            Some(Parse::Tasks) => self.tasks(&mut Reading::default()).await,
            _ => Tasks::default(),
        };
        let of_tasks = |value: JsonValue<'_>, reading: &mut Reading| tasks.parse(value, reading);
        let parse: ParseValue<'_> = match &self.format.parse {
            Some(Parse::Values(parse)) => parse,
            Some(Parse::Tasks) => &of_tasks,
            Some(Parse::Each(parse)) => {
                return take_each(&self.files, *parse, intake, &mut settler, course).await;
            }
            Some(Parse::Table) if self.too_large().is_none() => {
                let columns = self.columns.as_ref();
                return take_rows(&self.files, columns, intake, &mut settler, course).await;
            }
            Some(Parse::Table | Parse::Files(_)) | None => return,
        };
        let mut before = course.before;
        for file in self.files_of_values() {
            let mut values = Stream::new(file);
            let mut reading = Reading::default();
            while values.next(&mut reading, parse).await.is_some() {
                for foreign in std::mem::take(&mut reading.documents) {
                    settle(intake, &mut settler, foreign).await;
                }
                // What is wrong was said when the file was surveyed.
                reading.issues.clear();
                intake.desk.pass(before + values.at, course.total).await;
                if intake.is_over() {
                    return;
                }
            }
            before += file.size();
        }
    }
}

/// Takes files in one after the other.
async fn take_each(
    files: &[&Material],
    parse: fn(&Source<'_>, &mut Reading),
    intake: &mut Intake<'_>,
    settler: &mut Settler<'_>,
    course: Course,
) {
    let mut before = course.before;
    for file in files {
        let mut reading = Reading::default();
        if file.size() > MOST_BYTES {
            let bytes = usize::try_from(file.size()).unwrap_or(usize::MAX);
            let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
            reading.issues.push(Issue::new(file.path(), None, None, Problem::TooLarge { bytes, most }));
        } else {
            match file.read().await {
                Ok(bytes) => parse(&Source { path: file.path(), bytes: &bytes }, &mut reading),
                Err(reason) => reading.issues.push(unreadable(file.path(), reason)),
            }
        }
        reading.issues.iter().for_each(|issue| intake.find(issue));
        for foreign in reading.documents {
            settle(intake, settler, foreign).await;
        }
        before += file.size();
        intake.desk.pass(before, course.total).await;
        if intake.is_over() {
            return;
        }
    }
}

/// Takes the documents of tables in one after the other. What is wrong with them was said when they were surveyed.
async fn take_rows(
    files: &[&Material],
    columns: Option<&Columns>,
    intake: &mut Intake<'_>,
    settler: &mut Settler<'_>,
    course: Course,
) {
    let (mut before, mut issues) = (course.before, Issues::default());
    for file in files {
        let Ok(bytes) = file.read().await else { continue };
        let Ok(sheet) = Sheet::of(&Source { path: file.path(), bytes: &bytes }) else { continue };
        let mut rows = Rows::new(file.path(), &sheet, columns, &mut issues);
        let mut taken = 0;
        while let Some(document) = rows.next_document(&mut issues) {
            taken += document.text.len() as u64;
            settle(intake, settler, document).await;
            intake.desk.pass(before + taken.min(file.size()), course.total).await;
            if intake.is_over() {
                return;
            }
        }
        before += file.size();
    }
}

async fn settle(intake: &mut Intake<'_>, settler: &mut Settler<'_>, foreign: exchange::Foreign) {
    match settler.settle(foreign) {
        Ok(imported) => intake.accept_unless_there(imported).await,
        Err(issue) => intake.find(&issue),
    }
    intake.store_full_batch().await;
}

fn mapped<'n>(
    names: impl Iterator<Item = &'n String>,
    chosen: &[Option<String>],
) -> BTreeMap<String, Option<Key>> {
    let keys = chosen.iter().map(|key| key.as_deref().map(Key::from));
    names.cloned().zip(keys).collect()
}

/// The beginning of a cell.
fn shown(cell: Option<&String>) -> String {
    let cell = cell.map_or("", String::as_str);
    let head: String = cell.chars().take(SHOWN_LETTERS).collect();
    if head.len() < cell.len() { head + "…" } else { head }
}

fn unreadable(path: &str, reason: String) -> Issue {
    Issue::new(path, None, None, Problem::UnreadableRecord { reason })
}

/// The JSON values of a file, read in pieces.
struct Stream<'m> {
    file: &'m Material,
    values: Values,
    /// How much of the file was read.
    at: u64,
}

impl<'m> Stream<'m> {
    fn new(file: &'m Material) -> Self {
        Self { file, values: Values::new(), at: 0 }
    }

    /// Has the next value parsed into the reading, or says what is wrong with it; `None` at the end.
    async fn next(&mut self, reading: &mut Reading, parse: ParseValue<'_>) -> Option<Result<(), Issue>> {
        let path = self.file.path();
        let found = loop {
            if let Some(found) = self.values.next_value() {
                break found;
            }
            if self.at >= self.file.size() {
                return None;
            }
            let to = (self.at + CHUNK).min(self.file.size());
            match self.file.read_chunk(self.at, to).await {
                Ok(bytes) => self.values.push(&bytes),
                Err(reason) => {
                    self.at = self.file.size();
                    return Some(Err(unreadable(path, reason)));
                }
            }
            self.at = to;
            if to == self.file.size() {
                self.values.finish();
            }
        };
        let (line, number) = (found.line, found.number);
        let parsed = found.value.map(|value| parse(JsonValue { path, line, number, value }, reading));
        Some(parsed.map_err(|problem| Issue::new(path, Some(line), None, problem)))
    }
}
