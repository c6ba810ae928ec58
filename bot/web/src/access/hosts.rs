//! The names under which the console is reached: everything else is somebody else's page.

use std::net::SocketAddr;

use axum::http::{HeaderMap, Uri, header};

/// The names with their port, lower case.
#[derive(Clone, Debug)]
pub(crate) struct Hosts(Vec<String>);

impl Hosts {
    /// The loopback names with the port of `address`, and those that a person adds.
    pub(crate) fn new(address: SocketAddr, more: &[String]) -> Self {
        let port = address.port();
        let loopback = ["127.0.0.1", "localhost", "[::1]"];
        let mut names: Vec<String> = loopback
            .iter()
            .map(|name| format!("{name}:{port}"))
            .collect();
        names.push(address.to_string());
        names.extend(more.iter().map(|name| name.trim().to_ascii_lowercase()));
        Self(names)
    }

    /// The name that a request asks for, when it is one of ours: exactly one `Host`, and no other
    /// authority in the request line.
    pub(crate) fn asked(&self, headers: &HeaderMap, uri: &Uri) -> Option<String> {
        let host = only(headers, header::HOST)?.to_ascii_lowercase();
        let elsewhere = uri
            .authority()
            .is_some_and(|authority| !authority.as_str().eq_ignore_ascii_case(&host));
        (self.0.contains(&host) && !elsewhere).then_some(host)
    }

    /// True when a page of `host` itself sent the request. Browsers send `Origin` with every post,
    /// and no script can change it; where they tell how the sites relate, that has to agree.
    pub(crate) fn posted_from(headers: &HeaderMap, host: &str) -> bool {
        let origin = only(headers, header::ORIGIN).map(str::to_ascii_lowercase);
        let ours = origin.is_some_and(|origin| origin == format!("http://{host}"));
        let told = headers.get_all("sec-fetch-site").iter();
        ours && told.into_iter().all(|site| site == "same-origin")
    }
}

/// The value of a header that is there once.
fn only(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

#[cfg(test)]
#[path = "hosts_tests.rs"]
mod hosts_tests;
