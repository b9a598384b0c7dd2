//! The palette at the selection: one button a label, for those who work by mouse or touch.

use leptos::prelude::*;

use super::{floating::Floating, geometry::Geometry};
use crate::{
    app::{
        Command, Session,
        workspace::{Part, Workspace},
    },
    model::{Key, Letters},
    ui::colour,
    ui::widgets::{When, handler, live, px},
};

/// How wide the palette is taken to be when it is kept inside the text, in CSS pixels.
const WIDTH: f64 = 300.0;

/// How high it is taken to be, in CSS pixels.
const HEIGHT: f64 = 50.0;

/// A button of the palette or of the bar above the text.
#[derive(Clone, PartialEq)]
pub struct LabelButton {
    /// The label.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// The letter that does the same.
    pub letter: Option<Letters>,
    /// Its colour, as CSS.
    pub shade: String,
    /// The class of its line.
    pub line: &'static str,
    /// What it is for.
    pub description: String,
}

/// The labels of the codebook as buttons.
pub fn label_buttons(session: &Session) -> Vec<LabelButton> {
    let codebook = &session.state().project().codebook;
    let button = |label: &crate::model::Label| {
        let (shade, line) = colour::of_label(codebook, &label.key);
        LabelButton {
            key: label.key.clone(),
            name: label.name.clone(),
            letter: label.letter,
            shade,
            line: line.class(),
            description: label.about.description.clone(),
        }
    };
    codebook.labels.iter().map(button).collect()
}

/// The palette; shown while text is selected.
#[component]
pub fn Palette(
    /// Where the selection ends.
    #[prop(into)]
    geometry: Signal<Geometry>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let labels = Memo::new(move |_| workspace.watch(Part::Project, label_buttons).unwrap_or_default());
    let chosen = Memo::new(move |_| {
        workspace.watch(Part::Focus, |session| session.chosen().is_some()).unwrap_or(false)
    });
    let place = Memo::new(move |_| {
        geometry.with(|geometry| Some(Floating::beside(geometry.selection?, geometry, WIDTH, HEIGHT)))
    });
    let button = move |label: LabelButton| {
        let key = label.key.clone();
        view! {
            <button
                style=("--swatch", label.shade)
                title=label.description
                on:click=handler(move |_| workspace.dispatch(Command::Label(key.clone())))
            >
                <span class=format!("swatch {}", label.line) aria-hidden="true"></span>
                {label.name}
                {label.letter.map(|letter| view! { <kbd>{letter.to_string()}</kbd> })}
            </button>
        }
    };
    live(move || {
        place.get().map(|place| {
            view! {
                <div
                    class="palette"
                    class:above=place.above
                    role="toolbar"
                    aria-label="Label the selection"
                    style:left=px(place.left)
                    style:top=px(place.edge)
                >
                    {labels.get().into_iter().map(button).collect_view()}
                    <When holds=chosen>
                        <button on:click=handler(move |_| workspace.dispatch(Command::AddFragment))>
                            "Add as part" <kbd class="standard">"+"</kbd>
                        </button>
                    </When>
                </div>
            }
        })
    })
}
