//! Labelling: new annotations, other labels, attributes, notes, deletion.

use super::{Purpose, Selection, Session};
use crate::{
    app::outcome::{Outcome, Refusal, Stamp},
    model::{
        Annotation, AnnotationId, Attributes, Body, Change, DocumentId, Extra, Fragments, Key, Label, Origin,
        Record, Status, Value, What,
    },
    text::{Span, order, snap},
};

impl Session {
    /// Labels the selection, or else relabels the chosen annotation, or else arms the label.
    pub(super) fn label(&mut self, key: Key, stamp: &mut Stamp<'_>) -> Result<Outcome, Refusal> {
        let label = self.codebook_label(&key)?;
        let open = self.opened()?;
        let (selected, chosen) = (open.selection.span(), open.chosen);
        let outcome = match (selected, chosen) {
            (Some(span), _) => self.annotate(&label, span, stamp)?,
            // While sweeping, the last annotation stays chosen: the same key again ends the sweep.
            (None, _) if self.armed.as_ref() == Some(&key) => return self.arm(None),
            (None, Some(chosen)) => self.relabel(chosen, &label, stamp)?,
            (None, None) => return self.arm(Some(key)),
        };
        self.last_label = Some(key);
        Ok(outcome)
    }

    fn annotate(&mut self, label: &Label, marked: Span, stamp: &mut Stamp<'_>) -> Result<Outcome, Refusal> {
        let (open, body) = self.loaded()?;
        let (document, text) = (open.document, open.text.clone());
        let span = snap(&text, marked).ok_or(Refusal::OnlyWhiteSpace)?;
        let fragments = Fragments::one(span);
        if let Some(twin) = twin(body, &label.key, &fragments) {
            let open = self.opened()?;
            open.chosen = Some(twin);
            open.selection = Selection::at(span.end());
            open.offer = None;
            return Ok(Outcome::focus().saying(format!("This passage is {} already", label.name)));
        }
        let mut annotation = Annotation {
            id: AnnotationId::new((stamp.new_id)()),
            document,
            label: label.key.clone(),
            fragments,
            actor: None,
            attributes: defaults(label),
            note: String::new(),
            origin: Origin::Manual,
            annotator: self.annotator.clone(),
            modified: stamp.now,
            codebook_version: self.state.project().codebook.version,
            extra: Extra::default(),
        };
        let mut changes = self.begun(document);
        let mut named = None;
        if label.names_actor {
            let naming = self.actor_for(text.slice(span).unwrap_or_default(), label, stamp);
            annotation.actor = naming.actor;
            self.take_kind(&mut annotation);
            changes.extend(naming.change);
            named = naming.said;
        }
        let id = annotation.id;
        changes.push(Change::add(annotation.into()));
        let mut outcome = self.commit(What::Annotate, changes, None, stamp);
        let open = self.opened()?;
        open.chosen = Some(id);
        open.selection = Selection::at(span.end());
        outcome.changed.focus = true;
        self.offer(id, label);
        let said = named.map_or_else(|| label.name.clone(), |named| format!("{}, {named}", label.name));
        Ok(outcome.saying(said))
    }

    fn relabel(
        &mut self,
        id: AnnotationId,
        label: &Label,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let before = self.annotation(id)?.clone();
        if before.label == label.key {
            return Err(Refusal::AlreadyThere);
        }
        let (open, body) = self.loaded()?;
        if twin(body, &label.key, &before.fragments).is_some() {
            return Err(Refusal::AlreadyThere);
        }
        let text = open.text.clone();
        let mut changes = self.links_not_allowed_for(id, &label.key)?;
        let mut actor = None;
        if label.names_actor {
            let naming =
                self.actor_for(text.slice(before.fragments.envelope()).unwrap_or_default(), label, stamp);
            changes.extend(naming.change);
            actor = before.actor.or(naming.actor);
        }
        let version = self.state.project().codebook.version;
        let dropped = changes.iter().filter(|change| change.after().is_none()).count();
        let relabelled = self.changed_annotation(id, stamp, |annotation| {
            annotation.actor = actor;
            take_label(annotation, label, version);
        })?;
        changes.extend(relabelled);
        let mut outcome = self.commit(What::Relabel, changes, None, stamp);
        outcome.changed.focus = true;
        let open = self.opened()?;
        open.chosen = Some(id);
        open.offer = None;
        self.offer(id, label);
        Ok(outcome.saying(match dropped {
            0 => format!("Now {}", label.name),
            1 => format!("Now {}; one link that it cannot have was removed", label.name),
            _ => format!("Now {}; {dropped} links that it cannot have were removed", label.name),
        }))
    }

    pub(super) fn delete(&mut self, id: AnnotationId, stamp: &mut Stamp<'_>) -> Result<Outcome, Refusal> {
        let place = self.annotation(id)?.fragments.start();
        let changes = self.removal(id)?;
        let links = changes.len() - 1;
        let mut outcome = self.commit(What::Delete, changes, None, stamp);
        let open = self.opened()?;
        if open.chosen.is_none() {
            open.selection = Selection::at(place);
        }
        outcome.changed.focus = true;
        Ok(outcome.saying(match links {
            0 => "Deleted".to_owned(),
            1 => "Deleted with one link".to_owned(),
            _ => format!("Deleted with {links} links"),
        }))
    }

    pub(super) fn set_attribute(
        &mut self,
        id: AnnotationId,
        key: Key,
        value: Option<Value>,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let label = self.codebook_label(&self.annotation(id)?.label.clone())?;
        let attribute = label.attribute(&key).ok_or_else(|| Refusal::NotInCodebook(key.to_string()))?;
        if value.as_ref().is_some_and(|value| !attribute.allows(value)) {
            return Err(Refusal::ValueNotAllowed(attribute.name.clone()));
        }
        // What is said of a mention holds for the actor whom it names.
        let mut changes: Vec<Change> = self.renamed_kind(id, &key, value.as_ref()).into_iter().collect();
        let described = self.changed_annotation(id, stamp, |annotation| match value {
            Some(value) => {
                annotation.attributes.insert(key, value);
            }
            None => {
                annotation.attributes.remove(&key);
            }
        })?;
        changes.extend(described);
        Ok(self.commit(What::Describe, changes, None, stamp))
    }

    pub(super) fn set_note(
        &mut self,
        id: AnnotationId,
        note: String,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        self.change_annotation(What::Describe, id, stamp, |annotation| annotation.note = note)
    }

    /// Work on a document begins with its first annotation.
    pub(super) fn begun(&self, document: DocumentId) -> Vec<Change> {
        let begun = self.state.documents().get(&document).filter(|one| one.status == Status::Todo);
        let change = begun.and_then(|before| {
            let mut after = before.clone();
            after.status = Status::InProgress;
            Change::replace(before.clone().into(), after.into())
        });
        change.into_iter().collect()
    }

    pub(super) fn codebook_label(&self, key: &Key) -> Result<Label, Refusal> {
        let label = self.state.project().codebook.label(key);
        label.cloned().ok_or_else(|| Refusal::NotInCodebook(key.to_string()))
    }

    /// Removals of the links that an annotation could not have under another label.
    fn links_not_allowed_for(&self, id: AnnotationId, label: &Key) -> Result<Vec<Change>, Refusal> {
        let (_, body) = self.loaded()?;
        let codebook = &self.state.project().codebook;
        let outgoing = body.from(id).filter(|relation| {
            codebook
                .relation(&relation.kind)
                .is_some_and(|kind| !kind.may_lead(label, relation.to, |target| self.label_of(target)))
        });
        let incoming = body.to(crate::model::Target::Annotation(id)).filter(|relation| {
            let from = body.annotation(relation.from).map(|from| &from.label);
            codebook
                .relation(&relation.kind)
                .is_some_and(|kind| from.is_some_and(|from| !kind.joins(from, label)))
        });
        // An imported link may lead to where it starts, and is removed once.
        let links = order::map(outgoing.chain(incoming).map(|relation| (relation.id, relation.clone())));
        Ok(links.into_values().map(|relation| Change::remove(Record::from(relation))).collect())
    }

    /// After a label was given: offers actors for a span that names one, or makers for a claim.
    fn offer(&mut self, id: AnnotationId, label: &Label) {
        let unnamed = self.annotation(id).is_ok_and(|annotation| annotation.actor.is_none());
        if label.names_actor && unnamed {
            self.open_actor_offer(id);
            return;
        }
        let codebook = &self.state.project().codebook;
        let offered = codebook.relations.iter().find(|kind| kind.offered && kind.from.contains(&label.key));
        if let Some(kind) = offered.map(|kind| kind.key.clone()) {
            let candidates = self.candidates(id, &kind);
            if let (Some(open), false) = (&mut self.open, candidates.is_empty()) {
                open.offer = Some(super::Offer { from: id, purpose: Purpose::Link(kind), candidates });
            }
        }
    }
}

/// The annotation of the same label on the same passage.
fn twin(body: &Body, label: &Key, fragments: &Fragments) -> Option<AnnotationId> {
    let near = body.overlapping(fragments.envelope()).into_iter().filter_map(|(_, id)| body.annotation(id));
    near.filter(|other| other.label == *label && other.fragments == *fragments).map(|other| other.id).next()
}

pub(super) fn defaults(label: &Label) -> Attributes {
    let set = label
        .attributes
        .iter()
        .filter_map(|attribute| attribute.default.clone().map(|value| (attribute.key.clone(), value)));
    order::map(set)
}

/// Puts an annotation under another label: values that it does not allow go, its defaults come.
pub(super) fn take_label(annotation: &mut Annotation, label: &Label, version: u32) {
    annotation.label = label.key.clone();
    annotation.codebook_version = version;
    annotation
        .attributes
        .retain(|key, value| label.attribute(key).is_some_and(|attribute| attribute.allows(value)));
    for (key, value) in defaults(label) {
        annotation.attributes.entry(key).or_insert(value);
    }
}
