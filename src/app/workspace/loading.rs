//! Opening: the database, a project, a document. After a failed read nothing is written.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{
    Paint, Part, Phase, Workspace, new_id, now, sample,
    saving::advice,
    spawn,
    view::{Moment, Place, View},
};
use crate::{
    app::{
        command::Command,
        quire,
        route::Route,
        rows::{Activity, Keys},
        session::{Selection, Session},
    },
    browser::{location, preferences, storage, trace, wait},
    format::{self, Cursor, row},
    model::{Body, Codebook, DocumentId, History, Project, ProjectId, State, Timestamp},
    store::{Change, Durability, Error, Store, Table, Write},
    text::{Offset, Text, order},
};

/// Where the browser keeps the name that new annotations carry.
const ANNOTATOR: &str = "annotator";

/// What a list of projects shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectSummary {
    /// Names it.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// When it was created.
    pub created: Timestamp,
}

/// A document as it lies in the database.
pub(super) struct Whole {
    pub(super) document: DocumentId,
    /// The last entry that was confirmed when it was read.
    pub(super) known: Option<u64>,
    pub(super) place: Option<Place>,
    pub(super) text: Text,
    pub(super) body: Body,
}

impl Whole {
    /// Whether it is that document, as it was when the entry of that number was the last.
    pub(super) fn is(&self, document: DocumentId, known: Option<u64>) -> bool {
        self.document == document && self.known == known
    }
}

impl Workspace {
    /// Opens the database, then the project that the address names, or the last one, or the sample.
    pub fn start(self) {
        spawn(async move {
            let store = match Store::open(move |change| self.connection_changed(change)).await {
                Ok(store) => store,
                Err(error) => return self.fail(advice(&error)),
            };
            self.inner.update_value(|inner| inner.store = Some(store));
            if let Err(problem) = self.start_from().await {
                self.fail(problem);
            }
        });
    }

    async fn start_from(self) -> Result<(), String> {
        let discarded = self.list_projects().await?;
        self.inner.update_value(|inner| inner.discarded = discarded);
        let route = location::hash().ok().and_then(|hash| Route::parse(&hash));
        self.screen.set(route.and_then(|route| route.screen));
        let known = |id: &ProjectId| self.projects.with_untracked(|all| all.iter().any(|one| one.id == *id));
        let last = preferences::get("project").ok().flatten().and_then(|id| ProjectId::parse(&id));
        let first = self.projects.with_untracked(|all| all.first().map(|project| project.id));
        let wanted = route.map(|route| route.project).filter(known).or(last.filter(known)).or(first);
        match wanted {
            Some(project) => {
                let document =
                    route.filter(|route| route.project == project).and_then(|route| route.document);
                self.enter_project(project, document).await
            }
            None => self.make_sample().await,
        }
    }

    /// Opens another project.
    pub fn open_project(self, project: ProjectId) {
        self.screen.set(None);
        spawn(async move {
            self.saved().await;
            if let Err(problem) = self.enter_project(project, None).await {
                self.refuse(&problem);
            }
        });
    }

    /// Makes an empty project with that codebook and opens it.
    pub fn create_project(self, name: String, codebook: Codebook, guidelines: String) {
        spawn(async move {
            self.saved().await;
            if let Err(problem) = self.make_project(name, codebook, guidelines).await {
                self.refuse(&problem);
            }
        });
    }

    /// Makes the sample project anew and opens it.
    pub fn create_sample(self) {
        spawn(async move {
            self.saved().await;
            if let Err(problem) = self.make_sample().await {
                self.refuse(&problem);
            }
        });
    }

    /// Throws a project away: it is hidden at once and removed for good when the page is next opened.
    pub fn discard_project(self, project: ProjectId, discarded: bool) {
        spawn(async move {
            self.saved().await;
            if let Err(problem) = self.set_discarded(project, discarded).await {
                self.refuse(&problem);
            }
        });
    }

    /// Opens a document of the open project, where it was left; of several that are asked for, the last. The open
    /// one stays as it is. A screen that lies over the text is left.
    pub fn open_document(self, document: DocumentId) {
        self.screen.set(None);
        self.load_document(document);
    }

    /// As [`Workspace::open_document`], under the screen that is shown.
    pub(super) fn load_document(self, document: DocumentId) {
        let asked = self.ask();
        spawn(async move {
            self.saved().await;
            if self.read(|session| session.open().map(|open| open.document)).flatten() == Some(document) {
                return self.show_route(Some(document));
            }
            if let Err(problem) = self.enter_document(document, asked).await {
                self.refuse(&problem);
            }
        });
    }

    /// Removes documents with all that is on them; it can be undone.
    pub fn remove_documents(self, documents: Vec<DocumentId>) {
        let Some(store) = self.store() else { return };
        let Some(keys) = self.read(|session| Keys(session.state().project().id)) else { return };
        spawn(async move {
            self.saved().await;
            let read = async || {
                let mut bodies = Vec::new();
                for document in &documents {
                    bodies.push((*document, self.body_of(&store, keys, *document).await?));
                }
                Ok(bodies)
            };
            match self.read_at_rest(&store, keys, read).await {
                Ok(bodies) => self.dispatch(Command::RemoveDocuments(bodies)),
                Err(problem) => return self.refuse(&problem),
            }
            let next = self.read(|session| {
                let first = crate::app::in_order(session.state().documents()).first().map(|one| one.id);
                first.filter(|_| session.open().is_none())
            });
            match next.flatten() {
                Some(document) => self.open_document(document),
                None => self.paint(Paint::Opened),
            }
        });
    }

    /// Opens what the address names; for the browser's back and forward.
    pub fn follow(self, hash: &str) {
        let Some(route) = Route::parse(hash) else { return };
        self.screen.set(route.screen);
        let here =
            self.read(|session| (session.state().project().id, session.open().map(|open| open.document)));
        match (here, route.document) {
            (Some((project, _)), None) if project == route.project => {}
            (Some((project, open)), Some(document)) if project == route.project => {
                if open != Some(document) {
                    self.load_document(document);
                }
            }
            _ => spawn(async move {
                self.saved().await;
                if let Err(problem) = self.enter_project(route.project, route.document).await {
                    self.refuse(&problem);
                }
            }),
        }
    }

    /// Sets the name that new annotations carry, here and in all projects of this browser.
    pub fn set_annotator(self, name: &str) {
        let name = name.trim().to_owned();
        if preferences::set(ANNOTATOR, &name).is_err() {
            self.refuse(&"this browser does not keep settings: the name holds until the page is closed");
        }
        self.inner.update_value(|inner| {
            if let Some(session) = &mut inner.session {
                session.set_annotator(name);
            }
        });
    }

    /// Reads the body of a document of the open project from the database, or takes it from memory if it is open.
    pub(super) async fn body_of(
        self,
        store: &Store,
        keys: Keys,
        document: DocumentId,
    ) -> Result<Body, String> {
        let open = self.read(|session| {
            session.open().filter(|open| open.document == document).and_then(|_| session.body().cloned())
        });
        if let Some(body) = open.flatten() {
            return Ok(body);
        }
        let leaf = self.read(|session| session.activity(document).leaf).unwrap_or_default();
        let (_, body) = read_content(store, keys, document, "", &leaf).await?;
        Ok(self.read(|session| session.with_waiting(document, body.clone())).unwrap_or(body))
    }

    /// Makes the list of projects anew; answers those that were thrown away.
    pub(super) async fn list_projects(self) -> Result<Vec<ProjectId>, String> {
        let Some(store) = self.store() else { return Ok(Vec::new()) };
        let rows = store.all(Table::Projects).await.map_err(|error| advice(&error))?;
        let mut projects = Vec::new();
        let mut discarded = Vec::new();
        for row in rows {
            let project = parse_project(&row.key, &row.json)?;
            if project.discarded {
                discarded.push(project.id);
            } else {
                projects.push(ProjectSummary {
                    id: project.id,
                    name: project.name,
                    created: project.created,
                });
            }
        }
        order::sort_by_key(&mut projects, |project| (project.name.to_ascii_lowercase(), project.id));
        self.projects.set(projects);
        Ok(discarded)
    }

    pub(super) async fn enter_project(
        self,
        project: ProjectId,
        document: Option<DocumentId>,
    ) -> Result<(), String> {
        let Some(store) = self.store() else { return Ok(()) };
        let session = read_session(&store, project).await?;
        let keys = Keys(project);
        let view = store.get(Table::Settings, &keys.view()).await.map_err(|error| advice(&error))?;
        let view = view.map(|row| View::parse(&row.json)).unwrap_or_default();
        let last = view.document.and_then(|id| DocumentId::parse(&id));
        let there = |id: &DocumentId| session.state().documents().contains_key(id);
        let first = crate::app::in_order(session.state().documents()).first().map(|document| document.id);
        let wanted = document.filter(there).or(last.filter(there)).or(first);
        if self.has_unsaved() {
            // What waits lies in the session that would be left.
            return Err("what was done here is not saved yet; try again, or export it".to_owned());
        }
        self.inner.update_value(|inner| {
            inner.session = Some(session);
            inner.is_entered = false;
        });
        // Without it the last project is found by name instead.
        let _kept = preferences::set("project", &project.to_string());
        self.list_projects().await?;
        self.wake_all();
        match wanted {
            Some(document) => self.enter_document(document, self.ask()).await?,
            None => self.show_route(None),
        }
        self.phase.set(Phase::Ready);
        match self.hands() {
            Some(hands) => (hands.enter)(self),
            None => self.complete(),
        }
        Ok(())
    }

    /// Numbers what is asked to be opened.
    pub(super) fn ask(self) -> u32 {
        let mut number = 0;
        self.inner.update_value(|inner| {
            inner.asked = inner.asked.wrapping_add(1);
            number = inner.asked;
        });
        number
    }

    /// Whether nothing was asked for since.
    fn is_asked(self, number: u32) -> bool {
        self.inner.try_with_value(|inner| inner.asked) == Some(number)
    }

    /// The number of the last entry that the database has confirmed.
    pub(super) fn known(self) -> Option<u64> {
        self.read(|session| session.history().confirmed())
    }

    /// The keys of the open project, and the hash and the leaf of a document of it.
    pub(super) fn stored_as(self, document: DocumentId) -> Option<(Keys, String, String)> {
        let stored = self.read(|session| {
            let state = session.state();
            let sha256 = state.documents().get(&document).map(|document| document.text_sha256.clone());
            Some((Keys(state.project().id), sha256?, session.activity(document).leaf))
        });
        stored.flatten()
    }

    async fn read_whole(self, document: DocumentId) -> Result<Option<Whole>, String> {
        let Some(store) = self.store() else { return Ok(None) };
        let stored = self.stored_as(document);
        let (keys, sha256, leaf) = stored.ok_or_else(|| "this document is no longer there".to_owned())?;
        let place = self.place_of(keys, document).await;
        loop {
            let known = self.known();
            let (text, body) = read_content(&store, keys, document, &sha256, &leaf).await?;
            // What other tabs have stored meanwhile comes again when they are followed, to the same end; but not what
            // was followed while this was read.
            if known == self.known() {
                return Ok(Some(Whole { document, known, place, text, body }));
            }
        }
    }

    pub(super) async fn enter_document(self, document: DocumentId, asked: u32) -> Result<(), String> {
        let read = match self.take_ahead(document).await {
            None => self.read_whole(document).await?,
            ahead => ahead,
        };
        let Some(Whole { place, text, body, .. }) = read else { return Ok(()) };
        if !self.is_asked(asked) {
            return Ok(());
        }
        // Not before: what is read would have to wait until it is written.
        self.store_view(Moment::Drawn);
        let work = trace::begin("rubricator:open");
        self.take_up(place.as_ref());
        let selection = place.as_ref().map_or(Selection::at(Offset::ZERO), Place::selection);
        let chosen = place.as_ref().and_then(Place::chosen);
        let mut opened = None;
        self.inner.update_value(|inner| {
            if let Some(session) = &mut inner.session {
                let body = match inner.hands {
                    Some(hands) => (hands.with_waiting)(session, document, body),
                    None => body,
                };
                opened = Some(session.open_document(document, text, body, selection, chosen));
            }
        });
        self.paint(Paint::Opened);
        work.end_unseen();
        if self.phase.with_untracked(|phase| *phase == Phase::Ready) {
            // The text first; lists and panels follow when it is drawn.
            wait::drawn().await;
        }
        if let Some(outcome) = opened {
            self.parts.wake(outcome.changed);
        }
        if self.is_asked(asked) {
            self.show_route(Some(document));
        }
        Ok(())
    }

    async fn make_project(self, name: String, codebook: Codebook, guidelines: String) -> Result<(), String> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err("a name is needed".to_owned());
        }
        let Some(store) = self.store() else { return Ok(()) };
        let project = blank_project(name, codebook, guidelines);
        store_project(&store, &project).await?;
        // The answer is shown in the help on storage; a refusal changes nothing about how we store.
        let _granted = storage::persist().await;
        self.enter_project(project.id, None).await
    }

    async fn make_sample(self) -> Result<(), String> {
        let Some(store) = self.store() else { return Ok(()) };
        let Ok(make) = sample::sample().await else {
            return Err("The sample could not be loaded. Load the page again.".to_owned());
        };
        self.enter_project(make(store).await?, None).await
    }

    async fn set_discarded(self, id: ProjectId, discarded: bool) -> Result<(), String> {
        let Some(store) = self.store() else { return Ok(()) };
        let row = store.get(Table::Projects, &id.to_string()).await.map_err(|error| advice(&error))?;
        let Some(row) = row else { return Err("this project is no longer there".to_owned()) };
        let mut project = parse_project(&row.key, &row.json)?;
        project.discarded = discarded;
        store_project(&store, &project).await?;
        self.list_projects().await?;
        let open = self.read(|session| session.state().project().id);
        if discarded && open == Some(id) {
            let next = self.projects.with_untracked(|projects| projects.first().map(|project| project.id));
            match next {
                Some(next) => self.enter_project(next, None).await?,
                None => self.make_sample().await?,
            }
        }
        Ok(())
    }

    pub(super) fn show_route(self, document: Option<DocumentId>) {
        let Some((project, name, title)) = self.read(|session| {
            let state = session.state();
            let title = document.and_then(|id| state.documents().get(&id)).map(|one| one.title.clone());
            (state.project().id, state.project().name.clone(), title)
        }) else {
            return;
        };
        let route = Route { project, document, screen: self.screen.get_untracked() };
        let here = location::hash().unwrap_or_default();
        let visit = if Route::parse(&here).is_some() { location::Visit::New } else { location::Visit::Same };
        if here != route.to_string() {
            // An address that cannot be changed costs the back button, nothing else.
            let _shown = location::set_hash(&route.to_string(), visit);
        }
        let _titled = location::set_title(&format!("{} – Rubricator", title.unwrap_or(name)));
    }

    fn wake_all(self) {
        for part in [Part::Body, Part::Actors, Part::Documents, Part::Project, Part::Focus, Part::History] {
            self.parts.signal(part).update(|revision| *revision = revision.wrapping_add(1));
        }
        self.paint(Paint::Opened);
    }

    fn connection_changed(self, change: Change) {
        match change {
            Change::NewerVersion => self.fail(
                "A newer version of Rubricator was opened in another tab. Everything shown as saved is saved. \
                 Load this page again."
                    .to_owned(),
            ),
            Change::Blocked => self.say("Another tab holds the database. Close it, and this page goes on by itself."),
            Change::Closed => self.fail(
                "The browser has closed the database, perhaps because its data were cleared. Load this page again."
                    .to_owned(),
            ),
        }
    }

    fn fail(self, problem: String) {
        self.phase.set(Phase::Failed(problem));
    }
}

/// A project without its texts, bodies and history.
pub(in crate::app) async fn read_state(
    store: &Store,
    id: ProjectId,
) -> Result<(State, BTreeMap<DocumentId, Activity>), String> {
    let key = id.to_string();
    let stored = |error: Error| advice(&error);
    let row = store.get(Table::Projects, &key).await.map_err(stored)?;
    let row = row.ok_or_else(|| "this project is no longer there".to_owned())?;
    let project = parse_project(&row.key, &row.json)?;
    let mut actors = Vec::new();
    for row in store.of_project(Table::Actors, &key).await.map_err(stored)? {
        actors.push(row::parse_actor(&row.json, id).map_err(|error| unreadable("an actor", &error))?);
    }
    let mut state = State::stored(project, actors, []);
    let mut activity = BTreeMap::new();
    let rows = store.of_project(Table::Documents, &key).await.map_err(stored)?;
    quire::read_documents(&rows, &mut state, &mut activity)
        .map_err(|error| unreadable("a document", &error))?;
    Ok((state, activity))
}

/// Reads a project as it was at one moment: another tab may write between the reads, and then it is read again.
async fn read_session(store: &Store, id: ProjectId) -> Result<Session, String> {
    let key = Keys(id).cursor();
    loop {
        let cursor = read_cursor(store, &key).await?;
        let (state, activity) = read_state(store, id).await?;
        if read_cursor(store, &key).await? == cursor {
            let history = History::stored(cursor.last, cursor.undo, cursor.redo);
            let annotator = preferences::get(ANNOTATOR).ok().flatten().unwrap_or_default();
            return Ok(Session::early(state, history, activity, annotator));
        }
    }
}

/// The end of a history and its stacks; those of an empty one where none is stored.
pub(in crate::app) async fn read_cursor(store: &Store, key: &str) -> Result<Cursor, String> {
    let row = store.get(Table::Settings, key).await.map_err(|error| advice(&error))?;
    match row {
        Some(row) => row::parse_cursor(&row.json).map_err(|error| unreadable("the history", &error)),
        None => Ok(Cursor::default()),
    }
}

/// Reads the text of a document, unless no hash of it is given, and what lies on it.
pub(in crate::app) async fn read_content(
    store: &Store,
    keys: Keys,
    document: DocumentId,
    sha256: &str,
    leaf: &str,
) -> Result<(Text, Body), String> {
    let wanted = quire::wanted(keys, document, sha256, leaf);
    let contents = store.content(&wanted).await.map_err(|error| advice(&error))?;
    let (text, body) =
        quire::read(contents, leaf).map_err(|error| unreadable("what lies on a document", &error))?;
    let text = text.or_else(|| sha256.is_empty().then(Text::default));
    Ok((text.ok_or_else(|| "a document's text is missing in the database".to_owned())?, body))
}

pub(super) async fn store_project(store: &Store, project: &Project) -> Result<(), String> {
    let keys = Keys(project.id);
    let row = keys.row(Table::Projects, keys.project(), row::print_project(project));
    store.write(&[Write::Put(row)], Durability::Strict).await.map_err(|error| advice(&error))
}

pub(super) fn blank_project(name: String, codebook: Codebook, guidelines: String) -> Project {
    Project { id: ProjectId::new(new_id()), name, codebook, guidelines, created: now(), discarded: false }
}

fn parse_project(key: &str, json: &str) -> Result<Project, String> {
    let id = ProjectId::parse(key).ok_or_else(|| "a project in the database has no proper id".to_owned())?;
    row::parse_project(json, id).map_err(|error| unreadable("a project", &error))
}

pub(super) fn unreadable(what: &str, error: &format::Error) -> String {
    format!("{what} in the database cannot be read: {error}. Nothing was changed.")
}
