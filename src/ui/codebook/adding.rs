//! A new label, relation type or attribute.

use leptos::{ev, prelude::*};

use super::{
    attribute::{kind_of, kinds},
    fields::{Picks, examples},
    state::{Desk, Shown, asked, hosts},
};
use crate::{
    app::Keymap,
    format::free_colour,
    model::{
        Attribute, AttributeKind, AttributeOf, Choice, Codebook, CodebookEntry, Key, Label, RelationType,
        Revision, Side,
    },
    ui::widgets::{Segmented, When, handler},
};

/// The form.
#[component]
pub fn Adding(desk: Desk, entry: CodebookEntry) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let (from, to) = (RwSignal::new(Vec::<Key>::new()), RwSignal::new(Vec::<Key>::new()));
    let kind = RwSignal::new("choice".to_owned());
    let choices = RwSignal::new(String::new());
    let labels = Signal::derive(move || desk.codebook.with(|codebook| hosts(codebook, Side::Annotations)));
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked().trim().to_owned();
        let keymap = untrack(|| desk.workspace.keymap());
        let made = desk.codebook.with_untracked(|codebook| match entry {
            CodebookEntry::Label => label(codebook, &keymap, name),
            CodebookEntry::Relation => relation(codebook, name, from.get_untracked(), to.get_untracked()),
            CodebookEntry::Attribute | CodebookEntry::Choice => {
                let written = examples(&choices.get_untracked());
                attribute(codebook, name, &kind.get_untracked(), written, from.get_untracked())
            }
        });
        let (revision, shown) = made;
        desk.revise(revision);
        desk.workspace.after_revising(move || {
            // What was refused is not there: the form stays as it is, unless it was left.
            let is_here = desk.shown.try_get_untracked() == Some(Shown::New(entry));
            if is_here && untrack(|| desk.present(shown.clone())) != Shown::Overview {
                desk.show(shown);
            }
        });
    };
    let title = match entry {
        CodebookEntry::Label => "New label",
        CodebookEntry::Relation => "New link",
        CodebookEntry::Attribute | CodebookEntry::Choice => "New attribute",
    };
    let choose_kind = move |picked: Option<String>| kind.update(|kind| *kind = picked.unwrap_or_default());
    let has_choices = Signal::derive(move || matches!(kind.get().as_str(), "choice" | "several"));
    let pick = move |chosen: RwSignal<Vec<Key>>| Callback::new(move |keys: Vec<Key>| chosen.set(keys));
    view! {
        <section class="codebook-side" aria-label=title>
            <header class="side-head">
                <h2>{title}</h2>
                <button type="button" class="quiet" on:click=handler(move |_| desk.close())>"Cancel"</button>
            </header>
            <form class="form side-form" on:submit=handler(add)>
                <label>"Name" <input type="text" data-first required pattern=".*\\S.*" autocomplete="off" bind:value=name /></label>
                {match entry {
                    CodebookEntry::Label => ().into_any(),
                    CodebookEntry::Relation => view! {
                        <Picks name="Starts from" options=labels picked=from on_change=pick(from) />
                        <Picks name="Leads to" nothing="only actors of the registry" options=labels picked=to on_change=pick(to) />
                    }.into_any(),
                    CodebookEntry::Attribute | CodebookEntry::Choice => view! {
                        <div class="field">
                            <span class="name">"What is entered"</span>
                            <Segmented
                                label="What is entered"
                                choices=Signal::stored(kinds())
                                chosen=Signal::derive(move || Some(kind.get()))
                                on_choose=choose_kind
                                required=true
                            />
                        </div>
                        <When holds=has_choices>
                            <label>"Choices, one a line" <textarea rows="4" bind:value=choices></textarea></label>
                        </When>
                        <Picks name="Asked of" options=labels picked=from on_change=pick(from) />
                    }.into_any(),
                }}
                <p><button type="submit" class="primary">"Add"</button></p>
            </form>
        </section>
    }
}

/// A label with a colour and a key that nothing has yet.
fn label(codebook: &Codebook, keymap: &Keymap, name: String) -> (Revision, Shown) {
    let key = Key::coin(&name, |key| codebook.label(key).is_some());
    let colour = free_colour(&codebook.labels).to_owned();
    let letter = codebook.free_letters(&name, |letters| keymap.is_free(letters));
    let label = Label { colour, letter, ..Label::new(key.clone(), name) };
    (Revision::Label(Box::new(label)), Shown::Label(key))
}

fn relation(codebook: &Codebook, name: String, from: Vec<Key>, to: Vec<Key>) -> (Revision, Shown) {
    let key = Key::coin(&name, |key| codebook.relation(key).is_some());
    let to_registry = to.is_empty();
    let relation = RelationType { from, to, to_registry, ..RelationType::new(key.clone(), name) };
    (Revision::Relation(Box::new(relation)), Shown::Relation(key))
}

fn attribute(
    codebook: &Codebook,
    name: String,
    kind: &str,
    written: Vec<String>,
    asked_by: Vec<Key>,
) -> (Revision, Shown) {
    let known = asked(codebook, Side::Annotations);
    let key = Key::coin(&name, |key| known.iter().any(|one| &*one.key == key));
    let mut choices: Vec<Choice> = Vec::new();
    for name in written {
        let key = Key::coin(&name, |key| choices.iter().any(|one| &*one.key == key));
        choices.push(Choice::new(key, name));
    }
    // Without choices the codebook says that some are needed.
    let kind = match kind {
        "choice" => AttributeKind::Choice(choices),
        "several" => AttributeKind::Several(choices),
        other => kind_of(other, &AttributeKind::Text),
    };
    let attribute = Box::new(Attribute::new(key.clone(), name, kind));
    let side = Side::Annotations;
    let shown = Shown::Attribute(AttributeOf { side, key });
    (Revision::Attribute { side, attribute, asked_by, clears: false }, shown)
}
