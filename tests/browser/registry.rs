//! The screen of the actors, by keyboard: merged, split, renamed, told apart, taken home as a table and in again.

use std::path::Path;

use serde_json::json;

use crate::harness::{Browser, By, Folder, Page};

const STEVE: &str = "00000000-0000-7000-8000-000000000001";
const ENVOY: &str = "00000000-0000-7000-8000-000000000002";
const HOLT: &str = "00000000-0000-7000-8000-000000000003";

/// A document of which each piece is a plain text or a passage with its label and actor; claims are made by the last
/// of the two actors that are given.
fn line(title: &str, pieces: &[(&str, &str, &str)]) -> String {
    let (mut text, mut spans, mut relations) = (String::new(), Vec::new(), Vec::new());
    for (number, (label, words, actor)) in pieces.iter().enumerate() {
        let start = text.chars().count();
        text.push_str(words);
        let end = text.chars().count();
        match *label {
            "" => {}
            "actor" => spans
                .push(json!({ "id": format!("s{number}"), "label": "actor", "start": start, "end": end,
                "text": words, "actor": actor })),
            label => {
                let id = format!("s{number}");
                spans.push(json!({ "id": id, "label": label, "start": start, "end": end, "text": words }));
                relations
                    .push(json!({ "id": format!("r{number}"), "type": "made_by", "from": id, "to": actor,
                    "to_kind": "actor" }));
            }
        }
    }
    let entry = |id: &str, name: &str, aliases: &[&str]| json!({ "id": id, "name": name, "kind": "person", "aliases": aliases });
    json!({ "format": "rubricator/1", "offset_unit": "code_point", "title": title, "text": text, "spans": spans,
        "relations": relations,
        "actors": [entry(STEVE, "Steve Witkoff", &["Witkoff"]), entry(ENVOY, "Special Envoy Witkoff", &[]),
            entry(HOLT, "Maren Holt", &[])] })
    .to_string()
}

/// A project of three articles: Witkoff under two entries, and Maren Holt. Its registry is shown.
pub fn begin(page: &Page) {
    page.create_project("Envoys");
    let folder = Folder::new();
    let lines = [
        line(
            "One",
            &[
                ("", "One\n\n", ""),
                ("actor", "Steve Witkoff", STEVE),
                ("", " met ", ""),
                ("actor", "Holt", HOLT),
                ("", ". ", ""),
                ("claim", "It will rain", STEVE),
                ("", ".\n", ""),
            ],
        ),
        line(
            "Two",
            &[
                ("", "Two\n\n", ""),
                ("actor", "Special Envoy Witkoff", ENVOY),
                ("", " said ", ""),
                ("claim", "it may snow", ENVOY),
                ("", ".\n", ""),
            ],
        ),
        line("Three", &[("", "Three\n\n", ""), ("actor", "Witkoff", STEVE), ("", " left.\n", "")]),
    ];
    page.import(&[folder.write("envoys.jsonl", lines.join("\n"))]);
    page.wait_rows("Documents", 3);
    open_registry(page);
}

fn open_registry(page: &Page) {
    page.go_to_text();
    page.press(&["g", "r"]);
    page.wait_there(".screen[data-screen=actors]");
    wait_counted(page);
}

/// Waits until the counts are there.
fn wait_counted(page: &Page) {
    page.wait(
        "const line = document.querySelector('.count-line')?.innerText ?? 'counting';
         return !line.includes('counting') && line !== ''",
        "the mentions are counted",
    );
}

/// Waits until the list shows these actors, each as its name, kind, mentions and links.
fn wait_actors(page: &Page, expected: &[&str]) {
    let script = "const rows = [...document.querySelectorAll('.actor-row')]
            .map((row) => [...row.querySelectorAll('.first, .number')].map((one) => one.innerText).join(' '));
        return JSON.stringify(rows) === JSON.stringify(arguments[0])
            || (window.__rows = rows, false)";
    page.wait_with(script, &[json!(expected)], &format!("the actors are {expected:?}"));
}

fn has_focus(page: &Page, selector: &str) {
    let script = "return document.activeElement.matches(arguments[0])";
    page.wait_with(script, &[json!(selector)], &format!("{selector} has the keyboard"));
}

/// The whole dataset; the screen is left for it and shown again.
fn dataset(page: &Page) -> String {
    let path = page.export("Code points");
    read(&path)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a file that was saved")
}

#[test]
fn two_actors_are_merged_by_keyboard_and_undo_brings_both_back_as_they_were() {
    Browser::default().run(|page| {
        begin(page);
        wait_actors(page, &["Maren Holt 1 0 0 0", "Special Envoy Witkoff 1 1 0 0", "Steve Witkoff 2 1 0 0"]);
        let before = dataset(page);
        page.press(&["/"]);
        has_focus(page, "input[type=search]");
        page.type_words("witk");
        wait_actors(page, &["Special Envoy Witkoff 1 1 0 0", "Steve Witkoff 2 1 0 0"]);
        page.press(&["ArrowDown"]);
        has_focus(page, ".actor-row");
        page.press(&[" ", "ArrowDown", " "]);
        page.wait_words("2 chosen");
        page.press(&["m"]);
        page.find(By::role("heading", "Merge 2 actors into one"));
        has_focus(page, "dialog button.primary");
        page.press(&["Enter"]);
        page.wait_gone("dialog[open]");
        wait_actors(page, &["Steve Witkoff 3 2 0 0"]);
        page.wait_saved();
        page.wait_words("Merged into Steve Witkoff: 1 mention and 1 link");
        let merged = dataset(page);
        assert!(!merged.contains(ENVOY) && merged.matches(STEVE).count() > before.matches(STEVE).count());
        assert!(merged.contains(r#""aliases":["Witkoff","Special Envoy Witkoff"]"#), "{merged}");
        page.press(&["Ctrl+z"]);
        wait_actors(page, &["Special Envoy Witkoff 1 1 0 0", "Steve Witkoff 2 1 0 0"]);
        page.wait_saved();
        assert_eq!(dataset(page), before);
        page.reload();
        page.wait_ready();
        page.press(&["Ctrl+Shift+z"]);
        page.wait_saved();
        assert_eq!(dataset(page), merged);
        page.press(&["Ctrl+z"]);
        page.wait_saved();
        assert_eq!(dataset(page), before);
    });
}

#[test]
fn passages_lead_to_their_place_and_are_split_off_to_a_new_actor() {
    Browser::default().run(|page| {
        begin(page);
        let before = dataset(page);
        page.press(&["/"]);
        page.type_words("steve");
        wait_actors(page, &["Steve Witkoff 2 1 0 0"]);
        page.press(&["ArrowDown", "Enter"]);
        page.find(By::role("heading", "Steve Witkoff"));
        page.wait_words("3 passages in 2 documents");
        page.wait_rows("Passages", 3);
        page.tab_to("button", "Mentions 2");
        page.press(&["Enter"]);
        page.wait_rows("Passages", 2);
        page.tab_to("button", "Claims made 1");
        page.press(&["Tab"]);
        has_focus(page, ".hit-row");
        page.press(&["End", " "]);
        page.wait_words("1 passage of somebody else:");
        page.press(&["s"]);
        has_focus(page, "[role=combobox]");
        page.type_words("Young Witkoff");
        page.press(&["Enter"]);
        page.press(&["Escape"]);
        page.press(&["/", "Ctrl+a"]);
        page.type_words("witkoff");
        wait_actors(
            page,
            &["Special Envoy Witkoff 1 1 0 0", "Steve Witkoff 1 1 0 0", "Young Witkoff 1 0 0 0"],
        );
        page.wait_saved();
        assert_ne!(dataset(page), before);
        page.press(&["Ctrl+z"]);
        wait_actors(page, &["Special Envoy Witkoff 1 1 0 0", "Steve Witkoff 2 1 0 0"]);
        page.wait_saved();
        assert_eq!(dataset(page), before);
        page.press(&["/", "ArrowDown", "ArrowDown", "Enter"]);
        page.find(By::role("heading", "Steve Witkoff"));
        page.wait_rows("Passages", 3);
        page.tab_to("button", "Claims made 1");
        page.press(&["Tab", "End", "Enter"]);
        page.wait_open("Three");
        page.wait_gone(".screen");
        page.wait(
            "return document.querySelector('[data-annotation-card]')?.innerText.includes('Witkoff')",
            "its card is shown",
        );
    });
}

#[test]
fn an_actor_is_renamed_and_a_name_that_is_taken_is_refused() {
    Browser::default().run(|page| {
        begin(page);
        page.press(&["/"]);
        page.type_words("holt");
        wait_actors(page, &["Maren Holt 1 0 0 0"]);
        page.press(&["ArrowDown", "Enter"]);
        page.find(By::role("heading", "Maren Holt"));
        page.press(&["e"]);
        has_focus(page, "#actor-field-name");
        page.press(&["Ctrl+a"]);
        page.type_words("Steve Witkoff");
        page.press(&["Enter"]);
        page.wait_words("There is an actor “Steve Witkoff” already: merge the two, or choose another name");
        page.find(By::role("heading", "Maren Holt"));
        page.press(&["Ctrl+a"]);
        page.type_words("Maren Holt-Lind");
        page.press(&["Enter"]);
        page.find(By::role("heading", "Maren Holt-Lind"));
        page.field("Wikidata number or address").write("Q0");
        page.press(&["Enter"]);
        page.wait_words("“Q0” is neither a Wikidata number such as Q42 nor an address");
        page.field("Wikidata number or address").rewrite("https://www.wikidata.org/wiki/Q42");
        page.press(&["Enter"]);
        page.wait_with(
            "return document.querySelector('#actor-field-outside').value === arguments[0]",
            &[json!("Q42")],
            "the address becomes the number",
        );
        page.wait_saved();
        page.reload();
        page.wait_ready();
        page.wait_words("Maren Holt-Lind");
    });
}

#[test]
fn pairs_that_may_be_the_same_are_merged_or_told_apart_for_good() {
    Browser::default().run(|page| {
        begin(page);
        page.press(&["u"]);
        page.find(By::role("heading", "Perhaps the same"));
        page.wait_rows("Perhaps the same", 1);
        page.wait_words("the same name with a title");
        page.tab_to("button", "Merge Special Envoy Witkoff into Steve Witkoff: the same name with a title");
        page.press(&["Delete"]);
        page.wait_words("No two actors look as if they were the same.");
        page.reload();
        page.wait_ready();
        wait_counted(page);
        page.press(&["u"]);
        page.wait_words("No two actors look as if they were the same.");
        page.press(&["n"]);
        has_focus(page, ".registry-side input");
        page.type_words("M. Holt");
        page.press(&["Enter"]);
        page.find(By::role("heading", "M. Holt"));
        page.press(&["Escape", "u"]);
        page.wait_rows("Perhaps the same", 1);
        page.tab_to("button", "Merge M. Holt into Maren Holt: the same last name, and first names that fit");
        page.press(&["Enter"]);
        page.wait_words("No two actors look as if they were the same.");
        wait_actors(page, &["Maren Holt 1 0 0 0", "Special Envoy Witkoff 1 1 0 0", "Steve Witkoff 2 1 0 0"]);
    });
}

#[test]
fn the_registry_goes_out_as_a_table_and_comes_in_after_a_look() {
    Browser::default().run(|page| {
        begin(page);
        page.button("Save as a table").click();
        let table = read(&page.downloaded());
        assert!(table.starts_with("\u{FEFF}id,name,kind,aliases,wikidata,note\r\n"), "{table}");
        assert!(table.contains(&format!("{STEVE},Steve Witkoff,person,Witkoff,,\r\n")), "{table}");
        let folder = Folder::new();
        let take = |page: &Page, name: &str, content: &str| {
            page.find(By::role("file", "Take in a table")).choose(&[folder.write(name, content)]);
        };
        take(page, "wrong.csv", "text,label\na,b\n");
        page.find(By::role("heading", "This table cannot be taken in"));
        page.wait_words(
            "No column is called “name”. The table has text, label; the registry's columns are id, name,",
        );
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        take(page, "twice.csv", "name\nCy\nCy\n");
        page.wait_words("Line 3: “Cy” stands in line 2 already; each actor needs a name of its own.");
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        wait_actors(page, &["Maren Holt 1 0 0 0", "Special Envoy Witkoff 1 1 0 0", "Steve Witkoff 2 1 0 0"]);
        let changed = table.replace("Steve Witkoff,person,Witkoff", "Steven Witkoff,person,Witkoff; '=S.W.")
            + ",New Agency,organization,,,\r\n";
        take(page, "changed.csv", &changed);
        page.find(By::role("heading", "Take in this table?"));
        page.wait_words("Added: 1. Changed: 1. Left as they are: 2.");
        page.wait_words("name: Steve Witkoff → Steven Witkoff");
        has_focus(page, "dialog button.primary");
        page.press(&["Enter"]);
        page.wait_gone("dialog[open]");
        let four = [
            "Maren Holt 1 0 0 0",
            "New Agency 0 0 0 0",
            "Special Envoy Witkoff 1 1 0 0",
            "Steven Witkoff 2 1 0 0",
        ];
        wait_actors(page, &four);
        page.press(&["Ctrl+z"]);
        wait_actors(page, &["Maren Holt 1 0 0 0", "Special Envoy Witkoff 1 1 0 0", "Steve Witkoff 2 1 0 0"]);
        page.wait_saved();
    });
}
