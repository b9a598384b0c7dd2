//! A relation type in hand.

use leptos::prelude::*;

use super::{
    fields::{Area, Check, Line, Picks, examples, lines},
    label::{Asks, PanelHead},
    state::{Desk, Entry, hosts},
};
use crate::model::{Key, Letters, RelationType, Side};

/// The panel.
#[component]
pub fn RelationPanel(desk: Desk, key: Key) -> impl IntoView {
    let own = StoredValue::new(key.clone());
    let read = move |of: fn(&RelationType) -> String| {
        Signal::derive(move || {
            desk.codebook.with(|codebook| codebook.relation(&own.get_value()).map(of)).unwrap_or_default()
        })
    };
    let holds = move |of: fn(&RelationType) -> bool| {
        Signal::derive(move || {
            desk.codebook.with(|codebook| codebook.relation(&own.get_value()).is_some_and(of))
        })
    };
    let keys = move |of: fn(&RelationType) -> Vec<Key>| {
        Signal::derive(move || {
            desk.codebook.with(|codebook| codebook.relation(&own.get_value()).map(of)).unwrap_or_default()
        })
    };
    let put = move |change: fn(&mut RelationType, String)| {
        Callback::new(move |written: String| {
            desk.change_relation(&own.get_value(), move |one| change(one, written.trim().to_owned()));
        })
    };
    let turn = move |change: fn(&mut RelationType, bool)| {
        Callback::new(move |holds: bool| {
            desk.change_relation(&own.get_value(), move |one| change(one, holds))
        })
    };
    let join = move |change: fn(&mut RelationType, Vec<Key>)| {
        Callback::new(move |keys: Vec<Key>| {
            desk.change_relation(&own.get_value(), move |one| change(one, keys))
        })
    };
    let labels = Signal::derive(move || desk.codebook.with(|codebook| hosts(codebook, Side::Annotations)));
    let name = read(|one| one.name.clone());
    view! {
        <section class="codebook-side" aria-label="Link">
            <PanelHead desk name entry=Entry::Relation(key.clone()) kind="Link" />
            <div class="side-form fields">
                <div class="pair">
                    <Line id="relation-name" name="Name, from where it starts" value=name first=true on_change=put(|one, name| one.name = name) />
                    <Line
                        id="relation-inverse"
                        name="Name, from the other end"
                        value=read(|one| one.inverse.clone())
                        on_change=put(|one, name| one.inverse = name)
                    />
                </div>
                <Line
                    id="relation-letter"
                    name="Key"
                    value=read(|one| one.letter.map(|letter| letter.to_string()).unwrap_or_default())
                    most=2
                    placeholder="One or two letters"
                    on_change=put(|one, letter| one.letter = Letters::parse(&letter.to_lowercase()))
                />
                <Picks name="Starts from" options=labels picked=keys(|one| one.from.clone()) on_change=join(|one, keys| one.from = keys) />
                <Picks name="Leads to" options=labels picked=keys(|one| one.to.clone()) on_change=join(|one, keys| one.to = keys) />
                <Check
                    name="May lead to an actor whom no passage names"
                    value=holds(|one| one.to_registry)
                    on_change=turn(|one, holds| one.to_registry = holds)
                />
                <Check
                    name="A passage may have several"
                    value=holds(|one| one.several)
                    on_change=turn(|one, holds| one.several = holds)
                />
                <Check
                    name="Offered as soon as a passage is labelled; one without it is open"
                    value=holds(|one| one.offered)
                    on_change=turn(|one, holds| one.offered = holds)
                />
                <Area
                    id="relation-description"
                    name="When to use it"
                    value=read(|one| one.about.description.clone())
                    on_change=put(|one, words| one.about.description = words)
                />
                <Area
                    id="relation-examples"
                    name="Examples"
                    hint="one a line"
                    value=read(|one| lines(&one.about.examples))
                    on_change=put(|one, words| one.about.examples = examples(&words))
                />
                <Asks desk side=Side::Links host=key />
            </div>
        </section>
    }
}
