//! What is known of a document besides its text: title, source, author, date, address, language.

use leptos::{ev, prelude::*};

use super::frame::Frame;
use crate::{
    app::{Activity, Command, workspace::Workspace},
    model::{DocumentId, Meta, Timestamp},
    ui::layers::{Dialog, Layers},
    ui::widgets::{Outward, handler},
};

/// Languages that are offered; any other BCP 47 tag can be typed.
const LANGUAGES: [(&str, &str); 16] = [
    ("en", "English"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("it", "Italian"),
    ("pt", "Portuguese"),
    ("nl", "Dutch"),
    ("pl", "Polish"),
    ("uk", "Ukrainian"),
    ("ru", "Russian"),
    ("tr", "Turkish"),
    ("ar", "Arabic"),
    ("he", "Hebrew"),
    ("zh", "Chinese"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
];

/// A form for title and origin.
#[component]
pub(super) fn DocumentInfo(id: DocumentId) -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let known = ws.read(|session| {
        let document = session.state().documents().get(&id)?;
        let open = session.open().filter(|open| open.document == id);
        let length = open.map(|open| open.text.as_str().chars().count());
        Some((
            document.title.clone(),
            document.meta.clone(),
            facts(length, &session.activity(id)),
            open.is_some(),
        ))
    });
    let (title, meta, facts, is_open) = known.flatten().unwrap_or_default();
    let title = RwSignal::new(title);
    let source = RwSignal::new(meta.source);
    let author = RwSignal::new(meta.author);
    let published = RwSignal::new(meta.published);
    let url = RwSignal::new(meta.url);
    let language = RwSignal::new(meta.language);
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let trimmed = |field: RwSignal<String>| field.with_untracked(|words| words.trim().to_owned());
        let meta = Meta {
            source: trimmed(source),
            author: trimmed(author),
            published: trimmed(published),
            url: trimmed(url),
            language: trimmed(language),
        };
        ws.dispatch(Command::SetMeta { document: id, title: trimmed(title), meta });
        layers.close();
    };
    view! {
        <Frame
            title="Title and origin"
            footer=move || view! {
                <button type="button" on:click=handler(move |_| layers.close())>"Cancel"</button>
                <button type="submit" form="document-info" class="primary">"Save"</button>
            }
        >
            <form class="form" id="document-info" on:submit=handler(save)>
                <label>"Title" <input type="text" autofocus required pattern=".*\\S.*" bind:value=title /></label>
                <div class="pair">
                    <label>"Source" <input type="text" placeholder="Newspaper, agency, site" bind:value=source /></label>
                    <label>"Author" <input type="text" bind:value=author /></label>
                </div>
                <div class="pair">
                    <DateField value=published />
                    <label>
                        "Language"
                        <input type="text" list="languages" placeholder="en" spellcheck="false" bind:value=language />
                    </label>
                </div>
                <label>"Address" <input type="text" inputmode="url" placeholder="https://" bind:value=url /></label>
                <datalist id="languages">
                    {LANGUAGES.map(|(tag, name)| view! { <option value=tag>{name}</option> }).collect_view()}
                </datalist>
            </form>
            <p class="soft">
                {facts} " " <Outward to=url words="Open the address" /> " "
                <button type="button" class="quiet" on:click=handler(move |_| layers.open(Dialog::Past(id)))>"History"</button>
                {is_open.then(|| view! {
                    <button type="button" class="quiet" on:click=handler(move |_| layers.open(Dialog::Retext(id)))>"Replace the text…"</button>
                })}
            </p>
        </Frame>
    }
}

/// A day from the calendar, or whatever a file or a person has put there.
#[component]
fn DateField(value: RwSignal<String>) -> impl IntoView {
    let free = RwSignal::new(value.with_untracked(|value| !value.is_empty() && !is_day(value)));
    let kind = move || if free.get() { "text" } else { "date" };
    let turn = move || if free.get() { "Choose a day" } else { "Write freely" };
    view! {
        <div class="date-field">
            <label>"Date" <input type=kind bind:value=value /></label>
            <button type="button" class="quiet" on:click=handler(move |_| free.update(|free| *free = !*free))>{turn}</button>
        </div>
    }
}

/// Whether it is written as the calendar field writes it, `YYYY-MM-DD`.
fn is_day(value: &str) -> bool {
    Timestamp::parse(&format!("{value}T00:00:00Z")).is_some_and(|day| day.date() == value)
}

fn facts(length: Option<usize>, activity: &Activity) -> String {
    let mut facts = Vec::new();
    facts.extend(length.map(|length| format!("{length} characters")));
    if activity.modified != Timestamp::default() {
        let who =
            if activity.annotator.is_empty() { String::new() } else { format!(" by {}", activity.annotator) };
        facts.push(format!("last changed on {}{who}", activity.modified.date()));
    }
    facts.join(" · ")
}
