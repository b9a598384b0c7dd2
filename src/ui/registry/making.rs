//! A new actor.

use leptos::{ev, prelude::*};

use super::state::{Registry, Side, kind_name};
use crate::{
    app::{Particulars, Registering},
    model::ActorKind,
    ui::widgets::{Segment, Segmented, handler},
};

/// The kinds as choices.
pub fn kinds() -> Vec<Segment> {
    let segment = |kind: ActorKind| Segment { key: kind.name().to_owned(), name: kind_name(kind).to_owned() };
    ActorKind::ALL.map(segment).to_vec()
}

/// The form.
#[component]
pub fn NewActor(registry: Registry) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let kind = RwSignal::new(ActorKind::default());
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked();
        let particulars =
            Particulars { name: name.clone(), kind: kind.get_untracked(), ..Particulars::default() };
        registry.workspace.register(Registering::Add(particulars));
        let made = registry.workspace.read(|session| {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            session.state().actors().values().find(|actor| actor.name == name).map(|actor| actor.id)
        });
        if let Some(id) = made.flatten() {
            registry.show(Side::Actor(id));
        }
    };
    let choose = move |key: Option<String>| {
        if let Some(chosen) = key.as_deref().and_then(ActorKind::from_name) {
            kind.set(chosen);
        }
    };
    view! {
        <section class="registry-side" aria-label="New actor">
            <header class="side-head">
                <h2>"New actor"</h2>
                <button type="button" class="quiet" on:click=handler(move |_| registry.close_side())>"Cancel"</button>
            </header>
            <form class="form side-form" on:submit=handler(add)>
                <label>"Name" <input type="text" data-first required pattern=".*\\S.*" autocomplete="off" bind:value=name /></label>
                <Segmented
                    label="Kind"
                    choices=Signal::stored(kinds())
                    chosen=Signal::derive(move || Some(kind.get().name().to_owned()))
                    on_choose=choose
                    required=true
                />
                <p><button type="submit" class="primary">"Add"</button></p>
            </form>
        </section>
    }
}
