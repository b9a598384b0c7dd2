//! Documents as JSON Lines, one object each, with what other fields said when it was read.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::super::extra::string;
use super::super::ids::Ids;
use super::super::{Context, Output, Page, kept};
use super::NAME;
use crate::model::{Attributes, Meta, Target, Value};
use crate::text::Unit;

/// Adds a document.
pub(super) fn page(_: &Context<'_>, page: &Page<'_>, output: &mut Output) {
    let mut fields = kept(&page.document.extra, NAME);
    fields.insert("text".into(), page.text.as_str().into());
    if !page.document.meta.url.is_empty() {
        fields.insert("target".into(), page.document.meta.url.clone().into());
    }
    let mut records = Records::default();
    let mut names = BTreeMap::new();
    for extra in
        page.body.annotations().map(|one| &one.extra).chain(page.body.relations().map(|one| &one.extra))
    {
        records.ids.keep(string(&kept(extra, NAME), "id"));
    }
    for annotation in page.body.annotations() {
        let mut extra = kept(&annotation.extra, NAME);
        lose_empty(&annotation.attributes, output);
        let id = records.ids.take('T', string(&extra, "id"));
        let spans = annotation.fragments.iter().map(|span| {
            let (begin, end) = page.text.encode_span(span, Unit::CodePoint);
            json!({ "begin": begin, "end": end })
        });
        let mut spans: Vec<_> = spans.collect();
        let list = if extra.remove("block").is_some() { "blocks" } else { "denotations" };
        records.attributes(&id, &mut extra, &annotation.attributes);
        extra.insert("id".into(), id.clone().into());
        extra.insert("span".into(), if spans.len() == 1 { spans.remove(0) } else { spans.into() });
        extra.insert("obj".into(), annotation.label.as_str().into());
        records.push(list, extra);
        names.insert(annotation.id, id);
        output.lose("notes", "left out", usize::from(!annotation.note.is_empty()));
        output.lose("actors of spans", "left out", usize::from(annotation.actor.is_some()));
    }
    for relation in page.body.relations() {
        let ends = match relation.to {
            Target::Annotation(to) => names.get(&relation.from).zip(names.get(&to)),
            Target::Actor(_) => None,
        };
        let Some((from, to)) = ends else {
            output.lose("links to actors that no span names", "left out", 1);
            continue;
        };
        let mut extra = kept(&relation.extra, NAME);
        lose_empty(&relation.attributes, output);
        let id = records.ids.take('R', string(&extra, "id"));
        records.attributes(&id, &mut extra, &relation.attributes);
        extra.insert("id".into(), id.into());
        extra.insert("pred".into(), relation.kind.as_str().into());
        extra.insert("subj".into(), from.clone().into());
        extra.insert("obj".into(), to.clone().into());
        records.push("relations", extra);
        output.lose("notes", "left out", usize::from(!relation.note.is_empty()));
    }
    fields.entry("denotations").or_insert_with(|| json!([]));
    fields.extend(records.lists.into_iter().map(|(list, items)| (list.to_owned(), items.into())));
    let meta = Meta { url: String::new(), language: String::new(), ..page.document.meta.clone() };
    output.lose("sources, authors and dates of documents", "left out", usize::from(meta != Meta::default()));
    output.push("documents.jsonl", format!("{}\n", Json::Object(fields)).as_bytes());
}

/// Counts attributes of no value, for each of which nothing is written.
fn lose_empty(attributes: &Attributes, output: &mut Output) {
    let is_empty = |value: &&Value| matches!(value, Value::Several(all) if all.is_empty());
    output.lose("empty attributes", "left out", attributes.values().filter(is_empty).count());
}

/// The lists of a document as they are being filled.
#[derive(Default)]
struct Records {
    ids: Ids,
    lists: BTreeMap<&'static str, Vec<Json>>,
}

impl Records {
    fn push(&mut self, list: &'static str, fields: Map<String, Json>) {
        self.lists.entry(list).or_default().push(Json::Object(fields));
    }

    /// What is said of the record of that id; what came as a modification goes back as one.
    fn attributes(&mut self, target: &str, extra: &mut Map<String, Json>, attributes: &Attributes) {
        let modifications = extra.remove("modifications");
        let modifications = modifications.as_ref().and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
        for (key, value) in attributes {
            if *value == Value::Flag(true) && modifications.iter().any(|name| name == key.as_str()) {
                let id = self.ids.take('M', None);
                let fields = json!({ "id": id, "pred": key.as_str(), "obj": target });
                self.lists.entry("modifications").or_default().push(fields);
                continue;
            }
            let values = match value {
                Value::Text(text) => vec![text.clone().into()],
                Value::Several(all) => all.iter().cloned().map(Json::from).collect(),
                Value::Flag(flag) => vec![(*flag).into()],
                Value::Number(number) => vec![(*number).into()],
            };
            for value in values {
                let id = self.ids.take('A', None);
                let fields = json!({ "id": id, "subj": target, "pred": key.as_str(), "obj": value });
                self.lists.entry("attributes").or_default().push(fields);
            }
        }
    }
}
