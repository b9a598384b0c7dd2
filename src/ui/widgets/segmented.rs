//! A few choices side by side of which one, or none, holds: a radio group worked with the arrow keys.

use super::{handler, live, live_value};
use leptos::{ev, html, prelude::*};

use crate::browser::{focus, wait};

/// One of the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Names it to the program.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// Choices as buttons.
#[component]
pub fn Segmented(
    /// The group's name.
    #[prop(into)]
    label: String,
    /// The choices.
    #[prop(into)]
    choices: Signal<Vec<Segment>>,
    /// The key of the one that holds.
    #[prop(into)]
    chosen: Signal<Option<String>>,
    /// Called with the new key, or with none when the one that holds is pressed again.
    #[prop(into)]
    on_choose: Callback<Option<String>>,
    /// Whether one must hold: then pressing it again does nothing.
    #[prop(optional)]
    required: bool,
    /// Whether its button is the first thing to have the focus in what it belongs to: `data-first`.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let stop = Memo::new(move |_| {
        let key = chosen.get();
        choices.with(|choices| choices.iter().position(|one| Some(&one.key) == key.as_ref()).unwrap_or(0))
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(at) = stepped(&event.key(), stop.get_untracked(), choices.with_untracked(Vec::len)) else {
            return;
        };
        event.prevent_default();
        event.stop_propagation();
        on_choose.run(choices.with_untracked(|choices| choices.get(at).map(|one| one.key.clone())));
        // What was picked may have been drawn anew.
        wait::on_next_frame(move || {
            if let Some(element) = node.try_get_untracked().flatten() {
                focus::give_within(&element, &format!("button:nth-child({})", at + 1));
            }
        });
    };
    let press = move |key: &String| {
        let again = chosen.with_untracked(|chosen| chosen.as_ref() == Some(key));
        if !again {
            on_choose.run(Some(key.clone()));
        } else if !required {
            on_choose.run(None);
        }
    };
    view! {
        <div class="choices segmented" role="radiogroup" aria-label=label node_ref=node on:keydown=handler(on_key)>
            {live(move || {
                let drawn = choices.get().into_iter().enumerate();
                drawn.map(|(index, Segment { key, name })| {
                    let shown = key.clone();
                    view! {
                        <button
                            type="button"
                            role="radio"
                            aria-checked=live_value(move || chosen.with(|chosen| chosen.as_ref() == Some(&shown)).to_string())
                            tabindex=live_value(move || if stop.get() == index { "0" } else { "-1" })
                            data-first=live_value(move || (first && stop.get() == index).then_some(""))
                            on:click=handler(move |_| press(&key))
                        >
                            {name}
                        </button>
                    }
                }).collect_view()
            })}
        </div>
    }
}

/// The choice that an arrow key leads to.
fn stepped(key: &str, at: usize, count: usize) -> Option<usize> {
    if count == 0 {
        return None;
    }
    match key {
        "ArrowRight" | "ArrowDown" => Some((at + 1) % count),
        "ArrowLeft" | "ArrowUp" => Some((at + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}
