//! Several annotations of the list at once, by keys: relabelled, linked and deleted, each one undo.

use crate::harness::{Browser, By, Page};

const ARTICLE: &str = "Talks\n\nIt rains. It pours. It snows. Ada said so.\n";

fn begin(page: &Page) {
    page.begin_article("Several", ARTICLE);
    page.go_to_text();
    for (words, label) in [("It rains", "c"), ("It pours", "c"), ("It snows", "c"), ("Ada", "a")] {
        page.select_by_keys(words);
        page.press(&[label]);
        page.leave_offer();
    }
    page.wait_marks(&[("claim", "It rains"), ("claim", "It pours"), ("claim", "It snows"), ("actor", "Ada")]);
    page.press(&["g", "a", "ArrowDown", "Home"]);
}

/// Waits until exactly so many are chosen, as the bar says it.
fn wait_chosen(page: &Page, said: &str) {
    page.wait_with(
        "return document.querySelector('.several-bar [role=status]')?.textContent === arguments[0]",
        &[said.into()],
        &format!("the bar says {said:?}"),
    );
}

#[test]
fn several_annotations_are_relabelled_linked_and_deleted_by_keys_as_one_undo_each() {
    Browser::default().run(|page| {
        begin(page);
        page.press(&["Space", "Shift+ArrowDown"]);
        wait_chosen(page, "2 chosen");
        page.press(&["x"]);
        let relabelled =
            [("criticism", "It rains"), ("criticism", "It pours"), ("claim", "It snows"), ("actor", "Ada")];
        page.wait_marks(&relabelled);
        page.press(&["Ctrl+z"]);
        page.wait_marks(&[
            ("claim", "It rains"),
            ("claim", "It pours"),
            ("claim", "It snows"),
            ("actor", "Ada"),
        ]);
        page.press(&["g", "a", "ArrowDown", "Home", "Ctrl+a"]);
        wait_chosen(page, "4 chosen");
        page.find(By::role("combobox", "Link as")).write("Made by");
        page.press(&["ArrowDown", "Enter"]);
        page.find(By::role("combobox", "made by whom or what")).write("Ada");
        page.press(&["ArrowDown", "Enter"]);
        page.wait_words("3 annotations linked to Ada; 1 passed over");
        page.press(&["Escape", "Escape"]);
        page.go_to_text();
        page.press(&["g", "a", "ArrowDown", "Home", "Ctrl+a", "Delete"]);
        page.wait_marks(&[]);
        page.go_to_text();
        page.press(&["Ctrl+z"]);
        page.wait_marks(&[
            ("claim", "It rains"),
            ("claim", "It pours"),
            ("claim", "It snows"),
            ("actor", "Ada"),
        ]);
        page.wait_saved();
        let links = page.dataset().links();
        assert_eq!(links.len(), 3, "{links:?}");
    });
}
