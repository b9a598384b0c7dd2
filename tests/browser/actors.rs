//! Actors by keyboard: made while one types, repeated, meant by a pronoun; the registry sorted and filtered; other names;
//! deleted with a choice for the mentions.

use serde_json::json;

use super::registry::begin;
use crate::harness::{Browser, By, Page};

/// Waits until the list shows these actors, each with its mentions.
fn wait_actors(page: &Page, expected: &[&str]) {
    let script = "const rows = [...document.querySelectorAll('.actor-row')]
            .map((row) => [row.querySelector('.first'), row.querySelector('.number')].map((one) => one.innerText).join(' '));
        return JSON.stringify(rows) === JSON.stringify(arguments[0]) || (window.__rows = rows, false)";
    page.wait_with(script, &[json!(expected)], &format!("the actors are {expected:?}"));
}

#[test]
fn a_pronoun_joins_its_actor_in_a_key_and_the_last_label_is_repeated() {
    Browser::default().run(|page| {
        page.begin_article("Pronouns", "Rain\n\nBo Carr and Ada Bell met. She said that it rains. He left.");
        page.go_to_text();
        page.select_by_keys("Bo Carr");
        page.press(&["a"]);
        page.wait_mark("actor", "Bo Carr");
        page.leave_offer();
        page.select_by_keys("Ada Bell");
        page.press(&["."]);
        page.wait_mark("actor", "Ada Bell");
        page.leave_offer();
        // The nearest earlier actor comes first.
        page.select_by_keys("She");
        page.press(&["a"]);
        page.wait_mark("actor", "She");
        page.wait_there("[data-offer] li");
        page.press(&["1"]);
        page.leave_offer();
        page.select_by_keys("He");
        page.press(&["a"]);
        page.wait_mark("actor", "He");
        page.pick("Bo Carr");
        page.leave_offer();
        page.wait_saved();
        let home = page.dataset();
        let actor = |words: &str| home.span("actor", words)["actor"].clone();
        assert_eq!(actor("She"), actor("Ada Bell"));
        assert_eq!(actor("He"), actor("Bo Carr"));
        assert_ne!(actor("He"), actor("She"));
    });
}

#[test]
fn the_registry_is_sorted_and_filtered_and_actors_get_further_names_by_keyboard() {
    Browser::default().run(|page| {
        begin(page);
        wait_actors(page, &["Maren Holt 1", "Special Envoy Witkoff 1", "Steve Witkoff 2"]);
        page.tab_to("button", "Mentions");
        page.press(&["Enter"]);
        wait_actors(page, &["Steve Witkoff 2", "Maren Holt 1", "Special Envoy Witkoff 1"]);
        page.press(&["n"]);
        page.wait("return document.activeElement.matches('.registry-side input')", "a name is asked for");
        page.type_words("Harbour Board");
        page.press(&["Enter"]);
        page.find(By::role("heading", "Harbour Board"));
        page.tab_to("radio", "Person");
        page.press(&["ArrowRight"]);
        page.tab_to("textbox", "Other names");
        page.type_words("the board");
        page.press(&["Enter"]);
        page.wait_rows("Other names", 1);
        page.press(&["Escape"]);
        page.tab_to("button", "Organization 1");
        page.press(&["Enter"]);
        wait_actors(page, &["Harbour Board 0"]);
        page.tab_to("button", "All 4");
        page.press(&["Enter", "/"]);
        page.type_words("the boa");
        wait_actors(page, &["Harbour Board 0"]);
    });
}

#[test]
fn an_actor_is_deleted_and_its_mentions_go_to_another_or_stay_without() {
    Browser::default().run(|page| {
        begin(page);
        let delete = |name: &str| {
            page.press(&["/", "Ctrl+a"]);
            page.type_words(name);
            page.press(&["ArrowDown", "Enter"]);
            page.find(By::role("heading", name));
            page.tab_to("button", "Delete");
            page.press(&["Enter"]);
            page.find(By::role("heading", &format!("Delete “{name}”?")));
        };
        delete("Special Envoy Witkoff");
        page.wait_words("What becomes of 1 mention?");
        page.tab_to("combobox", "The other actor");
        page.type_words("Steve");
        page.press(&["ArrowDown", "Enter"]);
        page.tab_to("button", "Delete");
        page.press(&["Enter"]);
        page.wait_gone("dialog[open]");
        page.press(&["/", "Ctrl+a", "Delete"]);
        wait_actors(page, &["Maren Holt 1", "Steve Witkoff 3"]);
        page.wait_saved();
        page.press(&["Escape"]);
        page.press(&["Ctrl+z"]);
        wait_actors(page, &["Maren Holt 1", "Special Envoy Witkoff 1", "Steve Witkoff 2"]);
        page.wait_saved();
        delete("Maren Holt");
        page.tab_to("button", "Delete");
        page.press(&["Enter"]);
        page.wait_gone("dialog[open]");
        page.press(&["/", "Ctrl+a", "Delete"]);
        wait_actors(page, &["Special Envoy Witkoff 1", "Steve Witkoff 2"]);
        page.wait_saved();
        let home = page.dataset();
        assert!(home.documents.iter().any(|one| {
            one["spans"]
                .as_array()
                .into_iter()
                .flatten()
                .any(|span| span["text"] == "Holt" && span["actor"].is_null())
        }));
    });
}
