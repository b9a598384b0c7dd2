//! The colour of a label, with what it looks like in light and in dark, and what is hard to see in it.

use leptos::{ev, prelude::*};

use super::state::Desk;
use crate::{
    model::Key,
    scene::{Illegible, illegible, nearest_legible},
    ui::{
        colour,
        widgets::{handler, live, live_value},
    },
};

/// The field.
#[component]
pub fn ColourField(desk: Desk, key: Key) -> impl IntoView {
    let of = key.clone();
    let value = Memo::new(move |_| {
        desk.codebook
            .with(|codebook| codebook.label(&of).map(move |label| label.colour.clone()))
            .unwrap_or_default()
    });
    // What is refused gives way to what was there.
    let draft = RwSignal::new(None::<String>);
    let put = Callback::new(move |colour: String| {
        desk.change_label(&key, move |label| label.colour = colour.trim().to_lowercase());
    });
    view! {
        <div class="field">
            <label class="name" for="label-colour">"Colour"</label>
            <div class="colour-line">
                <input
                    type="color"
                    id="label-colour"
                    prop:value=live_value(move || value.get())
                    on:change=handler(move |event: ev::Event| put.run(event_target_value(&event)))
                />
                <input
                    type="text"
                    aria-label="Colour as #rrggbb"
                    maxlength="7"
                    spellcheck="false"
                    prop:value=live_value(move || draft.get().unwrap_or_else(|| value.get()))
                    on:input=handler(move |event| draft.set(Some(event_target_value(&event))))
                    on:change=handler(move |event: ev::Event| {
                        let written = event_target_value(&event);
                        draft.set(None);
                        put.run(written);
                    })
                />
            </div>
            {live(move || warning(&value.get(), put))}
        </div>
    }
}

/// What is hard to see, with a colour in which it is not.
fn warning(colour: &str, put: Callback<String>) -> Option<AnyView> {
    let found = illegible(colour);
    if found.is_empty() {
        return None;
    }
    let said: Vec<&str> = found.into_iter().map(words).collect();
    let better = nearest_legible(colour);
    let name = format!("Take {better} instead");
    let shade = better.clone();
    Some(
        view! {
            <p class="warning" role="status">
                {format!("Hard to see: {}.", said.join(", "))}
                " "
                <button type="button" class="quiet" style=("--swatch", shade) on:click=handler(move |_| put.run(better.clone()))>
                    <span class="swatch solid" aria-hidden="true"></span>
                    {name}
                </button>
            </p>
        }
        .into_any(),
    )
}

const fn words(illegible: Illegible) -> &'static str {
    match illegible {
        Illegible::LineInLight => "its line on light paper",
        Illegible::LineInDark => "its line on dark paper",
        Illegible::TextInLight => "text on it on light paper",
        Illegible::TextInDark => "text on it on dark paper",
    }
}

/// A passage as it looks in light and in dark.
#[component]
pub fn Sample(desk: Desk, key: Key) -> impl IntoView {
    let look = Memo::new(move |_| {
        desk.codebook.with(|codebook| {
            let label = codebook.label(&key);
            let (shade, line) = colour::of_label(codebook, &key);
            (shade, line.class(), label.map(|label| label.short.clone()).unwrap_or_default())
        })
    });
    live(move || {
        let (shade, line, short) = look.get();
        ["light", "dark"]
            .map(|scheme| {
                view! {
                    <p class=format!("sample {scheme}") style=("--swatch", shade.clone())>
                        "as " <mark class=line data-name=short.clone()>"such a passage"</mark> " looks"
                    </p>
                }
            })
            .collect_view()
    })
}
