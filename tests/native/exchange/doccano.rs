//! doccano's records: both shapes of spans, columns of other names, broken records, and the tool's own fixtures.

use rubricator::format::Problem;
use rubricator::format::exchange::{
    Confidence, End, FORMATS, Foreign, Format, Link, Mark, Reading, Remarks, Source,
};
use rubricator::text::Unit;
use serde_json::Value as Json;

use super::again::{again, parse, print, values};
use super::corpora::Corpus;

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "doccano").unwrap()
}

macro_rules! file {
    ($path:literal) => {
        Source { path: $path, bytes: include_bytes!(concat!("../../data/doccano/", $path)) }
    };
}

fn messages(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(ToString::to_string).collect()
}

#[test]
fn spans_as_lists_come_back_as_they_were() {
    let source = file!("spans.jsonl");
    let (reading, printed) = again(&format(), &[source], Unit::Utf16);
    assert_eq!(values(printed.file("documents.jsonl").as_bytes()), values(source.bytes));
    let document = &reading.documents[0];
    assert_eq!((&*document.id, &*document.meta.source), ("7", "Daily"));
    assert_eq!(document.marks[1].fragments, [(10, 12)]);
    assert_eq!(document.extra["wiki"]["page"], 1);
    assert_eq!((format().recognize)(&[source]), Confidence::Certain);
}

#[test]
fn spans_with_ids_come_back_with_their_relations() {
    let source = file!("relations.jsonl");
    let (reading, printed) = again(&format(), &[source], Unit::Utf16);
    let document = &reading.documents[0];
    assert_eq!(document.links[0].from, "33");
    assert_eq!(document.links[0].to, End::Mark("31".into()));
    assert_eq!(document.marks[2].extra.get("sure"), Some(true.into()));
    let line: Json = serde_json::from_str(printed.file("documents.jsonl")).unwrap();
    let given: Json = serde_json::from_slice(source.bytes).unwrap();
    assert_eq!(line["relations"], given["relations"]);
    assert_eq!(line["entities"][0], given["entities"][0]);
    assert_eq!((format().recognize)(&[source]), Confidence::Likely);
}

#[test]
fn columns_are_found_by_what_they_hold_and_broken_records_are_named() {
    let reading = parse(&format(), &[file!("odd.jsonl")]);
    let texts: Vec<_> = reading.documents.iter().map(|document| &*document.text).collect();
    assert_eq!(texts, ["Ada met Bo", "Whole", "Links"]);
    assert_eq!(reading.scheme.labels[0].name, "Person");
    assert_eq!(reading.scheme.labels[0].colour, "#ff00aa");
    assert_eq!(
        messages(&reading)[..7],
        [
            "odd.jsonl, line 1, span #2: cannot be read (it has no start, end and label); it was left out",
            "odd.jsonl, line 1, span #3: cannot be read (it has no start, end and label); it was left out",
            "odd.jsonl, line 2: there is no text beside it; its 1 spans, 0 relations, 2 attributes and 0 notes were left out",
            "odd.jsonl, line 3: no \"text\" string; the line was left out",
            "odd.jsonl, line 4: a number where an object was expected; the line was left out",
            "odd.jsonl, line 5: not JSON at column 17 (control character (\\u0000-\\u001F) found while parsing a string); the line was left out",
            "odd.jsonl, line 8, relation #1: cannot be read (it has no from_id, to_id and type); it was left out",
        ]
    );
    let printed = print(&format(), &reading.documents[..1], Unit::Utf16);
    assert_eq!(
        values(printed.file("documents.jsonl").as_bytes()),
        values(br#"{"labels":[[0,3,"PER"]],"note":"short","phrase":"Ada met Bo"}"#)
    );
}

#[test]
fn what_has_no_place_is_counted() {
    let mark = |id: &str, label: &str, fragments: &[(i64, i64)]| Mark {
        id: id.into(),
        label: label.into(),
        fragments: fragments.to_vec(),
        ..Mark::default()
    };
    let document = Foreign {
        text: "\"No\", said 👩 Ada".into(),
        marks: vec![
            Mark {
                aside: Remarks { note: "who?".into(), ..Remarks::default() }.into(),
                ..mark("a", "actor", &[(13, 16)])
            },
            mark("b", "claim", &[(0, 4), (4, 5), (6, 10)]),
        ],
        links: vec![Link {
            id: String::new(),
            kind: "made_by".into(),
            from: "b".into(),
            to: End::Mark("a".into()),
            attributes: Vec::new(),
            note: String::new(),
            line: None,
            extra: Default::default(),
        }],
        ..Foreign::default()
    };
    let printed = print(&format(), &[document], Unit::CodePoint);
    assert_eq!(
        printed.losses,
        ["1 notes left out", "1 spans of several fragments written as one span for each fragment"]
    );
    assert_eq!(
        values(printed.file("documents.jsonl").as_bytes()),
        values("{\"entities\":[\
         {\"end_offset\":5,\"id\":0,\"label\":\"claim\",\"start_offset\":0},\
         {\"end_offset\":10,\"id\":1,\"label\":\"claim\",\"start_offset\":6},\
         {\"end_offset\":17,\"id\":2,\"label\":\"actor\",\"start_offset\":14}],\
         \"relations\":[{\"from_id\":0,\"to_id\":2,\"type\":\"made_by\"}],\"text\":\"\\\"No\\\", said 👩 Ada\"}\n".as_bytes())
    );
}

#[test]
fn the_fixtures_count_as_they_should() {
    let Some(corpus) = Corpus::find("doccano/doccano-fixtures") else { return };
    let sources = corpus.sources();
    let sources: Vec<_> = sources.into_iter().filter(|one| one.stem().1.starts_with("json")).collect();
    let reading = parse(&format(), &sources);
    let documents = &reading.documents;
    let without = reading.issues.iter().filter_map(|issue| match &issue.problem {
        Problem::WithoutText { spans, attributes, .. } => Some((*spans, *attributes)),
        _ => None,
    });
    let without: Vec<_> = without.collect();
    let labels = |document: &Foreign| -> usize {
        let lists =
            ["cats", "label", "labels", "column_label"].iter().filter_map(|key| document.extra.get(*key));
        lists.map(|list| list.as_array().unwrap().len()).sum()
    };
    corpus.check([
        ("documents", documents.len()),
        ("records", documents.len() + without.len()),
        ("spans", documents.iter().map(|one| one.marks.len()).sum()),
        ("relations", documents.iter().map(|one| one.links.len()).sum()),
        (
            "document_labels",
            documents.iter().map(labels).sum::<usize>() + without.iter().map(|one| one.1).sum::<usize>(),
        ),
        ("text_characters", documents.iter().map(|one| one.text.chars().count()).sum()),
        ("records_without_text", without.len()),
        ("spans_on_records_without_text", without.iter().map(|one| one.0).sum()),
        (
            "records_that_are_no_documents",
            reading.issues.iter().filter(|issue| issue.problem == Problem::NoText).count(),
        ),
        ("label_definitions_not_documents", reading.scheme.labels.len()),
    ]);
    let printed = print(&format(), documents, Unit::Utf16);
    let second = parse(&format(), &printed.sources());
    assert_eq!(second.issues, []);
    let said = |one: &Foreign| (one.text.clone(), one.marks.len(), one.links.len(), one.extra.clone());
    assert!(documents.iter().map(said).eq(second.documents.iter().map(said)));
}
