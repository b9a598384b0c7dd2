//! MedTator XML (<https://github.com/OHNLP/MedTator/wiki/Annotation-Data>), the format of MAE: a root named after the
//! task with `TEXT`, the text in a CDATA section, and `TAGS`, an element for each annotation named by its label.
//!
//! A span has `spans="0~5,9~12"`, offsets in UTF-16 units; `-1~-1` stands for the whole document. Links have no spans
//! but attributes that end in `ID` with the ids of what they join. Line ends are read as XML reads them. Entities
//! other than those of XML itself are not resolved.

use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::catalogue::{Confidence, Format, Parse};
use super::{Count, End, Foreign, Link, Mark, Reading, Said, Source};
use crate::format::{Issue, Issues, Problem};
use crate::model::Value;

/// MedTator XML.
pub const FORMAT: Format = Format {
    name: "medtator",
    title: "MedTator XML",
    endings: &["xml", "zip"],
    companions: &[],
    counts: &[Count::Utf16, Count::CodePoint],
    recognize,
    parse: Some(Parse::Files(parse)),
    print: None,
};

fn recognize(sources: &[Source<'_>]) -> Confidence {
    let has = |source: &Source<'_>, sign: &str| memchr::memmem::find(source.bytes, sign.as_bytes()).is_some();
    let one = |source: &Source<'_>| match source.stem().1 {
        "xml" if has(source, "<TEXT>") && has(source, "<TAGS") => Confidence::Certain,
        // The text may be longer than what is looked at.
        "xml" if has(source, "<TEXT><![CDATA[") => Confidence::Likely,
        _ => Confidence::No,
    };
    sources.iter().map(one).max().unwrap_or(Confidence::No)
}

fn parse(sources: &[Source<'_>]) -> Reading {
    let mut reading = Reading::default();
    for source in sources {
        match source.text() {
            Ok(xml) => File { source, xml: &xml, at: 0, line: 1, issues: &mut reading.issues }
                .read()
                .into_iter()
                .for_each(|document| reading.documents.push(document)),
            Err(problem) => reading.issues.push(Issue::new(source.path, None, None, problem)),
        }
    }
    reading
}

/// A file as it is being read, and up to where its lines are counted.
struct File<'f> {
    source: &'f Source<'f>,
    xml: &'f str,
    at: usize,
    line: u64,
    issues: &'f mut Issues,
}

impl File<'_> {
    fn read(mut self) -> Option<Foreign> {
        let stem = self.source.stem().0;
        let mut document = Foreign {
            path: self.source.path.to_owned(),
            id: stem.strip_suffix(".txt").unwrap_or(stem).to_owned(),
            ..Foreign::default()
        };
        let mut reader = Reader::from_str(self.xml);
        // The names of the elements around the place; deeper ones than the second say nothing.
        let (mut depth, mut part, mut has_text) = (0_usize, String::new(), false);
        loop {
            let before = reader.buffer_position();
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let line = self.line_at(before);
                    self.issue(line, None, Problem::BrokenXml { reason: error.to_string() });
                    break;
                }
            };
            let is_text = depth == 2 && part == "TEXT";
            match event {
                Event::Eof => break,
                Event::Start(element) => {
                    if depth == 1 {
                        part = element.name().into_inner().to_owned();
                        has_text |= part == "TEXT";
                    } else if depth == 2 && part == "TAGS" {
                        let line = self.line_at(before);
                        self.tag(&element, line, &mut document);
                    }
                    depth += 1;
                }
                Event::Empty(element) if depth == 2 && part == "TAGS" => {
                    let line = self.line_at(before);
                    self.tag(&element, line, &mut document);
                }
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::Text(text) if is_text => document.text.push_str(&text.xml10_content()),
                Event::CData(text) if is_text => document.text.push_str(&text.xml10_content()),
                Event::GeneralRef(name) if is_text => match name.resolve_char_ref() {
                    Ok(Some(letter)) => document.text.push(letter),
                    _ => {
                        let plain = quick_xml::escape::resolve_xml_entity(&name.xml10_content());
                        document.text.push_str(plain.unwrap_or("\u{FFFD}"));
                    }
                },
                _ => {}
            }
        }
        if has_text {
            return Some(document);
        }
        self.issue(1, None, Problem::OtherFile { format: FORMAT.name });
        None
    }

    /// The line of a place, which lies behind those asked for before.
    fn line_at(&mut self, at: u64) -> u64 {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(self.xml.len());
        let passed = self.xml.as_bytes().get(self.at..at).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = self.at.max(at);
        self.line
    }

    fn issue(&mut self, line: u64, record: Option<&str>, problem: Problem) {
        self.issues.push(Issue::new(self.source.path, Some(line), record.map(str::to_owned), problem));
    }

    fn tag(&mut self, element: &BytesStart<'_>, line: u64, document: &mut Foreign) {
        let label = element.name().into_inner().to_owned();
        let fields = match fields(element.attributes()) {
            Ok(fields) => fields,
            Err(reason) => return self.issue(line, Some(&label), Problem::BrokenXml { reason }),
        };
        let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let id = field("id").unwrap_or_default().to_owned();
        let spans = match (field("spans"), field("start"), field("end")) {
            (Some(spans), _, _) => Some(spans.to_owned()),
            (None, Some(start), Some(end)) => Some(format!("{start}~{end}")),
            _ => None,
        };
        let known = ["id", "spans", "start", "end", "text"];
        let attributes = || {
            let own =
                fields.iter().filter(|(key, value)| !known.contains(&key.as_str()) && !value.is_empty());
            own.map(|(key, value)| (key.clone(), Value::Text(value.clone()))).collect::<Vec<_>>()
        };
        let Some(spans) = spans else {
            return self.link(label, &id, line, &fields, document);
        };
        let ends = spans.split(',').map(|span| {
            let (start, end) = span.trim().split_once('~')?;
            Some((start.parse::<i64>().ok()?, end.parse::<i64>().ok()?))
        });
        match ends.collect::<Option<Vec<_>>>() {
            _ if spans.is_empty() || spans == "-1~-1" => {
                self.issue(
                    line,
                    Some(&id),
                    Problem::NotTaken { what: format!("{label} of the whole document"), count: 1 },
                );
            }
            Some(fragments) => document.marks.push(Mark {
                id,
                label,
                // How the texts of several parts are joined differs.
                quote: field("text").filter(|_| fragments.len() == 1).map(str::to_owned),
                fragments,
                attributes: attributes(),
                line: Some(line),
                ..Mark::default()
            }),
            None => {
                let reason = "spans as START~END are expected".to_owned();
                self.issue(line, Some(&id), Problem::UnreadableRecord { reason });
            }
        }
    }

    /// A tag that joins others: the first leads to each of the rest.
    fn link(
        &mut self,
        kind: String,
        id: &str,
        line: u64,
        fields: &[(String, String)],
        document: &mut Foreign,
    ) {
        let is_end = |key: &str| key.len() > 2 && key.ends_with("ID");
        let ends: Vec<&String> =
            fields.iter().filter(|(key, value)| is_end(key) && !value.is_empty()).map(|(_, id)| id).collect();
        let [from, to @ ..] = &ends[..] else {
            let reason = "spans or the ids of other tags are expected".to_owned();
            return self.issue(line, Some(id), Problem::UnreadableRecord { reason });
        };
        if to.is_empty() {
            self.issue(
                line,
                Some(id),
                Problem::UnreadableRecord { reason: "two ids are expected".to_owned() },
            );
        }
        let is_own = |key: &str| key != "id" && !is_end(key) && !key.ends_with("Text");
        let own = fields.iter().filter(|(key, value)| is_own(key) && !value.is_empty());
        let attributes: Vec<_> = own.map(|(key, value)| (key.clone(), Value::Text(value.clone()))).collect();
        for to in to {
            document.links.push(Link {
                id: id.to_owned(),
                kind: kind.clone(),
                from: (*from).clone(),
                to: End::Mark((*to).clone()),
                attributes: attributes.clone(),
                note: String::new(),
                line: Some(line),
                extra: Said::default(),
            });
        }
    }
}

/// The attributes of an element.
fn fields(mut attributes: Attributes<'_>) -> Result<Vec<(String, String)>, String> {
    // Looking for repeated names would take the square of their number.
    attributes
        .with_checks(false)
        .map(|attribute| {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value =
                attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
            Ok((attribute.key.into_inner().to_owned(), value.into_owned()))
        })
        .collect()
}
