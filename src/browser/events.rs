//! Events of the page as callbacks with our own types. A [`Listener`] listens until it is dropped.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Event, EventTarget, PointerEvent, VisibilityState};

use super::{Error, Surface, page, selection, wait};

/// Keeps a callback attached; dropping it detaches the callback.
#[must_use = "a listener that is dropped hears nothing"]
pub struct Listener {
    listeners: Vec<EventListener>,
}

impl Listener {
    /// Attaches the callback for as long as the page lives.
    pub fn forget(self) {
        self.listeners.into_iter().for_each(EventListener::forget);
    }

    /// One listener out of several.
    pub fn all(listeners: impl IntoIterator<Item = Self>) -> Self {
        Self { listeners: listeners.into_iter().flat_map(|listener| listener.listeners).collect() }
    }

    pub(super) fn on(
        target: &impl AsRef<EventTarget>,
        kind: &'static str,
        callback: impl FnMut(&Event) + 'static,
    ) -> Self {
        Self { listeners: vec![EventListener::new(target.as_ref(), kind, callback)] }
    }

    /// Like [`Listener::on`], for callbacks that may prevent what the browser would do.
    pub(super) fn on_preventable(
        target: &impl AsRef<EventTarget>,
        kind: &'static str,
        callback: impl FnMut(&Event) + 'static,
    ) -> Self {
        let options = EventListenerOptions::enable_prevent_default();
        Self { listeners: vec![EventListener::new_with_options(target.as_ref(), kind, options, callback)] }
    }

    /// Calls back once before the next frame, however many events came since the last one.
    pub(super) fn on_per_frame(
        target: &impl AsRef<EventTarget>,
        kind: &'static str,
        callback: impl FnMut() + 'static,
    ) -> Self {
        let callback = Rc::new(RefCell::new(callback));
        let alive = Rc::downgrade(&callback);
        let pending = Rc::new(Cell::new(false));
        Self::on(target, kind, move |_| {
            // The listener owns the callback; a frame that comes after it was dropped finds nothing to call.
            let _owned = &callback;
            if pending.replace(true) {
                return;
            }
            let (alive, pending) = (alive.clone(), Rc::clone(&pending));
            wait::on_next_frame(move || {
                pending.set(false);
                if let Some(callback) = alive.upgrade()
                    && let Ok(mut callback) = callback.try_borrow_mut()
                {
                    callback();
                }
            });
        })
    }
}

/// A press on the reading surface that has come to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Press {
    /// Distance from the left edge of the viewport in CSS pixels.
    pub x: f64,
    /// Distance from the top edge of the viewport in CSS pixels.
    pub y: f64,
    /// Whether a finger pressed, not a mouse or a pen.
    pub touch: bool,
    /// Whether the main button did.
    pub primary: bool,
    /// How many clicks in quick succession this one makes: 2 for a double click. 0 when a drag ended.
    pub clicks: u32,
    /// Whether Shift was held.
    pub shift: bool,
    /// Whether Ctrl or the Command key was held.
    pub ctrl: bool,
    /// The annotations whose mark was pressed, as in `data-annotations`; empty when none was.
    pub annotations: Vec<String>,
    /// The position in the text nearest to the pointer, in UTF-16 units.
    pub utf16: Option<u32>,
}

/// Calls back when the selection of the page has changed, at most once a frame.
///
/// # Errors
/// Only outside a page.
pub fn on_selection_change(callback: impl FnMut() + 'static) -> Result<Listener, Error> {
    Ok(Listener::on_per_frame(&page::document()?, "selectionchange", callback))
}

/// Calls back when a pointer that was pressed is released or lost anywhere on the page: a drag may start in the
/// text and end outside of it.
///
/// # Errors
/// Only outside a page.
pub fn on_pointer_up(callback: impl FnMut(Press) + 'static) -> Result<Listener, Error> {
    let document = page::document()?;
    let callback = Rc::new(RefCell::new(callback));
    let listeners = ["pointerup", "pointercancel"].map(|kind| {
        let callback = Rc::clone(&callback);
        Listener::on(&document, kind, move |event| {
            if let Some(pointer) = event.dyn_ref::<PointerEvent>() {
                (callback.borrow_mut())(press(pointer, None));
            }
        })
    });
    Ok(Listener::all(listeners))
}

/// Calls back when the pointer is pressed on the surface; the browser has not changed the selection yet.
pub fn on_pointer_down(surface: &Surface, callback: impl FnMut(Press) + 'static) -> Listener {
    on_pointer(surface, "pointerdown", callback)
}

/// Calls back when what scrolls the surface was scrolled, at most once a frame.
pub fn on_scroll(surface: &Surface, callback: impl FnMut() + 'static) -> Option<Listener> {
    Some(Listener::on_per_frame(&surface.scroller()?, "scroll", callback))
}

/// Where a pointer is, in CSS pixels from the viewport's corner.
pub fn point(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// Has an element that is being dragged hear of the pointer wherever it goes.
pub fn capture(event: &PointerEvent) {
    event.prevent_default();
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(element) = element {
        // Without it the drag ends when the pointer leaves the element.
        let _captured = element.set_pointer_capture(event.pointer_id());
    }
}

/// Calls back for each click, double click and so on upon the surface.
pub fn on_click(surface: &Surface, callback: impl FnMut(Press) + 'static) -> Listener {
    on_pointer(surface, "click", callback)
}

/// Calls back with the annotations under the pointer whenever they change; with none when it leaves the text.
pub fn on_hover(surface: &Surface, mut callback: impl FnMut(Vec<String>) + 'static) -> Listener {
    let last = RefCell::new(Vec::new());
    let tell = Rc::new(RefCell::new(move |found: Vec<String>| {
        if *last.borrow() != found {
            last.replace(found.clone());
            callback(found);
        }
    }));
    let leaving = Rc::clone(&tell);
    let over = Listener::on(surface.element(), "pointerover", move |event| {
        (tell.borrow_mut())(annotations_at(event));
    });
    let leave = Listener::on(surface.element(), "pointerleave", move |_| {
        (leaving.borrow_mut())(Vec::new());
    });
    Listener::all([over, leave])
}

/// Asks the person before the page is left whenever the guard says that something is not saved yet.
///
/// # Errors
/// Only outside a page.
pub fn on_before_unload(unsaved: impl Fn() -> bool + 'static) -> Result<Listener, Error> {
    let window = page::window()?;
    Ok(Listener::on_preventable(&window, "beforeunload", move |event| {
        if unsaved() {
            event.prevent_default();
        }
    }))
}

/// Calls back with `true` when the page is hidden or about to be left, which is the last moment to save that a
/// phone grants, and with `false` when it is shown again.
///
/// # Errors
/// Only outside a page.
pub fn on_hidden(callback: impl FnMut(bool) + 'static) -> Result<Listener, Error> {
    let callback = Rc::new(RefCell::new(callback));
    let leaving = Rc::clone(&callback);
    let document = page::document()?;
    let state = document.clone();
    let visibility = Listener::on(&document, "visibilitychange", move |_| {
        (callback.borrow_mut())(state.visibility_state() == VisibilityState::Hidden);
    });
    let page_hide = Listener::on(&page::window()?, "pagehide", move |_| (leaving.borrow_mut())(true));
    Ok(Listener::all([visibility, page_hide]))
}

/// Calls back with `true` before the page is printed and with `false` afterwards.
///
/// # Errors
/// Only outside a page.
pub fn on_print(callback: impl FnMut(bool) + 'static) -> Result<Listener, Error> {
    on_either("beforeprint", "afterprint", callback)
}

/// Calls back with whether there is a network, when that changes.
///
/// # Errors
/// Only outside a page.
pub fn on_online(callback: impl FnMut(bool) + 'static) -> Result<Listener, Error> {
    on_either("online", "offline", callback)
}

/// Calls back with `true` on one event of the window and with `false` on the other.
fn on_either(
    yes: &'static str,
    no: &'static str,
    callback: impl FnMut(bool) + 'static,
) -> Result<Listener, Error> {
    let window = page::window()?;
    let callback = Rc::new(RefCell::new(callback));
    let listeners = [(yes, true), (no, false)].map(|(kind, is_yes)| {
        let callback = Rc::clone(&callback);
        Listener::on(&window, kind, move |_| (callback.borrow_mut())(is_yes))
    });
    Ok(Listener::all(listeners))
}

fn on_pointer(surface: &Surface, kind: &'static str, mut callback: impl FnMut(Press) + 'static) -> Listener {
    let inside = surface.clone();
    Listener::on(surface.element(), kind, move |event| {
        if let Some(pointer) = event.dyn_ref::<PointerEvent>() {
            callback(press(pointer, Some(&inside)));
        }
    })
}

fn press(pointer: &PointerEvent, surface: Option<&Surface>) -> Press {
    let (x, y) = (f64::from(pointer.client_x()), f64::from(pointer.client_y()));
    Press {
        x,
        y,
        touch: pointer.pointer_type() == "touch",
        primary: pointer.button() == 0,
        clicks: u32::try_from(pointer.detail()).unwrap_or(0),
        shift: pointer.shift_key(),
        ctrl: pointer.ctrl_key() || pointer.meta_key(),
        annotations: annotations_at(pointer),
        utf16: surface.and_then(|surface| selection::position_at(surface, x, y)),
    }
}

fn annotations_at(event: &Event) -> Vec<String> {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let mark = target.and_then(|target| target.closest("mark[data-annotations]").ok().flatten());
    let ids = mark.and_then(|mark| mark.get_attribute("data-annotations")).unwrap_or_default();
    ids.split_ascii_whitespace().map(str::to_owned).collect()
}
