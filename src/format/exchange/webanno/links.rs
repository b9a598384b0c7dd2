//! What refers to other rows, once all rows are known: chains, slots and relations as links.

use serde_json::Value as Json;

use super::super::{End, Foreign, Link, Mark, Said};
use super::layer::{Kind, Layer};
use super::parser::{File, Reference, row_id};
use crate::format::Problem;

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
                self.document.links.push(Link {
                    id: String::new(),
                    kind: relation
                        .clone()
                        .or(declared.map(|layer| layer.short().to_owned()))
                        .unwrap_or_default(),
                    from: (from + 1).to_string(),
                    to: End::Mark((to + 1).to_string()),
                    attributes: Vec::new(),
                    note: String::new(),
                    line: self.document.marks.get(*from).and_then(|mark| mark.line),
                    extra,
                });
            }
        }
        let pending = std::mem::take(&mut self.pending);
        self.document.links.reserve_exact(pending.len());
        for link in pending {
            let ends = link
                .from
                .or_else(|from| self.resolve(&from))
                .and_then(|from| Ok((from, self.resolve(&link.to)?)));
            match ends {
                Ok((from, to)) => self.document.links.push(Link {
                    id: String::new(),
                    kind: link.kind,
                    from: (from + 1).to_string(),
                    to: End::Mark((to + 1).to_string()),
                    attributes: link.attributes,
                    note: String::new(),
                    line: Some(link.line),
                    extra: link.extra,
                }),
                Err(missing) => {
                    let problem = Problem::NoSuchRecord { id: missing.row.to_owned() };
                    self.issue(link.line, Some(link.row), problem);
                }
            }
        }
        self.end_sentence();
        self.document.extra.insert("layers".into(), self.layers.iter().map(Layer::print).collect());
        self.document.lists.set("sentences", self.sentences + "]");
        self.document
    }

    /// The mark that another row names. Types of which the file has no layer, such as tokens, are marked on demand.
    fn resolve(&mut self, reference: &Reference<'a>) -> Result<usize, Reference<'a>> {
        let is_any = matches!(reference.base.as_str(), "" | "uima.tcas.Annotation");
        let is_own = |layer: &Layer| layer.kind != Kind::Relation && (is_any || layer.name == reference.base);
        let mut layers = (0..).zip(&self.layers).filter(|(_, layer)| is_own(layer)).map(|(at, _)| at);
        let found = match reference.number {
            Some(number) => layers.clone().find_map(|layer| self.numbered.get(&(layer, number))),
            None => layers.clone().find_map(|layer| self.firsts.get(&(row_id(reference.row), layer))),
        };
        if let Some(at) = found {
            return Ok(*at);
        }
        let Some((start, end)) = self.rows.get(&row_id(reference.row)).copied() else {
            return Err(reference.clone());
        };
        if layers.next().is_some() || is_any {
            return Err(reference.clone());
        }
        let at = self.document.marks.len();
        let key = (row_id(reference.row), reference.base.clone());
        let implied = *self.implied.entry(key).or_insert(at);
        if implied == at {
            let mut extra = Said::default();
            extra.insert("layer", reference.base.as_str());
            extra.insert("implied", true);
            self.document.marks.push(Mark {
                id: (at + 1).to_string(),
                label: reference.base.rsplit('.').next().unwrap_or_default().to_owned(),
                fragments: vec![(start, end)],
                extra,
                ..Mark::default()
            });
        }
        Ok(implied)
    }
}
