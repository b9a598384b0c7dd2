//! How much memory the process that draws the page has for itself and its share of what it shares, in MiB.
//! Known only where there is a `/proc`.

use crate::harness::Page;

/// The largest proportional set size among the renderers of the page's browser.
pub fn of_renderer(page: &Page) -> f64 {
    page.devtools("HeapProfiler.collectGarbage", serde_json::json!({}));
    let of = |process: &str| -> Option<f64> {
        let sizes = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
        let line = sizes.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        line.trim().trim_end_matches(" kB").parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
    };
    page.renderers().iter().filter_map(|process| of(process)).fold(f64::NAN, f64::max)
}
