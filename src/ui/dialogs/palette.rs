//! The palette.

use leptos::prelude::*;

/// The palette.
#[component]
pub(super) fn Palette() -> impl IntoView {}
