//! A task of Prodigy as a document. Marks are named by their place and label, which relations repeat.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::super::fields::{Fields, integer, named, range, string, take_about, take_attributes, take_string};
use super::super::{End, Foreign, ForeignLabel, JsonValue, Link, Mark, Reading, Remarks};
use super::{TOKEN, status};
use crate::format::{Issue, Problem};
use crate::model::Origin;

/// What a span without a label is called.
const UNNAMED: &str = "span";

/// Adds the document of a task.
pub(super) fn parse(record: JsonValue<'_>, reading: &mut Reading) {
    let JsonValue { path, line, value, .. } = record;
    let say = |name: Option<String>, problem| Issue::new(path, Some(line), name, problem);
    let Json::Object(mut fields) = value else {
        reading.issues.push(say(None, Problem::NotObject { found: "another value" }));
        return;
    };
    if fields.contains_key("pattern") && !fields.contains_key("text") {
        let name = string(&fields, "label").unwrap_or_default();
        if !name.is_empty() && reading.scheme.labels.iter().all(|label| label.name != name) {
            reading.scheme.labels.push(ForeignLabel { name: name.to_owned(), ..ForeignLabel::default() });
        }
        reading.issues.push(say(None, Problem::NotDocument { what: "a match pattern" }));
        return;
    }
    let Some(text) = take_string(&mut fields, "text") else {
        let count = |key: &str| fields.get(key).and_then(Json::as_array).map_or(0, Vec::len);
        let (spans, relations) = (count("spans"), count("relations"));
        let expected = "text".to_owned();
        let problem = Problem::WithoutText { expected, spans, relations, attributes: 0, notes: 0 };
        reading.issues.push(say(None, problem));
        return;
    };
    let mut task = Task::new(&fields);
    // What a person rejected is no more than what was proposed to them.
    if string(&fields, "answer") == Some("reject") {
        task.origin = Origin::Suggestion;
    }
    let spans = take_list(&mut fields, "spans");
    task.marks.reserve(spans.len());
    for (span, number) in spans.into_iter().zip(1..) {
        let is_read = if let Json::Object(span) = span { task.span(span) } else { false };
        if !is_read {
            let reason = "it has no start and end, neither of characters nor of tokens".to_owned();
            let problem = Problem::UnreadableRecord { reason };
            reading.issues.push(say(Some(format!("span #{number}")), problem));
        }
    }
    for (relation, number) in take_list(&mut fields, "relations").into_iter().zip(1..) {
        let is_read = if let Json::Object(relation) = relation { task.relation(relation) } else { false };
        if !is_read {
            let reason = "its head or child is no span and no token".to_owned();
            let problem = Problem::UnreadableRecord { reason };
            reading.issues.push(say(Some(format!("relation #{number}")), problem));
        }
    }
    let (marks, links) = (task.marks, task.links);
    let about = fields.get_mut("meta").and_then(Json::as_object_mut).map(take_about);
    let (title, meta) = about.unwrap_or_default();
    let annotator = string(&fields, "_annotator_id").or_else(|| string(&fields, "_session_id"));
    reading.documents.push(Foreign {
        path: path.to_owned(),
        line: Some(line),
        id: named(&fields, "id").or_else(|| named(&fields, "_input_hash")).unwrap_or_default(),
        title,
        text,
        meta,
        status: string(&fields, "answer").and_then(status),
        annotator: annotator.unwrap_or_default().to_owned(),
        marks,
        links,
        extra: fields,
        ..Foreign::default()
    });
}

/// The spans and relations of a task on their way.
struct Task {
    label: Option<String>,
    /// Start and end of each token by its id.
    tokens: BTreeMap<i64, (i64, i64)>,
    /// The id of the token that ends there.
    ends: BTreeMap<i64, i64>,
    marks: Vec<Mark>,
    links: Vec<Link>,
    ids: BTreeSet<String>,
    /// The last number that equal spans were told apart by.
    numbers: BTreeMap<String, usize>,
    origin: Origin,
    /// The first mark that has this token as its last.
    by_token: BTreeMap<i64, String>,
}

impl Task {
    fn new(fields: &Fields) -> Self {
        let (mut tokens, mut ends) = (BTreeMap::new(), BTreeMap::new());
        let list = fields.get("tokens").and_then(Json::as_array).into_iter().flatten();
        for (token, place) in list.zip(0..) {
            let Some(token) = token.as_object() else { continue };
            let id = token.get("id").and_then(integer).unwrap_or(place);
            if let Some(range) = range(token, "start", "end") {
                tokens.insert(id, range);
                ends.insert(range.1, id);
            }
        }
        Self {
            label: string(fields, "label").map(str::to_owned),
            tokens,
            ends,
            marks: Vec::new(),
            links: Vec::new(),
            ids: BTreeSet::new(),
            numbers: BTreeMap::new(),
            origin: Origin::default(),
            by_token: BTreeMap::new(),
        }
    }

    /// Where a span lies, by its characters or by its tokens.
    fn range(&self, span: &Fields) -> Option<(i64, i64)> {
        range(span, "start", "end").or_else(|| {
            let (first, last) = range(span, "token_start", "token_end")?;
            Some((self.tokens.get(&first)?.0, self.tokens.get(&last)?.1))
        })
    }

    fn span(&mut self, mut extra: Fields) -> bool {
        let Some(range) = self.range(&extra) else { return false };
        let stated = string(&extra, "label").filter(|label| !label.is_empty());
        let label = stated.or(self.label.as_deref()).unwrap_or(UNNAMED).to_owned();
        let token = extra.get("token_end").and_then(integer);
        for key in ["start", "end", "token_start", "token_end", "label"] {
            extra.remove(key);
        }
        let own = place(range, &label);
        let mut id = own.clone();
        while !self.ids.insert(id.clone()) {
            let number = self.numbers.entry(own.clone()).or_insert(1);
            *number += 1;
            id = format!("{own}#{number}");
        }
        if let Some(last) = token.or_else(|| self.ends.get(&range.1).copied()) {
            self.by_token.entry(last).or_insert_with(|| id.clone());
        }
        self.marks.push(Mark {
            id,
            label,
            fragments: vec![range],
            quote: take_string(&mut extra, "text"),
            aside: Remarks {
                actor: take_string(&mut extra, "actor"),
                note: take_string(&mut extra, "note").unwrap_or_default(),
                annotator: String::new(),
            }
            .into(),
            attributes: take_attributes(&mut extra),
            origin: self.origin,
            extra: extra.into(),
            ..Mark::default()
        });
        true
    }

    fn relation(&mut self, mut extra: Fields) -> bool {
        let from = self.end(&extra, "head", "head_span");
        let to = self.end(&extra, "child", "child_span");
        let (Some(from), Some(to)) = (from, to) else { return false };
        for key in ["head", "child", "head_span", "child_span"] {
            extra.remove(key);
        }
        self.links.push(Link {
            id: String::new(),
            kind: take_string(&mut extra, "label").unwrap_or_default(),
            from,
            to: End::Mark(to),
            attributes: take_attributes(&mut extra),
            note: take_string(&mut extra, "note").unwrap_or_default(),
            line: None,
            extra: extra.into(),
        });
        true
    }

    /// The mark at an end of a relation: the span it states, else the one that ends with its token, else the token.
    fn end(&mut self, relation: &Fields, token: &str, span: &str) -> Option<String> {
        let token = relation.get(token).and_then(integer);
        let mut range = token.and_then(|token| self.tokens.get(&token)).copied();
        if let Some(Json::Object(span)) = relation.get(span) {
            let stated = self.range(span);
            if let (Some(stated), Some(label)) = (stated, string(span, "label")) {
                let id = place(stated, label);
                if self.ids.contains(&id) {
                    return Some(id);
                }
            }
            range = stated.or(range);
        }
        if let Some(id) = token.and_then(|token| self.by_token.get(&token)) {
            return Some(id.clone());
        }
        let range = range?;
        let id = place(range, TOKEN);
        if self.ids.insert(id.clone()) {
            let extra = Fields::from_iter([(TOKEN.to_owned(), Json::Bool(true))]);
            let label = TOKEN.to_owned();
            self.marks.push(Mark {
                id: id.clone(),
                label,
                fragments: vec![range],
                extra: extra.into(),
                ..Mark::default()
            });
        }
        Some(id)
    }
}

fn place((start, end): (i64, i64), label: &str) -> String {
    format!("{start}-{end}-{label}")
}

fn take_list(fields: &mut Fields, key: &str) -> Vec<Json> {
    let is_list = fields.get(key).is_some_and(Json::is_array);
    match is_list.then(|| fields.remove(key)).flatten() {
        Some(Json::Array(list)) => list,
        _ => Vec::new(),
    }
}
