//! Links: from a claim or criticism to who made it or whom it targets.
//! Candidates are numbered by nearness, so that a link is one digit.

use super::{Offer, Purpose, Session};
use crate::{
    app::outcome::{Outcome, Refusal, Stamp},
    model::{AnnotationId, Attributes, Change, Extra, Key, Relation, RelationId, RelationType, Target, What},
    suggest::{self, Candidate},
};

/// How many candidates are offered: one a digit.
const OFFERED: usize = 9;

impl Session {
    pub(super) fn start_link(&mut self, kind: &Key) -> Result<Outcome, Refusal> {
        let chosen = self.chosen().ok_or(Refusal::NothingChosen)?;
        let (id, label) = (chosen.id, chosen.label.clone());
        let relation = self.relation_type(kind)?;
        if !relation.from.contains(&label) {
            return Err(self.not_allowed(&label, &relation));
        }
        let candidates = self.candidates(id, kind);
        if candidates.is_empty() {
            return Err(Refusal::NoCandidates);
        }
        let said = format!("{}: press a number", relation.name);
        self.opened()?.offer = Some(Offer { from: id, purpose: Purpose::Link(kind.clone()), candidates });
        Ok(Outcome::focus().saying(said))
    }

    pub(super) fn pick(&mut self, number: usize, stamp: &mut Stamp<'_>) -> Result<Outcome, Refusal> {
        let offer = self.loaded()?.0.offer.clone().ok_or(Refusal::NotOffered)?;
        let candidate = number.checked_sub(1).and_then(|at| offer.candidates.get(at));
        let mut outcome = match (offer.purpose, candidate) {
            (Purpose::Link(kind), Some(candidate)) => {
                let (_, body) = self.loaded()?;
                let there = body
                    .from(offer.from)
                    .find(|relation| relation.kind == kind && relation.to == candidate.target)
                    .map(|relation| relation.id);
                match there {
                    Some(id) => self.unlink(id, stamp)?,
                    None => self.link(offer.from, &kind, candidate.target, stamp)?,
                }
            }
            (Purpose::Identify(_), Some(candidate)) => {
                let Target::Actor(actor) = candidate.target else { return Err(Refusal::Gone) };
                self.identify(offer.from, Some(actor), stamp)?
            }
            (Purpose::Identify(name), None) if number == 0 => self.identify_new(offer.from, &name, stamp)?,
            _ => return Err(Refusal::NotOffered),
        };
        outcome.changed.focus = true;
        Ok(outcome)
    }

    pub(super) fn link(
        &mut self,
        from: AnnotationId,
        kind: &Key,
        to: Target,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        if let Target::Actor(actor) = to
            && !self.state.actors().contains_key(&actor)
        {
            return Err(Refusal::Gone);
        }
        let changes = self.link_changes(from, kind, to, stamp)?;
        let said = self.target_name(to);
        let relation = self.relation_type(kind)?;
        let mut outcome = self.commit(What::Link, changes, None, stamp);
        outcome.repaint.extend(self.annotation(from)?.fragments.iter());
        Ok(outcome.saying(format!("{} {said}", relation.name)))
    }

    pub(super) fn link_new(
        &mut self,
        from: AnnotationId,
        kind: &Key,
        name: &str,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let (actor, mut changes) = self.new_actor(name, stamp)?;
        let known = changes.is_empty();
        changes.extend(self.link_changes(from, kind, Target::Actor(actor), stamp)?);
        let relation = self.relation_type(kind)?;
        let mut outcome = self.commit(What::Link, changes, None, stamp);
        outcome.repaint.extend(self.annotation(from)?.fragments.iter());
        let (relation, name) = (relation.name, name.trim());
        Ok(outcome.saying(if known {
            format!("{relation} {name}")
        } else {
            format!("{relation} {name}, a new actor")
        }))
    }

    pub(super) fn unlink(&mut self, id: RelationId, stamp: &Stamp<'_>) -> Result<Outcome, Refusal> {
        let relation = self.loaded()?.1.relation(id).ok_or(Refusal::Gone)?.clone();
        let place: Vec<_> = self.annotation(relation.from)?.fragments.iter().collect();
        let mut outcome = self.commit(What::Unlink, vec![Change::remove(relation.into())], None, stamp);
        outcome.repaint.extend(place);
        Ok(outcome.saying("Link removed"))
    }

    /// What a link of this type from this annotation may lead to, nearest first.
    pub(super) fn candidates(&self, from: AnnotationId, kind: &Key) -> Vec<Candidate> {
        let Ok((open, body)) = self.loaded() else { return Vec::new() };
        let codebook = &self.state.project().codebook;
        let Some(relation) = codebook.relation(kind) else { return Vec::new() };
        suggest::candidates(body, &open.text, from, relation, self.state.actors(), OFFERED)
    }

    /// What a target is called: the actor's name, or the annotation's text.
    pub fn target_name(&self, target: Target) -> String {
        match target {
            Target::Actor(id) => {
                self.state.actors().get(&id).map(|actor| actor.name.clone()).unwrap_or_default()
            }
            Target::Annotation(id) => {
                let Ok((open, body)) = self.loaded() else { return String::new() };
                let Some(annotation) = body.annotation(id) else { return String::new() };
                let actor = annotation.actor.and_then(|actor| self.state.actors().get(&actor));
                actor.map_or_else(
                    || open.text.slice(annotation.fragments.envelope()).unwrap_or_default().to_owned(),
                    |actor| actor.name.clone(),
                )
            }
        }
    }

    pub(super) fn relation_type(&self, kind: &Key) -> Result<RelationType, Refusal> {
        let relation = self.state.project().codebook.relation(kind);
        relation.cloned().ok_or_else(|| Refusal::NotInCodebook(kind.to_string()))
    }

    pub(super) fn link_changes(
        &self,
        from: AnnotationId,
        kind: &Key,
        to: Target,
        stamp: &mut Stamp<'_>,
    ) -> Result<Vec<Change>, Refusal> {
        let relation = self.relation_type(kind)?;
        let (open, body) = self.loaded()?;
        let start = body.annotation(from).ok_or(Refusal::Gone)?;
        if to == Target::Annotation(from)
            || !relation.may_lead(&start.label, to, |target| self.label_of(target))
        {
            return Err(self.not_allowed(&start.label, &relation));
        }
        let of_kind: Vec<&Relation> = body.from(from).filter(|link| link.kind == *kind).collect();
        if of_kind.iter().any(|link| link.to == to) {
            return Err(Refusal::AlreadyThere);
        }
        let replaced = if relation.several { None } else { of_kind.first() };
        let link = Relation {
            id: RelationId::new((stamp.new_id)()),
            document: open.document,
            kind: kind.clone(),
            from,
            to,
            attributes: Attributes::new(),
            note: String::new(),
            annotator: self.annotator.clone(),
            modified: stamp.now,
            codebook_version: self.state.project().codebook.version,
            extra: Extra::default(),
        };
        let removed = replaced.map(|link| Change::remove((*link).clone().into()));
        Ok(removed.into_iter().chain([Change::add(link.into())]).collect())
    }

    fn not_allowed(&self, label: &Key, relation: &RelationType) -> Refusal {
        let from = self.state.project().codebook.label(label).map_or(&**label, |label| &label.name);
        Refusal::LinkNotAllowed { from: from.to_owned(), relation: relation.name.clone() }
    }
}
