//! A text of a megabyte with ten thousand annotations: all of it is in the page, and a mark costs what it costs in a
//! short one.

use std::collections::BTreeSet;

use serde_json::json;

use crate::harness::{Browser, Folder, Page};

#[path = "../bench/generator.rs"]
#[allow(dead_code, reason = "each user of it takes a part")]
mod generator;

use generator::{Article, SIZES, article};

/// Opens the text of the size L in a project of its own.
fn open_l(page: &Page) -> Article {
    let long = article(SIZES[2], 0);
    page.create_project("Long");
    let folder = Folder::new();
    page.import(&[folder.write("long.jsonl", long.line())]);
    page.open_listed(&long.title);
    page.wait_open(&long.title);
    page.wait("return __hand.marks().length > 0", "what is in view is painted");
    long
}

#[test]
fn a_mark_at_the_end_of_a_long_text_touches_no_block_but_its_own() {
    Browser::default().patient(120).run(|page| {
        let long = open_l(page);
        page.go_to_text();
        page.press(&["Ctrl+End"]);
        page.press(&["s"]);
        page.wait("return getSelection().toString() !== ''", "a sentence is selected");
        let sentence: String = page.read("return getSelection().toString()");
        assert!(!sentence.is_empty() && long.text.trim_end().ends_with(&sentence), "{sentence:?} is the last");
        let last: u32 = page.read(
            "const block = __hand.blocks().at(-1);
            window.__touched = [];
            new MutationObserver((changes) => {
                for (const change of changes) {
                    const element = change.target.nodeType === 1 ? change.target : change.target.parentElement;
                    __touched.push(Number(element.closest('[data-block]')?.dataset.start ?? -1));
                }
            }).observe(__hand.surface(), { childList: true, characterData: true, subtree: true });
            return Number(block.dataset.start)",
        );
        page.press(&["c"]);
        page.wait_mark("claim", &sentence);
        let touched: Vec<i64> = page.read("return __touched");
        assert!(!touched.is_empty(), "the mark has been drawn");
        assert_eq!(touched.into_iter().collect::<BTreeSet<_>>(), BTreeSet::from([i64::from(last)]));
    });
}

#[test]
fn a_long_text_is_found_selected_copied_and_printed_as_a_whole() {
    Browser::default().patient(120).run(|page| {
        let long = open_l(page);
        assert_eq!(page.text(), long.text.trim_end());

        // Find, from the start, what stands at the very end.
        let tail = &long.text.trim_end()[long.text.trim_end().len() - 60..];
        let found: i64 = page.read_with(
            "getSelection().removeAllRanges();
            if (!find(arguments[0], true)) return -1;
            const range = getSelection().getRangeAt(0);
            return __hand.blocks().indexOf(range.startContainer.parentElement.closest('[data-block]'))",
            &[json!(tail)],
        );
        let blocks: i64 = page.read("return __hand.blocks().length");
        assert_eq!(found, blocks - 1, "“{tail}” is found in the last block");

        // Print: every annotation is painted, every block is laid out, and the paper holds it all.
        page.read::<()>(
            "addEventListener('beforeprint', () => {
                window.__printed = new Set([...__hand.surface().querySelectorAll('mark')]
                    .flatMap((mark) => mark.dataset.annotations.split(' '))).size;
            })",
        );
        let before: usize = page.read("return __hand.surface().querySelectorAll('mark').length");
        let printed = page.devtools("Page.printToPDF", json!({ "printBackground": true }));
        let paper = printed["data"].as_str().unwrap();
        let annotations: usize = page.read("return window.__printed ?? 0");
        assert_eq!(annotations, long.marked.len());
        assert!(paper.len() > long.text.len() / 2, "{} characters of Base64", paper.len());
        page.wait_with(
            "return __hand.surface().querySelectorAll('mark').length <= arguments[0] * 2",
            &[json!(before)],
            "marks exist only near the viewport again",
        );
        assert_eq!(page.text(), long.text.trim_end());

        // Select all and copy.
        page.go_to_text();
        page.press(&["Ctrl+a"]);
        page.press(&["Ctrl+c"]);
        page.button("Import").click();
        page.field("Text").click();
        page.press(&["Ctrl+v"]);
        page.wait_with(
            "return document.querySelector('dialog textarea').value.trimEnd() === arguments[0]",
            &[json!(long.text.trim_end())],
            "all of the text was copied",
        );
    });
}
