//! The open project's name.

use leptos::{ev, prelude::*};

use crate::ui::widgets::handler;

use crate::app::{
    Command,
    workspace::{Part, Workspace},
};

/// A field with the name, taken over by Enter or the button.
#[component]
pub(super) fn Rename() -> impl IntoView {
    let ws = Workspace::expect();
    let known = Memo::new(move |_| ws.watch(Part::Project, |session| session.state().project().name.clone()));
    let typed = RwSignal::new(None::<String>);
    let shown = move || typed.get().or_else(|| known.get()).unwrap_or_default();
    let same = move || {
        typed
            .get()
            .is_none_or(|typed| typed.trim().is_empty() || Some(typed.trim()) == known.get().as_deref())
    };
    let rename = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Some(name) = typed.get_untracked() {
            typed.set(None);
            ws.dispatch(Command::RenameProject(name));
        }
    };
    view! {
        <form class="line-form" on:submit=handler(rename)>
            <label>
                "Name of the open project"
                <input type="text" id="project-name" prop:value=shown on:input:target=move |event| typed.set(Some(event.target().value())) />
            </label>
            <button type="submit" disabled=same>"Rename"</button>
        </form>
    }
}
