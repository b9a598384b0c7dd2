//! Objects as documents. What other fields say is kept with the record that they stand on.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::super::extra::{objects, string};
use super::super::{End, Foreign, ForeignLabel, ForeignRelation, JsonValue, Link, Mark, Reading, Said};
use super::{CHAIN, RECORDS, number};
use crate::format::{Issue, Issues, Problem};
use crate::model::Value;

/// Reads the object of one document.
pub(super) fn parse(value: JsonValue<'_>, reading: &mut Reading) {
    let value = &value;
    let issue = |problem| Issue::new(value.path, Some(value.line), None, problem);
    let Some(fields) = value.value.as_object() else {
        return reading.issues.push(issue(Problem::NotObject { found: kind(&value.value) }));
    };
    let Some(text) = string(fields, "text") else {
        return reading.issues.push(issue(Problem::NoText));
    };
    let mut document = Foreign {
        path: value.path.to_owned(),
        line: Some(value.line),
        id: ["sourcedb", "sourceid", "divid"]
            .map(|key| written(fields.get(key)))
            .join("-")
            .trim_matches('-')
            .to_owned(),
        text: text.to_owned(),
        ..Foreign::default()
    };
    string(fields, "target").unwrap_or_default().clone_into(&mut document.meta.url);
    let others = fields.iter().filter(|(key, _)| !RECORDS.contains(&key.as_str()) && *key != "tracks");
    document.extra = others.map(|(key, value)| (key.clone(), value.clone())).collect();
    let mut track =
        Track { prefix: String::new(), value, known: BTreeMap::new(), document, issues: Issues::default() };
    track.read(fields);
    for (one, number) in objects(fields, "tracks").zip(1..) {
        track.prefix = format!("{number}:");
        let before = track.document.marks.len();
        track.read(one);
        let project = string(one, "project").unwrap_or_default();
        for mark in track.document.marks.iter_mut().skip(before) {
            project.clone_into(&mut mark.aside.annotator);
        }
    }
    reading.issues.append(&mut track.issues);
    reading.documents.push(track.document);
    if let Some(config) = fields.get("config").and_then(Json::as_object) {
        declare(config, reading);
    }
}

/// What an id names.
#[derive(Clone, Copy)]
enum Named {
    Mark(usize),
    Link(usize),
}

/// The annotations of one project on a document.
struct Track<'v> {
    /// What keeps ids of several tracks apart.
    prefix: String,
    value: &'v JsonValue<'v>,
    known: BTreeMap<String, Named>,
    document: Foreign,
    issues: Issues,
}

impl Track<'_> {
    fn read(&mut self, fields: &Map<String, Json>) {
        for list in ["denotations", "blocks"] {
            for item in objects(fields, list) {
                self.mark(list, item);
            }
        }
        let is_link = |item: &&Map<String, Json>| string(item, "pred") != Some(CHAIN.0);
        for item in objects(fields, "relations").filter(is_link) {
            self.link(item);
        }
        self.chain(objects(fields, "relations").filter(|item| !is_link(item)));
        for item in objects(fields, "attributes") {
            let (name, value) = (written(item.get("pred")), attribute(item.get("obj")));
            self.attribute(item, "subj", &name, value);
        }
        for item in objects(fields, "modifications") {
            let name = written(item.get("pred"));
            if let Some(extra) = self.attribute(item, "obj", &name, Value::Flag(true)) {
                extra.push("modifications", name);
            }
        }
    }

    fn issue(&mut self, item: &Map<String, Json>, problem: Problem) {
        let record = Some(written(item.get("id"))).filter(|id| !id.is_empty());
        self.issues.push(Issue::new(self.value.path, Some(self.value.line), record, problem));
    }

    fn mark(&mut self, list: &str, item: &Map<String, Json>) {
        let span = item.get("span");
        let parts = match span {
            Some(Json::Array(parts)) => parts.as_slice(),
            Some(part) => std::slice::from_ref(part),
            None => &[],
        };
        let ends = parts.iter().map(|part| Some((number(part.get("begin"))?, number(part.get("end"))?)));
        let Some(fragments) = ends.collect::<Option<Vec<_>>>().filter(|fragments| !fragments.is_empty())
        else {
            let reason = "a span with begin and end is expected".to_owned();
            return self.issue(item, Problem::UnreadableRecord { reason });
        };
        let mut mark = Mark { label: written(item.get("obj")), fragments, ..Mark::default() };
        mark.extra = rest(item, &["span", "obj"]).into();
        if list == "blocks" {
            mark.extra.insert("block", true);
        }
        mark.id = self.name(item, Named::Mark(self.document.marks.len()));
        self.document.marks.push(mark);
    }

    fn link(&mut self, item: &Map<String, Json>) {
        let [from, to] = ["subj", "obj"].map(|key| format!("{}{}", self.prefix, written(item.get(key))));
        let id = self.name(item, Named::Link(self.document.links.len()));
        self.document.links.push(Link {
            id,
            kind: written(item.get("pred")),
            from,
            to: End::Mark(to),
            attributes: Vec::new(),
            note: String::new(),
            line: None,
            extra: rest(item, &["pred", "subj", "obj"]).into(),
        });
    }

    /// Joins the spans that chains make one; the one that leads the chain has the label.
    fn chain<'i>(&mut self, items: impl Iterator<Item = &'i Map<String, Json>>) {
        let mut gone = BTreeSet::new();
        let mut leaders: BTreeMap<usize, usize> = BTreeMap::new();
        for item in items {
            let ends = ["subj", "obj"].map(|key| {
                let id = format!("{}{}", self.prefix, written(item.get(key)));
                self.known.get(&id).copied()
            });
            let [Some(Named::Mark(leader)), Some(Named::Mark(part))] = ends else {
                self.issue(item, Problem::NoSuchRecord { id: written(item.get("obj")) });
                continue;
            };
            // A chain goes on from the part last joined; its parts all belong to the first leader.
            let leader = leaders.get(&leader).copied().unwrap_or(leader);
            if leader == part || !gone.insert(part) || gone.contains(&leader) {
                continue;
            }
            leaders.insert(part, leader);
            let more = self.document.marks.get_mut(part).map(|mark| std::mem::take(&mut mark.fragments));
            if let Some(mark) = self.document.marks.get_mut(leader) {
                mark.fragments.extend(more.unwrap_or_default());
                mark.fragments.sort_unstable();
            }
        }
        if gone.is_empty() {
            return;
        }
        let marks = std::mem::take(&mut self.document.marks);
        let mut moved = BTreeMap::new();
        for (at, mark) in marks.into_iter().enumerate() {
            if !gone.contains(&at) {
                moved.insert(at, self.document.marks.len());
                self.document.marks.push(mark);
            }
        }
        self.known.retain(|_, named| match named {
            Named::Mark(at) => moved.get(at).is_some_and(|to| {
                *at = *to;
                true
            }),
            Named::Link(_) => true,
        });
    }

    /// Adds an attribute to the mark or link that it is said of, and gives back what is kept with that.
    fn attribute(
        &mut self,
        item: &Map<String, Json>,
        target: &str,
        name: &str,
        value: Value,
    ) -> Option<&mut Said> {
        let target = written(item.get(target));
        let found = match self.known.get(&format!("{}{target}", self.prefix)) {
            Some(Named::Mark(at)) => {
                self.document.marks.get_mut(*at).map(|mark| (&mut mark.attributes, &mut mark.extra))
            }
            Some(Named::Link(at)) => {
                self.document.links.get_mut(*at).map(|link| (&mut link.attributes, &mut link.extra))
            }
            None => None,
        };
        let Some((attributes, extra)) = found else {
            self.issues.push(Issue::new(
                self.value.path,
                Some(self.value.line),
                Some(written(item.get("id"))).filter(|id| !id.is_empty()),
                Problem::NoSuchRecord { id: target },
            ));
            return None;
        };
        match (attributes.iter_mut().find(|(known, _)| known == name), value) {
            (None, value) => attributes.push((name.to_owned(), value)),
            (Some((_, Value::Several(all))), Value::Text(next)) => all.push(next),
            (Some((_, held @ Value::Text(_))), Value::Text(next)) => {
                if let Value::Text(first) = std::mem::replace(held, Value::Flag(true)) {
                    *held = Value::Several(vec![first, next]);
                }
            }
            (Some((_, held)), value) => *held = value,
        }
        Some(extra)
    }

    /// The id of a record inside the document; empty if it has none or one that was used before.
    fn name(&mut self, item: &Map<String, Json>, named: Named) -> String {
        let id = written(item.get("id"));
        if id.is_empty() {
            return id;
        }
        let whole = format!("{}{id}", self.prefix);
        if self.known.contains_key(&whole) {
            self.issue(item, Problem::DuplicateId);
            return String::new();
        }
        self.known.insert(whole.clone(), named);
        whole
    }
}

/// Labels and relations with their colours, as TextAE configures them.
fn declare(config: &Map<String, Json>, reading: &mut Reading) {
    for entry in objects(config, "entity types") {
        let name = written(entry.get("id"));
        if !name.is_empty() && reading.scheme.labels.iter().all(|label| label.name != name) {
            let colour = string(entry, "color").filter(|colour| colour.len() == 7 && colour.starts_with('#'));
            reading.scheme.labels.push(ForeignLabel {
                name,
                colour: colour.unwrap_or_default().to_ascii_lowercase(),
                description: string(entry, "label").unwrap_or_default().to_owned(),
                ..ForeignLabel::default()
            });
        }
    }
    for entry in objects(config, "relation types") {
        let name = written(entry.get("id"));
        if !name.is_empty() && reading.scheme.relations.iter().all(|known| known.name != name) {
            reading.scheme.relations.push(ForeignRelation { name, ..ForeignRelation::default() });
        }
    }
}

/// A record's fields but those that the model has.
fn rest(item: &Map<String, Json>, known: &[&str]) -> Map<String, Json> {
    item.iter()
        .filter(|(key, _)| !known.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

fn attribute(value: Option<&Json>) -> Value {
    match value {
        Some(Json::Bool(flag)) => Value::Flag(*flag),
        Some(Json::Number(number)) => Value::Number(number.as_f64().unwrap_or_default()),
        None | Some(Json::Null) => Value::Flag(true),
        value => Value::Text(written(value)),
    }
}

/// A string as it is, anything else as JSON.
fn written(value: Option<&Json>) -> String {
    match value {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

const fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
