//! Other tabs of this page: a channel on which they tell each other that something was stored, locks that say who is
//! still there, and what a tab remembers of itself over a reload.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

pub use super::locks::Hold;
use super::once::once;
use super::{Error, error::refused, locks, page};

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

/// Takes a lock until the tab or worker is closed; false where another holds it. Where the browser knows no locks every
/// one takes itself for the only one.
pub async fn hold(name: &str, hold: Hold) -> bool {
    let (giver, taker) = once();
    let granted: Function = Closure::once_into_js(move |lock: JsValue| {
        let held = !lock.is_null();
        giver.give(held);
        // A promise that is never kept holds the lock.
        if held { Promise::new(&mut |_, _| {}).into() } else { JsValue::UNDEFINED }
    })
    .unchecked_into();
    // Without an answer nobody is known to hold it.
    !locks::request(&format!("{NAME}/{name}"), hold, &granted) || taker.await.unwrap_or(true)
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
