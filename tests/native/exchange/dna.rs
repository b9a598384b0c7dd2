//! Event lists of the Discourse Network Analyzer.

use rubricator::format::exchange::{Confidence, End, FORMATS, Format, Reading, Source, sets};
use rubricator::model::Value;
use rubricator::text::Unit;

use super::again::{parse, print};

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "dna").unwrap()
}

const EVENTS: Source<'static> =
    Source { path: "dna/events.csv", bytes: include_bytes!("../../data/dna/events.csv") };

fn messages(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(ToString::to_string).collect()
}

#[test]
fn statements_become_claims_with_their_makers() {
    assert_eq!((format().recognize)(&[EVENTS]), Confidence::Certain);
    assert_eq!(sets(&[EVENTS])[0].kind.name(), "dna");
    let reading = parse(&format(), &[EVENTS]);
    assert_eq!(messages(&reading), Vec::<String>::new());
    let [talks, reply] = &reading.documents[..] else { panic!("two documents are expected") };
    assert_eq!(talks.text, "The dam must be built, 😀 he said.\n\nIt ruins the valley.");
    assert_eq!(
        (&*talks.title, &*talks.meta.author, &*talks.meta.published),
        ("Talks", "Cy Dee", "2026-02-03")
    );
    let places: Vec<_> = talks.marks.iter().map(|mark| (&*mark.label, mark.fragments[0])).collect();
    assert_eq!(places, [("claim", (0, 33)), ("claim", (35, 55))]);
    let text = |text: &str| Value::Text(text.to_owned());
    assert_eq!(
        talks.marks[1].attributes,
        [("category".to_owned(), text("Build the dam")), ("stance".to_owned(), text("oppose"))]
    );
    let links = |at: usize| {
        let document = &reading.documents[at];
        document.links.iter().map(|link| (&*link.kind, link.to.clone())).collect::<Vec<_>>()
    };
    let by = |name: &str| ("made_by", End::Actor(name.to_owned()));
    assert_eq!(links(0), [by("Ada Lane"), by("Water Board"), by("Bo Hill")]);
    assert_eq!(links(1), [by("Valley Group")]);
    assert_eq!(reply.text, "We shall see.");
}

#[test]
fn a_list_is_written_back_as_it_was() {
    let first = parse(&format(), &[EVENTS]);
    let printed = print(&format(), &first.documents, Unit::CodePoint);
    assert_eq!(printed.first().lines().count(), 4);
    for (written, read) in printed.first().lines().zip(std::str::from_utf8(EVENTS.bytes).unwrap().lines()) {
        assert!(written.starts_with(read), "{written}\n{read}");
    }
    assert_eq!(printed.losses, ["2 texts around the statements left out"]);
    let second = parse(&format(), &printed.sources());
    for (one, other) in first.documents.iter().zip(&second.documents) {
        assert_eq!((&one.text, &one.extra, &one.meta), (&other.text, &other.extra, &other.meta));
        assert_eq!(one.links.len(), other.links.len());
        let said =
            |mark: &rubricator::format::exchange::Mark| (mark.fragments.clone(), mark.attributes.clone());
        assert!(one.marks.iter().map(said).eq(other.marks.iter().map(said)));
    }
}

#[test]
fn broken_rows_are_named_and_the_rest_is_read() {
    let read = |content: &str| parse(&format(), &[Source { path: "a.csv", bytes: content.as_bytes() }]);
    let head = std::str::from_utf8(EVENTS.bytes).unwrap().lines().next().unwrap();
    let reading =
        read(&format!("{head}\n1;2026-01-01 12:00:00;1;\"T\";;;;;\"\";;;;\n2;;1;\"T\";;;;;\"So.\"\n"));
    assert_eq!(reading.documents[0].marks.len(), 1);
    assert_eq!(
        messages(&reading),
        [
            "a.csv, line 2, 1: cannot be read (it has no words); it was left out",
            "a.csv, line 3: the row has 9 cells, the first one has 13; it was read as far as they go",
        ]
    );
    assert_eq!(messages(&read("")), ["a.csv: it is no part of a dna corpus and was left out"]);
}
