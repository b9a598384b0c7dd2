//! Formats under attack: bytes that are none of theirs, samples with damage, and projects with everything that is hard.
//! Nothing may panic, and what a printer wrote its parser reads again.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rubricator::format::exchange::{Context, Count, FORMATS, Format, Output, Page, Reading, Source};
use rubricator::model::{Codebook, Project, ProjectId, Timestamp};
use rubricator::text::Unit;
use uuid::Uuid;

use super::again::print as print_again;
use crate::arbitrary::{World, world};

/// A file's path and content.
type File = (&'static str, &'static [u8]);

/// Samples with the formats that own them.
const SAMPLES: &[(&str, &[File])] = &[
    (
        "brat",
        &[
            ("plan.ann", include_bytes!("../../data/brat/talks/plan.ann")),
            ("plan.txt", include_bytes!("../../data/brat/talks/plan.txt")),
            ("annotation.conf", include_bytes!("../../data/brat/talks/annotation.conf")),
            ("visual.conf", include_bytes!("../../data/brat/talks/visual.conf")),
        ],
    ),
    ("cas", &[("plan.json", include_bytes!("../../data/cas/plan.json"))]),
    ("conll", &[("iob1.conll", include_bytes!("../../data/conll/iob1.conll"))]),
    ("conll", &[("iob2.tsv", include_bytes!("../../data/conll/iob2.tsv"))]),
    ("conll", &[("bare.txt", include_bytes!("../../data/conll/bare.txt"))]),
    ("dna", &[("events.csv", include_bytes!("../../data/dna/events.csv"))]),
    ("mardy", &[("110.json", include_bytes!("../../data/mardy/110.json"))]),
    ("medtator", &[("plan.xml", include_bytes!("../../data/medtator/plan.txt.xml"))]),
    ("pubannotation", &[("talks.json", include_bytes!("../../data/pubannotation/talks.json"))]),
    ("table", &[("talks.csv", include_bytes!("../../data/table/talks.csv"))]),
    (
        "web_annotation",
        &[
            ("talk.json", include_bytes!("../../data/web_annotation/talk.json")),
            ("talk.txt", include_bytes!("../../data/web_annotation/talk.txt")),
        ],
    ),
    ("webanno", &[("talks.tsv", include_bytes!("../../data/webanno/talks.tsv"))]),
];

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn format(name: &str) -> Format {
    *FORMATS.iter().find(|format| format.name == name).unwrap()
}

/// Reads what may be anything.
fn parse(format: &Format, sources: &[Source<'_>]) -> Reading {
    let _ = (format.recognize)(sources);
    let mut documents = Vec::new();
    let reading = match format.parse {
        Some(parse) => parse.read(sources, &mut |one| documents.push(one)),
        None => Reading::default(),
    };
    for issue in &reading.issues {
        assert!(!issue.to_string().is_empty());
    }
    Reading { documents, ..reading }
}

/// A copy with some bytes changed, doubled or taken out.
fn damage(bytes: &[u8], wounds: &[(prop::sample::Index, u8, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, kind, byte) in wounds {
        if bytes.is_empty() {
            break;
        }
        let at = at.index(bytes.len());
        let end = (at + usize::from(*byte) % 24).min(bytes.len());
        match kind % 5 {
            0 => bytes[at] = *byte,
            1 => drop(bytes.drain(at..end)),
            2 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            3 => bytes.insert(at, b"\t\n |;:-[]\\0"[usize::from(*byte) % 11]),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

fn wounds() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u8)>> {
    prop::collection::vec(any::<(prop::sample::Index, u8, u8)>(), 1..8)
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn no_bytes_make_a_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for format in FORMATS {
            let named = ["a.ann", "a.txt", "a.conll", "a.json", "a.xml", "a.tsv", "a.csv", "annotation.conf"];
            let sources = named.map(|path| Source { path, bytes: &bytes });
            let _ = parse(format, &sources);
        }
    }

    #[test]
    fn no_damage_makes_a_parser_or_a_printer_panic(wounds in wounds(), which in any::<prop::sample::Index>()) {
        for (name, files) in SAMPLES {
            let hurt = which.index(files.len());
            let damaged = damage(files[hurt].1, &wounds);
            let sources: Vec<_> = (0..).zip(*files).map(|(at, (path, bytes))| {
                Source { path, bytes: if at == hurt { &damaged } else { bytes } }
            }).collect();
            let format = format(name);
            let reading = parse(&format, &sources);
            if format.print.is_some() {
                let unit = if format.counts[0] == Count::Utf16 { Unit::Utf16 } else { Unit::CodePoint };
                let printed = print_again(&format, &reading.documents, unit);
                let _ = parse(&format, &printed.sources());
            }
        }
    }
}

fn print(format: &Format, world: &World) -> Vec<(String, Vec<u8>)> {
    let context = Context { project: &world.project, actors: &world.actors };
    let printer = format.print.unwrap();
    let mut output = Output::default();
    for (number, page) in world.documents.iter().enumerate() {
        let (modified, annotator) = (page.modified, page.annotator.as_str());
        let page = Page {
            document: &page.document,
            text: &page.text,
            body: &page.body,
            modified,
            annotator,
            number,
        };
        (printer.page)(&context, &page, &mut output);
    }
    (printer.finish)(&context, &mut output);
    output.take_files()
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn whatever_a_printer_writes_its_parser_reads_and_keeps_from_then_on(world in world()) {
        for name in ["brat", "conll", "pubannotation", "webanno"] {
            // A text file of NULs is taken for no text.
            if name == "brat" && world.documents.iter().any(|page| page.text.contains('\0')) {
                continue;
            }
            let format = format(name);
            let unit = if format.counts[0] == Count::Utf16 { Unit::Utf16 } else { Unit::CodePoint };
            let files = print(&format, &world);
            let sources: Vec<_> = files.iter().map(|(path, bytes)| Source { path, bytes }).collect();
            let first = parse(&format, &sources);
            let sound: Vec<_> = first.issues.iter().map(ToString::to_string).collect();
            prop_assert_eq!(sound, Vec::<String>::new(), "{}", name);
            let second = print_again(&format, &first.documents, unit);
            let third = parse(&format, &second.sources());
            let said = |reading: &Reading| {
                let counts = reading.documents.iter().map(|one| (one.text.clone(), one.marks.len(), one.links.len()));
                counts.collect::<Vec<_>>()
            };
            prop_assert_eq!(said(&first), said(&third), "{}", name);
        }
    }
}

#[test]
fn an_empty_project_can_be_printed() {
    let project = Project {
        id: ProjectId::new(Uuid::nil()),
        name: String::new(),
        codebook: Codebook::standard(),
        guidelines: String::new(),
        created: Timestamp::from_unix_millis(0),
        discarded: false,
    };
    let world = World { project, actors: BTreeMap::new(), documents: Vec::new() };
    for format in FORMATS.iter().filter(|format| format.print.is_some()) {
        let _ = print(format, &world);
    }
}
