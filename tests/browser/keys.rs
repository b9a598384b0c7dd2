//! The keys that a person changes, by keyboard: what stands against one is said before anything changes.

use serde_json::json;

use crate::harness::{Browser, By, Page};

/// Waits until the button that marks done shows this key; none where there are own keys, as it is drawn before those are
/// known.
#[track_caller]
fn wait_done_key(page: &Page, key: &str) {
    let script = "const hint = [...document.querySelectorAll('.tagbar kbd')].at(-1);
        return hint && (hint.checkVisibility() ? hint.innerText : '') === arguments[0]";
    page.wait_with(script, &[json!(key)], &format!("{key} marks done"));
}

#[track_caller]
fn wait_focus(page: &Page, role: &str, name: &str) {
    page.find(By::role(role, name));
    let script = "return document.activeElement === __hand.find(arguments[0], arguments[1])";
    page.wait_with(script, &[json!(role), json!(name)], &format!("{name} has the keyboard"));
}

#[test]
fn a_key_is_changed_what_stands_against_it_is_said_and_it_goes_back() {
    const ROW: &str = "Mark done and open the next document";
    Browser::default().run(|page| {
        wait_done_key(page, "d");
        page.press(&["?"]);
        page.tab_to("searchbox", "Search the keys");
        page.type_words("mark done");
        page.tab_to("button", &format!("{ROW}: d. Change"));
        page.press(&["Enter"]);
        wait_focus(page, "textbox", "New key");
        page.press(&["7"]);
        page.wait_words("Digits give labels");
        page.press(&["c"]);
        page.wait_words("“c” is the key of “Claim” in this project");
        page.press(&["k"]);
        page.wait_words("The key k has another use already: previous document.");
        // Esc leaves with nothing changed.
        page.press(&["Escape"]);
        wait_focus(page, "button", &format!("{ROW}: d. Change"));
        page.press(&["Enter"]);
        wait_focus(page, "textbox", "New key");
        page.press(&["k"]);
        page.tab_to("button", "Take it from there");
        page.press(&["Enter"]);
        wait_focus(page, "button", &format!("{ROW}: k. Change"));
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        wait_done_key(page, "");
        page.go_to_text();
        // The old key does nothing: only one of the two is done.
        page.press(&["d"]);
        page.press(&["k"]);
        page.wait_words("1 of 2 done");
        page.wait_saved();
        page.reload();
        page.wait_ready();
        wait_done_key(page, "");
        page.go_to_text();
        page.press(&["?"]);
        page.tab_to("button", "All keys back to the standard");
        page.press(&["Enter"]);
        page.wait_words("All keys are the standard ones again.");
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        wait_done_key(page, "d");
    });
}
