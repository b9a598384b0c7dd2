//! The screen of the actors: all of them in a list, and beside it one of them with its passages, or the pairs that may
//! be the same. What is done here is one undo in all documents.

mod actor;
mod aliases;
mod deleting;
mod duplicates;
mod fields;
mod keys;
mod list;
mod making;
mod merging;
mod passages;
mod state;
mod table;
mod toolbar;

use leptos::prelude::*;

use self::{
    actor::ActorPanel,
    deleting::Deleting,
    duplicates::DuplicatesPanel,
    list::ActorList,
    making::NewActor,
    merging::Merging,
    state::{Asked, Registry, Side},
    table::TakingIn,
    toolbar::Toolbar,
};
use crate::{
    browser::keys::on_key_first,
    ui::widgets::{live, live_value},
};

/// The screen.
#[component]
pub fn ActorsScreen() -> impl IntoView {
    let registry = Registry::new();
    let heard = on_key_first(move |press| keys::take(press, registry));
    let heard = StoredValue::new_local(heard.ok());
    on_cleanup(move || {
        let _dropped = heard.try_update_value(Option::take);
    });
    view! {
        <div class="registry" data-side=live_value(move || registry.side.get().is_open().then_some("open"))>
            <div class="registry-main">
                <Toolbar registry />
                <ActorList registry />
            </div>
            {live(move || side(registry))}
            {live(move || asked(registry))}
        </div>
    }
}

/// What stands beside the list.
fn side(registry: Registry) -> Option<AnyView> {
    match registry.side.get() {
        Side::Nothing => None,
        Side::New => Some(view! { <NewActor registry /> }.into_any()),
        Side::Duplicates => Some(view! { <DuplicatesPanel registry /> }.into_any()),
        Side::Actor(id) => Some(view! { <ActorPanel registry id /> }.into_any()),
    }
}

/// What is asked before it is done.
fn asked(registry: Registry) -> Option<AnyView> {
    match registry.asked.get()? {
        Asked::Merge(actors) => Some(view! { <Merging registry actors /> }.into_any()),
        Asked::Delete(actors) => Some(view! { <Deleting registry actors /> }.into_any()),
        Asked::TakeIn(planned) => Some(view! { <TakingIn registry planned /> }.into_any()),
    }
}
