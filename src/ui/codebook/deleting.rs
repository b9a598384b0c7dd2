//! Before an entry goes: what becomes of what is annotated with it.

use leptos::prelude::*;

use super::{
    attribute::choice_options,
    foreseen::Foresight,
    state::{Desk, Entry, attribute, hosts},
};
use crate::{
    app::workspace::Foreseen,
    model::{Fate, Key, Revision, Side},
    ui::{
        header::Announcer,
        widgets::{ComboOption, Modal, When, handler, live_value},
    },
};

/// The dialog.
#[component]
pub fn Deleting(desk: Desk, what: Entry) -> impl IntoView {
    let title = format!("Delete “{}”?", untrack(|| desk.name(&what)));
    let others = untrack(|| others(desk, &what));
    let may_move = !others.is_empty();
    let what = StoredValue::new(what);
    // Until it is said what becomes of what there is, nothing may be lost.
    let chosen = RwSignal::new(None::<bool>);
    let heir = RwSignal::new(others.first().map(|one| one.id.clone()).unwrap_or_default());
    let fate = Signal::derive(move || match chosen.get() {
        None => Fate::Keep,
        Some(true) => Fate::Move(Key::from(heir.get())),
        Some(false) => Fate::Delete,
    });
    let revision = Signal::derive(move || Some(deletion(what.get_value(), fate.get())));
    let seen = RwSignal::new(None::<Foreseen>);
    let is_used = Signal::derive(move || {
        chosen.get().is_some() || seen.with(|seen| seen.as_ref().is_some_and(|one| 0 < one.forbidding))
    });
    let is_ready = move || seen.with(|seen| seen.as_ref().is_some_and(|one| one.forbidding == 0));
    let close = move || desk.asked.set(None);
    let delete = move |_| {
        let revision = deletion(what.get_value(), fate.get_untracked());
        close();
        if matches!(what.get_value(), Entry::Choice(..)) {
            desk.choice.set(None);
        }
        desk.revise(revision);
    };
    let question = move || {
        let count = seen.with(|seen| seen.as_ref().map_or(0, |one| one.forbidding));
        match (what.get_value(), count) {
            (Entry::Relation(_), _) => "What becomes of its links?".to_owned(),
            (Entry::Label(_), _) => "What becomes of its passages?".to_owned(),
            _ => "What becomes of its values?".to_owned(),
        }
    };
    let others = StoredValue::new(others);
    view! {
        <Modal
            title=title
            on_close=move |()| close()
            footer=move || view! {
                <button type="button" autofocus on:click=handler(move |_| close())>"Keep"</button>
                <button type="button" class="danger" disabled=live_value(move || !is_ready()) on:click=handler(delete)>"Delete"</button>
            }
        >
            <When holds=is_used>
                <fieldset class="form radios">
                    <legend>{question}</legend>
                    <When holds=Signal::derive(move || may_move)>
                        <label>
                            <input type="radio" name="fate" on:change=handler(move |_| chosen.set(Some(true))) />
                            "They become"
                            <select
                                aria-label="They become"
                                on:change=handler(move |event| {
                                    heir.set(event_target_value(&event));
                                    chosen.set(Some(true));
                                })
                            >
                                {others.get_value().into_iter().map(|one| view! { <option value=one.id>{one.name}</option> }).collect_view()}
                            </select>
                        </label>
                    </When>
                    <label>
                        <input type="radio" name="fate" on:change=handler(move |_| chosen.set(Some(false))) />
                        {what.with_value(|what| match what {
                            Entry::Label(_) => "They are deleted, with their links",
                            Entry::Relation(_) => "They are deleted",
                            _ => "They are cleared",
                        })}
                    </label>
                </fieldset>
            </When>
            <Foresight desk revision seen />
            <Announcer />
        </Modal>
    }
}

/// What its annotations can become instead.
pub fn others(desk: Desk, what: &Entry) -> Vec<ComboOption> {
    let named = |(key, name): (Key, String)| ComboOption { id: key.to_string(), name, detail: String::new() };
    desk.codebook.with(|codebook| match what {
        Entry::Label(own) => {
            hosts(codebook, Side::Annotations).into_iter().filter(|(key, _)| key != own).map(named).collect()
        }
        Entry::Relation(own) => {
            hosts(codebook, Side::Links).into_iter().filter(|(key, _)| key != own).map(named).collect()
        }
        Entry::Attribute(_) => Vec::new(),
        Entry::Choice(of, own) => attribute(codebook, of)
            .map(|one| choice_options(&one.kind).into_iter().filter(|one| *one.id != **own).collect())
            .unwrap_or_default(),
    })
}

fn deletion(what: Entry, fate: Fate) -> Revision {
    match what {
        Entry::Label(key) => Revision::DeleteLabel { key, fate },
        Entry::Relation(key) => Revision::DeleteRelation { key, fate },
        Entry::Attribute(of) => Revision::DeleteAttribute { of, clears: fate == Fate::Delete },
        Entry::Choice(of, key) => Revision::DeleteChoice { of, key, fate },
    }
}
