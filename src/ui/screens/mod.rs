//! The screens: views of the whole project, one at a time in the place of the text, which rests behind it unseen. Their
//! program is a chunk of its own, fetched with the first of them.

mod hit_list;
mod hits;
mod ledger;
mod progress;
mod search;

use leptos::{html, prelude::*};

pub use self::{hit_list::HitList, hits::Hits};
use self::{progress::ProgressScreen, search::SearchScreen};
use super::{
    codebook::{CodebookScreen, Guide},
    registry::ActorsScreen,
};
use crate::{
    app::{Screen, workspace::Workspace},
    browser::{focus, wait},
    ui::widgets::{Glyph, Icon, Later, When, handler, live},
};

crate::chunk! {
    screens:
    /// The screens.
    fn screens() -> Entry {
        Entry { shown, guide }
    }
}

/// The ways into the chunk of the screens.
#[derive(Clone, Copy)]
pub struct Entry {
    shown: fn(Screen) -> AnyView,
    /// What the codebook says of the label in hand.
    pub guide: fn() -> AnyView,
}

/// The screen that is shown, if any.
#[component]
pub fn Screens() -> impl IntoView {
    let workspace = Workspace::expect();
    let program = Later::new(screens);
    live(move || workspace.screen().map(|screen| view! { <Frame screen program /> }))
}

/// A screen with its head.
#[component]
fn Frame(screen: Screen, program: Later<Entry>) -> impl IntoView {
    let workspace = Workspace::expect();
    let element = NodeRef::<html::Main>::new();
    // The keyboard follows the eye, unless the screen has taken it to a field of its own.
    element.on_load(|element| {
        wait::on_next_frame(move || {
            if !focus::within(".screen") {
                focus::give(&element);
            }
        });
    });
    view! {
        <main class="screen" tabindex="-1" aria-labelledby="screen-heading" data-screen=screen.name() node_ref=element>
            <div class="screen-head">
                <h1 id="screen-heading">{named(screen)}</h1>
                <button
                    type="button"
                    class="quiet"
                    title="Back to the text (Esc)"
                    on:click=handler(move |_| workspace.show_screen(None))
                >
                    <Icon name=Glyph::Close />
                    "Back to the text"
                </button>
            </div>
            {program.view(move |entry| (entry.shown)(screen))}
            <When holds=Signal::derive(move || program.is_missing())>
                <p class="hint" role="alert">"This screen could not be loaded. Go back and try again."</p>
            </When>
        </main>
    }
}

fn guide() -> AnyView {
    view! { <Guide /> }.into_any()
}

fn shown(screen: Screen) -> AnyView {
    match screen {
        Screen::Search => view! { <SearchScreen /> }.into_any(),
        Screen::Progress => view! { <ProgressScreen /> }.into_any(),
        Screen::Actors => view! { <ActorsScreen /> }.into_any(),
        Screen::Codebook => view! { <CodebookScreen /> }.into_any(),
    }
}

/// The name of a screen as people see it.
pub const fn named(screen: Screen) -> &'static str {
    match screen {
        Screen::Actors => "Actors",
        Screen::Codebook => "Codebook",
        Screen::Search => "Search",
        Screen::Progress => "Progress",
    }
}

/// The letter that leads to a screen after `g`.
pub const fn letter(screen: Screen) -> char {
    match screen {
        Screen::Actors => 'r',
        Screen::Codebook => 'c',
        Screen::Search => 's',
        Screen::Progress => 'p',
    }
}

/// The buttons that lead to the screens.
#[component]
pub fn Places() -> impl IntoView {
    let workspace = Workspace::expect();
    let place = move |screen: Option<Screen>, name: &'static str, title: String| {
        view! {
            <button
                type="button"
                class="quiet"
                aria-current=crate::ui::widgets::live_value(move || (workspace.screen() == screen).then_some("page"))
                title=title
                on:click=handler(move |_| workspace.show_screen(screen))
            >
                {name}
            </button>
        }
    };
    view! {
        <nav class="places" aria-label="Screens">
            {place(None, "Text", "The text (Esc)".to_owned())}
            {Screen::ALL
                .map(|screen| place(Some(screen), named(screen), format!("{} (g {})", named(screen), letter(screen))))
                .collect_view()}
        </nav>
    }
}
