//! What can go wrong inside a write or a read, and what the caller is told.

use std::fmt;

use countersign_desk::ports::StoreError;
use countersign_domain::ids::DeskId;
use sqlx::error::ErrorKind;

/// Why a write or a read has no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// The database said no, or nothing.
    #[error("{0}")]
    Sql(#[from] sqlx::Error),
    /// No such desk.
    #[error("there is no desk {0}")]
    NoDesk(DeskId),
    /// The unit's fence is not the desk's.
    #[error("another process holds the desk")]
    Fenced,
    /// A row that cannot be read.
    #[error("{table} {id}: {why}")]
    Unreadable {
        /// In which table.
        table: &'static str,
        /// Which row.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// A value that no row can hold.
    #[error("{table} {id} cannot be stored: {why}")]
    Unstorable {
        /// In which table.
        table: &'static str,
        /// Which row.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// The unit's own code panicked.
    #[error("the unit panicked: {0}")]
    Panicked(String),
}

impl Fault {
    /// A row of `table` that cannot be read.
    pub(crate) fn unreadable(
        table: &'static str,
        id: impl fmt::Display,
        why: impl fmt::Display,
    ) -> Self {
        Self::Unreadable {
            table,
            id: id.to_string(),
            why: why.to_string(),
        }
    }

    /// A value that `table` cannot hold.
    pub(crate) fn unstorable(
        table: &'static str,
        id: impl fmt::Display,
        why: impl fmt::Display,
    ) -> Self {
        Self::Unstorable {
            table,
            id: id.to_string(),
            why: why.to_string(),
        }
    }

    /// What a panic said.
    pub(crate) fn panicked(payload: &(dyn std::any::Any + Send)) -> Self {
        let said = payload
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        Self::Panicked(said.unwrap_or("without a word").to_owned())
    }

    /// The same, told apart for a write that names a desk: every foreign key leads to the desks.
    pub(crate) fn of_desk(self, desk: DeskId) -> Self {
        match self {
            Self::Sql(sqlx::Error::Database(error))
                if error.kind() == ErrorKind::ForeignKeyViolation =>
            {
                Self::NoDesk(desk)
            }
            other => other,
        }
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NoDesk(desk) => Self::NoDesk(desk),
            Fault::Fenced => Self::Fenced,
            Fault::Sql(error) => Self::Failed(said(&error)),
            Fault::Unreadable { .. } => Self::Unreadable(fault.to_string()),
            Fault::Unstorable { .. } | Fault::Panicked(_) => Self::Failed(fault.to_string()),
        }
    }
}

/// What a failed commit means: certainly nothing written when the database itself refused it for
/// lack of room, a lock or a rule; unknown in every other case.
pub(crate) fn commit_error(error: &sqlx::Error) -> StoreError {
    let refused = match error {
        sqlx::Error::Database(refusal) => {
            refusal.kind() != ErrorKind::Other || is_refusal(refusal.code().as_deref())
        }
        _ => false,
    };
    if refused {
        StoreError::Failed(said(error))
    } else {
        StoreError::Unknown(said(error))
    }
}

/// True for codes after which nothing was committed: SQLite's busy, locked, read-only, full and
/// constraint codes, and PostgreSQL's classes of integrity violations, rollbacks, lacking
/// resources and cancelled statements.
fn is_refusal(code: Option<&str>) -> bool {
    let Some(code) = code else {
        return false;
    };
    if code.len() == 5 {
        let class = code.get(..2).unwrap_or_default();
        return matches!(class, "23" | "40" | "53") || matches!(code, "57014" | "55P03");
    }
    let primary = code.parse::<u32>().map(|code| code & 0xff);
    matches!(primary, Ok(5 | 6 | 8 | 13 | 19))
}

/// A database error in one sentence, with what to do where that is known.
pub(crate) fn said(error: &sqlx::Error) -> String {
    let sqlx::Error::Database(refusal) = error else {
        return match error {
            sqlx::Error::PoolTimedOut => {
                "no connection became free within 3 s; is the database server up?".to_owned()
            }
            other => other.to_string(),
        };
    };
    let code = refusal.code().unwrap_or_default();
    let primary = code.parse::<u32>().map(|code| code & 0xff);
    let advice = match (code.len() == 5, primary) {
        (false, Ok(5 | 6)) => "another process holds the database; try again",
        (false, Ok(8)) => "the database file is read-only; give this user the right to write",
        (false, Ok(10)) => "the disk failed; look at it before going on",
        (false, Ok(11 | 26)) => "the database file is damaged; restore a copy",
        (false, Ok(13)) => "the disk is full; make room",
        (true, _) if code.starts_with("53") => "the database server lacks disk or memory",
        _ => return refusal.message().to_owned(),
    };
    format!("{} ({advice})", refusal.message())
}
