//! The Discourse Network Analyzer: event lists and project files.

#![allow(clippy::disallowed_methods, reason = "tests look at the clock")]

use proptest::prelude::*;
use rubricator::format::exchange::{
    Confidence, Count, End, FORMATS, Format, Mapping, Reading, Settler, Source, Survey, Terms, sets,
};
use rubricator::model::{ActorKind, ProjectId, Timestamp, Value};
use rubricator::text::Unit;
use uuid::Uuid;

use super::again::{parse, print};
use super::corpora::Corpus;

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

fn project() -> Format {
    *FORMATS.iter().find(|format| format.name == "dna_project").unwrap()
}

const VALLEY: Source<'static> =
    Source { path: "dna/valley.dna", bytes: include_bytes!("../../data/dna/valley.dna") };

#[test]
fn a_project_says_of_a_statement_what_its_event_list_says() {
    assert_eq!(sets(&[VALLEY])[0].kind.name(), "dna_project");
    let reading = parse(&project(), &[VALLEY]);
    assert_eq!(messages(&reading), Vec::<String>::new());
    assert_eq!(reading.documents.len(), 39);
    let talks = &reading.documents[0];
    assert_eq!((&*talks.title, &*talks.meta.author, &*talks.meta.source), ("Talks", "Cy Dee", "Valley Post"));
    assert_eq!((&*talks.meta.published, &*talks.annotator), ("2026-02-03", "Rae"));
    assert!(talks.text.ends_with("It ruins the valley, she answered."), "a text over many pages is whole");
    let units: Vec<u16> = talks.text.encode_utf16().collect();
    let words = |at: usize| {
        let (start, end) = talks.marks[at].fragments[0];
        let units = &units[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()];
        String::from_utf16(units).unwrap()
    };
    assert_eq!([words(0), words(1)], ["The dam must be built, 😀 he said.", "It ruins the valley"]);
    let text = |text: &str| Value::Text(text.to_owned());
    assert_eq!(
        talks.marks[0].attributes,
        [
            ("category".to_owned(), text("Build the dam")),
            ("stance".to_owned(), text("support")),
            ("certainty".to_owned(), Value::Number(-3.0)),
        ]
    );
    assert_eq!(talks.marks[1].attributes[1], ("stance".to_owned(), text("oppose")));
    let links: Vec<_> = talks.links.iter().map(|link| (&*link.from, link.to.clone())).collect();
    let actor = |name: &str| End::Actor(name.to_owned());
    assert_eq!(links, [("7", actor("Ada Lane")), ("7", actor("Water Board")), ("8", actor("Valley Group"))]);
    let ada = &talks.actors[0];
    assert_eq!((&*ada.name, ada.kind, &*ada.note), ("Ada Lane", ActorKind::Person, "Type: Mayor"));
    assert_eq!(ada.aliases, ["A. Lane"]);
    assert_eq!(talks.actors[1].kind, ActorKind::Organization);
    let noted = &reading.documents[1].marks[0];
    assert_eq!(
        (&*noted.label, &*noted.aside.note, &*noted.aside.annotator),
        ("Annotation", "Ask Rae.", "Admin")
    );
    // And what the list has no column for is kept.
    assert_eq!(talks.extra["notes"], "read twice");
}

#[test]
fn makers_of_a_project_come_into_the_registry_with_what_they_are() {
    let reading = parse(&project(), &[VALLEY]);
    let terms = Terms {
        project: ProjectId::new(Uuid::nil()),
        now: Timestamp::from_unix_millis(0),
        annotator: "Bo".to_owned(),
        codebook_version: 1,
        actors: Vec::new(),
    };
    let (format, mapping) = (project(), Mapping::default());
    let mut settler = Settler::new(&format, Count::Utf16, &mapping, &terms);
    let imported = settler.settle(reading.documents[0].clone()).unwrap();
    assert_eq!(imported.issues, []);
    let actors: Vec<_> = imported.actors.iter().map(|actor| (&*actor.name, actor.kind)).collect();
    for expected in [("Ada Lane", ActorKind::Person), ("Water Board", ActorKind::Organization)] {
        assert!(actors.contains(&expected), "{actors:?}");
    }
    assert_eq!(imported.relations.len(), 3);
    assert_eq!(&*imported.annotations[0].annotator, "Rae");
}

#[test]
fn the_sample_of_the_tool_itself_comes_in_to_the_last_statement() {
    let Some(corpus) = Corpus::find("dna/sample-v3") else { return };
    let reading = parse(&project(), &corpus.sources());
    assert_eq!(messages(&reading), Vec::<String>::new());
    let marks: Vec<_> = reading.documents.iter().flat_map(|document| &document.marks).collect();
    let coded = |key: &str, value: &str| {
        let value = Value::Text(value.to_owned());
        marks.iter().filter(|mark| mark.attributes.contains(&(key.to_owned(), value.clone()))).count()
    };
    let with = |key: &str| marks.iter().filter(|mark| mark.extra.contains_key(key)).count();
    corpus.check([
        ("documents", reading.documents.len()),
        ("statements", marks.len()),
        ("statements_of_type_DNA Statement", marks.iter().filter(|mark| mark.label == "claim").count()),
        ("statements_of_type_Annotation", marks.iter().filter(|mark| mark.label == "Annotation").count()),
        ("text_characters", reading.documents.iter().map(|one| one.text.chars().count()).sum()),
        ("boolean_value_0", coded("stance", "oppose")),
        ("boolean_value_1", coded("stance", "support")),
        ("values_boolean", coded("stance", "oppose") + coded("stance", "support")),
        ("values_long_text", marks.iter().filter(|mark| !mark.aside.note.is_empty()).count()),
        ("statement_types", reading.scheme.labels.len()),
    ]);
    // Each of the 40 names a person, an organization and a concept.
    let concepts =
        marks.iter().flat_map(|mark| &mark.attributes).filter(|(key, _)| key == "category").count();
    assert_eq!(with("person") + with("organization") + concepts, 120);
    let links: usize = reading.documents.iter().map(|one| one.links.len()).sum();
    assert_eq!(links, with("person") + with("organization"));
    let format = project();
    let mut survey = Survey::new(&format);
    reading.documents.iter().for_each(|document| survey.add(document));
    assert_eq!(
        survey.to_string(),
        "DNA project (.dna), 7 documents, 41 spans, 80 links, offsets in UTF-16 units"
    );
}

#[test]
fn other_databases_and_broken_ones_are_told() {
    let told = |bytes: &[u8]| messages(&parse(&project(), &[Source { path: "a.dna", bytes }])).join("; ");
    assert!(told(b"SQLite format 3\0").contains("its pages cannot have 0 bytes"));
    assert!(told(&VALLEY.bytes[..VALLEY.bytes.len() / 2]).contains("is not there"));
    let mut renamed = VALLEY.bytes.to_vec();
    let at = renamed.windows(23).position(|bytes| bytes == b"tableDOCUMENTSDOCUMENTS").unwrap();
    renamed[at + 5] = b'X';
    assert_eq!(told(&renamed), "a.dna: it is no part of a dna corpus and was left out");
    let mut logged = VALLEY.bytes.to_vec();
    logged[19] = 2;
    assert!(told(&logged).contains("keeps the last changes in a log beside it"));
    assert_eq!(
        sets(&[Source { path: "a.db", bytes: b"SQLite format 3\0 of another program" }])[0].kind.name(),
        "plain"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_of_bytes_breaks_the_reader_of_projects(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = VALLEY.bytes.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let start = std::time::Instant::now();
        let reading = parse(&project(), &[Source { path: "a.dna", bytes: &bytes }]);
        prop_assert!(start.elapsed().as_secs() < 10);
        let held: usize = reading.documents.iter().map(|one| one.text.len()).sum();
        prop_assert!(held < 4 * bytes.len());
    }
}
