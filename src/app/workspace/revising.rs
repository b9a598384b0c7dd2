//! The codebook as the page changes it: what a change reaches is fetched from the index first, and shown before it is
//! done where that is wished. Codebooks go out and come in as files.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, VecDeque},
};

use leptos::prelude::*;

use super::{Workspace, spawn};
use crate::{
    app::{
        command::Command,
        jobs::{Concerning, Question, Reply},
        session::Revise,
    },
    browser::{files::Download, wait},
    format::{
        codebook::{self, CodebookFormat},
        file_name,
    },
    model::{AnnotationId, Codebook, DocumentId, Reach, Record, Revision, Target, Timestamp},
};

/// How many hits are asked for at a time when all are wanted.
const PAGE: usize = 2_000;

/// What is done while a change of the codebook reaches into documents, in words.
const REVISING: &str = "Changing the codebook";

/// How often it is looked whether that has ended, in milliseconds.
const LOOK: u32 = 20;

thread_local! {
    /// What is still to be done to the codebook.
    static WAITING: RefCell<VecDeque<Box<dyn FnOnce()>>> = RefCell::default();
}

/// What a change of the codebook would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Foreseen {
    /// The codebook afterwards.
    pub codebook: Codebook,
    /// How many annotations become others.
    pub changed: usize,
    /// How many annotations go.
    pub deleted: usize,
    /// How many links become others.
    pub relinked: usize,
    /// How many links go.
    pub unlinked: usize,
    /// How many values are lost.
    pub cleared: usize,
    /// How many records forbid it.
    pub forbidding: usize,
    /// The titles of the documents in which anything changes, each with how much, in the order of the work.
    pub documents: Vec<(String, usize)>,
}

impl Workspace {
    /// Changes the codebook, in all documents that the change reaches. Where values would have to be cleared for it,
    /// `ask` is told how many instead.
    pub fn revise(self, revision: Revision, ask: impl Fn(Revision, usize) + 'static) {
        let reach = self.read(|session| revision.reach(&session.state().project().codebook));
        if reach.is_none_or(|reach| reach.is_empty()) {
            let concerned = Vec::new();
            return self.dispatch(Command::Revise(Box::new(Revise { revision, concerned })));
        }
        if !self.begin_work(REVISING) {
            return self.refuse(&"other work is going on: wait until it has ended, or cancel it");
        }
        spawn(async move {
            let revise = self.reaching(revision).await;
            let stopped =
                self.running.with_untracked(|running| running.as_ref().is_none_or(|one| one.cancelled));
            match revise {
                Ok(_) if stopped => self.say("Nothing was changed"),
                Ok(revise) => {
                    let forbidding = self.read(|session| session.foresee(&revise, Timestamp::default()));
                    let forbidding =
                        forbidding.and_then(Result::ok).map_or(0, |(_, effect)| effect.forbidding);
                    if 0 < forbidding && may_clear(&revise.revision) {
                        self.running.set(None);
                        return ask(clearing(revise.revision), forbidding);
                    }
                    self.dispatch(Command::Revise(Box::new(revise)));
                    self.saved().await;
                }
                Err(problem) => self.refuse(&problem),
            }
            self.running.set(None);
        });
    }

    /// Whether a change of the codebook is on its way that reaches into documents.
    pub fn is_revising(self) -> bool {
        self.running.with_untracked(|running| running.as_ref().is_some_and(|one| one.what == REVISING))
    }

    /// Does this to the codebook as it is once no change of it is on its way any more; one after the other.
    pub fn after_revising(self, deed: impl FnOnce() + 'static) {
        let is_next = WAITING.with_borrow_mut(|waiting| {
            waiting.push_back(Box::new(deed));
            waiting.len() == 1
        });
        if is_next {
            self.revise_next();
        }
    }

    fn revise_next(self) {
        while !self.is_revising() {
            let Some(deed) = WAITING.with_borrow_mut(VecDeque::pop_front) else { return };
            deed();
        }
        spawn(async move {
            while self.is_revising() {
                wait::sleep(LOOK).await;
            }
            self.revise_next();
        });
    }

    /// Says what a change would do, without doing it.
    ///
    /// # Errors
    /// In words, where it would be refused, or the index cannot be read.
    pub async fn foresee(self, revision: Revision) -> Result<Foreseen, String> {
        let revise = self.reaching(revision).await?;
        let foreseen = self.read(|session| {
            let (codebook, effect) = session.foresee(&revise, Timestamp::default())?;
            let mut counts: BTreeMap<DocumentId, usize> = BTreeMap::new();
            for document in effect.changes.iter().filter_map(|change| change.document()) {
                *counts.entry(document).or_default() += 1;
            }
            let documents = crate::app::in_order(session.state().documents()).into_iter();
            let documents = documents
                .filter_map(|document| Some((document.title.clone(), *counts.get(&document.id)?)))
                .collect();
            Ok::<Foreseen, crate::app::Refusal>(Foreseen {
                codebook,
                changed: effect.changed,
                deleted: effect.deleted,
                relinked: effect.relinked,
                unlinked: effect.unlinked,
                cleared: effect.cleared,
                forbidding: effect.forbidding,
                documents,
            })
        });
        match foreseen {
            Some(foreseen) => foreseen.map_err(|refusal| refusal.to_string()),
            None => Err("no project is open".to_owned()),
        }
    }

    /// All annotations that are open by a rule, in the words of the index.
    ///
    /// # Errors
    /// In words, where the index cannot be read.
    pub async fn all_open(self, rule: String) -> Result<BTreeSet<AnnotationId>, String> {
        let mut all = BTreeSet::new();
        let mut from = 0;
        loop {
            let question = Question::Open { rule: Some(rule.clone()), from, most: PAGE };
            let Reply::Found(found) = self.consult(&question).await?.reply else { return Ok(all) };
            all.extend(found.hits.iter().filter_map(|hit| hit.annotation));
            from += found.hits.len();
            if found.hits.is_empty() || found.total <= from {
                return Ok(all);
            }
        }
    }

    /// A change with the stored records that it reaches.
    async fn reaching(self, revision: Revision) -> Result<Revise, String> {
        let reach = self.read(|session| revision.reach(&session.state().project().codebook));
        let concerned = self.records_of(reach.unwrap_or_default()).await?;
        Ok(Revise { revision, concerned })
    }

    async fn records_of(self, reach: Reach) -> Result<Vec<Record>, String> {
        let mut concerns = Vec::new();
        concerns.extend(reach.labels.iter().map(|key| (Concerning::Label(key.to_string()), true)));
        concerns.extend(reach.relations.iter().map(|key| (Concerning::Relation(key.to_string()), false)));
        concerns.extend(reach.attribute.iter().map(|key| (Concerning::Attribute(key.to_string()), false)));
        if !reach.annotations.is_empty() {
            concerns.push((Concerning::Annotations(reach.annotations.into_iter().collect()), true));
        }
        let mut records = Vec::new();
        for (concern, links) in concerns {
            records.extend(self.concerned(concern, links).await?);
        }
        if reach.ends {
            let mut ends = BTreeSet::new();
            for record in &records {
                if let Record::Relation(link) = record {
                    ends.insert(link.from);
                    ends.extend(if let Target::Annotation(to) = link.to { Some(to) } else { None });
                }
            }
            let known =
                |record: &Record| if let Record::Annotation(one) = record { Some(one.id) } else { None };
            for id in records.iter().filter_map(known) {
                ends.remove(&id);
            }
            if !ends.is_empty() {
                let ends = Concerning::Annotations(ends.into_iter().collect());
                records.extend(self.concerned(ends, false).await?);
            }
        }
        Ok(records)
    }

    /// Downloads the codebook; says what the format could not hold.
    pub fn take_codebook_home(self, format: CodebookFormat) {
        let made = self.read(|session| {
            let project = session.state().project();
            let printed = codebook::print(format, &project.name, &project.codebook, &project.guidelines);
            let name = match format {
                CodebookFormat::Own => file_name(&project.name, "", format.ending()),
                _ => file_name(&format!("{} codebook", project.name), "", format.ending()),
            };
            (name, printed)
        });
        let Some((name, printed)) = made else { return };
        let mime = match format {
            CodebookFormat::Own => "application/json",
            CodebookFormat::Qdc => "application/xml",
            CodebookFormat::Table => "text/csv",
        };
        let mut download = Download::new(name, mime);
        let saved =
            download.push_str(&printed.file).and_then(|()| download.finish()).and_then(|whole| whole.save());
        match saved {
            Ok(()) => self.say("The codebook was downloaded"),
            Err(error) => self.refuse(&error),
        }
    }

    /// What a format could not hold of the codebook, with how many.
    pub fn codebook_losses(self, format: CodebookFormat) -> Vec<(&'static str, usize)> {
        let losses = self.read(|session| {
            let project = session.state().project();
            codebook::print(format, "", &project.codebook, &project.guidelines).losses
        });
        losses.unwrap_or_default()
    }
}

/// Whether a change can go on if values are cleared for it.
const fn may_clear(revision: &Revision) -> bool {
    matches!(revision, Revision::Attribute { .. } | Revision::DeleteAttribute { .. })
}

fn clearing(revision: Revision) -> Revision {
    match revision {
        Revision::Attribute { side, attribute, asked_by, .. } => {
            Revision::Attribute { side, attribute, asked_by, clears: true }
        }
        Revision::DeleteAttribute { of, .. } => Revision::DeleteAttribute { of, clears: true },
        other => other,
    }
}
