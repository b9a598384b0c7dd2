//! Bringing articles in: dropped, chosen or pasted; then what came in and what is to be known about it.

mod chooser;
mod paste;
mod report;

use leptos::{html, prelude::*};

use self::{chooser::Chooser, paste::Paste, report::ReportView};
use super::frame::Frame;
use crate::{
    app::workspace::Workspace,
    browser::focus,
    ui::widgets::{handler, live},
    ui::{header::Progress, layers::Layers},
};

/// The dialog: a way in, then progress, then the report.
#[component]
pub(super) fn ImportDialog() -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let stage = Memo::new(move |_| match (ws.running().is_some(), ws.report().is_some()) {
        (true, _) => Stage::Running,
        (false, true) => Stage::Reported,
        (false, false) => Stage::Choosing,
    });
    on_cleanup(move || ws.clear_report());
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
                Stage::Reported => ws.report().map(|report| view! { <ReportView report /> }).into_any(),
            })}
        </Frame>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Choosing,
    Running,
    Reported,
}
