//! What goes home is right in every unit and every script, and opens again as it was.

use crate::harness::{Browser, By, Folder, Page, check_with_python};

/// A file's name, its text, and passages of it, each with the key that tags it.
type Script = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Texts in which bytes, UTF-16 units, code points and grapheme clusters all differ.
const SCRIPTS: [Script; 6] = [
    (
        "emoji.txt",
        "Emoji 🚋 everywhere\n\nThe family 👩‍👩‍👧 met Ada 👩🏽‍🚀 Bell, who said “let it be 🚋”. Then Bo spoke 🇩🇪 at length.",
        &[("a", "Ada 👩🏽‍🚀 Bell"), ("c", "let it be 🚋"), ("a", "[Bo] spoke"), ("a", "👩‍👩‍👧")],
    ),
    (
        "combining.txt",
        "Combining marks\n\nZoe\u{308} Gru\u{308}n said: cafe\u{301} prices are too high, and Noe\u{308}l agreed.",
        &[("a", "Zoe\u{308} Gru\u{308}n"), ("c", "cafe\u{301} prices are too high"), ("a", "Noe\u{308}l")],
    ),
    (
        "crlf.txt",
        "\u{FEFF}Line ends of Windows\r\n\r\nAda Bell said it first.\r\nBo Carr denied it.\r\n",
        &[("a", "Ada Bell"), ("a", "Bo Carr"), ("x", "denied it")],
    ),
    (
        "hebrew.txt",
        "כותרת\n\nרות לוי אמרה כי הספרייה תיפתח מחדש בקרוב.",
        &[("a", "רות לוי"), ("c", "הספרייה תיפתח מחדש")],
    ),
    (
        "arabic.txt",
        "عنوان\n\nقالت ليلى حداد إن الجسر آمن تماما اليوم.",
        &[("a", "ليلى حداد"), ("c", "الجسر آمن تماما")],
    ),
    (
        "chinese.txt",
        "标题\n\n王小明说这座桥很安全，李华不同意他的看法。",
        &[("a", "王小明"), ("c", "这座桥很安全"), ("a", "李华")],
    ),
];

fn tag_scripts(page: &Page) -> usize {
    let folder = Folder::new();
    let files: Vec<_> = SCRIPTS.iter().map(|(name, text, _)| folder.write(name, text)).collect();
    let (summary, findings) = page.import(&files);
    assert_eq!(summary, "6 documents came in.", "{findings:#?}");
    assert!(findings.iter().any(|one| one.contains("crlf.txt") && one.contains("CRLF")), "{findings:#?}");
    let mut count = 0;
    for (_, text, passages) in SCRIPTS {
        let title = text.trim_start_matches('\u{FEFF}').lines().next().unwrap();
        page.open_listed(title);
        for (key, passage) in passages {
            // The mouse widens to whole words; the keyboard takes what is meant where words have no spaces.
            page.go_to_text();
            page.select_by_keys(passage);
            page.press(&[key]);
            let quote: String =
                page.read_with("return __hand.locate(arguments[0]).quote", &[serde_json::json!(passage)]);
            let label = match *key {
                "a" => "actor",
                "c" => "claim",
                _ => "criticism",
            };
            page.wait_mark(label, &quote);
            page.leave_offer();
            page.press(&["Escape", "Escape"]);
            count += 1;
        }
    }
    page.wait_saved();
    count
}

#[test]
fn python_finds_every_span_where_the_file_says_in_code_points_utf16_units_and_bytes() {
    Browser::default().run(|page| {
        page.create_project("Scripts");
        let count = tag_scripts(page);
        for (name, unit) in
            [("Code points", "code_point"), ("UTF-16 units", "utf16"), ("Bytes of UTF-8", "byte")]
        {
            let path = page.export(name);
            assert_eq!(check_with_python(&path, unit).unwrap_or(count), count, "in {unit}");
        }
    });
}

#[test]
fn passages_of_all_scripts_are_tagged_with_the_mouse() {
    Browser::default().run(|page| {
        page.create_project("Scripts by mouse");
        let folder = Folder::new();
        let files: Vec<_> = SCRIPTS.iter().map(|(name, text, _)| folder.write(name, text)).collect();
        page.import(&files);
        for (_, text, passages) in SCRIPTS {
            page.open_listed(text.trim_start_matches('\u{FEFF}').lines().next().unwrap());
            let (key, passage) = passages[1];
            page.drag_over(passage);
            page.press(&[key]);
            page.wait_mark(if key == "a" { "actor" } else { "claim" }, passage);
            page.leave_offer();
        }
        page.wait_saved();
        let path = page.export("Code points");
        assert!(check_with_python(&path, "code_point").is_none_or(|read| read == SCRIPTS.len()));
    });
}

#[test]
fn an_export_holds_the_chosen_documents_under_a_sensible_name() {
    Browser::default().run(|page| {
        page.create_project("Chosen ones");
        let folder = Folder::new();
        page.import(&[
            folder.write("a.txt", "First article\n\nText."),
            folder.write("b.txt", "Second article\n\nText."),
        ]);
        page.open_listed("First article");
        page.press(&["d"]);
        page.wait_open("Second article");
        page.wait_saved();
        page.button("Export").click();
        page.find(By::role("radio", "Only what is done")).click();
        page.button("Download JSONL").click();
        let path = page.downloaded();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.to_lowercase().contains("chosen") && name.ends_with(".jsonl"), "{name}");
        let lines = std::fs::read_to_string(path).unwrap();
        assert_eq!(lines.lines().count(), 1);
        assert!(lines.contains("First article"));
    });
}

#[test]
fn a_backup_opens_as_a_project_of_its_own_and_its_backup_is_the_same_byte_for_byte() {
    Browser::default().run(|page| {
        page.begin_article("Kept", "A kept article\n\nAda Bell said that the bridge 🚋 is safe.");
        page.drag_over("Ada Bell");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada Bell");
        page.leave_offer();
        page.drag_over("is safe");
        page.press(&["c"]);
        page.pick("Ada Bell");
        page.leave_offer();
        page.press(&["Ctrl+z"]);
        page.press(&["Ctrl+Shift+z"]);
        page.wait_saved();
        let marks = page.marks();
        let backup = |page: &Page| {
            page.button("Export").click();
            page.button("Download project backup").click();
            let path = page.downloaded();
            page.button("Close").click();
            page.wait_gone("dialog[open]");
            path
        };
        let first = backup(page);
        let name = first.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.ends_with(".rubricator.zip"), "{name}");
        let first = std::fs::read(first).unwrap();

        let folder = Folder::new();
        let (summary, findings) = page.import(&[folder.write("kept.rubricator.zip", &first)]);
        assert!(summary.contains("“Kept”"), "{summary}");
        assert!(findings.is_empty(), "{findings:#?}");
        page.wait_project("Kept");
        page.wait_open("A kept article");
        assert_eq!(page.marks(), marks);
        let second = std::fs::read(backup(page)).unwrap();
        assert!(first == second, "{} and {} bytes", first.len(), second.len());

        page.open_projects();
        let projects = page.list("Projects");
        assert_eq!(projects.iter().filter(|project| project.starts_with("Kept")).count(), 2, "{projects:#?}");
        page.button("Close").click();
        // The history came along.
        page.press(&["Ctrl+z"]);
        page.wait_words("Undone");
        assert!(page.button("Undo").is_enabled());
    });
}
