//! The screens that show the whole project in the place of the text, by address, so that the browser's back and forward
//! lead in and out of them.

use leptos::prelude::*;

use super::{Paint, Workspace, spawn};
use crate::{
    app::{command::Command, route::Screen},
    model::{AnnotationId, DocumentId},
    text::Offset,
};

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

    /// Leads to a place of a document: opens it, chooses the annotation or selects the stretch of text, given in bytes,
    /// and brings it into view.
    pub fn go_to(self, document: DocumentId, annotation: Option<AnnotationId>, stretch: (u32, u32)) {
        self.screen.set(None);
        let asked = self.ask();
        spawn(async move {
            self.saved().await;
            let is_open = self.read(|session| session.open().map(|open| open.document)).flatten();
            if is_open == Some(document) {
                self.show_route(is_open);
            } else if let Err(problem) = self.enter_document(document, asked).await {
                return self.refuse(&problem);
            }
            let (start, end) = stretch;
            if let Some(id) = annotation {
                self.dispatch(Command::Choose(Some(id)));
            } else if start < end {
                let (anchor, head) = (Offset::new(start), Offset::new(end));
                self.dispatch(Command::Select { anchor, head, words: false });
            } else {
                return;
            }
            self.paint(Paint::Reveal(Offset::new(start)));
        });
    }
}
