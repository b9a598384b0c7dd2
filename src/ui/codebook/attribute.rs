//! An attribute in hand, with its choices.

use leptos::prelude::*;

use super::{
    choices::ChoiceTree,
    fields::{Area, Check, Line, Picks, examples, lines},
    label::PanelHead,
    state::{Desk, Entry, asked_by, attribute, hosts},
};
use crate::{
    model::{Attribute, AttributeKind, AttributeOf, Choice, Key, Side, Value},
    ui::widgets::{ComboOption, Segment, Segmented, When, handler, live, live_value},
};

/// The panel.
#[component]
pub fn AttributePanel(desk: Desk, of: AttributeOf) -> impl IntoView {
    let own = StoredValue::new(of.clone());
    let read = move |part: fn(&Attribute) -> String| {
        Signal::derive(move || {
            desk.codebook.with(|codebook| attribute(codebook, &own.get_value()).map(part)).unwrap_or_default()
        })
    };
    let put = move |change: fn(&mut Attribute, String)| {
        Callback::new(move |written: String| {
            desk.change_attribute(&own.get_value(), move |one| change(one, written.trim().to_owned()));
        })
    };
    let required = Signal::derive(move || {
        desk.codebook.with(|codebook| attribute(codebook, &own.get_value()).is_some_and(|one| one.required))
    });
    let side = of.side;
    let all_hosts = Signal::derive(move || desk.codebook.with(|codebook| hosts(codebook, side)));
    let asking = Signal::derive(move || desk.codebook.with(|codebook| asked_by(codebook, &own.get_value())));
    let kind = Memo::new(move |_| {
        desk.codebook
            .with(|codebook| attribute(codebook, &own.get_value()).map(|one| kind_key(&one.kind).to_owned()))
    });
    let has_choices = Signal::derive(move || matches!(kind.get().as_deref(), Some("choice" | "several")));
    let choose_kind = move |picked: Option<String>| {
        let Some(picked) = picked else { return };
        desk.change_attribute(&own.get_value(), move |one| {
            one.kind = kind_of(&picked, &one.kind);
            one.default = one.default.take().and_then(|value| one.kind.fit(&value));
        });
    };
    let ask = move |keys: Vec<Key>| desk.ask_of(&own.get_value(), asking.get_untracked(), keys);
    let asks = if side == Side::Annotations { "Asked of" } else { "Asked of links" };
    let require = move |holds: bool| desk.change_attribute(&own.get_value(), move |one| one.required = holds);
    let name = read(|one| one.name.clone());
    view! {
        <section class="codebook-side" aria-label="Attribute">
            <PanelHead desk name entry=Entry::Attribute(of.clone()) kind="Attribute" />
            <div class="side-form fields">
                <Line id="attribute-name" name="Name" value=name first=true on_change=put(|one, name| one.name = name) />
                <div class="field">
                    <span class="name">"What is entered"</span>
                    <Segmented label="What is entered" choices=Signal::stored(kinds()) chosen=kind on_choose=choose_kind required=true />
                </div>
                <Picks
                    name=asks
                    options=all_hosts
                    picked=asking
                    on_change=ask
                />
                <Check
                    name="Required: what has no value is open"
                    value=required
                    on_change=require
                />
                <Start desk of=of.clone() />
                <Area
                    id="attribute-description"
                    name="When to use it"
                    value=read(|one| one.about.description.clone())
                    on_change=put(|one, words| one.about.description = words)
                />
                <Area
                    id="attribute-examples"
                    name="Examples"
                    hint="one a line"
                    value=read(|one| lines(&one.about.examples))
                    on_change=put(|one, words| one.about.examples = examples(&words))
                />
            </div>
            <When holds=has_choices>
                <ChoiceTree desk of=own.get_value() />
            </When>
        </section>
    }
}

/// The value that a new annotation starts with.
#[component]
fn Start(desk: Desk, of: AttributeOf) -> impl IntoView {
    let own = StoredValue::new(of);
    let options = Memo::new(move |_| {
        desk.codebook.with(|codebook| {
            let kind = &attribute(codebook, &own.get_value())?.kind;
            match kind {
                AttributeKind::Choice(_) => Some(choice_options(kind)),
                AttributeKind::Flag => Some(["yes", "no"].map(|name| option(name, name)).to_vec()),
                _ => None,
            }
        })
    });
    let value = Memo::new(move |_| {
        desk.codebook.with(|codebook| match &attribute(codebook, &own.get_value())?.default {
            Some(Value::Text(key)) => Some(key.clone()),
            Some(Value::Flag(flag)) => Some(if *flag { "yes" } else { "no" }.to_owned()),
            _ => None,
        })
    });
    let choose = move |picked: String| {
        desk.change_attribute(&own.get_value(), move |one| {
            one.default = match (&one.kind, picked.as_str()) {
                (_, "") => None,
                (AttributeKind::Flag, word) => Some(Value::Flag(word == "yes")),
                (_, key) => Some(Value::Text(key.to_owned())),
            };
        });
    };
    live(move || {
        let options = options.get()?;
        Some(view! {
            <div class="field">
                <label class="name" for="attribute-start">"Starts with"</label>
                <select
                    id="attribute-start"
                    prop:value=live_value(move || value.get().unwrap_or_default())
                    on:change=handler(move |event| choose(event_target_value(&event)))
                >
                    <option value="">"nothing"</option>
                    {options.into_iter().map(|one| {
                        let id = one.id.clone();
                        let chosen = move || value.get().as_ref() == Some(&id);
                        view! { <option value=one.id.clone() selected=chosen>{one.name}</option> }
                    }).collect_view()}
                </select>
            </div>
        })
    })
}

fn option(id: &str, name: &str) -> ComboOption {
    ComboOption { id: id.to_owned(), name: name.to_owned(), detail: String::new() }
}

/// The choices with how deep they stand, as they are chosen from a list.
pub fn choice_options(kind: &AttributeKind) -> Vec<ComboOption> {
    let row = |(depth, choice): (usize, &Choice)| {
        let code = if choice.code.is_empty() { String::new() } else { format!("{} ", choice.code) };
        option(&choice.key, &format!("{}{code}{}", "\u{2003}".repeat(depth), choice.name))
    };
    kind.outline().into_iter().map(row).collect()
}

/// The kinds as choices.
pub fn kinds() -> Vec<Segment> {
    let kinds = [
        ("choice", "one of several"),
        ("several", "any of several"),
        ("flag", "yes or no"),
        ("number", "a number"),
        ("text", "text"),
    ];
    kinds.map(|(key, name)| Segment { key: key.to_owned(), name: name.to_owned() }).to_vec()
}

const fn kind_key(kind: &AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Choice(_) => "choice",
        AttributeKind::Several(_) => "several",
        AttributeKind::Flag => "flag",
        AttributeKind::Number => "number",
        AttributeKind::Text => "text",
    }
}

/// The kind of that key, with the choices that there were; something to choose from where there were none.
pub fn kind_of(key: &str, before: &AttributeKind) -> AttributeKind {
    let choices = || match before {
        AttributeKind::Flag => ["yes", "no"].map(|name| Choice::new(Key::from(name), name)).to_vec(),
        _ if before.choices().is_empty() => vec![Choice::new(Key::from("other"), "other")],
        _ => before.choices().to_vec(),
    };
    match key {
        "choice" => AttributeKind::Choice(choices()),
        "several" => AttributeKind::Several(choices()),
        "flag" => AttributeKind::Flag,
        "number" => AttributeKind::Number,
        _ => AttributeKind::Text,
    }
}
