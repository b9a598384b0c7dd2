//! Backups that go by themselves into a folder of the person's choice.

use serde_json::json;

use crate::harness::{Browser, By, Folder, Page};

/// Names of the files in the folder, and the bytes of the last of them; none while the browser puts one in place.
const WRITTEN: &str = "const done = arguments[0];
    (async () => {
        const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle('backups', { create: true });
        const names = [];
        let bytes = new Uint8Array();
        for await (const [name, handle] of folder.entries()) {
            if (!name.endsWith('.zip')) continue;
            names.push(name);
            bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        }
        done([names, Array.from(bytes)]);
    })().catch(() => done([[], []]));";

fn written(page: &Page) -> (Vec<String>, Vec<u8>) {
    page.read_later(WRITTEN, &[])
}

/// Waits until there is a whole file with other bytes than these.
fn wait_written(page: &Page, but: &[u8]) -> (Vec<String>, Vec<u8>) {
    for _ in 0..200 {
        let (names, bytes) = written(page);
        if !bytes.is_empty() && bytes != but {
            return (names, bytes);
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("no backup is in the folder: {:?}", written(page).0);
}

#[test]
fn backups_go_into_the_chosen_folder_and_open_again() {
    Browser::default().run(|page| {
        // The browser's own dialog cannot be worked from here; the folder that it would give is one of the same kind.
        let source = "window.showDirectoryPicker = async () =>
            (await navigator.storage.getDirectory()).getDirectoryHandle('backups', { create: true });";
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
        page.reload();
        page.begin_article("Backed up", "Ada Bell says that the bridge is safe.");
        page.button("Settings").click();
        page.button("Choose a folder").click();
        page.wait_words("a backup of the open project goes into “backups”");
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        let (names, first) = wait_written(page, &[]);
        assert_eq!(names.len(), 1, "{names:?}");
        assert!(names[0].starts_with("Backed up-") && names[0].ends_with(".rubricator.zip"), "{names:?}");

        // After a reload the folder is still known, and what changed goes there when the page is put away.
        page.reload();
        page.drag_over("the bridge is safe");
        page.press(&["c"]);
        page.wait_mark("claim", "the bridge is safe");
        page.wait_saved();
        page.read::<()>(
            "Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
             document.dispatchEvent(new Event('visibilitychange'));
             delete document.visibilityState;",
        );
        let (again, second) = wait_written(page, &first);
        assert_eq!(again, names);

        let folder = Folder::new();
        let (summary, findings) = page.import(&[folder.write("again.rubricator.zip", second)]);
        assert!(summary.contains("“Backed up”"), "{summary}");
        assert!(findings.is_empty(), "{findings:?}");
        page.wait_marks(&[("claim", "the bridge is safe")]);

        page.button("Settings").click();
        page.button("Stop backing up").click();
        page.wait_words("Or have backups written by themselves");
    });
}

#[test]
fn a_backup_is_open_as_a_project_of_its_own_after_two_clicks() {
    Browser::default().run(|page| {
        page.begin_article("Kept", "Ada Bell said that the bridge is safe.");
        page.drag_over("the bridge is safe");
        page.press(&["c"]);
        page.wait_mark("claim", "the bridge is safe");
        page.wait_saved();
        page.leave_offer();
        page.press(&["Ctrl+Shift+s"]);
        let backup = page.downloaded();
        let before: String = page.read("return location.hash");
        page.drag_over("Ada Bell");
        page.press(&["a"]);
        page.wait_mark("actor", "Ada Bell");
        page.wait_saved();
        page.leave_offer();

        // The first click opens the dialog, the second the browser's choice of files, in which the backup is picked.
        page.read::<()>("window.__clicks = 0; addEventListener('click', () => window.__clicks += 1, true)");
        page.button("Import").click();
        page.find(By::role("file", "Choose files").within("dialog")).choose(&[backup]);
        page.wait_words("The backup is open as the project “Kept”.");
        page.wait_marks(&[("claim", "the bridge is safe")]);
        let clicks: u32 = page.read("return window.__clicks");
        assert!(clicks <= 2, "{clicks} clicks");
        let after: String = page.read("return location.hash");
        assert_ne!(before.get(..37), after.get(..37), "it is a project of its own");
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        // The one that it was taken of is as it was.
        page.go(&format!("{}{before}", page.address()));
        page.reload();
        page.wait_marks(&[("actor", "Ada Bell"), ("claim", "the bridge is safe")]);
    });
}

#[test]
fn after_a_reload_the_browser_may_want_to_be_asked_again_before_backups_go_on() {
    Browser::default().run(|page| {
        // As Chrome does it: after a reload the permission is to be given again, by a click.
        let source = "window.showDirectoryPicker = async () =>
                (await navigator.storage.getDirectory()).getDirectoryHandle('backups', { create: true });
            window.__permission = 'granted';
            FileSystemHandle.prototype.queryPermission = async () => window.__permission;
            FileSystemHandle.prototype.requestPermission = async () => {
                if (!navigator.userActivation.isActive) throw new DOMException('no click', 'SecurityError');
                return window.__permission = 'granted';
            };";
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
        page.reload();
        page.begin_article("Asked again", "Ada Bell says that the bridge is safe.");
        page.button("Settings").click();
        page.button("Choose a folder").click();
        page.wait_words("a backup of the open project goes into “backups”");
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        let (_, first) = wait_written(page, &[]);

        let asking = "window.__permission = 'prompt';";
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": asking }));
        page.reload();
        page.drag_over("the bridge is safe");
        page.press(&["c"]);
        page.wait_mark("claim", "the bridge is safe");
        page.wait_saved();
        page.leave_offer();
        page.read::<()>(
            "Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
             document.dispatchEvent(new Event('visibilitychange'));
             delete document.visibilityState;",
        );
        page.wait_words("the browser wants your permission again: open the settings");
        assert_eq!(written(page).1, first, "nothing is written without permission");

        page.button("Settings").click();
        page.wait_words("but the browser wants your permission again.");
        page.button("Allow it").click();
        page.wait_words("a backup of the open project goes into “backups”");
        let (names, second) = wait_written(page, &first);
        assert_eq!(names.len(), 1, "{names:?}");
        assert!(!second.is_empty());
    });
}
