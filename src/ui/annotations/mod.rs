//! The list of the open document's annotations: in the order of the text, filtered by label and words. Several can be
//! chosen to have the same done to them. Rows are drawn only where they are seen.

mod bar;
mod several;

use leptos::{ev, prelude::*};

use self::{bar::SeveralBar, several::Several};
use crate::{
    app::{
        Command, Session, annotations_matching,
        workspace::{Part, Workspace},
    },
    model::{AnnotationId, Key},
    ui::{
        colour,
        widgets::{VirtualList, When, handler, live, live_value},
    },
};

/// The height of a row in `rem`.
const ROW: f64 = 2.9;

/// The most characters of an annotation's text that a row shows.
const LONGEST: usize = 90;

/// The list named "Annotations".
#[component]
pub fn Annotations() -> impl IntoView {
    let workspace = Workspace::expect();
    let label = RwSignal::new(None::<Key>);
    let words = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        let found = workspace.watch(Part::Body, |session| {
            words.with(|words| annotations_matching(session, label.get().as_ref(), words))
        });
        found.unwrap_or_default()
    });
    let total = Memo::new(move |_| {
        workspace.track(Part::Focus);
        workspace
            .watch(Part::Body, |session| session.body().map_or(0, crate::model::Body::annotation_count))
            .unwrap_or(0)
    });
    let chosen = Memo::new(move |_| {
        let chosen = workspace.watch(Part::Focus, |session| session.open().and_then(|open| open.chosen));
        let chosen = chosen.flatten()?;
        shown.with(|shown| shown.iter().position(|id| *id == chosen))
    });
    let labels = Memo::new(move |_| {
        let labels = workspace.watch(Part::Project, |session| {
            let labels = &session.state().project().codebook.labels;
            labels.iter().map(|label| (label.key.clone(), label.name.clone())).collect::<Vec<_>>()
        });
        labels.unwrap_or_default()
    });
    let several = Several::new(workspace, shown);
    let chip = move |(key, name): (Key, String)| {
        let (pressed, picked) = (key.clone(), key);
        view! {
            <button
                aria-pressed=live_value(move || (label.get().as_ref() == Some(&pressed)).to_string())
                on:click=handler(move |_| {
                    let picked = picked.clone();
                    label.update(|label| *label = if label.as_ref() == Some(&picked) { None } else { Some(picked) });
                })
            >
                {name}
            </button>
        }
    };
    view! {
        <section class="annotations" aria-labelledby="annotations-heading">
            <div class="panel-head">
                <h2 id="annotations-heading">"Annotations"</h2>
                <button
                    type="button"
                    class="quiet"
                    title="Choose several (Space, Shift+↓, Ctrl+A in the list)"
                    aria-pressed=live_value(move || several.is_on().to_string())
                    on:click=handler(move |_| several.turn())
                >
                    "Several"
                </button>
                <span class="count">{total}</span>
            </div>
            <div class="panel-tools">
                <input
                    type="search"
                    placeholder="Filter by text or actor"
                    aria-label="Filter annotations"
                    prop:value=words
                    on:input=handler(move |event| words.set(event_target_value(&event)))
                />
                <div class="chips">{live(move || labels.get().into_iter().map(chip).collect_view())}</div>
            </div>
            <When holds=Signal::derive(move || several.is_on())>
                <SeveralBar several />
            </When>
            <div
                class="annotation-list"
                data-several=live_value(move || several.is_on().then_some("on"))
                on:keydown:capture=handler(move |event: ev::KeyboardEvent| several.on_key(&event))
            >
                <VirtualList
                    label="Annotations"
                    count=Signal::derive(move || shown.with(Vec::len))
                    row_height=ROW
                    selected=chosen
                    row=move |at| {
                        view! { <Row at shown several /> }.into_any()
                    }
                />
            </div>
        </section>
    }
}

#[derive(Clone, PartialEq)]
struct Shown {
    quoted: String,
    more: String,
    shade: String,
    line: &'static str,
    chosen: bool,
}

fn row(session: &Session, id: AnnotationId) -> Option<Shown> {
    let open = session.open()?;
    let annotation = session.body()?.annotation(id)?;
    let quoted = open.text.slice(annotation.fragments.envelope()).unwrap_or_default();
    let (shade, line) = colour::of_label(&session.state().project().codebook, &annotation.label);
    Some(Shown {
        quoted: quoted.chars().take(LONGEST).map(|sign| if sign == '\n' { ' ' } else { sign }).collect(),
        more: session.describe_mark(annotation),
        shade,
        line: line.class(),
        chosen: open.chosen == Some(id),
    })
}

#[component]
fn Row(
    /// The row's place in the list.
    at: usize,
    /// What the list shows.
    #[prop(into)]
    shown: Signal<Vec<AnnotationId>>,
    /// Those that are chosen together.
    several: Several,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let id = Memo::new(move |_| shown.with(|shown| shown.get(at).copied()));
    let row = Memo::new(move |_| {
        workspace.track(Part::Body);
        workspace.track(Part::Actors);
        workspace.watch(Part::Focus, |session| row(session, id.get()?)).flatten()
    });
    let press = move |event: ev::MouseEvent| {
        if event.shift_key() {
            several.reach(at);
        } else if event.ctrl_key() || event.meta_key() {
            several.tick(at);
        } else {
            several.begin(at);
            workspace.dispatch(Command::Choose(id.get_untracked()));
        }
    };
    let ticked = move || id.get().is_some_and(|id| several.holds(id));
    live(move || {
        row.get().map(|shown| {
            view! {
                <When holds=Signal::derive(move || several.is_on())>
                    <input
                        type="checkbox"
                        class="tick"
                        tabindex="-1"
                        aria-label=live_value(move || row.with(|row| row.as_ref().map(|row| format!("Choose {}", row.quoted))))
                        prop:checked=live_value(ticked)
                        on:change=handler(move |_| several.tick(at))
                    />
                </When>
                <button
                    class="row annotation-row"
                    aria-current=shown.chosen.then_some("true")
                    style=("--swatch", shown.shade)
                    on:click=handler(press)
                >
                    <span class=format!("swatch {}", shown.line) aria-hidden="true"></span>
                    <span class="first">{shown.quoted}</span>
                    <span class="second">{shown.more}</span>
                </button>
            }
        })
    })
}
