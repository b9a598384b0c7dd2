//! The outside tools at their exact versions, installed once into `rubricator-tools` in cargo's
//! home: shared by all clones and apart from the person's own tools.
//! A tool that is already there, or on PATH, at the right version is never installed again.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::progress::{Shown, Steps, follow};
use crate::{Stop, workplace};

/// What a command may need before it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// The standard library for wasm32.
    WasmTarget,
    /// A component of the Rust toolchain.
    Component(&'static str),
    /// Bundles and serves the app.
    Trunk,
    /// Makes the JavaScript glue; its version must be that of the library in Cargo.lock.
    WasmBindgen,
    /// Shrinks the release build; Debian's is too old for what rustc emits.
    WasmOpt,
    /// Checks licences, bans and sources.
    CargoDeny,
    /// Finds unused dependencies.
    CargoMachete,
}

/// The folders of the tools that were asked for.
pub struct Toolbox {
    folders: Vec<PathBuf>,
}

impl Toolbox {
    /// Makes these tools ready, one step each.
    pub fn fill(tools: &[Tool], steps: &mut Steps) -> Result<Self, Stop> {
        let mut folders = Vec::new();
        for tool in tools {
            folders.extend(tool.make_ready(steps)?);
        }
        // What the installations compiled in common is of no use once all of them are there.
        let _ = fs::remove_dir_all(scrap());
        folders.dedup();
        Ok(Self { folders })
    }

    /// A command of one of the tools, which finds the others on its PATH.
    pub fn command(&self, program: &str) -> Command {
        let found = self
            .folders
            .iter()
            .map(|folder| workplace::program_in(folder, program))
            .find(|path| path.is_file());
        let mut command = workplace::command(found.unwrap_or_else(|| program.into()));
        command
            .env("PATH", workplace::path_with(&self.folders))
            // Their backtraces would bury the one line that says what is wrong.
            .env("RUST_BACKTRACE", "0");
        command
    }
}

/// A program that `cargo install` brings.
struct Crate {
    package: &'static str,
    program: &'static str,
    version: String,
    arguments: &'static [&'static str],
    minutes: &'static str,
}

impl Tool {
    /// Makes one tool ready; answers the folder its programs are in, where it has one.
    fn make_ready(self, steps: &mut Steps) -> Result<Option<PathBuf>, Stop> {
        match self {
            Self::WasmTarget => make_target_ready(steps).map(|()| None),
            Self::Component(name) => make_component_ready(name, steps).map(|()| None),
            Self::WasmOpt => make_wasm_opt_ready(steps).map(Some),
            Self::Trunk => make_crate_ready(
                &Crate {
                    package: "trunk",
                    program: "trunk",
                    version: "0.21.14".to_owned(), // 0.22 wants a newer rustc than 1.95.
                    arguments: &["--locked", "--no-default-features", "--features", "rustls"],
                    minutes: "3 to 6 minutes",
                },
                steps,
            )
            .map(Some),
            Self::WasmBindgen => make_crate_ready(
                &Crate {
                    package: "wasm-bindgen-cli",
                    program: "wasm-bindgen",
                    version: locked_version("wasm-bindgen")?,
                    arguments: &["--no-default-features"], // Not --locked: its lock names a version that is not to be had.
                    minutes: "2 to 4 minutes",
                },
                steps,
            )
            .map(Some),
            Self::CargoDeny => make_crate_ready(
                &Crate {
                    package: "cargo-deny",
                    program: "cargo-deny",
                    version: "0.20.2".to_owned(),
                    arguments: &["--locked"],
                    minutes: "3 to 6 minutes",
                },
                steps,
            )
            .map(Some),
            Self::CargoMachete => make_crate_ready(
                &Crate {
                    package: "cargo-machete",
                    program: "cargo-machete",
                    version: "0.9.2".to_owned(),
                    arguments: &["--locked"],
                    minutes: "1 to 2 minutes",
                },
                steps,
            )
            .map(Some),
        }
    }
}

/// Where our tools are.
pub fn home() -> PathBuf {
    workplace::cargo_home().join("rubricator-tools")
}

/// Where installations compile, so that what they have in common is compiled once.
fn scrap() -> PathBuf {
    home().join("scrap")
}

fn make_target_ready(steps: &mut Steps) -> Result<(), Stop> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut rustc = workplace::command("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    if workplace::output_of(rustc).is_some_and(|folder| PathBuf::from(folder).is_dir()) {
        steps.begin("Rust's standard library for WebAssembly is there");
        return Ok(());
    }
    steps.begin("Adding Rust's standard library for WebAssembly (once, a few seconds)");
    if workplace::find_program("rustup").is_none() {
        return Err(Stop::new(format!(
            "rustup is not on PATH, and the target {TARGET} is missing; install Rust by rustup and run this again"
        )));
    }
    let mut rustup = workplace::command("rustup");
    rustup.args(["target", "add", TARGET]);
    follow(rustup, Shown::Progress)
        .map_err(|failure| failure.stop(format!("rustup could not add {TARGET}; see the lines above")))
}

fn make_component_ready(name: &str, steps: &mut Steps) -> Result<(), Stop> {
    let mut asked = workplace::cargo();
    asked.args([if name == "rustfmt" { "fmt" } else { name }, "--version"]);
    if workplace::output_of(asked).is_some() {
        steps.begin(&format!("{name} is there"));
        return Ok(());
    }
    steps.begin(&format!("Adding {name} (once, a few seconds)"));
    let mut rustup = workplace::command("rustup");
    rustup.args(["component", "add", name]);
    follow(rustup, Shown::Progress).map_err(|failure| {
        failure
            .stop(format!("{name} is missing; add it with `rustup component add {name}` and run this again"))
    })
}

fn make_crate_ready(wanted: &Crate, steps: &mut Steps) -> Result<PathBuf, Stop> {
    let Crate { package, program, version, arguments, minutes } = wanted;
    let ours = workplace::program_in(&home().join("bin"), program);
    for found in [Some(ours.clone()), workplace::find_program(program)].into_iter().flatten() {
        if says_version(&found, version) {
            steps.begin(&format!("{program} {version} is there"));
            return Ok(found.parent().map_or_else(PathBuf::new, PathBuf::from));
        }
    }
    steps.begin(&format!("Installing {program} {version} (once, {minutes}: it is compiled from source)"));
    let mut install = workplace::cargo();
    install
        .args(["install", &format!("{package}@{version}"), "--root"])
        .arg(home())
        .args(*arguments)
        .env("CARGO_TARGET_DIR", scrap())
        // These tools only start others or read small files: how soon they are there matters more than their speed.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        // Without a lock file, only versions that this rustc can compile.
        .env("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "fallback")
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET");
    follow(install, Shown::Progress).map_err(|failure| {
        failure.stop(format!(
            "{program} {version} could not be installed; the lines above say why (it needs a C compiler and a network)"
        ))
    })?;
    if says_version(&ours, version) {
        Ok(home().join("bin"))
    } else {
        Err(Stop::new(format!("{} was installed but does not run as version {version}", ours.display())))
    }
}

fn make_wasm_opt_ready(steps: &mut Steps) -> Result<PathBuf, Stop> {
    const VERSION: &str = "132";
    let folder = home().join("binaryen");
    let programs = folder.join("node_modules").join(".bin");
    let ours = programs.join(if cfg!(windows) { "wasm-opt.cmd" } else { "wasm-opt" });
    for found in [Some(ours.clone()), workplace::find_program("wasm-opt")].into_iter().flatten() {
        if says_version(&found, VERSION) {
            steps.begin(&format!("wasm-opt {VERSION} is there"));
            return Ok(found.parent().map_or_else(PathBuf::new, PathBuf::from));
        }
    }
    steps.begin(&format!("Installing wasm-opt {VERSION} (once, a few seconds: from npm)"));
    if workplace::find_program("node").is_none() {
        return Err(Stop::new(
            "node is not on PATH, and wasm-opt needs it; install Node.js and run this again",
        ));
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if !env::split_paths(&env::var_os("PATH").unwrap_or_default()).any(|folder| folder.join(npm).is_file()) {
        return Err(Stop::new(
            "npm is not on PATH, and wasm-opt comes from it; install npm and run this again",
        ));
    }
    fs::create_dir_all(&folder).map_err(|error| {
        Stop::new(format!("{} cannot be made: {error}; make it writable", folder.display()))
    })?;
    let mut install = workplace::command(npm);
    install
        .args(["install", "--save-exact", "--no-audit", "--no-fund", "--fetch-retries=1", "--prefix"])
        .arg(&folder)
        .arg(format!("binaryen@{VERSION}.0.0"));
    follow(install, Shown::Progress)
        .map_err(|failure| failure.stop("npm could not install binaryen; the lines above say why"))?;
    if says_version(&ours, VERSION) {
        Ok(programs)
    } else {
        Err(Stop::new(format!("{} was installed but does not run; is Node.js 18 or newer?", ours.display())))
    }
}

/// Whether a program runs and names this version as a word of its own.
fn says_version(program: &std::path::Path, version: &str) -> bool {
    if !program.is_file() {
        return false;
    }
    let mut asked = workplace::command(program);
    asked.arg("--version");
    workplace::output_of(asked).is_some_and(|answer| answer.split_whitespace().any(|word| word == version))
}

/// The version of a package in Cargo.lock.
fn locked_version(package: &str) -> Result<String, Stop> {
    let path = workplace::root().join("Cargo.lock");
    let lock =
        fs::read_to_string(&path).map_err(|error| Stop::new(format!("{}: {error}", path.display())))?;
    version_in(&lock, package)
        .ok_or_else(|| Stop::new(format!("{} does not name {package}; restore it from git", path.display())))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    Some(lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_tells_the_version_of_exactly_the_named_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "leptos"), None);
    }
}
