//! The way out of a page that cannot go on: what it holds is taken home before it is loaded again.

use leptos::prelude::*;

use crate::{
    app::workspace::{Phase, Workspace},
    ui::widgets::{When, handler},
};

/// The button, where a project was open.
#[component]
pub fn Rescue() -> impl IntoView {
    let ws = Workspace::expect();
    let holds = Memo::new(move |_| matches!(ws.phase(), Phase::Failed(_)) && ws.read(|_| ()).is_some());
    view! {
        <When holds>
            <div class="rescue">
                <button type="button" on:click=handler(move |_| ws.export_what_is_here())>"Export your work"</button>
            </div>
        </When>
    }
}
