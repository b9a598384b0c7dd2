//! What all dialogs share: they close into the layers, and what is said while they are open is seen and heard,
//! although the rest of the page rests.

use leptos::prelude::*;

use crate::ui::{header::Announcer, layers::Layers, widgets::Modal};

/// A dialog of the app.
#[component]
pub(super) fn Frame(
    #[prop(into)] title: Signal<String>,
    #[prop(optional)] class: &'static str,
    #[prop(optional, into)] footer: ViewFn,
    children: Children,
) -> impl IntoView {
    let layers = Layers::expect();
    view! {
        <Modal title class footer on_close=move |()| layers.close()>
            {children()}
            <Announcer />
        </Modal>
    }
}
