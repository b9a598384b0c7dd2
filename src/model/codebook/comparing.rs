//! What tells two codebooks apart, entry by entry, for people: what would come in, and what a change has done.

use super::{Attribute, Choice, Codebook, CodebookEntry, Label, RelationType};

/// An entry that is not the same in two codebooks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// What it is.
    pub entry: CodebookEntry,
    /// Its name, as it is afterwards if it is there.
    pub name: String,
    /// The names of the entries that it belongs to, the outermost first.
    pub within: Vec<String>,
    /// How it differs.
    pub how: Differs,
}

/// How an entry differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Differs {
    /// It is there afterwards only.
    Added,
    /// It was there before only.
    Removed,
    /// These parts of it are others.
    Changed(Vec<&'static str>),
}

impl Codebook {
    /// What is not the same afterwards, in the order of the codebook. Linear in the entries, but for choices, where it
    /// takes O(n log n).
    pub fn differences(&self, after: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        let labels = paired(&self.labels, &after.labels, |one| &*one.key);
        for pair in labels {
            let within = note(&mut found, CodebookEntry::Label, &[], pair, |one| &one.name, label_parts);
            attributes(&mut found, &within, of(pair, |one: &Label| &one.attributes));
        }
        let relations = paired(&self.relations, &after.relations, |one| &*one.key);
        for pair in relations {
            let within =
                note(&mut found, CodebookEntry::Relation, &[], pair, |one| &one.name, relation_parts);
            attributes(&mut found, &within, of(pair, |one: &RelationType| &one.attributes));
        }
        found
    }
}

type Pair<'e, T> = (Option<&'e T>, Option<&'e T>);

/// What is there before and after, by key.
fn paired<'e, T>(before: &'e [T], after: &'e [T], key: impl Fn(&T) -> &str) -> Vec<Pair<'e, T>> {
    let mut old = crate::text::order::map(before.iter().map(|one| (key(one).to_owned(), one)));
    let mut pairs: Vec<Pair<'e, T>> = after.iter().map(|one| (old.remove(key(one)), Some(one))).collect();
    pairs.extend(before.iter().filter(|one| old.contains_key(key(one))).map(|one| (Some(one), None)));
    pairs
}

fn of<'e, T, P: ?Sized>(pair: Pair<'e, T>, part: impl Fn(&'e T) -> &'e P) -> Pair<'e, P> {
    (pair.0.map(&part), pair.1.map(&part))
}

/// Notes how a pair differs; gives back what its parts lie within.
fn note<T>(
    found: &mut Vec<Difference>,
    entry: CodebookEntry,
    within: &[String],
    pair: Pair<'_, T>,
    name: impl Fn(&T) -> &String,
    parts: impl Fn(&T, &T) -> Vec<&'static str>,
) -> Vec<String> {
    let (how, one) = match pair {
        (None, Some(after)) => (Differs::Added, after),
        (Some(before), None) => (Differs::Removed, before),
        (Some(before), Some(after)) => (Differs::Changed(parts(before, after)), after),
        (None, None) => return within.to_vec(),
    };
    if how != Differs::Changed(Vec::new()) {
        found.push(Difference { entry, name: name(one).clone(), within: within.to_vec(), how });
    }
    within.iter().chain([name(one)]).cloned().collect()
}

fn attributes(found: &mut Vec<Difference>, within: &[String], pair: Pair<'_, Vec<Attribute>>) {
    // With an entry that comes or goes all that belongs to it does.
    let (Some(before), Some(after)) = pair else { return };
    for pair in paired(before, after, |one| &*one.key) {
        let inner = note(found, CodebookEntry::Attribute, within, pair, |one| &one.name, attribute_parts);
        if let (Some(before), Some(after)) = pair {
            for pair in paired(before.kind.choices(), after.kind.choices(), |one| &*one.key) {
                note(found, CodebookEntry::Choice, &inner, pair, |one| &one.name, choice_parts);
            }
        }
    }
}

fn named(parts: &[(bool, &'static str)]) -> Vec<&'static str> {
    parts.iter().filter(|(differs, _)| *differs).map(|(_, name)| *name).collect()
}

fn label_parts(one: &Label, other: &Label) -> Vec<&'static str> {
    named(&[
        (one.name != other.name, "name"),
        (one.short != other.short, "short name"),
        (one.colour != other.colour, "colour"),
        (one.letter != other.letter, "key"),
        (one.about.description != other.about.description, "description"),
        (one.about.examples != other.about.examples, "examples"),
        (one.names_actor != other.names_actor, "whether it names an actor"),
        (one.inside != other.inside, "where it may lie"),
    ])
}

fn relation_parts(one: &RelationType, other: &RelationType) -> Vec<&'static str> {
    named(&[
        (one.name != other.name || one.inverse != other.inverse, "name"),
        (one.letter != other.letter, "key"),
        (one.about.description != other.about.description, "description"),
        (one.about.examples != other.about.examples, "examples"),
        (
            one.from != other.from || one.to != other.to || one.to_registry != other.to_registry,
            "what it joins",
        ),
        (one.several != other.several, "how many there may be"),
        (one.offered != other.offered, "whether it is offered"),
    ])
}

fn attribute_parts(one: &Attribute, other: &Attribute) -> Vec<&'static str> {
    let kind = std::mem::discriminant(&one.kind) != std::mem::discriminant(&other.kind);
    named(&[
        (one.name != other.name, "name"),
        (kind, "kind"),
        (one.required != other.required, "whether it is required"),
        (one.default != other.default, "what it starts with"),
        (one.about.description != other.about.description, "description"),
        (one.about.examples != other.about.examples, "examples"),
    ])
}

fn choice_parts(one: &Choice, other: &Choice) -> Vec<&'static str> {
    named(&[
        (one.name != other.name, "name"),
        (one.code != other.code, "code"),
        (one.parent != other.parent, "place"),
        (one.about.description != other.about.description, "description"),
        (one.about.examples != other.about.examples, "examples"),
    ])
}
