//! Web pages.

use rubricator::format::exchange::{FORMATS, Format, Parse, Reading, Source};

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "html").unwrap()
}

fn read(path: &str, bytes: &[u8]) -> Reading {
    let Some(Parse::Each(parse)) = format().parse else { panic!("pages are read one by one") };
    let mut reading = Reading::default();
    parse(&Source { path, bytes }, &mut reading);
    reading
}

#[test]
fn show() {
    for (path, bytes) in [
        ("tram.html", &include_bytes!("../../data/html/tram.html")[..]),
        ("dam.htm", include_bytes!("../../data/html/dam.htm")),
        ("amp.html", include_bytes!("../../data/html/amp.html")),
        ("blog.xhtml", include_bytes!("../../data/html/blog.xhtml")),
        ("short.html", include_bytes!("../../data/html/short.html")),
    ] {
        let r = read(path, bytes);
        println!("=== {path} {:?}", r.issues.iter().map(ToString::to_string).collect::<Vec<_>>());
        for d in &r.documents { println!("{:?} {:?}\n{}", d.title, d.meta, d.text); }
    }
}

#[test]
fn hostile_show() {
    let nest = |open: &str, n: usize, mid: &str| format!("<html><body>{}{mid}", open.repeat(n));
    let sentence = "The minister said, on Monday, that water is a right, and nobody else agreed with him at all. ";
    let shapes: Vec<(&str, String)> = vec![
        ("deep div", nest("<div>", 100_000, "deep text")),
        ("deep font", nest("<font size=1>", 100_000, "deep text")),
        ("b variants", (0..50_000).map(|i| format!("<p><b x={i}>t")).collect()),
        ("tables", nest("<table><tr><td>", 30_000, "deep")),
        ("foster", nest("<table><div>", 30_000, "deep")),
        ("p flood", nest("<p>x", 500_000, "")),
        ("text only 10MB", sentence.repeat(110_000)),
        ("div 390 class 2.5MB", format!("{}{}", "<div class=share-x>".repeat(390), format!("<p>{}</p>", sentence.repeat(10)).repeat(2_700))),
        ("div chain with text each", (0..390).map(|i| format!("<div class=a{i}><p>{}</p>", sentence.repeat(60))).collect()),
        ("many divs", format!("<div class=c><p>{sentence}</p></div>").repeat(12_000)),
        ("many links", "<div><a href=#>a</a><a>b</a><a>c</a></div>".repeat(7_000)),
        ("ul nest", nest("<ul><li>x", 100_000, "")),
        ("br flood", nest("<br> ", 200_000, "x")),
        ("comment", format!("<!--{}", "x".repeat(5_000_000))),
        ("lt", "<".repeat(2_000_000)),
        ("attrs", format!("<p {}>x", (0..200_000).map(|i| format!("a{i}=1 ")).collect::<String>())),
        ("entities", "&amp;".repeat(1_000_000)),
        ("template", nest("<template>", 50_000, "x")),
        ("svg", nest("<svg>", 50_000, "x")),
        ("select", nest("<select><option>", 50_000, "x")),
        ("formatting adoption", "<a><b><i><p></b></i></a>".repeat(30_000)),
    ];
    for (name, html) in shapes {
        let thread = std::thread::Builder::new().stack_size(512 << 10);
        let len = html.len();
        let start = std::time::Instant::now();
        let r = thread.spawn(move || read("a.html", html.as_bytes())).unwrap().join().unwrap();
        println!("{name}: {len} bytes {:?} {:?} text {}", start.elapsed(), r.issues.iter().map(ToString::to_string).collect::<Vec<_>>(), r.documents.first().map_or(0, |d| d.text.len()));
    }
}
