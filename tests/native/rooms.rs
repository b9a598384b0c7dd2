//! The rooms keep to themselves: who may import whom is checked on the sources, as design.md, section 2 has it.
//! Every break of a rule is reported with its file and line.

#![allow(clippy::disallowed_methods, reason = "this test reads the sources from disk")]
#![allow(clippy::unwrap_used, reason = "helpers of tests, which fail by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may import.
const ROOMS: [(&str, &[&str]); 12] = [
    ("text", &[]),
    ("model", &["text"]),
    ("format", &["model", "text"]),
    ("suggest", &["model", "text"]),
    ("agreement", &["model", "text"]),
    ("network", &["model", "text"]),
    ("scene", &["model", "text"]),
    ("search", &["scene", "model", "text"]),
    ("browser", &["text"]),
    ("store", &["format", "model", "text"]),
    (
        "app",
        &[
            "text",
            "model",
            "format",
            "suggest",
            "agreement",
            "network",
            "scene",
            "search",
            "browser",
            "store",
        ],
    ),
    (
        "ui",
        &["text", "model", "format", "suggest", "agreement", "network", "scene", "search", "browser", "app"],
    ),
];

/// The rooms that are plain Rust: no I/O, no clock, no randomness, no signals.
const CORE: [&str; 8] = ["text", "model", "format", "suggest", "agreement", "network", "scene", "search"];

/// Names that only some places may use.
const ONLY_IN: [(&str, &[&str]); 7] = [
    ("web_sys", &["browser/", "store/idb/"]),
    ("js_sys", &["browser/", "store/idb/"]),
    ("wasm_bindgen", &["browser/", "store/idb/"]),
    ("JsValue", &["browser/", "store/idb/"]),
    ("wasm_bindgen_futures", &["browser/", "store/idb/", "app/"]),
    ("idb", &["store/", "browser/folder.rs"]),
    ("leptos", &["app/", "ui/"]),
];

/// What no core room may call or use.
const NOT_IN_CORE: [&str; 8] =
    ["Instant::now", "SystemTime", "println!", "print!", "eprintln!", "eprint!", "std::fs", "gloo"];

#[test]
fn rooms_keep_to_the_table_of_the_design() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = sources(&root);
    assert!(10 < files.len(), "no sources found below {}", root.display());
    let mut broken = Vec::new();
    for file in files {
        let source = std::fs::read_to_string(&file).unwrap();
        let path = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        broken.extend(breaches(&path, &source).into_iter().map(|breach| format!("src/{path}:{breach}")));
    }
    assert!(broken.is_empty(), "{} broken rules:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn each_planted_breach_is_found() {
    check("model/edit.rs", "use crate::text::Span;", &[]);
    check("model/edit.rs", "use crate::model::Key;", &[]);
    check("model/edit.rs", "use crate::scene::Piece;", &["2: `model` must not import `scene`"]);
    check("model/edit.rs", "// crate::scene\n/* crate::ui */ /// [`crate::app`]", &[]);
    check("model/edit.rs", "const WORDS: &str = \"crate::scene\";", &[]);
    check("model/edit.rs", "const WORDS: &str = r#\"a \"crate::scene\" b\"#;", &[]);
    check(
        "model/edit.rs",
        "const QUOTE: char = '\"'; use crate::ui::A;",
        &["2: `model` must not import `ui`"],
    );
    check("model/edit.rs", "fn a<'a>(b: &'a str) { crate::ui::c(b) }", &["2: `model` must not import `ui`"]);
    check(
        "scene/piece.rs",
        "use crate::{\n    model::{Body, Key},\n    suggest::Match,\n    text,\n};",
        &["4: `scene` must not import `suggest`"],
    );
    check("scene/piece.rs", "use super::super::app::Command;", &["2: `scene` must not import `app`"]);
    check("format/brat/parse.rs", "use super::super::jsonl;", &[]);
    check("ui/list.rs", "use crate::store::Database;", &["2: `ui` must not import `store`"]);
    check("browser/clock.rs", "use crate::model::Timestamp;", &["2: `browser` must not import `model`"]);
    check("kitchen/pan.rs", "use std::fmt;", &["1: `kitchen` is no room of the table"]);
    check("app/mod.rs", "use wasm_bindgen_futures::spawn_local;\nuse leptos::prelude::*;", &[]);
    check("app/mod.rs", "use wasm_bindgen::JsCast;", &["2: `wasm_bindgen` has no place here"]);
    check("ui/list.rs", "fn a(b: leptos::web_sys::Event) {}", &["2: `web_sys` has no place here"]);
    check("store/mod.rs", "fn a(b: JsValue) {}", &["2: `JsValue` has no place here"]);
    check("store/idb/mod.rs", "use wasm_bindgen::JsValue;\nuse idb::Database;", &[]);
    check("suggest/name.rs", "use leptos::prelude::RwSignal;", &["2: `leptos` has no place here"]);
    check("suggest/name.rs", "use std::collections::*;", &["2: glob import"]);
    check("suggest/name.rs", "use super::*;", &["2: glob import"]);
    check("suggest/name.rs", "#[cfg(test)]\nmod tests {\n    use super::*;\n}", &[]);
    check("ui/list.rs", "use leptos::html::*;", &["2: glob import"]);
    check("ui/list.rs", "use leptos::{ev::{self, Event}, html, prelude::*};", &[]);
    check("ui/list.rs", "use leptos::{html::*, prelude::*};", &["2: glob import"]);
    check("model/list.rs", "use super::{a::{b, prelude::*}};", &["2: glob import"]);
    check("text/span.rs", "fn a() { std::time::Instant::now(); }", &["2: `Instant::now` in the core"]);
    check("text/span.rs", "fn a() { println!(\"{}\", 1); }", &["2: `println!` in the core"]);
    check("app/clock.rs", "fn a() { SystemTime::now(); }", &[]);
    check("main.rs", "use crate::ui::mount;", &[]);
    assert_eq!(breaches("text/span.rs", "use std::fmt;\n"), ["1: the file does not open with `//!`"]);
}

/// Checks a file of that name whose first line is a proper `//!` and whose second is the start of `source`.
fn check(path: &str, source: &str, expected: &[&str]) {
    assert_eq!(breaches(path, &format!("//! A file.\n{source}\n")), expected, "{path}: {source}");
}

/// The rules that a file breaks, each as its line and what is wrong there.
fn breaches(path: &str, source: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    if !source.starts_with("//!") {
        found.insert((1, "the file does not open with `//!`".to_owned()));
    }
    let Some((room, _)) = path.split_once('/') else {
        // The package's own two files, lib.rs and main.rs, join the rooms.
        return print(found);
    };
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        found.insert((1, format!("`{room}` is no room of the table")));
        return print(found);
    };
    let code = code_only(source);
    let line = |at: usize| code[..at].matches('\n').count() + 1;

    for (at, imported) in imports(&code, depth(path)) {
        let is_room = ROOMS.iter().any(|(name, _)| *name == imported);
        if is_room && imported != room && !allowed.contains(&imported) {
            found.insert((line(at), format!("`{room}` must not import `{imported}`")));
        }
    }
    for (name, places) in ONLY_IN {
        if !places.iter().any(|place| path.starts_with(place)) {
            let breach = |at| (line(at), format!("`{name}` has no place here"));
            found.extend(words(&code, name).map(breach));
        }
    }
    if CORE.contains(&room) {
        for name in NOT_IN_CORE {
            found.extend(words(&code, name).map(|at| (line(at), format!("`{name}` in the core"))));
        }
    }
    let tests = code.find("#[cfg(test)]").unwrap_or(code.len());
    for (at, _) in code.match_indices("::*") {
        let path = path_before(&code[code[..at].rfind(';').map_or(0, |before| before + 1)..at]);
        let leptos = path == "leptos::prelude" && ["app", "ui"].contains(&room);
        let in_tests = tests < at && ["super", "proptest::prelude"].contains(&path.as_str());
        if !leptos && !in_tests {
            found.insert((line(at), "glob import".to_owned()));
        }
    }
    print(found)
}

fn print(found: BTreeSet<(usize, String)>) -> Vec<String> {
    found.into_iter().map(|(line, what)| format!("{line}: {what}")).collect()
}

/// How many `super` lead from a file's module to the root of the package.
fn depth(path: &str) -> usize {
    let folders = path.matches('/').count();
    if path.ends_with("/mod.rs") { folders } else { folders + 1 }
}

/// The first names of all paths that start at the package's root, with their places.
fn imports(code: &str, depth: usize) -> Vec<(usize, &str)> {
    let climb = vec!["super"; depth].join("::");
    let mut found = Vec::new();
    for root in ["crate", climb.as_str()] {
        for at in words(code, root) {
            let Some(rest) = code[at + root.len()..].strip_prefix("::") else {
                continue;
            };
            let start = code.len() - rest.len();
            match rest.strip_prefix('{') {
                Some(group) => found.extend(heads(group, start + 1)),
                None => found.push((start, identifier(rest))),
            }
        }
    }
    found
}

/// The first name of each entry of an import group; `group` follows its opening brace, which lies before `start`.
fn heads(group: &str, start: usize) -> Vec<(usize, &str)> {
    let mut heads = Vec::new();
    let (mut level, mut fresh) = (1, true);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => level += 1,
            '}' => level -= 1,
            ',' if level == 1 => fresh = true,
            _ if letter.is_whitespace() => {}
            _ if level == 1 && fresh => {
                heads.push((start + at, identifier(&group[at..])));
                fresh = false;
            }
            _ => {}
        }
        if level == 0 {
            break;
        }
    }
    heads
}

/// The path at the end of an unfinished import, what stands before its braces included.
fn path_before(unfinished: &str) -> String {
    let import = words(unfinished, "use").last().map_or(unfinished, |at| &unfinished[at + "use".len()..]);
    let mut outer: Vec<String> = Vec::new();
    let mut path = String::new();
    for letter in import.chars().filter(|letter| !letter.is_whitespace()) {
        match letter {
            '{' => outer.push(path.clone()),
            '}' => path = outer.pop().unwrap_or_default(),
            ',' => path = outer.last().cloned().unwrap_or_default(),
            _ => path.push(letter),
        }
    }
    path
}

/// The places of a name that is not part of a longer one.
fn words<'a>(code: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(name).map(|(at, _)| at).filter(move |at| {
        let before = code[..*at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        !before.is_some_and(is_identifier) && !after.is_some_and(is_identifier)
    })
}

fn identifier(code: &str) -> &str {
    &code[..code.find(|letter| !is_identifier(letter)).unwrap_or(code.len())]
}

fn is_identifier(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The source with comments and literals blanked out; line ends stay where they are, byte for byte.
fn code_only(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let previous_is_identifier = code.chars().next_back().is_some_and(is_identifier);
        let blank = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if letter == '"' {
            string(rest)
        } else if letter == 'r' && !previous_is_identifier {
            raw_string(rest)
        } else if letter == '\'' {
            character(rest)
        } else {
            0
        };
        let taken = if blank == 0 { letter.len_utf8() } else { blank };
        let (part, after) = rest.split_at(taken);
        if blank == 0 {
            code.push_str(part);
        } else {
            code.extend(part.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        }
        rest = after;
    }
    code
}

/// The length of the block comment at the start, those inside it included.
fn block_comment(rest: &str) -> usize {
    let (mut level, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            (level, at) = (level + 1, at + 2);
        } else if here.starts_with(b"*/") {
            (level, at) = (level - 1, at + 2);
        } else {
            at += 1;
        }
        if level == 0 {
            return at;
        }
    }
    rest.len()
}

/// The length of the string literal at the start.
fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of the raw string literal at the start, 0 if there is none.
fn raw_string(rest: &str) -> usize {
    let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
    if rest.as_bytes().get(1 + hashes) != Some(&b'"') {
        return 0;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let open = hashes + 2;
    rest[open..].find(&close).map_or(rest.len(), |at| open + at + close.len())
}

/// The length of the character literal at the start, 0 if it is a lifetime.
fn character(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    match letters.next() {
        Some((_, '\\')) => rest[3..].find('\'').map_or(0, |at| at + 4),
        Some(_) => letters.next().filter(|(_, letter)| *letter == '\'').map_or(0, |(at, _)| at + 1),
        None => 0,
    }
}

/// All Rust files below a folder, sorted.
/// All sources of a folder.
pub fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
