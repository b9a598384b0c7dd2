//! REFI-QDA codebooks: XML with a root `CodeBook`, in it `Codes`, in it `Code` elements with `guid`, `name`, `isCodable`
//! and `color`, a `Description` and further codes in them (REFI-QDA standard 1.5, chapter 5, and its schema 1.0).
//! `Sets` group codes that stand elsewhere and are passed over. Entities other than those of XML are not resolved.

use std::fmt::Write;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use sha2::{Digest, Sha256};

use super::codes::{Code, Codes, MOST_CODES};
use super::{CodebookProblem, Wrong};
use crate::format::markup::encode;

const NAMESPACE: &str = "urn:QDA-XML:codebook:1.0";

/// More elements than this below each other are no codebook.
const MOST_DEPTH: usize = 200;

pub(super) fn parse(xml: &str) -> Result<Codes, Wrong> {
    let mut reader = Reader::from_str(xml);
    let mut codes: Vec<Code> = Vec::new();
    // The names of the open elements, and for each of them the code that it is.
    let mut open: Vec<(String, Option<usize>)> = Vec::new();
    let mut lines = Lines { xml, at: 0, line: 1 };
    loop {
        let before = reader.buffer_position();
        let event = reader.read_event().map_err(|error| {
            (Some(lines.at(before)), CodebookProblem::NotXml { reason: error.to_string() })
        })?;
        match event {
            Event::Eof if open.is_empty() && !codes.is_empty() => return Codes::new(codes),
            Event::Eof if open.is_empty() => return Err((None, CodebookProblem::NoCodes)),
            Event::Eof => {
                let reason = format!("{} is not closed", open.last().map_or("", |(name, _)| name));
                return Err((Some(lines.at(before)), CodebookProblem::NotXml { reason }));
            }
            Event::Start(element) => {
                let code = start(&element, &open, &mut codes, &mut lines, before)?;
                if open.len() == MOST_DEPTH {
                    return Err((Some(lines.at(before)), CodebookProblem::TooDeep { most: MOST_DEPTH }));
                }
                open.push((local(&element).to_owned(), code));
            }
            Event::Empty(element) => {
                start(&element, &open, &mut codes, &mut lines, before)?;
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) => describe(&open, &mut codes, &text.xml10_content()),
            Event::CData(text) => describe(&open, &mut codes, &text.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(letter)) => describe(&open, &mut codes, letter.encode_utf8(&mut [0; 4])),
                _ => {
                    let known = quick_xml::escape::resolve_xml_entity(&name.xml10_content());
                    describe(&open, &mut codes, known.unwrap_or("\u{FFFD}"));
                }
            },
            _ => {}
        }
    }
}

/// Takes an element up; gives back the code that it is.
fn start(
    element: &BytesStart<'_>,
    open: &[(String, Option<usize>)],
    codes: &mut Vec<Code>,
    lines: &mut Lines<'_>,
    at: u64,
) -> Result<Option<usize>, Wrong> {
    let name = local(element);
    let Some((root, _)) = open.first() else {
        let expected = "a root element CodeBook";
        // In a project's file the codebook is an element among others.
        let is_known = ["CodeBook", "Project"].contains(&name);
        return if is_known {
            Ok(None)
        } else {
            Err((Some(lines.at(at)), CodebookProblem::OtherFile { expected }))
        };
    };
    let within = |wanted: &str| open.iter().any(|(name, _)| name == wanted);
    if name != "Code" || within("Sets") || !within("Codes") || (root != "CodeBook" && !within("CodeBook")) {
        return Ok(None);
    }
    let mut code =
        Code { line: lines.at(at), parent: open.iter().rev().find_map(|(_, code)| *code), ..Code::default() };
    // Looking for repeated names would take the square of their number.
    for attribute in element.attributes().with_checks(false) {
        let broken = |reason: String| (Some(code.line), CodebookProblem::NotXml { reason });
        let attribute = attribute.map_err(|error| broken(error.to_string()))?;
        let value =
            attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| broken(error.to_string()))?;
        match attribute.key.into_inner() {
            "name" => code.name = value.trim().to_owned(),
            "color" => code.colour = value.trim().to_lowercase(),
            "isCodable" => code.is_codable = Some(!matches!(value.trim(), "false" | "0")),
            _ => {}
        }
    }
    if codes.len() == MOST_CODES {
        return Err((Some(code.line), CodebookProblem::TooMany { most: MOST_CODES }));
    }
    codes.push(code);
    Ok(Some(codes.len() - 1))
}

fn describe(open: &[(String, Option<usize>)], codes: &mut [Code], text: &str) {
    let [.., (_, Some(code)), (name, None)] = open else { return };
    if name == "Description"
        && let Some(code) = codes.get_mut(*code)
    {
        code.description.push_str(text);
    }
}

fn local<'e>(element: &'e BytesStart<'_>) -> &'e str {
    let name = element.name().into_inner();
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The lines of places that are asked for in their order.
struct Lines<'x> {
    xml: &'x str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn at(&mut self, place: u64) -> u64 {
        let place = usize::try_from(place).unwrap_or(usize::MAX).min(self.xml.len());
        let passed = self.xml.as_bytes().get(self.at..place).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = self.at.max(place);
        self.line
    }
}

pub(super) fn print(codes: &Codes) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CodeBook xmlns=\"{NAMESPACE}\" origin=\"Rubricator\">\n  <Codes>\n"
    );
    let mut open: Vec<usize> = Vec::new();
    let close = |xml: &mut String, open: &mut Vec<usize>, until: Option<usize>| {
        while open.last().copied() != until && open.pop().is_some() {
            xml.push_str(&"  ".repeat(open.len() + 2));
            xml.push_str("</Code>\n");
        }
    };
    for (at, code) in codes.iter().enumerate() {
        close(&mut xml, &mut open, code.parent);
        let indent = "  ".repeat(open.len() + 2);
        let is_codable = code.is_codable.unwrap_or(true);
        // Writing to a string cannot fail.
        let _ = write!(xml, "{indent}<Code guid=\"{}\" name=\"{}\"", guid(codes, at), encode(&code.name));
        let _ = write!(xml, " isCodable=\"{is_codable}\"");
        if !code.colour.is_empty() {
            let _ = write!(xml, " color=\"{}\"", encode(&code.colour));
        }
        xml.push_str(">\n");
        if !code.description.is_empty() {
            let _ = writeln!(xml, "{indent}  <Description>{}</Description>", encode(&code.description));
        }
        open.push(at);
    }
    close(&mut xml, &mut open, None);
    xml.push_str("  </Codes>\n</CodeBook>\n");
    xml
}

/// An id that is the same whenever a code of this name in this place is printed.
fn guid(codes: &Codes, at: usize) -> String {
    let mut hash = Sha256::new();
    let mut next = Some(at);
    while let Some(code) = next.and_then(|at| codes.get(at)) {
        hash.update(code.name.as_bytes());
        hash.update([0]);
        next = code.parent;
    }
    let mut bytes = [0; 16];
    for (byte, digit) in bytes.iter_mut().zip(hash.finalize()) {
        *byte = digit;
    }
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string().to_uppercase()
}
