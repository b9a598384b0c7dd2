//! The release build of the app keeps its relocations: by them the splitter (`xtask/src/split.rs`) moves functions
//! and data out of the one program into chunks.

#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=xtask/link.rs");
    let is = |name: &str, value: &str| env::var(name).as_deref() == Ok(value);
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bin=rubricator=--emit-relocs");
    }
}
