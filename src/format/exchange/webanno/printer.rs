//! Documents as TSV files. What was read from such files goes back to its layers; other annotations are named entities,
//! the layer that every project of INCEpTION has, with a feature for each attribute.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::super::extra::{objects, string};
use super::super::{Context, Output, Page, kept};
use super::layer::{Column, Kind, Layer};
use super::sheet::{Arc, Sheet, Slot, Spot};
use super::{ENTITY, HEAD, NAME};
use crate::format::file_name;
use crate::model::{Annotation, AnnotationId, Attributes, Meta, Relation, Target, Value};

const RELATION: &str = "webanno.custom.Relation";
const ANY: &str = "uima.tcas.Annotation";

/// Adds a document.
pub(super) fn page(_: &Context<'_>, page: &Page<'_>, output: &mut Output) {
    let extra = kept(&page.document.extra, NAME);
    let declared =
        extra.get("layers").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
    let mut plan = Plan { layers: declared.filter_map(Layer::parse).collect(), ..Plan::default() };
    for annotation in page.body.annotations() {
        plan.annotation(annotation, output);
    }
    for relation in page.body.relations() {
        plan.relation(relation, output);
    }
    let lost = plan.number_chains();
    output.lose("links of chains that were taken apart", "left out", lost);
    let sheet = Sheet::new(page.text, objects(&extra, "sentences"), &plan.layers, &plan.spots);
    output.lose("spans of white space", "left out", sheet.without_token);
    output.lose("spans that begin or end with white space", "written without it", sheet.trimmed);
    output.lose("white space before the first word", "written as blanks", usize::from(sheet.has_odd_start));
    let is_whole = |arc: &Arc| sheet.is_placed(arc.from) && sheet.is_placed(arc.to);
    let (arcs, cut): (Vec<Arc>, Vec<Arc>) = plan.arcs.into_iter().partition(is_whole);
    let slots = plan.spots.iter().flat_map(|spot| &spot.slots);
    let cut = cut.len() + slots.filter(|slot| !sheet.is_placed(slot.filler)).count();
    output.lose("links of spans of white space", "left out", cut);
    let head = string(&extra, "format").map_or_else(|| format!("{HEAD}.3"), str::to_owned);
    // Spans come first and relations last, whatever the order in which they were found.
    let mut order: Vec<usize> = (0..plan.layers.len()).collect();
    order.sort_by_key(|at| plan.layers.get(*at).map(|layer| layer.kind));
    let declared = order.iter().filter_map(|at| plan.layers.get(*at)).map(|layer| layer.print() + "\n");
    let content = format!("{head}\n{}\n\n{}", declared.collect::<String>(), sheet.print(&order, &arcs));
    let title = file_name(&page.document.title, "", "tsv");
    let name = output.fresh(title.trim_end_matches(".tsv"));
    output.push(&format!("{name}.tsv"), content.as_bytes());
    let meta = Meta { language: String::new(), ..page.document.meta.clone() };
    output.lose("sources, authors and dates of documents", "left out", usize::from(meta != Meta::default()));
}

/// Which layers there are, and what stands in them.
#[derive(Default)]
struct Plan {
    layers: Vec<Layer>,
    spots: Vec<Spot>,
    arcs: Vec<Arc>,
    /// The first spot of each annotation.
    places: BTreeMap<AnnotationId, usize>,
    /// What leads from a link of a chain to the next.
    chained: BTreeMap<usize, (usize, Option<String>)>,
}

impl Plan {
    fn annotation(&mut self, annotation: &Annotation, output: &mut Output) {
        let extra = kept(&annotation.extra, NAME);
        let label = annotation.label.as_str();
        let is_implied = extra.contains_key("implied");
        let own = self.layers.iter().position(|layer| {
            string(&extra, "layer") == Some(&layer.name)
                && layer.kind != Kind::Relation
                && (layer.short() == label || has_label(layer))
        });
        let layer = match own {
            _ if is_implied => None,
            Some(at) => Some(at),
            None => Some(self.layer(Kind::Span, ENTITY, "value")),
        };
        let mut values = BTreeMap::new();
        if let Some(declared) = layer.and_then(|at| self.layers.get(at))
            && (extra.contains_key("feature") || declared.short() != label)
        {
            let feature = declared.label_feature().unwrap_or("referenceType");
            values.insert(feature.to_owned(), label.to_owned());
        }
        if let Some(layer) = layer {
            values.extend(self.features(layer, &annotation.attributes, output));
        }
        self.places.insert(annotation.id, self.spots.len());
        let implied = string(&extra, "layer").filter(|_| is_implied);
        for fragment in annotation.fragments.iter() {
            self.spots.push(Spot {
                span: fragment.range(),
                layer,
                implied: implied.map(str::to_owned),
                values: values.clone(),
                slots: Vec::new(),
                chain: None,
            });
        }
        let several = usize::from(1 < annotation.fragments.count());
        output.lose("spans of several fragments", "written as one span for each fragment", several);
        output.lose("notes", "left out", usize::from(!annotation.note.is_empty()));
        output.lose("actors of spans", "left out", usize::from(annotation.actor.is_some()));
    }

    fn relation(&mut self, relation: &Relation, output: &mut Output) {
        let extra = kept(&relation.extra, NAME);
        let ends = match relation.to {
            Target::Annotation(to) => {
                self.places.get(&relation.from).copied().zip(self.places.get(&to).copied())
            }
            Target::Actor(_) => None,
        };
        output.lose("notes", "left out", usize::from(!relation.note.is_empty()));
        let Some((from, to)) = ends else {
            return output.lose("links to actors that no span names", "left out", 1);
        };
        let named = |key: &str| (!extra.contains_key(key)).then(|| relation.kind.to_string());
        if let Some(feature) = string(&extra, "slot")
            && let Some(spot) = self.spots.get_mut(from)
            && let Some(layer) = spot.layer.and_then(|at| self.layers.get(at))
            && layer.columns.iter().any(|column| matches!(column, Column::Roles(name, _) if name == feature))
        {
            spot.slots.push(Slot { feature: feature.to_owned(), role: named("role"), filler: to });
            return;
        }
        if extra.contains_key("chain")
            && self.is_chain(from)
            && self.spots.get(from).map(|one| one.layer) == self.spots.get(to).map(|one| one.layer)
        {
            self.chained.insert(from, (to, named("relation")));
            return;
        }
        let layer = self.relation_layer(&extra, relation, from, to);
        let mut values = self.features(layer, &relation.attributes, output);
        if let Some(declared) = self.layers.get(layer)
            && let Some(feature) = declared.label_feature()
            && (extra.contains_key("feature") || declared.short() != relation.kind.as_str())
        {
            values.insert(feature.to_owned(), relation.kind.to_string());
        }
        self.arcs.push(Arc { layer, from, to, values });
    }

    fn is_chain(&self, spot: usize) -> bool {
        let layer = self.spots.get(spot).and_then(|spot| self.layers.get(spot.layer?));
        layer.is_some_and(|layer| layer.kind == Kind::Chain)
    }

    fn relation_layer(
        &mut self,
        extra: &Map<String, Json>,
        relation: &Relation,
        from: usize,
        to: usize,
    ) -> usize {
        let own = self.layers.iter().position(|layer| {
            layer.kind == Kind::Relation
                && string(extra, "layer") == Some(&layer.name)
                && (layer.short() == relation.kind.as_str() || has_label(layer))
        });
        let base = |at: usize| {
            let spot = self.spots.get(at)?;
            spot.implied.clone().or_else(|| Some(self.layers.get(spot.layer?)?.name.clone()))
        };
        let (one, other) = (base(from), base(to));
        let base = one.filter(|one| other.as_ref() == Some(one)).unwrap_or_else(|| ANY.to_owned());
        if let Some(own) = own {
            return own;
        }
        let name = match base.as_str() {
            ENTITY => RELATION.to_owned(),
            base => format!("{RELATION}Of{}", base.rsplit('.').next().unwrap_or_default()),
        };
        let at = self.layer(Kind::Relation, &name, "value");
        if let Some(layer) = self.layers.get_mut(at)
            && !layer.columns.iter().any(|column| matches!(column, Column::Source(_)))
        {
            layer.columns.push(Column::Source(base));
        }
        at
    }

    /// The layer of that name, declared if need be.
    fn layer(&mut self, kind: Kind, name: &str, feature: &str) -> usize {
        let known = self.layers.iter().position(|layer| layer.name == name && layer.kind == kind);
        let at = known.unwrap_or_else(|| {
            self.layers.push(Layer::new(kind, name.to_owned(), Vec::new()));
            self.layers.len() - 1
        });
        if let Some(layer) = self.layers.get_mut(at) {
            layer.feature(feature);
        }
        at
    }

    /// Attributes as values of features, which the layer gets if it has them not.
    fn features(
        &mut self,
        layer: usize,
        attributes: &Attributes,
        output: &mut Output,
    ) -> BTreeMap<String, String> {
        let mut values = BTreeMap::new();
        for (key, value) in attributes {
            let written = match value {
                Value::Text(text) => text.clone(),
                Value::Flag(flag) => flag.to_string(),
                Value::Number(number) => number.to_string(),
                Value::Several(all) => {
                    output.lose(
                        "attributes of several values",
                        "written as one text",
                        usize::from(all.len() != 1),
                    );
                    all.join("; ")
                }
            };
            if written.is_empty() {
                output.lose("empty attributes", "left out", 1);
            } else if let Some(layer) = self.layers.get_mut(layer) {
                layer.feature(key);
                values.insert(key.to_string(), written);
            }
        }
        values
    }

    /// Numbers chains and their links anew, from those that nothing leads to; how many links were lost.
    fn number_chains(&mut self) -> usize {
        let targets: BTreeSet<usize> = self.chained.values().map(|(to, _)| *to).collect();
        let (mut number, mut written) = (0, 0);
        for first in 0..self.spots.len() {
            if !self.is_chain(first) || targets.contains(&first) {
                continue;
            }
            number += 1;
            let (mut at, mut link) = (first, 1);
            loop {
                let next = self.chained.get(&at).cloned();
                let Some(spot) = self.spots.get_mut(at).filter(|spot| spot.chain.is_none()) else { break };
                let Some((to, relation)) = next else {
                    spot.chain = Some((number, link, None));
                    break;
                };
                spot.chain = Some((number, link, relation));
                written += 1;
                (at, link) = (to, link + 1);
            }
        }
        self.chained.len().saturating_sub(written)
    }
}

/// Whether its annotations can have any label.
fn has_label(layer: &Layer) -> bool {
    layer.label_feature().is_some() || layer.kind == Kind::Chain
}
