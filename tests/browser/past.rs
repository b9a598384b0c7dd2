//! The history of a document: read, and gone back to.

use serde_json::Value;

use crate::harness::{Browser, By, Page};

/// Labels passages with the keys of their labels.
fn mark(page: &Page, passages: &[(&str, &str, &str)]) {
    for (passage, key, label) in passages {
        page.drag_over(passage);
        page.press(&[key]);
        page.wait_mark(label, passage);
        page.leave_offer();
        page.press(&["Escape", "Escape"]);
    }
}

#[test]
fn a_document_goes_back_to_an_earlier_moment_and_undo_takes_that_back() {
    Browser::default().run(|page| {
        page.begin_article("Past", "Ada Bell said that the bridge is safe. Bo Carr laughed.");
        mark(page, &[("Ada Bell", "a", "actor"), ("the bridge is safe", "c", "claim")]);
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

/// Also in another tab, and after a reload.
#[test]
fn a_text_is_replaced_by_keyboard_and_what_lies_on_it_goes_along() {
    Browser::default().run(|page| {
        page.begin_article("Again", "Ada Bell said that the bridge is safe. Bo Carr laughed.");
        mark(page, &[("the bridge is safe", "c", "claim"), ("Bo Carr", "a", "actor")]);
        page.wait_saved();
        let here = page.tab();
        let address: String = page.read("return location.href");
        let other = page.open_tab();
        page.switch_to(&other);
        page.go(&address);
        page.wait_ready();
        page.wait_marks(&[("claim", "the bridge is safe"), ("actor", "Bo Carr")]);
        page.switch_to(&here);

        page.tab_to("button", "About this document");
        page.press(&["Enter"]);
        page.tab_to("button", "Replace the text…");
        page.press(&["Enter"]);
        page.field("Text").rewrite("Yesterday 🌉 Ada Bell said that the bridge is safe. Everybody laughed.");
        page.tab_to("button", "See what moves");
        page.press(&["Enter"]);
        page.wait_words("1 annotation keeps its words.");
        page.wait_words("actor: “Bo Carr”");
        page.tab_to("button", "Replace the text");
        page.press(&["Enter"]);
        page.wait_gone("dialog[open]");
        page.wait_marks(&[("claim", "the bridge is safe")]);
        assert!(page.text().starts_with("Yesterday 🌉 Ada Bell"), "{}", page.text());
        page.wait_saved();

        page.switch_to(&other);
        page.wait_marks(&[("claim", "the bridge is safe")]);
        assert!(page.text().starts_with("Yesterday"), "{}", page.text());
        page.drag_over("Ada Bell");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada Bell");
        page.leave_offer();
        page.wait_saved();
        page.switch_to(&here);
        page.wait_mark("actor", "Ada Bell");

        // What another tab has built upon is not taken from under it.
        page.press(&["Escape", "Escape", "Ctrl+z"]);
        page.wait_words("it was changed in another tab since");
        page.wait_marks(&[("actor", "Ada Bell"), ("claim", "the bridge is safe")]);
        page.reload();
        page.wait_marks(&[("actor", "Ada Bell"), ("claim", "the bridge is safe")]);
        let spans = page.dataset();
        assert_eq!(spans.span("claim", "the bridge is safe")["start"], Value::from(31));
    });
}

#[test]
fn undo_brings_the_text_back_that_was_replaced_also_after_a_reload() {
    Browser::default().run(|page| {
        page.begin_article("Back", "Ada Bell said that the bridge is safe. Bo Carr laughed.");
        mark(page, &[("Bo Carr", "a", "actor")]);
        page.wait_saved();
        page.button("About this document").click();
        page.button("Replace the text…").click();
        page.field("Text").rewrite("Nobody laughed.");
        page.button("See what moves").click();
        page.wait_words("actor: “Bo Carr”");
        page.button("Replace the text").click();
        page.wait_marks(&[]);
        page.wait_saved();
        page.reload();
        page.wait(
            "return document.querySelector('[data-surface]').innerText.includes('Nobody laughed')",
            "the new text",
        );
        page.go_to_text();
        page.press(&["Ctrl+z"]);
        page.wait_marks(&[("actor", "Bo Carr")]);
        assert!(page.text().contains("the bridge is safe"), "{}", page.text());
    });
}
