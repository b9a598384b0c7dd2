//! The codebook as a file: in which format, and what that cannot hold.

use leptos::prelude::*;

use super::state::Desk;
use crate::{
    format::codebook::CodebookFormat,
    ui::{
        header::Announcer,
        widgets::{Modal, handler, live},
    },
};

/// The dialog.
#[component]
pub fn Exporting(desk: Desk) -> impl IntoView {
    let format = RwSignal::new(CodebookFormat::Own);
    let close = move || desk.asked.set(None);
    let save = move |_| {
        close();
        desk.workspace.take_codebook_home(format.get_untracked());
    };
    let losses = move || {
        let losses = desk.workspace.codebook_losses(format.get());
        if losses.is_empty() {
            return view! { <p class="soft">"The file holds all of the codebook."</p> }.into_any();
        }
        let lines = losses.into_iter().map(|(what, count)| view! { <li>{format!("{what}: {count}")}</li> });
        view! {
            <div class="losses">
                <p>"This format cannot hold, and leaves out:"</p>
                <ul>{lines.collect_view()}</ul>
            </div>
        }
        .into_any()
    };
    view! {
        <Modal
            title="Save the codebook"
            on_close=move |()| close()
            footer=move || view! {
                <button type="button" on:click=handler(move |_| close())>"Cancel"</button>
                <button type="button" class="primary" on:click=handler(save)>"Save"</button>
            }
        >
            <fieldset class="radios">
                <legend>"Format"</legend>
                {CodebookFormat::ALL.map(|one| view! {
                    <label>
                        <input
                            type="radio"
                            name="codebook-format"
                            checked=one == CodebookFormat::Own
                            autofocus=one == CodebookFormat::Own
                            on:change=handler(move |_| format.set(one))
                        />
                        {one.title()}
                    </label>
                }).collect_view()}
            </fieldset>
            {live(losses)}
            <Announcer />
        </Modal>
    }
}
