//! Finding in all documents, the palette and the figures, by keyboard.

use serde_json::json;

use crate::harness::{Browser, By, Folder, Page};

/// Goes to a screen by its letter and waits until it is drawn.
#[track_caller]
fn go(page: &Page, letter: &str, screen: &str) {
    page.press(&["g", letter]);
    page.wait_there(&format!("[data-screen=\"{screen}\"]"));
}

/// The rows of a list once there are so many.
#[track_caller]
fn rows(page: &Page, name: &str, count: usize) -> Vec<String> {
    page.wait_rows(name, count);
    page.list(name)
}

#[test]
fn a_hit_is_one_key_from_its_place() {
    Browser::default().run(|page| {
        go(page, "s", "search");
        page.type_words("label:criticism map");
        let found = rows(page, "Found", 1);
        assert!(found[0].contains("drawing lines on a map"), "{found:?}");
        assert!(found[0].contains("made by Zoë Tarrell"), "{found:?}");
        page.press(&["Enter"]);
        page.wait_gone(".screen");
        page.wait_words("Criticism");
        page.wait_there("[data-annotation-card]");
        // The browser's own way back leads to the hits again.
        let () = page.read("history.back()");
        page.wait_there("[data-screen=\"search\"]");
        page.press(&["Escape"]);
        page.press(&["Escape"]);
        page.wait_gone(".screen");
    });
}

#[test]
fn what_is_saved_is_found_and_what_cannot_be_understood_is_said() {
    Browser::default().run(|page| {
        page.select_by_keys("fish hall");
        page.press(&["a"]);
        page.wait_saved();
        go(page, "s", "search");
        page.type_words("label:actor \"fish hall\"");
        rows(page, "Found", 1);
        page.find(By::role("searchbox", "Search all documents")).rewrite("colour:red");
        page.wait_words("is no filter here");
        page.find(By::role("searchbox", "Search all documents")).rewrite("tag:sample tram");
        page.wait_words("Nothing found");
        page.find(By::role("searchbox", "Search all documents")).rewrite("tag:none tram");
        page.wait_words("hits in 1 document");
        page.button("done").click();
        page.wait_words("Nothing found");
        page.button("done").click();
        page.wait_words("hits");
    });
}

#[test]
fn many_keys_in_a_row_end_with_the_hits_of_the_last() {
    Browser::default().run(|page| {
        go(page, "s", "search");
        // Faster than any index answers: all in one task, then a key at a time.
        let () = page.read(
            "const field = document.querySelector('[data-screen=search] input[type=search]');
             for (const words of ['t', 'tr', 'tram', 'tra', 'zzz', 'label:', 'label:actor', 'a', 'council', 'harbour fish', 'fish hall']) {
                 field.value = words; field.dispatchEvent(new Event('input', { bubbles: true })); }",
        );
        let hits = "const found = [...document.querySelectorAll('.hit-row mark')].map((one) => one.innerText.toLowerCase());
            return found.length > 0 && found.every((one) => arguments[0].includes(one))
                && document.querySelector('.said-found').innerText.includes('hit')";
        page.wait_with(hits, &[json!(["fish", "hall"])], "the hits are those of the last words");
        let field = page.find(By::role("searchbox", "Search all documents"));
        field.rewrite("quayside");
        page.wait_with(hits, &[json!(["quayside"])], "the hits are those of the word that was typed");
        // Enter waits for the hits of what stands in the box.
        page.press(&["Ctrl+a"]);
        page.type_words("label:criticism map");
        page.press(&["Enter"]);
        page.wait_gone(".screen");
        page.wait(
            "return document.querySelector('[data-annotation-card]')?.innerText.includes('drawing lines on a map')",
            "Enter leads to the hit of the last key",
        );
    });
}

#[test]
fn the_buttons_write_the_query_by_keyboard() {
    Browser::default().run(|page| {
        // The tags of documents have buttons of their own.
        page.press(&["g", "d", "ArrowDown", "Home", " ", "Enter"]);
        page.find(By::role("textbox", "Tag"));
        page.type_words("second round");
        page.tab_to("button", "Add the tag");
        page.press(&["Enter"]);
        page.wait_words("1 document changed");
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        page.wait_saved();
        go(page, "s", "search");
        page.tab_to("button", "tag: second round");
        page.press(&["Enter"]);
        let written = |words: &str| {
            let script = "return document.querySelector('[data-screen=search] input[type=search]').value === arguments[0]";
            page.wait_with(script, &[json!(words)], &format!("the box says {words:?}"));
        };
        written("tag:\"second round\"");
        page.wait_words("1 hit");
        let pressed = "return __hand.find('button', arguments[0])?.ariaPressed === arguments[1]";
        page.wait_with(pressed, &[json!("tag: second round"), json!("true")], "it is pressed");
        page.find(By::role("searchbox", "Search all documents")).click();
        page.tab_to("button", "Criticism");
        page.press(&["Enter"]);
        written("tag:\"second round\" label:criticism");
        rows(page, "Found", 3);
        page.press(&["Enter"]);
        written("tag:\"second round\"");
        page.find(By::role("searchbox", "Search all documents")).click();
        page.tab_to("button", "tag: second round");
        page.press(&["Enter"]);
        written("");
        page.wait_there(".grammar");
    });
}

#[test]
fn the_palette_finds_commands_and_documents() {
    Browser::default().run(|page| {
        page.press(&["Ctrl+k"]);
        page.wait_there(".palette-dialog");
        page.type_words("streitet");
        page.wait(
            "return document.querySelectorAll('.palette-dialog [role=option]').length === 2",
            "one document and the search",
        );
        page.press(&["Enter"]);
        page.wait_open("Möwenfließ streitet über sein altes Hallenbad");
        page.press(&["Ctrl+k"]);
        page.wait_there(".palette-dialog");
        page.type_words("progress");
        page.press(&["Enter"]);
        page.wait_there("[data-screen=\"progress\"]");
        // What only a button opens otherwise.
        for (words, title) in [
            ("archive", "Projects"),
            ("settings", "Settings"),
            ("about", "Title and origin"),
            ("history", "History"),
            ("replace the text", "Replace the text"),
        ] {
            page.press(&["Ctrl+k"]);
            page.wait_there(".palette-dialog");
            page.type_words(words);
            page.press(&["Enter"]);
            page.wait_with(
                "return document.querySelector('dialog[open] h2')?.innerText.startsWith(arguments[0])",
                &[json!(title)],
                &format!("“{title}” is open"),
            );
            page.press(&["Escape"]);
            page.wait_gone("dialog[open]");
        }
    });
}

#[test]
fn what_is_open_is_listed_and_led_to() {
    Browser::default().run(|page| {
        // A claim that nobody made.
        page.select_by_keys("spending 84 million crowns");
        page.press(&["c"]);
        page.leave_offer();
        page.wait_saved();
        go(page, "p", "progress");
        page.wait_words("not “made by” anybody");
        page.tab_to("button", "not “made by” anybody 1");
        page.press(&["Enter"]);
        let open = rows(page, "Open", 1);
        assert!(open[0].contains("84 million crowns"), "{open:?}");
        page.tab_to("button", "Show the documents");
        page.press(&["Tab", "Enter"]);
        page.wait_gone(".screen");
        page.wait(
            "return document.querySelector('[data-annotation-card]')?.innerText.includes('84 million crowns')",
            "its place is shown with its card",
        );
    });
}

#[test]
fn figures_say_what_is_done_and_lead_to_a_document() {
    Browser::default().run(|page| {
        page.press(&["d"]);
        page.wait_saved();
        go(page, "p", "progress");
        page.wait_words("1 done, 0 in progress, 1 to do");
        let bars = "return [...document.querySelectorAll('.bars')].map((one) => one.innerText.replace(/\\s+/g, ' ').trim()).join(' | ')";
        page.wait_with(&format!("return (() => {{ {bars} }})().includes(arguments[0])"), &[json!("Actor 10 Claim 5 Criticism 3")], "the labels are counted");
        let figures: String = page.read(bars);
        assert!(figures.contains("made by 9 targets 3"), "{figures}");
        assert!(figures.contains("18"), "by day: {figures}");
        let documents = rows(page, "Documents and their figures", 2);
        assert!(documents[0].contains("Done · 18 annotations · 12 links"), "{documents:?}");
        let () = page.read("document.querySelectorAll('.ledger-row')[1].focus()");
        page.press(&["Enter"]);
        page.wait_gone(".screen");
        page.wait_open("Möwenfließ streitet über sein altes Hallenbad");
    });
}

#[test]
fn the_same_words_are_labelled_in_all_documents_as_one_undo() {
    let folder = Folder::new();
    let files = [
        ("one.txt", "First\n\nWitkoff spoke. Witkoff left."),
        ("two.txt", "Second\n\nAgain Witkoff, and witkoff."),
    ];
    let files = files.map(|(name, text)| folder.write(name, text));
    Browser::default().run(|page| {
        page.create_project("Same");
        page.import(&files);
        page.open_listed("First");
        page.go_to_text();
        page.select_by_keys("[Witkoff] spoke");
        page.press(&["a", "="]);
        page.wait_there("dialog.repeats");
        page.find(By::role("checkbox", "In all documents")).click();
        page.wait_words("In 2 documents.");
        page.button("Label 2 passages").click();
        page.wait_saved();
        page.wait_marks(&[("actor", "Witkoff"), ("actor", "Witkoff")]);
        page.open_listed("Second");
        page.wait_marks(&[("actor", "Witkoff")]);
        page.go_to_text();
        page.press(&["Ctrl+z"]);
        page.wait_unmarked("Witkoff");
        page.wait_saved();
    });
}
