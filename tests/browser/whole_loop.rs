//! The main job from end to end: an article comes in, is tagged, linked, changed, taken back and brought again,
//! outlives a reload, goes home, and comes back the same.

use serde_json::{Value, json};

use crate::harness::{Browser, By, Dataset, Folder, Page};

const ARTICLE: &str = "# Quarrel over a bridge\n\n“The bridge will bring the town together,” Ada Bell told the council. \
    Bo Carr and the traders said that the work would close the market for a year.\n\nCarr accused Bell of “drawing \
    lines on a map”. “It is a dream,” he said, “and we shall pay for it.”\n\nThe vote is on Friday 🚋.";

/// Everything that can differ between an export and the export of what was imported from it: the project's name.
fn with_project(line: &str, name: &str) -> String {
    let mut document: Value = serde_json::from_str(line).unwrap();
    let before = std::mem::replace(&mut document["project"], json!(name));
    // Only the name is replaced in the line itself, so that order and spelling of all else are compared, too.
    let (old, new) = (format!("\"project\":{before}"), format!("\"project\":{}", json!(name)));
    assert_eq!(line.matches(&old).count(), 1);
    line.replace(&old, &new)
}

fn tag(page: &Page, passage: &str, key: &str, label: &str) -> String {
    page.drag_over(passage);
    page.press(&[key]);
    let quote: String = page.read_with("return __hand.locate(arguments[0]).quote", &[json!(passage)]);
    page.wait_mark(label, &quote)
}

/// Leaves offer, selection and chosen annotation, as a person does before turning to something else.
fn leave(page: &Page) {
    page.leave_offer();
    page.press(&["Escape", "Escape"]);
    page.wait_gone("[data-annotation-card]");
}

#[test]
fn an_article_goes_the_whole_way_and_comes_back_the_same() {
    Browser::default().run(|page| {
        page.begin_article("Bridge", ARTICLE);

        // The three kinds by mouse, with links by digit.
        tag(page, "Ada Bell", "a", "actor");
        page.leave_offer();
        tag(page, "Bo Carr", "a", "actor");
        page.leave_offer();
        tag(page, "the traders", "a", "actor");
        page.leave_offer();
        tag(page, "The bridge will bring the town together", "c", "claim");
        page.pick("Ada Bell");
        page.wait_links(&["made by Ada Bell"]);
        page.leave_offer();

        // A claim with two makers: the nearest two are numbers 1 and 2.
        tag(page, "the work would close the market for a year", "c", "claim");
        page.press(&["1", "2"]);
        page.wait_links(&["made by the traders", "made by Bo Carr"]);
        page.leave_offer();

        // By keyboard alone: the criticism, its maker, its target.
        page.go_to_text();
        page.select_by_keys("“[drawing lines on a map]”");
        page.press(&["x"]);
        let criticism = page.wait_mark("criticism", "drawing lines on a map");
        page.pick("Bo Carr");
        page.leave_offer();
        page.press(&["t"]);
        page.pick("Ada Bell");
        page.wait_links(&["made by Bo Carr", "targets Ada Bell"]);
        leave(page);

        // Nested and crossing.
        tag(page, "the [market] for", "a", "actor");
        leave(page);
        tag(page, "close the market for a year", "x", "criticism");
        leave(page);
        tag(page, "said that [the work would close]", "x", "criticism");
        leave(page);

        // An interrupted quotation is one annotation of two parts.
        tag(page, "It is a dream", "c", "claim");
        page.leave_offer();
        page.drag_over("and we shall pay for it");
        page.press(&["+"]);
        page.wait_mark("claim", "It is a dream … and we shall pay for it");
        leave(page);

        // Resize by keys and by handle: the links stay.
        page.click_on("drawing lines", 1);
        page.wait_card(&criticism);
        page.press(&["["]);
        page.wait_mark("criticism", "“drawing lines on a map");
        page.press(&["{"]);
        page.wait_mark("criticism", "drawing lines on a map");
        page.press(&["}"]);
        page.wait_mark("criticism", "drawing lines on a");
        page.drag_to(".handle.end", "lines on a map", true);
        assert_eq!(page.wait_mark("criticism", "drawing lines on a map"), criticism);
        page.wait_links(&["made by Bo Carr", "targets Ada Bell"]);

        // Attribute and note in the card.
        page.find(By::role("radio", "oppose").within(".card")).click();
        page.wait("return document.querySelector('.card [aria-checked=true]')", "the stance is set");
        page.find(By::role("textbox", "Note").within(".card")).write("Said in the heat of the moment.");
        page.press(&["Tab"]);
        page.wait_saved();
        leave(page);

        // Relabel, and delete.
        page.click_on("the [market]", 1);
        page.wait_there("[data-annotation-card]");
        page.choose_listed("market");
        page.press(&["c"]);
        page.wait_mark("claim", "market");
        page.leave_offer();
        page.press(&["Delete"]);
        page.wait_unmarked("market");
        page.wait_saved();

        let expected = [
            ("claim", "The bridge will bring the town together"),
            ("actor", "Ada Bell"),
            ("actor", "Bo Carr"),
            ("actor", "the traders"),
            ("claim", "the work would close the market for a year"),
            ("criticism", "the work would close"),
            ("criticism", "close the market for a year"),
            ("criticism", "drawing lines on a map"),
            ("claim", "It is a dream … and we shall pay for it"),
        ];
        page.wait_marks(&expected);
        let before = page.dataset();

        // Everything back, everything again.
        let steps = page.press_until_disabled("Undo");
        assert!(20 < steps, "{steps} steps were taken back");
        assert_eq!(page.marks(), []);
        page.wait_words("No documents yet.");
        assert_eq!(page.press_until_disabled("Redo"), steps);
        page.wait_open("Quarrel over a bridge");
        page.wait_marks(&expected);
        assert_eq!(page.dataset().lines.len(), 1);
        assert_same_but_times(&page.dataset(), &before);

        // A reload returns to the same document, place, selection and annotation, and undo still works.
        page.click_on("drawing lines", 1);
        page.wait_card(&criticism);
        page.wait_view_stored();
        page.reload();
        page.wait_open("Quarrel over a bridge");
        page.wait_card(&criticism);
        page.wait_marks(&expected);
        page.wait_links(&["made by Bo Carr", "targets Ada Bell"]);
        page.press(&["Ctrl+z"]);
        page.wait_mark("claim", "market");
        page.press(&["Ctrl+Shift+z"]);
        page.wait_unmarked("market");
        page.wait_marks(&expected);

        // Home, and back into a project of its own: line for line the same but for the project's name.
        let home = page.export("Code points");
        let home = Dataset::read(&home);
        assert_home(&home);
        let folder = Folder::new();
        let file = folder.write("home.jsonl", home.lines.join("\n") + "\n");
        page.create_project("Bridge again");
        let (summary, findings) = page.import(&[file]);
        assert_eq!((summary.as_str(), findings.len()), ("1 document came in.", 0), "{findings:#?}");
        page.wait_open("Quarrel over a bridge");
        page.wait_marks(&expected);
        let again = page.dataset();
        assert_eq!(again.lines.len(), home.lines.len());
        for (again, home) in again.lines.iter().zip(&home.lines) {
            assert_eq!(*again, with_project(home, "Bridge again"));
        }
    });
}

fn assert_home(home: &Dataset) {
    let document = home.only();
    assert_eq!(document["format"], "rubricator/1");
    assert_eq!(document["offset_unit"], "code_point");
    assert_eq!(document["status"], "in_progress");
    let criticism = home.span("criticism", "drawing lines on a map");
    assert_eq!(criticism["attributes"]["stance"], "oppose");
    assert_eq!(criticism["note"], "Said in the heat of the moment.");
    let quotation = document["spans"].as_array().unwrap().iter().find(|span| span["fragments"].as_array().unwrap().len() == 2);
    assert!(quotation.is_some(), "the interrupted quotation has two fragments");
    let mut links = home.links();
    links.sort();
    let links: Vec<_> = links.iter().map(|(kind, from, to)| (kind.as_str(), from.as_str(), to.as_str())).collect();
    assert_eq!(
        links,
        [
            ("made_by", "The bridge will bring the town together", "Ada Bell"),
            ("made_by", "drawing lines on a map", "Bo Carr"),
            ("made_by", "the work would close the market for a year", "Bo Carr"),
            ("made_by", "the work would close the market for a year", "the traders"),
            ("targets", "drawing lines on a map", "Ada Bell"),
        ]
    );
}

/// Compares two exports in all but the times at which something was changed: undo and redo are changes, too.
fn assert_same_but_times(one: &Dataset, other: &Dataset) {
    fn timeless(value: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                fields.iter().filter(|(key, _)| *key != "modified").map(|(key, value)| (key.clone(), timeless(value))).collect()
            }
            Value::Array(values) => values.iter().map(timeless).collect(),
            value => value.clone(),
        }
    }
    let (one, other): (Vec<_>, Vec<_>) =
        (one.documents.iter().map(timeless).collect(), other.documents.iter().map(timeless).collect());
    assert_eq!(one, other);
}

#[test]
fn a_reload_returns_to_the_same_place_of_a_long_text() {
    Browser::default().run(|page| {
        let long: String = (0..200).map(|number| format!("Paragraph {number} of a long text without much in it.\n\n")).collect();
        page.begin_article("Long", &long);
        page.go_to_text();
        page.select_by_keys("Paragraph 120 of a [long text]");
        let top = "return Math.round(__hand.blocks()[120].getBoundingClientRect().top)";
        page.wait("return __hand.blocks()[120].getBoundingClientRect().top < innerHeight", "the place is in view");
        page.wait_view_stored();
        let before: i64 = page.read(top);
        page.reload();
        page.wait_with(
            "const top = __hand.blocks()[120].getBoundingClientRect().top;
             if (Math.abs(top - arguments[0]) > 3) throw new Error(`the paragraph is at ${top}`);
             return true",
            &[json!(before)],
            "the text is scrolled to where it was",
        );
        page.press(&["a"]);
        page.wait_mark("actor", "long text");
    });
}

#[test]
fn a_touch_of_a_key_becomes_saving_and_then_saved_once_the_database_has_confirmed() {
    Browser::default().run(|page| {
        page.begin_article("Saving", ARTICLE);
        page.drag_over("Ada Bell");
        // Notes, in the order in which they happen: the save indicator's words, and the ends of writing transactions.
        let () = page.read(
            "window.__order = [];
             const transaction = IDBDatabase.prototype.transaction;
             IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
                 const made = transaction.call(this, stores, mode, ...rest);
                 if (mode === 'readwrite' && [...made.objectStoreNames].includes('annotations')) {
                     __order.push('writing');
                     made.addEventListener('complete', () => __order.push('written'));
                 }
                 return made;
             };
             const sign = document.querySelector('[data-save]');
             new MutationObserver(() => __order.push(sign.dataset.save)).observe(sign, { attributeFilter: ['data-save'] });",
        );
        page.press(&["a"]);
        page.wait("return __order.at(-1) === 'saved'", "the annotation is saved");
        let order: Vec<String> = page.read("return __order");
        let at = |word: &str| order.iter().position(|one| one == word).unwrap_or_else(|| panic!("no “{word}” in {order:?}"));
        assert!(at("saving") < at("saved"), "{order:?}");
        assert!(at("writing") < at("written") && at("written") < at("saved"), "{order:?}");
        page.reload();
        page.wait_mark("actor", "Ada Bell");
    });
}
