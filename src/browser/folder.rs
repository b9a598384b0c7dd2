//! A folder of this device into which the person lets the page write (File System Access), where the browser offers
//! that. Its handle is kept from visit to visit in a small database of its own, as a row of ours holds only text; the
//! browser may want to be asked again before the page writes.

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, TransactionMode};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

use super::by_name::{call, option};
use super::error::refused;
use super::files::Whole;
use super::{Error, page};

/// The database, its only table, and the only key in it.
const NAME: &str = "rubricator-folder";
const KEY: &str = "folder";

/// A folder that the person has chosen.
#[derive(Clone)]
pub struct Folder {
    handle: JsValue,
}

/// Whether the browser lets pages write into folders.
pub fn is_offered() -> bool {
    page::window().is_ok_and(|window| Reflect::has(&window, &"showDirectoryPicker".into()).unwrap_or(false))
}

/// Lets the person choose a folder, which is kept; `None` when they think better of it. Only shortly after a click or
/// a key press.
///
/// # Errors
/// When the browser shows no dialog or cannot keep the folder.
pub async fn choose() -> Result<Option<Folder>, Error> {
    let handle = match call(&page::window()?.into(), "showDirectoryPicker", &[&writing()]).await {
        Ok(handle) => handle,
        Err(thrown) if is_abort(&thrown) => return Ok(None),
        Err(thrown) => return Err(refused("choosing a folder")(thrown)),
    };
    keep(Some(&handle)).await.map_err(|error| refused("keeping the folder")(error.to_string().into()))?;
    Ok(Some(Folder { handle }))
}

/// The folder that was chosen last, if any.
pub async fn kept() -> Option<Folder> {
    let transaction = open().await.ok()?.transaction(&[KEY], TransactionMode::ReadOnly).ok()?;
    let found = transaction.object_store(KEY).ok()?.get(JsValue::from_str(KEY)).ok()?.await.ok()??;
    Some(Folder { handle: found })
}

/// Writes into no folder any more; what is in it stays.
///
/// # Errors
/// When the browser does not forget it.
pub async fn forget() -> Result<(), Error> {
    keep(None).await.map_err(|error| refused("forgetting the folder")(error.to_string().into()))
}

impl Folder {
    /// Its name, without the path, which no page gets to know.
    pub fn name(&self) -> String {
        let name = Reflect::get(&self.handle, &"name".into()).ok();
        name.and_then(|name| name.as_string()).unwrap_or_default()
    }

    /// Whether the page may write into it; where the browser wants that, the person is asked, if `ask`, which it does
    /// only shortly after a click or a key press.
    pub async fn is_allowed(&self, ask: bool) -> bool {
        let method = if ask { "requestPermission" } else { "queryPermission" };
        let answer = call(&self.handle, method, &[&writing()]).await;
        answer.is_ok_and(|answer| answer.as_string().as_deref() == Some("granted"))
    }

    /// Writes a file, in place of one of that name. The browser puts it in place once it is complete, so that there is
    /// the old file or the new one, never a part of one.
    ///
    /// # Errors
    /// When there is no room or no permission, or the folder is gone.
    pub async fn write(&self, name: &str, file: &Whole) -> Result<(), Error> {
        let written = async {
            let handle =
                call(&self.handle, "getFileHandle", &[&name.into(), &option("create", &true.into())]).await?;
            let stream = call(&handle, "createWritable", &[]).await?;
            call(&stream, "write", &[file.raw()]).await?;
            call(&stream, "close", &[]).await
        };
        written.await.map(drop).map_err(refused("writing into the folder"))
    }
}

async fn keep(handle: Option<&JsValue>) -> Result<(), idb::Error> {
    let transaction = open().await?.transaction(&[KEY], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(KEY)?;
    match handle {
        Some(handle) => drop(store.put(handle, Some(&JsValue::from_str(KEY)))?.await?),
        None => store.delete(JsValue::from_str(KEY))?.await?,
    }
    transaction.await.map(drop)
}

async fn open() -> Result<Database, idb::Error> {
    let mut request = Factory::new()?.open(NAME, Some(1))?;
    request.on_upgrade_needed(|event| {
        // Without the table every later request fails, and nothing is kept.
        let _created =
            event.database().and_then(|database| database.create_object_store(KEY, ObjectStoreParams::new()));
    });
    request.await
}

fn writing() -> JsValue {
    option("mode", &"readwrite".into())
}

fn is_abort(thrown: &JsValue) -> bool {
    thrown.dyn_ref::<DomException>().is_some_and(|exception| exception.name() == "AbortError")
}
