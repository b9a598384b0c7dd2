//! Documents as `NAME.txt` and `NAME.ann`, and the codebook as the configuration with which brat opens them.
//! What was read from brat gets its own ids back as far as they are free.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Map, Value as Json};

use super::super::extra::{objects, string};
use super::super::ids::Ids;
use super::super::output::lose_text;
use super::super::{Context, Output, Page, kept};
use super::NAME;
use super::parser::{REMARK, generic};
use crate::format::file_name;
use crate::model::{Annotation, AnnotationId, AttributeKind, Attributes, Key, Meta, Relation, Target, Value};
use crate::text::Unit;

/// Adds a document.
pub(super) fn page(context: &Context<'_>, page: &Page<'_>, output: &mut Output) {
    let extra = kept(&page.document.extra, NAME);
    let title = file_name(&page.document.title, "", "txt");
    let name = output.fresh(string(&extra, "name").unwrap_or_else(|| title.trim_end_matches(".txt")));
    output.push(&format!("{name}.txt"), page.text.as_bytes());
    let mut sheet = Sheet::new(page);
    for spot in sheet.spots.clone() {
        sheet.mark(page, &spot);
    }
    for relation in page.body.relations() {
        sheet.relation(relation, output);
    }
    sheet.equivalences(&extra);
    for spot in sheet.spots.clone() {
        sheet.describe(context, &spot, output);
    }
    output.push(&format!("{name}.ann"), sheet.lines.as_bytes());
    names(page, output);
    lose_text(page, output);
    let known = Meta { language: String::new(), ..page.document.meta.clone() };
    output.lose("sources, authors and dates of documents", "left out", usize::from(known != Meta::default()));
}

/// Counts names that are not one word, because only such have a place.
fn names(page: &Page<'_>, output: &mut Output) {
    const FATE: &str = "written with underscores";
    let is_odd = |name: &str| usize::from(token(name) != name);
    let keys = |attributes: &Attributes| attributes.keys().map(|key| is_odd(key)).sum::<usize>();
    for one in page.body.annotations() {
        output.lose("labels of several words", FATE, is_odd(&one.label));
        output.lose("names of attributes of several words", FATE, keys(&one.attributes));
    }
    for one in page.body.relations() {
        output.lose("types of links of several words", FATE, is_odd(&one.kind));
        output.lose("names of attributes of several words", FATE, keys(&one.attributes));
    }
}

/// Adds the configuration.
pub(super) fn finish(context: &Context<'_>, output: &mut Output) {
    let codebook = &context.project.codebook;
    let mut types = "[entities]\n".to_owned();
    let (mut names, mut colours) = ("[labels]\n".to_owned(), "\n[drawing]\n".to_owned());
    for label in &codebook.labels {
        let key = token(&label.key);
        types += &format!("{key}\n");
        names += &format!("{key} | {} | {}\n", line(&label.name), line(&label.short));
        colours += &format!("{key}\tbgColor:{}, borderColor:darken\n", label.colour);
    }
    types += "\n[relations]\n";
    for relation in &codebook.relations {
        let list = |keys: &[Key]| match keys {
            [] => "<ANY>".to_owned(),
            keys => keys.iter().map(|key| token(key)).collect::<Vec<_>>().join("|"),
        };
        let key = token(&relation.key);
        types += &format!("{key}\tArg1:{}, Arg2:{}\n", list(&relation.from), list(&relation.to));
        names += &format!("{key} | {}\n", line(&relation.name));
    }
    types += "\n[events]\n\n[attributes]\n";
    for attribute in codebook.span_attributes() {
        types += &format!("{}\tArg:<ENTITY>", token(&attribute.key));
        if let AttributeKind::Choice(choices) | AttributeKind::Several(choices) = &attribute.kind {
            let values: Vec<_> = choices.iter().map(|choice| token(&choice.key)).collect();
            types += &format!(", Value:{}", values.join("|"));
        }
        types.push('\n');
    }
    output.push("annotation.conf", types.as_bytes());
    output.push("visual.conf", (names + &colours).as_bytes());
}

/// An annotation with the ids under which the file knows it.
#[derive(Clone)]
struct Spot<'a> {
    annotation: &'a Annotation,
    extra: Map<String, Json>,
    id: String,
    /// Each event that it triggers: its id, and its type where that is not the label.
    events: Vec<(String, Option<String>)>,
}

impl Spot<'_> {
    /// What stands for the annotation: its first event, or itself.
    fn home(&self) -> &str {
        self.events.first().map_or(&self.id, |(id, _)| id)
    }
}

/// The annotation file of one document as it is being written.
struct Sheet<'a> {
    lines: String,
    ids: Ids,
    spots: Vec<Spot<'a>>,
    places: BTreeMap<AnnotationId, usize>,
    /// The ids of the file that was read, and those of this one.
    renamed: BTreeMap<String, (AnnotationId, String)>,
    /// The arguments of each event.
    arguments: BTreeMap<(AnnotationId, String), Vec<&'a Relation>>,
}

impl<'a> Sheet<'a> {
    fn new(page: &Page<'a>) -> Self {
        let mut ids = Ids::default();
        let (mut spots, mut places, mut renamed) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        let mut arguments: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let body = page.body;
        for annotation in body.annotations() {
            let extra = kept(&annotation.extra, NAME);
            ids.keep(sound('T', &extra));
            objects(&extra, "events").for_each(|event| ids.keep(sound('E', event)));
        }
        body.relations().for_each(|relation| ids.keep(sound('R', &kept(&relation.extra, NAME))));
        for annotation in body.annotations() {
            let extra = kept(&annotation.extra, NAME);
            let mut rename = |old: Option<&str>, id: &str| {
                if let Some(old) = old {
                    renamed.entry(old.to_owned()).or_insert_with(|| (annotation.id, id.to_owned()));
                }
            };
            let id = ids.take('T', sound('T', &extra));
            rename(string(&extra, "id"), &id);
            let events = objects(&extra, "events").map(|event| {
                let id = ids.take('E', sound('E', event));
                rename(string(event, "id"), &id);
                (id, string(event, "type").map(str::to_owned))
            });
            let events = events.collect();
            places.insert(annotation.id, spots.len());
            spots.push(Spot { annotation, extra, id, events });
        }
        for relation in body.relations() {
            if let (Some(event), Target::Annotation(_)) =
                (string(&kept(&relation.extra, NAME), "event"), relation.to)
                && let Some((owner, event)) = renamed.get(event)
                && *owner == relation.from
            {
                arguments.entry((*owner, event.clone())).or_default().push(relation);
            }
        }
        Self { lines: String::new(), ids, spots, places, renamed, arguments }
    }

    fn write(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.lines.write_fmt(line);
        self.lines.push('\n');
    }

    fn mark(&mut self, page: &Page<'_>, spot: &Spot<'_>) {
        let (label, fragments) = (token(&spot.annotation.label), &spot.annotation.fragments);
        let ends = fragments.iter().map(|span| page.text.encode_span(span, Unit::CodePoint));
        let ends: Vec<_> = ends.map(|(start, end)| format!("{start} {end}")).collect();
        let quotes: Vec<_> = fragments.iter().filter_map(|span| page.text.slice(span)).map(flat).collect();
        self.write(format_args!("{}\t{label} {}\t{}", spot.id, ends.join(";"), quotes.join(" ")));
        for (id, kind) in &spot.events {
            let kind = kind.as_ref().map_or_else(|| name(&label), |kind| name(kind));
            let mut event = format!("{id}\t{kind}:{}", spot.id);
            let mut roles = BTreeSet::new();
            for relation in self.arguments.get(&(spot.annotation.id, id.clone())).into_iter().flatten() {
                let extra = kept(&relation.extra, NAME);
                let kind = name(&relation.kind);
                let role =
                    string(&extra, "role").filter(|role| generic(role) == kind && !roles.contains(*role));
                let numbered = || (2..).map(|number| format!("{kind}{number}"));
                let role = role.map(str::to_owned).or_else(|| {
                    std::iter::once(kind.clone()).chain(numbered()).find(|role| !roles.contains(role))
                });
                let (Some(role), Target::Annotation(to)) = (role, relation.to) else { continue };
                event += &format!(" {role}:{}", self.end(&extra, "to", to));
                roles.insert(role);
            }
            self.write(format_args!("{event}"));
        }
    }

    /// The id of an annotation at an end of a link: the one that the file stated, if it still is the annotation's.
    fn end(&self, extra: &Map<String, Json>, key: &str, id: AnnotationId) -> String {
        let stated = string(extra, key).and_then(|stated| self.renamed.get(stated));
        let spot = self.places.get(&id).and_then(|at| self.spots.get(*at));
        match (stated, spot) {
            (Some((owner, stated)), _) if *owner == id => stated.clone(),
            (_, Some(spot)) => spot.id.clone(),
            _ => String::new(),
        }
    }

    fn relation(&mut self, relation: &Relation, output: &mut Output) {
        let extra = kept(&relation.extra, NAME);
        let Target::Annotation(to) = relation.to else {
            return output.lose("links to actors that no span names", "left out", 1);
        };
        let event = string(&extra, "event").and_then(|event| self.renamed.get(event));
        if event.is_some_and(|(owner, _)| *owner == relation.from) {
            output.lose("notes on arguments of events", "left out", usize::from(!relation.note.is_empty()));
            output.lose("attributes of arguments of events", "left out", relation.attributes.len());
            return;
        }
        let id = self.ids.take('R', sound('R', &extra));
        let (from, to) = (self.end(&extra, "from", relation.from), self.end(&extra, "to", to));
        let role = |at: usize, usual: &str| {
            let kept = extra.get("roles").and_then(|roles| roles.get(at)).and_then(Json::as_str);
            name(kept.filter(|role| !role.is_empty()).unwrap_or(usual))
        };
        let (first, second, kind) = (role(0, "Arg1"), role(1, "Arg2"), token(&relation.kind));
        self.write(format_args!("{id}\t{kind} {first}:{from} {second}:{to}"));
        self.attributes(&id, &relation.attributes, output);
        self.remark(&id, &relation.note, output);
        self.kept(&id, &extra);
    }

    fn equivalences(&mut self, extra: &Map<String, Json>) {
        for set in objects(extra, "equivalences") {
            let members =
                set.get("members").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
            let members: Vec<_> =
                members.filter_map(|id| self.renamed.get(id)).map(|(_, id)| id.as_str()).collect();
            if 1 < members.len() {
                let members = members.join(" ");
                let kind = token(string(set, "type").unwrap_or("Equiv"));
                self.write(format_args!("*\t{kind} {members}"));
            }
        }
    }

    /// What is said of an annotation.
    fn describe(&mut self, context: &Context<'_>, spot: &Spot<'_>, output: &mut Output) {
        let home = spot.home();
        self.attributes(home, &spot.annotation.attributes, output);
        self.remark(home, &spot.annotation.note, output);
        self.kept(home, &spot.extra);
        let Some(actor) = spot.annotation.actor.and_then(|id| context.actors.get(&id)) else { return };
        let reference = format!("Wikidata:{}", actor.wikidata);
        let is_kept = objects(&spot.extra, "normalizations")
            .any(|known| string(known, "reference") == Some(&reference));
        if actor.wikidata.is_empty() {
            output.lose("actors without a Wikidata id", "left out", 1);
        } else if !is_kept {
            let id = self.ids.take('N', None);
            self.write(format_args!("{id}\tReference {home} {}\t{}", token(&reference), line(&actor.name)));
        }
    }

    fn attributes(&mut self, target: &str, attributes: &Attributes, output: &mut Output) {
        for (key, value) in attributes {
            let values = match value {
                Value::Flag(true) => {
                    let id = self.ids.take('A', None);
                    self.write(format_args!("{id}\t{} {target}", token(key)));
                    continue;
                }
                Value::Flag(false) => vec![],
                Value::Number(number) => vec![number.to_string()],
                Value::Text(text) => vec![text.clone()],
                Value::Several(all) => all.clone(),
            };
            let mut written: Vec<String> = Vec::with_capacity(values.len());
            for value in values.iter().map(|value| line(value)).filter(|value| !value.is_empty()) {
                if !written.contains(&value) {
                    written.push(value);
                }
            }
            output.lose("attributes that are empty or say no", "left out", usize::from(written.is_empty()));
            let is_other = !written.is_empty() && written != values;
            output.lose("attributes with odd values", "written in one line", usize::from(is_other));
            for value in written {
                let id = self.ids.take('A', None);
                self.write(format_args!("{id}\t{} {target} {value}", token(key)));
            }
        }
    }

    fn remark(&mut self, target: &str, note: &str, output: &mut Output) {
        if !note.is_empty() {
            let id = self.ids.take('#', None);
            self.write(format_args!("{id}\t{REMARK} {target}\t{}", flat(note)));
            output.lose("line breaks in notes", "written as blanks", usize::from(flat(note) != note));
        }
    }

    /// What the file said beyond the model.
    fn kept(&mut self, home: &str, extra: &Map<String, Json>) {
        let said = ["attributes", "normalizations", "notes"]
            .into_iter()
            .flat_map(|list| objects(extra, list).map(move |fields| (list, fields)));
        for (list, fields) in said {
            let target = string(fields, "on").and_then(|id| self.renamed.get(id)).map(|(_, id)| id.clone());
            let target = target.unwrap_or_else(|| home.to_owned());
            let part = |key| string(fields, key).unwrap_or_default();
            match list {
                "attributes" => {
                    let id = self.ids.take('A', None);
                    let value =
                        string(fields, "value").map(|value| format!(" {}", line(value))).unwrap_or_default();
                    self.write(format_args!("{id}\t{} {target}{value}", token(part("name"))));
                }
                "notes" => {
                    let id = self.ids.take('#', None);
                    self.write(format_args!(
                        "{id}\t{} {target}\t{}",
                        token(part("type")),
                        flat(part("text"))
                    ));
                }
                _ => {
                    let id = self.ids.take('N', None);
                    let text =
                        string(fields, "text").map(|text| format!("\t{}", flat(text))).unwrap_or_default();
                    let (kind, reference) = (token(part("type")), line(part("reference")));
                    self.write(format_args!("{id}\t{kind} {target} {reference}{text}"));
                }
            }
        }
    }
}

/// An id that was read, if it can stand in a file again.
fn sound(letter: char, fields: &Map<String, Json>) -> Option<&str> {
    string(fields, "id").filter(|id| id.starts_with(letter) && token(id) == *id && !id.contains(':'))
}

/// A name as one word.
fn token(name: &str) -> String {
    let words: Vec<_> = name.split(|letter: char| letter.is_whitespace() || letter.is_control()).collect();
    if name.is_empty() { "_".to_owned() } else { words.join("_") }
}

/// A name that a colon may follow.
fn name(name: &str) -> String {
    token(name).replace(':', "_")
}

/// A text without line ends and tabs, character by character, so that its length stays.
fn flat(text: &str) -> String {
    let blank = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    text.chars().map(|letter| if blank(letter) { ' ' } else { letter }).collect()
}

/// A value or quote in one line.
fn line(text: &str) -> String {
    flat(text).trim_matches(' ').to_owned()
}
