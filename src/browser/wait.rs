//! Waiting: for a frame, for a while, for a pause. Long jobs call [`yield_now`] every few milliseconds so that
//! the page stays alive.

use std::cell::RefCell;

use gloo::timers::callback::Timeout;
use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use super::once::{Giver, once};
use super::page;

/// How long the browser takes to begin the next frame and to draw it, in milliseconds.
const DRAWING: u32 = 25;

/// Runs a task of the page to its end, in the background.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(task);
}

/// Lets the tasks begin that were spawned just now: each goes on until it has to wait.
pub async fn begin() {
    // A promise that is kept already cannot fail.
    let _begun = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
}

/// Waits for some milliseconds.
pub async fn sleep(milliseconds: u32) {
    let (giver, taker) = once();
    let _running = Timeout::new(milliseconds, move || giver.give(()));
    taker.await;
}

/// Calls back after the events that wait already.
pub fn on_next_turn(callback: impl FnOnce() + 'static) {
    spawn(async move {
        sleep(0).await;
        callback();
    });
}

/// Waits until the next frame is about to be drawn; in a hidden tab that is when it is shown again.
pub async fn next_frame() {
    let (giver, taker) = once();
    on_next_frame(move || giver.give(()));
    taker.await;
}

/// Leaves the browser the time to draw what has changed; in a hidden tab, too, which draws nothing.
pub async fn drawn() {
    sleep(DRAWING).await;
}

/// Calls back when the next frame is about to be drawn.
pub fn on_next_frame(callback: impl FnOnce() + 'static) {
    let Ok(window) = page::window() else { return };
    let callback: Function = Closure::once_into_js(callback).unchecked_into();
    // It can be refused only for something that is no function.
    let _requested = window.request_animation_frame(&callback);
}

/// Lets the browser answer clicks and keys and draw, then goes on as soon as possible: without the four
/// milliseconds that a nested timer costs.
pub async fn yield_now() {
    if let Some(turn) = scheduler_turn() {
        // A turn cannot fail; if it did, going on at once would be right.
        let _turn = JsFuture::from(turn).await;
        return;
    }
    let (giver, taker) = once();
    let posted = CHANNEL.with(|channel| {
        let Some(channel) = channel else { return false };
        WAITING.with(|waiting| waiting.borrow_mut().push(giver.clone()));
        channel.port2().post_message(&JsValue::NULL).is_ok()
    });
    if posted {
        drop(giver);
        taker.await;
    } else {
        sleep(0).await;
    }
}

/// Waits until the browser has nothing better to do, at most for the given time.
pub async fn idle(at_most_milliseconds: u32) {
    let Ok(window) = page::window() else { return };
    let (giver, taker) = once();
    let callback: Function = Closure::once_into_js(move |_deadline: JsValue| giver.give(())).unchecked_into();
    let options: IdleOptions = js_sys::Object::new().unchecked_into();
    options.set_timeout(at_most_milliseconds);
    if window.unchecked_ref::<IdleWindow>().request_idle_callback(&callback, &options).is_ok() {
        taker.await;
    } else {
        // Safari knows no idle callbacks; a short sleep lets the pending work of the page go first.
        sleep(at_most_milliseconds.min(50)).await;
    }
}

#[wasm_bindgen]
extern "C" {
    type IdleWindow;

    #[wasm_bindgen(method, catch, js_name = requestIdleCallback)]
    fn request_idle_callback(
        this: &IdleWindow,
        callback: &Function,
        options: &IdleOptions,
    ) -> Result<u32, JsValue>;

    type IdleOptions;

    #[wasm_bindgen(method, setter)]
    fn set_timeout(this: &IdleOptions, milliseconds: u32);

    #[wasm_bindgen(extends = js_sys::Object)]
    type YieldingWindow;

    #[wasm_bindgen(method, getter)]
    fn scheduler(this: &YieldingWindow) -> Option<Scheduler>;

    type Scheduler;

    #[wasm_bindgen(method, catch, js_name = "yield")]
    fn yield_turn(this: &Scheduler) -> Result<Promise, JsValue>;
}

thread_local! {
    /// The tasks that wait for the next message, oldest first.
    static WAITING: RefCell<Vec<Giver<()>>> = const { RefCell::new(Vec::new()) };

    /// A channel to ourselves: its messages come after the events that wait already.
    static CHANNEL: Option<MessageChannel> = MessageChannel::new().ok().inspect(|channel| {
        let wake = Closure::<dyn FnMut()>::new(|| {
            let woken = WAITING.with(|waiting| std::mem::take(&mut *waiting.borrow_mut()));
            for giver in woken {
                giver.give(());
            }
        });
        channel.port1().set_onmessage(Some(wake.as_ref().unchecked_ref()));
        // The channel lives as long as the page.
        wake.forget();
    });
}

fn scheduler_turn() -> Option<Promise> {
    let window = page::window().ok()?;
    window.unchecked_ref::<YieldingWindow>().scheduler()?.yield_turn().ok()
}
