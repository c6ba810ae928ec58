//! A scene as an SVG document.

use countersign_cards::{
    Locale, figures,
    payoff::{Label as Word, label},
};
use countersign_domain::money::Price;

use crate::{
    axis::{Frame, View},
    labels::{Label, placed},
    scene::Scene,
    svg::{self, Anchor, Stroke, Svg, Text},
};

/// Pixels from left to right, and from top to bottom.
pub(crate) const WIDTH: u32 = 1200;
pub(crate) const HEIGHT: u32 = 675;

/// The sheet, and what stands on it: readable whatever the chat around it is.
const SHEET: &str = "#14161b";
const INK: &str = "#f2f4f8";
const PALE: &str = "#a7aebb";
const RULE: &str = "#c4cad6";
const FAINT: &str = "#23272f";
const ZERO: &str = "#6b7280";
const GOOD: &str = "#4fd08d";
const BAD: &str = "#ff7a73";
const NOW: &str = "#74b8ff";
const EVEN: &str = "#f2c14e";
const BAND: &str = "#222836";
const SWATCH: &str = "#39435a";

/// The margins of the sheet, and the room of the plot with what is written in it.
const LEFT: f64 = 40.0;
const RIGHT: f64 = 1160.0;
const TOP: f64 = 206.0;
const BOTTOM: f64 = 606.0;
/// The plot's left side: the zero stands before it.
const AXIS: f64 = 92.0;
/// Room in the plot above and below the curves, for a line of text.
const ROOM: f64 = 52.0;

const TITLE: f64 = 44.0;
const SMALL: f64 = 30.0;
const FIGURE: f64 = 32.0;
/// Nothing is smaller: it is read on a phone.
const SMALLEST: f64 = 28.0;
const ENTRY_GAP: f64 = 34.0;

/// Prices along the axis at the most: each is as wide as `$9,012.50`.
const TICKS: f64 = 6.0;

const FRAME: Frame = Frame {
    left: AXIS,
    right: RIGHT,
    top: TOP + ROOM,
    bottom: BOTTOM - ROOM,
};

/// The scene drawn; `None` of one that is flat.
pub(crate) fn draw(scene: &Scene, locale: &Locale) -> Option<String> {
    let view = View::of(scene, FRAME)?;
    let mut svg = Svg::sheet(WIDTH, HEIGHT, SHEET);
    heading(&mut svg, scene);
    legend(&mut svg, scene, locale);
    let labels = labels(scene, &view, locale);
    backdrop(&mut svg, scene, &view, locale);
    let runs = runs(scene, &view);
    areas(&mut svg, &runs, &view);
    pointers(&mut svg, &labels, &view);
    curves(&mut svg, &runs, scene, &view);
    bounds(&mut svg, scene, &view, locale);
    for label in &labels {
        svg.text(&Text {
            words: &label.text,
            at: (label.middle, TOP - 34.0),
            bold: true,
            anchor: Anchor::Middle,
            ..figure(label.colour)
        });
    }
    Some(svg.finish())
}

fn figure(colour: &str) -> Text<'_> {
    Text {
        words: "",
        at: (0.0, 0.0),
        size: FIGURE,
        colour,
        bold: false,
        anchor: Anchor::Start,
        halo: None,
    }
}

fn stroke(colour: &str, width: f64) -> Stroke<'_> {
    Stroke {
        colour,
        width,
        dashes: "none",
    }
}

/// What is drawn, and whether it is real money.
fn heading(svg: &mut Svg, scene: &Scene) {
    let mode = svg::width(&scene.mode, SMALL, true);
    let room = RIGHT - LEFT - mode - 60.0;
    let wanted = svg::width(&scene.title, TITLE, true);
    let size = (TITLE * room / wanted.max(1.0)).clamp(SMALL, TITLE);
    svg.text(&Text {
        words: &svg::cut(&scene.title, size, room),
        at: (LEFT, 66.0),
        size,
        bold: true,
        ..figure(INK)
    });
    svg.text(&Text {
        words: &scene.mode,
        at: (RIGHT, 66.0),
        size: SMALL,
        bold: true,
        anchor: Anchor::End,
        ..figure(PALE)
    });
}

/// What each curve is, the profit now with it where there is room.
fn legend(svg: &mut Svg, scene: &Scene, locale: &Locale) {
    let now = scene.now.as_ref().map(|_| Word::Now);
    let band = scene.band.map(|_| Word::Deviation);
    let row = |now: Option<Word>| {
        let words = [Some(Word::Expiry), now, band].into_iter().flatten();
        words
            .map(|word| (word, label(word, locale)))
            .collect::<Vec<_>>()
    };
    let told = row(now.and(scene.profit).map(Word::NowAt).or(now));
    let fits = |row: &[_], size| legend_width(row, size) <= RIGHT - LEFT;
    let (row, size) = match [SMALL, SMALLEST]
        .into_iter()
        .find(|size| fits(&told, *size))
    {
        Some(size) => (told, size),
        None => (row(now), SMALLEST),
    };
    let (y, mut x) = (116.0, LEFT);
    let middle = y - 10.0;
    for (word, text) in row {
        let colour = match word {
            Word::Expiry => {
                svg.line(&[(x, middle), (x + 20.0, middle)], stroke(BAD, 6.0));
                svg.line(&[(x + 22.0, middle), (x + 42.0, middle)], stroke(GOOD, 6.0));
                PALE
            }
            Word::Deviation => {
                svg.rect((x, middle - 14.0), (x + 42.0, middle + 14.0), SWATCH);
                PALE
            }
            _ => {
                svg.line(&[(x, middle), (x + 42.0, middle)], stroke(NOW, 6.0));
                NOW
            }
        };
        svg.text(&Text {
            words: &text,
            at: (x + 56.0, y),
            size,
            ..figure(colour)
        });
        x += entry_width(&text, size);
    }
}

/// A swatch, its words, and the room to the next.
fn entry_width(text: &str, size: f64) -> f64 {
    56.0 + svg::width(text, size, false) + ENTRY_GAP
}

fn legend_width(row: &[(Word, String)], size: f64) -> f64 {
    let entries = row.iter().map(|(_, text)| entry_width(text, size));
    entries.sum::<f64>() - ENTRY_GAP
}

/// The price and the breakevens, above the plot.
fn labels(scene: &Scene, view: &View, locale: &Locale) -> Vec<Label> {
    let of = |word, colour, at| Label::about(view.x(at), label(word, locale), colour);
    let price = scene
        .spot
        .map(|spot| of(Word::Price(spot), INK, spot.to_f64()));
    let even = view.breakevens.iter().filter_map(|at| {
        let price = Price::from_f64(*at)?;
        Some(of(Word::Breakeven(price), EVEN, *at))
    });
    placed(
        price.into_iter().chain(even).collect(),
        FIGURE,
        (LEFT, RIGHT),
    )
}

/// The band, the prices along the axis, and the line of nothing gained.
fn backdrop(svg: &mut Svg, scene: &Scene, view: &View, locale: &Locale) {
    if let Some((below, above)) = scene.band {
        svg.rect((view.x(below), TOP), (view.x(above), BOTTOM), BAND);
        for edge in [below, above].into_iter().filter(|at| view.has(*at)) {
            let x = view.x(edge);
            let dashes = "3 9";
            let edge = stroke(ZERO, 2.0);
            svg.line(&[(x, TOP), (x, BOTTOM)], Stroke { dashes, ..edge });
        }
    }
    svg.line(&[(AXIS, BOTTOM), (RIGHT, BOTTOM)], stroke(FAINT, 2.0));
    let (ticks, decimals) = view.ticks(TICKS);
    for at in ticks {
        let Some(text) = figures::measured_price(at, decimals, locale) else {
            continue;
        };
        let x = view.x(at);
        let half = svg::width(&text, SMALL, false) / 2.0;
        svg.line(&[(x, BOTTOM), (x, BOTTOM + 10.0)], stroke(ZERO, 2.0));
        svg.text(&Text {
            words: &text,
            at: (x.min(RIGHT + 30.0 - half), BOTTOM + 50.0),
            size: SMALL,
            anchor: Anchor::Middle,
            ..figure(PALE)
        });
    }
    let zero = view.y(0.0);
    svg.text(&Text {
        words: &figures::measured_price(0.0, 0, locale).unwrap_or_default(),
        at: (AXIS - 12.0, zero + 11.0),
        size: SMALL,
        anchor: Anchor::End,
        ..figure(PALE)
    });
}

/// From a label to what it is about.
fn pointers(svg: &mut Svg, labels: &[Label], view: &View) {
    for label in labels {
        let (price, x) = (label.colour == INK, label.about);
        let end = if price { BOTTOM } else { view.y(0.0) };
        let path = [(label.exit(), TOP - 22.0), (x, TOP - 4.0), (x, end)];
        let line = stroke(if price { RULE } else { label.colour }, 2.5);
        let dashes = if price { "none" } else { "2 8" };
        svg.line(&path, Stroke { dashes, ..line });
    }
}

/// A stretch of the payoff on one side of zero.
struct Run {
    gains: bool,
    points: Vec<(f64, f64)>,
}

fn runs(scene: &Scene, view: &View) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let placed = |at: f64| (view.x(at), view.y(scene.expiry.profit(at)));
    for part in view.corners(scene.expiry.bends()).windows(2) {
        let gains = scene.expiry.profit(f64::midpoint(part[0], part[1])) >= 0.0;
        match runs.last_mut().filter(|run| run.gains == gains) {
            Some(run) => run.points.push(placed(part[1])),
            None => runs.push(Run {
                gains,
                points: part.iter().copied().map(placed).collect(),
            }),
        }
    }
    runs
}

/// What is gained and what is lost.
fn areas(svg: &mut Svg, runs: &[Run], view: &View) {
    let zero = view.y(0.0);
    for Run { gains, points } in runs {
        let ends = points.first().zip(points.last());
        let Some((first, last)) = ends else { continue };
        let feet = [(last.0, zero), (first.0, zero)];
        let outline: Vec<_> = points.iter().copied().chain(feet).collect();
        svg.area(&outline, if *gains { GOOD } else { BAD });
    }
    svg.line(&[(AXIS, zero), (RIGHT, zero)], stroke(ZERO, 2.0));
}

/// Both curves, and where they stand now.
fn curves(svg: &mut Svg, runs: &[Run], scene: &Scene, view: &View) {
    let zero = view.y(0.0);
    for Run { gains, points } in runs {
        svg.line(points, stroke(if *gains { GOOD } else { BAD }, 6.0));
    }
    for at in view.breakevens.iter().filter(|at| view.has(**at)) {
        svg.dot((view.x(*at), zero), 9.0, (EVEN, SHEET));
    }
    let Some(now) = &scene.now else { return };
    let points: Vec<_> = view
        .samples()
        .into_iter()
        .map(|at| (view.x(at), view.y(now.profit(at))))
        .collect();
    svg.line(&points, stroke(NOW, 5.0));
    if let Some(spot) = scene.spot.map(Price::to_f64) {
        svg.dot((view.x(spot), view.y(now.profit(spot))), 11.0, (INK, SHEET));
    }
}

/// The most and the least, at the side where the curve reaches them.
fn bounds(svg: &mut Svg, scene: &Scene, view: &View, locale: &Locale) {
    let corners = view.corners(scene.expiry.bends());
    let (Some(left), Some(right)) = (corners.first(), corners.last()) else {
        return;
    };
    let rises = scene.expiry.profit(*right) >= scene.expiry.profit(*left);
    let gain = (Word::Gain(scene.gain), GOOD, rises, TOP + 36.0);
    let loss = (Word::Loss(scene.loss), BAD, !rises, BOTTOM - 16.0);
    for (word, colour, at_right, y) in [gain, loss] {
        let (x, anchor) = if at_right {
            (RIGHT - 10.0, Anchor::End)
        } else {
            (AXIS + 10.0, Anchor::Start)
        };
        svg.text(&Text {
            words: &label(word, locale),
            at: (x, y),
            bold: true,
            anchor,
            halo: Some(SHEET),
            ..figure(colour)
        });
    }
}
