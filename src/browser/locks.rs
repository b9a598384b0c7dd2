//! The browser's locks, the same for pages and workers: who holds one is known in all tabs, and the browser takes it
//! back from whoever is gone.

use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

/// Who may hold a lock at once, and whether it is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// One tab; not waited for.
    Alone,
    /// Any number of tabs, but none that wants to hold it alone; not waited for.
    Together,
    /// One tab or worker after the other.
    InTurn,
}

/// Asks for a lock; `granted` is called with it, or with null where it is not waited for, and holds it until the promise
/// that it gives back is kept. `false` in browsers without locks, where nothing is called.
pub(super) fn request(name: &str, hold: Hold, granted: &Function) -> bool {
    let scope: Scope = js_sys::global().unchecked_into();
    let Some(locks) = scope.navigator().and_then(|navigator| navigator.locks()) else { return false };
    let options: Options = Object::new().unchecked_into();
    options.set_if_available(hold != Hold::InTurn);
    options.set_mode(if hold == Hold::Together { "shared" } else { "exclusive" });
    locks.request(name, &options, granted).is_ok()
}

#[wasm_bindgen]
extern "C" {
    /// The window or the worker's scope.
    type Scope;

    #[wasm_bindgen(method, getter)]
    fn navigator(this: &Scope) -> Option<Guide>;

    type Guide;

    #[wasm_bindgen(method, getter)]
    fn locks(this: &Guide) -> Option<Locks>;

    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, options: &Options, granted: &Function) -> Result<Promise, JsValue>;

    type Options;

    #[wasm_bindgen(method, setter, js_name = ifAvailable)]
    fn set_if_available(this: &Options, only_if_available: bool);

    #[wasm_bindgen(method, setter)]
    fn set_mode(this: &Options, mode: &str);
}
