//! Files made to harm: each is read with a clear message or refused with one, in bounded time and memory, and what
//! comes out of it is sound.

#![allow(clippy::disallowed_methods, reason = "a hang is measured by the clock of the machine")]
#![allow(clippy::unwrap_used, reason = "helpers of tests, which fail by panicking")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use rubricator::format::{ImportedDocument, Issue, Lines, Reader, parse_plain, row};
use rubricator::model::{ProjectId, Target};
use uuid::Uuid;

use super::arbitrary::Ids;

fn project() -> ProjectId {
    ProjectId::new(Uuid::from_u128(1))
}

/// Reads a line as an import does; what came out is sound, whatever it was.
fn read(line: &str) -> Result<ImportedDocument, Box<Issue>> {
    let begun = Instant::now();
    let mut ids = Ids::new(9);
    let mut new_id = || ids.next();
    let mut all = Reader::new("hostile.jsonl", project()).parse_all(line.as_bytes(), &mut new_id);
    assert!(begun.elapsed() < Duration::from_secs(20), "it took {:?}", begun.elapsed());
    match all.documents.pop() {
        Some(document) => {
            check(&document);
            Ok(document)
        }
        None => Err(Box::new(all.issues.remove(0))),
    }
}

fn check(document: &ImportedDocument) {
    for annotation in &document.annotations {
        assert_eq!(annotation.document, document.document.id);
        for span in annotation.fragments.iter() {
            assert!(document.text.slice(span).is_some_and(|slice| !slice.is_empty()), "{span:?}");
        }
    }
    let there = |id| document.annotations.iter().any(|one| one.id == id);
    for relation in &document.relations {
        assert!(there(relation.from));
        assert!(match relation.to {
            Target::Annotation(to) => there(to),
            Target::Actor(to) => document.actors.iter().any(|actor| actor.id == to),
        });
    }
    for issue in &document.issues {
        assert!(!issue.to_string().is_empty());
    }
}

fn said(document: &ImportedDocument) -> String {
    document.issues.iter().map(Issue::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn json_a_hundred_thousand_deep_is_refused_or_passed_over() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
    for nested in [deep("[", "]"), deep("{\"a\":", "}")] {
        assert!(read(&nested).unwrap_err().to_string().contains("hostile.jsonl, line 1"));
        // Under a key that nobody reads, under one that is kept, and where a list of spans belongs.
        for key in ["unknown", "meta", "spans", "relations", "actors", "text"] {
            let line = format!("{{\"text\":\"Ada sang.\",\"{key}\":{nested}}}");
            if let Err(issue) = read(&line) {
                assert!(issue.to_string().contains("line 1"), "{issue}");
            }
        }
        assert!(row::parse_annotation(&nested).is_err());
        assert!(row::parse_entry(&nested, project()).is_err());
        assert!(row::parse_project(&nested, project()).is_err());
    }
}

#[test]
fn places_that_cannot_be_are_told_one_by_one() {
    let impossible = [
        ("9223372036854775808", "9223372036854775809"),
        ("18446744073709551615", "18446744073709551616"),
        ("1e300", "1e301"),
        ("-5", "3"),
        ("5", "2"),
        ("3", "3"),
        ("100", "200"),
        ("0.5", "2"),
        ("null", "3"),
        ("\"0\"", "[]"),
    ];
    for unit in ["code_point", "utf16", "byte"] {
        for (start, end) in impossible {
            let line = format!(
                "{{\"format\":\"rubricator/1\",\"offset_unit\":\"{unit}\",\"text\":\"é🚋 sang.\",\
                 \"spans\":[{{\"label\":\"actor\",\"start\":{start},\"end\":{end}}},\
                           {{\"label\":\"actor\",\"start\":0,\"end\":1,\"fragments\":[[{start},{end}]]}}]}}"
            );
            let document = read(&line).unwrap();
            assert!(!document.issues.is_empty(), "{start}..{end} of {unit} is told");
            assert!(document.annotations.len() <= 1, "{start}..{end} of {unit}");
        }
    }
    // Inside a character: a byte of the é, half of the tram.
    for (unit, start, end) in [("byte", 1, 4), ("utf16", 2, 4)] {
        let line = format!(
            "{{\"format\":\"rubricator/1\",\"offset_unit\":\"{unit}\",\"text\":\"é🚋 sang.\",\
             \"spans\":[{{\"label\":\"actor\",\"start\":{start},\"end\":{end}}}]}}"
        );
        let document = read(&line).unwrap();
        assert!(!document.issues.is_empty(), "{unit}");
    }
}

#[test]
fn ids_given_twice_links_to_nothing_and_circles_leave_a_sound_document() {
    let id = Uuid::from_u128(7);
    let span = format!("{{\"id\":\"{id}\",\"label\":\"claim\",\"start\":0,\"end\":3}}");
    let link = |from: &str, to: &str, kind: &str| {
        format!("{{\"type\":\"targets\",\"from\":\"{from}\",\"to\":\"{to}\",\"to_kind\":\"{kind}\"}}")
    };
    let here = id.to_string();
    let nowhere = Uuid::from_u128(8).to_string();
    let links = [
        link(&here, &here, "span"),
        link(&here, &nowhere, "span"),
        link(&nowhere, &here, "span"),
        link(&here, &nowhere, "actor"),
        link("", "", ""),
    ];
    let line = format!(
        "{{\"format\":\"rubricator/1\",\"text\":\"Ada sang.\",\"spans\":[{span},{span}],\"relations\":[{}]}}",
        links.join(",")
    );
    let document = read(&line).unwrap();
    assert!(document.relations.len() <= 1, "{:?}", document.relations);
    assert!(said(&document).lines().count() >= 4, "{}", said(&document));
}

#[test]
fn texts_with_lone_surrogates_nul_and_controls_are_read_or_refused_in_words() {
    for (text, sound) in [
        (r"a\ud800b", false),
        (r"\udfff", false),
        (r"a\u0000b", true),
        (r"\u202e\u2066\u200b\u0007", true),
        (r"\ufeff\ufffe", true),
    ] {
        let line = format!("{{\"text\":\"{text}\"}}");
        match read(&line) {
            Ok(document) if text.contains("202e") => {
                assert!(said(&document).contains("U+202E"), "{}", said(&document));
            }
            Ok(_) => assert!(sound, "{text} is no text"),
            Err(issue) => assert!(!issue.to_string().is_empty()),
        }
    }
    let mut ids = Ids::new(3);
    match parse_plain("nul.txt", b"Ada\0sang.", &mut || ids.next(), project()) {
        Ok(document) => assert!(!document.issues.is_empty()),
        Err(issue) => assert!(!issue.to_string().is_empty()),
    }
}

#[test]
fn a_line_of_fifty_megabytes_is_told_by_its_size() {
    let line = format!("{{\"text\":\"{}\"}}", "a".repeat(50 << 20));
    let issue = read(&line).unwrap_err();
    assert!(issue.to_string().contains("MB"), "{issue}");
}

#[test]
fn tiny_records_without_end_are_read_one_by_one() {
    let count: u64 = if std::env::var_os("RUBRICATOR_LONG").is_some() { 10_000_000 } else { 200_000 };
    let chunk = "{}\n[1]\n0\n\"\"\n".repeat(1_000);
    let mut reader = Reader::new("tiny.jsonl", project());
    let mut ids = Ids::new(4);
    let (mut lines, mut seen) = (Lines::new(), 0);
    let begun = Instant::now();
    while seen < count {
        lines.push(chunk.as_bytes());
        while let Some(line) = lines.next_line() {
            assert!(reader.parse(line, &mut || ids.next()).is_err());
            seen += 1;
        }
    }
    let each = begun.elapsed() / u32::try_from(seen).unwrap();
    assert!(each < Duration::from_micros(200), "{each:?} a record");
}

#[test]
fn one_document_with_a_hundred_thousand_broken_spans_is_read_in_time() {
    let mut spans = String::new();
    for number in 0..100_000 {
        write!(spans, "{{\"label\":\"x\",\"start\":{number},\"end\":0,\"text\":\"no\"}},").unwrap();
    }
    spans.push_str("{}");
    let document = read(&format!("{{\"text\":\"Ada sang.\",\"spans\":[{spans}]}}")).unwrap();
    assert!(document.annotations.is_empty());
}
