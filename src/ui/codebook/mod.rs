//! The screen of the codebook: its entries in a list, and beside it the one in hand. Every field is saved when it is
//! left, and each change is one undo, with all that was annotated.

mod adding;
mod attribute;
mod changing;
mod choice;
mod choices;
mod clearing;
mod colour_field;
mod deleting;
mod entry;
mod export;
mod fields;
mod foreseen;
mod guide;
mod guidelines;
mod keys;
mod label;
mod list;
mod merging;
mod overview;
mod page;
mod passages;
mod relation;
mod review;
mod state;
mod taking_in;

use leptos::{html, prelude::*};

pub use self::guide::Guide;
use self::{
    adding::Adding,
    attribute::AttributePanel,
    clearing::Clearing,
    deleting::Deleting,
    export::Exporting,
    guidelines::GuidelinesPanel,
    label::LabelPanel,
    list::EntryList,
    merging::Merging,
    overview::Overview,
    relation::RelationPanel,
    review::ReviewPanel,
    state::{Asked, Desk, Shown},
    taking_in::TakingIn,
};
use crate::{
    browser::focus,
    ui::widgets::{handler, live, live_value},
};

/// The screen.
#[component]
pub fn CodebookScreen() -> impl IntoView {
    let desk = Desk::new();
    let shown = Memo::new(move |_| desk.present(desk.shown.get()));
    let node = NodeRef::<html::Div>::new();
    // Its keys are heard where the keyboard is.
    node.on_load(|element| focus::give_unless_within(element.into(), ".codebook"));
    view! {
        <div
            class="codebook"
            tabindex="-1"
            node_ref=node
            data-side=live_value(move || (shown.get() != Shown::Overview).then_some("open"))
            on:keydown=handler(move |event| keys::take(&event, desk))
        >
            <EntryList desk />
            {live(move || panel(desk, shown.get()))}
            {live(move || desk.asked.get().map(|asked| dialog(desk, asked)))}
        </div>
    }
}

/// What stands beside the list.
fn panel(desk: Desk, shown: Shown) -> AnyView {
    match shown {
        Shown::Overview => view! { <Overview desk /> }.into_any(),
        Shown::New(entry) => view! { <Adding desk entry /> }.into_any(),
        Shown::Label(key) => view! { <LabelPanel desk key /> }.into_any(),
        Shown::Relation(key) => view! { <RelationPanel desk key /> }.into_any(),
        Shown::Attribute(of) => view! { <AttributePanel desk of /> }.into_any(),
        Shown::Guidelines => view! { <GuidelinesPanel desk /> }.into_any(),
        Shown::Review => view! { <ReviewPanel desk /> }.into_any(),
    }
}

/// What is asked before it is done.
fn dialog(desk: Desk, asked: Asked) -> AnyView {
    match asked {
        Asked::Delete(what) => view! { <Deleting desk what /> }.into_any(),
        Asked::Merge(what) => view! { <Merging desk what /> }.into_any(),
        Asked::Clear(revision, count) => view! { <Clearing desk revision count /> }.into_any(),
        Asked::TakeIn(file) => view! { <TakingIn desk file /> }.into_any(),
        Asked::Export => view! { <Exporting desk /> }.into_any(),
    }
}
