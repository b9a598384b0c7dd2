//! PubAnnotation: every kind of record, both ways of discontinuous spans, tracks and broken records.

use rubricator::format::exchange::{Confidence, End, FORMATS, Format, Reading, Source};
use rubricator::model::Value;
use rubricator::text::Unit;
use serde_json::{Value as Json, json};

use super::again::{again, parse};

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "pubannotation").unwrap()
}

fn talks() -> Source<'static> {
    Source { path: "talks.json", bytes: include_bytes!("../../data/pubannotation/talks.json") }
}

fn read(value: &Json) -> Reading {
    parse(&format(), &[Source { path: "a.json", bytes: value.to_string().as_bytes() }])
}

#[test]
fn every_kind_of_record_is_read_and_written_back() {
    assert_eq!((format().recognize)(&[talks()]), Confidence::Certain);
    let (reading, printed) = again(&format(), &[talks()], Unit::CodePoint);
    assert_eq!(reading.issues, []);
    let document = &reading.documents[0];
    assert_eq!((&*document.id, &*document.meta.url), ("Example-7", "https://example.org/docs/7"));
    let marks: Vec<_> =
        document.marks.iter().map(|mark| (&*mark.id, &*mark.label, &mark.fragments[..])).collect();
    assert_eq!(
        marks,
        [
            ("T1", "Person", &[(3, 6)][..]),
            ("T2", "Group", &[(11, 13), (30, 33)]),
            ("T3", "Quote", &[(35, 37), (39, 43)]),
            ("T4", "Person", &[(44, 46)]),
            ("B1", "Sentence", &[(0, 34)]),
        ]
    );
    let alias = Value::Several(vec!["A.".into(), "Countess".into()]);
    assert_eq!(document.marks[0].attributes, [("sure".into(), Value::Flag(true)), ("alias".into(), alias)]);
    assert_eq!((&*document.links[0].from, &document.links[0].to), ("T1", &End::Mark("T2".into())));
    assert_eq!(document.links.len(), 1);
    let label = &reading.scheme.labels[0];
    assert_eq!((&*label.name, &*label.colour, &*label.description), ("Person", "#a7c2ff", "A person"));
    let back: Json = serde_json::from_str(printed.file("documents.jsonl")).unwrap();
    assert_eq!(back["denotations"][1]["score"], 0.5);
    assert_eq!(back["blocks"], json!([{"id": "B1", "span": {"begin": 0, "end": 34}, "obj": "Sentence"}]));
    assert_eq!(back["relations"], json!([{"id": "R1", "pred": "met", "subj": "T1", "obj": "T2"}]));
    assert_eq!(back["modifications"], json!([{"id": "M1", "pred": "Negation", "obj": "R1"}]));
    assert_eq!(back["attributes"].as_array().unwrap().len(), 4);
    assert_eq!(back["sourcedb"], "Example");
}

#[test]
fn tracks_are_told_apart_by_their_projects() {
    let track = |name: &str| json!({"project": name, "denotations": [{"id": "T1", "span": {"begin": 0, "end": 3}, "obj": "P"}]});
    let reading = read(&json!([{"text": "Ada", "tracks": [track("one"), track("other")]}]));
    let marks = &reading.documents[0].marks;
    assert_eq!(
        marks.iter().map(|mark| (&*mark.id, &*mark.aside.annotator)).collect::<Vec<_>>(),
        [("1:T1", "one"), ("2:T1", "other")]
    );
}

#[test]
fn a_broken_record_is_named_and_the_others_stay() {
    let reading = read(&json!([
        {"text": "Ada", "denotations": [
            {"id": "T1", "span": {"begin": 0}, "obj": "P"},
            {"id": "T2", "span": {"begin": 0, "end": 3}, "obj": "P"},
            {"id": "T2", "span": {"begin": 0, "end": 3}, "obj": "Q"},
        ], "attributes": [{"id": "A1", "subj": "T9", "pred": "sure", "obj": true}]},
        {"denotations": []},
        7
    ]));
    assert_eq!(reading.documents[0].marks.len(), 2);
    let messages: Vec<_> = reading.issues.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "a.json, line 1, T1: cannot be read (a span with begin and end is expected); it was left out",
            "a.json, line 1, T2: the id is used twice in the file; this one got a new id",
            "a.json, line 1, A1: it says something of \"T9\", which is not there; it was left out",
            "a.json, line 1: no \"text\" string; the line was left out",
            "a.json, line 1: a number where an object was expected; the line was left out",
        ]
    );
}
