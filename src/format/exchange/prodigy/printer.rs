//! Documents as Prodigy's tasks, with tokens for the interfaces that need them.

use serde_json::Value as Json;

use super::super::fields::{Fields, Room, lose, push_line, put_about, put_details, string};
use super::super::{Context, Output, Page, kept};
use super::tokens::Tokens;
use super::{NAME, TOKEN, status};
use crate::model::{Annotation, Status, Target};
use crate::text::{Span, Unit};

/// Adds a document.
pub(super) fn page(context: &Context<'_>, page: &Page<'_>, output: &mut Output) {
    let mut fields = kept(&page.document.extra, NAME);
    let room = Room { attributes: true, notes: true, links: true, link_attributes: true, ..Room::default() };
    lose(page, room, output);
    // A task that came without tokens and stays without spans stays as it came.
    let is_plain = !fields.is_empty() && !fields.contains_key("tokens") && page.body.annotation_count() == 0;
    let tokens = Tokens::of(page, &mut fields);
    let (mut spans, mut relations) = (Vec::new(), Vec::new());
    for annotation in page.body.annotations() {
        let extra = kept(&annotation.extra, NAME);
        if is_token(&extra) {
            continue;
        }
        for span in annotation.fragments.iter() {
            let mut fields = place(page, &tokens, annotation, span);
            fields.extend(extra.clone());
            fields.insert("text".to_owned(), page.text.slice(span).unwrap_or_default().into());
            put_details(&mut fields, &annotation.attributes, &annotation.note);
            if let Some(actor) = annotation.actor.and_then(|id| context.actors.get(&id)) {
                fields.insert("actor".to_owned(), actor.name.as_str().into());
            }
            spans.push(Json::Object(fields));
        }
    }
    for relation in page.body.relations() {
        let Target::Annotation(to) = relation.to else { continue };
        let (Some(head), Some(child)) = (page.body.annotation(relation.from), page.body.annotation(to))
        else {
            continue;
        };
        let mut fields = kept(&relation.extra, NAME);
        for (end, one) in [("head", head), ("child", child)] {
            let mut span = place(page, &tokens, one, first(one));
            if is_token(&kept(&one.extra, NAME)) {
                span.insert("label".to_owned(), Json::Null);
            }
            if let Some(token) = span.get("token_end") {
                fields.insert(end.to_owned(), token.clone());
            }
            fields.insert(format!("{end}_span"), Json::Object(span));
        }
        fields.insert("label".to_owned(), (*relation.kind).into());
        put_details(&mut fields, &relation.attributes, &relation.note);
        relations.push(Json::Object(fields));
    }
    fields.insert("text".to_owned(), page.text.as_str().into());
    if !is_plain {
        fields.insert("tokens".to_owned(), tokens.into_json());
        fields.insert("spans".to_owned(), Json::Array(spans));
    }
    if !relations.is_empty() {
        fields.insert("relations".to_owned(), Json::Array(relations));
    }
    about(page, &mut fields);
    let is_kept = string(&fields, "answer").and_then(status) == Some(page.document.status);
    if !is_kept {
        let answer = if page.document.status == Status::Todo { "ignore" } else { "accept" };
        fields.insert("answer".to_owned(), answer.into());
    }
    push_line(output, "documents.jsonl", fields);
}

/// Source, author, date and address stand in a record of their own.
fn about(page: &Page<'_>, fields: &mut Fields) {
    let mut meta = match fields.remove("meta") {
        Some(Json::Object(meta)) => meta,
        Some(other) => {
            fields.insert("meta".to_owned(), other);
            return;
        }
        None => Fields::new(),
    };
    put_about(&mut meta, page);
    if !meta.is_empty() {
        fields.insert("meta".to_owned(), Json::Object(meta));
    }
}

/// Where a span lies and what it is called.
fn place(page: &Page<'_>, tokens: &Tokens, annotation: &Annotation, span: Span) -> Fields {
    let (start, end) = page.text.encode_span(span, Unit::CodePoint);
    let mut fields = Fields::new();
    fields.insert("start".to_owned(), start.into());
    fields.insert("end".to_owned(), end.into());
    if let Some((first, last)) = tokens.find(page, span) {
        fields.insert("token_start".to_owned(), first);
        fields.insert("token_end".to_owned(), last);
    }
    fields.insert("label".to_owned(), (*annotation.label).into());
    fields
}

fn first(annotation: &Annotation) -> Span {
    annotation.fragments.iter().next().unwrap_or_else(|| annotation.fragments.envelope())
}

fn is_token(extra: &Fields) -> bool {
    extra.get(TOKEN).is_some_and(|is_token| *is_token == Json::Bool(true))
}
