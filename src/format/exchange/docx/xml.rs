//! A part of a document as a sequence of openings, closings and words. Prefixes of names mean nothing here, entities are
//! those of XML itself, and nothing outside is ever looked up.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event as Raw};
use quick_xml::reader::Reader;

/// What comes next.
pub(super) enum Event<'x> {
    /// An element begins; an empty one ends at once.
    Open(BytesStart<'x>),
    /// The element of that name ends.
    Close(String),
    /// Words between tags, a stretch of them.
    Words(String),
}

/// A part on its way.
pub(super) struct Part<'x> {
    reader: Reader<&'x [u8]>,
    /// The name of an empty element that has been opened and is to be closed.
    empty: Option<String>,
    /// Why it ended before its end.
    pub(super) broken: Option<String>,
}

impl<'x> Part<'x> {
    pub(super) fn new(xml: &'x str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        Self { reader, empty: None, broken: None }
    }

    /// What comes next; `None` at the end and where the part is broken.
    pub(super) fn next(&mut self) -> Option<Event<'x>> {
        if let Some(name) = self.empty.take() {
            return Some(Event::Close(name));
        }
        loop {
            return Some(match self.reader.read_event() {
                Ok(Raw::Start(element)) => Event::Open(element),
                Ok(Raw::Empty(element)) => {
                    self.empty = Some(local(&element).to_owned());
                    Event::Open(element)
                }
                Ok(Raw::End(element)) => Event::Close(element.local_name().into_inner().to_owned()),
                Ok(Raw::Text(words)) => Event::Words(words.xml10_content().into_owned()),
                Ok(Raw::CData(words)) => Event::Words(words.xml10_content().into_owned()),
                Ok(Raw::GeneralRef(name)) => Event::Words(match name.resolve_char_ref() {
                    Ok(Some(letter)) => letter.to_string(),
                    _ => {
                        let plain = quick_xml::escape::resolve_xml_entity(&name.xml10_content());
                        plain.unwrap_or("\u{FFFD}").to_owned()
                    }
                }),
                Ok(Raw::Eof) => return None,
                Ok(_) => continue,
                Err(error) => {
                    self.broken = Some(error.to_string());
                    return None;
                }
            });
        }
    }
}

/// The name of an element without its prefix.
pub(super) fn local<'e>(element: &'e BytesStart<'_>) -> &'e str {
    element.local_name().into_inner()
}

/// The attribute of that name, whatever its prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = element.attributes();
    let found = all.with_checks(false).filter_map(Result::ok);
    let found = found.into_iter().find(|attribute| attribute.key.local_name().into_inner() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// Whether a property that can be switched on and off is on.
pub(super) fn is_on(element: &BytesStart<'_>) -> bool {
    !matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}
