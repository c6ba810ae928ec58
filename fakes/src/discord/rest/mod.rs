//! The REST interface: what every request goes through.

mod admit;
mod call;
mod channels;
mod commands;
mod guilds;
mod interactions;
mod messages;
mod pins;
mod threads;
mod webhooks;
mod write;
mod written;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::response::Response;
use serde_json::{Value, json};

pub(crate) use call::{Call, Heard, Upload};
pub(crate) use interactions::call_back;

use admit::admit;
use written::{bare, dated, refused, too_much_response, written};

use super::clock::pause;
use super::faults::Trouble;
use super::limits::TooMuch;
use super::record;
use super::refusal::{Fault, Refusal, Violation};
use super::schema::{Names, check};
use super::server::Scissors;
use super::shared::Shared;
use super::spec::{NoOperation, Operation};
use super::world::World;

/// What a handler answers: no body is 204.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Reply {
    pub(crate) fn ok(body: Value) -> Self {
        Self { status: 200, body }
    }

    pub(crate) fn created(body: Value) -> Self {
        Self { status: 201, body }
    }

    pub(crate) fn nothing() -> Self {
        Self {
            status: 204,
            body: Value::Null,
        }
    }
}

/// Why there is no reply.
enum Stop {
    Refused(Refusal),
    TooMuch(TooMuch, u32),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Answers one request, whose path starts after `/api/v10`.
pub(crate) async fn answer(
    shared: Arc<Shared>,
    scissors: Scissors,
    path: String,
    request: Request,
) -> Response {
    let began_us = shared.clock.now_us();
    let Ok(heard) = Heard::read(path, request).await else {
        return scissors.cut().await;
    };
    let operation = shared.spec.operation(&heard.method, &heard.path);
    let name = operation
        .as_ref()
        .map_or("", |operation| operation.id.as_str())
        .to_owned();
    let trouble = shared.world().faults.take(&name);
    let (response, status, code) = match &trouble {
        Some(Trouble::Cut) => (None, 0, None),
        Some(Trouble::Silence(time)) => {
            pause(*time).await;
            (Some(bare(504)), 504, None)
        }
        Some(Trouble::Status(status)) => (Some(bare(*status)), *status, None),
        Some(Trouble::RateLimited {
            retry_after,
            global,
        }) => {
            let retry_after_us = super::clock::micros(*retry_after);
            let too_much = TooMuch {
                retry_after_us,
                global: *global,
                passed: None,
            };
            (Some(too_much_response(&too_much, 0)), 429, None)
        }
        Some(Trouble::Refuse(refusal)) => {
            (Some(refused(refusal)), refusal.status, Some(refusal.code))
        }
        Some(Trouble::DoneBut(status)) => {
            perform(&shared, &heard, operation);
            (Some(bare(*status)), *status, None)
        }
        Some(Trouble::LoseAnswer | Trouble::Late(_)) | None => perform(&shared, &heard, operation),
    };
    let lost = matches!(trouble, Some(Trouble::LoseAnswer)) || response.is_none();
    if let Some(Trouble::Late(time)) = trouble {
        pause(time).await;
    }
    note(
        &shared,
        heard,
        name,
        (if lost { 0 } else { status }, code),
        began_us,
    );
    match response {
        Some(mut response) if !lost => {
            dated(&mut response, shared.clock.now_us());
            response
        }
        _ => scissors.cut().await,
    }
}

fn note(
    shared: &Shared,
    heard: Heard,
    operation: String,
    ended: (u16, Option<u32>),
    began_us: i64,
) {
    let at_us = shared.clock.now_us();
    let took = Duration::from_micros(u64::try_from(at_us - began_us).unwrap_or(0));
    let (status, code) = ended;
    let (method, path, body) = (heard.method, heard.path, heard.body);
    let request = record::Request {
        at_us,
        method,
        path,
        operation,
        body,
        status,
        code,
        took,
    };
    shared.world().log.requests.push(request);
    shared.touch();
}

fn perform(
    shared: &Shared,
    heard: &Heard,
    operation: Result<Operation, NoOperation>,
) -> (Option<Response>, u16, Option<u32>) {
    let outcome = operation
        .map_err(|why| Stop::Refused(no_operation(why)))
        .and_then(|operation| {
            let passed = admit(shared, heard, &operation)?;
            let call = validate(shared, heard, operation)?;
            let mut world = shared.world();
            let reply = world.handle(&call)?;
            shared.check_own(&mut world, &call, &reply);
            Ok((reply, passed))
        });
    match outcome {
        Ok((reply, passed)) => {
            let status = reply.status;
            (Some(written(reply, passed.as_ref())), status, None)
        }
        Err(Stop::Refused(refusal)) => {
            if refusal.blame {
                shared.world().log.violations.push(Violation {
                    place: format!("{} {}", heard.method, heard.path),
                    code: refusal.code,
                    message: refusal.message.clone(),
                    detail: json!({"errors": refusal.errors, "sent": heard.body}),
                });
            }
            (Some(refused(&refusal)), refusal.status, Some(refusal.code))
        }
        Err(Stop::TooMuch(too_much, code)) => {
            (Some(too_much_response(&too_much, code)), 429, Some(code))
        }
    }
}

fn no_operation(why: NoOperation) -> Refusal {
    match why {
        NoOperation::Path => Refusal::blame(404, 0, "404: Not Found"),
        NoOperation::Method => Refusal::blame(405, 0, "405: Method Not Allowed"),
    }
}

impl World {
    pub(crate) fn blame_path(&mut self, method: &str, path: &str) {
        let message = "404: Not Found".to_owned();
        self.log.violations.push(Violation {
            place: format!("{method} {path}"),
            code: 0,
            message,
            detail: Value::Null,
        });
    }

    fn handle(&mut self, call: &Call) -> Result<Reply, Refusal> {
        let family = [
            messages::handle,
            interactions::handle,
            webhooks::handle,
            commands::handle,
            pins::handle,
            threads::handle,
            channels::handle,
            guilds::handle,
        ];
        for handle in family {
            if let Some(reply) = handle(self, call) {
                return reply;
            }
        }
        Err(Refusal::blame(
            404,
            0,
            "This route of the platform is not part of this fake.",
        ))
    }
}

/// What was sent, checked against the platform's document.
fn validate(shared: &Shared, heard: &Heard, operation: Operation) -> Result<Call, Refusal> {
    let spec = &shared.spec;
    let mut faults = Vec::new();
    for (name, schema, _) in spec.parameters(&operation, "path") {
        let value = operation
            .path
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value);
        faults.extend(under(
            name,
            check(spec, schema, &Value::from(value), Names::Any),
        ));
    }
    let known = spec.parameters(&operation, "query");
    for (name, value) in &heard.query {
        match known.iter().find(|(known, ..)| known == name) {
            Some((_, schema, _)) => {
                let value = call::typed(value, schema);
                faults.extend(under(name, check(spec, schema, &value, Names::Any)));
            }
            None => faults.push(Fault::at(name, "UNKNOWN_FIELD", "No such parameter here.")),
        }
    }
    let missing = known
        .iter()
        .filter(|(name, _, required)| *required && !heard.query.iter().any(|(one, _)| one == name));
    faults.extend(
        missing.map(|(name, ..)| Fault::at(name, "BASE_TYPE_REQUIRED", "This field is required")),
    );
    let described = &spec.described(&operation)["requestBody"];
    if described.is_object() {
        if heard.unreadable {
            return Err(Refusal::blame(
                400,
                50109,
                "The request body contains invalid JSON.",
            ));
        }
        let schema = &described["content"]["application/json"]["schema"];
        if !heard.body.is_null() || described["required"] == true {
            faults.extend(check(spec, schema, &heard.body, Names::Known));
        }
    }
    if !faults.is_empty() {
        return Err(Refusal::form(&faults));
    }
    Ok(Call {
        operation,
        query: heard.query.clone(),
        body: heard.body.clone(),
        files: heard.files.clone(),
    })
}

fn under(name: &str, faults: Vec<Fault>) -> impl Iterator<Item = Fault> + use<'_> {
    faults.into_iter().map(|mut fault| {
        fault.path.insert(0, name.to_owned());
        fault
    })
}

impl Shared {
    /// The fake's own answers have to fit the platform's document too.
    fn check_own(&self, world: &mut World, call: &Call, reply: &Reply) {
        let responses = &self.spec.described(&call.operation)["responses"];
        let described = &responses[reply.status.to_string()];
        if !described.is_object() {
            let mistake = format!(
                "{}: status {} is not described",
                call.operation.id, reply.status
            );
            return world.log.own_mistakes.push(mistake);
        }
        let schema = &described["content"]["application/json"]["schema"];
        if schema.is_object() {
            for fault in check(&self.spec, schema, &reply.body, Names::Any) {
                let mistake = format!(
                    "{}: {}: {}",
                    call.operation.id,
                    fault.path.join("."),
                    fault.message
                );
                world.log.own_mistakes.push(mistake);
            }
        }
    }
}
