//! Annotations of the web as documents: one for each source whose text is there.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::fields::{Fields, range, string, take_attributes};
use super::super::{End, Foreign, Link, Mark, Reading, Remarks, Source, Values};
use crate::format::{Issue, Problem};

/// Levels of collections in collections that are followed.
const DEPTH: usize = 4;

/// The label of what has no tag.
const UNNAMED: &str = "annotation";

/// Reads annotations with the texts beside them.
pub(super) fn parse(sources: &[Source<'_>]) -> Reading {
    let mut reading = Reading::default();
    let is_text = |source: &&Source<'_>| source.stem().1.eq_ignore_ascii_case("txt");
    let mut texts: BTreeMap<&str, usize> = BTreeMap::new();
    for source in sources.iter().filter(is_text) {
        match source.text() {
            Ok(text) => {
                texts.insert(source.name(), reading.documents.len());
                let (path, text) = (source.path.to_owned(), text.into_owned());
                reading.documents.push(Foreign { path, text, ..Foreign::default() });
            }
            Err(problem) => reading.issues.push(Issue::new(source.path, None, None, problem)),
        }
    }
    let mut homes: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources.iter().filter(|source| !is_text(source)) {
        let (mut links, mut missing, mut elsewhere) = (Vec::new(), BTreeMap::<String, usize>::new(), 0);
        let mut values = Values::new();
        values.push(source.bytes);
        values.finish();
        let (mut count, mut is_other) = (0, false);
        while let Some(found) = values.next_value() {
            let value = match found.value {
                Ok(value) => value,
                Err(problem) => {
                    reading.issues.push(Issue::new(source.path, Some(found.line), None, problem));
                    continue;
                }
            };
            is_other |= value.as_array().is_none_or(|list| !list.is_empty());
            for annotation in annotations(&value) {
                count += 1;
                match read(annotation) {
                    Some(Read::Mark(of, mut mark, around)) => {
                        mark.line = Some(found.line);
                        let name = of.rsplit(['/', '\\']).next().unwrap_or_default();
                        let place = texts.get(name).copied();
                        let only = (texts.len() == 1).then_some(0);
                        match place
                            .or(only)
                            .and_then(|place| Some((place, reading.documents.get_mut(place)?)))
                        {
                            Some((place, document)) => {
                                if let Some(around) = around {
                                    mark.fragments = vec![around.find(&document.text)];
                                }
                                homes.insert(mark.id.clone(), place);
                                document.marks.push(mark);
                            }
                            None => *missing.entry(of).or_default() += 1,
                        }
                    }
                    Some(Read::Link(link)) => links.push(link),
                    None => elsewhere += 1,
                }
            }
        }
        let mut relations = links.len();
        for link in links {
            if let Some(document) = homes.get(&link.from).and_then(|place| reading.documents.get_mut(*place))
            {
                relations -= 1;
                document.links.push(link);
            }
        }
        let mut say = |problem| reading.issues.push(Issue::new(source.path, None, None, problem));
        if missing.is_empty() && 0 < relations {
            missing.insert(String::new(), 0);
        }
        for (of, spans) in missing {
            let expected = if of.is_empty() { "text".to_owned() } else { format!("text of {of}") };
            say(Problem::WithoutText { expected, spans, relations, attributes: 0, notes: 0 });
            relations = 0;
        }
        if 0 < elsewhere {
            say(Problem::NotOnText { count: elsewhere });
        } else if count == 0 && is_other {
            say(Problem::OtherFile { format: "Web Annotation" });
        }
    }
    reading
}

/// What an annotation is here.
enum Read {
    /// On the text of that source; by its quote alone where no position is stated.
    Mark(String, Mark, Option<Around>),
    Link(Link),
}

/// The annotations in a value, those inside collections included.
pub(super) fn annotations(value: &Json) -> impl Iterator<Item = &Fields> {
    let (mut open, mut found) = (vec![(value, 0)], Vec::new());
    while let Some((value, depth)) = open.pop() {
        match value {
            Json::Array(list) => open.extend(list.iter().rev().map(|one| (one, depth))),
            Json::Object(fields) if is_annotation(fields) => found.push(fields),
            Json::Object(fields) if depth < DEPTH => {
                let inner =
                    ["rows", "@graph", "items", "first"].into_iter().filter_map(|key| fields.get(key));
                open.extend(inner.map(|one| (one, depth + 1)));
            }
            _ => {}
        }
    }
    found.into_iter()
}

fn is_annotation(fields: &Fields) -> bool {
    let kinds = fields.get("type").or_else(|| fields.get("@type"));
    let is_kind = |kind: &Json| matches!(kind.as_str(), Some("Annotation" | "oa:Annotation"));
    let is_stated = kinds
        .is_some_and(|kinds| is_kind(kinds) || kinds.as_array().is_some_and(|list| list.iter().any(is_kind)));
    is_stated || (kinds.is_none() && (is_recogito(fields) || is_hypothesis(fields)))
}

/// Recogito's own form: `bodies`, and a quote with its place in the selector itself.
fn is_recogito(fields: &Fields) -> bool {
    fields.contains_key("bodies") && fields.get("target").is_some_and(Json::is_object)
}

/// A row of the Hypothesis API.
pub(super) fn is_hypothesis(fields: &Fields) -> bool {
    fields.contains_key("uri") && fields.contains_key("target") && fields.contains_key("tags")
}

fn read(annotation: &Fields) -> Option<Read> {
    let id = string(annotation, "id").or_else(|| string(annotation, "@id")).unwrap_or_default().to_owned();
    let targets = list(annotation.get("target")?);
    let (label, note, actor) = bodies(annotation);
    let mut extra = annotation.clone();
    let attributes = take_attributes(&mut extra);
    for key in ["id", "target"] {
        extra.remove(key);
    }
    let reference = |target: &Json| match target {
        Json::String(id) => Some(id.clone()),
        Json::Object(target) if !target.contains_key("selector") => string(target, "id").map(str::to_owned),
        _ => None,
    };
    let motivations = annotation.get("motivation").map(list).unwrap_or_default();
    if motivations.iter().any(|one| one.as_str() == Some("linking"))
        && let [from, to] = targets
        && let (Some(from), Some(to)) = (reference(from), reference(to))
    {
        let kind = label.unwrap_or_else(|| "linking".to_owned());
        return Some(Read::Link(Link {
            id,
            kind,
            from,
            to: End::Mark(to),
            attributes,
            note,
            line: None,
            extra: extra.into(),
        }));
    }
    let (mut of, mut fragments, mut quotes, mut around) = (String::new(), Vec::new(), Vec::new(), None);
    for target in targets.iter().filter_map(Json::as_object) {
        if of.is_empty() {
            let source = target.get("source").map(|source| match source {
                Json::Object(source) => string(source, "id"),
                source => source.as_str(),
            });
            of = source.flatten().or_else(|| string(annotation, "uri")).unwrap_or_default().to_owned();
        }
        let Some(selector) = target.get("selector") else { continue };
        let (place, quote) = selectors(selector);
        quotes.extend(quote.clone());
        match (place, quote) {
            (Some(place), _) => fragments.push(place),
            // Only the quote says where: it is looked for from the beginning.
            (None, Some(quote)) => {
                let length = i64::try_from(quote.chars().count()).unwrap_or(i64::MAX);
                fragments.push((0, length));
                around = Some(Around::of(selector, quote));
            }
            _ => {}
        }
    }
    if fragments.is_empty() {
        return None;
    }
    let quote = (quotes.len() == fragments.len()).then(|| quotes.join(" "));
    let label = label.unwrap_or_else(|| UNNAMED.to_owned());
    let mark = Mark {
        id,
        label,
        fragments,
        quote,
        attributes,
        aside: Remarks { actor, note, annotator: String::new() }.into(),
        extra: extra.into(),
        ..Mark::default()
    };
    let around = around.filter(|_| mark.fragments.len() == 1);
    Some(Read::Mark(of, mark, around))
}

/// A quote with what stands before and after it.
struct Around {
    quote: String,
    prefix: String,
    suffix: String,
}

impl Around {
    fn of(selector: &Json, quote: String) -> Self {
        let quotes = list(selector).iter().filter_map(Json::as_object);
        let own = quotes.into_iter().find(|one| string(one, "exact") == Some(&quote));
        let part = |key| own.and_then(|own| string(own, key)).unwrap_or_default().to_owned();
        Self { prefix: part("prefix"), suffix: part("suffix"), quote }
    }

    /// Where it stands, in code points: between what is said to stand around it, or after or before it, or first.
    fn find(&self, text: &str) -> (i64, i64) {
        let Self { quote, prefix, suffix } = self;
        let places = [(prefix.as_str(), suffix.as_str()), (prefix, ""), ("", suffix), ("", "")];
        let found = places.into_iter().find_map(|(prefix, suffix)| {
            Some(text.find(&format!("{prefix}{quote}{suffix}"))? + prefix.len())
        });
        let count = |text: &str| i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        let start = count(text.get(..found.unwrap_or_default()).unwrap_or_default());
        (start, start + count(quote))
    }
}

/// The position and the quote that selectors say, refinements included.
fn selectors(selector: &Json) -> (Option<(i64, i64)>, Option<String>) {
    let (mut place, mut quote, mut open) = (None, None, vec![(selector, 0)]);
    while let Some((selector, depth)) = open.pop() {
        open.extend(selector.as_array().into_iter().flatten().map(|one| (one, depth)));
        let Some(selector) = selector.as_object() else { continue };
        match string(selector, "type") {
            Some("TextPositionSelector") => place = place.or_else(|| range(selector, "start", "end")),
            // Plain text has fragments as well (RFC 5147).
            Some("FragmentSelector") => {
                place = place.or_else(|| characters(string(selector, "value")?));
            }
            Some("TextQuoteSelector") => {
                quote = quote.or_else(|| string(selector, "exact").map(str::to_owned))
            }
            None if selector.contains_key("quote") => {
                place = range(selector, "start", "end");
                quote = string(selector, "quote").map(str::to_owned);
            }
            _ => {}
        }
        if depth < DEPTH {
            open.extend(selector.get("refinedBy").map(|one| (one, depth + 1)));
        }
    }
    (place, quote)
}

/// `char=4,9`.
fn characters(fragment: &str) -> Option<(i64, i64)> {
    let (start, end) = fragment.strip_prefix("char=")?.split(';').next()?.split_once(',')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

/// The first tag, the comments, and what is identified.
fn bodies(annotation: &Fields) -> (Option<String>, String, Option<String>) {
    let (mut label, mut notes, mut actor) = (None, Vec::new(), None);
    let all = ["body", "bodies"].into_iter().filter_map(|key| annotation.get(key)).flat_map(list);
    for body in all.filter_map(Json::as_object) {
        let identified = || string(body, "source").filter(|_| string(body, "purpose") == Some("identifying"));
        let Some(value) = string(body, "value").or_else(identified) else { continue };
        match string(body, "purpose") {
            Some("tagging" | "classifying") if label.is_none() => label = Some(value.to_owned()),
            Some("identifying") => actor = Some(value.to_owned()),
            Some("commenting" | "replying" | "describing") | None => notes.push(value),
            _ => {}
        }
    }
    let tags = annotation.get("tags").and_then(Json::as_array).into_iter().flatten();
    let label = label.or_else(|| tags.filter_map(Json::as_str).next().map(str::to_owned));
    notes.extend(string(annotation, "bodyValue"));
    notes.extend(string(annotation, "text").filter(|text| !text.is_empty()));
    (label, notes.join("\n"), actor)
}

fn list(value: &Json) -> &[Json] {
    match value {
        Json::Array(list) => list,
        one => std::slice::from_ref(one),
    }
}
