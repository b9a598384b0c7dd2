//! The card of the chosen annotation: what it is, whom it speaks of, what it is linked to, and all of it to change.

mod attributes;
mod links;
mod parts;
mod who;

use leptos::prelude::*;

pub use self::{attributes::AttributeField, who::actor_options};
use self::{attributes::Attributes, links::Links, parts::Parts, who::Who};
use crate::{
    app::{
        Action, Command, Revise, Session,
        workspace::{Part, Workspace},
    },
    model::{AnnotationId, Key, Revision},
    ui::{
        colour,
        key_hint::{key_cap, titled},
        layers::Layers,
        widgets::{Glyph, Icon, Segment, Segmented, When, handler, live, live_value},
    },
};

/// So many letters are named while no annotation is chosen.
const NAMED: usize = 4;

/// The card; empty while no annotation is chosen.
#[component]
pub fn Card() -> impl IntoView {
    let workspace = Workspace::expect();
    let chosen = Memo::new(move |_| {
        workspace.track(Part::Body);
        workspace.watch(Part::Focus, |session| session.chosen().map(|annotation| annotation.id)).flatten()
    });
    live(move || match chosen.get() {
        Some(id) => view! { <ChosenCard id /> }.into_any(),
        None => view! { <Hint /> }.into_any(),
    })
}

/// What to do while no annotation is chosen: the first labels with their letters.
#[component]
fn Hint() -> impl IntoView {
    let workspace = Workspace::expect();
    let letters = Memo::new(move |_| {
        let letters = workspace.watch(Part::Project, |session| {
            let labels = session.state().project().codebook.labels.iter();
            let letters =
                labels.filter_map(|label| Some((label.letter?.to_string(), label.name.to_lowercase())));
            letters.take(NAMED).collect::<Vec<_>>()
        });
        letters.unwrap_or_default()
    });
    live(move || {
        let letters = letters.get();
        let has_letters = !letters.is_empty();
        let last = letters.len().saturating_sub(1);
        let words = (0..).zip(letters).map(|(at, (letter, name))| {
            let end = if at == last { ". " } else { ", " };
            view! { <kbd>{letter}</kbd> " " {name} {end} }
        });
        let words = words.collect_view();
        view! {
            <p class="panel-note">
                {if has_letters { "Select text and press a letter: " } else { "Select text and press the number of a label. " }}
                {words}
                "Click a mark to see its card here."
            </p>
        }
    })
}

#[derive(Clone, PartialEq)]
struct Head {
    label: Key,
    name: String,
    shade: String,
    line: &'static str,
    names_actor: bool,
    quoted: Vec<String>,
    note: String,
    made: String,
    /// Whether the codebook has changed since what it means.
    is_outdated: bool,
}

fn head(session: &Session, id: AnnotationId) -> Option<Head> {
    let open = session.open()?;
    let body = session.body()?;
    let annotation = body.annotation(id)?;
    let codebook = &session.state().project().codebook;
    let label = codebook.label(&annotation.label);
    let (shade, line) = colour::of_label(codebook, &annotation.label);
    let quoted = annotation.fragments.iter().filter_map(|span| open.text.slice(span).map(str::to_owned));
    let by =
        if annotation.annotator.is_empty() { String::new() } else { format!(" by {}", annotation.annotator) };
    Some(Head {
        label: annotation.label.clone(),
        name: label.map_or_else(|| annotation.label.to_string(), |label| label.name.clone()),
        shade,
        line: line.class(),
        names_actor: label.is_some_and(|label| label.names_actor),
        quoted: quoted.collect(),
        note: annotation.note.clone(),
        made: format!("Changed {}{by}", annotation.modified.date()),
        is_outdated: codebook.outdated(annotation).is_some()
            || body.from(id).any(|link| codebook.outdated_link(link).is_some()),
    })
}

#[component]
fn ChosenCard(
    /// The annotation.
    id: AnnotationId,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let layers = Layers::expect();
    let head = Memo::new(move |_| {
        workspace.track(Part::Project);
        workspace.watch(Part::Body, |session| head(session, id)).flatten()
    });
    let labels = Memo::new(move |_| {
        let labels = workspace.watch(Part::Project, |session| {
            let labels = &session.state().project().codebook.labels;
            let segment = |label: &crate::model::Label| Segment {
                key: label.key.to_string(),
                name: label.name.clone(),
            };
            labels.iter().map(segment).collect::<Vec<_>>()
        });
        labels.unwrap_or_default()
    });
    let label = Memo::new(move |_| head.with(|head| head.as_ref().map(|head| head.label.to_string())));
    let relabel = move |picked: Option<String>| {
        if let Some(key) = picked {
            workspace.dispatch(Command::Choose(Some(id)));
            workspace.dispatch(Command::Label(Key::from(key)));
        }
    };
    let is_outdated =
        Memo::new(move |_| head.with(|head| head.as_ref().is_some_and(|head| head.is_outdated)));
    let names_actor =
        Memo::new(move |_| head.with(|head| head.as_ref().is_some_and(|head| head.names_actor)));
    let quoted = Memo::new(move |_| head.with(|head| head.as_ref().map(|head| head.quoted.join(" … "))));
    let shade = Memo::new(move |_| head.with(|head| head.as_ref().map(|head| head.shade.clone())));
    let note =
        Memo::new(move |_| head.with(|head| head.as_ref().map(|head| head.note.clone()).unwrap_or_default()));
    view! {
        <article
            class="card"
            data-annotation-card=id.to_string()
            aria-label="Annotation"
            style=("--swatch", move || shade.get().unwrap_or_default())
        >
            <header>
                <span class=live_value(move || format!("swatch {}", head.get().map_or("", |head| head.line))) aria-hidden="true"></span>
                <h2>{live(move || head.get().map(|head| head.name))}</h2>
                <button
                    class="quiet icon danger"
                    aria-label="Delete annotation"
                    title="Delete (Delete key)"
                    on:click=handler(move |_| workspace.dispatch(Command::DeleteAnnotation(id)))
                >
                    <Icon name=Glyph::Trash />
                </button>
                <button
                    class="quiet icon"
                    aria-label="Close card"
                    on:click=handler(move |_| {
                        layers.drawer.set(None);
                        workspace.dispatch(Command::Choose(None));
                    })
                >
                    <Icon name=Glyph::Close />
                </button>
            </header>
            <blockquote>{quoted}</blockquote>
            <When holds=is_outdated>
                <p class="outdated">
                    "The codebook has changed since what this means."
                    <button type="button" on:click=handler(move |_| confirm(workspace, id))>"It holds"</button>
                </p>
            </When>
            <button
                class="quiet start"
                title=titled("Label all the same words of this text", Action::Repeats, "=")
                on:click=handler(move |_| {
                    workspace.dispatch(Command::Choose(Some(id)));
                    layers.dialogs.then(move |dialogs| (dialogs.repeats)(workspace, layers));
                })
            >
                "Label all the same" {key_cap(Action::Repeats, "=")}
            </button>
            <div class="field">
                <span class="name">"Label"</span>
                <Segmented label="Label" choices=labels chosen=label on_choose=relabel required=true first=true />
            </div>
            <When holds=names_actor>
                <Who id />
            </When>
            <Attributes id />
            <Links id />
            <Parts id />
            <label class="field">
                <span class="name">"Note"</span>
                <textarea
                    rows="2"
                    prop:value=note
                    on:change=handler(move |event| {
                        workspace.dispatch(Command::SetNote { annotation: id, note: event_target_value(&event) });
                    })
                ></textarea>
            </label>
            <p class="count">{live(move || head.get().map(|head| head.made))}</p>
        </article>
    }
}

/// Says that an annotation holds under the codebook as it is now.
fn confirm(workspace: Workspace, id: AnnotationId) {
    let revision = Revision::Confirm([id].into());
    workspace.dispatch(Command::Revise(Box::new(Revise { revision, concerned: Vec::new() })));
}
