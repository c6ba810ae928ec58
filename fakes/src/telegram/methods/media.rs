//! Pictures and files of messages.

use std::sync::Arc;

use serde_json::Value;

use crate::telegram::args::Args;
use crate::telegram::message::{Media, MediaKind};
use crate::telegram::refusal::Refusal;
use crate::telegram::world::World;

/// The largest picture, in bytes and in pixels across and down together.
const LARGEST_PHOTO: usize = 10 * 1024 * 1024;
const MOST_PIXELS: u32 = 10_000;

/// The file that a parameter means: an upload, or one that the platform already has.
///
/// # Errors
/// A file that is not there, is empty, or is no picture where one is wanted is refused.
pub(super) fn of(
    world: &mut World,
    args: &Args,
    meant: Option<&Value>,
    as_photo: bool,
) -> Result<Media, Refusal> {
    let meant = meant.and_then(Value::as_str).unwrap_or_default();
    if !meant.starts_with("attach://") {
        return world.files.get(meant).cloned().ok_or_else(|| {
            Refusal::wrong(
                "wrong file identifier/HTTP URL specified: the fake fetches nothing from elsewhere",
            )
        });
    }
    let upload = args.upload(meant);
    let upload = upload.ok_or_else(|| Refusal::wrong("file must be non-empty"))?;
    let kind = if as_photo {
        photo(&upload.bytes)?
    } else {
        MediaKind::Document
    };
    let media = Media {
        kind,
        file_id: format!("FakeFile{:08}", world.files.len() + 1),
        name: upload.name.clone(),
        bytes: Arc::from(upload.bytes.as_ref()),
    };
    world.files.insert(media.file_id.clone(), media.clone());
    Ok(media)
}

fn photo(bytes: &[u8]) -> Result<MediaKind, Refusal> {
    let size = png(bytes).or_else(|| jpeg(bytes));
    let (width, height) = size.ok_or_else(|| Refusal::wrong("IMAGE_PROCESS_FAILED"))?;
    let thin = width.max(height) / width.min(height).max(1) > 20;
    if width == 0 || height == 0 || thin || width.saturating_add(height) > MOST_PIXELS {
        return Err(Refusal::wrong("PHOTO_INVALID_DIMENSIONS"));
    }
    if bytes.len() > LARGEST_PHOTO {
        return Err(Refusal::wrong("file is too big"));
    }
    Ok(MediaKind::Photo { width, height })
}

/// The size that a PNG's header tells.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |at: usize| Some(u32::from_be_bytes(rest.get(at..at + 4)?.try_into().ok()?));
    (rest.get(4..8)? == b"IHDR").then_some(())?;
    Some((number(8)?, number(12)?))
}

/// The size that a JPEG's frame tells.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let (marker, after) = (rest.get(..2)?, rest.get(2..)?);
        let length = usize::from(u16::from_be_bytes(after.get(..2)?.try_into().ok()?));
        let kind = *marker.get(1)?;
        let is_frame = (0xc0..=0xcf).contains(&kind) && ![0xc4, 0xc8, 0xcc].contains(&kind);
        if is_frame {
            let number = |at: usize| {
                Some(u32::from(u16::from_be_bytes(
                    after.get(at..at + 2)?.try_into().ok()?,
                )))
            };
            return Some((number(5)?, number(3)?));
        }
        rest = after.get(length..)?;
    }
}
