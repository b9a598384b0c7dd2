//! MARDY JSON (<https://github.com/mardy-spp/mardy_acl2019>): German newspaper articles with political claims and who
//! makes them. An object an article with its `text`, `claims`, `entities`, `sentences` and `tokens`, each with `begin`
//! and `end` in code points.
//!
//! A claim has a `quote`, the codes of its categories (`claims`), a polarity (`cpos`), a date (`cdate`) and
//! `actorvalues`: codes, and names after `per_` and `org_`, the person first. Entities are words with IOB categories.

use serde_json::{Map, Value as Json};

use super::catalogue::{Confidence, Format, Parse};
use super::extra::{objects, string};
use super::{Count, End, Foreign, JsonValue, Link, Mark, Reading, Said, Source};
use crate::format::{Issue, Issues, Problem};
use crate::model::Value;

/// MARDY JSON.
pub const FORMAT: Format = Format {
    name: "mardy",
    title: "MARDY JSON (political claims)",
    endings: &["json", "zip"],
    companions: &[],
    counts: &[Count::CodePoint, Count::Utf16],
    recognize,
    parse: Some(Parse::Values(parse)),
    print: None,
};

fn recognize(sources: &[Source<'_>]) -> Confidence {
    let has = |source: &Source<'_>, key: &str| memchr::memmem::find(source.bytes, key.as_bytes()).is_some();
    let one = |source: &Source<'_>| {
        if has(source, "\"actorvalues\"") && has(source, "\"cpos\"") {
            Confidence::Certain
        } else if ["\"text\"", "\"sentences\"", "\"tokens\"", "\"claims\""].iter().all(|key| has(source, key))
        {
            Confidence::Likely
        } else if ["\"entities\"", "\"category\"", "\"begin\""].iter().all(|key| has(source, key)) {
            // The entities come first and may be longer than what is looked at.
            Confidence::Possible
        } else {
            Confidence::No
        }
    };
    sources.iter().map(one).max().unwrap_or(Confidence::No)
}

fn parse(value: JsonValue<'_>, reading: &mut Reading) {
    let value = &value;
    let Some((fields, text)) =
        value.value.as_object().and_then(|fields| Some((fields, string(fields, "text")?)))
    else {
        return reading.issues.push(Issue::new(value.path, Some(value.line), None, Problem::NoText));
    };
    let stem = Source { path: value.path, bytes: &[] }.stem().0;
    let mut document = Foreign {
        path: value.path.to_owned(),
        line: Some(value.line),
        id: stem.rsplit('/').next().unwrap_or(stem).to_owned(),
        text: text.to_owned(),
        ..Foreign::default()
    };
    document.meta.language.push_str("de");
    for (claim, number) in objects(fields, "claims").zip(1..) {
        match place(claim) {
            Some(place) => put_claim(claim, place, number, &mut document),
            None => reading.issues.push(broken(value, format!("claim {number}"))),
        }
    }
    put_entities(value, fields, &mut document, &mut reading.issues);
    reading.documents.push(document);
}

fn broken(value: &JsonValue<'_>, record: String) -> Issue {
    let reason = "whole numbers begin and end are expected".to_owned();
    Issue::new(value.path, Some(value.line), Some(record), Problem::UnreadableRecord { reason })
}

fn place(record: &Map<String, Json>) -> Option<(i64, i64)> {
    Some((record.get("begin")?.as_i64()?, record.get("end")?.as_i64()?))
}

fn put_claim(claim: &Map<String, Json>, place: (i64, i64), number: usize, document: &mut Foreign) {
    let list = |key: &str| {
        let values = claim.get(key).and_then(Json::as_array).into_iter().flatten();
        values.filter_map(Json::as_str).map(str::to_owned).collect::<Vec<_>>()
    };
    let (categories, actors) = (list("claims"), list("actorvalues"));
    let mut mark = Mark {
        id: format!("claim {number}"),
        label: "claim".to_owned(),
        fragments: vec![place],
        quote: string(claim, "quote").map(str::to_owned),
        ..Mark::default()
    };
    for (key, name) in [("cpos", "position"), ("cdate", "date")] {
        if let Some(value) = string(claim, key).filter(|value| !value.is_empty()) {
            mark.attributes.push((name.to_owned(), Value::Text(value.to_owned())));
        }
    }
    for (name, values) in [("category", &categories), ("actor_values", &actors)] {
        if !values.is_empty() {
            mark.attributes.push((name.to_owned(), Value::Several(values.clone())));
        }
    }
    // Beside a person stand the office and the party; only where no person is named does an organization speak.
    let named = |prefix: &'static str| actors.iter().filter_map(move |actor| actor.strip_prefix(prefix));
    if let Some(name) = named("per_").next().or_else(|| named("org_").next()) {
        document.links.push(Link {
            id: String::new(),
            kind: "made_by".to_owned(),
            from: mark.id.clone(),
            to: End::Actor(name.to_owned()),
            attributes: Vec::new(),
            note: String::new(),
            line: None,
            extra: Said::default(),
        });
    }
    document.marks.push(mark);
}

/// Entities stand word by word; words of one category with one character between them are one entity.
fn put_entities(
    value: &JsonValue<'_>,
    fields: &Map<String, Json>,
    document: &mut Foreign,
    issues: &mut Issues,
) {
    let mut last: Option<Mark> = None;
    for (entity, number) in objects(fields, "entities").zip(1..) {
        let (Some((start, end)), Some(category)) = (place(entity), string(entity, "category")) else {
            issues.push(broken(value, format!("entity {number}")));
            continue;
        };
        let (begins, label) = match category.split_once('-') {
            Some((prefix @ ("B" | "I"), label)) => (prefix == "B", label),
            _ => (true, category),
        };
        match last.as_mut().and_then(|last| Some((last.label == label, last.fragments.first_mut()?))) {
            Some((true, (_, before))) if !begins && (0..=1).contains(&start.saturating_sub(*before)) => {
                *before = end
            }
            _ => {
                document.marks.extend(last.replace(Mark {
                    label: label.to_owned(),
                    fragments: vec![(start, end)],
                    ..Mark::default()
                }));
            }
        }
    }
    document.marks.extend(last);
}
