//! How far the work is.

use leptos::prelude::*;

/// The screen.
#[component]
pub(super) fn ProgressScreen() -> impl IntoView {}
