//! The browser is killed at random moments while somebody works: what was shown as saved is there afterwards.

use serde_json::{Value, json};

use crate::harness::{Browser, Folder, Page, long};

/// Labels word after word, and notes each annotation that was painted when the page said that all is saved.
const WORK: &str = "window.__sure = [];
    const key = (key, more = {}) => __hand.surface().dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
    const look = () => {
        if (document.querySelector('[data-save=saved]')) window.__sure = __hand.marks().map((mark) => mark.id);
    };
    new MutationObserver(look).observe(document.querySelector('[data-save]').parentElement,
        { attributes: true, subtree: true, childList: true });
    look();
    let words = arguments[0];
    const step = () => {
        __hand.surface().focus();
        key('Escape'); key('Escape');
        key('Home', { ctrlKey: true });
        for (let count = words % 400; count > 0; count -= 1) key('ArrowRight', { ctrlKey: true });
        key('w'); key('cx'[words % 2]);
        words += 1;
        setTimeout(step, 12);
    };
    step();";

/// Every record of the database parses, and the log is whole.
const CHECK: &str = "const done = arguments[0];
    const opening = indexedDB.open('rubricator');
    opening.onerror = () => done('the database does not open');
    opening.onsuccess = () => {
        const tables = [...opening.result.objectStoreNames];
        const transaction = opening.result.transaction(tables);
        const problems = [];
        const numbers = new Map(), lasts = new Map(), quires = new Map(), leaves = [];
        for (const table of tables) {
            const all = transaction.objectStore(table).getAll();
            all.onsuccess = () => {
                for (const row of all.result) {
                    let json = null;
                    const many = ['annotations', 'relations', 'documents'].includes(table);
                    const none = table === 'texts' || table === 'quires';
                    const records = none ? [] : many ? row.json.split('\\n').filter(Boolean) : [row.json];
                    try {
                        for (const record of records) {
                            json = JSON.parse(record);
                            if (table === 'documents' && json.leaf) leaves.push(`${row.project}/${json.leaf}`.split(' '));
                        }
                    } catch { problems.push(`${table} ${row.key}`); }
                    if (table === 'quires') quires.set(row.key, new TextEncoder().encode(row.json).length);
                    if (table === 'history') numbers.set(row.project, [...(numbers.get(row.project) ?? []), row.number]);
                    if (row.key.endsWith('/cursor')) lasts.set(row.project, json.last);
                }
            };
        }
        transaction.oncomplete = () => {
            opening.result.close();
            for (const [key, ...places] of leaves) {
                const end = places.map(Number).reduce((sum, part) => sum + part);
                if (!(end <= quires.get(key))) problems.push(`the leaf ${key} ${places} is not there`);
            }
            for (const [project, found] of numbers) {
                found.sort((one, other) => one - other);
                if (found.some((number, at) => number !== at + 1)) problems.push(`a gap in the log of ${project}`);
                if (found.length !== lasts.get(project)) problems.push(`the log of ${project} ends at ${found.length}, not ${lasts.get(project)}`);
            }
            done(problems.join('; '));
        };
    };";

fn check_whole(page: &Page) {
    let problems: Value = page.read_later(CHECK, &[]);
    assert_eq!(problems, json!(""), "every record is whole");
}

#[test]
fn what_was_shown_as_saved_survives_a_kill_at_any_moment() {
    let cycles: u64 = if long() { 200 } else { 10 };
    let profile = Folder::new();
    let article = "The bridge will be built by the town and paid by all. ".repeat(40);
    let mut sure: Vec<String> = Vec::new();
    let mut random = 20_261_124_u64;
    for cycle in 0..cycles {
        Browser::default().run_on(&profile, |page| {
            if cycle == 0 {
                page.button("Close the tour").click();
                page.begin_article("Killed", &article);
            }
            check_whole(page);
            let there: Vec<String> = page.read("return __hand.marks().map((mark) => mark.id)");
            let lost: Vec<&String> = sure.iter().filter(|id| !there.contains(id)).collect();
            assert!(lost.is_empty(), "cycle {cycle}: {lost:?} of {} are lost", sure.len());
            let () = page.read_with(WORK, &[json!(cycle * 37)]);
            // The moment is random, and the page is asked up to the last.
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let looks = 3 + (random >> 33) % 25;
            for _ in 0..looks {
                sure = page.read("return window.__sure");
            }
            page.kill();
        });
    }
    assert!(cycles as usize <= sure.len(), "something was saved in most cycles: {}", sure.len());
    eprintln!("{cycles} kills, {} annotations saved, 0 lost", sure.len());
}
