//! The selection and the caret of the page as positions in the text, and where positions lie on the screen.
//! Every position is a UTF-16 offset in the whole text, and is clamped to the text.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CaretPosition, Document, DomRect, Element, Node, Range, Selection};

use super::error::refused;
use super::surface::{Block, Side, offset_in, point_in};
use super::{Error, Surface, page};

/// How many times a step up or down looks further for another line: this clears any heading's margins.
const LINE_PROBES: u32 = 60;

/// A rectangle of the viewport in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Distance of the left edge from that of the viewport.
    pub left: f64,
    /// Distance of the top edge from that of the viewport.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// The right edge.
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    /// The bottom edge.
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    fn union(self, other: Self) -> Self {
        let (left, top) = (self.left.min(other.left), self.top.min(other.top));
        Self {
            left,
            top,
            width: self.right().max(other.right()) - left,
            height: self.bottom().max(other.bottom()) - top,
        }
    }
}

/// Where a stretch of the text lies on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// What encloses all of it.
    pub union: Rect,
    /// Its first line.
    pub first: Rect,
    /// Its last line.
    pub last: Rect,
}

/// The selection as `(anchor, focus)`: where the person began and where they are; both are equal for a caret.
/// `None` when nothing of the text is selected.
///
/// An end outside of the text counts as the start or the end of the text, one in a gap between blocks as the
/// end of the block before it. A triple click that reaches to the start of the next block ends with its own.
pub fn read(surface: &Surface) -> Option<(u32, u32)> {
    let selection = current().ok()?;
    let anchor = locate(surface, &selection.anchor_node()?, selection.anchor_offset())?;
    let focus = locate(surface, &selection.focus_node()?, selection.focus_offset())?;
    let (anchor_utf16, focus_utf16) = (anchor.utf16(), focus.utf16());
    if matches!((&anchor, &focus), (Located::Outside(_), Located::Outside(_))) && anchor_utf16 == focus_utf16
    {
        return None;
    }
    if anchor_utf16 < focus_utf16 {
        Some((anchor_utf16, focus.as_end_of(anchor_utf16, surface)))
    } else if focus_utf16 < anchor_utf16 {
        Some((anchor.as_end_of(focus_utf16, surface), focus_utf16))
    } else {
        Some((anchor_utf16, focus_utf16))
    }
}

/// Selects from `anchor_utf16` to `focus_utf16`; a caret when they are equal.
///
/// # Errors
/// [`Error::Missing`] when the surface holds no text.
pub fn set(surface: &Surface, anchor_utf16: u32, focus_utf16: u32) -> Result<(), Error> {
    let (anchor_side, focus_side) =
        if anchor_utf16 <= focus_utf16 { (Side::After, Side::Before) } else { (Side::Before, Side::After) };
    let focus_side = if anchor_utf16 == focus_utf16 { anchor_side } else { focus_side };
    let no_text = Error::Missing { what: "a text to select in" };
    let (anchor, anchor_offset) = surface.point(anchor_utf16, anchor_side).ok_or(no_text.clone())?;
    let (focus, focus_offset) = surface.point(focus_utf16, focus_side).ok_or(no_text)?;
    current()?
        .set_base_and_extent(&anchor, anchor_offset, &focus, focus_offset)
        .map_err(refused("the selection"))
}

/// Selects nothing.
///
/// # Errors
/// Only outside a page.
pub fn clear() -> Result<(), Error> {
    current()?.remove_all_ranges().map_err(refused("the selection"))
}

/// Where `start_utf16..end_utf16` lies on the screen; where the caret stands when both are equal. `None` when
/// the surface holds no text.
///
/// Of a stretch over several blocks only the first and the last are measured, and the enclosing rectangle takes
/// the width of the surface: the cost does not grow with the stretch.
pub fn rect_of(surface: &Surface, start_utf16: u32, end_utf16: u32) -> Option<Place> {
    let first_block = surface.block_at(start_utf16)?;
    let last_block = surface.block_at(end_utf16)?;
    if first_block == last_block {
        return place_in_block(surface, &surface.block(first_block)?, start_utf16, end_utf16);
    }
    let (opening, closing) = (surface.block(first_block)?, surface.block(last_block)?);
    let head = place_in_block(surface, &opening, start_utf16, opening.end_utf16())?;
    let tail = place_in_block(surface, &closing, closing.start_utf16, end_utf16)?;
    let mut union = head.union.union(tail.union);
    let whole = rect(&surface.element().get_bounding_client_rect());
    (union.left, union.width) = (whole.left, whole.width);
    Some(Place { union, first: head.first, last: tail.last })
}

/// The position nearest to a point of the viewport, when the text lies there.
pub fn position_at(surface: &Surface, x: f64, y: f64) -> Option<u32> {
    locate_at(surface, x, y).map(|located| located.utf16())
}

/// The position one line below or above, and the x that the caret strives for, to be given to the next step so
/// that it keeps its column through short lines. Scrolls when the next line is out of sight.
///
/// From the last line forward it is the end of the text, from the first backward its start; `None` when the
/// caret is there already.
pub fn move_line(
    surface: &Surface,
    from_utf16: u32,
    forward: bool,
    goal_x: Option<f64>,
) -> Option<(u32, f64)> {
    let from_block = surface.block_at(from_utf16)?;
    surface.lay_out_around(from_block);
    let caret = rect_of(surface, from_utf16, from_utf16)?.first;
    let x = goal_x.unwrap_or(caret.left);
    let scroller = surface.scroller()?;
    let step = (caret.height / 2.0).max(4.0);
    // Everything is measured relative to the caret, as scrolling moves it.
    let middle = caret.top + caret.height / 2.0;
    let mut scrolled = 0.0;
    for probe in 2..LINE_PROBES {
        let distance = step * f64::from(probe) * if forward { 1.0 } else { -1.0 };
        scrolled += scroll_into_view(&scroller, middle + distance - scrolled, caret.height);
        let y = middle + distance - scrolled;
        let (x_inside, y_inside) = clamp_x(surface, x, y);
        let Some(found_utf16) = position_at(surface, x_inside, y_inside) else {
            continue;
        };
        let lies_there = |utf16: u32| {
            let line = rect_of(surface, utf16, utf16)?.first;
            let border = middle - scrolled;
            let past = if forward { border < line.top } else { line.bottom() < border };
            // Between blocks the browser finds the start of one, whatever the column: look further then.
            let leading = line.height * 0.3;
            let on_line = line.top - leading <= y && y <= line.bottom() + leading;
            (past && on_line).then_some(utf16)
        };
        // A line that wraps ends where the next one begins, and the caret is drawn there: the last place that
        // is still on the line above lies one character before, or two units before when that is an emoji.
        let found_block = surface.block_at(found_utf16);
        let candidates = (0..3).filter_map(|back| found_utf16.checked_sub(back));
        let mut within_block = candidates.filter(|utf16| surface.block_at(*utf16) == found_block);
        if let Some(utf16) = within_block.find_map(lies_there) {
            return Some((utf16, x));
        }
    }
    let next_block = if forward { Some(from_block + 1) } else { from_block.checked_sub(1) };
    let utf16 = match next_block.and_then(|index| surface.block(index)) {
        // Something lies over the text there; better a step without the column than none.
        Some(block) if forward => block.start_utf16,
        Some(block) => block.end_utf16(),
        None if forward => surface.end(),
        None => 0,
    };
    (utf16 != from_utf16).then_some((utf16, x))
}

/// The ends of the selection, read before blocks are painted and set again after: an end that lies in a block
/// is kept as an offset in it. Asking the browser for the selection makes it bring its layout up to date, so
/// this is done once for any number of blocks.
pub(super) struct Kept {
    anchor: KeptEnd,
    focus: KeptEnd,
}

#[derive(PartialEq)]
enum KeptEnd {
    Inside { block: usize, within_utf16: u32 },
    Elsewhere(Node, u32),
}

impl Kept {
    /// `None` when no end lies in a block, and nothing needs to be restored.
    pub fn of(surface: &Surface) -> Option<Self> {
        let selection = current().ok()?;
        let anchor = KeptEnd::of(surface, selection.anchor_node()?, selection.anchor_offset());
        let focus = KeptEnd::of(surface, selection.focus_node()?, selection.focus_offset());
        let untouched = matches!((&anchor, &focus), (KeptEnd::Elsewhere(..), KeptEnd::Elsewhere(..)));
        (!untouched).then_some(Self { anchor, focus })
    }

    /// Whether an end lies in the block.
    pub fn touches(&self, block: usize) -> bool {
        self.anchor.is_in(block) || self.focus.is_in(block)
    }

    pub fn restore(&self, surface: &Surface) {
        let Some(anchor) = self.anchor.point(surface, Side::After) else {
            return;
        };
        let focus = if self.anchor == self.focus {
            Some(anchor.clone())
        } else {
            self.focus.point(surface, Side::Before)
        };
        let (Some(focus), Ok(selection)) = (focus, current()) else {
            return;
        };
        // Refused only for nodes that have left the page meanwhile; then there is nothing to restore.
        let _restored = selection.set_base_and_extent(&anchor.0, anchor.1, &focus.0, focus.1);
    }
}

impl KeptEnd {
    fn of(surface: &Surface, node: Node, offset: u32) -> Self {
        let place = surface.block_of(&node).and_then(|index| Some((index, surface.block(index)?)));
        match place {
            Some((block, shown)) => {
                Self::Inside { block, within_utf16: offset_in(&shown.element, &node, offset) }
            }
            None => Self::Elsewhere(node, offset),
        }
    }

    fn is_in(&self, wanted: usize) -> bool {
        matches!(self, Self::Inside { block, .. } if *block == wanted)
    }

    fn point(&self, surface: &Surface, side: Side) -> Option<(Node, u32)> {
        match self {
            Self::Inside { block, within_utf16 } => {
                Some(point_in(&surface.block(*block)?.element, *within_utf16, side))
            }
            Self::Elsewhere(node, offset) => Some((node.clone(), *offset)),
        }
    }
}

/// The selection of the document.
pub(super) fn current() -> Result<Selection, Error> {
    page::document()?
        .get_selection()
        .map_err(refused("reading the selection"))?
        .ok_or(Error::Missing { what: "a selection" })
}

/// Where a point of the document lies with regard to the text.
enum Located {
    /// In a text node of a block, or in a block without any.
    Text(u32),
    /// At a child of a block or between blocks: where a triple click leaves its end.
    Element(u32),
    /// Before or after the surface.
    Outside(u32),
}

impl Located {
    fn utf16(&self) -> u32 {
        match self {
            Self::Text(utf16) | Self::Element(utf16) | Self::Outside(utf16) => *utf16,
        }
    }

    /// The position as the later end of a selection: one that a triple click has left at the very start of a
    /// block goes back to the end of the block before it.
    fn as_end_of(&self, start_utf16: u32, surface: &Surface) -> u32 {
        let Self::Element(utf16) = *self else {
            return self.utf16();
        };
        let before = surface
            .block_at(utf16)
            .filter(|index| surface.block(*index).is_some_and(|block| block.start_utf16 == utf16))
            .and_then(|index| surface.block(index.checked_sub(1)?));
        before.map_or(utf16, |block| block.end_utf16().max(start_utf16))
    }
}

fn locate_at(surface: &Surface, x: f64, y: f64) -> Option<Located> {
    let (node, offset) = caret_at(&page::document().ok()?, x, y)?;
    if !surface.element().contains(Some(&node)) {
        return None;
    }
    locate(surface, &node, offset)
}

fn locate(surface: &Surface, node: &Node, offset: u32) -> Option<Located> {
    if let Some(index) = surface.block_of(node) {
        let block = surface.block(index)?;
        let within_utf16 = offset_in(&block.element, node, offset).min(block.length_utf16);
        let utf16 = block.start_utf16 + within_utf16;
        return Some(if node.is_same_node(Some(&block.element)) && 0 < block.length_utf16 {
            Located::Element(utf16)
        } else {
            Located::Text(utf16)
        });
    }
    if surface.element().contains(Some(node)) {
        return locate_between_blocks(surface, node, offset).map(Located::Element);
    }
    let range = page::document().ok()?.create_range().ok()?;
    range.select_node_contents(surface.element()).ok()?;
    // Fails for a node of another tree, for example within a component's shadow.
    let order = range.compare_point(node, offset).ok()?;
    Some(Located::Outside(if order < 0 { 0 } else { surface.end() }))
}

/// The surface itself or a list, of which the point names a child: the start of the first block from that child
/// on, or the end of the text.
fn locate_between_blocks(surface: &Surface, node: &Node, offset: u32) -> Option<u32> {
    let child = node.child_nodes().get(offset);
    let mut next = match child {
        Some(child) => Some(child),
        None => following(node, surface.element()),
    };
    while let Some(candidate) = next {
        if let Some(element) = candidate.dyn_ref::<Element>() {
            let block = if element.has_attribute("data-block") {
                Some(element.clone())
            } else {
                element.query_selector("[data-block]").ok().flatten()
            };
            if let Some(index) = block.and_then(|block| surface.block_of(&block)) {
                return surface.block(index).map(|block| block.start_utf16);
            }
        }
        next = following(&candidate, surface.element());
    }
    Some(surface.end())
}

/// The next node of the surface that is not inside this one.
fn following(node: &Node, surface: &Element) -> Option<Node> {
    let mut place = node.clone();
    while !place.is_same_node(Some(surface)) {
        if let Some(sibling) = place.next_sibling() {
            return Some(sibling);
        }
        place = place.parent_node()?;
    }
    None
}

fn place_in_block(surface: &Surface, block: &Block, start_utf16: u32, end_utf16: u32) -> Option<Place> {
    let (start, start_offset) = surface.point(start_utf16.max(block.start_utf16), Side::After)?;
    let (end, end_offset) = if start_utf16 == end_utf16 {
        (start.clone(), start_offset)
    } else {
        surface.point(end_utf16.min(block.end_utf16()), Side::Before)?
    };
    let range = page::document().ok()?.create_range().ok()?;
    range.set_start(&start, start_offset).ok()?;
    range.set_end(&end, end_offset).ok()?;
    place_of(&range).or_else(|| {
        // An empty block has no text to measure, but a place.
        let whole = rect(&block.element.get_bounding_client_rect());
        let caret = Rect { width: 0.0, ..whole };
        Some(Place { union: whole, first: caret, last: caret })
    })
}

fn place_of(range: &Range) -> Option<Place> {
    let rects = range.get_client_rects()?;
    let mut all = (0..rects.length()).filter_map(|index| rects.item(index)).map(|found| rect(&found));
    let first = all.next()?;
    let place = Place { union: first, first, last: first };
    Some(all.fold(place, |place, line| Place { union: place.union.union(line), last: line, ..place }))
}

pub(super) fn rect(found: &DomRect) -> Rect {
    Rect { left: found.left(), top: found.top(), width: found.width(), height: found.height() }
}

/// A point with the same y whose x lies over the text, where the browser finds the nearest character.
fn clamp_x(surface: &Surface, x: f64, y: f64) -> (f64, f64) {
    let whole = rect(&surface.element().get_bounding_client_rect());
    (x.clamp(whole.left + 1.0, (whole.right() - 1.0).max(whole.left + 1.0)), y)
}

/// Scrolls as little as needed for a line around `y` to be seen; returns how far the content has moved up.
fn scroll_into_view(scroller: &Element, y: f64, height: f64) -> f64 {
    let (top, bottom) = view_of(scroller);
    let beyond = if y + height > bottom {
        y + height - bottom
    } else if y - height < top {
        y - height - top
    } else {
        return 0.0;
    };
    let before = scroller.scroll_top();
    scroll_by(scroller, beyond);
    f64::from(scroller.scroll_top() - before)
}

/// The top and the bottom edge of what a scroller shows, in the viewport.
pub(super) fn view_of(scroller: &Element) -> (f64, f64) {
    let height = f64::from(scroller.client_height());
    let is_root = page::root().is_ok_and(|root| root.is_same_node(Some(scroller)));
    let top = if is_root { 0.0 } else { scroller.get_bounding_client_rect().top() };
    (top, top + height)
}

/// Scrolls at once, whatever the style sheet says about smooth scrolling.
#[expect(clippy::cast_possible_truncation, reason = "a scroll position in whole pixels fits an i32")]
pub(super) fn scroll_by(scroller: &Element, pixels: f64) {
    let pixels = pixels.round() as i32;
    if pixels == 0 {
        return;
    }
    let options = web_sys::ScrollToOptions::new();
    options.set_top(f64::from(scroller.scroll_top()) + f64::from(pixels));
    options.set_behavior(web_sys::ScrollBehavior::Instant);
    scroller.scroll_to_with_scroll_to_options(&options);
}

#[wasm_bindgen]
extern "C" {
    /// The document with both ways to find a character by a point; no browser of the last years lacks both.
    type PointedDocument;

    #[wasm_bindgen(method, getter, js_name = caretPositionFromPoint)]
    fn caret_position_function(this: &PointedDocument) -> Option<Function>;

    #[wasm_bindgen(method, catch, js_name = caretPositionFromPoint)]
    fn caret_position(this: &PointedDocument, x: f64, y: f64) -> Result<Option<CaretPosition>, JsValue>;

    #[wasm_bindgen(method, catch, js_name = caretRangeFromPoint)]
    fn caret_range(this: &PointedDocument, x: f64, y: f64) -> Result<Option<Range>, JsValue>;
}

fn caret_at(document: &Document, x: f64, y: f64) -> Option<(Node, u32)> {
    let document = document.unchecked_ref::<PointedDocument>();
    if document.caret_position_function().is_some() {
        let position = document.caret_position(x, y).ok()??;
        return Some((position.offset_node()?, position.offset()));
    }
    let range = document.caret_range(x, y).ok()??;
    Some((range.start_container().ok()?, range.start_offset().ok()?))
}
