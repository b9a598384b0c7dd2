//! Python with the packages that read our exports, in an environment of its own in `rubricator-tools`. It is made
//! once, and anew only when `tests/clients/requirements.txt` has changed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::progress::{Shown, Steps, follow};
use crate::{Stop, debian, toolbox, workplace};

/// What is installed, all of it named.
const REQUIREMENTS: &str = "tests/clients/requirements.txt";

/// The Python of an environment that has all packages.
pub fn make_ready() -> Result<PathBuf, Stop> {
    let requirements = workplace::root().join(REQUIREMENTS);
    let wanted = fs::read_to_string(&requirements)
        .map_err(|error| Stop::new(format!("{}: {error}; restore it from git", requirements.display())))?;
    let folder = toolbox::home().join("python");
    let (python, installed) = (program(&folder), folder.join("installed.txt"));
    if python.is_file() && fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
        Steps::new(1).begin("Python and its packages are there");
        return Ok(python);
    }
    let system = system_python()?;
    let mut steps = Steps::new(2);
    steps.begin("Making an environment for Python (once, some seconds)");
    let _ = fs::remove_dir_all(&folder);
    let mut make = workplace::command(system);
    make.args(["-m", "venv"]).arg(&folder);
    follow(make, Shown::Progress)
        .map_err(|failure| failure.stop("Python could not make an environment; the lines above say why"))?;
    steps.begin("Installing what reads our exports (once, 1 to 2 minutes: from PyPI)");
    let mut install = workplace::command(&python);
    install
        .args([
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-input",
            "--no-compile",
            "--no-deps",
        ])
        // Nothing is compiled; seqeval alone has no wheel, and is Python.
        .args(["--only-binary=:all:", "--no-binary=seqeval", "--retries=1", "--requirement"])
        .arg(&requirements);
    follow(install, Shown::Progress).map_err(|failure| {
        failure.stop("pip could not install the packages of tests/clients; the lines above say why (it needs a network)")
    })?;
    fs::write(&installed, wanted)
        .map_err(|error| Stop::new(format!("{}: {error}; make it writable", installed.display())))?;
    Ok(python)
}

fn program(folder: &Path) -> PathBuf {
    folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

/// A Python that can make environments, out of Debian's packages where there is none.
fn system_python() -> Result<PathBuf, Stop> {
    if let Some(found) = sound_python() {
        return Ok(found);
    }
    debian::install(&["python3", "python3-venv"], "Installing Python (once, a few seconds)")?;
    sound_python().ok_or_else(|| {
        Stop::new(
            "Python 3.11 or newer with venv is not on PATH (Debian: `sudo apt-get install python3-venv`)",
        )
    })
}

fn sound_python() -> Option<PathBuf> {
    let is_sound = |python: &PathBuf| {
        let mut asked = workplace::command(python);
        asked.args(["-c", "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"]);
        workplace::output_of(asked).is_some()
    };
    ["python3", "python"].into_iter().filter_map(workplace::find_program).find(is_sound)
}
