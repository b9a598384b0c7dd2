//! Cells as RFC 4180 writes them, and safe in a spreadsheet: what it would take for a formula gets an apostrophe in
//! front. A number with a sign is no formula.

/// Adds a row and says how many of its cells were guarded. Cells with a delimiter, a quotation mark or a line end are
/// quoted; rows end in CRLF.
pub fn push_row<'c>(out: &mut String, delimiter: char, cells: impl IntoIterator<Item = &'c str>) -> usize {
    let mut guarded = 0;
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(delimiter);
        }
        let armed = needs_guard(cell);
        let is_quoted = cell.contains([delimiter, '"', '\r', '\n']) || cell != cell.trim();
        if is_quoted {
            out.push('"');
        }
        if armed {
            guarded += 1;
            out.push('\'');
        }
        out.push_str(&if is_quoted {
            cell.replace('"', "\"\"").into()
        } else {
            std::borrow::Cow::from(cell)
        });
        if is_quoted {
            out.push('"');
        }
    }
    out.push_str("\r\n");
    guarded
}

/// Whether the cell gets an apostrophe in front: what a spreadsheet would run, and what looks like that with apostrophes
/// in front already, so that it reads back the same.
pub fn needs_guard(cell: &str) -> bool {
    is_formula(cell.trim_start_matches('\''))
}

/// Whether a spreadsheet would run the cell.
fn is_formula(cell: &str) -> bool {
    // Full-width signs begin formulas too where a spreadsheet speaks Japanese or Chinese. A byte order mark is not seen.
    let begins = cell
        .trim_start_matches('\u{FEFF}')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    begins && cell.parse::<f64>().is_err()
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
pub fn disarmed(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::push_row;

    fn row(cells: &[&str]) -> String {
        let mut out = String::new();
        push_row(&mut out, ',', cells.iter().copied());
        out
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(row(&["a", "b,c", "say \"x\"", "", " d"]), "a,\"b,c\",\"say \"\"x\"\"\",,\" d\"\r\n");
    }

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        assert_eq!(
            row(&["=1+1", "+A1", "-2.5", "-x", "@sum", "\tx", "a=b", "=\"a\"", "\u{FEFF}=1", "'=1", "'a"]),
            "'=1+1,'+A1,-2.5,'-x,'@sum,\"'\tx\",a=b,\"'=\"\"a\"\"\",'\u{FEFF}=1,''=1,'a\r\n"
        );
    }
}
