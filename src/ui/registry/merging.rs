//! Before actors become one: which of them stays, and what it will be called besides.

use leptos::prelude::*;

use super::state::{Registry, Side, counted, give_list};
use crate::{
    app::Registering,
    model::{Actor, ActorId},
    ui::{
        card::actor_options,
        header::Announcer,
        widgets::{ComboOption, Combobox, Modal, When, handler, live, live_value},
    },
};

/// The dialog.
#[component]
pub fn Merging(registry: Registry, actors: Vec<ActorId>) -> impl IntoView {
    let most =
        actors.iter().copied().max_by_key(|id| (untrack(|| registry.mentions(*id)), std::cmp::Reverse(*id)));
    let actors = RwSignal::new(actors);
    let stays = RwSignal::new(most);
    let close = move || registry.asked.set(None);
    let is_ready = Signal::derive(move || 1 < actors.with(Vec::len) && stays.get().is_some());
    let merge = move |_| {
        let (Some(into), true) = (stays.get_untracked(), is_ready.get_untracked()) else { return };
        let others: Vec<ActorId> =
            actors.get_untracked().into_iter().filter(|actor| *actor != into).collect();
        close();
        registry.ticked.update(|ticked| ticked.clear());
        give_list();
        registry.side.set(Side::Actor(into));
        registry.workspace.register(Registering::Merge { into, others, referring: Vec::new() });
    };
    let options = actor_options(registry.workspace);
    let others = Memo::new(move |_| {
        let own: Vec<String> = actors.with(|actors| actors.iter().map(ToString::to_string).collect());
        options.get().into_iter().filter(|option| !own.contains(&option.id)).collect::<Vec<ComboOption>>()
    });
    let add = move |picked: String| {
        if let Some(actor) = ActorId::parse(&picked) {
            actors.update(|actors| actors.push(actor));
            stays.update(|stays| *stays = stays.or(Some(actor)));
        }
    };
    let title = move || match actors.with(Vec::len) {
        0 | 1 => "Merge actors".to_owned(),
        count => format!("Merge {count} actors into one"),
    };
    view! {
        <Modal
            title=Signal::derive(title)
            on_close=move |()| close()
            footer=move || view! {
                <button type="button" on:click=handler(move |_| close())>"Cancel"</button>
                <button
                    type="button"
                    class="primary"
                    autofocus=is_ready.get_untracked()
                    disabled=live_value(move || !is_ready.get())
                    on:click=handler(merge)
                >
                    "Merge"
                </button>
            }
        >
            <p class="soft">"The name that is chosen stays; the others become further names of it. All mentions and links follow, in all documents. Undo brings everything back."</p>
            <div class="merge-list" role="radiogroup" aria-label="Which name stays">
                {live(move || {
                    actors.get().into_iter().map(|id| view! { <Candidate registry id stays /> }).collect_view()
                })}
            </div>
            <div class="field">
                <span class="name">"Another one"</span>
                <Combobox label="Another actor" placeholder="Type a name" options=others on_pick=add />
            </div>
            <When holds=Signal::derive(move || differ(registry, &actors.get()))>
                <p class="warn">"They have different outside ids: that of the one that stays is kept."</p>
            </When>
            <Announcer />
        </Modal>
    }
}

/// One of those that become one.
#[component]
fn Candidate(registry: Registry, id: ActorId, stays: RwSignal<Option<ActorId>>) -> impl IntoView {
    let entry = untrack(|| registry.entry(id));
    let detail = entry.as_ref().map(|actor| actor.aliases.join(", ")).unwrap_or_default();
    view! {
        <label class="candidate">
            <input
                type="radio"
                name="merge-into"
                prop:checked=live_value(move || stays.get() == Some(id))
                on:change=handler(move |_| stays.set(Some(id)))
            />
            <span class="first"><bdi>{entry.map(|actor| actor.name)}</bdi></span>
            <span class="second"><bdi>{detail}</bdi></span>
            <span class="number">{live(move || counted(registry.mentions(id), "mention", "mentions"))}</span>
        </label>
    }
}

/// Whether several outside ids are among them.
fn differ(registry: Registry, actors: &[ActorId]) -> bool {
    let entries: Vec<Actor> = actors.iter().filter_map(|id| registry.entry(*id)).collect();
    let mut ids = entries.iter().map(|actor| &actor.wikidata).filter(|id| !id.is_empty());
    let first = ids.next();
    ids.any(|id| Some(id) != first)
}
