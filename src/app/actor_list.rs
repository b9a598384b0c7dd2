//! The registry as its screen lists it: which columns there are, which actors are shown and in which order.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::{
    model::{Actor, ActorId, ActorKind, Codebook, Key},
    search::ActorFigures,
    text::{fold, order},
};

/// How many kinds of links have a column of their own.
const MOST: usize = 3;

/// A column that counts the links of one type that lead to an actor from annotations of one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkColumn {
    /// The relation type.
    pub kind: Key,
    /// The label.
    pub from: Key,
    /// What stands above it.
    pub title: String,
}

/// What the list is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ActorOrder {
    /// The name.
    #[default]
    Name,
    /// What it is.
    Kind,
    /// How often it is mentioned.
    Mentions,
    /// The count of the link column of this number.
    Links(usize),
}

/// An actor in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActorRow {
    /// The entry.
    pub id: Option<ActorId>,
    /// Its name.
    pub name: String,
    /// Its other names.
    pub aliases: String,
    /// What it is.
    pub kind: ActorKind,
    /// How often it is mentioned.
    pub mentions: usize,
    /// In how many documents.
    pub documents: usize,
    /// How many links of each column lead to it.
    pub links: Vec<usize>,
    /// Its names, folded, the canonical one first.
    key: String,
}

/// The columns that a codebook calls for: the links that may lead to actors.
pub fn link_columns(codebook: &Codebook) -> Vec<LinkColumn> {
    let names_actor = |key: &Key| codebook.label(key).is_some_and(|label| label.names_actor);
    let leading = codebook.relations.iter().filter(|one| one.to_registry || one.to.iter().any(names_actor));
    let pairs = leading.flat_map(|relation| relation.from.iter().map(move |from| (relation, from)));
    let columns = pairs.filter_map(|(relation, from)| {
        let label = codebook.label(from)?;
        let title = match (&*relation.key, &**from) {
            ("made_by", "claim") => "Claims made".to_owned(),
            ("made_by", "criticism") => "Criticisms made".to_owned(),
            ("targets", "criticism") => "Criticisms received".to_owned(),
            _ => format!("{} {}", label.name, relation.name),
        };
        Some(LinkColumn { kind: relation.key.clone(), from: from.clone(), title })
    });
    columns.take(MOST).collect()
}

/// The registry with what is known of each actor, by name. Linear in the names, besides putting them in order.
pub fn actor_rows(
    actors: &BTreeMap<ActorId, Actor>,
    figures: &BTreeMap<ActorId, ActorFigures>,
    columns: &[LinkColumn],
) -> Vec<ActorRow> {
    let nothing = ActorFigures::default();
    let mut rows: Vec<ActorRow> = actors
        .values()
        .map(|actor| {
            let known = figures.get(&actor.id).unwrap_or(&nothing);
            ActorRow {
                id: Some(actor.id),
                name: actor.name.clone(),
                aliases: actor.aliases.join(", "),
                kind: actor.kind,
                mentions: known.mentions,
                documents: known.documents,
                links: columns.iter().map(|column| known.linked(&column.kind, &column.from)).collect(),
                key: actor.names().map(fold).collect::<Vec<_>>().join("\n"),
            }
        })
        .collect();
    order::sort_by(&mut rows, |one, other| one.key.cmp(&other.key));
    rows
}

/// The rows that are shown, by their numbers: of a kind, with these words in one of their names, in this order, for
/// counts the largest first unless `reversed`. `rows` are those of [`actor_rows`].
pub fn listed_actors(
    rows: &[ActorRow],
    words: &str,
    kind: Option<ActorKind>,
    by: ActorOrder,
    reversed: bool,
) -> Vec<usize> {
    let words = fold(words);
    let is_shown = |row: &ActorRow| kind.is_none_or(|kind| row.kind == kind) && row.key.contains(&words);
    let shown = rows.iter().enumerate().filter(|(_, row)| is_shown(row));
    let mut shown: Vec<(usize, &ActorRow)> = shown.collect();
    let count = |row: &ActorRow| match by {
        ActorOrder::Mentions => row.mentions,
        ActorOrder::Links(column) => row.links.get(column).copied().unwrap_or_default(),
        ActorOrder::Name | ActorOrder::Kind => 0,
    };
    order::sort_by(&mut shown, |(at, one), (other_at, other)| {
        let way = |order: Ordering| if reversed { order.reverse() } else { order };
        match by {
            ActorOrder::Name => way(at.cmp(other_at)),
            ActorOrder::Kind => way(one.kind.cmp(&other.kind)),
            // Those of one count stay in the order of their names.
            _ => way(count(other).cmp(&count(one))),
        }
    });
    shown.into_iter().map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::ProjectId, search::LinkFigure};
    use uuid::Uuid;

    fn rows() -> Vec<ActorRow> {
        let entry = |number: u128, name: &str, alias: &str, kind| Actor {
            id: ActorId::new(Uuid::from_u128(number)),
            project: ProjectId::new(Uuid::nil()),
            name: name.to_owned(),
            kind,
            aliases: vec![alias.to_owned()],
            wikidata: String::new(),
            note: String::new(),
        };
        let actors = [
            entry(1, "Émile", "Milo", ActorKind::Person),
            entry(2, "Anna", "", ActorKind::Person),
            entry(3, "EU", "European Union", ActorKind::Organization),
        ];
        let claims = LinkFigure { kind: "made_by".to_owned(), from: "claim".to_owned(), count: 4 };
        let figures = [
            (actors[0].id, ActorFigures { mentions: 7, documents: 2, links: vec![claims] }),
            (actors[2].id, ActorFigures { mentions: 9, documents: 3, links: Vec::new() }),
        ];
        let registry = actors.into_iter().map(|actor| (actor.id, actor)).collect();
        actor_rows(&registry, &figures.into(), &link_columns(&Codebook::standard()))
    }

    fn listed(words: &str, kind: Option<ActorKind>, by: ActorOrder, reversed: bool) -> Vec<String> {
        let rows = rows();
        listed_actors(&rows, words, kind, by, reversed).iter().map(|at| rows[*at].name.clone()).collect()
    }

    #[test]
    fn columns_are_those_of_the_links_to_actors() {
        let titles: Vec<String> =
            link_columns(&Codebook::standard()).into_iter().map(|column| column.title).collect();
        assert_eq!(titles, ["Claims made", "Criticisms made", "Criticisms received"]);
    }

    #[test]
    fn actors_are_shown_by_name_kind_and_count() {
        assert_eq!(listed("", None, ActorOrder::Name, false), ["Anna", "Émile", "EU"]);
        assert_eq!(listed("", None, ActorOrder::Name, true), ["EU", "Émile", "Anna"]);
        assert_eq!(listed("", None, ActorOrder::Mentions, false), ["EU", "Émile", "Anna"]);
        assert_eq!(listed("", None, ActorOrder::Links(0), false), ["Émile", "Anna", "EU"]);
        assert_eq!(listed("", None, ActorOrder::Kind, true), ["EU", "Anna", "Émile"]);
        assert_eq!(listed("EUROP", None, ActorOrder::Name, false), ["EU"]);
        assert_eq!(listed("emil", None, ActorOrder::Name, false), ["Émile"]);
        assert_eq!(listed("", Some(ActorKind::Organization), ActorOrder::Name, false), ["EU"]);
        assert_eq!(listed("x", None, ActorOrder::Name, false), Vec::<String>::new());
    }
}
