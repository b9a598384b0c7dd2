//! What the browser throws, as our errors.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

use crate::store::{Error, migrate};

pub(super) fn opening_error(error: idb::Error) -> Error {
    let thrown = match &error {
        idb::Error::DomException(exception) => Some(exception),
        idb::Error::IndexedDbOpenFailed(thrown) => thrown.dyn_ref(),
        _ => None,
    };
    // Browsers refuse so in private windows.
    let refused = thrown.filter(|one| matches!(one.name().as_str(), "UnknownError" | "InvalidStateError"));
    match refused {
        Some(exception) => Error::Unavailable { reason: exception.message() },
        None => error_of(error),
    }
}

pub(super) fn error_of(error: idb::Error) -> Error {
    use idb::Error as E;
    match &error {
        E::DomException(exception) => error_from(exception),
        E::AddFailed(thrown)
        | E::CursorAdvanceFailed(thrown)
        | E::DeleteFailed(thrown)
        | E::GetAllFailed(thrown)
        | E::GetAllKeysFailed(thrown)
        | E::GetFailed(thrown)
        | E::IndexedDbOpenFailed(thrown)
        | E::OpenCursorFailed(thrown)
        | E::OpenKeyCursorFailed(thrown)
        | E::TransactionOpenFailed(thrown)
        | E::UpdateFailed(thrown) => error_from(thrown),
        _ => Error::Js { message: error.to_string() },
    }
}

/// Sorts a thrown value by the exception names of the IndexedDB specification (section 3).
pub(super) fn error_from(thrown: &JsValue) -> Error {
    let Some(exception) = thrown.dyn_ref::<DomException>() else {
        return Error::Js { message: format!("{thrown:?}") };
    };
    match exception.name().as_str() {
        "QuotaExceededError" => Error::Quota,
        "VersionError" => Error::NewerDatabase { known: migrate::VERSION },
        "SecurityError" | "NotAllowedError" => Error::Unavailable { reason: exception.message() },
        "InvalidStateError" => Error::Closed,
        "AbortError" => Error::Aborted { reason: exception.message() },
        name => Error::Js { message: format!("{name}: {}", exception.message()) },
    }
}
