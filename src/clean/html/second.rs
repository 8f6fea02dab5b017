//! The second run of the paragraph model also sees what the first run thought of the neighbours, of the blocks in the
//! same container, in the same list, and of those made the same way: so whole regions are won or lost together.

use super::counts::Map;
use super::features::{Frame, Row, Rows};
use super::tree::{Id, NONE};

/// The second run's features of the blocks that are `wanted`: the first run's, and its verdicts around each block.
pub(super) fn second(
    frames: &[Frame],
    first: &Rows,
    guess: &[f32],
    wanted: impl Fn(usize) -> bool,
    names: Option<&mut Vec<String>>,
) -> Rows {
    let mut names = names;
    let (mut near, mut far, mut shapes) =
        (Map::<Id, (f32, f32)>::default(), Map::<Id, (f32, f32)>::default(), Map::<u64, (f32, f32)>::default());
    let mut lists = Map::<Id, (f32, f32)>::default();
    let mut all = 0.001;
    for (frame, guess) in frames.iter().zip(guess) {
        let weight = frame.words as f32 + 1.0;
        for slot in [
            near.entry(frame.container).or_default(),
            far.entry(frame.grand).or_default(),
            shapes.entry(frame.shape).or_default(),
            lists.entry(frame.list).or_default(),
        ] {
            slot.0 += weight * guess;
            slot.1 += weight;
        }
        all += weight * guess;
    }
    let mut values = Vec::with_capacity(frames.len() * (first.width + 30));
    let mut width = 0;
    let mut passed = 0.0;
    let mut heading = None;
    for (at, frame) in frames.iter().enumerate() {
        let own = frame.words as f32 + 1.0;
        if !wanted(at) {
            passed += own * guess[at];
            if frame.heading {
                heading = Some(at);
            }
            continue;
        }
        values.extend_from_slice(first.row(at));
        let mut row = Row { values: &mut values, names: names.take() };
        row.put("guess", guess[at]);
        for step in [-3i32, -2, -1, 1, 2, 3] {
            let other = usize::try_from(at as i32 + step).ok().and_then(|o| guess.get(o));
            row.put(format_args!("guess{step:+}"), other.copied().unwrap_or(-0.1));
        }
        for (name, group) in [
            ("container", near.get(&frame.container)),
            ("grand", far.get(&frame.grand)),
            ("shape", shapes.get(&frame.shape)),
        ] {
            let (sum, weight) = group.copied().unwrap_or((0.0, 1.0));
            // The block's own guess is left out, so that a lone block has no opinion of itself.
            let rest = weight - own;
            row.put(format_args!("guess.{name}"), if rest > 0.5 { (sum - own * guess[at]) / rest } else { -0.1 });
            row.put(format_args!("mass.{name}"), (sum - own * guess[at]) / all);
        }
        let list = lists.get(&frame.list).filter(|_| frame.list != NONE);
        row.put("guess.list", list.map_or(-0.1, |(sum, weight)| sum / weight));
        let sibling = |other: &Frame| other.container == frame.container || other.shape == frame.shape;
        let far = |o: &usize| sibling(&frames[*o]);
        let reach = 12;
        let earlier = (at.saturating_sub(reach)..at).rev().find(far);
        let later = (at + 1..frames.len().min(at + 1 + reach)).find(far);
        row.put("guess.earlier", earlier.map_or(-0.1, |o| guess[o]));
        row.put("guess.later", later.map_or(-0.1, |o| guess[o]));
        row.put("guess.heading", heading.map_or(-0.1, |h: usize| guess[h]));
        if frame.heading {
            heading = Some(at);
        }
        row.put("mass.before", passed / all);
        passed += own * guess[at];
        row.put("mass.after", (all - passed) / all);
        row.put("mass", all.ln());
        let around = |reach: usize| {
            let (from, to) = (at.saturating_sub(reach), (at + reach + 1).min(frames.len()));
            let (mut sum, mut weight) = (0.0, 0.01);
            for o in (from..to).filter(|&o| o != at) {
                let w = (frames[o].words as f32 + 1.0).sqrt();
                sum += w * guess[o];
                weight += w;
            }
            sum / weight
        };
        row.put("around.4", around(4));
        row.put("around.12", around(12));
        if width == 0 {
            width = values.len();
        }
    }
    Rows { width, values }
}
