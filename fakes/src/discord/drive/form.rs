//! Forms.

use serde_json::{Value, json};

use super::{Act, DriveError, User};
use crate::discord::world::Deed;

impl User {
    /// Fills in and sends the form that an interaction opened; the new interaction's id. Fields that are
    /// not named keep what the form put into them.
    ///
    /// # Errors
    ///
    /// The form is not open to this person, or a value is one that the person's client does not take.
    pub fn submits(&self, opened_by: u64, values: &[(&str, &str)]) -> Result<u64, DriveError> {
        let world = self.shared.world();
        let opener = world
            .interactions
            .get(&opened_by)
            .filter(|one| one.user == self.id);
        let opener = opener.ok_or(DriveError::NoForm(opened_by))?;
        let form = opener
            .callback
            .as_ref()
            .filter(|callback| callback.kind == 9)
            .map(|callback| &callback.data);
        let form = form.ok_or(DriveError::NoForm(opened_by))?;
        let rows = form["components"].as_array().map_or(&[][..], Vec::as_slice);
        let known = |name: &str| {
            rows.iter()
                .flat_map(fields)
                .any(|field| field["custom_id"] == name)
        };
        if let Some((foreign, _)) = values.iter().find(|(name, _)| !known(name)) {
            return Err(DriveError::Field(
                (*foreign).to_owned(),
                "not in the form".to_owned(),
            ));
        }
        let filled = rows
            .iter()
            .map(|row| fill(row, values))
            .collect::<Result<Vec<Value>, _>>()?;
        let data = json!({"custom_id": form["custom_id"], "components": filled});
        let (channel, source) = (opener.channel, opener.source);
        Ok(self.act(
            world,
            &Act {
                deed: Deed::Modal,
                channel,
                source,
                data,
            },
        ))
    }
}

/// The fields in a row of a form, or in a label around one.
fn fields(row: &Value) -> Vec<&Value> {
    row["components"]
        .as_array()
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .chain(row.get("component"))
        .collect()
}

fn fill(row: &Value, values: &[(&str, &str)]) -> Result<Value, DriveError> {
    let mut filled = Vec::new();
    for field in fields(row) {
        let name = field["custom_id"].as_str().unwrap_or("");
        let given = values
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| *value);
        let value = given.or(field["value"].as_str()).unwrap_or("");
        let length = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
        let (least, most) = (
            field["min_length"].as_u64().unwrap_or(0),
            field["max_length"].as_u64().unwrap_or(4000),
        );
        if field["required"] != false && value.is_empty() {
            return Err(DriveError::Field(
                name.to_owned(),
                "has to be filled in".to_owned(),
            ));
        }
        if !value.is_empty() && (length < least || length > most) {
            return Err(DriveError::Field(
                name.to_owned(),
                format!("{least} to {most} characters"),
            ));
        }
        filled.push(json!({"type": field["type"], "custom_id": name, "value": value, "id": 2}));
    }
    let id = json!(1);
    Ok(match filled.first() {
        Some(field) if row["type"] == 18 => json!({"type": 18, "component": field, "id": id}),
        _ => json!({"type": row["type"], "components": filled, "id": id}),
    })
}
