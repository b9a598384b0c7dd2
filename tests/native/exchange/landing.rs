//! Where files land that a person takes home: whatever documents, labels and actors are called, no cell of a table is
//! a formula, no path leaves its folder, and JSON and XML are well formed.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use quick_xml::events::Event;
use rubricator::format::codebook::{CodebookFormat, print as print_codebook};
use rubricator::format::exchange::{Bundle, Context, FORMATS, Output, Page};

use crate::arbitrary::{World, world};

/// Names that do harm in a spreadsheet, a file system, an archive or markup.
const HARMFUL: [&str; 22] = [
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1",
    "＝1+1",
    "../../../../etc/passwd",
    "..\\..\\windows\\system32\\a",
    "/etc/passwd",
    "C:\\autoexec.bat",
    "C:two",
    "CON",
    "a\0b",
    ".",
    "..",
    "…/..",
    "</text><script>alert(1)</script>",
    "]]><x/>",
    "&lt;&bogus;",
    "\u{202E}gpj.exe",
    "a\nT1\tactor 0 1\tx",
    "\"}],\"x\":[{\"",
];

fn harmful() -> impl Strategy<Value = World> {
    (world(), prop::collection::vec(select(&HARMFUL[..]), 32)).prop_map(|(mut world, names)| {
        let mut names = names.into_iter().cycle().map(str::to_owned);
        let mut next = || names.next().unwrap();
        world.project.name = next();
        for label in &mut world.project.codebook.labels {
            label.name = next();
            label.about.description = next();
        }
        for actor in world.actors.values_mut() {
            actor.name = next();
            actor.note = next();
        }
        for page in &mut world.documents {
            page.document.title = next();
            page.document.meta.source = next();
            page.document.meta.author = next();
            page.document.meta.url = next();
        }
        world
    })
}

/// Whether a path stays below its folder on every system.
fn stays(path: &str) -> bool {
    let parts = || path.split('/');
    !path.contains(['\\', '\0', ':'])
        && parts().all(|part| !part.is_empty() && part != "." && part != "..")
        && !path.chars().any(char::is_control)
}

/// The names in the list at the end of an archive, as they stand there.
fn listed(archive: &[u8]) -> Vec<String> {
    let number = |at: usize| usize::from(u16::from_le_bytes([archive[at], archive[at + 1]]));
    let heads = archive.windows(4).enumerate().filter(|(_, four)| *four == b"PK\x01\x02");
    heads
        .map(|(at, _)| String::from_utf8(archive[at + 46..at + 46 + number(at + 28)].to_vec()).unwrap())
        .collect()
}

fn check_file(path: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let whole = std::str::from_utf8(bytes).unwrap();
    match path.rsplit('.').next().unwrap() {
        "json" => {
            let read = serde_json::from_str::<serde::de::IgnoredAny>(whole);
            prop_assert!(read.is_ok(), "{path}: {read:?}");
        }
        "jsonl" => {
            for line in whole.split('\n').filter(|line| !line.is_empty()) {
                let read = serde_json::from_str::<serde::de::IgnoredAny>(line);
                prop_assert!(read.is_ok(), "{path}: {read:?} in {line}");
            }
        }
        "xml" | "qdc" => check_xml(path, whole)?,
        "csv" => {
            // DNA's list of events is written as DNA writes it.
            let delimiter = if path == "events.csv" { b';' } else { b',' };
            let mut rows = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .has_headers(false)
                .flexible(true)
                .from_reader(bytes);
            for row in rows.records() {
                let row = row.unwrap();
                for cell in &row {
                    let first = cell.trim_start_matches('\u{FEFF}').chars().next();
                    let begins = first.is_some_and(|first| "=+-@\t\r＝＋－＠".contains(first));
                    prop_assert!(!begins || cell.parse::<f64>().is_ok(), "{path}: {cell:?}");
                }
            }
        }
        _ => {}
    }
    Ok(())
}

fn check_xml(path: &str, whole: &str) -> Result<(), TestCaseError> {
    let mut reader = quick_xml::Reader::from_str(whole);
    let mut depth = 0_i32;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(start)) => {
                depth += 1;
                for attribute in start.attributes() {
                    prop_assert!(attribute.is_ok(), "{path}: {attribute:?}");
                }
            }
            Ok(Event::Empty(empty)) => {
                for attribute in empty.attributes() {
                    prop_assert!(attribute.is_ok(), "{path}: {attribute:?}");
                }
            }
            Ok(Event::End(_)) => depth -= 1,
            Ok(_) => {}
            Err(error) => return Err(TestCaseError::fail(format!("{path}: {error} in {whole}"))),
        }
    }
    prop_assert_eq!(depth, 0, "{}", path);
    // Beyond what the reader looks at: characters that XML cannot hold.
    let odd = |letter: char| {
        (letter < ' ' && !"\t\n\r".contains(letter)) || matches!(letter, '\u{FFFE}' | '\u{FFFF}')
    };
    prop_assert!(!whole.contains(odd), "{path}: {whole:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_export_does_harm_where_it_lands(world in harmful()) {
        for format in FORMATS {
            let Some(printer) = format.print else { continue };
            let mut output = Output::default();
            let context = Context { project: &world.project, actors: &world.actors };
            for (number, page) in world.documents.iter().enumerate() {
                let (document, text, body) = (&page.document, &page.text, &page.body);
                let page = Page { document, text, body, modified: page.modified, annotator: &page.annotator, number };
                (printer.page)(&context, &page, &mut output);
            }
            (printer.finish)(&context, &mut output);
            let files = output.take_files();
            let mut bundle = Bundle::default();
            for (path, bytes) in &files {
                prop_assert!(stays(path), "{}: {path:?}", format.name);
                check_file(path, bytes)?;
                bundle.push(path, bytes).unwrap();
            }
            let mut archive = Vec::new();
            bundle.finish(&mut |piece| archive.extend(piece)).unwrap();
            let names = listed(&archive);
            prop_assert_eq!(names.len(), files.len());
            prop_assert!(names.iter().all(|name| stays(name)), "{:?}", names);
            prop_assert_eq!(names.iter().map(|name| name.to_lowercase()).collect::<BTreeSet<_>>().len(), names.len());
        }
        for (format, name) in CodebookFormat::ALL.into_iter().zip(["codebook.json", "codes.qdc", "codes.csv"]) {
            let printed = print_codebook(format, &world.project.name, &world.project.codebook, &world.project.guidelines);
            check_file(name, printed.file.as_bytes())?;
        }
    }
}
