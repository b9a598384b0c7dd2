//! `cargo xtask test`: native tests, other tools on our exports, one release build, then the browser
//! tests on that build. All stages run even if one fails, their output passes through live, and the
//! last line is `N passed, N failed`.

use std::env;
use std::io::{BufRead, BufReader, IsTerminal, stdout};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use lexopt::prelude::*;

use crate::build::build;
use crate::chromium::Chromium;
use crate::tally::{Stage, Tally, summary};
use crate::{Stop, python, workplace};

/// What was asked for on the command line.
struct Request {
    filter: Option<String>,
    long: bool,
}

/// Runs `test [--long] [FILTER]`.
pub fn run(mut arguments: lexopt::Parser) -> Result<ExitCode, Stop> {
    let mut request = Request { filter: None, long: false };
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("long") => request.long = true,
            Value(filter) if request.filter.is_none() => request.filter = Some(filter.string()?),
            other => return Err(other.unexpected().into()),
        }
    }

    let mut stages = vec![request.stage("unit", &["--workspace", "--lib", "--bin", "xtask"])];
    if has_target("native") {
        stages.push(request.stage("native", &["--test", "native"]));
    }
    stages.push(request.stage("documentation", &["--doc"]));
    if has_target("clients") {
        stages.push(request.clients_stage());
    }
    if has_target("browser") {
        request.browser_stages(&mut stages);
    } else {
        stages.push(release_stage(|| build().map(drop)));
    }

    println!("{}", summary(&stages));
    let failed = stages.iter().any(|stage| stage.tally.failed != 0);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

impl Request {
    /// Other tools on our exports, unless the filter names none of their tests. Without Python or a network a person
    /// goes on without them; CI does not.
    fn clients_stage(&self) -> Stage {
        const NAME: &str = "clients";
        if self.filter.is_some() && !self.matches_tests_of(NAME) {
            return skipped(NAME, "the filter names none of its tests");
        }
        println!("\n== Python for the {NAME}");
        let started = Instant::now();
        match python::make_ready() {
            Ok(python) => {
                let mut command = self.cargo_test(&["--test", NAME]);
                command.env("RUBRICATOR_PYTHON", python).arg("--show-output");
                stage_of(NAME, command)
            }
            Err(stop) if env::var_os("CI").is_some_and(|ci| ci == "true") => {
                broken(NAME, stop, started.elapsed())
            }
            Err(Stop(line)) => skipped(NAME, &line),
        }
    }

    /// The release build and the browser tests on it, unless the filter names none of them.
    fn browser_stages(&self, stages: &mut Vec<Stage>) {
        if self.filter.is_some() && !self.matches_tests_of("browser") {
            for name in ["release build", "browser"] {
                stages.push(skipped(name, "the filter names no browser test"));
            }
            return;
        }
        // The browser first: where it is missing, that is known before the long build.
        let chromium = Chromium::find();
        let mut dist = None;
        stages.push(release_stage(|| {
            dist = Some(build()?);
            Ok(())
        }));
        let Some(dist) = dist else {
            stages.push(skipped("browser", "there is no release build"));
            return;
        };
        let chromium = match chromium {
            Ok(chromium) => chromium,
            Err(stop) => {
                stages.push(broken("browser", stop, Duration::ZERO));
                return;
            }
        };
        let mut command = self.cargo_test(&["--test", "browser"]);
        command
            .env("RUBRICATOR_DIST", dist)
            .env("CHROMEDRIVER", &chromium.driver)
            .env("CHROMIUM", &chromium.browser);
        stages.push(stage_of("browser", command));
    }

    fn stage(&self, name: &'static str, target: &[&str]) -> Stage {
        stage_of(name, self.cargo_test(target))
    }

    fn cargo_test(&self, target: &[&str]) -> Command {
        let mut command = workplace::cargo();
        command.args(["test", "--no-fail-fast"]).args(target).arg("--");
        command.args(&self.filter);
        if stdout().is_terminal() {
            command.arg("--color=always");
        }
        if self.long {
            command.env("RUBRICATOR_LONG", "1");
        }
        command
    }

    fn matches_tests_of(&self, target: &str) -> bool {
        let mut command = workplace::cargo();
        command.args(["test", "--test", target, "--", "--list", "--format=terse"]).args(&self.filter);
        // Where the list cannot be had the stage itself will say why.
        workplace::output_of(command).is_none_or(|list| list.lines().any(|line| line.ends_with(": test")))
    }
}

fn has_target(name: &str) -> bool {
    let tests = workplace::root().join("tests");
    tests.join(format!("{name}.rs")).is_file() || tests.join(name).join("main.rs").is_file()
}

/// Runs a test command, showing its output as it comes and counting what it says.
fn stage_of(name: &'static str, mut command: Command) -> Stage {
    println!("\n== {name}");
    let started = Instant::now();
    let mut tally = Tally::default();
    let success = match command.stdout(Stdio::piped()).spawn() {
        Ok(mut child) => {
            let output = child.stdout.take().map(BufReader::new);
            for line in output.into_iter().flat_map(|output| output.split(b'\n')).map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line);
                println!("{line}");
                tally.count(&line);
            }
            child.wait().is_ok_and(|status| status.success())
        }
        Err(error) => {
            eprintln!("error: {} does not start: {error}", command.get_program().display());
            false
        }
    };
    Stage { name, tally: tally.closed(success), elapsed: started.elapsed(), skipped: None }
}

fn release_stage(build: impl FnOnce() -> Result<(), Stop>) -> Stage {
    const NAME: &str = "release build";
    println!("\n== {NAME}");
    let started = Instant::now();
    match build() {
        Ok(()) => Stage { name: NAME, tally: Tally::default(), elapsed: started.elapsed(), skipped: None },
        Err(stop) => broken(NAME, stop, started.elapsed()),
    }
}

/// A stage that stopped before it could test anything.
fn broken(name: &'static str, Stop(line): Stop, elapsed: Duration) -> Stage {
    eprintln!("error: {line}");
    Stage { name, tally: Tally::default().closed(false), elapsed, skipped: None }
}

fn skipped(name: &'static str, reason: &str) -> Stage {
    Stage { name, tally: Tally::default(), elapsed: Duration::ZERO, skipped: Some(reason.to_owned()) }
}
