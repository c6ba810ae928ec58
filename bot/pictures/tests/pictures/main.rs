//! Pictures are looked at pixel by pixel.

mod anything;
mod given;
mod pixels;
mod seen;
