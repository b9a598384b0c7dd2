//! Two entries become one.

use leptos::prelude::*;

use super::{
    deleting::others,
    foreseen::Foresight,
    state::{Desk, Entry, Shown},
};
use crate::{
    app::workspace::Foreseen,
    model::{Key, Revision},
    ui::{
        header::Announcer,
        widgets::{Modal, handler, live_value},
    },
};

/// The dialog.
#[component]
pub fn Merging(desk: Desk, what: Entry) -> impl IntoView {
    let name = untrack(|| desk.name(&what));
    let others = untrack(|| others(desk, &what));
    let what = StoredValue::new(what);
    let into = RwSignal::new(others.first().map(|one| one.id.clone()).unwrap_or_default());
    let revision = Signal::derive(move || {
        let into = into.get();
        (!into.is_empty()).then(|| merge(what.get_value(), Key::from(into)))?
    });
    let seen = RwSignal::new(None::<Foreseen>);
    let close = move || desk.asked.set(None);
    let merge_them = move |_| {
        let Some(revision) = revision.get_untracked() else { return };
        close();
        let into = Key::from(into.get_untracked());
        match what.get_value() {
            Entry::Label(_) => desk.shown.set(Shown::Label(into)),
            Entry::Relation(_) => desk.shown.set(Shown::Relation(into)),
            Entry::Choice(..) => desk.choice.set(None),
            Entry::Attribute(_) => {}
        }
        desk.revise(revision);
    };
    let hint = what.with_value(|what| match what {
        Entry::Label(_) => "Its passages, attributes, examples and rights go with it.",
        Entry::Relation(_) => "Its links, attributes and examples go with it.",
        _ => "What was given it gets the other one; what stands below it goes with it.",
    });
    view! {
        <Modal
            title=format!("Merge “{name}” into another")
            on_close=move |()| close()
            footer=move || view! {
                <button type="button" on:click=handler(move |_| close())>"Cancel"</button>
                <button
                    type="button"
                    class="primary"
                    disabled=live_value(move || seen.with(Option::is_none))
                    on:click=handler(merge_them)
                >
                    "Merge"
                </button>
            }
        >
            <div class="form">
                <label>
                    {format!("“{name}” becomes")}
                    <select autofocus on:change=handler(move |event| into.set(event_target_value(&event)))>
                        {others.into_iter().map(|one| view! { <option value=one.id>{one.name}</option> }).collect_view()}
                    </select>
                </label>
                <p class="soft">{hint}</p>
            </div>
            <Foresight desk revision seen />
            <Announcer />
        </Modal>
    }
}

fn merge(what: Entry, into: Key) -> Option<Revision> {
    Some(match what {
        Entry::Label(key) => Revision::MergeLabels { from: vec![key], into },
        Entry::Relation(key) => Revision::MergeRelations { from: vec![key], into },
        Entry::Choice(of, key) => Revision::MergeChoices { of, from: vec![key], into },
        Entry::Attribute(_) => return None,
    })
}
