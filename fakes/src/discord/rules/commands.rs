//! What a slash command may be called and ask for.

use std::collections::HashSet;

use serde_json::Value;

use crate::discord::refusal::Fault;

const SUB_COMMAND: u64 = 1;
const SUB_COMMAND_GROUP: u64 = 2;
/// String, integer, number: the kinds that can have choices or autocomplete.
const WITH_CHOICES: [u64; 3] = [3, 4, 10];

/// Checks a list of commands as it is registered at once; `path` of the first is `0`.
pub(crate) fn check_commands(commands: &[Value]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut names = HashSet::new();
    for (index, command) in commands.iter().enumerate() {
        let path = index.to_string();
        let kind = command["type"].as_u64().unwrap_or(1);
        let name = command["name"].as_str().unwrap_or("");
        if !names.insert((kind, name)) {
            let message = "Application command names must be unique";
            faults.push(Fault::at(
                &path,
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                message,
            ));
        }
        let description = command["description"].as_str().unwrap_or("");
        if kind == 1 {
            check_name(name, &format!("{path}.name"), &mut faults);
            if description.is_empty() {
                let path = format!("{path}.description");
                faults.push(Fault::at(
                    &path,
                    "BASE_TYPE_REQUIRED",
                    "This field is required",
                ));
            }
        } else if !description.is_empty() {
            let message = "Context menu commands cannot have description";
            let path = format!("{path}.description");
            faults.push(Fault::at(
                &path,
                "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_BE_SET",
                message,
            ));
        }
        check_options(command, &path, &mut faults);
        if weight(command) > 8000 {
            let message = "Command exceeds maximum size (8000)";
            faults.push(Fault::at(&path, "APPLICATION_COMMAND_TOO_LARGE", message));
        }
    }
    let slash = commands
        .iter()
        .filter(|one| one["type"].as_u64().unwrap_or(1) == 1)
        .count();
    if slash > 100 {
        faults.push(Fault::at(
            "",
            "BASE_TYPE_MAX_LENGTH",
            "Maximum number of application commands reached (100).",
        ));
    }
    faults
}

/// Lower case letters, digits, `-`, `_` and `'` of any script, 1 to 32 of them.
fn check_name(name: &str, path: &str, faults: &mut Vec<Fault>) {
    let length = name.chars().count();
    let fits = |letter: char| {
        let cased = letter.to_lowercase().ne(std::iter::once(letter));
        matches!(letter, '-' | '_' | '\'') || (letter.is_alphanumeric() && !cased)
    };
    if length == 0 || length > 32 || !name.chars().all(fits) {
        let message = "Command name is invalid";
        faults.push(Fault::at(path, "APPLICATION_COMMAND_INVALID_NAME", message));
    }
}

fn check_options(owner: &Value, path: &str, faults: &mut Vec<Fault>) {
    let options = owner["options"].as_array().map_or(&[][..], Vec::as_slice);
    let (mut names, mut optional_seen) = (HashSet::new(), false);
    let nests = |option: &Value| {
        matches!(
            option["type"].as_u64(),
            Some(SUB_COMMAND | SUB_COMMAND_GROUP)
        )
    };
    if options.iter().any(nests) && !options.iter().all(nests) {
        let message = "Sub-command and sub-command group option types are mutually exclusive to all other types";
        faults.push(Fault::at(
            &format!("{path}.options"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            message,
        ));
    }
    for (index, option) in options.iter().enumerate() {
        let path = format!("{path}.options.{index}");
        let name = option["name"].as_str().unwrap_or("");
        check_name(name, &format!("{path}.name"), faults);
        if !names.insert(name) {
            let message = "Option name must be unique";
            faults.push(Fault::at(
                &path,
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                message,
            ));
        }
        let required = option["required"] == true;
        if required && optional_seen {
            let message = "Required options must be placed before non-required options";
            faults.push(Fault::at(
                &path,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                message,
            ));
        }
        optional_seen |= !required && !nests(option);
        check_one(option, &path, faults);
        check_options(option, &path, faults);
    }
}

fn check_one(option: &Value, path: &str, faults: &mut Vec<Fault>) {
    let has_choices = option["choices"]
        .as_array()
        .is_some_and(|choices| !choices.is_empty());
    let completes = option["autocomplete"] == true;
    let kind = option["type"].as_u64().unwrap_or(0);
    if has_choices && completes {
        let message = "Autocomplete and choices cannot both be set";
        faults.push(Fault::at(
            path,
            "APPLICATION_COMMAND_OPTIONS_CHOICES_AND_AUTOCOMPLETE",
            message,
        ));
    }
    if (has_choices || completes) && !WITH_CHOICES.contains(&kind) {
        let message = "Options of this type cannot have choices or autocomplete";
        faults.push(Fault::at(
            path,
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            message,
        ));
    }
    let mut names = HashSet::new();
    for (index, choice) in option["choices"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
    {
        if !names.insert(choice["name"].as_str().unwrap_or("")) {
            let path = format!("{path}.choices.{index}");
            let message = "Option choice name already exists";
            faults.push(Fault::at(
                &path,
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                message,
            ));
        }
    }
}

/// Characters of names, descriptions and values of a command with all its options.
fn weight(part: &Value) -> usize {
    let of = |text: &Value| text.as_str().map_or(0, |text| text.chars().count());
    let inner = |list: &str| {
        part[list]
            .as_array()
            .into_iter()
            .flatten()
            .map(weight)
            .sum::<usize>()
    };
    of(&part["name"])
        + of(&part["description"])
        + of(&part["value"])
        + inner("options")
        + inner("choices")
}
