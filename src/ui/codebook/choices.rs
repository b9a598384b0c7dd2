//! The choices of an attribute as an outline. Arrows go from one to the next; with Alt they move the choice, up and
//! down among its siblings, in below the one before and out again.

use leptos::{ev, prelude::*};

use super::{
    choice::ChoiceFields,
    state::{Desk, attribute, counted},
};
use crate::{
    browser::{focus, scroll, wait},
    model::{AttributeOf, Choice, Key, Shift},
    ui::widgets::{handler, live, live_value},
};

/// The outline, with the fields of the choice in hand.
#[component]
pub fn ChoiceTree(desk: Desk, of: AttributeOf) -> impl IntoView {
    let own = StoredValue::new(of);
    let rows = Memo::new(move |_| {
        desk.codebook.with(|codebook| {
            let kind = attribute(codebook, &own.get_value()).map(|one| &one.kind);
            let row = |(depth, choice): (usize, &Choice)| {
                (depth, choice.key.clone(), choice.code.clone(), choice.name.clone())
            };
            kind.map(|kind| kind.outline().into_iter().map(row).collect::<Vec<_>>()).unwrap_or_default()
        })
    });
    // A row that is moved in the page loses the keyboard, and gets it back once it is drawn at its place.
    let moved = StoredValue::new(None::<Key>);
    Effect::new(move |_| {
        rows.track();
        if let Some(key) = moved.try_update_value(Option::take).flatten() {
            wait::on_next_frame(move || {
                focus::give_to(&format!(".choice-rows [data-choice=\"{key}\"] > button"));
            });
        }
    });
    let keys = move || rows.get().into_iter().map(|(_, key, ..)| key).collect::<Vec<_>>();
    view! {
        <section class="choices-part" aria-labelledby="choices-heading">
            <div class="section-head">
                <h3 id="choices-heading">"Choices"</h3>
                <p class="soft">{live(move || counted(rows.with(Vec::len), "choice", "choices"))}</p>
            </div>
            <ul class="choice-rows" aria-label="Choices" on:keydown=handler(move |event| on_key(&event, desk, own, rows, moved))>
                <For each=keys key=|key| key.clone() let:key>
                    <ChoiceRow desk own rows key />
                </For>
            </ul>
            <Adding desk own />
            <p class="soft keys-hint"><kbd>"Alt"</kbd> " with arrows moves the choice; right and left put it in below the one before and out again."</p>
        </section>
    }
}

/// A row, which stays while what it says changes, so that the keyboard stays in its fields.
#[component]
fn ChoiceRow(desk: Desk, own: StoredValue<AttributeOf>, rows: Memo<Vec<Row>>, key: Key) -> impl IntoView {
    let named = key.to_string();
    let key = StoredValue::new(key);
    let row = Memo::new(move |_| {
        let key = key.get_value();
        rows.with(|rows| {
            let at = rows.iter().position(|(_, one, ..)| *one == key)?;
            rows.get(at).map(|(depth, _, code, name)| (at, *depth, code.clone(), name.clone()))
        })
    });
    let is_open = Memo::new(move |_| desk.choice.with(|choice| choice.as_ref() == Some(&key.get_value())));
    view! {
        <li
            data-index=live_value(move || row.get().map(|(at, ..)| at))
            style=("--depth", move || row.get().map_or(0, |(_, depth, ..)| depth).to_string())
            data-choice=named
        >
            <button
                type="button"
                class="quiet"
                aria-expanded=live_value(move || is_open.get().to_string())
                aria-current=live_value(move || is_open.get().then_some("true"))
                on:click=handler(move |_| turn(desk, &key.get_value()))
            >
                <span class="code">{live(move || row.get().map(|(_, _, code, _)| code))}</span>
                <span class="name">{live(move || row.get().map(|(.., name)| name))}</span>
            </button>
            {live(move || is_open.get().then(|| view! { <ChoiceFields desk of=own.get_value() key=key.get_value() /> }))}
        </li>
    }
}

/// Shows the fields of a choice, or hides them.
fn turn(desk: Desk, key: &Key) {
    let is_open = desk.choice.with_untracked(|choice| choice.as_ref() == Some(key));
    desk.choice.set((!is_open).then(|| key.clone()));
    if !is_open {
        wait::on_next_frame(|| {
            focus::give_to(".choice-fields input");
        });
    }
}

/// A field for further choices, beside the one in hand or below it.
#[component]
fn Adding(desk: Desk, own: StoredValue<AttributeOf>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let add = move |below: bool| {
        let written = name.get_untracked().trim().to_owned();
        if written.is_empty() {
            return;
        }
        let hand = desk.choice.get_untracked();
        desk.change_attribute(&own.get_value(), move |one| {
            let Some(choices) = one.kind.choices_mut() else { return };
            let key = Key::coin(&written, |key| choices.iter().any(|choice| &*choice.key == key));
            let at = hand.as_ref().and_then(|hand| choices.iter().position(|choice| choice.key == *hand));
            let parent = match (at.and_then(|at| choices.get(at)), below) {
                (Some(hand), true) => Some(hand.key.clone()),
                (Some(hand), false) => hand.parent.clone(),
                (None, _) => None,
            };
            let choice = Choice { parent, ..Choice::new(key, written.clone()) };
            choices.insert(at.map_or(choices.len(), |at| at + 1), choice);
        });
        name.set(String::new());
    };
    let hand = move || {
        let key = desk.choice.get()?;
        Some(desk.name(&super::state::Entry::Choice(own.get_value(), key)))
    };
    view! {
        <form
            class="line-form choice-adding"
            on:submit=handler(move |event: ev::SubmitEvent| {
                event.prevent_default();
                add(false);
            })
        >
            <label class="visually-hidden" for="choice-new">"New choice"</label>
            <input type="text" id="choice-new" placeholder="New choice" autocomplete="off" bind:value=name />
            <button type="submit">"Add"</button>
            {live(move || hand().map(|hand| view! {
                <button type="button" class="wide-row" on:click=handler(move |_| add(true))>{format!("Add below “{hand}”")}</button>
            }))}
        </form>
    }
}

type Row = (usize, Key, String, String);

fn on_key(
    event: &ev::KeyboardEvent,
    desk: Desk,
    own: StoredValue<AttributeOf>,
    rows: Memo<Vec<Row>>,
    moved: StoredValue<Option<Key>>,
) {
    if focus::within(".choice-fields") {
        return;
    }
    let Some(at) = scroll::row_of(event) else { return };
    let key = event.key();
    let (by_alt, step) = match key.as_str() {
        "ArrowUp" => (Shift::Up, at.checked_sub(1)),
        "ArrowDown" => (Shift::Down, Some(at + 1)),
        "ArrowRight" => (Shift::In, None),
        "ArrowLeft" => (Shift::Out, None),
        _ => return,
    };
    if event.alt_key() {
        event.prevent_default();
        event.stop_propagation();
        let Some((_, choice, ..)) = rows.with_untracked(|rows| rows.get(at).cloned()) else { return };
        desk.change_attribute(&own.get_value(), move |one| {
            if let Some(shifted) = one.kind.shifted(&choice, by_alt) {
                one.kind = shifted;
                // The list may have been left meanwhile.
                let _moved = moved.try_update_value(|moved| *moved = Some(choice));
            }
        });
    } else if step.is_some() {
        event.prevent_default();
        event.stop_propagation();
        give(step);
    }
}

fn give(row: Option<usize>) {
    if let Some(row) = row {
        focus::give_to(&format!(".choice-rows [data-index=\"{row}\"] > button"));
    }
}
