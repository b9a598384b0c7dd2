//! Methods that few browsers know, called by their names: bindings for them would weigh on the first screen.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Calls a method that gives a promise.
pub(super) async fn call(target: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(target, &method.into())?.dyn_into()?;
    let arguments: Array = arguments.iter().copied().collect();
    let promise = Reflect::apply(&function, target, &arguments)?;
    JsFuture::from(Promise::resolve(&promise)).await
}

/// An object of one field.
pub(super) fn option(name: &str, value: &JsValue) -> JsValue {
    let options = Object::new();
    // Setting a property of a plain object cannot fail.
    let _set = Reflect::set(&options, &name.into(), value);
    options.into()
}
