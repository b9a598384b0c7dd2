//! What keys, mouse and fingers do in the text, and what is done when the page is put away. It comes right after the program that shows the text, which says that
//! it is ready (`data-ready`) once it is there.

use super::{keyboard, layers::Layers, reader};
use crate::{
    app::{Action, workspace::Workspace},
    browser::{Listener, clipboard, events, files},
};

crate::chunk! {
    hands:
    /// The hands.
    fn hands() -> Entry {
        Entry { page: listen, text: reader::listen, measure: reader::Easel::measure_now, act: keyboard::act }
    }
}

/// The ways into the chunk of the hands. Each listens for as long as its listeners live.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Keys of the whole page, what is pasted or dropped onto it, and its being hidden.
    pub page: fn(Workspace, Layers) -> Option<Listener>,
    /// Mouse, pen and finger on the text.
    pub text: fn(&reader::Easel, Workspace, Layers) -> Vec<Listener>,
    /// Where things belong that float over the text.
    pub measure: reader::Measure,
    /// Does what a key would do; says whether it meant something.
    pub act: fn(Action, Workspace, Layers) -> bool,
}

fn listen(workspace: Workspace, layers: Layers) -> Option<Listener> {
    let put_away = events::on_hidden(move |hidden| {
        if hidden {
            workspace.back_up_to_folder();
        }
    });
    let paste = clipboard::on_paste(move |pasted| {
        layers.dialogs.then(move |entry| (entry.take)(workspace, layers, pasted));
    });
    let dropped = files::on_drop(move |dropped| {
        layers.dialogs.then(move |entry| (entry.take)(workspace, layers, dropped));
    });
    let heard = keyboard::listen(workspace, layers).into_iter().chain(put_away);
    Some(Listener::all(heard.chain(paste.ok()).chain(dropped.ok())))
}
