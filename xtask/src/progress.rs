//! Numbered steps that visibly move: a command runs, and its elapsed time and cargo's crate
//! count tick on a line of their own; where the output is no terminal, as a line every 15 seconds.
//! Warnings and errors of our own code pass through; anything else is shown only on failure.

use std::collections::VecDeque;
use std::env;
use std::io::{IsTerminal, Read, Write, stderr};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::Stop;

const TICK: Duration = Duration::from_millis(500);
const PULSE: Duration = Duration::from_secs(15);
const KEPT_LINES: usize = 25;

/// The steps of one command, counted.
pub struct Steps {
    begun: usize,
    total: usize,
}

impl Steps {
    /// Nothing begun yet of this many steps.
    pub fn new(total: usize) -> Self {
        Self { begun: 0, total }
    }

    /// Says that the next step begins.
    pub fn begin(&mut self, title: &str) {
        self.begun += 1;
        eprintln!("[{}/{}] {title}", self.begun, self.total);
    }
}

/// What of a command's output a person sees while it runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Only that it moves.
    Progress,
    /// Also the compiler's words about our code.
    Diagnostics,
}

/// Runs a command to its end while showing that it moves; on failure, its last lines.
pub fn follow(mut command: Command, shown: Shown) -> Result<(), Failure> {
    let terminal = stderr().is_terminal();
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "80")
        .env("CARGO_TERM_COLOR", if terminal && shown == Shown::Diagnostics { "always" } else { "never" });
    let mut child = command.spawn().map_err(|error| Failure {
        last_lines: vec![format!("{}: {error}", command.get_program().display())],
    })?;

    let (sender, receiver) = mpsc::channel();
    if let Some(stream) = child.stdout.take() {
        read_lines(stream, sender.clone());
    }
    if let Some(stream) = child.stderr.take() {
        read_lines(stream, sender);
    }
    let mut screen = Screen::new(terminal);
    let mut kept = VecDeque::new();
    loop {
        match receiver.recv_timeout(TICK) {
            Ok(line) => match Line::read(&line) {
                Line::Count(count) => screen.count = count,
                Line::Crate(name) => {
                    screen.current = name;
                    keep(&mut kept, line);
                }
                Line::Status => keep(&mut kept, line),
                Line::Empty => {}
                Line::Other => {
                    if shown == Shown::Diagnostics {
                        screen.pass(&line);
                    }
                    keep(&mut kept, line);
                }
            },
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        screen.tick();
    }
    let success = child.wait().is_ok_and(|status| status.success());
    screen.end(success);
    if success { Ok(()) } else { Err(Failure { last_lines: kept.into() }) }
}

/// A duration as a person reads it: `0:07`, `12:30`.
pub fn clock(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The text without the escape sequences that colour it.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\u{1b}' {
            plain.push(character);
        } else if characters.next() == Some('[') {
            let _ = characters.by_ref().find(|character| ('@'..='~').contains(character));
        }
    }
    plain
}

/// A command that failed, with the last lines it wrote.
#[derive(Debug)]
pub struct Failure {
    last_lines: Vec<String>,
}

impl Failure {
    /// Shows the last lines and stops with this line; a missing network needs no lines.
    pub fn stop(self, line: impl Into<String>) -> Stop {
        if let Some(stop) = self.stop_for_network() {
            return stop;
        }
        for line in &self.last_lines {
            eprintln!("      | {line}");
        }
        Stop(line.into())
    }

    /// The same for a command whose words were already shown.
    pub fn stop_quietly(&self, line: impl Into<String>) -> Stop {
        self.stop_for_network().unwrap_or_else(|| Stop(line.into()))
    }

    fn stop_for_network(&self) -> Option<Stop> {
        let offline = env::var_os("CARGO_NET_OFFLINE").is_some_and(|value| value == "true");
        if offline && self.mentions(&OFFLINE_SIGNS) {
            return Some(Stop::new(
                "cargo is told to stay offline (CARGO_NET_OFFLINE=true), but something must be downloaded; \
                 run the same command once without that setting",
            ));
        }
        self.mentions(&NETWORK_SIGNS).then(|| {
            Stop::new(
                "no network: a download failed; connect and run the same command again, what is done stays done",
            )
        })
    }

    fn mentions(&self, signs: &[&str]) -> bool {
        self.last_lines.iter().any(|line| signs.iter().any(|sign| line.contains(sign)))
    }
}

/// How cargo says that it was not allowed to look for something.
const OFFLINE_SIGNS: [&str; 3] = ["offline", "could not find", "no matching package"];

/// How cargo, rustup, npm and apt say that nobody answered.
const NETWORK_SIGNS: [&str; 13] = [
    "Could not resolve host",
    "Couldn't resolve host",
    "Could not connect",
    "Couldn't connect",
    "Connection refused",
    "Temporary failure resolving",
    "spurious network error",
    "dns error",
    "could not download",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ETIMEDOUT",
];

/// What one line of output is.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    /// Cargo's bar: `12/238`.
    Count(String),
    /// Cargo names the crate it has turned to.
    Crate(String),
    /// Cargo's other verbs.
    Status,
    Empty,
    Other,
}

impl Line {
    fn read(line: &str) -> Self {
        let plain = plain(line);
        let text = plain.trim();
        let Some((verb, rest)) = text.split_once(' ') else {
            return if text.is_empty() { Self::Empty } else { Self::Other };
        };
        // Cargo right-aligns its verbs to twelve columns.
        if plain.find(verb).is_none_or(|indent| indent + verb.len() != 12) {
            return Self::Other;
        }
        match verb {
            "Building" => match rest.split_once("] ").and_then(|(_, rest)| rest.split_once(':')) {
                Some((count, _)) => Self::Count(count.to_owned()),
                None => Self::Status,
            },
            "Compiling" | "Checking" | "Documenting" => {
                Self::Crate(rest.split(' ').next().unwrap_or(rest).to_owned())
            }
            _ if verb.starts_with(|first: char| first.is_ascii_uppercase()) => Self::Status,
            _ => Self::Other,
        }
    }
}

/// The line that ticks, and when it last did.
struct Screen {
    terminal: bool,
    started: Instant,
    told: Instant,
    count: String,
    current: String,
}

impl Screen {
    fn new(terminal: bool) -> Self {
        let now = Instant::now();
        Self { terminal, started: now, told: now, count: String::new(), current: String::new() }
    }

    fn tick(&mut self) {
        if self.told.elapsed() < if self.terminal { TICK } else { PULSE } {
            return;
        }
        self.told = Instant::now();
        let mut line = format!("      {}", clock(self.started.elapsed()));
        if !self.count.is_empty() {
            line += &format!(", {} crates", self.count);
        }
        if !self.current.is_empty() {
            line += &format!(", {}", self.current);
        }
        if self.terminal {
            eprint!("\r\x1b[2K{line:.78}");
            let _ = stderr().flush();
        } else {
            eprintln!("{line}");
        }
    }

    fn pass(&self, line: &str) {
        self.wipe();
        eprintln!("{line}");
    }

    fn end(&self, success: bool) {
        self.wipe();
        let verb = if success { "done in" } else { "failed after" };
        eprintln!("      {verb} {}", clock(self.started.elapsed()));
    }

    fn wipe(&self) {
        if self.terminal {
            eprint!("\r\x1b[2K");
        }
    }
}

fn keep(kept: &mut VecDeque<String>, line: String) {
    if kept.len() == KEPT_LINES {
        kept.pop_front();
    }
    kept.push_back(line);
}

/// Sends each line as it comes; cargo's bar ends its lines with a carriage return.
fn read_lines(mut stream: impl Read + Send + 'static, lines: Sender<String>) {
    thread::spawn(move || {
        let mut rest = Vec::new();
        let mut buffer = [0; 8192];
        while let Ok(length @ 1..) = stream.read(&mut buffer) {
            for byte in &buffer[..length] {
                if !matches!(byte, b'\n' | b'\r') {
                    rest.push(*byte);
                } else if lines.send(String::from_utf8_lossy(&rest).into_owned()).is_ok() {
                    rest.clear();
                } else {
                    return;
                }
            }
        }
        let _ = lines.send(String::from_utf8_lossy(&rest).into_owned());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_lines_are_told_from_words_about_code() {
        assert_eq!(
            Line::read("    Building [=======>          ] 12/238: leptos, syn"),
            Line::Count("12/238".to_owned())
        );
        assert_eq!(
            Line::read("\u{1b}[1m\u{1b}[92m   Compiling\u{1b}[0m leptos v0.8.23"),
            Line::Crate("leptos".to_owned())
        );
        assert_eq!(Line::read("    Finished `dev` profile in 3s"), Line::Status);
        assert_eq!(Line::read("warning: unused variable: `x`"), Line::Other);
        assert_eq!(Line::read("   |         ^ help: try this"), Line::Other);
        assert_eq!(Line::read("\u{1b}[K"), Line::Empty);
    }

    #[test]
    fn a_missing_network_is_named_whatever_failed() {
        let failure = Failure { last_lines: vec!["[6] Could not resolve host: somewhere".to_owned()] };
        assert!(failure.stop_quietly("trunk failed").0.starts_with("no network"));
        let failure = Failure { last_lines: vec!["error[E0308]: mismatched types".to_owned()] };
        assert_eq!(failure.stop_quietly("it does not compile").0, "it does not compile");
    }
}
