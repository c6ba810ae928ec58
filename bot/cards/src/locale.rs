//! A language: every sentence by its key, from files of messages.

use std::{
    fmt,
    sync::{Arc, LazyLock},
};

use countersign_domain::notices::time_zone;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

use crate::figures;

/// A language that every sentence is there in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Language {
    /// `en`.
    #[default]
    #[serde(rename = "en")]
    English,
    /// `de`.
    #[serde(rename = "de")]
    German,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its tag, as in BCP 47.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en-US",
            Self::German => "de-DE",
        }
    }

    /// The language of that tag.
    pub fn tagged(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.tag() == tag)
    }

    /// Its messages.
    const fn messages(self) -> &'static str {
        match self {
            Self::English => include_str!("../locales/en.ftl"),
            Self::German => include_str!("../locales/de.ftl"),
        }
    }
}

/// Exchange time, in which times are told where nobody wants them in another.
static NEW_YORK: TimeZone = jiff::tz::get!("America/New_York");

/// How somebody reads: one language's sentences, and a time zone. Sentences are built once, then shared
/// between threads.
#[derive(Clone)]
pub struct Locale {
    language: Language,
    /// Another time zone than the market's.
    zone: Option<TimeZone>,
    bundle: Arc<FluentBundle<FluentResource>>,
}

impl Locale {
    /// English.
    pub fn english() -> Self {
        Self::of(Language::English)
    }

    /// A language, from the file that is compiled in, and the market's time zone.
    pub fn of(language: Language) -> Self {
        let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolation marks are for mixed scripts; a terminal would show them.
        bundle.set_use_isolating(false);
        match language {
            Language::English => {
                bundle.set_formatter(Some(|value, _| counted(value, Language::English)));
            }
            Language::German => {
                bundle.set_formatter(Some(|value, _| counted(value, Language::German)));
            }
        }
        // A test holds that no file has a fault; should one have any, what it can say it says.
        let resource = match FluentResource::try_new(language.messages().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
        Self {
            language,
            zone: None,
            bundle: Arc::new(bundle),
        }
    }

    /// A language that is built once and shared by everybody.
    pub fn shared(language: Language) -> Arc<Self> {
        static ENGLISH: LazyLock<Arc<Locale>> =
            LazyLock::new(|| Arc::new(Locale::of(Language::English)));
        static GERMAN: LazyLock<Arc<Locale>> =
            LazyLock::new(|| Arc::new(Locale::of(Language::German)));
        match language {
            Language::English => ENGLISH.clone(),
            Language::German => GERMAN.clone(),
        }
    }

    /// The language of that tag and the time zone of that name, or else those of `usual`.
    pub fn told(tag: Option<&str>, zone: Option<&str>, usual: &Arc<Self>) -> Arc<Self> {
        let language = tag.and_then(Language::tagged).unwrap_or(usual.language);
        let words = if language == usual.language {
            usual.clone()
        } else {
            Self::shared(language)
        };
        let zone = match zone {
            Some(name) => another(name),
            None => usual.zone.clone(),
        };
        if words.zone == zone {
            return words;
        }
        Arc::new(Self {
            zone,
            ..words.as_ref().clone()
        })
    }

    /// The time zone in which times are told.
    pub(crate) fn zone(&self) -> &TimeZone {
        self.zone.as_ref().unwrap_or(&NEW_YORK)
    }

    /// The name of that time zone where it is not the market's.
    pub(crate) fn zone_name(&self) -> Option<&str> {
        self.zone.as_ref().and_then(TimeZone::iana_name)
    }

    /// Which language.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// A message that needs no values; the key itself when there is no such message.
    pub fn say(&self, key: &str) -> String {
        self.fill(key, [])
    }

    /// A message with its values by name, best written with [`say!`](crate::say).
    pub fn fill<const N: usize>(
        &self,
        key: &str,
        values: [(&'static str, FluentValue<'_>); N],
    ) -> String {
        let message = self.bundle.get_message(key);
        let Some(pattern) = message.and_then(|message| message.value()) else {
            debug_assert!(false, "no message {key}");
            return key.to_owned();
        };
        let values: FluentArgs<'_> = values.into_iter().collect();
        let mut faults = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&values), &mut faults);
        debug_assert!(faults.is_empty(), "message {key}: {faults:?}");
        text.into_owned()
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tuple = f.debug_tuple("Locale");
        tuple
            .field(&self.language)
            .field(&self.zone_name())
            .finish()
    }
}

/// The time zone of that name, where there is one and it is not the market's.
fn another(name: &str) -> Option<TimeZone> {
    let zone = time_zone(name)?;
    (zone.iana_name() != NEW_YORK.iana_name()).then_some(zone)
}

/// Numbers of a message as that language writes them; everything else as it is.
fn counted(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(number) => {
            figures::counted(number.value, &number.as_string(), language)
        }
        _ => None,
    }
}

/// A message of a [`Locale`] with its values: `say!(locale, "contracts", count = 3)`.
#[macro_export]
macro_rules! say {
    ($locale:expr, $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $locale.fill($key, [$((stringify!($name), $crate::FluentValue::from($value))),*])
    };
}
