//! A modal dialog over the browser's own `<dialog>`: the focus moves in, the page behind it rests, Esc and a click
//! beside it close it, and the focus returns to what opened it.

use super::{handler, live};
use leptos::{html, prelude::*};

use super::{Glyph, Icon};
use crate::browser::dialog;

/// A dialog that is shown for as long as it is in the page.
#[component]
pub fn Modal(
    /// Its heading, which is also its name.
    #[prop(into)]
    title: Signal<String>,
    /// Called once it is closed; has to take it out of the page.
    #[prop(into)]
    on_close: Callback<()>,
    /// A class besides, for its width.
    #[prop(optional)]
    class: &'static str,
    /// The buttons at its end.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    // The browser tells of a closing later than it happens, perhaps when the next dialog is there already.
    let alive = StoredValue::new(());
    let pressed_beside = StoredValue::new(false);
    let beside = move |event: &leptos::ev::MouseEvent| {
        node.get_untracked().is_some_and(|element| dialog::is_beside(&element, event))
    };
    let close = move || {
        if let Some(element) = node.get_untracked() {
            dialog::close(&element);
        }
    };
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            // An old browser shows nothing then; every dialog can be reached in the page's own way as well.
            let _shown = dialog::show(&element);
        }
    });
    on_cleanup(close);
    view! {
        <dialog
            class=class
            node_ref=node
            aria-labelledby="dialog-title"
            on:close=handler(move |_| {
                // It may be shown again by then: the next dialog can be drawn into the same element.
                let shown = node.try_get_untracked().flatten().is_some_and(|element| dialog::is_open(&element));
                if alive.try_get_value().is_some() && !shown {
                    on_close.run(());
                }
            })
            on:mousedown=handler(move |event| pressed_beside.set_value(beside(&event)))
            on:click=handler(move |event| {
                if pressed_beside.get_value() && beside(&event) {
                    close();
                }
            })
        >
            <header>
                <h2 id="dialog-title">{title}</h2>
                <button type="button" class="quiet icon" aria-label="Close" title="Close (Esc)" on:click=handler(move |_| close())>
                    <Icon name=Glyph::Close />
                </button>
            </header>
            <div class="content">{children()}</div>
            {footer.map(|footer| view! { <footer>{live(move || footer.run())}</footer> })}
        </dialog>
    }
}
