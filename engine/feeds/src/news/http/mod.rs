//! The one way in which a source of news asks a server.
//!
//! It is not to be harmed by what it hears: 3 seconds to connect and the source's `timeout_s` for
//! everything, redirects and body included; 2 MB of body, before and after unpacking; `http` and `https`
//! alone, at most 5 redirects, never from `https` to `http`; no cookies, no proxy. It connects to no
//! address of a private network, also not by a name or a redirect that leads there; `allow_private`
//! opens the configured server, and that one alone. A request that carries a key follows no redirect.
//!
//! Its errors name the host and never an address, which may hold a secret.

mod address;
mod answer;
mod body;

use std::{error::Error as _, sync::Arc, time::Duration};

use countersign_desk::ports::NewsError;
use reqwest_chat::{
    Client, Response,
    header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap, HeaderValue, LOCATION},
    redirect::Policy,
};
use url::Url;

pub(super) use answer::{Answer, LONGEST_WAIT, after};
use body::Body;

use super::OpenError;

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(3);
/// The most redirects of one request.
const REDIRECTS: usize = 5;

const USER_AGENT: &str = concat!("countersign/", env!("CARGO_PKG_VERSION"));

/// How a source reaches its server.
pub(super) struct Web {
    /// For public addresses alone.
    public: Client,
    /// For the configured server, when it may be a private one.
    private: Option<Client>,
    whole: Duration,
}

/// One request.
pub(super) struct Ask {
    /// Where.
    pub(super) url: Url,
    /// With which headers; those that are secret are marked as such.
    pub(super) headers: HeaderMap,
    /// Whether it carries a key: no redirect is followed, and the bodies of errors are read.
    pub(super) keyed: bool,
}

impl Web {
    /// `timeout_s` for each request as a whole.
    pub(super) fn new(timeout_s: u32, allow_private: bool) -> Result<Self, OpenError> {
        let broken = |error: reqwest_chat::Error| OpenError::Client(error.to_string());
        let public = client().dns_resolver(Arc::new(address::PublicNames));
        let private = allow_private.then(|| client().build()).transpose();
        Ok(Self {
            public: public.build().map_err(broken)?,
            private: private.map_err(broken)?,
            whole: Duration::from_secs(timeout_s.into()),
        })
    }

    /// Asks, and follows where it is sent.
    pub(super) async fn get(&self, ask: &Ask) -> Result<Answer, NewsError> {
        let late = |_| {
            let (host, seconds) = (host(&ask.url), self.whole.as_secs());
            let text = format!("{host} did not answer within {seconds} s");
            Err(NewsError::Unreachable(text))
        };
        tokio::time::timeout(self.whole, self.follow(ask))
            .await
            .unwrap_or_else(late)
    }

    async fn follow(&self, ask: &Ask) -> Result<Answer, NewsError> {
        let mut visited = Vec::new();
        let mut url = ask.url.clone();
        loop {
            let client = self.client_for(&url, &ask.url)?;
            let request = client.get(url.clone()).headers(ask.headers.clone());
            let sent = request.header(ACCEPT_ENCODING, "gzip").send().await;
            let response = sent.map_err(|error| fault(&error, &url))?;
            let status = response.status();
            let leads_on = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
            if !leads_on {
                return read(response, &url, ask.keyed).await;
            }
            if ask.keyed {
                let host = host(&url);
                return unreadable(format!(
                    "{host} sends elsewhere, and a key is not taken there"
                ));
            }
            let location = response.headers().get(LOCATION);
            let next = next(&url, location, &visited)?;
            visited.push(std::mem::replace(&mut url, next));
        }
    }

    /// The client that may go there.
    fn client_for(&self, url: &Url, configured: &Url) -> Result<&Client, NewsError> {
        match &self.private {
            Some(private) if url.origin() == configured.origin() => Ok(private),
            _ if address::is_private_url(url) => Err(into_private(url)),
            _ => Ok(&self.public),
        }
    }
}

fn client() -> reqwest_chat::ClientBuilder {
    Client::builder()
        .user_agent(USER_AGENT)
        .redirect(Policy::none())
        .connect_timeout(CONNECT)
        .pool_idle_timeout(Duration::from_secs(30))
        .referer(false)
        .no_gzip()
        .no_proxy()
}

/// Where a redirect leads.
fn next(from: &Url, location: Option<&HeaderValue>, visited: &[Url]) -> Result<Url, NewsError> {
    let host = host(from);
    let to = location.and_then(|it| from.join(it.to_str().ok()?).ok());
    let Some(mut to) = to else {
        return unreadable(format!("{host} sends elsewhere without saying where"));
    };
    to.set_fragment(None);
    let schemes = (from.scheme(), to.scheme());
    match schemes {
        ("https", "http") => unreadable(format!("{host} sends from https to http")),
        (_, "http" | "https") if !to.has_host() => {
            unreadable(format!("{host} sends elsewhere without saying where"))
        }
        (_, "http" | "https") if to == *from || visited.contains(&to) => {
            unreadable(format!("{host} sends in a circle"))
        }
        (_, "http" | "https") if visited.len() >= REDIRECTS => unreadable(format!(
            "{host} sends elsewhere more than {REDIRECTS} times"
        )),
        (_, "http" | "https") => Ok(to),
        _ => unreadable(format!("{host} sends to something that is not the web")),
    }
}

/// Takes an answer in.
async fn read(response: Response, url: &Url, keyed: bool) -> Result<Answer, NewsError> {
    let (status, headers) = (response.status(), response.headers().clone());
    let failed = status.is_client_error() || status.is_server_error();
    let body = if status.is_success() {
        read_body(response, url).await?
    } else if failed && keyed {
        // What it says of itself is worth reading, and no loss where it cannot be read.
        read_body(response, url).await.unwrap_or_default()
    } else {
        Vec::new()
    };
    Ok(Answer {
        status,
        headers,
        body,
        host: host(url).to_owned(),
    })
}

async fn read_body(mut response: Response, url: &Url) -> Result<Vec<u8>, NewsError> {
    let wrong = |error| NewsError::Unreadable(format!("{} {error}", host(url)));
    let told = response.content_length().map(usize::try_from);
    if told.is_some_and(|length| !length.is_ok_and(|it| it <= body::MOST)) {
        return Err(wrong(body::BodyError::TooLong));
    }
    let packing = response.headers().get(CONTENT_ENCODING);
    let packing = packing.map_or(Ok(""), HeaderValue::to_str);
    let mut body = Body::new(packing.unwrap_or("?")).map_err(wrong)?;
    while let Some(piece) = response.chunk().await.map_err(|it| fault(&it, url))? {
        body.push(&piece).map_err(wrong)?;
    }
    body.finish().map_err(wrong)
}

/// What a failed request comes to. What the library says of it may name the address: only what the
/// system said, at its root, is passed on.
fn fault(error: &reqwest_chat::Error, url: &Url) -> NewsError {
    if address::is_why(error) {
        return into_private(url);
    }
    let host = host(url);
    if error.is_timeout() {
        return NewsError::Unreachable(format!("{host} did not answer in time"));
    }
    if !error.is_connect() {
        return NewsError::Unreachable(format!("the connection to {host} broke off"));
    }
    let mut root = error.source();
    while let Some(deeper) = root.and_then(|it| it.source()) {
        root = Some(deeper);
    }
    let why = root.map(ToString::to_string).unwrap_or_default();
    let why: String = why.chars().take(200).collect();
    NewsError::Unreachable(format!("no connection to {host}: {why}"))
}

fn into_private(url: &Url) -> NewsError {
    let host = host(url);
    NewsError::Unreadable(format!(
        "{host} is in a private network, which allow_private alone opens"
    ))
}

fn unreadable<T>(text: String) -> Result<T, NewsError> {
    Err(NewsError::Unreadable(text))
}

/// The name of a server, for people.
fn host(url: &Url) -> &str {
    url.host_str().unwrap_or("the server")
}

#[cfg(test)]
#[path = "redirect_tests.rs"]
mod tests;
