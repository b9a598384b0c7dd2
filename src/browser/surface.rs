//! The element that shows a text, one child element a block, and the way between its nodes and positions.
//! A position is a UTF-16 offset in the whole text; each block knows where it starts and how long it is, so
//! that nothing here costs more than one block and a binary search.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{CharacterData, Element, HtmlElement, Node, Text};

use super::page;
use super::selection::{self, Rect};

/// A cheap handle on the surface; clones are the same surface.
#[derive(Clone)]
pub struct Surface {
    shared: Rc<Shared>,
}

/// A block as it lies in the page.
#[derive(Clone)]
pub(super) struct Block {
    pub element: Element,
    pub start_utf16: u32,
    pub length_utf16: u32,
}

impl Block {
    pub fn end_utf16(&self) -> u32 {
        self.start_utf16 + self.length_utf16
    }
}

/// Neighbouring blocks under one element, which the browser lays out and we observe together: what it does for
/// every watched element in every frame is too much for one element a block.
pub(super) struct Chunk {
    pub element: Element,
    pub first_block: usize,
    /// One past its last block.
    pub end_block: usize,
}

/// Which of two neighbouring text nodes a position at their border belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

struct Shared {
    element: Element,
    scroller: RefCell<Option<Element>>,
    blocks: RefCell<Vec<Block>>,
    chunks: RefCell<Vec<Chunk>>,
}

impl Surface {
    pub(super) fn new(element: &Element) -> Self {
        Self {
            shared: Rc::new(Shared {
                element: element.clone(),
                scroller: RefCell::new(None),
                blocks: RefCell::default(),
                chunks: RefCell::default(),
            }),
        }
    }

    /// How many blocks the text has.
    pub fn block_count(&self) -> usize {
        self.shared.blocks.borrow().len()
    }

    /// The block that holds a position; in a gap between blocks the one before it.
    pub fn block_at(&self, utf16: u32) -> Option<usize> {
        let blocks = self.shared.blocks.borrow();
        let after = blocks.partition_point(|block| block.start_utf16 <= utf16);
        after.checked_sub(1).or(if blocks.is_empty() { None } else { Some(0) })
    }

    /// The end of the last block, in UTF-16 units.
    pub fn end(&self) -> u32 {
        self.shared.blocks.borrow().last().map_or(0, Block::end_utf16)
    }

    /// Where the surface lies in the viewport, scrolled as it is.
    pub fn frame(&self) -> Rect {
        selection::rect(&self.shared.element.get_bounding_client_rect())
    }

    /// The top and bottom of what can be seen of the text, in the viewport.
    pub fn view(&self) -> Option<(f64, f64)> {
        self.scroller().map(|scroller| selection::view_of(&scroller))
    }

    pub(super) fn element(&self) -> &Element {
        &self.shared.element
    }

    pub(super) fn set_blocks(&self, blocks: Vec<Block>, chunks: Vec<Chunk>) {
        self.shared.blocks.replace(blocks);
        self.shared.chunks.replace(chunks);
    }

    pub(super) fn block(&self, index: usize) -> Option<Block> {
        self.shared.blocks.borrow().get(index).cloned()
    }

    /// Calls back with every chunk.
    pub(super) fn each_chunk(&self, callback: impl FnMut(&Chunk)) {
        self.shared.chunks.borrow().iter().for_each(callback);
    }

    /// Makes the browser lay out the chunk of a block and its neighbours from now on, even out of sight.
    pub(super) fn lay_out_around(&self, block: usize) {
        let chunks = self.shared.chunks.borrow();
        let chunk = chunks.partition_point(|chunk| chunk.end_block <= block);
        for chunk in chunks.iter().skip(chunk.saturating_sub(1)).take(3) {
            let style = chunk.element.unchecked_ref::<HtmlElement>().style();
            // Removing fails for no property.
            let _removed = style.remove_property("content-visibility");
        }
    }

    /// The first block whose element meets `wanted`, where those that do follow all that do not. Only the blocks
    /// of one chunk are looked at, as looking makes the browser lay them out.
    pub(super) fn first_block_where(&self, wanted: impl Fn(&Element) -> bool) -> Option<usize> {
        let chunks = self.shared.chunks.borrow();
        let chunk = chunks.get(chunks.partition_point(|chunk| !wanted(&chunk.element)))?;
        let blocks = self.shared.blocks.borrow();
        let within = blocks.get(chunk.first_block..chunk.end_block)?;
        let before = within.partition_point(|block| !wanted(&block.element));
        Some((chunk.first_block + before).min(chunk.end_block.saturating_sub(1)))
    }

    /// The element that scrolls the surface; the root element when the page as a whole does.
    pub(super) fn scroller(&self) -> Option<Element> {
        if self.shared.scroller.borrow().is_none() {
            self.find_scroller();
        }
        self.shared.scroller.borrow().clone()
    }

    /// Looks for the scroller anew. Asking for styles makes the browser bring its layout up to date, so this is
    /// cheap before nodes change and dear afterwards.
    pub(super) fn find_scroller(&self) {
        let found = scrolling_ancestor(&self.shared.element).or_else(|| page::root().ok());
        self.shared.scroller.replace(found);
    }

    /// The index of the block that holds a node, which may be the block itself.
    pub(super) fn block_of(&self, node: &Node) -> Option<usize> {
        let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
        let block = element.closest("[data-block]").ok().flatten()?;
        let index: usize = block.get_attribute("data-block")?.parse().ok()?;
        // A block of another surface carries a number, too.
        let blocks = self.shared.blocks.borrow();
        blocks.get(index)?.element.is_same_node(Some(&block)).then_some(index)
    }

    /// The text node and the offset in it for a position; `None` only when there is no block.
    pub(super) fn point(&self, utf16: u32, side: Side) -> Option<(Node, u32)> {
        let block = self.block(self.block_at(utf16)?)?;
        let within_utf16 = utf16.saturating_sub(block.start_utf16).min(block.length_utf16);
        Some(point_in(&block.element, within_utf16, side))
    }
}

/// The text node and the offset in it for an offset in a block; the block itself when it holds no text.
pub(super) fn point_in(block: &Element, within_utf16: u32, side: Side) -> (Node, u32) {
    let mut passed_utf16 = 0;
    let mut last = None;
    let mut next = first_text(block);
    while let Some(text) = next {
        let length_utf16 = text.length();
        let end_utf16 = passed_utf16 + length_utf16;
        let inside = within_utf16 < end_utf16 || (within_utf16 == end_utf16 && side == Side::Before);
        if inside {
            return (text.into(), within_utf16 - passed_utf16);
        }
        passed_utf16 = end_utf16;
        next = text_after(&text, block);
        last = Some((text.into(), length_utf16));
    }
    last.unwrap_or_else(|| (block.clone().into(), 0))
}

/// The offset in a block of a point within it, given as the DOM does: a node, and an offset that counts UTF-16
/// units in a text node and children in an element.
pub(super) fn offset_in(block: &Element, node: &Node, offset: u32) -> u32 {
    let mut utf16 = match node.dyn_ref::<CharacterData>() {
        Some(text) => offset.min(text.length()),
        None => {
            let mut length_utf16 = 0;
            let mut child = node.first_child();
            for _ in 0..offset {
                let Some(passed) = child else { break };
                length_utf16 += length_of(&passed);
                child = passed.next_sibling();
            }
            length_utf16
        }
    };
    let mut place = node.clone();
    while !place.is_same_node(Some(block)) {
        let mut before = place.previous_sibling();
        while let Some(sibling) = before {
            utf16 += length_of(&sibling);
            before = sibling.previous_sibling();
        }
        match place.parent_node() {
            Some(parent) => place = parent,
            None => break,
        }
    }
    utf16
}

fn length_of(node: &Node) -> u32 {
    if let Some(text) = node.dyn_ref::<CharacterData>() {
        return text.length();
    }
    let mut length_utf16 = 0;
    let mut child = node.first_child();
    while let Some(inner) = child {
        length_utf16 += length_of(&inner);
        child = inner.next_sibling();
    }
    length_utf16
}

fn first_text(node: &Node) -> Option<Text> {
    let mut child = node.first_child();
    while let Some(inner) = child {
        if let Some(text) = inner.dyn_ref::<Text>() {
            return Some(text.clone());
        }
        if let Some(text) = first_text(&inner) {
            return Some(text);
        }
        child = inner.next_sibling();
    }
    None
}

fn text_after(text: &Text, block: &Element) -> Option<Text> {
    let mut place: Node = text.clone().into();
    loop {
        let mut sibling = place.next_sibling();
        while let Some(next) = sibling {
            if let Some(text) = next.dyn_ref::<Text>() {
                return Some(text.clone());
            }
            if let Some(text) = first_text(&next) {
                return Some(text);
            }
            sibling = next.next_sibling();
        }
        place = place.parent_node()?;
        if place.is_same_node(Some(block)) {
            return None;
        }
    }
}

fn scrolling_ancestor(element: &Element) -> Option<Element> {
    let window = page::window().ok()?;
    let root = page::root().ok()?;
    let mut candidate = Some(element.clone());
    while let Some(element) = candidate {
        if element.is_same_node(Some(&root)) || element.local_name() == "body" {
            return None;
        }
        let style = window.get_computed_style(&element).ok().flatten()?;
        if matches!(style.get_property_value("overflow-y").as_deref(), Ok("auto" | "scroll")) {
            return Some(element);
        }
        candidate = element.parent_element();
    }
    None
}
