//! The card of the chosen annotation: what it is, whom it speaks of, what it is linked to, and all of it to change.

mod attributes;
mod links;
mod parts;
mod who;

use leptos::prelude::*;

pub use self::who::actor_options;
use self::{attributes::Attributes, links::Links, parts::Parts, who::Who};
use crate::{
    app::{
        Command, Session,
        workspace::{Part, Workspace},
    },
    model::{AnnotationId, Key},
    ui::{
        colour,
        layers::Layers,
        widgets::{Glyph, Icon, Segment, Segmented, When, handler, live, live_value},
    },
};

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
        None => view! {
            <p class="panel-note">
                "Select text and press a letter: " <kbd>"a"</kbd> " actor, " <kbd>"c"</kbd> " claim, "
                <kbd>"x"</kbd> " criticism. Click a mark to see its card here."
            </p>
        }
        .into_any(),
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
}

fn head(session: &Session, id: AnnotationId) -> Option<Head> {
    let open = session.open()?;
    let annotation = session.body()?.annotation(id)?;
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
            <button
                class="quiet start"
                title="Label all the same words of this text (=)"
                on:click=handler(move |_| {
                    workspace.dispatch(Command::Choose(Some(id)));
                    layers.dialogs.then(move |dialogs| (dialogs.repeats)(workspace, layers));
                })
            >
                "Label all the same" <kbd>"="</kbd>
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
