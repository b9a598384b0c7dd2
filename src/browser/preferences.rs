//! Small choices about the view, remembered by the browser beside the database: a theme, a width, a fold.
//! Nothing that would be missed is kept here.

use web_sys::Storage;

use super::error::refused;
use super::{Error, page};

/// Everything this page remembers starts with it, as other pages of the same site share the place.
const PREFIX: &str = "rubricator:";

/// What was remembered under a name.
///
/// # Errors
/// When the browser withholds its local storage.
pub fn get(name: &str) -> Result<Option<String>, Error> {
    local_storage()?.get_item(&format!("{PREFIX}{name}")).map_err(refused("reading a preference"))
}

/// Remembers a value under a name.
///
/// # Errors
/// When the browser withholds its local storage or it is full.
pub fn set(name: &str, value: &str) -> Result<(), Error> {
    local_storage()?.set_item(&format!("{PREFIX}{name}"), value).map_err(refused("keeping a preference"))
}

/// Forgets what was remembered under a name.
///
/// # Errors
/// When the browser withholds its local storage.
pub fn remove(name: &str) -> Result<(), Error> {
    local_storage()?.remove_item(&format!("{PREFIX}{name}")).map_err(refused("dropping a preference"))
}

fn local_storage() -> Result<Storage, Error> {
    page::window()?
        .local_storage()
        .map_err(refused("the local storage"))?
        .ok_or(Error::Missing { what: "a local storage" })
}
