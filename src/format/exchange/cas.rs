//! UIMA CAS JSON 0.4 (<https://github.com/apache/uima-uimaj-io-jsoncas>), which INCEpTION exports: a list of feature
//! structures that refer to each other by number. Those of type `Sofa` hold texts, those with `@sofa`, `begin` and
//! `end` annotate them; offsets are UTF-16 units.
//!
//! A type's main feature (`value`) is our label, its other features are attributes, references to other annotations
//! links. Words and sentences are left out: they are cut anew here.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::catalogue::{Confidence, Format, Parse};
use super::extra::{objects, string};
use super::{Count, End, Foreign, Link, Mark, Reading, Source};
use crate::format::row::reason;
use crate::format::{Issue, Problem};
use crate::model::Value;

/// UIMA CAS JSON.
pub const FORMAT: Format = Format {
    name: "cas",
    title: "UIMA CAS JSON (INCEpTION)",
    endings: &["json", "zip"],
    companions: &[],
    counts: &[Count::Utf16, Count::CodePoint],
    recognize,
    parse: Some(Parse::Files(parse)),
    print: None,
};

/// Types that say how the text is cut and what the document is.
const STRUCTURE: [&str; 6] =
    ["Token", "Sentence", "DocumentAnnotation", "DocumentMetaData", "TagsetDescription", "CASMetadata"];
/// Features that are the label to us.
const LABELS: [&str; 5] = ["value", "PosValue", "DependencyType", "referenceType", "label"];

fn recognize(sources: &[Source<'_>]) -> Confidence {
    // The types come first and may be longer than what is looked at.
    let is_own = |source: &Source<'_>| {
        ["\"%FEATURE_STRUCTURES\"", "\"%TYPES\""]
            .iter()
            .any(|key| memchr::memmem::find(source.bytes, key.as_bytes()).is_some())
    };
    if sources.iter().any(is_own) { Confidence::Certain } else { Confidence::No }
}

fn parse(sources: &[Source<'_>]) -> Reading {
    let mut reading = Reading::default();
    for source in sources {
        let problem = match serde_json::from_slice::<Json>(source.bytes) {
            Ok(Json::Object(cas)) if cas.contains_key("%FEATURE_STRUCTURES") => {
                Cas::new(source, &cas).read(&mut reading);
                continue;
            }
            Ok(_) => (None, Problem::OtherFile { format: FORMAT.name }),
            Err(error) => {
                let reason = reason(&error);
                (Some(error.line() as u64), Problem::NotJson { column: error.column(), reason })
            }
        };
        reading.issues.push(Issue::new(source.path, problem.0, None, problem.1));
    }
    reading
}

/// A feature structure.
type Features = Map<String, Json>;

struct Cas<'c> {
    source: &'c Source<'c>,
    all: BTreeMap<i64, &'c Features>,
    /// How many annotations of a type were left out.
    left_out: BTreeMap<&'c str, usize>,
}

impl<'c> Cas<'c> {
    fn new(source: &'c Source<'c>, cas: &'c Features) -> Self {
        let id = |features: &Features| features.get("%ID").and_then(Json::as_i64);
        let all = match cas.get("%FEATURE_STRUCTURES") {
            // Before 0.4, ids were the keys.
            Some(Json::Object(all)) => {
                all.iter().filter_map(|(id, one)| Some((id.parse().ok()?, one.as_object()?))).collect()
            }
            _ => objects(cas, "%FEATURE_STRUCTURES").filter_map(|one| Some((id(one)?, one))).collect(),
        };
        Self { source, all, left_out: BTreeMap::new() }
    }

    fn read(mut self, reading: &mut Reading) {
        let all = self.all.clone();
        let texts = all
            .iter()
            .filter(|(_, one)| kind(one) == "Sofa")
            .filter_map(|(id, one)| Some((*id, one, string(one, "sofaString")?)));
        let texts: Vec<_> = texts.collect();
        if texts.is_empty() {
            reading.issues.push(Issue::new(self.source.path, None, None, Problem::NoText));
        }
        let stem = self.source.stem().0;
        for (sofa, view, text) in &texts {
            let mut document = Foreign {
                path: self.source.path.to_owned(),
                id: match string(view, "sofaID") {
                    Some(view) if 1 < texts.len() => format!("{stem}-{view}"),
                    _ => stem.to_owned(),
                },
                text: (*text).to_owned(),
                ..Foreign::default()
            };
            let own: Vec<_> = all
                .iter()
                .filter(|(_, one)| one.get("@sofa").and_then(Json::as_i64) == Some(*sofa))
                .collect();
            for (id, one) in &own {
                self.annotation(**id, one, &mut document, reading);
            }
            let marks = document.marks.iter().map(|mark| mark.id.clone()).collect();
            for (id, one) in own {
                self.links(*id, one, &marks, &mut document);
            }
            reading.documents.push(document);
        }
        for (what, count) in self.left_out {
            let problem = Problem::NotTaken { what: what.to_owned(), count };
            reading.issues.push(Issue::new(self.source.path, None, None, problem));
        }
    }

    fn annotation(&mut self, id: i64, one: &'c Features, document: &mut Foreign, reading: &mut Reading) {
        let kind = kind(one);
        match kind {
            "DocumentAnnotation" | "DocumentMetaData" => {
                let known =
                    string(one, "language").filter(|language| !matches!(*language, "" | "x-unspecified"));
                known.unwrap_or(&document.meta.language.clone()).clone_into(&mut document.meta.language);
                string(one, "documentTitle")
                    .unwrap_or(&document.title.clone())
                    .clone_into(&mut document.title);
                return;
            }
            _ if STRUCTURE.contains(&kind) => return *self.left_out.entry(kind).or_default() += 1,
            _ if ends(one).is_some() => return,
            _ => {}
        }
        let place = |key: &str| one.get(key).or_else(|| one.get(&format!("^{key}"))).and_then(Json::as_i64);
        let (Some(start), Some(end)) = (place("begin"), place("end")) else {
            let reason = "whole numbers begin and end are expected".to_owned();
            let problem = Problem::UnreadableRecord { reason };
            return reading.issues.push(Issue::new(
                self.source.path,
                None,
                Some(format!("%ID {id}")),
                problem,
            ));
        };
        let mut mark = Mark { id: id.to_string(), fragments: vec![(start, end)], ..Mark::default() };
        let label = label(one);
        mark.label = label.map_or(kind, |(_, label)| label).to_owned();
        mark.attributes = attributes(one, label.map(|(feature, _)| feature));
        mark.extra.insert("type", string(one, "%TYPE").unwrap_or_default());
        document.marks.push(mark);
    }

    /// What refers to annotations: relations, slots, chains and plain references.
    fn links(
        &mut self,
        id: i64,
        one: &'c Features,
        marks: &std::collections::BTreeSet<String>,
        document: &mut Foreign,
    ) {
        let mut put = |kind: &str, from: i64, to: i64, attributes| {
            let (from, to) = (from.to_string(), to.to_string());
            let is_sound = marks.contains(&from) && marks.contains(&to);
            if is_sound {
                let (id, note, extra) = Default::default();
                let to = End::Mark(to);
                document.links.push(Link {
                    id,
                    kind: kind.to_owned(),
                    from,
                    to,
                    attributes,
                    note,
                    line: None,
                    extra,
                });
            }
            is_sound
        };
        if let Some((from, to)) = ends(one) {
            let label = label(one);
            let attributes = attributes(one, label.map(|(feature, _)| feature));
            if !put(label.map_or(kind(one), |(_, label)| label), from, to, attributes) {
                *self.left_out.entry(kind(one)).or_default() += 1;
            }
            return;
        }
        if !marks.contains(&id.to_string()) {
            return;
        }
        for (feature, to) in references(one) {
            let Some(target) = self.all.get(&to) else { continue };
            let elements = target.get("%ELEMENTS").and_then(Json::as_array);
            for to in elements.map_or_else(|| vec![to], |list| list.iter().filter_map(Json::as_i64).collect())
            {
                let target = self.all.get(&to);
                let slot =
                    target.and_then(|slot| Some((slot.get("@target")?.as_i64()?, string(slot, "role"))));
                match slot {
                    Some((to, role)) => put(role.unwrap_or(feature), id, to, Vec::new()),
                    None if feature == "next" => {
                        put(string(one, "referenceRelation").unwrap_or(feature), id, to, Vec::new())
                    }
                    None => put(feature, id, to, Vec::new()),
                };
            }
        }
    }
}

/// A type's name without its package.
fn kind(one: &Features) -> &str {
    let name = string(one, "%TYPE").unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(_, name)| name)
}

/// The two ends of a relation.
fn ends(one: &Features) -> Option<(i64, i64)> {
    Some((one.get("@Governor")?.as_i64()?, one.get("@Dependent")?.as_i64()?))
}

/// Features that refer to other structures.
fn references(one: &Features) -> impl Iterator<Item = (&str, i64)> {
    let own = one.iter().filter_map(|(key, value)| Some((key.strip_prefix('@')?, value.as_i64()?)));
    own.filter(|(feature, _)| *feature != "sofa")
}

fn label(one: &Features) -> Option<(&'static str, &str)> {
    LABELS
        .into_iter()
        .find_map(|feature| Some((feature, string(one, feature).filter(|label| !label.is_empty())?)))
}

fn attributes(one: &Features, label: Option<&str>) -> Vec<(String, Value)> {
    let is_own = |key: &str| {
        !key.starts_with(['%', '@', '^']) && !matches!(key, "begin" | "end") && Some(key) != label
    };
    let values = one.iter().filter(|(key, _)| is_own(key)).filter_map(|(key, value)| {
        let value = match value {
            Json::String(text) => Value::Text(text.clone()),
            Json::Bool(flag) => Value::Flag(*flag),
            Json::Number(number) => Value::Number(number.as_f64()?),
            _ => return None,
        };
        Some((key.clone(), value))
    });
    values.collect()
}
