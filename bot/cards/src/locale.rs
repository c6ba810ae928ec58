//! A language: every sentence by its key, from files of messages.

use std::fmt;

use fluent_bundle::{
    FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, types::FluentNumber,
};
use unic_langid::LanguageIdentifier;

/// The English messages: one file for the cards, and one for each surface with words of its own.
const ENGLISH: [&str; 1] = [include_str!("../locales/en.ftl")];

/// One language's sentences. Built once, then shared between threads.
pub struct Locale {
    bundle: FluentBundle<FluentResource>,
}

impl Locale {
    /// English, from the files that are compiled in.
    pub fn english() -> Self {
        Self::of("en-US", &ENGLISH)
    }

    fn of(tag: &str, files: &[&str]) -> Self {
        let tag: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolation marks are for mixed scripts; a terminal would show them.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| grouped(value)));
        // A test holds that no file has a fault; should one have any, what it can say it says.
        for messages in files {
            let resource = match FluentResource::try_new((*messages).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { bundle }
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
        let tag = self.bundle.locales.first().map(ToString::to_string);
        f.debug_tuple("Locale").field(&tag).finish()
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
