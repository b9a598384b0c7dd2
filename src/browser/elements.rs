//! Makes the elements of a text: one a block, in chunks that the browser lays out and that we watch as a whole.
//! The text content of an element is exactly the text of its block.

use js_sys::JsString;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DocumentFragment, Element, HtmlElement};

use super::painter::{BlockSpec, BlockTag};
use super::surface::{Block, Chunk};

/// The most blocks that are laid out and watched together, and the most UTF-16 units of text from which on no
/// further block joins them.
const CHUNK_BLOCKS: usize = 16;
const CHUNK_UTF16: u32 = 6_000;

/// From this length on, in UTF-16 units, the browser is asked to lay out only what is near the viewport. For
/// less it is not worth the guesses about heights, which make the scroll bar jump.
const LONG_UTF16: u32 = 50_000;

/// A guess at the height of a text for the scroll bar: units in a line, and the height of a line and of the
/// space around a block in `em`.
const UNITS_A_LINE: u32 = 75;
const LINE_TENTHS: u32 = 16;
const BLOCK_TENTHS: u32 = 8;

/// The elements of a text, not yet in the page.
pub struct Elements {
    pub fragment: DocumentFragment,
    pub blocks: Vec<Block>,
    pub chunks: Vec<Chunk>,
}

impl Elements {
    /// Each block is a copy of a model, its numbers go over as numbers, and the text goes over once: strings are what
    /// costs.
    pub fn of(document: &Document, text: &str, specs: &[BlockSpec]) -> Result<Self, JsValue> {
        let mut built = Self {
            fragment: document.create_document_fragment(),
            blocks: Vec::with_capacity(specs.len()),
            chunks: Vec::new(),
        };
        let [heading, paragraph, item] =
            [document.create_element("h2")?, document.create_element("p")?, document.create_element("li")?];
        let (data_block, data_start) = (JsString::from("data-block"), JsString::from("data-start"));
        let finds_direction = may_run_right_to_left(text);
        let text = JsString::from(text);
        let mut list: Option<Element> = None;
        for (index, spec) in specs.iter().enumerate() {
            let model = match spec.tag {
                BlockTag::H2 => &heading,
                BlockTag::P => &paragraph,
                BlockTag::Li => &item,
            };
            let element: Element = model.clone_node()?.unchecked_into();
            let filled = element.unchecked_ref::<FilledElement>();
            filled.set_number(&data_block, u32::try_from(index).unwrap_or(u32::MAX));
            filled.set_number(&data_start, spec.start);
            if spec.gap {
                element.set_class_name("gap");
            }
            if finds_direction {
                element.set_attribute("dir", "auto")?;
            }
            filled.set_text(&text.substring(spec.start, spec.start.saturating_add(spec.length)));

            let (chunk, is_new) = built.chunk_for(document, index, spec.start)?;
            if is_new || spec.tag != BlockTag::Li {
                // A list that goes on in the next chunk is cut there.
                list = None;
            }
            if spec.tag == BlockTag::Li {
                let parent = match list.take() {
                    Some(parent) => parent,
                    None => {
                        let parent = document.create_element("ul")?;
                        chunk.append_child(&parent)?;
                        parent
                    }
                };
                parent.append_child(&element)?;
                list = Some(parent);
            } else {
                chunk.append_child(&element)?;
            }
            built.blocks.push(Block { element, start_utf16: spec.start, length_utf16: spec.length });
        }
        built.finish_chunks()?;
        Ok(built)
    }

    /// The chunk that takes the next block, and whether it has been made for it.
    fn chunk_for(
        &mut self,
        document: &Document,
        block: usize,
        start_utf16: u32,
    ) -> Result<(Element, bool), JsValue> {
        if let Some(chunk) = self.chunks.last_mut() {
            let chunk_start_utf16 = self.blocks.get(chunk.first_block).map_or(0, |first| first.start_utf16);
            let has_room = block - chunk.first_block < CHUNK_BLOCKS
                && start_utf16.saturating_sub(chunk_start_utf16) < CHUNK_UTF16;
            if has_room {
                chunk.end_block = block + 1;
                return Ok((chunk.element.clone(), false));
            }
        }
        let element = document.create_element("div")?;
        element.set_class_name("chunk");
        self.fragment.append_child(&element)?;
        self.chunks.push(Chunk { element: element.clone(), first_block: block, end_block: block + 1 });
        Ok((element, true))
    }

    /// Writes on every chunk which blocks it holds, and lets those of a long text be laid out only when they
    /// come near the viewport, with a guess at their height until then.
    fn finish_chunks(&self) -> Result<(), JsValue> {
        let is_long = LONG_UTF16 <= self.blocks.last().map_or(0, Block::end_utf16);
        for chunk in &self.chunks {
            chunk.element.set_attribute(CHUNK, &format!("{} {}", chunk.first_block, chunk.end_block))?;
            if is_long {
                let blocks = self.blocks.get(chunk.first_block..chunk.end_block).unwrap_or_default();
                let tenths: u32 = blocks
                    .iter()
                    .map(|block| block.length_utf16.div_ceil(UNITS_A_LINE) * LINE_TENTHS + BLOCK_TENTHS)
                    .sum();
                let style = chunk.element.unchecked_ref::<HtmlElement>().style();
                style.set_property("content-visibility", "auto")?;
                style.set_property(
                    "contain-intrinsic-block-size",
                    &format!("auto {}.{}em", tenths / 10, tenths % 10),
                )?;
            }
        }
        Ok(())
    }
}

/// The attribute of a chunk that holds its first block and one past its last.
const CHUNK: &str = "data-chunk";

/// The first block of a chunk and one past its last.
pub fn chunk_of(element: &Element) -> Option<(usize, usize)> {
    let range = element.get_attribute(CHUNK)?;
    let (first_block, end_block) = range.split_once(' ')?;
    Some((first_block.parse().ok()?, end_block.parse().ok()?))
}

/// Whether a text may hold a character of a script that is written from right to left, all of which lie in these
/// ranges of Unicode; only then must the browser find out the direction of each block.
fn may_run_right_to_left(text: &str) -> bool {
    !text.is_ascii()
        && text.chars().any(|character| {
            matches!(character, '\u{590}'..='\u{8FF}' | '\u{200F}' | '\u{202B}' | '\u{202E}' | '\u{2067}'
                | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
                | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
        })
}

#[wasm_bindgen]
extern "C" {
    type FilledElement;

    /// Sets an attribute to a number, which the browser writes out by itself.
    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set_number(this: &FilledElement, name: &JsString, number: u32);

    /// Sets the content to a text that the browser has already.
    #[wasm_bindgen(method, setter, js_name = textContent)]
    fn set_text(this: &FilledElement, text: &JsString);
}
