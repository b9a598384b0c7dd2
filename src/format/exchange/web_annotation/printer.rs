//! Documents as one collection of annotations, and their texts beside it.

use serde_json::{Value as Json, json};

use super::super::fields::{Fields, Room, lose, put_details};
use super::super::output::lose_text;
use super::super::{Context, Output, Page, kept};
use super::NAME;
use crate::format::file_name;
use crate::model::Target;
use crate::text::Unit;

const FILE: &str = "annotations.json";

/// Adds a document: its text, and its annotations to the list.
pub(super) fn page(context: &Context<'_>, page: &Page<'_>, output: &mut Output) {
    let title = file_name(&page.document.title, "", "txt");
    let name = output.fresh(title.trim_end_matches(".txt"));
    let source = format!("{name}.txt");
    output.push(&source, page.text.as_bytes());
    let room = Room { fragments: true, attributes: true, notes: true, links: true, link_attributes: true };
    lose(page, room, output);
    lose_text(page, output);
    for annotation in page.body.annotations() {
        let mut fields = kept(&annotation.extra, NAME);
        let targets = annotation.fragments.iter().map(|span| {
            let (start, end) = page.text.encode_span(span, Unit::CodePoint);
            let exact = page.text.slice(span).unwrap_or_default();
            json!({ "source": source, "selector": [
                { "type": "TextPositionSelector", "start": start, "end": end },
                { "type": "TextQuoteSelector", "exact": exact },
            ] })
        });
        let targets = one_or_list(targets.collect());
        let mut bodies = vec![body("tagging", &annotation.label)];
        if let Some(actor) = annotation.actor.and_then(|id| context.actors.get(&id)) {
            bodies.push(body("identifying", &actor.name));
        }
        if !annotation.note.is_empty() {
            bodies.push(body("commenting", &annotation.note));
        }
        put(&mut fields, annotation.id, targets, bodies);
        put_details(&mut fields, &annotation.attributes, "");
        output.push_item(FILE, &Json::Object(fields).to_string());
    }
    for relation in page.body.relations() {
        let Target::Annotation(to) = relation.to else { continue };
        let mut fields = kept(&relation.extra, NAME);
        let mut bodies = vec![body("tagging", &relation.kind)];
        if !relation.note.is_empty() {
            bodies.push(body("commenting", &relation.note));
        }
        let targets = json!([{ "id": urn(relation.from) }, { "id": urn(to) }]);
        put(&mut fields, relation.id, targets, bodies);
        fields.insert("motivation".to_owned(), "linking".into());
        put_details(&mut fields, &relation.attributes, "");
        output.push_item(FILE, &Json::Object(fields).to_string());
    }
}

/// Ends the list.
pub(super) fn finish(_: &Context<'_>, output: &mut Output) {
    output.end_items(FILE);
}

fn put(fields: &mut Fields, id: impl std::fmt::Display, target: Json, bodies: Vec<Json>) {
    for other in ["bodies", "tags", "text", "uri"] {
        fields.remove(other);
    }
    fields.insert("@context".to_owned(), "http://www.w3.org/ns/anno.jsonld".into());
    fields.insert("id".to_owned(), urn(id).into());
    fields.insert("type".to_owned(), "Annotation".into());
    fields.insert("target".to_owned(), target);
    fields.insert("body".to_owned(), Json::Array(bodies));
}

fn body(purpose: &str, value: &str) -> Json {
    json!({ "type": "TextualBody", "purpose": purpose, "value": value })
}

fn urn(id: impl std::fmt::Display) -> String {
    format!("urn:uuid:{id}")
}

fn one_or_list(mut all: Vec<Json>) -> Json {
    if all.len() == 1 { all.swap_remove(0) } else { Json::Array(all) }
}
