//! Finding in all documents.

use leptos::prelude::*;

/// The screen.
#[component]
pub(super) fn SearchScreen() -> impl IntoView {}
