//! The binary that the browser starts: it mounts the user interface on the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    rubricator::ui::mount();
}

/// The product runs in a browser; on any other machine the binary has nothing to do.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
