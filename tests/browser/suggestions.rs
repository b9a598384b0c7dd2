//! Known names that are not tagged yet: shown once the text can be read, accepted and refused by one key each, all at
//! once after a list.

use serde_json::{Value, json};

use crate::harness::{Browser, By, Folder, Page};

/// A text without annotations, and a registry of Steve Witkoff, Maren Holt and the US.
const TEXT: &str =
    "Talks\n\nSteve Witkoff met Maren Holt. US aid helps us, Holt said.\n\nIn May she and Witkoff left.\n";

fn begin(page: &Page) {
    page.create_project("Names");
    let actor = |number: usize, name: &str, kind: &str| json!({ "id": format!("00000000-0000-7000-8000-00000000000{number}"), "name": name, "kind": kind, "aliases": [] });
    let of = |title: &str, text: &str, spans: Value, actors: Value| {
        json!({ "format": "rubricator/1", "offset_unit": "code_point", "title": title, "text": text, "spans": spans,
            "relations": [], "actors": actors })
        .to_string()
    };
    let actors = [
        actor(1, "Steve Witkoff", "person"),
        actor(2, "Maren Holt", "person"),
        actor(3, "US", "country"),
        actor(4, "May", "person"),
    ];
    let spans: Vec<Value> = (1..=4)
        .map(|number| {
            json!({ "id": format!("s{number}"), "label": "actor", "start": number - 1, "end": number, "text": &"abcd"[number - 1..number],
                "actor": format!("00000000-0000-7000-8000-00000000000{number}") })
        })
        .collect();
    let lines = [of("Talks", TEXT, json!([]), json!([])), of("Others", "abcd", json!(spans), json!(actors))];
    let folder = Folder::new();
    page.import(&[folder.write("names.jsonl", lines.join("\n"))]);
    page.open_listed("Talks");
    page.go_to_text();
}

/// Waits until exactly these words are framed, `*` before the one that is looked at.
fn wait_framed(page: &Page, expected: &[&str]) {
    let script = "const found = [...document.querySelectorAll('[data-suggestion]')]
            .map((one) => (one.classList.contains('current') ? '*' : '') + one.textContent);
        return JSON.stringify(found) === JSON.stringify(arguments[0])";
    page.wait_with(script, &[json!(expected)], &format!("framed: {expected:?}"));
}

#[test]
fn known_names_are_accepted_and_refused_by_one_key_each() {
    Browser::default().run(|page| {
        begin(page);
        wait_framed(page, &["Steve Witkoff", "Maren Holt", "US", "Holt", "Witkoff"]);
        page.wait_words("Steve Witkoff met Maren Holt. US aid helps us, Holt said.");
        page.press(&["n"]);
        wait_framed(page, &["*Steve Witkoff", "Maren Holt", "US", "Holt", "Witkoff"]);
        page.press(&["Enter"]);
        page.wait_mark("actor", "Steve Witkoff");
        wait_framed(page, &["*Maren Holt", "US", "Holt", "Witkoff"]);
        page.press(&["n"]);
        wait_framed(page, &["Maren Holt", "*US", "Holt", "Witkoff"]);
        page.press(&["r"]);
        wait_framed(page, &["Maren Holt", "*Holt", "Witkoff"]);
        page.press(&["Delete", "p"]);
        wait_framed(page, &["*Maren Holt", "Witkoff"]);
        page.press(&["Escape"]);
        wait_framed(page, &["Maren Holt", "Witkoff"]);
        page.wait_saved();
        page.reload();
        page.wait_ready();
        wait_framed(page, &["Maren Holt", "Witkoff"]);
        page.press(&["Ctrl+z"]);
        wait_framed(page, &["Maren Holt", "Holt", "Witkoff"]);
        page.wait_saved();
        let dataset = std::fs::read_to_string(page.export("Code points")).expect("the export can be read");
        let talks = dataset.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let talks = talks.into_iter().find(|line| line["title"] == "Talks").expect("the document is there");
        let span = &talks["spans"][0];
        assert_eq!((&span["text"], &span["origin"]), (&json!("Steve Witkoff"), &json!("suggestion")));
        assert_eq!(span["attributes"]["kind"], "person");
        assert_eq!(talks["text"], TEXT);
    });
}

#[test]
fn all_are_accepted_at_once_after_a_list_and_undone_at_once() {
    Browser::default().run(|page| {
        begin(page);
        wait_framed(page, &["Steve Witkoff", "Maren Holt", "US", "Holt", "Witkoff"]);
        page.press(&["Shift+Enter"]);
        page.find(By::role("heading", "Known names in this text"));
        page.wait_rows("Suggestions", 5);
        page.tab_to("checkbox", "Steve Witkoff met Maren Holt. US aid helps us, Holt… · Steve Witkoff");
        page.press(&[" "]);
        page.button("Accept 4").click();
        page.wait_gone("dialog[open]");
        wait_framed(page, &["Steve Witkoff"]);
        page.wait_saved();
        page.press(&["Ctrl+z"]);
        wait_framed(page, &["Steve Witkoff", "Maren Holt", "US", "Holt", "Witkoff"]);
        // By mouse alone.
        page.click_on("Maren Holt", 1);
        wait_framed(page, &["Steve Witkoff", "*Maren Holt", "US", "Holt", "Witkoff"]);
        page.button("Maren Holt").click();
        page.wait_mark("actor", "Maren Holt");
        wait_framed(page, &["Steve Witkoff", "*US", "Holt", "Witkoff"]);
    });
}
