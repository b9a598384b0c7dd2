//! A document goes back to what it was at any moment, and undo takes that back.

#![allow(clippy::expect_used, reason = "tests fail by panicking")]

use proptest::prelude::*;
use rubricator::app::{Command, rewound, text_before};
use rubricator::model::{Body, Entry};

use super::arbitrary::world;
use super::rows::Desk;
use super::session::deeds;

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_document_goes_back_to_any_moment_and_undo_takes_that_back(
        world in world(),
        deeds in deeds(),
        moment in any::<prop::sample::Index>(),
    ) {
        let mut desk = Desk::of_world(&world);
        let Some(document) = desk.session.open().map(|open| open.document) else { return Ok(()) };
        let mut moments: Vec<(u64, Body)> = Vec::new();
        for deed in &deeds {
            if desk.session.state().documents().contains_key(&document) {
                moments.push((desk.session.history().last(), desk.body(document)));
            }
            deed.perform(&mut desk, &world);
        }
        desk.open(document);
        let here = desk.session.open().map(|open| open.document);
        if moments.is_empty() || here != Some(document) {
            return Ok(());
        }
        let (number, then) = moment.get(&moments);
        let newer: Vec<Entry> = desk.log().into_iter().filter(|entry| *number < entry.number).collect();
        let now = desk.body(document);
        let past = rewound(now.clone(), document, &newer);
        prop_assert_eq!(&past, then);
        let before = desk.session.history().last();
        let text = text_before(document, &newer);
        desk.perform(Command::Restore { document, past, text }).expect("it goes back");
        desk.check();
        let back = desk.body(document);
        let order = |body: &Body| body.order().to_vec();
        prop_assert_eq!(order(&back), order(then));
        if before < desk.session.history().last() {
            desk.perform(Command::Undo).expect("and forth");
            prop_assert_eq!(desk.body(document), now);
            desk.check();
        }
    }
}
