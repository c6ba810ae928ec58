//! Opening a database: its address, its connections, and why it may not be used.

use std::{fmt::Write, path::Path, str::FromStr, time::Duration};

use sqlx::{
    AnyConnection, AnyPool, ConnectOptions, Connection,
    any::{AnyConnectOptions, AnyPoolOptions},
    postgres::PgConnectOptions,
    sqlite::SqliteConnectOptions,
};

use crate::fault::said;

/// How long a connection, a lock or a place in the pool is waited for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);
const POSTGRES_CONNECTIONS: u32 = 16;

/// Why a database was not opened. Nothing in it was changed, and no message holds a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The address makes no sense: correct it.
    #[error(
        "the database address makes no sense ({why}); write sqlite:///path/to/desk.db or postgres://user:password@host/database"
    )]
    Address {
        /// What is wrong with it.
        why: String,
    },
    /// There is no database at that place: make one.
    #[error("there is no database at {place}; run `countersign migrate` to make one")]
    Missing {
        /// Where it was looked for.
        place: String,
    },
    /// It cannot be reached: start the server, or correct address, user or password.
    #[error("the database at {place} cannot be reached: {why}")]
    Unreachable {
        /// Where.
        place: String,
        /// What the system or the server said.
        why: String,
    },
    /// Another process keeps it locked: stop that one, or try again.
    #[error("another process keeps the database at {place} locked; stop it or try again")]
    Locked {
        /// Where.
        place: String,
    },
    /// It cannot be written: give this user the right to.
    #[error(
        "the database at {place} is read-only; give this user the right to write the file and its folder"
    )]
    ReadOnly {
        /// Where.
        place: String,
    },
    /// It is no database, or a damaged one: restore a copy.
    #[error("the database at {place} is damaged or no database at all ({why}); restore a copy")]
    Damaged {
        /// Where.
        place: String,
        /// What the check said.
        why: String,
    },
    /// A newer program made it: use that one, or one as new.
    #[error(
        "the database at {place} is of version {found}, this program knows versions up to {known}; use the newer program"
    )]
    Newer {
        /// Where.
        place: String,
        /// Its version.
        found: i64,
        /// This program's version.
        known: i64,
    },
    /// An older program made it: bring it up to date.
    #[error(
        "the database at {place} is of version {found}, this program needs version {known}; run `countersign migrate`"
    )]
    Older {
        /// Where.
        place: String,
        /// Its version; 0 is an empty one.
        found: i64,
        /// This program's version.
        known: i64,
    },
    /// A migration stopped half-way: restore a copy from before it.
    #[error(
        "migration {version} was only half applied to the database at {place}; restore a copy from before it"
    )]
    HalfApplied {
        /// Where.
        place: String,
        /// Which migration.
        version: i64,
    },
    /// Its schema is not one that this program made: use another database.
    #[error(
        "the schema of the database at {place} was not made by this program (version {version} differs); use another database"
    )]
    Foreign {
        /// Where.
        place: String,
        /// The version that differs.
        version: i64,
    },
    /// Anything else: the database's own words.
    #[error("the database at {place} cannot be used: {why}")]
    Failed {
        /// Where.
        place: String,
        /// What it said.
        why: String,
    },
}

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// Where a database is. Has no `Debug`: it may hold a password.
#[derive(Clone)]
pub(crate) struct Address {
    pub(crate) kind: Kind,
    /// The place as people may read it.
    pub(crate) place: String,
    options: AnyConnectOptions,
    exists: bool,
}

/// The address of a file, with everything escaped that an address gives a meaning to.
pub fn sqlite_url(path: &Path) -> String {
    let mut url = String::from("sqlite://");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                url.push(char::from(*byte));
            }
            other => {
                // Writing to a string does not fail.
                let _ = write!(url, "%{other:02X}");
            }
        }
    }
    url
}

impl Address {
    /// Reads an address.
    pub(crate) fn parse(url: &str) -> Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        let wrong = |why: &str| OpenError::Address {
            why: why.to_owned(),
        };
        let scheme = url.split(':').next().unwrap_or_default();
        let (kind, place, exists) = match scheme {
            "sqlite" => {
                let options = SqliteConnectOptions::from_str(url)
                    .map_err(|_| wrong("the part after sqlite: is no path"))?;
                let path = options.get_filename();
                let place = path.display().to_string();
                let in_memory = place.starts_with("file:sqlx-in-memory")
                    || url.split('?').nth(1).is_some_and(|q| q.contains("memory"));
                if in_memory {
                    return Err(wrong("a database in memory would keep nothing"));
                }
                if place.is_empty() {
                    return Err(wrong("the path is missing"));
                }
                (Kind::Sqlite, place, path.exists())
            }
            "postgres" | "postgresql" => {
                let options = PgConnectOptions::from_str(url)
                    .map_err(|_| wrong("the part after postgres: is no address"))?;
                let database = options.get_database().unwrap_or("postgres");
                let place = format!("{}:{}/{database}", options.get_host(), options.get_port());
                (Kind::Postgres, place, true)
            }
            _ => return Err(wrong("it starts with neither sqlite: nor postgres:")),
        };
        let options = AnyConnectOptions::from_str(url).map_err(|_| wrong("it is no address"))?;
        Ok(Self {
            kind,
            place,
            options: options.disable_statement_logging(),
            exists,
        })
    }

    /// The same, for a file that is made when it is not there.
    pub(crate) fn created(mut self) -> Self {
        let url = &mut self.options.database_url;
        if self.kind == Kind::Sqlite && !url.query().unwrap_or_default().contains("mode=") {
            url.query_pairs_mut().append_pair("mode", "rwc");
        }
        self
    }

    /// Refuses a file that is not there.
    pub(crate) fn existing(self) -> Result<Self, OpenError> {
        if self.exists {
            Ok(self)
        } else {
            Err(OpenError::Missing { place: self.place })
        }
    }

    /// One connection for writing.
    pub(crate) async fn connect(&self) -> Result<AnyConnection, OpenError> {
        self.connect_for(Use::Writing).await
    }

    /// One connection that changes nothing.
    pub(crate) async fn connect_to_look(&self) -> Result<AnyConnection, OpenError> {
        self.connect_for(Use::Reading).await
    }

    async fn connect_for(&self, purpose: Use) -> Result<AnyConnection, OpenError> {
        let connecting = async {
            let mut conn = AnyConnection::connect_with(&self.options).await?;
            settle(&mut conn, self.kind, purpose).await?;
            Ok(conn)
        };
        match self.kind {
            Kind::Sqlite => connecting.await.map_err(|error| self.explain(&error)),
            Kind::Postgres => match tokio::time::timeout(PATIENCE, connecting).await {
                Ok(done) => done.map_err(|error| self.explain(&error)),
                Err(_) => Err(OpenError::Unreachable {
                    place: self.place.clone(),
                    why: "it did not answer within 3 s; is the server up?".to_owned(),
                }),
            },
        }
    }

    /// A pool of connections to PostgreSQL.
    pub(crate) fn pool(&self) -> AnyPool {
        let kind = self.kind;
        AnyPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(true)
            .max_lifetime(None)
            .after_connect(move |conn, _| {
                Box::pin(async move { settle(conn, kind, Use::Reading).await })
            })
            .connect_lazy_with(self.options.clone())
    }

    /// What a database error means for somebody who opens it.
    pub(crate) fn explain(&self, error: &sqlx::Error) -> OpenError {
        let place = self.place.clone();
        let why = said(error);
        let sqlx::Error::Database(refusal) = error else {
            return match error {
                sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolTimedOut => {
                    let why = match self.kind {
                        Kind::Sqlite => why,
                        Kind::Postgres => {
                            format!(
                                "{why}; start the server, or correct host and port in its address"
                            )
                        }
                    };
                    OpenError::Unreachable { place, why }
                }
                _ => OpenError::Failed { place, why },
            };
        };
        let code = refusal.code().unwrap_or_default();
        let primary = code.parse::<u32>().map(|code| code & 0xff);
        match (self.kind, code.as_ref(), primary) {
            (Kind::Sqlite, _, Ok(5 | 6)) => OpenError::Locked { place },
            (Kind::Sqlite, _, Ok(8)) => OpenError::ReadOnly { place },
            (Kind::Sqlite, _, Ok(11 | 26)) => OpenError::Damaged {
                place,
                // The sentence around it says what it means.
                why: refusal.message().to_owned(),
            },
            (Kind::Sqlite, _, Ok(14)) => OpenError::Unreachable {
                place,
                why: format!("{why}; does its folder exist, and may this user write there?"),
            },
            (Kind::Postgres, "3D000", _) => OpenError::Unreachable {
                place,
                why: format!("{why}; create it with `createdb`"),
            },
            (Kind::Postgres, code, _) if code.starts_with("28") => {
                let why = format!("{why}; correct user or password in its address");
                OpenError::Unreachable { place, why }
            }
            _ => OpenError::Failed { place, why },
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Writing,
    Reading,
}

/// Makes a new connection ready.
async fn settle(conn: &mut AnyConnection, kind: Kind, purpose: Use) -> Result<(), sqlx::Error> {
    let steps: &[&'static str] = match (kind, purpose) {
        // Full: an answered commit survives a power cut, not only a crash of the process.
        (Kind::Sqlite, Use::Writing) => &[
            "pragma busy_timeout = 3000",
            "pragma journal_mode = wal",
            "pragma synchronous = full",
            "pragma foreign_keys = on",
            "pragma journal_size_limit = 67108864",
        ],
        (Kind::Sqlite, Use::Reading) => &["pragma busy_timeout = 3000", "pragma query_only = on"],
        // A process that hangs inside a transaction must not hold a desk for ever, and an answered
        // commit is durable whatever the server's default is.
        (Kind::Postgres, _) => &[
            "select set_config('synchronous_commit', 'on', false) \
             where current_setting('synchronous_commit') = 'off'",
            "set application_name = 'countersign'",
            "set lock_timeout = '3s'",
            "set idle_in_transaction_session_timeout = '30s'",
        ],
    };
    for step in steps {
        sqlx::query(*step).execute(&mut *conn).await?;
    }
    Ok(())
}
