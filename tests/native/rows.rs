//! Storage without a database: the rows that commands write, applied to tables in memory, give the same project back
//! at any moment. The desk that sits on these tables serves the tests of the session too.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which fail by panicking")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use proptest::prelude::*;
use rubricator::app::{
    Batch, Command, Gathered, Keys, Missing, Outcome, Refusal, Selection, Session, Stamp, in_order, quire,
    writes_of_project, writes_of_texts, writes_of_waiting,
};
use rubricator::format::{Cursor, DatasetHead, ImportedDocument, Reader, StoredDocument, print_line, row};
use rubricator::model::{
    Body, DocumentId, Entry, Fragments, History, Key, Project, ProjectId, Record, State, Tally, Target,
    Timestamp, Top, What,
};
use rubricator::store::{Contents, Row, Table, Write};
use rubricator::text::{Offset, Text, Unit, is_grapheme_boundary, snap};

use super::arbitrary::{Ids, World, world};
use super::session::deeds;

/// What a task comes to that never waits.
fn at_once<T>(task: impl Future<Output = T>) -> T {
    match pin!(task).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(come) => come,
        Poll::Pending => panic!("the task waits"),
    }
}

/// The tables of a database, in memory.
#[derive(Clone, Debug, Default)]
pub struct Rows(BTreeMap<(Table, String), Row>);

impl Rows {
    fn apply(&mut self, writes: Vec<Write>) {
        for write in writes {
            match write {
                Write::Put(row) => {
                    self.0.insert((row.table, row.key.clone()), row);
                }
                Write::Delete { table, key } => {
                    self.0.remove(&(table, key));
                }
                Write::DeleteBody(document) => self.0.retain(|(table, _), row| {
                    !matches!(table, Table::Annotations | Table::Relations) || row.document != document
                }),
                Write::DeleteProject(project) => self.0.retain(|_, row| row.project != project),
            }
        }
    }

    fn get(&self, table: Table, key: &str) -> Option<&str> {
        self.0.get(&(table, key.to_owned())).map(|row| row.json.as_str())
    }

    fn all(&self, table: Table) -> impl Iterator<Item = &Row> {
        self.0.iter().filter(move |((one, _), _)| *one == table).map(|(_, row)| row)
    }

    /// What the database has of a document, where the session has learnt where it is bound.
    fn content(&self, session: &Session, document: DocumentId, sha256: &str) -> (Option<Text>, Body) {
        let (contents, leaf) = self.contents(session, document, sha256);
        let in_turns = at_once(quire::read_in_turns(contents.clone(), &leaf, async || true));
        let read = quire::read(contents, &leaf).unwrap();
        assert_eq!(in_turns.unwrap().as_ref(), Some(&read), "read in turns");
        read
    }

    fn contents(&self, session: &Session, document: DocumentId, sha256: &str) -> (Contents, String) {
        let keys = Keys(session.state().project().id);
        let leaf = session.activity(document).leaf;
        let wanted = quire::wanted(keys, document, sha256, &leaf);
        let of = |table| {
            self.all(table).filter(|row| row.document == wanted.document).cloned().collect::<Vec<_>>()
        };
        let row = |table, key: &str| self.0.get(&(table, key.to_owned())).cloned();
        let contents = Contents {
            text: row(Table::Texts, &wanted.text),
            quire: row(Table::Quires, &wanted.quire).map(Rc::new),
            annotations: of(Table::Annotations),
            relations: of(Table::Relations),
        };
        (contents, leaf)
    }

    fn body(&self, session: &Session, document: DocumentId) -> Body {
        self.content(session, document, "").1
    }

    /// A stretch of the history with the rows that it names.
    fn log(&self, from: u64) -> Vec<Row> {
        #[expect(clippy::cast_precision_loss, reason = "no history reaches 2^53 entries")]
        let mut entries: Vec<Row> =
            self.all(Table::History).filter(|row| from as f64 <= row.number).cloned().collect();
        entries.sort_by(|one, other| one.number.total_cmp(&other.number));
        let lists: Vec<String> = entries.iter().map(|row| row.document.clone()).collect();
        for list in lists.iter().filter(|list| !list.is_empty()) {
            entries.extend(self.0.get(&(Table::Documents, list.clone())).cloned());
            let within = format!("{list}/");
            entries.extend(self.all(Table::Quires).filter(|row| row.key.starts_with(&within)).cloned());
        }
        entries
    }

    fn entries(&self, project: ProjectId) -> BTreeMap<u64, Entry> {
        let entries = quire::read_entries(&self.log(0), project, |_, _| {}).unwrap();
        entries.into_iter().map(|entry| (entry.number, entry)).collect()
    }

    /// The project as a page that is loaded anew finds it, with the last so many entries of its history.
    fn session(&self, id: ProjectId, entries: usize, hand: u32) -> Session {
        let keys = Keys(id);
        let project = row::parse_project(self.get(Table::Projects, &keys.project()).unwrap(), id).unwrap();
        let actors = self.all(Table::Actors).map(|row| row::parse_actor(&row.json, id).unwrap());
        let mut state = State::stored(project, actors, []);
        let mut activity = BTreeMap::new();
        let mut documents: Vec<&Row> = self.all(Table::Documents).collect();
        documents.sort_by(|one, other| one.number.total_cmp(&other.number));
        let documents: Vec<Row> = documents.into_iter().cloned().collect();
        quire::read_documents(&documents, &mut state, &mut activity).unwrap();
        let cursor = |key: String| {
            self.get(Table::Settings, &key)
                .map_or_else(Cursor::default, |row| row::parse_cursor(row).unwrap())
        };
        let stacks = cursor(keys.hand(hand));
        let mut history = History::stored(cursor(keys.cursor()).last, stacks.undo, stacks.redo);
        history.set_hand(hand, stacks.undo, stacks.redo);
        let mut session = Session::new(state, history, activity, "Bo".to_owned());
        session.load_entries(self.entries(id).into_values().rev().take(entries).collect());
        session
    }
}

/// A session with its database, at which commands are carried out as the page does it.
pub struct Desk {
    pub session: Session,
    rows: Rc<RefCell<Rows>>,
    hand: u32,
    /// Whether edits wait until they are stored by [`Desk::store`].
    pub slow: bool,
    ids: Ids,
    now: i64,
}

impl Desk {
    /// An empty project that is stored.
    pub fn new(project: Project) -> Self {
        let keys = Keys(project.id);
        let mut rows = Rows::default();
        rows.apply(vec![Write::Put(keys.row(Table::Projects, keys.project(), row::print_project(&project)))]);
        let session = rows.session(project.id, 0, 0);
        let rows = Rc::new(RefCell::new(rows));
        Self { session, rows, hand: 0, slow: false, ids: Ids::new(77), now: 1_000 }
    }

    /// On a database that is there.
    fn on(rows: Rows, project: ProjectId) -> Self {
        let session = rows.session(project, usize::MAX, 0);
        let rows = Rc::new(RefCell::new(rows));
        let mut desk = Self { session, rows, hand: 0, slow: false, ids: Ids::new(78), now: 2_000 };
        desk.open_first();
        desk
    }

    /// Another tab on the same project.
    pub fn beside(&self, hand: u32) -> Self {
        let session = self.rows.borrow().session(self.keys().0, usize::MAX, hand);
        let ids = Ids::new(77 + u64::from(hand));
        let mut beside = Self { session, rows: Rc::clone(&self.rows), hand, slow: false, ids, now: 1_000 };
        beside.open_first();
        beside
    }

    /// Does what the page does to save, in one transaction: what others have stored goes before what waits here.
    pub fn store(&mut self) {
        let known = self.session.history().confirmed();
        let log = self.rows.borrow().log(known + 1);
        let mut leaves = Vec::new();
        let bound = |document, leaf| leaves.push((document, leaf));
        let others = quire::read_entries(&log, self.keys().0, bound).unwrap();
        self.session.bind(leaves);
        let outcome = self.session.follow(&others);
        self.rows.borrow_mut().apply(writes_of_waiting(&self.session, None));
        self.session.confirm(u64::MAX);
        if let Some(document) = outcome.open {
            self.open(document);
        }
    }

    /// A project with documents, the first of which is open.
    pub fn of_world(world: &World) -> Self {
        let mut desk = Self::new(world.project.clone());
        let documents = world.documents.iter().map(|page| imported(page, world)).collect();
        desk.perform(Command::Import { documents, group: None }).unwrap();
        desk.open_first();
        desk
    }

    pub fn keys(&self) -> Keys {
        Keys(self.session.state().project().id)
    }

    /// Carries a command out, stores it, and does what the outcome asks for; a refusal must leave everything alone.
    pub fn perform(&mut self, command: Command) -> Result<Outcome, Refusal> {
        self.now += 1;
        let before = format!("{:?}", self.session);
        let Self { session, ids, now, .. } = self;
        let mut new_id = || ids.next();
        let mut stamp = Stamp { now: Timestamp::from_unix_millis(*now), new_id: &mut new_id };
        let said = format!("{command:?}");
        match session.perform(command.clone(), &mut stamp) {
            Ok(outcome) => {
                self.rows.borrow_mut().apply(writes_of_texts(&self.session, &outcome));
                if !self.slow || !outcome.texts.is_empty() || outcome.open.is_some() {
                    self.store();
                }
                if let Some(Missing { number, .. }) = outcome.missing_entry {
                    assert_eq!(before, format!("{:?}", self.session), "half of {said}");
                    if self.session.history().confirmed() < number {
                        self.store();
                        return self.perform(command);
                    }
                    // All down to it: only then it is known what others have done since.
                    let below = self.session.noted_from().max(number + 1);
                    let entries = self.rows.borrow().entries(self.keys().0);
                    self.session
                        .load_entries(entries.range(number..below).map(|(_, one)| one.clone()).collect());
                    return self.perform(command);
                }
                if let Some(document) = outcome.open {
                    self.open(document);
                }
                Ok(outcome)
            }
            Err(refusal) => {
                assert_eq!(before, format!("{:?}", self.session), "{said} was refused: {refusal}");
                Err(refusal)
            }
        }
    }

    /// Has documents read by a worker, which starts from what is stored, and takes its batches in; between two of
    /// them the person goes on working.
    pub fn import_by_worker(
        &mut self,
        batches: Vec<Vec<ImportedDocument>>,
        mut meanwhile: impl FnMut(&mut Self),
    ) {
        let project = self.keys().0;
        let mut worker = self.rows.borrow().session(project, 0, 0);
        for (number, documents) in batches.into_iter().enumerate() {
            let Self { ids, now, .. } = self;
            let mut new_id = || ids.next();
            let mut stamp = Stamp { now: Timestamp::from_unix_millis(*now), new_id: &mut new_id };
            let Gathered { batch, lines, changes, writes } = worker.gather(documents, &mut stamp);
            self.rows.borrow_mut().apply(writes);
            let words = serde_json::to_string(&batch).unwrap();
            let batch: Batch = serde_json::from_str(&words).unwrap();
            let batch = Box::new(batch.read(lines, changes, project).unwrap());
            self.perform(Command::Admit { batch, goes_on: 0 < number }).unwrap();
            if !self.slow {
                self.check_stored();
            }
            meanwhile(self);
        }
    }

    /// Opens a document from the database, which the page does once it has followed the log to its end.
    pub fn open(&mut self, document: DocumentId) {
        self.store();
        if !self.session.state().documents().contains_key(&document) {
            return;
        }
        let text = self.text(document);
        let body = self.rows.borrow().body(&self.session, document);
        self.session.open_document(document, text, body, Selection::at(Offset::ZERO), None);
    }

    fn open_first(&mut self) {
        if let Some(first) = in_order(self.session.state().documents()).first().map(|document| document.id) {
            self.open(first);
        }
    }

    pub fn text(&self, document: DocumentId) -> Text {
        let sha256 = &self.session.state().documents()[&document].text_sha256;
        self.rows.borrow().content(&self.session, document, sha256).0.unwrap()
    }

    pub fn body(&self, document: DocumentId) -> Body {
        self.session.with_waiting(document, self.rows.borrow().body(&self.session, document))
    }

    /// The stored annotations and links of all documents that refer to an entry of the registry, as a worker finds
    /// them.
    pub fn referring(&self) -> Vec<Record> {
        let whole = self.stored();
        let bodies = || whole.documents().keys().filter_map(|id| whole.body(*id));
        let mentions = bodies().flat_map(Body::annotations).filter(|one| one.actor.is_some());
        let links = bodies().flat_map(Body::relations);
        let links = links.filter(|one| matches!(one.to, Target::Actor(_)));
        mentions.cloned().map(Record::from).chain(links.cloned().map(Record::from)).collect()
    }

    /// Closes the page and opens it again; only so many entries of the history are taken into memory at first.
    pub fn reload(&mut self, entries: usize) {
        let open = self.session.open().map(|open| open.document);
        self.store();
        self.session = self.rows.borrow().session(self.keys().0, entries, self.hand);
        if let Some(document) = open {
            self.open(document);
        }
    }

    /// Lets the history's entries go from memory, as after an import.
    pub fn forget_history(&mut self) {
        for number in 1..=self.session.history().last() {
            self.session.unload_entry(number);
        }
    }

    /// The whole project, with the bodies of all documents.
    pub fn whole(&self) -> State {
        let mut state = self.session.state().clone();
        let documents: Vec<DocumentId> = state.documents().keys().copied().collect();
        for document in documents {
            if state.body(document).is_none() {
                state.load_body(document, self.body(document));
            }
        }
        state
    }

    /// The log as the database has it, newest first.
    pub fn log(&self) -> Vec<Entry> {
        self.rows.borrow().entries(self.keys().0).into_values().rev().collect()
    }

    /// The whole project as the database has it.
    pub fn stored(&self) -> State {
        let rows = self.rows.borrow();
        let session = rows.session(self.keys().0, 0, 0);
        let mut state = session.state().clone();
        let documents: Vec<DocumentId> = state.documents().keys().copied().collect();
        for document in documents {
            state.load_body(document, rows.body(&session, document));
        }
        state
    }

    /// What has to hold at any moment.
    pub fn check(&self) {
        let whole = self.whole();
        for document in whole.documents().keys() {
            let (body, text) = (whole.body(*document).unwrap(), self.text(*document));
            let tally = whole.tally(*document);
            assert_eq!(tally.annotations as usize, body.annotation_count());
            assert_eq!(tally.relations as usize, body.relation_count());
            for annotation in body.annotations() {
                for span in annotation.fragments.iter() {
                    assert!(text.slice(span).is_some_and(|slice| !slice.is_empty()), "{span:?} of {text:?}");
                    assert!(is_grapheme_boundary(&text, span.start()), "{span:?} of {text:?}");
                    assert!(is_grapheme_boundary(&text, span.end()), "{span:?} of {text:?}");
                }
                assert!(annotation.actor.is_none_or(|actor| whole.actors().contains_key(&actor)));
            }
            for relation in body.relations() {
                assert!(body.annotation(relation.from).is_some(), "{relation:?}");
                assert!(match relation.to {
                    Target::Annotation(to) => body.annotation(to).is_some(),
                    Target::Actor(to) => whole.actors().contains_key(&to),
                });
            }
        }
        if let Some(open) = self.session.open() {
            assert!(is_grapheme_boundary(&open.text, open.selection.anchor), "{:?}", open.selection);
            assert!(is_grapheme_boundary(&open.text, open.selection.head), "{:?}", open.selection);
            assert!(open.selection.anchor.max(open.selection.head) <= open.text.len());
            let body = self.session.body().unwrap();
            assert!(open.chosen.is_none_or(|id| body.annotation(id).is_some()));
            assert!(open.offer.as_ref().is_none_or(|offer| body.annotation(offer.from).is_some()));
        }
    }

    /// A page loaded now would show the same and undo the same.
    pub fn check_stored(&self) {
        let id = self.keys().0;
        let loaded = self.rows.borrow().session(id, usize::MAX, self.hand);
        let mut state = loaded.state().clone();
        let documents: Vec<DocumentId> = state.documents().keys().copied().collect();
        for document in documents {
            state.load_body(document, self.body(document));
            assert_eq!(loaded.activity(document), self.session.activity(document));
        }
        assert_eq!(state, self.whole());
        let (stored, here) = (loaded.history(), self.session.history());
        let tops = |history: &History| (history.last(), history.undo_number(), history.redo_number());
        assert_eq!(tops(stored), tops(here));
        for number in 1..=here.last() {
            assert!(stored.entry(number).is_some(), "entry {number} was not stored");
            assert!(here.entry(number).is_none_or(|entry| Some(entry) == stored.entry(number)));
        }
    }

    /// Undoes or redoes as long as there is something; says how often.
    pub fn travel(&mut self, command: &Command) -> usize {
        let mut times = 0;
        while self.perform(command.clone()).is_ok() {
            times += 1;
        }
        times
    }
}

/// A document as a file would bring it, its annotations where a person could have put them.
pub fn imported(page: &super::arbitrary::Page, world: &World) -> ImportedDocument {
    let annotations = page.body.annotations().map(|one| {
        let snapped = Fragments::new(one.fragments.iter().filter_map(|span| snap(&page.text, span)));
        let whole = || Fragments::one(snap(&page.text, page.text.whole().unwrap()).unwrap());
        let mut one = one.clone();
        one.fragments = snapped.unwrap_or_else(whole);
        one
    });
    ImportedDocument {
        document: page.document.clone(),
        text: page.text.clone(),
        annotations: annotations.collect(),
        relations: page.body.relations().cloned().collect(),
        actors: world.actors.values().cloned().collect(),
        looks: Vec::new(),
        modified: page.modified,
        annotator: page.annotator.clone(),
        issues: Vec::new(),
    }
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_reload_at_any_moment_loses_nothing(world in world(), deeds in deeds(), entries in 0..4_usize) {
        let mut desk = Desk::of_world(&world);
        for deed in &deeds {
            deed.perform(&mut desk, &world);
            desk.check_stored();
        }
        let before = desk.whole();
        desk.reload(entries);
        prop_assert_eq!(&desk.whole(), &before);
        desk.travel(&Command::Redo);
        let end = desk.whole();
        let undone = desk.travel(&Command::Undo);
        desk.check_stored();
        prop_assert_eq!(&desk.whole(), &State::new(world.project.clone()));
        desk.reload(entries);
        prop_assert_eq!(desk.travel(&Command::Redo), undone);
        prop_assert_eq!(&desk.whole(), &end);
        desk.check_stored();
    }

    #[test]
    fn a_project_stored_as_a_whole_has_the_rows_that_its_edits_have_left(world in world(), deeds in deeds()) {
        let mut desk = Desk::of_world(&world);
        for deed in &deeds {
            deed.perform(&mut desk, &world);
        }
        let whole = desk.whole();
        let bodies = whole.documents().keys().filter_map(|document| whole.body(*document)).flat_map(|body| {
            let annotations = body.annotations().cloned().map(Record::from);
            annotations.chain(body.relations().cloned().map(Record::from))
        });
        let bodies: Vec<Record> = bodies.collect();
        let mut rows = Rows::default();
        rows.apply(writes_of_project(&desk.session, &bodies));
        let stored = desk.rows.borrow();
        for table in [Table::Projects, Table::Actors, Table::Documents] {
            let there = |rows: &Rows| rows.all(table).filter(|row| !row.json.is_empty()).cloned().collect::<Vec<_>>();
            prop_assert_eq!(there(&rows), there(&stored));
        }
        for document in whole.documents().keys() {
            let body = rows.body(&desk.session, *document);
            prop_assert_eq!(&body, &stored.body(&desk.session, *document));
            prop_assert_eq!(Some(&body), whole.body(*document));
        }
    }

    #[test]
    fn a_document_comes_in_as_it_is_whatever_an_import_that_broke_off_has_left(world in world()) {
        let documents: Vec<_> = world.documents.iter().map(|page| imported(page, &world)).collect();
        prop_assume!(!documents.is_empty());
        let mut desk = Desk::new(world.project.clone());
        // The batches of this one are never admitted, and their documents hold nothing the next time.
        let mut worker = desk.rows.borrow().session(world.project.id, 0, 0);
        let mut ids = Ids::new(5);
        let mut new_id = || ids.next();
        let mut stamp = Stamp { now: Timestamp::default(), new_id: &mut new_id };
        desk.rows.borrow_mut().apply(worker.gather(documents.clone(), &mut stamp).writes);
        let bare = documents.into_iter().map(|document| ImportedDocument {
            annotations: Vec::new(),
            relations: Vec::new(),
            ..document
        });
        desk.import_by_worker(vec![bare.collect()], |_| {});
        for document in desk.session.state().documents().keys() {
            prop_assert_eq!(desk.rows.borrow().body(&desk.session, *document), Body::default());
        }
    }

    #[test]
    fn documents_that_a_worker_reads_come_in_as_if_the_page_had_read_them(world in world()) {
        let documents: Vec<_> = world.documents.iter().map(|page| imported(page, &world)).collect();
        prop_assume!(!documents.is_empty());
        let (mut here, mut there) = (Desk::new(world.project.clone()), Desk::new(world.project.clone()));
        here.perform(Command::Import { documents: documents.clone(), group: None }).unwrap();
        there.import_by_worker(documents.chunks(2).map(<[_]>::to_vec).collect(), |_| {});
        // Each batch that needs something of the codebook raises its version.
        let parts = |desk: &Desk| {
            let whole = desk.whole();
            let codebook = &whole.project().codebook;
            (whole.documents().clone(), whole.actors().clone(), codebook.labels.len(), codebook.relations.len())
        };
        prop_assert_eq!(parts(&here), parts(&there));
        let (stored_here, stored_there) = (here.stored(), there.stored());
        for document in stored_here.documents().keys() {
            prop_assert_eq!(here.text(*document), there.text(*document));
            prop_assert_eq!(stored_here.body(*document), stored_there.body(*document));
        }
        // Nothing but what came in under an id for the second time has rows of its own.
        for table in [Table::Texts, Table::Annotations, Table::Relations] {
            prop_assert_eq!(there.rows.borrow().all(table).count(), 0);
        }
        prop_assert_eq!(there.travel(&Command::Undo), 1);
        prop_assert_eq!(&there.whole(), &State::new(world.project.clone()));
        prop_assert_eq!(there.travel(&Command::Redo), 1);
        prop_assert_eq!(parts(&here), parts(&there));
        there.check_stored();
    }

    #[test]
    fn a_copy_that_shares_ids_with_its_original_takes_no_rows_from_it(world in world()) {
        let mut desk = Desk::of_world(&world);
        let before: Vec<_> = world.documents.iter().map(|page| (page.document.id, desk.body(page.document.id))).collect();
        let mut ids = Ids::new(5);
        let copies = world.documents.iter().map(|page| {
            let mut copy = imported(page, &world);
            copy.document.id = DocumentId::new(ids.next());
            for annotation in &mut copy.annotations {
                annotation.document = copy.document.id;
            }
            for relation in &mut copy.relations {
                relation.document = copy.document.id;
            }
            copy
        });
        desk.perform(Command::Import { documents: copies.collect(), group: None }).unwrap();
        for (document, body) in before {
            prop_assert_eq!(desk.body(document), body);
        }
        desk.check();
    }
}

#[test]
fn the_last_edit_alone_is_undone_where_those_before_it_are_not_in_memory() {
    let mut desk = super::session::desk("Ada [sang].");
    desk.forget_history();
    desk.perform(Command::Label(Key::from("claim"))).unwrap();
    desk.perform(Command::Undo).unwrap();
    assert_eq!(desk.session.state().documents().len(), 1, "the import before it was undone as well");
    assert_eq!(desk.session.body().unwrap().annotation_count(), 0);
}

#[test]
fn an_import_is_one_undo_even_where_the_person_worked_on_meanwhile() {
    let mut desk = super::session::desk("Ada sang.");
    let project = desk.keys().0;
    let lines = "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n{\"text\":\"Three.\"}";
    let mut ids = Ids::new(9);
    let read = Reader::new("lines.jsonl", project).parse_all(lines.as_bytes(), &mut || ids.next());
    let batches = read.documents.into_iter().map(|document| vec![document]).collect();
    let mut names = ["Once", "Twice", "Thrice"].into_iter();
    desk.import_by_worker(batches, |desk| {
        desk.perform(Command::RenameProject(names.next().unwrap().to_owned())).unwrap();
    });
    for name in ["Twice", "Once", "Trial"] {
        desk.perform(Command::Undo).unwrap();
        assert_eq!(desk.session.state().project().name, name, "the person's own steps come first");
        assert_eq!(desk.session.state().documents().len(), 4);
    }
    desk.perform(Command::Undo).unwrap();
    assert_eq!(desk.session.state().documents().len(), 1, "then the import, as a whole");
    desk.check_stored();
}

#[test]
fn what_is_missing_for_a_redo_is_missing_for_a_redo() {
    let mut desk = super::session::desk("Ada sang.");
    let lines = "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n{\"text\":\"Three.\"}";
    let mut ids = Ids::new(9);
    let read = Reader::new("lines.jsonl", desk.keys().0).parse_all(lines.as_bytes(), &mut || ids.next());
    desk.import_by_worker(read.documents.into_iter().map(|document| vec![document]).collect(), |_| ());
    desk.perform(Command::Undo).unwrap();
    desk.reload(1);
    let mut new_id = || ids.next();
    let mut stamp = Stamp { now: Timestamp::from_unix_millis(5_000), new_id: &mut new_id };
    let missing = desk.session.perform(Command::Redo, &mut stamp).unwrap().missing_entry.unwrap();
    assert!(missing.redo && Some(missing.number) < desk.session.history().redo_number());
    desk.perform(Command::Redo).unwrap();
    assert_eq!(desk.session.state().documents().len(), 4);
    desk.check_stored();
}

#[test]
fn a_batch_whose_documents_came_in_meanwhile_is_refused_as_a_whole() {
    let mut desk = super::session::desk("Ada sang.");
    let project = desk.keys().0;
    let there = desk.session.state().documents().values().next().unwrap().clone();
    let row = row::print_document(&StoredDocument {
        document: there,
        tally: Tally::default(),
        modified: None,
        annotator: String::new(),
        leaf: String::new(),
    });
    let batch: Batch = serde_json::from_value(
        serde_json::json!({ "list": "", "documents": [row], "actors": [], "project": null }),
    )
    .unwrap();
    let batch = Box::new(batch.read(String::new(), String::new(), project).unwrap());
    let refused = desk.perform(Command::Admit { batch, goes_on: false });
    assert_eq!(refused.err(), Some(Refusal::DocumentThere));
}

/// The rows of a database of the second version, which knew no quires, as they were stored then, and the dataset that
/// was in it.
const VERSION_2: (&str, &str) =
    (include_str!("../data/database-2.jsonl"), include_str!("../data/database-2.dataset.jsonl"));

fn rows_of_version_2() -> (Rows, ProjectId) {
    let table = |name: &serde_json::Value| {
        let name = name.as_str().unwrap();
        Table::ALL.into_iter().find(|table| table.name() == name).unwrap()
    };
    let field = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let rows: Vec<Row> = VERSION_2
        .0
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|row| Row {
            table: table(&row["table"]),
            key: field(&row["key"]),
            project: field(&row["project"]),
            document: field(&row["document"]),
            number: row["number"].as_f64().unwrap(),
            json: field(&row["json"]),
        })
        .collect();
    let project = ProjectId::parse(&rows[0].project).unwrap();
    let mut there = Rows::default();
    there.apply(rows.into_iter().map(Write::Put).collect());
    (there, project)
}

#[test]
fn a_database_of_the_second_version_holds_what_it_held_and_every_step_in_it_can_be_undone() {
    let (rows, project) = rows_of_version_2();
    let mut desk = Desk::on(rows, project);
    desk.check_stored();
    let state = desk.stored();
    let head = DatasetHead::new("Trial", &state.project().codebook, Unit::CodePoint);
    let mut dataset = String::new();
    for document in in_order(state.documents()) {
        let activity = desk.session.activity(document.id);
        let (body, text) = (state.body(document.id).unwrap(), desk.text(document.id));
        let modified = Some(activity.modified);
        let line = print_line(&head, document, &text, body, state.actors(), modified, &activity.annotator);
        dataset.push_str(&line);
        dataset.push('\n');
    }
    assert_eq!(dataset, VERSION_2.1);
    let before = desk.whole();
    // New documents come in beside those that were there.
    let mut ids = Ids::new(31);
    let lines = "{\"text\":\"One.\",\"spans\":[{\"label\":\"claim\",\"start\":0,\"end\":3}]}";
    let read = Reader::new("lines.jsonl", project).parse_all(lines.as_bytes(), &mut || ids.next());
    desk.import_by_worker(vec![read.documents], |_| ());
    desk.check();
    desk.check_stored();
    desk.perform(Command::Undo).unwrap();
    assert_eq!(desk.whole().documents(), before.documents());
    assert_eq!(desk.travel(&Command::Undo), 6);
    assert_eq!(desk.session.state().documents().len(), 0);
    desk.reload(1);
    assert_eq!(desk.travel(&Command::Redo), 7);
    desk.perform(Command::Undo).unwrap();
    assert_eq!(desk.whole(), before);
    desk.check_stored();
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_comes_in_again_after_it_was_taken_back_counts_as_it_came_last(world in world(), again in any::<bool>()) {
        let documents: Vec<_> = world.documents.iter().map(|page| imported(page, &world)).collect();
        prop_assume!(!documents.is_empty());
        let mut desk = Desk::new(world.project.clone());
        desk.import_by_worker(vec![documents.clone()], |_| {});
        let first = desk.whole();
        desk.perform(Command::Undo).unwrap();
        desk.reload(if again { 1 } else { 9 });
        let bare = documents.into_iter().map(|document| ImportedDocument {
            annotations: Vec::new(),
            relations: Vec::new(),
            ..document
        });
        desk.import_by_worker(vec![bare.collect()], |_| {});
        desk.check();
        for document in first.documents().keys() {
            prop_assert_eq!(desk.body(*document), Body::default());
        }
        desk.perform(Command::Undo).unwrap();
        desk.perform(Command::Redo).unwrap();
        desk.reload(0);
        desk.check_stored();
        for document in first.documents().keys() {
            prop_assert_eq!(desk.body(*document), Body::default());
        }
    }
}

#[test]
fn an_import_is_known_by_name_until_it_is_undone() {
    let mut desk = super::session::desk("Ada sang.");
    let project = desk.keys().0;
    let lines = "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}";
    let mut ids = Ids::new(9);
    let read = Reader::new("lines.jsonl", project).parse_all(lines.as_bytes(), &mut || ids.next());
    desk.import_by_worker(vec![read.documents], |_| ());
    desk.perform(Command::RenameProject("Other".to_owned())).unwrap();
    desk.reload(0);
    let log = desk.rows.borrow().log(0);
    let heads = log.iter().filter(|row| row.table == Table::History);
    let heads: Vec<Entry> = heads.map(|row| row::parse_entry(&row.json, project).unwrap()).collect();
    assert!(log.iter().any(|row| !row.document.is_empty()), "the import names its list");
    desk.session.load_entries(heads);
    desk.perform(Command::Undo).unwrap();
    assert_eq!(desk.session.state().project().name, "Trial");
    let top = desk.session.history().undo_number().unwrap();
    assert_eq!(desk.session.history().undo_top(), Top::NotLoaded(top));
    assert_eq!(desk.session.history().deed(top), Some(What::Import));
    assert_eq!(desk.session.noted_from(), top + 1);
    desk.perform(Command::Undo).unwrap();
    assert_eq!(desk.session.state().documents().len(), 1);
    desk.check_stored();
}

#[test]
fn a_long_sheet_is_read_in_turns_for_as_long_as_it_is_wanted() {
    let mut desk = super::session::desk("Ada sang.");
    let marks: Vec<String> =
        (0..2_500).map(|at| format!(r#"{{"start":{at},"end":{},"label":"claim"}}"#, at + 1)).collect();
    let head = r#""format":"rubricator/1","offset_unit":"code_point""#;
    let line = format!(r#"{{{head},"text":"{}","spans":[{}]}}"#, "a".repeat(2_500), marks.join(","));
    let mut ids = Ids::new(9);
    let read = Reader::new("lines.jsonl", desk.keys().0).parse_all(line.as_bytes(), &mut || ids.next());
    let document = read.documents.first().unwrap().document.clone();
    desk.import_by_worker(vec![read.documents], |_| ());
    let rows = desk.rows.borrow();
    let (contents, leaf) = rows.contents(&desk.session, document.id, &document.text_sha256);
    let read_for = |most: usize| {
        let mut turns = 0;
        let read = at_once(quire::read_in_turns(contents.clone(), &leaf, async || {
            turns += 1;
            turns <= most
        }));
        (read.unwrap().map(|(_, body)| body.annotation_count()), turns)
    };
    let (whole, turns) = read_for(usize::MAX);
    assert_eq!(whole, Some(2_500));
    assert!(3 < turns, "{turns}");
    for most in 0..turns {
        assert_eq!(read_for(most), (None, most + 1));
    }
}
