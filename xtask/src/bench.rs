//! `cargo xtask bench`: the release build, measured in a browser beside the least that a browser can do and beside a
//! peer. The pages stand in `tests/bench/pages`; figures go to `target/bench/page.json` and, as a table, to the terminal.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use lexopt::prelude::*;

use crate::build::build;
use crate::chromium::Chromium;
use crate::{Stop, workplace};

/// The peer: what most builders of web annotators take today.
const PEER: (&str, &str) = ("@recogito/text-annotator", "4.1.1");

/// Runs `bench`.
pub fn run(mut arguments: lexopt::Parser) -> Result<ExitCode, Stop> {
    let mut variables = Vec::new();
    let (mut browser, mut driver) = (None, None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("repeat") => variables.push(("RUBRICATOR_BENCH_REPEAT", arguments.value()?)),
            Long("only") => variables.push(("RUBRICATOR_BENCH_ONLY", arguments.value()?)),
            Long("documents") => variables.push(("RUBRICATOR_BENCH_DOCUMENTS", arguments.value()?)),
            Long("browser") => browser = Some(PathBuf::from(arguments.value()?)),
            Long("driver") => driver = Some(PathBuf::from(arguments.value()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    let chromium = match (browser, driver) {
        (Some(browser), Some(driver)) => Chromium { browser, driver },
        (None, None) => Chromium::find()?,
        _ => return Err(Stop::new("name both: --browser PROGRAM and --driver PROGRAM")),
    };
    let dist = build()?;
    let folder = workplace::target().join("bench");
    let site = folder.join("site");
    assemble(&dist, &site, &folder)?;

    println!(
        "Compiling the benchmark, then measuring: some ten minutes, best on a machine that does nothing else"
    );
    let mut command = workplace::cargo();
    command
        .args(["bench", "--bench", "page"])
        .env("RUBRICATOR_BENCH", folder.join("page.json"))
        .env("RUBRICATOR_DIST", &site)
        .env("CHROMEDRIVER", &chromium.driver)
        .env("CHROMIUM", &chromium.browser)
        .envs(variables);
    let status = command.status().map_err(|error| Stop::new(format!("cargo does not start: {error}")))?;
    if status.success() {
        Ok(ExitCode::SUCCESS)
    } else {
        Err(Stop::new("the measurement broke off; see above"))
    }
}

/// The build, the pages of comparison, the peer, and the texts, in one folder.
fn assemble(dist: &Path, site: &Path, folder: &Path) -> Result<(), Stop> {
    let failed = |error: std::io::Error| Stop::new(format!("{}: {error}", site.display()));
    if site.exists() {
        fs::remove_dir_all(site).map_err(failed)?;
    }
    fs::create_dir_all(site).map_err(failed)?;
    for from in [dist.to_owned(), workplace::root().join("tests/bench/pages")] {
        for entry in fs::read_dir(&from).map_err(failed)?.flatten() {
            fs::copy(entry.path(), site.join(entry.file_name())).map_err(failed)?;
        }
    }
    let (name, version) = PEER;
    let peer = folder.join(format!("peer-{version}"));
    let package = peer.join("node_modules").join(name).join("dist");
    if !package.is_dir() {
        fs::create_dir_all(&peer).map_err(failed)?;
        println!("Fetching the peer, {name} {version}");
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"])
            .arg(&peer)
            .arg(format!("{name}@{version}"));
        let fetched = npm.status().is_ok_and(|status| status.success());
        if !fetched {
            return Err(Stop::new("npm could not fetch the peer: is there a network, and npm?"));
        }
    }
    for (from, to) in [("text-annotator.umd.js", "peer.js"), ("text-annotator.css", "peer.css")] {
        fs::copy(package.join(from), site.join(to)).map_err(failed)?;
    }
    Ok(())
}
