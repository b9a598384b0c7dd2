//! The screen of the codebook, by keyboard: labels made, merged, split and deleted, categories moved, files taken in,
//! guidelines read beside the text.

use serde_json::json;

use crate::harness::{Browser, By, Folder, Page, Scheme};

/// Shows the screen and waits until the labels are counted.
fn open_codebook(page: &Page) {
    page.go_to_text();
    page.press(&["g", "c"]);
    page.wait_there(".screen[data-screen=codebook] .codebook-list");
    page.wait(
        "return [...document.querySelectorAll('[aria-label=Labels] .entry .count')].some((one) => one.innerText !== '')",
        "the labels are counted",
    );
}

fn has_focus(page: &Page, selector: &str) {
    let script = "return document.activeElement.matches(arguments[0])";
    page.wait_with(script, &[json!(selector)], &format!("{selector} has the keyboard"));
}

/// Waits until a section of the list has these entries, each as it is read.
fn wait_entries(page: &Page, section: &str, expected: &[&str]) {
    let script = "const rows = [...document.querySelectorAll(`nav [aria-label=${arguments[0]}] .entry`)]
            .map((row) => [...row.children].map((one) => one.innerText.trim()).filter(Boolean).join(' '));
        return JSON.stringify(rows) === JSON.stringify(arguments[1]) || (window.__rows = rows, false)";
    page.wait_with(script, &[json!(section), json!(expected)], &format!("{section} are {expected:?}"));
}

/// Takes an entry in hand, as a person who has found it would.
fn take_in_hand(page: &Page, name: &str) {
    // What was left before may give the keyboard to the list in the next frame: it has to stay where it was put.
    let script = "const entry = [...document.querySelectorAll('nav .entry')]
            .find((one) => one.querySelector('.name').innerText === arguments[0]);
        if (entry && document.activeElement === entry) return true;
        entry?.focus(); return false";
    page.wait_with(script, &[json!(name)], &format!("“{name}” has the keyboard"));
    page.press(&["Enter"]);
    has_focus(page, ".codebook-side [data-first]");
}

#[test]
fn a_label_is_made_used_merged_and_brought_back_by_keyboard() {
    Browser::default().run(|page| {
        open_codebook(page);
        wait_entries(page, "Labels", &["Actor a 10", "Claim c 5", "Criticism x 3"]);
        page.press(&["n"]);
        has_focus(page, ".codebook-side input");
        page.type_words("Demand");
        page.press(&["Enter"]);
        has_focus(page, "#label-name");
        // From the name over the short name, the colour twice, to the key.
        page.tab_to("textbox", "Key");
        page.type_words("y");
        page.tab_to("textbox", "When to use it");
        page.type_words("What somebody asks for.");
        page.press(&["Tab"]);
        wait_entries(page, "Labels", &["Actor a 10", "Claim c 5", "Criticism x 3", "Demand y 0"]);
        page.press(&["Escape", "Escape"]);
        page.wait_gone(".screen");
        page.select_by_keys("fish hall");
        page.press(&["y"]);
        page.wait_mark("demand", "fish hall");
        page.press(&["h"]);
        page.wait_words("What somebody asks for.");
        page.press(&["h"]);
        page.wait_gone(".guide");
        page.wait_saved();
        open_codebook(page);
        take_in_hand(page, "Demand");
        page.press(&["Escape"]);
        take_in_hand(page, "Demand");
        page.tab_to("button", "Merge…");
        page.press(&["Enter"]);
        page.find(By::role("heading", "Merge “Demand” into another"));
        page.wait_words("1 annotation is changed.");
        // The first of the others is chosen: Actor; the next one is Claim.
        has_focus(page, "dialog select");
        page.press(&["ArrowDown"]);
        page.wait_words("1 annotation is changed.");
        page.tab_to("button", "Merge");
        page.press(&["Enter"]);
        page.wait_gone("dialog[open]");
        wait_entries(page, "Labels", &["Actor a 10", "Claim c 6", "Criticism x 3"]);
        page.press(&["Escape", "Escape"]);
        page.wait_gone(".screen");
        page.wait_mark("claim", "fish hall");
        page.press(&["Ctrl+z"]);
        page.wait_mark("demand", "fish hall");
        page.wait_saved();
        page.reload();
        page.wait_ready();
        page.wait_mark("demand", "fish hall");
        page.press(&["Ctrl+Shift+z"]);
        page.wait_mark("claim", "fish hall");
    });
}

#[test]
fn a_label_whose_letters_are_taken_has_a_key_of_two() {
    Browser::default().run(|page| {
        open_codebook(page);
        page.press(&["n"]);
        has_focus(page, ".codebook-side input");
        page.type_words("Mix");
        page.press(&["Enter"]);
        has_focus(page, "#label-name");
        let labels = ["Actor a 10", "Claim c 5", "Criticism x 3", "Mix qm 0"];
        wait_entries(page, "Labels", &labels);
        page.press(&["Escape"]);
        take_in_hand(page, "Criticism");
        page.tab_to("textbox", "Key");
        page.type_words("q");
        page.press(&["Tab"]);
        page.wait_words("The letter “q” of “Criticism” is the beginning of “qm”, the key of “Mix”");
        wait_entries(page, "Labels", &labels);
        page.press(&["Escape", "Escape"]);
        page.wait_gone(".screen");
        page.select_by_keys("fish hall");
        page.press(&["q"]);
        page.wait_words("q, then: m Mix");
        page.press(&["z"]);
        page.wait_words("No label and no link has the key “qz”.");
        page.press(&["q", "m"]);
        page.wait_mark("mix", "fish hall");
    });
}

#[test]
fn a_label_in_use_goes_only_with_a_word_on_its_passages_and_what_changed_is_looked_at_again() {
    Browser::default().run(|page| {
        open_codebook(page);
        take_in_hand(page, "Criticism");
        page.press(&["Escape"]);
        take_in_hand(page, "Criticism");
        page.tab_to("button", "Delete…");
        page.press(&["Enter"]);
        page.find(By::role("heading", "Delete “Criticism”?"));
        page.wait_words("What becomes of its passages?");
        assert!(!page.find(By::role("button", "Delete").within("dialog")).is_enabled());
        page.tab_to("radio", "They become");
        page.press(&[" "]);
        page.wait(
            "return document.querySelector('dialog .foreseen').innerText.includes('3 annotations are changed')",
            "what it does is said",
        );
        page.tab_to("button", "Delete");
        page.press(&["Enter"]);
        page.wait_gone("dialog[open]");
        wait_entries(page, "Labels", &["Actor a 13", "Claim c 5"]);
        wait_entries(page, "Links", &["made by m 6"]);
        page.press(&["Ctrl+z"]);
        wait_entries(page, "Labels", &["Actor a 10", "Claim c 5", "Criticism x 3"]);
        // A name that means something else asks for another look at what there is.
        take_in_hand(page, "Criticism");
        page.press(&["Ctrl+a"]);
        page.type_words("Objection");
        page.press(&["Tab"]);
        wait_entries(page, "Labels", &["Actor a 10", "Claim c 5", "Objection x 3"]);
        wait_entries(page, "Codebook", &["Overview", "Guidelines", "To look at again 3"]);
        take_in_hand(page, "To look at again");
        page.wait_rows("To look at again", 3);
        page.press(&["Enter"]);
        wait_entries(page, "Codebook", &["Overview", "Guidelines", "To look at again"]);
        // What is refused says why and changes nothing.
        take_in_hand(page, "Objection");
        page.press(&["Ctrl+a"]);
        page.type_words("claim");
        page.press(&["Tab"]);
        page.wait_words("There is already a label called “claim”");
        wait_entries(page, "Labels", &["Actor a 10", "Claim c 5", "Objection x 3"]);
    });
}

#[test]
fn chosen_passages_are_split_off_as_a_new_label() {
    Browser::default().run(|page| {
        open_codebook(page);
        take_in_hand(page, "Claim");
        page.wait_rows("Passages", 5);
        let () = page.read("document.querySelector('.passages [data-index=\"1\"] button').focus()");
        page.press(&[" "]);
        page.wait_words("Split 1 passage off as");
        page.tab_to("textbox", "Name of the new label");
        page.type_words("Promise");
        page.press(&["Enter"]);
        wait_entries(page, "Labels", &["Actor a 10", "Claim c 4", "Promise 1", "Criticism x 3"]);
        page.press(&["Ctrl+z"]);
        wait_entries(page, "Labels", &["Actor a 10", "Claim c 5", "Criticism x 3"]);
    });
}

#[test]
fn categories_come_from_a_file_and_are_moved_by_keyboard() {
    Browser::default().run(|page| {
        open_codebook(page);
        let folder = Folder::new();
        let wrong = folder.write("wrong.csv", "number,meaning\n1,x\n");
        page.find(By::role("file", "Take a codebook in from a file")).choose(&[wrong]);
        page.find(By::role("heading", "This codebook cannot be taken in"));
        page.wait_words("wrong.csv, line 1: one column named “tag”, “name” or “path” is needed");
        page.press(&["Enter"]);
        page.wait_gone("dialog[open]");
        let cyclic = folder.write("cyclic.csv", "tag,parent\na,b\nb,a\n");
        page.find(By::role("file", "Take a codebook in from a file")).choose(&[cyclic]);
        page.wait_words("these codes stand below each other in a circle: a, b");
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        let newer = folder.write("newer.codebook.json", r#"{"format":"rubricator-codebook/9","codebook":{}}"#);
        page.find(By::role("file", "Take a codebook in from a file")).choose(&[newer]);
        page.wait_words("a newer version of Rubricator wrote this");
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        let sound = folder.write("sound.csv", "tag,description\ntransport,\ntransport.tram,By rail\nmoney,\n");
        page.find(By::role("file", "Take a codebook in from a file")).choose(&[sound]);
        page.find(By::role("heading", "Take this codebook in?"));
        page.tab_to("radio", "labels; what stands below a code is asked of its passages");
        page.press(&["ArrowDown"]);
        page.find(By::role("combobox", "Categories of")).write("Claim");
        page.wait(
            "return document.querySelector('.differences').innerText.includes('Claim › Category')",
            "what would change is listed",
        );
        page.tab_to("button", "Take in");
        page.press(&["Enter"]);
        page.wait_gone("dialog[open]");
        wait_entries(
            page,
            "Attributes",
            &["Kind 5 choices", "Stance 3 choices", "Attributed 3 choices", "Category 3 choices"],
        );
        take_in_hand(page, "Category");
        let tree = |expected: &[&str]| {
            let script = "const rows = [...document.querySelectorAll('.choice-rows li')]
                    .map((row) => '-'.repeat(row.style.getPropertyValue('--depth')) + row.querySelector('.name').innerText);
                return JSON.stringify(rows) === JSON.stringify(arguments[0])";
            page.wait_with(script, &[json!(expected)], &format!("the choices are {expected:?}"));
        };
        tree(&["transport", "-tram", "money"]);
        let () = page.read("document.querySelector('[data-choice=money] > button').focus()");
        page.press(&["Alt+ArrowRight"]);
        tree(&["transport", "-tram", "-money"]);
        has_focus(page, "[data-choice=money] > button");
        page.wait_saved();
        page.press(&["Alt+ArrowUp"]);
        tree(&["transport", "-money", "-tram"]);
        has_focus(page, "[data-choice=money] > button");
        page.press(&["Enter"]);
        has_focus(page, "#choice-name");
        page.tab_to("textbox", "Code");
        page.type_words("1.1");
        page.press(&["Tab"]);
        page.wait_words("1.1");
        page.tab_to("textbox", "New choice");
        page.type_words("housing");
        page.press(&["Enter"]);
        tree(&["transport", "-money", "-housing", "-tram"]);
        page.press(&["Escape"]);
        page.wait_gone(".choice-fields");
    });
}

#[test]
fn guidelines_are_written_and_read_beside_the_text_without_harm() {
    Browser::default().run(|page| {
        open_codebook(page);
        take_in_hand(page, "Guidelines");
        page.put_on_clipboard(
            "# All\n\n## Claim\n\nOnly *demands*, see [the book](https://example.org/book) or [this](javascript:alert(1)).\n\n\
             <img src=x onerror=alert(1)>\n\n## Actor\n\nWho acts.\n",
        );
        page.press(&["Ctrl+v", "Ctrl+Enter"]);
        page.wait(
            "const page = document.querySelector('.guidelines .markdown');
             return page.querySelector('em')?.innerText === 'demands' && page.querySelectorAll('a').length === 1
                && page.querySelector('a').rel === 'noreferrer noopener' && !page.querySelector('img')",
            "the guidelines are shown without what could harm",
        );
        page.wait_saved();
        page.press(&["Escape", "Escape"]);
        page.wait_gone(".screen");
        page.go_to_text();
        page.press(&["Ctrl+Home", "Tab", "h"]);
        page.wait_there(".guide .markdown");
        page.wait(
            "return document.querySelector('.guide > h3')?.innerText.trim() !== undefined",
            "the label in hand is named",
        );
        page.wait_saved();
        page.reload();
        page.wait_ready();
        open_codebook(page);
        take_in_hand(page, "Guidelines");
        page.wait(
            "return document.querySelector('.guidelines textarea').value.startsWith('# All')",
            "the guidelines are kept",
        );
    });
}

#[test]
fn a_project_begins_with_a_codebook_of_choice_or_from_a_file() {
    Browser::default().run(|page| {
        page.open_projects();
        page.field("New project").write("Debate");
        page.find(By::role("combobox", "Codebook to start from")).write("Discourse");
        page.button("Create").click();
        page.wait_gone("dialog[open]");
        page.wait_project("Debate");
        page.wait_words("statement");
        page.press(&["g", "c"]);
        wait_entries(page, "Labels", &["Statement c", "Person p", "Organization o"]);
        page.button("Save as…").click();
        page.find(By::role("heading", "Save the codebook"));
        page.button("Save").click();
        let saved = page.downloaded();
        assert!(saved.to_string_lossy().ends_with("Debate.codebook.json"), "{}", saved.display());
        page.press(&["Escape"]);
        page.open_projects();
        page.field("New project").write("Copy");
        page.find(By::role("file", "Codebook from a file")).choose(&[saved]);
        page.wait_words("Debate.codebook.json");
        page.button("Create").click();
        page.wait_gone("dialog[open]");
        page.wait_project("Copy");
        page.press(&["g", "c"]);
        wait_entries(page, "Labels", &["Statement c", "Person p", "Organization o"]);
    });
}

#[test]
fn the_screen_fits_from_a_phone_to_a_large_window() {
    for (width, height, scheme) in
        [(360, 740, Scheme::Light), (820, 1180, Scheme::Dark), (1600, 1000, Scheme::Light)]
    {
        Browser::default().sized(width, height).coloured(scheme).run(|page| {
            let () = page.read("location.hash = location.hash.replace(/[/]document.*/, '/codebook')");
            page.wait_there(".codebook-list .entry");
            let fits = "return document.scrollingElement.scrollWidth <= document.documentElement.clientWidth
                && [...document.querySelectorAll('.screen *')].filter((one) => one.checkVisibility())
                    .every((one) => one.getBoundingClientRect().right <= innerWidth + 1)";
            page.wait(fits, "the list fits");
            for name in ["Claim", "made by", "Kind", "Guidelines"] {
                let script = "[...document.querySelectorAll('nav .entry')]
                    .find((one) => one.querySelector('.name').innerText === arguments[0]).click()";
                let () = page.read_with(script, &[json!(name)]);
                page.wait_there(".codebook-side h2");
                page.wait(fits, &format!("“{name}” fits"));
                let () = page.read("document.querySelector('.codebook-side .only-narrow')?.click()");
                page.wait_there(".codebook-list .entry");
            }
        });
    }
}
