//! The screens that show the whole project in the place of the text, by address, so that the browser's back and forward
//! lead in and out of them.

use leptos::prelude::*;

use super::Workspace;
use crate::app::route::Screen;

impl Workspace {
    /// The screen that is shown in the place of the text.
    pub fn screen(self) -> Option<Screen> {
        self.screen.get()
    }

    /// The screen that is shown, without being told of changes.
    pub fn screen_now(self) -> Option<Screen> {
        self.screen.get_untracked()
    }

    /// Shows a screen, or the text.
    pub fn show_screen(self, screen: Option<Screen>) {
        self.screen.set(screen);
        self.show_route(self.read(|session| session.open().map(|open| open.document)).flatten());
    }
}
