//! Sets of labelled texts.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

use countersign_domain::news::Topic;
use flate2::read::MultiGzDecoder;

use crate::{
    file::sha256,
    labels::{self, Tone},
};

/// What the labels of a set are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// Whether it is bad for the price, good, or neither.
    Sentiment,
    /// What it is about.
    Topic,
}

/// How a set is written down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated in UTF-8, with the header `text,label`; labels by number or name.
    #[default]
    Csv,
    /// One `sentence@label` in each line, in Latin-1, as the Financial PhraseBank has it.
    Phrasebank,
}

/// Labelled texts of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledSet {
    head: Head,
    rows: Vec<(String, usize)>,
    sha256: String,
}

/// Why a set cannot be used: correct the file or name the right head.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// It cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A row makes no sense.
    #[error("row {row} of {}: {why}", path.display())]
    Row {
        /// Which file.
        path: PathBuf,
        /// Which row, from 1 on, the header not counted.
        row: usize,
        /// What is wrong with it.
        why: String,
    },
    /// It has no rows.
    #[error("{} has no rows", path.display())]
    Empty {
        /// Which.
        path: PathBuf,
    },
}

impl LabelledSet {
    /// Reads a file, plain or compressed by gzip.
    ///
    /// # Errors
    ///
    /// [`SetError`] names the first row that makes no sense.
    pub fn read(path: &Path, head: Head, format: Format) -> Result<Self, SetError> {
        let unreadable = |error| SetError::Unreadable {
            path: path.to_owned(),
            error,
        };
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let sha256 = sha256(&bytes);
        let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut plain = Vec::new();
            let mut decoder = MultiGzDecoder::new(&bytes[..]);
            decoder.read_to_end(&mut plain).map_err(unreadable)?;
            plain
        } else {
            bytes
        };
        let rows = match format {
            Format::Csv => comma_separated(&bytes, head),
            Format::Phrasebank => phrasebank(&bytes, head),
        };
        let rows = rows.map_err(|(row, why)| SetError::Row {
            path: path.to_owned(),
            row,
            why,
        })?;
        if rows.is_empty() {
            return Err(SetError::Empty {
                path: path.to_owned(),
            });
        }
        Ok(Self { head, rows, sha256 })
    }

    /// What its labels are about.
    pub const fn head(&self) -> Head {
        self.head
    }

    /// Texts with the place of their label among the head's labels.
    pub fn rows(&self) -> &[(String, usize)] {
        &self.rows
    }

    /// SHA-256 of the file.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

type Rows = Result<Vec<(String, usize)>, (usize, String)>;

fn comma_separated(bytes: &[u8], head: Head) -> Rows {
    let mut reader = csv::Reader::from_reader(bytes);
    let said = |error: csv::Error| error.to_string();
    let header = reader.headers().map_err(|error| (0, said(error)))?;
    let column = |name: &str| {
        let at = header.iter().position(|it| it == name);
        at.ok_or_else(|| {
            (
                0,
                format!("the header has no `{name}`: it must be `text,label`"),
            )
        })
    };
    let (text, label) = (column("text")?, column("label")?);
    let mut rows = Vec::new();
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|error| (at + 1, said(error)))?;
        let told = record.get(label).unwrap_or_default();
        let label = place(told, head).ok_or_else(|| (at + 1, unknown(told, head)))?;
        rows.push((record.get(text).unwrap_or_default().to_owned(), label));
    }
    Ok(rows)
}

fn phrasebank(bytes: &[u8], head: Head) -> Rows {
    // Latin-1 is the first 256 characters of Unicode.
    let whole: String = bytes.iter().copied().map(char::from).collect();
    let mut rows = Vec::new();
    for (at, line) in whole.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let parts = line.rsplit_once('@');
        let (text, told) = parts.ok_or_else(|| (at + 1, "it has no `@`".to_owned()))?;
        let label = place(told, head).ok_or_else(|| (at + 1, unknown(told, head)))?;
        rows.push((text.to_owned(), label));
    }
    Ok(rows)
}

fn unknown(label: &str, head: Head) -> String {
    let known = match head {
        Head::Sentiment => "0 to 2, or bearish, bullish and neutral",
        Head::Topic => "0 to 19, or the topic's name",
    };
    format!("the label {label:?} is none of {known}")
}

/// The place of a label; the sets number them bearish, bullish, neutral, and topics as [`Topic::ALL`].
fn place(label: &str, head: Head) -> Option<usize> {
    let label = label.trim();
    match head {
        Head::Sentiment => {
            let tone = match label {
                "0" => Tone::Bearish,
                "1" => Tone::Bullish,
                "2" => Tone::Neutral,
                named => labels::tone(named)?,
            };
            Some(tone as usize)
        }
        Head::Topic => {
            let named = labels::TOPICS.iter().position(|known| *known == label);
            let numbered = || label.parse().ok().filter(|at| *at < Topic::ALL.len());
            named.or_else(numbered)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn file(content: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(content).unwrap();
        file
    }

    #[test]
    fn plain_and_compressed_files_read_alike_with_labels_by_number_and_by_name() {
        let text = "text,label\n\"Acme, up\",1\nAcme falls,0\nAcme,neutral\nAcme sinks,bearish\n";
        let plain = file(text.as_bytes());
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(text.as_bytes()).unwrap();
        let packed = file(&gzip.finish().unwrap());
        let read = |file: &tempfile::NamedTempFile| {
            LabelledSet::read(file.path(), Head::Sentiment, Format::Csv).unwrap()
        };
        let places: Vec<usize> = read(&plain).rows().iter().map(|row| row.1).collect();
        assert_eq!(places, [2, 0, 1, 0]);
        assert_eq!(read(&plain).rows(), read(&packed).rows());
        assert_ne!(read(&plain).sha256(), read(&packed).sha256());
    }

    #[test]
    fn a_phrasebank_is_latin_1_and_its_last_at_sign_counts() {
        let set = file(b"Nestl\xe9 @ a fair@positive\r\nplain@neutral\n\n");
        let set = LabelledSet::read(set.path(), Head::Sentiment, Format::Phrasebank).unwrap();
        assert_eq!(
            set.rows(),
            [
                ("Nestl\u{e9} @ a fair".to_owned(), 2),
                ("plain".to_owned(), 1)
            ]
        );
    }

    #[test]
    fn rows_that_make_no_sense_are_named() {
        let fault = |content: &[u8], head| {
            let file = file(content);
            let read = LabelledSet::read(file.path(), head, Format::Csv);
            read.unwrap_err().to_string()
        };
        assert!(fault(b"text,label\na,0\nb,3\n", Head::Sentiment).starts_with("row 2 of"));
        assert!(fault(b"text,label\na,20\n", Head::Topic).contains("\"20\""));
        assert!(fault(b"sentence,label\na,0\n", Head::Topic).contains("no `text`"));
        assert!(fault(b"text,label\n", Head::Topic).ends_with("has no rows"));
        assert!(fault(b"text,label\n\xff\xfe,1\n", Head::Topic).starts_with("row 1 of"));
        assert!(fault(b"text,label\na,1,2\n", Head::Topic).starts_with("row 1 of"));
    }
}
