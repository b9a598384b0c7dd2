//! Draws the reading surface: the text as real elements, and marks in the blocks near the viewport.
//! What is painted is decided elsewhere; here only nodes change, block by block, and the text content of every
//! block stays the text it stands for. Nothing is ever parsed as HTML.

mod scrolling;
pub mod suggested;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, DocumentFragment, Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry,
    IntersectionObserverInit, Node,
};

pub use self::scrolling::ScrollTo;
use super::elements::{Elements, chunk_of};
use super::error::refused;
use super::selection::Kept;
use super::surface::Block;
use super::{Error, Listener, Surface, page};
use crate::text::order;

/// How far beyond the viewport blocks count as near, so that scrolling meets painted blocks.
const NEAR: &str = "150% 0px";

/// The kind of element that shows a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockTag {
    /// A heading.
    H2,
    /// A paragraph.
    P,
    /// An item of a list; consecutive items make one list.
    Li,
}

/// A block to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockSpec {
    /// The element.
    pub tag: BlockTag,
    /// Where it starts in the text, in UTF-16 units; increasing from block to block.
    pub start: u32,
    /// How long it is, in UTF-16 units.
    pub length: u32,
    /// Whether a blank line comes before it in the text: it gets the class `gap`.
    pub gap: bool,
}

/// A piece of a block: the pieces of a block make up its text without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The text of the piece.
    pub text: &'a str,
    /// How it is marked, if at all.
    pub mark: Option<Mark>,
}

/// The outside of a `<mark>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The ids of the annotations, separated by spaces: `data-annotations`.
    pub annotations: String,
    /// The ids of their labels: `data-labels`.
    pub labels: String,
    /// The short names that CSS shows at the start: `data-name`; empty when no annotation starts here.
    pub names: String,
    /// What a screen reader says about the mark: `aria-description`; left out when empty.
    pub description: String,
    /// Classes of the style sheet.
    pub class: String,
    /// Layers of a CSS `background`; left out when empty.
    pub background: String,
    /// How many annotations lie above one another: `data-lanes`.
    pub lanes: u32,
}

/// The pieces of a block as they are about to be shown.
pub struct Drawn {
    document: Document,
    content: DocumentFragment,
    start_utf16: u32,
}

/// A cheap handle on the painter; clones paint the same surface.
#[derive(Clone)]
pub struct Painter {
    shared: Rc<Shared>,
}

struct Shared {
    surface: Surface,
    painted: RefCell<Vec<usize>>,
    visible: RefCell<Vec<usize>>,
    on_visibility: RefCell<Option<VisibilityCallback>>,
    observer: RefCell<Option<Observer>>,
    /// Which annotations carry which extra class, by id in order, also in blocks that are painted later.
    classes: RefCell<Vec<(String, Vec<String>)>>,
    /// The batch of paintings that is going on.
    batch: RefCell<Option<Batch>>,
    /// Counts jumps and touches of the wheel; a jump that is still settling gives way to the next.
    journey: Cell<u32>,
    hands: RefCell<Option<Listener>>,
}

/// The selection when the batch began, and whether it must be set again.
struct Batch {
    kept: Option<Kept>,
    disturbed: bool,
}

type VisibilityCallback = Box<dyn FnMut(&[usize], &[usize])>;

/// The browser's observer with the callback that lives as long as it does.
struct Observer {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl Painter {
    /// A painter for an element, whose content it owns from now on.
    pub fn new(element: impl AsRef<Element>) -> Self {
        let shared = Rc::new(Shared {
            surface: Surface::new(element.as_ref()),
            painted: RefCell::default(),
            visible: RefCell::default(),
            on_visibility: RefCell::default(),
            observer: RefCell::default(),
            classes: RefCell::default(),
            batch: RefCell::default(),
            journey: Cell::new(0),
            hands: RefCell::default(),
        });
        let listeners = ["wheel", "touchstart"].map(|kind| {
            let shared = Rc::downgrade(&shared);
            Listener::on(element.as_ref(), kind, move |_| {
                if let Some(shared) = shared.upgrade() {
                    shared.begin_journey();
                }
            })
        });
        shared.hands.replace(Some(Listener::all(listeners)));
        Self { shared }
    }

    /// The surface, for the selection and for events.
    pub fn surface(&self) -> &Surface {
        &self.shared.surface
    }

    /// Shows a text: one unmarked element a block, in place of what was there. In a text with right-to-left letters
    /// each block finds its own direction; `lang` is a BCP 47 tag.
    ///
    /// # Errors
    /// Only outside a page.
    pub fn set_text(&self, text: &str, blocks: &[BlockSpec], lang: Option<&str>) -> Result<(), Error> {
        let document = page::document()?;
        let element = self.shared.surface.element();
        self.shared.surface.find_scroller();
        self.shared.begin_journey();
        self.shared.observer.replace(None);
        self.shared.visible.borrow_mut().clear();
        self.shared.painted.borrow_mut().clear();
        self.shared.classes.borrow_mut().clear();
        self.set_ready(false);
        match lang {
            Some(lang) => element.set_attribute("lang", lang),
            None => element.remove_attribute("lang"),
        }
        .map_err(refused("the language"))?;
        let built = Elements::of(&document, text, blocks).map_err(refused("the text"))?;
        element.replace_children_with_node_1(&built.fragment);
        self.shared.surface.set_blocks(built.blocks, built.chunks);
        self.observe()
    }

    /// Runs what paints several blocks. Without it the browser must lay out the page once a block, as every
    /// painting looks where the selection is. [`Painter::on_visibility`] calls back within a batch.
    pub fn batch<T>(&self, paint: impl FnOnce() -> T) -> T {
        self.shared.batch(|| Kept::of(&self.shared.surface), paint)
    }

    /// As [`Painter::batch`], where nothing is selected, as when another text is shown.
    pub fn batch_afresh<T>(&self, paint: impl FnOnce() -> T) -> T {
        self.shared.batch(|| None, paint)
    }

    /// Makes these pieces the content of a block, with what `beside` draws into them, which says whether that is
    /// anything; those at its start and end that are there already stay. A selection that lies in the block keeps its
    /// place.
    ///
    /// # Errors
    /// Only when the browser refuses to make an element. A block that does not exist is left alone.
    pub fn paint_block(
        &self,
        block: usize,
        pieces: &[Piece<'_>],
        beside: impl FnOnce(&Drawn) -> bool,
    ) -> Result<(), Error> {
        let Some(shown) = self.shared.surface.block(block) else {
            return Ok(());
        };
        debug_assert_eq!(
            u32::try_from(pieces.iter().map(|piece| piece.text.encode_utf16().count()).sum::<usize>()),
            Ok(shown.length_utf16),
            "the pieces make up the block"
        );
        let document = page::document()?;
        let content = self.draw(&document, pieces).map_err(refused("a mark"))?;
        let drawn = Drawn { document, content, start_utf16: shown.start_utf16 };
        let has_more = beside(&drawn);
        self.replace_content(block, &shown, &drawn.content)?;
        let mut painted = self.shared.painted.borrow_mut();
        if has_more || pieces.iter().any(|piece| piece.mark.is_some()) {
            order::put(&mut painted, block);
        } else {
            order::take(&mut painted, &block);
        }
        Ok(())
    }

    /// Takes all marks off a block, back to one text node.
    ///
    /// # Errors
    /// Only outside a page.
    pub fn clear_block(&self, block: usize) -> Result<(), Error> {
        if !order::take(&mut self.shared.painted.borrow_mut(), &block) {
            return Ok(());
        }
        let Some(shown) = self.shared.surface.block(block) else {
            return Ok(());
        };
        let document = page::document()?;
        let fragment = document.create_document_fragment();
        let text = shown.element.text_content().unwrap_or_default();
        fragment.append_child(&document.create_text_node(&text)).map_err(refused("the text"))?;
        self.replace_content(block, &shown, &fragment)
    }

    /// The blocks that are painted with at least one mark, in their order.
    pub fn painted(&self) -> Vec<usize> {
        self.shared.painted.borrow().clone()
    }

    /// The blocks near the viewport, in their order. Empty for a moment after [`Painter::set_text`].
    pub fn visible(&self) -> Vec<usize> {
        self.shared.visible.borrow().clone()
    }

    /// Calls back with the blocks that have come near the viewport and those that have left, both in order:
    /// once soon after each [`Painter::set_text`], then as the text is scrolled or laid out anew.
    pub fn on_visibility(&self, callback: impl FnMut(&[usize], &[usize]) + 'static) {
        self.shared.on_visibility.replace(Some(Box::new(callback)));
    }

    /// Says by `data-ready` that the blocks in view are painted.
    pub fn set_ready(&self, ready: bool) {
        let element = self.shared.surface.element();
        // Neither can fail, as the name is a valid one.
        let _set = if ready {
            element.set_attribute("data-ready", "")
        } else {
            element.remove_attribute("data-ready")
        };
    }

    /// Sets `data-document`.
    pub fn set_document(&self, id: &str) {
        // Cannot fail, as the name is a valid one.
        let _set = self.shared.surface.element().set_attribute("data-document", id);
    }

    /// Gives the marks of exactly these annotations a class, and takes it off all others: for what is hovered,
    /// selected, linked. It also holds for blocks painted later, until the next [`Painter::set_text`]. Answers whether
    /// other annotations have it now.
    ///
    /// # Errors
    /// When the class is empty or holds a space.
    pub fn set_class(&self, class: &str, annotations: &[&str]) -> Result<bool, Error> {
        let mut classes = self.shared.classes.borrow_mut();
        let known = classes.iter().position(|(known, _)| known == class);
        let had = known.map(|at| classes.swap_remove(at).1).unwrap_or_default();
        let mut wanted: Vec<String> = annotations.iter().map(|id| (*id).to_owned()).collect();
        order::sort(&mut wanted);
        let lost = had.iter().filter(|id| !has(&wanted, id));
        for id in lost.chain(wanted.iter().filter(|id| !has(&had, id))) {
            self.toggle_marks(id, class, &wanted).map_err(refused("a class"))?;
        }
        let is_changed = wanted != had;
        if !wanted.is_empty() {
            classes.push((class.to_owned(), wanted));
        }
        Ok(is_changed)
    }

    /// Nodes at the start and the end that are as they are to be stay: most deeds change one mark among many, and what
    /// stays needs no new style.
    fn replace_content(&self, block: usize, shown: &Block, content: &DocumentFragment) -> Result<(), Error> {
        self.batch(|| {
            if let Some(batch) = self.shared.batch.borrow_mut().as_mut() {
                batch.disturbed |= batch.kept.as_ref().is_some_and(|kept| kept.touches(block));
            }
            let nodes = shown.element.child_nodes();
            let is_kept = |at: u32, new: Option<Node>| {
                let is_equal = nodes.get(at).is_some_and(|node| node.is_equal_node(new.as_ref()));
                is_equal && new.is_some_and(|new| content.remove_child(&new).is_ok())
            };
            let (mut start, mut end) = (0, nodes.length());
            while start < end && is_kept(start, content.first_child()) {
                start += 1;
            }
            while start < end && is_kept(end - 1, content.last_child()) {
                end -= 1;
            }
            for node in (start..end).rev().filter_map(|at| nodes.get(at)) {
                shown.element.remove_child(&node)?;
            }
            shown.element.insert_before(content, nodes.get(start).as_ref()).map(|_| ())
        })
        .map_err(refused("a mark"))
    }

    fn toggle_marks(&self, id: &str, class: &str, wanted: &[String]) -> Result<(), JsValue> {
        let quoted = id.replace('\\', "\\\\").replace('"', "\\\"");
        let selector = format!("mark[data-annotations~=\"{quoted}\"]");
        let marks = self.shared.surface.element().query_selector_all(&selector)?;
        for index in 0..marks.length() {
            let Some(mark) = marks.get(index) else { continue };
            let mark: Element = mark.unchecked_into();
            let ids = mark.get_attribute("data-annotations").unwrap_or_default();
            let on = ids.split_ascii_whitespace().any(|id| has(wanted, id));
            mark.class_list().toggle_with_force(class, on)?;
        }
        Ok(())
    }

    fn draw(&self, document: &Document, pieces: &[Piece<'_>]) -> Result<DocumentFragment, JsValue> {
        let fragment = document.create_document_fragment();
        for piece in pieces {
            match &piece.mark {
                _ if piece.text.is_empty() => {}
                None => add_text(document, &fragment, piece.text)?,
                Some(mark) => {
                    let element = self.mark_element(document, piece.text, mark)?;
                    fragment.append_child(&element)?;
                }
            }
        }
        Ok(fragment)
    }

    fn mark_element(&self, document: &Document, text: &str, mark: &Mark) -> Result<Element, JsValue> {
        let element = document.create_element("mark")?;
        add_text(document, &element, text)?;
        element.set_attribute("data-annotations", &mark.annotations)?;
        element.set_attribute("data-labels", &mark.labels)?;
        element.set_attribute("data-lanes", &mark.lanes.to_string())?;
        for (name, value) in [("data-name", &mark.names), ("aria-description", &mark.description)] {
            if !value.is_empty() {
                element.set_attribute(name, value)?;
            }
        }
        let mut class = mark.class.clone();
        for (extra, ids) in self.shared.classes.borrow().iter() {
            if mark.annotations.split_ascii_whitespace().any(|id| has(ids, id)) {
                class.push(' ');
                class.push_str(extra);
            }
        }
        // Set even where it is empty, as it is left behind when a class is taken off.
        element.set_class_name(class.trim_start());
        if !mark.background.is_empty() {
            element.unchecked_ref::<HtmlElement>().style().set_property("background", &mark.background)?;
        }
        Ok(element)
    }

    fn observe(&self) -> Result<(), Error> {
        let weak = Rc::downgrade(&self.shared);
        let first = Cell::new(true);
        let callback = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            if let Some(shared) = weak.upgrade() {
                let first_report = first.replace(false);
                shared.batch(|| Kept::of(&shared.surface), || shared.observed(&entries, first_report));
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(NEAR);
        let surface = &self.shared.surface;
        let root = page::root()?;
        // Margins count only from the edges of the element that scrolls, which is told for all but the root.
        if let Some(scroller) = surface.scroller().filter(|scroller| !scroller.is_same_node(Some(&root))) {
            options.set_root(Some(&scroller));
        }
        let observer = IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options)
            .map_err(refused("watching the text"))?;
        surface.each_chunk(|chunk| observer.observe(&chunk.element));
        self.shared.observer.replace(Some(Observer { observer, _callback: callback }));
        Ok(())
    }
}

impl Shared {
    fn begin_journey(&self) -> u32 {
        self.journey.set(self.journey.get().wrapping_add(1));
        self.journey.get()
    }

    fn batch<T>(&self, kept: impl FnOnce() -> Option<Kept>, paint: impl FnOnce() -> T) -> T {
        if self.batch.borrow().is_some() {
            return paint();
        }
        self.batch.replace(Some(Batch { kept: kept(), disturbed: false }));
        let painted = paint();
        if let Some(Batch { kept: Some(kept), disturbed: true }) = self.batch.take() {
            kept.restore(&self.surface);
        }
        painted
    }

    fn observed(&self, entries: &Array, first_report: bool) {
        let (mut entered, mut left) = (Vec::new(), Vec::new());
        {
            let mut visible = self.visible.borrow_mut();
            for entry in entries.iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                let near = entry.is_intersecting();
                if !near && first_report {
                    // The first report names every chunk of the text; most are far away.
                    continue;
                }
                let Some((first_block, end_block)) = chunk_of(&entry.target()) else {
                    continue;
                };
                for block in first_block..end_block {
                    if near && order::put(&mut visible, block) {
                        entered.push(block);
                    } else if !near && order::take(&mut visible, &block) {
                        left.push(block);
                    }
                }
            }
        }
        if !first_report && entered.is_empty() && left.is_empty() {
            return;
        }
        order::sort(&mut entered);
        order::sort(&mut left);
        // Taken out while it runs, since it may paint, scroll or even set another callback.
        let callback = self.on_visibility.take();
        if let Some(mut callback) = callback {
            callback(&entered, &left);
            self.on_visibility.borrow_mut().get_or_insert(callback);
        }
    }
}

/// Adds text. A character that silently turns the direction of what follows (Unicode Standard Annex 9, section 2) gets
/// an element of its own, so that the style can show it.
fn add_text(document: &Document, parent: &Node, text: &str) -> Result<(), JsValue> {
    let mut plain = 0;
    for (at, letter) in text.char_indices() {
        let name = match letter {
            '\u{202A}' => "LRE",
            '\u{202B}' => "RLE",
            '\u{202C}' => "PDF",
            '\u{202D}' => "LRO",
            '\u{202E}' => "RLO",
            '\u{2066}' => "LRI",
            '\u{2067}' => "RLI",
            '\u{2068}' => "FSI",
            '\u{2069}' => "PDI",
            _ => continue,
        };
        let end = at + letter.len_utf8();
        let turn = document.create_element("span")?;
        turn.set_text_content(text.get(at..end));
        turn.set_attribute("data-turn", name)?;
        for node in [text_node(document, text.get(plain..at)), Some(turn.into())].into_iter().flatten() {
            parent.append_child(&node)?;
        }
        plain = end;
    }
    if let Some(rest) = text_node(document, text.get(plain..)) {
        parent.append_child(&rest)?;
    }
    Ok(())
}

fn text_node(document: &Document, text: Option<&str>) -> Option<Node> {
    let text = text.filter(|text| !text.is_empty())?;
    Some(document.create_text_node(text).into())
}

/// Whether the ids, which are in order, hold this one.
fn has(ids: &[String], id: &str) -> bool {
    ids.binary_search_by(|one| one.as_str().cmp(id)).is_ok()
}
