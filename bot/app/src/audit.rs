//! Anchors: the end of a desk's audit chain, written down outside the database, so that a chain which
//! was cut and given a new end is seen.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use countersign_desk::ports::{Store, StoreError, StoredEvent};
use countersign_domain::ids::DeskId;

/// Why there is no anchor to compare with.
#[derive(Debug, thiserror::Error)]
pub enum AnchorError {
    /// The store did not tell the end of the chain: try again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be read or written: mend what the system says.
    #[error("cannot {doing} the anchor {}: {source}", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not one that this program wrote: look who changed it, then remove it.
    #[error("the anchor {} holds no hash; find out who changed it, then remove it", .0.display())]
    Unreadable(PathBuf),
}

/// What the name of each anchor begins with.
const PREFIX: &str = "audit-head-";

/// The file that holds a desk's anchor.
pub fn anchor_file(home: &Path, desk: DeskId) -> PathBuf {
    home.join(format!("{PREFIX}{desk}"))
}

/// Writes a desk's anchor: the hash of the newest row of its chain. Either the old one or the new one
/// is there afterwards, whole.
///
/// # Errors
///
/// [`AnchorError::Io`]; the old anchor stands.
pub fn anchor(home: &Path, desk: DeskId, head: &str) -> Result<(), AnchorError> {
    let path = anchor_file(home, desk);
    let write = || {
        let mut file = tempfile::NamedTempFile::new_in(home)?;
        writeln!(file, "{head}")?;
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|source| AnchorError::Io {
        doing: "write",
        path: path.clone(),
        source,
    })
}

/// Writes a desk's anchor as its store tells the end of the chain: for a clean stop. A desk without
/// an event gets none.
///
/// # Errors
///
/// [`AnchorError`]; the old anchor stands.
pub async fn anchor_newest(
    home: &Path,
    store: &dyn Store,
    desk: DeskId,
) -> Result<(), AnchorError> {
    let newest = newest(store, desk).await?;
    newest.map_or(Ok(()), |event| anchor(home, desk, &event.hash))
}

/// A desk's anchor; `None` where none was written.
///
/// # Errors
///
/// [`AnchorError::Io`] and [`AnchorError::Unreadable`].
pub fn anchored(home: &Path, desk: DeskId) -> Result<Option<String>, AnchorError> {
    let path = anchor_file(home, desk);
    match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(AnchorError::Io {
            doing: "read",
            path,
            source,
        }),
        Ok(text) => {
            let head = text.trim_end();
            let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            if head.len() == 64 && head.bytes().all(hex) {
                Ok(Some(head.to_owned()))
            } else {
                Err(AnchorError::Unreadable(path))
            }
        }
    }
}

/// Every desk of which there is an anchor.
///
/// # Errors
///
/// [`AnchorError::Io`].
pub fn anchors(home: &Path) -> Result<Vec<DeskId>, AnchorError> {
    let unread = |source| AnchorError::Io {
        doing: "look for",
        path: home.join(PREFIX),
        source,
    };
    let mut desks = Vec::new();
    for entry in fs::read_dir(home).map_err(unread)? {
        let name = entry.map_err(unread)?.file_name();
        let id = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        desks.extend(id.and_then(|id| id.parse::<DeskId>().ok()));
    }
    desks.sort_unstable();
    Ok(desks)
}

/// The newest row of a desk's chain.
///
/// # Errors
///
/// [`StoreError`]; ask again.
pub async fn newest(store: &dyn Store, desk: DeskId) -> Result<Option<StoredEvent>, StoreError> {
    find_back(store, desk, |_| true).await
}

/// The row of a desk's chain that has this hash.
///
/// # Errors
///
/// [`StoreError`]; ask again.
pub async fn row_of(
    store: &dyn Store,
    desk: DeskId,
    hash: &str,
) -> Result<Option<StoredEvent>, StoreError> {
    find_back(store, desk, |event| event.hash == hash).await
}

/// Rows looked at in one page.
const PAGE: u32 = 2_000;

/// The newest row that is wanted, looked for from the end in growing steps: it is mostly near there.
async fn find_back(
    store: &dyn Store,
    desk: DeskId,
    wanted: impl Fn(&StoredEvent) -> bool,
) -> Result<Option<StoredEvent>, StoreError> {
    let mut end = store.read(desk).await?.seq;
    let mut step = 64;
    while end > 0 {
        let start = end.saturating_sub(step);
        let mut found = None;
        let mut after = start;
        while after < end {
            let page = store.events(desk, after, PAGE).await?;
            let Some(last) = page.last() else {
                break;
            };
            after = last.seq;
            let inside = page.into_iter().filter(|event| event.seq <= end);
            found = inside.filter(|event| wanted(event)).last().or(found);
        }
        if found.is_some() {
            return Ok(found);
        }
        end = start;
        step = step.saturating_mul(4);
    }
    Ok(None)
}
