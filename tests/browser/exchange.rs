//! Files of other tools in and out, through the dialogs.

use std::path::Path;

use crate::harness::{Browser, By, Folder, Page};

const TEXT: &str = "Ada Bell met Bo Carr.\n\nShe said that the bridge \u{1F309} is safe.";
const MARKS: &str = "T1\tPerson 0 8\tAda Bell\nT2\tPerson 13 20\tBo Carr\n\
                     T3\tClaim 37 57\tthe bridge \u{1F309} is safe\nR1\tmade_by Arg1:T3 Arg2:T1\n";

/// Has files surveyed; the person then looks at what they hold.
fn survey(page: &Page, files: &[impl AsRef<Path>]) {
    page.button("Import").click();
    page.find(By::role("file", "Choose files").within("dialog")).choose(files);
    page.find(By::role("button", "Import these"));
}

#[test]
fn a_corpus_of_another_tool_comes_in_as_the_person_maps_it_and_goes_with_one_undo() {
    Browser::default().run(|page| {
        page.create_project("Corpus");
        let folder = Folder::new();
        let files = [folder.write("bridge.txt", TEXT), folder.write("bridge.ann", MARKS)];
        survey(page, &files);
        page.wait_words("brat standoff, 1 document, 3 spans, 1 link, offsets in code points");
        let () = page.read(
            "const select = [...document.querySelectorAll('dialog select')].find((one) => one.closest('label').innerText.startsWith('Person'));
             select.value = 'actor'; select.dispatchEvent(new Event('change', { bubbles: true }));",
        );
        page.button("Import these").click();
        let (summary, findings) = page.import_report();
        assert_eq!(summary, "1 document came in.", "{findings:#?}");
        page.button("Start reading").click();
        page.wait_gone("dialog[open]");
        page.wait_marks(&[("actor", "Ada Bell"), ("actor", "Bo Carr"), ("claim", "the bridge \u{1F309} is safe")]);

        // Again: it is there already. Then back and forth.
        survey(page, &files);
        let () = page.read(
            "const select = [...document.querySelectorAll('dialog select')].find((one) => one.closest('label').innerText.startsWith('Person'));
             select.value = 'actor'; select.dispatchEvent(new Event('change', { bubbles: true }));",
        );
        page.button("Import these").click();
        assert_eq!(page.import_report().0, "No document came in. 1 was here already and was left alone.");
        page.button("Start reading").click();
        page.wait_gone("dialog[open]");
        page.button("Undo").click();
        page.wait_words("No documents yet.");
    });
}

#[test]
fn nothing_comes_in_when_the_person_says_so() {
    Browser::default().run(|page| {
        page.create_project("Nothing");
        let folder = Folder::new();
        let files = [folder.write("bridge.txt", TEXT), folder.write("bridge.ann", MARKS)];
        survey(page, &files);
        page.button("Bring nothing in").click();
        let (summary, _) = page.import_report();
        assert!(summary.starts_with("No document came in."), "{summary}");
        page.button("Start reading").click();
        page.wait_words("No documents yet.");
    });
}

#[test]
fn what_a_format_cannot_hold_is_said_before_the_file_is_saved() {
    Browser::default().run(|page| {
        page.begin_article("Columns", "A quarrel\n\nAda Bell said that the bridge is safe.");
        page.drag_over("Ada Bell");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada Bell");
        page.leave_offer();
        page.drag_over("the bridge is safe");
        page.press(&["c"]);
        page.wait_mark("claim", "the bridge is safe");
        page.press(&["1"]);
        page.wait_links(&["made by Ada Bell"]);
        page.wait_saved();
        page.button("Export").click();
        let () = page.read(
            "const select = document.querySelector('dialog select');
             select.value = 'conll'; select.dispatchEvent(new Event('change', { bubbles: true }));",
        );
        page.find(By::role("button", "Download").within("dialog")).click();
        page.wait_words("links: 1, left out");
        page.button("Save all the same").click();
        let file = page.downloaded();
        let columns = std::fs::read_to_string(file).unwrap();
        assert!(columns.contains("Ada B-actor") || columns.contains("Ada\tB-actor"), "{columns}");
        assert!(columns.contains("I-claim"), "{columns}");
    });
}
