//! The other names of an actor: added, removed, made its name.

use leptos::{ev, prelude::*};

use super::{fields::change, state::Registry};
use crate::{
    model::ActorId,
    ui::widgets::{Glyph, Icon, handler, live},
};

/// The names as a list, and a field for another one.
#[component]
pub fn Aliases(registry: Registry, id: ActorId) -> impl IntoView {
    let names = Memo::new(move |_| registry.entry(id).map(|actor| actor.aliases).unwrap_or_default());
    let typed = RwSignal::new(String::new());
    let add = move || {
        let alias = typed.get_untracked();
        if !alias.trim().is_empty() {
            change(registry, id, |actor| actor.aliases.push(alias));
            typed.set(String::new());
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            add();
        }
    };
    view! {
        <div class="field">
            <label class="name" for="actor-field-alias">"Other names"</label>
            <ul class="alias-list" aria-label="Other names">
                {live(move || {
                    names.get().into_iter().map(|alias| view! { <Alias registry id alias /> }).collect_view()
                })}
            </ul>
            <input
                type="text"
                id="actor-field-alias"
                placeholder="Add a name, then Enter"
                autocomplete="off"
                spellcheck="false"
                bind:value=typed
                on:keydown=handler(on_key)
                on:change=handler(move |_| add())
            />
        </div>
    }
}

#[component]
fn Alias(registry: Registry, id: ActorId, alias: String) -> impl IntoView {
    let (own, taken) = (alias.clone(), alias.clone());
    let make_name = move |_| {
        let alias = own.clone();
        change(registry, id, |actor| {
            actor.aliases.retain(|one| *one != alias);
            let before = std::mem::replace(&mut actor.name, alias);
            actor.aliases.insert(0, before);
        });
    };
    let remove = move |_| {
        let alias = taken.clone();
        change(registry, id, |actor| actor.aliases.retain(|one| *one != alias));
    };
    view! {
        <li>
            <button
                type="button"
                class="quiet"
                title="Make this the name"
                aria-label=format!("Make “{alias}” the name")
                on:click=handler(make_name)
            >
                <bdi>{alias.clone()}</bdi>
            </button>
            <button
                type="button"
                class="quiet icon"
                title="Remove this name"
                aria-label=format!("Remove “{alias}”")
                on:click=handler(remove)
            >
                <Icon name=Glyph::Close />
            </button>
        </li>
    }
}
