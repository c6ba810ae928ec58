//! What buttons, menus and layouts may be.

use std::collections::HashSet;

use serde_json::Value;

use crate::discord::refusal::Fault;

const ROW: u64 = 1;
const BUTTON: u64 = 2;
const LINK: u64 = 5;
const PREMIUM: u64 = 6;

/// Checks the components of a message. `v2`: the message has the flag for the newer layout.
pub(super) fn check(components: &Value, v2: bool, faults: &mut Vec<Fault>) {
    let Some(top) = components.as_array() else {
        return;
    };
    if !v2 {
        if top.len() > 5 {
            faults.push(Fault::at(
                "components",
                "BASE_TYPE_BAD_LENGTH",
                "Must be between 1 and 5 in length.",
            ));
        }
        for (index, one) in top.iter().enumerate().filter(|(_, one)| one["type"] != ROW) {
            let message = format!(
                "Value of field \"type\" must be one of (1,), not {}.",
                one["type"]
            );
            faults.push(Fault::at(
                &format!("components.{index}.type"),
                "BASE_TYPE_CHOICES",
                &message,
            ));
        }
    }
    let mut walk = Walk {
        faults,
        custom_ids: HashSet::new(),
        ids: HashSet::new(),
        count: 0,
    };
    walk.list(top, "components");
    let count = walk.count;
    if v2 && count > 40 {
        let message = "The total number of components must be 40 or fewer.";
        faults.push(Fault::at(
            "components",
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            message,
        ));
    }
}

struct Walk<'a> {
    faults: &'a mut Vec<Fault>,
    custom_ids: HashSet<String>,
    ids: HashSet<u64>,
    count: usize,
}

impl Walk<'_> {
    fn fault(&mut self, path: &str, code: &'static str, message: &str) {
        self.faults.push(Fault::at(path, code, message));
    }

    fn list(&mut self, components: &[Value], path: &str) {
        for (index, component) in components.iter().enumerate() {
            let path = format!("{path}.{index}");
            self.one(component, &path);
            if component["type"] == ROW {
                self.row(component, &path);
            }
            for inner in ["components", "accessory"] {
                match &component[inner] {
                    Value::Array(list) => self.list(list, &format!("{path}.{inner}")),
                    one @ Value::Object(_) => self.one(one, &format!("{path}.{inner}")),
                    _ => {}
                }
            }
        }
    }

    fn row(&mut self, row: &Value, path: &str) {
        let inside = row["components"].as_array().map_or(&[][..], Vec::as_slice);
        if inside.len() > 1 && inside.iter().any(|one| one["type"] != BUTTON) {
            let message = "A row holds buttons or one menu.";
            self.fault(
                &format!("{path}.components"),
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                message,
            );
        }
    }

    fn one(&mut self, component: &Value, path: &str) {
        self.count += 1;
        if let Some(custom_id) = component["custom_id"].as_str()
            && !self.custom_ids.insert(custom_id.to_owned())
        {
            let message = "Component custom id cannot be duplicated";
            self.fault(
                &format!("{path}.custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                message,
            );
        }
        // 0 asks the platform to number it.
        if let Some(id) = component["id"].as_u64().filter(|id| *id != 0)
            && !self.ids.insert(id)
        {
            self.fault(
                &format!("{path}.id"),
                "COMPONENT_ID_DUPLICATED",
                "Component id cannot be duplicated",
            );
        }
        if component["type"] == BUTTON {
            self.button(component, path);
        }
        if let Some(options) = component["options"].as_array() {
            self.options(component, options, path);
        }
    }

    fn button(&mut self, button: &Value, path: &str) {
        let style = button["style"].as_u64().unwrap_or(0);
        let has = |field: &str| !button[field].is_null();
        let needs = match style {
            LINK => "url",
            PREMIUM => "sku_id",
            _ => "custom_id",
        };
        if !has(needs) {
            let message = format!("A button of style {style} must have a {needs}");
            self.fault(&format!("{path}.{needs}"), "BASE_TYPE_REQUIRED", &message);
        }
        for foreign in ["custom_id", "url", "sku_id"] {
            if foreign != needs && has(foreign) {
                let message = "A custom id and url cannot both be specified";
                self.fault(
                    &format!("{path}.{foreign}"),
                    "COMPONENT_BUTTON_FIELDS_EXCLUSIVE",
                    message,
                );
            }
        }
        let labelled = button["label"]
            .as_str()
            .is_some_and(|label| !label.trim().is_empty());
        if style != PREMIUM && !labelled && !has("emoji") {
            self.fault(
                &format!("{path}.label"),
                "BASE_TYPE_REQUIRED",
                "A label or emoji is required",
            );
        }
    }

    fn options(&mut self, menu: &Value, options: &[Value], path: &str) {
        let mut seen = HashSet::new();
        for (index, option) in options.iter().enumerate() {
            if let Some(value) = option["value"].as_str()
                && !seen.insert(value)
            {
                let message = "The specified option value is already used";
                self.fault(
                    &format!("{path}.options.{index}.value"),
                    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    message,
                );
            }
        }
        if options.is_empty() || options.len() > 25 {
            self.fault(
                &format!("{path}.options"),
                "BASE_TYPE_BAD_LENGTH",
                "Must be between 1 and 25 in length.",
            );
        }
        let most = menu["max_values"].as_u64().unwrap_or(1);
        if most > u64::try_from(options.len()).unwrap_or(u64::MAX) {
            self.fault(
                &format!("{path}.max_values"),
                "NUMBER_TYPE_MAX",
                "More than there are options.",
            );
        }
    }
}
