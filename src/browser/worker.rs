//! A page and its worker: two ends of one line on which parcels travel, in order. What travels is a text and, beside
//! it, what a text cannot carry without a copy: files. Whoever waits for the worker also hears of its death, however
//! it died: the worker holds a lock for life, and the page stands in line for it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, DedicatedWorkerGlobalScope, ErrorEvent, File, MessageEvent, WorkerOptions, WorkerType};

use super::error::refused;
use super::files::{Picked, Whole};
use super::once::once;
use super::{Error, locks, page, random, tabs::Hold};

/// What travels at once.
#[derive(Debug, Default)]
pub struct Parcel {
    /// The message.
    pub words: String,
    /// What it refers to, in its order.
    pub beside: Vec<Beside>,
}

/// What travels beside a message.
#[derive(Debug)]
pub enum Beside {
    /// A long text, apart from the message so that it needs no escapes.
    Text(String),
    /// A file to be read; only the handle travels.
    File(Picked),
    /// A file to be saved; only the handle travels.
    Whole(Whole),
}

/// What the waiting end hears.
#[derive(Debug)]
pub enum Heard {
    /// The other end has sent this.
    Parcel(Parcel),
    /// The worker is gone, and the browser said this, if anything.
    Gone(String),
}

/// The page's end. The worker ends with it.
pub struct Worker {
    raw: web_sys::Worker,
    name: String,
    mailbox: Mailbox,
    _heard: [Closure<dyn FnMut(MessageEvent)>; 1],
    _failed: Closure<dyn FnMut(ErrorEvent)>,
}

impl Worker {
    /// Starts the worker that the page names.
    ///
    /// # Errors
    /// The page names none, or the browser gives none.
    pub fn start() -> Result<Self, Error> {
        let missing = Error::Missing { what: "a worker" };
        let named = page::document()?.query_selector("meta[name=worker]").map_err(refused("a worker"))?;
        let file = named.and_then(|named| named.get_attribute("content")).ok_or(missing)?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let name = format!("rubricator-{:032x}", u128::from_ne_bytes(random::bytes()));
        options.set_name(&name);
        let raw = web_sys::Worker::new_with_options(&file, &options).map_err(refused("a worker"))?;
        let mailbox = Mailbox::default();
        let (for_parcels, for_failures) = (mailbox.clone(), mailbox.clone());
        let heard =
            Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| for_parcels.put(unpack(&event.data())));
        let failed = Closure::<dyn FnMut(_)>::new(move |event: ErrorEvent| {
            // An error of loading carries no message.
            let message = js_sys::Reflect::get(&event, &"message".into()).ok();
            let message = message.and_then(|message| message.as_string()).unwrap_or_default();
            for_failures.put(Heard::Gone(message));
        });
        raw.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        raw.set_onerror(Some(failed.as_ref().unchecked_ref()));
        Ok(Self { raw, name, mailbox, _heard: [heard], _failed: failed })
    }

    /// From now on [`Worker::next`] also hears of a silent death. The worker must hold its lock by then.
    pub fn watch(&self) {
        let mailbox = Rc::downgrade(&self.mailbox.0);
        let gone = Closure::once_into_js(move || {
            if let Some(waiting) = mailbox.upgrade() {
                Mailbox(waiting).put(Heard::Gone(String::new()));
            }
        });
        // In a browser without locks only its own report of an error tells of a death.
        let _standing_in_line = locks::request(&self.name, Hold::InTurn, gone.unchecked_ref());
    }

    /// Sends a parcel.
    ///
    /// # Errors
    /// When something in it cannot travel.
    pub fn post(&self, parcel: Parcel) -> Result<(), Error> {
        self.raw.post_message(&pack(parcel)).map_err(refused("a message to the worker"))
    }

    /// What comes next.
    pub async fn next(&self) -> Heard {
        self.mailbox.next().await
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.raw.set_onmessage(None);
        self.raw.set_onerror(None);
        self.raw.terminate();
    }
}

/// The worker's end.
pub struct Page {
    scope: DedicatedWorkerGlobalScope,
    mailbox: Mailbox,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Page {
    /// Takes up the line to the page that has started this worker.
    ///
    /// # Errors
    /// When this is no worker.
    pub fn connect() -> Result<Self, Error> {
        let scope = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>();
        let scope = scope.map_err(|_| Error::Missing { what: "a worker" })?;
        let mailbox = Mailbox::default();
        let for_parcels = mailbox.clone();
        let heard =
            Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| for_parcels.put(unpack(&event.data())));
        scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Ok(Self { scope, mailbox, _heard: heard })
    }

    /// Takes the lock that is given back when the worker dies.
    pub async fn hold_lock(&self) {
        let (giver, taker) = once();
        let held = Closure::once_into_js(move || {
            giver.give(());
            Promise::new(&mut |_, _| {})
        });
        if locks::request(&self.scope.name(), Hold::InTurn, held.unchecked_ref()) {
            taker.await;
        }
    }

    /// Sends a parcel.
    ///
    /// # Errors
    /// When something in it cannot travel.
    pub fn post(&self, parcel: Parcel) -> Result<(), Error> {
        self.scope.post_message(&pack(parcel)).map_err(refused("a message to the page"))
    }

    /// What comes next.
    pub async fn next(&self) -> Heard {
        self.mailbox.next().await
    }

    /// What has come already.
    pub fn take(&self) -> Option<Heard> {
        self.mailbox.0.borrow_mut().heard.pop_front()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // What the page says after the end of the job is heard by nobody.
        self.scope.set_onmessage(None);
    }
}

#[derive(Clone, Default)]
struct Mailbox(Rc<RefCell<Waiting>>);

#[derive(Default)]
struct Waiting {
    heard: VecDeque<Heard>,
    waker: Option<Waker>,
}

impl Mailbox {
    fn put(&self, heard: Heard) {
        let waker = {
            let mut waiting = self.0.borrow_mut();
            waiting.heard.push_back(heard);
            waiting.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    async fn next(&self) -> Heard {
        poll_fn(|context| {
            let mut waiting = self.0.borrow_mut();
            if let Some(heard) = waiting.heard.pop_front() {
                return Poll::Ready(heard);
            }
            waiting.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}

fn pack(parcel: Parcel) -> JsValue {
    let items = Array::of(&[JsValue::from(parcel.words)]);
    for beside in parcel.beside {
        items.push(&match beside {
            Beside::Text(text) => JsValue::from(text),
            Beside::File(file) => named(&file.path, file.raw()),
            Beside::Whole(whole) => named(&whole.name, whole.raw()),
        });
    }
    items.into()
}

fn named(name: &str, file: &JsValue) -> JsValue {
    Array::of(&[JsValue::from_str(name), file.clone()]).into()
}

fn unpack(data: &JsValue) -> Heard {
    let items = Array::from(data);
    let beside = items.iter().skip(1).filter_map(|item| {
        if let Some(text) = item.as_string() {
            return Some(Beside::Text(text));
        }
        let named = item.dyn_ref::<Array>()?;
        let (name, value) = (named.get(0).as_string()?, named.get(1));
        // A file is a blob, too.
        Some(match value.dyn_into::<File>() {
            Ok(file) => Beside::File(Picked::new(file, Some(name))),
            Err(value) => Beside::Whole(Whole::new(name, value.dyn_into::<Blob>().ok()?)),
        })
    });
    Heard::Parcel(Parcel { words: items.get(0).as_string().unwrap_or_default(), beside: beside.collect() })
}
