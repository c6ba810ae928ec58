//! A form as it was posted: exactly the fields that it has, each once.

use axum::{
    extract::{Form, FromRequest, Request, rejection::FormRejection},
    http::StatusCode,
};
use serde::de::DeserializeOwned;

use crate::{console::Room, fault::Fault};

/// The fields of a form. A field too many, too few or twice is a [`Fault::Form`].
pub(crate) struct Posted<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Room> for Posted<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, room: &Room) -> Result<Self, Fault> {
        match Form::<T>::from_request(request, room).await {
            Ok(Form(form)) => Ok(Self(form)),
            Err(FormRejection::BytesRejection(why))
                if why.status() == StatusCode::PAYLOAD_TOO_LARGE =>
            {
                Err(Fault::TooLarge)
            }
            Err(_) => Err(Fault::Form),
        }
    }
}
