//! New inputs out of old ones: bytes, words and lines are changed, doubled, taken out and put elsewhere, JSON also along
//! its structure, and archives by what is packed in them.

use rubricator::format::exchange::{Bundle, unpack};
use serde_json::Value as Json;

use crate::chance::Chance;
use crate::target::Input;

/// The most bytes that a file may grow to.
const MOST: usize = 160 << 10;

/// Words that have broken parsers.
const WORDS: &[&str] = &[
    "",
    "\0",
    "\r",
    "\r\n",
    "\n",
    "\n\n",
    "\t",
    "\t\t",
    " ",
    "\u{FEFF}",
    "\u{2028}",
    "\u{85}",
    "\u{200F}",
    "\u{202E}",
    "👩\u{200D}👩\u{200D}👧",
    "🏳️\u{200D}🌈",
    "e\u{301}",
    "\u{301}",
    "שלום",
    "漢字",
    "𝒳",
    "İ",
    "ß",
    "\u{1F1E9}\u{1F1EA}",
    "\\ud83d",
    "\\u0000",
    "\\",
    "\"",
    "'",
    "-1",
    "0",
    "1",
    "2147483648",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "1e309",
    "0.5",
    "NaN",
    "null",
    "true",
    "[]",
    "{}",
    "[[",
    "{\"a\":",
    "<a>",
    "</a>",
    "<![CDATA[",
    "&#0;",
    "&amp;",
    "&#x1F600;",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "O",
    "B-",
    "I-X",
    "S-X",
    "-DOCSTART-",
    "#",
    "#Text=",
    "|",
    ";",
    ":",
    "=",
    ",",
    "*",
    "_",
    "->",
    "T1",
    "R1\tX Arg1:T1 Arg2:T1",
    "E1\tX:T1 A:E1",
    "A1\tX T1",
    "[1]",
    "1-1",
    "1-1.1",
    "0-1",
    "\\n",
    "\\t",
    "=cmd()",
    "\u{1}",
    "\u{FFFD}",
    "\u{10FFFF}",
];

/// Numbers at the borders.
const NUMBERS: [i64; 14] =
    [-1, 0, 1, 2, 3, 7, 127, 255, 65_536, i32::MAX as i64, 1 << 32, 1 << 53, i64::MAX, i64::MIN];

/// Makes a new input of one, with parts of another of the same kind.
pub fn mutate(input: &Input, other: &Input, chance: &mut Chance) -> Input {
    let mut made = input.clone();
    for _ in 0..1 + chance.below(4) {
        if made.files.is_empty() {
            break;
        }
        let at = chance.below(made.files.len());
        let donor = other.files.get(chance.below(other.files.len()));
        let donor = donor.map_or(&[][..], |(_, bytes)| bytes);
        let (path, bytes) = &mut made.files[at];
        let is_zip = bytes.starts_with(b"PK");
        if is_zip && !chance.one_of(3) {
            *bytes = repacked(bytes, donor, chance);
        } else {
            change(path, bytes, donor, chance);
        }
        bytes.truncate(MOST);
        if chance.one_of(40) {
            match chance.below(3) {
                0 if 1 < made.files.len() => drop(made.files.remove(at)),
                1 => {
                    let twin = made.files[at].clone();
                    made.files.push((format!("b/{}", twin.0), twin.1));
                }
                _ => {}
            }
        }
    }
    made
}

fn change(path: &str, bytes: &mut Vec<u8>, donor: &[u8], chance: &mut Chance) {
    let is_json = bytes.trim_ascii_start().starts_with(b"{") || bytes.trim_ascii_start().starts_with(b"[");
    match chance.below(12) {
        0..5 if is_json => json_along(bytes, donor, chance),
        0..5 if path.ends_with("txt") && chance.one_of(2) => wound(bytes, chance),
        0..7 => wound(bytes, chance),
        7 | 8 => lines(bytes, donor, chance),
        9 | 10 => number(bytes, chance),
        _ => whole(bytes, donor, chance),
    }
}

/// Bytes in one place.
fn wound(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let end = (at + chance.magnitude(8)).min(bytes.len());
    match chance.below(7) {
        0 if at < bytes.len() => bytes[at] ^= 1_u8 << chance.below(8),
        1 if at < bytes.len() => bytes[at] = u8::try_from(chance.below(256)).unwrap_or_default(),
        2 => drop(bytes.drain(at..end)),
        3 => {
            let copy = bytes[at..end].to_vec();
            let to = chance.below(bytes.len() + 1);
            bytes.splice(to..to, copy);
        }
        4 => drop(bytes.splice(at..end, chance.choose(WORDS).bytes())),
        5 => {
            let copy = bytes[at..end].repeat(1 + chance.magnitude(12));
            bytes.splice(at..at, copy.into_iter().take(MOST));
        }
        _ => drop(bytes.splice(at..at, chance.choose(WORDS).bytes())),
    }
}

/// Lines and the cells in them.
fn lines(bytes: &mut Vec<u8>, donor: &[u8], chance: &mut Chance) {
    let mut all: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if all.is_empty() {
        return;
    }
    let (at, to) = (chance.below(all.len()), chance.below(all.len()));
    match chance.below(7) {
        0 => all.swap(at, to),
        1 => drop(all.remove(at)),
        2 => all.insert(to, all[at].clone()),
        3 => {
            let others: Vec<_> = donor.split_inclusive(|byte| *byte == b'\n').collect();
            if !others.is_empty() {
                all.insert(at, chance.choose(&others).to_vec());
            }
        }
        4 => {
            let times = 1 + chance.magnitude(11);
            let block: Vec<_> = all[at.min(to)..=at.max(to)].to_vec();
            let mut size = 0;
            for line in block.iter().cycle().take(times * block.len()) {
                size += line.len();
                if MOST < size {
                    break;
                }
                all.push(line.clone());
            }
        }
        _ => {
            let separator = *chance.choose(b"\t ,;|:");
            let mut cells: Vec<_> = all[at].split(|byte| *byte == separator).map(<[u8]>::to_vec).collect();
            let (one, two) = (chance.below(cells.len()), chance.below(cells.len()));
            match chance.below(4) {
                0 => cells.swap(one, two),
                1 => drop(cells.remove(one)),
                2 => cells.insert(two, cells[one].clone()),
                _ => cells[one] = chance.choose(WORDS).as_bytes().to_vec(),
            }
            all[at] = cells.join(&separator);
        }
    }
    *bytes = all.concat();
}

/// One run of digits becomes another number.
fn number(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let starts: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[at - 1].is_ascii_digit()))
        .collect();
    if starts.is_empty() {
        return wound(bytes, chance);
    }
    let start = *chance.choose(&starts);
    let end = (start..bytes.len()).find(|at| !bytes[*at].is_ascii_digit()).unwrap_or(bytes.len());
    let new =
        if chance.one_of(2) { chance.choose(&NUMBERS).to_string() } else { chance.below(200).to_string() };
    bytes.splice(start..end, new.bytes());
}

/// The file as a whole.
fn whole(bytes: &mut Vec<u8>, donor: &[u8], chance: &mut Chance) {
    match chance.below(7) {
        0 => bytes.truncate(chance.below(bytes.len() + 1)),
        1 => *bytes = String::from_utf8_lossy(bytes).replace('\n', "\r\n").into_bytes(),
        2 => *bytes = String::from_utf8_lossy(bytes).replace('\n', "\r").into_bytes(),
        3 => drop(bytes.splice(0..0, *b"\xEF\xBB\xBF")),
        4 => {
            let units = String::from_utf8_lossy(bytes).encode_utf16().collect::<Vec<_>>();
            *bytes = [0xFF, 0xFE].into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect();
        }
        5 => {
            let cut = chance.below(bytes.len() + 1);
            bytes.truncate(cut);
            bytes.extend_from_slice(&donor[chance.below(donor.len() + 1)..]);
        }
        _ => {
            let opening = *chance.choose(&[
                "[",
                "{\"a\":",
                "<a>",
                "(",
                "#",
                "\t",
                "T1\tA 0 1\ta\n",
                "{\"items\":[",
                "1;",
            ]);
            let at = chance.below(bytes.len() + 1);
            let times = chance.magnitude(15);
            bytes.splice(at..at, opening.bytes().cycle().take(opening.len() * times).take(MOST));
        }
    }
}

/// Changes one of the values of a JSON file along its structure.
fn json_along(bytes: &mut Vec<u8>, donor: &[u8], chance: &mut Chance) {
    let mut values = parse_all(bytes);
    let others = parse_all(donor);
    if values.is_empty() {
        return wound(bytes, chance);
    }
    for _ in 0..1 + chance.below(3) {
        let at = chance.below(values.len());
        let size = size(&values[at]);
        let piece = others.get(chance.below(others.len())).map(|other| {
            let wanted = chance.below(self::size(other));
            nth(other, &mut { wanted }).unwrap_or(other).clone()
        });
        let mut place = chance.below(size);
        let keys = keys(&values[at]);
        if let Some(node) = nth_mut(&mut values[at], &mut place) {
            twist(node, piece, &keys, chance);
        }
    }
    if chance.one_of(8) {
        let at = chance.below(values.len());
        let copies = vec![values[at].clone(); chance.below(64)];
        values.extend(copies);
    }
    let lines: Vec<String> = values.iter().map(Json::to_string).collect();
    *bytes = lines.join("\n").into_bytes();
    if let [Json::Array(_)] = values.as_slice() {
        return;
    }
    if chance.one_of(6) {
        *bytes = format!("[{}]", lines.join(",\n")).into_bytes();
    }
}

fn parse_all(bytes: &[u8]) -> Vec<Json> {
    let values = serde_json::Deserializer::from_slice(bytes).into_iter::<Json>();
    values.map_while(Result::ok).take(200).collect()
}

/// Makes something else of a value.
fn twist(node: &mut Json, piece: Option<Json>, keys: &[String], chance: &mut Chance) {
    match chance.below(9) {
        0 => {
            *node = match chance.below(8) {
                0 => Json::Null,
                1 => Json::Bool(chance.one_of(2)),
                2 => (*chance.choose(&NUMBERS)).into(),
                3 => Json::from(0.5),
                4 => Json::String((*chance.choose(WORDS)).to_owned()),
                5 => Json::Array(Vec::new()),
                6 => Json::Object(serde_json::Map::new()),
                _ => Json::Array(vec![node.clone(), node.clone()]),
            };
        }
        1 => *node = piece.unwrap_or(Json::Null),
        2 => *node = Json::Array(vec![std::mem::take(node)]),
        3 => {
            let key = keys.get(chance.below(keys.len())).cloned().unwrap_or_default();
            *node = Json::Object([(key, std::mem::take(node))].into_iter().collect());
        }
        _ => match node {
            Json::Object(fields) => {
                let own: Vec<String> = fields.keys().cloned().collect();
                let Some(key) = own.get(chance.below(own.len())) else {
                    return drop(
                        fields.insert((*chance.choose(WORDS)).to_owned(), piece.unwrap_or(Json::Null)),
                    );
                };
                match chance.below(4) {
                    0 => drop(fields.remove(key)),
                    1 => {
                        let value = fields.remove(key).unwrap_or_default();
                        let name =
                            if chance.one_of(3) { chance.choose(WORDS) } else { &**chance.choose(keys) };
                        fields.insert(name.to_owned(), value);
                    }
                    2 => drop(fields.insert(key.clone(), piece.unwrap_or(Json::Null))),
                    _ => drop(fields.insert(chance.choose(keys).clone(), piece.unwrap_or(Json::Null))),
                }
            }
            Json::Array(list) if !list.is_empty() => {
                let at = chance.below(list.len());
                match chance.below(4) {
                    0 => drop(list.remove(at)),
                    1 => list.insert(at, piece.unwrap_or(Json::Null)),
                    2 => {
                        let copy = list[at].clone();
                        let most = MOST / (1 + copy.to_string().len());
                        let times = chance.magnitude(14).min(most);
                        list.splice(at..at, std::iter::repeat_n(copy, times));
                    }
                    _ => list.reverse(),
                }
            }
            Json::String(text) => {
                let letters: Vec<char> = text.chars().collect();
                let (from, to) = (chance.below(letters.len() + 1), chance.below(letters.len() + 1));
                let mut made: String = letters[..from.min(to)].iter().collect();
                made.push_str(chance.choose::<&str>(WORDS));
                made.extend(&letters[from.max(to)..]);
                *text = if chance.one_of(10) { made.repeat(1 + chance.below(200)) } else { made };
            }
            Json::Number(number) => {
                let near =
                    number.as_i64().unwrap_or_default().wrapping_add(1 - i64::from(chance.one_of(2)) * 2);
                *node = if chance.one_of(2) { near.into() } else { (*chance.choose(&NUMBERS)).into() };
            }
            other => *other = piece.unwrap_or(Json::Null),
        },
    }
}

fn size(value: &Json) -> usize {
    1 + match value {
        Json::Array(list) => list.iter().map(size).sum(),
        Json::Object(fields) => fields.values().map(size).sum(),
        _ => 0,
    }
}

fn keys(value: &Json) -> Vec<String> {
    let mut keys = vec![String::new()];
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Json::Array(list) => open.extend(list.iter().take(20)),
            Json::Object(fields) => {
                keys.extend(fields.keys().cloned());
                open.extend(fields.values());
            }
            _ => {}
        }
    }
    keys
}

fn nth<'v>(value: &'v Json, place: &mut usize) -> Option<&'v Json> {
    if *place == 0 {
        return Some(value);
    }
    *place -= 1;
    match value {
        Json::Array(list) => list.iter().find_map(|one| nth(one, place)),
        Json::Object(fields) => fields.values().find_map(|one| nth(one, place)),
        _ => None,
    }
}

fn nth_mut<'v>(value: &'v mut Json, place: &mut usize) -> Option<&'v mut Json> {
    if *place == 0 {
        return Some(value);
    }
    *place -= 1;
    match value {
        Json::Array(list) => list.iter_mut().find_map(|one| nth_mut(one, place)),
        Json::Object(fields) => fields.values_mut().find_map(|one| nth_mut(one, place)),
        _ => None,
    }
}

/// Changes what is packed in an archive.
fn repacked(bytes: &[u8], donor: &[u8], chance: &mut Chance) -> Vec<u8> {
    let files = |bytes| unpack("a.zip", bytes).map(|unpacked| unpacked.files).unwrap_or_default();
    let (mut own, others) = (files(bytes), files(donor));
    if own.is_empty() {
        let mut made = bytes.to_vec();
        wound(&mut made, chance);
        return made;
    }
    let at = chance.below(own.len());
    let donor = others.get(chance.below(others.len())).map_or(&[][..], |(_, bytes)| bytes);
    let (path, content) = &mut own[at];
    change(path, content, donor, chance);
    if chance.one_of(20) {
        *path = (*chance.choose(&["project.json", "../a", "", "a/b.ann", "texts.jsonl", "history.jsonl"]))
            .to_owned();
    }
    let mut bundle = Bundle::default();
    for (path, content) in &own {
        if bundle.push(path, content).is_err() {
            return bytes.to_vec();
        }
    }
    let mut made = Vec::new();
    let _written = bundle.finish(&mut |piece| made.extend_from_slice(&piece));
    made
}
