//! `cargo xtask`: everything a contributor or CI runs, one subcommand each.
//! On a fresh machine each command brings the tools it needs, says what it waits for, and a
//! failure ends in one line that names the way out.

// The wasm-hostile calls that .clippy.toml forbids are this program's whole work: it runs natively.
#![allow(clippy::disallowed_methods)]

mod bench;
mod build;
mod chromium;
mod debian;
mod fuzz;
mod imports;
mod lint;
mod progress;
mod python;
mod serve;
mod split;
mod tally;
mod test;
mod toolbox;
mod workplace;

use std::process::ExitCode;

use lexopt::prelude::*;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  serve [--port N] [--no-open]   build, serve on 127.0.0.1 and reload on every change (port 8080)
  build                          the optimized, static app in dist/, with its size
  test [--long] [FILTER]         native tests, other tools on our exports, the release build, then the browser tests on it
  lint                           everything that CI checks besides the tests
  bench [--repeat N] [--only PART] [--documents N] [--browser PROGRAM --driver PROGRAM]
                                 the page measured beside a floor and a peer; parts: texts, memory, start, project, registry
  fuzz [--minutes N] [--seed N] [NAME]
                                 parsers on mutated samples, each a minute or as long as said; NAME is one of them

Missing tools are installed once, into rubricator-tools in cargo's home folder.";

/// Why a command stops: one line for the person, with the way out.
#[derive(Debug)]
pub struct Stop(pub String);

impl Stop {
    /// A stop with this line.
    pub fn new(line: impl Into<String>) -> Self {
        Self(line.into())
    }
}

impl From<lexopt::Error> for Stop {
    fn from(error: lexopt::Error) -> Self {
        Self(format!("{error}; `cargo xtask --help` lists what there is"))
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(Stop(line)) => {
            eprintln!("error: {line}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode, Stop> {
    let mut arguments = lexopt::Parser::from_env();
    let command = match arguments.next()? {
        Some(Value(command)) => command.string()?,
        Some(Short('h') | Long("help")) | None => "help".to_owned(),
        Some(other) => return Err(other.unexpected().into()),
    };
    match command.as_str() {
        "serve" => serve::run(arguments),
        "build" => build::run(arguments),
        "test" => test::run(arguments),
        "lint" => lint::run(arguments),
        "bench" => bench::run(arguments),
        "fuzz" => fuzz::run(arguments),
        "name-worker" => build::name_worker(),
        serve::ANNOUNCE => serve::announce(arguments),
        "help" => {
            println!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(Stop::new(format!("there is no command `{command}`; `cargo xtask --help` lists them"))),
    }
}

/// Refuses whatever is left on a command line that takes no more arguments.
pub fn no_more(mut arguments: lexopt::Parser) -> Result<(), Stop> {
    match arguments.next()? {
        Some(extra) => Err(extra.unexpected().into()),
        None => Ok(()),
    }
}
