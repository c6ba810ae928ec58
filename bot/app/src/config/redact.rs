//! What of a database address may be read by everyone.

/// Settings of an address that are no secrets: their values are shown.
const HARMLESS: [&str; 6] = [
    "application_name",
    "cache",
    "host",
    "mode",
    "port",
    "sslmode",
];

/// The address without its password: `postgres://desk:***@host/db`.
///
/// It errs on the side of hiding: everything between the scheme and the last `@` but a user's name,
/// and each setting behind `?` that is not known to be harmless.
pub fn redacted(url: &str) -> String {
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), url),
    };
    let (who, place) = match rest.rsplit_once('@') {
        Some((who, place)) => {
            let user = who.split_once(':').map_or("", |(user, _)| user);
            let shown = if scheme.is_empty() {
                "***"
            } else if who.contains(':') {
                &format!("{user}:***")
            } else {
                who
            };
            (format!("{shown}@"), place)
        }
        None => (String::new(), rest),
    };
    let (place, settings) = match place.split_once('?') {
        Some((place, settings)) => (place, format!("?{}", hidden(settings))),
        None => (place, String::new()),
    };
    format!("{scheme}{who}{place}{settings}")
}

fn hidden(settings: &str) -> String {
    let each = settings
        .split('&')
        .map(|setting| match setting.split_once('=') {
            Some((key, _)) if !HARMLESS.contains(&key) => format!("{key}=***"),
            _ => setting.to_owned(),
        });
    each.collect::<Vec<_>>().join("&")
}

/// Whether the address holds something that [`redacted`] hides.
pub(super) fn holds_secret(url: &str) -> bool {
    redacted(url) != url
}

/// A value as an error shows it: short, on one line, without secrets. Nothing of a section: its key
/// says enough.
pub(super) fn shown(key: &str, value: &toml::Value) -> String {
    const LONGEST: usize = 80;
    let text = match value {
        toml::Value::Table(_) => String::new(),
        toml::Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        toml::Value::String(text) if text.contains("://") => format!("{:?}", redacted(text)),
        // Whatever else stands where an address belongs, it may be a password.
        _ if key.starts_with("store") => "\"***\"".to_owned(),
        toml::Value::String(text) => format!("{text:?}"),
        other => other.to_string().replace('\n', " "),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}...")
}
