//! A link out of the page: to the web or to a mailbox only, in a new tab that learns nothing of where it was opened.

use leptos::prelude::*;

use super::live;
use crate::app::safe_link;

/// A link to an address, with words of ours; nothing where the page may not lead there.
#[component]
pub fn Outward(
    /// The address, as it came in or was written.
    #[prop(into)]
    to: Signal<String>,
    /// What the link says.
    words: &'static str,
) -> impl IntoView {
    let allowed = Memo::new(move |_| to.with(|to| safe_link(to).map(str::to_owned)));
    live(move || {
        allowed.get().map(|address| {
            view! {
                <a class="outward" href=address target="_blank" rel="noreferrer noopener" referrerpolicy="no-referrer">
                    {words}
                </a>
            }
        })
    })
}
