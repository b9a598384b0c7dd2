//! Saying who is meant: joining actor spans to the registry, and new entries for it.

use super::{Offer, Purpose, Session};
use crate::{
    app::outcome::{Outcome, Refusal, Stamp},
    model::{Actor, ActorId, ActorKind, Annotation, AnnotationId, Change, Label, Target, Value, What},
    suggest::{self, Candidate, Pronoun},
};

/// The attribute by which a mention says what kind of actor it names.
const KIND: &str = "kind";

/// How many registry entries are offered: one a digit.
const OFFERED: usize = 9;

/// What is known about the actor of a new span.
#[derive(Debug)]
pub(super) struct Naming {
    pub(super) actor: Option<ActorId>,
    pub(super) change: Option<Change>,
    pub(super) said: Option<String>,
}

impl Session {
    pub(super) fn identify(
        &mut self,
        id: AnnotationId,
        actor: Option<ActorId>,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let entry = match actor {
            Some(actor) => Some(self.state.actors().get(&actor).ok_or(Refusal::Gone)?.clone()),
            None => None,
        };
        if entry.is_some() {
            self.may_name_actor(id)?;
        }
        let said = entry.as_ref().map_or_else(|| "No actor".to_owned(), |entry| entry.name.clone());
        let change = self.changed_annotation(id, stamp, |annotation| {
            annotation.actor = actor;
            self.take_kind(annotation);
        })?;
        let mut outcome = self.commit(What::Identify, change.into_iter().collect(), None, stamp);
        self.close_actor_offer(id, &mut outcome);
        Ok(outcome.saying(said))
    }

    pub(super) fn identify_new(
        &mut self,
        id: AnnotationId,
        name: &str,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        self.may_name_actor(id)?;
        let (actor, mut changes) = self.new_actor(name, stamp)?;
        let known = changes.is_empty();
        changes.extend(self.changed_annotation(id, stamp, |annotation| annotation.actor = Some(actor))?);
        let mut outcome = self.commit(What::Identify, changes, None, stamp);
        self.close_actor_offer(id, &mut outcome);
        let name = name.trim();
        Ok(outcome.saying(if known { name.to_owned() } else { format!("{name}, a new actor") }))
    }

    pub(super) fn offer_actors(&mut self) -> Result<Outcome, Refusal> {
        let chosen = self.chosen().ok_or(Refusal::NothingChosen)?;
        let id = chosen.id;
        self.may_name_actor(id)?;
        self.open_actor_offer(id);
        Ok(Outcome::focus())
    }

    /// Gives a mention the kind of the registry entry that it names.
    pub(super) fn take_kind(&self, annotation: &mut Annotation) {
        let entry = annotation.actor.and_then(|actor| self.state.actors().get(&actor));
        if let Some(entry) = entry {
            self.give_kind(annotation, entry.kind);
        }
    }

    /// Gives a mention a kind, where its label asks for one.
    pub(super) fn give_kind(&self, annotation: &mut Annotation, kind: ActorKind) {
        let attribute =
            self.state.project().codebook.label(&annotation.label).and_then(|label| label.attribute(KIND));
        if let Some(attribute) = attribute {
            let kind = Value::Text(kind.name().to_owned());
            if attribute.allows(&kind) {
                annotation.attributes.insert(attribute.key.clone(), kind);
            }
        }
    }

    /// The change that gives the entry which a mention names the kind that is said of the mention.
    pub(super) fn renamed_kind(&self, id: AnnotationId, key: &str, value: Option<&Value>) -> Option<Change> {
        let Some(Value::Text(name)) = value.filter(|_| key == KIND) else { return None };
        let kind = ActorKind::from_name(name)?;
        let before = self.state.actors().get(&self.annotation(id).ok()?.actor?)?.clone();
        let after = Actor { kind, ..before.clone() };
        Change::replace(before.into(), after.into())
    }

    /// The registry entries that a written name may mean, best first.
    pub fn actors_named(&self, written: &str) -> Vec<ActorId> {
        self.names.find(written, OFFERED).into_iter().map(|found| found.actor).collect()
    }

    /// The actor of a newly marked name: the one entry that bears it, a new entry where nothing is like it,
    /// or none where the person has to say (a pronoun, or several that are alike). A new entry is of the kind that the
    /// label's mentions start with.
    pub(super) fn actor_for(&self, written: &str, label: &Label, stamp: &mut Stamp<'_>) -> Naming {
        let unknown = Naming { actor: None, change: None, said: None };
        if Pronoun::parse(written).is_some() {
            return unknown;
        }
        if let [only] = self.names.exact(written)[..] {
            let said = self.state.actors().get(&only).map(|actor| actor.name.clone());
            return Naming { actor: Some(only), change: None, said };
        }
        let named = written.chars().next().is_some_and(char::is_uppercase);
        if !named || !self.names.find(written, 1).is_empty() {
            return unknown;
        }
        let mut actor = self.blank_actor(suggest::canonical_name(written), stamp);
        let default = label.attribute(KIND).and_then(|attribute| attribute.default.as_ref());
        if let Some(Value::Text(kind)) = default {
            actor.kind = ActorKind::from_name(kind).unwrap_or_default();
        }
        let said = Some(format!("new actor {}", actor.name));
        Naming { actor: Some(actor.id), change: Some(Change::add(actor.into())), said }
    }

    /// A new registry entry; where an entry bears the name already, that one.
    pub(super) fn new_actor(
        &self,
        name: &str,
        stamp: &mut Stamp<'_>,
    ) -> Result<(ActorId, Vec<Change>), Refusal> {
        let name = name.trim();
        if name.is_empty() {
            return Err(Refusal::NoName);
        }
        if let Some(known) = self.state.actors().values().find(|actor| actor.name == name) {
            return Ok((known.id, Vec::new()));
        }
        let actor = self.blank_actor(name.to_owned(), stamp);
        Ok((actor.id, vec![Change::add(actor.into())]))
    }

    pub(super) fn open_actor_offer(&mut self, id: AnnotationId) {
        let Ok((open, body)) = self.loaded() else { return };
        let Some(annotation) = body.annotation(id) else { return };
        let written = open.text.slice(annotation.fragments.envelope()).unwrap_or_default().to_owned();
        let place = annotation.fragments.start();
        let actors = match Pronoun::parse(&written) {
            Some(pronoun) => suggest::antecedents(body, self.state.actors(), pronoun, place, OFFERED),
            None => self.actors_named(&written),
        };
        let candidates = actors
            .into_iter()
            .filter_map(|actor| self.state.actors().get(&actor))
            .map(|actor| Candidate {
                target: Target::Actor(actor.id),
                name: actor.name.clone(),
                distance_code_points: None,
                already: annotation.actor == Some(actor.id),
            })
            .collect();
        let name = suggest::canonical_name(&written);
        if let Some(open) = &mut self.open {
            open.offer = Some(Offer { from: id, purpose: Purpose::Identify(name), candidates });
        }
    }

    fn may_name_actor(&self, id: AnnotationId) -> Result<(), Refusal> {
        let label = self.codebook_label(&self.annotation(id)?.label)?;
        if label.names_actor { Ok(()) } else { Err(Refusal::NamesNoActor(label.name)) }
    }

    /// The question whom an annotation means is answered, from the offer or from elsewhere.
    fn close_actor_offer(&mut self, id: AnnotationId, outcome: &mut Outcome) {
        let Some(open) = &mut self.open else { return };
        let asked = open
            .offer
            .as_ref()
            .is_some_and(|offer| offer.from == id && matches!(offer.purpose, Purpose::Identify(_)));
        if asked {
            open.offer = None;
            outcome.changed.focus = true;
        }
    }

    fn blank_actor(&self, name: String, stamp: &mut Stamp<'_>) -> Actor {
        Actor {
            id: ActorId::new((stamp.new_id)()),
            project: self.state.project().id,
            name,
            kind: ActorKind::default(),
            aliases: Vec::new(),
            wikidata: String::new(),
            note: String::new(),
        }
    }
}
