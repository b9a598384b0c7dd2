//! Colours of labels as other tools write them. They colour backgrounds, so many are pale; here a label's colour is that
//! of a line on paper, and a pale one becomes darker, of the same hue, until it stands out (WCAG 2.2, 1.4.11).

/// The contrast with white that a line needs.
const LEAST_CONTRAST: f64 = 3.0;

/// Names of colours that configurations use, with what CSS means by them.
const NAMED: [(&str, &str); 22] = [
    ("black", "#000000"),
    ("blue", "#0000ff"),
    ("brown", "#a52a2a"),
    ("coral", "#ff7f50"),
    ("crimson", "#dc143c"),
    ("cyan", "#00ffff"),
    ("darkblue", "#00008b"),
    ("darkgreen", "#006400"),
    ("darkorange", "#ff8c00"),
    ("gold", "#ffd700"),
    ("gray", "#808080"),
    ("green", "#008000"),
    ("indigo", "#4b0082"),
    ("magenta", "#ff00ff"),
    ("navy", "#000080"),
    ("olive", "#808000"),
    ("orange", "#ffa500"),
    ("pink", "#ffc0cb"),
    ("purple", "#800080"),
    ("red", "#ff0000"),
    ("teal", "#008080"),
    ("yellow", "#ffff00"),
];

/// A colour as `#rrggbb` in small letters; `None` if it is none that is known here.
pub(super) fn hexadecimal(colour: &str) -> Option<String> {
    let colour = colour.trim().to_ascii_lowercase();
    if let Some((_, known)) = NAMED.iter().find(|(name, _)| *name == colour) {
        return Some((*known).to_owned());
    }
    let digits = colour.strip_prefix('#')?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        3 => Some(digits.chars().fold("#".to_owned(), |all, digit| format!("{all}{digit}{digit}"))),
        6 => Some(colour),
        _ => None,
    }
}

/// The colour, darker where it would not stand out on white; `None` for greys so pale that nothing of them would stay.
pub(super) fn on_paper(colour: &str) -> Option<String> {
    let mut shades = shades(colour)?;
    let is_grey = shades.iter().max()? - shades.iter().min()? < 24;
    if is_grey && contrast(shades) < LEAST_CONTRAST {
        return None;
    }
    while contrast(shades) < LEAST_CONTRAST {
        shades = shades.map(|shade| shade.saturating_sub(1 + shade / 24));
    }
    let [red, green, blue] = shades;
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}

fn shades(colour: &str) -> Option<[u8; 3]> {
    let colour = hexadecimal(colour)?;
    let shade = |at: usize| u8::from_str_radix(colour.get(at..at + 2)?, 16).ok();
    Some([shade(1)?, shade(3)?, shade(5)?])
}

/// The contrast with white.
fn contrast(shades: [u8; 3]) -> f64 {
    let linear = |shade: u8| {
        let shade = f64::from(shade) / 255.0;
        if shade <= 0.04045 { shade / 12.92 } else { ((shade + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = shades.map(linear);
    1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

#[cfg(test)]
mod tests {
    use super::{contrast, hexadecimal, on_paper, shades};

    #[test]
    fn colours_are_known_in_the_ways_in_which_tools_write_them() {
        for (written, known) in [
            ("#FF821C", Some("#ff821c")),
            ("#0f8", Some("#00ff88")),
            (" Red ", Some("#ff0000")),
            ("#12345", None),
            ("#12345g", None),
            ("reddish", None),
            ("", None),
        ] {
            assert_eq!(hexadecimal(written).as_deref(), known, "{written}");
        }
    }

    #[test]
    fn what_stands_out_stays_and_what_is_pale_becomes_darker() {
        assert_eq!(on_paper("#2b6cb0").as_deref(), Some("#2b6cb0"));
        assert_eq!(on_paper("#dddddd"), None);
        for pale in ["yellow", "#ffa39e", "#7fe2ff", "#ccf", "#fffda8"] {
            let dark = on_paper(pale).unwrap();
            assert!((3.0..3.5).contains(&contrast(shades(&dark).unwrap())), "{pale} {dark}");
            let order = |colour: &str| {
                let shades = shades(colour).unwrap();
                [shades[0] >= shades[1], shades[1] >= shades[2], shades[0] >= shades[2]]
            };
            assert_eq!(order(&dark), order(pale), "{pale} {dark}");
        }
    }
}
