//! Lists in words.

/// Adds an item to a list, with `between` before it unless it is the first. The list grows in place, as lists of words are
/// made for each mark that is drawn.
///
/// ```
/// use rubricator::text::add_item;
/// let mut list = String::new();
/// ["Ada", "Bo"].into_iter().for_each(|name| add_item(&mut list, ", ", name));
/// assert_eq!(list, "Ada, Bo");
/// ```
pub fn add_item(list: &mut String, between: &str, item: &str) {
    if !list.is_empty() {
        list.push_str(between);
    }
    list.push_str(item);
}
