//! Many documents and several projects: finding, stepping, finishing, throwing away.

use std::{thread::sleep, time::Duration};

use crate::harness::{Browser, By, Folder, Page};

fn begin(page: &Page, project: &str, count: usize) {
    page.create_project(project);
    let folder = Folder::new();
    let files: Vec<_> = (1..=count)
        .map(|number| {
            folder.write(
                &format!("{number:02}.txt"),
                format!("Article number {number}\n\nAda wrote text {number}."),
            )
        })
        .collect();
    page.import(&files);
    page.wait_rows("Documents", count);
    page.wait_open("Article number 1");
}

#[test]
fn the_list_is_filtered_by_words_and_by_state_with_counts() {
    Browser::default().run(|page| {
        begin(page, "Filtered", 5);
        page.press(&["d"]);
        page.wait_open("Article number 2");
        page.drag_over("Ada");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada");
        page.wait_words("1 of 5 done");
        let chip = |name: &str| page.find(By::role("button", name).within(".chips"));
        assert_eq!(chip("All").words().replace('\n', " "), "All 5");
        assert_eq!(chip("To do").words().replace('\n', " "), "To do 3");
        assert_eq!(chip("In progress").words().replace('\n', " "), "In progress 1");
        assert_eq!(chip("Done").words().replace('\n', " "), "Done 1");
        chip("Done").click();
        page.wait_rows("Documents", 1);
        assert!(page.list("Documents")[0].contains("nothing found"), "{:?}", page.list("Documents"));
        chip("In progress").click();
        page.wait_words("1 annotation");
        page.wait_rows("Documents", 1);
        chip("All").click();
        page.wait_rows("Documents", 5);
        page.find(By::role("searchbox", "Filter documents")).write("number 4");
        page.wait_rows("Documents", 1);
        page.press(&["Enter"]);
        page.wait_open("Article number 4");
        page.press(&["Escape"]);
        page.wait_rows("Documents", 5);
    });
}

#[test]
fn j_and_k_step_through_the_documents_and_d_finishes_them_one_after_the_other() {
    Browser::default().run(|page| {
        begin(page, "Steps", 3);
        page.press(&["j"]);
        page.wait_open("Article number 2");
        page.press(&["j"]);
        page.wait_open("Article number 3");
        page.press(&["j"]);
        page.wait_words("This is the last document.");
        page.press(&["k"]);
        page.wait_open("Article number 2");
        page.press(&["k"]);
        page.wait_open("Article number 1");
        page.press(&["d"]);
        page.wait_open("Article number 2");
        page.wait_words("nothing found");
        page.press(&["d"]);
        page.wait_open("Article number 3");
        page.press(&["d"]);
        page.wait_words("3 of 3 done");
        page.press(&["Ctrl+z"]);
        page.wait_words("2 of 3 done");
    });
}

#[test]
fn a_document_is_removed_after_a_question_and_comes_back_by_undo() {
    Browser::default().run(|page| {
        begin(page, "Removed", 2);
        page.drag_over("Ada");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada");
        page.button("Remove document").click();
        page.button("Remove").click();
        page.wait_rows("Documents", 1);
        page.wait_open("Article number 2");
        page.button("Undo").click();
        page.wait_rows("Documents", 2);
        page.open_listed("Article number 1");
        page.wait_marks(&[("actor", "Ada")]);
    });
}

#[test]
fn projects_lie_side_by_side_and_one_that_is_thrown_away_can_be_brought_back() {
    Browser::default().run(|page| {
        begin(page, "First of two", 1);
        page.create_project("Second of two");
        page.wait_words("No documents yet.");
        page.open_projects();
        page.button("Open First of two").click();
        page.wait_project("First of two");
        page.wait_open("Article number 1");

        page.open_projects();
        page.button("Throw away First of two").click();
        page.button("Throw away").click();
        page.button("Bring back First of two").click();
        page.wait("return __hand.find('button', 'Open First of two')", "the project is listed again");
        page.button("Open First of two").click();
        page.wait_project("First of two");
        page.wait_open("Article number 1");

        page.open_projects();
        page.button("Throw away Second of two").click();
        page.button("Throw away").click();
        page.button("Bring back Second of two").computed();
        page.reload();
        page.open_projects();
        let projects = page.list("Projects");
        assert!(
            !projects.iter().any(|project| project.contains("Second of two")),
            "gone for good: {projects:#?}"
        );
        assert!(projects.iter().any(|project| project.contains("First of two")));
    });
}

#[test]
fn a_project_is_renamed_and_keeps_its_name() {
    Browser::default().run(|page| {
        begin(page, "Old name", 1);
        page.open_projects();
        page.field("Name of the open project").rewrite("New name");
        page.button("Rename").click();
        page.button("Close").click();
        page.wait_project("New name");
        page.reload();
        page.wait_project("New name");
    });
}

/// Notes which tables are read from now on, and which were when another text was shown.
const NOTE_READS: &str = "window.__reads = [];
    for (const [kind, name] of [[IDBObjectStore, 'get'], [IDBObjectStore, 'getAll'], [IDBIndex, 'getAll']]) {
        const real = kind.prototype[name];
        kind.prototype[name] = function (...given) {
            window.__reads.push((this.objectStore ?? this).name);
            return real.apply(this, given);
        };
    }
    new MutationObserver(() => { window.__read = window.__reads.splice(0); })
        .observe(__hand.surface(), { attributeFilter: ['data-document'] });";

/// The tables of texts and annotations that were read before the open document was shown.
fn read_for_it(page: &Page) -> Vec<String> {
    page.read("return window.__read.filter((table) => /text|quire|annotation/.test(table))")
}

/// Waits until the page has come to rest, when it reads ahead.
fn rest(page: &Page) {
    sleep(Duration::from_secs(1));
    let () = page.read("window.__reads = []");
}

fn mark(page: &Page) {
    page.drag_over("Ada");
    page.press(&["a"]);
    page.wait_mark("actor", "Ada");
    page.wait_saved();
}

#[test]
fn what_comes_next_is_read_before_it_is_asked_for() {
    Browser::default().run(|page| {
        begin(page, "Ahead", 3);
        let () = page.read(NOTE_READS);
        mark(page);
        rest(page);
        page.press(&["j"]);
        page.wait_open("Article number 2");
        assert_eq!(read_for_it(page), [""; 0], "the next of the list was read already");

        mark(page);
        rest(page);
        let () = page.read(
            "__hand.find('list', 'Documents').querySelector('button.row').dispatchEvent(new PointerEvent('pointerenter'))",
        );
        rest(page);
        page.press(&["k"]);
        page.wait_open("Article number 1");
        assert_eq!(read_for_it(page), [""; 0], "the one that was pointed at was read already");
    });
}

#[test]
fn what_was_read_ahead_is_shown_with_what_another_tab_did_to_it_meanwhile() {
    Browser::default().run(|page| {
        begin(page, "Ahead of another", 2);
        let one = page.tab();
        let () = page.read(NOTE_READS);
        mark(page);
        rest(page);
        let other = page.open_tab();
        page.press(&["j"]);
        page.wait_open("Article number 2");
        mark(page);
        page.switch_to(&one);
        page.press(&["j"]);
        page.wait_open("Article number 2");
        page.wait_mark("actor", "Ada");
        page.switch_to(&other);
        page.press(&["Ctrl+z"]);
        page.wait_unmarked("Ada");
        page.wait_saved();
        page.switch_to(&one);
        page.wait_unmarked("Ada");
    });
}

/// A project with a short text, which is open, and one of 5,000 annotations, so that it takes several turns to be read.
fn begin_long(page: &Page) {
    begin(page, "Long", 1);
    let words: String = (0..5_000).map(|word| format!("w{word:04} ")).collect();
    let spans: Vec<_> = (0..5_000)
        .map(|word| format!(r#"{{"start":{},"end":{},"label":"claim"}}"#, word * 6, word * 6 + 5))
        .collect();
    let line = format!(
        r#"{{"format":"rubricator/1","offset_unit":"code_point","title":"Long","text":"{words}","spans":[{}]}}"#,
        spans.join(",")
    );
    let folder = Folder::new();
    page.import(&[folder.write("long.jsonl", line)]);
    page.wait_rows("Documents", 2);
    page.wait_open("Long");
    page.wait_mark("claim", "w0000");
    page.open_listed("Article number 1");
    page.wait_open("Article number 1");
    let () = page.read(NOTE_READS);
}

/// The row of the long text as a script finds it.
const LONG: &str = "const rows = [...__hand.find('list', 'Documents').querySelectorAll('button.row')];
    const row = rows.find((row) => row.innerText.includes('Long'));
    const point = (row) => row.dispatchEvent(new PointerEvent('pointerenter'));";

#[test]
fn a_long_text_that_is_pointed_at_is_read_before_it_is_asked_for() {
    Browser::default().run(|page| {
        begin_long(page);
        rest(page);
        let () = page.read(&format!("{LONG} point(row)"));
        rest(page);
        let () = page.read(&format!("{LONG} row.click()"));
        page.wait_open("Long");
        page.wait_mark("claim", "w0000");
        assert_eq!(read_for_it(page), [""; 0], "it was read already");
    });
}

#[test]
fn a_text_that_is_asked_for_while_it_is_read_ahead_is_read_once() {
    Browser::default().run(|page| {
        begin_long(page);
        rest(page);
        // The mouse goes over the list to the long text and clicks as soon as its reading has begun.
        let () = page.read(&format!(
            "{LONG}
            rows.forEach(point);
            point(row);
            const seen = () => window.__reads.includes('quires') ? row.click() : setTimeout(seen);
            seen();"
        ));
        page.wait_open("Long");
        page.wait_mark("claim", "w0000");
        let quires: usize = page.read("return window.__read.filter((table) => table === 'quires').length");
        assert_eq!(quires, 1, "it was read once");
    });
}

#[test]
fn another_text_can_be_opened_while_a_long_one_is_read_ahead() {
    Browser::default().run(|page| {
        begin_long(page);
        rest(page);
        let () = page.read(&format!(
            "{LONG}
            point(row);
            const seen = () => {{
                if (!window.__reads.includes('quires')) return setTimeout(seen);
                row.click();
                const other = rows.find((one) => one !== row);
                point(other);
                other.click();
            }};
            seen();"
        ));
        rest(page);
        page.wait_open("Article number 1");
        assert!(
            !page.read::<bool>("return __hand.marks().length > 0"),
            "of the text that was asked for last"
        );
        let () = page.read(&format!("{LONG} row.click()"));
        page.wait_open("Long");
        page.wait_mark("claim", "w0000");
    });
}
