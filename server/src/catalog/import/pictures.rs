//! Pictures on their way in: WebP only, small, without the data that cameras add, named by what they hold.

use super::{ImportError, RowError};
use crate::platform::db::{self, Tx};
use sha2::{Digest, Sha256};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    path::PathBuf,
};

const MAX_PICTURE_BYTES: usize = 512 * 1024;
const PICTURES_AT_ONCE: usize = 50;

/// Where the files named in a picture column are.
#[derive(Clone)]
pub enum Pictures {
    /// The column is not looked at; known pictures stay.
    LeftOut,
    Folder(PathBuf),
    /// Part of this program.
    Embedded(fn(&str) -> Option<Cow<'static, [u8]>>),
}

/// A name in a picture column, and where it stands.
pub struct Named<'a> {
    pub line: u64,
    pub column: &'static str,
    pub name: &'a str,
}

/// Stores the pictures and answers their hashes by name.
pub async fn store(
    tx: &Tx,
    pictures: &Pictures,
    names: impl Iterator<Item = Named<'_>>,
    now_micros: i64,
) -> Result<HashMap<String, String>, ImportError> {
    let (mut hashes, mut clean, mut mistakes) = (HashMap::new(), BTreeMap::new(), Vec::new());
    for named in names {
        if matches!(pictures, Pictures::LeftOut) || hashes.contains_key(named.name) {
            continue;
        }
        match read(pictures, named.name).and_then(|bytes| stripped(&bytes)) {
            Ok(bytes) => {
                let hash = hex::encode(&Sha256::digest(&bytes)[..16]);
                hashes.insert(named.name.to_owned(), hash.clone());
                clean.insert(hash, bytes);
            }
            Err(detail) => mistakes.push(RowError {
                line: named.line,
                column: named.column.to_owned(),
                detail: format!("{:?}: {detail}", named.name),
            }),
        }
    }
    if !mistakes.is_empty() {
        return Err(ImportError::Rows(mistakes));
    }
    let clean: Vec<_> = clean.into_iter().collect();
    for chunk in clean.chunks(PICTURES_AT_ONCE) {
        let values = chunk.iter().flat_map(|(hash, bytes)| {
            [
                hash.as_str().into(),
                bytes.clone().into(),
                now_micros.into(),
            ]
        });
        let text = format!(
            "INSERT INTO picture (hash, bytes, created_at) VALUES {} ON CONFLICT (hash) DO NOTHING",
            db::rows(tx, chunk.len(), 3)
        );
        db::execute(tx, &text, values).await?;
    }
    Ok(hashes)
}

fn read(pictures: &Pictures, name: &str) -> Result<Cow<'static, [u8]>, String> {
    match pictures {
        Pictures::LeftOut => Err("pictures are left out.".to_owned()),
        Pictures::Embedded(find) => {
            find(name).ok_or_else(|| "there is no such picture.".to_owned())
        }
        Pictures::Folder(folder) => std::fs::read(folder.join(name))
            .map(Cow::Owned)
            .map_err(|_| format!("there is no such file in {}.", folder.display())),
    }
}

/// The picture without its EXIF, XMP and colour chunks.
fn stripped(bytes: &[u8]) -> Result<Vec<u8>, String> {
    if bytes.len() > MAX_PICTURE_BYTES {
        return Err(format!(
            "more than {MAX_PICTURE_BYTES} bytes. Make it smaller."
        ));
    }
    let not_webp = || "not a WebP picture. Save it as WebP.".to_owned();
    let mut rest = bytes
        .strip_prefix(b"RIFF")
        .and_then(|rest| rest.get(4..))
        .and_then(|rest| rest.strip_prefix(b"WEBP"))
        .ok_or_else(not_webp)?;
    let mut clean = b"RIFF\0\0\0\0WEBP".to_vec();
    while !rest.is_empty() {
        let size = rest.get(4..8).ok_or_else(not_webp)?;
        let size = u32::from_le_bytes([size[0], size[1], size[2], size[3]]) as usize;
        let padded = 8 + size + size % 2;
        let chunk = rest.get(..padded.min(rest.len())).unwrap_or(rest);
        if chunk.len() < 8 + size {
            return Err(not_webp());
        }
        rest = &rest[chunk.len()..];
        match &chunk[..4] {
            b"EXIF" | b"XMP " | b"ICCP" => {}
            b"VP8X" if size >= 1 => {
                let start = clean.len();
                clean.extend_from_slice(chunk);
                // The flags of the chunks dropped above: ICC 0x20, EXIF 0x08, XMP 0x04.
                clean[start + 8] &= !0x2c;
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" => clean.extend_from_slice(chunk),
            _ => {}
        }
        if clean.len() % 2 == 1 {
            clean.push(0);
        }
    }
    if clean.len() <= 12 {
        return Err(not_webp());
    }
    let size = (clean.len() - 8) as u32;
    clean[4..8].copy_from_slice(&size.to_le_bytes());
    Ok(clean)
}

#[cfg(test)]
mod tests {
    use super::stripped;

    fn riff(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut body = b"WEBP".to_vec();
        for (name, bytes) in chunks {
            body.extend_from_slice(*name);
            body.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
            body.extend_from_slice(bytes);
            body.extend(std::iter::repeat_n(0, bytes.len() % 2));
        }
        [
            b"RIFF".as_slice(),
            &(body.len() as u32).to_le_bytes(),
            &body,
        ]
        .concat()
    }

    #[test]
    fn a_picture_loses_where_it_was_taken_and_keeps_its_pixels() {
        let pixels: &[u8] = b"odd";
        let before = riff(&[
            (b"VP8X", &[0x2c, 0]),
            (b"VP8L", pixels),
            (b"EXIF", b"51.5N 0.1W"),
        ]);
        let after = stripped(&before).expect("a picture");
        assert_eq!(after, riff(&[(b"VP8X", &[0, 0]), (b"VP8L", pixels)]));
        assert_eq!(stripped(&after).expect("a picture"), after);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bytes in [
            &b""[..],
            b"<svg onload=alert(1)>",
            b"RIFF\0\0\0\0WEBP",
            b"RIFF\x04\0\0\0WEBPVP8L\xff\0\0\0",
        ] {
            assert!(stripped(bytes).is_err());
        }
    }
}
