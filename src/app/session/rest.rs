//! What a session can do once the rest of the program is there. Reading, moving, marking, deleting and undoing come
//! first; all other commands, and all that asks whom a name means, may come a moment later. Natively nothing is late.

use super::{Session, identifying::Naming, others::Others};
use crate::{
    app::{
        command::{Command, Motion, Unit},
        outcome::{Outcome, Refusal, Stamp},
    },
    format::Error,
    model::{Actor, AnnotationId, Change, Key, Label, Record},
    store::Row,
    suggest::ActorNames,
    text::{self, Offset, Text},
};

/// The ways into the rest, as values: what is reached only by them can be fetched later.
#[derive(Clone, Copy, Debug)]
pub struct Rest {
    pub(super) perform: fn(&mut Session, Command, &mut Stamp<'_>) -> Result<Outcome, Refusal>,
    pub(super) actor_for: fn(&Session, &str, &mut Stamp<'_>) -> Naming,
    pub(super) offer_after: fn(&mut Session, AnnotationId, &Label),
    pub(super) put_name: fn(&mut ActorNames, &Actor),
    pub(super) rename: fn(&mut ActorNames, &Change),
    pub(super) follow: fn(&mut Session, &[Row]) -> Result<Outcome, Error>,
    pub(super) leave: fn(&mut Others, &Change, u64, u64) -> bool,
    pub(super) previous_sentence: fn(&Text, Offset) -> Offset,
    pub(super) next_sentence: fn(&Text, Offset) -> Offset,
}

impl Rest {
    /// All of it.
    pub const ALL: Self = Self {
        perform: Session::perform_late,
        actor_for: Session::actor_for,
        offer_after: Session::offer_after,
        put_name: ActorNames::put,
        rename,
        follow: Session::follow_rows,
        leave: Others::leave,
        previous_sentence: text::previous_sentence,
        next_sentence: text::next_sentence,
    };
}

impl Session {
    /// Gives the session all its abilities. An offer that a label given before should have brought comes now.
    /// Cost: O(a log a) for a names of actors.
    pub fn complete(&mut self, rest: Rest) {
        for actor in self.state.actors().values() {
            (rest.put_name)(&mut self.names, actor);
        }
        self.rest = Some(rest);
        let owed = self.owed.take().filter(|id| self.chosen().is_some_and(|chosen| chosen.id == *id));
        let label = self.chosen().and_then(|chosen| self.codebook_label(&chosen.label).ok());
        if let (Some(id), Some(label)) = (owed, label) {
            (rest.offer_after)(self, id, &label);
        }
    }

    /// Takes in what other tabs have stored, once the session has all its abilities; `None` until then.
    pub fn take_news(&mut self, rows: &[Row]) -> Option<Result<Outcome, Error>> {
        if rows.is_empty() {
            return Some(Ok(Outcome::default()));
        }
        self.rest.map(|rest| (rest.follow)(self, rows))
    }

    /// Whether the session has all its abilities.
    pub const fn is_complete(&self) -> bool {
        self.rest.is_some()
    }

    /// Whether the session can carry this command out already.
    pub fn is_ready_for(&self, command: &Command) -> bool {
        let names_actor =
            |key: &Key| self.state.project().codebook.label(key).is_some_and(|label| label.names_actor);
        self.rest.is_some()
            || match command {
                Command::Label(key) => !names_actor(key),
                Command::RepeatLabel => !self.last_label.as_ref().is_some_and(names_actor),
                Command::Select { .. } => !self.armed.as_ref().is_some_and(names_actor),
                Command::Move { motion: Motion::By(Unit::Sentence, _), .. } => false,
                Command::Move { .. }
                | Command::ClickAt(_)
                | Command::Choose(_)
                | Command::Step { .. }
                | Command::Escape
                | Command::Arm(_)
                | Command::Delete
                | Command::DeleteAnnotation(_)
                | Command::Undo
                | Command::Redo => true,
                _ => false,
            }
    }

    /// Carries out a command of the rest.
    fn perform_late(&mut self, command: Command, stamp: &mut Stamp<'_>) -> Result<Outcome, Refusal> {
        match command {
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
            Command::Restore { document, past } => self.restore(document, &past, stamp),
            Command::RenameProject(name) => self.rename_project(name, stamp),
            Command::DiscardProject(discarded) => self.discard_project(discarded, stamp),
            // The others are carried out by `perform` itself.
            _ => Err(Refusal::NotReady),
        }
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
