//! Documents as tasks in `tasks.json`, and the codebook as the labeling configuration in `config.xml` with which Label
//! Studio shows them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::super::fields::{Fields, Room, lose, put_about, string, take_string};
use super::super::{Context, Output, Page, kept};
use super::text::Text;
use super::{ANNOTATIONS, NAME, region};
use crate::format::markup::encode;
use crate::model::{Annotation, AnnotationId, Attribute, AttributeKind, Status, Target, Value};
use crate::text::{Span, Unit};

const TASKS: &str = "tasks.json";
const ACTOR: &str = "actor";

/// A set of answers: the key of its list, and its place there.
type Place = (String, usize);

/// Adds a document.
pub(super) fn page(context: &Context<'_>, page: &Page<'_>, output: &mut Output) {
    let mut task = kept(&page.document.extra, NAME);
    let form = match task.remove("@text") {
        Some(Json::Object(form)) => form,
        _ => Fields::new(),
    };
    let mut data = match task.remove("data") {
        Some(Json::Object(data)) => data,
        _ => Fields::new(),
    };
    let key = string(&form, "key").unwrap_or("text");
    let is_html = string(&form, "kind") == Some("html");
    let text = data
        .get(key)
        .and_then(|value| Text::of(value, is_html, &BTreeSet::new()))
        .filter(|text| text.as_str() == page.text.as_str());
    let text = text.unwrap_or_else(|| {
        data.insert(key.to_owned(), page.text.as_str().into());
        Text::Plain(String::new())
    });
    put_about(&mut data, page);
    let room = Room { attributes: true, notes: true, links: true, ..Room::default() };
    lose(page, room, output);
    let notes = page.body.relations().filter(|one| !one.note.is_empty()).count();
    output.lose("notes of links", "left out", notes);
    let mut sheet = Sheet {
        page,
        text,
        results: BTreeMap::new(),
        regions: BTreeMap::new(),
        numbers: BTreeMap::new(),
        of: BTreeMap::new(),
    };
    for annotation in page.body.annotations() {
        sheet.annotation(context, annotation, output);
    }
    sheet.relations();
    if page.document.status == Status::Done && !ANNOTATIONS.iter().any(|key| task.contains_key(*key)) {
        sheet.results.entry((ANNOTATIONS[0].to_owned(), 0)).or_default();
    }
    for ((key, number), items) in sheet.results {
        let sets = task.entry(key).or_insert_with(|| json!([]));
        let Json::Array(sets) = sets else { continue };
        while sets.len() <= number {
            sets.push(json!({ "result": [] }));
        }
        let result = sets.get_mut(number).and_then(|set| set.get_mut("result"));
        if let Some(Json::Array(result)) = result {
            let items = items.into_iter().map(Json::Object);
            result.splice(0..0, items);
        }
    }
    task.insert("data".to_owned(), Json::Object(data));
    // Its own converter refuses tasks without one.
    task.entry("id").or_insert_with(|| (page.number + 1).into());
    output.push_item(TASKS, &Json::Object(task).to_string());
}

/// Ends the tasks and adds the configuration.
pub(super) fn finish(context: &Context<'_>, output: &mut Output) {
    output.end_items(TASKS);
    let codebook = &context.project.codebook;
    let mut config = "<View>\n  <Relations>\n".to_owned();
    for relation in &codebook.relations {
        config += &format!("    <Relation value=\"{}\"/>\n", encode(&relation.key));
    }
    config += "  </Relations>\n  <Labels name=\"label\" toName=\"text\">\n";
    for label in &codebook.labels {
        // A key of two letters would be taken for one that has this name.
        let letter = label.letter.filter(|letter| letter.second.is_none());
        let hotkey = letter.map(|letter| format!(" hotkey=\"{}\"", encode(&letter.to_string())));
        let hint = if label.about.description.is_empty() {
            String::new()
        } else {
            format!(" hint=\"{}\"", encode(&label.about.description))
        };
        config += &format!(
            "    <Label value=\"{}\" background=\"{}\"{}{hint}/>\n",
            encode(&label.key),
            encode(&label.colour),
            hotkey.unwrap_or_default()
        );
    }
    config += "  </Labels>\n  <Text name=\"text\" value=\"$text\"/>\n";
    for attribute in codebook.span_attributes() {
        config += &control(attribute);
    }
    output.push("config.xml", (config + "</View>\n").as_bytes());
}

/// The control that asks for an attribute of each region.
fn control(attribute: &Attribute) -> String {
    let name = format!("name=\"{}\" toName=\"text\" perRegion=\"true\"", encode(&attribute.key));
    let (several, choices) = match &attribute.kind {
        AttributeKind::Text => return format!("  <TextArea {name}/>\n"),
        AttributeKind::Number => return format!("  <Number {name}/>\n"),
        AttributeKind::Flag => ("single", vec!["yes", "no"]),
        AttributeKind::Choice(choices) => ("single", choices.iter().map(|one| one.key.as_str()).collect()),
        AttributeKind::Several(choices) => ("multiple", choices.iter().map(|one| one.key.as_str()).collect()),
    };
    let choices: String =
        choices.iter().map(|choice| format!("    <Choice value=\"{}\"/>\n", encode(choice))).collect();
    format!("  <Choices {name} choice=\"{several}\">\n{choices}  </Choices>\n")
}

/// The results of a task as they are being written.
struct Sheet<'a> {
    page: &'a Page<'a>,
    text: Text,
    results: BTreeMap<Place, Vec<Fields>>,
    /// Where each region of a set stands in its result and the id it has there, by the id and value that it came with.
    regions: BTreeMap<(Place, String, String), (usize, String)>,
    /// How many regions came with that id.
    numbers: BTreeMap<(Place, String), usize>,
    /// The set and id of each annotation's first region.
    of: BTreeMap<AnnotationId, (Place, String)>,
}

impl Sheet<'_> {
    fn annotation(&mut self, context: &Context<'_>, annotation: &Annotation, output: &mut Output) {
        let mut extra = kept(&annotation.extra, NAME);
        let set = extra.get("set").and_then(place).unwrap_or_else(|| (ANNOTATIONS[0].to_owned(), 0));
        let own = take_string(&mut extra, "id").unwrap_or_else(|| annotation.id.to_string());
        for (span, number) in annotation.fragments.iter().zip(1..) {
            let id = if number == 1 { own.clone() } else { format!("{own}-{number}") };
            let id = self.region(annotation, span, &set, id, &extra);
            if number > 1 {
                continue;
            }
            let mut attributes = annotation.attributes.clone();
            if let Some(actor) = annotation.actor.and_then(|id| context.actors.get(&id)) {
                output.lose("actors of spans", "written as attributes", 1);
                attributes.entry(ACTOR.into()).or_insert_with(|| Value::Text(actor.name.clone()));
            }
            let codebook = context.project.codebook.span_attributes();
            let control = |key: &str| match codebook.iter().find(|one| &*one.key == key).map(|one| &one.kind)
            {
                None => (key == ACTOR).then_some("textarea"),
                Some(AttributeKind::Text) => Some("textarea"),
                Some(AttributeKind::Number) => Some("number"),
                Some(_) => Some("choices"),
            };
            for (key, value) in &attributes {
                let stated =
                    extra.get("answers").and_then(|answers| answers.get(&**key)).and_then(Json::as_object);
                let mut item = stated.cloned().unwrap_or_default();
                let kind = string(&item, "type").map(str::to_owned);
                let kind = kind.as_deref().or_else(|| control(key));
                let (kind, field, answer) = region::give(value, kind);
                output.lose(
                    "attributes that are no answer to their control",
                    "written as one",
                    usize::from(!region::is_same(kind, &answer, value)),
                );
                let mut value = Fields::new();
                let (start, end) = self.page.text.encode_span(span, Unit::Utf16);
                self.text.put_range(start.into(), end.into(), &mut value);
                value.insert(field.to_owned(), answer);
                item.entry("from_name").or_insert_with(|| (**key).into());
                item.entry("to_name").or_insert_with(|| "text".into());
                item.insert("id".to_owned(), id.as_str().into());
                item.insert("type".to_owned(), kind.into());
                item.insert("value".to_owned(), Json::Object(value));
                self.results.entry(set.clone()).or_default().push(item);
            }
            self.of.insert(annotation.id, (set.clone(), id));
        }
    }

    /// Adds a region, or a label to the region of that id and place, and gives its id.
    fn region(
        &mut self,
        annotation: &Annotation,
        span: Span,
        set: &Place,
        id: String,
        extra: &Fields,
    ) -> String {
        let mut item = extra.get("item").and_then(Json::as_object).cloned().unwrap_or_default();
        item.entry("from_name").or_insert_with(|| "label".into());
        item.entry("to_name").or_insert_with(|| "text".into());
        item.entry("type").or_insert_with(|| "labels".into());
        let key = region::labels_key(&item);
        let mut value = match item.remove("value") {
            Some(Json::Object(value)) => value,
            _ => Fields::new(),
        };
        let (start, end) = self.page.text.encode_span(span, Unit::Utf16);
        self.text.put_range(start.into(), end.into(), &mut value);
        if !matches!(self.text, Text::Turns(..)) {
            value.insert("text".to_owned(), self.page.text.slice(span).unwrap_or_default().into());
        }
        let items = self.results.entry(set.clone()).or_default();
        let own = (set.clone(), id.clone(), Json::Object(value.clone()).to_string());
        if let Some((known, fresh)) = self.regions.get(&own) {
            let same = items
                .get_mut(*known)
                .and_then(|item| item.get_mut("value"))
                .and_then(|value| value.get_mut(key));
            if let Some(Json::Array(labels)) = same {
                labels.push((*annotation.label).into());
                return fresh.clone();
            }
        }
        let number = self.numbers.entry((set.clone(), id.clone())).or_default();
        let fresh = region::numbered(&id, *number);
        *number += 1;
        value.insert(key.to_owned(), json!([&*annotation.label]));
        item.insert("id".to_owned(), fresh.as_str().into());
        item.insert("value".to_owned(), Json::Object(value));
        if !annotation.note.is_empty() {
            let meta = item.entry("meta").or_insert_with(|| Json::Object(Fields::new()));
            if let Json::Object(meta) = meta {
                meta.insert("text".to_owned(), json!([annotation.note]));
            }
        }
        self.regions.insert(own, (items.len(), fresh.clone()));
        items.push(item);
        fresh
    }

    fn relations(&mut self) {
        for relation in self.page.body.relations() {
            let Target::Annotation(to) = relation.to else { continue };
            let (Some((set, from)), Some((_, to))) = (self.of.get(&relation.from), self.of.get(&to)) else {
                continue;
            };
            let mut item = kept(&relation.extra, NAME);
            let set = item.remove("@set").as_ref().and_then(place).unwrap_or_else(|| set.clone());
            let is_left = string(&item, "direction") == Some("left");
            let (from, to) = if is_left { (to, from) } else { (from, to) };
            item.entry("direction").or_insert_with(|| "right".into());
            item.insert("type".to_owned(), "relation".into());
            item.insert("from_id".to_owned(), from.as_str().into());
            item.insert("to_id".to_owned(), to.as_str().into());
            if &*relation.kind != "relation" {
                item.insert("labels".to_owned(), json!([&*relation.kind]));
            }
            self.results.entry(set).or_default().push(item);
        }
    }
}

fn place(set: &Json) -> Option<Place> {
    Some((
        set.get(0)?.as_str()?.to_owned(),
        usize::try_from(set.get(1)?.as_u64()?).ok().filter(|place| *place < 10_000)?,
    ))
}
