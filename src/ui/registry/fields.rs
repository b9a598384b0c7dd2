//! What is said of an actor, each as a field that is saved when it is left.

use leptos::prelude::*;

use super::{aliases::Aliases, making::kinds, state::Registry};
use crate::{
    app::{Particulars, Registering},
    model::{Actor, ActorId, ActorKind},
    ui::widgets::{Segmented, handler, live_value},
};

/// Changes what is said of an actor.
pub fn change(registry: Registry, id: ActorId, change: impl FnOnce(&mut Particulars)) {
    let known = registry.workspace.read(|session| session.state().actors().get(&id).map(Particulars::of));
    let Some(mut particulars) = known.flatten() else { return };
    let before = particulars.clone();
    change(&mut particulars);
    if particulars != before {
        registry.workspace.register(Registering::Edit { actor: id, particulars, referring: Vec::new() });
    }
}

/// The fields.
#[component]
pub fn Fields(registry: Registry, id: ActorId) -> impl IntoView {
    let kind = move || registry.entry(id).map(|actor| actor.kind.name().to_owned());
    let note = RwSignal::new(None::<String>);
    let noted = move || note.get().or_else(|| registry.entry(id).map(|actor| actor.note)).unwrap_or_default();
    let name = TextField { registry, id, of: |actor| actor.name, put: |actor, name| actor.name = name };
    let outside = TextField {
        registry,
        id,
        of: |actor| actor.wikidata,
        put: |actor, written| actor.outside_id = written,
    };
    let choose = move |key: Option<String>| {
        if let Some(kind) = key.as_deref().and_then(ActorKind::from_name) {
            change(registry, id, |actor| actor.kind = kind);
        }
    };
    view! {
        <div class="side-form fields">
            <div class="field">
                <label class="name" for="actor-field-name">"Name"</label>
                {name.view("actor-field-name", "")}
            </div>
            <div class="field">
                <span class="name">"Kind"</span>
                <Segmented
                    label="Kind"
                    choices=Signal::stored(kinds())
                    chosen=Signal::derive(kind)
                    on_choose=choose
                    required=true
                />
            </div>
            <Aliases registry id />
            <div class="field">
                <label class="name" for="actor-field-outside">"Wikidata number or address"</label>
                {outside.view("actor-field-outside", "Q42 or https://…")}
            </div>
            <div class="field">
                <label class="name" for="actor-field-note">"Note"</label>
                <textarea
                    id="actor-field-note"
                    rows="2"
                    prop:value=live_value(noted)
                    on:input=handler(move |event| note.set(Some(event_target_value(&event))))
                    on:change=handler(move |event| {
                        let written = event_target_value(&event);
                        change(registry, id, |actor| actor.note = written);
                        note.set(None);
                    })
                ></textarea>
            </div>
        </div>
    }
}

/// A line that shows a part of an actor; what is refused gives way to what was there.
#[derive(Clone, Copy)]
struct TextField {
    registry: Registry,
    id: ActorId,
    of: fn(Actor) -> String,
    put: fn(&mut Particulars, String),
}

impl TextField {
    fn view(self, element: &'static str, placeholder: &'static str) -> impl IntoView {
        let Self { registry, id, of, put } = self;
        let draft = RwSignal::new(None::<String>);
        let shown = move || draft.get().or_else(|| registry.entry(id).map(of)).unwrap_or_default();
        view! {
            <input
                type="text"
                id=element
                autocomplete="off"
                spellcheck="false"
                placeholder=placeholder
                prop:value=live_value(shown)
                on:input=handler(move |event| draft.set(Some(event_target_value(&event))))
                on:change=handler(move |event| {
                    let written = event_target_value(&event);
                    change(registry, id, |actor| put(actor, written));
                    draft.set(None);
                })
            />
        }
    }
}
