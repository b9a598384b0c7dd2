//! The choice in hand: what it is called, where it stands, when to choose it.

use leptos::prelude::*;

use super::{
    attribute::choice_options,
    fields::{Area, Line, examples, lines},
    state::{Asked, Desk, Entry, attribute},
};
use crate::{
    model::{AttributeOf, Choice, Key},
    ui::widgets::{ComboOption, handler, live, live_value},
};

/// The fields.
#[component]
pub fn ChoiceFields(desk: Desk, of: AttributeOf, key: Key) -> impl IntoView {
    let own = StoredValue::new((of.clone(), key.clone()));
    let find = move |part: fn(&Choice) -> String| {
        Signal::derive(move || {
            let (of, key) = own.get_value();
            desk.codebook
                .with(|codebook| {
                    let choices = attribute(codebook, &of)?.kind.choices();
                    choices.iter().find(|one| one.key == key).map(part)
                })
                .unwrap_or_default()
        })
    };
    let put = move |change: fn(&mut Choice, String)| {
        Callback::new(move |written: String| {
            let (of, key) = own.get_value();
            desk.change_choice(&of, &key, move |one| change(one, written.trim().to_owned()));
        })
    };
    let entry = Entry::Choice(of, key);
    let (merged, deleted) = (entry.clone(), entry);
    view! {
        <div class="choice-fields side-form fields">
            <div class="pair">
                <Line id="choice-name" name="Name" value=find(|one| one.name.clone()) on_change=put(|one, name| one.name = name) />
                <Line id="choice-code" name="Code" value=find(|one| one.code.clone()) on_change=put(|one, code| one.code = code) />
            </div>
            <Place desk own />
            <Area
                id="choice-description"
                name="When to choose it"
                value=find(|one| one.about.description.clone())
                on_change=put(|one, words| one.about.description = words)
            />
            <Area
                id="choice-examples"
                name="Examples"
                hint="one a line"
                value=find(|one| lines(&one.about.examples))
                on_change=put(|one, words| one.about.examples = examples(&words))
            />
            <p class="group">
                <button type="button" on:click=handler(move |_| desk.asked.set(Some(Asked::Merge(merged.clone()))))>"Merge…"</button>
                <button type="button" class="danger" on:click=handler(move |_| desk.asked.set(Some(Asked::Delete(deleted.clone()))))>
                    "Delete…"
                </button>
            </p>
        </div>
    }
}

/// Below which other choice it stands.
#[component]
fn Place(desk: Desk, own: StoredValue<(AttributeOf, Key)>) -> impl IntoView {
    let options = Memo::new(move |_| {
        let (of, key) = own.get_value();
        desk.codebook.with(|codebook| {
            let kind = attribute(codebook, &of).map(|one| one.kind.clone());
            let Some(kind) = kind else { return Vec::new() };
            // Nothing can stand below itself.
            let below = kind.below(&key);
            let may = |one: &ComboOption| *one.id != *key && !below.iter().any(|key| **key == *one.id);
            choice_options(&kind).into_iter().filter(may).collect()
        })
    });
    let value = Memo::new(move |_| {
        let (of, key) = own.get_value();
        desk.codebook.with(|codebook| {
            let choices = attribute(codebook, &of)?.kind.choices();
            choices.iter().find(|one| one.key == key)?.parent.as_ref().map(Key::to_string)
        })
    });
    let choose = move |picked: String| {
        let (of, key) = own.get_value();
        desk.change_choice(&of, &key, move |one| {
            one.parent = (!picked.is_empty()).then(|| Key::from(picked))
        });
    };
    view! {
        <div class="field">
            <label class="name" for="choice-place">"Stands below"</label>
            {live(move || {
                let options = options.get();
                view! {
                    <select
                        id="choice-place"
                        prop:value=live_value(move || value.get().unwrap_or_default())
                        on:change=handler(move |event| choose(event_target_value(&event)))
                    >
                        <option value="">"nothing: it stands at the top"</option>
                        {options.into_iter().map(|one| {
                            let id = one.id.clone();
                            let chosen = move || value.get().as_ref() == Some(&id);
                            view! { <option value=one.id.clone() selected=chosen>{one.name}</option> }
                        }).collect_view()}
                    </select>
                }
            })}
        </div>
    }
}
