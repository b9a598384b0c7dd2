//! Placeholder.

/// Mounts the user interface on the page.
pub fn mount() {}
