//! Files: dropped onto the field or chosen from the disk; folders too, where the browser hands them over.

use leptos::{ev, prelude::*};

use crate::{
    app::workspace::{Source, Workspace},
    browser::{files, wait},
    ui::widgets::{Glyph, Icon, handler},
};

/// A place to drop files, and a button to choose them.
#[component]
pub(super) fn Chooser() -> impl IntoView {
    let ws = Workspace::expect();
    let over = RwSignal::new(false);
    let on_drop = move |event: ev::DragEvent| {
        // The page takes drops too; this one is taken.
        event.stop_propagation();
        over.set(false);
        take(ws, files::of_drop(&event));
    };
    view! {
        <div
            class="dropzone"
            class:over=over
            on:dragover=handler(move |event: leptos::ev::DragEvent| {
                event.prevent_default();
                over.set(true);
            })
            on:dragleave=handler(move |_| over.set(false))
            on:drop=handler(on_drop)
        >
            <Icon name=Glyph::Import />
            <p>"Drop files or folders here"</p>
            <label class="file-button">
                "Choose files"
                <input
                    type="file"
                    autofocus
                    class="visually-hidden"
                    multiple
                    on:change=handler(move |event| {
                        let picked = files::of_input(&event);
                        if !picked.is_empty() {
                            ws.import(picked.into_iter().map(Source::File).collect());
                        }
                    })
                />
            </label>
            <p class="soft">"Plain text, Markdown, web pages and Word documents (one article a file), tables, datasets of this and of other tools, also as folders or zips, and project backups, which open as projects of their own. What a file is shows from what it holds. The files stay on this device."</p>
        </div>
    }
}

/// Imports what was dropped: files, or a stretch of text.
fn take(ws: Workspace, dropped: files::Dropped) {
    if let Some(text) = dropped.text.clone() {
        ws.import(vec![Source::Text { title: String::new(), text, html: dropped.html.clone() }]);
        return;
    }
    wait::spawn(async move {
        match dropped.files().await {
            Ok(files) if files.is_empty() => ws.refuse(&"nothing that can be read was dropped"),
            Ok(files) => ws.import(files.into_iter().map(Source::File).collect()),
            Err(error) => ws.refuse(&error),
        }
    });
}
