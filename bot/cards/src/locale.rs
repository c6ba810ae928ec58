//! A language: every sentence by its key, from files of messages.

use std::{
    fmt,
    sync::{Arc, LazyLock},
};

use fluent_bundle::{
    FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, types::FluentNumber,
};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language that every sentence is there in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// One language's sentences. Built once, then shared between threads.
pub struct Locale {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Locale {
    /// English.
    pub fn english() -> Self {
        Self::of(Language::English)
    }

    /// A language, from the file that is compiled in.
    pub fn of(language: Language) -> Self {
        let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolation marks are for mixed scripts; a terminal would show them.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| grouped(value)));
        // A test holds that no file has a fault; should one have any, what it can say it says.
        let resource = match FluentResource::try_new(language.messages().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
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

    /// The language of that tag, or else that one.
    pub fn told(tag: Option<&str>, usual: &Arc<Self>) -> Arc<Self> {
        match tag.and_then(Language::tagged) {
            Some(language) if language != usual.language => Self::shared(language),
            _ => usual.clone(),
        }
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
        f.debug_tuple("Locale").field(&self.language).finish()
    }
}

/// Whole numbers with a comma between thousands; everything else as it is.
fn grouped(value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(FluentNumber { value, .. }) if value.fract() == 0.0 => {
            crate::figures::measured(*value, 0)
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
