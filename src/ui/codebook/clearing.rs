//! Before values are cleared for a change of an attribute.

use leptos::prelude::*;

use super::{
    foreseen::Foresight,
    state::{Desk, counted},
};
use crate::{
    model::Revision,
    ui::{
        header::Announcer,
        widgets::{Modal, handler},
    },
};

/// The dialog.
#[component]
pub fn Clearing(desk: Desk, revision: Revision, count: usize) -> impl IntoView {
    let close = move || desk.asked.set(None);
    let done = revision.clone();
    let clear = Callback::new(move |()| {
        close();
        desk.revise(done.clone());
    });
    let said =
        format!("{} would not fit any more.", counted(count, "value that is given", "values that are given"));
    view! {
        <Modal
            title="Clear what no longer fits?"
            on_close=move |()| close()
            footer=move || view! {
                <button type="button" autofocus on:click=handler(move |_| close())>"Leave it as it is"</button>
                <button type="button" class="danger" on:click=handler(move |_| clear.run(()))>"Clear and change"</button>
            }
        >
            <p>{said}</p>
            <Foresight desk revision=Signal::stored(Some(revision)) />
            <Announcer />
        </Modal>
    }
}
