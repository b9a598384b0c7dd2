//! Where things are on this machine: the project, cargo and its folders, programs on PATH.
//! Every command of a child process is made here, in the project's root and without a stdin,
//! so that nothing ever waits for an answer that cannot come.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The root of the project.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The folder cargo builds into.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Cargo's home folder.
pub fn cargo_home() -> PathBuf {
    match env::var_os("CARGO_HOME") {
        Some(folder) if !folder.is_empty() => PathBuf::from(folder),
        _ => env::home_dir().unwrap_or_else(root).join(".cargo"),
    }
}

/// A command of the cargo that runs us.
pub fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A command that runs in the project's root.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).stdin(Stdio::null());
    command
}

/// What a command prints, or nothing where it cannot run or fails.
pub fn output_of(mut command: Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first place on PATH that holds a program.
pub fn find_program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| program_in(&folder, name))
        .find(|path| path.is_file())
}

/// The path of a program in a folder, spelled as this system spells it.
pub fn program_in(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// PATH with these folders in front, and cargo's own folder at the end for tools that call cargo.
pub fn path_with(folders: &[PathBuf]) -> OsString {
    let before = env::var_os("PATH").unwrap_or_default();
    let cargo = env::var_os("CARGO").and_then(|cargo| Some(Path::new(&cargo).parent()?.to_path_buf()));
    let all = folders.iter().cloned().chain(env::split_paths(&before)).chain(cargo);
    env::join_paths(all).unwrap_or(before)
}
