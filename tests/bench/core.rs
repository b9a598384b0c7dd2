//! The core's hot paths on the workloads of the generator: positions, intervals, the scene, edits, our own format.
//! `cargo bench` runs it; the figures are the machine's, so compare them within one run.

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rubricator::format::{DatasetHead, print_line, row};
use rubricator::model::{
    Annotation, Body, Change, Codebook, Edit, Project, ProjectId, State, Timestamp, What,
};
use rubricator::scene;
use rubricator::text::{Offset, Span, Text, Unit, Utf16Offset, blocks};
use uuid::Uuid;

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod generator;

use generator::{SIZES, article, imported, large_project};

/// How many documents of the large project are read and printed at a time.
const SAMPLE: usize = 500;

fn positions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("position");
    for size in SIZES {
        let text = Text::new(article(size, 0).text);
        let middle = Offset::new(text.len().byte() / 2);
        group.bench_with_input(BenchmarkId::new("to UTF-16 and back", size.name), &text, |bencher, text| {
            bencher.iter(|| text.from_utf16(Utf16Offset::new(text.to_utf16(black_box(middle)).get())));
        });
    }
    for size in &SIZES[..3] {
        let plain = article(*size, 0).text;
        group.throughput(Throughput::Bytes(plain.len() as u64));
        group.bench_with_input(BenchmarkId::new("index", size.name), &plain, |bencher, plain| {
            bencher.iter_batched(|| plain.clone(), Text::new, BatchSize::LargeInput);
        });
        let text = Text::new(plain);
        group.bench_with_input(BenchmarkId::new("blocks", size.name), &text, |bencher, text| {
            bencher.iter(|| blocks(black_box(text)));
        });
    }
    group.finish();
}

fn bodies(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("body");
    for size in SIZES {
        let Some(document) = imported(&article(size, 0).line()).documents.pop() else { continue };
        let body = Body::new(document.annotations.clone(), document.relations.clone());
        let middle = document.text.len().byte() / 2;
        let near = Span::new(Offset::new(middle), Offset::new(middle + 200));
        let Some(near) = near else { continue };
        group.bench_with_input(
            BenchmarkId::new("overlapping 200 bytes", size.name),
            &body,
            |bencher, body| {
                bencher.iter(|| body.overlapping(black_box(near)));
            },
        );
        let all = blocks(&document.text);
        let block = all[all.len() / 2].span;
        group.bench_with_input(BenchmarkId::new("pieces of a block", size.name), &body, |bencher, body| {
            bencher.iter(|| scene::pieces(black_box(block), body));
        });
        group.bench_with_input(BenchmarkId::new("load", size.name), &document, |bencher, document| {
            let parts = || (document.annotations.clone(), document.relations.clone());
            bencher.iter_batched(
                parts,
                |(annotations, relations)| Body::new(annotations, relations),
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

fn edits(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("edit");
    for size in SIZES {
        let Some(document) = imported(&article(size, 0).line()).documents.pop() else { continue };
        let before = document.annotations[document.annotations.len() / 2].clone();
        let mut state = State::new(project());
        state.load_body(before.document, Body::new(document.annotations, document.relations));
        let after = Annotation { note: "Checked.".to_owned(), ..before.clone() };
        let changes = Change::replace(before.into(), after.into()).into_iter().collect();
        let at = Timestamp::default();
        let edit = Edit { what: What::Describe, at, annotator: String::new(), changes };
        let back = edit.inverse(at, "");
        group.bench_function(BenchmarkId::new("apply and take back", size.name), |bencher| {
            bencher.iter(|| {
                state.apply(black_box(&edit));
                state.apply(black_box(&back));
            });
        });
    }
    group.finish();
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

fn rows(criterion: &mut Criterion) {
    let documents = imported(&article(SIZES[1], 0).line()).documents;
    let Some(document) = documents.first() else { return };
    let printed: Vec<String> = document.annotations.iter().map(row::print_annotation).collect();
    let bytes = printed.iter().map(|row| row.len() as u64).sum();
    let mut group = criterion.benchmark_group("row");
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("print", |bencher| {
        bencher
            .iter(|| document.annotations.iter().map(|one| row::print_annotation(one).len()).sum::<usize>());
    });
    group.bench_function("parse", |bencher| {
        bencher.iter(|| printed.iter().filter(|row| row::parse_annotation(row).is_ok()).count());
    });
    group.finish();
}

fn datasets(criterion: &mut Criterion) {
    let lines = large_project(SAMPLE);
    let mut group = criterion.benchmark_group("JSONL");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(lines.len() as u64));
    group.bench_function("parse", |bencher| bencher.iter(|| imported(black_box(&lines)).documents.len()));
    let documents = imported(&lines).documents;
    let bodies: Vec<Body> =
        documents.iter().map(|one| Body::new(one.annotations.clone(), one.relations.clone())).collect();
    let head = DatasetHead::new("P", &Codebook::standard(), Unit::CodePoint);
    let print = || {
        let printed = documents.iter().zip(&bodies).map(|(one, body)| {
            print_line(&head, &one.document, &one.text, body, &BTreeMap::new(), None, "").len()
        });
        printed.sum::<usize>()
    };
    group.throughput(Throughput::Bytes(print() as u64));
    group.bench_function("print", |bencher| bencher.iter(print));
    group.finish();
}

criterion_group!(core, positions, bodies, edits, rows, datasets);
criterion_main!(core);
