//! All keys, made from the same tables that work them, so that this list is never wrong.

mod changing;
mod groups;

use leptos::prelude::*;

use self::{
    changing::{Changing, restore_all},
    groups::{Group, KeyRow, groups},
};
use super::frame::Frame;
use crate::{
    app::{
        Action,
        workspace::{Part, Workspace},
    },
    browser::focus,
    ui::layers::{Dialog, Layers},
    ui::widgets::{When, handler, live},
};

/// The dialog.
#[component]
pub(super) fn Help() -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let words = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        let (words, keymap) = (words.get(), ws.keymap());
        ws.watch(Part::Project, |session| groups(&session.state().project().codebook, &keymap, &words))
            .unwrap_or_default()
    });
    let editing = RwSignal::new(None::<Action>);
    let has_own = Memo::new(move |_| !ws.keymap().is_standard());
    view! {
        <Frame
            title="Help and keys"
            class="help"
            footer=move || view! {
                <When holds=has_own>
                    <button type="button" on:click=handler(move |_| {
                        editing.set(None);
                        restore_all(ws);
                        focus::give_to(".help input[type=search]");
                    })>"All keys back to the standard"</button>
                </When>
                <button type="button" on:click=handler(move |_| layers.open(Dialog::Tour))>"Show the short tour"</button>
            }
        >
            <p>"Mark a passage with the mouse, a finger or the keyboard, then press the letter of a label. Keys act outside text fields. On a Mac, ⌘ stands for Ctrl. Press a row’s keys to give it others, in this browser; those of labels and links belong to the codebook."</p>
            <input
                type="search"
                autofocus
                aria-label="Search the keys"
                placeholder="Search the keys"
                autocomplete="off"
                prop:value=words
                on:input:target=move |event| words.set(event.target().value())
            />
            {live(move || editing.get().map(|action| view! { <Changing action editing /> }))}
            <div class="keys">
                {live(move || shown.get().into_iter().map(|group| view! { <Keys group editing /> }).collect_view())}
            </div>
            {live(move || shown.with(Vec::is_empty).then(|| view! { <p role="status">"No key does that."</p> }))}
        </Frame>
    }
}

#[component]
fn Keys(group: Group, editing: RwSignal<Option<Action>>) -> impl IntoView {
    let rows = group.rows.into_iter().map(|row| view! { <Row row editing /> });
    view! {
        <section>
            <h3>{group.name}</h3>
            <ul>{rows.collect_view()}</ul>
        </section>
    }
}

/// What a key does; where the key can be changed, it is a button for that.
#[component]
fn Row(row: KeyRow, editing: RwSignal<Option<Action>>) -> impl IntoView {
    let KeyRow { chords, words, action } = row;
    let said = chords.iter().map(|chord| chord.join("+")).collect::<Vec<_>>().join(" or ");
    let caps = chords.into_iter().map(|chord| {
        let keys = chord.into_iter().map(|key| view! { <kbd>{key}</kbd> }).collect_view();
        view! { <span class="chord">{keys}</span> }
    });
    let caps = caps.collect_view();
    let Some(action) = action else {
        return view! { <li><span>{words}</span><span class="chords">{caps}</span></li> }.into_any();
    };
    let said = if said.is_empty() { "no key".to_owned() } else { said };
    let none = (said == "no key").then_some("no key");
    view! {
        <li>
            <span>{words.clone()}</span>
            <button
                type="button"
                class="quiet chords"
                data-action=format!("{action:?}")
                title="Change"
                aria-label=format!("{words}: {said}. Change")
                on:click=handler(move |_| editing.set(Some(action)))
            >
                {caps}{none}
            </button>
        </li>
    }
    .into_any()
}
