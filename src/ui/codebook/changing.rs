//! Changes of the codebook from its screen: each is made out of the codebook as it is when its turn comes, so that none
//! undoes the one before it while that still reaches into documents.

use leptos::prelude::*;

use super::state::{Asked, Desk, asked_by, attribute};
use crate::model::{Attribute, AttributeOf, Choice, Codebook, Key, Label, RelationType, Revision};

impl Desk {
    /// Changes the codebook, after what of it is still on its way; asks first where values would be cleared.
    pub fn revise(self, revision: Revision) {
        self.workspace.after_revising(move || self.make(revision));
    }

    fn make(self, revision: Revision) {
        self.workspace.revise(revision, move |revision, count| {
            let _asked = self.asked.try_set(Some(Asked::Clear(revision, count)));
        });
    }

    /// Makes a change out of the codebook as it is when its turn comes, so that none undoes the one before it.
    fn change(self, change: impl FnOnce(&Codebook) -> Option<Revision> + 'static) {
        self.workspace.after_revising(move || {
            let revision = self.workspace.read(|session| change(&session.state().project().codebook));
            if let Some(revision) = revision.flatten() {
                self.make(revision);
            }
        });
    }

    /// Changes a label; its attributes stay.
    pub fn change_label(self, key: &Key, change: impl FnOnce(&mut Label) + 'static) {
        let key = key.clone();
        self.change(move |codebook| {
            let before = codebook.label(&key)?;
            let mut after = before.clone();
            change(&mut after);
            (after != *before).then(|| Revision::Label(Box::new(after)))
        });
    }

    /// Changes a relation type; its attributes stay.
    pub fn change_relation(self, key: &Key, change: impl FnOnce(&mut RelationType) + 'static) {
        let key = key.clone();
        self.change(move |codebook| {
            let before = codebook.relation(&key)?;
            let mut after = before.clone();
            change(&mut after);
            (after != *before).then(|| Revision::Relation(Box::new(after)))
        });
    }

    /// Changes an attribute, wherever it is asked.
    pub fn change_attribute(self, of: &AttributeOf, change: impl FnOnce(&mut Attribute) + 'static) {
        let of = of.clone();
        self.change(move |codebook| {
            let before = attribute(codebook, &of)?;
            let mut after = before.clone();
            change(&mut after);
            let asked_by = asked_by(codebook, &of);
            (after != *before).then(|| Revision::Attribute {
                side: of.side,
                attribute: Box::new(after),
                asked_by,
                clears: false,
            })
        });
    }

    /// Has an attribute asked by those that were picked and no longer by those that were taken away, as against what
    /// was shown.
    pub fn ask_of(self, of: &AttributeOf, shown: Vec<Key>, picked: Vec<Key>) {
        let of = of.clone();
        self.change(move |codebook| {
            let attribute = Box::new(attribute(codebook, &of)?.clone());
            let mut asked_by = asked_by(codebook, &of);
            asked_by.retain(|key| !shown.contains(key) || picked.contains(key));
            let further = picked.into_iter().filter(|key| !shown.contains(key));
            let further: Vec<Key> = further.filter(|key| !asked_by.contains(key)).collect();
            asked_by.extend(further);
            Some(Revision::Attribute { side: of.side, attribute, asked_by, clears: false })
        });
    }

    /// Changes a choice.
    pub fn change_choice(self, of: &AttributeOf, key: &Key, change: impl FnOnce(&mut Choice) + 'static) {
        let key = key.clone();
        self.change_attribute(of, move |attribute| {
            let choices = attribute.kind.choices_mut();
            if let Some(choice) = choices.and_then(|all| all.iter_mut().find(|one| one.key == key)) {
                change(choice);
            }
        });
    }
}
