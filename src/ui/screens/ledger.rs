//! The list of documents with what lies on each and how long the work on it took.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    app::{
        in_order,
        workspace::{Part, Workspace},
    },
    browser::wait,
    model::DocumentId,
    ui::{
        documents::status_name,
        widgets::{VirtualList, handler, live},
    },
};

/// The height of a row in `rem`.
const ROW: f64 = 2.75;

/// The list.
#[component]
pub(super) fn Ledger() -> impl IntoView {
    let workspace = Workspace::expect();
    let spent = RwSignal::new(BTreeMap::<DocumentId, f64>::new());
    wait::spawn(async move {
        let times = workspace.time_spent().await;
        // The screen may have been left meanwhile.
        let _shown = spent.try_set(times);
    });
    let documents = Memo::new(move |_| {
        let ids = workspace.watch(Part::Documents, |session| {
            in_order(session.state().documents()).iter().map(|document| document.id).collect::<Vec<_>>()
        });
        ids.unwrap_or_default()
    });
    view! {
        <VirtualList
            label="Documents and their figures"
            count=Signal::derive(move || documents.with(Vec::len))
            row_height=ROW
            selected=Signal::derive(|| None)
            row=move |at| view! { <Row at documents spent /> }
        />
    }
}

#[component]
fn Row(
    at: usize,
    documents: Memo<Vec<DocumentId>>,
    spent: RwSignal<BTreeMap<DocumentId, f64>>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let id = Memo::new(move |_| documents.with(|documents| documents.get(at).copied()));
    live(move || {
        let id = id.get()?;
        let (title, status, tally) = workspace
            .watch(Part::Documents, |session| {
                let document = session.state().documents().get(&id)?;
                Some((document.title.clone(), document.status, session.state().tally(id)))
            })
            .flatten()?;
        let time = spent.with(|spent| spent.get(&id).copied().unwrap_or(0.0));
        let said = [
            status_name(status).to_owned(),
            counted(tally.annotations, "annotation"),
            counted(tally.relations, "link"),
            minutes(time),
        ];
        let said = said.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
        Some(view! {
            <button class="row ledger-row" on:click=handler(move |_| workspace.open_document(id))>
                <span class="first">{title}</span>
                <span class="second">{said}</span>
            </button>
        })
    })
}

fn counted(count: u32, what: &str) -> String {
    match count {
        0 => String::new(),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// A time as people read it; nothing for less than some seconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a time is not below 0, nor that long"
)]
fn minutes(milliseconds: f64) -> String {
    let seconds = (milliseconds / 1_000.0) as u64;
    match seconds {
        0..5 => String::new(),
        5..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}
