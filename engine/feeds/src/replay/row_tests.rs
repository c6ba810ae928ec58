use super::{Range, quote_line, trade_line};

#[test]
fn a_row_of_quotes_has_eleven_cells() {
    let row =
        quote_line(b"34200000,1529000,1529000,1506000,1506000,2,1546000,1554000,1546000,1552000,5")
            .unwrap();
    assert_eq!(row.time_ms, 34_200_000);
    assert_eq!(row.bid.unwrap().close, 1_506_000);
    assert_eq!(row.ask.unwrap().high, 1_554_000);
    assert_eq!((row.bid_size, row.ask_size), (2, 5));
}

#[test]
fn a_side_that_nobody_quoted_is_empty_or_zero() {
    let empty = quote_line(b"34260000,78000,78000,78000,78000,10,,,,,0").unwrap();
    let zero = quote_line(b"34260000,78000,78000,78000,78000,10,0,0,0,0,0\r").unwrap();
    assert_eq!(empty.ask, None);
    assert_eq!(empty, zero);
}

#[test]
fn what_is_not_eleven_whole_numbers_is_no_row_of_quotes() {
    let lines = [
        "",
        "34260000",
        "34260000,1,1,1,1,1,2,2,2,2",
        "34260000,1,1,1,1,1,2,2,2,2,1,",
        "34260000,1,1,1,1,1,2,2,2,2,1,7",
        ",1,1,1,1,1,2,2,2,2,1",
        "34260000,1,1,,1,1,2,2,2,2,1",
        "34260000,1.5,1,1,1,1,2,2,2,2,1",
        "34260000,-,1,1,1,1,2,2,2,2,1",
        "34260000,NaN,1,1,1,1,2,2,2,2,1",
        "34260000, 1,1,1,1,1,2,2,2,2,1",
        "34260000,99999999999999999,1,1,1,1,2,2,2,2,1",
        "time,bid,bid,bid,bid,size,ask,ask,ask,ask,size",
    ];
    for line in lines {
        assert_eq!(quote_line(line.as_bytes()), None, "{line:?}");
    }
}

#[test]
fn a_row_of_trades_has_six_cells() {
    let row = trade_line(b"34200000,7524800,7524900,7524700,7524800,10").unwrap();
    assert_eq!(row.range.high, 7_524_900);
    assert_eq!(row.volume, 10);
    assert_eq!(
        trade_line(b"34200000,7524800,7524900,7524700,7524800"),
        None
    );
    assert_eq!(trade_line(b"34200000,,,,,10"), None);
}

#[test]
fn open_and_close_lie_between_low_and_high() {
    let range = |open, high, low, close| Range {
        open,
        high,
        low,
        close,
    };
    assert!(range(2, 3, 1, 2).is_coherent());
    assert!(range(1, 1, 1, 1).is_coherent());
    for bad in [
        range(4, 3, 1, 2),
        range(2, 3, 1, 4),
        range(2, 1, 3, 2),
        range(0, 3, 0, 2),
        range(-1, 3, -2, 2),
    ] {
        assert!(!bad.is_coherent(), "{bad:?}");
    }
}
