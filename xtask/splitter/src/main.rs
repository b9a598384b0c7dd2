//! `splitter PROGRAM.wasm FOLDER`: cuts a compiled program into `main.wasm` and the chunks that it fetches later.
//! A program of its own, so that only the release build waits until what it stands on is compiled.

// The wasm-hostile calls that .clippy.toml forbids are this program's whole work: it runs natively.
#![allow(clippy::disallowed_methods)]

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

use wasm_split_cli_support::{Options, transform};

fn main() -> Result<(), Box<dyn Error>> {
    let (Some(program), Some(folder)) = (env::args().nth(1), env::args().nth(2)) else {
        return Err("usage: splitter PROGRAM.wasm FOLDER".into());
    };
    let folder = Path::new(&folder);
    let main = folder.join("main.wasm");
    let program = fs::read(program)?;
    let mut options = Options::new(&program);
    options.output_dir = folder;
    options.main_out_path = &main;
    // The names by which `xtask/src/split.rs` finds the references between the pieces.
    options.link_name = "./chunks.js";
    options.main_module = "./rubricator.js";
    transform(options)?;
    Ok(())
}
