//! What the person's device is like and prefers, and the theme that the page wears.

use super::error::refused;
use super::{Error, Listener, page};

/// Whether the system asks for dark colours.
pub fn prefers_dark() -> bool {
    matches("(prefers-color-scheme: dark)")
}

/// Whether the system asks for less motion.
pub fn prefers_less_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Whether the main pointer is a finger.
pub fn coarse_pointer() -> bool {
    matches("(pointer: coarse)")
}

/// The width of the page in CSS pixels.
pub fn width() -> f64 {
    page::window()
        .ok()
        .and_then(|window| window.inner_width().ok())
        .and_then(|width| width.as_f64())
        .unwrap_or(0.0)
}

/// The height of the page in whole CSS pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a height is not negative and fits a u32"
)]
pub fn height() -> u32 {
    let height = page::window().ok().and_then(|window| window.inner_height().ok());
    height.and_then(|height| height.as_f64()).unwrap_or(0.0) as u32
}

/// Calls back with `true` when the system turns dark and `false` when it turns light.
///
/// # Errors
/// [`Error::Missing`] where the browser knows no media queries.
pub fn on_prefers_dark(callback: impl FnMut(bool) + 'static) -> Result<Listener, Error> {
    on_change("(prefers-color-scheme: dark)", callback)
}

/// Calls back when a media query starts or stops to hold, for example `(max-width: 60rem)`.
///
/// # Errors
/// [`Error::Missing`] where the browser knows no media queries.
pub fn on_change(query: &str, mut callback: impl FnMut(bool) + 'static) -> Result<Listener, Error> {
    let list = page::window()?
        .match_media(query)
        .map_err(refused("a media query"))?
        .ok_or(Error::Missing { what: "media queries" })?;
    let now = list.clone();
    Ok(Listener::on(&list, "change", move |_| callback(now.matches())))
}

/// Whether a media query holds now; `false` where the browser cannot tell.
pub fn matches(query: &str) -> bool {
    let list = page::window().ok().and_then(|window| window.match_media(query).ok().flatten());
    list.is_some_and(|list| list.matches())
}

/// Calls back with the new width when the window has changed its size, at most once a frame.
///
/// # Errors
/// Only outside a page.
pub fn on_resize(mut callback: impl FnMut(f64) + 'static) -> Result<Listener, Error> {
    let window = page::window()?;
    Ok(Listener::on_per_frame(&window, "resize", move || callback(width())))
}

/// Sets `data-theme` on the root element; `None` removes it, so that the system's choice holds.
///
/// # Errors
/// Only outside a page.
pub fn set_theme(theme: Option<&str>) -> Result<(), Error> {
    let root = page::root()?;
    match theme {
        Some(theme) => root.set_attribute("data-theme", theme),
        None => root.remove_attribute("data-theme"),
    }
    .map_err(refused("the theme"))
}

/// Says on the root element, for the style sheet, that a person has keys of their own.
///
/// # Errors
/// Only outside a page.
pub fn set_own_keys(own: bool) -> Result<(), Error> {
    let root = page::root()?;
    let set =
        if own { root.set_attribute("data-own-keys", "") } else { root.remove_attribute("data-own-keys") };
    set.map_err(refused("the keys"))
}
