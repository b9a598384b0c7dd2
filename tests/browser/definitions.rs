//! What the codebook defines, by keyboard: link types, attributes of every kind, colours that can be seen; and that what
//! breaks its rules is listed, not blocked.

use serde_json::json;

use crate::harness::{Browser, By, Page};

fn open_codebook(page: &Page) {
    page.go_to_text();
    page.press(&["g", "c"]);
    page.wait_there(".screen[data-screen=codebook] .codebook-list");
}

/// Takes an entry in hand, as a person who has found it would.
fn take_in_hand(page: &Page, name: &str) {
    let script = "const entry = [...document.querySelectorAll('nav .entry')]
            .find((one) => one.querySelector('.name').innerText === arguments[0]);
        if (entry && document.activeElement === entry) return true;
        entry?.focus(); return false";
    page.wait_with(script, &[json!(name)], &format!("“{name}” has the keyboard"));
    page.press(&["Enter"]);
    page.wait("return document.activeElement.matches('.codebook-side [data-first]')", "it is in hand");
}

/// Makes an attribute that is asked of claims, with its choices where it has such; then it is in hand.
fn make_attribute(page: &Page, name: &str, kind: &str, choices: &[&str]) {
    const KINDS: [&str; 5] = ["one of several", "any of several", "yes or no", "a number", "text"];
    page.tab_to("button", "New attribute");
    page.press(&["Enter"]);
    page.find(By::role("heading", "New attribute"));
    page.type_words(name);
    page.tab_to("radio", KINDS[0]);
    let steps = KINDS.iter().position(|one| *one == kind).unwrap();
    page.press(&vec!["ArrowRight"; steps]);
    for (at, choice) in choices.iter().enumerate() {
        match at {
            0 => page.tab_to("textbox", "Choices, one a line"),
            _ => page.press(&["Enter"]),
        }
        page.type_words(choice);
    }
    page.tab_to("button", "Claim");
    page.press(&["Enter"]);
    page.tab_to("button", "Add");
    page.press(&["Enter"]);
    // What reaches into documents takes its time.
    page.find(By::role("heading", name));
    wait_picked(page, "Asked of", &["Claim"]);
}

/// Waits until an entry in hand shows that these are picked in a group.
fn wait_picked(page: &Page, group: &str, expected: &[&str]) {
    let script = "const group = __hand.find('group', arguments[0]);
        const picked = [...(group?.querySelectorAll('button[aria-pressed=true]') ?? [])].map((one) => one.innerText.trim());
        return JSON.stringify(picked) === JSON.stringify(arguments[1])";
    page.wait_with(script, &[json!(group), json!(expected)], &format!("“{group}” are {expected:?}"));
}

#[test]
fn a_link_type_and_attributes_are_made_by_keyboard_and_what_lacks_them_is_listed() {
    Browser::default().run(|page| {
        open_codebook(page);
        page.tab_to("button", "New link");
        page.press(&["Enter"]);
        page.find(By::role("heading", "New link"));
        page.type_words("answers");
        page.tab_to("button", "Claim");
        page.press(&["Enter"]);
        page.tab_to("button", "Add");
        page.press(&["Enter"]);
        page.find(By::role("heading", "answers"));
        wait_picked(page, "Starts from", &["Claim"]);
        page.press(&["Escape"]);
        for (name, kind) in [("Unsure", "yes or no"), ("Page", "a number"), ("Remark", "text")] {
            make_attribute(page, name, kind, &[]);
            page.press(&["Escape"]);
        }
        take_in_hand(page, "Page");
        page.tab_to("checkbox", "Required: what has no value is open");
        page.press(&[" "]);
        page.wait_saved();
        page.press(&["Escape", "Escape"]);
        page.press(&["g", "p"]);
        page.wait_there("[data-screen=progress]");
        page.wait_words("“Page” is missing");
        page.press(&["Escape"]);
        page.wait_gone(".screen");
    });
}

#[test]
fn attributes_with_choices_are_made_by_keyboard_and_asked_of_what_they_were_made_for() {
    Browser::default().run(|page| {
        open_codebook(page);
        for (name, kind, choices) in
            [("Tone", "one of several", ["warm", "cold"]), ("Topics", "any of several", ["money", "traffic"])]
        {
            make_attribute(page, name, kind, &choices);
            for choice in choices {
                page.find(By::role("button", choice));
            }
            page.wait_saved();
            page.press(&["Escape"]);
        }
        page.press(&["Escape"]);
        page.wait_gone(".screen");
        page.go_to_text();
        page.select_by_keys("fish hall");
        page.press(&["c"]);
        page.leave_offer();
        page.tab_to("radio", "warm");
        page.press(&["Space"]);
        page.tab_to("button", "traffic");
        page.press(&["Enter"]);
        page.wait_saved();
        let dataset = page.dataset();
        let mut spans = dataset.documents.iter().flat_map(|one| one["spans"].as_array().unwrap());
        let span = spans.find(|span| span["text"] == "fish hall").unwrap();
        assert_eq!(
            (&span["attributes"]["tone"], &span["attributes"]["topics"]),
            (&json!("warm"), &json!(["traffic"]))
        );
    });
}

#[test]
fn two_changes_right_after_each_other_are_both_made() {
    Browser::default().run(|page| {
        open_codebook(page);
        take_in_hand(page, "Stance");
        wait_picked(page, "Asked of", &["Claim", "Criticism"]);
        // In one task, before the documents can have been looked at for the first of them.
        let () = page.read(
            "const button = (name) => [...document.querySelectorAll('.codebook-side .choices button, .codebook-side [role=group] button')]
                .find((one) => one.innerText.trim() === name);
             button('Actor').click();
             const required = [...document.querySelectorAll('.codebook-side label.check')]
                .find((one) => one.innerText.includes('Required')).querySelector('input');
             required.click();
             const name = document.querySelector('.codebook-side [data-first]');
             name.value = 'Attitude'; name.dispatchEvent(new Event('input', { bubbles: true }));
             name.dispatchEvent(new Event('change', { bubbles: true }));",
        );
        page.find(By::role("heading", "Attitude"));
        wait_picked(page, "Asked of", &["Actor", "Claim", "Criticism"]);
        page.wait(
            "return [...document.querySelectorAll('.codebook-side label.check')]
                .find((one) => one.innerText.includes('Required')).querySelector('input').checked",
            "it is required",
        );
        page.wait_saved();
        // Three steps of undo.
        page.press(&["Escape", "Ctrl+z", "Ctrl+z", "Ctrl+z"]);
        take_in_hand(page, "Stance");
        wait_picked(page, "Asked of", &["Claim", "Criticism"]);
    });
}

#[test]
fn a_colour_that_is_hard_to_see_is_said_with_a_better_one() {
    Browser::default().run(|page| {
        open_codebook(page);
        take_in_hand(page, "Claim");
        page.tab_to("textbox", "Colour as #rrggbb");
        page.press(&["Ctrl+a"]);
        page.type_words("#ffff00");
        page.press(&["Tab"]);
        page.wait_words("Hard to see: ");
        let name: String = page.read(
            "return [...document.querySelectorAll('.codebook-side .warning button')].map((one) => one.innerText.trim())[0]",
        );
        page.tab_to("button", &name);
        page.press(&["Enter"]);
        page.wait_gone(".codebook-side .warning");
        // What is no colour is refused, and nothing changes.
        page.tab_to("textbox", "Colour as #rrggbb");
        page.press(&["Ctrl+a"]);
        page.type_words("green");
        page.press(&["Tab"]);
        let kept = name.replace("Take ", "").replace(" instead", "");
        page.wait_with(
            "return document.querySelector('.codebook-side [aria-label=\"Colour as #rrggbb\"]').value === arguments[0]",
            &[json!(kept)],
            "the colour stays",
        );
    });
}

#[test]
fn where_a_label_may_lie_is_checked_where_it_is_broken() {
    Browser::default().run(|page| {
        open_codebook(page);
        take_in_hand(page, "Actor");
        // Actors may lie inside criticisms only; those outside any label are as they should be.
        page.tab_to("button", "Criticism");
        page.press(&["Enter"]);
        wait_picked(page, "May lie inside", &["Criticism"]);
        page.wait_saved();
        page.press(&["Escape", "Escape"]);
        page.wait_gone(".screen");
        page.select_by_keys("the harbour back into the city");
        page.press(&["a"]);
        page.leave_offer();
        page.wait_mark("actor", "the harbour back into the city");
        page.wait_saved();
        page.press(&["g", "p"]);
        page.wait_there("[data-screen=progress]");
        page.wait_words("it lies in “Claim”, where it may not lie");
        page.press(&["Escape"]);
    });
}
