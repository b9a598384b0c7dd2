//! Web Annotation: collections and dialects, texts beside them, links, what is on no text, and the standard's examples.

use rubricator::format::Problem;
use rubricator::format::exchange::{Confidence, End, FORMATS, Format, Reading, Source};
use rubricator::text::Unit;

use super::again::{parse, print, values};
use super::corpora::Corpus;

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "web_annotation").unwrap()
}

const COLLECTION: &str = r##"{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [
  {"id": "#a", "type": "Annotation", "body": [{"type": "TextualBody", "value": "who?"}, {"type": "TextualBody", "value": "actor", "purpose": "tagging"}],
   "target": {"source": "http://example.org/talks.txt", "selector": [{"type": "TextQuoteSelector", "exact": "Ada"}, {"type": "TextPositionSelector", "start": 2, "end": 5}]}},
  {"id": "#b", "type": "Annotation", "body": {"value": "claim", "purpose": "classifying"},
   "target": [{"source": "talks.txt", "selector": {"type": "FragmentSelector", "refinedBy": {"type": "TextPositionSelector", "start": 6, "end": 10}}},
              {"source": "talks.txt", "selector": {"type": "TextPositionSelector", "start": 11, "end": 13}}]},
  {"id": "#c", "type": "Annotation", "motivation": "linking", "body": {"value": "made_by", "purpose": "tagging"}, "target": [{"id": "#b"}, {"id": "#a"}]},
  {"id": "#d", "type": "Annotation", "target": "http://example.org/picture.png"}
]}}"##;

fn read(json: &str, with_text: bool) -> Reading {
    let text = Source { path: "talks.txt", bytes: "🚀 Ada said no.".as_bytes() };
    let json = Source { path: "a.json", bytes: json.as_bytes() };
    let all = [json, text];
    parse(&format(), if with_text { &all } else { &all[..1] })
}

#[test]
fn a_collection_is_read_with_its_text_and_comes_back() {
    let reading = read(COLLECTION, true);
    let document = &reading.documents[0];
    assert_eq!((&*document.marks[0].label, &*document.marks[0].aside.note), ("actor", "who?"));
    assert_eq!(document.marks[0].quote.as_deref(), Some("Ada"));
    assert_eq!(document.marks[1].fragments, [(6, 10), (11, 13)]);
    assert_eq!((&*document.links[0].kind, &document.links[0].to), ("made_by", &End::Mark("#a".into())));
    let messages: Vec<_> = reading.issues.iter().map(ToString::to_string).collect();
    assert_eq!(messages, ["a.json: 1 annotations are on no stretch of text; they were left out"]);
    let printed = print(&format(), &reading.documents, Unit::CodePoint);
    assert_eq!(printed.losses, Vec::<String>::new());
    let second = parse(&format(), &printed.sources());
    assert_eq!(second.issues, []);
    let again = &second.documents[0];
    assert_eq!((&again.text, again.marks.len(), again.links.len()), (&document.text, 2, 1));
    assert_eq!(again.marks[1].fragments, [(6, 10), (11, 13)]);
    assert_eq!(again.marks[0].aside.note, "who?");
    assert_eq!(values(printed.file("annotations.json").as_bytes()).len(), 3);
}

#[test]
fn dialects_are_read_and_a_missing_text_is_said() {
    let recogito = r#"[{"id": "x", "bodies": [], "target": {"annotation": "x", "selector": [{"quote": "Ada", "start": 3, "end": 6}]}}]"#;
    assert_eq!(read(recogito, true).documents[0].marks[0].fragments, [(3, 6)]);
    let hypothesis = r#"{"total": 1, "rows": [{"id": "h", "uri": "http://example.org/talks.txt", "text": "why", "tags": ["claim"],
        "target": [{"source": "http://example.org/talks.txt", "selector": [{"type": "TextQuoteSelector", "exact": "no"}]}]}]}"#;
    let mark = &read(hypothesis, true).documents[0].marks[0];
    assert_eq!((&*mark.label, &*mark.aside.note, mark.quote.as_deref()), ("claim", "why", Some("no")));
    let messages: Vec<_> = read(hypothesis, false).issues.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "a.json: there is no text of http://example.org/talks.txt beside it; its 1 spans, 0 relations, 0 attributes and 0 notes were left out"
        ]
    );
}

#[test]
fn the_standards_examples_count_as_they_should() {
    for set in ["inception-recogito-editor", "w3c-model-correct", "w3c-model-incorrect-odd"] {
        let Some(corpus) = Corpus::find(&format!("web-annotation/{set}")) else { return };
        assert_eq!((format().recognize)(&corpus.sources()), Confidence::Certain, "{set}");
        let reading = parse(&format(), &corpus.sources());
        let sum = |count: fn(&Problem) -> usize| {
            reading.issues.iter().map(|one| count(&one.problem)).sum::<usize>()
        };
        let on_text = sum(|one| if let Problem::WithoutText { spans, .. } = one { *spans } else { 0 });
        let relations =
            sum(|one| if let Problem::WithoutText { relations, .. } = one { *relations } else { 0 });
        let elsewhere = sum(|one| if let Problem::NotOnText { count } = one { *count } else { 0 });
        corpus.check([
            ("annotations", on_text + relations + elsewhere),
            ("annotations_on_text", on_text),
            ("relations_between_annotations", relations),
            ("files_not_json", sum(|one| usize::from(matches!(one, Problem::NotJson { .. })))),
        ]);
    }
}
