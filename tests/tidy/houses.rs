//! What only one crate may contain: SQL, and the endpoints that take orders.

use crate::assert_tidy;
use crate::rust::{parse_shipped, strings};
use crate::tree::{Text, findings_in_sources, paths};

/// Ways in which brokers name the place that takes an order.
const ORDER_ENDPOINTS: [&str; 6] = [
    "/v2/orders",
    "/v1/orders",
    "/orders/regular",
    "/iserver/account",
    "placeOrder",
    "place_order",
];

/// Whether a string is a statement in SQL, and not a sentence that begins with the same word.
fn is_sql(text: &str) -> bool {
    let text = text.trim_start().to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let has = |word: &str| words.contains(&word);
    match words.as_slice() {
        ["select", "1" | "count(*)" | "*" | "exists", ..] | ["insert", "into" | "or", ..] => true,
        ["select", ..] => has("from"),
        ["delete", "from", rest @ ..] => rest.len() == 1 || has("where"),
        ["update", _, rest @ ..] => rest.first() == Some(&"set"),
        ["create" | "drop" | "alter", kind, ..] => {
            matches!(
                *kind,
                "table" | "index" | "unique" | "view" | "trigger" | "temp" | "database" | "schema"
            )
        }
        ["pragma", ..] | ["begin", "immediate", ..] | ["with", _, "as", ..] => true,
        _ => false,
    }
}

fn check_sql(source: &Text) -> Vec<String> {
    if ["engine/store", "tests"].contains(&source.house()) {
        return Vec::new();
    }
    let strings = strings(&parse_shipped(source)).into_iter();
    let statements = strings.filter(|(text, _)| is_sql(text));
    statements
        .map(|(_, line)| {
            format!(
                "{}:{line}: SQL is written in `engine/store` alone",
                source.path
            )
        })
        .collect()
}

fn check_order_endpoints(source: &Text) -> Vec<String> {
    if ["engine/brokers", "tests"].contains(&source.house()) || source.is_test() {
        return Vec::new();
    }
    let named = |text: &str| {
        ORDER_ENDPOINTS
            .iter()
            .find(|it| text.contains(**it))
            .copied()
    };
    let found = strings(&parse_shipped(source)).into_iter();
    found
        .filter_map(|(text, line)| named(&text).map(|it| (it, line)))
        .map(|(it, line)| {
            format!(
                "{}:{line}: `{it}` takes orders, and only `engine/brokers` may send them",
                source.path
            )
        })
        .collect()
}

fn check_sql_files<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<String> {
    paths
        .filter(|path| path.rsplit('.').next() == Some("sql") && !path.starts_with("migrations/"))
        .map(|path| format!("{path}: SQL files live in `migrations/`"))
        .collect()
}

#[test]
fn only_the_store_contains_sql() {
    let mut findings = findings_in_sources(check_sql);
    findings.extend(check_sql_files(paths().iter().map(String::as_str)));
    assert_tidy(&findings);
}

#[test]
fn only_the_brokers_contain_an_order_endpoint() {
    assert_tidy(&findings_in_sources(check_order_endpoints));
}

#[test]
fn statements_are_told_from_sentences() {
    let statements = [
        "select id, state from orders where desk_id = $1",
        "\n    SELECT 1",
        "insert into desks (id) values ($1)",
        "update desks set seq = seq + 1",
        "delete from leases",
        "delete from leases where until < $1",
        "create unique index a on b (c)",
        "pragma journal_mode = wal",
        "with due as (select 1) select * from due",
    ];
    for statement in statements {
        assert!(is_sql(statement), "{statement}");
    }
    let sentences = [
        "select a strike",
        "Update the card",
        "delete it, once it is empty",
        "create a desk",
        "insert a coin",
        "with care",
        "create",
        "",
    ];
    for sentence in sentences {
        assert!(!is_sql(sentence), "{sentence}");
    }
}

#[test]
fn sql_outside_the_store_is_found() {
    let text = "fn a() { b(\"select id from desks\"); c!(d, \"delete from desks\"); }";
    assert_eq!(check_sql(&Text::new("bot/web/src/a.rs", text)).len(), 2);
    assert_eq!(
        check_sql(&Text::new("engine/desk/src/a_tests.rs", text)).len(),
        2
    );
    assert_eq!(
        check_sql(&Text::new("engine/store/src/a.rs", text)).len(),
        0
    );
    assert_eq!(
        check_sql_files(["bot/app/a.sql", "migrations/0001_desks.sql"].into_iter()).len(),
        1
    );
}

#[test]
fn an_order_endpoint_outside_the_brokers_is_found() {
    let text = "fn a() { post(format!(\"{base}/v2/orders\")); }";
    assert_eq!(
        check_order_endpoints(&Text::new("engine/feeds/src/a.rs", text)).len(),
        1
    );
    assert_eq!(
        check_order_endpoints(&Text::new("engine/brokers/src/alpaca/a.rs", text)).len(),
        0
    );
}
