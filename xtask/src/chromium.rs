//! Chromium and its driver for the browser tests: those of CHROMIUM and CHROMEDRIVER, else those
//! on this machine, else Debian's packages where we may install them; otherwise one line says
//! what to install.

use std::env;
use std::path::{Path, PathBuf};

use crate::progress::{Shown, Steps, follow};
use crate::{Stop, workplace};

const BROWSERS: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MAC_BROWSER: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// A browser and the driver that steers it.
pub struct Chromium {
    pub browser: PathBuf,
    pub driver: PathBuf,
}

impl Chromium {
    /// Finds both, installing them where that is allowed.
    pub fn find() -> Result<Self, Stop> {
        if let Some(found) = Self::present() {
            return Ok(found);
        }
        if workplace::find_program("apt-get").is_some()
            && let Some(prefix) = root_prefix()
        {
            install(prefix)?;
        }
        Self::present().ok_or_else(|| {
            Stop::new(
                "the browser tests need Chromium and chromedriver of the same version on PATH \
                 (Debian: `sudo apt-get install chromium chromium-driver`), or their paths in CHROMIUM and CHROMEDRIVER",
            )
        })
    }

    fn present() -> Option<Self> {
        let browser = from_environment("CHROMIUM")
            .or_else(|| BROWSERS.iter().find_map(|name| workplace::find_program(name)))
            .or_else(|| Some(PathBuf::from(MAC_BROWSER)).filter(|path| path.is_file()))?;
        let driver = from_environment("CHROMEDRIVER").or_else(|| workplace::find_program("chromedriver"))?;
        Some(Self { browser, driver })
    }
}

fn from_environment(name: &str) -> Option<PathBuf> {
    env::var_os(name).map(PathBuf::from).filter(|path| path.is_file())
}

/// What to put before a command to run it as root without a question; nothing where that cannot be.
fn root_prefix() -> Option<&'static [&'static str]> {
    let mut id = workplace::command("id");
    id.arg("-u");
    if workplace::output_of(id).as_deref() == Some("0") {
        return Some(&["env"]);
    }
    let mut sudo = workplace::command("sudo");
    sudo.args(["-n", "true"]);
    workplace::output_of(sudo).map(|_| &["sudo", "-n", "env"][..])
}

fn install(prefix: &[&str]) -> Result<(), Stop> {
    let mut steps = Steps::new(2);
    let tasks: [(_, &[&str]); 2] = [
        ("Reading Debian's package lists", &["update"]),
        (
            "Installing Chromium and its driver (once, about a minute)",
            &["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"],
        ),
    ];
    for (title, arguments) in tasks {
        steps.begin(title);
        let [first, rest @ ..] = prefix else { return Ok(()) };
        let mut command = workplace::command(Path::new(first));
        command.args(rest).arg("DEBIAN_FRONTEND=noninteractive").arg("apt-get").args(arguments);
        follow(command, Shown::Progress).map_err(|failure| {
            failure.stop("apt-get failed; install the packages chromium and chromium-driver by hand")
        })?;
    }
    Ok(())
}
