//! Other tabs of this page: a channel on which they tell each other that something was stored, locks that say who is
//! still there, and what a tab remembers of itself over a reload.

use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

use super::once::once;
use super::{Error, error::refused, page};

/// The channel's name, and the beginning of the names of locks and of what is remembered.
const NAME: &str = "rubricator";

/// Keeps this tab in the conversation for as long as it lives.
pub struct Tabs {
    channel: BroadcastChannel,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Tabs {
    /// Joins the conversation; `heard` is called with the project in which another tab or worker has stored something.
    ///
    /// # Errors
    /// In browsers without channels.
    pub fn join(mut heard: impl FnMut(String) + 'static) -> Result<Self, Error> {
        let channel = BroadcastChannel::new(NAME).map_err(refused("a channel between tabs"))?;
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(project) = event.data().as_string() {
                heard(project);
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Ok(Self { channel, _heard: heard })
    }

    /// Tells the other tabs that something was stored in a project.
    ///
    /// # Errors
    /// When the channel is closed.
    pub fn tell(&self, project: &str) -> Result<(), Error> {
        let message = JsValue::from_str(project);
        self.channel.post_message(&message).map_err(refused("telling the other tabs"))
    }
}

/// Who may hold a lock at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// One tab.
    Alone,
    /// Any number of tabs, but none that wants to hold it alone.
    Together,
}

/// Takes a lock until the tab is closed; false where another tab holds it. Where the browser knows no locks every tab
/// takes itself for the only one.
pub async fn hold(name: &str, hold: Hold) -> bool {
    let Some(locks) = page::window().ok().and_then(|window| {
        let navigator: JsValue = window.navigator().into();
        navigator.unchecked_into::<LockingNavigator>().locks()
    }) else {
        return true;
    };
    let options: LockOptions = Object::new().unchecked_into();
    options.set_if_available(true);
    options.set_mode(if hold == Hold::Alone { "exclusive" } else { "shared" });
    let (giver, taker) = once();
    let granted: Function = Closure::once_into_js(move |lock: JsValue| {
        let held = !lock.is_null();
        giver.give(held);
        // A promise that is never kept holds the lock; the browser takes it back when the tab is closed.
        if held { Promise::new(&mut |_, _| {}).into() } else { JsValue::UNDEFINED }
    })
    .unchecked_into();
    match locks.request(&format!("{NAME}/{name}"), &options, &granted) {
        // Without an answer nobody is known to hold it.
        Ok(_released) => taker.await.unwrap_or(true),
        Err(_) => true,
    }
}

/// What this tab has remembered under a name since it was opened, reloads included.
pub fn recall(name: &str) -> Option<String> {
    let storage = page::window().ok()?.session_storage().ok()??;
    storage.get_item(&format!("{NAME}:{name}")).ok()?
}

/// Remembers something until the tab is closed. Where the browser does not keep it, a reload forgets it.
pub fn remember(name: &str, value: &str) {
    let storage = page::window().ok().and_then(|window| window.session_storage().ok()).flatten();
    let _kept = storage.map(|storage| storage.set_item(&format!("{NAME}:{name}"), value));
}

#[wasm_bindgen]
extern "C" {
    type LockingNavigator;

    #[wasm_bindgen(method, getter)]
    fn locks(this: &LockingNavigator) -> Option<LockManager>;

    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &LockOptions,
        granted: &Function,
    ) -> Result<Promise, JsValue>;

    type LockOptions;

    #[wasm_bindgen(method, setter, js_name = ifAvailable)]
    fn set_if_available(this: &LockOptions, only_if_available: bool);

    #[wasm_bindgen(method, setter)]
    fn set_mode(this: &LockOptions, mode: &str);
}
