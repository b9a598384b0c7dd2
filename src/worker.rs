//! The binary that the page starts as its worker: it carries out one job, away from the page's thread.

#[cfg(target_arch = "wasm32")]
fn main() {
    rubricator::app::jobs::start();
}

/// The product runs in a browser; on any other machine the binary has nothing to do.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
