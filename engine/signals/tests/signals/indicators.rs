//! Indicators against published figures and their own laws.

use std::{fs::File, io::Read, path::Path};

use countersign_signals::indicators::{Atr, Candle, Ema, Indicator, Rsi, over};
use flate2::read::GzDecoder;
use proptest::prelude::*;

/// A column of TA-Lib's results, `None` where it has none yet.
struct Table(Vec<Vec<String>>);

impl Table {
    fn read() -> Self {
        let path = Path::new(env!("TEST_DATA_DIR"))
            .join("reference/oracle/talib_skender_default_502.csv.gz");
        let file = File::open(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let mut text = String::new();
        GzDecoder::new(file).read_to_string(&mut text).unwrap();
        let row = |line: &str| line.trim_end().split(',').map(str::to_owned).collect();
        Self(text.lines().map(row).collect())
    }

    fn column(&self, name: &str) -> Vec<Option<f64>> {
        let index = self.0[0].iter().position(|head| head == name).unwrap();
        self.0[1..]
            .iter()
            .map(|row| row[index].parse().ok())
            .collect()
    }

    fn numbers(&self, name: &str) -> Vec<f64> {
        self.column(name).into_iter().map(Option::unwrap).collect()
    }

    fn compare(&self, name: &str, found: &[Option<f64>]) {
        let expected = self.column(name);
        assert_eq!(expected.len(), found.len());
        for (line, (expected, found)) in expected.iter().zip(found).enumerate() {
            let same = match (expected, found) {
                (Some(expected), Some(found)) => (expected - found).abs() < 1e-9 * expected.abs(),
                (None, None) => true,
                _ => false,
            };
            assert!(same, "{name}, line {line}: {expected:?} is not {found:?}");
        }
    }
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "recorded data not present")]
fn indicators_match_ta_lib_on_502_days() {
    let table = Table::read();
    let closes = table.numbers("close");
    for period in [9, 20, 50, 200] {
        table.compare(
            &format!("ema_{period}"),
            &over(Ema::new(period), closes.iter().copied()),
        );
    }
    for period in [2, 9, 14] {
        table.compare(
            &format!("rsi_{period}"),
            &over(Rsi::new(period), closes.iter().copied()),
        );
    }
    let (highs, lows) = (table.numbers("high"), table.numbers("low"));
    let candles = (0..closes.len()).map(|i| Candle {
        high: highs[i],
        low: lows[i],
        close: closes[i],
    });
    table.compare("atr_14", &over(Atr::new(14), candles));
}

#[test]
fn warm_up_is_as_documented() {
    let first = |values: Vec<Option<f64>>| values.iter().position(Option::is_some).unwrap() + 1;
    let series = || (1..50).map(f64::from);
    assert_eq!(first(over(Ema::new(13), series())), 13);
    assert_eq!(first(over(Rsi::new(9), series())), 10);
    let candles = series().map(|x| Candle {
        high: x + 1.0,
        low: x - 1.0,
        close: x,
    });
    assert_eq!(first(over(Atr::new(9), candles)), 10);
}

#[test]
fn a_series_that_never_moves_is_neither_strong_nor_weak() {
    let values = over(Rsi::new(5), [30.0; 20]);
    assert_eq!(values.last(), Some(&Some(50.0)));
}

proptest! {
    #[test]
    fn averages_stay_inside_and_strength_between_0_and_100(
        series in prop::collection::vec(0.01_f64..1e6, 1..80),
        period in 1_u32..20,
    ) {
        let (low, high) = series.iter().fold((f64::MAX, 0.0_f64), |(l, h), x| (l.min(*x), h.max(*x)));
        for value in over(Ema::new(period), series.iter().copied()).into_iter().flatten() {
            prop_assert!(value >= low * (1.0 - 1e-9) && value <= high * (1.0 + 1e-9));
        }
        for value in over(Rsi::new(period), series.iter().copied()).into_iter().flatten() {
            prop_assert!((0.0..=100.0).contains(&value));
        }
    }

    #[test]
    fn what_comes_later_never_changes_a_value(
        series in prop::collection::vec(0.01_f64..1e6, 2..80),
        cut in 1_usize..80,
    ) {
        let cut = cut.min(series.len());
        let whole = over(Ema::new(7), series.iter().copied());
        let mut streamed = Ema::new(7);
        let part: Vec<_> = series[..cut].iter().map(|x| streamed.next(*x)).collect();
        prop_assert_eq!(&whole[..cut], &part[..]);
    }
}
