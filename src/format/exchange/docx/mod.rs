//! Word documents (ECMA-376, Office Open XML): a zip whose main part holds the text. Headings, paragraphs, lists and the
//! rows of tables come in as the reader sees them: tracked insertions are taken and deletions are not. What has no place
//! in a running text, such as footnotes, is counted and said. Other parts than those named here are never looked at.

mod document;
mod looks;
mod xml;

use super::catalogue::{Confidence, Format, Parse};
use super::table::day;
use super::{Count, Foreign, Reading, Source};
use crate::format::zip::Zip;
use crate::format::{Issue, Problem};
use crate::model::Meta;
use looks::Looks;
use xml::{Part, attribute, local};

/// Word documents.
pub const FORMAT: Format = Format {
    name: "docx",
    title: "Word document (DOCX)",
    endings: &["docx", "docm", "dotx"],
    companions: &[],
    counts: &[Count::CodePoint],
    recognize,
    parse: Some(Parse::Each(parse)),
    print: None,
};

/// The most parts that a document may have; pictures are such.
const MOST_PARTS: usize = 20_000;
/// The most that one part may unpack to, in megabytes.
const MOST_MB: u64 = 60;

/// Whether an archive is a Word document, whatever its name.
#[must_use]
pub fn is_word(bytes: &[u8]) -> bool {
    let holds = |zip: &Zip<'_>, name: &str| zip.entries().iter().any(|entry| entry.name == name);
    Zip::new(bytes, MOST_PARTS)
        .is_ok_and(|zip| holds(&zip, "[Content_Types].xml") && holds(&zip, "word/document.xml"))
}

fn recognize(sources: &[Source<'_>]) -> Confidence {
    let of = |source: &Source<'_>| {
        let is_named = FORMAT.endings.contains(&&*source.ending());
        match source.bytes.starts_with(b"PK\x03\x04") {
            true if memchr::memmem::find(source.bytes, b"word/document").is_some() => Confidence::Certain,
            // The main part may lie far behind pictures.
            true if is_named => Confidence::Likely,
            _ => Confidence::No,
        }
    };
    sources.iter().map(of).max().unwrap_or(Confidence::No)
}

fn parse(source: &Source<'_>, reading: &mut Reading) {
    let mut problems = Vec::new();
    match read(source, &mut problems) {
        Ok(document) => reading.documents.push(document),
        Err(problem) => problems.push(problem),
    }
    for problem in problems {
        reading.issues.push(Issue::new(source.path, None, None, problem));
    }
}

fn read(source: &Source<'_>, problems: &mut Vec<Problem>) -> Result<Foreign, Problem> {
    let broken = |reason: String| Problem::BrokenDocument { reason };
    let zip = Zip::new(source.bytes, MOST_PARTS).map_err(|error| broken(error.to_string()))?;
    // A part that is not there says nothing.
    let part = |name: &str| -> Result<Option<String>, Problem> {
        let Some(entry) = zip.entries().iter().find(|entry| entry.name == name) else { return Ok(None) };
        let mut bytes = Vec::new();
        zip.read(entry, MOST_MB, &mut |chunk| bytes.extend_from_slice(chunk))
            .map_err(|error| broken(error.to_string()))?;
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let text = std::str::from_utf8(text).map_err(|_| broken(format!("{name} is not UTF-8")))?;
        Ok(Some(text.to_owned()))
    };
    let main = part("_rels/.rels")?.and_then(|relations| main_part(&relations));
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    let folder = main.rsplit_once('/').map_or("word", |(folder, _)| folder);
    let content = part(&main)?.ok_or_else(|| broken(format!("it holds no {main}")))?;
    // Without them a document is read all the same, with fewer headings and lists.
    let mut look = |name: &str| match part(&format!("{folder}/{name}")) {
        Ok(found) => found.unwrap_or_default(),
        Err(problem) => {
            problems.push(problem);
            String::new()
        }
    };
    let looks = Looks::parse(&look("styles.xml"), &look("numbering.xml"));
    let found = document::parse(&content, &looks);
    problems.extend(found.problems);
    let about =
        part("docProps/core.xml").unwrap_or_default().map_or_else(About::default, |core| about(&core));
    Ok(Foreign {
        path: source.path.to_owned(),
        title: about.title,
        text: found.text,
        meta: about.meta,
        ..Foreign::default()
    })
}

/// The part that a package names as its document.
fn main_part(relations: &str) -> Option<String> {
    let mut part = Part::new(relations);
    while let Some(event) = part.next() {
        let xml::Event::Open(element) = event else { continue };
        let is_main = attribute(&element, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
        if local(&element) == "Relationship" && is_main {
            let target = attribute(&element, "Target")?;
            return Some(target.trim_start_matches('/').to_owned());
        }
    }
    None
}

/// What a document says of itself.
#[derive(Default)]
struct About {
    title: String,
    meta: Meta,
}

fn about(core: &str) -> About {
    let mut about = About::default();
    let mut part = Part::new(core);
    let mut name = String::new();
    while let Some(event) = part.next() {
        match event {
            xml::Event::Open(element) => local(&element).clone_into(&mut name),
            xml::Event::Close(_) => name.clear(),
            xml::Event::Words(words) => match &*name {
                "title" => about.title.push_str(&words),
                "creator" => about.meta.author.push_str(&words),
                "created" => about.meta.published.push_str(&words),
                "language" => about.meta.language.push_str(&words),
                _ => {}
            },
        }
    }
    let About { title, meta } = &mut about;
    // What a printer's driver and the program itself write there is no title.
    let is_made = title.starts_with("Microsoft Word") || title.trim().is_empty();
    *title = if is_made { String::new() } else { title.trim().to_owned() };
    meta.published = day(meta.published.trim());
    about
}
