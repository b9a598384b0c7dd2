//! Prodigy's tasks: spans by characters and by tokens, relations by tokens, answers, patterns, and real corpora.

use rubricator::format::Problem;
use rubricator::format::exchange::{Confidence, End, FORMATS, Foreign, Format, Mark, Reading, Source};
use rubricator::model::{Status, Value};
use rubricator::text::Unit;
use serde_json::Value as Json;

use super::again::{again, parse, print, values};
use super::corpora::Corpus;

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "prodigy").unwrap()
}

macro_rules! file {
    ($path:literal) => {
        Source { path: $path, bytes: include_bytes!(concat!("../../data/prodigy/", $path)) }
    };
}

fn messages(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(ToString::to_string).collect()
}

#[test]
fn tasks_come_back_as_they_were() {
    let source = file!("relations.jsonl");
    let (reading, printed) = again(&format(), &[source], Unit::CodePoint);
    assert_eq!(values(printed.file("documents.jsonl").as_bytes()), values(source.bytes));
    let [document, rejected] = reading.documents.as_slice() else { panic!() };
    assert_eq!((document.status, rejected.status), (Some(Status::Done), Some(Status::InProgress)));
    assert_eq!((&*document.annotator, &*document.meta.source), ("talks-ada", "Daily"));
    assert_eq!(document.marks[1].attributes, [("sure".to_owned(), Value::Flag(true))]);
    assert_eq!(document.marks[2].label, "token");
    assert_eq!(document.links[0].from, "2-5-PERSON");
    assert_eq!(document.links[1].to, End::Mark("10-12-PERSON".into()));
    assert_eq!((format().recognize)(&[source]), Confidence::Certain);
}

#[test]
fn spans_are_found_by_tokens_and_what_is_no_task_is_named() {
    let reading = parse(&format(), &[file!("odd.jsonl")]);
    let document = &reading.documents[0];
    let marks: Vec<_> = document.marks.iter().map(|mark| (&*mark.label, mark.fragments[0])).collect();
    assert_eq!(marks, [("A", (0, 7)), ("span", (8, 10))]);
    assert_eq!((&*document.links[0].from, &document.links[0].to), ("0-7-A", &End::Mark("8-10-span".into())));
    assert_eq!(document.status, Some(Status::Todo));
    assert_eq!(reading.scheme.labels[0].name, "PERSON");
    assert_eq!(
        messages(&reading),
        [
            "odd.jsonl, line 1, span #3: cannot be read (it has no start and end, neither of characters nor of tokens); it was left out",
            "odd.jsonl, line 1, relation #2: cannot be read (its head or child is no span and no token); it was left out",
            "odd.jsonl, line 2: it is a match pattern, not a document; it was left out",
            "odd.jsonl, line 3: there is no text beside it; its 1 spans, 0 relations, 0 attributes and 0 notes were left out",
        ]
    );
}

#[test]
fn words_are_cut_where_spans_end() {
    let document = Foreign {
        text: "Pro-Kyiv 🚀 rally".into(),
        marks: vec![Mark { label: "place".into(), fragments: vec![(5, 8)], ..Mark::default() }],
        ..Foreign::default()
    };
    let printed = print(&format(), &[document], Unit::CodePoint);
    let line: Json = serde_json::from_str(printed.file("documents.jsonl")).unwrap();
    let tokens: Vec<_> =
        line["tokens"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert_eq!(tokens, ["Pro", "-", "K", "yiv", "🚀", "rally"]);
    assert_eq!(
        line["spans"][0],
        serde_json::json!({"end":8,"label":"place","start":5,"text":"yiv","token_end":3,"token_start":3})
    );
    assert_eq!(line["answer"], "ignore");
}

#[test]
fn real_tasks_count_as_they_should() {
    for set in [
        "entity-linking-emerson",
        "fashion-brands-eval",
        "relations-bionlp",
        "textcat-docs-issues",
        "tweets-ner",
    ] {
        let Some(corpus) = Corpus::find(&format!("prodigy/{set}")) else { return };
        for source in corpus.sources() {
            assert!(Confidence::Likely <= (format().recognize)(&[source]), "{}", source.path);
        }
        let reading = parse(&format(), &corpus.sources());
        let documents = &reading.documents;
        let has = |key: &str| documents.iter().filter(|one| one.extra.contains_key(key)).count();
        let answer = |answer: &str| documents.iter().filter(|one| one.extra["answer"] == answer).count();
        let spans = |one: &Foreign| one.marks.iter().filter(|mark| !mark.extra.contains_key("token")).count();
        corpus.check([
            ("documents", documents.len()),
            ("spans", documents.iter().map(spans).sum()),
            ("relations", documents.iter().map(|one| one.links.len()).sum()),
            ("text_characters", documents.iter().map(|one| one.text.chars().count()).sum()),
            ("documents_with_tokens", has("tokens")),
            ("document_labels", has("label")),
            ("choices_accepted", has("accept")),
            ("answer_accept", answer("accept")),
            ("answer_reject", answer("reject")),
            ("answer_ignore", answer("ignore")),
            (
                "match_patterns_not_documents",
                reading
                    .issues
                    .iter()
                    .filter(|one| matches!(one.problem, Problem::NotDocument { .. }))
                    .count(),
            ),
        ]);
        for document in documents {
            for mark in &document.marks {
                let quote = document.text.chars().skip(mark.fragments[0].0 as usize);
                let quote: String =
                    quote.take((mark.fragments[0].1 - mark.fragments[0].0) as usize).collect();
                assert!(mark.quote.as_ref().is_none_or(|stated| *stated == quote), "{quote}");
            }
        }
        let printed = print(&format(), documents, Unit::CodePoint);
        assert_eq!(printed.losses, Vec::<String>::new(), "{set}");
        let second = parse(&format(), &printed.sources());
        let said = |one: &Foreign| {
            let mut marks: Vec<_> = one.marks.iter().map(|mark| mark.id.clone()).collect();
            marks.sort();
            let mut extra = one.extra.clone();
            extra.remove("tokens");
            let links = one.links.len();
            (
                one.text.clone(),
                marks,
                links,
                one.status,
                extra.get("accept").cloned(),
                extra.get("_task_hash").cloned(),
            )
        };
        for (one, other) in documents.iter().zip(&second.documents) {
            assert_eq!(said(one), said(other), "{set}");
        }
        assert_eq!(documents.len(), second.documents.len());
    }
}
