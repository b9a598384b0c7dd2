//! `cargo xtask build`: the static app in `dist/`, which runs from any server and any subfolder.
//! The main bundle stays within its budget, and the page allows no script but its own and no
//! connection but to where it came from.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::progress::{Shown, Steps, follow};
use crate::split::{Pieces, split};
use crate::toolbox::{Tool, Toolbox};
use crate::{Stop, no_more, workplace};

/// What the main module and its glue weigh together at most, gzipped: what a person waits for on a slow line before
/// there is text to read.
const BUDGET_BYTES: usize = 250_000;

/// Sent with the page itself, since a static server may set no headers. The app needs style
/// attributes for computed geometry, and blobs and data for images; everything else is refused. Whatever is to be
/// parsed as HTML or loaded as a script has to pass the one policy in start.js.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; \
     connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
     require-trusted-types-for 'script'; trusted-types default";

/// The line of index.html after which the policy stands, so that it holds for all that follows.
const CHARSET: &str = r#"<meta charset="utf-8">"#;

const TOOLS: [Tool; 4] = [Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen, Tool::WasmOpt];

/// The two ways the app is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to rebuild, for `serve`.
    Serve,
    /// Small, for everything else.
    Release,
}

impl Profile {
    /// The name cargo knows it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Serve => "serve",
            Self::Release => "release",
        }
    }
}

/// Runs `build`.
pub fn run(arguments: lexopt::Parser) -> Result<ExitCode, Stop> {
    no_more(arguments)?;
    let dist = build()?;
    println!("The app is in {}: any static server can serve it, from any folder.", dist.display());
    Ok(ExitCode::SUCCESS)
}

/// Builds `dist/` and prints its size; answers its path.
pub fn build() -> Result<PathBuf, Stop> {
    let mut steps = Steps::new(TOOLS.len() + 4);
    let toolbox = Toolbox::fill(&TOOLS, &mut steps)?;
    compile(Profile::Release, &mut steps)?;

    steps.begin("Bundling");
    let dist = workplace::root().join("dist");
    let mut trunk = toolbox.command("trunk");
    trunk
        .args(["build", "--quiet", "--release", "--features", "split"])
        .args(["--offline", "true", "--skip-version-check", "--dist"])
        .arg(&dist)
        // Trunk 0.21 refuses the usual NO_COLOR=1.
        .env_remove("NO_COLOR");
    follow(trunk, Shown::Diagnostics)
        .map_err(|failure| failure.stop_quietly("the app could not be bundled; the lines above say why"))?;

    let page = dist.join("index.html");
    let html = read(&page)?;
    let html = String::from_utf8_lossy(&html);
    let guarded = with_policy(&html).ok_or_else(|| {
        Stop::new(format!("index.html must hold the line {CHARSET}: the security policy follows it"))
    })?;
    let whole = attribute_in(&html, "data-js")
        .and_then(|name| name.trim_start_matches("./").strip_suffix(".js"))
        .ok_or_else(|| Stop::new("dist/index.html names no data-js; see Trunk.toml"))?;
    let (cut, pieces) = split(&toolbox, &mut steps, &dist, whole)?;
    // The loader of the chunks is a part of the glue: asked for at once, it costs no round trip of its own.
    let loader =
        format!(r#"<link rel="modulepreload" href="./{cut}-chunks.js" crossorigin="anonymous"></head>"#);
    fs::write(&page, guarded.replace(whole, &cut).replace("</head>", &loader))
        .map_err(|error| Stop::new(format!("{}: {error}", page.display())))?;
    weigh(&pieces)?;
    Ok(dist)
}

/// Compiles the app to WebAssembly, downloading crates where needed.
pub fn compile(profile: Profile, steps: &mut Steps) -> Result<(), Stop> {
    steps.begin(match profile {
        Profile::Serve => "Compiling the app (the first time about 2 minutes, then seconds)",
        Profile::Release => "Compiling the app for release (the first time about 4 minutes)",
    });
    // Trunk runs the same commands again, offline, and finds its work done. The app alone comes in chunks; the worker
    // alone is built to be fast.
    let alone: &[&str] = &["--no-default-features"];
    let programs = match profile {
        Profile::Serve => [("rubricator", "serve", &[][..]), ("worker", "serve", alone)],
        Profile::Release => {
            [("rubricator", "release", &["--features", "split"][..]), ("worker", "worker", alone)]
        }
    };
    for (program, profile, features) in programs {
        let mut cargo = workplace::cargo();
        cargo
            .args(["build", "--target=wasm32-unknown-unknown", "--bin", program])
            .args(["--profile", profile])
            .args(features);
        follow(cargo, Shown::Diagnostics)
            .map_err(|failure| failure.stop_quietly("the app does not compile; the lines above say why"))?;
    }
    Ok(())
}

/// Runs `name-worker`, which Trunk calls before a build counts. Trunk hashes no name of a worker and names none in the
/// page; here the worker's files get names that hold the hash of its program, and the page gets to know them, so that
/// a page never starts the worker of another build.
pub fn name_worker() -> Result<ExitCode, Stop> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let staging = staging.ok_or_else(|| Stop::new("`name-worker` is called by Trunk only"))?;
    let failed = |error: std::io::Error| Stop::new(format!("{}: {error}", staging.display()));
    let mut hasher = DefaultHasher::new();
    for file in ["worker.js", "worker_bg.wasm"] {
        hasher.write(&read(&staging.join(file))?);
    }
    let name = format!("worker-{:016x}", hasher.finish());
    for end in [".js", "_bg.wasm"] {
        fs::rename(staging.join(format!("worker{end}")), staging.join(format!("{name}{end}")))
            .map_err(failed)?;
    }
    let starter = format!(
        "import init from \"./{name}.js\";\n\
         await init({{ module_or_path: new URL(\"./{name}_bg.wasm\", import.meta.url) }});\n"
    );
    fs::write(staging.join(format!("{name}_start.js")), starter).map_err(failed)?;
    let page = staging.join("index.html");
    let html = fs::read_to_string(&page).map_err(failed)?;
    let meta = format!(r#"{CHARSET}<meta name="worker" content="./{name}_start.js">"#);
    fs::write(&page, html.replacen(CHARSET, &meta, 1)).map_err(failed)?;
    Ok(ExitCode::SUCCESS)
}

fn with_policy(html: &str) -> Option<String> {
    let (before, after) = html.split_once(CHARSET)?;
    let policy =
        format!(r#"<meta http-equiv="Content-Security-Policy" content="{CONTENT_SECURITY_POLICY}">"#);
    Some(format!("{before}{CHARSET}\n    {policy}{after}"))
}

/// Prints the size of the main bundle and of each chunk; stops where the main bundle is over its budget.
fn weigh(pieces: &Pieces) -> Result<(), Stop> {
    for piece in &pieces.chunks {
        print_size(&piece.name, piece.content.len(), gzipped_length(&piece.content));
    }
    let mut raw_total = 0;
    let mut gzipped_total = 0;
    for piece in &pieces.main {
        let gzipped = gzipped_length(&piece.content);
        print_size(&piece.name, piece.content.len(), gzipped);
        raw_total += piece.content.len();
        gzipped_total += gzipped;
    }
    print_size("main bundle", raw_total, gzipped_total);
    if gzipped_total <= BUDGET_BYTES {
        return Ok(());
    }
    Err(Stop::new(format!(
        "the main bundle is {} gzipped, over its budget of {}; \
         move what the first screen does not need into a chunk or the worker, or drop a dependency",
        kilobytes(gzipped_total),
        kilobytes(BUDGET_BYTES)
    )))
}

fn print_size(name: &str, raw: usize, gzipped: usize) {
    println!("  {name:<40} {:>10} {:>10} gzipped", kilobytes(raw), kilobytes(gzipped));
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

fn attribute_in<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = html.split_once(&format!("{name}=\""))?;
    Some(rest.split_once('"')?.0)
}

fn gzipped_length(content: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail; if it ever did, the size would be over any budget.
    let written = encoder.write_all(content).and_then(|()| encoder.finish());
    written.map_or(usize::MAX / 2, |gzipped| gzipped.len())
}

/// Reads a file.
pub fn read(path: &Path) -> Result<Vec<u8>, Stop> {
    fs::read(path).map_err(|error| Stop::new(format!("{}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_stands_right_after_the_charset_and_only_there() {
        let html = format!("<head>\n    {CHARSET}\n    <title>x</title>");
        let guarded = with_policy(&html).expect("the charset is there");
        assert!(guarded.find("wasm-unsafe-eval") < guarded.find("<title>"));
        assert_eq!(with_policy("<head></head>"), None);
    }

    #[test]
    fn sizes_read_as_kilobytes() {
        assert_eq!(kilobytes(250_000), "250.0 KB");
        assert_eq!(kilobytes(45_449), "45.4 KB");
    }

    #[test]
    fn the_page_names_its_bundle() {
        let html = r#"<meta name="bundle" data-js="./a.js" data-wasm="./a_bg.wasm">"#;
        assert_eq!(attribute_in(html, "data-wasm"), Some("./a_bg.wasm"));
        assert_eq!(attribute_in(html, "data-css"), None);
    }
}
