//! JSON values out of streams: every way in which tools write them, whatever the chunks, and broken ones between.

#![allow(clippy::disallowed_methods, reason = "tests look at the clock")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use rubricator::format::Problem;
use rubricator::format::exchange::{Found, Values};
use serde_json::{Value as Json, json};

fn read(bytes: &[u8], chunk: usize) -> Vec<Found> {
    let mut values = Values::new();
    let mut found = Vec::new();
    for chunk in bytes.chunks(chunk.max(1)) {
        values.push(chunk);
        found.extend(std::iter::from_fn(|| values.next_value()));
    }
    values.finish();
    found.extend(std::iter::from_fn(|| values.next_value()));
    found
}

/// The lines of sound values with what they hold, and of broken ones with what is said of them.
#[track_caller]
fn check(content: &str, expected: &[(u64, &str)]) {
    for chunk in [1, 2, 3, 7, content.len()] {
        let found = read(content.as_bytes(), chunk);
        let said: Vec<(u64, String)> = found
            .iter()
            .map(|found| match &found.value {
                Ok(value) => (found.line, value.to_string()),
                Err(problem) => (found.line, problem.to_string()),
            })
            .collect();
        let said: Vec<(u64, &str)> = said.iter().map(|(line, words)| (*line, words.as_str())).collect();
        assert_eq!(said, expected, "in chunks of {chunk}");
        assert!(found.iter().map(|found| found.number).eq(1..=found.len() as u64));
    }
}

#[test]
fn lines_lists_and_loose_values_are_read_alike() {
    let three: &[(u64, &str)] = &[(1, r#"{"a":1}"#), (2, r#"{"b":[{}]}"#), (3, "{}")];
    check("{\"a\":1}\n{\"b\":[{}]}\n{}\n", three);
    check("\u{FEFF}{\"a\":1}\r\n{\"b\":[{}]}\r\n{}", three);
    check("[{\"a\":1},\n{\"b\":[{}]},\n{}]\n", three);
    check("{\"a\":\n1} {\"b\":\n[{}]} {}", three);
    check("[{\"a\":1}]\n[{\"b\":[{}]}]\n[{}]", three);
    check("[\n  {\n    \"a\": 1\n  }, {\n    \"b\": 2\n  }\n]\n", &[(2, r#"{"a":1}"#), (4, r#"{"b":2}"#)]);
    check("[\n[\n\"a\",\n{\n}\n]\n]\n", &[(2, r#"["a",{}]"#)]);
    check("[\"a\", {}]\n[\"b\", {}]\n", &[(1, r#"["a",{}]"#), (2, r#"["b",{}]"#)]);
    check("", &[]);
    check("[]", &[]);
    check(" \n\n", &[]);
    check("1\n\"a\"\nnull", &[(1, "1"), (2, r#""a""#), (3, "null")]);
}

#[test]
fn a_broken_value_is_told_and_the_next_line_is_read() {
    check(
        "{\"a\": 1}\n{\"a\": \"open\n{\"b\": 2}\noops\n{\"c\": 3}",
        &[
            (1, r#"{"a":1}"#),
            (
                2,
                "not JSON at column 12 (control character (\\u0000-\\u001F) found while parsing a string); the line was left out",
            ),
            (3, r#"{"b":2}"#),
            (4, "not JSON at column 1 (expected value); the line was left out"),
            (5, r#"{"c":3}"#),
        ],
    );
    // A missing bracket does not take the next records along.
    let found = read(b"{\"a\":[{\"b\":1},\n{\"c\":2}\n{\"d\":3}\n", 4);
    let sound: Vec<_> = found.iter().filter_map(|found| found.value.as_ref().ok()).collect();
    assert_eq!(sound, [&json!({"c": 2}), &json!({"d": 3})]);
    // Neither does one inside a record of several lines, whose parts are no records.
    let found = read(b"[\n  {\n    \"a\": [\n      {\n        oops\n      },\n      {\n      }\n    ]\n  },\n  {\n    \"b\": 1\n  }\n]", 9);
    assert_eq!(
        found.iter().map(|one| (one.line, one.value.is_ok())).collect::<Vec<_>>(),
        [(5, false), (11, true)]
    );
    // What was never closed is told where it begins.
    check(
        "{}\n{\"a\": [\n",
        &[(1, "{}"), (2, "not JSON at column 1 (EOF while parsing a list); the line was left out")],
    );
}

#[test]
fn nesting_and_encodings_have_their_bounds() {
    let deep = format!("{}{}\n{{}}", "[1,".repeat(200), "]".repeat(200));
    let found = read(deep.as_bytes(), 64);
    assert_eq!(found.iter().map(|one| one.value.is_ok()).collect::<Vec<_>>(), [false, true]);
    let wide: Vec<u8> = "\u{FEFF}{}\n{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = read(&wide, 5);
    assert_eq!(found.len(), 1);
    assert!(found[0].value.is_err());
    let found = read(b"{\"a\": \"\xFF\"}\n{}", 3);
    assert_eq!(found.iter().map(|one| one.value.is_ok()).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn many_broken_values_take_no_longer_than_sound_ones() {
    for line in
        ["{\"a\": \"open\n", "{\"a\": [\n", "{\"a\": [{},\n", "[[[[[[[[\n", "{\"a\": \"\\\n", "oops\n"]
    {
        let content = line.repeat(1_000_000 / line.len());
        let start = Instant::now();
        let found = read(content.as_bytes(), 1 << 16);
        assert!(start.elapsed() < Duration::from_secs(10), "{line:?} took {:?}", start.elapsed());
        assert!(!found.is_empty());
    }
}

fn value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<i64>().prop_map(Json::from),
        super::super::arbitrary::text().prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec(("[a-z{}\\[\\]\"\\\\\n]{0,4}", inner), 0..4)
                .prop_map(|fields| Json::Object(fields.into_iter().collect())),
        ]
    })
}

#[test]
fn a_record_of_hardly_anything_but_brackets_is_left_out_alone() {
    let dense = format!("{{\"list\":[{}]}}", vec!["{\"\":0}"; 20_000].join(","));
    let content = format!("{{\"text\":\"a\"}}\n{dense}\n{{\"text\":\"b\"}}\n");
    for chunk in [100, 10_000, content.len()] {
        let found = read(content.as_bytes(), chunk);
        let places: Vec<_> = found.iter().map(|found| (found.line, found.value.is_ok())).collect();
        assert_eq!(places, [(1, true), (2, false), (3, true)]);
        assert_eq!(found[1].value, Err(Problem::TooDense { bytes: dense.len() }));
    }
    // The same of a size that does no harm is read.
    let small = format!("{{\"list\":[{}]}}", vec!["{\"\":0}"; 800].join(","));
    assert!(read(small.as_bytes(), 1_000).iter().all(|found| found.value.is_ok()));
}

fn object() -> impl Strategy<Value = Json> {
    prop::collection::vec(("[a-z\"{]{1,4}", value()), 0..4)
        .prop_map(|fields| Json::Object(fields.into_iter().collect()))
}

proptest! {
    #[test]
    fn what_was_written_is_read(values in prop::collection::vec(object(), 0..8), way in 0..5, chunk in 1_usize..80) {
        let mut content = String::new();
        match way {
            0 => values.iter().for_each(|one| writeln!(content, "{one}").unwrap()),
            1 => content = Json::from(values.clone()).to_string(),
            2 => content = serde_json::to_string_pretty(&values).unwrap(),
            3 => values.iter().for_each(|one| writeln!(content, "{one:#}").unwrap()),
            _ => values.iter().for_each(|one| write!(content, "{one} ").unwrap()),
        }
        let found: Vec<Json> =
            read(content.as_bytes(), chunk).into_iter().map(|found| found.value.unwrap()).collect();
        prop_assert_eq!(found, values);
    }

    #[test]
    fn one_broken_line_costs_no_other(
        values in prop::collection::vec(object(), 1..8),
        broken in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
        chunk in 1_usize..80,
    ) {
        let broken = broken.index(values.len());
        let mut lines: Vec<String> = values.iter().map(ToString::to_string).collect();
        let borders: Vec<usize> = (1..lines[broken].len()).filter(|at| lines[broken].is_char_boundary(*at)).collect();
        lines[broken].truncate(borders[cut.index(borders.len())]);
        let sound: Vec<Json> =
            read(lines.join("\n").as_bytes(), chunk).into_iter().filter_map(|found| found.value.ok()).collect();
        let mut expected = values;
        expected.remove(broken);
        prop_assert_eq!(sound, expected);
    }

    #[test]
    fn any_bytes_end(bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"{}[]\",:\\\n 1a".to_vec())], 0..200), chunk in 1_usize..40) {
        let whole = read(&bytes, bytes.len());
        prop_assert_eq!(read(&bytes, chunk), whole);
    }
}
