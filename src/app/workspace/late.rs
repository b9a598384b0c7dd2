//! Commands that come before the rest of the program: they are held, in their order, and carried out as soon as it
//! is there. Nothing that a person did is lost, however slow the line.

use leptos::prelude::*;

use super::{Paint, Part, Workspace, spawn};
use crate::{
    app::{command::Command, session::Rest},
    model::ProjectId,
};

crate::chunk! {
    panels:
    /// The rest of what a session can do.
    fn rest() -> Rest {
        Rest::ALL
    }
}

impl Workspace {
    /// Gives the command back if it can be carried out now; otherwise it is held.
    pub(super) fn unless_held(self, command: Command) -> Option<Command> {
        let mut ready = Some(command);
        self.inner.update_value(|inner| {
            let waits = |command: &Command| {
                !inner.held.is_empty()
                    || inner.session.as_ref().is_some_and(|session| !session.is_ready_for(command))
            };
            if ready.as_ref().is_some_and(waits) {
                inner.held.extend(ready.take());
            }
        });
        if ready.is_none() {
            self.complete();
        }
        ready
    }

    /// Fetches the rest of the program for the open project, then carries out what was held. With nothing to fetch it
    /// does nothing.
    pub fn complete(self) {
        spawn(async move {
            if let Err(words) = self.completed().await {
                self.refuse(&words);
            }
        });
    }

    /// The like, and returns when that is done; what is to be said where it could not be.
    pub(super) async fn completed(self) -> Result<(), String> {
        let incomplete =
            self.read(|session| (!session.is_complete()).then_some(session.state().project().id));
        if let Some(project) = incomplete.flatten() {
            let missing = |_| "a part of Rubricator could not be loaded; your work is safe".to_owned();
            self.complete_with(rest().await.map_err(missing)?, project);
        }
        Ok(())
    }

    fn complete_with(self, rest: Rest, project: ProjectId) {
        let mut held = Vec::new();
        self.inner.update_value(|inner| {
            let session = inner.session.as_mut().filter(|session| session.state().project().id == project);
            if let Some(session) = session.filter(|session| !session.is_complete()) {
                session.complete(rest);
                held = std::mem::take(&mut inner.held);
            }
        });
        self.paint(Paint::Focus);
        self.parts.signal(Part::Focus).update(|revision| *revision = revision.wrapping_add(1));
        for command in held {
            self.dispatch(command);
        }
    }
}
