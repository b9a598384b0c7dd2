//! brat: lines of every kind, events, configuration, broken lines and real corpora.

use rubricator::format::Problem;
use rubricator::format::exchange::{Confidence, End, FORMATS, Foreign, Format, Reading, Source};
use rubricator::model::Value;
use rubricator::text::Unit;
use serde_json::{Value as Json, json};

use super::again::{again, parse, print};
use super::corpora::Corpus;

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "brat").unwrap()
}

macro_rules! file {
    ($path:literal) => {
        Source { path: $path, bytes: include_bytes!(concat!("../../data/brat/", $path)) }
    };
}

fn talks() -> Vec<Source<'static>> {
    vec![
        file!("talks/annotation.conf"),
        file!("talks/empty.ann"),
        file!("talks/empty.txt"),
        file!("talks/kb_shortcuts.conf"),
        file!("talks/plan.ann"),
        file!("talks/plan.txt"),
        file!("talks/visual.conf"),
    ]
}

/// Reads annotations of a text.
fn read(text: &str, annotations: &str) -> Reading {
    let sources = [("a.ann", annotations), ("a.txt", text)];
    parse(&format(), &sources.map(|(path, content)| Source { path, bytes: content.as_bytes() }))
}

fn messages(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(ToString::to_string).collect()
}

fn link<'d>(document: &'d Foreign, kind: &str) -> (&'d str, &'d str) {
    let link = document.links.iter().find(|link| link.kind == kind).unwrap();
    let End::Mark(to) = &link.to else { unreachable!("brat has no registry") };
    (&link.from, to)
}

#[test]
fn every_kind_of_line_is_read_and_written_back() {
    let (reading, printed) = again(&format(), &talks(), Unit::CodePoint);
    assert_eq!(reading.issues, []);
    let [empty, plan] = &reading.documents[..] else { panic!("two documents") };
    assert_eq!((empty.marks.len(), empty.id.as_str()), (0, "talks/empty"));
    let quotes: Vec<_> = plan.marks.iter().map(|mark| mark.quote.as_deref().unwrap()).collect();
    assert_eq!(quotes[4], "We object strongly");
    assert_eq!(plan.marks[4].fragments, [(62, 71), (85, 93)]);
    assert_eq!(link(plan, "Theme"), ("T3", "T4"));
    assert_eq!(link(plan, "Event"), ("T7", "T3"));
    assert_eq!(link(plan, "Said_by"), ("T5", "T6"));
    assert_eq!(plan.marks[2].attributes, [("Negation".into(), Value::Flag(true))]);
    assert_eq!(plan.marks[4].attributes, [("Stance".into(), Value::Text("against".into()))]);
    assert_eq!(plan.marks[6].aside.note, "Is this an event?");
    assert_eq!(
        Json::from(plan.marks[2].extra.to_map())["attributes"],
        json!([{"name": "Tense", "value": "past", "on": "T3"}])
    );
    let lines: Vec<_> = printed.file("talks/plan.ann").lines().collect();
    for line in [
        "T5\tQuote 62 71;85 93\tWe object strongly",
        "E1\tSign:T3 Agent:T1 Agent2:T2 Theme:T4",
        "E2\tSay:T7 Speaker:T6 Event:E1",
        "R1\tSaid_by Arg1:T5 Arg2:T6",
        "*\tAlias T1 T2",
        "N1\tReference T1 Wikidata:Q7259\tAda Lovelace",
        "#1\tAnnotatorNotes R1\tWho else?",
    ] {
        assert!(lines.contains(&line), "{line} in {lines:#?}");
    }
    assert_eq!(printed.file("talks/empty.ann"), "");
}

#[test]
fn the_configuration_declares_labels_and_what_relations_join() {
    let scheme = parse(&format(), &talks()).scheme;
    let names: Vec<_> = scheme.labels.iter().map(|label| label.name.as_str()).collect();
    assert_eq!(names, ["Person", "Plan", "Place", "Quote", "Sign", "Say"]);
    assert_eq!((scheme.labels[0].colour.as_str(), scheme.labels[0].letter), ("#a7c2ff", Some('P')));
    assert_eq!(
        (scheme.labels[3].colour.as_str(), scheme.labels[1].description.as_str()),
        ("#ff8800", "Peace plan")
    );
    let joins: Vec<_> =
        scheme.relations.iter().map(|one| format!("{} {:?} {:?}", one.name, one.from, one.to)).collect();
    assert_eq!(
        joins,
        [
            r#"Said_by ["Quote"] ["Person"]"#,
            r#"Near ["Place", "Plan", "Person"] []"#,
            r#"Alias ["Person"] ["Person"]"#,
            r#"Agent ["Sign"] ["Person", "Place"]"#,
            r#"Theme ["Sign"] ["Plan"]"#,
            r#"Speaker ["Say"] ["Person", "Place"]"#,
            r#"Event ["Say"] ["Say", "Sign"]"#,
        ]
    );
}

#[test]
fn a_broken_line_is_named_and_the_others_stay() {
    let lines = [
        "T1\tPerson 0 3\tAda",
        "T2\tPerson 0\tAda",
        "T1\tPerson 4 6\tBo",
        "X1\tPerson 0 3\tAda",
        "R1\tMet Arg1:T1",
        "A1\tGood T9",
        "E1\tMeet:T9 Who:T1",
        "#1 AnnotatorNotes T1 with blanks only",
        "nonsense",
        "T3\tPerson 0 99999999999999999999\tAda",
    ];
    let reading = read("Ada Bo", &lines.join("\r\n"));
    let document = &reading.documents[0];
    assert_eq!(document.marks.iter().map(|mark| &*mark.id).collect::<Vec<_>>(), ["T1", "", "T3"]);
    assert_eq!(document.marks[0].aside.note, "with blanks only");
    assert_eq!(document.marks[2].fragments, [(0, i64::MAX)]);
    assert_eq!(
        messages(&reading),
        [
            "a.ann, line 2, T2: cannot be read (START END is expected); it was left out",
            "a.ann, line 3, T1: the id is used twice in the file; this one got a new id",
            "a.ann, line 4, X1: cannot be read (an id that begins with T, E, R, *, A, M, N or # is expected); it was left out",
            "a.ann, line 5, R1: cannot be read (two arguments are expected); it was left out",
            "a.ann, line 9, nonsense: cannot be read (a tab is expected after the id); it was left out",
            "a.ann, line 7, E1: it says something of \"T9\", which is not there; it was left out",
            "a.ann, line 6, A1: it says something of \"T9\", which is not there; it was left out",
        ]
    );
}

#[test]
fn files_that_are_no_documents_are_said() {
    let files = [
        ("a.opin.txt", "x"),
        ("a.txt", "Ada"),
        ("a.a1", "T1\tPerson 0 3\tAda"),
        ("a.a2", "E1\tBe:T1"),
        ("notes/README.txt", "x"),
        ("b.txt", "not yet begun"),
        ("LICENSE", "x"),
        ("lost.ann", "T1\tPerson 0 3\tAda\n#1\tAnnotatorNotes T1\twho"),
    ];
    let sources = files.map(|(path, content)| Source { path, bytes: content.as_bytes() });
    let reading = parse(&format(), &sources);
    assert_eq!(reading.documents.iter().map(|one| &*one.id).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(
        messages(&reading),
        [
            "LICENSE: it is no part of a brat corpus and was left out",
            "a.opin.txt: it is no part of a brat corpus and was left out",
            "lost.ann: there is no lost.txt beside it; its 1 spans, 0 relations, 0 attributes and 1 notes were left out",
            "notes/README.txt: it is no part of a brat corpus and was left out",
        ]
    );
}

#[test]
fn a_byte_order_mark_belongs_to_the_file() {
    let reading = read("\u{FEFF}Ada", "\u{FEFF}T1\tPerson 0 3\tAda");
    assert_eq!((reading.documents[0].text.as_str(), reading.documents[0].marks.len()), ("Ada", 1));
}

#[test]
fn what_is_brat_is_told_from_what_is_not() {
    let recognize = |path, bytes| (format().recognize)(&[Source { path, bytes }]);
    assert_eq!((format().recognize)(&talks()), Confidence::Certain);
    assert_eq!(recognize("a.ann", b"T1\tPerson 0 3\tAda"), Confidence::Certain);
    assert_eq!(recognize("a.ann", b"{}"), Confidence::No);
    assert_eq!(recognize("a.txt", b"T1\tPerson 0 3\tAda"), Confidence::No);
}

#[test]
fn ids_are_given_once_and_documents_of_one_name_get_numbers() {
    let reading = read("Ada Bo", "T2\tPerson 0 3\tAda\nT2\tPerson 4 6\tBo\n");
    let documents = [reading.documents[0].clone(), reading.documents[0].clone()];
    let printed = print(&format(), &documents, Unit::CodePoint);
    let paths: Vec<_> = printed.files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["a.txt", "a.ann", "a (2).txt", "a (2).ann", "annotation.conf", "visual.conf"]);
    assert_eq!(printed.file("a (2).ann"), "T2\tPerson 0 3\tAda\nT1\tPerson 4 6\tBo\n");
    assert!(printed.file("annotation.conf").contains("made_by\tArg1:claim|criticism, Arg2:actor\n"));
}

#[test]
fn corpora_count_as_expected() {
    for set in [
        "argument-reasoning-patterns-dev",
        "brat-tutorial-news",
        "bratutils-samples",
        "keepha-case-reports-ja",
        "nerel-dev",
        "rusentrel-train-1-12",
        "turku-dependency-treebank",
    ] {
        let Some(corpus) = Corpus::find(&format!("brat/{set}")) else { return };
        let sources = corpus.sources();
        assert_eq!((format().recognize)(&sources), Confidence::Certain, "{set}");
        let reading = parse(&format(), &sources);
        corpus.check(counted(&reading));
        // One has no texts, one has offsets that do not fit its quotes, one files that are not brat.
        let is_sound =
            !["bratutils-samples", "argument-reasoning-patterns-dev", "rusentrel-train-1-12"].contains(&set);
        if is_sound {
            assert_eq!(messages(&reading), Vec::<String>::new(), "{set}");
            let _ = again(&format(), &sources, Unit::CodePoint);
        }
    }
}

fn counted(reading: &Reading) -> [(&'static str, usize); 13] {
    let documents = &reading.documents;
    let marks = || documents.iter().flat_map(|one| &one.marks);
    let links = || documents.iter().flat_map(|one| &one.links);
    let list = |extra: &serde_json::Map<String, Json>, key| {
        extra.get(key).map_or(0, |list| list.as_array().unwrap().len())
    };
    let lost = |count: fn(&Problem) -> Option<usize>| {
        reading.issues.iter().filter_map(|one| count(&one.problem)).sum::<usize>()
    };
    let values = |(_, value): &(String, Value)| if let Value::Several(all) = value { all.len() } else { 1 };
    let attributes = marks()
        .map(|mark| mark.attributes.iter().map(values).sum::<usize>() + mark.extra.length("attributes"));
    let notes = marks().map(|mark| usize::from(!mark.aside.note.is_empty()) + mark.extra.length("notes"));
    let notes =
        notes.chain(links().map(|link| usize::from(!link.note.is_empty()) + link.extra.length("notes")));
    let is_argument = |link: &&rubricator::format::exchange::Link| link.extra.contains_key("event");
    [
        ("documents", documents.len()),
        ("ann_without_txt", lost(|one| matches!(one, Problem::WithoutText { .. }).then_some(1))),
        (
            "spans",
            marks().count()
                + lost(|one| if let Problem::WithoutText { spans, .. } = one { Some(*spans) } else { None }),
        ),
        ("spans_discontinuous", marks().filter(|mark| 1 < mark.fragments.len()).count()),
        ("events", marks().map(|mark| mark.extra.length("events")).sum()),
        ("event_arguments", links().filter(is_argument).count()),
        (
            "relations",
            links().filter(|link| !is_argument(link)).count()
                + lost(|one| {
                    if let Problem::WithoutText { relations, .. } = one { Some(*relations) } else { None }
                }),
        ),
        (
            "attributes",
            attributes.sum::<usize>()
                + lost(|one| {
                    if let Problem::WithoutText { attributes, .. } = one { Some(*attributes) } else { None }
                }),
        ),
        (
            "attributes_binary",
            marks().flat_map(|mark| &mark.attributes).filter(|one| one.1 == Value::Flag(true)).count(),
        ),
        ("normalizations", marks().map(|mark| mark.extra.length("normalizations")).sum()),
        (
            "notes",
            notes.sum::<usize>()
                + lost(|one| if let Problem::WithoutText { notes, .. } = one { Some(*notes) } else { None }),
        ),
        ("equivalence_sets", documents.iter().map(|one| list(&one.extra, "equivalences")).sum()),
        ("text_characters", documents.iter().map(|one| one.text.chars().count()).sum()),
    ]
}
