//! The reading surface: real text, marks that change nothing in it, and only in the block they lie in.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::json;

use crate::harness::{Browser, By, Page};

const ARTICLE: &str = "# A headline about nothing\n\nThe first paragraph says that Ada met Bo in the park.\n\nThe second \
    paragraph says that nobody objected to it, at least not aloud, and that the evening was long.\n\n- an item of a \
    list\n- another item\n\nThe last paragraph ends the text.";

/// Keeps count of the blocks whose nodes change.
const WATCH: &str = "window.__touched = [];
    new MutationObserver((changes) => {
        for (const change of changes) {
            const element = change.target.nodeType === 1 ? change.target : change.target.parentElement;
            const block = element.closest('[data-block]');
            __touched.push(block ? Number(block.dataset.start) : -1);
        }
    }).observe(__hand.surface(), { childList: true, characterData: true, subtree: true });";

const TOPS: &str = "return __hand.blocks().map((block) => {
    const { top, height } = block.getBoundingClientRect();
    return [Math.round(top * 100), Math.round(height * 100)];
})";

#[derive(Debug, Deserialize)]
struct Painted {
    annotations: String,
    labels: String,
    lanes: String,
    name: Option<String>,
    description: Option<String>,
    text: String,
    style: String,
}

fn pieces(page: &Page) -> Vec<Painted> {
    page.read(
        "return [...__hand.surface().querySelectorAll('mark')].map((mark) => ({
            annotations: mark.dataset.annotations, labels: mark.dataset.labels, lanes: mark.dataset.lanes,
            name: mark.dataset.name ?? null, description: mark.getAttribute('aria-description'),
            text: mark.textContent, style: mark.getAttribute('style') ?? '' }))",
    )
}

#[track_caller]
fn assert_blocks_show(page: &Page, text: &str) {
    let blocks: Vec<(usize, String)> =
        page.read("return __hand.blocks().map((block) => [Number(block.dataset.start), block.textContent])");
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let mut end = 0;
    for (start, content) in blocks {
        let length = content.encode_utf16().count();
        assert_eq!(
            String::from_utf16(&utf16[start..start + length]).unwrap(),
            content,
            "the block at {start}"
        );
        assert!(
            String::from_utf16(&utf16[end..start]).unwrap().trim().is_empty(),
            "only white space is left out"
        );
        end = start + length;
    }
    assert!(String::from_utf16(&utf16[end..]).unwrap().trim().is_empty(), "the whole text is in the page");
}

#[test]
fn marks_of_a_block_that_stay_as_they_are_keep_their_elements() {
    Browser::default().run(|page| {
        page.begin_article("Kept", ARTICLE);
        page.drag_over("Ada");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada");
        let () = page.read("window.__ada = __hand.surface().querySelector('mark[data-labels=actor]')");
        page.drag_over("park");
        page.press(&["c"]);
        page.wait_mark("claim", "park");
        page.drag_over("met");
        page.press(&["x"]);
        page.wait_mark("criticism", "met");
        assert!(page.read::<bool>("return __ada.isConnected"), "the first mark is still the same element");
        page.press(&["Ctrl+z"]);
        page.wait("return !__hand.surface().querySelector('mark[data-labels=criticism]')", "that is undone");
        assert!(page.read::<bool>("return __ada.isConnected"), "and still");
        assert_blocks_show(page, ARTICLE);

        // A mark over all three draws them anew, and taking it away leaves them as they were.
        page.drag_over("Ada met Bo in the park");
        page.press(&["c"]);
        page.wait(
            "return __hand.surface().querySelectorAll('mark[data-lanes=\"2\"]').length === 3",
            "it lies over them",
        );
        page.press(&["Ctrl+z"]);
        page.wait("return __hand.surface().querySelectorAll('mark').length === 2", "two are left");
        assert_blocks_show(page, ARTICLE);
    });
}

#[test]
fn every_block_holds_exactly_its_stretch_of_the_text_before_and_after_tagging() {
    Browser::default().run(|page| {
        page.begin_article("Blocks", ARTICLE);
        assert_blocks_show(page, ARTICLE);
        let tags: Vec<String> = page.read("return __hand.blocks().map((block) => block.localName)");
        assert_eq!(tags, ["h2", "p", "p", "li", "li", "p"]);
        page.drag_over("Ada");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada");
        page.leave_offer();
        page.drag_over("nobody objected to it");
        page.press(&["c"]);
        page.wait_mark("claim", "nobody objected to it");
        assert_blocks_show(page, ARTICLE);
    });
}

#[test]
fn names_of_labels_are_drawn_but_are_no_text() {
    Browser::default().run(|page| {
        page.begin_article("Names", ARTICLE);
        page.drag_over("Ada");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada");
        let all: String = page.read("return __hand.surface().textContent");
        assert!(!all.contains("actor"), "{all}");
        let drawn: String = page.read(
            "return getComputedStyle(document.querySelector('mark[data-name]'), '::before').content
                + getComputedStyle(document.querySelector('mark[data-name]'), '::after').content",
        );
        assert!(drawn.contains("actor"), "the name is drawn by the style sheet: {drawn}");
        let piece = pieces(page).remove(0);
        assert_eq!(piece.name.as_deref(), Some("actor"));
        assert!(
            piece.description.is_some_and(|words| words.contains("Actor")),
            "a screen reader announces the mark"
        );
    });
}

#[test]
fn what_is_copied_is_what_is_written() {
    Browser::default().run(|page| {
        page.begin_article("Copies", ARTICLE);
        page.drag_over("Ada");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada");
        page.leave_offer();
        page.press(&["Escape"]);
        let passage = "paragraph says that Ada met Bo in the park.\n\nThe second paragraph";
        page.drag_over_blocks(passage);
        page.press(&["Ctrl+c"]);
        page.button("Import").click();
        page.field("Text").click();
        page.press(&["Ctrl+v"]);
        page.wait_with(
            "return document.querySelector('dialog textarea').value === arguments[0]
                ? true : (() => { throw new Error(JSON.stringify(document.querySelector('dialog textarea').value)) })()",
            &[json!(passage)],
            "the copied passage is pasted as it is written",
        );
    });
}

#[test]
fn a_mark_repaints_only_its_own_block_and_moves_nothing() {
    Browser::default().run(|page| {
        page.begin_article("Still", ARTICLE);
        let start = ARTICLE.find("The second").unwrap();
        page.drag_over("nobody objected to it");
        let tops: Vec<(i64, i64)> = page.read(TOPS);
        let () = page.read(WATCH);
        page.press(&["c"]);
        page.wait_mark("claim", "nobody objected to it");
        page.wait_saved();
        let touched: BTreeSet<i64> = page.read("return __touched");
        assert_eq!(touched.into_iter().collect::<Vec<_>>(), [i64::try_from(start).unwrap()]);
        assert_eq!(page.read::<Vec<(i64, i64)>>(TOPS), tops, "nothing jumps");

        page.leave_offer();
        page.drag_over("objected");
        page.press(&["x"]);
        page.wait_mark("criticism", "objected");
        assert_eq!(page.read::<Vec<(i64, i64)>>(TOPS), tops, "a second lane needs no more room");
    });
}

#[test]
fn nested_and_crossing_marks_can_be_told_apart_and_chosen_in_turn() {
    Browser::default().run(|page| {
        page.begin_article("Lanes", ARTICLE);
        let tag = |passage: &str, key: &str, label: &str| {
            page.drag_over(passage);
            page.press(&[key]);
            let id = page.wait_mark(label, passage);
            page.leave_offer();
            page.press(&["Escape"]);
            id
        };
        let outer = tag("nobody objected to it, at least not aloud", "c", "claim");
        let nested = tag("objected to it", "x", "criticism");
        let crossing = tag("not aloud, and that the evening", "x", "criticism");

        let pieces = pieces(page);
        let both = |text: &str| {
            pieces.iter().find(|piece| piece.text == text).unwrap_or_else(|| panic!("{pieces:?}"))
        };
        let inner = both("objected to it");
        assert!(inner.annotations.contains(&outer) && inner.annotations.contains(&nested), "{inner:?}");
        assert_eq!(inner.labels.split(' ').count(), 2);
        assert_eq!(inner.lanes, "2");
        let shared = both("not aloud");
        assert!(shared.annotations.contains(&outer) && shared.annotations.contains(&crossing), "{shared:?}");
        assert_eq!(shared.lanes, "2");
        let alone = both(", and that the evening");
        assert_eq!(alone.annotations, crossing);
        let outside = both("nobody ");
        assert_ne!(outside.style, inner.style, "two lines are drawn where two annotations lie");

        page.click_on("objected to it", 1);
        page.wait("return document.querySelector('[data-annotation-card]')", "a card is shown");
        let first: String =
            page.read("return document.querySelector('[data-annotation-card]').dataset.annotationCard");
        let other = if first == outer { &nested } else { &outer };
        page.wait_click_over();
        page.click_on("objected to it", 1);
        page.wait_card(other);
    });
}

#[test]
fn a_double_click_takes_a_word_and_a_triple_click_a_sentence() {
    Browser::default().run(|page| {
        page.begin_article("Clicks", ARTICLE);
        page.click_on("evening", 2);
        page.wait_selected("evening");
        page.press(&["Escape"]);
        page.click_on("[park]", 3);
        page.wait_selected("The first paragraph says that Ada met Bo in the park.");
    });
}

#[test]
fn a_sloppy_selection_is_snapped_to_whole_words_without_stray_spaces() {
    Browser::default().run(|page| {
        page.begin_article("Snap", ARTICLE);
        page.sweep("n[obody objected t]o it");
        page.wait_selected("nobody objected to");
        page.press(&["c"]);
        page.wait_mark("claim", "nobody objected to");
    });
}

#[test]
fn an_armed_label_tags_every_selection_at_once_until_escape() {
    Browser::default().run(|page| {
        page.begin_article("Sweep", ARTICLE);
        page.find(By::role("button", "Actor").within("[role=toolbar][aria-label=Labels]")).click();
        page.sweep("Ada");
        page.wait_mark("actor", "Ada");
        page.leave_offer();
        page.sweep("met [Bo] in");
        page.wait_mark("actor", "Bo");
        page.leave_offer();
        page.press(&["Escape"]);
        page.drag_over("nobody");
        assert_eq!(page.marks().len(), 2, "nothing is tagged any more");
    });
}

#[test]
fn right_to_left_text_is_laid_out_and_selected_as_it_is_read() {
    Browser::default().run(|page| {
        let text = "כותרת קצרה\n\nאמרה רות לוי כי הספרייה תיפתח מחדש.";
        page.begin_article("עברית", text);
        let direction: String = page.read("return getComputedStyle(__hand.blocks()[1]).direction");
        assert_eq!(direction, "rtl");
        page.drag_over("רות לוי");
        page.press(&["a"]);
        page.wait_mark("actor", "רות לוי");
        assert_blocks_show(page, text);
    });
}

#[test]
fn candidates_stay_in_sight_at_the_lower_edge_and_leave_the_passage_uncovered() {
    let people =
        ["Ada Bell", "Bo Carr", "Cy Dunn", "Di Eades", "Ed Frey", "Flo Gant", "Gil Hart", "Hal Ives"];
    let named: String = people.iter().map(|name| format!("Here {name} speaks.\n\n")).collect();
    let filling = "A line of no interest at all.\n\n".repeat(20);
    let text = format!("{named}{filling}The bridge is safe, they say.");
    // In the lower of the two windows the list has room neither above nor below, and is scrolled.
    for height in [640, 460] {
        Browser::default().sized(1200, height).run(|page| {
            page.begin_article("Edge", &text);
            for name in people {
                page.drag_over(name);
                page.press(&["a"]);
                page.wait_mark("actor", name);
                page.leave_offer();
                page.press(&["Escape"]);
            }
            page.go_to_text();
            page.press(&["Ctrl+End", "s", "c"]);
            page.wait_there("[data-offer]");
            let sight = "const list = document.querySelector('[data-offer]').getBoundingClientRect();
                const mark = document.querySelector('mark.chosen').getBoundingClientRect();
                if (list.top >= document.querySelector('.page').getBoundingClientRect().top && list.bottom <= innerHeight && (list.bottom <= mark.top || mark.bottom <= list.top))
                    return true;
                throw new Error(JSON.stringify([list, mark, innerHeight]))";
            page.wait(sight, "the whole list can be seen, beside the passage");
        });
    }
}

#[test]
fn characters_that_turn_the_direction_are_drawn_where_they_act() {
    Browser::default().run(|page| {
        let article = "Send \u{202E}lanimirc\u{202C} money to \u{2067}Bo\u{2069} today.";
        page.begin_article("Turned", article);
        assert_blocks_show(page, article);
        let drawn = "return [...__hand.surface().querySelectorAll('[data-turn]')]
            .filter((one) => 0 < one.getBoundingClientRect().width)
            .flatMap((one) => ['::before', '::after'].map((side) => getComputedStyle(one, side).content))
            .filter((content) => content !== 'none')";
        let names = ["\"RLO\"", "\"PDF\"", "\"RLI\"", "\"PDI\""];
        assert_eq!(page.read::<Vec<String>>(drawn), names);
        page.drag_over("today");
        page.press(&["c"]);
        page.wait_mark("claim", "today");
        page.select_by_keys("Send");
        page.press(&["a"]);
        page.wait_mark("actor", "Send");
        page.leave_offer();
        assert_blocks_show(page, article);
        assert_eq!(page.read::<Vec<String>>(drawn), names);
    });
}
