//! Documents as doccano imports them. Relations need spans with ids, which a project for relations takes under
//! `entities`; without links between spans in the codebook, spans are lists under `label`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::super::fields::{Fields, Room, lose, push_line, put_about, string};
use super::super::{Context, Output, Page, kept};
use super::{COLUMNS, NAME};
use crate::model::{AnnotationId, Target};
use crate::text::Unit;

/// Adds a document.
pub(super) fn page(context: &Context<'_>, page: &Page<'_>, output: &mut Output) {
    let mut fields = kept(&page.document.extra, NAME);
    let columns = match fields.remove(COLUMNS) {
        Some(Json::Object(columns)) => columns,
        _ => Fields::new(),
    };
    let is_own = columns.is_empty();
    let has_relations = 0 < page.body.relation_count();
    let is_linked = has_relations || (is_own && !context.project.codebook.relations.is_empty());
    let with_ids = is_linked || string(&columns, "shape") == Some("objects");
    let usual = if with_ids { "entities" } else { "label" };
    let spans = string(&columns, "spans").filter(|_| !is_linked).unwrap_or(usual);
    lose(page, Room { links: true, ..Room::default() }, output);
    let ids = Ids::of(page);
    fields.insert(string(&columns, "text").unwrap_or("text").to_owned(), page.text.as_str().into());
    put_about(&mut fields, page);
    if is_own || columns.contains_key("spans") || page.body.annotation_count() > 0 {
        fields.insert(spans.to_owned(), ids.spans(page, with_ids));
    }
    if is_linked {
        fields.insert("relations".to_owned(), ids.relations(page));
    }
    push_line(output, "documents.jsonl", fields);
}

/// The numbers by which relations find their spans; doccano takes no other ids. One for each fragment.
struct Ids(BTreeMap<AnnotationId, Vec<i64>>);

impl Ids {
    /// The numbers of the file as far as they are free, and new ones.
    fn of(page: &Page<'_>) -> Self {
        let own = |extra: &Fields| extra.get("id").and_then(Json::as_i64);
        let mut taken = BTreeSet::new();
        let mut ids = BTreeMap::new();
        for annotation in page.body.annotations() {
            let id = own(&kept(&annotation.extra, NAME)).filter(|id| taken.insert(*id));
            ids.insert(annotation.id, id.into_iter().collect::<Vec<_>>());
        }
        let mut next = 0;
        for annotation in page.body.annotations() {
            let Some(of_one) = ids.get_mut(&annotation.id) else { continue };
            while of_one.len() < annotation.fragments.count() {
                if taken.insert(next) {
                    of_one.push(next);
                }
                next += 1;
            }
        }
        Self(ids)
    }

    fn spans(&self, page: &Page<'_>, with_ids: bool) -> Json {
        let mut list = Vec::new();
        for annotation in page.body.annotations() {
            let ids = self.0.get(&annotation.id).into_iter().flatten();
            for (span, id) in annotation.fragments.iter().zip(ids) {
                let (start, end) = page.text.encode_span(span, Unit::Utf16);
                let label = &*annotation.label;
                if !with_ids {
                    list.push(json!([start, end, label]));
                    continue;
                }
                let mut fields = kept(&annotation.extra, NAME);
                fields.insert("id".into(), (*id).into());
                fields.insert("start_offset".into(), start.into());
                fields.insert("end_offset".into(), end.into());
                fields.insert("label".into(), label.into());
                list.push(Json::Object(fields));
            }
        }
        Json::Array(list)
    }

    fn relations(&self, page: &Page<'_>) -> Json {
        let first = |id: &AnnotationId| self.0.get(id).and_then(|ids| ids.first()).copied();
        let relations = page.body.relations().filter_map(|relation| {
            let Target::Annotation(to) = relation.to else { return None };
            let mut fields = kept(&relation.extra, NAME);
            fields.insert("from_id".into(), first(&relation.from)?.into());
            fields.insert("to_id".into(), first(&to)?.into());
            fields.insert("type".into(), (*relation.kind).into());
            Some(Json::Object(fields))
        });
        relations.collect()
    }
}
