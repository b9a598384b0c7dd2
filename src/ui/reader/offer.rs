//! Numbered candidates for a link or for the actor that a span names: a digit or a click picks one.

use leptos::prelude::*;

use super::{floating::Floating, geometry::Geometry};
use crate::{
    app::{
        Command, Purpose,
        workspace::{Part, Workspace},
    },
    model::AnnotationId,
    ui::widgets::{handler, live, px},
};

/// How wide the list is taken to be when it is kept inside the text, in CSS pixels.
const WIDTH: f64 = 260.0;

/// How high it is taken to be without its candidates, and how high one is, in CSS pixels.
const HEIGHT: f64 = 72.0;
const ROW: f64 = 32.0;

/// The most characters of a name that are shown.
const LONGEST: usize = 60;

#[derive(Clone, PartialEq)]
struct Shown {
    from: AnnotationId,
    heading: String,
    candidates: Vec<(String, bool)>,
    new: Option<String>,
}

/// The list of candidates; shown while there is an offer.
#[component]
pub fn OfferList(
    /// Where the annotation lies.
    #[prop(into)]
    geometry: Signal<Geometry>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let offer = Memo::new(move |_| {
        let shown = workspace.watch(Part::Focus, |session| {
            let offer = session.open()?.offer.as_ref()?;
            let (heading, new) = match &offer.purpose {
                Purpose::Link(kind) => {
                    let relation = session.state().project().codebook.relation(kind);
                    (relation.map(|relation| relation.name.clone()).unwrap_or_default(), None)
                }
                Purpose::Identify(name) => ("who is meant".to_owned(), Some(name.clone())),
            };
            let name = |name: &str| name.chars().take(LONGEST).collect();
            let candidates = offer.candidates.iter().map(|one| (name(&one.name), one.already)).collect();
            Some(Shown { from: offer.from, heading, candidates, new })
        });
        shown.flatten()
    });
    let place = Memo::new(move |_| {
        let rows = offer.with(|offer| {
            offer.as_ref().map_or(0, |shown| shown.candidates.len() + usize::from(shown.new.is_some()))
        });
        let height = HEIGHT + ROW * rows as f64;
        geometry.with(|geometry| Some(Floating::beside(geometry.offer?, geometry, WIDTH, height)))
    });
    live(move || {
        let (shown, place) = offer.get().zip(place.get())?;
        let pick = move |number: usize| move |_| workspace.dispatch(Command::Pick(number));
        let candidates = shown.candidates.into_iter().enumerate().map(|(at, (name, already))| {
            view! {
                <li>
                    <button aria-pressed=already.to_string() on:click=handler(pick(at + 1))>
                        <kbd>{at + 1}</kbd>
                        <span class="name">{name}</span>
                    </button>
                </li>
            }
        });
        let new = shown.new.filter(|name| !name.is_empty()).map(|name| {
            view! {
                <li>
                    <button on:click=handler(pick(0))>
                        <kbd>"0"</kbd>
                        <span class="name">"New actor “" {name} "”"</span>
                    </button>
                </li>
            }
        });
        Some(view! {
            <section
                class="palette offer"
                class:above=place.above
                aria-label="Candidates"
                data-offer=shown.from.to_string()
                style:left=px(place.left)
                style:top=px(place.edge)
                style:max-height=px(place.room)
            >
                <h3>{shown.heading} "…"</h3>
                <ol>{candidates.collect_view()} {new}</ol>
                <p class="hint">"A number picks, " <kbd>"Esc"</kbd> " leaves it."</p>
            </section>
        })
    })
}
