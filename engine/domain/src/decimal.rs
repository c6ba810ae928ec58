//! Decimal numbers as text: one strict way to read them, one way to write each.
//!
//! Written is always text and always the shortest (`"1.25"`, `"100"`, `"0"`), so that the same
//! number gives the same bytes wherever it is hashed. Read are text and whole numbers; a float is
//! refused, for it has lost its exactness before it came here.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserializer, Serializer, de};

/// Why a text is no decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DecimalError {
    /// Something other than an optional sign, digits, and a point with digits after it.
    #[error("not a number; write it like 12.34")]
    Shape,
    /// More decimals than fit; the nearest number that fits.
    #[error("{0} has too many decimals")]
    TooFine(Decimal),
    /// More digits before the point than fit; the bound that it passes.
    #[error("the number is beyond {0}")]
    TooBig(Decimal),
}

/// The number that `text` is: an optional sign, digits, and a point only between digits or before
/// them. No exponent, no separators, no digits of other scripts.
pub(crate) fn parse(text: &str) -> Result<Decimal, DecimalError> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let shaped = digits(whole)
        && fraction.map_or(!whole.is_empty(), |part| !part.is_empty() && digits(part));
    if !shaped {
        return Err(DecimalError::Shape);
    }
    // Zeros at the end say nothing, but would overflow the parser.
    let idle = fraction.map_or(0, |part| {
        let telling = part.trim_end_matches('0').len().max(1);
        part.len().saturating_sub(telling)
    });
    let told = text.get(..text.len().saturating_sub(idle)).unwrap_or(text);
    match Decimal::from_str_exact(told) {
        Ok(number) => Ok(number.normalize()),
        Err(rust_decimal::Error::Underflow) => {
            let nearest = told.parse().unwrap_or_default();
            Err(DecimalError::TooFine(nearest))
        }
        Err(_) if text.starts_with('-') => Err(DecimalError::TooBig(Decimal::MIN)),
        Err(_) => Err(DecimalError::TooBig(Decimal::MAX)),
    }
}

/// Writes `number` as text, the shortest.
pub(crate) fn serialize<S: Serializer>(number: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&number.normalize())
}

/// Reads a number from text or a whole number.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
    from.deserialize_any(Read)
}

/// The same for a number that may be absent.
pub(crate) mod optional {
    use super::{Decimal, Deserializer, Read, Serializer, de};

    /// Writes the number as text, or nothing.
    #[expect(clippy::ref_option, reason = "serde hands a field over like this")]
    pub(crate) fn serialize<S: Serializer>(
        number: &Option<Decimal>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match number {
            Some(number) => to.serialize_some(&number.normalize().to_string()),
            None => to.serialize_none(),
        }
    }

    /// Reads the number, or nothing.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Decimal>, D::Error> {
        struct ReadOption;

        impl<'de> de::Visitor<'de> for ReadOption {
            type Value = Option<Decimal>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                de::Visitor::expecting(&Read, f)
            }

            fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
                super::deserialize(from).map(Some)
            }
        }

        from.deserialize_option(ReadOption)
    }
}

struct Read;

impl de::Visitor<'_> for Read {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an exact number: text such as \"12.34\", or a whole number")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
        parse(text.trim()).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Decimal, E> {
        Ok(number.into())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Decimal, E> {
        Ok(number.into())
    }
}
