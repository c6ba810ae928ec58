//! From a drawing to a file of pixels.

use std::sync::{Arc, OnceLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb},
};

use crate::{
    PictureError,
    drawing::{HEIGHT, WIDTH},
};

/// Inter, of weight 500 and 700: see `fonts/OFL.txt`.
const FONTS: [&[u8]; 2] = [
    include_bytes!("../fonts/Inter-Medium-subset.otf"),
    include_bytes!("../fonts/Inter-Bold-subset.otf"),
];

/// The typeface, read once.
fn fonts() -> Arc<fontdb::Database> {
    static READ: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let read = || {
        let mut fonts = fontdb::Database::new();
        for font in FONTS {
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(font)));
        }
        Arc::new(fonts)
    };
    Arc::clone(READ.get_or_init(read))
}

/// A drawing as PNG.
pub(crate) fn png(svg: &str) -> Result<Vec<u8>, PictureError> {
    let options = Options {
        font_family: "Inter".to_owned(),
        fontdb: fonts(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)?;
    let mut pixels = Pixmap::new(WIDTH, HEIGHT)
        .ok_or_else(|| PictureError::Pixels("no pixels of this size".to_owned()))?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    let written = pixels.encode_png();
    written.map_err(|error| PictureError::Pixels(error.to_string()))
}

/// How wide the last thing of a drawing turns out, pixels.
#[cfg(test)]
pub(crate) fn width(svg: &str) -> f64 {
    let options = Options {
        fontdb: fonts(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).expect("a drawing");
    let last = tree.root().children().last().expect("something drawn");
    last.abs_bounding_box().width().into()
}
