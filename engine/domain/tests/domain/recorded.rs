//! The contracts of recorded data: every one has a symbol that reads back.

use std::{
    collections::BTreeSet,
    env,
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

use countersign_domain::{
    instrument::{OptionContract, Right, SettlesAt},
    money::Price,
};
use flate2::read::GzDecoder;
use jiff::civil::Date;

fn options() -> PathBuf {
    let root = env::var("COUNTERSIGN_TEST_DATA")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").into());
    let options = PathBuf::from(root).join("options");
    assert!(
        options.is_dir(),
        "recorded options missing: {}; set COUNTERSIGN_TEST_DATA to the data folder",
        options.display()
    );
    options
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

/// The contract that a member's name tells: `[yyyymmdd_]root[_minute]_kind_style_right_strike[_expiry]`,
/// the strike in ten-thousandths.
fn contract_of(member: &str) -> OptionContract {
    let parts: Vec<&str> = member.trim_end_matches(".csv").split('_').collect();
    let right = parts
        .iter()
        .position(|part| matches!(*part, "call" | "put"))
        .unwrap_or_else(|| panic!("{member} tells no right"));
    let dated = parts[0].len() == 8 && parts[0].bytes().all(|byte| byte.is_ascii_digit());
    let root = parts[usize::from(dated)].to_uppercase();
    let strike: i64 = parts[right + 1].parse().expect("a strike");
    let expiry = parts.get(right + 2).copied().unwrap_or(parts[0]);
    let expiry = Date::strptime("%Y%m%d", expiry).expect("an expiry");
    let side = if parts[right] == "call" {
        Right::Call
    } else {
        Right::Put
    };
    let strike = Price::from_ten_thousandths(strike);
    OptionContract::new(root.parse().expect("a root"), expiry, side, strike)
        .unwrap_or_else(|error| panic!("{member}: {error}"))
}

fn reads_back(contract: &OptionContract) {
    let text = contract.to_string();
    assert_eq!(text.len(), 21, "{text}");
    assert_eq!(text.parse().as_ref(), Ok(contract), "{text}");
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "needs the recorded data")]
fn every_recorded_contract_has_a_symbol_and_a_last_trading_time() {
    let mut zips = Vec::new();
    files(&options().join("lean"), ".zip", &mut zips);
    let mut contracts = BTreeSet::new();
    for path in &zips {
        let archive = zip::ZipArchive::new(File::open(path).expect("a readable file"));
        let archive = archive.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for member in archive.file_names() {
            let member = member.expect("a readable name");
            if member.ends_with(".csv") {
                contracts.insert(contract_of(&member));
            }
        }
    }
    assert!(zips.len() >= 30, "{} zips", zips.len());
    assert!(contracts.len() >= 2800, "{} contracts", contracts.len());
    for contract in &contracts {
        reads_back(contract);
        let last = contract.last_session().expect("a session in the calendar");
        match contract.terms().settles_at {
            SettlesAt::Close => assert!(last.date <= contract.expiry, "{contract}"),
            SettlesAt::Open => assert!(last.date < contract.expiry, "{contract}"),
        }
        let gap = last.date.until(contract.expiry).expect("a span").get_days();
        assert!((0..=4).contains(&gap), "{contract} ends {gap} days early");
        assert!(!contract.is_adjusted(), "{contract}");
    }
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "needs the recorded data")]
fn symbols_that_a_vendor_gives_without_spaces_say_what_its_columns_say() {
    let mut chains = Vec::new();
    files(&options().join("yfinance_2026"), ".csv.gz", &mut chains);
    let mut rows = 0;
    for path in &chains {
        let file = BufReader::new(GzDecoder::new(File::open(path).expect("a readable file")));
        let mut lines = file.lines().map(|line| line.expect("readable text"));
        let head: Vec<String> = lines
            .next()
            .expect("a head")
            .split(',')
            .map(str::to_owned)
            .collect();
        let column = |name: &str| {
            let at = head.iter().position(|column| column == name);
            at.unwrap_or_else(|| panic!("{} has no column {name}", path.display()))
        };
        let (symbol, strike) = (column("contractSymbol"), column("strike"));
        let (right, expiry) = (column("optionType"), column("expirationDate"));
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            let (root, rest) = cells[symbol].split_at(cells[symbol].len() - 15);
            let contract: OptionContract = format!("{root:<6}{rest}").parse().expect("a symbol");
            assert_eq!(
                contract.strike,
                cells[strike].parse().expect("a strike"),
                "{line}"
            );
            assert_eq!(
                contract.right == Right::Call,
                cells[right] == "call",
                "{line}"
            );
            assert_eq!(contract.expiry.to_string(), cells[expiry], "{line}");
            reads_back(&contract);
            rows += 1;
        }
    }
    assert!(rows > 10_000, "{rows} rows");
}
