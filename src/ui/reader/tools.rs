//! What floats over the text to work on it: the reading cursor, the handles of the chosen annotation, palette, offer.

use leptos::{ev::PointerEvent, prelude::*};

use super::{
    geometry::{Geometry, Handle, Spot},
    offer::OfferList,
    palette::Palette,
};
use crate::{
    app::{Command, Edge, workspace::Workspace},
    browser::events,
    ui::{
        layers::Layers,
        suggestions::Suggestions,
        widgets::{handler, live, px},
    },
};

/// Cursor, handles, palette and offer.
#[component]
pub fn Tools(
    /// Where things belong.
    geometry: Signal<Geometry>,
) -> impl IntoView {
    let handles = Memo::new(move |_| geometry.with(|geometry| geometry.handles.clone()));
    let caret = Memo::new(move |_| geometry.with(|geometry| geometry.caret.filter(|_| !geometry.selected)));
    view! {
        {live(move || {
            caret
                .get()
                .map(|spot| {
                    view! {
                        <span
                            class="caret"
                            style:left=px(spot.left)
                            style:top=px(spot.top)
                            style:height=px(spot.height)
                        ></span>
                    }
                })
        })}
        {live(move || {
            handles.get().into_iter().map(|handle| view! { <Grip handle /> }).collect_view()
        })}
        <Palette geometry />
        <OfferList geometry />
        <Suggestions geometry />
    }
}

/// A handle that can be dragged to where the annotation should start or end.
#[component]
fn Grip(handle: Handle) -> impl IntoView {
    let layers = Layers::expect();
    let workspace = Workspace::expect();
    let dragged = RwSignal::new(None::<(f64, f64)>);
    let started = StoredValue::new(None::<(f64, f64)>);
    let Spot { left, top, height } = handle.spot;
    let from = move |event: &PointerEvent| {
        let (x, y) = events::point(event);
        started.get_value().map(|(start_x, start_y)| (x - start_x, y - start_y))
    };
    let up = move |event: PointerEvent| {
        let Some(by) = from(&event) else { return };
        started.set_value(None);
        let (x, y) = events::point(&event);
        // A finger hides the text below it, so the place meant is that of the handle's line.
        let place = if by == (0.0, 0.0) {
            None
        } else {
            layers.place_at(x, y - height / 2.0).or_else(|| layers.place_at(x, y))
        };
        dragged.set(None);
        if let Some(to) = place {
            let Handle { annotation, fragment, edge, .. } = handle;
            workspace.dispatch(Command::ResizeTo { annotation, fragment, edge, to });
        }
    };
    view! {
        <button
            class=if handle.edge == Edge::Start { "handle start" } else { "handle end" }
            tabindex="-1"
            aria-label=if handle.edge == Edge::Start { "Move the start" } else { "Move the end" }
            style:left=move || px(left + dragged.get().map_or(0.0, |(x, _)| x))
            style:top=move || px(top + dragged.get().map_or(0.0, |(_, y)| y))
            style:height=px(height)
            // The text below the handle is asked for its place, so the handle must not be what is found there.
            style:pointer-events=move || dragged.get().map(|_| "none")
            on:pointerdown=handler(move |event| {
                events::capture(&event);
                started.set_value(Some(events::point(&event)));
            })
            on:pointermove=handler(move |event| dragged.set(from(&event)))
            on:pointerup=handler(up)
            on:pointercancel=handler(move |_| {
                started.set_value(None);
                dragged.set(None);
            })
        ></button>
    }
}
