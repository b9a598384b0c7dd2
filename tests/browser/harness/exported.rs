//! What was taken home: the dataset, read as another program would read it.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// Checks in Python what the README promises: the text between a span's ends is the span's text.
const CHECK: &str = r#"
import hashlib, json, sys
def cut(text, start, end, unit):
    if unit == "code_point":
        return text[start:end]
    if unit == "utf16":
        return text.encode("utf-16-le")[2 * start:2 * end].decode("utf-16-le")
    if unit == "byte":
        return text.encode("utf-8")[start:end].decode("utf-8")
    raise ValueError(unit)
count = 0
with open(sys.argv[1], encoding="utf-8", newline="\n") as lines:
    for line in lines:
        document = json.loads(line)
        text, unit = document["text"], document["offset_unit"]
        assert unit == sys.argv[2], unit
        assert "\r" not in text
        assert hashlib.sha256(text.encode("utf-8")).hexdigest() == document["text_sha256"]
        for span in document["spans"]:
            if unit == "code_point":
                assert text[span["start"]:span["end"]] == span["text"], span
            assert cut(text, span["start"], span["end"], unit) == span["text"], span
            assert span["fragments"][0][0] == span["start"] and span["fragments"][-1][1] == span["end"], span
            for start, end in span["fragments"]:
                assert start < end and cut(text, start, end, unit) in span["text"], span
            count += 1
print(count)
"#;

/// The lines of an exported dataset.
#[derive(Debug)]
pub struct Dataset {
    /// Each line as it stands in the file.
    pub lines: Vec<String>,
    /// Each line as what it means.
    pub documents: Vec<Value>,
}

impl Dataset {
    /// Reads a file.
    #[track_caller]
    pub fn read(path: &Path) -> Self {
        let content = std::fs::read_to_string(path).expect("the export can be read");
        assert!(content.ends_with('\n'), "the last line ends like the others");
        let lines: Vec<String> = content.split_terminator('\n').map(str::to_owned).collect();
        let documents =
            lines.iter().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
        Self { lines, documents }
    }

    /// The one document.
    #[track_caller]
    pub fn only(&self) -> &Value {
        assert_eq!(self.documents.len(), 1, "one document was exported");
        &self.documents[0]
    }

    /// Labels and texts of the spans of the one document.
    #[track_caller]
    pub fn spans(&self) -> Vec<(String, String)> {
        let spans = self.only()["spans"].as_array().expect("spans are a list");
        spans.iter().map(|span| (words(&span["label"]), words(&span["text"]))).collect()
    }

    /// The span of that label and text in the one document.
    #[track_caller]
    pub fn span(&self, label: &str, text: &str) -> &Value {
        let spans = self.only()["spans"].as_array().expect("spans are a list");
        let found = spans.iter().find(|span| span["label"] == label && span["text"] == text);
        found.unwrap_or_else(|| panic!("no {label} “{text}” among {:?}", self.spans()))
    }

    /// The links of the one document, each as type, text of the span it starts from, and what it leads to: the
    /// text of a span or the name of an actor.
    #[track_caller]
    pub fn links(&self) -> Vec<(String, String, String)> {
        let document = self.only();
        let named = |id: &Value| {
            let in_list = |list: &str, field: &str| {
                let found = document[list].as_array()?.iter().find(|one| one["id"] == *id)?;
                Some(words(&found[field]))
            };
            in_list("spans", "text").or_else(|| in_list("actors", "name")).unwrap_or_default()
        };
        let links = document["relations"].as_array().expect("relations are a list");
        links.iter().map(|link| (words(&link["type"]), named(&link["from"]), named(&link["to"]))).collect()
    }
}

/// Reads the file with Python, where there is one, and gives back how many spans it found good.
#[track_caller]
pub fn check_with_python(path: &Path, unit: &str) -> Option<usize> {
    let known = Command::new("python3").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !known.is_ok_and(|status| status.success()) {
        eprintln!("python3 is not here: {} was not read with it", path.display());
        return None;
    }
    let output =
        Command::new("python3").args(["-c", CHECK]).arg(path).arg(unit).output().expect("python3 runs");
    assert!(output.status.success(), "python3 disagrees: {}", String::from_utf8_lossy(&output.stderr));
    let count = String::from_utf8_lossy(&output.stdout).trim().parse();
    Some(count.expect("python3 says how many spans it read"))
}

fn words(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
