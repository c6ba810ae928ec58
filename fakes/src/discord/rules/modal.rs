//! What a form and a list of choices may be.

use std::collections::HashSet;

use serde_json::Value;

use crate::discord::refusal::Fault;

/// Checks the `data` of a callback that opens a form.
pub(crate) fn check_modal(data: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    let rows = data["components"].as_array().map_or(&[][..], Vec::as_slice);
    if rows.is_empty() || rows.len() > 5 {
        let message = "Must be between 1 and 5 in length.";
        faults.push(Fault::at(
            "data.components",
            "BASE_TYPE_BAD_LENGTH",
            message,
        ));
    }
    let mut seen = HashSet::new();
    for (index, row) in rows.iter().enumerate() {
        let path = format!("data.components.{index}");
        let inside = row["components"].as_array();
        if row["type"] == 1 && inside.is_some_and(|inside| inside.len() != 1) {
            let message = "A row of a form holds one field.";
            faults.push(Fault::at(
                &format!("{path}.components"),
                "BASE_TYPE_BAD_LENGTH",
                message,
            ));
        }
        let fields = inside
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .chain(row.get("component"));
        for field in fields {
            check_field(field, row["type"] == 1, &path, &mut faults);
            let custom_id = field["custom_id"].as_str().unwrap_or("");
            if !seen.insert(custom_id.to_owned()) {
                let message = "Component custom id cannot be duplicated";
                faults.push(Fault::at(
                    &format!("{path}.custom_id"),
                    "COMPONENT_CUSTOM_ID_DUPLICATED",
                    message,
                ));
            }
        }
    }
    faults
}

fn check_field(field: &Value, in_row: bool, path: &str, faults: &mut Vec<Fault>) {
    if in_row && field["label"].as_str().is_none_or(str::is_empty) {
        faults.push(Fault::at(
            &format!("{path}.label"),
            "BASE_TYPE_REQUIRED",
            "This field is required",
        ));
    }
    let (least, most) = (
        field["min_length"].as_u64().unwrap_or(0),
        field["max_length"].as_u64().unwrap_or(4000),
    );
    if least > most {
        let message = "min_length is above max_length.";
        faults.push(Fault::at(
            &format!("{path}.min_length"),
            "NUMBER_TYPE_MAX",
            message,
        ));
    }
    let length = field["value"].as_str().map(|value| value.chars().count());
    let length = length.and_then(|length| u64::try_from(length).ok());
    if length.is_some_and(|length| length > most || (length > 0 && length < least)) {
        let message = format!("Must be between {least} and {most} in length.");
        faults.push(Fault::at(
            &format!("{path}.value"),
            "BASE_TYPE_BAD_LENGTH",
            &message,
        ));
    }
}

/// Checks the choices of an autocomplete answer: `wanted` is the type of the option that is written.
pub(crate) fn check_choices(data: &Value, wanted: u64) -> Vec<Fault> {
    let mut faults = Vec::new();
    let choices = data["choices"].as_array().map_or(&[][..], Vec::as_slice);
    if choices.len() > 25 {
        let message = "Must be 25 or fewer in length.";
        faults.push(Fault::at("data.choices", "BASE_TYPE_MAX_LENGTH", message));
    }
    for (index, choice) in choices.iter().enumerate() {
        let path = format!("data.choices.{index}");
        let name = choice["name"]
            .as_str()
            .map_or(0, |name| name.chars().count());
        if name == 0 || name > 100 {
            let message = "Must be between 1 and 100 in length.";
            faults.push(Fault::at(
                &format!("{path}.name"),
                "BASE_TYPE_BAD_LENGTH",
                message,
            ));
        }
        let value = &choice["value"];
        let fits = match wanted {
            3 => value
                .as_str()
                .is_some_and(|text| text.chars().count() <= 100),
            4 => value.is_i64() || value.is_u64(),
            _ => value.is_number(),
        };
        if !fits {
            let message = "The value is not of the option's type, or too long.";
            faults.push(Fault::at(
                &format!("{path}.value"),
                "BASE_TYPE_BAD_LENGTH",
                message,
            ));
        }
    }
    faults
}
