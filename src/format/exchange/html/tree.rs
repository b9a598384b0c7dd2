//! The tree of a page, parsed as browsers parse. The page is fed in small pieces and the tree looked at in between, so
//! that no page grows it beyond what memory and time allow: what follows then is not in it, and that is told.

use std::borrow::Cow;
use std::cell::Cell;

use dom_query::{Document, NodeId};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

/// How many bytes are parsed before the tree is looked at again: too few for it to grow far in between.
const PIECE: usize = 256;
/// The deepest that elements may lie inside each other; browsers allow 512.
const MOST_DEPTH: usize = 400;
/// The most elements and stretches of text. Long pages have some 50,000.
const MOST_NODES: usize = 300_000;

/// What a node takes, in bytes: with what it takes while the list of all grows to twice its length, half as much again.
const NODE: usize = 240;
/// And an attribute.
const ATTRIBUTE: usize = 64;
/// So many bytes may a tree take for a byte of the page, and so many for any page.
const MOST_OF_A_BYTE: usize = 15;
const MOST_OF_ANY: usize = 900_000;

/// Parses a page, of so many bytes before it was decoded; answers too whether it had to stop before its end, because the page is nested too deep, has too many
/// parts, or is hardly anything but tags, of which the tree would take far more memory than the page.
pub(super) fn parse(html: &str, bytes: usize) -> (Document, bool) {
    let opts = ParseOpts {
        tokenizer: TokenizerOpts::default(),
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
    };
    let mut parser = parse_document(Growing::default(), opts);
    let mut rest = html;
    while !rest.is_empty() {
        let mut end = PIECE.min(rest.len());
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (piece, after) = rest.split_at(end);
        parser.process(StrTendril::from_slice(piece));
        rest = after;
        let tree = &parser.tokenizer.sink.sink;
        if tree.is_overgrown() || MOST_OF_A_BYTE * bytes + MOST_OF_ANY < tree.weight() {
            break;
        }
    }
    (parser.finish(), !rest.is_empty())
}

/// A tree while it grows.
#[derive(Default)]
struct Growing {
    document: Document,
    /// The element that was made last.
    latest: Cell<Option<NodeId>>,
    /// How many attributes there are.
    attributes: Cell<usize>,
}

impl Growing {
    /// What the tree will take in bytes once it has grown by another piece of the page.
    fn weight(&self) -> usize {
        NODE * (self.document.tree.len() + PIECE / 2).next_power_of_two() + ATTRIBUTE * self.attributes.get()
    }

    fn is_overgrown(&self) -> bool {
        let tree = &self.document.tree;
        let depth = |node: NodeId| tree.ancestor_ids_of_it(&node, None).take(MOST_DEPTH + 1).count();
        MOST_NODES < tree.len() || self.latest.take().is_some_and(|node| MOST_DEPTH < depth(node))
    }
}

impl TreeSink for Growing {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = <Document as TreeSink>::ElemName<'a>;

    fn finish(self) -> Document {
        self.document
    }

    fn parse_error(&self, _: Cow<'static, str>) {
        // Hardly a page is without.
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.attributes.set(self.attributes.get() + attrs.len());
        let made = self.document.create_element(name, attrs, flags);
        self.latest.set(Some(made));
        made
    }

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.document.elem_name(target)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.document.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.document.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.document.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        self.document.append_based_on_parent_node(element, before, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.document.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.document.get_template_contents(target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.document.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.document.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        TreeSink::remove_from_parent(&self.document, target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(handle)
    }
}
