//! By keyboard alone: from a fresh start to the downloaded dataset, without one press of a mouse.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::harness::{Browser, By, Dataset, Page, check_with_python};

/// Begins a project and pastes the article in, by keys.
fn begin(page: &Page, project: &str, article: &str) {
    page.tab_to("button", "Sample: the harbour tram");
    page.press(&["Enter"]);
    page.tab_to("textbox", "New project");
    page.type_words(project);
    page.press(&["Enter"]);
    page.wait_project(project);

    page.put_on_clipboard(article);
    page.press(&["Ctrl+o"]);
    page.tab_to("textbox", "Text");
    page.press(&["Ctrl+v"]);
    page.tab_to("button", "Add this article");
    page.press(&["Enter"]);
    page.tab_to("button", "Start reading");
    page.press(&["Enter"]);
    page.wait_gone("dialog[open]");
    page.wait_ready();
    page.go_to_text();
}

/// Marks the article done and exports it, by keys.
fn end(page: &Page) -> PathBuf {
    page.press(&["d"]);
    page.wait_words("1 of 1 done");
    page.wait_saved();
    page.press(&["Ctrl+e"]);
    page.tab_to("button", "Download JSONL");
    page.press(&["Enter"]);
    let path = page.downloaded();
    assert_eq!(page.read::<u32>("return __hand.presses()"), 0, "no mouse was pressed");
    path
}

/// Closes the tour by keys, as it stands in the way of nothing else.
fn without_mouse(test: impl FnOnce(&Page)) {
    Browser::default().run_untoured(|page| {
        page.tab_to("button", "Close the tour");
        page.press(&["Enter"]);
        page.wait_gone("[aria-label='Short tour']");
        test(page);
    });
}

fn tag(page: &Page, passage: &str, key: &str, label: &str) {
    page.select_by_keys(passage);
    page.press(&[key]);
    let quote: String =
        page.read_with("return __hand.locate(arguments[0]).quote", &[serde_json::json!(passage)]);
    page.wait_mark(label, &quote);
}

#[test]
fn all_the_same_words_are_labelled_after_a_look_and_taken_back_at_once() {
    without_mouse(|page| {
        begin(
            page,
            "Same",
            "Who\n\nCarr came. Mr Carr\u{2019}s plan failed, said CARR; Carrs aunt and Carrington left.",
        );
        page.select_by_keys("Carr");
        page.press(&["a"]);
        page.wait_mark("actor", "Carr");
        page.leave_offer();
        page.press(&["="]);
        page.tab_to("checkbox", "Other capitals (1)");
        page.press(&["Space"]);
        page.tab_to("button", "Label 2 passages");
        page.press(&["Enter"]);
        page.wait_gone("dialog[open]");
        page.wait_mark("actor", "CARR");
        let marks = "return [...document.querySelectorAll('mark')].map(mark => mark.textContent).join()";
        assert_eq!(page.read::<String>(marks), "Carr,Carr,CARR");
        page.press(&["Ctrl+z"]);
        page.wait_words("Undone: label all the same");
        assert_eq!(page.read::<String>(marks), "Carr");
        end(page);
    });
}

#[test]
fn an_article_is_tagged_linked_and_exported_by_keyboard_alone() {
    without_mouse(|page| {
        begin(
            page,
            "Keys",
            "A quarrel\n\nAda Bell said that the bridge is safe. Bo Carr called this a dream.",
        );
        page.press(&["Ctrl+Home", "Alt+ArrowDown", "w"]);
        page.wait_selected("Ada");
        page.press(&["Ctrl+Shift+ArrowRight"]);
        page.wait_selected("Ada Bell");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada Bell");
        page.leave_offer();
        tag(page, "the bridge is safe", "c", "claim");
        page.press(&["1"]);
        page.wait_links(&["made by Ada Bell"]);
        page.leave_offer();
        tag(page, "Bo Carr", "a", "actor");
        page.leave_offer();
        tag(page, "a dream", "x", "criticism");
        page.pick("Bo Carr");
        page.leave_offer();
        page.press(&["t"]);
        page.pick("the bridge is safe");
        page.wait_links(&["made by Bo Carr", "targets the bridge is safe"]);
        page.leave_offer();

        // Tab goes from annotation to annotation, Enter opens the card, Escape comes back.
        page.press(&["Escape", "Escape", "Ctrl+Home", "Tab"]);
        page.wait_card(&page.wait_mark("actor", "Ada Bell"));
        page.press(&["Tab"]);
        page.wait_card(&page.wait_mark("claim", "the bridge is safe"));
        page.press(&["Enter"]);
        page.wait("return document.activeElement.closest('.card')", "the card has the keyboard");
        page.press(&["Escape"]);
        page.wait("return document.activeElement === __hand.surface()", "the text has the keyboard");

        let path = end(page);
        check_with_python(&path, "code_point");
        let home = Dataset::read(&path);
        assert_eq!(home.only()["status"], "done");
        assert_eq!(home.links().len(), 3);
    });
}

/// Who is named in the real article.
const ACTORS: [&str; 15] = [
    "President [Donald Trump] is sending",
    "Special Envoy [Steve Witkoff] and",
    "[Jared Kushner], both figures",
    "Russian President [Vladimir Putin]",
    "[A former senior State Department official] remarked",
    "concern among [some allies]",
    "[White House officials] express",
    "[Observers] note",
    "[A former State Department official] warned",
    "Nonetheless, [Trump] appears",
    "Army Secretary [Dan Driscoll]",
    "with [critics] pointing out",
    "[European officials] have",
    "[Kirill Dmitriev], a sanctioned",
    "by [international observers]",
];

/// What is claimed in it, and by whom.
const CLAIMS: [(&str, &str); 8] = [
    ("this is not an entirely new tactic for U.S. presidents", "former senior State Department official"),
    (
        "it harkens back to a time before the establishment of professional foreign services",
        "former senior State Department official",
    ),
    ("optimism about achieving a breakthrough", "White House officials"),
    (
        "Kushner’s capacity to facilitate communication is of utmost importance to Trump's philosophy of direct engagement",
        "Observers",
    ),
    (
        "failing to incorporate a broader range of perspectives may lead to critical oversights",
        "former State Department official",
    ),
    ("familiar faces he believes can replicate previous diplomatic successes", "Trump"),
    ("Ukrainian officials to embrace a peace deal", "Driscoll"),
    ("a more seasoned diplomat should ideally lead such discussions", "European officials"),
];

/// What is criticized in it, by whom, and what it targets.
const CRITICISMS: [(&str, &str, &str); 3] = [
    (
        "the lack of experience he carries into negotiations with a complex adversary such as Russia",
        "critics",
        "Driscoll",
    ),
    ("doubts regarding his understanding of the layered issues at stake", "European officials", "Driscoll"),
    ("criticized as appeasement", "international observers", "Dmitriev"),
];

#[test]
fn a_real_article_is_tagged_and_linked_by_keyboard_alone() {
    let shared = std::env::var_os("RUBRICATOR_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let path = shared.join("corpora/plain/kushner-witkoff/article.txt");
    let Ok(article) = std::fs::read_to_string(&path) else {
        eprintln!("left out: {} is not here", path.display());
        return;
    };
    without_mouse(|page| {
        begin(page, "Corpus", &article);
        for actor in ACTORS {
            tag(page, actor, "a", "actor");
            page.leave_offer();
        }
        for (claim, maker) in CLAIMS {
            tag(page, claim, "c", "claim");
            page.pick(maker);
            page.leave_offer();
        }
        for (criticism, maker, target) in CRITICISMS {
            tag(page, criticism, "x", "criticism");
            page.pick(maker);
            page.leave_offer();
            page.press(&["t"]);
            page.pick(target);
            page.leave_offer();
        }
        let path = end(page);
        let count = ACTORS.len() + CLAIMS.len() + CRITICISMS.len();
        assert!(check_with_python(&path, "code_point").is_none_or(|read| read == count));
        let home = Dataset::read(&path);
        assert_eq!(home.spans().len(), count);
        assert_eq!(home.links().len(), CLAIMS.len() + 2 * CRITICISMS.len());
        for (claim, maker) in CLAIMS {
            let found = home
                .links()
                .into_iter()
                .any(|(kind, from, to)| kind == "made_by" && from == claim && to.contains(maker));
            assert!(found, "“{claim}” is made by {maker}: {:?}", home.links());
        }
    });
}

#[test]
fn keys_do_nothing_to_the_text_while_words_are_typed() {
    Browser::default().run(|page| {
        let before = page.marks();
        page.press(&["/"]);
        page.wait("return document.activeElement.type === 'search'", "the filter has the keyboard");
        page.type_words("acx12d");
        page.press(&["Backspace", "Delete"]);
        assert_eq!(page.marks(), before);
        assert_eq!(page.read::<String>("return document.activeElement.value"), "acx12");
        page.press(&["Escape"]);
        assert_eq!(page.read::<String>("return document.activeElement.value"), "");
    });
}

#[test]
fn what_was_chosen_in_the_list_is_deleted_with_the_keyboard_still_there() {
    Browser::default().run(|page| {
        let before = page.marks();
        page.wait_there(".annotations .row");
        let words: String = page.read("return document.querySelector('.annotations .row .first').innerText");
        page.choose_listed(&words);
        page.wait_there("[data-annotation-card]");
        let in_list = "return Boolean(document.activeElement.closest('.annotation-list'))";
        assert!(page.read::<bool>(in_list), "the keyboard is in the list");
        page.press(&["Delete"]);
        page.wait_unmarked(&words);
        assert!(page.read::<bool>(in_list), "and stays there");
        page.press(&["Ctrl+z"]);
        page.wait_with(
            "return __hand.marks().length === arguments[0]",
            &[json!(before.len())],
            "the mark is back",
        );
        assert_eq!(page.marks(), before);
    });
}

#[test]
fn no_field_keeps_the_keyboard_to_itself() {
    Browser::default().run(|page| {
        let in_text = "return document.activeElement === __hand.surface()";
        page.go_to_text();
        page.press(&["Ctrl+Home", "Tab"]);
        page.wait_there("[data-annotation-card]");
        // F6 goes through all parts of the page and comes back to the text.
        let mut parts = 0;
        loop {
            page.press(&["F6"]);
            parts += 1;
            if page.read::<bool>(in_text) {
                break;
            }
            assert!(parts < 6, "F6 never comes back to the text");
        }
        assert_eq!(parts, 4, "documents, card and annotations lie on the way");
        for field in ["Filter documents", "Filter annotations"] {
            page.find(By::role("searchbox", field)).click();
            page.press(&["Escape"]);
            page.wait(in_text, "Escape leads from the field to the text");
        }
        page.find(By::role("textbox", "Note").within(".card")).click();
        page.type_words("kept");
        page.press(&["Escape"]);
        page.wait(in_text, "Escape leads from the note to the text");
        page.press(&["Ctrl+z"]);
        page.wait("return document.querySelector('.card textarea')?.value === ''", "the note was one step");
    });
}

#[test]
fn the_list_of_keys_opens_by_a_question_mark_and_can_be_searched() {
    Browser::default().run(|page| {
        page.press(&["?"]);
        page.wait_words("Help and keys");
        page.tab_to("searchbox", "Search the keys");
        page.type_words("fragment");
        page.wait("return document.querySelectorAll('dialog .keys li').length < 5", "few keys are left");
        page.press(&["Escape", "Escape"]);
        page.wait_gone("dialog[open]");
    });
}
