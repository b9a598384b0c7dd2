//! Asking the index of the open project. Its worker is started with the first question, stays for the next ones, and is
//! started anew where it has died or another project was opened.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Workspace, spawn, working::Job};
use crate::{
    app::jobs::{Answer, Order, Question, Reply},
    browser::{
        once::{Giver, once},
        wait,
        worker::Beside,
    },
    format::row,
    model::{ProjectId, Record},
};

/// How many records are read before the page gets its turn.
const AT_ONCE: usize = 500;

/// An answer of the index.
#[derive(Debug)]
pub struct Told {
    /// The answer.
    pub reply: Reply,
    /// How many documents had been read for it.
    pub read: usize,
    /// How many there were.
    pub of: usize,
    /// The records that were asked for.
    pub records: Vec<Record>,
}

thread_local! {
    static LINE: RefCell<Option<Rc<Line>>> = const { RefCell::new(None) };
}

/// The line to the index of a project.
struct Line {
    project: ProjectId,
    job: Job,
    last: Cell<u32>,
    waiting: RefCell<BTreeMap<u32, Giver<Result<Heard, String>>>>,
}

/// An answer as it came.
struct Heard {
    reply: String,
    read: usize,
    of: usize,
    beside: Vec<Beside>,
}

impl Workspace {
    /// Asks the index of the open project. What was saved or waits to be saved when the question is asked is in the
    /// answer.
    ///
    /// # Errors
    /// In words, where the index cannot be read or its worker has died.
    pub async fn consult(self, question: &Question) -> Result<Told, String> {
        let project = self.read(|session| session.state().project().id);
        let Some(project) = project else { return Err("no project is open".to_owned()) };
        self.saved().await;
        let line = self.line(project).await?;
        line.last.set(line.last.get().wrapping_add(1));
        let number = line.last.get();
        let (giver, taker) = once();
        line.waiting.borrow_mut().insert(number, giver);
        line.job.tell(&Order::Ask { number, question: question.print() })?;
        let heard = taker.await.unwrap_or_else(|| Err("the index was closed".to_owned()))?;
        told(heard).await
    }

    async fn line(self, project: ProjectId) -> Result<Rc<Line>, String> {
        let known = LINE.with_borrow(|line| line.clone());
        if let Some(line) = known {
            if line.project == project {
                return Ok(line);
            }
            // One that cannot be told has ended already.
            let _told = line.job.tell(&Order::Stop);
        }
        let job = Job::beside(self, &Order::Index { project: project.to_string() }).await?;
        let line = Rc::new(Line { project, job, last: Cell::new(0), waiting: RefCell::new(BTreeMap::new()) });
        LINE.set(Some(Rc::clone(&line)));
        let listening = Rc::clone(&line);
        spawn(async move {
            let end = listening.listen().await;
            LINE.with_borrow_mut(|line| {
                if line.as_ref().is_some_and(|line| Rc::ptr_eq(line, &listening)) {
                    *line = None;
                }
            });
            for (_, giver) in listening.waiting.take() {
                giver.give(Err(end.clone()));
            }
        });
        Ok(line)
    }
}

impl Line {
    /// Hands the answers out until there are no more; says why.
    async fn listen(&self) -> String {
        loop {
            match self.job.next().await {
                Ok((Answer::Told { number, read, of, reply }, beside)) => {
                    let Some(giver) = self.waiting.borrow_mut().remove(&number) else {
                        return "the index was closed".to_owned();
                    };
                    giver.give(Ok(Heard { reply, read, of, beside }));
                }
                Ok((Answer::Failed { words }, _)) | Err(words) => return words,
                Ok(_) => {}
            }
        }
    }
}

async fn told(heard: Heard) -> Result<Told, String> {
    let Heard { reply, read, of, beside } = heard;
    let reply = Reply::parse(&reply)
        .ok_or_else(|| "the index speaks another version: load the page again".to_owned())?;
    let mut records = Vec::new();
    if let Some(Beside::Text(lines)) = beside.into_iter().next() {
        records = parse_records(&lines).await.map_err(|error| error.to_string())?;
    }
    Ok(Told { reply, read, of, records })
}

/// Annotations as lines, an empty line, relations as lines; now and then the page gets its turn.
async fn parse_records(lines: &str) -> Result<Vec<Record>, crate::format::Error> {
    let mut records = Vec::new();
    let mut are_relations = false;
    for (number, line) in lines.lines().enumerate() {
        match (line.is_empty(), are_relations) {
            (true, _) => are_relations = true,
            (false, false) => records.push(row::parse_annotation(line)?.into()),
            (false, true) => records.push(row::parse_relation(line)?.into()),
        }
        if number % AT_ONCE == AT_ONCE - 1 {
            wait::yield_now().await;
        }
    }
    Ok(records)
}
