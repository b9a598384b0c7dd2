//! The line that says what happened. It fades from sight after a while (by the style sheet) and stays for screen
//! readers; refusals interrupt them, the rest waits.

use leptos::prelude::*;

use crate::{
    app::workspace::{Said, Workspace},
    ui::widgets::live,
};

/// What was said last since this line is there.
#[component]
pub fn Announcer() -> impl IntoView {
    let ws = Workspace::expect();
    let before = untrack(move || ws.said()).map(|said| said.number);
    let fresh = move |refused: bool| {
        ws.said()
            .filter(|said| Some(said.number) != before && said.refused == refused)
            .map(|said| line(&said))
    };
    view! {
        <div class="said">
            <div role="status" aria-live="polite">{live(move || fresh(false))}</div>
            <div role="alert">{live(move || fresh(true))}</div>
        </div>
    }
}

fn line(said: &Said) -> impl IntoView + use<> {
    // Two names of one animation, so that the same words said twice are seen twice.
    let class = match (said.refused, said.number % 2) {
        (false, 0) => "even",
        (false, _) => "odd",
        (true, 0) => "refused even",
        (true, _) => "refused odd",
    };
    view! { <p class=class>{said.words.clone()}</p> }
}
