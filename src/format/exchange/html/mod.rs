//! Web pages (<https://html.spec.whatwg.org>), saved as a file or copied: of a saved page the main text, of what was
//! copied all of it, with headings, paragraphs, lists and the rows of tables. Nothing is ever run, shown or fetched.

mod about;
mod article;
mod blocks;
mod charset;
mod stream;
mod tags;
mod tree;

use self::article::Article;
use super::catalogue::{Confidence, Format, Parse};
use super::{Count, Foreign, Reading, Source};
use crate::format::plain::MAX_TEXT_BYTES;
use crate::format::{Issue, Problem};

/// Web pages.
pub const FORMAT: Format = Format {
    name: "html",
    title: "Web page (HTML)",
    endings: &["html", "htm", "xhtml"],
    companions: &[],
    counts: &[Count::CodePoint],
    recognize,
    parse: Some(Parse::Each(parse)),
    print: None,
};

/// With what a page begins, after declarations and comments.
const BEGINNINGS: [&str; 4] = ["<!doctype html", "<html", "<head", "<body"];

fn recognize(sources: &[Source<'_>]) -> Confidence {
    let of = |source: &Source<'_>| {
        let head = source.bytes.get(..source.bytes.len().min(4096)).unwrap_or_default();
        let head = charset::decode(head).0.to_lowercase();
        let mut rest = head.trim_start();
        // Before a page may stand what declares XML, and comments.
        while let Some((passed, end)) =
            [("<!--", "-->"), ("<?", ">")].iter().find(|(start, _)| rest.starts_with(start))
        {
            let _ = passed;
            match rest.split_once(end) {
                Some((_, after)) => rest = after.trim_start(),
                None => break,
            }
        }
        let is_named = FORMAT.endings.contains(&&*source.ending());
        if BEGINNINGS.iter().any(|beginning| rest.starts_with(beginning)) {
            Confidence::Certain
        } else if is_named && head.contains('<') {
            Confidence::Likely
        } else {
            Confidence::No
        }
    };
    sources.iter().map(of).max().unwrap_or(Confidence::No)
}

fn parse(source: &Source<'_>, reading: &mut Reading) {
    let mut tell = |problem| reading.issues.push(Issue::new(source.path, None, None, problem));
    if source.bytes.len() > MAX_TEXT_BYTES {
        return tell(Problem::TooLarge { bytes: source.bytes.len(), most: MAX_TEXT_BYTES });
    }
    let (html, doubt) = charset::decode(source.bytes);
    if let Some(doubt) = doubt {
        tell(doubt);
    }
    let html = tags::thinned(&html);
    let (document, is_cut) = tree::parse(&html, source.bytes.len());
    let mut about = about::about(&document, &html);
    let found = if is_cut {
        drop(document);
        Article::whole(stream::text_of(&html))
    } else {
        article::article(document, &about.title)
    };
    if found.is_whole {
        tell(Problem::WholePage);
    }
    if let Some(letters) = found.hardly.filter(|letters| 0 < *letters) {
        tell(Problem::HardlyText { letters });
    }
    if about.meta.author.is_empty() {
        about.meta.author = found.author;
    }
    reading.documents.push(Foreign {
        path: source.path.to_owned(),
        title: about::title_in(&found.text, about.title),
        text: found.text,
        meta: about.meta,
        ..Foreign::default()
    });
}

/// What was copied as HTML as a text with its headings and lists; `None` if the copy has no such parts or lacks words
/// that the plain text beside it has, and that is better taken, as with the copy of a text editor.
///
/// ```
/// use rubricator::format::exchange::copied;
/// let html = "<h2>Tram</h2><ul><li>cheap<li>green</ul>";
/// assert_eq!(copied(html, "Tram\ncheap\ngreen").as_deref(), Some("## Tram\n\n- cheap\n- green"));
/// assert_eq!(copied("<div>let a = 1;</div>", "let a = 1;"), None);
/// ```
#[must_use]
pub fn copied(html: &str, plain: &str) -> Option<String> {
    const PARTS: &str = "p, h1, h2, h3, h4, h5, h6, li, br, tr, blockquote, dt, dd";
    if html.len() > MAX_TEXT_BYTES {
        return None;
    }
    let (document, is_cut) = tree::parse(&tags::thinned(html), html.len());
    if is_cut || document.select(PARTS).is_empty() {
        return None;
    }
    let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).count();
    // Numbers of lists and the like are only in one of the two.
    let is_whole = |text: &String| !text.is_empty() && letters(plain) * 9 <= letters(text) * 10;
    Some(blocks::text_of(&document.root())).filter(is_whole)
}
