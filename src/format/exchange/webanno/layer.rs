//! The head of a file declares its layers, each with the features that its columns hold, in the order of the columns.

use super::super::Said;
use super::ENTITY;

/// A layer as a line of the head declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layer {
    /// What its annotations are.
    pub(super) kind: Kind,
    /// Its name with its package, `webanno.custom.Claim`.
    pub(super) name: String,
    /// What its columns hold; one at least.
    pub(super) columns: Vec<Column>,
    /// What its marks say of it, and those that have their label from a feature.
    pub(super) said: Said,
    pub(super) labelled: Said,
}

/// What a layer's annotations are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Spans.
    Span,
    /// Spans, each linked to the next.
    Chain,
    /// Links between spans.
    Relation,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Whether there is an annotation, where the layer has no features.
    Presence,
    /// The value of a feature.
    Feature(String),
    /// The roles of a feature's slots, by the feature's name, and the type that joins them.
    Roles(String, String),
    /// What fills the slots of the column before: annotations of that layer.
    Fillers(String),
    /// Where relations come from: annotations of that layer.
    Source(String),
    /// The type of a chain's link, with the number of its chain.
    LinkType,
    /// What joins a chain's link to the next, with its place in the chain.
    LinkRelation,
}

impl Column {
    /// The layer whose annotations it refers to.
    pub(super) fn base(&self) -> Option<&str> {
        match self {
            Self::Fillers(base) | Self::Source(base) => Some(base),
            _ => None,
        }
    }
}

const KINDS: [(&str, Kind); 3] =
    [("#T_SP=", Kind::Span), ("#T_CH=", Kind::Chain), ("#T_RL=", Kind::Relation)];

/// Names are cut behind so many bytes, because each mark bears that of its layer.
pub(super) const LONGEST: usize = 256;

impl Layer {
    /// The layer that a line declares.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let (declared, kind) =
            KINDS.iter().find_map(|(prefix, kind)| Some((line.strip_prefix(prefix)?, *kind)))?;
        let names = declared.split('|').filter(|name| !name.is_empty());
        let mut names = names.map(|name| name.get(..name.floor_char_boundary(LONGEST)).unwrap_or(name));
        let name = names.next()?.to_owned();
        let mut columns: Vec<Column> = Vec::new();
        for name in names {
            let follows_roles = matches!(columns.last(), Some(Column::Roles(..)));
            columns.push(match kind {
                Kind::Span if name.starts_with("ROLE_") => {
                    let roles = name.trim_start_matches("ROLE_");
                    let (feature, joint) = roles.split_once('_').unwrap_or((roles, ""));
                    let feature = feature.rsplit_once(':').map_or(feature, |(_, feature)| feature);
                    Column::Roles(feature.to_owned(), joint.to_owned())
                }
                Kind::Span if follows_roles => Column::Fillers(name.to_owned()),
                Kind::Relation if name.starts_with("BT_") => {
                    Column::Source(name.trim_start_matches("BT_").to_owned())
                }
                Kind::Chain if name == "referenceType" => Column::LinkType,
                Kind::Chain if name == "referenceRelation" => Column::LinkRelation,
                _ => Column::Feature(name.to_owned()),
            });
        }
        if columns.is_empty() {
            columns.push(Column::Presence);
        }
        Some(Self::new(kind, name, columns))
    }

    pub(super) fn new(kind: Kind, name: String, columns: Vec<Column>) -> Self {
        let mut layer = Self { kind, name, columns, said: Said::default(), labelled: Said::default() };
        layer.said.insert("layer", layer.name.as_str());
        layer.labelled = match layer.label_feature() {
            Some("value") if layer.name == ENTITY => Said::default(),
            Some(feature) => {
                let mut labelled = layer.said.clone();
                labelled.insert("feature", feature);
                labelled
            }
            None => layer.said.clone(),
        };
        layer
    }

    /// The line that declares it.
    pub(super) fn print(&self) -> String {
        let prefix = KINDS.iter().find(|(_, kind)| *kind == self.kind).map_or("", |(prefix, _)| prefix);
        let columns = self.columns.iter().map(|column| match column {
            Column::Presence => String::new(),
            Column::Feature(name) | Column::Fillers(name) => name.clone(),
            Column::Roles(feature, joint) => format!("ROLE_{}:{feature}_{joint}", self.name),
            Column::Source(base) => format!("BT_{base}"),
            Column::LinkType => "referenceType".to_owned(),
            Column::LinkRelation => "referenceRelation".to_owned(),
        });
        columns.fold(format!("{prefix}{}", self.name), |line, column| line + "|" + &column)
    }

    /// Gives it a column for a feature if it has none. A column that only says that there is an annotation goes.
    pub(super) fn feature(&mut self, name: &str) {
        let known = Column::Feature(name.to_owned());
        if !self.columns.contains(&known) {
            self.columns.retain(|column| *column != Column::Presence);
            // The source of a relation is its last column.
            let at = self.columns.iter().position(|column| matches!(column, Column::Source(_)));
            self.columns.insert(at.unwrap_or(self.columns.len()), known);
        }
    }

    /// Its name without its package.
    pub(super) fn short(&self) -> &str {
        self.name.rsplit_once('.').map_or(&self.name, |(_, name)| name)
    }

    /// The feature whose slots that column fills: the roles of them stand in the column before.
    pub(super) fn slot_feature(&self, column: usize) -> Option<&str> {
        match self.columns.get(column.checked_sub(1)?)? {
            Column::Roles(feature, _) => Some(feature),
            _ => None,
        }
    }

    /// The feature whose value is the label to us: what a tagger would call the tag. Layers without one are labels
    /// themselves.
    pub(super) fn label_feature(&self) -> Option<&str> {
        const NAMES: [&str; 5] = ["value", "PosValue", "DependencyType", "label", "chunkValue"];
        self.columns.iter().find_map(|column| match column {
            Column::Feature(name) if NAMES.contains(&name.as_str()) => Some(name.as_str()),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Layer;

    #[test]
    fn declarations_come_back_as_they_were() {
        for line in [
            "#T_SP=webanno.custom.Plain|",
            "#T_SP=de.x.NamedEntity|identifier|value",
            "#T_SP=webanno.custom.Host|a|ROLE_webanno.custom.Host:links_webanno.custom.Link|webanno.custom.Plain|b",
            "#T_CH=webanno.custom.SimpleLink|referenceRelation|referenceType",
            "#T_RL=webanno.custom.Relation|value|BT_webanno.custom.Span",
        ] {
            assert_eq!(Layer::parse(line).map(|layer| layer.print()).as_deref(), Some(line));
        }
        assert_eq!(Layer::parse("#Text=a"), None);
    }
}
