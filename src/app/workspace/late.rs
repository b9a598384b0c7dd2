//! What acts on a project comes after what shows it. Commands that come before are held, in their order, and carried
//! out as soon as it is there. Nothing that a person did is lost, however slow the line.

use leptos::prelude::*;

use super::{Phase, Workspace, spawn, view::Moment};
use crate::{
    app::{command::Command, session::Session},
    model::{Body, DocumentId},
};

crate::chunk! {
    hands:
    /// All that acts on a project.
    fn hands() -> Hands {
        Hands {
            act: Workspace::act,
            enter: Workspace::enter,
            follow: Workspace::follow_tabs,
            with_waiting: Session::with_waiting,
            remember_view: Workspace::remember_view,
            store_view: Workspace::store_view_at,
            point_at: Workspace::point_at_now,
        }
    }
}

/// The ways into what acts.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    /// Carries a command out.
    act: fn(Workspace, Command),
    /// Makes the open project ready to be worked on.
    pub(super) enter: fn(Workspace),
    /// Brings in what other tabs have stored.
    follow: fn(Workspace),
    /// Adds what waits to what was read of a document.
    pub(super) with_waiting: fn(&Session, DocumentId, Body) -> Body,
    /// Stores the view once it has come to rest.
    pub(super) remember_view: fn(Workspace),
    /// Stores the view.
    pub(super) store_view: fn(Workspace, Moment),
    /// Reads the document ahead that is pointed at.
    pub(super) point_at: fn(Workspace, Option<DocumentId>),
}

impl Workspace {
    /// Has a command carried out: the one way in which a project changes.
    pub fn dispatch(self, command: Command) {
        if let Some(hands) = self.hands() {
            return (hands.act)(self, command);
        }
        self.inner.update_value(|inner| inner.held.push(command));
        self.complete();
    }

    /// Fetches what acts on projects, then carries out what was held. With nothing to fetch it does nothing.
    pub fn complete(self) {
        if self.hands().is_some() {
            return;
        }
        spawn(async move {
            match hands().await {
                Ok(hands) => self.complete_with(hands),
                Err(_) => self.refuse(&"a part of Rubricator could not be loaded; your work is safe"),
            }
        });
    }

    /// What acts on projects, once it is there.
    pub(super) fn hands(self) -> Option<Hands> {
        self.inner.try_with_value(|inner| inner.hands).flatten()
    }

    /// While a project is still being opened, what was held has nothing to act on yet: it is entered once it is open.
    fn complete_with(self, hands: Hands) {
        if self.hands().is_some() {
            return;
        }
        self.inner.update_value(|inner| inner.hands = Some(hands));
        if self.phase.with_untracked(|phase| *phase == Phase::Ready) {
            (hands.enter)(self);
        }
    }

    /// Brings in what other tabs have stored, where the page could not hear of it.
    pub fn look_around(self) {
        if let Some(hands) = self.hands() {
            (hands.follow)(self);
        }
    }
}
