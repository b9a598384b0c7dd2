//! The history of a document: read, and gone back to.

use crate::harness::{Browser, By};

#[test]
fn a_document_goes_back_to_an_earlier_moment_and_undo_takes_that_back() {
    Browser::default().run(|page| {
        page.begin_article("Past", "Ada Bell said that the bridge is safe. Bo Carr laughed.");
        for (passage, key, label) in [("Ada Bell", "a", "actor"), ("the bridge is safe", "c", "claim")] {
            page.drag_over(passage);
            page.press(&[key]);
            page.wait_mark(label, passage);
            page.leave_offer();
            page.press(&["Escape", "Escape"]);
        }
        page.button("About this document").click();
        page.find(By::role("button", "History").within("dialog")).click();
        page.wait_rows("History", 3);
        let deeds = page.list("History");
        assert!(deeds[0].contains("label a passage") && deeds[2].contains("import documents"), "{deeds:?}");
        // The second row is the first label.
        let () = page.read("document.querySelectorAll('.past li button')[1].click()");
        page.wait_gone("dialog[open]");
        page.wait_marks(&[("actor", "Ada Bell")]);
        page.wait_saved();
        page.press(&["Ctrl+z"]);
        page.wait_marks(&[("actor", "Ada Bell"), ("claim", "the bridge is safe")]);
        page.wait_saved();
        page.press(&["Ctrl+Shift+s"]);
        assert!(page.downloaded().to_string_lossy().ends_with(".rubricator.zip"));
    });
}
