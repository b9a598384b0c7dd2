//! Guidelines, written in Markdown (CommonMark 0.31 with tables), as a tree that the page makes views of. What could
//! harm is not in it: HTML is text, pictures are their words, and links lead by http, https or mail only.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Deeper than this below each other, parts are taken for parts of what is around them.
const MOST_LEVELS: usize = 24;

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Words.
    Text(String),
    /// The end of a line.
    Break,
    /// A line across.
    Rule,
    /// Code in a line or in lines of its own.
    Code {
        /// The code.
        code: String,
        /// Whether it has lines of its own.
        block: bool,
    },
    /// Something with parts.
    Part(Part, Vec<Self>),
}

/// What has parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading, the greatest is 1.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// Words of somebody else.
    Quote,
    /// A list; one with numbers begins with this one.
    List(Option<u64>),
    /// An entry of a list.
    Item,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a table, and whether it names a column.
    Cell(bool),
    /// Words with some stress.
    Emphasis,
    /// Words with much stress.
    Strong,
    /// A link with its address.
    Link(String),
}

/// Reads a page. Linear in its length.
///
/// ```
/// use rubricator::format::guidelines::{Node, Part, parse};
/// let page = parse("# Claims\n\nSee [this](javascript:alert(1)).");
/// assert_eq!(page[0], Node::Part(Part::Heading(1), vec![Node::Text("Claims".to_owned())]));
/// let Node::Part(Part::Paragraph, words) = &page[1] else { panic!("no paragraph") };
/// assert!(words.iter().all(|node| matches!(node, Node::Text(_))));
/// ```
pub fn parse(markdown: &str) -> Vec<Node> {
    let mut tree = Tree { open: vec![(None, Vec::new())], code: None, in_head: false };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        tree.take(event);
    }
    while 1 < tree.open.len() {
        tree.close();
    }
    tree.open.pop().map(|(_, nodes)| nodes).unwrap_or_default()
}

struct Tree {
    /// What is open, the outermost first. Without a part, what is in it belongs to what is around it.
    open: Vec<(Option<Part>, Vec<Node>)>,
    /// The block of code that is open.
    code: Option<String>,
    in_head: bool,
}

impl Tree {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(TagEnd::CodeBlock) => {
                let code = self.code.take().unwrap_or_default();
                self.push(Node::Code { code: code.trim_end().to_owned(), block: true });
            }
            Event::End(_) => self.close(),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.push_text(&text),
            },
            Event::Code(code) => self.push(Node::Code { code: code.into_string(), block: false }),
            Event::SoftBreak => self.push_text(" "),
            Event::HardBreak => self.push(Node::Break),
            Event::Rule => self.push(Node::Rule),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.push_text(&text);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let part = match tag {
            Tag::CodeBlock(_) => {
                self.code = Some(String::new());
                return;
            }
            Tag::Paragraph | Tag::HtmlBlock => Some(Part::Paragraph),
            Tag::Heading { level, .. } => Some(Part::Heading(level_of(level))),
            Tag::BlockQuote(_) => Some(Part::Quote),
            Tag::List(first) => Some(Part::List(first)),
            Tag::Item => Some(Part::Item),
            Tag::Table(_) => Some(Part::Table),
            Tag::TableHead => {
                self.in_head = true;
                Some(Part::Row)
            }
            Tag::TableRow => {
                self.in_head = false;
                Some(Part::Row)
            }
            Tag::TableCell => Some(Part::Cell(self.in_head)),
            Tag::Emphasis => Some(Part::Emphasis),
            Tag::Strong => Some(Part::Strong),
            Tag::Link { dest_url, .. } => is_harmless(&dest_url).then(|| Part::Link(dest_url.into_string())),
            _ => None,
        };
        let part = part.filter(|_| self.open.len() < MOST_LEVELS);
        self.open.push((part, Vec::new()));
    }

    fn close(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        let Some((part, nodes)) = self.open.pop() else { return };
        match part {
            Some(part) => self.push(Node::Part(part, nodes)),
            None => nodes.into_iter().for_each(|node| self.push(node)),
        }
    }

    fn push(&mut self, node: Node) {
        if let Some((_, nodes)) = self.open.last_mut() {
            nodes.push(node);
        }
    }

    fn push_text(&mut self, text: &str) {
        match self.open.last_mut().and_then(|(_, nodes)| nodes.last_mut()) {
            Some(Node::Text(before)) => before.push_str(text),
            _ => self.push(Node::Text(text.to_owned())),
        }
    }
}

/// Whether an address leads by http, https or mail, as browsers read it: blanks and control characters before it do
/// not count, and those in it make it another one.
fn is_harmless(address: &str) -> bool {
    let address = address.trim_start_matches(|letter: char| letter.is_control() || letter.is_whitespace());
    let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
    address.contains(':') && matches!(scheme.as_str(), "http" | "https" | "mailto")
}

const fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page in short: parts by their names, links with their address.
    fn short(markdown: &str) -> String {
        fn of(node: &Node) -> String {
            match node {
                Node::Text(text) => text.clone(),
                Node::Break => "/".to_owned(),
                Node::Rule => "---".to_owned(),
                Node::Code { code, .. } => format!("`{code}`"),
                Node::Part(part, nodes) => {
                    let name = match part {
                        Part::Heading(level) => format!("h{level}"),
                        Part::Paragraph => "p".to_owned(),
                        Part::Quote => "q".to_owned(),
                        Part::List(first) => first.map_or("ul".to_owned(), |first| format!("ol{first}")),
                        Part::Item => "li".to_owned(),
                        Part::Table => "table".to_owned(),
                        Part::Row => "tr".to_owned(),
                        Part::Cell(head) => if *head { "th" } else { "td" }.to_owned(),
                        Part::Emphasis => "em".to_owned(),
                        Part::Strong => "b".to_owned(),
                        Part::Link(address) => format!("a={address}"),
                    };
                    format!("<{name}>{}</>", nodes.iter().map(of).collect::<String>())
                }
            }
        }
        parse(markdown).iter().map(of).collect()
    }

    #[test]
    fn a_page_has_its_parts() {
        assert_eq!(short("# A *b*\n\nc **d**  \ne `f`"), "<h1>A <em>b</></><p>c <b>d</>/e `f`</>");
        assert_eq!(short("2. x\n3. y\n\n> z"), "<ol2><li>x</><li>y</></><q><p>z</></>");
        assert_eq!(short("|a|\n|-|\n|b|"), "<table><tr><th>a</></><tr><td>b</></></>");
        assert_eq!(short("```\nx < y\n```"), "`x < y`");
    }

    #[test]
    fn what_could_harm_is_words() {
        assert_eq!(short("<script>alert(1)</script>"), "<p><script>alert(1)</script></>");
        assert_eq!(short("a <b onclick=x>b</b>"), "<p>a <b onclick=x>b</b></>");
        for address in [
            "javascript:x",
            "JavaScript:x",
            "data:text/html,x",
            "//x.org",
            "x",
            "vbscript:x",
            "&#1;javascript:x",
        ] {
            assert_eq!(short(&format!("[a]({address})")), "<p>a</>", "{address}");
        }
        assert_eq!(
            short("[a](https://x.org) <mailto:b@x.org>"),
            "<p><a=https://x.org>a</> <a=mailto:b@x.org>mailto:b@x.org</></>"
        );
        assert_eq!(short("![words](https://x.org/p.png)"), "<p>words</>");
    }

    #[test]
    fn parts_in_parts_end_somewhere() {
        let deep = format!("{}a", "> ".repeat(10_000));
        let mut node = &parse(&deep)[0];
        let mut levels = 0;
        while let Node::Part(_, nodes) = node {
            levels += 1;
            node = &nodes[0];
        }
        assert!(levels <= MOST_LEVELS);
    }
}
