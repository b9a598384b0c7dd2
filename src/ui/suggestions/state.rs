//! The suggestions of the open text and which of them the person looks at.

use std::sync::Arc;

use leptos::prelude::*;

use super::{seeking::Seeker, shown};
use crate::{
    app::{
        Command, Motion, Registering, Selection,
        workspace::{Part, Workspace},
    },
    model::{ActorId, DocumentId},
    suggest::Proposal,
    text::{Offset, Span},
};

/// The suggestions of the open text.
#[derive(Clone, Copy)]
pub struct Suggested {
    /// The project.
    pub workspace: Workspace,
    /// The document and what is proposed in it, in the order of the text.
    pub found: RwSignal<(Option<DocumentId>, Arc<Vec<Proposal>>)>,
    /// The place of the one that is looked at.
    pub current: Memo<Option<Span>>,
    /// Whether all are reviewed in a list.
    pub reviewing: RwSignal<bool>,
    chosen: RwSignal<Option<Span>>,
}

impl Suggested {
    /// Begins to look for known names, now and whenever the text, its annotations or the registry change.
    pub fn new() -> Self {
        let workspace = Workspace::expect();
        let found: RwSignal<(Option<DocumentId>, Arc<Vec<Proposal>>)> = RwSignal::new((None, Arc::default()));
        let chosen = RwSignal::new(None::<Span>);
        // It is looked at as long as the cursor stays where it begins and nothing else is chosen.
        let current = Memo::new(move |_| {
            let span = chosen.get()?;
            let is_there = found.with(|(_, all)| all.iter().any(|one| one.span == span));
            let stays = workspace.watch(Part::Focus, |session| {
                let open = session.open()?;
                let rests = open.selection == Selection::at(span.start()) && open.chosen.is_none();
                (rests && open.offer.is_none()).then_some(open.document)
            });
            let document = found.with(|(document, _)| *document);
            (is_there && stays.flatten() == document).then_some(span)
        });
        let suggested = Self { workspace, found, current, reviewing: RwSignal::new(false), chosen };
        Seeker::start(suggested);
        // The one that is looked at is painted so.
        Effect::new(move |before: Option<Option<Span>>| {
            let now = current.get();
            let before = before.flatten();
            if before != now {
                shown::set_current(now);
                workspace.paint_anew(before.into_iter().chain(now).collect());
            }
            now
        });
        suggested
    }

    /// How many there are.
    pub fn count(self) -> usize {
        self.found.with(|(_, all)| all.len())
    }

    /// Who may be meant at a place, by name.
    pub fn names(self, span: Span) -> Vec<String> {
        let actors = self.actors(span);
        let names = self.workspace.read(|session| {
            let known = actors.iter().filter_map(|actor| session.state().actors().get(actor));
            known.map(|actor| actor.name.clone()).collect()
        });
        names.unwrap_or_default()
    }

    /// Which of all it is, in words.
    pub fn place_of(self, span: Span) -> String {
        self.found.with(|(_, all)| {
            let at = all.iter().position(|one| one.span == span).unwrap_or(0);
            format!("{} of {}; n next, Esc leaves it", at + 1, all.len())
        })
    }

    /// Looks at the next or the previous one from where the cursor is.
    pub fn step(self, forward: bool) {
        let all = self.found.with_untracked(|(_, all)| Arc::clone(all));
        let here = self.workspace.read(|session| session.open().map(|open| open.selection.head)).flatten();
        let here = here.unwrap_or(Offset::ZERO);
        let current = self.current.get_untracked();
        let next = if forward {
            all.iter().find(|one| {
                if current.is_some() { here < one.span.start() } else { here <= one.span.start() }
            })
        } else {
            all.iter().rev().find(|one| one.span.start() < here)
        };
        match next {
            Some(next) => self.look(next.span),
            None if all.is_empty() => self.workspace.say("No known name is left here"),
            None if forward => self.workspace.say("No known name further down"),
            None => self.workspace.say("No known name further up"),
        }
    }

    /// Looks at the one of this name, which was clicked; at a second click what lies below it is meant.
    pub fn look_at(self, id: &str) {
        let span = self.found.with_untracked(|(_, all)| {
            all.iter().find(|one| shown::id_of(one.span) == id).map(|one| one.span)
        });
        let selects =
            self.workspace.read(|session| session.open().is_some_and(|open| open.selection.span().is_some()));
        match span.filter(|_| selects == Some(false)) {
            Some(span) if self.chosen.get_untracked() != Some(span) => self.look(span),
            _ => self.leave(),
        }
    }

    fn look(self, span: Span) {
        self.workspace.dispatch(Command::Choose(None));
        self.workspace.dispatch(Command::Move { motion: Motion::To(span.start()), extend: false });
        self.chosen.set(Some(span));
    }

    /// Looks at none.
    pub fn leave(self) {
        self.chosen.set(None);
    }

    /// Tags the one that is looked at as a mention of the actor of this number, and goes on to the next.
    pub fn accept_current(self, at: usize) {
        let Some(span) = self.current.get_untracked() else { return };
        let Some(actor) = self.actors(span).get(at).copied() else { return };
        self.accept(vec![(span, actor)]);
        self.go_on(span);
    }

    /// Notes that nobody is meant where the person looks, and goes on to the next.
    pub fn refuse_current(self) {
        let Some(span) = self.current.get_untracked() else { return };
        self.refuse(vec![span]);
        self.go_on(span);
    }

    /// Tags places as mentions.
    pub fn accept(self, places: Vec<(Span, ActorId)>) {
        let spans: Vec<Span> = places.iter().map(|(span, _)| *span).collect();
        if let Some(document) = self.drop_from_sight(&spans) {
            self.workspace.register(Registering::Accept { document, places });
        }
    }

    /// Notes that nobody is meant at places.
    pub fn refuse(self, places: Vec<Span>) {
        if let Some(document) = self.drop_from_sight(&places) {
            self.workspace.register(Registering::Refuse { document, places: places.clone() });
            self.workspace.paint_anew(places);
        }
    }

    fn go_on(self, from: Span) {
        let next = self.found.with_untracked(|(_, all)| {
            all.iter().find(|one| from.end() <= one.span.start()).map(|one| one.span)
        });
        match next {
            Some(next) => self.look(next),
            None => self.leave(),
        }
    }

    /// Takes suggestions that are dealt with out of sight at once; answers the document they lie in.
    fn drop_from_sight(self, spans: &[Span]) -> Option<DocumentId> {
        let (document, all) = self.found.get_untracked();
        let left: Vec<Proposal> = all.iter().filter(|one| !spans.contains(&one.span)).cloned().collect();
        self.show(document, left);
        document
    }

    /// Shows these suggestions from now on; what changes is painted.
    pub fn show(self, document: Option<DocumentId>, proposals: Vec<Proposal>) {
        let changed = shown::set(document, proposals.iter().map(|one| one.span).collect());
        self.found.set((document, Arc::new(proposals)));
        self.workspace.paint_anew(changed);
    }

    fn actors(self, span: Span) -> Vec<ActorId> {
        self.found.with_untracked(|(_, all)| {
            let one = all.iter().find(|one| one.span == span);
            one.map(|one| one.actors.clone()).unwrap_or_default()
        })
    }
}
