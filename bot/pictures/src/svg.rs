//! An SVG document, piece by piece.

use std::fmt::Write as _;

/// How far a letter moves the next one when it is none of those below, thousandths of the size.
const OTHER: f64 = 720.0;

/// A text and how it stands.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a> {
    pub(crate) words: &'a str,
    pub(crate) at: (f64, f64),
    pub(crate) size: f64,
    pub(crate) colour: &'a str,
    pub(crate) bold: bool,
    pub(crate) anchor: Anchor,
    /// What it is kept clear with of what lies beneath.
    pub(crate) halo: Option<&'a str>,
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A stroke: its colour, width and dashes.
#[derive(Clone, Copy)]
pub(crate) struct Stroke<'a> {
    pub(crate) colour: &'a str,
    pub(crate) width: f64,
    pub(crate) dashes: &'a str,
}

/// A document in the making.
pub(crate) struct Svg(String);

impl Svg {
    /// A sheet of one colour.
    pub(crate) fn sheet(width: u32, height: u32, colour: &str) -> Self {
        Self(format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="Inter"><rect width="{width}" height="{height}" fill="{colour}"/>"#
        ))
    }

    pub(crate) fn rect(
        &mut self,
        (left, top): (f64, f64),
        (right, bottom): (f64, f64),
        fill: &str,
    ) {
        let (width, height) = ((right - left).max(0.0), (bottom - top).max(0.0));
        self.add(format_args!(
            r#"<rect x="{left:.1}" y="{top:.1}" width="{width:.1}" height="{height:.1}" rx="4" fill="{fill}"/>"#
        ));
    }

    pub(crate) fn line(&mut self, points: &[(f64, f64)], stroke: Stroke<'_>) {
        let Stroke {
            colour,
            width,
            dashes,
        } = stroke;
        self.add(format_args!(
            r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-dasharray="{dashes}" stroke-linejoin="round" stroke-linecap="round"/>"#,
            listed(points)
        ));
    }

    pub(crate) fn area(&mut self, points: &[(f64, f64)], fill: &str) {
        let points = listed(points);
        self.add(format_args!(
            r#"<polygon points="{points}" fill="{fill}" fill-opacity="0.2"/>"#
        ));
    }

    pub(crate) fn dot(&mut self, (x, y): (f64, f64), radius: f64, (fill, ring): (&str, &str)) {
        self.add(format_args!(
            r#"<circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}" fill="{fill}" stroke="{ring}" stroke-width="4"/>"#
        ));
    }

    pub(crate) fn text(&mut self, text: &Text<'_>) {
        let (x, y) = text.at;
        let weight = if text.bold { 700 } else { 500 };
        let anchor = match text.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let halo = text.halo.map(|colour| {
            format!(r#" stroke="{colour}" stroke-width="8" stroke-linejoin="round" paint-order="stroke""#)
        });
        self.add(format_args!(
            r#"<text x="{x:.1}" y="{y:.1}" font-size="{:.1}" font-weight="{weight}" text-anchor="{anchor}" fill="{}"{}>{}</text>"#,
            text.size,
            text.colour,
            halo.unwrap_or_default(),
            escaped(text.words)
        ));
    }

    pub(crate) fn finish(mut self) -> String {
        self.0.push_str("</svg>");
        self.0
    }

    fn add(&mut self, piece: std::fmt::Arguments<'_>) {
        // Writing to a `String` cannot fail.
        let _ = self.0.write_fmt(piece);
    }
}

fn listed(points: &[(f64, f64)]) -> String {
    let mut list = String::new();
    for (x, y) in points {
        let _ = write!(list, "{x:.1},{y:.1} ");
    }
    list
}

/// Text that is text and no mark-up, without what no document may have and what turns the direction
/// of the letters around it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            '\u{fffe}' | '\u{ffff}' => {}
            _ if letter.is_control() => safe.push(' '),
            _ => safe.push(letter),
        }
    }
    safe
}

/// How wide a text turns out, pixels: nearly, for neighbours that stand closer are not looked at.
pub(crate) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let advances = if bold { &BOLD } else { &MEDIUM };
    let advance = |letter: char| {
        let letter = if letter == '\u{a0}' { ' ' } else { letter };
        let index = u32::from(letter).checked_sub(u32::from(' '));
        let known = index.and_then(|index| advances.get(usize::try_from(index).ok()?));
        known.copied().unwrap_or(OTHER)
    };
    text.chars().map(advance).sum::<f64>() * size / 1000.0
}

/// A bold text cut to a width, with the mark of a cut.
pub(crate) fn cut(text: &str, size: f64, most: f64) -> String {
    // A size that was made to fit fits but for a rounding.
    if width(text, size, true) <= most + 1e-6 {
        return text.to_owned();
    }
    let room = most - width("…", size, true);
    let mut kept = text.to_owned();
    while width(&kept, size, true) > room && kept.pop().is_some() {}
    format!("{}…", kept.trim_end())
}

/// How far each of `' '..='~'` moves the next letter in Inter of weight 500, thousandths of the size.
#[rustfmt::skip]
const MEDIUM: [f64; 95] = [
    265.0, 294.0, 400.0, 638.0, 644.0, 829.0, 651.0, 218.0, 378.0, 378.0, 522.0, 666.0,
    288.0, 464.0, 284.0, 368.0, 646.0, 473.0, 614.0, 645.0, 655.0, 621.0, 636.0, 579.0,
    632.0, 636.0, 284.0, 288.0, 666.0, 666.0, 666.0, 526.0, 968.0, 700.0, 655.0, 736.0,
    722.0, 603.0, 586.0, 749.0, 743.0, 270.0, 552.0, 665.0, 565.0, 898.0, 747.0, 769.0,
    640.0, 769.0, 645.0, 644.0, 651.0, 738.0, 700.0, 978.0, 667.0, 685.0, 639.0, 378.0,
    368.0, 378.0, 476.0, 460.0, 498.0, 570.0, 626.0, 568.0, 626.0, 588.0, 369.0, 618.0,
    602.0, 249.0, 249.0, 557.0, 249.0, 884.0, 598.0, 603.0, 618.0, 618.0, 385.0, 536.0,
    372.0, 595.0, 567.0, 825.0, 552.0, 567.0, 552.0, 378.0, 343.0, 378.0, 666.0,
];

/// The same of weight 700.
#[rustfmt::skip]
const BOLD: [f64; 95] = [
    232.0, 325.0, 393.0, 650.0, 655.0, 860.0, 675.0, 209.0, 410.0, 410.0, 565.0, 680.0,
    303.0, 469.0, 298.0, 390.0, 689.0, 490.0, 630.0, 660.0, 678.0, 645.0, 661.0, 595.0,
    661.0, 661.0, 298.0, 303.0, 680.0, 680.0, 680.0, 563.0, 1031.0, 748.0, 661.0, 753.0,
    728.0, 613.0, 585.0, 761.0, 747.0, 281.0, 570.0, 690.0, 568.0, 915.0, 736.0, 782.0,
    648.0, 783.0, 657.0, 655.0, 669.0, 730.0, 748.0, 1036.0, 715.0, 725.0, 667.0, 410.0,
    390.0, 410.0, 488.0, 477.0, 498.0, 581.0, 636.0, 588.0, 636.0, 598.0, 386.0, 634.0,
    625.0, 273.0, 273.0, 582.0, 273.0, 912.0, 622.0, 614.0, 633.0, 633.0, 409.0, 562.0,
    389.0, 622.0, 586.0, 851.0, 574.0, 586.0, 572.0, 410.0, 374.0, 410.0, 680.0,
];

#[cfg(test)]
mod tests;
