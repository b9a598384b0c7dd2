//! Reading files into a project: in pieces, batch by batch. What is broken is told with file and line, and everything
//! sound comes in. Files of other tools are first surveyed, and nothing is stored before the person has said what
//! becomes of them. The worker reads with a session of its own, which gives documents their ids and places; what is
//! left to the page is [`crate::app::Admission`]. While the page takes one batch in, the next one is read.

use super::{
    desk::{Desk, Ending, moment, new_id, project_of},
    foreign::Lot,
    material::Material,
    protocol::{Answer, Brought, Chosen, Finding, Source},
    restore,
};
use crate::{
    app::{
        Batch, Gathered, Keymap, Keys, Session, Stamp,
        workspace::{advice, read_content, read_state},
    },
    browser::{
        once::{Taker, once},
        tabs::{self, Hold},
        wait,
        worker::Beside,
    },
    format::{
        Backup, Defaults, ImportedDocument, Issue, Lines, MAX_TEXT_BYTES, Problem, Reader, Severity,
        exchange::{self, Kind, Terms, sets, unpack},
        parse_plain,
    },
    model::{History, ProjectId},
    store::{Durability, Error},
    text::order,
};

/// How much of a file is read at a time, in bytes.
const CHUNK: u64 = 1 << 22;

/// How many documents, records on them, or bytes of text go into one batch: as much as the page takes in and stores
/// without a pause that a person would feel.
const BATCH_DOCUMENTS: usize = 250;
/// The first batch is smaller: there is something to see sooner, and to the page all of it is new.
const FIRST_BATCH_DOCUMENTS: usize = 50;
const BATCH_RECORDS: usize = 10_000;
const BATCH_BYTES: usize = 4 << 20;

/// How much of a file tells what it is.
const HEAD: u64 = 64 << 10;

/// The largest archive that is opened, in bytes: it has to lie in memory as a whole.
const MAX_ARCHIVE_BYTES: usize = 1 << 30;

/// The most findings that are kept to be shown.
const MOST_FINDINGS: usize = 2_000;

/// An import on its way.
pub(super) struct Intake<'d> {
    pub(super) desk: &'d Desk,
    session: Session,
    brought: Brought,
    batch: Vec<ImportedDocument>,
    records: usize,
    bytes: usize,
    /// The batch that is on its way into the database while the next is read.
    unsent: Option<Unsent>,
    /// Whether the page has a batch that it has not answered yet.
    is_awaited: bool,
    is_refused: bool,
    /// Whether a batch was made already.
    has_begun: bool,
}

/// A batch of which what nobody sees yet is being stored.
struct Unsent {
    batch: Batch,
    lines: String,
    changes: String,
    written: Taker<Result<(), Error>>,
}

/// How far an import has come, in bytes of all sources.
#[derive(Clone, Copy)]
pub(super) struct Course {
    pub(super) before: u64,
    pub(super) total: u64,
}

/// Reads the sources; `beside` are their files.
pub(super) async fn run(
    desk: &Desk,
    project: &str,
    annotator: String,
    keys: &str,
    sources: Vec<Source>,
    beside: Vec<Beside>,
) -> Ending {
    // One import after the other, whichever tab they belong to: each must know what the one before has brought in.
    tabs::hold(&format!("{project}/import"), Hold::InTurn).await;
    let (state, activity) = read_state(&desk.store, project_of(project)?).await?;
    let mut session = Session::new(state, History::default(), activity, annotator);
    session.set_keymap(Keymap::parse(keys));
    let mut intake = Intake {
        desk,
        session,
        brought: Brought::default(),
        batch: Vec::new(),
        records: 0,
        bytes: 0,
        unsent: None,
        is_awaited: false,
        is_refused: false,
        has_begun: false,
    };
    let mut files = beside.into_iter().filter_map(|beside| match beside {
        Beside::File(file) => Some(Material::Picked(file)),
        Beside::Text(_) | Beside::Whole(_) => None,
    });
    let mut pasted = Vec::new();
    let mut materials = Vec::new();
    for source in sources {
        match source {
            Source::Text { title, text, html } => {
                pasted.push((title, exchange::copied(&html, &text).unwrap_or(text)))
            }
            Source::File => {
                if let Some(file) = files.next() {
                    intake.gather(file, &mut materials).await;
                }
            }
        }
    }
    let (own, lots) = intake.sort(&materials).await;
    if let Some(chosen) = intake.ask(&lots).await {
        pasted.iter().for_each(|(title, text)| intake.take_pasted(title, text));
        intake.take_all(&materials, own, lots, &chosen).await;
    }
    intake.store_batch().await;
    intake.send_batch().await;
    intake.hear_page().await;
    intake.brought.cancelled = desk.is_stopped();
    Ok((Answer::Imported(intake.brought), Vec::new()))
}

impl Intake<'_> {
    fn take_pasted(&mut self, title: &str, text: &str) {
        let name = if title.trim().is_empty() { "pasted text" } else { title.trim() };
        match parse_plain(name, text.as_bytes(), &mut new_id, self.project()) {
            Ok(mut imported) => {
                if !title.trim().is_empty() {
                    imported.document.title = title.trim().to_owned();
                }
                self.accept(imported);
            }
            Err(issue) => self.find(&issue),
        }
    }

    /// Opens archives: a backup becomes a project of its own, of another one the files are read.
    async fn gather(&mut self, file: Material, materials: &mut Vec<Material>) {
        let path = file.path().to_owned();
        if !path.to_lowercase().ends_with(".zip") {
            return materials.push(file);
        }
        if file.size() > as_u64(MAX_ARCHIVE_BYTES) {
            return self.find_words(format!("{path}: {}", too_large(file.size(), MAX_ARCHIVE_BYTES)));
        }
        let bytes = match file.read().await {
            Ok(bytes) => bytes,
            Err(error) => return self.find_words(format!("{path}: {error}")),
        };
        if exchange::is_word(&bytes) {
            return materials.push(file);
        }
        if Backup::is_one(&bytes) {
            match restore::run(self.desk, bytes).await {
                Ok(issues) => issues.iter().for_each(|issue| self.find(issue)),
                Err(words) => self.find_words(format!("{path}: {words}")),
            }
            return;
        }
        match unpack(&path, &bytes) {
            Ok(unpacked) => {
                unpacked.issues.iter().for_each(|issue| self.find(issue));
                materials.extend(
                    unpacked.files.into_iter().map(|(path, bytes)| Material::Unpacked { path, bytes }),
                );
            }
            Err(error) => self.find_words(format!("{path}: {error}")),
        }
    }

    /// Sorts the files by what they are: ours in their order, and the lots of other tools, surveyed.
    async fn sort<'m>(&mut self, materials: &'m [Material]) -> (Vec<(Kind, &'m Material)>, Vec<Lot<'m>>) {
        let mut heads = Vec::with_capacity(materials.len());
        for file in materials {
            // A file that cannot be read says so when its turn comes.
            heads.push(file.read_chunk(0, HEAD.min(file.size())).await.unwrap_or_default());
        }
        let sources: Vec<exchange::Source<'_>> = materials
            .iter()
            .zip(&heads)
            .map(|(file, bytes)| exchange::Source { path: file.path(), bytes })
            .collect();
        let (mut own, mut lots) = (Vec::new(), Vec::new());
        for set in sets(&sources) {
            let files = set.files.iter().filter_map(|at| materials.get(*at));
            match set.kind {
                Kind::Foreign(format) => lots.extend(Lot::of(format, files.collect()).await),
                kind => own.extend(set.files.iter().zip(files).map(|(at, file)| (*at, kind, file))),
            }
        }
        for lot in &mut lots {
            lot.survey(self.desk).await;
        }
        own.sort_by_key(|(at, ..)| *at);
        (own.into_iter().map(|(_, kind, file)| (kind, file)).collect(), lots)
    }

    /// What the person says becomes of the lots; `None` if nothing is to come in.
    async fn ask(&mut self, lots: &[Lot<'_>]) -> Option<Vec<Chosen>> {
        if self.is_over() {
            return None;
        }
        if !lots.iter().any(Lot::asks) {
            return Some(Vec::new());
        }
        let codebook = &self.session.state().project().codebook;
        let surveys = lots.iter().filter(|lot| lot.asks()).map(|lot| lot.surveyed(codebook)).collect();
        self.desk.say(&Answer::Survey(surveys), Vec::new());
        self.desk.chosen().await
    }

    async fn take_all(
        &mut self,
        materials: &[Material],
        own: Vec<(Kind, &Material)>,
        lots: Vec<Lot<'_>>,
        chosen: &[Chosen],
    ) {
        let mut course = Course { before: 0, total: materials.iter().map(Material::size).sum() };
        for (kind, file) in own {
            match kind {
                Kind::Dataset => self.take_lines(file, course).await,
                Kind::Plain | Kind::Foreign(_) => self.take_plain(file).await,
            }
            course.before += file.size();
            if self.is_over() {
                return;
            }
            self.desk.pass(course.before, course.total).await;
        }
        let (mut chosen, unasked) = (chosen.iter(), Chosen::default());
        for mut lot in lots {
            let chosen = if lot.asks() { chosen.next() } else { Some(&unasked) };
            let Some(chosen) = chosen else { continue };
            lot.read_by(&chosen.columns).await;
            lot.issues.iter().for_each(|issue| self.find(issue));
            let size = lot.size();
            lot.take(self, chosen, course).await;
            course.before += size;
            if self.is_over() {
                return;
            }
        }
    }

    async fn take_plain(&mut self, file: &Material) {
        if file.size() > as_u64(MAX_TEXT_BYTES) {
            let problem = too_large(file.size(), MAX_TEXT_BYTES);
            return self.find(&Issue::new(file.path(), None, None, problem));
        }
        match file.read().await {
            Ok(bytes) => match parse_plain(file.path(), &bytes, &mut new_id, self.project()) {
                Ok(imported) => {
                    self.accept(imported);
                    self.store_full_batch().await;
                }
                Err(issue) => self.find(&issue),
            },
            Err(error) => self.find_words(format!("{}: {error}", file.path())),
        }
    }

    async fn take_lines(&mut self, file: &Material, course: Course) {
        let mut reader = Reader::with_defaults(file.path(), self.defaults());
        let mut lines = Lines::new();
        let mut at = 0;
        let mut seen = false;
        let mut coming = file.begin_chunk(at, CHUNK);
        loop {
            if at < file.size() {
                match coming.await.unwrap_or_else(|| Err("it was not read to its end".to_owned())) {
                    Ok(bytes) => lines.push(&bytes),
                    Err(error) => return self.find_words(format!("{}: {error}", file.path())),
                }
                at = (at + CHUNK).min(file.size());
                // The next piece is on its way while this one is read.
                coming = file.begin_chunk(at, CHUNK);
                wait::begin().await;
            }
            if at >= file.size() {
                lines.finish();
            }
            while let Some(line) = lines.next_line() {
                seen = true;
                match reader.parse(line, &mut new_id) {
                    Ok(imported) => self.accept_unless_there(imported).await,
                    Err(issue) => self.find(&issue),
                }
                self.store_full_batch().await;
                if self.is_over() {
                    return;
                }
            }
            self.desk.pass(course.before + at, course.total).await;
            if at >= file.size() {
                break;
            }
        }
        if !seen {
            self.find(&Issue::new(file.path(), None, None, Problem::EmptyText));
        }
    }

    /// Takes a document into the batch, unless it is in the project just so.
    pub(super) async fn accept_unless_there(&mut self, imported: ImportedDocument) {
        match self.is_there(&imported).await {
            Ok(true) => self.brought.skipped += 1,
            Ok(false) => self.accept(imported),
            Err(problem) => self.find_words(problem),
        }
    }

    async fn is_there(&mut self, imported: &ImportedDocument) -> Result<bool, String> {
        let id = imported.document.id;
        if self.session.state().documents().contains_key(&id) {
            self.send_batch().await;
        }
        let Some(known) = self.session.state().documents().get(&id) else { return Ok(false) };
        let leaf = self.session.activity(id).leaf;
        let (_, body) = read_content(&self.desk.store, Keys(self.project()), id, "", &leaf).await?;
        Ok(imported.is_there(known, &body))
    }

    fn accept(&mut self, mut imported: ImportedDocument) {
        for issue in std::mem::take(&mut imported.issues) {
            self.find(&issue);
        }
        self.bytes += imported.text.as_str().len();
        self.records += imported.annotations.len() + imported.relations.len();
        self.batch.push(imported);
    }

    pub(super) async fn store_full_batch(&mut self) {
        let most = if self.has_begun { BATCH_DOCUMENTS } else { FIRST_BATCH_DOCUMENTS };
        let is_full = self.batch.len() >= most || self.records >= BATCH_RECORDS || self.bytes >= BATCH_BYTES;
        if is_full {
            self.store_batch().await;
        }
    }

    /// Makes a batch of what has been read and begins to store what nobody sees yet.
    async fn store_batch(&mut self) {
        let documents = std::mem::take(&mut self.batch);
        (self.records, self.bytes) = (0, 0);
        if documents.is_empty() {
            return;
        }
        self.has_begun = true;
        let mut stamp = Stamp { now: moment(), new_id: &mut new_id };
        let Gathered { batch, lines, changes, writes } = self.session.gather(documents, &mut stamp);
        self.send_batch().await;
        if self.is_refused {
            return;
        }
        let (giver, written) = once();
        let store = self.desk.store.clone();
        wait::spawn(async move {
            // The page's own write of this batch, which comes later, waits until all of it has reached the disk.
            giver.give(store.write(&writes, Durability::Relaxed).await);
        });
        self.unsent = Some(Unsent { batch, lines, changes, written });
        // The database is at work while the next batch is read.
        wait::begin().await;
    }

    /// Hands the batch that was last made to the page, once it is stored and the page has taken the one before in.
    async fn send_batch(&mut self) {
        let Some(Unsent { batch, lines, changes, written }) = self.unsent.take() else { return };
        let written = written.await;
        self.hear_page().await;
        if self.is_refused {
            return;
        }
        if let Some(Err(error)) = written {
            self.is_refused = true;
            return self.find_words(advice(&error));
        }
        self.desk.say(&Answer::Batch(batch), vec![Beside::Text(lines), Beside::Text(changes)]);
        self.is_awaited = true;
    }

    async fn hear_page(&mut self) {
        if std::mem::take(&mut self.is_awaited) && !self.desk.admitted().await {
            self.is_refused = true;
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_refused || self.desk.is_stopped()
    }

    pub(super) fn find(&mut self, issue: &Issue) {
        self.push(Finding { severity: issue.severity, words: issue.to_string() });
    }

    fn find_words(&mut self, words: String) {
        self.push(Finding { severity: Severity::Error, words });
    }

    fn push(&mut self, finding: Finding) {
        if self.brought.findings.len() < MOST_FINDINGS {
            self.brought.findings.push(finding);
        } else {
            self.brought.more_findings += 1;
        }
    }

    fn project(&self) -> ProjectId {
        self.session.state().project().id
    }

    /// Whether a letter does nothing else by the person's keys.
    pub(super) fn is_free(&self, letter: char) -> bool {
        self.session.keymap().is_free(letter.into())
    }

    /// What documents of other tools have in common here.
    pub(super) fn terms(&self) -> Terms {
        let state = self.session.state();
        Terms {
            project: state.project().id,
            now: moment(),
            annotator: self.session.annotator().to_owned(),
            codebook_version: state.project().codebook.version,
            actors: state.actors().values().cloned().collect(),
        }
    }

    fn defaults(&self) -> Defaults {
        let state = self.session.state();
        Defaults {
            annotator: self.session.annotator().to_owned(),
            codebook_version: state.project().codebook.version,
            registry: order::set(state.actors().keys().copied()),
            ..Defaults::new(state.project().id, moment())
        }
    }
}

fn as_u64(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// What is said of a file of more than `most` bytes.
fn too_large(bytes: u64, most: usize) -> Problem {
    Problem::TooLarge { bytes: usize::try_from(bytes).unwrap_or(usize::MAX), most }
}
