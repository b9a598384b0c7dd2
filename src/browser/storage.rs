//! The page's share of the disk: how full it is, and whether the browser may clear it by itself.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

use super::error::refused;
use super::{Error, page};

/// How much of the page's share of the disk is used, in bytes, both as estimated by the browser.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usage {
    /// Bytes in use.
    pub usage: f64,
    /// Bytes that the browser would grant.
    pub quota: f64,
}

/// Asks the browser not to clear the page's data by itself when the disk gets full; `true` when it promises.
///
/// # Errors
/// [`Error::Missing`] where the browser knows no such promise, for example on a page that is not secure.
pub async fn persist() -> Result<bool, Error> {
    let promise = manager()?.persist().map_err(refused("keeping the data"))?;
    let granted = JsFuture::from(promise).await.map_err(refused("keeping the data"))?;
    Ok(granted.as_bool().unwrap_or(false))
}

/// Whether the browser has promised not to clear the page's data by itself; `None` where it does not tell.
pub async fn is_persistent() -> Option<bool> {
    let promise = manager().ok()?.persisted().ok()?;
    JsFuture::from(promise).await.ok()?.as_bool()
}

/// How full the page's share of the disk is; `None` where the browser does not tell.
pub async fn estimate() -> Option<Usage> {
    let promise = manager().ok()?.estimate().ok()?;
    let estimate = JsFuture::from(promise).await.ok()?.unchecked_into::<StorageEstimate>();
    Some(Usage { usage: estimate.get_usage()?, quota: estimate.get_quota()? })
}

fn manager() -> Result<StorageManager, Error> {
    let navigator = page::window()?.navigator();
    let manager = js_sys::Reflect::get(&navigator, &"storage".into()).map_err(refused("the storage"))?;
    // Undefined on pages that are not secure, where the typed getter would hand out a broken object.
    manager.dyn_into().map_err(|_| Error::Missing { what: "a storage manager" })
}
