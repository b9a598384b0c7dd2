//! From a phone to a large screen, in light and in dark, by touch.

use crate::harness::{Browser, By, Page, Scheme};

const TOO_WIDE: &str =
    "const wide = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
    return wide <= 0 ? [] : [`the page by ${wide}`, ...[...document.body.querySelectorAll('*')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))]";

/// What lies outside of the window or is covered there.
const OUT_OF_REACH: &str = "return [...document.querySelectorAll('[role=toolbar][aria-label=Labels] button')]
    .filter((one) => one.checkVisibility())
    .filter((one) => {
        one.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
        const { left, right, top, bottom } = one.getBoundingClientRect();
        const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return left < -1 || right > innerWidth + 1 || !one.contains(there);
    }).map((one) => one.innerText)";

#[track_caller]
fn assert_narrow(page: &Page) {
    assert_eq!(page.read::<Vec<String>>(TOO_WIDE), Vec::<String>::new(), "nothing is wider than the window");
}

#[track_caller]
fn assert_fits(page: &Page) {
    assert_narrow(page);
    let none = format!(
        "const found = (() => {{ {OUT_OF_REACH} }})();
         if (found.length) throw new Error(`out of reach: ${{found}}`);
         return true"
    );
    // A drawer may still be sliding away.
    page.wait(&none, "every label is within reach");
}

/// What of the card lies outside of it.
#[track_caller]
fn assert_card_fits(page: &Page) {
    let outside: Vec<String> = page.read(
        "const card = document.querySelector('[data-annotation-card]'), right = card.getBoundingClientRect().right;
         return [...card.querySelectorAll('*')].filter((one) => one.checkVisibility())
             .filter((one) => one.getBoundingClientRect().right > right + 1 && !one.closest('.to'))
             .map((one) => one.outerHTML.slice(0, 100))",
    );
    assert_eq!(outside, Vec::<String>::new(), "all of the card can be seen without scrolling it sideways");
}

/// The contrast of two colours by WCAG 2.2, of the text of an element against its nearest background.
const CONTRAST: &str = "const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const paint = (colour, over) => {
        context.fillStyle = over ? `rgb(${over.join(' ')})` : 'white';
        context.fillRect(0, 0, 1, 1);
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = (colour) => {
        const [r, g, b] = colour.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const under = (element) => {
        const chain = [];
        for (let one = element; one; one = one.parentElement) chain.unshift(getComputedStyle(one).backgroundColor);
        return chain.reduce((below, colour) => paint(colour, below), null);
    };
    return [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility() && one.innerText.trim()).map((one) => {
        const below = under(one), text = paint(getComputedStyle(one).color, below);
        const [more, less] = [light(below), light(text)].sort((a, b) => b - a);
        return [one.innerText.trim().slice(0, 40), (more + 0.05) / (less + 0.05)];
    })";

#[track_caller]
fn assert_readable(page: &Page) {
    for selector in [
        "header.header button",
        ".tagbar button",
        "[data-block]",
        "mark",
        ".documents button",
        ".annotations button",
        ".byline span",
    ] {
        let measured: Vec<(String, f64)> = page.read_with(CONTRAST, &[serde_json::json!(selector)]);
        for (words, contrast) in measured {
            assert!(4.5 <= contrast, "“{words}” ({selector}) has a contrast of {contrast:.2}");
        }
    }
}

#[test]
fn known_names_that_are_found_do_not_move_the_text() {
    Browser::default().sized(360, 740).run(|page| {
        let top = "return document.querySelector('[data-block]').getBoundingClientRect().top";
        page.wait_there(".suggested-bar");
        let with_names: f64 = page.read(top);
        let () = page.read("document.querySelector('.suggested-bar').style.display = 'none'");
        assert_eq!(page.read::<f64>(top), with_names);
    });
}

#[test]
fn a_phone_shows_all_without_scrolling_sideways() {
    Browser::default().sized(360, 740).run(|page| {
        assert_fits(page);
        page.button("Show documents").click();
        page.find(By::role("list", "Documents"));
        assert_narrow(page);
        page.open_listed("Möwenfließ streitet");
        assert_fits(page);
        page.drag_over("Jürgen Weißhaupt");
        page.find(By::role("button", "Actor").within("[role=toolbar][aria-label='Label the selection']"))
            .click();
        page.wait_mark("actor", "Jürgen Weißhaupt");
        assert_fits(page);
        page.leave_offer();
        page.button("Annotations").click();
        page.find(By::role("list", "Annotations"));
        page.find(By::role("textbox", "Note"));
        assert_narrow(page);
        assert_card_fits(page);
        page.button("Close card").click();
        for (button, title) in [("Import", "Import articles"), ("Export", "Export")] {
            page.button(button).click();
            page.find(By::role("dialog", title));
            assert_narrow(page);
            page.button("Close").click();
            page.wait_gone("dialog[open]");
        }
    });
}

#[test]
fn the_card_holds_all_that_it_shows() {
    Browser::default().run(|page| {
        page.go_to_text();
        page.press(&["Ctrl+Home"]);
        for annotation in page.painted() {
            page.press(&["Tab"]);
            page.wait_card(&annotation.id);
            assert_card_fits(page);
        }
    });
}

#[test]
fn text_stands_out_in_light() {
    Browser::default().coloured(Scheme::Light).run(assert_readable);
}

#[test]
fn text_stands_out_in_dark() {
    Browser::default().coloured(Scheme::Dark).run(|page| {
        let paper: String = page.read("return getComputedStyle(document.body).backgroundColor");
        let shade: Vec<u32> =
            paper.split(|sign: char| !sign.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
        assert!(shade.iter().take(3).all(|part| *part < 80), "dark is dark: {paper}");
        assert_readable(page);
    });
}

#[test]
fn a_large_screen_keeps_a_comfortable_measure() {
    Browser::default().sized(2400, 1300).run(|page| {
        assert_fits(page);
        let widest: f64 = page.read(
            "const block = __hand.blocks()[1], size = parseFloat(getComputedStyle(block).fontSize);
             return block.getBoundingClientRect().width / size",
        );
        assert!((20.0..50.0).contains(&widest), "a line is {widest:.1} em long");
    });
}

#[test]
fn a_finger_chooses_selects_and_labels() {
    Browser::default().sized(412, 880).touched().run(|page| {
        page.tap_on("Maren Holt");
        page.wait_card(&page.wait_mark("actor", "Maren Holt"));
        page.press(&["Escape", "Escape"]);
        // The browser's own handles make the selection; here it is set as they would leave it.
        page.tap_on("Tuesday [evening]");
        let () = page.read(
            "const block = __hand.blocks().find((one) => one.textContent.includes('fish hall'));
             const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
             for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                 const at = node.data.indexOf('fish hall');
                 if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + 9);
             }",
        );
        page.wait_selected("fish hall");
        page.tap_button("Actor", "[role=toolbar][aria-label='Label the selection']");
        page.wait_mark("actor", "fish hall");
    });
}
