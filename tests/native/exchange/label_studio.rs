//! Label Studio's tasks: regions of text, HTML and dialogues, several labels and sets, answers, the short export, the
//! configuration, and the tool's own examples.

use rubricator::format::exchange::{
    Confidence, End, FORMATS, Foreign, Format, Mark, Reading, Remarks, Source,
};
use rubricator::model::{Origin, Status, Value};
use rubricator::text::Unit;
use serde_json::Value as Json;

use super::again::{again, parse, print, values};
use super::corpora::Corpus;

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "label_studio").unwrap()
}

macro_rules! file {
    ($path:literal) => {
        Source { path: $path, bytes: include_bytes!(concat!("../../data/label_studio/", $path)) }
    };
}

fn read(content: &str) -> Reading {
    parse(&format(), &[Source { path: "a.json", bytes: content.as_bytes() }])
}

#[test]
fn tasks_come_back_as_they_were() {
    let (config, tasks) = (file!("config.xml"), file!("tasks.json"));
    let (reading, printed) = again(&format(), &[config, tasks], Unit::Utf16);
    let [document, empty] = reading.documents.as_slice() else { panic!() };
    let marks: Vec<_> =
        document.marks.iter().map(|mark| (&*mark.id, &*mark.label, mark.fragments[0])).collect();
    assert_eq!(
        marks,
        [
            ("r1", "Actor", (0, 3)),
            ("r2", "claim", (10, 17)),
            ("1#1", "Actor", (10, 17)),
            ("r1'", "Actor", (0, 3)),
            ("p", "Actor", (4, 9)),
        ]
    );
    assert_eq!(
        (&*document.marks[0].aside.note, &*document.marks[0].aside.annotator),
        ("sure?", "ada@example.org")
    );
    assert_eq!(document.marks[1].attributes, [("stance".to_owned(), Value::Text("for".into()))]);
    assert_eq!((document.marks[0].origin, document.marks[4].origin), (Origin::Manual, Origin::Suggestion));
    let link = &document.links[0];
    assert_eq!((&*link.kind, &*link.from, &link.to), ("made & by", "r2", &End::Mark("r1".into())));
    assert_eq!(
        (document.status, empty.status, &*document.meta.source),
        (Some(Status::Done), Some(Status::Done), "Daily")
    );
    let labels: Vec<_> =
        reading.scheme.labels.iter().map(|one| (&*one.name, &*one.colour, one.letter)).collect();
    assert_eq!(labels, [("Actor", "#ff0000", Some('a')), ("claim", "#ff0000", None)]);
    assert_eq!(reading.scheme.relations[0].name, "made & by");
    let (printed, given) = (values(printed.file("tasks.json").as_bytes()), values(tasks.bytes));
    assert_eq!(printed[1], given[1]);
    assert_eq!(printed[0]["predictions"], given[0]["predictions"]);
    assert_eq!(printed[0]["data"], given[0]["data"]);
    let result = |task: &Json| {
        let mut items = task["annotations"][0]["result"].as_array().unwrap().clone();
        items.sort_by_key(|item| format!("{}{}", item["type"], item["id"]));
        items
    };
    assert_eq!(result(&printed[0]), result(&given[0]));
    assert_eq!((format().recognize)(&[config]), Confidence::Certain);
    assert_eq!((format().recognize)(&[tasks]), Confidence::Certain);
}

#[test]
fn html_and_dialogues_are_read_as_text() {
    let (reading, printed) = again(&format(), &[file!("marked-up.json")], Unit::Utf16);
    let texts: Vec<_> = reading.documents.iter().map(|one| &*one.text).collect();
    assert_eq!(texts, ["Ada & Bo\nmet 1 < 2", "Ada: No 👩?\nBo: Yes, no."]);
    let places: Vec<_> = reading.documents.iter().map(|one| one.marks[0].fragments[0]).collect();
    assert_eq!(places, [(9, 12), (8, 19)]);
    let given = values(file!("marked-up.json").bytes);
    let printed = values(printed.file("tasks.json").as_bytes());
    assert_eq!(printed[0]["annotations"][0], given[0]["annotations"]);
    assert_eq!(printed[1], given[1]);
}

#[test]
fn the_short_export_and_broken_tasks_are_read() {
    let reading = read(
        r#"[{"id": 1, "body": "Ada met Bo", "annotator": 2, "annotation_id": 7, "topic": "war",
            "label": [{"start": 0, "end": 3, "text": "Ada", "labels": ["Actor"]}]},
           {"id": 2, "data": {"n": 1}, "annotations": [{"result": [{"type": "choices", "value": {"choices": ["x"]}}]}]},
           3]"#,
    );
    let document = &reading.documents[0];
    assert_eq!(
        (&*document.text, &*document.annotator, document.marks[0].fragments[0]),
        ("Ada met Bo", "2", (0, 3))
    );
    assert_eq!(document.extra["data"]["topic"], "war");
    let messages: Vec<_> = reading.issues.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "a.json, line 3: there is no text beside it; its 0 spans, 0 relations, 1 attributes and 0 notes were left out",
            "a.json, line 4: another value where an object was expected; the line was left out",
        ]
    );
}

#[test]
fn our_own_documents_get_a_configuration() {
    let mark = Mark {
        label: "actor".into(),
        fragments: vec![(4, 7), (8, 10)],
        attributes: vec![("sure".into(), Value::Flag(true))],
        aside: Remarks { note: "who?".into(), ..Remarks::default() }.into(),
        ..Mark::default()
    };
    let document = Foreign { text: "🚀 & Ada Bo".into(), marks: vec![mark], ..Foreign::default() };
    let printed = print(&format(), &[document], Unit::CodePoint);
    assert_eq!(printed.losses, ["1 spans of several fragments written as one span for each fragment"]);
    assert!(printed.file("config.xml").contains("<Label value=\"actor\" background=\"#"));
    let result = &values(printed.file("tasks.json").as_bytes())[0]["annotations"][0]["result"];
    assert_eq!(result[0]["value"]["start"], 5);
    assert_eq!(result[0]["meta"]["text"][0], "who?");
    assert_eq!(result[1]["value"]["choices"][0], "yes");
    assert_eq!(result[2]["value"]["text"], "Bo");
    let reading = parse(&format(), &printed.sources());
    assert_eq!(reading.issues, []);
    assert!(reading.scheme.labels.iter().any(|label| label.name == "claim" && label.letter == Some('c')));
}

#[test]
fn real_tasks_count_as_they_should() {
    for set in ["converter-fixtures", "frontend-examples", "kiji-sample-predictions"] {
        let Some(corpus) = Corpus::find(&format!("label-studio/{set}")) else { return };
        assert_eq!((format().recognize)(&corpus.sources()), Confidence::Certain);
        let reading = parse(&format(), &corpus.sources());
        assert_eq!(reading.issues, [], "{set}");
        corpus.check(counted(&reading.documents));
        if set == "kiji-sample-predictions" {
            // Its last span ends behind the text, which only the placing by quote puts right.
            continue;
        }
        let printed = print(&format(), &reading.documents, Unit::Utf16);
        assert_eq!(printed.losses, Vec::<String>::new(), "{set}");
        let second = parse(&format(), &printed.sources());
        assert_eq!(counted(&reading.documents), counted(&second.documents), "{set}");
        let texts =
            |reading: &Reading| reading.documents.iter().map(|one| one.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&reading), texts(&second), "{set}");
    }
}

fn counted(documents: &[Foreign]) -> [(&'static str, usize); 9] {
    let sets = |key: &str| -> Vec<&Json> {
        let lists = documents.iter().filter_map(|one| one.extra.get(key)?.as_array());
        lists.flatten().collect()
    };
    let items = |key: &str, is_choice: bool| {
        let items = sets(key).into_iter().filter_map(|set| set["result"].as_array()).flatten();
        items
            .filter(|item| {
                ["choices", "taxonomy"].contains(&item["type"].as_str().unwrap_or("")) == is_choice
            })
            .count()
    };
    let marks = |is_predicted: bool| {
        let marks = documents.iter().flat_map(|one| &one.marks);
        marks.filter(|mark| (mark.origin == Origin::Suggestion) == is_predicted).count()
    };
    let links = documents.iter().flat_map(|one| &one.links);
    [
        ("tasks", documents.len()),
        ("annotation_sets", sets("annotations").len()),
        ("predictions", sets("predictions").len()),
        ("spans", marks(false)),
        ("predicted_spans", marks(true)),
        ("choices", items("annotations", true)),
        ("predicted_choices", items("predictions", true)),
        ("other_answers", items("annotations", false)),
        ("predicted_relations", links.filter(|link| link.extra.to_map()["@set"][0] == "predictions").count()),
    ]
}
