//! What a change would do, said before it is done.

use leptos::prelude::*;

use super::state::{Desk, counted};
use crate::{app::workspace::Foreseen, browser::wait, model::Revision, ui::widgets::live};

/// So many documents are named.
const NAMED: usize = 100;

/// What the change does that a signal gives; nothing while it gives none.
#[component]
pub fn Foresight(
    desk: Desk,
    /// The change.
    #[prop(into)]
    revision: Signal<Option<Revision>>,
    /// Takes what was foreseen, for who shows the dialog.
    #[prop(optional)]
    seen: Option<RwSignal<Option<Foreseen>>>,
) -> impl IntoView {
    let found = RwSignal::new(None::<Result<Foreseen, String>>);
    let revision = Memo::new(move |_| revision.get());
    Effect::new(move |_| {
        let wanted = revision.get();
        found.set(None);
        let Some(wanted) = wanted else { return };
        wait::spawn(async move {
            let foreseen = desk.workspace.foresee(wanted.clone()).await;
            if revision.try_get_untracked().flatten() != Some(wanted) {
                return;
            }
            if let Some(seen) = seen {
                let _kept = seen.try_set(foreseen.as_ref().ok().cloned());
            }
            let _shown = found.try_set(Some(foreseen));
        });
    });
    view! {
        <div class="foreseen" role="status">
            {live(move || match (found.get(), revision.with(Option::is_some)) {
                (_, false) => ().into_any(),
                (None, true) => view! { <p class="soft">"Looking through the documents…"</p> }.into_any(),
                (Some(Err(problem)), _) => view! { <p class="warning">{capital(problem)}</p> }.into_any(),
                (Some(Ok(foreseen)), _) => said(foreseen).into_any(),
            })}
        </div>
    }
}

fn said(foreseen: Foreseen) -> impl IntoView {
    let parts: Vec<String> = [
        (foreseen.changed, "annotation is changed", "annotations are changed"),
        (foreseen.deleted, "annotation is deleted", "annotations are deleted"),
        (foreseen.relinked, "link is changed", "links are changed"),
        (foreseen.unlinked, "link is removed", "links are removed"),
        (foreseen.cleared, "value is lost", "values are lost"),
    ]
    .into_iter()
    .filter(|(count, ..)| 0 < *count)
    .map(|(count, one, several)| counted(count, one, several))
    .collect();
    let words = match parts.is_empty() {
        true => "Nothing that was annotated is touched.".to_owned(),
        false => format!("{}.", parts.join(", ")),
    };
    let count = foreseen.documents.len();
    let named = foreseen.documents.into_iter().take(NAMED).map(|(title, changes)| {
        view! {
            <li>
                <span class="name">{title}</span>
                <span class="count">{changes}</span>
            </li>
        }
    });
    let named = named.collect_view();
    view! {
        <p>{words}</p>
        {(0 < count).then(|| view! {
            <details>
                <summary>{format!("In {}", counted(count, "document", "documents"))}</summary>
                <ul class="touched">{named}</ul>
                {(NAMED < count).then(|| view! { <p class="soft">{format!("and {} more", count - NAMED)}</p> })}
            </details>
        })}
    }
}

fn capital(words: String) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
