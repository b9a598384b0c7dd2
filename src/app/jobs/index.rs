//! The index of a project, kept in a worker for as long as the page asks: it reads all documents, answers questions, and
//! before each answer brings itself up to the end of the history, so that it never tells of less than is saved.

use std::collections::{BTreeMap, VecDeque};

use super::{
    asking::{Question, Reply},
    desk::{Desk, Ending, project_of},
    protocol::{Answer, Order},
};
use crate::{
    app::{
        Activity, Keys, quire,
        workspace::{advice, read_cursor, read_entries, read_state},
    },
    browser::worker::Beside,
    format::{row, tags},
    model::{DocumentId, ProjectId, Record},
    search::{Concern, Index, Query},
    store::Wanted,
    suggest::duplicates,
};

/// How many documents are read before questions are looked at.
const AT_ONCE: usize = 64;

/// With more new entries than this all is read anew.
const FOLLOWED: u64 = 200;

/// A question that waits.
struct Asked {
    number: u32,
    question: Question,
}

struct Keeper<'d> {
    desk: &'d Desk,
    project: ProjectId,
    index: Index,
    /// When and by whom documents were changed, and where they are bound.
    activity: BTreeMap<DocumentId, Activity>,
    /// The entry of the history up to which the index is known to be right.
    known: u64,
    waiting: VecDeque<Asked>,
}

/// Reads the project and answers until the page has enough.
pub(super) async fn run(desk: &Desk, project: &str) -> Ending {
    let project = project_of(project)?;
    let (index, activity, known) = begin(desk, project).await?;
    let mut keeper = Keeper { desk, project, index, activity, known, waiting: VecDeque::new() };
    loop {
        let is_read = keeper.read_on().await?;
        if is_read && keeper.waiting.is_empty() && !keeper.take(desk.next_order().await)? {
            break;
        }
        while let Some(order) = desk.waiting_order() {
            if !keeper.take(order)? {
                return Ok(the_end());
            }
        }
        keeper.answer(is_read).await?;
    }
    Ok(the_end())
}

/// What nobody waits for: the page has let the index go.
fn the_end() -> (Answer, Vec<Beside>) {
    (Answer::Told { number: 0, read: 0, of: 0, reply: String::new() }, Vec::new())
}

async fn begin(
    desk: &Desk,
    project: ProjectId,
) -> Result<(Index, BTreeMap<DocumentId, Activity>, u64), String> {
    // What comes while the rest is read is in the history behind this entry, and applied again to the same end.
    let known = read_cursor(&desk.store, &Keys(project).cursor()).await?.last;
    let (state, activity) = read_state(&desk.store, project).await?;
    Ok((Index::new(state, tags), activity, known))
}

impl Keeper<'_> {
    /// Takes what the page says; `false` where it has enough.
    fn take(&mut self, order: Option<Order>) -> Result<bool, String> {
        match order {
            Some(Order::Ask { number, question }) => {
                let question = Question::parse(&question)
                    .ok_or_else(|| "the page and its worker do not understand each other".to_owned())?;
                self.waiting.push_back(Asked { number, question });
                Ok(true)
            }
            Some(Order::Stop) | None => Ok(false),
            Some(_) => Ok(true),
        }
    }

    /// Reads some of the documents that are missing; answers whether none is left.
    async fn read_on(&mut self) -> Result<bool, String> {
        let missing = self.index.missing();
        let next: Vec<(DocumentId, String)> = missing.iter().take(AT_ONCE).cloned().collect();
        let keys = Keys(self.project);
        let leaf = |id: DocumentId| self.activity.get(&id).map_or("", |activity| &activity.leaf);
        let wanted: Vec<Wanted> =
            next.iter().map(|(id, hash)| quire::wanted(keys, *id, hash, leaf(*id))).collect();
        let contents = self.desk.store.contents(&wanted).await.map_err(|error| advice(&error))?;
        for ((id, _), content) in next.iter().zip(contents) {
            let unreadable = |error| format!("what lies on a document cannot be read: {error}");
            let (text, body) = quire::read_quickly(content, leaf(*id)).map_err(unreadable)?;
            let text = text.ok_or_else(|| "a document's text is missing in the database".to_owned())?;
            self.index.shelve(*id, text, body);
        }
        Ok(missing.len() <= AT_ONCE)
    }

    /// Takes over what was done since, by this page or another.
    async fn follow(&mut self) -> Result<(), String> {
        let last = read_cursor(&self.desk.store, &Keys(self.project).cursor()).await?.last;
        if last <= self.known {
            return Ok(());
        }
        if FOLLOWED < last - self.known {
            (self.index, self.activity, self.known) = begin(self.desk, self.project).await?;
        } else {
            let most = u32::try_from(last - self.known).unwrap_or(u32::MAX);
            let entries = read_entries(&self.desk.store, self.project, Some(last + 1), most).await?;
            let mut added = false;
            for entry in entries.iter().rev().filter(|entry| self.known < entry.number) {
                added |= !self.index.apply(&entry.edit).is_empty();
            }
            if added {
                // Where documents are bound that came in since, their list says.
                (_, self.activity) = read_state(&self.desk.store, self.project).await?;
            }
            self.known = last;
        }
        while !self.read_on().await? {}
        Ok(())
    }

    async fn answer(&mut self, is_read: bool) -> Result<(), String> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        if is_read {
            self.follow().await?;
        }
        let (now, later): (VecDeque<Asked>, VecDeque<Asked>) =
            self.waiting.drain(..).partition(|asked| is_read || asked.question.bears_gaps());
        self.waiting = later;
        for Asked { number, question } in now {
            let (reply, beside) = self.reply(&question);
            let (read, of) = (self.index.shelved(), self.index.documents());
            self.desk.say(&Answer::Told { number, read, of, reply: reply.print() }, beside);
        }
        Ok(())
    }

    fn reply(&self, question: &Question) -> (Reply, Vec<Beside>) {
        let reply = match question {
            Question::Find { query, from, most } => match Query::parse(query, self.index.codebook()) {
                Ok(query) => Reply::Found(self.index.find(&query, *from, *most)),
                Err(error) => Reply::NotUnderstood(error.to_string()),
            },
            Question::ActorFigures => Reply::ActorFigures(self.index.actor_figures().into_iter().collect()),
            Question::Passages { actor, only, from, most } => {
                Reply::Found(self.index.passages(*actor, only.as_ref(), *from, *most))
            }
            Question::Alike { words, label } => Reply::Alike(self.index.alike(words, &label.as_str().into())),
            Question::Figures => Reply::Figures(Box::new(self.index.figures())),
            Question::Open { rule, from, most } => {
                Reply::Found(self.index.open(rule.as_deref(), *from, *most))
            }
            Question::Duplicates => Reply::Duplicates(duplicates(self.index.actors())),
            Question::Concerned { concern, links } => {
                let records = self.index.concerned(&Concern::from(concern), *links);
                return (Reply::Concerned, vec![Beside::Text(printed(&records))]);
            }
        };
        (reply, Vec::new())
    }
}

/// Annotations as lines, an empty line, relations as lines.
fn printed(records: &[Record]) -> String {
    let (mut annotations, mut relations) = (String::new(), String::from("\n"));
    for record in records {
        match record {
            Record::Annotation(one) => {
                annotations.push_str(&row::print_annotation(one));
                annotations.push('\n');
            }
            Record::Relation(one) => {
                relations.push_str(&row::print_relation(one));
                relations.push('\n');
            }
            Record::Project(_) | Record::Document(_) | Record::Actor(_) => {}
        }
    }
    annotations + &relations
}
