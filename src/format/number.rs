//! Numbers as people and other tools write them. They are read by the JSON reader, which the page has anyway: the
//! tables of the standard library's own `parse` are 10 KB that do not compress.

/// The finite number that is written, as `str::parse` reads it: with or without sign, digits on either side of the
/// point, and an exponent. The nearest `f64`.
///
/// ```
/// use rubricator::format::parse_number;
/// assert_eq!(parse_number("+.5"), Some(0.5));
/// assert_eq!(parse_number("-1e3"), Some(-1000.0));
/// assert_eq!(parse_number("1 000"), None);
/// ```
#[must_use]
pub fn parse_number(written: &str) -> Option<f64> {
    let (sign, digits) = match written.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", written.strip_prefix('+').unwrap_or(written)),
    };
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_mantissa = is_digits(whole) && is_digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    if !is_mantissa || written.contains(char::is_whitespace) {
        return None;
    }
    // JSON wants a digit on either side of the point, and none before it that says nothing.
    let whole = whole.trim_start_matches('0');
    let [whole, fraction] = [whole, fraction].map(|digits| if digits.is_empty() { "0" } else { digits });
    serde_json::from_str(&format!("{sign}{whole}.{fraction}e{exponent}")).ok()
}

#[cfg(test)]
mod tests {
    use super::parse_number;

    #[test]
    fn numbers_are_those_that_the_standard_library_reads() {
        let written = [
            "0",
            "-0",
            "007",
            "1.",
            ".5",
            "-.5e-3",
            "1E5",
            "1e+5",
            "12345678901234567890",
            "0.1",
            "5e-324",
            "1.7976931348623157e308",
            "2.2250738585072011e-308",
            "9007199254740993",
            "",
            ".",
            "-",
            "+",
            "e5",
            "1e",
            "1 ",
            " 1",
            "1e5 ",
            "--1",
            "+-1",
            "1.2.3",
            "1,5",
            "0x10",
            "1e5e5",
            "1e1.5",
            "1\n",
            "one",
        ];
        for written in written {
            assert_eq!(parse_number(written), written.parse().ok(), "{written:?}");
        }
        for endless in ["inf", "nan", "-infinity", "1e999"] {
            assert_eq!(parse_number(endless), None);
        }
    }
}
