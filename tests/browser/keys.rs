//! The keys that a person changes, by keyboard: what stands against one is said before anything changes.

use serde_json::json;

use crate::harness::{Browser, By, Folder, Page};

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

#[test]
fn a_key_is_taken_from_a_label_which_gets_another_and_undo_gives_it_back() {
    const ROW: &str = "Mark done and open the next document";
    Browser::default().run(|page| {
        wait_done_key(page, "d");
        page.press(&["?"]);
        page.tab_to("searchbox", "Search the keys");
        page.type_words("mark done");
        page.tab_to("button", &format!("{ROW}: d. Change"));
        page.press(&["Enter"]);
        wait_focus(page, "textbox", "New key");
        page.press(&["c"]);
        page.wait_words("“c” is the key of “Claim” in this project.");
        page.tab_to("button", "Take it: “Claim” gets the key “l”");
        page.press(&["Enter"]);
        wait_focus(page, "button", &format!("{ROW}: c. Change"));
        page.wait_words(
            "Mark done and open the next document: c. “Claim” gets the key “l”; undo takes that back",
        );
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        wait_done_key(page, "");
        page.select_by_keys("fish hall");
        page.press(&["l"]);
        page.wait_mark("claim", "fish hall");
        page.leave_offer();
        page.press(&["Ctrl+z"]);
        page.wait_unmarked("fish hall");
        // The change of the codebook is one step of its own.
        page.press(&["Ctrl+z"]);
        page.wait_saved();
        page.select_by_keys("fish hall");
        page.press(&["c"]);
        page.wait_mark("claim", "fish hall");
    });
}

#[test]
fn labels_that_come_in_get_keys_that_do_nothing_else() {
    Browser::default().run(|page| {
        // With an own key, which no label may get.
        page.press(&["?"]);
        page.tab_to("searchbox", "Search the keys");
        page.type_words("mark done");
        page.tab_to("button", "Mark done and open the next document: d. Change");
        page.press(&["Enter"]);
        wait_focus(page, "textbox", "New key");
        page.press(&["o"]);
        page.wait_words("Mark done and open the next document: o");
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        page.create_project("Labels of others");
        let folder = Folder::new();
        let text = folder.write("rain.txt", "Ada hopes that it rains. Bo fears it.");
        let marks =
            folder.write("rain.ann", "T1\tOutlook 4 23\thopes that it rains\nT2\tEmotion 28 33\tfears\n");
        page.button("Import").click();
        page.find(By::role("file", "Choose files").within("dialog")).choose(&[text, marks]);
        page.button("Import these").click();
        page.import_report();
        page.button("Start reading").click();
        page.wait_gone("dialog[open]");
        page.wait_marks(&[("Outlook", "hopes that it rains"), ("Emotion", "fears")]);
        page.go_to_text();
        let key = |label: &str| -> String {
            let script = "return [...document.querySelectorAll('.tagbar button')]
                .find((one) => one.innerText.includes(arguments[0]))?.querySelector('kbd')?.innerText ?? ''";
            page.wait_with(
                &format!("return (() => {{ {script} }})() !== ''"),
                &[json!(label)],
                &format!("“{label}” has a key"),
            );
            page.read_with(script, &[json!(label)])
        };
        let (outlook, emotion) = (key("Outlook"), key("Emotion"));
        assert!(outlook != emotion && !outlook.starts_with(['o', 'd']), "{outlook} and {emotion}");
        page.select_by_keys("Bo");
        page.press(
            &outlook
                .chars()
                .map(String::from)
                .collect::<Vec<_>>()
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>(),
        );
        page.wait_mark("Outlook", "Bo");
    });
}
