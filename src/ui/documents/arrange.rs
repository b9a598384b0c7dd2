//! In which order the documents are listed, and with which tag. The next document is the next of the list.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    app::{
        DocumentSort, all_tags, listed_documents, order_print,
        workspace::{Part, Workspace},
    },
    browser::preferences,
    model::DocumentId,
    ui::widgets::{When, handler, live, live_value},
};

/// The preference that keeps the order.
const ORDER: &str = "documents_order";

/// How the documents are arranged.
#[derive(Clone, Copy)]
pub(super) struct Arranged {
    by: RwSignal<DocumentSort>,
    reversed: RwSignal<bool>,
    tag: RwSignal<Option<String>>,
    tags: Memo<Vec<(String, usize)>>,
    /// The documents in that order.
    pub(super) ids: Memo<Arc<Vec<DocumentId>>>,
}

impl Arranged {
    /// As it was left in this browser; without a tag.
    pub(super) fn new(ws: Workspace) -> Self {
        let kept = preferences::get(ORDER).ok().flatten().unwrap_or_default();
        let (name, way) = kept.split_once(' ').unwrap_or((&kept, ""));
        let by = RwSignal::new(DocumentSort::from_name(name).unwrap_or_default());
        let reversed = RwSignal::new(way == "reversed");
        let tag = RwSignal::new(None::<String>);
        // What is sorted changes seldom beside what is annotated.
        let print = Memo::new(move |_| {
            let by = by.get();
            ws.watch(Part::Documents, |session| order_print(session.state().documents(), by))
        });
        let tags = Memo::new(move |_| {
            // Read, not only tracked: a memo that nobody reads hears of nothing.
            let _print = print.get();
            ws.read(|session| all_tags(session.state().documents())).unwrap_or_default()
        });
        // A tag that no document has any more narrows nothing.
        let in_force = Memo::new(move |_| {
            tag.get().filter(|tag| tags.with(|tags| tags.iter().any(|(name, _)| name == tag)))
        });
        let ids = Memo::new(move |_| {
            let _print = print.get();
            let (by, reversed, tag) = (by.get(), reversed.get(), in_force.get());
            let ids = ws
                .read(|session| listed_documents(session.state().documents(), by, reversed, tag.as_deref()));
            Arc::new(ids.unwrap_or_default())
        });
        Effect::new(move |_| {
            ws.track(Part::Documents);
            ws.track(Part::Project);
            let is_plain =
                by.get() == DocumentSort::Work && !reversed.get() && in_force.with(Option::is_none);
            ws.set_order((!is_plain).then(|| ids.get()));
        });
        Self { by, reversed, tag, tags, ids }
    }

    /// Whether a tag narrows the list.
    pub(super) fn is_narrowed(self) -> bool {
        self.tag.with(Option::is_some)
    }

    /// The arrangement in a word, which differs where it does.
    pub(super) fn named(self) -> String {
        format!("{:?} {} {:?}", self.by.get(), self.reversed.get(), self.tag.get())
    }

    fn keep(self) {
        let way = if self.reversed.get_untracked() { " reversed" } else { "" };
        // If it cannot be kept, the next start shows the order of work.
        let _kept = preferences::set(ORDER, &format!("{}{way}", self.by.get_untracked().name()));
    }
}

/// The two choices.
#[component]
pub(super) fn Arrange(arranged: Arranged) -> impl IntoView {
    let sort = move |event| {
        arranged.by.set(DocumentSort::from_name(&event_target_value(&event)).unwrap_or_default());
        arranged.keep();
    };
    let turn = move |_| {
        arranged.reversed.update(|reversed| *reversed = !*reversed);
        arranged.keep();
    };
    let narrow = move |event| {
        let tag = event_target_value(&event);
        arranged.tag.set((!tag.is_empty()).then_some(tag));
    };
    let sort_option = move |by: DocumentSort| {
        let selected = arranged.by.get_untracked() == by;
        view! { <option value=by.name() selected=selected>{words(by)}</option> }
    };
    let tag_option = move |(tag, count): (String, usize)| {
        let shown = format!("{tag} ({count})");
        // The field has its value before it has its options.
        let selected = arranged.tag.with_untracked(|wanted| wanted.as_ref() == Some(&tag));
        view! { <option value=tag selected=selected>{shown}</option> }
    };
    view! {
        <div class="arrange">
            <select
                aria-label="Order of the documents"
                prop:value=live_value(move || arranged.by.get().name())
                on:change=handler(sort)
            >
                {DocumentSort::ALL.map(sort_option).collect_view()}
            </select>
            <button
                type="button"
                class="quiet icon"
                aria-label="Reverse the order"
                title="Reverse the order"
                aria-pressed=live_value(move || arranged.reversed.get().to_string())
                on:click=handler(turn)
            >
                {live(move || if arranged.reversed.get() { "↑" } else { "↓" })}
            </button>
            <When holds=Signal::derive(move || !arranged.tags.with(Vec::is_empty))>
                <select
                    aria-label="Tag of the documents"
                    prop:value=live_value(move || arranged.tag.get().unwrap_or_default())
                    on:change=handler(narrow)
                >
                    <option value="">"All tags"</option>
                    {live(move || arranged.tags.get().into_iter().map(tag_option).collect_view())}
                </select>
            </When>
        </div>
    }
}

const fn words(by: DocumentSort) -> &'static str {
    match by {
        DocumentSort::Work => "Order of work",
        DocumentSort::Title => "By title",
        DocumentSort::Date => "By date",
        DocumentSort::Status => "By state",
        DocumentSort::Tag => "By tag",
    }
}
