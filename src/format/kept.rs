//! What we keep of a document besides its own fields: the places of which a person has said that no known name is meant
//! there, and its tags. It travels with what outside formats left of the document, under a name of our own, so that
//! datasets and backups bring it along.

use serde_json::{Map, Value as Json, json};

use crate::model::Extra;
use crate::text::{Offset, Span, order};

const NAME: &str = "rubricator";
const REFUSED: &str = "refused";
const TAGS: &str = "tags";

/// The refused places, in bytes, in the order of the text. What cannot be read is no place.
///
/// ```
/// use rubricator::format::{refused, with_refused};
/// use rubricator::model::Extra;
/// use rubricator::text::Span;
/// let place = Span::from_range(3..7).unwrap();
/// let extra = with_refused(&Extra::new(r#"{"brat":{"id":"T1"}}"#), &[place]);
/// assert_eq!(refused(&extra), [place]);
/// assert_eq!(with_refused(&extra, &[]), Extra::new(r#"{"brat":{"id":"T1"}}"#));
/// ```
#[must_use]
pub fn refused(extra: &Extra) -> Vec<Span> {
    let offset =
        |number: &Json| number.as_u64().and_then(|number| u32::try_from(number).ok()).map(Offset::new);
    let place = |pair: &Json| Span::new(offset(pair.get(0)?)?, offset(pair.get(1)?)?);
    let mut places: Vec<Span> = list(extra, REFUSED).iter().filter_map(place).collect();
    order::sort(&mut places);
    places
}

/// The same with these places refused instead. What is no JSON object stays as it is.
#[must_use]
pub fn with_refused(extra: &Extra, places: &[Span]) -> Extra {
    let pairs: Vec<Json> =
        places.iter().map(|span| json!([span.start().byte(), span.end().byte()])).collect();
    with(extra, REFUSED, pairs)
}

/// The tags of a document, in the order of their letters, each once. What cannot be read is no tag.
///
/// ```
/// use rubricator::format::{tags, with_tags};
/// use rubricator::model::Extra;
/// let extra = with_tags(&Extra::default(), &["sample".to_owned(), "2024".to_owned(), "sample".to_owned()]);
/// assert_eq!(tags(&extra), ["2024", "sample"]);
/// assert_eq!(with_tags(&extra, &[]), Extra::default());
/// ```
#[must_use]
pub fn tags(extra: &Extra) -> Vec<String> {
    order::set(list(extra, TAGS).iter().filter_map(Json::as_str).map(str::to_owned)).into_iter().collect()
}

/// The same with these tags instead. What is no JSON object stays as it is.
#[must_use]
pub fn with_tags(extra: &Extra, tags: &[String]) -> Extra {
    let tags = order::set(tags.iter().filter(|tag| !tag.is_empty()).cloned());
    with(extra, TAGS, tags.into_iter().map(Json::String).collect())
}

/// Formats that leave words or sentences of the text with a document.
const OF_WORDS: [&str; 7] = ["cas", "conll", "hugging_face", "prodigy", "pubannotation", "spacy", "webanno"];

/// The same for another text: what was said of the words of the old one goes, and so do the refused places.
#[must_use]
pub fn for_another_text(extra: &Extra) -> Extra {
    let mut all = parsed(extra);
    if all.is_empty() {
        return extra.clone();
    }
    for format in OF_WORDS {
        all.remove(format);
    }
    let rest = if all.is_empty() { Extra::default() } else { Extra::new(&Json::Object(all).to_string()) };
    with_refused(&rest, &[])
}

/// A list of ours; nothing is parsed where it is not spoken of.
fn list(extra: &Extra, key: &str) -> Vec<Json> {
    if !extra.as_str().contains(key) {
        return Vec::new();
    }
    let mut all = parsed(extra);
    match all.get_mut(NAME).and_then(|own| own.get_mut(key)).map(Json::take) {
        Some(Json::Array(list)) => list,
        _ => Vec::new(),
    }
}

/// The same with this list of ours instead.
fn with(extra: &Extra, key: &str, list: Vec<Json>) -> Extra {
    let mut all = parsed(extra);
    if all.is_empty() && !extra.is_empty() {
        return extra.clone();
    }
    let mut own = match all.remove(NAME) {
        Some(Json::Object(own)) => own,
        _ => Map::new(),
    };
    if list.is_empty() {
        own.remove(key);
    } else {
        own.insert(key.to_owned(), Json::Array(list));
    }
    if !own.is_empty() {
        all.insert(NAME.to_owned(), Json::Object(own));
    }
    if all.is_empty() { Extra::default() } else { Extra::new(&Json::Object(all).to_string()) }
}

fn parsed(extra: &Extra) -> Map<String, Json> {
    serde_json::from_str(extra.as_str()).unwrap_or_default()
}
