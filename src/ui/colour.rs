//! Colours of labels as CSS: the shade for lines and swatches, in light and in dark, and the kind of line.
//! A label is told apart by its line as well, so that colour is never the only sign.

use crate::model::{Codebook, Key};

/// How the underline of a label is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// An unbroken line.
    Solid,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
}

impl Line {
    /// The class that draws a swatch's line so.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Dashed => "dashed",
            Self::Dotted => "dotted",
        }
    }
}

/// The colour and line of a label; grey for one that the codebook does not have.
pub fn of_label(codebook: &Codebook, key: &Key) -> (String, Line) {
    let at = codebook.labels.iter().position(|label| label.key == *key);
    let line = match at.map_or(0, |at| at % 3) {
        0 => Line::Solid,
        1 => Line::Dashed,
        _ => Line::Dotted,
    };
    let colour = at.and_then(|at| codebook.labels.get(at)).map_or("", |label| label.colour.as_str());
    (shade(colour), line)
}

/// A CSS colour that stands out on the paper in light and in dark.
fn shade(colour: &str) -> String {
    let hexadecimal = colour
        .strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.chars().all(|digit| digit.is_ascii_hexdigit()));
    let colour = if hexadecimal { colour } else { "#6b7280" };
    format!("light-dark({colour}, color-mix(in oklab, {colour} 55%, white))")
}
