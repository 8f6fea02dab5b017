//! A timeline as a drawing of one size, however many bars it has.

use std::fmt::Write;

use jiff::civil::Date;
use newsdex::search::{Period, Timeline};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{aside, label, name};
use crate::table::count;

const WIDTH: f64 = 960.0;
/// Where bars begin and end, and where they stand.
const LEFT: f64 = 60.0;
const RIGHT: f64 = 948.0;
const TOP: f64 = 40.0;
const FOOT: f64 = 200.0;
/// Room for a label below the bars.
const LABEL: f64 = 76.0;
/// A bar is never thinner, so that it is seen.
const THINNEST: f64 = 1.0;
/// Characters in a line below the drawing, and in its title.
const LINE: usize = 150;

/// Bars stand where their time is, also where the list of bars has gaps.
pub fn draw(line: &Timeline, period: Period, typed: &str) -> String {
    let most = line.bars.iter().map(|bar| bar.articles).max().unwrap_or(1).max(1);
    let first = line.bars.first().map(|bar| bar.from);
    let end = line.bars.last().map(|bar| period.next(bar.from).unwrap_or(bar.from));
    let days = |from: Date, to: Date| f64::from((to - from).get_days());
    let whole = first.zip(end).map_or(1.0, |(first, end)| days(first, end)).max(1.0);
    let at = |day: Date| LEFT + first.map_or(0.0, |first| days(first, day)) / whole * (RIGHT - LEFT);
    let asides = lines(&aside(line));
    let title = escaped(&format!("Articles by {}: {typed}", name(period)));
    let height = FOOT + 40.0 + 14.0 * asides.len() as f64;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"sans-serif\" \
         font-size=\"11\">\n<title>{title}</title>\n<text x=\"{LEFT}\" y=\"20\" font-size=\"13\">{}</text>\n",
        escaped(&shortened(&format!("Articles by {}: {typed}", name(period))))
    );
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "<path d=\"M{LEFT} {TOP}H{RIGHT}M{LEFT} {FOOT}H{RIGHT}\" stroke=\"#999\" stroke-width=\".5\"/>\n\
         <text x=\"{0}\" y=\"{1}\" text-anchor=\"end\">{2}</text>\n<text x=\"{0}\" y=\"{3}\" text-anchor=\"end\">0</text>",
        LEFT - 6.0,
        TOP + 4.0,
        count(most),
        FOOT + 4.0
    );
    // Where the name of the last begins: at its bar, or before it where there is no room behind.
    let end_at = line.bars.last().map_or(RIGHT, |bar| at(bar.from));
    let end_at = if end_at + LABEL > WIDTH { end_at - LABEL } else { end_at };
    let mut labelled = f64::NEG_INFINITY;
    for (number, bar) in line.bars.iter().enumerate() {
        let (x, next) = (at(bar.from), period.next(bar.from).map_or(RIGHT, at));
        if bar.articles > 0 {
            let high = (bar.articles as f64 / most as f64 * (FOOT - TOP)).max(THINNEST);
            let wide = ((next - x) * 0.85).clamp(THINNEST, 60.0);
            let _ = writeln!(
                out,
                "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\" fill=\"#2a6f97\"><title>{}: \
                 {}</title></rect>",
                FOOT - high,
                label(bar, period),
                bar.articles
            );
        }
        // The last is always named, so what stands where its name does is not.
        let last = number + 1 == line.bars.len();
        if last || (x >= labelled + LABEL && x + LABEL <= end_at) {
            labelled = x;
            let anchor = if last && end_at < x { " text-anchor=\"end\"" } else { "" };
            let _ = writeln!(
                out,
                "<path d=\"M{x:.1} {FOOT}v4\" stroke=\"#999\" stroke-width=\".5\"/>\n<text x=\"{x:.1}\" y=\"{}\"{anchor}>{}</text>",
                FOOT + 16.0,
                label(bar, period)
            );
        }
    }
    for (number, said) in asides.iter().enumerate() {
        let y = FOOT + 38.0 + 14.0 * number as f64;
        let _ = writeln!(out, "<text x=\"{LEFT}\" y=\"{y}\">{}</text>", escaped(said));
    }
    out.push_str("</svg>\n");
    out
}

/// In lines that fit the drawing.
fn lines(text: &str) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { crate::wrap::lines(text, LINE) }
}

fn shortened(text: &str) -> String {
    if text.width() <= LINE {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used < LINE
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

fn escaped(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use newsdex::search::{Bar, Span};

    use super::*;

    /// Numbers behind `name="` in the drawing.
    fn numbers(drawn: &str, tag: &str, name: &str) -> Vec<f64> {
        let (tag, name) = (format!("<{tag} "), format!("{name}=\""));
        let value = |tag: &str| tag.split(&name).nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        drawn.split(&tag).skip(1).map(value).collect()
    }

    #[test]
    fn any_number_of_bars_fits_one_drawing() {
        for days in [1, 2, 30, 9_000] {
            let from = date(1998, 4, 3);
            let bar = |n: i64| Bar {
                from: from.checked_add(jiff::Span::new().days(n)).unwrap(),
                articles: u64::from(n == 0 || n + 1 == days),
            };
            let line = Timeline { bars: (0..days).map(bar).collect(), ..Timeline::default() };
            let drawn = draw(&line, Period::Day, "a < b & \"c\"");
            assert!(drawn.starts_with("<svg ") && drawn.contains("viewBox=\"0 0 960 240\""), "{drawn}");
            assert!(drawn.contains("a &lt; b &amp; &quot;c&quot;") && drawn.len() < 10_000);
            let (x, width) = (numbers(&drawn, "rect", "x"), numbers(&drawn, "rect", "width"));
            assert_eq!(x.len(), days.min(2) as usize);
            for (x, width) in x.iter().zip(&width) {
                assert!(*x >= LEFT && x + width <= RIGHT + 1.0 && *width >= THINNEST, "{x} {width}");
            }
            let labels: Vec<&str> = drawn.lines().filter(|line| line.contains("y=\"216\"")).collect();
            assert!(labels.iter().any(|label| label.contains("1998-04-03")), "{drawn}");
            assert!(labels.iter().any(|label| label.contains(&line.bars.last().unwrap().from.to_string())), "{drawn}");
            let at: Vec<f64> = labels.iter().flat_map(|label| numbers(label, "text", "x")).collect();
            let lefts: Vec<f64> = labels
                .iter()
                .zip(&at)
                .map(|(label, x)| if label.contains("text-anchor=\"end\"") { x - LABEL } else { *x })
                .collect();
            assert!(lefts.iter().all(|x| *x >= 0.0 && x + LABEL <= WIDTH), "{lefts:?}");
            assert!(lefts.windows(2).all(|two| two[0] + LABEL <= two[1] + 0.1), "{at:?}");
            assert!(days < 30 || at.len() >= 8, "{at:?}");
        }
    }

    #[test]
    fn what_has_no_place_is_told_below() {
        let span = Span { from: date(2025, 1, 1), to: date(2025, 12, 31), articles: 3 };
        let line = Timeline {
            bars: vec![Bar { from: date(2025, 6, 27), articles: 2 }],
            spans: vec![span],
            undated: 1,
            doubtful: 0,
        };
        let drawn = draw(&line, Period::Day, "ferry");
        assert!(drawn.contains("2025: 3") && drawn.contains("without a date: 1"), "{drawn}");
        assert!(draw(&Timeline::default(), Period::Day, "ferry").ends_with("</svg>\n"));
    }
}
