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

/// How browsers refuse a database: forbidden for the site, in private windows (a request that fails, older Firefox), and
/// without the interface at all.
const REFUSALS: [&str; 4] = [
    "IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); };",
    "IDBFactory.prototype.open = () => { throw new DOMException('not in private', 'InvalidStateError'); };",
    "IDBFactory.prototype.open = function () {
        const request = Object.create(IDBOpenDBRequest.prototype, {
            error: { value: new DOMException('a mutation operation was attempted', 'InvalidStateError') },
            result: { get() { throw this.error; } },
        });
        for (const name of ['success', 'error', 'blocked', 'upgradeneeded']) {
            Object.defineProperty(request, `on${name}`, { writable: true, value: null });
        }
        setTimeout(() => request.onerror?.(Object.defineProperty(new Event('error'), 'target', { value: request })));
        return request;
    };",
    "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });",
];

#[test]
fn a_browser_that_gives_no_database_is_told_what_to_do() {
    Browser::default().run(|page| {
        for refusing in REFUSALS {
            let added = page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": refusing }));
            page.go(&page.address());
            page.wait_words("Allow this site to store data, or use a window that is not private.");
            let messages: usize = page.read("return [...document.querySelectorAll('[role=alert]')].filter((one) => one.innerText.trim()).length");
            assert!(messages <= 1, "one message, not {messages}");
            page.devtools(
                "Page.removeScriptToEvaluateOnNewDocument",
                json!({ "identifier": added["identifier"] }),
            );
        }
        page.forgive_problems();
    });
}

/// Other storage than the database is turned off as well in some browsers; the work goes on without it.
#[test]
fn without_small_storage_the_work_goes_on_and_is_kept() {
    Browser::default().run(|page| {
        let refusing = "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
            Object.defineProperty(globalThis, 'sessionStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
            Object.defineProperty(navigator, 'storage', { value: undefined });";
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": refusing }));
        page.reload();
        page.read::<()>("document.querySelector('[aria-label=\"Close the tour\"]')?.click()");
        page.begin_article("Bare", "Ada Bell said that the bridge is safe.");
        page.drag_over("Ada Bell");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada Bell");
        page.wait_saved();
        page.reload();
        page.wait_project("Bare");
        page.wait_mark("actor", "Ada Bell");
    });
}

/// Reads all rows, so that they can be written again as version 1 had them: one row a record.
const AS_VERSION_1: &str = "const done = arguments[0];
    const opening = indexedDB.open('rubricator');
    opening.onsuccess = () => {
        const database = opening.result, names = [...database.objectStoreNames], tables = {};
        const transaction = database.transaction(names);
        for (const name of names) {
            const all = transaction.objectStore(name).getAll();
            all.onsuccess = () => (tables[name] = all.result);
        }
        transaction.oncomplete = () => {
            database.close();
            let sheets = 0;
            // What a line of a sheet leaves out goes without saying, or is as in the line above it.
            const whole = (lines) => {
                let above = {};
                return (lines ?? []).map((json) => {
                    const { document, origin, annotator, modified, codebook_version } = above;
                    const kept = { document, origin, annotator, modified, codebook_version };
                    above = { attributes: {}, note: '', extra: '', actor: null, ...kept, ...JSON.parse(json) };
                    return above;
                });
            };
            const single = (row, one) => ({ ...row, key: `${row.key}/${one.id}`, json: JSON.stringify(one) });
            for (const row of tables.annotations.filter((row) => row.key === row.document)) {
                sheets += 1;
                const [marks, links] = row.json.trimEnd().split('\\n\\n').map((part) => part.split('\\n').filter(Boolean));
                tables.annotations.push(...whole(marks).map((one) => single(row, one)));
                tables.relations.push(...whole(links).map((one) => single(row, one)));
            }
            if (tables.quires.length) throw new Error('the first page has no quires');
            names.splice(names.indexOf('quires'), 1);
            tables.annotations = tables.annotations.filter((row) => row.key !== row.document && row.json);
            tables.relations = tables.relations.filter((row) => row.json);
            const removing = indexedDB.deleteDatabase('rubricator');
            removing.onsuccess = () => {
                const older = indexedDB.open('rubricator', 1);
                older.onupgradeneeded = () => {
                    for (const name of names) {
                        const table = older.result.createObjectStore(name, { keyPath: 'key' });
                        table.createIndex('project', ['project', 'number']);
                        table.createIndex('document', 'document');
                        for (const row of tables[name]) table.put(row);
                    }
                };
                older.onsuccess = () => { older.result.close(); done([sheets, tables.annotations.length]); };
            };
        };
    };";

#[test]
fn a_database_of_the_first_version_opens_with_all_that_is_in_it_and_can_be_worked_on() {
    Browser::default().run(|page| {
        page.wait("return __hand.marks().length > 0", "the sample has marks");
        let text = page.text();
        let marks = page.marks();
        let before = std::fs::read_to_string(page.export("Code points")).unwrap();
        leave(page);
        let (sheets, annotations): (usize, usize) = page.read_later(AS_VERSION_1, &[]);
        assert!(0 < sheets && sheets < annotations, "{sheets} sheets, {annotations} annotations");
        page.forgive_problems();
        page.go(&page.address());
        page.wait_ready();
        page.wait("return __hand.marks().length > 0", "the marks are there again");
        assert_eq!((page.text(), page.marks()), (text, marks.clone()));
        let after = std::fs::read_to_string(page.export("Code points")).unwrap();
        assert_eq!(before, after);

        // What goes, goes for good, and comes back by undo.
        page.go_to_text();
        page.press(&["Tab", "Delete"]);
        page.wait_with("return __hand.marks().length < arguments[0]", &[json!(marks.len())], "one is gone");
        page.wait_saved();
        page.reload();
        page.wait_ready();
        assert!(page.marks().len() < marks.len());
        page.press(&["Ctrl+z"]);
        page.wait_with("return __hand.marks().length === arguments[0]", &[json!(marks.len())], "it is back");
        assert_eq!(page.marks(), marks);
    });
}

/// Rows of a database of the second version, see the native test of it.
const VERSION_2: &str = include_str!("../data/database-2.jsonl");

/// Puts a database of version 2 with these rows in place of what is there.
const AS_VERSION_2: &str = "const done = arguments[1];
    const rows = arguments[0].trim().split('\\n').map((line) => JSON.parse(line));
    const names = ['projects', 'documents', 'texts', 'annotations', 'relations', 'actors', 'history', 'settings'];
    const removing = indexedDB.deleteDatabase('rubricator');
    removing.onsuccess = () => {
        const older = indexedDB.open('rubricator', 2);
        older.onupgradeneeded = () => {
            for (const name of names) {
                const table = older.result.createObjectStore(name, { keyPath: 'key' });
                table.createIndex('project', ['project', 'number']);
                table.createIndex('document', 'document');
                for (const { table: of, ...row } of rows) if (of === name) table.put(row);
            }
        };
        older.onsuccess = () => { older.result.close(); done(rows.length); };
    };";

#[test]
fn a_database_of_the_second_version_opens_and_its_import_can_be_undone() {
    Browser::default().run(|page| {
        leave(page);
        let rows: usize = page.read_later(AS_VERSION_2, &[json!(VERSION_2)]);
        assert_eq!(rows, VERSION_2.lines().count());
        page.forgive_problems();
        page.go(&page.address());
        page.wait_ready();
        page.wait_words("Trial");
        page.wait("return __hand.marks().length > 0", "the marks are there");
        let undo = "return !document.querySelector('button[aria-label=Undo]').disabled";
        // Every step of its history, down to the first import.
        for _ in 0..6 {
            page.wait(undo, "there is something to undo");
            page.button("Undo").click();
            page.wait_saved();
        }
        page.wait_words("No article is open.");
        let counts: Vec<serde_json::Value> = page.read_later(COUNTS, &[]);
        assert_eq!(counts[0], json!(3));
        page.button("Redo").click();
        page.wait("return __hand.marks().length > 0", "the marks are there again");
    });
}

/// Turns the database of the page into one of the first version, with all that is in it, and leaves the page.
fn make_older(page: &Page) {
    page.wait("return __hand.marks().length > 0", "the sample has marks");
    leave(page);
    let (sheets, _): (usize, usize) = page.read_later(AS_VERSION_1, &[]);
    assert!(0 < sheets);
    page.forgive_problems();
}

#[test]
fn a_database_that_another_tab_holds_is_waited_for_in_plain_words() {
    Browser::default().run(|page| {
        make_older(page);
        let holding = "const holding = indexedDB.open('rubricator', 1);
            holding.onsuccess = () => { window.__held = holding.result; };";
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": holding }));
        page.go(&page.address());
        page.wait_words("Another tab holds the database");
        page.read::<()>("__held.close()");
        page.wait_ready();
        page.wait("return __hand.marks().length > 0", "the page goes on by itself");
    });
}

#[test]
fn an_upgrade_that_fails_leaves_the_old_data_untouched_and_it_is_said() {
    Browser::default().run(|page| {
        make_older(page);
        let before: Vec<serde_json::Value> = page.read_later(COUNTS, &[]);
        assert_eq!(before[0], json!(1));
        let failing = "const open = IDBFactory.prototype.open;
            IDBFactory.prototype.open = function (name, ...rest) {
                const request = open.call(this, name, ...rest);
                request.addEventListener('upgradeneeded', () => request.transaction.abort());
                return request;
            };";
        let added = page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": failing }));
        page.go(&page.address());
        page.wait_words("load the page again");
        page.devtools(
            "Page.removeScriptToEvaluateOnNewDocument",
            json!({ "identifier": added["identifier"] }),
        );
        leave(page);
        let after: Vec<serde_json::Value> = page.read_later(COUNTS, &[]);
        assert_eq!(before, after);
        page.go(&page.address());
        page.wait_ready();
        page.wait("return __hand.marks().length > 0", "all is there");
        page.forgive_problems();
    });
}
