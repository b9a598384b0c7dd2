//! The registry as a table, out and in: what a table would add and change is shown before it is taken in.

use std::rc::Rc;

use leptos::prelude::*;

use super::state::{Asked, Registry, counted, kind_name};
use crate::{
    app::Registering,
    format::exchange::registry::Plan,
    model::Actor,
    ui::{
        header::Announcer,
        widgets::{FileButton, Glyph, Icon, Modal, OnFile, handler},
    },
};

/// So much of what a table would do, or of what is wrong with it, is shown.
const SHOWN: usize = 200;

/// The two ways.
#[component]
pub fn Buttons(registry: Registry) -> impl IntoView {
    let take: OnFile = Rc::new(move |_, read| match read {
        Ok(bytes) => {
            let planned = registry.workspace.plan_registry(&bytes);
            let _asked = registry.asked.try_set(Some(Asked::TakeIn(planned)));
        }
        Err(error) => registry.workspace.refuse(&error),
    });
    view! {
        <FileButton
            words="Take in a table"
            title="Take actors in from a table (CSV)"
            label="Take in a table"
            accept=".csv,.tsv,.txt,text/csv"
            on_file=take
        />
        <button
            type="button"
            title="Download the registry as a table (CSV)"
            on:click=handler(move |_| registry.workspace.take_registry_home())
        >
            <Icon name=Glyph::Export />
            "Save as a table"
        </button>
    }
}

/// Asks before a table is taken in, or says what is wrong with it.
#[component]
pub fn TakingIn(registry: Registry, planned: Result<Plan, Vec<String>>) -> impl IntoView {
    let close = move || registry.asked.set(None);
    let title = match &planned {
        Ok(plan) if plan.is_empty() => "The table says nothing new",
        Ok(_) => "Take in this table?",
        Err(_) => "This table cannot be taken in",
    };
    let actors = planned.as_ref().map(Plan::actors).unwrap_or_default();
    let is_nothing = actors.is_empty();
    let actors = StoredValue::new(actors);
    let take = move |_| {
        close();
        let actors = actors.get_value();
        registry.workspace.register(Registering::TakeIn { actors, referring: Vec::new() });
    };
    view! {
        <Modal
            title=title
            on_close=move |()| close()
            footer=move || view! {
                <button type="button" autofocus=is_nothing on:click=handler(move |_| close())>
                    {if is_nothing { "Close" } else { "Cancel" }}
                </button>
                <button type="button" class="primary" autofocus=!is_nothing hidden=is_nothing on:click=handler(take)>
                    "Take in"
                </button>
            }
        >
            {match planned {
                Ok(plan) => what_is_done(&plan).into_any(),
                Err(faults) => what_is_wrong(&faults).into_any(),
            }}
            <Announcer />
        </Modal>
    }
}

fn what_is_done(plan: &Plan) -> impl IntoView + use<> {
    let sum = format!(
        "Added: {}. Changed: {}. Left as they are: {}.",
        plan.added.len(),
        plan.changed.len(),
        plan.same
    );
    let added = plan.added.iter().map(|actor| ("new", actor.name.clone(), said_of(actor)));
    let changed = plan
        .changed
        .iter()
        .map(|(before, after)| ("changed", before.name.clone(), differences(before, after)));
    let rows: Vec<_> = added.chain(changed).take(SHOWN).collect();
    let more = (plan.added.len() + plan.changed.len()).saturating_sub(rows.len());
    view! {
        <p>{sum}</p>
        <ul class="plan" aria-label="What the table would do">
            {rows
                .into_iter()
                .map(|(what, name, said)| {
                    view! {
                        <li>
                            <span class="what">{what}</span>
                            <strong><bdi>{name}</bdi></strong>
                            " "
                            <span class="soft"><bdi>{said}</bdi></span>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
        {(0 < more).then(|| view! { <p class="soft">{format!("and {more} more")}</p> })}
    }
}

fn what_is_wrong(faults: &[String]) -> impl IntoView + use<> {
    let more = faults.len().saturating_sub(SHOWN);
    view! {
        <p>"Nothing was changed."</p>
        <ul class="plan" role="alert">
            {faults.iter().take(SHOWN).map(|fault| view! { <li>{sentence(fault)}</li> }).collect_view()}
        </ul>
        {(0 < more).then(|| view! { <p class="soft">{format!("and {}", counted(more, "more fault", "more faults"))}</p> })}
    }
}

/// A message as a sentence.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

fn said_of(actor: &Actor) -> String {
    let parts = [
        kind_name(actor.kind).to_owned(),
        actor.aliases.join("; "),
        actor.wikidata.clone(),
        actor.note.clone(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What becomes another, each as it was and as it becomes.
fn differences(before: &Actor, after: &Actor) -> String {
    let pair = |name: &str, one: String, other: String| {
        let shown = |words: String| if words.is_empty() { "nothing".to_owned() } else { words };
        (one != other).then(|| format!("{name}: {} → {}", shown(one), shown(other)))
    };
    let parts = [
        pair("name", before.name.clone(), after.name.clone()),
        pair("kind", kind_name(before.kind).to_owned(), kind_name(after.kind).to_owned()),
        pair("other names", before.aliases.join("; "), after.aliases.join("; ")),
        pair("outside id", before.wikidata.clone(), after.wikidata.clone()),
        pair("note", before.note.clone(), after.note.clone()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
