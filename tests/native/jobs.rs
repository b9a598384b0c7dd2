//! What page and worker say to each other survives the way, and another version's words are not taken for ours.

use rubricator::app::jobs::{
    Answer, Brought, Chosen, Column, Finding, Foreign, Order, Question, Reply, Scope, Source, Surveyed,
};
use rubricator::format::Severity;
use rubricator::model::{DocumentId, Status};
use uuid::Uuid;

#[test]
fn every_message_is_understood_as_it_was_meant() {
    let project = Uuid::from_u128(7).to_string();
    let export = |scope| Order::Export {
        project: project.clone(),
        scope,
        unit: "utf16".to_owned(),
        format: "brat".to_owned(),
    };
    let pasted = Source::Text {
        title: "A \"title\"".to_owned(),
        text: "Line\none 🚋".to_owned(),
        html: "<p>Line</p>".to_owned(),
    };
    let question = Question::Find { query: "label:claim “x”".to_owned(), from: 100, most: 50 };
    assert_eq!(Question::parse(&question.print()), Some(question.clone()));
    let orders = [
        Order::Import {
            project: project.clone(),
            annotator: "Ada".to_owned(),
            keys: r#"{"MarkDone":["o"]}"#.to_owned(),
            sources: vec![Source::File, pasted],
        },
        export(Scope::All),
        export(Scope::One(DocumentId::new(Uuid::from_u128(3)))),
        export(Scope::Status(Status::Done)),
        Order::Backup { project: project.clone() },
        Order::Index { project: project.clone() },
        Order::Ask { number: 7, question: question.print() },
        Order::Choose(vec![Chosen {
            labels: vec![Some("actor".to_owned()), None],
            relations: Vec::new(),
            counting: 1,
            columns: vec!["text".to_owned(), "kept aside".to_owned()],
        }]),
        Order::Admitted,
        Order::Refused,
        Order::Stop,
    ];
    for order in orders {
        assert_eq!(Order::parse(&order.print()), Some(order));
    }
    let finding = Finding { severity: Severity::Warning, words: "a.jsonl, line 3: odd".to_owned() };
    let answers = [
        Answer::Hello { version: 1 },
        Answer::Progress { fraction: 0.25 },
        Answer::Restored { project, name: "Kept".to_owned() },
        Answer::Imported(Brought { skipped: 1, findings: vec![finding], more_findings: 2, cancelled: true }),
        Answer::Survey(vec![Surveyed {
            line: "brat standoff, 1 document".to_owned(),
            columns: vec![Column {
                name: "body".to_owned(),
                role: "text".to_owned(),
                cells: vec!["Ada".to_owned()],
            }],
            labels: vec![Foreign { name: "PER".to_owned(), count: 2, proposed: None }],
            countings: vec!["code points".to_owned()],
            ..Surveyed::default()
        }]),
        Answer::Exported { documents: 3, losses: vec!["2 links: left out".to_owned()] },
        Answer::Told { number: 7, read: 1, of: 2, reply: Reply::Concerned.print() },
        Answer::Failed { words: "no".to_owned() },
    ];
    for answer in answers {
        assert_eq!(Answer::parse(&answer.print()), Some(answer));
    }
}

#[test]
fn words_of_another_version_are_not_understood() {
    for words in [
        "",
        "null",
        "\"Dance\"",
        "{\"Import\":{}}",
        "{\"Export\":{\"project\":\"\",\"scope\":\"some\",\"unit\":\"\"}}",
    ] {
        assert_eq!(Order::parse(words), None, "{words}");
        assert_eq!(Answer::parse(words), None, "{words}");
    }
}
