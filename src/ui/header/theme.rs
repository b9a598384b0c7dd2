//! Light, dark, or as the system has it; remembered by the browser.

use leptos::prelude::*;

use crate::{
    app::workspace::Workspace,
    browser::{media, preferences},
    ui::widgets::{Glyph, Icon, handler},
};

/// Where the browser keeps it.
const THEME: &str = "theme";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::System => Glyph::HalfCircle,
            Self::Light => Glyph::Sun,
            Self::Dark => Glyph::Moon,
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    fn remembered() -> Self {
        let name = preferences::get(THEME).ok().flatten();
        Self::ALL.into_iter().find(|theme| Some(theme.name()) == name.as_deref()).unwrap_or_default()
    }

    fn wear(self) {
        let worn = (self != Self::System).then(|| self.name());
        // Outside a page there is nothing to colour.
        let _worn = media::set_theme(worn);
    }
}

/// Goes from one theme to the next.
#[component]
pub(super) fn ThemeButton() -> impl IntoView {
    let ws = Workspace::expect();
    let theme = RwSignal::new(Theme::remembered());
    theme.get_untracked().wear();
    let turn = move |_| {
        let next = theme.get_untracked().next();
        next.wear();
        theme.set(next);
        if preferences::set(THEME, next.name()).is_err() {
            ws.refuse(&"this browser does not keep settings: the theme holds until the page is closed");
        }
    };
    let words = move || format!("Theme: {}", theme.get().name());
    view! {
        <button type="button" class="quiet icon" aria-label=words title=words on:click=handler(turn)>
            <Icon name=Signal::derive(move || theme.get().glyph()) />
            <span class="menu-word" aria-hidden="true">{words}</span>
        </button>
    }
}
