//! Another text for a document, written or pasted. What would become of its annotations is shown before anything changes.

use leptos::{ev, prelude::*};

use super::frame::Frame;
use crate::{
    app::workspace::{Prospect, Workspace},
    model::{Annotation, DocumentId},
    text::Text,
    ui::layers::Layers,
    ui::widgets::{handler, live, live_value},
};

/// From this length on, in bytes, the field does not begin with the text that is there: it would be slow to write in.
const MOST_SHOWN: usize = 2 << 20;

/// How many annotations are named of each kind.
const MOST_NAMED: usize = 100;

/// The form.
#[component]
pub(super) fn Retext(id: DocumentId) -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let old =
        ws.read(|session| session.open().filter(|open| open.document == id).map(|open| open.text.clone()));
    let old = StoredValue::new(old.flatten().unwrap_or_default());
    let shown =
        old.with_value(|old| if old.len().to_usize() < MOST_SHOWN { old.to_string() } else { String::new() });
    let text = RwSignal::new(shown);
    let foreseen = RwSignal::new(None::<Result<Prospect, String>>);
    let is_ready = Memo::new(move |_| foreseen.with(|foreseen| matches!(foreseen, Some(Ok(_)))));
    let look = move |event: ev::SubmitEvent| {
        event.prevent_default();
        foreseen.set(Some(text.with_untracked(|text| ws.foresee_text(id, text))));
    };
    let replace = move |_| {
        if let Some(Ok(Prospect { text, .. })) = foreseen.get_untracked() {
            ws.replace_text(id, text);
            layers.close();
        }
    };
    view! {
        <Frame
            title="Replace the text"
            class="retext"
            footer=move || view! {
                <button type="button" on:click=handler(move |_| layers.close())>"Cancel"</button>
                <button type="submit" form="retext">"See what moves"</button>
                <button type="button" class="primary" disabled=live_value(move || !is_ready.get()) on:click=handler(replace)>"Replace the text"</button>
            }
        >
            <form class="form" id="retext" on:submit=handler(look)>
                <label>
                    "Text"
                    <textarea rows="14" autofocus required prop:value=text on:input:target=move |event| {
                        text.set(event.target().value());
                        foreseen.set(None);
                    }></textarea>
                </label>
            </form>
            <div role="status">
                {live(move || foreseen.get().map(|foreseen| match foreseen {
                    Ok(foreseen) => old.with_value(|old| prospect(old, &foreseen)).into_any(),
                    Err(problem) => view! { <p>{problem}</p> }.into_any(),
                }))}
            </div>
        </Frame>
    }
}

fn prospect(old: &Text, foreseen: &Prospect) -> impl IntoView + use<> {
    let marks = &foreseen.marks;
    let words = |text: &Text, one: &Annotation| {
        let parts: Vec<_> = one.fragments.iter().filter_map(|span| text.slice(span)).collect();
        format!("{}: “{}”", one.label, parts.join(" … "))
    };
    let changed: Vec<_> = marks.changed.iter().map(|one| words(&foreseen.text, one)).collect();
    let lost: Vec<_> = marks.lost.iter().map(|one| words(old, one)).collect();
    view! {
        <p>{match marks.kept {
            1 => "1 annotation keeps its words.".to_owned(),
            kept => format!("{kept} annotations keep their words."),
        }}</p>
        {list("Their words change a little; look at them afterwards", &changed)}
        {list("Their words are not there any more; they go with the old text, and come back with it by undo", &lost)}
    }
}

fn list(heading: &str, lines: &[String]) -> Option<impl IntoView + use<>> {
    let count = lines.len();
    let heading = format!("{heading} ({count})");
    let rest = (MOST_NAMED < count).then(|| view! { <li>{format!("and {} more", count - MOST_NAMED)}</li> });
    let rows = lines.iter().take(MOST_NAMED).map(|line| view! { <li>{line.clone()}</li> }).collect_view();
    (0 < count).then(|| {
        view! {
            <h3>{heading}</h3>
            <ul class="past">{rows}{rest}</ul>
        }
    })
}
