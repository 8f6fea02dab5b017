//! Progress, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::Output;

/// A bar by bytes, with rate and time left.
pub fn bytes(out: &Output) -> ProgressBar {
    shaped(out, "{spinner} {bar:24} {bytes}/{total_bytes} {bytes_per_sec} {eta} left  {msg}")
}

/// A count that goes up, for work whose end is not known or comes soon.
pub fn counting(out: &Output, what: &'static str) -> ProgressBar {
    let bar = shaped(out, "{spinner} {msg} {human_pos} {per_sec}");
    bar.set_message(what);
    bar
}

/// A bar towards a known number.
pub fn towards(out: &Output, what: &'static str) -> ProgressBar {
    let bar = shaped(out, "{spinner} {msg} {bar:24} {human_pos}/{human_len} {eta} left");
    bar.set_message(what);
    bar
}

fn shaped(out: &Output, shape: &str) -> ProgressBar {
    if !out.progress() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) = ProgressStyle::with_template(shape) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}
