//! CoNLL columns: layouts and schemes, broken lines, what a flat format leaves out, and real corpora.

use rubricator::format::Problem;
use rubricator::format::exchange::{Confidence, FORMATS, Foreign, Format, Mark, Reading, Remarks, Source};
use rubricator::model::Value;
use rubricator::text::Unit;

use super::again::{again, parse, print};
use super::corpora::Corpus;

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "conll").unwrap()
}

macro_rules! file {
    ($path:literal) => {
        Source { path: $path, bytes: include_bytes!(concat!("../../data/conll/", $path)) }
    };
}

fn read(content: &str) -> Reading {
    parse(&format(), &[Source { path: "a.conll", bytes: content.as_bytes() }])
}

fn messages(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(ToString::to_string).collect()
}

/// Each span's label and text.
fn spans(document: &Foreign) -> Vec<String> {
    let letters: Vec<char> = document.text.chars().collect();
    let place = |number: i64| usize::try_from(number).unwrap();
    let quote = |(start, end): &(i64, i64)| letters[place(*start)..place(*end)].iter().collect::<String>();
    document.marks.iter().map(|mark| format!("{} {}", mark.label, quote(&mark.fragments[0]))).collect()
}

#[track_caller]
fn check(source: Source<'static>, scheme: &str, texts: &[&str], expected: &[&[&str]]) {
    let (reading, printed) = again(&format(), &[source], Unit::CodePoint);
    assert_eq!(
        printed.file("documents.conll").as_bytes(),
        source.bytes,
        "{}",
        printed.file("documents.conll")
    );
    assert_eq!(reading.documents.iter().map(|one| &*one.text).collect::<Vec<_>>(), texts);
    for (document, expected) in reading.documents.iter().zip(expected) {
        assert_eq!(document.extra["scheme"], scheme);
        assert_eq!(spans(document), *expected);
    }
}

#[test]
fn iob1_with_further_columns_and_documents_comes_back_as_it_was() {
    check(
        file!("iob1.conll"),
        "IOB1",
        &["Ada Lovelace met Bo Cem .\nIn Kyiv 🇺🇦", "Nothing here"],
        &[&["PER Ada Lovelace", "PER Bo", "PER Cem", "LOC Kyiv"], &[]],
    );
}

#[test]
fn bioes_and_right_to_left_text_come_back_as_they_were() {
    check(
        file!("bioes.bmes"),
        "BIOES",
        &["ראש ממשלת מדינת ישראל אמר"],
        &[&["ORG ראש", "ORG ממשלת מדינת ישראל"]],
    );
}

#[test]
fn bare_types_and_running_numbers_come_back_as_they_were() {
    check(
        file!("bare.txt"),
        "IO",
        &["Ada Lovelace met Bo\nIn Kyiv"],
        &[&["person-artist Ada Lovelace", "person-other Bo", "place Kyiv"]],
    );
}

#[test]
fn a_tab_ends_a_sentence_and_a_token_may_hold_a_blank() {
    let reading = parse(&format(), &[file!("iob2.tsv")]);
    let document = &reading.documents[0];
    assert_eq!(document.text, "Ada met New York\nBo # Cem Cem");
    assert_eq!(spans(document), ["PER Ada", "LOC New York", "PER Bo", "PER Cem Cem"]);
    assert_eq!(
        messages(&reading),
        [r#"iob2.tsv, line 9: "I-PER" goes on with a span that was not begun; one was begun here"#]
    );
    let printed = print(&format(), &reading.documents, Unit::CodePoint);
    assert_eq!(printed.losses, Vec::<String>::new());
    assert_eq!(
        printed.file("documents.conll"),
        "# id 7f domain=en\nAda\tB-PER\nmet\tO\nNew York\tB-LOC\n\n\
         # id 80 domain=en\nBo\tB-PER\n#\tO\nCem\tB-PER\nCem\tI-PER\n\n"
    );
}

#[test]
fn every_token_of_a_broken_file_is_kept() {
    let reading = read("\u{FEFF}Ada B-PER\r\nmet\r\nBo NNP X-PER\r\nin O\r\nOslo B-LOC\r\n");
    assert_eq!(reading.documents[0].text, "Ada met Bo in Oslo");
    assert_eq!(spans(&reading.documents[0]), ["PER Ada", "LOC Oslo"]);
    assert_eq!(
        messages(&reading),
        [
            "a.conll, line 2: the line has 1 columns, the others have 2; its token was kept",
            "a.conll, line 3: the line has 3 columns, the others have 2; its token was kept",
            r#"a.conll, line 3: "X-PER" is no tag; its token was taken as outside of any span"#,
        ]
    );
}

#[test]
fn other_files_are_refused() {
    let confidence =
        |content: &str| (format().recognize)(&[Source { path: "a.txt", bytes: content.as_bytes() }]);
    assert_eq!(confidence("An article.\n\nIt has lines of words.\n"), Confidence::No);
    assert_eq!(confidence("#FORMAT=WebAnno TSV 3.3\n"), Confidence::No);
    assert_eq!(confidence("Ada B-PER\nmet O\n"), Confidence::Likely);
    assert_eq!(
        messages(&read("An article.\n")),
        ["a.conll: it is no part of a conll corpus and was left out"]
    );
    assert_eq!(messages(&read("-DOCSTART- O\n\n")).len(), 1);
}

#[test]
fn what_is_not_flat_is_counted_and_words_are_cut_where_spans_end() {
    let mark = |label: &str, fragments: &[(i64, i64)]| Mark {
        label: label.into(),
        fragments: fragments.to_vec(),
        ..Mark::default()
    };
    let document = Foreign {
        text: "Pro-Kyiv Ada met Bo. \"No\", said he.\n\nThe end".into(),
        marks: vec![
            mark("claim", &[(9, 20)]),
            mark("actor", &[(9, 12)]),
            mark("place", &[(4, 8)]),
            Mark {
                aside: Remarks { note: "who?".into(), ..Remarks::default() }.into(),
                ..mark("quote", &[(22, 24), (32, 34)])
            },
            Mark { attributes: vec![("sure".into(), Value::Flag(true))], ..mark("own label", &[(41, 44)]) },
        ],
        ..Foreign::default()
    };
    let printed = print(&format(), &[document], Unit::CodePoint);
    let lines: Vec<_> = printed.file("documents.conll").lines().map(|line| line.replace('\t', " ")).collect();
    assert_eq!(
        lines,
        [
            "Pro O",
            "- O",
            "Kyiv B-place",
            "Ada B-claim",
            "met I-claim",
            "Bo I-claim",
            ". I-claim",
            "",
            "\" O",
            "No B-quote",
            "\" O",
            ", O",
            "said O",
            "he B-quote",
            ". O",
            "",
            "The O",
            "end B-own_label",
            "",
        ]
    );
    assert_eq!(
        printed.losses,
        [
            "1 attributes left out",
            "1 labels of several words written with underscores",
            "1 notes left out",
            "1 overlapping spans left out",
            "1 spans of several fragments written as one span for each fragment",
            "1 texts with other spacing written as tokens",
        ]
    );
}

#[test]
fn corpora_count_as_expected() {
    for set in [
        "doccano-fixtures",
        "europeana-de-onb",
        "europeana-nl-kb",
        "inception-conll2000",
        "masakhaner1",
        "nemo-he",
        "wnut17",
    ] {
        let Some(corpus) = Corpus::find(&format!("conll/{set}")) else { return };
        let sources = corpus.sources();
        for source in &sources {
            assert!(Confidence::Likely <= (format().recognize)(&[*source]), "{}", source.path);
        }
        let reading = parse(&format(), &sources);
        corpus.check(counted(&reading));
        let printed = print(&format(), &reading.documents, Unit::CodePoint);
        assert_eq!(printed.losses, Vec::<String>::new(), "{set}");
        let second = parse(&format(), &printed.sources());
        let said = |reading: &Reading| {
            reading.documents.iter().map(|one| (one.text.clone(), spans(one))).collect::<Vec<_>>()
        };
        assert_eq!(said(&reading), said(&second), "{set}");
    }
}

fn counted(reading: &Reading) -> [(&'static str, usize); 8] {
    let documents = &reading.documents;
    let marks = || documents.iter().flat_map(|one| &one.marks);
    let tokens = |one: &Foreign| {
        let inner = one.extra.get("inner_blanks").map_or(0, |blanks| blanks.as_array().unwrap().len());
        one.text.split([' ', '\n']).count() - inner
    };
    let issues = |is: fn(&Problem) -> bool| reading.issues.iter().filter(|one| is(&one.problem)).count();
    let labels: std::collections::BTreeSet<_> = marks().map(|mark| &mark.label).collect();
    [
        ("documents", documents.len()),
        ("sentences", documents.iter().map(|one| one.text.split('\n').count()).sum()),
        ("tokens", documents.iter().map(tokens).sum()),
        ("spans", marks().count()),
        ("distinct_span_types", labels.len()),
        ("spans_opened_by_an_orphan_I", issues(|one| matches!(one, Problem::OrphanTag { .. }))),
        ("lines_with_another_column_count", issues(|one| matches!(one, Problem::OtherColumns { .. }))),
        ("tags_unknown", issues(|one| matches!(one, Problem::UnknownTag { .. }))),
    ]
}
