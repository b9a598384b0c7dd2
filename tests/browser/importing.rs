//! Articles come in: many at once, of every kind, and what is broken is told with file and line while the rest
//! comes in.

use serde_json::json;

use crate::harness::{Browser, By, Folder, Page, long};

/// The words of the finding about a file.
#[track_caller]
fn about<'f>(findings: &'f [String], file: &str) -> &'f str {
    let found = findings.iter().find(|finding| finding.contains(file));
    found.unwrap_or_else(|| panic!("nothing is said about {file}: {findings:#?}"))
}

fn documents(page: &Page) -> Vec<String> {
    page.list("Documents")
}

#[test]
fn many_files_of_all_kinds_come_in_at_once() {
    Browser::default().run(|page| {
        page.create_project("All kinds");
        let folder = Folder::new();
        let mut files = vec![
            folder.write("plain.txt", "A plain article\n\nAda spoke."),
            folder.write("marked.md", "# A marked article\n\nBo *answered*."),
            folder.write(
                "set.jsonl",
                "{\"format\":\"rubricator/1\",\"offset_unit\":\"code_point\",\"title\":\"From a dataset\",\
                 \"text\":\"Cleo said no.\",\"spans\":[{\"label\":\"actor\",\"start\":0,\"end\":4,\"text\":\"Cleo\"}]}\n\
                 {\"text\":\"Another line of the set\"}\n",
            ),
        ];
        files.extend((0..30).map(|number| folder.write(&format!("more-{number}.txt"), format!("Article {number}\n\nIts text."))));
        let (summary, findings) = page.import(&files);
        assert_eq!(summary, "34 documents came in.", "{findings:#?}");
        page.wait_words("0 of 34 done");
        let listed = documents(page);
        for title in ["A plain article", "A marked article", "From a dataset", "Another line of the set", "Article 0"] {
            assert!(listed.iter().any(|row| row.contains(title)), "“{title}” is listed: {listed:#?}");
        }
        page.open_listed("From a dataset");
        page.wait_marks(&[("actor", "Cleo")]);
    });
}

#[test]
fn a_pasted_article_takes_its_title_from_its_first_line_and_can_be_given_its_origin() {
    Browser::default().run(|page| {
        page.create_project("Pasted");
        page.put_on_clipboard("A pasted headline\n\nEve disagreed with everyone.");
        page.button("Import").click();
        page.field("Text").click();
        page.press(&["Ctrl+v"]);
        page.button("Add this article").click();
        page.button("Start reading").click();
        page.wait_words("Eve disagreed with everyone.");
        assert!(documents(page)[0].contains("A pasted headline"));

        page.button("About this document").click();
        page.field("Title").rewrite("Another title");
        page.field("Source").write("The Daily Test");
        page.field("Author").write("A. Writer");
        page.field("Address").write("https://example.org/a");
        page.button("Save").click();
        page.wait_gone("dialog[open]");
        page.wait_saved();
        let document = page.dataset();
        let document = document.only();
        assert_eq!(document["title"], "Another title");
        assert_eq!(document["text"], "A pasted headline\n\nEve disagreed with everyone.");
        assert_eq!(document["meta"]["source"], "The Daily Test");
        assert_eq!(document["meta"]["author"], "A. Writer");
        assert_eq!(document["meta"]["url"], "https://example.org/a");
    });
}

#[test]
fn each_broken_file_is_told_by_name_and_everything_sound_comes_in() {
    Browser::default().run(|page| {
        page.create_project("Broken");
        let folder = Folder::new();
        let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
        picture.extend([0; 64]);
        let line = |title: &str| json!({ "format": "rubricator/1", "title": title, "text": format!("{title}.") });
        let lines = format!("{}\n{{\"text\": oh no}}\n{}\n", line("First of the set"), line("Third of the set"));
        let files = [
            folder.write("sound-one.txt", "Sound one\n\nIt comes in."),
            folder.write("empty.txt", ""),
            folder.write("blank.txt", " \n\n "),
            folder.write("picture.txt", picture),
            folder.write("latin1.txt", b"Line one\nLine two: caf\xe9\n"),
            folder.write("lines.jsonl", lines),
            folder.write("sound-two.txt", "Sound two\n\nIt comes in, too."),
        ];
        let (summary, findings) = page.import(&files);
        assert_eq!(summary, "4 documents came in.", "{findings:#?}");
        assert!(about(&findings, "empty.txt").contains("empty"));
        assert!(about(&findings, "blank.txt").contains("empty"));
        assert!(about(&findings, "picture.txt").contains("a picture"));
        let latin1 = about(&findings, "latin1.txt");
        assert!(latin1.contains("not UTF-8") && latin1.contains("line 2"), "{latin1}");
        let lines = about(&findings, "lines.jsonl");
        assert!(lines.contains('2') && lines.contains("not JSON"), "{lines}");
        let listed = documents(page);
        assert_eq!(listed.len(), 4);
        for title in ["Sound one", "Sound two", "First of the set", "Third of the set"] {
            assert!(listed.iter().any(|row| row.contains(title)), "“{title}” is listed: {listed:#?}");
        }
    });
}

#[test]
fn a_text_that_is_too_large_is_told_with_its_size_and_disturbs_nothing() {
    Browser::default().patient(30).run(|page| {
        page.create_project("Too large");
        let folder = Folder::new();
        let large = "A sentence of a very long text. ".repeat(21_500_000 / 32);
        let mut files = vec![folder.write("large.txt", large), folder.write("small.txt", "Small\n\nIt comes in.")];
        if long() {
            let sparse = folder.path().join("sparse.txt");
            std::fs::File::create(&sparse).unwrap().set_len(200_000_000).unwrap();
            files.push(sparse);
        }
        let (summary, findings) = page.import(&files);
        assert_eq!(summary, "1 document came in.");
        let words = about(&findings, "large.txt");
        assert!(words.contains("21.5 MB") && words.contains("20 MB"), "{words}");
        if long() {
            assert!(about(&findings, "sparse.txt").contains("200 MB"));
        }
        page.wait_words("It comes in.");
    });
}

#[test]
fn an_import_is_taken_back_by_one_undo() {
    Browser::default().run(|page| {
        page.create_project("Undone");
        let folder = Folder::new();
        let files: Vec<_> =
            (0..120).map(|number| folder.write(&format!("{number:03}.txt"), format!("Article {number}"))).collect();
        assert_eq!(page.import(&files).0, "120 documents came in.");
        page.wait_words("0 of 120 done");
        page.button("Undo").click();
        page.wait_words("No documents yet.");
        page.button("Redo").click();
        page.wait_words("0 of 120 done");
    });
}

#[test]
fn importing_the_same_dataset_twice_leaves_what_is_there_alone() {
    Browser::default().run(|page| {
        page.begin_article("Twice", "A short one\n\nAda spoke.");
        page.drag_over("Ada");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada");
        page.wait_saved();
        let file = page.export("Code points");
        let (summary, findings) = page.import(&[file]);
        assert_eq!(summary, "No document came in. 1 was here already and was left alone.", "{findings:#?}");
        assert_eq!(documents(page).len(), 1);
    });
}

#[test]
fn files_dropped_anywhere_on_the_page_come_in() {
    Browser::default().run(|page| {
        page.create_project("Dropped");
        let () = page.read(
            "const data = new DataTransfer();
             data.items.add(new File(['Dropped headline\\n\\nDropped text.'], 'dropped.txt', { type: 'text/plain' }));
             const target = document.querySelector('main');
             for (const kind of ['dragenter', 'dragover', 'drop'])
                 target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));",
        );
        assert_eq!(page.import_report().0, "1 document came in.");
        page.button("Start reading").click();
        page.wait_words("Dropped text.");
        assert!(page.has(By::role("list", "Documents")));
    });
}
