//! The ground under all outside formats: values out of chunks, sorting by format, the unit that quotes tell, places,
//! and records of ours.

#![allow(clippy::disallowed_methods, reason = "tests look at the clock")]

use proptest::prelude::*;
use rubricator::format::exchange::{
    Count, End, Evidence, FORMATS, Foreign, Kind, Link, Mapping, Mark, Settler, Source, Survey, Terms,
    Values, sets,
};
use rubricator::format::{ImportedDocument, Issue};
use rubricator::model::{Body, Document, Origin, ProjectId, Target, Timestamp, Value};
use rubricator::text::Unit;
use uuid::Uuid;

const EVERY: [Count; 5] =
    [Count::CodePoint, Count::Utf16, Count::Byte, Count::Grapheme, Count::CodePointOfLf];

fn mark(id: &str, label: &str, start: i64, end: i64, quote: Option<&str>) -> Mark {
    Mark {
        id: id.to_owned(),
        label: label.to_owned(),
        fragments: vec![(start, end)],
        quote: quote.map(str::to_owned),
        origin: Origin::Imported,
        ..Mark::default()
    }
}

fn foreign(text: &str, marks: Vec<Mark>) -> Foreign {
    Foreign { path: "talk.ann".to_owned(), text: text.to_owned(), marks, ..Foreign::default() }
}

fn terms() -> Terms {
    Terms {
        project: ProjectId::new(Uuid::nil()),
        now: Timestamp::from_unix_millis(0),
        annotator: "Ada".to_owned(),
        codebook_version: 1,
        actors: Vec::new(),
    }
}

fn settle(count: Count, foreign: Foreign) -> Result<ImportedDocument, Box<Issue>> {
    let terms = terms();
    Settler::new(&FORMATS[0], count, &Mapping::default(), &terms).settle(foreign)
}

fn words(imported: &ImportedDocument) -> Vec<&str> {
    imported.annotations.iter().map(|one| imported.text.slice(one.fragments.envelope()).unwrap()).collect()
}

fn said(imported: &ImportedDocument) -> Vec<String> {
    imported.issues.iter().map(ToString::to_string).collect()
}

fn values(chunks: &[&[u8]]) -> Vec<(u64, bool)> {
    let mut values = Values::new();
    let mut found = Vec::new();
    for chunk in chunks {
        values.push(chunk);
        while let Some(next) = values.next_value() {
            found.push((next.line, next.value.is_ok()));
        }
    }
    values.finish();
    while let Some(next) = values.next_value() {
        found.push((next.line, next.value.is_ok()));
    }
    found
}

#[test]
fn values_come_a_line_in_a_list_or_over_several_lines() {
    for (file, expected) in [
        ("{\"a\":1}\n{\"a\":2}\n", vec![(1, true), (2, true)]),
        ("[{\"a\":1},\n {\"a\":2}]", vec![(1, true), (2, true)]),
        ("{\n \"a\": \"}\\\"\"\n}\n{}\n", vec![(1, true), (4, true)]),
        ("[[\"one\",{}],[\"two\",{}]]", vec![(1, true), (1, true)]),
        ("[\"one\",{}]\n[\"two\",{}]", vec![(1, true), (2, true)]),
        ("{\"a\":1}\n{\"a\": oops\n{\"a\":3}\n", vec![(1, true), (2, false), (3, true)]),
        ("{\"a\":\"\n{\"a\":3}\n", vec![(1, false), (2, true)]),
        ("oops\n{\"a\":3}", vec![(1, false), (2, true)]),
        ("\u{FEFF}{}", vec![(1, true)]),
        ("[]", vec![]),
        (" \n ", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(values(&[file.as_bytes()]), expected, "{file:?}");
        let bytes: Vec<&[u8]> = file.as_bytes().chunks(1).collect();
        if !file.starts_with("[\"") {
            assert_eq!(values(&bytes), expected, "{file:?} byte by byte");
        }
    }
}

#[test]
fn a_value_nested_too_deep_is_refused_and_the_next_is_read() {
    let deep = "{\"a\":".repeat(100_000);
    let file = format!("{deep}\n{{\"a\":1}}\n");
    let found = values(&[file.as_bytes()]);
    assert_eq!(found.first(), Some(&(1, false)));
    assert_eq!(found.last(), Some(&(2, true)));
}

#[test]
fn the_unit_is_the_one_with_which_the_quotes_agree() {
    for (count, start, end) in
        [(Count::CodePoint, 2, 4), (Count::Utf16, 3, 5), (Count::Byte, 5, 7), (Count::Grapheme, 2, 4)]
    {
        let read = foreign("🚋 Bo says e\u{301}: é", vec![mark("T1", "actor", start, end, Some("Bo"))]);
        let mut evidence = Evidence::new(&EVERY[..4]);
        evidence.add(&read);
        let expected = if count == Count::Grapheme { Count::CodePoint } else { count };
        assert_eq!(evidence.count(), expected);
        assert_eq!(words(&settle(count, read).unwrap()), ["Bo"]);
    }
    let crlf = |start, end| foreign("One\r\ntwo\r\nBo", vec![mark("T1", "actor", start, end, Some("Bo"))]);
    for (count, read) in [(Count::CodePoint, crlf(10, 12)), (Count::CodePointOfLf, crlf(8, 10))] {
        // CR and LF are one grapheme cluster, so clusters would agree as well.
        let mut evidence = Evidence::new(&[Count::CodePoint, Count::Utf16, Count::CodePointOfLf]);
        evidence.add(&read);
        assert_eq!(evidence.count(), count);
        assert_eq!(words(&settle(count, read).unwrap()), ["Bo"]);
    }
}

#[test]
fn what_a_survey_says_fits_on_a_line() {
    let mut survey = Survey::new(&FORMATS[0]);
    survey.add(&foreign("🚋 Bo", vec![mark("T1", "actor", 2, 4, Some("Bo"))]));
    assert_eq!(survey.to_string(), "brat standoff, 1 document, 1 span, offsets in code points");
    assert_eq!(survey.evidence.to_string(), "code points, as 1 of 1 quoted texts say");
}

#[test]
fn a_mark_whose_text_stands_elsewhere_follows_it_or_stays_and_is_told() {
    let text = "Bo came. Ada left. Cy stayed; Cy slept.";
    let marks = vec![
        mark("T1", "actor", 0, 3, Some("Ada")),
        mark("T2", "actor", 9, 12, Some("Eve")),
        mark("T3", "actor", 18, 20, Some("Cy")),
        mark("T4", "actor", 500, 503, Some("Bo")),
    ];
    let imported = settle(Count::CodePoint, foreign(text, marks)).unwrap();
    assert_eq!(words(&imported), ["Ada", "Ada", "Cy", "Bo"]);
    assert_eq!(
        said(&imported),
        [
            "talk.ann, span T1: \"Ada\" was not at 0 to 3 but at 9 to 12; it was put there",
            "talk.ann, span T2: at 9 to 12 stands \"Ada\", not \"Eve\"; it was kept where its numbers put it",
            "talk.ann, span T3: \"Cy\" was not at 18 to 20 but at 19 to 21; it was put there",
            "talk.ann, span T4: \"Bo\" was not at 500 to 503 but at 0 to 2; it was put there",
        ]
    );
}

#[test]
fn hostile_numbers_are_told_and_the_rest_comes_in() {
    let marks = vec![
        mark("T1", "actor", -1, 3, None),
        mark("T2", "actor", 3, 1, None),
        mark("T3", "actor", 2, 2, None),
        mark("T4", "actor", 0, i64::MAX, None),
        mark("T5", "actor", 0, 2, None),
        mark("T5", "actor", 3, 7, None),
    ];
    let imported = settle(Count::CodePoint, foreign("Bo came", marks)).unwrap();
    assert_eq!(words(&imported), ["Bo", "came"]);
    assert_eq!(
        said(&imported),
        [
            "talk.ann, span T1: -1 to 3 is no place in the text, which has 7 code points; it was left out",
            "talk.ann, span T2: 3 to 1 is no place in the text, which has 7 code points; it was left out",
            "talk.ann, span T3: it holds no character (2 to 2); it was left out",
            "talk.ann, span T4: 0 to 9223372036854775807 is no place in the text, which has 7 code points; it was left out",
            "talk.ann, span T5: the id is used twice in the file; this one got a new id",
        ]
    );
    assert_ne!(imported.annotations[0].id, imported.annotations[1].id);
}

#[test]
fn links_lead_to_marks_and_to_actors_by_name() {
    let link = |from: &str, to: End| Link {
        id: String::new(),
        kind: "made_by".to_owned(),
        from: from.to_owned(),
        to,
        attributes: Vec::new(),
        note: String::new(),
        line: Some(7),
        extra: Default::default(),
    };
    let mut read = foreign("Bo came", vec![mark("T1", "claim", 0, 2, None), mark("T2", "actor", 3, 7, None)]);
    read.links = vec![
        link("T1", End::Mark("T2".to_owned())),
        link("T1", End::Actor("Bo Ek".to_owned())),
        link("T1", End::Actor("BO EK".to_owned())),
        link("T9", End::Mark("T2".to_owned())),
    ];
    let imported = settle(Count::CodePoint, read).unwrap();
    assert_eq!(imported.actors.len(), 1);
    assert_eq!(imported.relations.len(), 3);
    assert_eq!(imported.relations[0].to, Target::Annotation(imported.annotations[1].id));
    assert_eq!(imported.relations[2].to, Target::Actor(imported.actors[0].id));
    assert_eq!(
        said(&imported),
        [
            "talk.ann, line 7, relation #4: its \"from\" is \"T9\", which is no span of the line; it was left out"
        ]
    );
}

#[test]
fn labels_go_where_the_person_maps_them() {
    let read = foreign("Bo came", vec![mark("T1", "PER", 0, 2, None), mark("T2", "VERB", 3, 7, None)]);
    let mapping = Mapping {
        labels: [("PER".to_owned(), Some("actor".into())), ("VERB".to_owned(), None)].into(),
        ..Mapping::default()
    };
    let terms = terms();
    let imported = Settler::new(&FORMATS[0], Count::CodePoint, &mapping, &terms).settle(read).unwrap();
    assert_eq!(imported.annotations.iter().map(|one| &*one.label).collect::<Vec<_>>(), ["actor"]);
    assert_eq!(said(&imported), ["talk.ann, span T2: \"VERB\" was left out, as you asked"]);
}

#[test]
fn the_same_file_gives_the_same_records_again() {
    let read = || foreign("Bo came", vec![mark("", "actor", 0, 2, None), mark("T2", "actor", 3, 7, None)]);
    assert_eq!(settle(Count::CodePoint, read()), settle(Count::CodePoint, read()));
}

#[test]
fn a_second_import_finds_the_first_though_time_and_codebook_have_moved_on() {
    let read = || foreign("Bo came", vec![mark("", "actor", 0, 2, None), mark("T2", "actor", 3, 7, None)]);
    let first = settle(Count::CodePoint, read()).unwrap();
    let body =
        |of: &ImportedDocument| Body::new(of.annotations.iter().cloned(), of.relations.iter().cloned());
    let later = Terms {
        now: Timestamp::from_unix_millis(9),
        codebook_version: 2,
        annotator: "Bo".to_owned(),
        ..terms()
    };
    let mapping = Mapping::default();
    let again = |read| Settler::new(&FORMATS[0], Count::CodePoint, &mapping, &later).settle(read).unwrap();
    let there = Document { position: 7.0, ..first.document.clone() };
    assert!(again(read()).is_there(&there, &body(&first)));
    let mut more = read();
    more.marks.push(mark("T3", "actor", 0, 7, None));
    assert!(!again(more).is_there(&there, &body(&first)));
    let mut changed = first.clone();
    changed.annotations[1].note = "who?".to_owned();
    assert!(!again(read()).is_there(&there, &body(&changed)));
}

#[test]
fn what_is_said_several_times_under_one_name_is_all_kept() {
    let mut read = foreign("Bo came", vec![mark("T1", "actor", 0, 2, None)]);
    read.marks[0].attributes =
        [Value::Text("a".into()), Value::Flag(true), Value::Number(3.0), Value::Number(3.0)]
            .map(|value| ("kind".to_owned(), value))
            .to_vec();
    let imported = settle(Count::CodePoint, read).unwrap();
    let kept = &imported.annotations[0].attributes["kind"];
    assert_eq!(*kept, Value::Several(["a", "true", "3", "3"].map(str::to_owned).to_vec()));
}

#[test]
fn without_quotes_the_unit_is_the_one_in_which_spans_are_words() {
    let text = "🚋🚋 Bo came and 🚋 Ada left";
    for (count, spans) in [(Count::CodePoint, [(3, 5), (17, 20)]), (Count::Utf16, [(5, 7), (20, 23)])] {
        let marks = spans.map(|(start, end)| mark("", "actor", start, end, None)).to_vec();
        let mut evidence = Evidence::new(&EVERY[..3]);
        evidence.add(&foreign(text, marks));
        assert_eq!(evidence.count(), count, "{evidence:?}");
        assert!(evidence.to_string().ends_with("; no text is quoted, and 2 of 2 spans fit words so"));
    }
}

#[test]
fn many_marks_far_from_their_quotes_do_not_hold_up_a_large_text() {
    let text = "e\u{301}a".repeat(200_000);
    let marks = (0..3_000).map(|at| mark("", "actor", at, at + 2, Some("e"))).collect();
    let start = std::time::Instant::now();
    let imported = settle(Count::CodePoint, foreign(&text, marks)).unwrap();
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    assert_eq!(imported.annotations.len(), 3_000);
}

#[test]
fn files_are_sorted_by_what_they_are() {
    let file = |path, content: &'static str| Source { path, bytes: content.as_bytes() };
    let files = [
        file("news/one.ann", "T1\tactor 0 2\tBo\n"),
        file("news/one.txt", "Bo came"),
        file("news/two.ann", ""),
        file("news/two.txt", "Nobody came"),
        file("annotation.conf", "[entities]\nactor\n"),
        file("other/three.txt", "Prose"),
        file("own.jsonl", "{\"format\":\"rubricator/1\",\"text\":\"Bo\"}"),
        file("x.conll", "Bo B-PER\ncame O\n\n"),
    ];
    let sorted = sets(&files);
    let named: Vec<_> = sorted.iter().map(|set| (set.kind.name(), set.files.clone())).collect();
    assert_eq!(
        named,
        [("brat", vec![0, 1, 2, 3, 4]), ("plain", vec![5]), ("rubricator", vec![6]), ("conll", vec![7])]
    );
    assert!(matches!(sorted[0].kind, Kind::Foreign(_)));
}

const PARTS: [&str; 13] = [
    "Bo",
    " ",
    "🚋",
    "e\u{301}",
    "\r\n",
    "\r",
    "\n",
    "é",
    "👩\u{200D}👩\u{200D}👧",
    "שלום",
    "東京",
    "\u{AD}",
    "x",
];

fn hard_text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PARTS[..]), 1..40).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn places_agree_with_slicing_in_every_unit(text in hard_text(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        let letters: Vec<char> = text.chars().collect();
        let (from, to) = (from.index(letters.len() + 1), to.index(letters.len() + 1));
        let (from, to) = (from.min(to), from.max(to));
        let piece: String = letters[from..to].iter().collect();
        let before: String = letters[..from].iter().collect();
        let cuts = |at: usize| at > 0 && at < letters.len() && letters[at - 1] == '\r' && letters[at] == '\n';
        prop_assume!(!piece.trim().is_empty() && !lines.trim().is_empty() && !cuts(from) && !cuts(to));
        let length = |text: &str, unit| match unit {
            Unit::CodePoint => text.chars().count(),
            Unit::Utf16 => text.encode_utf16().count(),
            Unit::Byte => text.len(),
        };
        for (count, unit) in [(Count::CodePoint, Unit::CodePoint), (Count::Utf16, Unit::Utf16), (Count::Byte, Unit::Byte)] {
            let start = i64::try_from(length(&before, unit)).unwrap();
            let end = start + i64::try_from(length(&piece, unit)).unwrap();
            let imported = settle(count, foreign(&text, vec![mark("T1", "actor", start, end, Some(&piece))])).unwrap();
            let expected = piece.replace("\r\n", "\n").replace('\r', "\n");
            prop_assert_eq!(words(&imported), vec![expected.as_str()]);
            prop_assert_eq!(imported.text.as_str(), lines.as_str());
        }
    }

    #[test]
    fn no_mark_is_lost_in_silence(
        text in hard_text(),
        places in prop::collection::vec((-3_i64..60, -3_i64..60, prop::option::of("[Bxé ]{0,3}")), 0..12),
        count in prop::sample::select(&EVERY[..]),
    ) {
        prop_assume!(!text.trim().is_empty());
        let marks: Vec<Mark> = places
            .iter()
            .map(|(start, end, quote)| mark("", "actor", *start, *end, quote.as_deref()))
            .collect();
        let imported = settle(count, foreign(&text, marks)).unwrap();
        let left_out = said(&imported).iter().filter(|words| words.ends_with("it was left out")).count();
        prop_assert_eq!(imported.annotations.len() + left_out, places.len());
    }
}

#[test]
fn the_readme_lists_every_format() {
    let readme = include_str!("../../../README.md");
    for format in FORMATS {
        let say = |has: bool| if has { "yes" } else { "–" };
        let (read, written) = (say(format.parse.is_some()), say(format.print.is_some()));
        let row = format!("| {} | {read} | {written} |", format.title);
        assert!(readme.contains(&row), "the table in README.md lacks: {row}");
    }
}
