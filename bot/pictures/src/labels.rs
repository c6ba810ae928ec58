//! Labels above the picture, side by side.

use crate::svg;

/// Room between two labels, pixels.
const GAP: f64 = 32.0;

/// How near to a label's end its line may leave it, pixels.
const INSET: f64 = 12.0;

/// How often labels give way to each other.
const ROUNDS: u32 = 12;

/// What a label says, and of which place.
pub(crate) struct Label {
    pub(crate) text: String,
    pub(crate) colour: &'static str,
    /// The place that it is about, pixels from the left.
    pub(crate) about: f64,
    /// Where its middle stands.
    pub(crate) middle: f64,
    /// Half as wide as it is.
    half: f64,
}

impl Label {
    /// A label that has no place yet.
    pub(crate) const fn about(about: f64, text: String, colour: &'static str) -> Self {
        Self {
            text,
            colour,
            about,
            middle: about,
            half: 0.0,
        }
    }

    /// Where a line to what it is about leaves it: straight above that where it can.
    pub(crate) fn exit(&self) -> f64 {
        let inset = INSET.min(self.half / 2.0);
        self.about.clamp(self.start() + inset, self.end() - inset)
    }

    fn start(&self) -> f64 {
        self.middle - self.half
    }

    fn end(&self) -> f64 {
        self.middle + self.half
    }
}

/// Labels as near to what they are about as they can stand between `left` and `right` without
/// touching; the last ones are left out where there is no room for all.
pub(crate) fn placed(mut labels: Vec<Label>, size: f64, (left, right): (f64, f64)) -> Vec<Label> {
    let wide = |label: &Label| svg::width(&label.text, size, true);
    let room = |labels: &[Label]| labels.iter().map(|label| wide(label) + GAP).sum::<f64>();
    while room(&labels) - GAP > right - left && labels.len() > 1 {
        labels.pop();
    }
    labels.sort_by(|one, other| one.about.total_cmp(&other.about));
    for label in &mut labels {
        label.half = svg::width(&label.text, size, true) / 2.0;
        label.middle = label.about;
    }
    // Two that touch give way by the same, and so on until none does.
    for _ in 0..ROUNDS {
        for index in 1..labels.len() {
            let (before, after) = labels.split_at_mut(index);
            if let (Some(one), Some(other)) = (before.last_mut(), after.first_mut()) {
                let over = one.end() + GAP - other.start();
                one.middle -= (over / 2.0).max(0.0);
                other.middle += (over / 2.0).max(0.0);
            }
        }
    }
    let mut free = left;
    for label in &mut labels {
        label.middle = label.middle.max(free + label.half);
        free = label.end() + GAP;
    }
    let mut free = right;
    for label in labels.iter_mut().rev() {
        label.middle = label.middle.min(free - label.half);
        free = label.start() - GAP;
    }
    labels
}
