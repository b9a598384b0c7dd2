//! What a newcomer meets.

use crate::harness::{Browser, By, SUBFOLDER};

#[test]
fn first_start_shows_a_sample_with_marks_and_a_tour_that_can_be_dismissed_and_called_again() {
    Browser::default().run_untoured(|page| {
        let marks = page.marks();
        assert!(15 < marks.len(), "the sample is partly annotated: {marks:?}");
        for label in ["actor", "claim", "criticism"] {
            assert!(marks.iter().any(|(one, _)| one == label), "the sample shows a {label}");
        }
        assert_eq!(page.list("Annotations").len(), marks.len());
        assert!(page.text().contains('🚋'));

        let tour = page.find(By::role("complementary", "Short tour"));
        assert!(tour.words().contains("Mark a passage"));
        page.button("Next").click();
        page.wait_words("Say what it is");
        page.button("Close the tour").click();
        page.wait_gone("[aria-label='Short tour']");

        page.reload();
        assert!(!page.has(By::role("complementary", "Short tour")), "a dismissed tour stays away");

        page.button("Help").click();
        page.button("Show the short tour").click();
        page.find(By::role("complementary", "Short tour"));
        for _ in 0..4 {
            page.button("Next").click();
        }
        page.button("Begin").click();
        page.wait_gone("[aria-label='Short tour']");
    });
}

#[test]
fn the_page_works_from_a_subfolder_and_asks_nothing_of_any_other_place() {
    Browser::default().at(SUBFOLDER).run(|page| {
        page.wait_mark("actor", "Maren Holt");
        page.reload();
        let address = page.address();
        let outside: Vec<String> =
            page.requests().into_iter().filter(|one| !one.starts_with(&address)).collect();
        assert!(outside.is_empty(), "all is found beside the page, not at the server's root: {outside:?}");
    });
}

#[test]
fn controls_have_the_roles_and_names_that_the_design_fixes() {
    Browser::default().run(|page| {
        for name in ["Import", "Export", "Undo", "Redo", "Mark done"] {
            let (role, computed) = page.button(name).computed();
            assert_eq!(role, "button");
            assert!(computed.starts_with(name), "{computed:?} should begin with {name:?}");
        }
        for name in ["Documents", "Annotations"] {
            assert_eq!(page.find(By::role("list", name)).computed(), ("list".to_owned(), name.to_owned()));
        }
    });
}
