//! What a page says of itself: title, author, day, source, address and language. Pages say it for search engines
//! (JSON-LD of schema.org), for other sites (Open Graph), for libraries (Dublin Core), in microdata and to the eye; the
//! first that says it is taken, in that order.

use dom_query::{Document, NodeRef, Selection};
use serde_json::Value as Json;

use super::super::table::day;
use crate::model::Meta;

/// The most of a page's JSON-LD that is read, in bytes.
const MOST_JSON: usize = 2_000_000;

/// What is known of a page.
#[derive(Debug, Default)]
pub(super) struct About {
    /// Its title, without the site's name.
    pub(super) title: String,
    /// The rest.
    pub(super) meta: Meta,
}

/// Looks a page through; its scripts and head must still be there.
pub(super) fn about(document: &Document, html: &str) -> About {
    let page = Page { document, linked: linked(document), metas: document.select("meta[content]") };
    let source = page.first(&[
        &|| page.linked_name("publisher"),
        &|| page.meta("property", "og:site_name"),
        &|| page.named(&["application-name", "dc.publisher", "dcterms.publisher", "citation_journal_title"]),
        &|| page.item("publisher"),
    ]);
    let url = page.first(&[
        &|| page.attribute("link[rel~=canonical]", "href").filter(|url| is_address(url)),
        &|| page.meta("property", "og:url").filter(|url| is_address(url)),
        &|| page.linked("url").filter(|url| is_address(url)),
        &|| saved_from(html),
    ]);
    let title = page.first(&[
        &|| page.linked("headline"),
        &|| page.meta("property", "og:title"),
        &|| page.named(&["twitter:title", "dc.title", "dcterms.title", "citation_title"]),
        &|| page.item("headline"),
        &|| page.text("title"),
        &|| page.text("h1"),
    ]);
    let author = page.first(&[
        &|| page.linked_name("author"),
        &|| {
            page.named(&[
                "author",
                "dc.creator",
                "dcterms.creator",
                "parsely-author",
                "sailthru.author",
                "byl",
            ])
        },
        &|| page.meta("property", "article:author").filter(|author| !is_address(author)),
        &|| page.item("author"),
        &|| page.text("a[rel~=author], [class~=byline-name], [class~=author-name]"),
    ]);
    let published = page.first(&[
        &|| page.linked("datePublished"),
        &|| page.meta("property", "article:published_time"),
        &|| {
            page.named(&[
                "date",
                "dc.date",
                "dcterms.date",
                "dcterms.created",
                "dc.date.issued",
                "pubdate",
                "publishdate",
                "parsely-pub-date",
                "sailthru.date",
                "citation_publication_date",
            ])
        },
        &|| page.item("datePublished"),
        &|| page.attribute("time[pubdate], article time[datetime], header time[datetime]", "datetime"),
    ]);
    let language = page.first(&[
        &|| page.attribute("html[lang]", "lang"),
        &|| page.attribute("html[xml\\:lang]", "xml:lang"),
        &|| page.linked("inLanguage"),
        &|| page.attribute("meta[http-equiv=content-language i]", "content"),
        &|| page.meta("property", "og:locale"),
    ]);
    let source = if source.is_empty() { host(&url).to_owned() } else { source };
    About {
        title: without_site(&title, &source).to_owned(),
        meta: Meta {
            author: without_by(&author).to_owned(),
            published: day(&published),
            language: language.replace('_', "-"),
            source,
            url,
        },
    }
}

/// The words between tags, with single blanks.
pub(super) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Page<'d> {
    document: &'d Document,
    /// What the page says of its article as JSON-LD, and all else it says so.
    linked: (Option<Json>, Vec<Json>),
    /// What it says in its head, which is asked for in many words.
    metas: Selection<'d>,
}

impl Page<'_> {
    fn first(&self, ways: &[&dyn Fn() -> Option<String>]) -> String {
        let found = ways.iter().filter_map(|way| way()).map(|found| words(&found));
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let found = self.document.try_select(selector)?;
        found.nodes().iter().find_map(|node| node.attr(name)).map(|value| value.to_string())
    }

    fn text(&self, selector: &str) -> Option<String> {
        let found = self.document.try_select(selector)?;
        found.nodes().iter().map(|node| node.text().to_string()).find(|text| !text.trim().is_empty())
    }

    /// The content of the `<meta>` whose attribute is that, whatever its capitals.
    fn meta(&self, attribute: &str, value: &str) -> Option<String> {
        let is_it = |node: &&NodeRef<'_>| {
            node.attr(attribute).is_some_and(|stated| stated.trim().eq_ignore_ascii_case(value))
        };
        let content = self.metas.nodes().iter().filter(is_it).filter_map(|node| node.attr("content"));
        content.map(|content| content.to_string()).find(|content| !content.trim().is_empty())
    }

    fn named(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.meta("name", name))
    }

    /// A property of microdata: its content, its moment, the name inside it, or its words.
    fn item(&self, property: &str) -> Option<String> {
        let found = self.document.try_select(&format!("[itemprop~={property}]"))?;
        let node = found.nodes().first()?;
        let stated = ["content", "datetime"].into_iter().find_map(|name| node.attr(name));
        let inner = || {
            let name = node.descendants_it().find(|inner| {
                inner.attr("itemprop").is_some_and(|name| name.split_whitespace().any(|name| name == "name"))
            })?;
            Some(name.attr("content").unwrap_or_else(|| name.text()))
        };
        Some(stated.or_else(inner).unwrap_or_else(|| node.text()).to_string())
    }

    fn linked(&self, key: &str) -> Option<String> {
        self.linked.0.as_ref()?.get(key)?.as_str().map(plain)
    }

    /// The names of those whom JSON-LD gives for a key: words, or objects that have a name or refer to one.
    fn linked_name(&self, key: &str) -> Option<String> {
        let stated = self.linked.0.as_ref()?.get(key)?;
        let all = stated.as_array().map_or(std::slice::from_ref(stated), Vec::as_slice);
        let of = |one: &Json| one.get("name").and_then(Json::as_str).map(plain);
        let name = |one: &Json| match one {
            Json::String(name) => Some(plain(name)),
            _ => of(one).or_else(|| {
                let id = one.get("@id")?;
                self.linked.1.iter().find(|other| other.get("@id") == Some(id)).and_then(of)
            }),
        };
        let names: Vec<String> = all.iter().filter_map(name).filter(|name| !is_address(name)).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

/// The article among the objects of JSON-LD, and all of them.
fn linked(document: &Document) -> (Option<Json>, Vec<Json>) {
    let mut objects = Vec::new();
    let mut left = MOST_JSON;
    for script in document.select("script[type='application/ld+json' i]").nodes() {
        let text = script.text();
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
        let text = text.trim().trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
        let text = text.trim().trim_end_matches("//]]>").trim_end_matches("]]>");
        if left < text.len() {
            break;
        }
        left -= text.len();
        // What is no JSON tells nothing; the page says it elsewhere, too.
        let Ok(value) = serde_json::from_str::<Json>(text) else { continue };
        let all = match value {
            Json::Array(all) => all,
            other => vec![other],
        };
        for one in all {
            match one.get("@graph") {
                Some(Json::Array(graph)) => objects.extend(graph.iter().cloned()),
                _ => objects.push(one),
            }
        }
    }
    let is_article = |object: &&Json| {
        let is_kind = |kind: &Json| {
            kind.as_str().is_some_and(|kind| {
                ["Article", "Posting", "Report", "Review"].iter().any(|end| kind.ends_with(end))
            })
        };
        let kinds = object.get("@type");
        kinds.is_some_and(|kinds| {
            is_kind(kinds) || kinds.as_array().is_some_and(|all| all.iter().any(is_kind))
        })
    };
    (objects.iter().find(is_article).cloned(), objects)
}

/// A string of JSON-LD in which some writers leave the entities of HTML.
fn plain(text: &str) -> String {
    if text.contains('&') {
        Document::fragment(text.replace('<', "&lt;")).text().to_string()
    } else {
        text.to_owned()
    }
}

fn is_address(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("https://") || text.starts_with("http://")
}

/// The host of an address, without `www.`.
fn host(url: &str) -> &str {
    let after = url.split_once("://").map_or("", |(_, after)| after);
    let host = after.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// Browsers that save a page leave its address in a comment: `<!-- saved from url=(0024)https://… -->`.
fn saved_from(html: &str) -> Option<String> {
    let mut end = html.len().min(4096);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let (_, after) = html.get(..end)?.split_once("saved from url=(")?;
    let (_, url) = after.split_once(')')?;
    let url = url.split([' ', '\r', '\n', '-']).next().filter(|url| is_address(url));
    let whole = url.and_then(|_| after.split_once(')')).map(|(_, rest)| rest);
    whole.and_then(|rest| rest.split_ascii_whitespace().next()).map(str::to_owned)
}

/// A title without the site's name behind it.
fn without_site<'t>(title: &'t str, site: &str) -> &'t str {
    for sign in [" | ", " - ", " – ", " — ", " · ", " » ", " :: "] {
        if let Some((before, after)) = title.rsplit_once(sign)
            && !before.trim().is_empty()
            && (sign == " | " && before.split(' ').count() > 2 || same(after, site))
        {
            return before.trim();
        }
    }
    title
}

/// The part of a title that stands as a line at the beginning of the text, where other parts name the site.
pub(super) fn title_in(text: &str, title: String) -> String {
    let stands = |part: &&str| 10 < part.len() && text.lines().take(30).any(|line| same(line, part));
    let parts = [" | ", " - ", " – ", " — ", " · ", ": "].into_iter().flat_map(|sign| title.split(sign));
    match parts.map(str::trim).find(stands).map(str::to_owned) {
        Some(part) => part,
        None => title,
    }
}

/// Whether two names are one, whatever their capitals, blanks and signs.
pub(super) fn same(one: &str, other: &str) -> bool {
    let letters = |name: &str| {
        name.chars()
            .filter(|letter| letter.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let (one, other) = (letters(one), letters(other));
    !one.is_empty() && one == other
}

/// An author's name without the word that leads to it.
fn without_by(author: &str) -> &str {
    for word in ["By ", "by ", "BY ", "Von ", "von ", "Par ", "Por ", "Door "] {
        if let Some(name) = author.strip_prefix(word) {
            return name.trim_start();
        }
    }
    author
}
