//! When things go wrong: a panic of the program, a full disk.

use serde_json::json;

use crate::harness::{Browser, By, Dataset, Page};

const ARTICLE: &str = "Ada Bell said that the bridge is safe. Bo Carr laughed.";

/// Makes the program panic without a door of its own for that: while it hears that the page is hidden, and puts off
/// some work, it is told that the page is left.
const PANIC: &str =
    "Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    const real = globalThis.queueMicrotask;
    globalThis.queueMicrotask = (task) => {
        globalThis.queueMicrotask = real;
        dispatchEvent(new Event('pagehide'));
        real(task);
    };
    document.dispatchEvent(new Event('visibilitychange'));";

#[test]
fn after_a_panic_a_calm_page_offers_to_go_on_a_backup_and_a_report_without_texts() {
    Browser::default().run(|page| {
        page.begin_article("Stopped", ARTICLE);
        page.drag_over("the bridge is safe");
        page.press(&["c"]);
        page.wait_mark("claim", "the bridge is safe");
        page.wait_saved();
        page.leave_offer();
        let () = page.read(PANIC);
        page.wait_words("All that was shown as saved is saved");
        page.find(By::role("button", "Load the page again"));
        let report: String = page.read("return document.querySelector('.stopped textarea').value");
        assert!(report.contains("stopped at") && report.contains(".rs:"), "{report}");
        for words in ["Bo Carr", "bridge", "Ada"] {
            assert!(!report.contains(words), "{report}");
        }
        page.forgive_problems();
        page.button("Load it and save a backup").click();
        page.wait_ready();
        let backup = page.downloaded();
        assert!(backup.to_string_lossy().ends_with(".zip"), "{}", backup.display());
        page.wait_mark("claim", "the bridge is safe");
    });
}

fn quota(page: &Page, bytes: Option<u64>) {
    let origin = crate::harness::origin();
    let mut values = json!({ "origin": origin });
    if let Some(bytes) = bytes {
        values["quotaSize"] = json!(bytes);
    }
    page.devtools("Storage.overrideQuotaForOrigin", values);
}

#[test]
fn on_a_full_disk_work_stays_can_be_undone_and_is_saved_once_there_is_room() {
    Browser::default().patient(30).run(|page| {
        page.begin_article("Full", ARTICLE);
        // The browser asks for the quota once in a while: surely when it opens the database again.
        quota(page, Some(1));
        page.go("about:blank");
        page.wait("return performance.now() > 4000", "the database is closed");
        page.go(&page.address());
        page.wait_ready();
        page.drag_over("Ada Bell");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada Bell");
        page.wait_there("[data-save=failed]");
        page.button("Why").click();
        page.wait_words("Free some space on this device, or export your work now.");
        page.button("Why").click();
        page.leave_offer();
        page.drag_over("the bridge is safe");
        page.press(&["c"]);
        page.wait_mark("claim", "the bridge is safe");
        page.leave_offer();
        page.press(&["Ctrl+z"]);
        page.wait_unmarked("the bridge is safe");
        // What could not be saved can still be taken home.
        assert_eq!(page.dataset().spans(), [("actor".to_owned(), "Ada Bell".to_owned())]);
        page.press(&["Ctrl+Shift+z"]);
        page.wait_mark("claim", "the bridge is safe");
        quota(page, None);
        page.wait_saved();
        page.reload();
        page.wait_marks(&[("actor", "Ada Bell"), ("claim", "the bridge is safe")]);
    });
}

#[test]
fn little_room_is_said_in_time() {
    Browser::default().run(|page| {
        page.begin_article("Room", ARTICLE);
        page.wait_saved();
        quota(page, Some(15_000_000));
        page.reload();
        page.wait_ready();
        page.wait_words("ess than 20 MB of room are left in this browser");
        page.wait_saved();
        quota(page, None);
        page.reload();
        page.wait_ready();
        page.wait_saved();
        let kept = "const done = arguments[0];
            (async () => {
                const folder = await navigator.storage.getDirectory();
                for (let tries = 0; tries < 100; tries += 1) {
                    if (!(await Array.fromAsync(folder.keys())).length) return 0;
                    await new Promise((go) => setTimeout(go, 50));
                }
                return 1;
            })().then(done);";
        let files: usize = page.read_later(kept, &[]);
        assert_eq!(files, 0, "nothing is left of the trial");
    });
}

/// A newer version in another tab closes the database under what is not stored yet.
#[test]
fn what_is_not_saved_can_be_taken_home_from_a_page_that_cannot_go_on() {
    Browser::default().run(|page| {
        page.begin_article("Overtaken", ARTICLE);
        page.drag_over("Ada Bell");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada Bell");
        page.wait_saved();
        page.leave_offer();
        let () = page.read(
            "IDBDatabase.prototype.transaction = () => { throw new DOMException('no', 'UnknownError'); };",
        );
        page.drag_over("the bridge is safe");
        page.press(&["c"]);
        page.wait_mark("claim", "the bridge is safe");
        page.wait_there("[data-save=failed]");
        page.leave_offer();
        let () =
            page.read("indexedDB.open('rubricator', 999).onsuccess = (event) => event.target.result.close()");
        page.wait_words("A newer version of Rubricator was opened in another tab.");
        page.button("Export your work").click();
        page.wait_words("the dataset was downloaded as it is here");
        let spans = Dataset::read(&page.downloaded()).spans();
        assert_eq!(
            spans,
            [("actor", "Ada Bell"), ("claim", "the bridge is safe")]
                .map(|(label, words)| (label.to_owned(), words.to_owned()))
        );
        page.forgive_problems();
    });
}
