//! The fragments of an annotation that has several: each can be taken away.

use leptos::prelude::*;

use crate::{
    app::{
        Command,
        workspace::{Part, Workspace},
    },
    model::AnnotationId,
    ui::widgets::{Glyph, Icon, When, handler, live},
};

/// The most characters of a fragment that are shown.
const LONGEST: usize = 80;

/// The list of fragments; nothing where there is only one.
#[component]
pub fn Parts(
    /// The annotation.
    id: AnnotationId,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let parts = Memo::new(move |_| {
        let parts = workspace.watch(Part::Body, |session| {
            let text = &session.open()?.text;
            let fragments = &session.body()?.annotation(id)?.fragments;
            let quoted =
                |span| text.slice(span).unwrap_or_default().chars().take(LONGEST).collect::<String>();
            Some(fragments.iter().map(quoted).collect::<Vec<_>>())
        });
        parts.flatten().filter(|parts| parts.len() > 1).unwrap_or_default()
    });
    let row = move |(at, quoted): (usize, String)| {
        view! {
            <li>
                <span class="to">{quoted}</span>
                <button
                    class="quiet remove"
                    aria-label="Remove part"
                    on:click=handler(move |_| workspace.dispatch(Command::RemoveFragment(Some(at))))
                >
                    <Icon name=Glyph::Close />
                </button>
            </li>
        }
    };
    view! {
        <When holds=Signal::derive(move || !parts.with(Vec::is_empty))>
            <div class="field">
                <span class="name">"Parts"</span>
                <ul class="links">{live(move || parts.get().into_iter().enumerate().map(row).collect_view())}</ul>
            </div>
        </When>
    }
}
