//! Codebooks as files: ours comes back as it was, the trees of other tools as far as they hold it, and what is wrong
//! with a file is said with its line.

#![allow(
    clippy::disallowed_methods,
    reason = "samples are read from disk, and a hang is measured by the clock"
)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which fail by panicking")]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use rubricator::format::codebook::{CodebookFile, CodebookFormat, Shape, parse, print};
use rubricator::model::{
    AttributeKind, BuiltIn, Codebook, Key, Label, Letters, Project, ProjectId, State, Timestamp,
};
use uuid::Uuid;

use super::revising::{RawRevision, revision};

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/codebook/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn codes(file: &str, bytes: &[u8], shape: &Shape) -> Codebook {
    match parse(file, bytes) {
        Ok(CodebookFile::Codes(codes)) => codes.codebook(shape).unwrap(),
        other => panic!("{other:?}"),
    }
}

fn said(file: &str, content: &str) -> String {
    match parse(file, content.as_bytes()) {
        Err(fault) => fault.to_string(),
        Ok(file) => panic!("{file:?} is taken"),
    }
}

/// A codebook as an outline: labels, attributes with a colon, choices.
fn outline(codebook: &Codebook) -> Vec<String> {
    let mut lines = Vec::new();
    for label in &codebook.labels {
        lines.push(label.name.clone());
        for attribute in &label.attributes {
            lines.push(format!("  {}:", attribute.name));
            for (depth, choice) in attribute.kind.outline() {
                lines.push(format!("  {}{}", "  ".repeat(depth + 1), choice.name));
            }
        }
    }
    lines
}

#[test]
fn a_codebook_of_another_tool_is_read_with_its_tree() {
    let codebook = codes("atlas.qdc", &sample("atlas.qdc"), &Shape::Labels);
    assert_eq!(
        outline(&codebook),
        ["Demand", "  Category:", "    Money", "      Taxes", "  Side:", "    for", "    against", "Speaker"]
    );
    let demand = &codebook.labels[0];
    assert_eq!((&*demand.key, demand.colour.as_str()), ("demand", "#46aa00"));
    assert_eq!(demand.about.description, "What somebody asks for & of whom");
    assert_eq!(codebook.labels[1].about.description, "Who <says> it");
    assert_eq!(demand.attributes[1].about.description, "For or against");
}

#[test]
fn a_tree_of_codes_can_be_the_categories_of_a_label() {
    let shape = Shape::Categories { label: Key::from("claim"), name: "Claim".to_owned() };
    let codebook = codes("taguette.csv", &sample("taguette.csv"), &shape);
    assert_eq!(
        outline(&codebook),
        ["Claim", "  Category:", "    interesting", "      places", "    people", "      mayor, the"]
    );
    let AttributeKind::Choice(choices) = &codebook.labels[0].attributes[0].kind else { panic!() };
    assert_eq!(choices[3].about.description, "Says \"no\"\nin two lines");
    assert_eq!(choices[3].parent, Some(Key::from("people")));
}

#[test]
fn our_file_of_the_first_version_opens_and_is_written_as_it_was() {
    let bytes = sample("discourse-1.codebook.json");
    let Ok(CodebookFile::Own { name, codebook, guidelines }) = parse("a.json", &bytes) else { panic!() };
    assert_eq!(*codebook, BuiltIn::Discourse.codebook());
    assert_eq!((name.as_str(), guidelines.as_str()), ("Debates", "# Read first\n"));
    assert_eq!(print(CodebookFormat::Own, &name, &codebook, &guidelines).file.as_bytes(), bytes);
}

#[test]
fn keys_of_two_letters_are_written_and_read_and_longer_ones_refused() {
    let mut codebook = BuiltIn::Discourse.codebook();
    codebook.labels[0].letter = Letters::parse("qé");
    codebook.relations[0].letter = Letters::parse("qa");
    let file = print(CodebookFormat::Own, "A", &codebook, "").file;
    assert!(file.contains(r#""letter": "qé""#), "{file}");
    let Ok(CodebookFile::Own { codebook: read, .. }) = parse("a.json", file.as_bytes()) else { panic!() };
    assert_eq!(*read, codebook);
    let longer = said("a.json", &file.replace("qé", "qéa"));
    assert!(longer.contains("the field `letter` of a label is not one letter or two"), "{longer}");
    // What begins another key is taken from the second, as what is given twice.
    let begun = file.replace("\"qa\"", "\"q\"");
    let Ok(CodebookFile::Own { codebook: read, .. }) = parse("a.json", begun.as_bytes()) else { panic!() };
    assert_eq!((read.labels[0].letter, read.relations[0].letter), (Letters::parse("qé"), None));
}

#[test]
fn apostrophes_in_front_of_what_looks_like_a_formula_stay_in_a_table() {
    for words in ["'=1", "''\n-x", "'", "=1"] {
        let mut codebook = Codebook::standard();
        codebook.labels[0].about.description = words.to_owned();
        codebook.labels[0].about.examples = Vec::new();
        let table = print(CodebookFormat::Table, "Name", &codebook, "");
        let read = codes("x", table.file.as_bytes(), &Shape::Labels);
        assert_eq!(read.labels[0].about.description, words, "{}", table.file);
    }
}

#[test]
fn an_empty_parent_means_none_unless_there_is_a_choice_of_that_key() {
    let parents = |first: &str| {
        let content = format!(
            r##"{{"format":"rubricator-codebook/1","codebook":{{"version":1,"relations":[],"labels":[{{"key":"a",
            "name":"A","colour":"#000000","attributes":[{{"key":"c","name":"Topic","kind":"choice","choices":[
            {{"key":"{first}","name":"X","parent":""}},{{"key":"y","name":"Y","parent":""}}]}}]}}]}}}}"##
        );
        let Ok(CodebookFile::Own { codebook, .. }) = parse("a.json", content.as_bytes()) else {
            panic!("{content} is not taken");
        };
        let AttributeKind::Choice(choices) = &codebook.labels[0].attributes[0].kind else {
            panic!("{codebook:?}");
        };
        choices.iter().map(|choice| choice.parent.clone()).collect::<Vec<_>>()
    };
    assert_eq!(parents("x"), [None, None]);
    assert_eq!(parents(""), [None, Some(Key::from(""))]);
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let newer = said("a.codebook.json", r#"{"format": "rubricator-codebook/7", "codebook": {}}"#);
    assert!(newer.contains("newer version of Rubricator wrote this (rubricator-codebook/7"), "{newer}");
    assert!(said("a.json", "{\"format\":\n \"x\"").starts_with("a.json, line 2: this is not JSON"));
    assert!(said("a.json", "{\"format\": \"other/1\"}").contains("no codebook"));
    let cyclic = said(
        "a.json",
        r##"{"format":"rubricator-codebook/1","codebook":{"version":1,"relations":[],"labels":[{"key":"a","name":"A",
        "colour":"#000000","attributes":[{"key":"c","name":"Topic","kind":"choice","choices":[
        {"key":"x","name":"X","parent":"y"},{"key":"y","name":"Y","parent":"x"}]}]}]}}"##,
    );
    assert_eq!(cyclic, "a.json: in “Topic”, these stand below each other in a circle: X, Y");
    assert_eq!(
        said("c.csv", "tag,parent\na,b\nb,c\nc,b\n"),
        "c.csv, line 3: these codes stand below each other in a circle: b, c"
    );
    assert_eq!(
        said("c.csv", "tag,parent\na,z\n"),
        "c.csv, line 2: “a” stands below “z”, which is not in the file"
    );
    assert_eq!(
        said("c.csv", "tag,parent\na,\n\na,\n"),
        "c.csv, line 4: there is already a code “a” in this place"
    );
    assert_eq!(
        said("c.csv", "tag,description,parent\na,x\n"),
        "c.csv, line 2: this row has 2 cells, and 3 are needed"
    );
    assert_eq!(
        said("c.csv", "number,description\n1,x\n"),
        "c.csv, line 1: one column named “tag”, “name” or “path” is needed, and one named “description” may be there; \
         found are: number, description"
    );
    assert!(said("c.csv", "tag,name\na,b\n").contains("found are: tag, name"));
    assert_eq!(said("c.csv", ""), "c.csv: there are no codes in it");
    let qdc = |codes: &str| said("q.qdc", &format!("<CodeBook>\n<Codes>\n{codes}\n</Codes>\n</CodeBook>"));
    assert_eq!(
        qdc("<Code name='a'/>\n<Code name='A '/>"),
        "q.qdc, line 4: there is already a code “A” in this place"
    );
    assert_eq!(qdc("<Code guid='1'/>"), "q.qdc, line 3: a code without a name");
    assert!(qdc("<Code name='a'>").starts_with("q.qdc, line 4: the XML is broken here"));
    assert_eq!(qdc(""), "q.qdc: there are no codes in it");
    assert!(said("q.qdc", "\n<html/>").starts_with("q.qdc, line 2: this is no codebook"));
}

#[test]
fn harmful_files_are_refused_in_bounded_time() {
    let begun = Instant::now();
    let deep = format!(
        "<CodeBook><Codes>{}",
        (0..100_000).map(|at| format!("<Code name='{at}'>")).collect::<String>()
    );
    assert!(said("q.qdc", &deep).contains("levels below each other"));
    let wide: String = (0..30_000).map(|at| format!("<Code name='!{at}'/>")).collect();
    assert!(
        said("q.qdc", &format!("<CodeBook><Codes>{wide}</Codes></CodeBook>"))
            .contains("more than 5000 codes")
    );
    let alike: String = (0..4_900)
        .map(|at| format!("{}\n", "!".repeat(at % 70 + 1) + "?".repeat(at / 70).as_str()))
        .collect();
    codes("c.csv", format!("tag\n{alike}").as_bytes(), &Shape::Labels);
    let bomb = "<!DOCTYPE a [<!ENTITY b 'x'><!ENTITY c '&b;&b;&b;'>]><CodeBook><Codes><Code name='&c;'/></Codes></CodeBook>";
    assert!(said("q.qdc", bomb).contains("XML is broken"));
    let circle: String = (0..4_999).map(|at| format!("{at},{}\n", at + 1)).collect();
    assert!(said("c.csv", &format!("tag,parent\n{circle}4999,0\n")).contains("in a circle"));
    let nested = format!("{{\"format\":\"rubricator-codebook/1\",\"codebook\":{}", "[".repeat(1_000_000));
    assert!(said("a.json", &nested).contains("not JSON"));
    assert!(said("a.json", &" ".repeat(9_000_000)).contains("8000000"));
    assert!(begun.elapsed() < Duration::from_secs(60), "it took {:?}", begun.elapsed());
}

#[test]
fn whatever_is_left_of_a_file_it_is_read_or_refused() {
    for name in ["atlas.qdc", "taguette.csv", "discourse-1.codebook.json"] {
        let bytes = sample(name);
        for end in 0..bytes.len() {
            let mut cut = bytes[..end].to_vec();
            let _read = parse(name, &cut).map_err(|fault| fault.to_string());
            cut.extend_from_slice(&bytes[(end * 7 + 3) % bytes.len()..]);
            let _read = parse(name, &cut).map_err(|fault| fault.to_string());
        }
    }
}

#[test]
fn what_a_format_cannot_hold_is_counted() {
    let printed = print(CodebookFormat::Qdc, "x", &Codebook::standard(), "Read");
    assert_eq!(
        printed.losses,
        [("relation types", 2), ("keys of labels", 3), ("rules of labels", 1), ("guidelines", 1)]
    );
    assert_eq!(
        outline(&codes("x.qdc", printed.file.as_bytes(), &Shape::Labels)),
        outline(&Codebook::standard())
    );
}

/// A codebook after these revisions, as far as they can be made.
fn revised(start: BuiltIn, revisions: &[RawRevision]) -> Codebook {
    let project = |codebook| Project {
        id: ProjectId::new(Uuid::nil()),
        name: String::new(),
        codebook,
        guidelines: String::new(),
        created: Timestamp::default(),
        discarded: false,
    };
    revisions.iter().fold(start.codebook(), |codebook, raw| {
        let revision = raw.build(&State::new(project(codebook.clone())));
        revision.plan(&codebook).map_or(codebook.clone(), |plan| plan.codebook().clone())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_guidelines_are_read(words in "(\\PC|[\n`|*_<>#\\[\\]()-]){0,300}") {
        let page = rubricator::format::guidelines::parse(&words);
        rubricator::format::guidelines::section(&page, "Claim");
    }

    #[test]
    fn files_come_back_as_they_were_or_stay_the_same_from_the_second_round_on(
        start in prop::sample::select(BuiltIn::ALL.to_vec()),
        revisions in prop::collection::vec(revision(), 0..12),
        words in prop::collection::vec("\\PC{0,12}", 3),
    ) {
        let mut codebook = revised(start, &revisions);
        // Any words at all, wherever there are words.
        for (label, words) in codebook.labels.iter_mut().zip(&words) {
            label.about.description.clone_from(words);
            label.about.examples = vec![words.clone()];
            label.name.push_str(words);
        }
        prop_assume!(codebook.faults().is_empty());
        let own = print(CodebookFormat::Own, "Name", &codebook, "# Guide");
        prop_assert_eq!(own.losses, vec![]);
        let read = parse("x", own.file.as_bytes()).unwrap();
        let whole = CodebookFile::Own {
            name: "Name".to_owned(),
            codebook: Box::new(codebook.clone()),
            guidelines: "# Guide".to_owned(),
        };
        prop_assert_eq!(read, whole);
        for format in [CodebookFormat::Qdc, CodebookFormat::Table] {
            let first = print(format, "Name", &codebook, "");
            if codebook.labels.is_empty() {
                continue;
            }
            let read = parse("x", first.file.as_bytes()).unwrap();
            let CodebookFile::Codes(read) = read else { panic!() };
            let Ok(second) = read.codebook(&Shape::Labels) else { continue };
            let names = |codebook: &Codebook| {
                codebook.labels.iter().map(|label| label.name.trim().to_owned()).collect::<Vec<_>>()
            };
            prop_assert_eq!(names(&second), names(&codebook));
            let again = print(format, "Name", &second, "");
            let third = codes("x", again.file.as_bytes(), &Shape::Labels);
            prop_assert_eq!(&second, &third, "{}", again.file);
        }
    }
}

#[test]
fn keys_are_made_of_names() {
    for (name, key) in
        [("Claim", "claim"), ("Who: says it?", "who_says_it"), ("Größe", "größe"), ("!", "entry")]
    {
        assert_eq!(&*Key::coin(name, |_| false), key);
    }
    assert_eq!(&*Key::coin("Claim", |key| key == "claim"), "claim_2");
    assert_eq!(Label::new(Key::from("x"), "A long name").short, "A long n");
}
