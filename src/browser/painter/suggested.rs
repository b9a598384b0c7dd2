//! Stretches of a block that are only proposed: wrapped in elements of their own, within marks and without, so
//! that what is marked stays as it is.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Event, Node, Text};

use super::{Drawn, refused};
use crate::browser::{Error, Listener, page};

/// A stretch that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins in the text, in UTF-16 units.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What names it: `data-suggestion`.
    pub id: String,
    /// What is said of it when the mouse rests there.
    pub title: String,
    /// Whether it is the one that is looked at.
    pub current: bool,
}

impl Drawn {
    /// Wraps stretches, which do not overlap. Those outside of the block are left alone.
    ///
    /// # Errors
    /// Only when the browser refuses to make an element.
    pub fn suggest(&self, stretches: &[Stretch]) -> Result<(), Error> {
        let mut at = self.start_utf16;
        wrap_within(&self.document, &self.content, &mut at, stretches).map_err(refused("a suggestion"))
    }
}

/// Wraps what lies within a node, which begins at `at`; afterwards `at` is where it ends.
fn wrap_within(document: &Document, node: &Node, at: &mut u32, stretches: &[Stretch]) -> Result<(), JsValue> {
    let children = node.child_nodes();
    let children: Vec<Node> = (0..children.length()).filter_map(|index| children.get(index)).collect();
    for child in children {
        match child.dyn_into::<Text>() {
            Ok(text) => wrap_text(document, text, at, stretches)?,
            Err(element) => wrap_within(document, &element, at, stretches)?,
        }
    }
    Ok(())
}

fn wrap_text(document: &Document, text: Text, at: &mut u32, stretches: &[Stretch]) -> Result<(), JsValue> {
    let (begins, end) = (*at, *at + text.length());
    let (mut start, mut rest) = (begins, text);
    for stretch in stretches.iter().filter(|stretch| stretch.start < end && begins < stretch.end) {
        let (from, to) = (stretch.start.max(start), stretch.end.min(end));
        if start < from {
            rest = rest.split_text(from - start)?;
        }
        let after = if to < end { Some(rest.split_text(to - from)?) } else { None };
        let wrapped = document.create_element("span")?;
        wrapped.set_attribute("data-suggestion", &stretch.id)?;
        wrapped.set_attribute("title", &stretch.title)?;
        if stretch.current {
            wrapped.set_class_name("current");
        }
        if let Some(parent) = rest.parent_node() {
            parent.insert_before(&wrapped, Some(&rest))?;
            wrapped.append_child(&rest)?;
        }
        start = to;
        let Some(after) = after else { break };
        rest = after;
    }
    *at = end;
    Ok(())
}

/// Calls back with the name of the suggestion that was clicked, when nothing is selected.
///
/// # Errors
/// Only outside a page.
pub fn on_click(mut callback: impl FnMut(String) + 'static) -> Result<Listener, Error> {
    let document = page::document()?;
    Ok(Listener::on(&document, "click", move |event: &Event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let found = target.and_then(|target| target.closest("[data-suggestion]").ok().flatten());
        if let Some(id) = found.and_then(|found| found.get_attribute("data-suggestion")) {
            callback(id);
        }
    }))
}
