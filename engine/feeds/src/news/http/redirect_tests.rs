use countersign_desk::ports::NewsError;
use reqwest_chat::header::HeaderValue;
use url::Url;

use super::next;

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

fn leads(from: &str, to: &'static str, visited: &[Url]) -> Result<String, String> {
    let location = HeaderValue::from_static(to);
    match next(&url(from), Some(&location), visited) {
        Ok(to) => Ok(to.to_string()),
        Err(NewsError::Unreadable(why)) => Err(why),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_redirect_leads_to_the_web_and_never_out_of_https() {
    let from = "https://feeds.example/a?key=hidden";
    assert_eq!(leads(from, "/b#c", &[]).unwrap(), "https://feeds.example/b");
    assert_eq!(
        leads("http://feeds.example/a", "https://other.example/", &[]).unwrap(),
        "https://other.example/"
    );
    let refused = [
        ("http://feeds.example/b", "from https to http"),
        ("ftp://feeds.example/b", "not the web"),
        ("file:///etc/passwd", "not the web"),
        ("data:text/xml,<rss/>", "not the web"),
        ("https://feeds.example/a?key=hidden", "in a circle"),
        ("http://[broken", "without saying where"),
    ];
    for (to, why) in refused {
        let told = leads(from, to, &[]).unwrap_err();
        assert!(told.contains(why), "{to}: {told}");
        assert!(!told.contains("hidden"), "{told}");
    }
}

#[test]
fn redirects_end_after_five_and_where_they_were_before() {
    let place = |number: usize| url(&format!("http://feeds.example/{number}"));
    let visited: Vec<Url> = (0..4).map(place).collect();
    assert!(leads("http://feeds.example/4", "/5", &visited).is_ok());
    let told = leads("http://feeds.example/4", "/2", &visited).unwrap_err();
    assert!(told.contains("in a circle"), "{told}");
    let visited: Vec<Url> = (0..5).map(place).collect();
    let told = leads("http://feeds.example/5", "/6", &visited).unwrap_err();
    assert!(told.contains("more than 5 times"), "{told}");
}
