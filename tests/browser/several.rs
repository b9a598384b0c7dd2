//! Several annotations of the list at once, by keys: relabelled, linked and deleted, each one undo.

use serde_json::json;

use crate::harness::{Browser, By, Folder, Page};

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

#[test]
fn an_attribute_of_several_annotations_is_set_by_keys_as_one_undo() {
    Browser::default().run(|page| {
        begin(page);
        page.press(&["Ctrl+a"]);
        wait_chosen(page, "4 chosen");
        page.tab_to("combobox", "Set an attribute");
        page.type_words("Stance");
        page.press(&["ArrowDown", "Enter"]);
        page.tab_to("radio", "support");
        page.press(&["Space"]);
        page.wait_saved();
        let stances = |page: &Page| {
            let dataset = page.dataset();
            let stance = |text| dataset.span("claim", text)["attributes"]["stance"].clone();
            ["It rains", "It pours", "It snows"].map(stance)
        };
        assert_eq!(stances(page), [json!("support"), json!("support"), json!("support")]);
        page.go_to_text();
        page.press(&["Ctrl+z"]);
        page.wait_saved();
        assert_eq!(stances(page), [json!(null), json!(null), json!(null)]);
    });
}

/// Waits until the list of documents shows exactly these, in this order.
fn wait_listed(page: &Page, titles: &[&str]) {
    let script = "const rows = [...document.querySelectorAll('.documents .rows .row .first')].map((one) => one.textContent);
        return JSON.stringify(rows) === JSON.stringify(arguments[0])";
    page.wait_with(script, &[json!(titles)], &format!("listed: {titles:?}"));
}

#[test]
fn documents_are_tagged_sampled_sorted_and_gone_through_in_the_order_of_the_list() {
    Browser::default().run(|page| {
        page.create_project("Sorted");
        let folder = Folder::new();
        let files: Vec<_> = ["Beta", "Alpha", "Gamma", "Delta"]
            .iter()
            .enumerate()
            .map(|(at, title)| folder.write(&format!("{at}.txt"), format!("{title}\n\nText.")))
            .collect();
        page.import(&files);
        wait_listed(page, &["Beta", "Alpha", "Gamma", "Delta"]);
        page.press(&["g", "d", "ArrowDown", "Home", "Ctrl+a", "Enter"]);
        page.find(By::role("radio", "Every so-manyth")).click();
        page.field("How many, or every which").rewrite("2");
        page.button("Tag 2 of 4").click();
        page.wait_words("2 documents changed");
        page.field("Source of all").write("The Tribune");
        page.button("Set what is filled in").click();
        page.wait_words("4 documents changed");
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        page.press(&["g", "d", "ArrowDown", "Escape"]);
        let pick = "const field = [...document.querySelectorAll('select')].find((one) => one.ariaLabel === arguments[0]);
            field.value = arguments[1]; field.dispatchEvent(new Event('change', { bubbles: true })); return true";
        page.wait_with(pick, &[json!("Order of the documents"), json!("title")], "the order is chosen");
        wait_listed(page, &["Alpha", "Beta", "Delta", "Gamma"]);
        page.go_to_text();
        page.wait_open("Beta");
        page.press(&["j"]);
        page.wait_open("Delta");
        page.wait_with(pick, &[json!("Tag of the documents"), json!("sample")], "the tag is chosen");
        wait_listed(page, &["Alpha", "Delta"]);
        page.go_to_text();
        page.press(&["k"]);
        page.wait_open("Alpha");
        page.press(&["Ctrl+z", "Ctrl+z"]);
        wait_listed(page, &["Alpha", "Beta", "Delta", "Gamma"]);
        page.wait_saved();
        page.reload();
        page.wait_ready();
        wait_listed(page, &["Alpha", "Beta", "Delta", "Gamma"]);
    });
}

#[test]
fn a_project_is_copied_without_annotations_and_another_put_into_the_archive() {
    Browser::default().run(|page| {
        begin(page);
        let text = page.text();
        page.wait_saved();
        page.open_projects();
        page.tab_to("button", "Copy Several");
        page.press(&["Enter"]);
        page.wait_project("Several (copy)");
        page.wait_ready();
        page.wait_rows("Documents", 1);
        page.wait_marks(&[]);
        page.wait_gone("dialog[open]");
        assert_eq!(page.text(), text);
        page.go_to_text();
        page.select_by_keys("It snows");
        page.press(&["c"]);
        page.wait_mark("claim", "It snows");
        page.wait_saved();
        page.open_projects();
        page.button("Archive Several").click();
        page.wait(
            "return !__hand.list('Projects').some((row) => /^Several\\b(?! \\()/.test(row))",
            "it is out of sight",
        );
        page.reload();
        page.wait_ready();
        page.open_projects();
        page.button("Archive (1)").click();
        page.button("Open Several").click();
        page.wait_project("Several");
        page.wait_marks(&[
            ("claim", "It rains"),
            ("claim", "It pours"),
            ("claim", "It snows"),
            ("actor", "Ada"),
        ]);
    });
}

#[test]
fn projects_that_are_not_open_are_copied_renamed_and_archived_by_keyboard() {
    Browser::default().run(|page| {
        begin(page);
        let text = page.text();
        page.wait_saved();
        page.create_project("Other");
        page.open_projects();
        page.tab_to("button", "Archive Several");
        page.press(&["Enter"]);
        page.tab_to("button", "Archive (1)");
        page.press(&["Enter"]);
        page.tab_to("button", "Copy Several");
        page.press(&["Enter"]);
        page.wait_project("Several (copy)");
        page.wait_ready();
        page.wait_marks(&[]);
        assert_eq!(page.text(), text);
        // Its name is changed where it is opened for that; the others keep theirs.
        page.open_projects();
        page.tab_to("button", "Rename Other");
        page.press(&["Enter"]);
        page.wait(
            "return document.activeElement.id === 'project-name' && document.activeElement.value === 'Other'",
            "the field has the keyboard and the name",
        );
        page.press(&["Ctrl+a"]);
        page.type_words("Another");
        page.press(&["Enter"]);
        page.wait_project("Another");
        page.button("Archive (1)").click();
        page.tab_to("button", "Throw away Several");
        page.press(&["Enter"]);
        page.tab_to("button", "Throw away");
        page.press(&["Enter"]);
        page.tab_to("button", "Bring back Several");
        page.press(&["Enter"]);
        page.button("Archive (1)").click();
        page.tab_to("button", "Open Several");
        page.press(&["Enter"]);
        page.wait_project("Several");
        page.wait_mark("claim", "It rains");
        page.reload();
        page.wait_ready();
        page.open_projects();
        let names = page.list("Projects").join(" / ");
        for name in ["Another", "Several (copy)", "Several"] {
            assert!(names.contains(name), "{names}");
        }
    });
}
