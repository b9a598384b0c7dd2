//! Where a job is carried out: the line to the page, the database, and whether the page wants it to stop.

use std::cell::{Cell, RefCell};

use uuid::Uuid;

use super::{
    export, import, index,
    protocol::{Answer, Chosen, Order, VERSION},
};
use crate::{
    app::workspace::{advice, now},
    browser::{
        clock, panic, random, wait,
        worker::{Beside, Heard, Page, Parcel},
    },
    model::{ProjectId, Timestamp, mint},
    store::Store,
};

/// How often progress is told, in milliseconds.
const PACE: i64 = 50;

/// How many random bytes the browser is asked for at a time, enough for 256 ids: to ask takes longer than to make them.
const POOL: usize = 4096;

thread_local! {
    /// Random bytes that nothing was made of yet.
    static RANDOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A job's surroundings.
pub(super) struct Desk {
    page: Page,
    pub(super) store: Store,
    stopped: Cell<bool>,
    /// Whether the page has taken the last batch in, once it has said so.
    taken_in: Cell<Option<bool>>,
    told: Cell<i64>,
}

/// Starts the worker: it greets the page, carries out one order and answers.
pub fn start() {
    panic::log_only();
    wait::spawn(async {
        // Without a page there is nobody to tell.
        let Ok(page) = Page::connect() else { return };
        page.hold_lock().await;
        say(&page, &Answer::Hello { version: VERSION }, Vec::new());
        let Heard::Parcel(parcel) = page.next().await else { return };
        let Some(order) = Order::parse(&parcel.words) else {
            return say(&page, &failed("the page and its worker do not understand each other"), Vec::new());
        };
        let store = match Store::open(|_| {}).await {
            Ok(store) => store,
            Err(error) => return say(&page, &failed(&advice(&error)), Vec::new()),
        };
        let desk =
            Desk { page, store, stopped: Cell::new(false), taken_in: Cell::new(None), told: Cell::new(0) };
        let ended = match order {
            Order::Import { project, annotator, keys, sources } => {
                import::run(&desk, &project, annotator, &keys, sources, parcel.beside).await
            }
            Order::Export { project, scope, unit, format } if format.is_empty() => {
                export::dataset(&desk, &project, scope, &unit).await
            }
            Order::Export { project, scope, format, .. } => {
                export::foreign(&desk, &project, scope, &format).await
            }
            Order::Backup { project } => export::backup(&desk, &project).await,
            Order::Index { project } => index::run(&desk, &project).await,
            Order::Ask { .. } | Order::Choose(_) | Order::Admitted | Order::Refused | Order::Stop => return,
        };
        let (answer, beside) = ended.unwrap_or_else(|words| (failed(&words), Vec::new()));
        desk.say(&answer, beside);
    });
}

/// How a job ends: the last message and what travels beside it, or why it has come to nothing.
pub(super) type Ending = Result<(Answer, Vec<Beside>), String>;

impl Desk {
    /// Says something to the page.
    pub(super) fn say(&self, answer: &Answer, beside: Vec<Beside>) {
        say(&self.page, answer, beside);
    }

    /// Whether the page wants the job to stop, by what it has said so far.
    pub(super) fn is_stopped(&self) -> bool {
        while let Some(heard) = self.page.take() {
            self.hear(&heard);
        }
        self.stopped.get()
    }

    /// The next thing that the page says; `None` for one of another version.
    pub(super) async fn next_order(&self) -> Option<Order> {
        self.hear(&self.page.next().await)
    }

    /// What the page has said already, one thing after the other.
    pub(super) fn waiting_order(&self) -> Option<Option<Order>> {
        Some(self.hear(&self.page.take()?))
    }

    /// Waits until the page has taken a batch in; `false` if it refuses.
    pub(super) async fn admitted(&self) -> bool {
        loop {
            // The answer may have come while the job only looked whether it is to stop.
            if let Some(taken_in) = self.taken_in.take() {
                return taken_in;
            }
            self.hear(&self.page.next().await);
        }
    }

    /// Waits for what the person chooses; `None` if the job is to stop.
    pub(super) async fn chosen(&self) -> Option<Vec<Chosen>> {
        loop {
            match self.hear(&self.page.next().await) {
                Some(Order::Choose(chosen)) => return Some(chosen),
                Some(Order::Stop) => return None,
                _ => {}
            }
        }
    }

    /// Tells how far the job has come, now and then, and lets the page's words in.
    pub(super) async fn pass(&self, done: u64, total: u64) {
        let time = clock::now();
        if (0..PACE).contains(&(time - self.told.get())) {
            return;
        }
        self.told.set(time);
        #[expect(clippy::cast_precision_loss, reason = "a fraction of a bar needs no exact number")]
        let fraction = done as f64 / total.max(1) as f64;
        self.say(&Answer::Progress { fraction }, Vec::new());
        wait::yield_now().await;
    }

    fn hear(&self, heard: &Heard) -> Option<Order> {
        let Heard::Parcel(parcel) = heard else { return None };
        let order = Order::parse(&parcel.words);
        match order {
            Some(Order::Stop) => self.stopped.set(true),
            Some(Order::Admitted) => self.taken_in.set(Some(true)),
            Some(Order::Refused) => self.taken_in.set(Some(false)),
            _ => {}
        }
        order
    }
}

fn say(page: &Page, answer: &Answer, beside: Vec<Beside>) {
    // Texts and handles of files always travel; without a page nobody waits.
    let _posted = page.post(Parcel { words: answer.print(), beside });
}

fn failed(words: &str) -> Answer {
    Answer::Failed { words: words.to_owned() }
}

/// The project that a message names.
pub(super) fn project_of(id: &str) -> Result<ProjectId, String> {
    ProjectId::parse(id).ok_or_else(|| "the page named no project".to_owned())
}

/// An id that nothing has yet.
pub(super) fn new_id() -> Uuid {
    let random = RANDOM.with_borrow_mut(|pool| {
        if pool.is_empty() {
            pool.resize(POOL, 0);
            random::fill(pool);
        }
        let rest = pool.len().saturating_sub(16);
        let mut bytes = [0; 16];
        pool.drain(rest..).zip(&mut bytes).for_each(|(random, byte)| *byte = random);
        bytes
    });
    mint(clock::now(), random)
}

/// The present moment.
pub(super) fn moment() -> Timestamp {
    now()
}
