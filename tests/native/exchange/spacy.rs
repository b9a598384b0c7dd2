//! spaCy's training data: tuples, groups of spans, kin of the format, overlaps, and real corpora.

use rubricator::format::exchange::{Confidence, FORMATS, Foreign, Format, Mark, Source};
use rubricator::text::Unit;

use super::again::{again, parse, print, values};
use super::corpora::Corpus;

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "spacy").unwrap()
}

fn texts(content: &str) -> Vec<String> {
    let reading = parse(&format(), &[Source { path: "a.json", bytes: content.as_bytes() }]);
    let said = reading.documents.iter().map(|one| {
        let marks = one.marks.iter().map(|mark| format!(" {} {:?}", mark.label, mark.fragments[0]));
        one.text.clone() + &marks.collect::<String>()
    });
    said.chain(reading.issues.iter().map(ToString::to_string)).collect()
}

#[test]
fn tuples_come_back_as_they_were() {
    let source = Source { path: "tuples.json", bytes: include_bytes!("../../data/spacy/tuples.json") };
    let (reading, printed) = again(&format(), &[source], Unit::CodePoint);
    assert_eq!(values(printed.file("documents.json").as_bytes()), values(source.bytes));
    assert_eq!(reading.documents[1].marks[1].extra.get("group"), Some("sc".into()));
    assert_eq!((format().recognize)(&[source]), Confidence::Certain);
    assert_eq!(print(&format(), &[], Unit::CodePoint).file("documents.json"), "[]\n");
}

#[test]
fn kin_is_read_and_broken_spans_are_named() {
    assert_eq!(
        texts(r#"{"classes":["PER"],"annotations":[["Ada",{"entities":[[0,3,"PER"]]}],null]}"#),
        ["Ada PER (0, 3)"]
    );
    assert_eq!(texts(r#"{"text":"Ada","ents":[{"start":0,"end":3,"label":"PER"}]}"#), ["Ada PER (0, 3)"]);
    assert_eq!(
        texts(r#"[["Ada",{"entities":[[0,"PER"],[0,3,"PER"]]}], ["Bo",{"entities":["B-PER"]}]]"#),
        [
            "Ada PER (0, 3)",
            "Bo",
            "a.json, line 1, span #1: cannot be read (it has no start, end and label); it was left out",
        ]
    );
}

#[test]
fn of_overlapping_spans_the_longest_stays_an_entity() {
    let mark = |label: &str, start: i64, end: i64| Mark {
        label: label.into(),
        fragments: vec![(start, end)],
        ..Mark::default()
    };
    let document = Foreign {
        text: "Ada met Bo".into(),
        marks: vec![mark("actor", 0, 3), mark("claim", 0, 10), mark("actor", 8, 10)],
        ..Foreign::default()
    };
    let printed = print(&format(), &[document], Unit::CodePoint);
    assert_eq!(
        printed.file("documents.json"),
        "[\n[\"Ada met Bo\",{\"entities\":[[0,10,\"claim\"]],\
         \"spans\":{\"sc\":[[0,3,\"actor\"],[8,10,\"actor\"]]}}]\n]\n"
    );
    assert_eq!(printed.losses, ["2 overlapping spans written as the span group sc"]);
}

#[test]
fn real_tuples_count_as_they_should() {
    let Some(corpus) = Corpus::find("prodigy/spacy2-tuples") else { return };
    for source in corpus.sources() {
        assert_eq!((format().recognize)(&[source]), Confidence::Certain, "{}", source.path);
    }
    let reading = parse(&format(), &corpus.sources());
    let documents = &reading.documents;
    corpus.check([
        ("documents", documents.len()),
        ("spans", documents.iter().map(|one| one.marks.len()).sum()),
        ("text_characters", documents.iter().map(|one| one.text.chars().count()).sum()),
    ]);
    let second = parse(&format(), &print(&format(), documents, Unit::CodePoint).sources());
    let said = |one: &Foreign| (one.text.clone(), one.marks.clone(), one.extra.clone());
    assert!(documents.iter().map(said).eq(second.documents.iter().map(said)));
}
