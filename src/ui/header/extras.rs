//! Theme, settings and help: in a row where there is room, in a menu behind one button where there is not.

use leptos::{ev, html, prelude::*};

use super::theme::ThemeButton;
use crate::{
    browser::focus,
    ui::{
        layers::{Dialog, Layers},
        widgets::{Glyph, Icon},
    },
};

/// The buttons that are seldom needed.
#[component]
pub(super) fn Extras() -> impl IntoView {
    let open = RwSignal::new(false);
    let opener = NodeRef::<html::Button>::new();
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            open.set(false);
            if let Some(opener) = opener.get_untracked() {
                focus::give(&opener);
            }
        }
    };
    view! {
        <div class="extras" on:keydown=on_key>
            <button
                type="button"
                class="quiet icon more"
                node_ref=opener
                aria-label="More"
                title="More"
                aria-expanded=move || open.get().to_string()
                aria-controls="header-extras"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name=Glyph::More />
            </button>
            <div class="group" id="header-extras" data-open=move || open.get().then_some("")>
                <ThemeButton />
                <Entry name="Projects" glyph=Glyph::Folder dialog=Dialog::Projects open />
                <Entry name="Settings" glyph=Glyph::Sliders dialog=Dialog::Settings open />
                <Entry name="Help" glyph=Glyph::Help dialog=Dialog::Help open />
            </div>
        </div>
    }
}

#[component]
fn Entry(name: &'static str, glyph: Glyph, dialog: Dialog, open: RwSignal<bool>) -> impl IntoView {
    let layers = Layers::expect();
    let title = if dialog == Dialog::Help { "Help and keys (?)" } else { name };
    view! {
        <button
            type="button"
            class=format!("quiet icon for-{}", name.to_lowercase())
            aria-label=name
            title=title
            on:click=move |_| {
                open.set(false);
                layers.open(dialog.clone());
            }
        >
            <Icon name=glyph />
            <span class="menu-word" aria-hidden="true">{name}</span>
        </button>
    }
}
