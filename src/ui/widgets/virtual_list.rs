//! A list of which only the rows that are seen are in the page: ten thousand rows cost what ten do.
//! Every row is of one height; the selected row and the row with the focus are always drawn, so that the Tab key
//! and a screen reader find them wherever the list is scrolled.

use std::sync::Arc;

use super::{handler, px};
use leptos::{ev, html, prelude::*};

use crate::{
    browser::{
        focus,
        scroll::{self, View},
        wait,
    },
    text::order,
};

/// Rows drawn beyond either edge, so that quick scrolling shows no gaps.
const BEYOND: usize = 6;

/// A scrolled list. A row's view should hold one button or link; up and down move the focus from row to row.
#[component]
pub fn VirtualList<V>(
    /// Its name.
    #[prop(into)]
    label: String,
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
    /// The height of a row in `rem`.
    row_height: f64,
    /// The row that is kept in view.
    #[prop(into)]
    selected: Signal<Option<usize>>,
    /// What narrows the list: when it changes, the list is shown from its top.
    #[prop(optional, into)]
    narrowed_by: Signal<String>,
    /// Draws the row of this index; called when the row comes into view, and when a signal it reads changes.
    row: impl Fn(usize) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    V: IntoView + 'static,
{
    let row = Arc::new(row);
    let height = row_height * scroll::rem();
    let node = NodeRef::<html::Div>::new();
    let seen = RwSignal::new(View::default());
    let reached = RwSignal::new(None::<usize>);
    let drawn = Memo::new(move |_| {
        let count = count.get();
        let (first, last) = seen.with(|view| rows_in(*view, height));
        let mut drawn = order::set(first..last.min(count));
        drawn.extend(
            [Some(0), selected.get(), reached.get()].into_iter().flatten().filter(|row| *row < count),
        );
        drawn.into_iter().collect::<Vec<_>>()
    });
    let look = move || {
        if let Some(element) = node.get_untracked() {
            seen.set(scroll::view(&element));
        }
    };
    let watch = StoredValue::new_local(None);
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            watch.set_value(Some(scroll::on_size(&element, look)));
        }
    });
    Effect::new(move |_| {
        if let (Some(element), Some(row)) = (node.get(), selected.get()) {
            // The list has its new length only once it has been drawn.
            wait::on_next_frame(move || scroll::reveal(&element, top_of(row, height), height));
        }
    });
    Effect::new(move |before: Option<String>| {
        let now = narrowed_by.get();
        if let Some(element) = node.get_untracked()
            && before.is_some_and(|before| before != now)
        {
            scroll::set_top(&element, 0.0);
        }
        now
    });
    let on_key = move |event: ev::KeyboardEvent| {
        // The list itself may have the focus; then the keys lead to the selected row.
        let from = scroll::row_of(&event);
        let to = match from {
            Some(from) => stepped(&event.key(), from, count.get_untracked()),
            None => entered(&event.key(), selected.get_untracked(), count.get_untracked()),
        };
        let Some(to) = to else { return };
        let Some(element) = node.get_untracked() else { return };
        event.prevent_default();
        event.stop_propagation();
        reached.set(Some(to));
        scroll::reveal(&element, top_of(to, height), height);
        // At once where the row is drawn, so that the next key finds it however fast it comes.
        let row = format!("[data-index=\"{to}\"] :is(button, a)");
        if !focus::give_within(&element, &row) {
            wait::on_next_frame(move || {
                focus::give_within(&element, &row);
            });
        }
    };
    view! {
        <div class="rows" tabindex="-1" node_ref=node on:scroll=handler(move |_| look()) on:keydown=handler(on_key)>
            <ul
                class="run"
                role="list"
                aria-label=label
                style:height=move || px(top_of(count.get(), height))
            >
                <For each=move || drawn.get() key=|index| *index let:index>
                    <li
                        class="slot"
                        data-index=index
                        aria-posinset=index + 1
                        aria-setsize=count
                        style:top=px(top_of(index, height))
                        style:height=px(height)
                    >
                        {let row = Arc::clone(&row); move || row(index)}
                    </li>
                </For>
            </ul>
        </div>
    }
}

#[expect(clippy::cast_precision_loss, reason = "no list reaches 2^53 rows")]
fn top_of(row: usize, height: f64) -> f64 {
    row as f64 * height
}

/// The first row that is drawn, and the one after the last.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a row's number is whole and not below 0"
)]
fn rows_in(view: View, height: f64) -> (usize, usize) {
    let first = (view.top / height).floor().max(0.0) as usize;
    let last = ((view.top + view.height) / height).ceil().max(0.0) as usize;
    (first.saturating_sub(BEYOND), last + BEYOND)
}

/// The row that a key leads to.
fn stepped(key: &str, from: usize, count: usize) -> Option<usize> {
    let to = match key {
        "ArrowDown" => from + 1,
        "ArrowUp" => from.checked_sub(1)?,
        "Home" => 0,
        "End" => count.checked_sub(1)?,
        _ => return None,
    };
    (to < count).then_some(to)
}

/// The row to which a key leads from the list itself.
fn entered(key: &str, selected: Option<usize>, count: usize) -> Option<usize> {
    match key {
        "Home" => Some(0),
        "End" => count.checked_sub(1),
        "ArrowDown" | "ArrowUp" => Some(selected.unwrap_or(0)),
        _ => None,
    }
    .filter(|row| *row < count)
}
