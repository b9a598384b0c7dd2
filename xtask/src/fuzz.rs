//! `cargo xtask fuzz`: every parser, or one, on mutated samples; `tests/fuzz` says how. What broke one is kept under
//! `tests/data/fuzz` and read again by the native tests.

use std::process::ExitCode;

use lexopt::prelude::*;

use crate::{Stop, workplace};

/// Runs `fuzz [--minutes N] [--seed N] [--kept] [NAME]`.
pub fn run(mut arguments: lexopt::Parser) -> Result<ExitCode, Stop> {
    let mut command = workplace::cargo();
    command.args(["run", "--quiet", "--profile", "fuzz", "--package", "fuzz", "--"]);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("minutes") => command.arg("--minutes").arg(arguments.value()?),
            Long("seed") => command.arg("--seed").arg(arguments.value()?),
            Long("kept") => command.arg("--kept"),
            Value(name) => command.arg(name),
            other => return Err(other.unexpected().into()),
        };
    }
    let status = command.status().map_err(|error| Stop::new(format!("cargo does not start: {error}")))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
