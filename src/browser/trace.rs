//! Marks on the browser's own time line, so that any profiler shows what the page was doing.

/// Marks the start of a piece of work, for example `rubricator:open`.
pub fn mark(name: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        // A mark serves only whoever profiles the page; the work goes on without it.
        let _unmarked = performance.mark(name);
    }
}

/// Measures from the last mark of that name until now, under the same name.
pub fn measure(name: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        // Fails when nothing was marked, which harms nobody.
        let _unmeasured = performance.measure_with_start_mark(name, name);
    }
}
