//! Hugging Face's tokens and tags: columns of other names, numbers for tags, changed spans, and real corpora.

use rubricator::format::exchange::{Confidence, FORMATS, Foreign, Format, Mark, Source};
use rubricator::text::Unit;

use super::again::{again, parse, print, values};
use super::corpora::Corpus;

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "hugging_face").unwrap()
}

fn sample() -> Source<'static> {
    Source { path: "tokens.jsonl", bytes: include_bytes!("../../data/hugging_face/tokens.jsonl") }
}

#[test]
fn records_come_back_as_they_were() {
    let reading = parse(&format(), &[sample()]);
    let said = reading.documents.iter().map(|one| {
        let marks = one.marks.iter().map(|mark| format!(" {} {:?}", mark.label, mark.fragments[0]));
        one.text.clone() + &marks.collect::<String>()
    });
    assert_eq!(
        said.collect::<Vec<_>>(),
        [
            "În 🇷🇴 Cluj-Napoca. LOC (6, 17)",
            "Ada Bo PER (0, 3) PER (4, 6)",
            "a b c tag_3 (0, 3)",
            "Ada, Bo PER (0, 3) PER (5, 7)",
        ]
    );
    let messages: Vec<_> = reading.issues.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "tokens.jsonl, line 3: tags are numbers, and what they stand for is not in the file; each became a label such as tag_3"
        ]
    );
    let printed = print(&format(), &reading.documents, Unit::CodePoint);
    assert_eq!(values(printed.file("documents.jsonl").as_bytes()), values(sample().bytes));
    assert_eq!((format().recognize)(&[sample()]), Confidence::Certain);
}

#[test]
fn changed_spans_get_new_tags() {
    let mut documents = parse(&format(), &[sample()]).documents;
    documents[0].marks.push(Mark { label: "X".into(), fragments: vec![(0, 2)], ..Mark::default() });
    let printed = print(&format(), &documents[..1], Unit::CodePoint);
    let line = &values(printed.file("documents.jsonl").as_bytes())[0];
    assert_eq!(line["ner_tags"], serde_json::json!(["B-X", "O", "B-LOC", "I-LOC", "I-LOC", "O"]));
    assert!(line.get("ner_ids").is_none());
    let own = Foreign {
        text: "Ada  met Bo".into(),
        marks: vec![Mark { label: "actor".into(), fragments: vec![(9, 11)], ..Mark::default() }],
        ..Foreign::default()
    };
    let line = &values(print(&format(), &[own], Unit::CodePoint).file("documents.jsonl").as_bytes())[0];
    assert_eq!(
        line,
        &serde_json::json!({"tokens": ["Ada", "met", "Bo"], "ner_tags": ["O", "O", "B-actor"], "text": "Ada  met Bo"})
    );
}

#[test]
fn real_records_count_as_they_should() {
    for set in ["ronec-valid", "transformers-conll-sample"] {
        let Some(corpus) = Corpus::find(&format!("hf/{set}")) else { return };
        assert!(Confidence::Likely <= (format().recognize)(&corpus.sources()));
        let (reading, _) = again(&format(), &corpus.sources(), Unit::CodePoint);
        let documents = &reading.documents;
        let has = |key: &str| documents.iter().filter(|one| one.extra.contains_key(key)).count();
        let tokens = |one: &Foreign| {
            ["tokens", "words"].iter().find_map(|key| one.extra.get(*key)?.as_array()).unwrap().len()
        };
        corpus.check([
            ("documents", documents.len()),
            ("tokens", documents.iter().map(tokens).sum()),
            ("spans", documents.iter().map(|one| one.marks.len()).sum()),
            ("records_with_space_after", has("space_after")),
            ("records_with_integer_tags_too", has("ner_ids")),
        ]);
    }
}
