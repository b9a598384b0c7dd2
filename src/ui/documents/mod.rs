//! The panel on the left: all documents of the project, how far the work on them is, and which is open.

mod arrange;
mod chips;
mod filter;
mod filter_field;
mod foot;
mod row;
mod row_tools;
mod several_bar;
mod wording;

use std::sync::Arc;

use leptos::{ev, prelude::*};

pub use self::wording::status_name;
use self::{
    arrange::{Arrange, Arranged},
    chips::Chips,
    filter::{Listed, Shown, listed, shown},
    filter_field::FilterField,
    foot::Foot,
    row::DocumentRow,
    several_bar::SeveralBar,
};
use super::{
    layers::{Dialog, Layers},
    widgets::{Several, VirtualList, When, handler, live, live_value},
};
use crate::app::workspace::{Part, Workspace};

/// The height of a row in `rem`: two lines, and enough for a finger.
const ROW: f64 = 3.375;

/// The panel.
#[component]
pub fn Documents() -> impl IntoView {
    let ws = Workspace::expect();
    let status = RwSignal::new(None);
    let words = RwSignal::new(String::new());
    let layers = Layers::expect();
    let arranged = Arranged::new(ws);
    let all = Memo::new(move |_| {
        let ids = arranged.ids.get();
        Arc::new(ws.watch(Part::Documents, |session| listed(session, &ids)).unwrap_or_default())
    });
    let rows = Memo::new(move |_| {
        let wanted = Shown { status: status.get(), words: words.get() };
        Arc::new(shown(ws, &all.get(), &wanted))
    });
    let open = Memo::new(move |_| {
        ws.watch(Part::Focus, |session| session.open().map(|open| open.document)).flatten()
    });
    let current = Memo::new(move |_| rows.with(|rows| rows.iter().position(|row| Some(*row) == open.get())));
    let count = Memo::new(move |_| rows.with(|rows| rows.len()));
    let several = Several::new(Memo::new(move |_| rows.with(|rows| rows.to_vec())));
    view! {
            <Head all />
            <div class="panel-tools">
                <FilterField words first=Signal::derive(move || rows.with(|rows| rows.first().copied())) />
                <Chips all status />
                <Arrange arranged />
            </div>
            <Note all=Signal::derive(move || all.with(|all| all.len())) shown=count />
            <When holds=Signal::derive(move || several.is_on())>
                <SeveralBar several />
            </When>
            <div
                class="document-list"
                data-several=live_value(move || several.is_on().then_some("on"))
                on:keydown:capture=handler(move |event: ev::KeyboardEvent| several_bar::on_key(several, layers, &event))
            >
                <VirtualList
                    label="Documents"
                    count
                    row_height=ROW
                    selected=current
                    narrowed_by=Signal::derive(move || format!("{:?} {} {}", status.get(), words.get(), arranged.named()))
                    row=move |index| {
                        let document = Signal::derive(move || rows.with(|rows| rows.get(index).copied()));
                        let reached = Signal::derive(move || current.get().unwrap_or(0) == index);
                        view! { <DocumentRow at=index document open reached several /> }
                    }
                />
            </div>
            <Foot
                all
                rows
                several
                filtered=Signal::derive(move || {
                    status.get().is_some() || !words.get().trim().is_empty() || arranged.is_narrowed()
                })
            />
    }
}

/// The project's name and how much of it is done.
#[component]
fn Head(all: Memo<Arc<Vec<Listed>>>) -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let project =
        Memo::new(move |_| ws.watch(Part::Project, |session| session.state().project().name.clone()));
    view! {
        <div class="panel-head">
            <h2>
                <button type="button" class="quiet" title="Projects" on:click=handler(move |_| layers.open(Dialog::Projects))>
                    {project}
                </button>
            </h2>
            <span class="count">{live(move || all.with(|all| wording::done_of(all)))}</span>
        </div>
    }
}

/// What to say when no row can be shown.
#[component]
fn Note(#[prop(into)] all: Signal<usize>, #[prop(into)] shown: Signal<usize>) -> impl IntoView {
    let words = move || match (all.get(), shown.get()) {
        (0, _) => Some("No documents yet. Import some, or drop files anywhere on this page."),
        (_, 0) => Some("No document fits the filter."),
        _ => None,
    };
    view! { {live(move || words().map(|words| view! { <p class="panel-note" role="status">{words}</p> }))} }
}
