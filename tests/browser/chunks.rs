//! Parts of the program that come after the page: what happens when they do not.

use serde_json::json;

use crate::harness::{Browser, Page};

fn block(page: &Page, files: &[&str]) {
    page.devtools("Network.enable", json!({}));
    page.devtools("Network.setBlockedURLs", json!({ "urls": files }));
}

#[test]
fn without_the_panels_a_text_can_be_read_and_tagged() {
    Browser::default().run(|page| {
        block(page, &["*-panels.wasm", "*-dialogs.wasm"]);
        page.reload();
        page.wait_words("A part of Rubricator could not be loaded. Your work is safe");
        page.drag_over("a third of the cars");
        page.press(&["x"]);
        page.wait_mark("criticism", "a third of the cars");
        page.press(&["Escape", "Escape"]);
        page.drag_over("Rope Street");
        page.press(&["a"]);
        page.wait_mark("actor", "Rope Street");

        block(page, &[]);
        page.button("Try again").click();
        page.wait_there("[data-annotation-card]");
        page.button("Help").click();
        page.wait_there("dialog[open]");
        page.expect_problems("Failed to");
    });
}

#[test]
fn what_is_wanted_before_anything_can_act_is_carried_out_once_it_can() {
    Browser::default().run(|page| {
        block(page, &["*-hands.wasm"]);
        page.begin_reload();
        page.wait_words("A part of Rubricator could not be loaded. Your work is safe");
        page.wait_there("mark");
        assert!(!page.is_ready(), "nobody listens yet");
        page.button("Actor").click();

        block(page, &[]);
        page.button("Try again").click();
        page.wait("return document.querySelector('[data-surface][data-ready]')", "the page answers");
        page.wait_there(".tagbar [aria-pressed=true]");
        page.sweep("Rope Street");
        page.wait_mark("actor", "Rope Street");
        page.expect_problems("Failed to");
    });
}
