//! Bringing articles in: dropped, chosen or pasted; a look at what other tools' files hold; then what came in and what
//! is to be known about it.

mod chooser;
mod columns;
mod paste;
mod report;
mod review;

use leptos::{html, prelude::*};

use self::{chooser::Chooser, paste::Paste, report::ReportView, review::ReviewView};
use super::frame::Frame;
use crate::{
    app::workspace::{Workspace, expect_work},
    browser::focus,
    ui::widgets::{handler, live},
    ui::{header::Progress, layers::Layers},
};

/// The dialog: a way in, then progress, then the report.
#[component]
pub(super) fn ImportDialog() -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let is_reviewed = Memo::new(move |_| ws.review().is_some());
    let stage = Memo::new(move |_| match (ws.running().is_some(), ws.report().is_some()) {
        (true, _) if is_reviewed.get() => Stage::Reviewing,
        (true, _) => Stage::Running,
        (false, true) => Stage::Reported,
        (false, false) => Stage::Choosing,
    });
    expect_work(true);
    on_cleanup(move || {
        expect_work(false);
        ws.clear_report();
        // Nothing comes in that was not looked at to the end.
        if ws.review().is_some() {
            ws.cancel_running();
        }
    });
    let way_on = NodeRef::<html::Button>::new();
    Effect::new(move |_| {
        // What had the focus before the report came is gone.
        if let Some(button) = way_on.get() {
            focus::give(&button);
        }
    });
    let buttons = move || {
        move || {
            (stage.get() == Stage::Reported).then(|| view! {
            <button type="button" on:click=handler(move |_| ws.clear_report())>"Import more"</button>
            <button type="button" class="primary" node_ref=way_on on:click=handler(move |_| layers.close())>"Start reading"</button>
        })
        }
    };
    view! {
        <Frame title="Import articles" footer=buttons>
            {live(move || match stage.get() {
                Stage::Choosing => view! { <Chooser /> <Paste /> }.into_any(),
                Stage::Running => view! { <Progress /> }.into_any(),
                Stage::Reviewing => ws.review().map(|review| view! { <ReviewView review /> }).into_any(),
                Stage::Reported => ws.report().map(|report| view! { <ReportView report /> }).into_any(),
            })}
        </Frame>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Choosing,
    Running,
    Reviewing,
    Reported,
}
