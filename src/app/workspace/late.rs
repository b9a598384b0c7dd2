//! What acts on a project comes after what shows it. Commands that come before are held, in their order, and carried
//! out as soon as it is there. Nothing that a person did is lost, however slow the line.

use leptos::prelude::*;

use super::{Paint, Phase, Workspace, spawn};
use crate::{app::command::Command, model::ProjectId};

crate::chunk! {
    hands:
    /// All that acts on a project.
    fn hands() -> Hands {
        Hands {
            act: Workspace::act,
            enter: Workspace::enter,
            purge: Workspace::purge,
            remember_view: Workspace::remember_view,
            store_view: Workspace::store_view_now,
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
    /// Removes projects for good.
    purge: fn(Workspace, Vec<ProjectId>),
    /// Stores the view once it has come to rest.
    pub(super) remember_view: fn(Workspace),
    /// Stores the view.
    pub(super) store_view: fn(Workspace),
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

    /// While a project is still being entered, what was held has nothing to act on yet: [`Workspace::begin`] then
    /// follows from there.
    fn complete_with(self, hands: Hands) {
        if self.hands().is_some() {
            return;
        }
        self.inner.update_value(|inner| inner.hands = Some(hands));
        if self.phase.with_untracked(|phase| *phase == Phase::Ready) {
            self.begin(hands);
        }
    }

    /// Lets a person act on the project that was opened, and does what they wanted done before.
    pub(super) fn begin(self, hands: Hands) {
        (hands.enter)(self);
        let mut held = Vec::new();
        let mut discarded = Vec::new();
        self.inner.update_value(|inner| {
            held = std::mem::take(&mut inner.held);
            discarded = std::mem::take(&mut inner.discarded);
        });
        if !discarded.is_empty() {
            (hands.purge)(self, discarded);
        }
        for command in held {
            (hands.act)(self, command);
        }
        self.paint(Paint::Focus);
    }
}
