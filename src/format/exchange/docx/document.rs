//! The main part of a document as a text. One pass, without recursion; memory grows with the text and with one table.

use std::collections::BTreeMap;

use super::super::prose::{Piece, Prose};
use super::looks::{Looks, Properties};
use super::xml::{Event, Part, attribute, is_on, local};
use crate::format::Problem;

/// A table one of whose cells has more bytes of text lays the page out and holds running text.
const MOST_IN_A_CELL: usize = 600;
/// The deepest that tables and text boxes may lie in each other.
const MOST_DEPTH: usize = 60;

/// What was found.
pub(super) struct Found {
    pub(super) text: String,
    pub(super) problems: Vec<Problem>,
}

pub(super) fn parse(xml: &str, looks: &Looks) -> Found {
    let mut part = Part::new(xml);
    let mut writer = Writer::new(looks);
    while let Some(event) = part.next() {
        match event {
            Event::Open(element) => writer.open(&element),
            Event::Close(name) => writer.close(&name),
            Event::Words(words) => writer.words(&words),
        }
    }
    writer.finish(part.broken)
}

type Block = (Piece, String);

/// A paragraph on its way.
#[derive(Default)]
struct Paragraph {
    own: Properties,
    text: String,
    /// The blocks of text boxes that hang on it; they follow it.
    hanging: Vec<Block>,
    /// Whether its end was deleted, so that the next one goes on with it.
    goes_on: bool,
}

/// A table on its way: rows of cells of blocks.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<Vec<Block>>>,
}

/// What has been counted.
#[derive(Default)]
struct Counts {
    inserted: usize,
    deleted: usize,
    notes: usize,
    comments: usize,
    hidden: usize,
    symbols: usize,
}

/// Where blocks go.
enum Place {
    Table(Table),
    /// A text box, which takes up the paragraphs that are open inside it.
    Box(Vec<Block>),
}

struct Writer<'l> {
    looks: &'l Looks,
    prose: Prose,
    paragraphs: Vec<Paragraph>,
    places: Vec<Place>,
    /// How many elements around the place are not read.
    unread: usize,
    /// Whether words are text, and the run's text is not hidden.
    in_text: bool,
    in_run: bool,
    is_hidden: bool,
    /// Whether the place is among a paragraph's properties.
    in_properties: bool,
    /// The words of a paragraph that goes on in the next one.
    carried: String,
    counters: BTreeMap<(String, usize), u32>,
    counts: Counts,
    is_too_deep: bool,
}

impl<'l> Writer<'l> {
    fn new(looks: &'l Looks) -> Self {
        Self {
            looks,
            prose: Prose::default(),
            paragraphs: Vec::new(),
            places: Vec::new(),
            unread: 0,
            in_text: false,
            in_run: false,
            is_hidden: false,
            in_properties: false,
            carried: String::new(),
            counters: BTreeMap::new(),
            counts: Counts::default(),
            is_too_deep: false,
        }
    }

    fn open(&mut self, element: &quick_xml::events::BytesStart<'_>) {
        let name = local(element);
        // What was deleted or moved away, the second form of what newer programs draw, and codes of fields.
        // And what properties a tracked change has replaced.
        let is_unread = name.ends_with("Change")
            || matches!(name, "del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "delInstrText");
        if self.unread > 0 || is_unread {
            let is_change = matches!(name, "del" | "moveFrom") && self.unread == 0 && self.in_paragraph();
            self.counts.deleted += usize::from(is_change && !self.in_run);
            if is_change
                && self.in_properties
                && let Some(paragraph) = self.paragraphs.last_mut()
            {
                paragraph.goes_on = true;
            }
            self.unread += 1;
            return;
        }
        match name {
            "p" => {
                let text = std::mem::take(&mut self.carried);
                self.paragraphs.push(Paragraph { text, ..Paragraph::default() });
            }
            "pPr" => self.in_properties = true,
            "r" => (self.in_run, self.is_hidden) = (true, false),
            "t" => self.in_text = true,
            "tab" if self.in_run => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "softHyphen" => self.push("\u{AD}"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "sym" => self.symbol(element),
            "vanish" if self.in_run && is_on(element) => {
                self.is_hidden = true;
                self.counts.hidden += 1;
            }
            "ins" | "moveTo" if self.in_paragraph() => self.counts.inserted += 1,
            "footnoteReference" | "endnoteReference" => self.counts.notes += 1,
            "commentReference" => self.counts.comments += 1,
            "tbl" => self.enter(Place::Table(Table::default())),
            "txbxContent" => self.enter(Place::Box(Vec::new())),
            "tr" => {
                if let Some(Place::Table(table)) = self.places.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            "tc" => {
                if let Some(Place::Table(table)) = self.places.last_mut()
                    && let Some(row) = table.rows.last_mut()
                {
                    row.push(Vec::new());
                }
            }
            _ => {
                if let Some(paragraph) = self.paragraphs.last_mut().filter(|_| !self.in_run) {
                    paragraph.own.take(element);
                }
            }
        }
    }

    fn close(&mut self, name: &str) {
        if self.unread > 0 {
            self.unread -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "r" => self.in_run = false,
            "pPr" => self.in_properties = false,
            "t" => self.in_text = false,
            "tbl" | "txbxContent" => self.leave(),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.unread == 0 && self.in_text {
            self.push(words);
        }
    }

    fn push(&mut self, words: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|_| !self.is_hidden) {
            paragraph.text.push_str(words);
        }
    }

    const fn in_paragraph(&self) -> bool {
        !self.paragraphs.is_empty()
    }

    /// A sign of a font of signs: the few that stand in running texts, and for others that there was one.
    fn symbol(&mut self, element: &quick_xml::events::BytesStart<'_>) {
        let code = attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        let font = attribute(element, "font").unwrap_or_default();
        let sign = match code {
            Some(0xF0B7) => '•',
            Some(0xF0A7) => '▪',
            Some(0xF0E0) if font == "Wingdings" => '→',
            Some(0xF0FC) if font == "Wingdings" => '✓',
            Some(code) if !(0xF000..=0xF0FF).contains(&code) => char::from_u32(code).unwrap_or('\u{FFFD}'),
            _ => '\u{FFFD}',
        };
        self.counts.symbols += usize::from(sign == '\u{FFFD}');
        self.push(sign.encode_utf8(&mut [0; 4]));
    }

    fn enter(&mut self, place: Place) {
        self.is_too_deep |= MOST_DEPTH < self.places.len();
        if self.is_too_deep {
            // From here on nothing is read any more.
            self.unread = 1;
            return;
        }
        // A text box lies inside a run, whose state its own runs change.
        self.in_run = false;
        self.is_hidden = false;
        self.places.push(place);
    }

    fn leave(&mut self) {
        match self.places.pop() {
            Some(Place::Table(table)) => {
                for block in table.blocks() {
                    self.place(block);
                }
            }
            Some(Place::Box(blocks)) => match self.paragraphs.last_mut() {
                Some(paragraph) => paragraph.hanging.extend(blocks),
                None => blocks.into_iter().for_each(|block| self.place(block)),
            },
            None => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        if paragraph.goes_on {
            self.carried = paragraph.text;
        } else if !paragraph.text.trim().is_empty() {
            let piece = self.piece(&paragraph.own);
            self.place((piece, paragraph.text));
        }
        for block in paragraph.hanging {
            self.place(block);
        }
    }

    /// Puts a block where the text goes on.
    fn place(&mut self, block: Block) {
        match self.places.last_mut() {
            Some(Place::Box(blocks)) => blocks.push(block),
            Some(Place::Table(table)) => {
                if let Some(cell) = table.rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.push(block);
                }
            }
            None => self.prose.push(block.0, &block.1),
        }
    }

    fn piece(&mut self, own: &Properties) -> Piece {
        if let Some(level) = self.looks.heading(own) {
            return Piece::Heading(level);
        }
        let Some((list, depth, level)) = self.looks.item(own) else { return Piece::Paragraph };
        // A new item begins the lists inside it anew.
        self.counters.retain(|(known, at), _| *known != list || *at <= depth);
        if !level.counts {
            return Piece::Item(depth, None);
        }
        let counter = self.counters.entry((list, depth)).or_insert(level.start);
        let number = *counter;
        *counter = counter.saturating_add(1);
        Piece::Item(depth, (number <= 999).then_some(number))
    }

    fn finish(mut self, broken: Option<String>) -> Found {
        // What was open when a broken part ended is kept.
        while !self.paragraphs.is_empty() || !self.places.is_empty() {
            self.end_paragraph();
            self.leave();
        }
        let mut problems: Vec<Problem> =
            broken.map(|reason| Problem::BrokenXml { reason }).into_iter().collect();
        if self.is_too_deep {
            problems.push(Problem::PageCut);
        }
        let Counts { inserted, deleted, notes, comments, hidden, symbols } = self.counts;
        if inserted + deleted > 0 {
            problems.push(Problem::TrackedChanges { inserted, deleted });
        }
        for (what, count) in
            [("footnotes and endnotes", notes), ("comments", comments), ("stretches of hidden text", hidden)]
        {
            if count > 0 {
                problems.push(Problem::LeftBehind { what, count });
            }
        }
        if symbols > 0 {
            problems
                .push(Problem::Undecodable { encoding: "text (they are signs of a font)", count: symbols });
        }
        Found { text: self.prose.finish(), problems }
    }
}

impl Table {
    /// The rows of a table, a tab between the cells, or the blocks of cells that only lay out the page.
    fn blocks(self) -> Vec<Block> {
        let length = |cell: &Vec<Block>| cell.iter().map(|(_, text)| text.len()).sum::<usize>();
        let is_layout = self.rows.iter().all(|row| row.len() < 2)
            || self.rows.iter().flatten().any(|cell| MOST_IN_A_CELL < length(cell))
            || self.rows.iter().flatten().flatten().any(|(piece, _)| matches!(piece, Piece::Heading(_)));
        if is_layout {
            return self.rows.into_iter().flatten().flatten().collect();
        }
        let cell = |cell: &Vec<Block>| {
            let texts: Vec<&str> = cell.iter().flat_map(|(_, text)| text.split_whitespace()).collect();
            texts.join(" ")
        };
        let rows = self.rows.iter().map(|row| {
            let cells: Vec<String> = row.iter().map(cell).collect();
            (Piece::Row, cells.join("\t"))
        });
        rows.collect()
    }
}
