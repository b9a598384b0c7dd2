//! Chromium and its driver for the browser tests: those of CHROMIUM and CHROMEDRIVER, else those
//! on this machine, else Debian's packages where we may install them; otherwise one line says
//! what to install.

use std::env;
use std::path::PathBuf;

use crate::{Stop, debian, workplace};

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
        let title = "Installing Chromium and its driver (once, about a minute)";
        debian::install(&["chromium", "chromium-driver"], title)?;
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
