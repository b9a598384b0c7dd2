//! Serves the release build on loopback: at the root and from a subfolder, from memory, so that a build which
//! replaces the files meanwhile does not disturb a run.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tiny_http::Server;

/// The subfolder under which the same build is served once more.
pub const SUBFOLDER: &str = "/some/where/below/";

/// How many requests are answered at once.
const THREADS: usize = 4;

static ORIGIN: OnceLock<String> = OnceLock::new();

/// The address of the server, without a slash at its end; starts it at the first call.
pub fn origin() -> &'static str {
    ORIGIN.get_or_init(|| {
        let dist = dist();
        let files = Arc::new(read(&dist));
        assert!(files.contains_key("index.html"), "{} holds no index.html", dist.display());
        let server = Arc::new(Server::http("127.0.0.1:0").expect("a free port on loopback"));
        let port = server.server_addr().to_ip().expect("an internet address").port();
        for _ in 0..THREADS {
            let (files, server) = (Arc::clone(&files), Arc::clone(&server));
            std::thread::spawn(move || serve(&server, &files));
        }
        format!("http://127.0.0.1:{port}")
    })
}

fn dist() -> PathBuf {
    let given = std::env::var_os("RUBRICATOR_DIST").map(PathBuf::from);
    given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"))
}

fn read(dist: &Path) -> HashMap<String, Vec<u8>> {
    let found = std::fs::read_dir(dist);
    let found = found.unwrap_or_else(|error| {
        panic!(
            "no release build at {}: {error}; run `cargo xtask build` or set RUBRICATOR_DIST",
            dist.display()
        )
    });
    let mut files = HashMap::new();
    for entry in found {
        let path = entry.expect("the release build can be listed").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            let below = read(&path).into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes));
            files.extend(below);
        } else {
            files.insert(name, std::fs::read(&path).expect("the release build can be read"));
        }
    }
    files
}

fn serve(server: &Server, files: &HashMap<String, Vec<u8>>) {
    while let Ok(request) = server.recv() {
        let address = request.url().to_owned();
        let address = address.split(['?', '#']).next().unwrap_or_default();
        let name = address.strip_prefix(SUBFOLDER).unwrap_or_else(|| address.trim_start_matches('/'));
        let name = if name.is_empty() { "index.html" } else { name };
        let (status, kind, body) = match files.get(name) {
            Some(bytes) => ("200 OK", kind_of(name), bytes.as_slice()),
            None => ("404 Not Found", "text/plain", &b"not here"[..]),
        };
        // Each answer ends its connection: the server has few threads, and one that waits on an idle connection can
        // keep the next one waiting for good.
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             Connection: close\r\n\r\n",
            body.len()
        );
        let mut writer = request.into_writer();
        // A browser that has gone away needs no answer.
        let _answered = writer
            .write_all(head.as_bytes())
            .and_then(|()| writer.write_all(body))
            .and_then(|()| writer.flush());
    }
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "json" | "webmanifest" => "application/json",
        _ => "application/octet-stream",
    }
}
