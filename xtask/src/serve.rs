//! `cargo xtask serve`: the app on 127.0.0.1, rebuilt and reloaded on every change.
//! In the end this process becomes Trunk, so that stopping it by any signal stops the server;
//! the address is announced only once somebody answers there.

use std::env;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use lexopt::prelude::*;

use crate::build::{Profile, compile};
use crate::progress::Steps;
use crate::toolbox::{Tool, Toolbox};
use crate::{Stop, no_more, workplace};

/// The hidden subcommand that waits for the server and then announces it.
pub const ANNOUNCE: &str = "announce";

const TOOLS: [Tool; 3] = [Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen];
const DEFAULT_PORT: u16 = 8080;
const PATIENCE: Duration = Duration::from_secs(600);

/// Runs `serve [--port N] [--no-open]`.
pub fn run(mut arguments: lexopt::Parser) -> Result<ExitCode, Stop> {
    let mut port = DEFAULT_PORT;
    let mut open = has_display();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("port") => port = arguments.value()?.parse()?,
            Long("no-open") => open = false,
            other => return Err(other.unexpected().into()),
        }
    }
    expect_free(port)?;

    let mut steps = Steps::new(TOOLS.len() + 2);
    let toolbox = Toolbox::fill(&TOOLS, &mut steps)?;
    compile(Profile::Serve, &mut steps)?;

    steps.begin("Starting the server");
    announcer(port, open)?;
    let mut trunk = toolbox.command("trunk");
    trunk
        .args(["serve", "--quiet", "--offline", "true", "--skip-version-check"])
        .args(["--cargo-profile", Profile::Serve.name(), "--public-url", "/"])
        .args(["--port", &port.to_string()])
        .arg("--dist")
        .arg(workplace::target().join("serve-dist"))
        // Trunk 0.21 refuses the usual NO_COLOR=1.
        .env_remove("NO_COLOR");
    become_command(trunk)
}

/// Runs `announce PORT OPEN`: waits for the server, prints its address, opens the browser.
pub fn announce(mut arguments: lexopt::Parser) -> Result<ExitCode, Stop> {
    let port: u16 = arguments.value()?.parse()?;
    let open: bool = arguments.value()?.parse()?;
    no_more(arguments)?;

    let server = parent();
    let started = Instant::now();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    while TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_err() {
        // Our parent is the server; once it is gone there is nothing to announce.
        if parent() != server || PATIENCE < started.elapsed() {
            return Ok(ExitCode::FAILURE);
        }
        sleep(Duration::from_millis(100));
    }
    println!("Rubricator is at http://{address}/ (Ctrl-C stops it; a saved source file reloads the page)");
    if open {
        open_browser(&format!("http://{address}/"));
    }
    Ok(ExitCode::SUCCESS)
}

fn expect_free(port: u16) -> Result<(), Stop> {
    let error = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => return Ok(()),
        Err(error) => error,
    };
    if error.kind() != ErrorKind::AddrInUse {
        return Err(Stop::new(format!("port {port} cannot be used ({error}); choose another with --port")));
    }
    let free = (port..=u16::MAX).skip(1).find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok());
    let free = free.unwrap_or(DEFAULT_PORT);
    Err(Stop::new(format!("port {port} is in use by another program; try `cargo xtask serve --port {free}`")))
}

fn announcer(port: u16, open: bool) -> Result<(), Stop> {
    let itself =
        env::current_exe().map_err(|error| Stop::new(format!("cannot find this program: {error}")))?;
    workplace::command(itself)
        .args([ANNOUNCE, &port.to_string(), &open.to_string()])
        .spawn()
        .map_err(|error| Stop::new(format!("cannot start the announcer: {error}")))?;
    Ok(())
}

/// Whether this machine can show a browser to the person who typed the command.
fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("CI") || set("SSH_CONNECTION") {
        return false;
    }
    cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Opens the browser; where that fails the person still has the printed address.
fn open_browser(address: &str) {
    let (program, arguments): (_, &[_]) = if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = workplace::command(program);
    let _ = command.args(arguments).arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}

#[cfg(unix)]
fn parent() -> u32 {
    std::os::unix::process::parent_id()
}

#[cfg(not(unix))]
fn parent() -> u32 {
    0
}

#[cfg(unix)]
fn become_command(mut command: Command) -> Result<ExitCode, Stop> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(Stop::new(format!("{} does not start: {error}", command.get_program().display())))
}

#[cfg(not(unix))]
fn become_command(mut command: Command) -> Result<ExitCode, Stop> {
    match command.status() {
        Ok(status) if status.success() => Ok(ExitCode::SUCCESS),
        Ok(status) => Err(Stop::new(format!("the server ended with {status}"))),
        Err(error) => Err(Stop::new(format!("{} does not start: {error}", command.get_program().display()))),
    }
}
