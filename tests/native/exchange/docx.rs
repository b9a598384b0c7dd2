//! Word documents.

#![allow(clippy::disallowed_methods, reason = "tests look at the clock and need small stacks")]

use proptest::prelude::*;
use rubricator::format::exchange::{Bundle, FORMATS, Format, Parse, Reading, Source, is_word, sets};

const MINUTES: Source<'static> =
    Source { path: "docx/minutes.docx", bytes: include_bytes!("../../data/docx/minutes.docx") };

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "docx").unwrap()
}

fn read(source: &Source<'_>) -> Reading {
    let Some(Parse::Each(parse)) = format().parse else { panic!("documents are read one by one") };
    let mut reading = Reading::default();
    parse(source, &mut reading);
    reading
}

fn said(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(ToString::to_string).collect()
}

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut bundle = Bundle::default();
    for (path, content) in parts {
        bundle.push(path, content.as_bytes()).unwrap();
    }
    let mut bytes = Vec::new();
    bundle.finish(&mut |piece| bytes.extend(piece)).unwrap();
    bytes
}

/// A document of that body, read.
fn document(body: &str) -> (String, Vec<String>) {
    let xml = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let bytes = zip(&[("word/document.xml", &xml)]);
    let reading = read(&Source { path: "a.docx", bytes: &bytes });
    (reading.documents[0].text.clone(), said(&reading))
}

#[test]
fn a_document_comes_in_as_it_reads_once_all_changes_are_accepted() {
    assert_eq!(sets(&[MINUTES])[0].kind.name(), "docx");
    let reading = read(&MINUTES);
    let document = &reading.documents[0];
    assert_eq!(document.title, "Hafenbahn & Haushalt");
    assert_eq!((&*document.meta.author, &*document.meta.published), ("Ada Lane", "2026-02-03"));
    assert_eq!(
        document.text,
        "# Streit um die Hafenbahn\n\n\
         Der Rat stimmte am Montag zum zweiten Mal über die Hafen\u{AD}bahn ab. „Ein Fehler“, sagte Eva\u{A0}Lind & \
         nannte die CO2\u{2011}Bilanz „schön\u{AD}gerechnet“.\n\n\
         Zum Gutachten\tSeite 3\nAnhang\n\n\
         # Die Kosten\n\n\
         Drei Posten:\n\n\
         - Gleise\n  - Schwellen\n- Wagen\n4. Erstens\n5. Zweitens\n\n\
         Jahr\tFahrgäste\n2031\t9 000\n\n\
         ## Gliederung ohne Formatvorlage\n\n\
         Am Rand steht mehr. Und es geht weiter.\n\n\
         A box beside the text\n\n\
         Sichtbar bis zum Schluss."
    );
    assert_eq!(
        said(&reading),
        [
            "docx/minutes.docx: changes are tracked: 1 insertions were taken and 2 deletions left out, as if all were \
             accepted",
            "docx/minutes.docx: 1 footnotes and endnotes were left out",
            "docx/minutes.docx: 1 stretches of hidden text were left out",
        ]
    );
}

#[test]
fn tables_that_lay_a_page_out_hold_running_text() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let table = |rows: &str| format!("<w:tbl>{rows}</w:tbl>");
    let (text, _) = document(&table(&format!("<w:tr>{}</w:tr><w:tr>{}</w:tr>", cell("One"), cell("Two"))));
    assert_eq!(text, "One\n\nTwo");
    let inner = table(&format!("<w:tr>{}{}</w:tr>", cell("a"), cell("b")));
    let long = "word ".repeat(200);
    let outer = format!("<w:tr><w:tc><w:p/>{inner}</w:tc>{}</w:tr>", cell(&long));
    assert_eq!(document(&table(&outer)).0, format!("a\tb\n\n{}", long.trim()));
}

#[test]
fn what_is_no_word_document_is_told_what_to_do() {
    let told = |path: &str, bytes: &[u8]| {
        let files = [Source { path, bytes }];
        let kind = sets(&files)[0].kind.name();
        (kind, if kind == "docx" { said(&read(&files[0])) } else { Vec::new() })
    };
    let (kind, said) = told("a.docx", b"PK\x03\x04 and then nothing");
    assert_eq!(kind, "docx");
    assert!(said[0].starts_with("a.docx: the document cannot be read ("), "{said:?}");
    let empty = zip(&[("[Content_Types].xml", "<Types/>")]);
    assert_eq!(
        told("a.docx", &empty).1,
        [
            "a.docx: the document cannot be read (it holds no word/document.xml); open it in a word processor, save it \
             anew and import that"
        ]
    );
    // What lies behind these names is told by the reader of plain texts.
    let book = zip(&[("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")]);
    assert_eq!(told("a.xlsx", &book).0, "plain");
    assert!(is_word(MINUTES.bytes) && !is_word(&book));
    let far = zip(&[("texts/word/document.xml", "x"), ("a.txt", "word/document.xml")]);
    assert!(!is_word(&far), "a folder of that name is no document");
}

#[test]
fn a_broken_document_keeps_what_stands_before() {
    let (text, said) =
        document("<w:p><w:r><w:t>Ada met Bo.</w:t></w:r></w:p><w:p><w:r><w:t>Then</w:r></w:p>");
    assert_eq!(text, "Ada met Bo.\n\nThen");
    assert!(said[0].starts_with("a.docx: not XML ("), "{said:?}");
    let entity = "<w:p><w:r><w:t>a&lt;b&who;&#x1F68B;</w:t></w:r></w:p>";
    assert_eq!(document(entity).0, "a<b\u{FFFD}🚋");
}

#[test]
fn hostile_documents_cost_little() {
    let shapes = [
        "<w:p><w:r>".repeat(50_000),
        "<w:tbl><w:tr><w:tc>".repeat(50_000),
        "<w:p><w:r><w:txbxContent>".repeat(50_000),
        "<w:p><w:r><w:t>x</w:t></w:r></w:p>".repeat(50_000),
        format!("<w:p {}/>", (0..50_000).map(|at| format!("a{at}='1' ")).collect::<String>()),
        "<w:del>".repeat(50_000),
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
            .to_owned(),
    ];
    for body in shapes {
        let head: String = body.chars().take(30).collect();
        let start = std::time::Instant::now();
        let thread = std::thread::Builder::new().stack_size(512 << 10);
        thread.spawn(move || document(&body)).unwrap().join().unwrap();
        assert!(start.elapsed().as_secs() < 30, "{head}: {:?}", start.elapsed());
    }
    // Zeros that would unpack to more than any memory holds.
    let bomb = zip(&[("word/document.xml", &"\0".repeat(61_000_000))]);
    let reading = read(&Source { path: "a.docx", bytes: &bomb });
    assert!(reading.documents.is_empty());
    assert!(said(&reading)[0].starts_with("a.docx: the document cannot be read ("), "{:?}", said(&reading));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_of_a_document_comes_in_once_and_in_order(words in prop::collection::vec((0..4_usize, "[a-z]{1,9}"), 1..30)) {
        let run = |word: &str| format!("<w:r><w:t>{word}</w:t></w:r>");
        let block = |(kind, word): &(usize, String)| match kind {
            0 => format!("<w:p>{}</w:p>", run(word)),
            1 => format!("<w:p><w:pPr><w:pStyle w:val='Heading2'/></w:pPr>{}</w:p>", run(word)),
            2 => format!("<w:sdt><w:sdtContent><w:p><w:hyperlink>{}</w:hyperlink></w:p></w:sdtContent></w:sdt>", run(word)),
            _ => format!("<w:tbl><w:tr><w:tc><w:p>{0}</w:p></w:tc><w:tc><w:p>{0}</w:p></w:tc></w:tr></w:tbl>", run(word)),
        };
        let (text, _) = document(&words.iter().map(block).collect::<String>());
        let found: Vec<&str> = text.split_whitespace().filter(|word| !word.starts_with('#')).collect();
        let expected: Vec<&str> = words.iter().flat_map(|(kind, word)| vec![word.as_str(); if *kind == 3 { 2 } else { 1 }]).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn no_change_of_a_byte_breaks_the_reader(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = MINUTES.bytes.to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let reading = read(&Source { path: "a.docx", bytes: &bytes });
        prop_assert!(reading.documents.len() == 1 || !reading.issues.is_empty());
    }
}
