//! A label in hand.

use leptos::prelude::*;

use super::{
    colour_field::{ColourField, Sample},
    fields::{Area, Check, Line, Picks, examples, lines},
    passages::Passages,
    state::{Asked, Desk, Entry, Shown, asked, hosts},
};
use crate::{
    model::{AttributeOf, CodebookEntry, Key, Label, Letters, Side},
    ui::widgets::{handler, live},
};

/// The panel.
#[component]
pub fn LabelPanel(desk: Desk, key: Key) -> impl IntoView {
    let entry = Entry::Label(key.clone());
    let own = StoredValue::new(key.clone());
    let read = move |of: fn(&Label) -> String| {
        Signal::derive(move || {
            desk.codebook.with(|codebook| codebook.label(&own.get_value()).map(of)).unwrap_or_default()
        })
    };
    let holds = move |of: fn(&Label) -> bool| {
        Signal::derive(move || {
            desk.codebook.with(|codebook| codebook.label(&own.get_value()).is_some_and(of))
        })
    };
    let put = move |change: fn(&mut Label, String)| {
        Callback::new(move |written: String| {
            desk.change_label(&own.get_value(), move |label| change(label, written.trim().to_owned()));
        })
    };
    let name = read(|label| label.name.clone());
    let inside = Signal::derive(move || {
        desk.codebook
            .with(|codebook| codebook.label(&own.get_value()).map(|label| label.inside.clone()))
            .unwrap_or_default()
    });
    let labels = Signal::derive(move || desk.codebook.with(|codebook| hosts(codebook, Side::Annotations)));
    let lie = move |keys: Vec<Key>| desk.change_label(&own.get_value(), move |label| label.inside = keys);
    let name_actor =
        move |holds: bool| desk.change_label(&own.get_value(), move |label| label.names_actor = holds);
    view! {
        <section class="codebook-side" aria-label="Label">
            <PanelHead desk name entry=entry.clone() kind="Label" />
            <div class="side-form fields">
                <div class="pair">
                    <Line id="label-name" name="Name" value=name first=true on_change=put(|label, name| label.name = name) />
                    <Line
                        id="label-short"
                        name="Short name, at the start of marks"
                        value=read(|label| label.short.clone())
                        on_change=put(|label, short| label.short = short)
                    />
                </div>
                <div class="pair">
                    <ColourField desk key=key.clone() />
                    <Line
                        id="label-letter"
                        name="Key"
                        value=read(|label| label.letter.map(|letter| letter.to_string()).unwrap_or_default())
                        most=2
                        placeholder="One or two letters"
                        on_change=put(|label, letter| label.letter = Letters::parse(&letter.to_lowercase()))
                    />
                </div>
                <div class="samples" aria-hidden="true"><Sample desk key=key.clone() /></div>
                <Area
                    id="label-description"
                    name="When to use it"
                    value=read(|label| label.about.description.clone())
                    on_change=put(|label, words| label.about.description = words)
                />
                <Area
                    id="label-examples"
                    name="Examples"
                    hint="one a line"
                    value=read(|label| lines(&label.about.examples))
                    on_change=put(|label, words| label.about.examples = examples(&words))
                />
                <Check
                    name="Its passages name an actor of the registry"
                    value=holds(|label| label.names_actor)
                    on_change=name_actor
                />
                <Picks
                    name="May lie inside"
                    nothing="any label"
                    options=labels
                    picked=inside
                    on_change=lie
                />
                <Asks desk side=Side::Annotations host=key.clone() />
            </div>
            <Passages desk entry />
        </section>
    }
}

/// The head of a panel: the name, and what can be done with the whole entry.
#[component]
pub fn PanelHead(
    desk: Desk,
    #[prop(into)] name: Signal<String>,
    entry: Entry,
    kind: &'static str,
) -> impl IntoView {
    let merges = !matches!(entry, Entry::Attribute(_));
    let (merged, deleted, used) = (entry.clone(), entry.clone(), entry);
    let said = move || match desk.used(&used) {
        None => kind.to_owned(),
        Some(0) => format!("{kind}, not used yet"),
        Some(1) => format!("{kind}, used once"),
        Some(count) => format!("{kind}, used {count} times"),
    };
    view! {
        <header class="side-head">
            <div>
                <h2>{name}</h2>
                <p class="soft">{live(said)}</p>
            </div>
            <div class="group">
                {merges.then(|| view! {
                    <button type="button" title="Merge into another (m)" on:click=handler(move |_| desk.asked.set(Some(Asked::Merge(merged.clone()))))>
                        "Merge…"
                    </button>
                })}
                <button type="button" class="danger" title="Delete (Delete key)" on:click=handler(move |_| desk.asked.set(Some(Asked::Delete(deleted.clone()))))>
                    "Delete…"
                </button>
                <button type="button" class="quiet only-narrow" on:click=handler(move |_| desk.close())>"Back to the list"</button>
            </div>
        </header>
    }
}

/// The attributes that a label or relation type asks for.
#[component]
pub fn Asks(desk: Desk, side: Side, host: Key) -> impl IntoView {
    let all = Signal::derive(move || {
        desk.codebook.with(|codebook| {
            asked(codebook, side)
                .into_iter()
                .map(|one| (one.key.clone(), one.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let host = StoredValue::new(host);
    let asks = move |of: &Key| {
        desk.codebook.with(|codebook| {
            super::state::asked_by(codebook, &AttributeOf { side, key: of.clone() })
                .contains(&host.get_value())
        })
    };
    let picked = Signal::derive(move || {
        all.get().into_iter().map(|(key, _)| key).filter(|key| asks(key)).collect::<Vec<_>>()
    });
    let change = move |keys: Vec<Key>| {
        let before = picked.get_untracked();
        let turned =
            keys.iter().find(|key| !before.contains(key)).or(before.iter().find(|key| !keys.contains(key)));
        let Some(key) = turned.cloned() else { return };
        let of = AttributeOf { side, key };
        let before = desk.codebook.with_untracked(|codebook| super::state::asked_by(codebook, &of));
        let mut asked_by = before.clone();
        let own = host.get_value();
        match asked_by.iter().position(|one| *one == own) {
            Some(_) if asked_by.len() == 1 => {
                return desk.asked.set(Some(Asked::Delete(Entry::Attribute(of))));
            }
            Some(at) => {
                asked_by.remove(at);
            }
            None => asked_by.push(own),
        }
        desk.ask_of(&of, before, asked_by);
    };
    view! {
        <Picks name="Asks for" nothing="nothing" options=all picked on_change=change />
        <p>
            <button type="button" class="quiet start" on:click=handler(move |_| desk.show(Shown::New(CodebookEntry::Attribute)))>
                "New attribute…"
            </button>
        </p>
    }
}
