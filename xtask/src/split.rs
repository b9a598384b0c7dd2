//! Cuts the compiled app into the main module and the chunks that it fetches once the page can be used, shrinks
//! each, and puts them in `dist/` in the place of the whole that Trunk made. All pieces of a version carry its hash
//! in their names, so that no piece ever meets one of another version.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use crate::build::{Profile, read};
use crate::imports::{bare, shorten};
use crate::progress::{Shown, Steps, follow};
use crate::toolbox::Toolbox;
use crate::{Stop, workplace};

/// Functions sorted by name stand beside their like, which gzip makes 3% smaller; the names go last.
/// The lowest 1024 bytes are the far end of the stack, so that no data lies there.
/// Short functions stay functions: a call is shorter than its body.
const SHRINKING: [&str; 12] = [
    "--always-inline-max-function-size",
    "1",
    "--one-caller-inline-max-function-size",
    "1",
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
];

/// How the loader of the chunks reads one, and how it shall: a server need not know the type of a `.wasm` file,
/// and an answer that is no chunk shall not be taken for one.
const STREAMING: &str = "(WebAssembly.instantiateStreaming(src, imports))";
const READING: &str = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";
const FETCHING: (&str, &str) = (
    "import.meta.url));",
    "import.meta.url)).then((r) => (r.ok ? r : Promise.reject(new Error(`${r.url}: ${r.status}`))));",
);

/// A file of `dist/`.
pub struct Piece {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub content: Vec<u8>,
}

/// The pieces of a version.
pub struct Pieces {
    /// The glue and the module that make the page usable.
    pub main: Vec<Piece>,
    /// What comes later.
    pub chunks: Vec<Piece>,
}

/// Cuts the app and writes its pieces; `whole` is the name that Trunk gave to the uncut one. Answers the new name
/// besides.
pub fn split(
    toolbox: &Toolbox,
    steps: &mut Steps,
    dist: &Path,
    whole: &str,
) -> Result<(String, Pieces), Stop> {
    let folder = workplace::target().join("split");
    // What is left of an earlier cut would be taken for a part of this one.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| Stop::new(format!("{}: {error}", folder.display())))?;

    steps.begin("Cutting the app into what comes first and what comes later");
    let mut splitter = workplace::cargo();
    splitter
        .args(["run", "--quiet", "--profile", Profile::Serve.name(), "--package", "splitter", "--"])
        .arg(workplace::target().join("wasm32-unknown-unknown/release/rubricator.wasm"))
        .arg(&folder);
    follow(splitter, Shown::Diagnostics)
        .map_err(|failure| failure.stop("the app could not be cut; see above"))?;
    let mut bindgen = toolbox.command("wasm-bindgen");
    bindgen
        .args([
            "--target",
            "web",
            "--no-typescript",
            "--keep-lld-exports",
            "--out-name",
            "rubricator",
            "--out-dir",
        ])
        .arg(&folder)
        .arg(folder.join("main.wasm"));
    follow(bindgen, Shown::Progress)
        .map_err(|failure| failure.stop("wasm-bindgen could not make the glue; see above"))?;

    let main = folder.join("rubricator_bg.wasm");
    let (short, glue) = shorten(&read(&main)?, &text(&folder.join("rubricator.js"))?)?;
    fs::write(&main, short).map_err(|error| Stop::new(format!("{}: {error}", main.display())))?;

    steps.begin("Shrinking the pieces");
    let mut modules = BTreeMap::new();
    for path in modules_in(&folder)? {
        let mut shrink = toolbox.command("wasm-opt");
        shrink.args(SHRINKING).arg(&path).arg("-o").arg(&path);
        follow(shrink, Shown::Progress).map_err(|failure| failure.stop("wasm-opt failed; see above"))?;
        modules.insert(name_of(&path), read(&path)?);
    }
    let loader = bare(&text(&folder.join("chunks.js"))?);

    let mut hasher = DefaultHasher::new();
    modules.values().for_each(|module| hasher.write(module));
    [&glue, &loader].into_iter().for_each(|script| hasher.write(script.as_bytes()));
    let stem = format!("rubricator-{:016x}", hasher.finish());

    let glue = replaced(&glue, r#"from "./chunks.js""#, &format!(r#"from "./{stem}-chunks.js""#))?;
    let loader = replaced(&loader, r#""./rubricator.js""#, &format!(r#""./{stem}.js""#))?;
    let loader = replaced(&loader, STREAMING, READING)?;
    let mut loader = replaced(&loader, FETCHING.0, FETCHING.1)?;
    let mut pieces = Pieces { main: Vec::new(), chunks: Vec::new() };
    for (name, content) in modules {
        if name == "rubricator_bg.wasm" {
            pieces.main.push(Piece { name: format!("{stem}_bg.wasm"), content });
            continue;
        }
        let new = format!("{stem}-{}", name.trim_start_matches("split_"));
        loader = replaced(&loader, &format!(r#""./{name}""#), &format!(r#""./{new}""#))?;
        pieces.chunks.push(Piece { name: new, content });
    }
    pieces.main.push(Piece { name: format!("{stem}.js"), content: glue.into_bytes() });
    pieces.main.push(Piece { name: format!("{stem}-chunks.js"), content: loader.into_bytes() });

    for piece in pieces.main.iter().chain(&pieces.chunks) {
        let path = dist.join(&piece.name);
        fs::write(&path, &piece.content)
            .map_err(|error| Stop::new(format!("{}: {error}", path.display())))?;
    }
    for uncut in [format!("{whole}.js"), format!("{whole}_bg.wasm")] {
        let path = dist.join(uncut);
        fs::remove_file(&path).map_err(|error| Stop::new(format!("{}: {error}", path.display())))?;
    }
    Ok((stem, pieces))
}

/// The modules that go into `dist/`, in the order of their names.
fn modules_in(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    let entries =
        fs::read_dir(folder).map_err(|error| Stop::new(format!("{}: {error}", folder.display())))?;
    let mut modules: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = name_of(path);
            name.ends_with(".wasm") && name != "main.wasm"
        })
        .collect();
    modules.sort();
    Ok(modules)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn text(path: &Path) -> Result<String, Stop> {
    String::from_utf8(read(path)?).map_err(|error| Stop::new(format!("{}: {error}", path.display())))
}

/// Replaces what must be there: another version of a tool may write it in another way.
fn replaced(text: &str, from: &str, to: &str) -> Result<String, Stop> {
    if text.contains(from) {
        Ok(text.replace(from, to))
    } else {
        Err(Stop::new(format!("the glue does not hold `{from}`; see xtask/src/split.rs")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_that_is_not_there_is_an_error() {
        assert_eq!(replaced("a b a", "a", "c").expect("it is there"), "c b c");
        assert!(replaced("a b a", "d", "c").is_err());
    }
}
