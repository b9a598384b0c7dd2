//! How far an element is scrolled and how much of it is seen, in CSS pixels.

use js_sys::{Array, Function};
use wasm_bindgen::{JsCast, closure::Closure, prelude::wasm_bindgen};
use web_sys::{Element, Event, HtmlElement};

use super::page;

/// The part of a scrolled element that is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct View {
    /// How far the content has moved up.
    pub top: f64,
    /// The height that is seen.
    pub height: f64,
}

/// What is seen of an element's content.
pub fn view(element: &Element) -> View {
    View { top: f64::from(element.scroll_top()), height: f64::from(element.client_height()) }
}

/// Scrolls as little as needed for a stretch of the content to be seen.
pub fn reveal(element: &Element, top: f64, height: f64) {
    let seen = view(element);
    let wanted = if top < seen.top {
        top
    } else if seen.top + seen.height < top + height {
        top + height - seen.height
    } else {
        return;
    };
    set_top(element, wanted);
}

/// Scrolls a list as little as needed for its item of that id to be seen. The list has to be positioned.
pub fn show_item(id: &str) {
    let item = page::document().ok().and_then(|document| document.get_element_by_id(id));
    let Some(item) = item.and_then(|item| item.dyn_into::<HtmlElement>().ok()) else { return };
    if let Some(list) = item.parent_element() {
        reveal(&list, f64::from(item.offset_top()), f64::from(item.offset_height()));
    }
}

/// Scrolls an element's content so far up.
#[expect(clippy::cast_possible_truncation, reason = "a scroll position in whole pixels fits an i32")]
pub fn set_top(element: &Element, top: f64) {
    element.set_scroll_top(top.round() as i32);
}

/// The size of the page's type, `1rem`, in CSS pixels: people set it larger or smaller.
pub fn rem() -> f64 {
    let style =
        page::window().ok().and_then(|window| window.get_computed_style(&page::root().ok()?).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    // JavaScript's own parser passes over the unit, and brings no tables into the bundle.
    size.map(|size| js_sys::parse_float(&size)).filter(|size| size.is_finite()).unwrap_or(16.0)
}

/// The number in `data-index` of the row that an event comes from.
pub fn row_of(event: &Event) -> Option<usize> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("[data-index]").ok()??.get_attribute("data-index")?.parse().ok()
}

/// Watches the size of an element until it is dropped.
#[must_use = "a watch that is dropped sees nothing"]
pub struct SizeWatch {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

/// Calls back when the element gets another size, and once at the beginning.
pub fn on_size(element: &Element, mut callback: impl FnMut() + 'static) -> SizeWatch {
    let callback = Closure::<dyn FnMut(Array)>::new(move |_entries| callback());
    let observer = ResizeObserver::new(callback.as_ref().unchecked_ref());
    observer.observe(element);
    SizeWatch { observer, _callback: callback }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

#[wasm_bindgen]
extern "C" {
    type ResizeObserver;

    #[wasm_bindgen(constructor)]
    fn new(callback: &Function) -> ResizeObserver;

    #[wasm_bindgen(method)]
    fn observe(this: &ResizeObserver, element: &Element);

    #[wasm_bindgen(method)]
    fn disconnect(this: &ResizeObserver);
}
