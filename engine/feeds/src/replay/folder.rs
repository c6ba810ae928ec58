//! Where a day's zips lie, and what is said when they do not.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use countersign_domain::instrument::Symbol;
use jiff::civil::Date;

use super::ReplayError;

/// Days named in an error, at most.
const DAYS: usize = 5;

/// One folder of zips, looked at for one day.
#[derive(Debug)]
pub(super) struct Folder<'a> {
    pub(super) dir: &'a Path,
    /// What it should hold, in words.
    pub(super) what: &'static str,
    pub(super) underlying: Symbol,
    pub(super) date: Date,
}

impl Folder<'_> {
    /// Passes when it is a folder whose files can be opened.
    pub(super) fn check(&self) -> Result<(), ReplayError> {
        // Only who may search a folder sees what its dot is.
        let inside = fs::metadata(self.dir.join("."));
        inside.map(|_| ()).map_err(|error| self.refused(&error))
    }

    /// Why it cannot be looked into.
    fn refused(&self, error: &io::Error) -> ReplayError {
        let (what, dir) = (self.what, self.dir.to_owned());
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => ReplayError::NoFolder { what, dir },
            _ => ReplayError::ClosedFolder {
                what,
                dir,
                reason: error.to_string(),
            },
        }
    }

    /// The day's files that are there, of those that end in one of `endings` (such as `_trade`).
    pub(super) fn find(&self, endings: &[&str]) -> Vec<PathBuf> {
        endings
            .iter()
            .filter_map(|ending| {
                [".zip", ".zip.zip"]
                    .iter()
                    .map(|zip| self.dir.join(format!("{}{ending}{zip}", self.day())))
                    .find(|path| path.is_file())
            })
            .collect()
    }

    /// Like [`Folder::find`], where none is an error that names the days that are there instead.
    pub(super) fn require(&self, endings: &[&str]) -> Result<Vec<PathBuf>, ReplayError> {
        let found = self.find(endings);
        if !found.is_empty() {
            return Ok(found);
        }
        let wanted = endings
            .iter()
            .map(|ending| format!("{}{ending}.zip", self.day()));
        Err(ReplayError::NoFile {
            what: self.what,
            underlying: self.underlying,
            date: self.date,
            wanted: wanted.collect(),
            dir: self.dir.to_owned(),
            have: self.have(endings)?,
        })
    }

    fn day(&self) -> String {
        self.date.strftime("%Y%m%d").to_string()
    }

    /// The days that are there, in words.
    fn have(&self, endings: &[&str]) -> Result<String, ReplayError> {
        let entries = fs::read_dir(self.dir).map_err(|error| self.refused(&error))?;
        let mut days: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|name| {
                let (day, rest) = name.split_at_checked(8)?;
                let plain = day.bytes().all(|byte| byte.is_ascii_digit());
                let fits = endings.iter().any(|ending| {
                    rest.strip_prefix(ending)
                        .is_some_and(|zip| zip.starts_with(".zip"))
                });
                (plain && fits).then(|| day.to_owned())
            })
            .collect();
        days.sort_unstable();
        days.dedup();
        Ok(match days.len() {
            0 => "it holds no such file of any day".to_owned(),
            count if count <= DAYS => format!("it has {}", days.join(", ")),
            count => format!(
                "it has {count} days from {} to {}",
                days[0],
                days[count - 1]
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_may_not_be_looked_into_is_told_from_one_that_is_none() {
        let folder = Folder {
            dir: Path::new("days"),
            what: "minute bars",
            underlying: "GOOG".parse().unwrap(),
            date: jiff::civil::date(2015, 12, 23),
        };
        let said = |kind: ErrorKind| folder.refused(&kind.into()).to_string();
        assert_eq!(
            said(ErrorKind::PermissionDenied),
            "minute bars: days cannot be read: permission denied; give this user the right to, or \
             another folder"
        );
        for kind in [ErrorKind::NotFound, ErrorKind::NotADirectory] {
            assert!(said(kind).contains("is not a folder"), "{}", said(kind));
        }
    }
}
