//! Text out of bytes, in the encoding that they are in.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a document its declaration is looked for.
const DECLARATION: usize = 200;

/// The text of a document: in the encoding of its byte order mark, else that which the server names
/// (the `charset` of `Content-Type`), else that of its own declaration, else UTF-8. Bytes that are
/// nothing in it become U+FFFD.
pub(super) fn decode(bytes: &[u8], content_type: &str) -> String {
    let encoding = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = encoding
        .or_else(|| named_by_server(content_type))
        .or_else(|| declared(bytes))
        .unwrap_or(UTF_8);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    text.into_owned()
}

fn named_by_server(content_type: &str) -> Option<&'static Encoding> {
    let mut parts = content_type.split(';').skip(1);
    parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        let label = value.trim().trim_matches(['"', '\'']);
        is_charset.then(|| Encoding::for_label(label.as_bytes()))?
    })
}

/// What `<?xml ... encoding="..."?>` says, or shows by being in two bytes a letter.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, ..] => return Some(UTF_16LE),
        [0, b'<', ..] => return Some(UTF_16BE),
        _ => {}
    }
    let start = bytes.get(..DECLARATION).unwrap_or(bytes);
    let start = String::from_utf8_lossy(start);
    let (declaration, _) = start.trim_start().strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|it| ['"', '\''].contains(it))?;
    let label = value.split(quote).nth(1)?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
    let wide = [UTF_16LE, UTF_16BE].contains(&encoding);
    (!wide).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn the_mark_goes_before_the_server_and_the_server_before_the_declaration() {
        let said = |declared: &str| format!("<?xml version='1.0' encoding='{declared}'?><a>");
        let mut latin = said("ISO-8859-1").into_bytes();
        latin.push(0xe9);
        assert!(decode(&latin, "text/xml").ends_with('é'));
        assert!(decode(&latin, "text/xml; charset=windows-1251").ends_with('й'));
        let mut marked = vec![0xef, 0xbb, 0xbf];
        marked.extend("é".as_bytes());
        assert_eq!(decode(&marked, "text/xml; charset=\"iso-8859-1\""), "é");
        let mut cyrillic = said("windows-1251").into_bytes();
        cyrillic.push(0xe9);
        assert!(decode(&cyrillic, "").ends_with('й'));
    }

    #[test]
    fn two_bytes_a_letter_are_seen_with_and_without_a_mark() {
        let wide =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        assert_eq!(decode(&wide("<a>é"), ""), "<a>é");
        assert_eq!(decode(&wide("\u{feff}<a>é"), ""), "<a>é");
        let declared = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>é";
        assert_eq!(decode(&wide(declared), ""), declared);
        assert_eq!(decode(declared.as_bytes(), ""), declared);
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced() {
        assert_eq!(decode(b"a\xff\xfeb", ""), "a\u{fffd}\u{fffd}b");
        assert_eq!(decode(b"", "text/xml; charset=unheard-of"), "");
    }
}
