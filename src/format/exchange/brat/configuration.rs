//! `annotation.conf` declares types, `visual.conf` their colours, `kb_shortcuts.conf` their keys. Sections stand in
//! square brackets; below them each line is a name and, after blanks or a tab, what it may be joined to. Indented names
//! are kinds of the one above, `!` marks names that only group others, `<NAME>=a|b` is a short form for a list.

use std::collections::{BTreeMap, BTreeSet};

use super::super::colour::hexadecimal;
use super::super::{ForeignLabel, ForeignRelation, Scheme, Source};
use crate::format::{Issue, Issues};

/// The files, in the order in which they build on each other. `tools.conf` concerns the server only.
pub(super) const FILES: [&str; 4] = ["annotation.conf", "visual.conf", "kb_shortcuts.conf", "tools.conf"];

/// How many labels the rules of all relations may name; beyond it they allow any. Real corpora name hundreds.
const MOST_NAMES: usize = 100_000;
/// How deep a hierarchy of types may be.
const MOST_LEVELS: usize = 32;

/// What the configuration of a corpus declares.
pub(super) fn parse(sources: &[&Source<'_>], issues: &mut Issues) -> Scheme {
    let mut types = Types::default();
    for file in FILES {
        for source in sources.iter().filter(|source| source.name() == file) {
            types.read(file, source, issues);
        }
    }
    let relations = types.relations();
    Scheme { labels: types.labels, relations }
}

#[derive(Default)]
struct Types<'a> {
    labels: Vec<ForeignLabel>,
    places: BTreeMap<&'a str, usize>,
    entities: Vec<&'a str>,
    events: Vec<&'a str>,
    lists: BTreeMap<&'a str, &'a str>,
    /// The names above the line being read, with how far they are indented.
    above: Vec<(usize, &'a str)>,
    /// Which labels are kinds of a name.
    kinds: BTreeMap<&'a str, Vec<&'a str>>,
    rules: Vec<Rule<'a>>,
}

/// A relation, or an event whose roles are relations to us, with its arguments as written.
struct Rule<'a> {
    name: &'a str,
    is_event: bool,
    arguments: &'a str,
}

impl<'a> Types<'a> {
    fn read(&mut self, file: &str, source: &Source<'a>, issues: &mut Issues) {
        let mut section = "";
        self.above.clear();
        for (number, line) in source.lines() {
            let line = match line {
                Ok(line) => line.trim_end(),
                Err(problem) => {
                    issues.push(Issue::new(source.path, Some(number), None, problem));
                    continue;
                }
            };
            let entry = line.trim_start();
            match (file, section) {
                _ if entry.is_empty() || entry.starts_with('#') || entry.starts_with("--") => {}
                _ if entry.starts_with('[') => {
                    section = entry.trim_matches(['[', ']']);
                    self.above.clear();
                }
                ("annotation.conf", section) => self.declare(section, line),
                ("visual.conf", "labels") => self.describe(entry),
                ("visual.conf", "drawing") => self.colour(entry),
                ("kb_shortcuts.conf", _) => self.shortcut(entry),
                _ => {}
            }
        }
    }

    fn declare(&mut self, section: &str, line: &'a str) {
        let entry = line.trim_start();
        if let Some((name, list)) = entry.split_once('=').filter(|(name, _)| name.starts_with('<')) {
            self.lists.insert(name.trim_end(), list.trim_start());
            return;
        }
        let (names, arguments) = entry.split_once([' ', '\t']).unwrap_or((entry, ""));
        let name = names.trim_start_matches('!').split('|').next().unwrap_or_default();
        let is_event = section == "events";
        if name.is_empty() || name.starts_with('<') {
            return;
        }
        match section {
            "relations" => self.rules.push(Rule { name, is_event, arguments }),
            "entities" | "spans" | "events" => {
                let indent = line.len() - entry.len();
                self.above.retain(|(above, _)| *above < indent);
                if !names.starts_with('!') {
                    for (_, above) in &self.above {
                        self.kinds.entry(above).or_default().push(name);
                    }
                    self.label(name, is_event);
                    self.rules.extend(is_event.then_some(Rule { name, is_event, arguments }));
                }
                if self.above.len() < MOST_LEVELS {
                    self.above.push((indent, name));
                }
            }
            _ => {}
        }
    }

    fn label(&mut self, name: &'a str, is_event: bool) {
        if !self.places.contains_key(name) {
            self.places.insert(name, self.labels.len());
            self.labels.push(ForeignLabel { name: name.to_owned(), ..ForeignLabel::default() });
            if is_event { &mut self.events } else { &mut self.entities }.push(name);
        }
    }

    fn declared(&mut self, name: &str) -> Option<&mut ForeignLabel> {
        self.labels.get_mut(*self.places.get(name)?)
    }

    /// `Start-org | Start organization | Start`: the name in files, then names for people, long to short.
    fn describe(&mut self, entry: &str) {
        let mut names = entry.split('|').map(str::trim);
        if let (Some(name), Some(shown)) = (names.next(), names.next())
            && name != shown
            && let Some(label) = self.declared(name)
        {
            shown.clone_into(&mut label.description);
        }
    }

    /// `Person bgColor:#ff821c, fgColor:black`.
    fn colour(&mut self, entry: &str) {
        let (name, drawing) = entry.split_once([' ', '\t']).unwrap_or((entry, ""));
        let mut aspects = drawing.split(',').filter_map(|aspect| aspect.trim().split_once(':'));
        let background = aspects.find(|(aspect, _)| *aspect == "bgColor");
        if let Some(colour) = background.and_then(|(_, colour)| hexadecimal(colour.trim()))
            && let Some(label) = self.declared(name)
        {
            label.colour = colour;
        }
    }

    /// `P Person`.
    fn shortcut(&mut self, entry: &str) {
        let mut words = entry.split_ascii_whitespace();
        if let (Some(key), Some(name)) = (words.next(), words.next())
            && let (Some(letter), None) = (key.chars().next(), key.chars().nth(1))
            && let Some(label) = self.declared(name)
        {
            label.letter = Some(letter);
        }
    }

    /// The relations, each once, however many pairs it is declared for.
    fn relations(&self) -> Vec<ForeignRelation> {
        let mut joins = Joins::default();
        let mut names_left = MOST_NAMES;
        for rule in &self.rules {
            let pairs = rule.arguments.split(',').filter_map(|pair| pair.trim().split_once(':'));
            let mut pairs = pairs.filter(|(role, _)| !role.starts_with('<'));
            if rule.is_event {
                for (role, types) in pairs {
                    let role = role.trim_end_matches(['?', '*', '+']).split('{').next().unwrap_or_default();
                    joins.add(role, vec![rule.name], self.expand(types, &mut names_left));
                }
            } else {
                let [from, to] = [pairs.next(), pairs.next()]
                    .map(|pair| pair.map_or_else(Vec::new, |(_, types)| self.expand(types, &mut names_left)));
                joins.add(rule.name, from, to);
            }
        }
        joins.relations
    }

    /// The labels that `Person|<EVENT>` allows; none for any.
    fn expand(&self, types: &str, names_left: &mut usize) -> Vec<&'a str> {
        let mut labels = BTreeSet::new();
        let names = types.split('|').map(str::trim);
        for name in
            names.flat_map(|name| self.lists.get(name).copied().unwrap_or(name).split('|')).map(str::trim)
        {
            let listed: &[&str] = match name {
                "<ANY>" => return Vec::new(),
                "<ENTITY>" if self.events.is_empty() => return Vec::new(),
                "<ENTITY>" => &self.entities,
                "<EVENT>" => &self.events,
                _ => self.kinds.get(name).map_or(&[], Vec::as_slice),
            };
            let own = self.places.get_key_value(name).map(|(name, _)| *name);
            if *names_left <= listed.len() {
                return Vec::new();
            }
            *names_left -= listed.len() + 1;
            labels.extend(listed.iter().copied().chain(own));
        }
        labels.into_iter().collect()
    }
}

/// Which labels each relation joins.
#[derive(Default)]
struct Joins<'a> {
    relations: Vec<ForeignRelation>,
    known: BTreeMap<&'a str, (usize, [BTreeSet<&'a str>; 2])>,
}

impl<'a> Joins<'a> {
    fn add(&mut self, name: &'a str, from: Vec<&'a str>, to: Vec<&'a str>) {
        let is_new = !self.known.contains_key(name);
        let (at, seen) = self.known.entry(name).or_insert_with(|| (self.relations.len(), Default::default()));
        if is_new {
            self.relations.push(ForeignRelation { name: name.to_owned(), ..ForeignRelation::default() });
        }
        let Some(relation) = self.relations.get_mut(*at) else { return };
        for ((labels, seen), more) in
            [&mut relation.from, &mut relation.to].into_iter().zip(seen).zip([from, to])
        {
            // None is any, and nothing goes beyond any.
            if more.is_empty() {
                labels.clear();
            } else if is_new || !labels.is_empty() {
                labels.extend(more.into_iter().filter(|label| seen.insert(label)).map(str::to_owned));
            }
        }
    }
}
