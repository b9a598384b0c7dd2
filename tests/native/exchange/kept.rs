//! The inputs that fuzzing once found to break a parser are read again: nothing panics, what comes out is sound, and it
//! is there soon.

#![allow(clippy::disallowed_methods, reason = "the inputs lie on disk, and a hang is measured by the clock")]

use std::path::Path;
use std::time::{Duration, Instant};

use target::{Input, names, run};

#[path = "../../fuzz/src/target.rs"]
#[allow(dead_code, reason = "a fuzzing loop uses the rest")]
mod target;

/// What fuzzing allows is a second for 100 KB; tests are not optimized and share the machine.
const MOST: Duration = Duration::from_secs(60);

#[test]
fn what_once_broke_a_parser_breaks_none_any_more() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fuzz");
    let mut count = 0;
    for parser in std::fs::read_dir(&root).unwrap().map(Result::unwrap) {
        let name = parser.file_name().into_string().unwrap();
        assert!(names().contains(&name.as_str()), "there is no parser called {name}");
        for folder in std::fs::read_dir(parser.path()).unwrap().map(Result::unwrap) {
            let mut input = Input::default();
            walk(&folder.path(), "", &mut input);
            let begun = Instant::now();
            run(&name, &input, &mut |_| {});
            assert!(begun.elapsed() < MOST, "{}: {:?}", folder.path().display(), begun.elapsed());
            count += 1;
        }
    }
    assert!(0 < count, "no input was kept");
}

fn walk(folder: &Path, prefix: &str, input: &mut Input) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{path}/"), input);
        } else {
            input.files.push((path, std::fs::read(entry.path()).unwrap()));
        }
    }
}
