//! Which options of a combobox fit what was typed: those that begin with it before those that hold it.

use super::ComboOption;
use crate::text::fold;

/// More options than a person looks through.
const MOST: usize = 60;

/// The options that fit, in the order given, those whose name begins with what was typed first.
pub(super) fn matching(options: &[ComboOption], typed: &str) -> Vec<ComboOption> {
    let typed = fold(typed);
    if typed.is_empty() {
        return options.iter().take(MOST).cloned().collect();
    }
    let mut begin = Vec::new();
    let mut hold = Vec::new();
    for option in options {
        let name = fold(&option.name);
        if name.starts_with(&typed) {
            begin.push(option.clone());
        } else if name.contains(&typed) || fold(&option.detail).contains(&typed) {
            hold.push(option.clone());
        }
    }
    begin.extend(hold);
    begin.truncate(MOST);
    begin
}

/// Whether an option bears exactly this name, but for case and accents.
pub(super) fn is_known(options: &[ComboOption], typed: &str) -> bool {
    let typed = fold(typed);
    options.iter().any(|option| fold(&option.name) == typed)
}
