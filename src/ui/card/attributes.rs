//! The attributes that the codebook asks of the chosen annotation.

use leptos::prelude::*;

use crate::{
    app::{
        Command, Session,
        workspace::{Part, Workspace},
    },
    format::parse_number,
    model::{AnnotationId, AttributeKind, Choice, Key, Value},
    ui::widgets::{ComboOption, Combobox, Segment, Segmented, When, handler, live},
};

/// So many choices stand side by side.
const MANY: usize = 9;

#[derive(Clone, PartialEq)]
struct Field {
    key: Key,
    name: String,
    kind: AttributeKind,
    value: Option<Value>,
}

fn fields(session: &Session, id: AnnotationId) -> Option<Vec<Field>> {
    let annotation = session.body()?.annotation(id)?;
    let label = session.state().project().codebook.label(&annotation.label)?;
    let field = |attribute: &crate::model::Attribute| Field {
        key: attribute.key.clone(),
        name: attribute.name.clone(),
        kind: attribute.kind.clone(),
        value: annotation.attributes.get(&attribute.key).cloned(),
    };
    Some(label.attributes.iter().map(field).collect())
}

/// One field an attribute.
#[component]
pub fn Attributes(
    /// The annotation.
    id: AnnotationId,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let fields = Memo::new(move |_| {
        workspace.track(Part::Project);
        workspace.watch(Part::Body, |session| fields(session, id)).flatten().unwrap_or_default()
    });
    // The fields themselves stay while their values change, so that the keyboard stays where it is.
    let shapes = Memo::new(move |_| {
        fields.with(|fields| {
            fields
                .iter()
                .map(|field| (field.key.clone(), field.name.clone(), field.kind.clone()))
                .collect::<Vec<_>>()
        })
    });
    let value_of = move |key: Key| {
        Memo::new(move |_| {
            fields.with(|fields| {
                fields.iter().find(|field| field.key == key).and_then(|field| field.value.clone())
            })
        })
    };
    live(move || {
        shapes
            .get()
            .into_iter()
            .map(|(key, name, kind)| {
                let value = value_of(key.clone());
                let set = move |value| {
                    let attribute = key.clone();
                    workspace.dispatch(Command::SetAttribute { annotation: id, attribute, value });
                };
                view! { <AttributeField name kind value set /> }
            })
            .collect_view()
    })
}

/// The field of one attribute.
#[component]
pub fn AttributeField(
    /// The attribute's name.
    name: String,
    /// What it takes.
    kind: AttributeKind,
    /// The value that it has.
    value: Memo<Option<Value>>,
    /// Called with the value that it is to have.
    #[prop(into)]
    set: Callback<Option<Value>>,
) -> impl IntoView {
    let label = name.clone();
    let set = move |value: Option<Value>| set.run(value);
    let field = match kind {
        AttributeKind::Choice(ref choices) if is_long(choices) => {
            let kind = kind.clone();
            let options = Signal::stored(tree_options(&kind));
            let shown = Signal::derive(move || match value.get() {
                Some(Value::Text(key)) => path(&kind, &key),
                _ => String::new(),
            });
            let has_value = Signal::derive(move || value.with(Option::is_some));
            let (pick, clear) = (set, set);
            let clear = Callback::new(move |()| clear(None));
            view! {
                <div class="tree-choice">
                    <Combobox label options value=shown placeholder="Type a few letters" on_pick=move |key: String| pick(Some(Value::Text(key))) />
                    <When holds=has_value>
                        <button type="button" class="quiet" on:click=handler(move |_| clear.run(()))>"Clear"</button>
                    </When>
                </div>
            }
            .into_any()
        }
        AttributeKind::Choice(choices) => {
            let options: Vec<_> = choices
                .into_iter()
                .map(|choice| Segment { key: choice.key.to_string(), name: choice.name })
                .collect();
            let chosen = Memo::new(move |_| match value.get() {
                Some(Value::Text(key)) => Some(key),
                _ => None,
            });
            let on_pick = move |picked: Option<String>| set(picked.map(Value::Text));
            view! { <Segmented label choices=Signal::stored(options) chosen on_choose=on_pick /> }.into_any()
        }
        AttributeKind::Several(choices) => {
            let held = move || match value.get() {
                Some(Value::Several(keys)) => keys,
                _ => Vec::new(),
            };
            let buttons = choices.into_iter().map(|choice| {
                let (key, set) = (choice.key.to_string(), set);
                let pressed = key.clone();
                let toggle = move |_| {
                    let mut keys = held();
                    match keys.iter().position(|held| *held == key) {
                        Some(at) => {
                            keys.remove(at);
                        }
                        None => keys.push(key.clone()),
                    }
                    set((!keys.is_empty()).then_some(Value::Several(keys)));
                };
                let pressed = move || held().contains(&pressed).to_string();
                view! { <button aria-pressed=pressed on:click=handler(toggle)>{choice.name}</button> }
            });
            view! { <div class="choices" role="group" aria-label=label>{buttons.collect_view()}</div> }
                .into_any()
        }
        AttributeKind::Flag => {
            let options =
                ["yes", "no"].map(|name| Segment { key: name.to_owned(), name: name.to_owned() }).to_vec();
            let chosen = Memo::new(move |_| match value.get() {
                Some(Value::Flag(flag)) => Some(if flag { "yes" } else { "no" }.to_owned()),
                _ => None,
            });
            let on_pick =
                move |picked: Option<String>| set(picked.map(|picked| Value::Flag(picked == "yes")));
            view! { <Segmented label choices=Signal::stored(options) chosen on_choose=on_pick /> }.into_any()
        }
        AttributeKind::Number | AttributeKind::Text => {
            let number = kind == AttributeKind::Number;
            let shown = move || match value.get() {
                Some(Value::Number(number)) => number.to_string(),
                Some(Value::Text(text)) => text,
                _ => String::new(),
            };
            let change = move |event| {
                let written = event_target_value(&event);
                let value = if number {
                    parse_number(&written).map(Value::Number)
                } else {
                    Some(Value::Text(written))
                };
                set(value.filter(|value| *value != Value::Text(String::new())));
            };
            let kind = if number { "number" } else { "text" };
            view! { <input type=kind step="any" aria-label=label prop:value=shown on:change=handler(change) /> }
                .into_any()
        }
    };
    view! {
        <div class="field">
            <span class="name">{name}</span>
            {field}
        </div>
    }
}

/// Whether choices are too many for a row of buttons, or stand below each other.
fn is_long(choices: &[Choice]) -> bool {
    MANY < choices.len() || choices.iter().any(|choice| choice.parent.is_some())
}

/// The choices of a tree with all that stands above each, so that any of these words finds it.
fn tree_options(kind: &AttributeKind) -> Vec<ComboOption> {
    let option = |(_, choice): (usize, &Choice)| ComboOption {
        id: choice.key.to_string(),
        name: path(kind, &choice.key),
        detail: choice.code.clone(),
    };
    kind.outline().into_iter().map(option).collect()
}

/// The names on the way to a choice from the top; the key itself where there is no such choice.
fn path(kind: &AttributeKind, key: &str) -> String {
    let names: Vec<&str> = kind.lineage(key).into_iter().map(|choice| choice.name.as_str()).collect();
    if names.is_empty() { key.to_owned() } else { names.join(" › ") }
}
