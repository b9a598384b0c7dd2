//! Finding in all documents, the palette and the figures, by keyboard.

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
        page.button("not “made by” anybody 1").click();
        let open = rows(page, "Open", 1);
        assert!(open[0].contains("84 million crowns"), "{open:?}");
        page.press(&["Escape"]);
        page.wait_gone(".screen");
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
