//! What a test makes go wrong, and how it turns the platform's screws.

use std::time::Duration;

use serde_json::Value;

use super::faults::Trouble;
use super::limits::Allowance;
use super::{DiscordFake, StartError};

impl DiscordFake {
    /// The next `times` requests to an operation (the platform's name of it, such as `create_message`)
    /// meet this trouble.
    ///
    /// # Errors
    ///
    /// The platform has no operation of that name.
    pub fn trouble(
        &self,
        operation: &str,
        times: usize,
        trouble: &Trouble,
    ) -> Result<(), StartError> {
        if !self.shared.spec.has_operation(operation) {
            return Err(StartError::Operation(operation.to_owned()));
        }
        self.shared.world().faults.add(operation, times, trouble);
        Ok(())
    }

    /// The next `times` interactions are sent twice over the gateway.
    pub fn double_interactions(&self, times: u32) {
        self.shared.world().faults.doubled = times;
    }

    /// The next `times` interactions come after the one that follows them.
    pub fn reorder_interactions(&self, times: u32) {
        self.shared.world().faults.overtaken = times;
    }

    /// The next `times` interactions come in a shape that nobody can read.
    pub fn garble_interactions(&self, times: u32) {
        self.shared.world().faults.unreadable = times;
    }

    /// Somebody deletes a message.
    pub fn delete_message(&self, message: u64) {
        self.shared.world().remove(message);
        self.shared.touch();
    }

    /// Somebody deletes a channel or a thread.
    pub fn delete_channel(&self, channel: u64) {
        self.shared.world().delete_channel(channel);
        self.shared.touch();
    }

    /// The gateway asks every client to reconnect (op 7).
    pub fn ask_reconnect(&self) {
        self.shared.world().gateway.ask_reconnect();
    }

    /// The gateway calls every session invalid (op 9).
    pub fn invalidate_sessions(&self, resumable: bool) {
        self.shared.world().gateway.invalidate(resumable);
    }

    /// The gateway forgets all sessions: the next resume is answered with op 9.
    pub fn forget_sessions(&self) {
        let mut world = self.shared.world();
        world.gateway.cut();
        world.gateway.sessions.clear();
    }

    /// Every socket of the gateway is cut without a word; sessions can be resumed.
    pub fn cut_gateway(&self) {
        self.shared.world().gateway.cut();
    }

    /// Every socket of the gateway is closed with this code.
    pub fn close_gateway(&self, code: u16) {
        self.shared.world().gateway.close(code);
    }

    /// Heartbeats are no longer acknowledged (or again): the connection is a zombie.
    pub fn mute_heartbeats(&self, mute: bool) {
        self.shared.world().faults.mute_acks = mute;
    }

    /// The connections of now are told nothing any more of what happens, though their heartbeats are
    /// acknowledged. A resume tells it.
    pub fn deafen_connections(&self) {
        for session in &mut self.shared.world().gateway.sessions {
            session.deaf = true;
        }
    }

    /// Nobody is told anything of what happens (or again), though connections begin and heartbeats are
    /// acknowledged.
    pub fn keep_events(&self, keep: bool) {
        self.shared.world().gateway.keeps = keep;
    }

    /// Tells an event of any name to every session.
    pub fn tell_event(&self, name: &str, payload: &Value) {
        let guild = self.guild;
        self.shared.world().dispatch(name, guild, payload);
    }

    /// Sends any JSON on every socket of the gateway.
    pub fn tell_raw(&self, payload: &Value) {
        self.shared.world().gateway.raw(payload);
    }

    /// How often clients have to send a heartbeat, from the next connection on.
    pub fn set_heartbeat(&self, every: Duration) {
        self.shared.world().gateway.heartbeat = every;
    }

    /// How many sessions may still be started today.
    pub fn set_identify_budget(&self, left: u32) {
        self.shared.world().gateway.budget_left = left;
    }

    /// From so long on as many sessions may be started as in the beginning; in hours, when nothing is said.
    pub fn reset_identify_budget_in(&self, time: Duration) {
        let mut world = self.shared.world();
        world.gateway.budget_resets_us = world.now() + super::clock::micros(time);
    }

    /// The time between two identifies that the platform asks for; 5 s as it starts.
    pub fn set_identify_interval(&self, every: Duration) {
        self.shared.world().gateway.identify_every = every;
    }

    /// Grants privileged intents, as the platform's portal does.
    pub fn grant_intents(&self, intents: u64) {
        self.shared.world().gateway.granted_intents |= intents;
    }

    /// Rate limits on or off.
    pub fn limit_rates(&self, on: bool) {
        self.shared.world().limits.on = on;
    }

    /// Another allowance for a bucket: an operation's name, or [`super::OLD_EDITS`].
    pub fn set_allowance(&self, bucket: &str, allowance: Allowance) {
        self.shared.world().limits.set(bucket, allowance);
    }

    /// Another allowance over all routes.
    pub fn set_global_allowance(&self, allowance: Allowance) {
        self.shared.world().limits.set_global(allowance);
    }

    /// Moves the platform's clock ahead: messages grow old, tokens end, windows of limits pass.
    pub fn advance(&self, by: Duration) {
        self.shared.clock.advance(by);
        self.shared.touch();
    }

    /// The bot's token stops to count; the new one.
    pub fn reset_token(&self) -> String {
        let mut world = self.shared.world();
        let token = format!("{}.new", world.token);
        world.token.clone_from(&token);
        world.gateway.close(4004);
        token
    }
}
