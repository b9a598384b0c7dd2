//! The guide beside the text: what the codebook and the guidelines say of the label in hand.

use leptos::prelude::*;

use super::page::{nodes, page};
use crate::{
    app::{
        Session,
        workspace::{Part, Workspace},
    },
    format::guidelines::{parse, section},
    model::{About, AttributeKind, Label},
    ui::{colour, widgets::live},
};

/// The guide.
#[component]
pub fn Guide() -> impl IntoView {
    let workspace = Workspace::expect();
    let label = Memo::new(move |_| {
        workspace.track(Part::Project);
        workspace.track(Part::Body);
        workspace.watch(Part::Focus, in_hand).flatten()
    });
    let guidelines = Memo::new(move |_| {
        let guidelines =
            workspace.watch(Part::Project, |session| session.state().project().guidelines.clone());
        guidelines.unwrap_or_default()
    });
    live(move || {
        let guidelines = guidelines.get();
        match label.get() {
            Some(Hand { label, shade, line }) => {
                let own = section(&parse(&guidelines), &label.name);
                let has_own = !own.is_empty();
                view! {
                    <h3 style=("--swatch", shade)>
                        <span class=format!("swatch {line}") aria-hidden="true"></span>
                        {label.name.clone()}
                    </h3>
                    {about(&label.about)}
                    {asked(&label)}
                    {has_own.then(|| view! { <div class="markdown">{nodes(own)}</div> })}
                    {whole(guidelines, !has_own)}
                }
                .into_any()
            }
            None => view! {
                <p class="soft">"Choose an annotation, or arm a label, to read what is said of it."</p>
                {whole(guidelines, true)}
            }
            .into_any(),
        }
    })
}

/// The label in hand with its look.
#[derive(Clone, PartialEq)]
struct Hand {
    label: Label,
    shade: String,
    line: &'static str,
}

/// The label of the chosen annotation, else the one that is armed.
fn in_hand(session: &Session) -> Option<Hand> {
    let key = session.chosen().map(|one| &one.label).or_else(|| session.armed())?;
    let codebook = &session.state().project().codebook;
    let (shade, line) = colour::of_label(codebook, key);
    Some(Hand { label: codebook.label(key)?.clone(), shade, line: line.class() })
}

fn about(about: &About) -> impl IntoView {
    let description = about.description.clone();
    let examples = about.examples.iter().map(|one| view! { <li>{one.clone()}</li> }).collect_view();
    let has_examples = !about.examples.is_empty();
    view! {
        {(!description.is_empty()).then(|| view! { <p>{description}</p> })}
        {has_examples.then(|| view! { <ul class="examples" aria-label="Examples">{examples}</ul> })}
    }
}

/// What is asked of its annotations, as far as anything is said of it.
fn asked(label: &Label) -> impl IntoView + use<> {
    let said = label.attributes.iter().filter(|attribute| {
        let choices = attribute.kind.choices().iter();
        !attribute.about.description.is_empty()
            || !attribute.about.examples.is_empty()
            || choices.into_iter().any(|choice| !choice.about.description.is_empty())
    });
    said.map(|attribute| {
        view! {
            <details>
                <summary>{attribute.name.clone()}</summary>
                {about(&attribute.about)}
                {choices(&attribute.kind)}
            </details>
        }
    })
    .collect_view()
}

fn choices(kind: &AttributeKind) -> impl IntoView + use<> {
    let rows = kind.outline().into_iter().map(|(depth, choice)| {
        let code = choice.code.clone();
        let has_code = !code.is_empty();
        view! {
            <li style=("--depth", depth.to_string())>
                <strong>{has_code.then(|| format!("{code} "))}{choice.name.clone()}</strong>
                {about(&choice.about)}
            </li>
        }
    });
    let rows = rows.collect_view();
    (!kind.choices().is_empty()).then(|| view! { <ul class="guide-choices">{rows}</ul> })
}

/// All the guidelines, folded where something nearer stands above.
fn whole(guidelines: String, is_open: bool) -> impl IntoView {
    (!guidelines.trim().is_empty()).then(|| {
        view! {
            <details open=is_open>
                <summary>"All guidelines"</summary>
                <div class="markdown">{page(&guidelines)}</div>
            </details>
        }
    })
}
