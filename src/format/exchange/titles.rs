//! The formats that can be written, apart from the programs that write them: the page offers them by name, and only
//! the worker carries the programs. A test holds this list against the catalogue.

/// Short names and titles in the order in which they are offered.
pub const WRITTEN: &[(&str, &str)] = &[
    ("brat", "brat standoff"),
    ("conll", "CoNLL columns (IOB, BIOES)"),
    ("dna", "DNA event list (CSV)"),
    ("doccano", "doccano JSONL"),
    ("hugging_face", "Hugging Face tokens and tags (JSONL)"),
    ("label_studio", "Label Studio JSON"),
    ("prodigy", "Prodigy JSONL"),
    ("pubannotation", "PubAnnotation JSON"),
    ("spacy", "spaCy training data (JSON)"),
    ("tables", "Tables for spreadsheets (CSV)"),
    ("web_annotation", "W3C Web Annotation (JSON-LD)"),
    ("webanno", "WebAnno TSV 3 (INCEpTION)"),
];

#[cfg(test)]
mod tests {
    use super::super::FORMATS;
    use super::WRITTEN;

    #[test]
    fn what_is_offered_is_what_can_be_written() {
        let written = FORMATS.iter().filter(|format| format.print.is_some());
        assert_eq!(WRITTEN, written.map(|format| (format.name, format.title)).collect::<Vec<_>>());
    }
}
