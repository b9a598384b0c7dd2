//! What the names of the registry propose in the open text: accepted and refused by the person, all at once or one by
//! one, each time one undo. What was refused is kept with the document.

use super::Session;
use crate::{
    app::outcome::{Outcome, Refusal, Stamp},
    format::{refused, with_refused},
    model::{
        ActorId, Annotation, AnnotationId, Change, Document, DocumentId, Extra, Fragments, Label, Origin,
        What,
    },
    suggest::{Dictionary, Grounds, Known, Proposal},
    text::{Span, order},
};

impl Session {
    /// What the open text as a whole says about what is proposed in it, by the places of known names. Cost: that of
    /// [`Grounds::new`].
    pub fn grounds(&self, known: &[Known]) -> Option<Grounds> {
        let (open, body) = self.loaded().ok()?;
        let document = self.state.documents().get(&open.document);
        let refused = document.map(|document| refused(&document.extra)).unwrap_or_default();
        Some(Grounds::new(known, body, refused))
    }

    /// What is proposed of a piece of these places. Cost: that of [`Grounds::proposals`].
    pub fn proposed(&self, grounds: &Grounds, dictionary: &Dictionary, piece: &[Known]) -> Vec<Proposal> {
        let Ok((open, body)) = self.loaded() else { return Vec::new() };
        let codebook = &self.state.project().codebook;
        let mut proposed = grounds.proposals(dictionary, piece, &open.text, body, codebook);
        proposed.retain_mut(|one| {
            one.actors.retain(|actor| self.state.actors().contains_key(actor));
            !one.actors.is_empty()
        });
        proposed
    }

    /// Tags places as mentions; one that is tagged already is passed over.
    pub(super) fn accept(
        &mut self,
        document: DocumentId,
        places: &[(Span, ActorId)],
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let (open, body) = self.loaded()?;
        if open.document != document {
            return Err(Refusal::NothingOpen);
        }
        let places = order::map(places.iter().copied());
        let mut mentions = Vec::new();
        for (span, actor) in places {
            let actor = self.state.actors().get(&actor).ok_or(Refusal::Gone)?;
            let label = self.label_for(actor.kind.name())?;
            let is_tagged = body
                .overlapping(span)
                .iter()
                .filter_map(|(_, id)| body.annotation(*id))
                .any(|one| one.fragments.overlap(span) && self.names_actor(&one.label));
            if is_tagged || open.text.slice(span).is_none_or(str::is_empty) {
                continue;
            }
            let mut mention = Annotation {
                id: AnnotationId::new((stamp.new_id)()),
                document,
                label: label.key.clone(),
                fragments: Fragments::one(span),
                actor: Some(actor.id),
                attributes: super::super::tagging::defaults(label),
                note: String::new(),
                origin: Origin::Suggestion,
                annotator: self.annotator.clone(),
                modified: stamp.now,
                codebook_version: self.state.project().codebook.version,
                extra: Extra::default(),
            };
            self.give_kind(&mut mention, actor.kind);
            mentions.push(Change::add(mention.into()));
        }
        let count = mentions.len();
        if count == 0 {
            return Ok(Outcome::default().saying("Nothing was left to accept"));
        }
        let mut changes = self.begun(document);
        changes.extend(mentions);
        let outcome = self.commit(What::Accept, changes, None, stamp);
        Ok(outcome.saying(match count {
            1 => "Accepted".to_owned(),
            count => format!("{count} suggestions accepted"),
        }))
    }

    /// Notes that no known name is meant at these places.
    pub(super) fn refuse(
        &mut self,
        document: DocumentId,
        places: &[Span],
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let before = self.state.documents().get(&document).ok_or(Refusal::Gone)?.clone();
        let mut all = refused(&before.extra);
        let known = all.len();
        for place in places {
            order::put(&mut all, *place);
        }
        let count = all.len() - known;
        let after = Document { extra: with_refused(&before.extra, &all), ..before.clone() };
        let changes = Change::replace(before.into(), after.into()).into_iter().collect();
        let outcome = self.commit(What::Refuse, changes, None, stamp);
        Ok(outcome.saying(match count {
            1 => "Refused; it is not suggested again".to_owned(),
            count => format!("{count} suggestions refused"),
        }))
    }

    /// The label of mentions of this kind: the one that is called so, else the first that names actors.
    fn label_for(&self, kind: &str) -> Result<&Label, Refusal> {
        let labels = &self.state.project().codebook.labels;
        let mut naming = labels.iter().filter(|label| label.names_actor);
        let first = naming.next().ok_or(Refusal::NoActorLabel)?;
        Ok(naming.find(|label| &*label.key == kind).filter(|_| &*first.key != kind).unwrap_or(first))
    }

    fn names_actor(&self, label: &str) -> bool {
        self.state.project().codebook.label(label).is_some_and(|label| label.names_actor)
    }
}
