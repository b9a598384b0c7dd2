//! What can be done to the annotations that are chosen together: each is one undo.

use leptos::prelude::*;

use super::several::Several;
use crate::{
    app::{MarkDeed, Session, workspace::Part},
    model::{ActorId, AnnotationId, Attribute, Key, Target, Value},
    ui::{
        card::{AttributeField, actor_options},
        widgets::{ComboOption, Combobox, Glyph, Icon, When, handler, live, live_value},
    },
};

/// The bar.
#[component]
pub fn SeveralBar(several: Several) -> impl IntoView {
    let count = Memo::new(move |_| several.chosen.with(Vec::len));
    let none = move || count.get() == 0;
    let said = move || match count.get() {
        0 => "None chosen: Space, Shift+↓ or Ctrl+A in the list".to_owned(),
        1 => "1 chosen".to_owned(),
        count => format!("{count} chosen"),
    };
    let labels = Memo::new(move |_| {
        let labels = several.workspace.watch(Part::Project, |session| {
            let labels = session.state().project().codebook.labels.iter();
            labels.map(|label| option(&label.key, &label.name)).collect::<Vec<_>>()
        });
        labels.unwrap_or_default()
    });
    view! {
        <div class="several-bar" role="group" aria-label="Chosen annotations">
            <div class="group">
                <span role="status">{live(said)}</span>
                <button type="button" on:click=handler(move |_| several.all())>
                    {live(move || format!("All {} shown", several.shown.with(Vec::len)))}
                </button>
                <button
                    type="button"
                    disabled=live_value(none)
                    on:click=handler(move |_| several.act(MarkDeed::Delete))
                >
                    <Icon name=Glyph::Trash />
                    "Delete"
                </button>
                <button type="button" class="quiet" on:click=handler(move |_| several.clear())>"Leave"</button>
            </div>
            <When holds=Signal::derive(move || !none())>
                <Combobox
                    label="Change the label to"
                    placeholder="Label …"
                    options=labels
                    on_pick=move |key: String| several.act(MarkDeed::Relabel(Key::from(key.as_str())))
                />
                <Attributes several />
                <Linking several />
            </When>
        </div>
    }
}

/// A choice of an attribute that some of the chosen have, and its field.
#[component]
fn Attributes(several: Several) -> impl IntoView {
    let picked = RwSignal::new(None::<Key>);
    let all = Memo::new(move |_| {
        several.chosen.track();
        several.workspace.track(Part::Project);
        several
            .workspace
            .watch(Part::Body, |session| several.chosen.with(|chosen| attributes(session, chosen)))
            .unwrap_or_default()
    });
    let options = Memo::new(move |_| {
        all.with(|all| all.iter().map(|one| option(&one.key, &one.name)).collect::<Vec<_>>())
    });
    let shape = Memo::new(move |_| {
        let key = picked.get()?;
        all.with(|all| all.iter().find(|one| one.key == key).cloned())
    });
    let value = Memo::new(move |_| {
        let key = picked.get()?;
        let common = several
            .workspace
            .watch(Part::Body, |session| several.chosen.with(|chosen| in_common(session, chosen, &key)));
        common.flatten()
    });
    let shown = Signal::derive(move || shape.with(|shape| shape.as_ref().map(|one| one.name.clone())));
    view! {
        <When holds=Signal::derive(move || !options.with(Vec::is_empty))>
            <Combobox
                label="Set an attribute"
                placeholder="Attribute …"
                options
                value=Signal::derive(move || shown.get().unwrap_or_default())
                on_pick=move |key: String| picked.set(Some(Key::from(key.as_str())))
            />
        </When>
        {live(move || {
            shape.get().map(|one| {
                let key = one.key.clone();
                let set = move |value: Option<Value>| {
                    several.act(MarkDeed::SetAttribute { attribute: key.clone(), value });
                };
                view! { <AttributeField name=one.name kind=one.kind value set /> }
            })
        })}
    }
}

/// A choice of a relation type that some of the chosen may start, and of what it leads to.
#[component]
fn Linking(several: Several) -> impl IntoView {
    let picked = RwSignal::new(None::<Key>);
    let kinds = Memo::new(move |_| {
        several.workspace.track(Part::Project);
        let kinds = several.workspace.watch(Part::Body, |session| {
            let labels = labels_of(session, &several.chosen.get());
            let relations = session.state().project().codebook.relations.iter();
            let may = relations.filter(|kind| kind.from.iter().any(|label| labels.contains(label)));
            may.map(|kind| option(&kind.key, &kind.name)).collect::<Vec<_>>()
        });
        kinds.unwrap_or_default()
    });
    let shown = Signal::derive(move || {
        let key = picked.get().map(|key| key.to_string());
        kinds.with(|kinds| kinds.iter().find(|one| Some(&one.id) == key.as_ref()).map(|one| one.name.clone()))
    });
    view! {
        <When holds=Signal::derive(move || !kinds.with(Vec::is_empty))>
            <Combobox
                label="Link as"
                placeholder="Link …"
                options=kinds
                value=Signal::derive(move || shown.get().unwrap_or_default())
                on_pick=move |key: String| picked.set(Some(Key::from(key.as_str())))
            />
        </When>
        {live(move || {
            let name = shown.get()?;
            picked.get().map(|kind| view! { <LinkTarget several kind name /> })
        })}
    }
}

/// What the links lead to: an actor of the registry, a new one, or an annotation of the text.
#[component]
fn LinkTarget(several: Several, kind: Key, name: String) -> impl IntoView {
    let actors = actor_options(several.workspace);
    let (wanted, named) = (kind.clone(), kind.clone());
    let options = Memo::new(move |_| {
        let mut options = actors.get();
        let marks = several.workspace.watch(Part::Body, |session| targets(session, &wanted));
        options.extend(marks.unwrap_or_default());
        options
    });
    let pick = move |id: String| {
        let actor = ActorId::parse(&id).map(Target::Actor);
        let mark = id.strip_prefix(MARK).and_then(AnnotationId::parse).map(Target::Annotation);
        if let Some(to) = mark.or(actor) {
            several.act(MarkDeed::Link { kind: kind.clone(), to });
        }
    };
    let make = move |name: String| several.act(MarkDeed::LinkNew { kind: named.clone(), name });
    view! { <Combobox label=format!("{name} whom or what") placeholder="Type a name" options on_pick=pick on_new=make /> }
}

/// Stands before the id of an annotation, as actors are chosen from the same list.
const MARK: &str = "mark ";

/// The annotations that a link of this type may lead to.
fn targets(session: &Session, kind: &Key) -> Vec<ComboOption> {
    let codebook = &session.state().project().codebook;
    let (Some(body), Some(kind)) = (session.body(), codebook.relation(kind)) else { return Vec::new() };
    let fits = body.annotations().filter(|one| kind.from.iter().any(|from| kind.joins(from, &one.label)));
    let option = |one: &crate::model::Annotation| ComboOption {
        id: format!("{MARK}{}", one.id),
        name: session.target_name(Target::Annotation(one.id)),
        detail: codebook.label(&one.label).map(|label| label.name.clone()).unwrap_or_default(),
    };
    fits.map(option).collect()
}

fn labels_of(session: &Session, chosen: &[AnnotationId]) -> Vec<Key> {
    let Some(body) = session.body() else { return Vec::new() };
    let mut labels: Vec<Key> = Vec::new();
    for one in chosen.iter().filter_map(|id| body.annotation(*id)) {
        if !labels.contains(&one.label) {
            labels.push(one.label.clone());
        }
    }
    labels
}

/// The attributes of the labels of these.
fn attributes(session: &Session, chosen: &[AnnotationId]) -> Vec<Attribute> {
    let codebook = &session.state().project().codebook;
    let mut all: Vec<Attribute> = Vec::new();
    for label in labels_of(session, chosen).iter().filter_map(|label| codebook.label(label)) {
        for attribute in &label.attributes {
            if all.iter().all(|one| one.key != attribute.key) {
                all.push(attribute.clone());
            }
        }
    }
    all
}

/// The value that all have who have one.
fn in_common(session: &Session, chosen: &[AnnotationId], key: &Key) -> Option<Value> {
    let body = session.body()?;
    let mut values = chosen.iter().filter_map(|id| body.annotation(*id)?.attributes.get(key));
    let first = values.next()?;
    values.all(|value| value == first).then(|| first.clone())
}

fn option(key: &Key, name: &str) -> ComboOption {
    ComboOption { id: key.to_string(), name: name.to_owned(), detail: String::new() }
}
