//! Passages of many documents as a list, each in its context; one that may be ticked has a box.

use std::collections::BTreeSet;

use leptos::{ev, prelude::*};

use super::hits::Hits;
use crate::{
    browser::scroll,
    model::{AnnotationId, Key},
    ui::{
        colour,
        widgets::{VirtualList, handler, live, live_value},
    },
};

/// The height of a row in `rem`.
const ROW: f64 = 4.0;

/// A list of hits; a click or Enter leads to the place.
#[component]
pub fn HitList(
    /// The name of the list.
    label: &'static str,
    /// The hits.
    hits: Hits,
    /// The annotations that are ticked, where they can be; Space ticks the row with the keyboard.
    #[prop(optional)]
    ticked: Option<RwSignal<BTreeSet<AnnotationId>>>,
) -> impl IntoView {
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(ticked) = ticked.filter(|_| event.key() == " ") else { return };
        let hit = scroll::row_of(&event).and_then(|at| untrack(|| hits.hit(at)));
        if let Some(id) = hit.and_then(|hit| hit.annotation) {
            event.prevent_default();
            event.stop_propagation();
            tick(ticked, id);
        }
    };
    view! {
        <div class="hit-list" class:ticking=ticked.is_some() on:keydown=handler(on_key)>
            <VirtualList
                label
                count=Signal::derive(move || hits.state.with(|state| state.total))
                row_height=ROW
                selected=Signal::derive(|| None)
                narrowed_by=Signal::derive(move || hits.search.get().to_string())
                row=move |at| view! { <Row at hits ticked /> }
            />
        </div>
    }
}

fn tick(ticked: RwSignal<BTreeSet<AnnotationId>>, id: AnnotationId) {
    ticked.update(|ticked| {
        if !ticked.remove(&id) {
            ticked.insert(id);
        }
    });
}

/// A box to tick a passage.
#[component]
fn Tick(
    id: Option<AnnotationId>,
    words: String,
    ticked: Option<RwSignal<BTreeSet<AnnotationId>>>,
) -> impl IntoView {
    let (id, ticked) = (id?, ticked?);
    Some(view! {
        <input
            type="checkbox"
            class="tick"
            tabindex="-1"
            aria-label=format!("Choose {words}")
            prop:checked=live_value(move || ticked.with(|ticked| ticked.contains(&id)))
            on:change=handler(move |_| tick(ticked, id))
        />
    })
}

#[component]
fn Row(at: usize, hits: Hits, ticked: Option<RwSignal<BTreeSet<AnnotationId>>>) -> impl IntoView {
    let workspace = hits.workspace;
    let hit = Memo::new(move |_| hits.hit(at));
    live(move || {
        let hit = hit.get()?;
        let title = workspace.read(|session| {
            session.state().documents().get(&hit.document).map(|document| document.title.clone())
        });
        let (shade, line) = workspace
            .read(|session| {
                colour::of_label(&session.state().project().codebook, &Key::from(hit.label.as_str()))
            })
            .filter(|_| !hit.label.is_empty())
            .map_or((String::new(), ""), |(shade, line)| (shade, line.class()));
        let about = [title.flatten().unwrap_or_default(), hit.said.clone()];
        let about = about.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
        let place = hit.clone();
        Some(view! {
            <Tick id=hit.annotation words=hit.words.clone() ticked />
            <button
                class="row hit-row"
                style=("--swatch", shade)
                on:click=handler(move |_| workspace.go_to(place.document, place.annotation, (place.start, place.end)))
            >
                <span class="context" dir="auto">
                    <span class="before"><bdi>{hit.before}</bdi></span>
                    <mark class=line>{hit.words}</mark>
                    <span class="after">{hit.after}</span>
                </span>
                <span class="second">{about}</span>
            </button>
        })
    })
}
