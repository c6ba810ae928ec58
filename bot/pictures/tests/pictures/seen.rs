//! A picture as its pixels.

use countersign_cards::Locale;
use countersign_domain::view::TicketView;
use countersign_pictures::Picture;
use resvg::tiny_skia::Pixmap;

pub(crate) const SHEET: u32 = 0x0014_161b;
pub(crate) const GOOD: u32 = 0x004f_d08d;
pub(crate) const BAD: u32 = 0x00ff_7a73;
pub(crate) const NOW: u32 = 0x0074_b8ff;
pub(crate) const EVEN: u32 = 0x00f2_c14e;
pub(crate) const BAND: u32 = 0x0022_2836;
pub(crate) const INK: u32 = 0x00f2_f4f8;
pub(crate) const RULE: u32 = 0x00c4_cad6;

/// Where the plot is.
pub(crate) const LEFT: u32 = 92;
pub(crate) const RIGHT: u32 = 1160;
pub(crate) const TOP: u32 = 206;
pub(crate) const BOTTOM: u32 = 606;

/// Around everything that is drawn.
const MARGIN: u32 = 8;

pub(crate) struct Seen {
    pub(crate) picture: Picture,
    pixels: Pixmap,
}

impl Seen {
    pub(crate) fn of(view: &TicketView, locale: &Locale) -> Self {
        let picture = countersign_pictures::payoff(view, locale).expect("no fault");
        let picture = picture.expect("a picture");
        let pixels = Pixmap::decode_png(&picture.png).expect("a PNG");
        assert_eq!((picture.width, picture.height), (1200, 675));
        assert_eq!((pixels.width(), pixels.height()), (1200, 675));
        Self { picture, pixels }
    }

    /// The colour of a pixel; none shines through.
    pub(crate) fn at(&self, x: u32, y: u32) -> u32 {
        let pixel = self.pixels.pixel(x, y).expect("a pixel of the picture");
        assert_eq!(pixel.alpha(), 255);
        u32::from_be_bytes([0, pixel.red(), pixel.green(), pixel.blue()])
    }

    /// Pixels of the plot that have a colour.
    pub(crate) fn count(&self, colour: u32) -> usize {
        let rows = (TOP..BOTTOM).flat_map(|y| (LEFT..RIGHT).map(move |x| (x, y)));
        rows.filter(|(x, y)| self.at(*x, *y) == colour).count()
    }

    /// Nothing is cut off: around what is drawn the sheet is bare.
    pub(crate) fn has_bare_margins(&self) -> bool {
        let (width, height) = (self.pixels.width(), self.pixels.height());
        let outside =
            |x, y| x < MARGIN || y < MARGIN || x >= width - MARGIN || y >= height - MARGIN;
        let all = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        all.filter(|(x, y)| outside(*x, *y))
            .all(|(x, y)| self.at(x, y) == SHEET)
    }
}
