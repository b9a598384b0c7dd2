//! Lengths for style attributes, in hundredths of a CSS pixel: finer than any screen, and written without the program
//! that prints numbers exactly.

/// A length in CSS pixels.
pub fn px(length: f64) -> String {
    let hundredths = (length * 100.0).round() as i64;
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    format!("{sign}{whole}.{part:02}px")
}
