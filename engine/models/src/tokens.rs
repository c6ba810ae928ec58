//! From cleaned texts to rows of token ids.

use tokenizers::Tokenizer;

use crate::error::LoadError;

/// Makes rows of token ids of texts: at most so many, the last one always the separator.
pub(crate) struct Tokens {
    tokenizer: Tokenizer,
    most: usize,
    pad: i64,
}

/// Some texts as matrices of ids, row by row, all rows as long as the longest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Batch {
    /// Texts.
    pub(crate) rows: usize,
    /// Tokens of each.
    pub(crate) length: usize,
    /// Their ids.
    pub(crate) ids: Vec<i64>,
    /// 1 where a token is, 0 behind the last.
    pub(crate) mask: Vec<i64>,
}

impl Tokens {
    /// From the text of a `tokenizer.json`, called `file` in what is said about it. With `below` every id
    /// has to be less than that: the number of rows that the model has for words.
    pub(crate) fn of(
        content: &[u8],
        file: &str,
        most: usize,
        below: Option<usize>,
    ) -> Result<Self, LoadError> {
        let refused = |why: String| LoadError::Tokenizer {
            file: file.to_owned(),
            why,
        };
        let mut tokenizer =
            Tokenizer::from_bytes(content).map_err(|error| refused(error.to_string()))?;
        tokenizer.with_padding(None);
        tokenizer
            .with_truncation(None)
            .map_err(|error| refused(error.to_string()))?;
        let words = tokenizer.get_vocab_size(true);
        if let Some(below) = below.filter(|below| words > *below) {
            return Err(refused(format!(
                "it knows {words} words and the model {below}"
            )));
        }
        let pad = tokenizer.token_to_id("[PAD]").map_or(0, i64::from);
        let tokens = Self {
            tokenizer,
            most,
            pad,
        };
        if tokens.row("").len() != 2 {
            return Err(refused(
                "it does not put a text between [CLS] and [SEP]".to_owned(),
            ));
        }
        Ok(tokens)
    }

    /// The ids of one text; empty where the tokenizer fails, which a text cannot make it do.
    pub(crate) fn row(&self, text: &str) -> Vec<i64> {
        let Ok(encoded) = self.tokenizer.encode_fast(text, true) else {
            return Vec::new();
        };
        let ids = encoded.get_ids();
        let mut row: Vec<i64> = ids
            .iter()
            .take(self.most)
            .map(|id| i64::from(*id))
            .collect();
        if ids.len() > self.most
            && let (Some(last), Some(separator)) = (row.last_mut(), ids.last())
        {
            *last = i64::from(*separator);
        }
        row
    }

    /// Some texts; rows are `length` tokens long where that is given, else as long as the longest.
    pub(crate) fn batch(&self, texts: &[&str], length: Option<usize>) -> Batch {
        let rows: Vec<Vec<i64>> = texts.iter().map(|text| self.row(text)).collect();
        let longest = rows.iter().map(Vec::len).max().unwrap_or_default();
        let length = length.unwrap_or(longest).max(longest);
        let mut batch = Batch {
            rows: rows.len(),
            length,
            ids: Vec::with_capacity(rows.len() * length),
            mask: Vec::with_capacity(rows.len() * length),
        };
        for row in rows {
            let behind = length - row.len();
            batch.mask.extend(row.iter().map(|_| 1));
            batch.mask.extend(std::iter::repeat_n(0, behind));
            batch.ids.extend(row);
            batch.ids.extend(std::iter::repeat_n(self.pad, behind));
        }
        batch
    }
}

#[cfg(test)]
#[path = "tokens_tests.rs"]
mod tests;
