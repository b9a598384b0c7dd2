//! `cargo xtask lint`: the one list of checks besides the tests, the same for a contributor and CI.
//! Cheap checks come first; all of them run, and the end names those that failed.

use std::process::{Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::progress::{Steps, clock};
use crate::toolbox::{Tool, Toolbox};
use crate::{Stop, no_more, workplace};

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
const COMPILER_PARTS: [Tool; 3] = [Tool::Component("rustfmt"), Tool::Component("clippy"), Tool::WasmTarget];
const REVIEWERS: [Tool; 2] = [Tool::CargoDeny, Tool::CargoMachete];

/// How long the database of advisories may take to come.
const FETCHING: Duration = Duration::from_secs(60);

/// Runs `lint`.
pub fn run(arguments: lexopt::Parser) -> Result<ExitCode, Stop> {
    no_more(arguments)?;
    let mut checks = Checks { failed: Vec::new() };
    Toolbox::fill(&COMPILER_PARTS, &mut Steps::new(COMPILER_PARTS.len()))?;

    checks.run("format", cargo(&["fmt", "--all", "--check"]), "`cargo fmt --all` mends it");
    checks.run(
        "clippy",
        cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        "mend the code, or allow the lint with a comment that gives the reason",
    );
    let mut clippy = cargo(&["clippy", "--locked", "--package", "rubricator", "--lib", "--bins"]);
    clippy.args(WASM).args(["--", "-D", "warnings"]);
    checks.run(
        "clippy for the browser",
        clippy,
        "mend the code, or allow the lint with a comment that gives the reason",
    );
    let mut doc = cargo(&["doc", "--locked", "--package", "rubricator", "--lib", "--no-deps"]);
    doc.args(WASM).env("RUSTDOCFLAGS", "-D warnings");
    checks.run("documentation", doc, "mend the links and headings it names");

    let toolbox = Toolbox::fill(&REVIEWERS, &mut Steps::new(REVIEWERS.len()))?;
    let mut deny = toolbox.command("cargo-deny");
    deny.args(["--offline", "check", "bans", "licenses", "sources"]);
    checks.run("licences and sources", deny, "see .deny.toml for what is allowed and why");
    if fetched(toolbox.command("cargo-deny")) {
        let mut advisories = toolbox.command("cargo-deny");
        advisories.args(["check", "--disable-fetch", "advisories"]);
        checks.run(
            "advisories",
            advisories,
            "update the crate, or say in .deny.toml why it does no harm here",
        );
    } else {
        println!("\n== advisories\nadvisories: left out, because their database cannot be reached from here");
    }
    let mut machete = toolbox.command("cargo-machete");
    machete.arg(".");
    checks.run("unused dependencies", machete, "remove them from Cargo.toml");

    checks.end()
}

/// Whether the database of advisories is here and of today, as far as `cargo deny` can have it within a while.
fn fetched(mut deny: Command) -> bool {
    deny.args(["fetch", "db"]).env("GIT_TERMINAL_PROMPT", "0").stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut fetching) = deny.spawn() else { return false };
    let started = Instant::now();
    while started.elapsed() < FETCHING {
        match fetching.try_wait() {
            Ok(None) => sleep(Duration::from_millis(100)),
            Ok(Some(status)) => return status.success(),
            Err(_) => return false,
        }
    }
    // It ends by itself or here; neither is worth a failed run.
    let _ended = fetching.kill().and_then(|()| fetching.wait());
    false
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = workplace::cargo();
    command.args(arguments);
    command
}

/// The checks that failed, each with its way out.
struct Checks {
    failed: Vec<(&'static str, &'static str)>,
}

impl Checks {
    fn run(&mut self, name: &'static str, mut command: Command, way_out: &'static str) {
        println!("\n== {name}");
        let started = Instant::now();
        let success = match command.status() {
            Ok(status) => status.success(),
            Err(error) => {
                eprintln!("error: {} does not start: {error}", command.get_program().display());
                false
            }
        };
        println!("{name}: {} ({})", if success { "passed" } else { "FAILED" }, clock(started.elapsed()));
        if !success {
            self.failed.push((name, way_out));
        }
    }

    fn end(self) -> Result<ExitCode, Stop> {
        if self.failed.is_empty() {
            println!("\nEvery check passed.");
            return Ok(ExitCode::SUCCESS);
        }
        println!();
        for (name, way_out) in &self.failed {
            println!("failed: {name}; {way_out}");
        }
        Ok(ExitCode::FAILURE)
    }
}
