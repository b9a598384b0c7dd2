//! Native dialogs: shown so that the rest of the page rests, and closed so that the focus returns to the opener.

use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::{Element, MouseEvent};

use super::{Error, error::refused};

/// Shows a `<dialog>` above the page; the focus moves into it.
///
/// # Errors
/// When the element is not in the page, or is shown already in another way.
pub fn show(element: &Element) -> Result<(), Error> {
    let dialog = element.unchecked_ref::<Dialog>();
    if dialog.open() { Ok(()) } else { dialog.show_modal().map_err(refused("a dialog")) }
}

/// Closes a `<dialog>`; the focus returns to what had it before. Does nothing when it is closed already.
pub fn close(element: &Element) {
    let dialog = element.unchecked_ref::<Dialog>();
    if dialog.open() {
        dialog.close();
    }
}

/// Whether a `<dialog>` is shown.
pub fn is_open(element: &Element) -> bool {
    element.unchecked_ref::<Dialog>().open()
}

/// Whether the pointer is on what lies around a `<dialog>`, not on the dialog.
pub fn is_beside(element: &Element, event: &MouseEvent) -> bool {
    let on_dialog = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|target| target.is_same_node(Some(element)));
    let edges = element.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let within = edges.left() <= x && x <= edges.right() && edges.top() <= y && y <= edges.bottom();
    on_dialog && !within
}

#[wasm_bindgen]
extern "C" {
    type Dialog;

    #[wasm_bindgen(method, getter)]
    fn open(this: &Dialog) -> bool;

    #[wasm_bindgen(method, catch, js_name = showModal)]
    fn show_modal(this: &Dialog) -> Result<(), JsValue>;

    #[wasm_bindgen(method)]
    fn close(this: &Dialog);
}
