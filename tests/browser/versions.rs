//! Databases that cannot be used: one message each, and nothing is written.

use serde_json::json;

use crate::harness::{Browser, Page};

/// How many rows each table holds, and the database's version.
const COUNTS: &str = "const done = arguments[0];
    const opening = indexedDB.open('rubricator');
    opening.onsuccess = () => {
        const counts = [opening.result.version];
        const transaction = opening.result.transaction([...opening.result.objectStoreNames]);
        for (const table of opening.result.objectStoreNames) {
            const count = transaction.objectStore(table).count();
            count.onsuccess = () => counts.push(`${table} ${count.result}`);
        }
        transaction.oncomplete = () => { opening.result.close(); done(counts); };
    };";

/// A page of the same origin on which nothing of ours runs.
fn leave(page: &Page) {
    page.go(&format!("{}nothing", page.address()));
    page.wait("return performance.now() > 500", "the app has let go of the database");
}

#[test]
fn a_database_of_a_newer_version_is_left_alone_and_it_is_said() {
    Browser::default().run(|page| {
        leave(page);
        let upgraded: bool = page.read_later(
            "const done = arguments[0];
             const opening = indexedDB.open('rubricator', 999);
             opening.onsuccess = () => { opening.result.close(); done(true); };
             opening.onblocked = () => done(false);",
            &[],
        );
        assert!(upgraded);
        let before: Vec<serde_json::Value> = page.read_later(COUNTS, &[]);
        assert_eq!(before[0], json!(999));
        page.go(&page.address());
        page.wait_words("newer version of the page");
        page.wait_words("Load the page again");
        leave(page);
        let after: Vec<serde_json::Value> = page.read_later(COUNTS, &[]);
        assert_eq!(before, after);
        page.forgive_problems();
    });
}

#[test]
fn a_browser_that_gives_no_database_is_told_what_to_do() {
    Browser::default().run(|page| {
        let refusing =
            "IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); };";
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": refusing }));
        page.go(&page.address());
        page.wait_words("Allow this site to store data");
    });
}
