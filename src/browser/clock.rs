//! The time, read here so that the core rooms can be told it.

/// Milliseconds since the start of 1970 in UTC, by the machine's clock.
#[expect(clippy::cast_possible_truncation, reason = "a date in whole milliseconds fits an i64")]
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// Milliseconds since the page was opened; never runs backwards, so differences are durations.
pub fn monotonic() -> f64 {
    let performance = web_sys::window().and_then(|window| window.performance());
    performance.map_or_else(js_sys::Date::now, |performance| performance.now())
}
