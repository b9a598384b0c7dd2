//! The palette: every command, document and actor by a few letters of its words, without leaving the keyboard.

use leptos::{ev, html, prelude::*};

use super::frame::Frame;
use crate::{
    app::{Brought, Command, Deed, Entry, Screen, entries, ranked, workspace::Workspace},
    browser::scroll,
    ui::{
        layers::{Dialog, Layers},
        widgets::{handler, live, live_value},
    },
};

/// How many entries are shown.
const SHOWN: usize = 60;

/// The palette.
#[component]
pub(super) fn Palette() -> impl IntoView {
    let workspace = Workspace::expect();
    let layers = Layers::expect();
    let all = StoredValue::new(workspace.read(entries).unwrap_or_default());
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let shown = Memo::new(move |_| all.with_value(|all| typed.with(|typed| ranked(all, typed, SHOWN))));
    let field = NodeRef::<html::Input>::new();
    let choose = move |entry: Option<Entry>| {
        if let Some(entry) = entry {
            layers.close();
            carry_out(entry.deed, workspace, layers);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let count = shown.with_untracked(Vec::len);
        let to = match event.key().as_str() {
            "ArrowDown" => at.get_untracked() + 1,
            "ArrowUp" => at.get_untracked() + count.saturating_sub(1),
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                return choose(shown.with_untracked(|shown| shown.get(at.get_untracked()).cloned()));
            }
            _ => return,
        };
        event.prevent_default();
        at.set(to.checked_rem(count).unwrap_or(0));
        scroll::show_item(&id_of(at.get_untracked()));
    };
    view! {
        <Frame title="Find a command, a document or an actor" class="palette-dialog">
            <input
                type="search"
                node_ref=field
                autofocus
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-entries"
                aria-activedescendant=live_value(move || id_of(at.get()))
                aria-label="Find"
                placeholder="Type a few letters"
                autocomplete="off"
                spellcheck="false"
                prop:value=typed
                on:input:target=move |event| {
                    typed.set(event.target().value());
                    at.set(0);
                }
                on:keydown=handler(on_key)
            />
            <ul class="entries" id="palette-entries" role="listbox" aria-label="Found">
                {live(move || {
                    let entries = shown.get().into_iter().enumerate();
                    entries
                        .map(|(number, entry)| {
                            let (name, hint) = (entry.name.clone(), entry.hint.clone());
                            view! {
                                <li
                                    id=id_of(number)
                                    role="option"
                                    aria-selected=live_value(move || (at.get() == number).to_string())
                                    on:click=handler(move |_| choose(Some(entry.clone())))
                                >
                                    <span class="name"><bdi>{name}</bdi></span>
                                    <span class="hint">{hint}</span>
                                </li>
                            }
                        })
                        .collect_view()
                })}
            </ul>
        </Frame>
    }
}

fn id_of(number: usize) -> String {
    format!("palette-{number}")
}

fn carry_out(deed: Deed, workspace: Workspace, layers: Layers) {
    match deed {
        Deed::Act(action) => layers.hands.then(move |hands| {
            (hands.act)(action, workspace, layers);
        }),
        Deed::Label(key) => workspace.dispatch(Command::Label(key)),
        Deed::Link(key) => workspace.dispatch(Command::StartLink(key)),
        Deed::Show(screen) => workspace.show_screen(screen),
        Deed::Open(document) => workspace.open_document(document),
        Deed::Bring(brought) => layers.open(match brought {
            Brought::Projects => Dialog::Projects,
            Brought::Settings => Dialog::Settings,
            Brought::Tour => Dialog::Tour,
            Brought::About(document) => Dialog::DocumentInfo(document),
            Brought::Past(document) => Dialog::Past(document),
            Brought::Retext(document) => Dialog::Retext(document),
        }),
        Deed::Search(words) => {
            layers.sought.set(words);
            workspace.show_screen(Some(Screen::Search));
        }
    }
}
