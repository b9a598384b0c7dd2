//! Web pages.

#![allow(clippy::disallowed_methods, reason = "tests look at the clock and need small stacks")]

use proptest::prelude::*;
use rubricator::format::exchange::{FORMATS, Format, Parse, Reading, Source, copied, sets};
use rubricator::text::{Block, BlockKind, blocks};

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "html").unwrap()
}

fn read(path: &str, bytes: &[u8]) -> Reading {
    let Some(Parse::Each(parse)) = format().parse else { panic!("pages are read one by one") };
    let mut reading = Reading::default();
    parse(&Source { path, bytes }, &mut reading);
    reading
}

fn said(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(ToString::to_string).collect()
}

/// The blocks of a text, each with a letter for its kind.
fn shown(text: &str) -> Vec<String> {
    let kind = |kind| match kind {
        BlockKind::Heading => 'h',
        BlockKind::Paragraph => 'p',
        BlockKind::ListItem => 'i',
    };
    let words = |block: &Block| text.get(block.span.range()).unwrap().chars().take(24).collect::<String>();
    blocks(text).iter().map(|block| format!("{} {}", kind(block.kind), words(block))).collect()
}

macro_rules! page {
    ($name:literal) => {
        read(concat!("html/", $name), include_bytes!(concat!("../../data/html/", $name)))
    };
}

#[test]
fn of_a_news_page_the_article_comes_in_and_nothing_around_it() {
    let reading = page!("tram.html");
    assert_eq!(said(&reading), Vec::<String>::new());
    let page = &reading.documents[0];
    let meta = &page.meta;
    assert_eq!(page.title, "Council votes for harbour tram after stormy night");
    assert_eq!((&*meta.author, &*meta.published), ("Eva Lind, Tomás O'Dea", "2026-03-04"));
    assert_eq!((&*meta.source, &*meta.language), ("The Eastport Courier", "en-GB"));
    assert_eq!(meta.url, "https://courier.example/news/harbour-tram");
    assert_eq!(
        shown(&page.text),
        [
            "h # Council votes for harb",
            "p Transport",
            "p The line to the old dock",
            "p 4 March 2026",
            "p The depot at dawn: work ",
            "p Shortly after midnight t",
            "p The opposition was furio",
            "h ## What the line is to c",
            "p According to the transpo",
            "i - the ground under the o",
            "i - the price of steel,",
            "i 3. for rails",
            "i 4. for masts",
            "i - a shortage of drivers.",
            "p Economist Ruth Adeyemi o",
            "p the port’s share was “no",
            "p Passengers a day",
            "p Year\tTram\tBus",
            "p 2028\t9,000\t21,000",
            "p 2032\t24,000\t11,000",
            "p Nobody has asked the peo",
            "p The first rails are to b",
        ]
    );
    assert!(page.text.contains("mayor Ingrid Sahl\u{A0}(Greens), who"), "a no-break space stays");
    assert!(page.text.contains("“Harbour for All”"), "quotation marks that an element demands are there");
    for around in
        ["cookies", "Sport", "Ten photos", "Share on", "Spring sale", "newsletter", "resign", "Bakery", "©"]
    {
        assert!(!page.text.contains(around), "{around}");
    }
}

#[test]
fn an_old_page_laid_out_by_a_table_comes_in_without_its_menu() {
    let reading = page!("dam.htm");
    assert_eq!(said(&reading), Vec::<String>::new());
    let page = &reading.documents[0];
    assert_eq!(page.title, "Streit um den Damm geht weiter");
    let meta = &page.meta;
    assert_eq!((&*meta.author, &*meta.published, &*meta.language), ("Jürgen Weiß", "2003-05-12", "de"));
    assert_eq!(
        (&*meta.source, &*meta.url),
        ("talblick.example", "http://www.talblick.example/archiv/damm.htm")
    );
    let shown = shown(&page.text);
    assert_eq!(shown.len(), 4, "{shown:?}");
    // Declared as Latin-1, which pages take for Windows-1252.
    assert!(page.text.contains("Höß (CSU) nannte das Vorhaben „unverzichtbar“ – ohne"), "{}", page.text);
    assert!(page.text.contains("4,2 Millionen € geschätzt"));
}

#[test]
fn a_mobile_page_in_utf_16_comes_in_without_what_it_asks_of_readers() {
    let reading = page!("amp.html");
    let page = &reading.documents[0];
    assert_eq!(page.title, "Le pont fermé, la colère monte");
    assert_eq!((&*page.meta.author, &*page.meta.published), ("Amélie Dufour", "2025-11-18"));
    assert_eq!(shown(&page.text).len(), 5, "{}", page.text);
    for around in ["Accueil", "cookies", "Publicité", "abonnés", "Mentions"] {
        assert!(!page.text.contains(around), "{around}");
    }
}

#[test]
fn a_post_keeps_its_headings_and_what_is_set_line_by_line() {
    let reading = page!("blog.xhtml");
    let page = &reading.documents[0];
    assert_eq!((&*page.meta.author, &*page.meta.published), ("Ada Lane", "2024-06-30"));
    let headings: Vec<_> = page.text.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        headings,
        ["# Three notes on the water bill", "### 1. Prices", "### 2. Pipes", "### 3. Rights"]
    );
    assert!(page.text.contains("factories & large farms") && page.text.contains("pay <5% less"));
    assert!(page.text.ends_with("Art. 1  Water is a right.\nArt. 2  The minister decides."), "{}", page.text);
    assert!(!page.text.contains("Great post") && !page.text.contains("about"));
}

#[test]
fn a_page_with_hardly_any_text_comes_in_and_says_so() {
    let reading = page!("short.html");
    assert_eq!(reading.documents[0].text, "The office is closed today.");
    assert_eq!(
        said(&reading),
        [
            "html/short.html: the page holds hardly any text (22 letters); it came in as it is. Pages that load their \
             text when they are looked at are best copied and pasted"
        ]
    );
    let links = "<ul><li><a href=1>One</a><li><a href=2>Two</a><li><a href=3>Three</a></ul>";
    assert_eq!(read("a.html", links.as_bytes()).documents[0].text, "- One\n- Two\n- Three");
    assert_eq!(read("a.html", b"").documents[0].text, "");
}

#[test]
fn pages_are_known_by_what_they_hold() {
    let sure = |path: &str, content: &str| {
        let files = [Source { path, bytes: content.as_bytes() }];
        sets(&files)[0].kind.name()
    };
    assert_eq!(sure("a.html", "<p>Ada met Bo."), "html");
    assert_eq!(sure("a.txt", "\u{FEFF}\n<!-- x --><!DOCTYPE HTML><p>Ada"), "html");
    assert_eq!(sure("page", "<html><body>Ada"), "html");
    assert_eq!(sure("a.txt", "The <html> tag opens a page."), "plain");
    assert_eq!(sure("a.md", "<!-- draft -->\n# Ada"), "plain");
    assert_eq!(
        sure("a.xml", "<?xml version='1.0'?><T><TEXT>A</TEXT><TAGS><P id='1' spans='0~1'/></TAGS></T>"),
        "medtator"
    );
}

#[test]
fn the_encoding_is_the_marked_the_declared_or_the_likeliest() {
    let text = |bytes: &[u8]| {
        let reading = read("a.html", bytes);
        let said = said(&reading).into_iter().filter(|said| !said.contains("hardly any")).collect::<Vec<_>>();
        (reading.documents[0].text.clone(), said)
    };
    let none = Vec::<String>::new;
    assert_eq!(text("<p>Größe".as_bytes()), ("Größe".to_owned(), none()));
    assert_eq!(
        text(b"<meta charset='windows-1251'><p>\xCF\xF0\xE8\xE2\xE5\xF2"),
        ("Привет".to_owned(), none())
    );
    assert_eq!(text(b"<meta charset=shift_jis><p>\x93\x8C\x8B\x9E"), ("東京".to_owned(), none()));
    assert_eq!(text(b"<?xml version='1.0' encoding=\"ISO-8859-2\"?><html><p>\xB1"), ("ą".to_owned(), none()));
    // Declared in UTF-16, written in UTF-8.
    assert_eq!(text("<meta charset=utf-16><p>é".as_bytes()), ("é".to_owned(), none()));
    let wide: Vec<u8> = "<p>é東".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(text(&wide), ("é東".to_owned(), none()));
    let (plain, said) = text(b"<p>caf\xE9 \x96 bar");
    assert_eq!(plain, "café – bar");
    assert!(said[0].contains("it was read as Windows-1252"), "{said:?}");
    let (broken, said) = text(b"<meta charset=utf-8><p>caf\xE9 bar");
    assert_eq!(broken, "caf\u{FFFD} bar");
    assert!(said[0].starts_with("a.html: 1 letters cannot be read as UTF-8"), "{said:?}");
}

#[test]
fn what_was_copied_comes_whole_with_its_headings_and_lists() {
    let html = "<html><body><!--StartFragment--><h2 style='x'>On <i>water</i></h2><p>She said:&nbsp;no.<br>Twice.</p>\
                <ol start=9><li><p>one</p><p>more</p></li><li>two<ul><li>deep</li></ul></li></ol>\
                <p>a&shy;b</p><script>alert(1)</script><img src=x onerror=alert(2)><!--EndFragment--></body></html>";
    assert_eq!(
        copied(html, "On water").as_deref(),
        Some("## On water\n\nShe said:\u{A0}no.\nTwice.\n\n9. one\n\nmore\n\n10. two\n  - deep\n\na\u{AD}b")
    );
    assert_eq!(copied("<meta charset='utf-8'><div><span>fn main() {}</span></div>", "fn main() {}"), None);
    assert_eq!(copied("<p>Only this.</p>", "Only this. And much that is not in the other form."), None);
    assert_eq!(copied("just words", "just words"), None);
}

#[test]
fn hostile_pages_cost_little_and_come_in_as_a_whole() {
    let sentence = "The minister said, on Monday, that water is a right, and nobody agreed with him at all. ";
    let whole =
        "a.html: the page is too large for its main text to be told from the rest; all of its text came in";
    let shapes = [
        ("<div>".repeat(100_000) + "deep", true),
        ("<font size=1>".repeat(100_000) + "deep", true),
        ((0..5_000).map(|number| format!("<p><b x={number}>t")).collect(), true),
        ("<table><tr><td>".repeat(20_000), true),
        ("<a>".repeat(50_000) + "deep", true),
        ("<template>".repeat(20_000), false),
        ("<svg>".repeat(50_000), true),
        ("<ul><li>x".repeat(50_000), true),
        ("<table><div>".repeat(3_000), false),
        ("<div class=share-x>".repeat(390) + &sentence.repeat(6_000), false),
        (format!("<div class=c><p>{sentence}</p></div>").repeat(700), false),
        ("<div><a href=#>a</a><a>b</a><a>c</a></div>".repeat(1_000), false),
        ("<br> ".repeat(20_000), false),
        ("<!--".to_owned() + &"x".repeat(1_000_000), false),
        ("<".repeat(100_000), false),
        ("&amp;".repeat(60_000), false),
        ("<a><b><i><p></b></i></a>".repeat(5_000), false),
        (format!("<p {}>x", (0..20_000).map(|at| format!("a{at}=1 ")).collect::<String>()), false),
    ];
    for (html, is_whole) in shapes {
        let is_deep = html.ends_with("deep");
        let head: String = html.chars().take(30).collect();
        let start = std::time::Instant::now();
        // No more stack than a worker has.
        let thread = std::thread::Builder::new().stack_size(512 << 10);
        let reading = thread.spawn(move || read("a.html", html.as_bytes())).unwrap().join().unwrap();
        assert!(start.elapsed().as_secs() < 60, "{head}: {:?}", start.elapsed());
        assert!(!is_whole || said(&reading).contains(&whole.to_owned()), "{head}: {:?}", said(&reading));
        assert!(!is_deep || reading.documents[0].text.ends_with("deep"), "{head}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_soup_of_tags_loses_a_word_of_what_was_copied(parts in prop::collection::vec(prop::sample::select(&SOUP[..]), 0..60)) {
        let html = parts.concat();
        let text = copied(&format!("<p>{html}"), "").unwrap_or_default();
        // What stands in no element that has no text, and in no attribute, is there in its order.
        let words = parts.iter().filter(|part| part.starts_with('w')).count();
        prop_assert_eq!(text.matches('w').count(), words, "{}\n{}", html, text);
        let _ = read("a.html", html.as_bytes());
    }
}

const SOUP: [&str; 26] = [
    "w",
    "w\u{A0}x",
    "w\n",
    "<p>",
    "</p>",
    "<div class=ad>",
    "</div>",
    "<b>",
    "</i>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<td>",
    "</table>",
    "<h2>",
    "</h3>",
    "<br>",
    "<q>",
    "</q>",
    "<pre>",
    "</pre>",
    "<blockquote>",
    "&amp;",
    "<a href=x>",
    "🚋",
];

/// Their licence wants that whoever gets the program is told where the source of these libraries is.
#[test]
fn libraries_under_a_licence_of_their_own_are_named_beside_the_app() {
    let notice = include_str!("../../../NOTICE.txt");
    let rules = include_str!("../../../.deny.toml");
    let named = |line: &str| Some(line.split_once("{ crate = \"")?.1.split_once("\", allow")?.0.to_owned());
    let crates: Vec<_> = rules.lines().filter_map(named).collect();
    assert!(!crates.is_empty());
    for name in crates {
        let source = notice.lines().find(|line| line.split_whitespace().next() == Some(&name));
        assert!(source.is_some_and(|line| line.contains("https://")), "{name}");
    }
    assert!(include_str!("../../../index.html").contains("href=\"NOTICE.txt\""), "it goes into the build");
}
