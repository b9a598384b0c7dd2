//! The session: one project, at most one open document, and where the person is in it.
//! [`Session::perform`] is the only way to change it; each room of commands has a file of its own.

mod admitting;
mod documents;
mod following;
mod identifying;
mod linking;
mod moving;
mod others;
mod registry;
mod repeating;
mod restoring;
mod retexting;
mod revising;
mod shaping;
mod tagging;
mod together;
mod undoing;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::others::Others;
pub use self::{
    repeating::Repeat,
    restoring::{rewound, text_before},
    retexting::{Retexted, retexted},
    revising::Revise,
};
use super::{
    command::Command,
    keymap::Keymap,
    outcome::{Changed, Outcome, Refusal, Stamp},
    rows::Activity,
};
use crate::{
    model::{
        Actor, ActorId, Annotation, AnnotationId, Body, Change, DocumentId, Edit, History, Key, Record,
        State, Target, What,
    },
    suggest::{ActorNames, Candidate},
    text::{Block, Offset, Span, Text, blocks, order},
};

/// A project at work.
#[derive(Debug)]
pub struct Session {
    state: State,
    history: History,
    /// The registry's names, kept in step with it.
    names: ActorNames,
    activity: BTreeMap<DocumentId, Activity>,
    /// What other hands have done, which this one's undo leaves alone.
    others: Others,
    annotator: String,
    open: Option<Open>,
    armed: Option<Key>,
    keymap: Keymap,
    last_label: Option<Key>,
    /// The order in which the list goes through the documents, where it is not that of work.
    order: Option<Arc<Vec<DocumentId>>>,
}

/// The open document and where the person is in it.
#[derive(Debug)]
pub struct Open {
    /// The document.
    pub document: DocumentId,
    /// Its text.
    pub text: Text,
    /// The hash under which that is stored.
    sha256: String,
    /// The text's paragraphs, headings and list items.
    pub blocks: Vec<Block>,
    /// The cursor, or the selected text.
    pub selection: Selection,
    /// The annotation whose card is shown.
    pub chosen: Option<AnnotationId>,
    /// Numbered candidates of which a digit picks one.
    pub offer: Option<Offer>,
}

/// The selected text; a cursor where both ends meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays when the selection is extended.
    pub anchor: Offset,
    /// The end that moves.
    pub head: Offset,
}

/// Numbered candidates for a link or for the actor that a span names.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The annotation that is to be linked.
    pub from: AnnotationId,
    /// What a pick does.
    pub purpose: Purpose,
    /// The candidates, numbered from 1.
    pub candidates: Vec<Candidate>,
}

/// What a pick from an offer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Links by this relation type; a second pick of the same unlinks.
    Link(Key),
    /// Joins the annotation to a registry entry; 0 makes an entry of this name.
    Identify(String),
}

impl Selection {
    /// A cursor at a place.
    pub const fn at(place: Offset) -> Self {
        Self { anchor: place, head: place }
    }

    /// The selected stretch; `None` for a cursor.
    pub fn span(self) -> Option<Span> {
        Span::new(self.anchor.min(self.head), self.anchor.max(self.head))
    }
}

impl Offer {
    /// Says anew what is linked already; the candidates keep their numbers. `false` where the annotation or a
    /// candidate is gone.
    fn renew(&mut self, body: &Body, actors: &BTreeMap<ActorId, Actor>) -> bool {
        let Some(from) = body.annotation(self.from) else { return false };
        let there = |target| match target {
            Target::Annotation(id) => body.annotation(id).is_some(),
            Target::Actor(id) => actors.contains_key(&id),
        };
        for candidate in &mut self.candidates {
            candidate.already = match &self.purpose {
                Purpose::Link(kind) => {
                    body.from(from.id).any(|link| link.kind == *kind && link.to == candidate.target)
                }
                Purpose::Identify(_) => from.actor.map(Target::Actor) == Some(candidate.target),
            };
        }
        self.candidates.iter().all(|candidate| there(candidate.target))
    }
}

impl Session {
    /// A session on a project as it was stored.
    pub fn new(
        state: State,
        history: History,
        activity: BTreeMap<DocumentId, Activity>,
        annotator: String,
    ) -> Self {
        let mut session = Self::early(state, history, activity, annotator);
        session.complete();
        session
    }

    /// The like, to be read only until [`Session::complete`] has followed: so that what acts on a session can be
    /// fetched after what shows it.
    pub fn early(
        state: State,
        history: History,
        activity: BTreeMap<DocumentId, Activity>,
        annotator: String,
    ) -> Self {
        let last = history.last();
        Self {
            state,
            history,
            names: ActorNames::default(),
            activity,
            others: Others::after(last),
            annotator,
            open: None,
            armed: None,
            keymap: Keymap::default(),
            last_label: None,
            order: None,
        }
    }

    /// Learns the names of the registry. Cost: O(a log a) for a of them.
    pub fn complete(&mut self) {
        for actor in self.state.actors().values() {
            self.names.put(actor);
        }
    }

    /// The project.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// What was done.
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// Sets the hand that writes from now on, with the stacks that it has left in a log that is known to its end.
    pub const fn take_hand(&mut self, hand: u32, undo: Option<u64>, redo: Option<u64>) {
        self.history.set_hand(hand, undo, redo);
    }

    /// Lets an entry of the history go from memory, unless it waits to be stored.
    pub fn unload_entry(&mut self, number: u64) {
        self.history.unload(number);
    }

    /// The database has confirmed the history's entries up to this number.
    pub fn confirm(&mut self, number: u64) {
        self.history.confirm(number);
    }

    /// The number from which on all entries of the log are known here, so that an undo of one of them leaves alone
    /// what others have done since.
    pub const fn noted_from(&self) -> u64 {
        self.others.from
    }

    /// When and by whom a document was last changed.
    pub fn activity(&self, document: DocumentId) -> Activity {
        self.activity.get(&document).cloned().unwrap_or_default()
    }

    /// The name that new annotations carry.
    pub fn annotator(&self) -> &str {
        &self.annotator
    }

    /// Sets the name that new annotations carry from now on.
    pub fn set_annotator(&mut self, annotator: String) {
        self.annotator = annotator;
    }

    /// The keys in force.
    pub const fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// Sets the keys that are in force from now on.
    pub fn set_keymap(&mut self, keymap: Keymap) {
        self.keymap = keymap;
    }

    /// The open document.
    pub const fn open(&self) -> Option<&Open> {
        self.open.as_ref()
    }

    /// The label that every selection gets at once.
    pub const fn armed(&self) -> Option<&Key> {
        self.armed.as_ref()
    }

    /// The annotations and relations of the open document.
    pub fn body(&self) -> Option<&Body> {
        self.state.body(self.open.as_ref()?.document)
    }

    /// The annotation whose card is shown.
    pub fn chosen(&self) -> Option<&Annotation> {
        self.body()?.annotation(self.open.as_ref()?.chosen?)
    }

    /// Opens a document whose text and body were loaded; the body of the one before is let go. The selection is
    /// where it was left, so it is only kept from splitting a character.
    pub fn open_document(
        &mut self,
        document: DocumentId,
        text: Text,
        body: Body,
        selection: Selection,
        chosen: Option<AnnotationId>,
    ) -> Outcome {
        self.close_document();
        let blocks = blocks(&text);
        let place = |place| text.floor(place);
        let selection = Selection { anchor: place(selection.anchor), head: place(selection.head) };
        let chosen = chosen.filter(|id| body.annotation(*id).is_some());
        self.state.load_body(document, body);
        let known = self.state.documents().get(&document);
        let sha256 = known.map(|document| document.text_sha256.clone()).unwrap_or_default();
        self.open = Some(Open { document, text, sha256, blocks, selection, chosen, offer: None });
        Outcome { changed: Changed { body: true, focus: true, ..Changed::default() }, ..Outcome::default() }
    }

    /// Closes the open document and lets its body go.
    pub fn close_document(&mut self) {
        if let Some(open) = self.open.take() {
            self.state.unload_body(open.document);
        }
    }

    /// Goes through the documents in this order from now on, and through no others.
    pub fn set_order(&mut self, order: Option<Arc<Vec<DocumentId>>>) {
        self.order = order;
    }

    /// The order that was set.
    pub fn order(&self) -> Option<&[DocumentId]> {
        self.order.as_deref().map(Vec::as_slice)
    }

    /// Whether the list holds some of the documents only.
    fn is_narrowed(&self) -> bool {
        self.order.as_ref().is_some_and(|order| order.len() < self.state.documents().len())
    }

    /// Carries a command out, or says why not; a refused command changes nothing.
    pub fn perform(&mut self, command: Command, stamp: &mut Stamp<'_>) -> Result<Outcome, Refusal> {
        match command {
            Command::Move { motion, extend } => self.move_cursor(motion, extend),
            Command::Select { anchor, head, words } => self.select(anchor, head, words, stamp),
            Command::ClickAt(place) => self.click_at(place),
            Command::Choose(id) => self.choose(id),
            Command::Step { forward } => self.step(forward),
            Command::Escape => self.escape(),
            Command::Label(key) => self.label(key, stamp),
            Command::RepeatLabel => {
                let key = self.last_label.clone().ok_or(Refusal::NoLabelYet)?;
                self.label(key, stamp)
            }
            Command::Arm(key) => self.arm(key),
            Command::Delete => {
                let id = self.chosen().ok_or(Refusal::NothingChosen)?.id;
                self.delete(id, stamp)
            }
            Command::DeleteAnnotation(id) => self.delete(id, stamp),
            Command::Undo => self.undo(stamp),
            Command::Redo => self.redo(stamp),
            Command::SelectUnit(unit) => self.select_unit(unit, stamp),
            Command::Repeat { like, places } => self.repeat(like, &places, stamp),
            Command::SetAttribute { annotation, attribute, value } => {
                self.set_attribute(annotation, attribute, value, stamp)
            }
            Command::SetNote { annotation, note } => self.set_note(annotation, note, stamp),
            Command::Resize { edge, outward } => self.resize(edge, outward, stamp),
            Command::ResizeTo { annotation, fragment, edge, to } => {
                self.resize_to(annotation, fragment, edge, to, stamp)
            }
            Command::AddFragment => self.add_fragment(stamp),
            Command::RemoveFragment(fragment) => self.remove_fragment(fragment, stamp),
            Command::Identify { annotation, actor } => self.identify(annotation, actor, stamp),
            Command::IdentifyNew { annotation, name } => self.identify_new(annotation, &name, stamp),
            Command::OfferActors => self.offer_actors(),
            Command::StartLink(kind) => self.start_link(&kind),
            Command::Pick(number) => self.pick(number, stamp),
            Command::Link { from, kind, to } => self.link(from, &kind, to, stamp),
            Command::LinkNew { from, kind, name } => self.link_new(from, &kind, &name, stamp),
            Command::Unlink(id) => self.unlink(id, stamp),
            Command::SetStatus { document, status } => self.set_status(document, status, stamp),
            Command::MarkDone => self.mark_done(stamp),
            Command::SetMeta { document, title, meta } => self.set_meta(document, title, meta, stamp),
            Command::Import { documents, group } => self.import(documents, group, stamp),
            Command::Admit { batch, goes_on } => self.admit(*batch, goes_on, stamp),
            Command::RemoveDocuments(documents) => self.remove_documents(documents, stamp),
            Command::Restore { document, past, text } => self.restore(document, &past, text, stamp),
            Command::ReplaceText(other) => self.replace_text(other.document, other.text, other.sha256, stamp),
            Command::Revise(revise) => self.revise(*revise, stamp),
            Command::RenameProject(name) => self.rename_project(name, stamp),
            Command::DiscardProject(discarded) => self.discard_project(discarded, stamp),
            Command::Registry(change) => self.register(*change, stamp),
            Command::Together(deed) => self.together(*deed, stamp),
        }
    }

    /// Applies changes as one new edit and notes what it leaves to be shown and stored.
    fn commit(&mut self, what: What, changes: Vec<Change>, group: Option<u64>, stamp: &Stamp<'_>) -> Outcome {
        let mut outcome = Outcome::default();
        if changes.is_empty() {
            return outcome;
        }
        let edit = Edit { what, at: stamp.now, annotator: self.annotator.clone(), changes };
        self.apply(&edit, &mut outcome);
        outcome.entries.push(self.history.record(edit, group).number);
        outcome
    }

    /// Applies an edit, keeps what hangs on it in step, and notes what is to be shown.
    fn apply(&mut self, edit: &Edit, outcome: &mut Outcome) {
        self.replay(edit);
        self.note_activity(edit);
        outcome.show(edit, self.open.as_ref().map(|open| open.document));
        self.settle(outcome);
    }

    /// Makes the records what they are after the edit, and the registry's names with them.
    fn replay(&mut self, edit: &Edit) {
        self.state.apply(edit);
        let here = self.open.as_ref().map(|open| open.document);
        for document in edit.documents().into_iter().filter(|document| Some(*document) != here) {
            self.state.unload_body(document);
        }
        for change in &edit.changes {
            rename(&mut self.names, change);
        }
    }

    /// Lets go of what the person pointed at where it is there no more.
    fn settle(&mut self, outcome: &mut Outcome) {
        let codebook = &self.state.project().codebook;
        let known = |label: &Key| codebook.label(label).is_some();
        if !self.armed.as_ref().is_none_or(known) {
            self.armed = None;
            outcome.changed.focus = true;
        }
        let Some(open) = &mut self.open else { return };
        let here = self.state.documents().get(&open.document);
        if here.is_some_and(|here| here.text_sha256 != open.sha256) {
            // It has another text, which is to be read first.
            outcome.open = Some(open.document);
            outcome.changed.focus = true;
            self.close_document();
            return;
        }
        let Some(body) = self.state.body(open.document) else {
            self.open = None;
            outcome.changed.focus = true;
            return;
        };
        if open.chosen.is_some_and(|id| body.annotation(id).is_none()) {
            open.chosen = None;
            outcome.changed.focus = true;
        }
        if let Some(mut offer) = open.offer.take() {
            open.offer = offer.renew(body, self.state.actors()).then_some(offer);
            outcome.changed.focus = true;
        }
    }

    fn opened(&mut self) -> Result<&mut Open, Refusal> {
        self.open.as_mut().ok_or(Refusal::NothingOpen)
    }

    fn loaded(&self) -> Result<(&Open, &Body), Refusal> {
        let open = self.open.as_ref().ok_or(Refusal::NothingOpen)?;
        let body = self.state.body(open.document).ok_or(Refusal::NothingOpen)?;
        Ok((open, body))
    }

    fn annotation(&self, id: AnnotationId) -> Result<&Annotation, Refusal> {
        self.loaded()?.1.annotation(id).ok_or(Refusal::Gone)
    }

    /// The label of what a link leads to, where that is an annotation.
    fn label_of(&self, target: Target) -> Option<Key> {
        match target {
            Target::Annotation(id) => Some(self.body()?.annotation(id)?.label.clone()),
            Target::Actor(_) => None,
        }
    }

    /// One changed annotation as an edit of its own.
    fn change_annotation(
        &mut self,
        what: What,
        id: AnnotationId,
        stamp: &Stamp<'_>,
        change: impl FnOnce(&mut Annotation),
    ) -> Result<Outcome, Refusal> {
        let changes = self.changed_annotation(id, stamp, change)?.into_iter().collect();
        Ok(self.commit(what, changes, None, stamp))
    }

    /// The change that makes an annotation another; `None` where it stays the same.
    fn changed_annotation(
        &self,
        id: AnnotationId,
        stamp: &Stamp<'_>,
        change: impl FnOnce(&mut Annotation),
    ) -> Result<Option<Change>, Refusal> {
        let before = self.annotation(id)?.clone();
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return Ok(None);
        }
        after.modified = stamp.now;
        after.annotator.clone_from(&self.annotator);
        Ok(Change::replace(before.into(), after.into()))
    }

    /// The removal of an annotation with all links from and to it.
    fn removal(&self, id: AnnotationId) -> Result<Vec<Change>, Refusal> {
        let (_, body) = self.loaded()?;
        let annotation = body.annotation(id).ok_or(Refusal::Gone)?;
        let links = body.from(id).chain(body.to(Target::Annotation(id)));
        let links = order::map(links.map(|relation| (relation.id, relation.clone())));
        let removed = links.into_values().map(|relation| Change::remove(relation.into()));
        Ok(removed.chain([Change::remove(annotation.clone().into())]).collect())
    }
}

/// Keeps the names in step with a change of an entry.
fn rename(names: &mut ActorNames, change: &Change) {
    if let Some(Record::Actor(actor)) = change.before() {
        names.take(actor.id);
    }
    if let Some(Record::Actor(actor)) = change.after() {
        names.put(actor);
    }
}
