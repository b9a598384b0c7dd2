//! `cargo xtask fuzz`: gives every parser mutated samples for some time each and saves the inputs that broke one under
//! `tests/data/fuzz`, where the native tests read them again; `--kept` reads only those and tells what each step took.
//! The same seed gives the same inputs on every machine, apart from those that only a slow machine finds slow.

// Runs natively, at a terminal.
#![allow(clippy::disallowed_methods)]

mod chance;
mod meter;
mod mutation;
mod samples;
mod target;

use std::collections::BTreeSet;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chance::Chance;
use meter::{Counting, Meter};
use target::{Behaviour, Input};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most inputs that new ones are made of, besides the samples.
const POOL: usize = 3_000;
/// The most findings that are saved in one run of a parser.
const MOST_FINDINGS: usize = 12;
/// So long may 100 KB take.
const TIME_OF_100_KB: Duration = Duration::from_secs(1);
/// So many bytes of memory may a byte of input take, and so much any input.
const MEMORY_OF_A_BYTE: usize = 20;
const MEMORY_OF_ANY: usize = 2 << 20;
/// After so long at work an input is taken for one that never ends.
const ENDLESS: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    let (mut minutes, mut seed, mut wanted, mut only_kept) = (1.0, 1, Vec::new(), false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--minutes" => minutes = number(arguments.next()),
            "--seed" => seed = number(arguments.next()),
            "--kept" => only_kept = true,
            _ => wanted.push(argument),
        }
    }
    let names = target::names();
    if let Some(unknown) = wanted.iter().find(|name| !names.contains(&name.as_str())) {
        eprintln!("there is no parser called {unknown}; there are {}", names.join(", "));
        return ExitCode::FAILURE;
    }
    // A panic is told with the input that caused it.
    panic::set_hook(Box::new(|_| {}));
    let mut broken = 0;
    for name in names.into_iter().filter(|name| wanted.is_empty() || wanted.iter().any(|one| one == name)) {
        broken += match only_kept {
            true => tell_kept(name),
            false => fuzz(name, Duration::from_secs_f64(minutes * 60.0), seed),
        };
    }
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn number<T: std::str::FromStr>(word: Option<String>) -> T {
    let parsed = word.as_deref().unwrap_or_default().parse();
    parsed.unwrap_or_else(|_| {
        eprintln!("a number is expected behind --minutes and --seed");
        std::process::exit(2)
    })
}

/// Says of each input that once broke a parser what it takes now; gives back how many still do.
fn tell_kept(name: &'static str) -> usize {
    let inputs = samples::kept_inputs(name);
    let outcomes = inputs.iter().map(|input| (input, attempt(name, input)));
    let broken = outcomes.filter(|(input, outcome)| {
        let path = input.files.first().map_or("", |(path, _)| path);
        let words = outcome.wrong.as_ref().map_or("", |wrong| &wrong.words);
        println!(
            "{name}: {path}, {} bytes: of the time {:.0} %, of the memory {:.0} % {words}",
            input.weight(),
            outcome.time_share * 100.0,
            outcome.memory_share * 100.0
        );
        outcome.wrong.is_some()
    });
    broken.count()
}

/// Fuzzes one parser and says how it went; gives back how many different things went wrong.
fn fuzz(name: &'static str, duration: Duration, seed: u64) -> usize {
    let mut chance = Chance::new(seed, name);
    let samples = samples::of(name);
    if samples.is_empty() {
        println!("{name}: there is no sample to begin with");
        return 1;
    }
    let mut pool = samples.clone();
    let mut seen: BTreeSet<Behaviour> = BTreeSet::new();
    let mut findings: BTreeSet<String> = BTreeSet::new();
    let watched: Watched = Arc::default();
    watch(name, Arc::clone(&watched));
    let begun = Instant::now();
    let (mut count, mut bytes, mut slowest, mut hungriest) = (0_usize, 0_usize, 0.0_f64, 0.0_f64);
    let mut queue = samples.into_iter();
    while begun.elapsed() < duration {
        let input = queue.next().unwrap_or_else(|| {
            // The newest are followed most.
            let newest = pool.len() - 1 - chance.below(pool.len().min(64));
            let base = if chance.one_of(3) { newest } else { chance.below(pool.len()) };
            let other = chance.below(pool.len());
            mutation::mutate(&pool[base], &pool[other], &mut chance)
        });
        if let Ok(mut watched) = watched.lock() {
            *watched = Some((meter::time_of_main(), input.clone()));
        }
        let mut outcome = attempt(name, &input);
        if 1.0 < outcome.time_share {
            // A machine that stood still is no parser that does: what is slow is slow again.
            outcome = attempt(name, &input);
        }
        count += 1;
        bytes += input.size();
        slowest = slowest.max(outcome.time_share);
        hungriest = hungriest.max(outcome.memory_share);
        if let Some(wrong) = outcome.wrong
            && findings.len() < MOST_FINDINGS
            && findings.insert(wrong.kind.clone())
        {
            let small = shrink(name, &input, &wrong.kind);
            let place = save(name, &small);
            println!("{name}: {} ({} bytes of input, {place})", wrong.words, small.size());
        }
        if let Some(behaviour) = outcome.behaviour
            && pool.len() < POOL
            && seen.insert(behaviour)
        {
            pool.push(input);
        }
    }
    if let Ok(mut watched) = watched.lock() {
        *watched = None;
    }
    println!(
        "{name}: {count} inputs, {} MB, {:.0} s, {} different behaviours, {} findings; of the time allowed at most {:.0} %, of the memory {:.0} %",
        bytes / 1_000_000,
        begun.elapsed().as_secs_f64(),
        seen.len(),
        findings.len(),
        slowest * 100.0,
        hungriest * 100.0
    );
    findings.len()
}

/// What became of an input.
struct Outcome {
    behaviour: Option<Behaviour>,
    wrong: Option<Wrong>,
    time_share: f64,
    memory_share: f64,
}

/// What went wrong.
struct Wrong {
    /// The same for all inputs on which the same goes wrong.
    kind: String,
    words: String,
}

fn attempt(name: &str, input: &Input) -> Outcome {
    let (mut time_share, mut memory_share) = (0.0_f64, 0.0_f64);
    let mut wrong = None;
    let weight = input.weight();
    let most_memory = MEMORY_OF_A_BYTE * weight + MEMORY_OF_ANY;
    let mut meter = Meter::start();
    let most_time = TIME_OF_100_KB.mul_f64((weight as f64 / 100_000.0).max(0.1));
    let run = panic::catch_unwind(AssertUnwindSafe(|| {
        target::run(name, input, &mut |step| {
            let (time, memory) = (meter.time(), meter.memory());
            time_share = time_share.max(time.as_secs_f64() / most_time.as_secs_f64());
            // What is printed is another thing than what was given.
            let counts = !matches!(step, "print" | "again");
            if counts {
                memory_share = memory_share.max(memory as f64 / most_memory as f64);
            }
            if most_time < time {
                wrong.get_or_insert_with(|| Wrong {
                    kind: format!("slow {step}"),
                    words: format!("{step} took {:.1} s for {} bytes", time.as_secs_f64(), weight),
                });
            } else if counts && most_memory < memory {
                wrong.get_or_insert_with(|| Wrong {
                    kind: format!("hungry {step}"),
                    words: format!("{step} took {memory} bytes for {weight}"),
                });
            }
            meter = Meter::start();
        })
    }));
    let behaviour = match run {
        Ok(behaviour) => Some(behaviour),
        Err(panicked) => {
            let words = panicked.downcast_ref::<String>().cloned();
            let words = words.or_else(|| panicked.downcast_ref::<&str>().map(|words| (*words).to_owned()));
            let words = words.unwrap_or_default();
            let kind: String = words.chars().filter(|letter| !letter.is_ascii_digit()).take(60).collect();
            wrong = Some(Wrong {
                kind,
                words: format!("panic: {}", words.chars().take(300).collect::<String>()),
            });
            None
        }
    };
    Outcome { behaviour, wrong, time_share, memory_share }
}

/// A smaller input on which the same goes wrong.
fn shrink(name: &str, input: &Input, kind: &str) -> Input {
    let is_same = |input: &Input| attempt(name, input).wrong.is_some_and(|wrong| wrong.kind == kind);
    let mut best = input.clone();
    let until = Instant::now() + Duration::from_secs(10);
    let mut at = 0;
    while at < best.files.len() {
        let mut fewer = best.clone();
        fewer.files.remove(at);
        if !fewer.files.is_empty() && is_same(&fewer) {
            best = fewer;
        } else {
            at += 1;
        }
    }
    for file in 0..best.files.len() {
        let mut piece = best.files[file].1.len() / 2;
        while 0 < piece && Instant::now() < until {
            let mut start = 0;
            while start < best.files[file].1.len() && Instant::now() < until {
                let mut less = best.clone();
                let end = (start + piece).min(less.files[file].1.len());
                less.files[file].1.drain(start..end);
                if is_same(&less) {
                    best = less;
                } else {
                    start += piece;
                }
            }
            piece /= 2;
        }
    }
    best
}

/// Saves an input and says where.
fn save(name: &str, input: &Input) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for (path, bytes) in &input.files {
        for byte in path.bytes().chain(bytes.iter().copied()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    let folder = samples::kept(name).join(format!("{hash:016x}"));
    for (path, bytes) in &input.files {
        let place = folder.join(path);
        let made = place.parent().map_or(Ok(()), std::fs::create_dir_all);
        if let Err(error) = made.and_then(|()| std::fs::write(&place, bytes)) {
            return format!("not saved: {error}");
        }
    }
    format!("tests/data/fuzz/{name}/{hash:016x}")
}

/// The input that is read, and how long the main thread had been at work when it began.
type Watched = Arc<Mutex<Option<(Duration, Input)>>>;

/// Ends the program with the input saved if one never ends.
fn watch(name: &'static str, watched: Watched) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let Ok(watched) = watched.lock() else { return };
            let Some((since, input)) = &*watched else { return };
            let time = meter::time_of_main().saturating_sub(*since);
            if ENDLESS < time {
                println!("{name}: no end after {} s ({})", time.as_secs(), save(name, input));
                std::process::exit(1);
            }
        }
    });
}
