//! Formats: what goes out comes back the same, what is broken is said with its place, and the sound rest is kept.

#![allow(clippy::disallowed_methods, reason = "samples and corpora are read from disk, python is asked")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which fail by panicking")]
#![allow(clippy::print_stderr, reason = "a test that could not run says so")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::*;
use rubricator::format::{
    Backup, BackupWriter, Cursor, DatasetHead, Error, ImportedDocument, Issue, Lines, MAX_TEXT_BYTES, Needs,
    Problem, Reader, Severity, StoredDocument, file_name, migrate_row, parse_plain, print_line, row,
    text_sha256,
};
use rubricator::model::{
    Actor, ActorId, AttributeKind, Body, Codebook, EntryKind, History, ProjectId, Record, Status, Tally,
    Target, Timestamp, Value,
};
use rubricator::text::{Text, Unit};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::arbitrary::{Ids, Page, World, edit, steps, text, world};

const PROJECT: ProjectId = ProjectId::new(Uuid::from_u128(7));

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn line_of(head: &DatasetHead, page: &Page, actors: &BTreeMap<ActorId, Actor>) -> String {
    print_line(head, &page.document, &page.text, &page.body, actors, page.modified, &page.annotator)
}

fn read_line(reader: &mut Reader, line: &str) -> ImportedDocument {
    reader.parse_line(1, line, &mut || panic!("every record of ours has an id")).unwrap()
}

/// Reads a single line of another tool, with ids that count up from 1.
fn read(line: &Json) -> ImportedDocument {
    let mut ids = 0;
    let mut reader = Reader::new("other.jsonl", PROJECT);
    reader.parse_line(1, &line.to_string(), &mut || next(&mut ids)).unwrap()
}

fn next(ids: &mut u128) -> Uuid {
    *ids += 1;
    Uuid::from_u128(*ids)
}

fn quotes(document: &ImportedDocument) -> Vec<&str> {
    document
        .annotations
        .iter()
        .flat_map(|one| one.fragments.iter())
        .map(|span| document.text.slice(span).unwrap())
        .collect()
}

/// Issues without what is only said for information.
fn complaints(issues: &[Issue]) -> Vec<String> {
    issues.iter().filter(|issue| Severity::Info < issue.severity).map(Issue::to_string).collect()
}

fn is_about_control_characters(issue: &Issue) -> bool {
    matches!(issue.problem, Problem::ControlCharacters { .. })
}

// Rows

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn rows_come_back_as_they_went(world in world(), steps in steps()) {
        let id = world.project.id;
        prop_assert_eq!(&row::parse_project(&row::print_project(&world.project), id).unwrap(), &world.project);
        for actor in world.actors.values() {
            prop_assert_eq!(&row::parse_actor(&row::print_actor(actor), id).unwrap(), actor);
        }
        for page in &world.documents {
            let stored = StoredDocument {
                document: page.document.clone(),
                tally: Tally { annotations: 3, relations: 0 },
                modified: page.modified,
                annotator: page.annotator.clone(),
                leaf: "a list/0001 2 3 4".to_owned(),
            };
            prop_assert_eq!(&row::parse_document(&row::print_document(&stored), id).unwrap(), &stored);
            for annotation in page.body.annotations() {
                prop_assert_eq!(&row::parse_annotation(&row::print_annotation(annotation)).unwrap(), annotation);
            }
            for relation in page.body.relations() {
                prop_assert_eq!(&row::parse_relation(&row::print_relation(relation)).unwrap(), relation);
            }
        }
        let (history, _) = history_of(&world, &[steps], 1);
        for number in 1..=history.last() {
            let entry = history.entry(number).unwrap();
            prop_assert_eq!(&row::parse_entry(&row::print_entry(entry), id).unwrap(), entry);
        }
        let cursor = cursor_of(&history);
        prop_assert_eq!(row::parse_cursor(&row::print_cursor(cursor)).unwrap(), cursor);
    }
}

#[test]
fn rows_with_more_or_less_than_they_should_hold_are_read_or_refused_with_a_place() {
    let least = r#"{"id":"00000000-0000-0000-0000-000000000001","document":"00000000-0000-0000-0000-000000000002",
        "label":"claim","start":2,"end":5,"modified":"2026-11-23T09:30:00Z","later":[1,{}]}"#;
    let annotation = row::parse_annotation(least).unwrap();
    assert_eq!((annotation.fragments.start().byte(), annotation.fragments.end().byte()), (2, 5));
    assert_eq!((annotation.note.as_str(), annotation.actor, annotation.codebook_version), ("", None, 0));
    for (broken, said) in [
        (least.replace("000001\"", "\""), "the annotation's id is \"00000000-0000-0000-0000-000000\""),
        (least.replace('2', "-2"), "which is not a span in bytes"),
        (least.replace("\"start\":2", "\"start\":9"), "the annotation's fragments is \"9 to 5\""),
        (least.replace("2026", "yesterday"), "which is not a date and time"),
        (least.replace("[1,{}]}", "[1,{}]"), "the annotation cannot be read at column"),
        (String::new(), "the annotation cannot be read at column 0: EOF while parsing a value"),
    ] {
        let error = row::parse_annotation(&broken).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn what_a_later_version_wrote_is_left_alone_in_plain_words() {
    let row = row::print_project(&sample().project).replace("rubricator/1", "rubricator/2");
    let newer = Error::NewerFormat { found: "rubricator/2".to_owned() };
    assert_eq!(row::parse_project(&row, PROJECT), Err(newer.clone()));
    assert_eq!(row::parse_version(&row), Err(newer.clone()));
    assert_eq!(migrate_row(rubricator::format::RecordKind::Actor, "{}", 2), Err(newer.clone()));
    assert!(newer.to_string().starts_with("this was written by a newer version of Rubricator"));
    let line = json!({"format": "rubricator/2", "text": "Ada"}).to_string();
    let issue = Reader::new("later.jsonl", PROJECT).parse_line(4, &line, &mut Uuid::max).unwrap_err();
    assert!(issue.to_string().starts_with("later.jsonl, line 4: written by a newer version"), "{issue}");
}

// Dataset

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn lines_come_back_as_they_went(world in world(), unit in prop::sample::select(vec![Unit::CodePoint, Unit::Utf16, Unit::Byte])) {
        let head = DatasetHead::exact(&world.project.name, &world.project.codebook, unit);
        let mut reader = Reader::new("own.jsonl", world.project.id);
        for page in &world.documents {
            let line = line_of(&head, page, &world.actors);
            let imported = read_line(&mut reader, &line);
            prop_assert_eq!(&imported.document, &page.document);
            prop_assert_eq!(&imported.text, &page.text);
            prop_assert_eq!(imported.modified, page.modified);
            prop_assert_eq!(&imported.annotator, &page.annotator);
            prop_assert!(imported.issues.iter().all(is_about_control_characters), "{:?}", imported.issues);
            for actor in &imported.actors {
                prop_assert_eq!(Some(actor), world.actors.get(&actor.id));
            }
            prop_assert_eq!(&Body::new(imported.annotations, imported.relations), &page.body);
        }
    }

    #[test]
    fn a_dataset_has_the_same_keys_and_types_everywhere_and_is_stable_after_one_round(world in world()) {
        let head = DatasetHead::new(&world.project.name, &world.project.codebook, Unit::CodePoint);
        let mut reader = Reader::new("own.jsonl", world.project.id);
        for page in &world.documents {
            let line = line_of(&head, page, &world.actors);
            let keys = ["format", "offset_unit", "project", "codebook_version", "id", "title", "text", "text_sha256",
                "language", "meta", "status", "position", "annotator", "modified", "spans", "relations", "actors", "extra"];
            let places: Vec<_> = keys.iter().map(|key| line.find(&format!("\"{key}\":"))).collect();
            prop_assert!(places.iter().all(Option::is_some));
            let value: Json = serde_json::from_str(&line).unwrap();
            for span in value["spans"].as_array().unwrap() {
                // As long as 2026-11-23T09:30:00.000Z: a fraction everywhere, or readers find two types.
                prop_assert_eq!(span["modified"].as_str().unwrap().len(), 24);
            }
            prop_assert_eq!(value.as_object().unwrap().len(), keys.len());
            for span in value["spans"].as_array().unwrap() {
                let attributes = span["attributes"].as_object().unwrap();
                for key in ["kind", "stance", "attribution"] {
                    prop_assert!(attributes[key].is_string() || attributes[key].is_null(), "{}", attributes[key]);
                }
            }
            for relation in value["relations"].as_array().unwrap() {
                // The standard codebook asks nothing of relations, and Parquet cannot hold an empty record.
                prop_assert_ne!(&relation["attributes"], &json!({}));
            }
            let imported = read_line(&mut reader, &line);
            let again = Page {
                document: imported.document,
                text: imported.text,
                body: Body::new(imported.annotations, imported.relations),
                modified: imported.modified,
                annotator: imported.annotator,
            };
            prop_assert_eq!(line_of(&head, &again, &world.actors), line);
        }
    }

}

proptest! {
    // Each case asks Python three times.
    #![proptest_config(config(3))]

    #[test]
    fn python_finds_every_span_at_its_place(worlds in prop::collection::vec(world(), 20)) {
        for unit in [Unit::CodePoint, Unit::Utf16, Unit::Byte] {
            let mut file = String::new();
            for world in &worlds {
                let head = DatasetHead::new(&world.project.name, &world.project.codebook, unit);
                for page in &world.documents {
                    file.push_str(&line_of(&head, page, &world.actors));
                    file.push('\n');
                }
            }
            check_in_python(unit, &file);
        }
    }

}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn lines_are_the_same_whatever_the_chunks(
        parts in prop::collection::vec("[a-zé{}\"]{0,6}(\r\n|\n|\r|\n\n|)", 0..12),
        bom in any::<bool>(),
        cuts in prop::collection::vec(1..7_usize, 1..20),
    ) {
        let file = if bom { format!("\u{FEFF}{}", parts.concat()) } else { parts.concat() };
        let body = file.strip_prefix('\u{FEFF}').unwrap_or(&file);
        let expected: Vec<(u64, String)> = (1..)
            .zip(body.split('\n'))
            .map(|(number, line)| (number, line.strip_suffix('\r').unwrap_or(line).to_owned()))
            .filter(|(_, line)| !line.trim_ascii().is_empty())
            .collect();
        let mut lines = Lines::new();
        let mut found = Vec::new();
        let mut rest = file.as_bytes();
        for cut in cuts.iter().cycle() {
            let (chunk, after) = rest.split_at((*cut).min(rest.len()));
            lines.push(chunk);
            rest = after;
            if rest.is_empty() {
                lines.finish();
            }
            while let Some(line) = lines.next_line() {
                found.push((line.number, line.content.unwrap().into_owned()));
            }
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(found, expected);
    }
}

/// Asks Python, the reader of most datasets, whether each span's numbers give its text.
fn check_in_python(unit: Unit, file: &str) {
    const SCRIPT: &str = r#"
import hashlib, json, sys
count = 0
with open(sys.argv[1], encoding="utf-8", newline="\n") as lines:
    for line in lines:
        document = json.loads(line)
        text, unit = document["text"], document["offset_unit"]
        assert hashlib.sha256(text.encode()).hexdigest() == document["text_sha256"]
        def cut(start, end):
            if unit == "code_point":
                return text[start:end]
            if unit == "utf16":
                return text.encode("utf-16-le")[2 * start:2 * end].decode("utf-16-le")
            return text.encode()[start:end].decode()
        for span in document["spans"]:
            assert cut(span["start"], span["end"]) == span["text"], span
            assert span["fragments"][0][0] == span["start"] and span["fragments"][-1][1] == span["end"]
            assert all(cut(start, end) for start, end in span["fragments"])
            count += 1
print(count)
"#;
    let path = std::env::temp_dir().join(format!("rubricator-{}-{}.jsonl", std::process::id(), unit.name()));
    std::fs::write(&path, file).unwrap();
    let python = Command::new("python3").arg("-c").arg(SCRIPT).arg(&path).output();
    std::fs::remove_file(&path).unwrap();
    let Ok(output) = python else {
        eprintln!("python3 is not here: spans were not checked in Python");
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let spans = file.matches("\"fragments\":[[").count();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), spans.to_string());
}

#[test]
fn bare_lines_are_enough() {
    let read = read(&json!({"text": "Talks\n\nAda met Bo."}));
    assert_eq!(read.document.title, "Talks");
    assert_eq!((read.document.status, read.document.position), (Status::Todo, 1.0));
    assert_eq!(read.document.text_sha256, text_sha256("Talks\n\nAda met Bo."));
    assert_eq!(read.issues, []);
}

#[test]
fn lines_of_other_tools_keep_what_we_know_and_name_what_we_do_not() {
    let read = read(&json!({
        "id": 12, "text": "Ada met Bo in Rome.", "title": null, "language": "en", "_hash": 3,
        "meta": {"source": "ANSA", "author": ["Cy", "Di"], "published": 2025, "url": {"a": 1}, "section": "x"},
        "spans": [
            {"id": 0, "start": 0, "end": 3, "label": "PER", "token_start": 0},
            {"id": 1, "start": 8.0, "end": 10.0, "label": "PER", "note": 7, "attributes": {"sure": true, "odd": {}}},
        ],
        "relations": [{"type": "met", "from": 0, "to": 1}, {"head": 0, "child": 1, "label": "met"}],
    }));
    assert_eq!(quotes(&read), ["Ada", "Bo"]);
    assert_eq!(read.document.meta.author, "Cy; Di");
    assert_eq!(read.document.meta.published, "2025");
    assert_eq!(read.document.status, Status::InProgress);
    assert_eq!(read.relations.len(), 1);
    assert_eq!(read.relations[0].from, read.annotations[0].id);
    assert_eq!(read.relations[0].to, Target::Annotation(read.annotations[1].id));
    let said: Vec<String> = read.issues.iter().map(Issue::to_string).collect();
    for part in [
        "no \"offset_unit\" is stated",
        "ids that are no UUIDs, such as \"12\"",
        "span 1: attributes.odd is \"{}\"",
        "relation #2: cannot be read (it has no type)",
        "url is",
        "left out: \"_hash\"",
        "left out: \"meta.section\"",
    ] {
        assert!(said.iter().any(|issue| issue.contains(part)), "{part} in {said:#?}");
    }
}

#[test]
fn places_that_cannot_be_are_left_out_one_by_one() {
    let text = "é né 😀 Ada";
    let span = |start: Json, end: Json| json!({"label": "x", "start": start, "end": end});
    let spans = json!([
        span(json!(-1), json!(3)),
        span(json!(3), json!(2)),
        span(json!(2), json!(2)),
        span(json!(0), json!(99)),
        span(json!(9_223_372_036_854_775_808_u64), json!(18_446_744_073_709_551_615_u64)),
        span(json!(-9_223_372_036_854_775_808_i64), json!(1)),
        span(json!(1e300), json!(2e300)),
        span(json!(0.5), json!(1)),
        span(json!("0"), json!("1")),
        span(json!(null), json!(null)),
        span(json!([]), json!({})),
        json!({"label": "x", "fragments": [[0, 1], [4]]}),
        json!({"label": "x", "fragments": [[0, 1], [4, 77]]}),
        json!({"label": "x", "fragments": "0-1"}),
        json!({"start": 0, "end": 1}),
        json!("span"),
        json!(null),
        span(json!(0), json!(1)),
    ]);
    for (unit, quote) in [("code_point", "é"), ("utf16", "é")] {
        let read = read(&json!({"offset_unit": unit, "text": text, "spans": spans}));
        assert_eq!(quotes(&read), [quote]);
        assert_eq!(read.issues.len(), 17, "{:#?}", read.issues);
        assert!(read.issues.iter().all(|issue| issue.severity == Severity::Error && issue.line == Some(1)));
        let first = read.issues[0].to_string();
        assert!(
            first.starts_with("other.jsonl, line 1, span #1: -1 to 3 is no place in the text"),
            "{first}"
        );
    }
    // Inside a character: the byte after the first of é, the second half of a surrogate pair.
    let bytes = read(&json!({"offset_unit": "byte", "text": text, "spans": [span(json!(1), json!(2))]}));
    assert_eq!(
        complaints(&bytes.issues),
        ["other.jsonl, line 1, span #1: 1 to 2 is no place in the text, which has 15 bytes; it was left out"]
    );
    let halves = read(&json!({"offset_unit": "utf16", "text": text, "spans": [span(json!(6), json!(8))]}));
    assert_eq!(halves.annotations.len(), 0);
}

#[test]
fn a_span_is_put_where_its_text_stands() {
    let text = "Bo said no. Later Ada said yes. Ada said more.";
    let check = |span: Json, found: &[&str], said: &str| {
        let read = read(&json!({"offset_unit": "code_point", "text": text, "spans": [span]}));
        assert_eq!(quotes(&read), found);
        let issues = complaints(&read.issues).join("\n");
        assert!(issues.contains(said) && issues.is_empty() == said.is_empty(), "{issues}");
        read.annotations.first().map(|one| one.fragments.start().byte())
    };
    let span =
        |start: i64, end: i64, text: &str| json!({"label": "x", "start": start, "end": end, "text": text});
    assert_eq!(check(span(18, 21, "Ada"), &["Ada"], ""), Some(18));
    // Moved: the nearest place is taken.
    let said = "\"Ada\" was not at 20 to 23 but at 18 to 21";
    assert_eq!(check(span(20, 23, "Ada"), &["Ada"], said), Some(18));
    assert_eq!(check(span(30, 33, "Ada"), &["Ada"], "but at 32 to 35"), Some(32));
    // Places that cannot be: only a text that stands once says enough.
    assert_eq!(check(span(-4, 900, "yes"), &["yes"], "was not at -4 to 900 but at 27 to 30"), Some(27));
    assert_eq!(check(span(-4, 900, "Ada"), &[], "nowhere else that is certain"), None);
    assert_eq!(check(span(18, 21, "Cleo"), &[], "\"Cleo\" is not at 18 to 21"), None);
    // Fragments move along with the whole.
    let pieces =
        json!({"label": "x", "start": 2, "end": 10, "fragments": [[2, 5], [7, 10]], "text": "no. Late"});
    assert_eq!(check(pieces, &["no.", "ate"], "but at 8 to 16"), Some(8));
    let disagree = json!({"label": "x", "start": 0, "end": 2, "fragments": [[8, 10]]});
    assert_eq!(check(disagree, &["no"], "start and end say 0 to 2, its fragments 8 to 10"), Some(8));
}

#[test]
fn positions_over_crlf_are_shifted_and_it_is_said() {
    let raw = "\u{FEFF}Ada\r\nBo\rCy 😀 Di";
    let whole = Text::new(raw);
    for unit in [Unit::CodePoint, Unit::Utf16, Unit::Byte] {
        let spans: Vec<Json> = ["Ada", "Bo", "Cy", "😀", "Di", "Ada\r\nBo"]
            .into_iter()
            .map(|quote| {
                let at = raw.find(quote).unwrap();
                let number = |at| whole.encode(rubricator::text::Offset::from_usize(at), unit);
                json!({"label": "x", "start": number(at), "end": number(at + quote.len()), "text": quote})
            })
            .collect();
        let stated = text_sha256(raw);
        let line = json!({"offset_unit": unit.name(), "text": raw, "text_sha256": stated, "spans": spans});
        let read = read(&line);
        assert_eq!(&*read.text, "Ada\nBo\nCy 😀 Di");
        assert_eq!(quotes(&read), ["Ada", "Bo", "Cy", "😀", "Di", "Ada\nBo"]);
        assert_eq!(complaints(&read.issues), [""; 0]);
        assert_eq!(
            read.issues[0].problem.to_string(),
            "a byte order mark was dropped, 1 CRLF line ends became LF, 1 CR line ends became LF; \
             positions were shifted accordingly"
        );
    }
}

#[test]
fn ids_and_links_that_do_not_hold_are_said_and_the_rest_is_kept() {
    let one = "00000000-0000-7000-8000-000000000001";
    let read = read(&json!({
        "offset_unit": "code_point", "text": "Ada met Bo.", "text_sha256": "00", "status": "maybe",
        "spans": [
            {"id": one, "label": "a", "start": 0, "end": 3, "actor": "Q7", "origin": "magic", "modified": "noon"},
            {"id": one, "label": "b", "start": 8, "end": 10, "actor": "A1"},
        ],
        "relations": [
            {"id": "r1", "type": "t", "from": one, "to": one, "to_kind": "span"},
            {"id": "r1", "type": "t", "from": one, "to": "A1"},
            {"id": "r3", "type": "t", "from": "nobody", "to": one},
            {"id": "r4", "type": "t", "from": one, "to": "A9", "to_kind": "actor"},
            {"id": "r5", "type": "t", "from": one, "to": "A1", "to_kind": "place"},
        ],
        "actors": [
            {"id": "A1", "name": "Ada", "kind": "robot"}, {"id": "A1", "name": "Ada II"}, {"note": "who?"}, 5,
        ],
    }));
    assert_eq!(quotes(&read), ["Ada", "Bo"]);
    assert_ne!(read.annotations[0].id, read.annotations[1].id);
    assert_eq!(read.annotations[0].id.to_string(), one);
    assert_eq!(read.annotations[1].actor, Some(read.actors[0].id));
    assert_eq!((read.relations.len(), read.actors.len()), (2, 1));
    assert_eq!(read.relations[1].to, Target::Actor(read.actors[0].id));
    assert_eq!(complaints(&read.issues), [
        format!(
            "other.jsonl, line 1: the text has changed since its hash was taken (stated \"00\", found \"{}…); \
             each span was checked by its own text",
            &format!("{}\"", &text_sha256("Ada met Bo.")[..60])
        ),
        "other.jsonl, line 1, actor A1: the kind \"robot\" is not known; other was taken".to_owned(),
        "other.jsonl, line 1, actor A1: an actor of this id came before; this one was left out".to_owned(),
        "other.jsonl, line 1, actor #3: cannot be read (neither an id nor a name); it was left out".to_owned(),
        "other.jsonl, line 1, actor #4: cannot be read (invalid type: integer `5`, expected a record); \
         it was left out"
            .to_owned(),
        format!("other.jsonl, line 1, span {one}: the actor \"Q7\" is not known; the link to it was left out"),
        format!("other.jsonl, line 1, span {one}: the origin \"magic\" is not known; imported was taken"),
        format!(
            "other.jsonl, line 1, span {one}: \"noon\" is no date and time (RFC 3339); the time of the import was taken"
        ),
        format!("other.jsonl, line 1, span {one}: the id is used twice in the file; this one got a new id"),
        "other.jsonl, line 1, relation r1: the id is used twice in the file; this one got a new id".to_owned(),
        "other.jsonl, line 1, relation r3: its \"from\" is \"nobody\", which is no span of the line; it was left out"
            .to_owned(),
        "other.jsonl, line 1, relation r4: it leads to the actor \"A9\", which is not known; it was left out"
            .to_owned(),
        "other.jsonl, line 1, relation r5: cannot be read (to_kind is \"place\", not \"span\" or \"actor\"); \
         it was left out"
            .to_owned(),
        "other.jsonl, line 1: the status \"maybe\" is not known; in_progress was taken".to_owned(),
    ]);
}

#[test]
fn a_second_import_recognises_ids_of_other_tools_and_files_do_not_clash() {
    let line = |text: &str| json!({"id": "7", "text": text, "spans": [{"id": "T1", "label": "x", "start": 0, "end": 2}]});
    let (one, same, other) = (read(&line("Ada")), read(&line("Ada")), read(&line("Bo!")));
    assert_eq!(one.document.id, same.document.id);
    assert_eq!(one.annotations[0].id, same.annotations[0].id);
    assert_eq!(one.document.id.uuid().get_version_num(), 8);
    assert_ne!(one.document.id, other.document.id);
    assert_ne!(one.annotations[0].id, other.annotations[0].id);
}

#[test]
fn broken_lines_are_told_by_number_and_the_sound_ones_come_in() {
    let mut file = b"\xEF\xBB\xBF{\"text\":\"one\",\"id\":\"1\"}\r\n".to_vec();
    file.extend_from_slice(b"{\"text\":\"tw\xFFo\"}\n\n   \n[1]\n\"x\"\n{\"text\":3}\n{\"text\":\" \"}\n{\"text\":\"a\" \"b\"}\n");
    file.extend_from_slice(b"{\"text\":\"\\ud83d\"}\n{\"text\":\"one\",\"id\":\"1\"}\n{\"text\":\"last\"}");
    let mut ids = 0;
    let imported = Reader::new("mixed.jsonl", PROJECT).parse_all(&file, &mut || next(&mut ids));
    let texts: Vec<&str> = imported.documents.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["one", "one", "last"]);
    let said: Vec<String> = imported.issues.iter().map(Issue::to_string).collect();
    for (said, expected) in said.iter().zip([
        "mixed.jsonl, line 2: not UTF-8 at byte 12 of the line; the line was left out",
        "mixed.jsonl, line 5: a list where an object was expected; the line was left out",
        "mixed.jsonl, line 6: a string where an object was expected; the line was left out",
        "mixed.jsonl, line 7: no \"text\" string; the line was left out",
        "mixed.jsonl, line 8: the text is empty; there is nothing to annotate, so it was left out",
        "mixed.jsonl, line 9: not JSON at column 13 (expected `,` or `}`); the line was left out",
        "mixed.jsonl, line 10: not JSON at column 16 (",
    ]) {
        assert!(said.starts_with(expected), "{said}");
    }
    assert_eq!(said.len(), 7);
    assert_ne!(imported.documents[0].document.id, imported.documents[1].document.id);
    assert_eq!(
        complaints(&imported.documents[1].issues),
        [
            "mixed.jsonl, line 11: a document of this id came in an earlier line; this one was kept beside it under a new id"
        ]
    );
}

#[test]
fn a_line_too_long_is_given_up_and_the_rest_goes_on() {
    let mut lines = Lines::with_cap(8);
    let mut found = Vec::new();
    for chunk in [&b"short\nthis one is "[..], b"far too", b" long\nnext\n", b"123456789\n1234567\r\nend"] {
        lines.push(chunk);
        while let Some(line) = lines.next_line() {
            found.push((line.number, line.content.map(std::borrow::Cow::into_owned).ok()));
        }
    }
    lines.finish();
    while let Some(line) = lines.next_line() {
        found.push((line.number, line.content.map(std::borrow::Cow::into_owned).ok()));
    }
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        found,
        [(1, text("short")), (2, None), (3, text("next")), (4, None), (5, text("1234567")), (6, text("end")),]
    );
    let mut wide = Lines::new();
    wide.push(b"\xFF\xFE{\0}\0\n\0");
    assert_eq!(wide.next_line().map(|line| line.content), Some(Err(Problem::Utf16Lines)));
    wide.push(b"{\0}\0\n\0");
    wide.finish();
    assert_eq!(wide.next_line(), None);
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn no_line_whatever_makes_the_reader_panic(
        world in world(),
        at in any::<prop::sample::Index>(),
        with in prop::sample::select(vec!["-1", "9223372036854775808", "1e308", "null", "[]", "{}", "\"x\"", "0.5", "", "\\", "}"]),
    ) {
        let head = DatasetHead::new("x", &world.project.codebook, Unit::Utf16);
        for page in &world.documents {
            let line = line_of(&head, page, &world.actors);
            // Put something else in the place of a number, a string or a bracket.
            let places: Vec<usize> = line.match_indices([':', '[', ',']).map(|(at, _)| at + 1).collect();
            let start = *at.get(&places);
            let end = line[start..].find([',', '}', ']']).map_or(line.len(), |end| start + end);
            let broken = format!("{}{with}{}", &line[..start], &line[end..]);
            let mut ids = 0;
            if let Ok(read) = Reader::new("x", PROJECT).parse_line(1, &broken, &mut || next(&mut ids)) {
                for annotation in &read.annotations {
                    prop_assert!(read.text.slice(annotation.fragments.envelope()).is_some());
                }
            }
        }
    }

    #[test]
    fn no_bytes_whatever_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut ids = 0;
        let _ = Reader::new("x", PROJECT).parse_all(&bytes, &mut || next(&mut ids));
        let _ = parse_plain("x", &bytes, &mut Uuid::max, PROJECT);
        let _ = Backup::parse(&bytes, PROJECT, &mut Uuid::max);
    }
}

#[test]
fn what_a_codebook_lacks_is_found_and_can_be_added() {
    let line = |stance: &str, note: &str| {
        json!({"text": "Ada met Bo.", "spans": [
            {"id": "1", "label": "claim", "start": 0, "end": 3, "attributes": {"stance": stance, "sure": true}},
            {"id": "2", "label": "rebuttal_x", "start": 8, "end": 10, "attributes": {"strength": 2, "comment": note, "side": "left"}},
        ], "relations": [{"type": "rebuts", "from": "2", "to": "1", "attributes": {"tags": ["a", "b"]}}]})
    };
    let mut needs = Needs::default();
    needs.add(&read(&line("support", "one")));
    needs.add(&read(&line("ironic", "two")));
    let standard = Codebook::standard();
    assert_eq!(
        needs.missing_labels(&standard).iter().map(|key| key.as_str()).collect::<Vec<_>>(),
        ["rebuttal_x"]
    );
    assert_eq!(
        needs.missing_relations(&standard).iter().map(|key| key.as_str()).collect::<Vec<_>>(),
        ["rebuts"]
    );
    let complete = needs.complete(&standard).unwrap();
    assert_eq!(complete.version, standard.version + 1);
    let label = complete.label("rebuttal_x").unwrap();
    assert_eq!((label.name.as_str(), label.short.as_str()), ("rebuttal x", "rebuttal"));
    assert_eq!(label.attribute("strength").unwrap().kind, AttributeKind::Number);
    assert_eq!(label.attribute("comment").unwrap().kind, AttributeKind::Text);
    assert!(matches!(label.attribute("side").unwrap().kind, AttributeKind::Choice(_)));
    let claim = complete.label("claim").unwrap();
    assert!(claim.attribute("stance").unwrap().allows(&Value::Text("ironic".to_owned())));
    assert_eq!(claim.attribute("sure").unwrap().kind, AttributeKind::Flag);
    let rebuts = complete.relation("rebuts").unwrap();
    assert!(rebuts.joins(&label.key, &claim.key));
    assert!(matches!(rebuts.attributes[0].kind, AttributeKind::Several(_)));
    assert_eq!(needs.complete(&complete), None);
}

// Backup

fn history_of(
    world: &World,
    edits: &[Vec<super::arbitrary::Step>],
    undone: usize,
) -> (History, rubricator::model::State) {
    let mut state = world.state();
    let mut history = History::default();
    let mut ids = Ids::new(2);
    for steps in edits {
        let edit = edit(world, &state, steps, &mut ids);
        state.apply(&edit);
        history.record(edit, None);
    }
    for _ in 0..undone {
        let Some(entry) = history.undo(Timestamp::from_unix_millis(5), "Di", None) else { break };
        state.apply(&entry.edit);
    }
    (history, state)
}

fn cursor_of(history: &History) -> Cursor {
    Cursor {
        last: history.last(),
        undo: history.undo_number(),
        redo: history.redo_number(),
        hand: history.hand(),
    }
}

fn save(
    world: &World,
    history: &[rubricator::model::Entry],
    cursor: Cursor,
    texts: &BTreeMap<String, Text>,
) -> Vec<u8> {
    let mut writer = BackupWriter::new(&world.project);
    for page in &world.documents {
        writer
            .push_document(
                &page.document,
                &page.text,
                &page.body,
                &world.actors,
                page.modified,
                &page.annotator,
            )
            .unwrap();
    }
    for entry in history {
        writer.push_entry(entry).unwrap();
    }
    for (sha256, text) in texts {
        writer.push_text(sha256, text).unwrap();
    }
    let mut bytes = Vec::new();
    writer.finish(&world.project, &world.actors, cursor, &mut |chunk| bytes.extend(chunk)).unwrap();
    bytes
}

fn open(bytes: &[u8]) -> Result<Backup, Error> {
    Backup::parse(bytes, sample().project.id, &mut || panic!("every record of ours has an id"))
}

fn world_of(backup: &Backup) -> World {
    let documents = backup.documents.iter().cloned().map(|one| Page {
        document: one.document,
        text: one.text,
        body: Body::new(one.annotations, one.relations),
        modified: one.modified,
        annotator: one.annotator,
    });
    World {
        project: backup.project.clone(),
        actors: backup.actors.iter().map(|actor| (actor.id, actor.clone())).collect(),
        documents: documents.collect(),
    }
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn a_backup_opens_as_it_was_and_saves_byte_for_byte_the_same(
        world in world(),
        edits in prop::collection::vec(steps(), 0..4),
        undone in 0..3_usize,
        gone in prop::collection::vec(text(), 0..3),
    ) {
        let (history, _) = history_of(&world, &edits, undone);
        let entries: Vec<_> = (1..=history.last()).map(|number| history.entry(number).unwrap().clone()).collect();
        let texts: BTreeMap<String, Text> = gone.into_iter().map(|text| (text_sha256(&text), Text::new(text))).collect();
        let bytes = save(&world, &entries, cursor_of(&history), &texts);
        let backup = Backup::parse(&bytes, world.project.id, &mut Uuid::max).unwrap();
        prop_assert_eq!(&backup.issues, &[]);
        prop_assert!(backup.documents.iter().all(|document| document.issues.is_empty()));
        prop_assert_eq!(&backup.project, &world.project);
        prop_assert_eq!(&backup.actors, &world.actors.values().cloned().collect::<Vec<_>>());
        prop_assert_eq!(&backup.history, &entries);
        prop_assert_eq!(backup.cursor, cursor_of(&history));
        prop_assert_eq!(&backup.texts, &texts);
        let again = world_of(&backup);
        for (page, before) in again.documents.iter().zip(&world.documents) {
            prop_assert_eq!(&page.document, &before.document);
            prop_assert_eq!(&page.text, &before.text);
            prop_assert_eq!(&page.body, &before.body);
        }
        prop_assert_eq!(save(&again, &backup.history, backup.cursor, &backup.texts), bytes);
    }

    #[test]
    fn a_damaged_backup_never_makes_the_reader_panic(
        world in world(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        kept in any::<prop::sample::Index>(),
    ) {
        let bytes = save(&world, &[], Cursor::default(), &BTreeMap::new());
        let mut changed = bytes.clone();
        *at.get_mut(&mut changed) = byte;
        let mut ids = 0;
        let _ = Backup::parse(&changed, PROJECT, &mut || next(&mut ids));
        let cut = &bytes[..kept.index(bytes.len())];
        prop_assert!(Backup::parse(cut, PROJECT, &mut || next(&mut ids)).is_err());
    }
}

/// An archive of these entries, packed or not.
pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut archive = rawzip::ZipArchiveWriter::new(Vec::new());
    for (name, content) in entries {
        let (mut entry, config) =
            archive.new_file(*name).compression_method(rawzip::CompressionMethod::DEFLATE).start().unwrap();
        let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast());
        let mut writer = config.wrap(encoder);
        writer.write_all(content).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap()
}

/// The entries of a backup, unpacked.
fn unzip(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    use std::io::Read;
    let archive = rawzip::ZipArchive::from_slice(bytes).unwrap();
    let mut entries = BTreeMap::new();
    for entry in archive.entries() {
        let entry = entry.unwrap();
        let name = String::from_utf8(entry.file_path().as_ref().to_vec()).unwrap();
        let packed = archive.get_entry(entry.wayfinder()).unwrap();
        let mut content = Vec::new();
        flate2::read::DeflateDecoder::new(packed.data()).read_to_end(&mut content).unwrap();
        entries.insert(name, content);
    }
    entries
}

#[test]
fn archives_that_are_no_backup_are_refused_in_plain_words() {
    let sound = unzip(&sample_backup());
    let (project, documents) = (&sound["project.json"][..], &sound["documents.jsonl"][..]);
    let newer = String::from_utf8(project.to_vec()).unwrap().replace("rubricator/1", "rubricator/9");
    let bomb = vec![b' '; 70 << 20];
    for (bytes, said) in [
        (b"PK no".to_vec(), "this is not a project backup: it cannot be opened as a zip archive"),
        (
            zip(&[("word/document.xml", b"<w>")]),
            "this zip archive is not a project backup: it holds no project.json",
        ),
        (zip(&[("project.json", project)]), "holds no documents.jsonl"),
        (zip(&[("project.json", b"{"), ("documents.jsonl", b"")]), "the project cannot be read at column 1"),
        (zip(&[("project.json", newer.as_bytes()), ("documents.jsonl", b"")]), "newer version of Rubricator"),
        (
            zip(&[("project.json", project), ("documents.jsonl", documents), ("project.json", project)]),
            "the archive holds project.json twice",
        ),
        (
            zip(&[("project.json", project), ("documents.jsonl", &bomb)]),
            "unpacks to more than 200 times its size",
        ),
    ] {
        let error = open(&bytes).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    let many: Vec<String> = (0..200).map(|number| number.to_string()).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(open(&zip(&many)), Err(Error::TooManyEntries { most: 100 }));
}

#[test]
fn what_is_sound_in_a_damaged_backup_is_kept() {
    let sound = unzip(&sample_backup());
    let history = String::from_utf8(sound["history.jsonl"].clone()).unwrap();
    let mut documents = sound["documents.jsonl"].clone();
    documents.extend_from_slice(b"{broken\n");
    let texts = br#"{"sha256":"00","text":"x"}"#;
    let second_line_gone = history.lines().enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| line);
    let bytes = zip(&[
        ("__MACOSX/._project.json", b"x"),
        ("evil", b"x"),
        ("project.json", &sound["project.json"]),
        ("documents.jsonl", &documents),
        ("texts.jsonl", texts),
        ("history.jsonl", second_line_gone.collect::<Vec<_>>().join("\n").as_bytes()),
    ]);
    let backup = open(&bytes).unwrap();
    assert_eq!(backup.documents.len(), sample().documents.len());
    assert_eq!((backup.history.len(), backup.cursor), (0, Cursor::default()));
    let said: Vec<String> = backup.issues.iter().map(Issue::to_string).collect();
    assert_eq!(
        said,
        [
            "__MACOSX/._project.json: it does not belong to a backup and was left out",
            "evil: it does not belong to a backup and was left out",
            "documents.jsonl, line 3: not JSON at column 2 (key must be a string); the line was left out",
            "texts.jsonl, line 1: cannot be read (the text is not the one of its hash); it was left out",
            "history.jsonl: the history cannot be used (entry 2 is missing); documents are complete, undo begins anew",
        ]
    );
}

// Samples of every past version

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// A small project with something of everything, always the same.
fn sample() -> World {
    let id = |number| Uuid::from_u128(number).to_string();
    let lines = [
        json!({"format": "rubricator/1", "offset_unit": "code_point", "id": id(0xD1), "title": "Talks 😀",
        "text": "Talks 😀\n\n“The plan,” Ada said, “fails.” Bo: שלום, e\u{301}tat d’urgence.",
        "language": "en", "meta": {"source": "ANSA", "author": "Cy", "published": "2025-12-01", "url": "https://x.example/1"},
        "status": "done", "position": 1.5, "annotator": "Di", "modified": "2026-11-23T09:30:00.25Z",
        "spans": [
            {"id": id(0xA1), "label": "actor", "start": 21, "end": 24, "actor": id(0xE1),
             "attributes": {"kind": "person"}, "origin": "suggestion", "annotator": "Di", "modified": "2026-11-23T09:29:00Z", "codebook_version": 1},
            {"id": id(0xA2), "label": "claim", "start": 9, "end": 39, "fragments": [[9, 20], [31, 39]],
             "attributes": {"stance": "oppose", "weight": 2.5, "sure": true, "tags": ["a", "b"]}, "note": "split", "origin": "manual",
             "annotator": "Di", "modified": "2026-11-23T09:30:00.25Z", "codebook_version": 1},
        ],
        "relations": [
            {"id": id(0xB1), "type": "made_by", "from": id(0xA2), "to": id(0xA1), "to_kind": "span",
             "annotator": "Di", "modified": "2026-11-23T09:30:00Z", "codebook_version": 1},
            {"id": id(0xB2), "type": "targets", "from": id(0xA2), "to": id(0xE2), "to_kind": "actor",
             "attributes": {"sure": false}, "note": "by name", "annotator": "", "modified": "2026-11-23T09:30:00Z", "codebook_version": 2},
        ],
        "actors": [
            {"id": id(0xE1), "name": "Ada", "kind": "person", "aliases": ["A.", "she"], "wikidata": "Q7259", "note": "x"},
            {"id": id(0xE2), "name": "Bo & Co", "kind": "organization", "aliases": [], "wikidata": "", "note": ""},
        ]}),
        json!({"format": "rubricator/1", "offset_unit": "code_point", "id": id(0xD2), "title": "",
            "text": "Nothing found here.", "status": "done", "position": 2.0, "annotator": "", "modified": null}),
    ];
    let project = rubricator::model::Project {
        id: PROJECT,
        name: "Sample".to_owned(),
        codebook: Codebook::standard(),
        guidelines: "# How\n\nMark **claims**.".to_owned(),
        created: Timestamp::parse("2026-11-23T09:00:00Z").unwrap(),
        discarded: false,
    };
    let mut reader = Reader::new("sample", PROJECT);
    let mut world = World { project, actors: BTreeMap::new(), documents: Vec::new() };
    for line in lines {
        let one = read_line(&mut reader, &line.to_string());
        assert_eq!(complaints(&one.issues), Vec::<String>::new(), "{:?}", one.issues);
        world.actors.extend(one.actors.into_iter().map(|actor| (actor.id, actor)));
        world.documents.push(Page {
            document: one.document,
            text: one.text,
            body: Body::new(one.annotations, one.relations),
            modified: one.modified,
            annotator: one.annotator,
        });
    }
    world
}

/// A history of every kind of record and of every kind of entry, which leads to the sample.
fn sample_history() -> History {
    use rubricator::model::{Change, Edit, What};
    let world = sample();
    let page = &world.documents[0];
    let edit = |what, changes| Edit {
        what,
        at: Timestamp::from_unix_millis(1_700_000_000_000),
        annotator: "Di".to_owned(),
        changes,
    };
    let add = |record: Record| Change::add(record);
    let mut history = History::default();
    let mut came = vec![add(page.document.clone().into())];
    came.extend(world.actors.values().map(|actor| add(actor.clone().into())));
    let first = history.record(edit(What::Import, came), None).number;
    let claimed = page.body.annotations().map(|one| add(one.clone().into())).collect();
    history.record(edit(What::Annotate, claimed), Some(first));
    let linked = page.body.relations().map(|one| add(one.clone().into())).collect();
    history.record(edit(What::Link, linked), None);
    let renamed = rubricator::model::Project { name: "Sample".to_owned(), ..world.project.clone() };
    let before = rubricator::model::Project { name: "Old".to_owned(), ..world.project };
    history.record(
        edit(What::EditProject, Change::replace(before.into(), renamed.into()).into_iter().collect()),
        None,
    );
    let at = Timestamp::from_unix_millis(1_700_000_001_000);
    assert!(matches!(history.undo(at, "Di", None).unwrap().kind, EntryKind::Undo(4)));
    assert!(matches!(history.redo(at, "Di", None).unwrap().kind, EntryKind::Redo(5)));
    history
}

fn sample_backup() -> Vec<u8> {
    let history = sample_history();
    let entries: Vec<_> = (1..=history.last()).map(|number| history.entry(number).unwrap().clone()).collect();
    let gone = "A text that only the history knows.";
    let texts = BTreeMap::from([(text_sha256(gone), Text::new(gone))]);
    save(&sample(), &entries, cursor_of(&history), &texts)
}

fn sample_lines() -> String {
    let world = sample();
    let head = DatasetHead::new(&world.project.name, &world.project.codebook, Unit::CodePoint);
    world.documents.iter().map(|page| line_of(&head, page, &world.actors) + "\n").collect()
}

/// Set `RUBRICATOR_WRITE_SAMPLES` to write the samples of a new version; those of older ones are never written again.
fn write_samples() {
    if std::env::var_os("RUBRICATOR_WRITE_SAMPLES").is_some() {
        std::fs::write(data("rubricator-1.jsonl"), sample_lines()).unwrap();
        std::fs::write(data("rubricator-1.rubricator.zip"), sample_backup()).unwrap();
    }
}

#[test]
fn the_dataset_of_version_1_opens() {
    write_samples();
    let world = sample();
    let file = std::fs::read_to_string(data("rubricator-1.jsonl")).unwrap();
    let mut reader = Reader::new("rubricator-1.jsonl", PROJECT);
    let read: Vec<_> = file.lines().map(|line| read_line(&mut reader, line)).collect();
    assert_eq!(read.len(), world.documents.len());
    for (one, page) in read.into_iter().zip(&world.documents) {
        assert_eq!(one.issues, []);
        assert_eq!((&one.document, &one.text), (&page.document, &page.text));
        assert_eq!(Body::new(one.annotations, one.relations), page.body);
    }
}

#[test]
fn the_backup_of_version_1_opens() {
    write_samples();
    let backup = open(&std::fs::read(data("rubricator-1.rubricator.zip")).unwrap()).unwrap();
    assert_eq!(backup.issues, []);
    let (read, world) = (world_of(&backup), sample());
    assert_eq!((&read.project, &read.actors), (&world.project, &world.actors));
    for (one, page) in read.documents.iter().zip(&world.documents) {
        assert_eq!((&one.document, &one.text, &one.body), (&page.document, &page.text, &page.body));
    }
    let history = sample_history();
    assert_eq!(backup.cursor, cursor_of(&history));
    assert!(backup.history.iter().all(|entry| history.entry(entry.number) == Some(entry)));
    assert_eq!((backup.history.len(), backup.texts.len()), (6, 1));
}

// Plain text

fn plain(bytes: &[u8]) -> Result<ImportedDocument, String> {
    parse_plain("a.txt", bytes, &mut Uuid::max, PROJECT).map_err(|issue| issue.to_string())
}

#[test]
fn texts_in_announced_encodings_are_read() {
    let wide = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    for bytes in [
        "Ada 😀\r\nBo".as_bytes().to_vec(),
        "\u{FEFF}Ada 😀\nBo".as_bytes().to_vec(),
        wide("\u{FEFF}Ada 😀\rBo", u16::to_le_bytes),
        wide("\u{FEFF}Ada 😀\r\nBo", u16::to_be_bytes),
    ] {
        let read = plain(&bytes).unwrap();
        assert_eq!(&*read.text, "Ada 😀\nBo");
        assert_eq!(read.document.title, "Ada 😀");
        assert_eq!(read.document.text_sha256, text_sha256("Ada 😀\nBo"));
        assert_eq!(read.issues.len(), 1, "{:?}", read.issues);
        assert_eq!(read.issues[0].severity, Severity::Info);
    }
    let odd = plain(b"one\ntwo \x00 and \x07 more, which is text all the same").unwrap();
    assert_eq!(odd.text.len().byte(), 48);
    assert_eq!(
        odd.issues[0].to_string(),
        "a.txt: 2 control characters stand in the text, the first (U+0000) in line 2; they stay"
    );
}

#[test]
fn files_that_are_no_text_are_refused_with_what_to_do() {
    for (bytes, said) in [
        (&b""[..], "a.txt: the text is empty"),
        (b"\xEF\xBB\xBF \n\t\r\n", "a.txt: the text is empty"),
        (b"\xFF\xFE", "a.txt: the text is empty"),
        (b"one\ntw\xE9o", "a.txt: not UTF-8: byte 3 of line 2 is 0xE9; save the file as UTF-8"),
        ("caf\u{E9}".as_bytes().split_last().unwrap().1, "byte 4 of line 1 is 0xC3"),
        (b"%PDF-1.7\n", "this is a PDF; copy its text"),
        (b"PK\x03\x04word/document.xml", "this is a zip archive"),
        (b"PK\x03\x04 xl/workbook.xml", "this is a workbook"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "this is an OpenDocument file"),
        (
            b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n",
            "this is a web page packed into one file (.mht)",
        ),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
            "this is an Office file locked with a password",
        ),
        (b"\x89PNG\r\n\x1A\n", "this is a picture"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "this is an old Office file"),
        (b"{\\rtf1 x}", "this is a Rich Text file"),
        (b"\x1F\x8B\x08", "this is a compressed file; unpack it"),
        (b"\0\0\0\0a\x01", "this is not text"),
        (b"A\0d\0a\0 \0m\0e\0t\0", "text in UTF-16 or UTF-32 without a byte order mark"),
        (b"\xFF\xFEA\0\x3D\xD8A\0", "begins like UTF-16 but breaks at byte 4"),
        (b"\xFF\xFEA\0b", "begins like UTF-16 but breaks at byte 4"),
    ] {
        let error = plain(bytes).unwrap_err();
        assert!(error.contains(said), "{error}");
    }
    let large = vec![b'a'; MAX_TEXT_BYTES + 500_000];
    let said = "a.txt: the text has 20.5 MB, and the most one document can have is 20 MB; split it into several files";
    assert_eq!(plain(&large).unwrap_err(), said);
}

#[test]
fn file_names_are_safe_everywhere() {
    for (name, expected) in [
        ("Talks", "Talks-2026-11-23.jsonl"),
        ("a/b\\c:d*e?f\"g<h>i|j", "a b c d e f g h i j-2026-11-23.jsonl"),
        ("\u{202E}gpj.exe\0\n", "gpj.exe-2026-11-23.jsonl"),
        ("", "project-2026-11-23.jsonl"),
        (" .. ", "project-2026-11-23.jsonl"),
        ("CON", "CON-2026-11-23.jsonl"),
        ("con.x", "_con.x-2026-11-23.jsonl"),
        ("Möwe 👩\u{200D}👧 漢字", "Möwe 👩\u{200D}👧 漢字-2026-11-23.jsonl"),
    ] {
        assert_eq!(file_name(name, "2026-11-23", "jsonl"), expected);
    }
    assert_eq!(file_name("LPT1", "", "zip"), "_LPT1.zip");
    let long = file_name(&"漢".repeat(100), "2026-11-23", "rubricator.zip");
    assert!(long.len() <= 120 && long.ends_with("漢-2026-11-23.rubricator.zip"), "{long}");
}

// Corpora

/// The folder of sample corpora beside the repository, where there is one.
fn corpora() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("RUBRICATOR_SHARED").map_or(beside, PathBuf::from);
    let corpora = shared.join("corpora");
    corpora.join("plain").is_dir().then_some(corpora)
}

#[test]
fn plain_corpora_have_the_expected_counts() {
    let Some(corpora) = corpora() else {
        eprintln!("no corpora beside the repository: counts were not checked");
        return;
    };
    let expected: Json =
        serde_json::from_slice(&std::fs::read(corpora.join("expected-counts.json")).unwrap()).unwrap();
    let mut checked = BTreeSet::new();
    for set in expected.as_array().unwrap() {
        let name = set["set"].as_str().unwrap();
        if set["format"] != "plain" {
            continue;
        }
        checked.insert(name.to_owned());
        let mut characters = 0;
        let mut with_bom = 0;
        let mut documents = 0;
        for file in std::fs::read_dir(corpora.join(name)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "txt") {
                continue;
            }
            let read = plain(&std::fs::read(&path).unwrap()).unwrap();
            let changed = read.issues.iter().find_map(|issue| match &issue.problem {
                Problem::TextNormalized { crlf, bom, .. } => Some((*crlf, usize::from(*bom))),
                _ => None,
            });
            let (crlf, bom) = changed.unwrap_or_default();
            documents += 1;
            characters += read.text.chars().count() + crlf;
            with_bom += bom;
            let file_name = path.file_name().unwrap().to_str().unwrap();
            let lines = set["files"][file_name]["lines"].as_u64();
            let found = read.text.line_count() as u64;
            assert!(
                lines.is_none_or(|lines| lines == found),
                "{file_name}: {found} lines, expected {lines:?}"
            );
        }
        let counts = &set["counts"];
        assert_eq!(counts["documents"], json!(documents), "{name}");
        assert_eq!(counts["text_characters"], json!(characters + with_bom), "{name}");
    }
    assert!(checked.contains("plain/kafka-bom"), "{checked:?}");
}

/// Marks every word, as a writer of much would.
#[test]
fn a_long_document_with_many_annotations_goes_out_and_comes_back() {
    let text = "Ada said: “Bo fails” – 漢字 😀. ".repeat(4_000);
    let spans: Vec<Json> = (0..4_000)
        .map(|at| json!({"label": "claim", "start": at * 29, "end": at * 29 + 3, "text": "Ada"}))
        .collect();
    assert_eq!(text.chars().count(), 29 * 4_000);
    let read = read(&json!({"offset_unit": "code_point", "text": text, "spans": spans}));
    assert_eq!(read.issues, []);
    let page = Page {
        document: read.document,
        text: read.text,
        body: Body::new(read.annotations, read.relations),
        modified: None,
        annotator: String::new(),
    };
    let head = DatasetHead::new("x", &Codebook::standard(), Unit::Utf16);
    let line = line_of(&head, &page, &BTreeMap::new());
    let again = Reader::new("x", PROJECT).parse_line(1, &line, &mut Uuid::max).unwrap();
    assert_eq!(Body::new(again.annotations, again.relations).annotation_count(), 4_000);
}
