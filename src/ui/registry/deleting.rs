//! Before actors are deleted: what becomes of their mentions.

use leptos::prelude::*;

use super::state::{Registry, Side, counted, give_list};
use crate::{
    app::Registering,
    model::ActorId,
    ui::{
        card::actor_options,
        header::Announcer,
        widgets::{ComboOption, Combobox, Modal, handler, live_value},
    },
};

/// The dialog.
#[component]
pub fn Deleting(registry: Registry, actors: Vec<ActorId>) -> impl IntoView {
    let mentions: usize = untrack(|| actors.iter().map(|id| registry.mentions(*id)).sum());
    let title = match &actors[..] {
        [only] => format!("Delete “{}”?", untrack(|| registry.name(*only))),
        several => format!("Delete {} actors?", several.len()),
    };
    let own: Vec<String> = actors.iter().map(ToString::to_string).collect();
    let actors = StoredValue::new(actors);
    let heir = RwSignal::new(None::<ActorId>);
    let gives = RwSignal::new(false);
    let close = move || registry.asked.set(None);
    let is_ready = Signal::derive(move || !gives.get() || heir.get().is_some());
    let delete = move |_| {
        if !is_ready.get_untracked() {
            return;
        }
        let heir = heir.get_untracked().filter(|_| gives.get_untracked());
        close();
        registry.ticked.update(|ticked| ticked.clear());
        give_list();
        registry.side.set(heir.map_or(Side::Nothing, Side::Actor));
        registry.workspace.register(Registering::Delete {
            actors: actors.get_value(),
            heir,
            referring: Vec::new(),
        });
    };
    let options = actor_options(registry.workspace);
    let others = Memo::new(move |_| {
        options.get().into_iter().filter(|option| !own.contains(&option.id)).collect::<Vec<ComboOption>>()
    });
    let pick = move |picked: String| {
        heir.set(ActorId::parse(&picked));
        gives.set(true);
    };
    let name = Memo::new(move |_| heir.get().map(|heir| registry.name(heir)).unwrap_or_default());
    view! {
        <Modal
            title=title
            on_close=move |()| close()
            footer=move || view! {
                <button type="button" autofocus on:click=handler(move |_| close())>"Keep"</button>
                <button type="button" class="danger" disabled=live_value(move || !is_ready.get()) on:click=handler(delete)>
                    "Delete"
                </button>
            }
        >
            <fieldset class="form">
                <legend>{format!("What becomes of {}?", counted(mentions, "mention", "mentions"))}</legend>
                <label class="check">
                    <input
                        type="radio"
                        name="mentions"
                        prop:checked=live_value(move || !gives.get())
                        on:change=handler(move |_| gives.set(false))
                    />
                    "They stay marked, without an actor; links to the actor go"
                </label>
                <label class="check">
                    <input
                        type="radio"
                        name="mentions"
                        prop:checked=live_value(move || gives.get())
                        on:change=handler(move |_| gives.set(true))
                    />
                    "They and the links go to another actor"
                </label>
                <Combobox label="The other actor" placeholder="Type a name" value=name options=others on_pick=pick />
            </fieldset>
            <p class="soft">"Undo brings everything back."</p>
            <Announcer />
        </Modal>
    }
}
