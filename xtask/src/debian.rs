//! Debian's packages, where we may install them without asking: as root, or by a sudo that asks nothing.

use std::path::Path;

use crate::progress::{Shown, Steps, follow};
use crate::{Stop, workplace};

/// Installs packages with apt-get; `false` where that cannot be done without a question.
pub fn install(packages: &[&str], title: &str) -> Result<bool, Stop> {
    if workplace::find_program("apt-get").is_none() {
        return Ok(false);
    }
    let Some(prefix) = root_prefix() else { return Ok(false) };
    let mut steps = Steps::new(2);
    let wanted = [&["install", "-y", "--no-install-recommends"], packages].concat();
    let tasks: [(_, &[&str]); 2] = [("Reading Debian's package lists", &["update"]), (title, &wanted)];
    for (title, arguments) in tasks {
        steps.begin(title);
        let [first, rest @ ..] = prefix else { return Ok(false) };
        let mut command = workplace::command(Path::new(first));
        command.args(rest).arg("DEBIAN_FRONTEND=noninteractive").arg("apt-get").args(arguments);
        follow(command, Shown::Progress).map_err(|failure| {
            let packages = packages.join(" and ");
            failure.stop(format!("apt-get failed; install the packages {packages} by hand"))
        })?;
    }
    Ok(true)
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
