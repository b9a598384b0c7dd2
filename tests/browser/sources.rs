//! What articles come from: pages, word processors, other tools' projects and tables, through the dialog as a person
//! takes it.

use serde_json::json;

use crate::harness::{Browser, By, Folder, Page};

/// One document of the dataset that the project exports, by its title.
#[track_caller]
fn document(page: &Page, title: &str) -> serde_json::Value {
    let dataset = page.dataset();
    let found = dataset.documents.iter().find(|document| document["title"] == title);
    found.unwrap_or_else(|| panic!("“{title}” is in the dataset")).clone()
}

/// Takes the last import back.
fn undo(page: &Page) {
    page.button("Undo").click();
    page.wait_words("No documents yet.");
}

#[test]
fn a_page_of_the_web_comes_in_as_its_article_with_who_wrote_it_and_when() {
    Browser::default().run(|page| {
        page.create_project("Pages");
        let folder = Folder::new();
        let tram = folder.write("tram.html", include_bytes!("../data/html/tram.html"));
        let (summary, findings) = page.import(&[tram]);
        assert_eq!(summary, "1 document came in.", "{findings:#?}");
        let title = "Council votes for harbour tram after stormy night";
        page.wait_open(title);
        page.wait_words("Shortly after midnight the city council");
        let document = document(page, title);
        let meta = &document["meta"];
        assert_eq!(meta["author"], "Eva Lind, Tomás O'Dea");
        assert_eq!(meta["published"], "2026-03-04");
        assert_eq!(meta["source"], "The Eastport Courier");
        assert_eq!(meta["url"], "https://courier.example/news/harbour-tram");
        let text = document["text"].as_str().unwrap();
        assert!(text.starts_with("# Council votes for harbour tram"), "{text}");
        for around in ["never shown", "dataLayer", "cookies", "Sport", "Share on X"] {
            assert!(!text.contains(around), "{around}: {text}");
        }
        undo(page);
    });
}

#[test]
fn a_pasted_page_keeps_its_headings_and_lists_and_runs_nothing() {
    Browser::default().run(|page| {
        page.create_project("Pasted");
        let failed: Option<String> = page.read_later(
            "const done = arguments[1];
             const of = (type, text) => new Blob([text], { type });
             const item = new ClipboardItem({ 'text/html': of('text/html', arguments[0]), 'text/plain': of('text/plain', 'The harbour tram') });
             navigator.clipboard.write([item]).then(() => done(null), (error) => done(String(error)));",
            &[json!(
                "<h2>The harbour tram</h2><p>Mayor <b>Ingrid Sahl</b> said yes.</p><ul><li>rails</li><li>masts</li></ul>\
                 <script>window.__ran = 1</script><img src=x onerror='window.__ran = 1'><p>So it begins.</p>"
            )],
        );
        assert_eq!(failed, None, "the clipboard takes a page");
        // The browser itself reads the page when a script writes it to the clipboard; from here on nothing may.
        page.forgive_problems();
        page.button("Import").click();
        page.field("Text").click();
        page.press(&["Ctrl+v"]);
        page.wait_words("Its headings and lists come in with it");
        page.button("Add this article").click();
        assert_eq!(page.import_report().0, "1 document came in.");
        page.button("Start reading").click();
        page.wait_gone("dialog[open]");
        page.wait_saved();
        let document = document(page, "The harbour tram");
        assert_eq!(
            document["text"],
            "## The harbour tram\n\nMayor Ingrid Sahl said yes.\n\n- rails\n- masts\n\nSo it begins."
        );
        assert!(page.read::<bool>("return window.__ran === undefined"), "nothing of a page runs");
        undo(page);
    });
}

#[test]
fn a_word_document_comes_in_with_its_headings_and_lists_and_what_it_leaves_out_is_said() {
    Browser::default().run(|page| {
        page.create_project("Minutes");
        let folder = Folder::new();
        let minutes = folder.write("minutes.docx", include_bytes!("../data/docx/minutes.docx"));
        let (summary, findings) = page.import(&[minutes]);
        assert_eq!(summary, "1 document came in.", "{findings:#?}");
        assert!(findings.iter().any(|finding| finding.contains("changes are tracked")), "{findings:#?}");
        page.wait_open("Hafenbahn & Haushalt");
        let document = document(page, "Hafenbahn & Haushalt");
        let text = document["text"].as_str().unwrap();
        assert!(text.starts_with("# Streit um die Hafenbahn\n\nDer Rat stimmte am Montag"), "{text}");
        assert!(text.contains("\n- Gleise\n  - Schwellen\n- Wagen\n4. Erstens\n5. Zweitens\n"), "{text}");
        assert_eq!(
            (&document["meta"]["author"], &document["meta"]["published"]),
            (&json!("Ada Lane"), &json!("2026-02-03"))
        );
        undo(page);
    });
}

#[test]
fn a_project_of_the_discourse_network_analyzer_comes_in_with_claims_and_their_makers() {
    Browser::default().run(|page| {
        page.create_project("Valley");
        let folder = Folder::new();
        let valley = folder.write("valley.dna", include_bytes!("../data/dna/valley.dna"));
        page.button("Import").click();
        page.find(By::role("file", "Choose files").within("dialog")).choose(&[valley]);
        page.wait_words("DNA project (.dna), 39 documents");
        page.button("Import these").click();
        let (summary, findings) = page.import_report();
        assert_eq!(summary, "39 documents came in.", "{findings:#?}");
        page.button("Start reading").click();
        page.wait_gone("dialog[open]");
        page.open_listed("Talks");
        page.wait_marks(&[("claim", "The dam must be built, 😀 he said."), ("claim", "It ruins the valley")]);
        page.wait_saved();
        let document = document(page, "Talks");
        let names: Vec<_> =
            document["actors"].as_array().unwrap().iter().map(|actor| &actor["name"]).collect();
        for name in ["Ada Lane", "Water Board", "Valley Group"] {
            assert!(names.contains(&&json!(name)), "{names:?}");
        }
        assert_eq!(document["relations"].as_array().unwrap().len(), 3);
        assert_eq!(document["spans"][0]["attributes"]["stance"], "support");
        undo(page);
    });
}

#[test]
fn of_a_table_the_first_rows_are_shown_and_the_person_says_what_its_columns_hold() {
    Browser::default().run(|page| {
        page.create_project("Table");
        let folder = Folder::new();
        let table = "kicker,statement,remark\n\
                     Dam,Ada said that the dam must be built by all means.,seen twice\n\
                     Valley,\"Bo said, it ruins the whole valley.\",never seen\n";
        let table = folder.write("table.csv", table);
        page.button("Import").click();
        page.find(By::role("file", "Choose files").within("dialog")).choose(&[table]);
        page.wait_words("Ada said that the dam must be built by all means.");
        let shown: Vec<String> =
            page.read("return [...document.querySelectorAll('dialog .columns td')].map((cell) => cell.innerText)");
        assert_eq!(shown.len(), 6, "{shown:#?}");
        let () = page.read(
            "for (const [name, role] of [['kicker', 'title'], ['remark', 'source']]) {
                 const select = [...document.querySelectorAll('dialog .columns select')].find((one) => one.closest('label').innerText.startsWith(name));
                 select.value = role; select.dispatchEvent(new Event('change', { bubbles: true }));
                 if (select.value !== role) throw new Error(`${name} cannot be ${role}`);
             }",
        );
        page.button("Import these").click();
        let (summary, findings) = page.import_report();
        assert_eq!(summary, "2 documents came in.", "{findings:#?}");
        page.button("Start reading").click();
        page.wait_gone("dialog[open]");
        page.wait_saved();
        let document = document(page, "Valley");
        assert_eq!(document["text"], "Bo said, it ruins the whole valley.");
        assert_eq!(document["meta"]["source"], "never seen");
        undo(page);
    });
}
