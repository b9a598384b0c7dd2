//! Random bytes for new ids, handed to the core rooms.

use wasm_bindgen::JsCast;
use web_sys::Crypto;

/// Sixteen random bytes from the browser's own source.
///
/// Where a browser has none, `Math.random` stands in: ids must be unique, they need not be secret.
pub fn bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    fill(&mut bytes);
    bytes
}

/// As [`bytes`], but as many as are wanted, at most 65,536.
pub fn fill(bytes: &mut [u8]) {
    // The same in a page and in a worker.
    let crypto = js_sys::Reflect::get(&js_sys::global(), &"crypto".into()).ok();
    let filled = crypto
        .and_then(|crypto| crypto.dyn_into::<Crypto>().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(bytes).is_ok());
    if !filled {
        for byte in bytes {
            *byte = plain_random_byte();
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value lies from 0 to below 256"
)]
fn plain_random_byte() -> u8 {
    (js_sys::Math::random() * 256.0) as u8
}
