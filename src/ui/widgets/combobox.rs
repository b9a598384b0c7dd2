//! A text field with a list of what fits what is typed, after the combobox pattern of ARIA 1.2: the focus stays in
//! the field, arrow keys move through the list, Enter takes, Esc closes the list and puts the old words back.

use std::sync::atomic::{AtomicU32, Ordering};

use super::{handler, live, live_value};
use leptos::{ev, prelude::*};

use super::matching::{is_known, matching};
use crate::browser::{scroll, wait};

/// Counts the comboboxes, so that the ids in the page differ.
static COUNT: AtomicU32 = AtomicU32::new(0);

/// Something to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComboOption {
    /// Names it to the program.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What tells it from others of that name.
    pub detail: String,
}

/// What a row of the list stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Row {
    Known(ComboOption),
    New(String),
}

/// A field to choose one of many, or to name a new one.
#[component]
pub fn Combobox(
    /// Its name.
    #[prop(into)]
    label: String,
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Vec<ComboOption>>,
    /// What the field shows while nothing is typed.
    #[prop(optional, into)]
    value: Signal<String>,
    /// What stands in the empty field.
    #[prop(optional, into)]
    placeholder: String,
    /// Called with the id of what was chosen.
    #[prop(into)]
    on_pick: Callback<String>,
    /// Called with a name that no option bears; without it nothing new can be named.
    #[prop(optional, into)]
    on_new: Option<Callback<String>>,
) -> impl IntoView {
    let id = StoredValue::new(format!("combobox-{}", COUNT.fetch_add(1, Ordering::Relaxed)));
    let typed = RwSignal::new(None::<String>);
    let open = RwSignal::new(false);
    // Nothing is marked before something is typed, so that Enter alone changes nothing.
    let at = RwSignal::new(None::<usize>);
    let row_id = move |index: usize| format!("{}-{index}", id.try_get_value().unwrap_or_default());
    let rows = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let words = typed.get().unwrap_or_default();
        options.with(|options| rows_for(options, words.trim(), on_new.is_some()))
    });
    let shut = move || {
        open.set(false);
        typed.set(None);
        at.set(None);
    };
    let take = move |row: Row| {
        shut();
        match (row, on_new) {
            (Row::Known(option), _) => on_pick.run(option.id),
            (Row::New(name), Some(on_new)) => on_new.run(name),
            (Row::New(_), None) => {}
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let count = rows.with_untracked(Vec::len);
        match event.key().as_str() {
            _ if event.is_composing() => return,
            "ArrowDown" | "ArrowUp" if !open.get_untracked() => open.set(true),
            "ArrowDown" if 0 < count => at.update(|at| *at = Some(at.map_or(0, |at| (at + 1) % count))),
            "ArrowUp" if 0 < count => {
                at.update(|at| *at = Some(at.map_or(count, |at| at + count) - 1).map(|at| at % count))
            }
            "Enter" if open.get_untracked() => {
                match at.get_untracked().and_then(|at| rows.with_untracked(|rows| rows.get(at).cloned())) {
                    Some(row) => take(row),
                    None => shut(),
                }
            }
            "Escape" if open.get_untracked() => shut(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    Effect::new(move |_| {
        if let Some(at) = at.get() {
            wait::on_next_frame(move || scroll::show_item(&row_id(at)));
        }
    });
    view! {
        <div class="combobox">
            <input
                type="text"
                role="combobox"
                id=id.get_value()
                aria-label=label.clone()
                aria-autocomplete="list"
                aria-expanded=live_value(move || open.get().to_string())
                aria-controls=format!("{}-list", id.get_value())
                aria-activedescendant=live_value(move || {
                    at.get().filter(|at| rows.with(|rows| *at < rows.len())).map(row_id)
                })
                autocomplete="off"
                spellcheck="false"
                placeholder=placeholder
                prop:value=live_value(move || typed.get().unwrap_or_else(|| value.get()))
                on:input:target=move |event| {
                    let words = event.target().value();
                    at.set((!words.trim().is_empty()).then_some(0));
                    typed.set(Some(words));
                    open.set(true);
                }
                on:click=handler(move |_| open.set(true))
                on:keydown=handler(on_key)
                on:blur=handler(move |_| shut())
            />
            <ul role="listbox" id=format!("{}-list", id.get_value()) aria-label=label hidden=live_value(move || rows.with(Vec::is_empty))>
                {live(move || {
                    let drawn = rows.get().into_iter().enumerate();
                    drawn.map(|(index, row)| {
                        let taken = row.clone();
                        view! {
                            <li
                                role="option"
                                id=row_id(index)
                                aria-selected=live_value(move || (at.get() == Some(index)).to_string())
                                // The field must keep the focus, so the press is taken before it moves.
                                on:mousedown=handler(move |event: ev::MouseEvent| {
                                    event.prevent_default();
                                    take(taken.clone());
                                })
                            >
                                {words_of(row)}
                            </li>
                        }
                    }).collect_view()
                })}
            </ul>
        </div>
    }
}

fn rows_for(options: &[ComboOption], words: &str, may_be_new: bool) -> Vec<Row> {
    let mut rows: Vec<Row> = matching(options, words).into_iter().map(Row::Known).collect();
    if may_be_new && !words.is_empty() && !is_known(options, words) {
        rows.push(Row::New(words.to_owned()));
    }
    rows
}

fn words_of(row: Row) -> AnyView {
    match row {
        Row::Known(option) => view! {
            <span class="name">{option.name}</span>
            " "
            <span class="kind">{option.detail}</span>
        }
        .into_any(),
        Row::New(name) => format!("Create “{name}”").into_any(),
    }
}
