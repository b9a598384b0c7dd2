//! Giving an action another key: what is pressed is taken, unless something stands against it, which is said first. Tab
//! moves on and Esc leaves, as everywhere; so neither can be given to anything.

use leptos::{ev, html, prelude::*};

use super::groups::{capitalised, keys_of};
use crate::{
    app::{Action, Binding, Chord, KeyTaken, Keymap, workspace::Workspace},
    browser::{focus, keys, wait},
    model::Letters,
    ui::{
        own_keys,
        widgets::{handler, live},
    },
};

/// What was asked for while something stands against it.
#[derive(Clone, Debug, PartialEq)]
enum Wish {
    Give(Chord),
    Restore,
}

/// The keys of an action, to be changed.
#[component]
pub(super) fn Changing(
    /// The action.
    action: Action,
    /// What is being changed; nothing once this is left.
    editing: RwSignal<Option<Action>>,
) -> impl IntoView {
    let binding = Binding::of(action)?;
    let ws = Workspace::expect();
    let against = RwSignal::new(None::<(KeyTaken, Wish)>);
    // What the codebook has left for it, in words.
    let left = RwSignal::new(String::new());
    let beside = RwSignal::new(false);
    let field = NodeRef::<html::Input>::new();
    field.on_load(|field| focus::give(&field));
    let own =
        Memo::new(move |_| ws.keymap().chords(binding).into_iter().map(str::to_owned).collect::<Vec<_>>());
    let leave = move || {
        editing.set(None);
        wait::on_next_frame(move || {
            let row = format!(".keys [data-action=\"{action:?}\"]");
            let _given = focus::give_to(&row) || focus::give_to(".help input[type=search]");
        });
    };
    let afterwards = move |wish: &Wish| {
        let mut keymap = untrack(|| ws.keymap());
        match wish {
            Wish::Give(chord) => keymap.give(binding, chord, beside.get_untracked()),
            Wish::Restore => keymap.restore(binding),
        }
        keymap
    };
    let carry_out = move |wish: &Wish| {
        own_keys::keep(ws, afterwards(wish));
        let keys = own.get_untracked().iter().map(|chord| keys_of(chord).join("+")).collect::<Vec<_>>();
        ws.say(format!("{}: {}{}", capitalised(binding.words), keys.join(" or "), left.get_untracked()));
        leave();
    };
    let wish = move |wish: Wish| {
        let keymap = untrack(|| ws.keymap());
        let checked = ws.read(|session| {
            let codebook = &session.state().project().codebook;
            match &wish {
                Wish::Give(chord) => keymap.check(binding, chord, codebook),
                Wish::Restore => keymap.check_standard(binding, codebook),
            }
        });
        match checked {
            Some(Err(taken)) => against.set(Some((taken, wish))),
            _ => carry_out(&wish),
        }
    };
    let left_by = move |letters: Letters, wish: &Wish| {
        let (keymap, afterwards) = (untrack(|| ws.keymap()), afterwards(wish));
        ws.read(|session| keymap.leave(&afterwards, &session.state().project().codebook, letters)).flatten()
    };
    let take = move |taken: &KeyTaken, wished: &Wish| match taken {
        KeyTaken::Entry { letters, name } => {
            let Some((revision, new)) = left_by(*letters, wished) else { return };
            ws.revise(revision, |_, _| {});
            left.update(|left| left.push_str(&format!(". {}; undo takes that back", has_now(name, new))));
            against.set(None);
            // There may be more that stands against it.
            wish(wished.clone());
        }
        _ => carry_out(wished),
    };
    let offered = move |taken: &KeyTaken, wished: &Wish| match taken {
        KeyTaken::Action { .. } => Some("Take it from there".to_owned()),
        KeyTaken::Entry { letters, name } => {
            let (_, new) = left_by(*letters, wished)?;
            Some(format!("Take it: {}", has_now(name, new)))
        }
        _ => None,
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let press = keys::key_press(&event);
        let chord = Chord::new(&press.key, press.ctrl, press.shift, press.alt);
        // Tab moves on. What is only held, or begins an accent, is no key yet.
        let is_none = matches!(
            press.key.as_str(),
            "Shift"
                | "Control"
                | "Alt"
                | "AltGraph"
                | "Meta"
                | "CapsLock"
                | "Dead"
                | "Process"
                | "Unidentified"
        );
        if press.key == "Tab" && !press.ctrl && !press.alt || is_none || event.is_composing() {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        if press.key == "Escape" { leave() } else { wish(Wish::Give(chord)) }
    };
    let remove = move |chord: String| {
        let mut keymap = untrack(|| ws.keymap());
        keymap.remove(binding, &chord);
        own_keys::keep(ws, keymap);
        against.set(None);
        if let Some(field) = field.get_untracked() {
            focus::give(&field);
        }
    };
    let keys = move || {
        let row = |chord: String| {
            let shown = keys_of(&chord).join("+");
            view! {
                <li>
                    <kbd>{shown.clone()}</kbd>
                    <button type="button" class="quiet" aria-label=format!("Remove {shown}") on:click=handler(move |_| remove(chord.clone()))>"Remove"</button>
                </li>
            }
        };
        own.get().into_iter().map(row).collect_view()
    };
    let is_standard = Memo::new(move |_| ws.keymap().changed(action).is_none());
    Some(view! {
        <section class="key-editor" aria-label=format!("Keys of “{}”", capitalised(binding.words))>
            <p class="key-words">{capitalised(binding.words)}</p>
            <ul>{live(keys)}</ul>
            <p class="row">
                <input
                    type="text"
                    readonly
                    node_ref=field
                    aria-label="New key"
                    aria-describedby="key-taken"
                    placeholder="Press the new key"
                    on:keydown=handler(on_key)
                />
                <button type="button" disabled=is_standard on:click=handler(move |_| wish(Wish::Restore))>"Back to the standard"</button>
                <button type="button" class="quiet" on:click=handler(move |_| leave())>"Leave"</button>
            </p>
            <label class="check"><input type="checkbox" bind:checked=beside /> "Keep the keys it has beside the new one"</label>
            <div id="key-taken" role="alert">
                {live(move || against.get().map(|(taken, _)| view! { <p class="refused">{capitalised(&taken.to_string())} "."</p> }))}
            </div>
            {live(move || {
                let (taken, wished) = against.get()?;
                let words = offered(&taken, &wished)?;
                Some(view! { <p><button type="button" on:click=handler(move |_| take(&taken, &wished))>{words}</button></p> })
            })}
        </section>
    })
}

/// What key a label or link has from now on.
fn has_now(name: &str, new: Option<Letters>) -> String {
    match new {
        Some(letters) => format!("“{name}” gets the key “{letters}”"),
        None => format!("“{name}” is left without a key"),
    }
}

/// Gives all actions their standard keys again.
pub(super) fn restore_all(ws: Workspace) {
    own_keys::keep(ws, Keymap::default());
    ws.say("All keys are the standard ones again.");
}
