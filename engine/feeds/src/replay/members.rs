//! The members of a day's zips, one after another, and their lines.

use std::path::{Path, PathBuf};

use super::{
    ReplayError, archive,
    report::{Place, Reading},
};
use crate::DropReason;

/// The rows of one member, as they are told apart.
pub(super) struct Lines<'a> {
    file: &'a Path,
    member: &'a str,
    reading: &'a mut Reading,
}

impl Lines<'_> {
    /// Hands every line that is not blank to `each`, which says what it was good for.
    pub(super) fn each(
        &mut self,
        text: &[u8],
        mut each: impl FnMut(&[u8]) -> Result<(), DropReason>,
    ) {
        for (line, number) in text.split(|byte| *byte == b'\n').zip(1..) {
            if line.trim_ascii().is_empty() {
                continue;
            }
            match each(line) {
                Ok(()) => self.reading.counts.keep(),
                Err(reason) => self.reading.drop_row(reason, || Place {
                    file: self.file.to_owned(),
                    member: self.member.to_owned(),
                    line: number,
                }),
            }
        }
    }
}

/// Hands the text of every member that can be read and whose name `wanted` takes to `take`;
/// the others are noted as skipped. `Err` when nothing was taken.
pub(super) fn read<T>(
    files: Vec<PathBuf>,
    reading: &mut Reading,
    wanted: impl Fn(&str) -> Result<T, String>,
    mut take: impl FnMut(T, &[u8], Lines<'_>) -> Result<(), String>,
) -> Result<(), ReplayError> {
    let mut taken = 0_u64;
    for file in &files {
        let visited = archive::visit(file, &mut |member, text| {
            let place = |line| Place {
                file: file.clone(),
                member: member.to_owned(),
                line,
            };
            let known = match (wanted(member), text) {
                (Err(reason), _) => Err((place(0), reason)),
                (_, Err(fault)) => Err((place(fault.line), fault.reason)),
                (Ok(known), Ok(text)) => {
                    let lines = Lines {
                        file,
                        member,
                        reading,
                    };
                    take(known, text, lines).map_err(|reason| (place(0), reason))
                }
            };
            match known {
                Ok(()) => taken += 1,
                Err((place, reason)) => reading.skip(place, reason),
            }
        });
        visited.map_err(|reason| ReplayError::Unreadable {
            file: file.clone(),
            reason,
        })?;
    }
    let file = files.first().cloned().unwrap_or_default();
    reading.files = files;
    if taken > 0 {
        return Ok(());
    }
    let why = match reading.skipped.first() {
        Some(first) => format!(
            "all {} members were skipped; the first, {}: {}",
            reading.members_skipped, first.place.member, first.reason
        ),
        None => "it has no members".to_owned(),
    };
    Err(ReplayError::NothingUsable { file, why })
}

/// Passes the first member of its kind.
pub(super) fn alone(found: &mut bool) -> Result<(), String> {
    if std::mem::replace(found, true) {
        Err("a second member of the same kind".to_owned())
    } else {
        Ok(())
    }
}
