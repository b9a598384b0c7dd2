//! Behaviour of `text`, written as marked text: `[[` and `]]` stand around what is expected, `{{` and `}}` around what a
//! person selected, `|` where the position is. Properties hold for texts made of everything that is hard about Unicode.

use proptest::prelude::*;
use rubricator::text::*;
use unicode_segmentation::UnicodeSegmentation;

fn at(byte: usize) -> Offset {
    Offset::from_usize(byte)
}

/// Takes the marks out of a text: the plain text and the bytes between each pair of marks.
fn unmark(marked: &str, open: &str, close: &str) -> (String, Vec<std::ops::Range<usize>>) {
    let (mut plain, mut ranges, mut start) = (String::new(), Vec::new(), 0);
    let mut rest = marked;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(open) {
            start = plain.len();
            rest = after;
        } else if let Some(after) = rest.strip_prefix(close).filter(|after| !after.starts_with(']')) {
            ranges.push(start..plain.len());
            rest = after;
        } else {
            let next = rest.chars().next().map_or(1, char::len_utf8);
            plain.push_str(&rest[..next]);
            rest = &rest[next..];
        }
    }
    (plain, ranges)
}

// Sentences

/// Every position inside a marked sentence finds that sentence, and stepping visits each of them in order.
fn check_sentences(marked: &str) {
    let (plain, expected) = unmark(marked, "[[", "]]");
    let text = Text::new(plain.as_str());
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for (byte, c) in plain.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let sentence = sentence_at(&text, at(byte)).map(Span::range);
        assert!(sentence.is_some(), "no sentence at {byte} ({c:?}) of {plain:?}");
        found.extend(sentence.filter(|sentence| found.last() != Some(sentence)));
    }
    let words = |ranges: &[std::ops::Range<usize>]| -> Vec<String> {
        ranges.iter().map(|range| plain[range.clone()].to_owned()).collect()
    };
    assert_eq!(words(&found), words(&expected));
    let mut here = Offset::ZERO;
    for next in expected.iter().skip(1).map(|range| at(range.start)).chain([text.len()]) {
        let before = here;
        here = next_sentence(&text, here);
        assert_eq!(here, next, "after {before:?} of {plain:?}");
        assert_eq!(previous_sentence(&text, here), before, "before {here:?} of {plain:?}");
    }
}

#[test]
fn plain_sentences_end_at_their_terminators() {
    check_sentences("[[The vote failed.]] [[Why did it fail?]] [[Nobody knew!]]  [[They went home]]");
    check_sentences("[[One.]]\n[[Two.]]\n\n[[Three]]\n");
    check_sentences("[[Really?!]] [[Yes...]] [[Then nothing…]] [[Then more]]");
    check_sentences("[[It rose 3.5 percent to 1,200.75 on Monday.]] [[See www.example.com for more.]]");
}

#[test]
fn english_abbreviations_and_initials_do_not_end_a_sentence() {
    check_sentences("[[Mr. Cole and Dr. Amy Hart met Sen. Bo Lee in St. Louis.]] [[They agreed.]]");
    check_sentences("[[Two former U.S. presidents objected.]] [[The U.S. Army did not.]]");
    check_sentences("[[He flew back to the U.S.]] [[The talks went on without him.]]");
    check_sentences("[[J. K. Rowling and George W. Bush met John F. Kennedy Jr. in Boston.]] [[It rained.]]");
    check_sentences("[[Some countries, e.g. France, i.e. its government, refused.]] [[Others did not.]]");
    check_sentences(
        "[[The deal with Acme Inc. CEO Ann Fox closed at 5 p.m. Eastern on Jan. 3, 2025.]] [[She smiled.]]",
    );
    check_sentences("[[Ranked No. 5 in Vol. 2, it lost.]] [[The answer was no.]] [[Nobody cared.]]");
    check_sentences("[[Attorneys cited Smith vs. Jones.]] [[The court agreed.]]");
    check_sentences("[[Prices rose in Jan.]] [[The bank waited.]]");
    check_sentences("[[He had no plan B.]] [[The rest had one.]]");
    check_sentences("[[Pay for coal, gas, etc.]] [[The rest is free.]]");
}

#[test]
fn german_abbreviations_and_ordinals_do_not_end_a_sentence() {
    check_sentences("[[Am 3. Mai traf Dr. Merz u. a. Frau Prof. Klein.]] [[Das Treffen dauerte lange.]]");
    check_sentences("[[Länder wie z. B. Polen bzw. Ungarn lehnen das ab.]] [[Die anderen nicht.]]");
    check_sentences("[[Im 20. Jahrhundert und im 2. Weltkrieg war das z.B. üblich.]] [[Heute nicht mehr.]]");
    check_sentences("[[Es kostet 5 Mio. Euro und ca. 3 Mrd. Dollar.]] [[Das ist viel.]]");
    check_sentences("[[Er kam 2025.]] [[Danach ging er.]]");
    check_sentences("[[Der Vertrag gilt d. h. bis zum 31.12.2026.]] [[Dann endet er.]]");
}

#[test]
fn french_spanish_and_dutch_abbreviations_do_not_end_a_sentence() {
    check_sentences("[[M. Dupont et Mme. Leroy ont voté contre.]] [[Le texte est rejeté.]]");
    check_sentences("[[El Sr. Gómez y la Sra. Ruiz viajaron a EE. UU. con Ud. ayer.]] [[No volvieron.]]");
    check_sentences("[[¿Quién lo dijo?]] [[¡Nadie!]] [[Eso creemos.]]");
    check_sentences("[[Dhr. Jansen en mevr. De Vries spraken o.a. met drs. Bakker.]] [[Het bleef stil.]]");
}

#[test]
fn closing_quotes_and_brackets_stay_with_their_sentence() {
    check_sentences("[[“We will win.”]] [[He left.]]");
    check_sentences("[[He said \"we will win.\"]] [[\"Never,\" she said.]]");
    check_sentences("[[It failed (again.)]] [[(Nobody knew why.)]] [[It was late.]]");
    check_sentences("[[„Wir gewinnen.“]] [[Er ging.]] [[»Nein.«]] [[Sie blieb.]]");
    check_sentences("[[Il a dit : « Non ! »]] [[Puis il est parti.]] [[« Jamais. »]]");
    check_sentences("[[The claim is false.[12][3]]] [[Others agree.]]");
    check_sentences("[[She called it “a hoax.”[4]]] [[He did not.]]");
}

#[test]
fn a_quotation_and_who_said_it_are_one_sentence() {
    check_sentences("[[“Stop the count!” he shouted.]] [[Nobody did.]]");
    check_sentences("[[\"Why now?\" Senator Bo Lee asked.]] [[No one answered.]]");
    check_sentences("[[„Nein!“, sagte er.]] [[„Warum?“ fragte sie.]]");
    check_sentences("[[“Is it over?” He looked up.]]".replace("?” He", "?”]] [[He").as_str());
    check_sentences("[[« Pourquoi ? » demande-t-elle.]] [[Personne ne répond.]]");
    check_sentences("[[“No more,” she said, “of this.”]] [[They went on.]]");
}

#[test]
fn scripts_without_capitals_or_spaces_have_sentences() {
    check_sentences("[[他说不。]][[她同意吗？]][[没有人知道。]]");
    check_sentences("[[彼は「行く。」と言った。]][[彼女は残った。]]");
    check_sentences("[[यह सच है।]] [[वह गया।]]");
    check_sentences("[[هل هذا صحيح؟]] [[لا أحد يعرف.]]");
    check_sentences("[[그는 떠났다.]] [[그녀는 남았다.]]");
}

#[test]
fn in_a_wrapped_text_sentences_run_over_line_ends() {
    check_sentences(WRAPPED_SENTENCES);
}

const WRAPPED_SENTENCES: &str = "\
[[The committee met on Tuesday to discuss the bill that would raise the
minimum wage for the first time in fifteen years.]] [[Several members said
they would not support it, citing the cost to small businesses in the
region.]] [[Others disagreed.]]

[[A vote is expected next week, although the chairman has not set a date and
his office declined to say when he would, despite repeated requests from
reporters.]]";

// Words

#[test]
fn words_are_taken_with_their_apostrophes_and_numbers() {
    for (text, position, word) in [
        ("He didn't go", 5, Some("didn't")),
        ("costs 3.5 now", 7, Some("3.5")),
        ("stop, now", 4, Some("stop")),
        ("stop, now", 5, Some(",")),
        ("a  b", 2, None),
        ("", 0, None),
        ("met Bo", 99, Some("Bo")),
        ("said “Ada”.", 5, Some("Ada")),
        ("said (“Ada”).", 5, Some("Ada")),
        ("said – Ada", 5, Some("–")),
        ("你好", 0, Some("你")),
    ] {
        assert_eq!(
            word_at(text, at(position)).map(|span| &text[span.range()]),
            word,
            "{text:?} at {position}"
        );
    }
}

#[test]
fn word_steps_cross_spaces_punctuation_and_line_ends() {
    let text = "Ada, met\n\n(Bo) 👍🏽!";
    let mut here = Offset::ZERO;
    let mut ends = Vec::new();
    while here.to_usize() < text.len() {
        here = next_word(text, here);
        ends.push(&text[..here.to_usize()]);
    }
    assert_eq!(ends, ["Ada", "Ada, met", "Ada, met\n\n(Bo", "Ada, met\n\n(Bo) 👍🏽", text]);
    let mut starts = Vec::new();
    while Offset::ZERO < here {
        here = previous_word(text, here);
        starts.push(&text[here.to_usize()..]);
    }
    assert_eq!(starts, ["👍🏽!", "Bo) 👍🏽!", "met\n\n(Bo) 👍🏽!", text]);
}

// Snapping

/// `{{…}}` is selected; `[[…]]` in the second text is what the selection becomes, `None` nothing.
fn check_snap(snap: fn(&str, Span) -> Option<Span>, selected: &str, expected: Option<&str>) {
    let (plain, ranges) = unmark(selected, "{{", "}}");
    let snapped = ranges.into_iter().next().and_then(Span::from_range).and_then(|span| snap(&plain, span));
    let marked = snapped.map(|span| {
        format!("{}[[{}]]{}", &plain[..span.range().start], &plain[span.range()], &plain[span.range().end..])
    });
    assert_eq!(marked.as_deref(), expected, "{selected:?}");
}

#[test]
fn a_selection_loses_its_stray_white_space() {
    check_snap(snap, "Ada{{ met }}Bo", Some("Ada [[met]] Bo"));
    check_snap(snap, "Ada{{\r\n\u{A0}met\n\n\u{200B}}}Bo", Some("Ada\r\n\u{A0}[[met]]\n\n\u{200B}Bo"));
    check_snap(snap, "Ada{{ \n }}Bo", None);
    check_snap(snap, "Ada m{{e}}t Bo", Some("Ada m[[e]]t Bo"));
}

#[test]
fn a_selection_never_holds_half_a_character() {
    check_snap(snap, "e{{\u{301}}}", Some("[[e\u{301}]]"));
    check_snap(snap, "{{👩}}\u{200D}🚀!", Some("[[👩\u{200D}🚀]]!"));
    check_snap(snap, "🇩{{🇪🇺}}🇸", Some("[[🇩🇪🇺🇸]]"));
    check_snap(snap, "{{👍}}🏽", Some("[[👍🏽]]"));
}

#[test]
fn half_words_become_whole_where_words_have_spaces_between_them() {
    check_snap(snap_words, "President Tr{{ump sa}}id", Some("President [[Trump said]]"));
    check_snap(snap_words, "{{Tru}}mp's plan", Some("[[Trump]]'s plan"));
    check_snap(snap_words, "{{Trump}}’s plan", Some("[[Trump]]’s plan"));
    check_snap(snap_words, "{{Trump's}} plan", Some("[[Trump's]] plan"));
    check_snap(snap_words, "anti-{{Tru}}mp", Some("anti-[[Trump]]"));
    check_snap(snap_words, "l'{{Euro}}pe", Some("l'[[Europe]]"));
    check_snap(snap_words, "he di{{dn}}'t", Some("he [[didn]]'t"));
    check_snap(snap_words, "{{w}}age\u{FEFF}?", Some("[[wage]]\u{FEFF}?"));
    check_snap(snap_words, "{{1}}0 m²", Some("[[10]] m²"));
    check_snap(snap_words, "مرح{{ب}}ا²", Some("[[مرحبا]]²"));
    check_snap(snap_words, "in Z{{üri}}ch", Some("in [[Zürich]]"));
    check_snap(snap_words, "ש{{לו}}ם עולם", Some("[[שלום]] עולם"));
}

#[test]
fn a_stray_comma_does_not_pull_in_the_next_word() {
    check_snap(snap_words, "it {{fell,}} he said", Some("it [[fell,]] he said"));
    check_snap(snap_words, "cost {{3,}}5 euros", Some("cost [[3,]]5 euros"));
    check_snap(snap_words, "see {{U.}}S. law", Some("see [[U.]]S. law"));
}

#[test]
fn scripts_without_spaces_are_left_as_selected() {
    check_snap(snap_words, "特{{朗}}普说", Some("特[[朗]]普说"));
    check_snap(snap_words, "트럼{{프}}는", Some("트럼[[프]]는"));
    check_snap(snap_words, "トラ{{ン}}プ", Some("トラ[[ン]]プ"));
    check_snap(snap_words, "ประ{{เทศ}}ไทย", Some("ประ[[เทศ]]ไทย"));
}

// Blocks

/// Headings, paragraphs and list items are marked `<h>`, `<p>`, `<li>`, with a `+` after the name where a gap precedes.
fn check_blocks(marked: &str) {
    let mut plain = marked.to_owned();
    for tag in ["<h>", "<p>", "<li>", "<h+>", "<p+>", "<li+>", "</>"] {
        plain = plain.replace(tag, "");
    }
    let mut shown = String::new();
    let mut done = 0;
    for block in blocks(&plain) {
        let name = match block.kind {
            BlockKind::Heading => "h",
            BlockKind::Paragraph => "p",
            BlockKind::ListItem => "li",
        };
        let range = block.span.range();
        let gap = if block.gap { "+" } else { "" };
        shown += &format!("{}<{name}{gap}>{}</>", &plain[done..range.start], &plain[range.clone()]);
        done = range.end;
    }
    shown += &plain[done..];
    assert_eq!(shown, marked);
}

/// A sentence long enough to make a line that nobody takes for a heading.
const LONG: &str = "The committee met on Tuesday to discuss the bill that would raise the minimum wage for the first time in \
                    fifteen years, and several members said that they would not support it.";

#[test]
fn every_line_is_a_block() {
    check_blocks("<p>One.</>\n<p>Two.</>\n\n  <p+>Three.</> \n \t\n");
    check_blocks("");
    check_blocks(" \n\n ");
    check_blocks("<p>One.</>\r\n<p>Two.</>\r\n");
}

#[test]
fn marked_headings_and_lists_are_recognised() {
    check_blocks(
        "<h># Ada met Bo</>\n<p>Text.</>\n<h+>## Why</>".replace("Text.</>\n", "Text.</>\n\n").as_str(),
    );
    check_blocks("<h>Ada met Bo\n==========</>\n\n<p+>Text.</>\n\n<h+>Why\n---</>\n<p>Text.</>");
    check_blocks("<p>#hashtag first</>\n<p>#</>");
    check_blocks(
        "<p>They want:</>\n<li>- bread</>\n<li>• roses</>\n<li>1. peace</>\n<li>2) quiet</>\n<li>a) rest</>",
    );
    check_blocks(
        "<p>-5 degrees</>\n<p>2025. What a year.</>\n<p>3. Mai: nichts.</>\n<p>1.5 litres</>\n<p>---</>",
    );
}

#[test]
fn a_short_first_line_is_the_title() {
    check_blocks(&format!("<h>Senate rejects wage bill</>\n<p+>{LONG}</>").replace("</>\n<p", "</>\n\n<p"));
    check_blocks(&format!("<h>Is the wage bill dead?</>\n<p>{LONG}</>"));
    check_blocks(&format!("<p>He left.</>\n<p>{LONG}</>"));
    check_blocks("<p>Hello Ada</>\n<p>Hello Bo</>");
    check_blocks(&format!("<h>Senate rejects wage bill</>\n\n<p+>Ada Fox, Reuters</>\n\n<p+>{LONG}</>"));
}

#[test]
fn a_short_line_that_stands_apart_and_leads_on_is_a_heading() {
    check_blocks(&format!("<p>{LONG}</>\n\n<h+>What happens next</>\n\n<p+>{LONG}</>"));
    check_blocks(&format!("<p>{LONG}</>\n<h>What happens next</>\n<p>{LONG}</>"));
    check_blocks(&format!("<p>{LONG}</>\n\n<p+>“Never again,” he said.</>\n\n<p+>{LONG}</>"));
    check_blocks(&format!("<p>{LONG}</>\n\n<p+>By Ada Fox</>\n\n<p+>{LONG}</>"));
    check_blocks(&format!("<p>{LONG}</>\n\n<p+>What happens next</>\n\n<p+>Nothing.</>"));
}

#[test]
fn a_wrapped_paragraph_is_one_block() {
    check_blocks(
        "\
<h>SENATE REJECTS WAGE BILL</>

<p+>The committee met on Tuesday to discuss the bill that would raise the
minimum wage for the first time in fifteen years. Several members said
they would not support it, citing the cost to small businesses in the
region.</>

<p+>They named three reasons that had been given to them by the association
of small businesses:</>

<li+>- the cost of labour, which has risen by a third since the last time
  the wage was raised</>
<li>- the cost of energy</>

<p+>A vote is expected next week, although the chairman has not set a date
– and his office declined to say when he would, despite repeated requests
from reporters.</>",
    );
}

#[test]
fn short_lines_are_no_wrapped_paragraph() {
    check_blocks(
        "<p>Ada Fox</>\n<p>1 Long Street</>\n<p>Springfield</>\n\n<p+>Bo Lee</>\n<p>2 Short Street</>\n<p>Shelbyville</>",
    );
    check_blocks(
        "<p>“Who goes there at this hour of the night?”</>\n<p>“Nobody you would know, sir, I assure you.”</>\n<p>“Then go.”</>",
    );
}

#[test]
fn a_title_is_the_first_line_without_marks() {
    for (text, expected) in [
        ("", ""),
        ("\n \n", ""),
        ("\u{FEFF}Ada\nBo", "Ada"),
        ("### Ada met Bo ###\n", "Ada met Bo"),
        ("## C#\n", "C#"),
        ("#\n\nAda", "Ada"),
        ("#1 in the world", "#1 in the world"),
    ] {
        assert_eq!(title(text), expected, "{text:?}");
    }
    let long = "word ".repeat(60);
    assert_eq!(title(&long), "word ".repeat(24).trim_end());
    assert_eq!(title(&"中".repeat(200)), "中".repeat(120));
}

// Quotes

/// Describes the marked place of one text and finds it in another, where it must be the marked place.
fn check_quote(described: &str, searched: &str, exact: bool) {
    let (plain, from) = unmark(described, "[[", "]]");
    let (target, expected) = unmark(searched, "[[", "]]");
    let span = from.into_iter().next().and_then(Span::from_range);
    let found = span.and_then(|span| find(&target, &describe(&plain, span), span.start()));
    let place = found.map(|found| &target[found.span.range()]);
    assert_eq!(found.map(|found| found.span.range()), expected.into_iter().next(), "{place:?} in {target:?}");
    assert!(
        found.is_none_or(|found| found.exact == exact && (0.0..=1.0).contains(&found.score)),
        "{found:?}"
    );
}

#[test]
fn a_quote_is_found_where_it_was_described() {
    check_quote(
        "He said no. She said [[no]]. They said no.",
        "He said no. She said [[no]]. They said no.",
        true,
    );
    check_quote("Ada [[met]] Bo", "Yesterday, in the rain, Ada [[met]] Bo. Cy met Di.", true);
    check_quote("[[Ada]] met Bo", "[[Ada]] met Bo. Ada left.", true);
    check_quote("👩‍🚀 said [[é🇩🇪]]!", "x👩‍🚀 said [[é🇩🇪]]!", true);
}

#[test]
fn a_changed_quote_is_found_by_likeness() {
    check_quote(
        "The bill [[would raise the minimum wage]] soon.",
        "Now the bill [[will raise the minimum wages]] soon.",
        false,
    );
    check_quote("He [[was never there]], Bo said.", "He [[was never\nthere]], Bo said.", false);
    check_quote("He [[was never there]], Bo said.", "Something else entirely.", false);
    check_quote("He [[no]].", "He on.", false);
}

#[test]
fn long_quotes_are_found_too() {
    let sentence = "Nobody who has read the report in full would claim that the minister knew of the payments at the time; ";
    let quote = sentence.repeat(5).trim_end().to_owned();
    let changed = quote.replace("report", "paper").replace("payments", "bribes");
    check_quote(&format!("So: [[{quote}]]. End"), &format!("Filler. {LONG} So: [[{changed}]]. End"), false);
}

// Folding and same strings

#[test]
fn a_text_may_be_shared_between_threads() {
    fn is_shared<T: Send + Sync + Clone>(_: &T) -> bool {
        true
    }
    assert!(is_shared(&Text::new("Ada")));
}

// Properties

/// Texts of everything that is hard: clusters, pairs, marks, directions, line ends, lists, abbreviations, long runs.
fn hard_text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "a",
        "Bo",
        "é",
        "e\u{301}",
        "👩\u{200D}🚀",
        "👨‍👩‍👧",
        "👍🏽",
        "🇩🇪",
        "🇺",
        "\r\n",
        "\r",
        "\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "\u{A0}",
        "שלום",
        "مرحبا",
        "中文",
        "かな",
        "カタ",
        "한국",
        "ไทย",
        "ก็",
        "नि",
        "\u{200B}",
        "\u{FEFF}",
        "\u{200D}",
        "\u{301}",
        ".",
        ". ",
        "! ",
        "?",
        ",",
        "\"",
        "“",
        "”",
        "« ",
        " »",
        "Mr. ",
        "U.S. ",
        "z. B. ",
        "1. ",
        "\n- ",
        "\n# ",
        "\n===",
        "\n---\n",
        "'s",
        "3.5",
        "_",
        "\u{0}",
        "𝒳",
        "ﬁ",
        "。",
        "」",
        "The ",
        "wage",
        "[1]",
        "(",
        ")",
        "\u{2028}",
        "\u{AD}",
        "ß",
        "İ",
        "ǅ",
        "ﾞ",
        "the committee met on Tuesday to discuss the bill\n",
    ];
    let piece = prop_oneof![
        6 => prop::sample::select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// A few hard texts repeated, so that they reach over several checkpoints of the index.
fn long_text() -> impl Strategy<Value = String> {
    (hard_text(), 1_usize..8).prop_map(|(text, times)| text.repeat(times))
}

fn boundaries(text: &str) -> Vec<usize> {
    (0..=text.len()).filter(|&byte| text.is_char_boundary(byte)).collect()
}

fn spans(text: &str) -> impl Strategy<Value = Option<Span>> + use<> {
    let end = text.len() + 2;
    (0..=end, 0..=end).prop_map(|(one, other)| Span::from_range(one.min(other)..one.max(other)))
}

fn text_and_span() -> impl Strategy<Value = (String, Option<Span>)> {
    hard_text().prop_flat_map(|text| {
        let span = spans(&text);
        (Just(text), span)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn units_agree_with_counting_at_every_position(plain in long_text()) {
        let text = Text::new(plain.as_str());
        for byte in 0..=plain.len() + 1 {
            let floor = (0..=byte.min(plain.len())).rev().find(|&byte| plain.is_char_boundary(byte)).unwrap_or(0);
            let before = &plain[..floor];
            let (utf16, code_points) = (before.encode_utf16().count() as u32, before.chars().count() as u32);
            prop_assert_eq!(text.floor(at(byte)), at(floor));
            prop_assert_eq!(text.to_utf16(at(byte)).get(), utf16);
            prop_assert_eq!(text.to_code_point(at(byte)).get(), code_points);
            prop_assert_eq!(text.line_of(at(byte)), before.matches('\n').count());
            prop_assert_eq!(text.from_utf16(Utf16Offset::new(utf16)), Some(at(floor)));
            prop_assert_eq!(text.from_code_point(CodePointOffset::new(code_points)), Some(at(floor)));
            for unit in Unit::ALL {
                prop_assert_eq!(text.decode(u64::from(text.encode(at(byte), unit)), unit), Some(at(floor)));
            }
        }
        let mut utf16 = 0;
        for c in plain.chars() {
            if c.len_utf16() == 2 {
                prop_assert_eq!(text.from_utf16(Utf16Offset::new(utf16 + 1)), None);
            }
            utf16 += c.len_utf16() as u32;
        }
        prop_assert_eq!(text.from_utf16(Utf16Offset::new(utf16 + 1)), None);
        prop_assert_eq!(text.from_code_point(CodePointOffset::new(plain.chars().count() as u32 + 1)), None);
        let starts: Vec<_> = std::iter::once(0).chain(plain.match_indices('\n').map(|(feed, _)| feed + 1)).collect();
        prop_assert_eq!(text.line_count(), starts.len());
        for (line, &start) in starts.iter().enumerate() {
            prop_assert_eq!(text.line_start(line), Some(at(start)));
        }
        prop_assert_eq!(text.line_start(starts.len()), None);
        prop_assert!(text.index().memory() <= plain.len() / 8 + 12);
    }

    #[test]
    fn normalizing_keeps_every_slice(raw in hard_text()) {
        let normalized = normalize(&raw);
        let expected = raw.strip_prefix('\u{FEFF}').unwrap_or(&raw).replace("\r\n", "\n").replace('\r', "\n");
        prop_assert_eq!(&normalized.text, &expected);
        prop_assert_eq!(normalized.is_changed(), normalized.text != raw);
        let mapped: Vec<_> = (0..=raw.len() + 1).map(|byte| normalized.map(at(byte))).collect();
        prop_assert!(mapped.is_sorted());
        prop_assert_eq!(mapped.last().copied(), Some(at(expected.len())));
        let within = |byte: usize| 0 < byte && raw[..byte].ends_with('\r') && raw[byte..].starts_with('\n');
        for start in boundaries(&raw).into_iter().filter(|&byte| !within(byte)) {
            for end in boundaries(&raw).into_iter().filter(|&byte| start <= byte && !within(byte)).take(12) {
                let slice = normalized.text.get(mapped[start].to_usize()..mapped[end].to_usize());
                let bom = if start == 0 { raw[..end].strip_prefix('\u{FEFF}') } else { None };
                let expected = bom.unwrap_or(&raw[start..end]).replace("\r\n", "\n").replace('\r', "\n");
                prop_assert_eq!(slice, Some(expected.as_str()));
            }
        }
    }

    #[test]
    fn grapheme_steps_are_inverse_and_whole(text in hard_text()) {
        let whole: Vec<_> =
            text.grapheme_indices(true).map(|(start, _)| start).chain([text.len()]).map(at).collect();
        for pair in whole.windows(2) {
            prop_assert_eq!(next_grapheme(&text, pair[0]), pair[1]);
            prop_assert_eq!(previous_grapheme(&text, pair[1]), pair[0]);
        }
        for byte in 0..=text.len() {
            prop_assert_eq!(is_grapheme_boundary(&text, at(byte)), whole.contains(&at(byte)));
            let next = next_grapheme(&text, at(byte));
            prop_assert!(whole.contains(&next) && (at(byte) < next || byte == text.len()));
            let previous = previous_grapheme(&text, at(byte));
            prop_assert!(whole.contains(&previous) && (previous < at(byte) || byte == 0));
        }
    }

    #[test]
    fn words_found_from_a_position_are_those_of_the_whole_text(text in hard_text()) {
        let segments: Vec<_> = text.split_word_bound_indices().collect();
        let is_word = |segment: &str| segment.chars().any(|c| {
            c.is_alphanumeric() || ('\u{2600}'..='\u{27BF}').contains(&c) || ('\u{1F000}'..='\u{1FBFF}').contains(&c)
        });
        for byte in boundaries(&text) {
            let words = || segments.iter().filter(|(_, segment)| is_word(segment));
            let next = words().map(|(start, segment)| start + segment.len()).find(|&end| byte < end);
            prop_assert_eq!(next_word(&text, at(byte)), at(next.unwrap_or(text.len())));
            let previous = words().map(|(start, _)| *start).rfind(|&start| start < byte);
            prop_assert_eq!(previous_word(&text, at(byte)), at(previous.unwrap_or(0)));
            let holding = words().find(|(start, segment)| (*start..start + segment.len()).contains(&byte));
            if let Some((start, segment)) = holding {
                prop_assert_eq!(word_at(&text, at(byte)), Span::from_range(*start..start + segment.len()));
            }
        }
    }

    #[test]
    fn snapping_twice_changes_nothing_and_never_splits((text, selected) in text_and_span()) {
        let Some(selected) = selected else { return Ok(()) };
        for snap in [snap, snap_words] {
            let Some(snapped) = snap(&text, selected) else { continue };
            prop_assert_eq!(snap(&text, snapped), Some(snapped));
            prop_assert!(is_grapheme_boundary(&text, snapped.start()) && is_grapheme_boundary(&text, snapped.end()));
            prop_assert!(text.get(snapped.range()).is_some_and(|kept| !kept.trim().is_empty()));
        }
    }

    #[test]
    fn blocks_tile_the_text(text in long_text()) {
        let mut done = 0;
        for block in blocks(&text) {
            let range = block.span.range();
            prop_assert!(done <= range.start);
            prop_assert_eq!(text.get(done..range.start).map(str::trim), Some(""));
            let content = text.get(range.clone()).unwrap_or_default();
            prop_assert!(!content.is_empty() && content.trim() == content);
            done = range.end;
        }
        prop_assert_eq!(text.get(done..).map(str::trim), Some(""));
    }

    #[test]
    fn paragraphs_are_the_blocks(plain in long_text()) {
        let text = Text::new(plain.as_str());
        let found = blocks(&plain);
        for block in &found {
            for byte in [block.span.start(), text.floor(at(block.span.range().end - 1)), block.span.end()] {
                prop_assert_eq!(paragraph_at(&text, byte), Some(block.span));
            }
        }
        for byte in boundaries(&plain) {
            let next = found.iter().map(|block| block.span.start()).find(|&start| at(byte) < start);
            prop_assert_eq!(next_paragraph(&text, at(byte)), next.unwrap_or(text.len()));
            let previous = found.iter().map(|block| block.span.start()).rfind(|&start| start < at(byte));
            prop_assert_eq!(previous_paragraph(&text, at(byte)), previous.unwrap_or(Offset::ZERO));
        }
    }

    #[test]
    fn sentences_tile_their_paragraphs(plain in hard_text()) {
        let text = Text::new(plain.as_str());
        let mut starts: Vec<Offset> = Vec::new();
        for block in blocks(&plain) {
            let mut here = block.span.start();
            while here < block.span.end() {
                let sentence = sentence_at(&text, here);
                prop_assert_eq!(sentence.map(Span::start), Some(here));
                let Some(sentence) = sentence else { break };
                prop_assert!(block.span.contains_span(sentence));
                let words = text.slice(sentence);
                prop_assert!(words.is_some_and(|words| words.trim() == words));
                for byte in boundaries(&plain).into_iter().filter(|&byte| sentence.contains(at(byte))) {
                    prop_assert_eq!(sentence_at(&text, at(byte)), Some(sentence));
                }
                starts.push(here);
                let rest = &plain[sentence.range().end..block.span.range().end];
                here = at(sentence.range().end + rest.len() - rest.trim_start().len());
            }
        }
        for byte in boundaries(&plain) {
            let next = starts.iter().copied().find(|&start| at(byte) < start);
            prop_assert_eq!(next_sentence(&text, at(byte)), next.unwrap_or(text.len()));
            let previous = starts.iter().copied().rfind(|&start| start < at(byte));
            prop_assert_eq!(previous_sentence(&text, at(byte)), previous.unwrap_or(Offset::ZERO));
        }
    }

    #[test]
    fn what_is_described_is_found_at_the_same_place((text, selected) in text_and_span()) {
        let Some(span) = selected.and_then(|span| snap(&text, span)) else { return Ok(()) };
        let quote = describe(&text, span);
        prop_assert_eq!(Some(quote.exact.as_str()), text.get(span.range()));
        prop_assert!(quote.prefix.chars().count() <= 32 && quote.suffix.chars().count() <= 32);
        let found = find(&text, &quote, span.start());
        prop_assert!(found.is_some_and(|found| found.exact && found.span == span), "{:?}", found);
    }

    #[test]
    fn a_quote_of_anything_is_found_between_graphemes(text in hard_text(), exact in hard_text(), near in 0_usize..200) {
        let quote = Quote { exact, ..Quote::default() };
        if let Some(found) = find(&text, &quote, at(near)) {
            prop_assert!(is_grapheme_boundary(&text, found.span.start()));
            prop_assert!(is_grapheme_boundary(&text, found.span.end()));
            prop_assert!((0.0..=1.0).contains(&found.score));
            prop_assert_eq!(found.exact, text.get(found.span.range()) == Some(quote.exact.as_str()));
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in hard_text()) {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn a_title_is_short_and_one_line(text in hard_text()) {
        prop_assert!(title(&text).graphemes(true).count() <= 120 && !title(&text).contains('\n'));
        prop_assert_eq!(title(&text).trim(), title(&text));
    }

    #[test]
    fn any_position_is_accepted(text in hard_text(), byte in any::<u32>()) {
        let text = Text::new(text);
        let far = Offset::new(byte);
        prop_assert!(sentence_at(&text, far).is_none_or(|span| text.slice(span).is_some()));
        prop_assert!(word_at(&text, far).is_none_or(|span| text.slice(span).is_some()));
        prop_assert!(next_word(&text, far) <= text.len() && previous_word(&text, far) <= text.len());
        prop_assert!(next_grapheme(&text, far) <= text.len() && previous_grapheme(&text, far) <= text.len());
    }
}
