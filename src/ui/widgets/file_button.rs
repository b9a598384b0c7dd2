//! A button that asks for a file of the person's and reads it as a whole.

use std::rc::Rc;

use leptos::{ev, prelude::*};

use super::{Glyph, Icon, handler};
use crate::browser::{files, wait};

/// Hears of the name of a file, and of its bytes or of what the browser says why there are none.
pub type OnFile = Rc<dyn Fn(String, Result<Vec<u8>, String>)>;

/// The button.
#[component]
pub fn FileButton(
    /// What stands on it.
    words: &'static str,
    /// What it does, where the mouse rests on it.
    title: &'static str,
    /// The name of the field.
    label: &'static str,
    /// The kinds of files, as `accept` takes them.
    accept: &'static str,
    /// Called once a file is read.
    on_file: OnFile,
) -> impl IntoView {
    let take = move |event: ev::Event| {
        let Some(file) = files::of_input(&event).into_iter().next() else { return };
        let on_file = Rc::clone(&on_file);
        wait::spawn(async move {
            let read = file.read().await.map_err(|error| error.to_string());
            on_file(file.name, read);
        });
    };
    view! {
        <label class="file-button" title=title>
            <Icon name=Glyph::Import />
            {words}
            <input type="file" class="visually-hidden" aria-label=label accept=accept on:change=handler(take) />
        </label>
    }
}
