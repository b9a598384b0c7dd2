//! Our own file of a codebook: JSON with the codebook as a project's record has it, the guidelines and the name of the
//! project. Nothing is lost, and later versions of this program read what earlier ones wrote.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{CodebookFile, CodebookProblem, Wrong, sound};
use crate::format::record::CodebookRecord;
use crate::model::Codebook;

/// The name of the format.
pub(super) const FORMAT: &str = "rubricator-codebook/1";

const FAMILY: &str = "rubricator-codebook/";
const VERSION: u32 = 1;
/// The most entries of a codebook.
const MOST_ENTRIES: usize = 50_000;

#[derive(Serialize)]
struct Printed<'a> {
    format: &'a str,
    name: &'a str,
    guidelines: &'a str,
    codebook: CodebookRecord<'a>,
}

pub(super) fn print(name: &str, codebook: &Codebook, guidelines: &str) -> String {
    let printed = Printed { format: FORMAT, name, guidelines, codebook: CodebookRecord::from(codebook) };
    // Strings, numbers and lists, which JSON can always say.
    let mut file = serde_json::to_string_pretty(&printed).unwrap_or_default();
    file.push('\n');
    file
}

pub(super) fn parse(text: &str) -> Result<CodebookFile, Wrong> {
    // Each entry is a map in memory, which weighs a hundred times what it is in the file.
    if MOST_ENTRIES < text.bytes().filter(|byte| *byte == b'{').count() {
        return Err((None, CodebookProblem::TooMany { most: MOST_ENTRIES }));
    }
    let json: Json = serde_json::from_str(text).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
        (u64::try_from(error.line()).ok(), CodebookProblem::NotJson { reason })
    })?;
    let stated = json.get("format").and_then(Json::as_str).unwrap_or_default();
    let version = stated.strip_prefix(FAMILY).and_then(|number| number.parse::<u32>().ok());
    match version {
        None | Some(0) => {
            let expected = "\"format\": \"rubricator-codebook/1\"";
            return Err((None, CodebookProblem::OtherFile { expected }));
        }
        Some(version) if VERSION < version => {
            return Err((None, CodebookProblem::NewerFormat { found: stated.to_owned() }));
        }
        Some(_) => {}
    }
    let unreadable = |reason: String| (None, CodebookProblem::Unreadable { reason });
    let record = json.get("codebook").ok_or_else(|| unreadable("missing field `codebook`".to_owned()))?;
    let CodebookRecord(codebook) =
        CodebookRecord::deserialize(record).map_err(|error| unreadable(error.to_string()))?;
    let text = |field: &str| json.get(field).and_then(Json::as_str).unwrap_or_default().to_owned();
    let codebook = sound(Cow::into_owned(codebook)).map_err(|problem| (None, problem))?;
    Ok(CodebookFile::Own { name: text("name"), guidelines: text("guidelines"), codebook: Box::new(codebook) })
}
