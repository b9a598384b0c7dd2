//! Tasks as documents. What a result says of no stretch of text stays in its set, which goes back as it came.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::super::fields::{Fields, name, named, range, string, take_about, take_string};
use super::super::{End, Foreign, JsonValue, Link, Mark, Reading, Remarks, Said, Source};
use super::config::{self, Config};
use super::text::Text;
use super::{ANNOTATIONS, PREDICTIONS, region};
use crate::format::{Issue, Problem};
use crate::model::{Origin, Status};

/// Reads tasks, by the configurations that lie beside them.
#[derive(Debug, Default)]
pub struct Tasks {
    /// Configurations with their folders.
    configs: Vec<(String, Config)>,
}

impl Tasks {
    /// Whether a file is a configuration by its name; the others hold tasks.
    #[must_use]
    pub fn is_config(path: &str) -> bool {
        path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("xml"))
    }

    /// With the configurations in these files, whose labels go to the reading.
    pub fn new(sources: &[Source<'_>], reading: &mut Reading) -> Self {
        let mut configs = Vec::new();
        for source in sources {
            match source.text() {
                Ok(text) if config::is_config(source.bytes) => {
                    let mut config = Config::parse(&text);
                    reading.scheme.labels.append(&mut config.scheme.labels);
                    reading.scheme.relations.append(&mut config.scheme.relations);
                    let folder = source.path.strip_suffix(source.name()).unwrap_or_default();
                    configs.push((folder.to_owned(), config));
                }
                Ok(_) => {
                    let problem = Problem::OtherFile { format: "Label Studio" };
                    reading.issues.push(Issue::new(source.path, None, None, problem));
                }
                Err(problem) => reading.issues.push(Issue::new(source.path, None, None, problem)),
            }
        }
        Self { configs }
    }

    /// Reads a value as a task.
    pub fn parse(&self, found: JsonValue<'_>, reading: &mut Reading) {
        let JsonValue { path, line, value, .. } = found;
        let Json::Object(task) = value else {
            let problem = Problem::NotObject { found: "another value" };
            return reading.issues.push(Issue::new(path, Some(line), None, problem));
        };
        // The configuration in the nearest folder above.
        let above = self.configs.iter().filter(|(folder, _)| path.starts_with(folder.as_str()));
        let (none, nearest) = (Config::default(), above.max_by_key(|(folder, _)| folder.len()));
        let config = nearest.map_or(&none, |(_, config)| config);
        if let Some(document) = Task::read(task, config, path, line, reading) {
            reading.documents.push(document);
        }
    }
}

/// The sets of answers that a value holds: a list of them, or one alone.
pub(super) fn sets(value: &Json) -> impl Iterator<Item = &Fields> {
    let list = match value {
        Json::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    list.iter().filter_map(Json::as_object)
}

/// The nodes of markup in which regions begin and end.
fn paths<'i>(items: &[&'i Fields]) -> BTreeSet<&'i str> {
    let values = items.iter().filter_map(|item| item.get("value")?.as_object());
    values.flat_map(|value| ["start", "end"].into_iter().filter_map(|end| string(value, end))).collect()
}

/// Whether what stands for the text only says where the text is.
fn is_address(text: &str) -> bool {
    let is_one_word = !text.contains(char::is_whitespace);
    is_one_word && (text.contains("://") || text.starts_with("/data/"))
}

/// Whether a region lies where the text has ended.
fn lead_beyond(text: &str, items: &[&Fields]) -> bool {
    let length = i64::try_from(text.encode_utf16().count()).unwrap_or(i64::MAX);
    let values = items.iter().filter_map(|item| item.get("value")?.as_object());
    values.filter_map(|value| range(value, "start", "end")).any(|(_, end)| length < end)
}

/// Whether a value is the list of regions of the short export.
pub(super) fn are_flat_regions(value: &Json) -> bool {
    let is_region =
        |one: &Json| one.as_object().is_some_and(|one| region::labels(&Fields::new(), one).is_some());
    value.as_array().and_then(|list| list.first()).is_some_and(is_region)
}

/// What a region says beyond its labels goes with each of them, up to so many bytes in a task; behind that with the
/// first alone, and the others are written back as regions of their own.
const MOST_COPIED: usize = 1 << 20;

/// A task on its way.
struct Task<'a> {
    text: Text,
    document: Foreign,
    /// Ids of marks that are taken.
    ids: BTreeSet<String>,
    /// The last number that marks of one id were told apart by.
    numbers: BTreeMap<String, usize>,
    /// How many bytes of regions were given to labels behind their first.
    copied: usize,
    reading: &'a mut Reading,
    line: u64,
}

impl Task<'_> {
    fn read(task: Fields, config: &Config, path: &str, line: u64, reading: &mut Reading) -> Option<Foreign> {
        let mut task = if task.get("data").is_some_and(Json::is_object) { task } else { full(task) };
        let mut data = match task.remove("data") {
            Some(Json::Object(data)) => data,
            _ => Fields::new(),
        };
        let items = ANNOTATIONS.into_iter().chain([PREDICTIONS]).filter_map(|key| task.get(key));
        let items = items.flat_map(sets).filter_map(|set| set.get("result")?.as_array()).flatten();
        let items: Vec<_> = items.filter_map(Json::as_object).collect();
        let key = text_key(&data, &items, config);
        let text = key.as_ref().and_then(|key| {
            let value = data.get(key)?;
            let is_configured = config.keys.values().any(|configured| configured == key);
            let is_html = config.html.contains(key)
                || items.iter().any(|item| is_html(item))
                || (!is_configured && value.as_str().is_some_and(looks_like_html));
            Text::of(value, is_html, &paths(&items))
        });
        let text = text.filter(|text| !(is_address(text.as_str()) && lead_beyond(text.as_str(), &items)));
        let (Some(key), Some(text)) = (key, text) else {
            let spans = items.iter().filter(|item| item_labels(item).is_some()).count();
            let relations = items.iter().filter(|item| string(item, "type") == Some("relation")).count();
            let (expected, attributes) = ("text".to_owned(), items.len() - spans - relations);
            let problem = Problem::WithoutText { expected, spans, relations, attributes, notes: 0 };
            reading.issues.push(Issue::new(path, Some(line), None, problem));
            return None;
        };
        let kind = match text {
            Text::Plain(_) => {
                data.remove(&key);
                "text"
            }
            Text::Html(..) => "html",
            Text::Turns(..) => "turns",
        };
        let (title, meta) = take_about(&mut data);
        let document = Foreign {
            path: path.to_owned(),
            line: Some(line),
            id: named(&task, "id").unwrap_or_default(),
            title,
            text: text.as_str().to_owned(),
            meta,
            ..Foreign::default()
        };
        let drafts = task.get("drafts").map_or(0, |drafts| sets(drafts).count());
        if 0 < drafts {
            let problem = Problem::NotTaken { what: "drafts".to_owned(), count: drafts };
            reading.issues.push(Issue::new(path, Some(line), None, problem));
        }
        let mut this =
            Task { text, document, ids: BTreeSet::new(), numbers: BTreeMap::new(), copied: 0, reading, line };
        let mut is_answered = false;
        for key in ANNOTATIONS.into_iter().chain([PREDICTIONS]) {
            let mut list = match task.remove(key) {
                Some(Json::Array(list)) => list,
                Some(one @ Json::Object(_)) => vec![one],
                Some(other) => {
                    task.insert(key.to_owned(), other);
                    continue;
                }
                None => continue,
            };
            for (set, number) in list.iter_mut().zip(0..) {
                if let Json::Object(set) = set {
                    let was_cancelled =
                        set.get("was_cancelled").is_some_and(|flag| *flag == Json::Bool(true));
                    is_answered |= key != PREDICTIONS && !was_cancelled;
                    this.set(key, number, set);
                }
            }
            task.insert(key.to_owned(), Json::Array(list));
        }
        let mut document = this.document;
        document.status = Some(if is_answered { Status::Done } else { Status::Todo });
        task.insert("data".to_owned(), Json::Object(data));
        task.insert("@text".to_owned(), json!({ "key": key, "kind": kind }));
        document.extra = task;
        Some(document)
    }

    /// Takes the regions and relations out of a set of answers.
    fn set(&mut self, key: &str, number: usize, set: &mut Fields) {
        let annotator = set.get("completed_by").and_then(|one| match one {
            Json::Object(one) => named(one, "email").or_else(|| named(one, "id")),
            one => name(one),
        });
        let annotator = annotator.filter(|_| key != PREDICTIONS).unwrap_or_default();
        if self.document.annotator.is_empty() {
            self.document.annotator.clone_from(&annotator);
        }
        let Some(Json::Array(items)) = set.get_mut("result") else { return };
        let mut rest = Vec::new();
        let mut regions: BTreeMap<String, (String, usize)> = BTreeMap::new();
        for item in std::mem::take(items) {
            match item {
                Json::Object(item) if item_labels(&item).is_some() => {
                    let first = self.document.marks.len();
                    let place = json!([key, number]);
                    let id = region::id(&item);
                    if let Some(mark) = self.region(item, &place, &annotator, key == PREDICTIONS) {
                        regions.entry(id).or_insert((mark, first));
                    }
                }
                item => rest.push(item),
            }
        }
        for item in rest {
            match item {
                Json::Object(item) if string(&item, "type") == Some("relation") => {
                    self.relation(item, &regions, &json!([key, number]));
                }
                Json::Object(item) if self.answer(&item, &regions) => {}
                item => items.push(item),
            }
        }
    }

    /// Adds the marks of a region, one for each of its labels, and gives the id of the first.
    fn region(
        &mut self,
        mut item: Fields,
        set: &Json,
        annotator: &str,
        is_predicted: bool,
    ) -> Option<String> {
        let id = region::id(&item);
        let note = region::take_note(&mut item);
        let mut value = match item.remove("value") {
            Some(Json::Object(value)) => value,
            _ => Fields::new(),
        };
        let labels = region::labels(&item, &value).unwrap_or_default();
        let Some(range) = self.text.range(&value) else {
            let reason = "it has no place that the text between the tags could have".to_owned();
            self.say(format!("region {id}"), Problem::UnreadableRecord { reason });
            return None;
        };
        let is_plain = matches!(self.text, Text::Plain(_));
        let quote = if matches!(self.text, Text::Turns(..)) { None } else { take_string(&mut value, "text") };
        value.remove(region::labels_key(&item));
        if is_plain {
            value.remove("start");
            value.remove("end");
        }
        item.remove("id");
        if !value.is_empty() {
            item.insert("value".to_owned(), Json::Object(value));
        }
        let remarks = Remarks { note, annotator: annotator.to_owned(), actor: None };
        let mut first = None;
        let at = self.document.marks.len();
        let item = Json::Object(item).to_string();
        let labels = if labels.is_empty() { vec!["label".to_owned()] } else { labels };
        for (label, number) in labels.into_iter().zip(0..) {
            let own = if number == 0 { id.clone() } else { format!("{at}#{number}") };
            let mut mark_id = own.clone();
            while !self.ids.insert(mark_id.clone()) {
                let number = self.numbers.entry(own.clone()).or_insert(1);
                mark_id = region::numbered(&own, *number);
                *number += 1;
            }
            first.get_or_insert_with(|| mark_id.clone());
            let mut extra = Said::default();
            extra.insert("set", set.clone());
            self.copied += if number == 0 { 0 } else { id.len() + item.len() };
            if number == 0 || self.copied < MOST_COPIED {
                extra.insert("id", id.as_str());
                extra.set("item", item.clone());
            }
            self.document.marks.push(Mark {
                id: mark_id,
                label,
                fragments: vec![range],
                quote: quote.clone(),
                origin: if is_predicted { Origin::Suggestion } else { Origin::Manual },
                aside: remarks.clone().into(),
                extra,
                ..Mark::default()
            });
        }
        first
    }

    /// Makes an attribute of what is answered about a region; `false` if that is not possible.
    fn answer(&mut self, item: &Fields, regions: &BTreeMap<String, (String, usize)>) -> bool {
        let Some((_, place)) = regions.get(&region::id(item)) else { return false };
        let Some(mark) = self.document.marks.get_mut(*place) else { return false };
        let (Some(from), Some(value)) = (string(item, "from_name"), region::answer(item)) else {
            return false;
        };
        let mut kept = item.clone();
        kept.remove("value");
        kept.remove("id");
        mark.attributes.push((from.to_owned(), value));
        let mut answers = match mark.extra.get("answers") {
            Some(Json::Object(answers)) => answers,
            _ => Fields::new(),
        };
        answers.insert(from.to_owned(), Json::Object(kept));
        mark.extra.insert("answers", answers);
        true
    }

    fn relation(&mut self, mut item: Fields, regions: &BTreeMap<String, (String, usize)>, set: &Json) {
        let end =
            |key: &str| named(&item, key).map(|id| regions.get(&id).map_or(id, |(mark, _)| mark.clone()));
        let (Some(from), Some(to)) = (end("from_id"), end("to_id")) else {
            let reason = "it has no from_id and to_id".to_owned();
            return self.say("relation".to_owned(), Problem::UnreadableRecord { reason });
        };
        let is_left = string(&item, "direction") == Some("left");
        let (from, to) = if is_left { (to, from) } else { (from, to) };
        let label = item.get("labels").and_then(Json::as_array).and_then(|list| list.first()).and_then(name);
        for key in ["type", "from_id", "to_id"] {
            item.remove(key);
        }
        item.insert("@set".to_owned(), set.clone());
        self.document.links.push(Link {
            id: String::new(),
            kind: label.unwrap_or_else(|| "relation".to_owned()),
            from,
            to: End::Mark(to),
            attributes: Vec::new(),
            note: String::new(),
            line: None,
            extra: item.into(),
        });
    }

    fn say(&mut self, record: String, problem: Problem) {
        self.reading.issues.push(Issue::new(&self.document.path, Some(self.line), Some(record), problem));
    }
}

fn item_labels(item: &Fields) -> Option<Vec<String>> {
    region::labels(item, item.get("value")?.as_object()?)
}

fn is_html(item: &Fields) -> bool {
    let value = item.get("value").and_then(Json::as_object);
    string(item, "type") == Some("hypertextlabels")
        || value.is_some_and(|value| {
            value.contains_key("globalOffsets")
                || string(value, "start").is_some_and(|path| path.starts_with('/'))
        })
}

/// Whether a text is one element from its first character to its last.
fn looks_like_html(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('<') && text.ends_with('>') && text.contains("</")
}

/// The key of the data under which the text stands.
fn text_key(data: &Fields, items: &[&Fields], config: &Config) -> Option<String> {
    let is_text =
        |key: &&str| data.get(*key).is_some_and(|value| Text::of(value, false, &BTreeSet::new()).is_some());
    // What regions mark comes first; a choice about the whole may name one of several texts.
    let of_regions = items.iter().filter(|item| item_labels(item).is_some());
    for item in of_regions.chain(items.iter()) {
        let to = string(item, "to_name").unwrap_or_default();
        let configured = config.keys.get(to).map(String::as_str);
        let source = string(item, "source").map(|source| source.trim_start_matches('$'));
        if let Some(key) = [configured, source, Some(to)].into_iter().flatten().find(is_text) {
            return Some(key.to_owned());
        }
    }
    let configured = config.keys.values().map(String::as_str).chain(["text"]).find(is_text);
    configured.map(str::to_owned).or_else(|| {
        let texts = data
            .iter()
            .filter_map(|(key, value)| Some((Text::of(value, false, &BTreeSet::new())?.as_str().len(), key)));
        texts.max().map(|(_, key)| key.clone())
    })
}

/// The short export as a full task.
fn full(flat: Fields) -> Fields {
    const OF_SET: [(&str, &str); 5] = [
        ("annotation_id", "id"),
        ("annotator", "completed_by"),
        ("created_at", "created_at"),
        ("lead_time", "lead_time"),
        ("updated_at", "updated_at"),
    ];
    let (mut task, mut data, mut set, mut result) = (Fields::new(), Fields::new(), Fields::new(), Vec::new());
    for (key, value) in flat {
        if let Some((_, own)) = OF_SET.iter().find(|(known, _)| *known == key) {
            set.insert((*own).to_owned(), value);
        } else if key == "id" {
            task.insert(key, value);
        } else if are_flat_regions(&value) {
            let Json::Array(regions) = value else { continue };
            for region in regions {
                let number = result.len();
                let of_one = region.as_object();
                let id = of_one.and_then(|one| named(one, "id")).unwrap_or_else(|| format!("r{number}"));
                let is_html = of_one.is_some_and(|one| one.contains_key("hypertextlabels"));
                let is_turn =
                    of_one.is_some_and(|one| range(one, "startOffset", "endOffset").is_some() && !is_html);
                let kind = match (is_html, is_turn) {
                    (true, _) => "hypertextlabels",
                    (_, true) => "paragraphlabels",
                    _ => "labels",
                };
                result.push(
                    json!({ "id": id, "from_name": key, "to_name": "text", "type": kind, "value": region }),
                );
            }
        } else {
            data.insert(key, value);
        }
    }
    task.insert("data".to_owned(), Json::Object(data));
    if !set.is_empty() || !result.is_empty() {
        set.insert("result".to_owned(), Json::Array(result));
        task.insert("annotations".to_owned(), json!([set]));
    }
    task
}
