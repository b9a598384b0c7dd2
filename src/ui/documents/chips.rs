//! Which states are listed: all, or one of the three, each with its count.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    filter::{Listed, counts},
    wording::status_name,
};
use crate::{
    model::Status,
    ui::widgets::{handler, live_value},
};

/// The row of choices.
#[component]
pub(super) fn Chips(all: Memo<Arc<Vec<Listed>>>, status: RwSignal<Option<Status>>) -> impl IntoView {
    let counted = Memo::new(move |_| all.with(|all| counts(all)));
    let one = move |index: usize| {
        let of = Status::ALL[index];
        view! { <Chip name=status_name(of) count=Signal::derive(move || counted.get()[index]) of=Some(of) status /> }
    };
    view! {
        <div class="chips" role="group" aria-label="Show">
            <Chip name="All" count=Signal::derive(move || all.with(|all| all.len())) of=None status />
            {one(0)}
            {one(1)}
            {one(2)}
        </div>
    }
}

#[component]
fn Chip(
    name: &'static str,
    count: Signal<usize>,
    of: Option<Status>,
    status: RwSignal<Option<Status>>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            aria-pressed=live_value(move || (status.get() == of).to_string())
            on:click=handler(move |_| status.set(of))
        >
            {name}
            " "
            <span class="count">{count}</span>
        </button>
    }
}
