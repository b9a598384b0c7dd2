//! Parts of the program that come after the page: what happens when they do not.

use serde_json::json;

use crate::harness::Browser;

#[test]
fn what_is_done_before_the_rest_could_be_loaded_is_carried_out_once_it_is_there() {
    Browser::default().run(|page| {
        page.devtools("Network.enable", json!({}));
        page.devtools("Network.setBlockedURLs", json!({ "urls": ["*-panels.wasm", "*-dialogs.wasm"] }));
        page.reload();
        page.wait_words("A part of Rubricator could not be loaded. Your work is safe");

        // The text can be read and tagged; whom a name means has to wait.
        page.drag_over("a third of the cars");
        page.press(&["x"]);
        page.wait_mark("criticism", "a third of the cars");
        page.press(&["Escape", "Escape"]);
        page.drag_over("Rope Street");
        page.press(&["a"]);
        assert!(!page.marks().iter().any(|(_, words)| words == "Rope Street"));

        page.devtools("Network.setBlockedURLs", json!({ "urls": [] }));
        page.button("Try again").click();
        page.wait_mark("actor", "Rope Street");
        page.wait_there("[data-annotation-card]");
        page.button("Help").click();
        page.wait_there("dialog[open]");
        page.expect_problems("Failed to");
    });
}
