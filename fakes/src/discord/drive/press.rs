//! Buttons and menus.

use serde_json::{Value, json};

use super::{Act, DriveError, User};
use crate::discord::world::{Deed, Message, World};

const BUTTON: u64 = 2;

impl User {
    /// Presses a button, named by its `custom_id` or by what is written on it; the interaction's id.
    ///
    /// # Errors
    ///
    /// The person does not see the message, or no such button is on it now, or it cannot be pressed.
    pub fn presses(&self, message: u64, button: &str) -> Result<u64, DriveError> {
        let world = self.shared.world();
        let seen = self.sees(&world, message)?;
        let all = interactive(&seen.components);
        let named = |one: &&Value| one["custom_id"] == button || one["label"] == button;
        let found = all
            .iter()
            .copied()
            .filter(|one| one["type"] == BUTTON)
            .find(named);
        let Some(found) = found else {
            return Err(missing(button, seen));
        };
        let Some(custom_id) = found["custom_id"]
            .as_str()
            .filter(|_| found["disabled"] != true)
        else {
            return Err(DriveError::Disabled(button.to_owned()));
        };
        let data = json!({"component_type": BUTTON, "custom_id": custom_id, "id": found["id"]});
        Ok(self.use_component(world, message, data))
    }

    /// Presses a button that may have gone in the meantime: the person's client had not heard of it yet.
    ///
    /// # Errors
    ///
    /// The message never had such a button.
    pub fn presses_late(&self, message: u64, button: &str) -> Result<u64, DriveError> {
        let world = self.shared.world();
        let known = world
            .messages
            .get(&message)
            .ok_or(DriveError::Message(message))?;
        let named = |one: &&Value| one["custom_id"] == button || one["label"] == button;
        let shown = known.looks.iter().rev();
        let found = shown
            .flat_map(|look| interactive(&look.components))
            .find(named)
            .cloned();
        let Some(found) = found else {
            return Err(missing(button, known));
        };
        let data =
            json!({"component_type": BUTTON, "custom_id": found["custom_id"], "id": found["id"]});
        Ok(self.use_component(world, message, data))
    }

    /// Sends a press that no button has: a changed client. The platform lets it through for a message
    /// that exists.
    ///
    /// # Errors
    ///
    /// There is no such message.
    pub fn forges_press(&self, message: u64, custom_id: &str) -> Result<u64, DriveError> {
        let world = self.shared.world();
        world
            .messages
            .get(&message)
            .ok_or(DriveError::Message(message))?;
        let data = json!({"component_type": BUTTON, "custom_id": custom_id, "id": 1});
        Ok(self.use_component(world, message, data))
    }

    /// Chooses in a menu; the interaction's id.
    ///
    /// # Errors
    ///
    /// No such menu is on the message, or it does not offer that.
    pub fn chooses(&self, message: u64, menu: &str, values: &[&str]) -> Result<u64, DriveError> {
        let world = self.shared.world();
        let seen = self.sees(&world, message)?;
        let all = interactive(&seen.components);
        let found = all
            .iter()
            .copied()
            .filter(|one| one["type"] != BUTTON)
            .find(|one| one["custom_id"] == menu);
        let Some(found) = found else {
            return Err(missing(menu, seen));
        };
        if found["disabled"] == true {
            return Err(DriveError::Disabled(menu.to_owned()));
        }
        let offers = |value: &str| {
            let mut options = found["options"].as_array().into_iter().flatten();
            !found["options"].is_array() || options.any(|option| option["value"] == value)
        };
        if let Some(foreign) = values.iter().find(|value| !offers(value)) {
            return Err(DriveError::Option(
                menu.to_owned(),
                format!("{foreign} is not offered"),
            ));
        }
        let (least, most) = (
            found["min_values"].as_u64().unwrap_or(1),
            found["max_values"].as_u64().unwrap_or(1),
        );
        let count = u64::try_from(values.len()).unwrap_or(u64::MAX);
        if count < least || count > most {
            return Err(DriveError::Option(
                menu.to_owned(),
                format!("{least} to {most} can be chosen"),
            ));
        }
        let data = json!({
            "component_type": found["type"], "custom_id": menu, "id": found["id"], "values": values, "resolved": {},
        });
        Ok(self.use_component(world, message, data))
    }

    fn use_component(
        &self,
        world: std::sync::MutexGuard<'_, World>,
        message: u64,
        data: Value,
    ) -> u64 {
        let channel = world
            .messages
            .get(&message)
            .map_or(0, |message| message.channel);
        self.act(
            world,
            &Act {
                deed: Deed::Component,
                channel,
                source: Some(message),
                data,
            },
        )
    }
}

/// Everything that can be pressed or chosen from, in the order in which it is shown.
pub(in crate::discord) fn interactive(components: &[Value]) -> Vec<&Value> {
    let mut found = Vec::new();
    for component in components {
        if matches!(component["type"].as_u64(), Some(2..=8)) {
            found.push(component);
        }
        if let Some(inner) = component["components"].as_array() {
            found.extend(interactive(inner));
        }
        if component["accessory"].is_object() {
            found.extend(interactive(std::slice::from_ref(&component["accessory"])));
        }
    }
    found
}

fn missing(wanted: &str, message: &Message) -> DriveError {
    let name = |one: &&Value| {
        one["label"]
            .as_str()
            .or(one["custom_id"].as_str())
            .unwrap_or("?")
            .to_owned()
    };
    let there = interactive(&message.components).iter().map(name).collect();
    DriveError::NoComponent {
        wanted: wanted.to_owned(),
        there,
    }
}
