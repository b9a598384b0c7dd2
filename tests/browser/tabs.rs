//! Several tabs on one project: each sees what the others do, undoes its own, and in the end all are equal.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::{Browser, Folder, Page, long};

const ARTICLE: &str = "Ada Bell spoke first. Bo Carr said that the bridge is safe. Cy Dunn did not agree.";

/// What the database holds of annotations, each as its id and label, in order.
const STORED: &str = "const done = arguments[0];
    const opening = indexedDB.open('rubricator');
    opening.onsuccess = () => {
        const all = opening.result.transaction('annotations').objectStore('annotations').getAll();
        all.onsuccess = () => {
            opening.result.close();
            const open = location.hash.match(/[0-9a-f-]{36}/g).join('/');
            const here = all.result.filter((row) => row.document === open);
            const own = here.filter((row) => row.key !== open);
            const sheet = here.find((row) => row.key === open)?.json.split('\\n\\n')[0].trim();
            const marks = (sheet ? sheet.split('\\n') : []).map((line) => JSON.parse(line))
                .filter((one) => !own.some((row) => row.key === `${open}/${one.id}`))
                .concat(own.filter((row) => row.json).map((row) => JSON.parse(row.json)));
            done(marks.map((one) => `${one.id} ${one.label}`).sort());
        };
    };";

/// Does random things as fast as the page takes them: selects words, labels, deletes, undoes and redoes.
const BUSY: &str = "window.__busy = true;
    let seed = arguments[1];
    const random = (below) => { seed = (seed * 48271) % 2147483647; return seed % below; };
    const channel = new MessageChannel();
    const turn = () => new Promise((go) => { channel.port1.onmessage = go; channel.port2.postMessage(0); });
    const key = (key, more = {}) => (__hand.surface() ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
    (async () => {
        for (let edits = 0; edits < arguments[0]; edits += 1) {
            __hand.surface()?.focus();
            key('Escape'); key('Escape'); key('Escape');
            key('Home', { ctrlKey: true });
            for (let steps = random(14); steps > 0; steps -= 1) key('ArrowRight', { ctrlKey: true });
            const what = random(10);
            if (what < 5) { key('w'); key('acx'[random(3)]); }
            else if (what < 7) { key('Tab'); key('Delete'); }
            else if (what < 9) key('z', { ctrlKey: true });
            else key('z', { ctrlKey: true, shiftKey: true });
            await turn();
        }
        window.__busy = false;
    })();";

fn painted(page: &Page) -> Vec<String> {
    page.read("return __hand.marks().map((mark) => `${mark.id} ${mark.label}`).sort()")
}

#[test]
fn two_tabs_see_each_others_edits_within_a_second_and_undo_their_own() {
    Browser::default().run(|page| {
        page.begin_article("Two tabs", ARTICLE);
        let one = page.tab();
        let other = page.open_tab();
        assert!(!page.read::<bool>("return document.body.innerText.includes('another tab')"));
        page.drag_over("Bo Carr");
        page.press(&["a"]);
        page.wait_mark("actor", "Bo Carr");
        page.wait_saved();
        let saved = Instant::now();
        page.switch_to(&one);
        page.wait_mark("actor", "Bo Carr");
        assert!(saved.elapsed() < Duration::from_secs(1), "it took {:?}", saved.elapsed());

        page.drag_over("the bridge is safe");
        page.press(&["c"]);
        page.wait_mark("claim", "the bridge is safe");
        page.wait_saved();
        page.switch_to(&other);
        page.wait_mark("claim", "the bridge is safe");
        page.leave_offer();
        // Undo takes back what this tab did, not what was done last.
        page.press(&["Ctrl+z"]);
        page.wait_unmarked("Bo Carr");
        page.wait_saved();
        page.wait_mark("claim", "the bridge is safe");
        page.switch_to(&one);
        page.wait_unmarked("Bo Carr");
        page.reload();
        page.wait_mark("claim", "the bridge is safe");
        // A reloaded tab still undoes its own.
        page.go_to_text();
        page.press(&["Ctrl+z"]);
        page.wait_unmarked("the bridge is safe");
        page.wait_saved();
        page.switch_to(&other);
        page.wait_unmarked("the bridge is safe");
    });
}

#[test]
fn after_random_edits_from_four_tabs_all_tabs_and_the_database_are_equal() {
    let edits = if long() { 2_500 } else { 60 };
    Browser::default().patient(if long() { 1_200 } else { 60 }).run(|page| {
        page.begin_article("Four tabs", ARTICLE);
        let mut tabs = vec![page.tab()];
        tabs.extend((0..3).map(|_| page.open_tab()));
        for (seed, tab) in (1..).zip(&tabs) {
            page.switch_to(tab);
            let () = page.read_with(BUSY, &[json!(edits), json!(seed * 7919)]);
        }
        for tab in &tabs {
            page.switch_to(tab);
            page.wait("return window.__busy === false", "this tab has done all");
            page.wait_saved();
        }
        let stored: Vec<String> = page.read_later(STORED, &[]);
        assert!(!stored.is_empty(), "something was labelled");
        for tab in &tabs {
            page.switch_to(tab);
            page.wait_with(
                "const found = JSON.stringify(__hand.marks().map((mark) => `${mark.id} ${mark.label}`).sort());
                 if (found === JSON.stringify(arguments[0])) return true;
                 throw new Error(found)",
                &[json!(stored)],
                "this tab shows what the database holds",
            );
        }
        page.reload();
        assert_eq!(painted(page), stored, "and so does a page that is loaded anew");
        let numbers: Vec<Value> = page.read_later(
            "const done = arguments[0];
             const opening = indexedDB.open('rubricator');
             opening.onsuccess = () => {
                 const all = opening.result.transaction('history').objectStore('history').getAll();
                 all.onsuccess = () => { opening.result.close(); done(all.result
                     .filter((row) => location.hash.includes(row.project)).map((row) => row.number).sort((a, b) => a - b)); };
             };",
            &[],
        );
        let expected: Vec<Value> = (1..=numbers.len()).map(|number| json!(number)).collect();
        assert_eq!(numbers, expected, "the log has every number once");
        eprintln!("{} entries from four tabs", numbers.len());
    });
}

#[test]
fn documents_come_into_one_tab_while_another_works_and_go_by_one_undo() {
    const DOCUMENTS: usize = 500;
    Browser::default().patient(120).run(|page| {
        page.begin_article("Two at work", ARTICLE);
        let one = page.tab();
        let other = page.open_tab();
        let () = page.read_with(BUSY, &[json!(60), json!(7919)]);
        page.switch_to(&one);
        let folder = Folder::new();
        let lines: Vec<String> =
            (1..=DOCUMENTS).map(|number| json!({ "text": format!("Number {number} came.") }).to_string()).collect();
        let (summary, findings) = page.import(&[folder.write("many.jsonl", lines.join("\n"))]);
        assert_eq!(summary, format!("{DOCUMENTS} documents came in."), "{findings:#?}");
        page.wait_saved();
        for tab in [&other, &one] {
            page.switch_to(tab);
            page.wait("return window.__busy !== true", "this tab has done all");
            page.wait_saved();
            page.wait_words(&format!("of {} done", DOCUMENTS + 1));
            page.wait_with(
                "return JSON.stringify(__hand.marks().map((mark) => `${mark.id} ${mark.label}`).sort()) === arguments[0]",
                &[json!(serde_json::to_string(&page.read_later::<Vec<String>>(STORED, &[])).unwrap())],
                "this tab shows what the database holds",
            );
        }
        page.button("Undo").click();
        page.wait_words("of 1 done");
        page.wait_saved();
        page.switch_to(&other);
        page.wait_words("of 1 done");
    });
}
