//! The way out of a page that cannot go on: what it holds is taken home before it is loaded again.

use leptos::prelude::*;

use crate::{app::workspace::Workspace, ui::widgets::handler};

/// The button, where a project was open.
#[component]
pub fn Rescue() -> impl IntoView {
    let ws = Workspace::expect();
    let holds_work = ws.read(|_| ()).is_some();
    holds_work.then(|| {
        view! {
            <button type="button" on:click=handler(move |_| ws.export_what_is_here())>"Export your work"</button>
        }
    })
}
