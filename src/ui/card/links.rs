//! What the chosen annotation is linked to, in both directions, and fields to link it to more.

use leptos::prelude::*;

use super::who::actor_options;
use crate::{
    app::{
        Command, Session,
        workspace::{Part, Workspace},
    },
    model::{ActorId, AnnotationId, Key, Letters, RelationId, Target},
    ui::widgets::{Combobox, Glyph, Icon, When, handler, live},
};

#[derive(Clone, PartialEq)]
struct Link {
    id: RelationId,
    kind: String,
    name: String,
    to: Option<AnnotationId>,
}

#[derive(Clone, PartialEq)]
struct Kind {
    key: Key,
    name: String,
    letter: Option<Letters>,
    to_registry: bool,
}

fn links(session: &Session, id: AnnotationId) -> Option<Vec<Link>> {
    let body = session.body()?;
    let codebook = &session.state().project().codebook;
    let outgoing = body.from(id).map(|relation| Link {
        id: relation.id,
        kind: codebook
            .relation(&relation.kind)
            .map_or_else(|| relation.kind.to_string(), |kind| kind.name.clone()),
        name: session.target_name(relation.to),
        to: match relation.to {
            Target::Annotation(to) => Some(to),
            Target::Actor(_) => None,
        },
    });
    let incoming = body.to(Target::Annotation(id)).map(|relation| Link {
        id: relation.id,
        kind: codebook
            .relation(&relation.kind)
            .map_or_else(|| relation.kind.to_string(), |kind| kind.inverse.clone()),
        name: session.target_name(Target::Annotation(relation.from)),
        to: Some(relation.from),
    });
    Some(outgoing.chain(incoming).collect())
}

fn kinds(session: &Session, id: AnnotationId) -> Option<Vec<Kind>> {
    let label = &session.body()?.annotation(id)?.label;
    let kind = |relation: &crate::model::RelationType| Kind {
        key: relation.key.clone(),
        name: relation.name.clone(),
        letter: relation.letter,
        to_registry: relation.to_registry,
    };
    let codebook = &session.state().project().codebook;
    Some(codebook.relations.iter().filter(|relation| relation.from.contains(label)).map(kind).collect())
}

/// The links and the fields for new ones.
#[component]
pub fn Links(
    /// The annotation.
    id: AnnotationId,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let links = Memo::new(move |_| {
        workspace.track(Part::Actors);
        workspace.watch(Part::Body, |session| links(session, id)).flatten().unwrap_or_default()
    });
    let kinds = Memo::new(move |_| {
        workspace.track(Part::Project);
        workspace.watch(Part::Body, |session| kinds(session, id)).flatten().unwrap_or_default()
    });
    let row = move |link: Link| {
        let title = link.name.clone();
        let go = move |_| {
            if let Some(to) = link.to {
                workspace.dispatch(Command::Choose(Some(to)));
            }
        };
        let remove = move |_| workspace.dispatch(Command::Unlink(link.id));
        view! {
            <li data-relation=link.id.to_string()>
                <span class="type">{link.kind}</span>
                <button class="quiet to" title=title disabled=link.to.is_none() on:click=handler(go)>
                    <span>{link.name}</span>
                </button>
                <button class="quiet remove" aria-label="Remove link" on:click=handler(remove)>
                    <Icon name=Glyph::Close />
                </button>
            </li>
        }
    };
    view! {
        <When holds=Signal::derive(move || !links.with(Vec::is_empty))>
            <div class="field">
                <span class="name">"Links"</span>
                <ul class="links">{live(move || links.get().into_iter().map(row).collect_view())}</ul>
            </div>
        </When>
        {live(move || kinds.get().into_iter().map(|kind| view! { <NewLink id kind /> }).collect_view())}
    }
}

/// Offers what is near, and a field for an actor that the text does not name.
#[component]
fn NewLink(id: AnnotationId, kind: Kind) -> impl IntoView {
    let workspace = Workspace::expect();
    let options = actor_options(workspace);
    let (start, picked, made) = (kind.key.clone(), kind.key.clone(), kind.key.clone());
    let pick = move |picked_id: String| {
        if let Some(actor) = ActorId::parse(&picked_id) {
            let (kind, to) = (picked.clone(), Target::Actor(actor));
            workspace.dispatch(Command::Link { from: id, kind, to });
        }
    };
    let make = move |name: String| {
        workspace.dispatch(Command::LinkNew { from: id, kind: made.clone(), name });
    };
    let heading = format!("{} …", kind.name);
    view! {
        <div class="field new-link">
            <button on:click=handler(move |_| workspace.dispatch(Command::StartLink(start.clone())))>
                {heading.clone()} {kind.letter.map(|letter| view! { <kbd>{letter.to_string()}</kbd> })}
            </button>
            {kind
                .to_registry
                .then(|| {
                    view! {
                        <Combobox
                            label=heading
                            placeholder="or type an actor’s name"
                            value=Signal::stored(String::new())
                            options
                            on_pick=pick
                            on_new=make
                        />
                    }
                })}
        </div>
    }
}
