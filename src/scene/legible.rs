//! Whether a label's colour can be told from the paper, and text be read on it, in light and in dark: contrast as WCAG
//! 2.2 has it (success criteria 1.4.3 and 1.4.11), of the shades that the page makes of the colour.
//!
//! Colours are mixed as CSS does: towards white in Oklab (Ottosson, <https://bottosson.github.io/posts/oklab>), tints
//! over the paper in sRGB.

/// The least contrast of a line, against what is beside it.
const LEAST_LINE: f64 = 3.0;
/// The least contrast of text, against what is below it.
const LEAST_TEXT: f64 = 4.5;
/// How much of a colour there is in its shade on dark paper; the rest is white.
const DARK_SHARE: f64 = 0.55;
/// The steps in which a darker or lighter colour is looked for.
const STEPS: u32 = 50;

/// Paper, ink, and how strong the strongest tint is, as `style/tokens.css` has them.
struct Sheet {
    paper: [f64; 3],
    ink: [f64; 3],
    tint: f64,
}

const LIGHT: Sheet = Sheet { paper: of(0x00fb_f9f4), ink: of(0x0021_1c15), tint: 0.34 };
const DARK: Sheet = Sheet { paper: of(0x0019_1714), ink: of(0x00e9_e3d8), tint: 0.46 };

/// What is hard to see in a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Illegible {
    /// Its line on light paper.
    LineInLight,
    /// Its line on dark paper.
    LineInDark,
    /// Text on it on light paper.
    TextInLight,
    /// Text on it on dark paper.
    TextInDark,
}

/// All that is hard to see in a colour of the form `#rrggbb`; nothing for what is none.
///
/// ```
/// use rubricator::scene::{Illegible, illegible};
/// assert_eq!(illegible("#2b6cb0"), []);
/// assert!(illegible("#ffe08a").contains(&Illegible::LineInLight));
/// ```
pub fn illegible(colour: &str) -> Vec<Illegible> {
    let Some(colour) = parse(colour) else { return Vec::new() };
    let mut found = Vec::new();
    let shade = in_dark(colour);
    let checks = [
        (Illegible::LineInLight, contrast(colour, LIGHT.paper), LEAST_LINE),
        (Illegible::LineInDark, contrast(shade, DARK.paper), LEAST_LINE),
        (Illegible::TextInLight, contrast(LIGHT.ink, over(colour, &LIGHT)), LEAST_TEXT),
        (Illegible::TextInDark, contrast(DARK.ink, over(shade, &DARK)), LEAST_TEXT),
    ];
    found.extend(checks.into_iter().filter(|(_, is, least)| is < least).map(|(what, ..)| what));
    found
}

/// The colour nearest in lightness, of the same hue, in which nothing is hard to see; the colour itself if nothing is.
pub fn nearest_legible(colour: &str) -> String {
    let Some(rgb) = parse(colour).filter(|_| !illegible(colour).is_empty()) else { return colour.to_owned() };
    let [lightness, a, b] = to_oklab(rgb);
    for step in 1..=STEPS {
        let way = f64::from(step) / f64::from(STEPS);
        for lightness in [lightness - way, lightness + way] {
            let nearer = print(from_oklab([lightness.clamp(0.0, 1.0), a, b]));
            if illegible(&nearer).is_empty() {
                return nearer;
            }
        }
    }
    colour.to_owned()
}

const fn of(hexadecimal: u32) -> [f64; 3] {
    let [_, red, green, blue] = hexadecimal.to_be_bytes();
    [red as f64 / 255.0, green as f64 / 255.0, blue as f64 / 255.0]
}

fn parse(colour: &str) -> Option<[f64; 3]> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    u32::from_str_radix(digits, 16).ok().map(of)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 255")]
fn print(rgb: [f64; 3]) -> String {
    let [red, green, blue] = rgb.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The strongest tint of a shade on a sheet.
fn over(shade: [f64; 3], sheet: &Sheet) -> [f64; 3] {
    mixed(shade, sheet.paper, sheet.tint)
}

fn mixed(one: [f64; 3], other: [f64; 3], share: f64) -> [f64; 3] {
    let mut mixed = [0.0; 3];
    for (part, (one, other)) in mixed.iter_mut().zip(one.into_iter().zip(other)) {
        *part = share * one + (1.0 - share) * other;
    }
    mixed
}

/// The shade on dark paper.
fn in_dark(colour: [f64; 3]) -> [f64; 3] {
    from_oklab(mixed(to_oklab(colour), to_oklab([1.0; 3]), DARK_SHARE))
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(rgb: [f64; 3]) -> f64 {
    let [red, green, blue] = rgb.map(to_linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn to_linear(part: f64) -> f64 {
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

fn from_linear(part: f64) -> f64 {
    let part = if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 };
    part.clamp(0.0, 1.0)
}

fn to_oklab(rgb: [f64; 3]) -> [f64; 3] {
    let [red, green, blue] = rgb.map(to_linear);
    let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
    let middle = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
    let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
    [
        0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short,
        1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short,
        0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short,
    ]
}

fn from_oklab([lightness, a, b]: [f64; 3]) -> [f64; 3] {
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let middle = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short,
    ]
    .map(from_linear)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BuiltIn;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let between = |one: &str, other: &str| contrast(parse(one).unwrap(), parse(other).unwrap());
        assert!((between("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((between("#777777", "#ffffff") - 4.478).abs() < 1e-3);
    }

    #[test]
    fn there_and_back_is_the_same_colour() {
        for colour in ["#000000", "#ffffff", "#2b6cb0", "#c53030", "#7f8081"] {
            assert_eq!(print(from_oklab(to_oklab(parse(colour).unwrap()))), colour);
        }
    }

    #[test]
    fn the_colours_that_come_with_it_are_legible() {
        for label in BuiltIn::ALL.into_iter().flat_map(|built_in| built_in.codebook().labels) {
            assert_eq!(illegible(&label.colour), [], "{}", label.name);
        }
    }

    #[test]
    fn a_legible_colour_is_found_near_every_other() {
        for colour in ["#ffff00", "#ffffff", "#c0ffee", "#888888", "#00ff00", "#fefefe"] {
            let nearest = nearest_legible(colour);
            assert_eq!(illegible(&nearest), [], "{colour} became {nearest}");
        }
        assert_eq!(nearest_legible("#2b6cb0"), "#2b6cb0");
        assert_eq!(nearest_legible("red"), "red");
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test reads the style from disk")]
    fn paper_ink_and_tints_are_those_of_the_page() {
        let tokens = include_str!("../../style/tokens.css");
        for token in [
            "--paper: light-dark(#fbf9f4, #191714);",
            "--ink: light-dark(#211c15, #e9e3d8);",
            "--tint-chosen: 34%;",
            "--tint-chosen: 46%;",
        ] {
            assert!(tokens.contains(token), "{token} is no longer in style/tokens.css");
        }
        let shades = include_str!("../ui/colour.rs");
        assert!(shades.contains("color-mix(in oklab, {colour} 55%, white)"), "shades are made otherwise");
    }
}
