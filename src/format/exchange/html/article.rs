//! The main text of a page: menus, notices, comments and what else surrounds an article are cleared away, and the rest
//! is judged as readers' views judge it (<https://github.com/mozilla/readability>). Where that finds nothing to speak
//! of, the page's whole text is its text.

use dom_query::{Document, NodeData, NodeRef};
use dom_smoothie::{Config, Readability};

use super::about::{same, words};
use super::blocks::{PARAGRAPH_END, is_table, text_of};

/// Elements that are never a part of an article.
const NEVER: &str = "script, style, noscript, template, iframe, nav, dialog, svg, [hidden], [role=navigation], \
    [role=search], [role=dialog], [role=alertdialog], [role=menu], [role=menubar], [role=contentinfo], \
    [aria-modal=true], amp-ad, amp-embed, amp-sidebar, amp-consent, amp-user-notification";

/// Words in classes and ids that name what surrounds an article.
const AROUND: &[&str] = &[
    "cookie",
    "consent",
    "gdpr",
    "newsletter",
    "subscribe",
    "subscription",
    "paywall",
    "related",
    "recommended",
    "recirc",
    "outbrain",
    "taboola",
    "comments",
    "disqus",
    "share",
    "sharing",
    "social",
    "breadcrumb",
    "breadcrumbs",
    "advert",
    "advertisement",
    "ads",
    "promo",
    "popup",
    "teaser",
    "teasers",
    "most-read",
    "trending",
    "tags",
    "sidebar",
    "skip-link",
];

/// An element of that name that holds more of the page's text is no surrounding, whatever it is called.
const MOST_SHARE: usize = 3;

/// A page of more elements is too large to be judged: it comes in as a whole.
const MOST_JUDGED: usize = 60_000;
/// The same for its text: bytes, each as often as elements lie around it, since each of them is judged by its text.
const MOST_WEIGHT: usize = 40_000_000;

/// And for the letters that HTML has to escape: the library takes the square of their number.
const MOST_ESCAPES: usize = 15_000;
/// A menu has no more letters.
const MOST_IN_MENU: usize = 1_500;

/// A text with fewer letters is hardly one.
const HARDLY: usize = 200;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Article {
    /// The text with its headings and lists.
    pub(super) text: String,
    /// The author, where one stood beside the text.
    pub(super) author: String,
    /// Whether it is the whole page because it was too large to be judged.
    pub(super) is_whole: bool,
    /// How many letters it has, where that is hardly any.
    pub(super) hardly: Option<usize>,
}

impl Article {
    /// The whole text of a page that is too large to be judged.
    pub(super) fn whole(text: String) -> Self {
        let count = letters(&text);
        Self { text, is_whole: true, hardly: (count < HARDLY).then_some(count), ..Self::default() }
    }
}

/// Finds the main text of a page of that title. What it clears away is gone from the document.
pub(super) fn article(document: Document, title: &str) -> Article {
    let heading = heading(&document, title);
    document.select(NEVER).remove();
    mark_breaks(&document);
    let is_whole = MOST_JUDGED < document.tree.len() || is_heavy(&document);
    let mut everything = text_of(&document.root());
    if !is_whole && (unfold_layout(&document) | clear(&document)) {
        let cleared = text_of(&document.root());
        if !cleared.is_empty() {
            everything = cleared;
        }
    }
    let mut article = Article { is_whole, ..Article::default() };
    if !is_whole && let Some((text, author)) = judged(document) {
        // A main text of a few words in a page that has more is none.
        if HARDLY <= letters(&text) || letters(&everything) < 2 * letters(&text) {
            article.text = text;
            article.author = author;
        }
    }
    if article.text.is_empty() {
        article.text = everything;
    }
    let count = letters(&article.text);
    article.hardly = (count < HARDLY).then_some(count);
    if let Some(heading) = heading.filter(|_| !article.text.is_empty()) {
        let stands = article.text.lines().take(8).any(|line| same(line, &heading));
        if !stands {
            article.text = format!("# {heading}\n\n{}", article.text);
        }
    }
    article
}

/// The main text, and the author if one stood with it.
fn judged(document: Document) -> Option<(String, String)> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
    let found = readability.parse().ok()?;
    let root = readability.doc.select("#readability-page-1");
    let text = text_of(root.nodes().first()?);
    let author = found.byline.map(|author| words(&author)).filter(|author| author.len() < 100);
    Some((text, author.unwrap_or_default()))
}

/// The heading that the page gives its article: the one that says what its title says, or the only one of its level.
fn heading(document: &Document, title: &str) -> Option<String> {
    let all: Vec<String> = document.select("h1").nodes().iter().map(|node| words(&node.text())).collect();
    let says_title =
        |heading: &&String| same(heading, title) || (heading.len() > 12 && title.contains(&***heading));
    let named = all.iter().find(says_title);
    let only = || all.iter().rfind(|heading| !heading.is_empty()).filter(|_| all.len() == 1);
    named.or_else(only).filter(|heading| !heading.is_empty() && heading.len() < 400).cloned()
}

/// Puts the mark of a paragraph's end where line breaks follow each other, so that whatever is done to the tree leaves
/// it in its place.
fn mark_breaks(document: &Document) {
    for first in document.select("br").nodes().iter().filter(|node| node.parent().is_some()) {
        let mut run = Vec::new();
        let mut next = first.next_sibling();
        while let Some(node) = next {
            if node.has_name("br") {
                run.push(node);
            } else if !node.is_comment() && (!node.is_text() || node.is_nonempty_text()) {
                break;
            }
            next = node.next_sibling();
        }
        // Those of the run have no parent any more when their turn comes.
        if !run.is_empty() {
            run.iter().for_each(NodeRef::remove_from_parent);
            first.replace_with(&document.tree.new_text(PARAGRAPH_END.to_string()));
        }
    }
}

/// Whether judging the page would cost too much.
fn is_heavy(document: &Document) -> bool {
    let (mut weight, mut escapes, mut depth) = (0_usize, 0_usize, 0_usize);
    let root = document.root();
    let mut node = root;
    loop {
        let (length, escaped) = node.query_or((0, 0), |node| match &node.data {
            NodeData::Text { contents } => {
                (contents.len(), contents.matches(['&', '<', '>', '\u{A0}']).count())
            }
            _ => (0, 0),
        });
        weight = weight.saturating_add(length * depth);
        escapes += escaped;
        if let Some(child) = node.first_child() {
            (node, depth) = (child, depth + 1);
            continue;
        }
        loop {
            if node.id == root.id {
                return MOST_WEIGHT < weight || MOST_ESCAPES < escapes;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return true };
            (node, depth) = (parent, depth.saturating_sub(1));
        }
    }
}

/// Makes plain parts of the cells by which old pages lay themselves out, so that they are judged one by one, and takes
/// away those that are but lists of links. Says whether there were such.
fn unfold_layout(document: &Document) -> bool {
    let mut were_there = false;
    for table in document.select("table").nodes() {
        if is_table(table) {
            continue;
        }
        for part in table.descendants() {
            if ["tbody", "thead", "tfoot", "tr", "td", "th"].iter().any(|name| part.has_name(name)) {
                part.rename("div");
            }
        }
        table.rename("div");
        were_there = true;
    }
    for part in document.select("div, td").nodes() {
        let links = part.find(&["a"]);
        if links.len() < 3 {
            continue;
        }
        let linked: usize = links.iter().map(|link| letters(&link.text())).sum();
        let all = letters(&part.text());
        if all * 8 < linked * 10 && all < MOST_IN_MENU {
            part.remove_from_parent();
            were_there = true;
        }
    }
    were_there
}

/// Takes away what its name shows to surround an article, unless it holds much of the page. Says whether it did.
fn clear(document: &Document) -> bool {
    let mut has_cleared = false;
    let Some(body) = document.body() else { return false };
    let whole = letters(&body.text());
    for node in document.select("[class], [id]").nodes() {
        let is_root = ["html", "body", "main", "article", "h1"].iter().any(|name| node.has_name(name));
        if !is_root && is_around(node) && MOST_SHARE * letters(&node.text()) < whole {
            node.remove_from_parent();
            has_cleared = true;
        }
    }
    has_cleared
}

fn is_around(node: &NodeRef<'_>) -> bool {
    let names = [node.attr("class"), node.attr("id")];
    names.iter().flatten().any(|names| {
        names.to_lowercase().split_ascii_whitespace().any(|name| {
            AROUND.iter().any(|word| {
                name.split(['-', '_']).any(|part| part == *word)
                    || (word.contains('-') && name.contains(word))
                    || (word.len() > 5 && name.starts_with(word))
            })
        })
    })
}

fn letters(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(u8::is_ascii_alphanumeric).count();
    }
    text.chars().filter(|letter| letter.is_alphanumeric()).count()
}
