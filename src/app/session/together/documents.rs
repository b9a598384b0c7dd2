//! Tags, origin and status of several documents at once.

use super::Session;
use crate::{
    app::{
        outcome::{Outcome, Refusal, Stamp},
        together::DocumentDeed,
    },
    format::{tags, with_tags},
    model::{Change, Document, DocumentId, Meta, What},
    text::order,
};

impl Session {
    pub(super) fn sort_together(
        &mut self,
        chosen: Vec<DocumentId>,
        deed: &DocumentDeed,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        if let DocumentDeed::Tag(tag) | DocumentDeed::Untag(tag) = deed
            && tag.trim().is_empty()
        {
            return Err(Refusal::NoName);
        }
        let chosen = order::set(chosen);
        let there = chosen.iter().filter_map(|id| self.state.documents().get(id));
        let mut of = 0;
        let changes = there.filter_map(|before| {
            of += 1;
            let mut after = before.clone();
            apply(deed, &mut after);
            Change::replace(before.clone().into(), after.into())
        });
        let changes: Vec<Change> = changes.collect();
        if of == 0 {
            return Err(Refusal::NothingToDo);
        }
        let count = changes.len();
        let what = if matches!(deed, DocumentDeed::SetStatus(_)) { What::SetStatus } else { What::SetMeta };
        let outcome = self.commit(what, changes, None, stamp);
        let kept = of - count;
        let said = match count {
            0 => "Nothing was changed: it is like that already".to_owned(),
            1 => "1 document changed".to_owned(),
            count => format!("{count} documents changed"),
        };
        Ok(outcome.saying(match kept {
            _ if count == 0 => said,
            0 => said,
            1 => format!("{said}; 1 was like that already"),
            kept => format!("{said}; {kept} were like that already"),
        }))
    }
}

fn apply(deed: &DocumentDeed, document: &mut Document) {
    match deed {
        DocumentDeed::Tag(tag) => {
            let mut all = tags(&document.extra);
            all.push(tag.trim().to_owned());
            document.extra = with_tags(&document.extra, &all);
        }
        DocumentDeed::Untag(tag) => {
            let mut all = tags(&document.extra);
            all.retain(|one| one != tag.trim());
            document.extra = with_tags(&document.extra, &all);
        }
        DocumentDeed::Describe(given) => describe(&mut document.meta, given),
        DocumentDeed::SetStatus(status) => document.status = *status,
    }
}

fn describe(meta: &mut Meta, given: &Meta) {
    for (part, given) in [
        (&mut meta.source, &given.source),
        (&mut meta.author, &given.author),
        (&mut meta.published, &given.published),
        (&mut meta.url, &given.url),
        (&mut meta.language, &given.language),
    ] {
        if !given.trim().is_empty() {
            given.trim().clone_into(part);
        }
    }
}
