//! What refers to other rows, once all rows are known: chains, slots and relations as links.

use serde_json::Value as Json;

use super::super::{End, Foreign, Link, Mark, Said};
use super::cell::{self, suffix};
use super::layer::{Column, Kind, Layer};
use super::parser::{Connection, File, Pending, Reference, row_id};
use crate::format::Problem;
use crate::model::Value;

impl<'a> File<'_, 'a> {
    /// The document with all its links.
    pub(super) fn finish(mut self) -> Foreign {
        for (((layer, chain, _), (from, relation)), ((next_layer, next, _), (to, _))) in
            self.chains.iter().zip(self.chains.iter().skip(1))
        {
            if (layer, chain) == (next_layer, next) {
                let declared = self.layers.get(*layer);
                let mut extra = Said::default();
                extra.insert("chain", *chain);
                if relation.is_none() {
                    extra.insert("relation", Json::Null);
                }
                let kind = relation.clone().or(declared.map(|layer| layer.short().to_owned()));
                self.document.links.push(Link {
                    line: self.document.marks.get(*from).and_then(|mark| mark.line),
                    ..link(kind.unwrap_or_default(), *from, *to, Vec::new(), extra)
                });
            }
        }
        let pending = std::mem::take(&mut self.pending);
        self.document.links.reserve_exact(pending.len());
        let layers = std::mem::take(&mut self.layers);
        for one in pending {
            let Some(declared) = layers.get(one.layer) else { continue };
            let link = match &one.what {
                Connection::Slot { host, role, filler, column } => {
                    self.slot(&layers, (one.layer, *column), *host, role, filler)
                }
                Connection::Relation(values) => self.relation(&layers, &one, declared, values),
            };
            match link {
                Ok(link) => self.document.links.push(Link { line: Some(one.line), ..link }),
                Err(problem) => self.issue(one.line, Some(one.row), problem),
            }
        }
        self.layers = layers;
        self.end_sentence();
        self.document.extra.insert("layers".into(), self.layers.iter().map(Layer::print).collect());
        self.document.lists.set("sentences", self.sentences + "]");
        self.document
    }

    /// What fills a slot of a mark, as a link.
    fn slot(
        &mut self,
        layers: &[Layer],
        column: (usize, usize),
        host: usize,
        role: &str,
        filler: &'a str,
    ) -> Result<Link, Problem> {
        let (row, number) = suffix(filler);
        let number = number.and_then(|number| number.parse().ok());
        let to = self.resolve(layers, &Reference { column, row, number })?;
        let feature = layers.get(column.0).and_then(|layer| layer.slot_feature(column.1)).unwrap_or_default();
        let role = cell::value(role);
        let mut extra = Said::default();
        extra.insert("slot", feature);
        if role.is_none() {
            extra.insert("role", Json::Null);
        }
        Ok(link(role.unwrap_or_else(|| feature.to_owned()), host, to, Vec::new(), extra))
    }

    /// What a row says of where a relation to it comes from, as a link.
    fn relation(
        &mut self,
        layers: &[Layer],
        pending: &Pending<'a>,
        declared: &Layer,
        values: &[&'a str],
    ) -> Result<Link, Problem> {
        let mut extra = Said::default();
        extra.insert("layer", declared.name.as_str());
        let (mut kind, mut attributes, mut ends) = (declared.short().to_owned(), Vec::new(), None);
        for ((column, written), place) in declared.columns.iter().zip(values).zip(0..) {
            let (plain, number) = suffix(written);
            match (column, cell::value(plain)) {
                (Column::Feature(name), Some(value)) if declared.label_feature() == Some(name) => {
                    kind = value;
                    extra.insert("feature", name.as_str());
                }
                (Column::Feature(name), Some(value)) => attributes.push((name.clone(), Value::Text(value))),
                (Column::Source(_), Some(_)) => {
                    let (from, to) = number.and_then(|numbers| numbers.split_once('_')).unwrap_or_default();
                    let told = |number: &str| number.parse().ok().filter(|number| *number != 0);
                    let column = (pending.layer, place);
                    let end = |row, number| Reference { column, row, number: told(number) };
                    ends = Some((end(plain, from), end(pending.row, to)));
                }
                _ => {}
            }
        }
        let (from, to) = ends.ok_or_else(|| Problem::UnreadableRecord {
            reason: "the row from which the relation comes is expected".to_owned(),
        })?;
        let (from, to) = (self.resolve(layers, &from)?, self.resolve(layers, &to)?);
        Ok(link(kind, from, to, attributes, extra))
    }

    /// The mark that another row names. Types of which the file has no layer, such as tokens, are marked on demand.
    fn resolve(&mut self, layers: &[Layer], reference: &Reference<'a>) -> Result<usize, Problem> {
        let (layer, column) = reference.column;
        let base = layers.get(layer).and_then(|layer| layer.columns.get(column)).and_then(Column::base);
        let base = base.unwrap_or_default();
        let is_any = matches!(base, "" | "uima.tcas.Annotation");
        let is_own = |layer: &Layer| layer.kind != Kind::Relation && (is_any || layer.name == base);
        let mut own = (0..).zip(layers).filter(|(_, layer)| is_own(layer)).map(|(at, _)| at);
        let found = match reference.number {
            Some(number) => own.clone().find_map(|layer| self.numbered.get(&(layer, number))),
            None => own.clone().find_map(|layer| self.firsts.get(&(row_id(reference.row), layer))),
        };
        if let Some(at) = found {
            return Ok(*at);
        }
        let missing = || Problem::NoSuchRecord { id: reference.row.to_owned() };
        let (start, end) = self.rows.get(&row_id(reference.row)).copied().ok_or_else(missing)?;
        if own.next().is_some() || is_any {
            return Err(missing());
        }
        let at = self.document.marks.len();
        let implied = *self.implied.entry((row_id(reference.row), base.to_owned())).or_insert(at);
        if implied == at {
            let mut extra = Said::default();
            extra.insert("layer", base);
            extra.insert("implied", true);
            self.document.marks.push(Mark {
                id: (at + 1).to_string(),
                label: base.rsplit('.').next().unwrap_or_default().to_owned(),
                fragments: vec![(start, end)],
                extra,
                ..Mark::default()
            });
        }
        Ok(implied)
    }
}

/// A link between two marks by their places in the document.
fn link(kind: String, from: usize, to: usize, attributes: Vec<(String, Value)>, extra: Said) -> Link {
    Link {
        id: String::new(),
        kind,
        from: (from + 1).to_string(),
        to: End::Mark((to + 1).to_string()),
        attributes,
        note: String::new(),
        line: None,
        extra,
    }
}
