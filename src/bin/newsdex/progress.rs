//! Progress, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::Output;
use crate::wrap;

/// A bar by bytes, with rate and time left.
pub fn bytes(out: &Output) -> ProgressBar {
    let wide =
        "{spinner} {bar:24} {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec} {eta} left  {wide_msg}";
    shaped(out, wide, "{spinner} {percent:>3}% {eta} left  {wide_msg}")
}

/// A count that goes up, for work whose end is not known or comes soon.
pub fn counting(out: &Output, what: &'static str) -> ProgressBar {
    let bar = shaped(out, "{spinner} {msg} {human_pos} {per_sec}", "{spinner} {msg} {human_pos}");
    bar.set_message(what);
    bar
}

/// A bar towards a known number.
pub fn towards(out: &Output, what: &'static str) -> ProgressBar {
    let wide = "{spinner} {msg} {bar:24} {human_pos}/{human_len} {eta} left";
    let bar = shaped(out, wide, "{spinner} {msg} {percent:>3}% {eta} left");
    bar.set_message(what);
    bar
}

/// Columns that a bar with all its numbers takes: a line that does not fit would be drawn anew below itself each time.
const WIDE: usize = 84;

fn shaped(out: &Output, wide: &str, narrow: &str) -> ProgressBar {
    if !out.progress() {
        return ProgressBar::hidden();
    }
    let shape = if wrap::columns() < WIDE { narrow } else { wide };
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) = ProgressStyle::with_template(shape) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}
