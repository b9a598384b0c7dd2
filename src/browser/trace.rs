//! Marks on the browser's own time line, so that any profiler shows what the page was doing and how long.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::{clock, wait};

#[wasm_bindgen]
extern "C" {
    /// The browser's time line; the calls with options are not among those that `web-sys` calls stable.
    type TimeLine;

    #[wasm_bindgen(method, catch)]
    fn mark(this: &TimeLine, name: &str, options: &Object) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn measure(this: &TimeLine, name: &str, options: &Object) -> Result<JsValue, JsValue>;
}

/// A piece of work that goes on, for example `rubricator:open`.
#[must_use]
pub struct Work {
    name: &'static str,
    begun: f64,
}

/// Begins a piece of work.
pub fn begin(name: &'static str) -> Work {
    Work { name, begun: clock::monotonic() }
}

impl Work {
    /// Notes that the work has ended.
    pub fn end(self) {
        self.note(clock::monotonic());
    }

    /// Notes that the work has ended, once what it changed is drawn, which would wait for the note.
    pub fn end_unseen(self) {
        let ended = clock::monotonic();
        wait::spawn(async move {
            wait::drawn().await;
            self.note(ended);
        });
    }

    fn note(self, ended: f64) {
        let Some(performance) = web_sys::window().and_then(|window| window.performance()) else { return };
        let line: TimeLine = performance.unchecked_into();
        // Of a mark and of a measure; each passes over what it does not know.
        let times = Object::new();
        for (key, time) in [("startTime", self.begun), ("start", self.begun), ("end", ended)] {
            // Cannot fail on an object of our own.
            let _set = Reflect::set(&times, &key.into(), &time.into());
        }
        // They serve only whoever profiles the page; it goes on without them.
        let _unmarked = line.mark(self.name, &times);
        let _unmeasured = line.measure(self.name, &times);
    }
}
