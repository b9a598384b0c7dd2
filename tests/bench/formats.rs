//! How many megabytes a second every parser and printer takes: `cargo bench --bench formats [NAME]`. Each is run on the
//! same news-like documents for a while and its best run counts, in the processor's time where Linux tells it, so that
//! what else the machine does matters little. A figure below what is promised is marked and ends the run with a failure.

#![allow(clippy::disallowed_methods, reason = "a benchmark looks at the clock")]
#![allow(clippy::print_stdout, reason = "its figures are shown")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use rubricator::format::exchange::{
    Bundle, Context, Count, FORMATS, Format, JsonValue, Mapping, Output, Page, Parse, Reading, Settler,
    Source, Terms, Values, unpack,
};
use rubricator::format::{
    Backup, BackupWriter, Cursor, DatasetHead, ImportedDocument, Lines, Reader, parse_plain, print_line,
};
use rubricator::model::{Body, Codebook, Project, ProjectId, Timestamp};
use rubricator::text::Unit;
use uuid::Uuid;

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod generator;

use generator::{Article, OF_P, article, imported, large_project};

/// How many documents there are.
const DOCUMENTS: usize = 200;
/// What every parser and printer shall take at least, in megabytes a second, and what our own dataset shall.
const LEAST: f64 = 20.0;
const LEAST_OF_DATASET: f64 = 150.0;
/// So much is read in pieces as the worker reads a file, and so much memory may that take, both in megabytes.
const STREAMED: usize = 500;
const MOST_MEMORY: usize = 100;
/// A piece of a file, and what of it is held before it goes to the database; as in `src/app/jobs/import.rs`.
const PIECE: usize = 4 << 20;
const HELD_DOCUMENTS: usize = 250;
const HELD_BYTES: usize = 4 << 20;
/// How long a batch of runs takes.
const BATCH: Duration = Duration::from_millis(120);

fn main() -> ExitCode {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let is_wanted = |name: &str| wanted.as_ref().is_none_or(|wanted| wanted == name);
    let lines = large_project(DOCUMENTS);
    let documents: Vec<(ImportedDocument, Body)> = imported(&lines)
        .documents
        .into_iter()
        .map(|one| {
            let body = Body::new(one.annotations.clone(), one.relations.clone());
            (one, body)
        })
        .collect();
    let mut table = Table { is_short: false };
    println!("{:<18}{:>10}{:>10}   MB/s", "", "parse", "print");
    if is_wanted("yardstick") {
        let values = || serde_json::Deserializer::from_str(&lines).into_iter::<serde_json::Value>();
        table.row(
            "serde_json's values",
            0.0,
            Some(rate(lines.len(), || {
                black_box(values().count());
            })),
            None,
        );
    }
    if is_wanted("dataset") {
        dataset(&mut table, &documents);
    }
    if is_wanted("backup") {
        backup(&mut table, &documents);
    }
    if is_wanted("plain") {
        let text = article(generator::SIZES[2], 0).text;
        let project = ProjectId::new(Uuid::nil());
        let parse = || drop(black_box(parse_plain("a.txt", text.as_bytes(), &mut Uuid::max, project)));
        table.row("plain", LEAST, Some(rate(text.len(), parse)), None);
    }
    if is_wanted("stream") {
        stream(&mut table, &lines);
        stream_values(&mut table, &documents);
    }
    for format in FORMATS.iter().filter(|format| is_wanted(format.name)) {
        exchange(&mut table, format, &documents);
    }
    if table.is_short { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Megabytes a second of the best batch of runs. The clock ticks some 250 times a second, so a batch takes a while.
fn rate(bytes: usize, mut work: impl FnMut()) -> f64 {
    let mut timed = |runs: u32| {
        let before = processor_time();
        (0..runs).for_each(|_| work());
        (processor_time() - before) / runs
    };
    let first = timed(1).max(Duration::from_millis(1));
    let runs = u32::try_from(BATCH.as_micros() / first.as_micros()).unwrap_or(1).max(1);
    let best = (0..5).map(|_| timed(runs)).min().unwrap_or(first);
    bytes as f64 / 1_000_000.0 / best.as_secs_f64()
}

/// How long this thread has been at work, by Linux; elsewhere the time of day.
fn processor_time() -> Duration {
    let stated = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = stated.and_then(|stated| stated.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGIN.elapsed(), Duration::from_nanos)
}

static BEGIN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);

struct Table {
    is_short: bool,
}

impl Table {
    fn row(&mut self, name: &str, least: f64, parse: Option<f64>, print: Option<f64>) {
        let mut short = false;
        let mut cell = |rate: Option<f64>| {
            short |= rate.is_some_and(|rate| rate < least);
            rate.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.0}"))
        };
        let (parse, print) = (cell(parse), cell(print));
        println!("{name:<18}{parse:>10}{print:>10}{}", if short { "   too slow" } else { "" });
        self.is_short |= short;
    }
}

impl Table {
    /// Feeds the content again and again, in pieces, until it was as much as a very large file.
    fn streamed(&mut self, name: &str, content: &[u8], mut feed: impl FnMut(&[u8])) {
        // The highest figure so far is forgotten.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        let before = memory("VmRSS");
        let (begun, mut fed) = (processor_time(), 0);
        for piece in content.chunks(PIECE).cycle() {
            feed(piece);
            fed += piece.len();
            if STREAMED * 1_000_000 <= fed {
                break;
            }
        }
        let rate = fed as f64 / 1_000_000.0 / (processor_time() - begun).as_secs_f64();
        let most = memory("VmHWM").zip(before).map(|(most, before)| most.saturating_sub(before));
        let is_short = most.is_some_and(|most| MOST_MEMORY < most);
        let most = most.map_or_else(|| "?".to_owned(), |most| most.to_string());
        let doubt = if is_short { "   too much" } else { "" };
        println!("{name:<18}{rate:>10.0}          {STREAMED} MB in {most} MB of memory{doubt}");
        self.is_short |= is_short;
    }
}

fn project() -> Project {
    Project {
        id: ProjectId::new(Uuid::nil()),
        name: "P".to_owned(),
        codebook: Codebook::standard(),
        guidelines: String::new(),
        created: Timestamp::default(),
        discarded: false,
    }
}

fn dataset(table: &mut Table, documents: &[(ImportedDocument, Body)]) {
    let head = DatasetHead::new("P", &Codebook::standard(), Unit::CodePoint);
    let print = || {
        let lines = documents.iter().map(|(one, body)| {
            print_line(&head, &one.document, &one.text, body, &BTreeMap::new(), None, "") + "\n"
        });
        lines.collect::<String>()
    };
    let lines = print();
    let parse = rate(lines.len(), || drop(black_box(imported(&lines))));
    table.row("dataset", LEAST_OF_DATASET, Some(parse), Some(rate(lines.len(), || drop(black_box(print())))));
}

/// Measured by what is packed, since that is what is read and written.
fn backup(table: &mut Table, documents: &[(ImportedDocument, Body)]) {
    let project = project();
    let print = || {
        let mut writer = BackupWriter::new(&project);
        for (one, body) in documents {
            let _ = writer.push_document(&one.document, &one.text, body, &BTreeMap::new(), None, "");
        }
        let mut zip = Vec::new();
        let _ = writer.finish(&project, &BTreeMap::new(), Cursor::default(), &mut |piece| zip.extend(piece));
        zip
    };
    let zip = print();
    let head = DatasetHead::exact("P", &Codebook::standard(), Unit::CodePoint);
    let line = |(one, body): &(ImportedDocument, Body)| {
        print_line(&head, &one.document, &one.text, body, &BTreeMap::new(), None, "").len()
    };
    let unpacked: usize = documents.iter().map(line).sum();
    let parse = || drop(black_box(Backup::parse(&zip, project.id, &mut Uuid::max)));
    table.row(
        "backup",
        LEAST,
        Some(rate(unpacked, parse)),
        Some(rate(unpacked, || drop(black_box(print())))),
    );
}

/// Our own lines, however many, in bounded memory.
fn stream(table: &mut Table, content: &str) {
    let mut reader = Reader::new("stream.jsonl", ProjectId::new(Uuid::nil()));
    let mut lines = Lines::new();
    let (mut last, mut held) = (0, Held::default());
    let mut new_id = || {
        last += 1;
        Uuid::from_u128(last)
    };
    table.streamed("dataset, streamed", content.as_bytes(), |piece| {
        lines.push(piece);
        while let Some(line) = lines.next_line() {
            held.take(reader.parse(line, &mut new_id).ok());
        }
    });
    assert!(DOCUMENTS < held.count, "documents came in");
}

/// Another tool's lines likewise.
fn stream_values(table: &mut Table, documents: &[(ImportedDocument, Body)]) {
    let Some(format) = FORMATS.iter().find(|format| format.name == "doccano") else { return };
    let (Some(Parse::Values(parse)), Some((_, content))) =
        (format.parse, printed(format, documents).into_iter().next())
    else {
        return;
    };
    let terms = Terms {
        project: ProjectId::new(Uuid::nil()),
        now: Timestamp::default(),
        annotator: String::new(),
        codebook_version: 1,
        actors: Vec::new(),
    };
    let mapping = Mapping::default();
    let mut settler = Settler::new(format, Count::CodePoint, &mapping, &terms);
    let (mut values, mut reading, mut held) = (Values::new(), Reading::default(), Held::default());
    table.streamed("doccano, streamed", &content, |piece| {
        values.push(piece);
        while let Some(found) = values.next_value() {
            if let Ok(value) = found.value {
                let value = JsonValue { path: "a.jsonl", line: found.line, number: found.number, value };
                parse(value, &mut reading);
            }
            reading.documents.drain(..).for_each(|one| held.take(settler.settle(one).ok()));
        }
    });
    assert!(DOCUMENTS < held.count, "documents came in");
}

/// Documents on their way to the database.
#[derive(Default)]
struct Held {
    documents: Vec<ImportedDocument>,
    bytes: usize,
    count: usize,
}

impl Held {
    fn take(&mut self, document: Option<ImportedDocument>) {
        let Some(document) = document else { return };
        self.count += 1;
        self.bytes += document.text.as_str().len();
        self.documents.push(document);
        if HELD_DOCUMENTS <= self.documents.len() || HELD_BYTES <= self.bytes {
            black_box(&self.documents);
            self.documents.clear();
            self.bytes = 0;
        }
    }
}

/// A figure of this process in megabytes, where Linux tells it.
fn memory(figure: &str) -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(figure))?;
    line.trim_matches([':', '\t', ' '])
        .trim_end_matches(" kB")
        .parse::<usize>()
        .ok()
        .map(|kilobytes| kilobytes / 1000)
}

fn exchange(table: &mut Table, format: &Format, documents: &[(ImportedDocument, Body)]) {
    let print = || printed(format, documents);
    let (files, rate_of_print) = match format.print {
        Some(_) => {
            let files = print();
            let bytes = files.iter().map(|(_, bytes)| bytes.len()).sum();
            (files, Some(rate(bytes, || drop(black_box(print())))))
        }
        None => (made(format.name), None),
    };
    let bytes = files.iter().map(|(_, bytes)| unpacked(bytes)).sum();
    let sources: Vec<_> = files.iter().map(|(path, bytes)| Source { path, bytes }).collect();
    let parse = format.parse.map(|parse| {
        assert!(0 < read(parse, &sources), "{} reads nothing", format.name);
        rate(bytes, || {
            black_box(read(parse, &sources));
        })
    });
    table.row(format.name, LEAST, parse, rate_of_print);
}

fn printed(format: &Format, documents: &[(ImportedDocument, Body)]) -> Vec<(String, Vec<u8>)> {
    let Some(printer) = format.print else { return Vec::new() };
    let project = project();
    let context = Context { project: &project, actors: &BTreeMap::new() };
    let mut output = Output::default();
    for (number, (one, body)) in documents.iter().enumerate() {
        let (document, text) = (&one.document, &one.text);
        (printer.page)(
            &context,
            &Page { document, text, body, modified: None, annotator: "", number },
            &mut output,
        );
    }
    (printer.finish)(&context, &mut output);
    output.take_files()
}

/// How many documents were read.
fn read(parse: Parse, sources: &[Source<'_>]) -> usize {
    let mut count = 0;
    parse.read(sources, &mut |_| count += 1);
    count
}

/// How many bytes there are to read: of an archive what is packed in it.
fn unpacked(bytes: &[u8]) -> usize {
    let files = unpack("", bytes).map(|unpacked| unpacked.files);
    files.map_or(bytes.len(), |files| files.iter().map(|(_, bytes)| bytes.len()).sum())
}

/// Files of a format that is only read.
fn made(format: &str) -> Vec<(String, Vec<u8>)> {
    let articles: Vec<Article> = (0..DOCUMENTS as u64).map(|number| article(OF_P, number)).collect();
    if format == "table" {
        let mut sheet = "id,title,text\n".to_owned();
        for (number, one) in articles.iter().enumerate() {
            // A string takes whatever is written.
            let _ = writeln!(sheet, "{number},{},\"{}\"", one.title, one.text);
        }
        return vec![("talks.csv".to_owned(), sheet.into_bytes())];
    }
    if format == "docx" {
        let file = |(number, one): (usize, &Article)| (format!("{number}.docx"), docx(one));
        return articles.iter().enumerate().map(file).collect();
    }
    if format == "dna_project" {
        return vec![("valley.dna".to_owned(), include_bytes!("../data/dna/valley.dna").to_vec())];
    }
    let file = |(number, one): (usize, &Article)| {
        let (content, ending) = match format {
            "cas" => (cas(one), "json"),
            "mardy" => (mardy(one), "json"),
            "medtator" => (medtator(one), "xml"),
            "html" => (html(one), "html"),
            _ => (String::new(), ""), // nothing is read of it, and that is said
        };
        (format!("{number}.{ending}"), content.into_bytes())
    };
    articles.iter().enumerate().map(file).collect()
}

fn html(one: &Article) -> String {
    let paragraphs: String = one.text.lines().map(|line| format!("<p>{line}</p>\n")).collect();
    let menu = "<nav><ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li></ul></nav>";
    format!(
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{0}</title></head><body>{menu}\
         <article><h1>{0}</h1>{paragraphs}</article></body></html>",
        one.title
    )
}

fn docx(one: &Article) -> Vec<u8> {
    let paragraphs: String =
        one.text.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{paragraphs}</w:body></w:document>");
    let mut bundle = Bundle::default();
    let mut bytes = Vec::new();
    // Packing in memory does not fail; if it did, no document would be read and the figures would show it.
    let _ = bundle.push("word/document.xml", document.as_bytes());
    let _ = bundle.finish(&mut |piece| bytes.extend(piece));
    bytes
}

fn cas(one: &Article) -> String {
    let mut structures = vec![serde_json::json!({
        "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": one.text
    })];
    structures.extend(one.marked.iter().zip(2..).map(|(marked, id)| {
        serde_json::json!({
            "%ID": id, "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "@sofa": 1,
            "begin": marked.range.start, "end": marked.range.end, "value": marked.label
        })
    }));
    let members: Vec<usize> = (2..structures.len() + 1).collect();
    let views = serde_json::json!({ "_InitialView": { "%SOFA": 1, "%MEMBERS": members } });
    serde_json::json!({ "%TYPES": {}, "%FEATURE_STRUCTURES": structures, "%VIEWS": views }).to_string()
}

fn mardy(one: &Article) -> String {
    let claims: Vec<_> = one
        .marked
        .iter()
        .map(|marked| {
            serde_json::json!({
                "quote": &one.text[marked.range.clone()], "begin": marked.range.start, "end": marked.range.end,
                "cdate": "20151024", "actorvalues": ["per_Ada Lovelace"], "claims": ["800"], "cpos": "1"
            })
        })
        .collect();
    serde_json::json!({ "text": one.text, "claims": claims, "entities": [], "sentences": [], "tokens": [] })
        .to_string()
}

fn medtator(one: &Article) -> String {
    let mut file =
        format!("<?xml version=\"1.0\"?>\n<PLAN>\n<TEXT><![CDATA[{}]]></TEXT>\n<TAGS>\n", one.text);
    for (marked, number) in one.marked.iter().zip(0..) {
        let (start, end) = (marked.range.start, marked.range.end);
        let quote = &one.text[start..end];
        let _ =
            writeln!(file, "<CLAIM id=\"C{number}\" spans=\"{start}~{end}\" text=\"{quote}\" sure=\"yes\"/>");
    }
    file + "</TAGS>\n</PLAN>\n"
}
