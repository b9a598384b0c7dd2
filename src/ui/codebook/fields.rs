//! Fields that are saved when they are left. What is refused gives way to what was there.

use leptos::{ev, prelude::*};

use crate::{
    model::Key,
    ui::widgets::{handler, live, live_value},
};

/// A line of text.
#[component]
pub fn Line(
    /// Names the element in the page.
    id: &'static str,
    /// Its name.
    name: &'static str,
    /// What it holds.
    #[prop(into)]
    value: Signal<String>,
    /// Called with what it holds when it is left.
    #[prop(into)]
    on_change: Callback<String>,
    /// What stands in the empty field.
    #[prop(optional)]
    placeholder: &'static str,
    /// What else is to be known.
    #[prop(optional)]
    hint: &'static str,
    /// Whether it is the first field of what it belongs to.
    #[prop(optional)]
    first: bool,
    /// How many characters it takes.
    #[prop(optional)]
    most: Option<usize>,
) -> impl IntoView {
    let draft = RwSignal::new(None::<String>);
    let shown = move || draft.get().unwrap_or_else(|| value.get());
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="name" for=id>{name}</label>
            <input
                type="text"
                id=id
                autocomplete="off"
                maxlength=most
                placeholder=placeholder
                data-first=first.then_some("")
                aria-describedby=(!hint.is_empty()).then(|| hint_id.clone())
                prop:value=live_value(shown)
                on:input=handler(move |event| draft.set(Some(event_target_value(&event))))
                on:change=handler(move |event: ev::Event| {
                    let written = event_target_value(&event);
                    draft.set(None);
                    on_change.run(written);
                })
            />
            {(!hint.is_empty()).then(|| view! { <p class="soft" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn Area(
    /// Names the element in the page.
    id: &'static str,
    /// Its name.
    name: &'static str,
    /// What it holds.
    #[prop(into)]
    value: Signal<String>,
    /// Called with what it holds when it is left.
    #[prop(into)]
    on_change: Callback<String>,
    /// How many lines are seen.
    #[prop(default = 2)]
    rows: u32,
    /// What else is to be known.
    #[prop(optional)]
    hint: &'static str,
) -> impl IntoView {
    let draft = RwSignal::new(None::<String>);
    let shown = move || draft.get().unwrap_or_else(|| value.get());
    view! {
        <div class="field">
            <label class="name" for=id>{name} " " <span class="aside-hint">{hint}</span></label>
            <textarea
                id=id
                rows=rows
                prop:value=live_value(shown)
                on:input=handler(move |event| draft.set(Some(event_target_value(&event))))
                on:change=handler(move |event: ev::Event| {
                    let written = event_target_value(&event);
                    draft.set(None);
                    on_change.run(written);
                })
            ></textarea>
        </div>
    }
}

/// Something that holds or not.
#[component]
pub fn Check(
    /// What holds.
    name: &'static str,
    /// Whether it does.
    #[prop(into)]
    value: Signal<bool>,
    /// Called when it is turned round.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=live_value(move || value.get())
                on:change=handler(move |event: ev::Event| on_change.run(event_target_checked(&event)))
            />
            {name}
        </label>
    }
}

/// Any of several entries, as buttons that are pressed or not.
#[component]
pub fn Picks(
    /// The group's name.
    #[prop(into)]
    name: String,
    /// What can be picked: keys and names.
    #[prop(into)]
    options: Signal<Vec<(Key, String)>>,
    /// The keys of those that are.
    #[prop(into)]
    picked: Signal<Vec<Key>>,
    /// Called with the keys that are picked from now on.
    #[prop(into)]
    on_change: Callback<Vec<Key>>,
    /// What it means that nothing is picked.
    #[prop(optional)]
    nothing: &'static str,
) -> impl IntoView {
    let toggle = move |key: &Key| {
        let mut keys = picked.get_untracked();
        match keys.iter().position(|one| one == key) {
            Some(at) => {
                keys.remove(at);
            }
            None => keys.push(key.clone()),
        }
        on_change.run(keys);
    };
    let options = Memo::new(move |_| options.get());
    let says_nothing = move || (!nothing.is_empty() && picked.with(Vec::is_empty)).then_some(nothing);
    view! {
        <div class="field">
            <span class="name">{name.clone()} " " <span class="aside-hint">{live(says_nothing)}</span></span>
            <div class="choices" role="group" aria-label=name>
                {live(move || {
                    let button = |(key, name): (Key, String)| {
                        let shown = key.clone();
                        view! {
                            <button
                                type="button"
                                aria-pressed=live_value(move || picked.with(|keys| keys.contains(&shown)).to_string())
                                on:click=handler(move |_| toggle(&key))
                            >
                                {name}
                            </button>
                        }
                    };
                    options.get().into_iter().map(button).collect_view()
                })}
            </div>
        </div>
    }
}

/// Examples as they stand in a field: one a line.
pub fn lines(examples: &[String]) -> String {
    examples.join("\n")
}

/// The examples in a field.
pub fn examples(written: &str) -> Vec<String> {
    written.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
