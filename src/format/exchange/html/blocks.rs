//! The text of a part of a page, block by block: headings, paragraphs, items of lists, rows of tables. White space is
//! what HTML makes of it, and quotation marks stand where an element demands them; nothing else is added or dropped.

use dom_query::{NodeData, NodeRef};

use super::super::prose::{Piece, Prose};

/// Elements whose content is no text of the page.
const SILENT: &str = " head script style noscript template iframe object embed svg canvas audio video picture select \
                      datalist textarea input button progress meter map rp frameset link meta title ";

/// Elements that begin and end a block.
const BLOCKS: &str = " html body address article aside blockquote center dd details dialog dir div dl dt fieldset \
                      figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p \
                      pre search section summary ul table caption thead tbody tfoot tr optgroup option ";

/// Elements that make a cell a part of the page's layout instead of one of a table.
const LAYOUT: &str = " h1 h2 h3 h4 h5 h6 ul ol table blockquote article section ";
/// A cell with more bytes of text is one of the layout.
const MOST_IN_A_CELL: usize = 600;
/// Ends a paragraph inside an element; Unicode gives it no meaning, so no text has it.
pub(super) const PARAGRAPH_END: char = '\u{FDD0}';
/// How many nodes of a table are looked at.
const LOOK: usize = 2_000;

fn is_in(names: &str, name: &str) -> bool {
    // Names hold no blanks, so a match is a whole one.
    let found = memchr::memmem::find_iter(names.as_bytes(), name.as_bytes());
    let is_whole = |at: usize| {
        let bytes = names.as_bytes();
        at > 0 && bytes.get(at - 1) == Some(&b' ') && bytes.get(at + name.len()) == Some(&b' ')
    };
    !name.is_empty() && found.into_iter().any(is_whole)
}

/// Whether what an element of that name holds is no text of the page.
pub(super) fn is_silent(name: &str) -> bool {
    is_in(SILENT, name)
}

/// Whether an element of that name begins and ends a block.
pub(super) fn is_block(name: &str) -> bool {
    is_in(BLOCKS, name)
}

/// The text below a node, itself included.
pub(super) fn text_of(root: &NodeRef<'_>) -> String {
    let mut writer = Writer::default();
    let mut node = *root;
    // Depth first and without recursion: pages may be nested deep.
    'walk: loop {
        let enters = writer.enter(&node);
        let mut next = enters.then(|| node.first_child()).flatten();
        if next.is_none() {
            writer.leave(&node, enters);
        }
        while next.is_none() {
            if node.id == root.id {
                break 'walk;
            }
            next = node.next_sibling();
            if next.is_none() {
                let Some(parent) = node.parent() else { break 'walk };
                writer.leave(&parent, true);
                node = parent;
            }
        }
        if let Some(next) = next {
            node = next;
        }
    }
    writer.finish()
}

/// A list that is open.
struct List {
    /// The number of its next item, where it counts.
    number: Option<u32>,
}

/// Writes the text of elements as they begin and end.
#[derive(Default)]
pub(super) struct Writer {
    prose: Prose,
    /// The block on its way, its white space collapsed.
    line: String,
    /// Whether white space stands before the next letter.
    has_gap: bool,
    heading: Option<usize>,
    /// How many elements are open whose white space stays.
    kept: usize,
    lists: Vec<List>,
    /// The mark of an item that has no block yet.
    item: Option<Piece>,
    /// For each open table whether it is one, and not the page's layout.
    tables: Vec<bool>,
}

impl Writer {
    /// Takes a node's beginning into account; answers whether what lies inside counts.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        let is_text = node.query_or(false, |node| match &node.data {
            NodeData::Text { contents } => {
                self.write(contents);
                true
            }
            _ => false,
        });
        if is_text {
            return false;
        }
        let Some(name) = name(node) else { return node.may_have_children() && !node.is_comment() };
        if is_silent(&name) {
            return false;
        }
        let is_data = || is_table(node);
        self.begin(&name, &is_data, &|key| node.attr(key).map(|value| value.to_string()));
        true
    }

    /// Takes the beginning of an element into account that has text; for a table it may ask whether it holds data.
    pub(super) fn begin(
        &mut self,
        name: &str,
        is_data: &dyn Fn() -> bool,
        attribute: &dyn Fn(&str) -> Option<String>,
    ) {
        let in_table = self.tables.last() == Some(&true);
        match name {
            "br" => self.break_line(),
            "q" => self.write("“"),
            "td" | "th" if in_table => {
                if !self.line.is_empty() {
                    self.line.push('\t');
                    self.has_gap = false;
                }
            }
            "td" | "th" => self.flush(),
            _ if !is_block(name) => {}
            _ if in_table && !matches!(name, "tr" | "table" | "thead" | "tbody" | "tfoot" | "caption") => {
                self.has_gap = true;
            }
            _ => {
                self.flush();
                self.open(name, is_data, attribute);
            }
        }
    }

    fn open(&mut self, name: &str, is_data: &dyn Fn() -> bool, attribute: &dyn Fn(&str) -> Option<String>) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = level(name),
            "pre" => self.kept += 1,
            "table" => self.tables.push(is_data()),
            "ul" | "menu" | "dir" => self.lists.push(List { number: None }),
            "ol" => {
                let start = attribute("start").and_then(|start| start.trim().parse().ok());
                self.lists.push(List { number: Some(start.unwrap_or(1)) });
            }
            "li" => {
                let depth = self.lists.len().saturating_sub(1);
                let list = self.lists.last_mut();
                let stated = attribute("value").and_then(|value| value.trim().parse().ok());
                let number = list.and_then(|list| {
                    let number = stated.or(list.number)?;
                    list.number = Some(number.saturating_add(1));
                    // More digits are no mark of an item.
                    (number <= 999).then_some(number)
                });
                self.item = Some(Piece::Item(depth, number));
            }
            _ => {}
        }
    }

    fn leave(&mut self, node: &NodeRef<'_>, entered: bool) {
        if let Some(name) = name(node).filter(|_| entered) {
            self.end(&name);
        }
    }

    /// Takes the end of an element into account.
    pub(super) fn end(&mut self, name: &str) {
        let in_table = self.tables.last() == Some(&true);
        match name {
            "q" => self.write("”"),
            "td" | "th" if !in_table => self.flush(),
            _ if !is_block(name) => {}
            _ if in_table && !matches!(name, "tr" | "table" | "caption") => self.has_gap = true,
            _ => {
                self.flush();
                match name {
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
                    "pre" => self.kept = self.kept.saturating_sub(1),
                    "table" => drop(self.tables.pop()),
                    "ul" | "menu" | "dir" | "ol" => drop(self.lists.pop()),
                    "li" => self.item = None,
                    _ => {}
                }
            }
        }
    }

    /// Adds words.
    pub(super) fn write(&mut self, words: &str) {
        if self.kept > 0 {
            return self
                .line
                .extend(words.chars().map(|letter| if letter == PARAGRAPH_END { '\n' } else { letter }));
        }
        // The white space of HTML; a no-break space is a letter.
        let is_between = |letter| matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{C}' | PARAGRAPH_END);
        let mut rest = words;
        while let Some(at) = rest.find(is_between) {
            let (word, tail) = rest.split_at(at);
            self.word(word);
            match tail.strip_prefix(PARAGRAPH_END) {
                Some(tail) => {
                    self.break_line();
                    self.break_line();
                    rest = tail;
                }
                None => {
                    self.has_gap = true;
                    rest = tail.get(1..).unwrap_or_default();
                }
            }
        }
        self.word(rest);
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if std::mem::take(&mut self.has_gap) && !self.line.is_empty() && !self.line.ends_with(['\n', '\t']) {
            self.line.push(' ');
        }
        self.line.push_str(word);
    }

    fn break_line(&mut self) {
        if self.tables.last() == Some(&true) {
            self.has_gap = true;
        } else {
            self.line.push('\n');
            self.has_gap = false;
        }
    }

    /// No heading is open any more, whether or not its end was told.
    pub(super) fn end_heading(&mut self) {
        if self.heading.is_some() {
            self.flush();
            self.heading = None;
        }
    }

    /// The text.
    pub(super) fn finish(mut self) -> String {
        self.flush();
        self.prose.finish()
    }

    /// Ends the block on its way.
    fn flush(&mut self) {
        self.has_gap = false;
        let line = std::mem::take(&mut self.line);
        if line.trim().is_empty() {
            return;
        }
        let piece = match (self.heading, self.item.take(), self.tables.last()) {
            (Some(level), item, _) => {
                self.item = item;
                Piece::Heading(level)
            }
            (None, Some(item), _) => item,
            (None, None, Some(true)) => Piece::Row,
            (None, None, _) => Piece::Paragraph,
        };
        // Two line breaks and more set paragraphs apart, as they do to the eye.
        if piece == Piece::Paragraph && self.kept == 0 {
            for part in line.split("\n\n") {
                self.prose.push(piece, part);
            }
        } else {
            self.prose.push(piece, &line);
        }
    }
}

fn name(node: &NodeRef<'_>) -> Option<String> {
    node.element_ref().map(|element| element.name.local.to_string())
}

fn level(name: &str) -> Option<usize> {
    name.strip_prefix('h').and_then(|level| level.parse().ok())
}

/// Whether a table holds data; many pages lay themselves out by one.
pub(super) fn is_table(table: &NodeRef<'_>) -> bool {
    let mut columns = 0;
    for node in table.descendants_it().take(LOOK) {
        let Some(name) = name(&node) else { continue };
        if is_in(LAYOUT, &name) {
            return false;
        }
        if matches!(&*name, "td" | "th") {
            let row = node.parent();
            columns = columns
                .max(row.map_or(0, |row| row.children_it(false).filter(NodeRef::is_element).take(3).count()));
            let texts = node.descendants_it().take(LOOK / 10).filter(NodeRef::is_text);
            if MOST_IN_A_CELL < texts.map(|text| text.text().len()).sum() {
                return false;
            }
        }
    }
    1 < columns
}
