//! The account's file: a head, then one line of JSON per change, each kept before it is told.
//!
//! What counts is what ends in a newline. A process that is killed, or a machine that loses power,
//! can leave one torn line at the very end: without its newline, or with zeros where its bytes
//! never reached the disk. Nobody was told of it, so it is cut off. Everything else that cannot be
//! read is refused, with file and line: somebody changed it, or the disk is failing.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{
    Durability, PaperError,
    book::Book,
    record::{Head, Line, VERSION},
};

/// What a journal is written to: a file, or a test's disk that fails.
pub(super) trait Medium: Send {
    /// Adds bytes at the end.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Returns once everything is on the disk.
    fn sync(&mut self) -> io::Result<()>;
    /// Cuts everything after the first `length` bytes.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Medium for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}

/// Why a line was not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AppendError {
    /// The file is as it was before.
    Undone(String),
    /// Nobody knows what the file holds until it is read again.
    Unknown(String),
}

/// An open journal that takes lines.
pub(super) struct Journal {
    medium: Box<dyn Medium>,
    length: u64,
    durability: Durability,
}

impl Journal {
    /// Goes on writing after `length` bytes that are known to be good.
    pub(super) fn new(medium: Box<dyn Medium>, length: u64, durability: Durability) -> Self {
        Self {
            medium,
            length,
            durability,
        }
    }

    /// Adds one line and returns once it is kept.
    ///
    /// # Errors
    ///
    /// [`AppendError`]: whether the file still is what it was.
    pub(super) fn append(&mut self, line: &Line) -> Result<(), AppendError> {
        let bytes = line_bytes(line).map_err(|fault| AppendError::Undone(fault.to_string()))?;
        match self.write(&bytes) {
            Ok(()) => {
                self.length += size(&bytes);
                Ok(())
            }
            Err(fault) => match self.undo() {
                Ok(()) => Err(AppendError::Undone(fault.to_string())),
                Err(worse) => Err(AppendError::Unknown(format!("{fault}; then {worse}"))),
            },
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.medium.append(bytes)?;
        self.settle()
    }

    fn undo(&mut self) -> io::Result<()> {
        self.medium.cut(self.length)?;
        self.settle()
    }

    fn settle(&mut self) -> io::Result<()> {
        match self.durability {
            Durability::Synced => self.medium.sync(),
            Durability::Buffered => Ok(()),
        }
    }
}

fn line_bytes(line: &impl serde::Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn size(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// What a journal says, and where in it.
pub(super) struct Read {
    /// The account.
    pub(super) book: Book,
    /// Bytes that are good: what follows was torn.
    pub(super) good: u64,
    /// Bytes of the torn end.
    pub(super) torn: u64,
    /// Bytes of the head.
    pub(super) head: u64,
}

/// Reads a journal. Answers with `None` when there is none.
///
/// # Errors
///
/// [`PaperError::Unreadable`], [`PaperError::Newer`] or [`PaperError::Io`].
pub(super) fn read(path: &Path) -> Result<Option<Read>, PaperError> {
    match fs::read(path) {
        Ok(bytes) => parse(path, &bytes).map(Some),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(fault) => Err(PaperError::io("read", path)(fault)),
    }
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Read, PaperError> {
    let good = bytes.len() - torn_tail(bytes);
    let mut lines = bytes[..good].split_inclusive(|byte| *byte == b'\n');
    let damaged = |line: usize, fault: String| PaperError::Unreadable {
        path: path.to_owned(),
        line,
        fault,
    };
    let first = lines
        .next()
        .ok_or_else(|| damaged(1, "the head is missing".to_owned()))?;
    let head = head(path, first)?;
    let mut book = Book::of_head(head).map_err(|fault| damaged(1, fault))?;
    for (index, line) in lines.enumerate() {
        let number = index + 2;
        let line: Line =
            serde_json::from_slice(line).map_err(|fault| damaged(number, fault.to_string()))?;
        book.apply(line).map_err(|fault| damaged(number, fault))?;
    }
    Ok(Read {
        book,
        good: size(&bytes[..good]),
        torn: size(&bytes[good..]),
        head: size(first),
    })
}

/// How many bytes at the end are a torn line.
fn torn_tail(bytes: &[u8]) -> usize {
    let whole = bytes.strip_suffix(b"\n");
    let last = whole
        .unwrap_or(bytes)
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    match whole {
        None => last.len(),
        Some(_) if last.contains(&0) => last.len() + 1,
        Some(_) => 0,
    }
}

fn head(path: &Path, line: &[u8]) -> Result<Head, PaperError> {
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    let damaged = |fault: serde_json::Error| PaperError::Unreadable {
        path: path.to_owned(),
        line: 1,
        fault: fault.to_string(),
    };
    let Version { version: found } = serde_json::from_slice(line).map_err(damaged)?;
    if found > VERSION {
        let (path, known) = (path.to_owned(), VERSION);
        return Err(PaperError::Newer { path, found, known });
    }
    serde_json::from_slice(line).map_err(damaged)
}

/// Writes a journal of this head alone, in the place of the one that may be there: at every moment
/// one of the two is whole. Answers with its bytes.
///
/// # Errors
///
/// [`PaperError::Io`]; the old one stays.
pub(super) fn write_anew(path: &Path, head: &Head) -> Result<u64, PaperError> {
    let fresh = path.with_extension("journal.new");
    let bytes = line_bytes(head).map_err(PaperError::io("write", &fresh))?;
    let written = File::create(&fresh).and_then(|mut file| {
        file.write_all(&bytes)?;
        file.sync_all()
    });
    written.map_err(PaperError::io("write", &fresh))?;
    fs::rename(&fresh, path).map_err(PaperError::io("replace", path))?;
    sync_folder(path)?;
    Ok(size(&bytes))
}

/// Returns once the folder of `path` remembers the name.
pub(super) fn sync_folder(path: &Path) -> Result<(), PaperError> {
    let folder: PathBuf = path.parent().map(Path::to_owned).unwrap_or_default();
    if cfg!(unix) {
        let synced = File::open(&folder).and_then(|folder| folder.sync_all());
        synced.map_err(PaperError::io("sync", &folder))?;
    }
    Ok(())
}

/// Opens a journal for adding lines after its first `good` bytes; cuts what follows.
///
/// # Errors
///
/// [`PaperError::Io`].
pub(super) fn append_to(path: &Path, good: u64) -> Result<File, PaperError> {
    let file = OpenOptions::new().append(true).open(path);
    let file = file.map_err(PaperError::io("open", path))?;
    let length = file.metadata().map_err(PaperError::io("open", path))?.len();
    if length > good {
        let cut = file.set_len(good).and_then(|()| file.sync_all());
        cut.map_err(PaperError::io("cut the torn end of", path))?;
    }
    Ok(file)
}
