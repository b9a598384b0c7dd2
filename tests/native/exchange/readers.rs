//! Formats that are only read: UIMA CAS JSON, MARDY JSON and MedTator XML.

use rubricator::format::exchange::{Confidence, End, FORMATS, Foreign, Format, Reading, Source};
use rubricator::model::Value;

use super::again::parse;

fn format(name: &str) -> Format {
    *FORMATS.iter().find(|format| format.name == name).unwrap()
}

macro_rules! file {
    ($path:literal) => {
        Source { path: $path, bytes: include_bytes!(concat!("../../data/", $path)) }
    };
}

fn messages(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(ToString::to_string).collect()
}

fn marks(document: &Foreign) -> Vec<String> {
    document.marks.iter().map(|mark| format!("{} {} {:?}", mark.id, mark.label, mark.fragments)).collect()
}

fn links(document: &Foreign) -> Vec<String> {
    let end = |end: &End| match end {
        End::Mark(id) => id.clone(),
        End::Actor(name) => format!("actor {name}"),
    };
    document.links.iter().map(|link| format!("{}: {} > {}", link.kind, link.from, end(&link.to))).collect()
}

#[test]
fn a_cas_has_marks_slots_references_and_relations() {
    let source = file!("cas/plan.json");
    assert_eq!((format("cas").recognize)(&[source]), Confidence::Certain);
    let reading = parse(&format("cas"), &[source]);
    let document = &reading.documents[0];
    assert_eq!((&*document.text, &*document.meta.language), ("😀 Ada met Bo.", "en"));
    assert_eq!(marks(document), ["4 PER [(3, 6)]", "5 PER [(11, 13)]", "6 Meeting [(7, 10)]"]);
    let links = std::collections::BTreeSet::from_iter(links(document));
    assert_eq!(
        links.into_iter().collect::<Vec<_>>(),
        ["Knows: 4 > 5", "guest: 6 > 5", "host: 6 > 4", "place: 6 > 5"]
    );
    assert_eq!(
        document.marks[2].attributes,
        [("sure".into(), Value::Flag(true)), ("weight".into(), Value::Number(0.5))]
    );
    assert_eq!(
        messages(&reading),
        [
            r#"cas/plan.json: 1 records "Dependency" have no place here and were left out"#,
            r#"cas/plan.json: 1 records "Token" have no place here and were left out"#,
        ]
    );
}

#[test]
fn a_broken_cas_is_named() {
    let read = |content: &str| {
        messages(&parse(&format("cas"), &[Source { path: "a.json", bytes: content.as_bytes() }]))
    };
    assert_eq!(
        read("{\n\"%FEATURE"),
        ["a.json, line 2: not JSON at column 9 (EOF while parsing a string); the line was left out"]
    );
    assert_eq!(read("[]"), ["a.json: it is no part of a cas corpus and was left out"]);
    assert_eq!(read(r#"{"%FEATURE_STRUCTURES": []}"#), ["a.json: no \"text\" string; the line was left out"]);
}

#[test]
fn claims_are_made_by_the_person_who_is_named_first() {
    let source = file!("mardy/110.json");
    assert_eq!((format("mardy").recognize)(&[source]), Confidence::Certain);
    let reading = parse(&format("mardy"), &[source]);
    let document = &reading.documents[0];
    assert_eq!((&*document.id, &*document.meta.language), ("110", "de"));
    assert_eq!(marks(document), ["claim 1 claim [(19, 32)]", " PER [(0, 12)]", " ORG [(14, 17)]"]);
    assert_eq!(links(document), ["made_by: claim 1 > actor Ada Lovelace"]);
    assert_eq!(document.marks[0].quote.as_deref(), Some("fordert Hilfe"));
    let category = Value::Several(vec!["800".into(), "811".into()]);
    assert_eq!(document.marks[0].attributes[2], ("category".into(), category));
    assert_eq!(
        messages(&reading),
        [
            "mardy/110.json, line 1, entity 4: cannot be read (whole numbers begin and end are expected); it was left out"
        ]
    );
}

#[test]
fn tags_are_marks_and_links() {
    let source = file!("medtator/plan.txt.xml");
    assert_eq!((format("medtator").recognize)(&[source]), Confidence::Certain);
    let reading = parse(&format("medtator"), &[source]);
    let document = &reading.documents[0];
    assert_eq!((&*document.id, &*document.text), ("medtator/plan", "🇺🇦 Ada & Bo signed\na <plan>."));
    assert_eq!(
        marks(document),
        ["P0 PERSON [(5, 8)]", "P1 PERSON [(11, 13)]", "G0 GROUP [(5, 8), (11, 13)]"]
    );
    assert_eq!(links(document), ["LK_MET: P0 > P1"]);
    assert_eq!(document.marks[1].attributes, [("certainty".into(), Value::Text("low & late".into()))]);
    assert_eq!(document.marks[0].line, Some(6));
    assert_eq!(
        messages(&reading),
        [
            r#"medtator/plan.txt.xml, line 9, T0: 1 records "TOPIC of the whole document" have no place here and were left out"#
        ]
    );
}

#[test]
fn broken_xml_keeps_what_stands_before() {
    let xml = "<T><TEXT>A &amp; B&#33; &x;</TEXT>\n<TAGS>\n<P id='1' spans='0~1'/>\n<P id='2' spans='x'/>\n<P id='3' spans='0~1'></Q>\n</TAGS></T>";
    let reading = parse(&format("medtator"), &[Source { path: "a.xml", bytes: xml.as_bytes() }]);
    let document = &reading.documents[0];
    assert_eq!((&*document.text, marks(document).len()), ("A & B! \u{FFFD}", 2));
    let messages = messages(&reading);
    assert_eq!(
        messages[0],
        "a.xml, line 4, 2: cannot be read (spans as START~END are expected); it was left out"
    );
    assert!(messages[1].starts_with("a.xml, line 5: not XML ("), "{messages:?}");
    let other = parse(&format("medtator"), &[Source { path: "a.xml", bytes: b"<html><p>x</p></html>" }]);
    assert_eq!(
        other.issues[0].to_string(),
        "a.xml, line 1: it is no part of a medtator corpus and was left out"
    );
}
