//! Theme, settings and help: in a row where there is room, in a menu behind one button where there is not.

use leptos::{ev, html, prelude::*};

use super::theme::ThemeButton;
use crate::{
    app::Action,
    browser::focus,
    ui::{
        key_hint::titled,
        layers::{Dialog, Layers},
        widgets::{Glyph, Icon, handler, live_value},
    },
};

/// What a button says of itself.
type Title = Box<dyn Fn() -> String + Send>;

/// The buttons that are seldom needed.
#[component]
pub(super) fn Extras() -> impl IntoView {
    let layers = Layers::expect();
    let open = RwSignal::new(false);
    let opener = NodeRef::<html::Button>::new();
    // The menu's buttons vanish with it, so the focus goes back first; a dialog then returns it there.
    let shut = move || {
        if !open.get_untracked() {
            return;
        }
        if let Some(opener) = opener.get_untracked() {
            focus::give(&opener);
        }
        open.set(false);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            shut();
        }
    };
    let entry = move |name: &'static str, title: Title, glyph: Glyph, dialog: Dialog| {
        let leave = move || {
            shut();
            layers.open(dialog.clone());
        };
        view! { <Entry name title glyph on_press=leave /> }
    };
    view! {
        <div class="extras" on:keydown=handler(on_key)>
            <button
                type="button"
                class="quiet icon more"
                node_ref=opener
                aria-label="More"
                title="More"
                aria-expanded=live_value(move || open.get().to_string())
                aria-controls="header-extras"
                on:click=handler(move |_| open.update(|open| *open = !*open))
            >
                <Icon name=Glyph::More />
            </button>
            <div class="group" id="header-extras" data-open=live_value(move || open.get().then_some(""))>
                <ThemeButton />
                {entry("Projects", live_value(|| "Projects".to_owned()), Glyph::Folder, Dialog::Projects)}
                {entry("Settings", live_value(|| "Settings".to_owned()), Glyph::Sliders, Dialog::Settings)}
                {entry("Help", titled("Help and keys", Action::Help, "?"), Glyph::Help, Dialog::Help)}
            </div>
        </div>
    }
}

#[component]
fn Entry(name: &'static str, title: Title, glyph: Glyph, on_press: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button
            type="button"
            class=format!("quiet icon for-{}", name.to_lowercase())
            aria-label=name
            title=title
            on:click=handler(move |_| on_press())
        >
            <Icon name=glyph />
            <span class="menu-word" aria-hidden="true">{name}</span>
        </button>
    }
}
