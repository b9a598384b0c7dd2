//! The page's share of the disk: how full it is, and whether the browser may clear it by itself.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, StorageEstimate, StorageManager};

use super::by_name::{call, option};
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

/// The file that is made to see whether it fits, and never kept.
const TRIAL: &str = "rubricator-room";

/// Whether so many bytes more would fit: a file in the page's own folder is made so large and given up before it takes
/// any room. What the browser estimates does not tell (Chromium names 10 GiB more than are used, whatever the disk
/// has). `None` where the browser has no such folder.
pub async fn fits(bytes: f64) -> Option<bool> {
    let folder = call(&manager().ok()?.into(), "getDirectory", &[]).await.ok()?;
    let name = JsValue::from_str(TRIAL);
    let tried = async {
        let file = call(&folder, "getFileHandle", &[&name, &option("create", &true.into())]).await?;
        let stream = call(&file, "createWritable", &[]).await?;
        let grown = call(&stream, "truncate", &[&bytes.into()]).await;
        call(&stream, "abort", &[]).await?;
        grown
    };
    let tried = tried.await;
    // Another tab may be trying the same; whichever comes last removes it.
    let _removed = call(&folder, "removeEntry", &[&name]).await;
    match tried {
        Ok(_) => Some(true),
        Err(thrown) => is_full(&thrown).then_some(false),
    }
}

fn is_full(thrown: &JsValue) -> bool {
    thrown.dyn_ref::<DomException>().is_some_and(|exception| exception.name() == "QuotaExceededError")
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
