//! Which registry entry an actor span speaks of: found as one types, or made.

use leptos::prelude::*;

use crate::{
    app::{
        Command, in_name_order,
        workspace::{Part, Workspace},
    },
    model::{ActorId, AnnotationId},
    ui::widgets::{ComboOption, Combobox, When, handler},
};

/// The registry as options for a field, by name.
pub fn actor_options(workspace: Workspace) -> Memo<Vec<ComboOption>> {
    Memo::new(move |_| {
        let options = workspace.watch(Part::Actors, |session| {
            let option = |actor: &crate::model::Actor| ComboOption {
                id: actor.id.to_string(),
                name: actor.name.clone(),
                detail: actor.aliases.join(", "),
            };
            in_name_order(session.state().actors()).into_iter().map(option).collect::<Vec<_>>()
        });
        options.unwrap_or_default()
    })
}

/// The field for the actor.
#[component]
pub fn Who(
    /// The annotation.
    id: AnnotationId,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let options = actor_options(workspace);
    let name = Memo::new(move |_| {
        workspace.track(Part::Actors);
        let name = workspace.watch(Part::Body, |session| {
            let actor = session.body()?.annotation(id)?.actor?;
            session.state().actors().get(&actor).map(|actor| actor.name.clone())
        });
        name.flatten().unwrap_or_default()
    });
    let pick = move |picked: String| {
        if let Some(actor) = ActorId::parse(&picked) {
            workspace.dispatch(Command::Identify { annotation: id, actor: Some(actor) });
        }
    };
    let make = move |name: String| workspace.dispatch(Command::IdentifyNew { annotation: id, name });
    view! {
        <div class="field">
            <span class="name">"Who is meant"</span>
            <Combobox
                label="Who is meant"
                placeholder="Type a name"
                value=name
                options
                on_pick=pick
                on_new=make
            />
            <When holds=Signal::derive(move || !name.with(String::is_empty))>
                <p>
                    <button
                        class="quiet"
                        on:click=handler(move |_| workspace.dispatch(Command::Identify { annotation: id, actor: None }))
                    >
                        "Not known"
                    </button>
                </p>
            </When>
        </div>
    }
}
