//! Pictures of cards, as PNG; pure.
//!
//! [`payoff`] draws a ticket, and once something of it is held the position; [`position`] a position
//! by itself. A picture has the profit at expiry after fees, and where the stored figures tell the
//! volatility also the profit now (Black-Scholes without interest and dividends) and the band of one
//! standard deviation. What they do not tell is left out.
//!
//! The same view gives the same bytes. Words are those of `countersign-cards`; the letters are a
//! subset of the typeface Inter, under the SIL Open Font License (`fonts/OFL.txt`).

mod axis;
mod drawing;
mod labels;
mod market;
mod raster;
mod scene;
mod svg;

use countersign_cards::Locale;
use countersign_domain::view::{Header, PositionView, TicketView};

use scene::Scene;

/// A picture and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The file, PNG.
    pub png: Vec<u8>,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// The same in words, for those who do not see it.
    pub alt: String,
}

/// Why there is no picture: a fault of ours, of which a card can do without.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The drawing cannot be read. Send the card without a picture and log this.
    #[error("the drawing cannot be read: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    /// There is no memory for the pixels, or they cannot be written as PNG. Send the card without a
    /// picture and log this.
    #[error("the picture cannot be written: {0}")]
    Pixels(String),
}

/// The payoff of a ticket as it was offered, or of what is held of it; `None` when there is no line
/// to draw.
///
/// # Errors
///
/// [`PictureError`]: send the card without a picture.
pub fn payoff(view: &TicketView, locale: &Locale) -> Result<Option<Picture>, PictureError> {
    let held = view.position.as_ref().filter(|it| !it.position.is_flat());
    match held {
        Some(held) => position(held, &view.header, locale),
        None => drawn(Scene::of_ticket(view, locale), locale),
    }
}

/// The payoff of what is held; `None` when no option is.
///
/// # Errors
///
/// [`PictureError`]: send the card without a picture.
pub fn position(
    view: &PositionView,
    header: &Header,
    locale: &Locale,
) -> Result<Option<Picture>, PictureError> {
    drawn(Scene::of_position(view, header, locale), locale)
}

fn drawn(scene: Option<Scene>, locale: &Locale) -> Result<Option<Picture>, PictureError> {
    let drawing = scene.and_then(|scene| Some((drawing::draw(&scene, locale)?, scene.alt)));
    drawing
        .map(|(svg, alt)| {
            Ok(Picture {
                png: raster::png(&svg)?,
                width: drawing::WIDTH,
                height: drawing::HEIGHT,
                alt,
            })
        })
        .transpose()
}
