//! What is superfluous between the main module and its glue: long names of imports, which carry hashes that no
//! compression makes shorter (400 of them weigh 9 KB), and streams that a dependency exports and nobody opens.

use crate::Stop;

/// The module that wasm-bindgen names as the source of its own imports.
const GLUE: &[u8] = b"./rubricator_bg.js";

/// In the names of exports that serve streams of JavaScript over Rust, which this app has none of.
const STREAMS: &str = "intounderlying";

/// How what serves them begins and ends in the glue.
const STREAMS_IN_GLUE: [(&str, &str); 3] = [
    ("\nexport class IntoUnderlying", "\n}\n"),
    ("\nif (Symbol.dispose) IntoUnderlying", ";\n"),
    ("\nconst IntoUnderlying", ");\n"),
];

/// How the names of exports begin by which the glue calls closures; a hash follows.
const CLOSURES: &str = "wasm_bindgen__convert__closures";

/// The ids of the import and export sections and of a function in them, by the WebAssembly core specification,
/// section 5.5.
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const FUNCTION: u8 = 0;

/// The module and its glue with short names, and without the glue's streams, comments and indentation.
pub fn shorten(module: &[u8], glue: &str) -> Result<(Vec<u8>, String), Stop> {
    let (module, names, mut closures) =
        renamed(module).ok_or_else(|| Stop::new("the imports of the main module cannot be read"))?;
    let mut glue = bare(&without_streams(glue));
    for (at, name) in names.iter().enumerate() {
        let (before, after) = glue.split_once(&format!("\n{name}: function(")).ok_or_else(|| {
            Stop::new(format!("the glue does not define the import {name}; see xtask/src/imports.rs"))
        })?;
        glue = format!("{before}\n{}: function({after}", short(at));
    }
    // The longest first, as some begin as others do.
    closures.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, short) in closures {
        glue = glue.replace(&name, &short);
    }
    Ok((module, glue))
}

/// A script without comments of their own lines and indentation.
pub fn bare(script: &str) -> String {
    let lines: Vec<_> = script.lines().map(str::trim).filter(|line| !is_comment(line)).collect();
    lines.join("\n")
}

fn without_streams(glue: &str) -> String {
    let mut glue = glue.to_owned();
    for (begin, end) in STREAMS_IN_GLUE {
        while let Some((before, rest)) = glue.split_once(begin)
            && let Some((_, after)) = rest.split_once(end)
        {
            glue = format!("{before}\n{after}");
        }
    }
    glue
}

fn is_comment(line: &str) -> bool {
    line.is_empty() || ["/**", "*/", "* ", "//"].iter().any(|start| line.starts_with(start))
}

/// The short name of the import at this place.
fn short(at: usize) -> String {
    format!("i{at}")
}

/// A long name and its short one.
type Renamed = (String, String);

/// The module with short names, the long ones of imports in the order of the short, and those of closures.
fn renamed(module: &[u8]) -> Option<(Vec<u8>, Vec<String>, Vec<Renamed>)> {
    let mut rest = Bytes(module);
    let mut renamed = rest.take(8)?.to_vec();
    let (mut names, mut closures) = (Vec::new(), Vec::new());
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let section = rest.prefixed()?;
        let section = match id {
            IMPORTS => imports(section, &mut names)?,
            EXPORTS => exports(section, &mut closures)?,
            _ => section.to_vec(),
        };
        renamed.push(id);
        put_prefixed(&mut renamed, &section);
    }
    Some((renamed, names, closures))
}

fn imports(section: &[u8], names: &mut Vec<String>) -> Option<Vec<u8>> {
    let mut rest = Bytes(section);
    let count = rest.number()?;
    let mut renamed = Vec::new();
    put_number(&mut renamed, count);
    for _ in 0..count {
        let (module, name) = (rest.prefixed()?, rest.prefixed()?);
        // Memory and table are the main module's own, so it imports nothing but functions.
        let kind = rest.byte().filter(|kind| *kind == FUNCTION)?;
        put_prefixed(&mut renamed, module);
        if module == GLUE {
            put_prefixed(&mut renamed, short(names.len()).as_bytes());
            names.push(String::from_utf8(name.to_vec()).ok()?);
        } else {
            put_prefixed(&mut renamed, name);
        }
        renamed.push(kind);
        put_number(&mut renamed, rest.number()?);
    }
    Some(renamed)
}

fn exports(section: &[u8], closures: &mut Vec<Renamed>) -> Option<Vec<u8>> {
    let mut rest = Bytes(section);
    let mut kept = Vec::new();
    for _ in 0..rest.number()? {
        let (name, kind, index) = (rest.prefixed()?, rest.byte()?, rest.number()?);
        if !String::from_utf8_lossy(name).contains(STREAMS) {
            kept.push((name, kind, index));
        }
    }
    let mut section = Vec::new();
    put_number(&mut section, kept.len());
    for (name, kind, index) in kept {
        let name = String::from_utf8(name.to_vec()).ok()?;
        if name.starts_with(CLOSURES) {
            let short = format!("closure{}", closures.len());
            put_prefixed(&mut section, short.as_bytes());
            closures.push((name, short));
        } else {
            put_prefixed(&mut section, name.as_bytes());
        }
        section.push(kind);
        put_number(&mut section, index);
    }
    Some(section)
}

/// What is still to be read of a module.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|byte| byte[0])
    }

    /// An unsigned LEB128 number.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// Bytes behind their number.
    fn prefixed(&mut self) -> Option<&'a [u8]> {
        let count = self.number()?;
        self.take(count)
    }
}

fn put_number(bytes: &mut Vec<u8>, mut number: usize) {
    while 0x80 <= number {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn put_prefixed(bytes: &mut Vec<u8>, content: &[u8]) {
    put_number(bytes, content.len());
    bytes.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_from_the_glue_get_short_names_and_all_else_stays() {
        let mut section = vec![2];
        for (module, name) in [(GLUE, &b"__wbg_now_0123456789abcdef"[..]), (b"./chunks.js", b"load")] {
            put_prefixed(&mut section, module);
            put_prefixed(&mut section, name);
            section.extend([FUNCTION, 5]);
        }
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.push(IMPORTS);
        put_prefixed(&mut module, &section);
        module.push(EXPORTS);
        let mut section = vec![4];
        let closures =
            [b"wasm_bindgen__convert__closures_h1".as_slice(), b"wasm_bindgen__convert__closures_h1_2"];
        for name in [b"main".as_slice(), b"intounderlyingsink_close"].into_iter().chain(closures) {
            put_prefixed(&mut section, name);
            section.extend([FUNCTION, 7]);
        }
        put_prefixed(&mut module, &section);
        module.extend([1, 2, 7, 7]);
        let glue = "\nexport class IntoUnderlyingSink {\n    close() {\n    }\n}\nif (Symbol.dispose) \
            IntoUnderlyingSink.free;\nreturn {\n    // Now.\n    __wbg_now_0123456789abcdef: function(a) {}\n}\nconst \
            IntoUnderlyingSinkFinalization = a\n    ? {}\n    : new FinalizationRegistry(b);\nwasm_bindgen__convert__closures_h1_2();\n\
            wasm_bindgen__convert__closures_h1();";

        let (short, glue) = shorten(&module, glue).expect("both name the import");
        assert_eq!(glue, "return {\ni0: function(a) {}\n}\nclosure1();\nclosure0();");
        assert!(short.ends_with(
            b"./chunks.js\x04load\0\x05\x07\x1e\x03\x04main\0\x07\x08closure0\0\x07\x08closure1\0\x07\x01\x02\x07\x07"
        ));
        assert!(shorten(&module, "return {}").is_err());
    }
}
