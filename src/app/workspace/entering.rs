//! Entering: before a person may act on a project, this tab takes a hand to write with, which no other tab has, and
//! learns what other tabs have stored since the project was read. Until then commands are held.

use leptos::prelude::*;

use super::{Paint, SaveState, Workspace, loading::read_cursor, saving::advice, spawn};
use crate::{
    app::{command::Command, keymap::Keymap, rows::Keys},
    browser::{
        random,
        tabs::{self, Hold, Tabs},
        wait,
    },
    model::ProjectId,
    store::{Durability, Store, Write},
};

/// How often a reloaded page asks for what the page before it held.
const RELOADING: usize = 5;

/// How long to wait before it is tried to enter again, in milliseconds.
const RETRY_AFTER: u32 = 1_000;

/// How often it is tried to read at a moment at which no other tab writes.
const TRIES: usize = 20;

impl Workspace {
    /// Makes the open project ready to be worked on, then carries out what was held.
    pub(super) fn enter(self) {
        let Some(store) = self.store() else { return };
        let Some(project) = self.read(|session| session.state().project().id) else { return };
        self.inner.update_value(|inner| {
            if let Some(session) = &mut inner.session {
                session.complete();
                session.set_keymap(self.keymap.get_untracked());
            }
            if inner.tabs.is_none() {
                // Without a channel a tab learns what another has stored when it next saves or is looked at.
                inner.tabs = Tabs::join(move |project| self.heard(&project)).ok();
            }
        });
        spawn(async move {
            while let Err(problem) = self.take_hand(&store, project).await {
                self.refuse(&problem);
                wait::sleep(RETRY_AFTER).await;
                if self.read(|session| session.state().project().id) != Some(project) {
                    return;
                }
            }
            self.begin(project);
        });
    }

    /// The keys in force.
    pub fn keymap(self) -> Keymap {
        self.keymap.get()
    }

    /// Sets the keys that are in force from now on.
    pub fn set_keymap(self, keymap: Keymap) {
        self.inner.update_value(|inner| {
            if let Some(session) = &mut inner.session {
                session.set_keymap(keymap.clone());
            }
        });
        self.keymap.set(keymap);
    }

    fn begin(self, project: ProjectId) {
        let mut held = Vec::new();
        let mut discarded = Vec::new();
        self.inner.update_value(|inner| {
            if inner.session.as_ref().is_some_and(|session| session.state().project().id == project) {
                inner.is_entered = true;
                held = std::mem::take(&mut inner.held);
                discarded = std::mem::take(&mut inner.discarded);
            }
        });
        self.load_recent_history();
        self.watch_room();
        for command in held {
            self.act(command);
        }
        // Says that all is saved, once it is.
        self.follow_tabs();
        self.paint(Paint::Focus);
        self.purge(discarded);
    }

    /// Keeps a command until the project is entered; what waits is not saved yet.
    pub(super) fn hold(self, command: Command) {
        self.inner.update_value(|inner| inner.held.push(command));
        self.save_state.set(SaveState::Saving);
    }

    fn heard(self, project: &str) {
        let open = self.read(|session| session.state().project().id.to_string());
        if open.is_some_and(|open| open == project) {
            self.follow_tabs();
        }
    }

    /// Takes a hand, and the stacks that it has left, with the log followed to its end.
    async fn take_hand(self, store: &Store, project: ProjectId) -> Result<(), String> {
        let keys = Keys(project);
        let hand = self.hand_in(store, keys).await?;
        let stacks = self.read_at_rest(store, keys, async || {
            let cursor = read_cursor(store, &keys.cursor()).await?;
            if cursor.hand == hand { Ok(cursor) } else { read_cursor(store, &keys.hand(hand)).await }
        });
        let stacks = stacks.await?;
        self.inner.update_value(|inner| {
            let session = inner.session.as_mut().filter(|session| session.state().project().id == project);
            if let Some(session) = session {
                session.take_hand(hand, stacks.undo, stacks.redo);
            }
        });
        Ok(())
    }

    /// The hand with which this tab writes in a project: the one it had before a reload, else that of whoever wrote
    /// there last and is gone, so that undo goes on where it was; else a new one.
    async fn hand_in(self, store: &Store, keys: Keys) -> Result<u32, String> {
        let project = keys.0;
        let known = self.inner.try_with_value(|inner| {
            let mut hands = inner.taken.iter();
            hands.find(|(one, _)| *one == project).map(|(_, hand)| *hand)
        });
        if let Some(hand) = known.flatten() {
            return Ok(hand);
        }
        tabs::hold(&project.to_string(), Hold::Together).await;
        let name = format!("{project}/hand");
        let free = async |hand: u32| tabs::hold(&format!("{name}/{hand}"), Hold::Alone).await;
        let kept = tabs::recall(&name).and_then(|hand| hand.parse().ok());
        let mut hand = None;
        for _ in 0..RELOADING {
            // The page that was here before the reload may not have let go of it yet.
            if hand.is_none()
                && let Some(kept) = kept
            {
                if free(kept).await {
                    hand = Some(kept);
                } else {
                    wait::sleep(40).await;
                }
            }
        }
        let last = read_cursor(store, &keys.cursor()).await?.hand;
        if hand.is_none() && free(last).await {
            hand = Some(last);
        }
        let hand = match hand {
            Some(hand) => hand,
            None => {
                let [a, b, c, d, ..] = random::bytes();
                let new = u32::from_le_bytes([a, b, c, d]);
                free(new).await;
                new
            }
        };
        tabs::remember(&name, &hand.to_string());
        self.inner.update_value(|inner| inner.taken.push((project, hand)));
        Ok(hand)
    }

    /// Reads what the session is to go on from: at a moment at which it knows all that is stored.
    pub(super) async fn read_at_rest<T>(
        self,
        store: &Store,
        keys: Keys,
        read: impl AsyncFn() -> Result<T, String>,
    ) -> Result<T, String> {
        let known = || self.read(|session| session.history().confirmed()).unwrap_or_default();
        for _ in 0..TRIES {
            let before = known();
            let found = read().await?;
            let last = read_cursor(store, &keys.cursor()).await?.last;
            if before == last && known() == last {
                return Ok(found);
            }
            self.follow_tabs();
            self.saved().await;
        }
        Err("another tab is changing this project all the time".to_owned())
    }

    /// Removes projects for good.
    fn purge(self, projects: Vec<ProjectId>) {
        let Some(store) = self.store() else { return };
        spawn(async move {
            for project in projects {
                // One that is still open in another tab is left to it.
                if tabs::hold(&project.to_string(), Hold::Alone).await {
                    let write = Write::DeleteProject(project.to_string());
                    if let Err(error) = store.write(&[write], Durability::Strict).await {
                        self.refuse(&advice(&error));
                    }
                }
            }
        });
    }
}
