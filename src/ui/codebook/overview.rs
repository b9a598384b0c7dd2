//! The codebook as a whole: its version, what is wrong with it, what there is to do.

use leptos::prelude::*;

use super::state::{Desk, counted};
use crate::{app::workspace::Part, scene::illegible, ui::widgets::live};

/// The panel.
#[component]
pub fn Overview(desk: Desk) -> impl IntoView {
    let said = move || {
        let name = desk.workspace.watch(Part::Project, |session| session.state().project().name.clone());
        desk.codebook.with(|codebook| {
            format!(
                "“{}” has {}, {} and {}; this is version {} of its codebook.",
                name.unwrap_or_default(),
                counted(codebook.labels.len(), "label", "labels"),
                counted(codebook.relations.len(), "kind of link", "kinds of links"),
                counted(
                    codebook.span_attributes().len() + codebook.relation_attributes().len(),
                    "attribute",
                    "attributes"
                ),
                codebook.version
            )
        })
    };
    let faults = move || {
        desk.codebook.with(|codebook| {
            let faults = codebook.faults().into_iter().map(|fault| fault.to_string());
            let hard = codebook.labels.iter().filter(|label| !illegible(&label.colour).is_empty());
            let hard = hard.map(|label| format!("the colour of “{}” is hard to see", label.name));
            faults.chain(hard).collect::<Vec<_>>()
        })
    };
    view! {
        <section class="codebook-side overview" aria-label="Overview">
            <header class="side-head"><h2>"Overview"</h2></header>
            <div class="side-form">
                <p>{live(said)}</p>
                {live(move || {
                    let faults = faults();
                    (!faults.is_empty()).then(|| view! {
                        <div class="losses">
                            <p>"What is to be mended:"</p>
                            <ul>{faults.into_iter().map(|fault| view! { <li>{fault}</li> }).collect_view()}</ul>
                        </div>
                    })
                })}
                <p class="soft">
                    "Choose an entry to change it. Every field is saved when you leave it, every change raises the version and is one step of undo, and what was annotated before can be looked at again."
                </p>
                <dl class="grammar-keys">
                    <dt><kbd>"↑"</kbd><kbd>"↓"</kbd></dt><dd>"from entry to entry"</dd>
                    <dt><kbd>"Alt"</kbd><kbd>"↑"</kbd><kbd>"↓"</kbd></dt><dd>"move a label or link in its list"</dd>
                    <dt><kbd>"Enter"</kbd></dt><dd>"take an entry in hand"</dd>
                    <dt><kbd>"n"</kbd></dt><dd>"new label"</dd>
                    <dt><kbd>"m"</kbd></dt><dd>"merge the entry in hand into another"</dd>
                    <dt><kbd>"Delete"</kbd></dt><dd>"delete the entry in hand"</dd>
                    <dt><kbd>"Esc"</kbd></dt><dd>"back to the list, then to the text"</dd>
                </dl>
            </div>
        </section>
    }
}
