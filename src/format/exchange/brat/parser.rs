//! The lines of one document, joined to marks and links. A line may refer to any other, earlier or later, so marks and
//! events are known first.
//!
//! A mark and the first event that it triggers are one to us: what is said of that event is said of the mark. What is
//! said of the trigger itself or of its further events is kept with the id that it is said of.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::super::{End, Foreign, Link, Mark, Said, Source};
use super::line::{self, Record};
use crate::format::{Issue, Issues, Problem};
use crate::model::Value;

/// The note that people write; others are written by programs.
pub(super) const REMARK: &str = "AnnotatorNotes";

/// The annotations of one document.
#[derive(Default)]
pub(super) struct Annotations {
    marks: Vec<Mark>,
    links: Vec<Link>,
    equivalences: Vec<Json>,
}

/// Where a line stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    path: &'a str,
    line: u64,
    id: &'a str,
}

impl Place<'_> {
    fn issue(self, problem: Problem) -> Issue {
        Issue::new(self.path, Some(self.line), Some(self.id.to_owned()), problem)
    }
}

/// What an id names.
#[derive(Clone, Copy)]
enum Named {
    Mark(usize),
    Link(usize),
}

impl Annotations {
    /// Reads the files of one document.
    pub(super) fn parse(sources: &[&Source<'_>], issues: &mut Issues) -> Self {
        let mut parser =
            Parser { issues, known: BTreeMap::new(), homes: BTreeMap::new(), found: Self::default() };
        let mut rest = Vec::new();
        // A vector that grows takes three times its room for a moment.
        let lines = sources.iter().flat_map(|source| source.lines());
        let marks = lines.filter(|(_, line)| line.as_ref().is_ok_and(|line| line.starts_with('T'))).count();
        parser.found.marks.reserve_exact(marks);
        for source in sources {
            for (number, line) in source.lines() {
                let place = Place { path: source.path, line: number, id: "" };
                match line.map(|line| (line, line::parse(line))) {
                    Err(problem) => parser.issues.push(Issue::new(source.path, Some(number), None, problem)),
                    Ok((blank, _)) if blank.trim().is_empty() => {}
                    Ok((line, Err(expected))) => {
                        let id = line.split_ascii_whitespace().next().unwrap_or_default();
                        let reason = expected.to_owned();
                        parser.issues.push(Place { id, ..place }.issue(Problem::UnreadableRecord { reason }));
                    }
                    Ok((_, Ok((id, Record::Mark { label, fragments, quote })))) => {
                        parser.mark(Place { id, ..place }, label, fragments, quote);
                    }
                    Ok((_, Ok((id, record)))) => rest.push((Place { id, ..place }, record)),
                }
            }
        }
        for (place, record) in &rest {
            if let Record::Event { label, trigger, .. } = record {
                parser.event(*place, label, trigger);
            }
        }
        for (place, record) in &rest {
            parser.connect(*place, record);
        }
        for (place, record) in rest {
            parser.describe(place, record);
        }
        parser.found
    }

    /// Lays them on their document.
    pub(super) fn put(self, document: &mut Foreign) {
        document.marks = self.marks;
        document.links = self.links;
        if !self.equivalences.is_empty() {
            document.extra.insert("equivalences".into(), self.equivalences.into());
        }
    }

    /// What is lost with a text that is not there.
    pub(super) fn without_text(&self, stem: &str) -> Problem {
        let name = stem.rsplit('/').next().unwrap_or(stem);
        let attributes = |own: &[(String, Value)]| {
            own.iter()
                .map(|(_, value)| if let Value::Several(all) = value { all.len() } else { 1 })
                .sum::<usize>()
        };
        let note = |note: &str| usize::from(!note.is_empty());
        let of_marks = |count: &dyn Fn(&Mark) -> usize| self.marks.iter().map(count).sum::<usize>();
        let of_links = |count: &dyn Fn(&Link) -> usize| self.links.iter().map(count).sum::<usize>();
        Problem::WithoutText {
            expected: format!("{name}.txt"),
            spans: self.marks.len(),
            relations: self.links.len(),
            attributes: of_marks(&|mark| attributes(&mark.attributes) + mark.extra.length("attributes"))
                + of_links(&|link| attributes(&link.attributes)),
            notes: of_marks(&|mark| note(&mark.aside.note) + mark.extra.length("notes"))
                + of_links(&|link| note(&link.note) + link.extra.length("notes")),
        }
    }
}

struct Parser<'i, 'a> {
    issues: &'i mut Issues,
    known: BTreeMap<&'a str, Named>,
    /// The first event that each mark triggers.
    homes: BTreeMap<usize, &'a str>,
    found: Annotations,
}

impl<'a> Parser<'_, 'a> {
    fn mark(&mut self, place: Place<'a>, label: &str, fragments: Vec<(i64, i64)>, quote: Option<&str>) {
        let is_new = self.name(place, Named::Mark(self.found.marks.len()));
        let mut mark = Mark {
            label: label.to_owned(),
            fragments,
            quote: quote.map(str::to_owned),
            line: Some(place.line),
            ..Mark::default()
        };
        if is_new {
            place.id.clone_into(&mut mark.id);
            mark.extra.insert("id", place.id);
        }
        self.found.marks.push(mark);
    }

    fn event(&mut self, place: Place<'a>, label: &str, trigger: &str) {
        let Some(Named::Mark(at)) = self.known.get(trigger).copied() else {
            return self.issues.push(place.issue(Problem::NoSuchRecord { id: trigger.to_owned() }));
        };
        self.name(place, Named::Mark(at));
        let Some(mark) = self.found.marks.get_mut(at) else { return };
        let mut event = Map::from_iter([("id".to_owned(), place.id.into())]);
        if mark.label != label {
            event.insert("type".into(), label.into());
        }
        mark.extra.push("events", event);
        self.homes.entry(at).or_insert(place.id);
    }

    /// Links, once all marks and events are known.
    fn connect(&mut self, place: Place<'a>, record: &Record<'a>) {
        match record {
            Record::Event { trigger, arguments, .. } => {
                if matches!(self.known.get(trigger), Some(Named::Mark(_))) {
                    for (role, to) in arguments {
                        let mut link = self.link(place, generic(role), place.id, to);
                        link.extra.remove("from");
                        link.extra.insert("event", place.id);
                        if generic(role) != *role {
                            link.extra.insert("role", *role);
                        }
                        self.found.links.push(link);
                    }
                }
            }
            Record::Relation { kind, ends: [(from_role, from), (to_role, to)] } => {
                self.name(place, Named::Link(self.found.links.len()));
                let mut link = self.link(place, kind, from, to);
                place.id.clone_into(&mut link.id);
                link.extra.insert("id", place.id);
                if (*from_role, *to_role) != ("Arg1", "Arg2") {
                    link.extra.insert("roles", json!([from_role, to_role]));
                }
                self.found.links.push(link);
            }
            _ => {}
        }
    }

    /// A link between what two ids name. An event is named by its trigger; its own id is kept.
    fn link(&self, place: Place<'_>, kind: &str, from: &str, to: &str) -> Link {
        let mut extra = Said::default();
        let mut end = |key: &str, id: &str| match self.known.get(id) {
            Some(Named::Mark(at)) => {
                let mark = self.found.marks.get(*at).map_or(id, |mark| mark.id.as_str());
                if mark != id {
                    extra.insert(key, id);
                }
                mark.to_owned()
            }
            _ => id.to_owned(),
        };
        let (from, to) = (end("from", from), End::Mark(end("to", to)));
        let kind = kind.to_owned();
        let (id, attributes, note) = Default::default();
        Link { id, kind, from, to, attributes, note, line: Some(place.line), extra }
    }

    /// What is said of marks and links.
    fn describe(&mut self, place: Place<'_>, record: Record<'_>) {
        match record {
            Record::Attribute { name, target, value } => self.attribute(place, name, target, value),
            Record::Normalization { kind, target, reference, text } => {
                let mut fields = Map::new();
                fields.insert("type".into(), kind.into());
                fields.insert("reference".into(), reference.into());
                if let Some(text) = text {
                    fields.insert("text".into(), text.into());
                }
                self.keep(place, target, "normalizations", fields);
            }
            Record::Note { kind, target, text } => self.note(place, kind, target, text),
            Record::Equivalence { kind, members } => {
                self.found.equivalences.push(json!({ "type": kind, "members": members }));
            }
            Record::Mark { .. } | Record::Event { .. } | Record::Relation { .. } => {}
        }
    }

    fn attribute(&mut self, place: Place<'_>, name: &str, target: &str, value: Option<&str>) {
        let attributes = match self.known.get(target) {
            Some(Named::Mark(at)) => match self.found.marks.get_mut(*at) {
                Some(mark) if is_home(&self.homes, *at, mark, target) => Some(&mut mark.attributes),
                _ => None,
            },
            Some(Named::Link(at)) => self.found.links.get_mut(*at).map(|link| &mut link.attributes),
            None => None,
        };
        let own = value.map_or(Value::Flag(true), |value| Value::Text(value.to_owned()));
        if attributes.is_some_and(|attributes| add(attributes, name, own)) {
            return;
        }
        let mut fields = Map::from_iter([("name".to_owned(), name.into())]);
        if let Some(value) = value {
            fields.insert("value".into(), value.into());
        }
        self.keep(place, target, "attributes", fields);
    }

    fn note(&mut self, place: Place<'_>, kind: &str, target: &str, text: &str) {
        let note = match self.known.get(target) {
            Some(Named::Mark(at)) => match self.found.marks.get_mut(*at) {
                Some(mark) if is_home(&self.homes, *at, mark, target) => Some(&mut mark.aside.note),
                _ => None,
            },
            Some(Named::Link(at)) => self.found.links.get_mut(*at).map(|link| &mut link.note),
            None => None,
        };
        match note {
            Some(note) if note.is_empty() && !text.is_empty() && kind == REMARK => text.clone_into(note),
            _ => {
                let fields = [("type".to_owned(), kind.into()), ("text".to_owned(), text.into())];
                self.keep(place, target, "notes", Map::from_iter(fields));
            }
        }
    }

    /// Keeps something with the mark or link that it is said of.
    fn keep(&mut self, place: Place<'_>, target: &str, list: &str, mut fields: Map<String, Json>) {
        let extra = match self.known.get(target) {
            Some(Named::Mark(at)) => self.found.marks.get_mut(*at).map(|mark| {
                if !is_home(&self.homes, *at, mark, target) {
                    fields.insert("on".into(), target.into());
                }
                &mut mark.extra
            }),
            Some(Named::Link(at)) => self.found.links.get_mut(*at).map(|link| &mut link.extra),
            None => None,
        };
        match extra {
            Some(extra) => extra.push(list, fields),
            None => self.issues.push(place.issue(Problem::NoSuchRecord { id: target.to_owned() })),
        }
    }

    /// Whether the id is new; if not, it goes on naming what it named first.
    fn name(&mut self, place: Place<'a>, named: Named) -> bool {
        let is_new = !self.known.contains_key(place.id);
        if is_new {
            self.known.insert(place.id, named);
        } else {
            self.issues.push(place.issue(Problem::DuplicateId));
        }
        is_new
    }
}

/// Whether that id names the mark as we know it: its first event if it triggers any, else itself.
fn is_home(homes: &BTreeMap<usize, &str>, at: usize, mark: &Mark, id: &str) -> bool {
    homes.get(&at).map_or(mark.id.as_str(), |home| home) == id
}

/// Adds a value; a second one of the same name makes it several. Whether it could be held.
fn add(attributes: &mut Vec<(String, Value)>, name: &str, value: Value) -> bool {
    let Some((_, held)) = attributes.iter_mut().find(|(known, _)| known == name) else {
        attributes.push((name.to_owned(), value));
        return true;
    };
    match (&mut *held, value) {
        (Value::Text(first), Value::Text(second)) => {
            *held = Value::Several(vec![std::mem::take(first), second])
        }
        (Value::Several(all), Value::Text(next)) => all.push(next),
        _ => return false,
    }
    true
}

/// A role without the number that only tells several of its kind apart: `Org2`. `Arg1` and `Arg2` are different roles.
pub(super) fn generic(role: &str) -> &str {
    match role.trim_end_matches(|letter: char| letter.is_ascii_digit()) {
        "" | "Arg" => role,
        stem => stem,
    }
}
