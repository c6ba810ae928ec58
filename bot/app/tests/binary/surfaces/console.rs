//! A visitor of the web console who presses faster than a browser: cookies, forms and answers.

use std::{collections::BTreeMap, time::Duration};

use reqwest::{
    Client,
    header::{COOKIE, ORIGIN, SET_COOKIE},
    redirect::Policy,
};

use crate::program::now;

/// A visitor whose session is open.
#[derive(Clone)]
pub(crate) struct Visitor {
    client: Client,
    cookie: String,
    origin: String,
}

/// A form of a page: where it goes, and what it carries.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    action: String,
    fields: BTreeMap<String, String>,
}

impl Form {
    /// The same with another value of a field.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.insert(name.to_owned(), value.to_owned());
        self
    }
}

/// What a press was told, and how long that took.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) took: Duration,
    pub(crate) sentence: String,
}

impl Visitor {
    /// Opens the console by the link that the terminal shows.
    pub(crate) async fn open(link: &str) -> Self {
        let (origin, token) = link.split_once("/login?token=").expect("a link");
        let client = Client::builder().redirect(Policy::none()).no_proxy();
        let client = client.build().expect("a client");
        let answer = client
            .post(format!("{origin}/login"))
            .header(ORIGIN, origin)
            .form(&BTreeMap::from([("token", token)]))
            .send()
            .await
            .expect("an answer");
        let cookie = answer.headers()[SET_COOKIE].to_str().expect("ASCII");
        let cookie = cookie.split(';').next().expect("a pair").to_owned();
        Self {
            client,
            cookie,
            origin: origin.to_owned(),
        }
    }

    async fn page(&self, path: &str) -> String {
        let asked = self.client.get(format!("{}{path}", self.origin));
        let answer = asked.header(COOKIE, &self.cookie).send().await;
        answer.expect("an answer").text().await.expect("a page")
    }

    /// The desk's form whose action ends like this.
    pub(crate) async fn form(&self, end: &str) -> Form {
        let page = self.page("/").await;
        let forms = page.split("<form ").skip(1).filter_map(form);
        let mut forms = forms.filter(|it| it.action.ends_with(end));
        forms.next().unwrap_or_else(|| panic!("no {end} in {page}"))
    }

    /// So many of them, each as another page showed it: every one counts once.
    pub(crate) async fn forms(&self, end: &str, count: usize) -> Vec<Form> {
        let mut forms = Vec::with_capacity(count);
        for _ in 0..count {
            forms.push(self.form(end).await);
        }
        forms
    }

    /// Posts a form and follows the way back.
    pub(crate) async fn press(&self, form: &Form) -> Told {
        let begun = now();
        let answer = self
            .client
            .post(format!("{}{}", self.origin, form.action))
            .header(COOKIE, &self.cookie)
            .header(ORIGIN, &self.origin)
            .form(&form.fields)
            .send()
            .await
            .expect("an answer");
        let took = begun.elapsed();
        let back = answer.headers().get("location");
        let page = match back.map(|it| it.to_str().expect("ASCII").to_owned()) {
            Some(back) => self.page(back.split('#').next().expect("a path")).await,
            None => answer.text().await.expect("a page"),
        };
        let sentence = said(&page).unwrap_or_else(|| panic!("nothing is said in {page}"));
        Told { took, sentence }
    }
}

/// A form as it stands in a page.
fn form(piece: &str) -> Option<Form> {
    let body = piece.split("</form>").next()?;
    let fields = body.split("<input ").skip(1).filter_map(|input| {
        let tag = input.split('>').next()?;
        let value = attribute(tag, "value").unwrap_or_default();
        Some((attribute(tag, "name")?, value))
    });
    Some(Form {
        action: attribute(body.split('>').next()?, "action")?,
        fields: fields.collect(),
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!("{name}=\"")).nth(1)?;
    Some(value.split('"').next()?.to_owned())
}

/// The sentence that tells what a press came to.
fn said(page: &str) -> Option<String> {
    let piece = page.split("id=\"said\"").nth(1)?.split("<p>").nth(1)?;
    Some(piece.split("</p>").next()?.to_owned())
}
