//! A browser as far as these stories need one: cookies, forms, and the stream.

use std::collections::BTreeMap;

use reqwest::{
    Client, Response, StatusCode,
    header::{COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE},
    redirect::Policy,
};

use crate::world::{PATIENCE, World};

/// A browser that has opened the console.
pub(crate) struct Browser {
    client: Client,
    pub(crate) cookie: String,
    port: u16,
}

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) to: Option<String>,
    pub(crate) text: String,
}

/// A form of a page: where it goes, and its fields as they stand.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) fields: BTreeMap<String, String>,
}

impl Form {
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.insert(name.to_owned(), value.to_owned());
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.fields.remove(name);
        self
    }
}

pub(crate) fn client() -> Client {
    Client::builder()
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .no_proxy()
        .build()
        .expect("a client")
}

pub(crate) async fn read(response: Response) -> Page {
    let to = response.headers().get(LOCATION);
    Page {
        status: response.status(),
        to: to.map(|to| to.to_str().expect("ASCII").to_owned()),
        text: response.text().await.expect("a body"),
    }
}

impl Browser {
    /// Opens the console with a fresh link.
    pub(crate) async fn open(world: &World) -> Self {
        Self::with(world, &world.token()).await
    }

    /// Opens the console with this token.
    pub(crate) async fn with(world: &World, token: &str) -> Self {
        let client = client();
        let form = BTreeMap::from([("token", token)]);
        let response = client
            .post(world.url("/login"))
            .header(ORIGIN, world.url(""))
            .form(&form)
            .send()
            .await
            .expect("an answer");
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        let cookie = response.headers()[SET_COOKIE].to_str().expect("ASCII");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
        let cookie = cookie.split(';').next().expect("a pair").to_owned();
        Self {
            client,
            cookie,
            port: world.port,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) async fn stream(&self, path: &str) -> Response {
        let request = self.client.get(self.url(path));
        let sent = request.header(COOKIE, &self.cookie).send().await;
        sent.expect("an answer")
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        read(self.stream(path).await).await
    }

    /// A post with its own idea of host and origin.
    pub(crate) async fn post_as(
        &self,
        form: &Form,
        host: Option<&str>,
        origin: Option<&str>,
    ) -> Page {
        let mut request = self
            .client
            .post(self.url(&form.action))
            .header(COOKIE, &self.cookie)
            .form(&form.fields);
        if let Some(host) = host {
            request = request.header(HOST, host);
        }
        if let Some(origin) = origin {
            request = request.header(ORIGIN, origin);
        }
        read(request.send().await.expect("an answer")).await
    }

    pub(crate) async fn post(&self, form: &Form) -> Page {
        let origin = self.url("");
        self.post_as(form, None, Some(&origin)).await
    }

    /// Posts and follows the way back: the page with its sentence.
    pub(crate) async fn press(&self, form: &Form) -> Page {
        let page = self.post(form).await;
        match &page.to {
            Some(to) => self.get(to.split('#').next().expect("a path")).await,
            None => page,
        }
    }
}

impl Page {
    /// Every form of the page.
    pub(crate) fn forms(&self) -> Vec<Form> {
        let pieces = self.text.split("<form ").skip(1);
        pieces
            .filter_map(|piece| {
                let body = piece.split("</form>").next()?;
                let action = attribute(body.split('>').next()?, "action")?;
                let inputs = body.split("<input ").skip(1);
                let fields = inputs
                    .filter_map(|input| {
                        let tag = input.split('>').next()?;
                        let value = attribute(tag, "value").unwrap_or_default();
                        Some((attribute(tag, "name")?, value))
                    })
                    .collect();
                Some(Form { action, fields })
            })
            .collect()
    }

    /// The first form whose action ends like this.
    pub(crate) fn form(&self, end: &str) -> Form {
        let found = self.forms().into_iter().find(|it| it.action.ends_with(end));
        found.unwrap_or_else(|| panic!("no form {end} in {}", self.text))
    }

    pub(crate) fn has_form(&self, end: &str) -> bool {
        self.forms().iter().any(|form| form.action.ends_with(end))
    }

    /// The sentence that tells what a press came to.
    pub(crate) fn said(&self) -> String {
        let piece = self.text.split("id=\"said\"").nth(1).expect("a place");
        let piece = piece.split("<p>").nth(1).expect("a sentence");
        unescaped(piece.split("</p>").next().expect("an end"))
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!("{name}=\"")).nth(1)?;
    Some(unescaped(value.split('"').next()?))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
