//! Other tabs of this page: a channel on which they tell each other what they have open; and what a tab remembers of
//! itself over a reload.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

use super::{Error, error::refused, page};

/// The channel's name.
const CHANNEL: &str = "rubricator";

/// Keeps this tab in the conversation for as long as it lives.
pub struct Tabs {
    channel: BroadcastChannel,
    open: Rc<RefCell<String>>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Tabs {
    /// Joins the conversation; `met` is called whenever another tab has the same thing open as this one.
    ///
    /// # Errors
    /// In browsers without channels.
    pub fn join(mut met: impl FnMut() + 'static) -> Result<Self, Error> {
        let channel = BroadcastChannel::new(CHANNEL).map_err(refused("a channel between tabs"))?;
        let open = Rc::new(RefCell::new(String::new()));
        let (answering, mine) = (channel.clone(), Rc::clone(&open));
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(message) = event.data().as_string() else { return };
            let Some((greeting, theirs)) = message.split_once(' ') else { return };
            if *mine.borrow() != theirs {
                return;
            }
            met();
            if greeting == "opened" {
                // Without the answer only the newer tab does not know.
                let _told = answering.post_message(&JsValue::from_str(&format!("open {theirs}")));
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Ok(Self { channel, open, _heard: heard })
    }

    /// Tells the other tabs what this one has opened.
    ///
    /// # Errors
    /// When the channel is closed.
    pub fn tell(&self, opened: &str) -> Result<(), Error> {
        self.open.replace(opened.to_owned());
        let message = JsValue::from_str(&format!("opened {opened}"));
        self.channel.post_message(&message).map_err(refused("telling the other tabs"))
    }
}

/// What this tab has remembered under a name since it was opened, reloads included.
pub fn recall(name: &str) -> Option<String> {
    let storage = page::window().ok()?.session_storage().ok()??;
    storage.get_item(&format!("{CHANNEL}:{name}")).ok()?
}

/// Remembers something until the tab is closed. Where the browser does not keep it, a reload forgets it.
pub fn remember(name: &str, value: &str) {
    let storage = page::window().ok().and_then(|window| window.session_storage().ok()).flatten();
    let _kept = storage.map(|storage| storage.set_item(&format!("{CHANNEL}:{name}"), value));
}
