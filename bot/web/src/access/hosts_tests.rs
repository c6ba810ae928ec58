use axum::http::{HeaderMap, HeaderValue, Uri};

use super::Hosts;

fn hosts() -> Hosts {
    let address = "127.0.0.1:8484".parse().expect("an address");
    Hosts::new(address, &["Desk.Example:443".to_owned()])
}

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(*name, HeaderValue::from_static(value));
    }
    headers
}

fn asked(pairs: &[(&'static str, &'static str)]) -> Option<String> {
    hosts().asked(&headers(pairs), &Uri::from_static("/"))
}

#[test]
fn the_loopback_names_with_the_port_are_ours_and_nothing_else_is() {
    for host in [
        "127.0.0.1:8484",
        "localhost:8484",
        "LOCALHOST:8484",
        "[::1]:8484",
        "desk.example:443",
    ] {
        assert!(asked(&[("host", host)]).is_some(), "{host}");
    }
    for host in [
        "",
        "127.0.0.1",
        "127.0.0.1:80",
        "localhost",
        "evil.example",
        "evil.example:8484",
        "localhost.evil.example:8484",
        "127.0.0.1:8484.evil.example",
        "0.0.0.0:8484",
        "localhost:8484@evil.example",
    ] {
        assert!(asked(&[("host", host)]).is_none(), "{host}");
    }
}

#[test]
fn no_host_two_hosts_and_another_authority_are_refused() {
    assert!(asked(&[]).is_none());
    assert!(asked(&[("host", "localhost:8484"), ("host", "localhost:8484")]).is_none());
    let absolute = Uri::from_static("http://evil.example/");
    let found = hosts().asked(&headers(&[("host", "localhost:8484")]), &absolute);
    assert!(found.is_none());
}

#[test]
fn only_a_page_of_the_same_name_may_post() {
    let posted = |pairs: &[(&'static str, &'static str)]| {
        Hosts::posted_from(&headers(pairs), "localhost:8484")
    };
    assert!(posted(&[("origin", "http://localhost:8484")]));
    assert!(posted(&[
        ("origin", "http://localhost:8484"),
        ("sec-fetch-site", "same-origin")
    ]));
    for origin in [
        "",
        "null",
        "http://localhost",
        "http://localhost:84",
        "https://localhost:8484",
        "http://127.0.0.1:8484",
        "http://evil.example",
        "http://localhost:8484.evil.example",
    ] {
        assert!(!posted(&[("origin", origin)]), "{origin}");
    }
    assert!(!posted(&[]));
    assert!(!posted(&[
        ("origin", "http://localhost:8484"),
        ("sec-fetch-site", "same-site")
    ]));
}
