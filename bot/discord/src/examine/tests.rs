//! Tests of rights, by the platform's order.

use serde_json::json;

use super::{Spot, may, spot};

const GUILD: u64 = 1;
const BOT: u64 = 2;
const ROLE: u64 = 3;

/// View, send, embed, history; files, threads, pins.
const NEEDED: u64 = (1 << 10) | (1 << 11) | (1 << 14) | (1 << 16);
const WANTED: u64 = (1 << 15) | (1 << 35) | (1 << 38) | (1 << 51);

/// What is found where everybody, and the bot's role, have these rights and the channel these exceptions.
fn found(everybody: u64, role: u64, overwrites: &[(u64, u64, u64)]) -> Spot {
    let roles = json!([
        {"id": GUILD.to_string(), "permissions": everybody.to_string()},
        {"id": ROLE.to_string(), "permissions": role.to_string()},
        {"id": "9", "permissions": u64::MAX.to_string()},
    ]);
    let member = json!({"roles": [ROLE.to_string()]});
    let overwrites: Vec<_> = overwrites
        .iter()
        .map(|(id, allow, deny)| json!({"id": id.to_string(), "allow": allow.to_string(), "deny": deny.to_string()}))
        .collect();
    let place = json!({"permission_overwrites": overwrites});
    spot(may(GUILD, BOT, (&member, &roles, &place)))
}

#[test]
fn rights_add_up_from_roles_and_the_channel_has_the_last_word_nearest_first() {
    let open = Spot::Open { missing: vec![] };
    assert_eq!(found(NEEDED, WANTED, &[]), open);
    let without_pins = Spot::Open {
        missing: vec!["Pin Messages"],
    };
    assert_eq!(found(NEEDED, WANTED & !(1 << 51), &[]), without_pins);
    let mute = Spot::Shut {
        missing: vec!["Send Messages"],
    };
    let everybody = (GUILD, 0, 1 << 11);
    assert_eq!(found(NEEDED, WANTED, &[everybody]), mute);
    let role = (ROLE, 1 << 11, 0);
    assert_eq!(found(NEEDED, WANTED, &[everybody, role]), open);
    let bot = (BOT, 0, 1 << 11);
    assert_eq!(found(NEEDED, WANTED, &[everybody, role, bot]), mute);
    let other = (9, 0, u64::MAX);
    assert_eq!(found(NEEDED, WANTED, &[other]), open);
    assert_eq!(found(0, 1 << 3, &[everybody]), open, "an administrator");
}
