//! What a keyboard may be, beyond what the specification's types say.

use serde_json::Value;

use crate::telegram::args::Args;
use crate::telegram::refusal::Refusal;

/// The most buttons of a message, and of one row.
const MOST: usize = 100;
const MOST_IN_A_ROW: usize = 8;

/// Fields of a button that say how it looks and not what it does.
const LOOKS: [&str; 3] = ["text", "icon_custom_emoji_id", "style"];

/// A call's `reply_markup`: the rows of an inline keyboard, or any other markup.
///
/// # Errors
/// Buttons that do nothing or two things, bad callback data, and too many of them are refused.
pub(super) fn of_args(args: &Args) -> Result<(Option<Value>, Option<Value>), Refusal> {
    let Some(markup) = args.get("reply_markup") else {
        return Ok((None, None));
    };
    let Some(rows) = markup.get("inline_keyboard") else {
        return Ok((None, Some(markup.clone())));
    };
    let mut count = 0;
    for row in rows.as_array().into_iter().flatten() {
        let row = row.as_array().map(Vec::as_slice).unwrap_or_default();
        if row.len() > MOST_IN_A_ROW {
            return Err(Refusal::wrong("BUTTON_ROW_TOO_LONG"));
        }
        count += row.len();
        row.iter().try_for_each(check)?;
    }
    if count > MOST {
        return Err(Refusal::wrong("REPLY_MARKUP_TOO_LONG"));
    }
    // An empty keyboard is none.
    Ok(((count > 0).then(|| rows.clone()), None))
}

fn check(button: &Value) -> Result<(), Refusal> {
    let text = button["text"].as_str().unwrap_or_default();
    if text.trim().is_empty() {
        let what = "can't parse inline keyboard button: Text must be non-empty";
        return Err(Refusal::wrong(what));
    }
    let keys = button.as_object().into_iter().flat_map(|it| it.keys());
    let does = keys.filter(|it| !LOOKS.contains(&it.as_str())).count();
    if does != 1 {
        let what =
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard";
        return Err(Refusal::wrong(what));
    }
    if let Some(style) = button["style"].as_str()
        && !["danger", "success", "primary"].contains(&style)
    {
        return Err(Refusal::wrong(
            "can't parse inline keyboard button: invalid style",
        ));
    }
    if let Some(data) = button["callback_data"].as_str()
        && !(1..=64).contains(&data.len())
    {
        return Err(Refusal::wrong("BUTTON_DATA_INVALID"));
    }
    let schemes = ["http://", "https://", "tg://"];
    if let Some(url) = button["url"].as_str()
        && !schemes
            .iter()
            .any(|it| url.starts_with(it) && url.len() > it.len())
    {
        let what = format!("inline keyboard button URL '{url}' is invalid: Wrong HTTP URL");
        return Err(Refusal::wrong(what));
    }
    Ok(())
}
