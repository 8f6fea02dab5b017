//! Counts drawn as SVG: bars by source, bars by time. Each drawing has its numbers beside it as a table.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::civil::Date;
use jiff::{ToSpan, Unit};

use super::escape::escape;

/// Sources drawn one by one.
const SOURCES: usize = 15;
/// Bars in one drawing by time: as many as stay apart on paper.
const BARS: i64 = 124;

/// Articles by source and by day.
#[derive(Debug, Default)]
pub(super) struct Tally {
    sources: BTreeMap<String, u64>,
    days: BTreeMap<Date, u64>,
    months: BTreeMap<Date, u64>,
    undated: u64,
}

impl Tally {
    /// Counts an article. A date known to the month counts for its month only, one known to the year not at all.
    pub fn count(&mut self, source: Option<&str>, day: Option<Date>, month: Option<Date>) {
        *self.sources.entry(source.unwrap_or("(no source)").to_owned()).or_default() += 1;
        if let Some(day) = day {
            *self.days.entry(day).or_default() += 1;
        }
        match month {
            Some(month) => *self.months.entry(month.first_of_month()).or_default() += 1,
            None => self.undated += 1,
        }
    }

    /// All drawings; empty where there is nothing to draw.
    pub fn draw(&self) -> String {
        if self.sources.is_empty() {
            return String::new();
        }
        let mut out = String::from("<section aria-labelledby=\"counts\">\n<h2 id=\"counts\">Articles</h2>\n");
        self.by_source(&mut out);
        if let Some(buckets) = months(&self.months) {
            bars(&mut out, "By month", &buckets);
        } else if let Some((first, last)) = ends(&self.months) {
            let years = i64::from(last.year()) - i64::from(first.year()) + 1;
            bars(&mut out, "By year", &by_years(&self.months, first, (years + BARS - 1) / BARS));
        }
        if let Some((unit, buckets)) = days(&self.days) {
            bars(&mut out, unit, &buckets);
        }
        if self.undated > 0 {
            let _ = writeln!(
                out,
                "<p class=\"facts\">Known only by year, or without a date that is sure: {}</p>",
                self.undated
            );
        }
        out.push_str("</section>\n");
        out
    }

    fn by_source(&self, out: &mut String) {
        let mut sorted: Vec<(&str, u64)> = self.sources.iter().map(|(s, &n)| (s.as_str(), n)).collect();
        sorted.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let rest: u64 = sorted.iter().skip(SOURCES).map(|s| s.1).sum();
        let others = format!("{} others", sorted.len().saturating_sub(SOURCES));
        sorted.truncate(SOURCES);
        let most = sorted.iter().map(|s| s.1).max().unwrap_or(1).max(1);
        if rest > 0 {
            sorted.push((&others, rest));
        }
        out.push_str("<table class=\"bars\">\n<caption class=\"facts\">By source</caption>\n<tbody>\n");
        for (source, count) in sorted {
            let width = (count.min(most) as f64 / most as f64 * 100.0).max(0.5);
            let _ = writeln!(
                out,
                "<tr><th scope=\"row\"><bdi>{}</bdi></th><td><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" \
                 aria-hidden=\"true\"><rect class=\"bar\" width=\"{width:.1}\" height=\"10\"/></svg></td><td \
                 class=\"count\">{count}</td></tr>",
                escape(source)
            );
        }
        out.push_str("</tbody>\n</table>\n");
    }
}

type Buckets = Vec<(String, u64)>;

fn ends(counts: &BTreeMap<Date, u64>) -> Option<(Date, Date)> {
    Some((*counts.first_key_value()?.0, *counts.last_key_value()?.0))
}

fn between(counts: &BTreeMap<Date, u64>, from: Date, to: Date) -> u64 {
    counts.range(from..to).map(|(_, n)| n).sum()
}

/// A bucket a month, empty ones too; `None` when there are too many.
fn months(counts: &BTreeMap<Date, u64>) -> Option<Buckets> {
    let (first, last) = ends(counts)?;
    let number = |d: Date| i64::from(d.year()) * 12 + i64::from(d.month());
    if number(last) - number(first) >= BARS {
        return None;
    }
    let (mut out, mut month) = (Buckets::new(), first.first_of_month());
    while month <= last {
        let next = month.checked_add(1.month()).ok()?;
        out.push((format!("{:04}-{:02}", month.year(), month.month()), between(counts, month, next)));
        month = next;
    }
    Some(out)
}

fn by_years(counts: &BTreeMap<Date, u64>, first: Date, step: i64) -> Buckets {
    let mut out: BTreeMap<i64, u64> = BTreeMap::new();
    let start = i64::from(first.year());
    for (day, n) in counts {
        *out.entry((i64::from(day.year()) - start) / step).or_default() += n;
    }
    let last = out.keys().next_back().copied().unwrap_or(0);
    let label = |i: i64| match step {
        1 => format!("{:04}", start + i),
        _ => format!("{:04}-{:04}", start + i * step, start + (i + 1) * step - 1),
    };
    (0..=last).map(|i| (label(i), out.get(&i).copied().unwrap_or(0))).collect()
}

/// The timeline: by day, or by week where days are too many; nothing where weeks are too, or there is one day.
fn days(counts: &BTreeMap<Date, u64>) -> Option<(&'static str, Buckets)> {
    let (first, last) = ends(counts)?;
    let span = first.until((Unit::Day, last)).ok().map(|s| i64::from(s.get_days()))? + 1;
    let (name, step, mut from) = match span {
        1 => return None,
        n if n <= BARS => ("Timeline, by day", 1.day(), first),
        n if n / 7 < BARS - 1 => (
            "Timeline, by week from Monday",
            1.week(),
            first.checked_sub(i64::from(first.weekday().to_monday_zero_offset()).days()).ok()?,
        ),
        _ => return None,
    };
    let mut out = Buckets::new();
    while from <= last {
        let next = from.checked_add(step).ok()?;
        out.push((from.to_string(), between(counts, from, next)));
        from = next;
    }
    Some((name, out))
}

/// Upright bars with a baseline, the greatest count, and labels where they fit.
fn bars(out: &mut String, name: &str, buckets: &Buckets) {
    const WIDTH: f64 = 720.0;
    const HEIGHT: f64 = 120.0;
    const LEFT: f64 = 34.0;
    const TOP: f64 = 12.0;
    let most = buckets.iter().map(|b| b.1).max().unwrap_or(1).max(1);
    let step = (WIDTH - LEFT) / buckets.len().max(1) as f64;
    let wide = (step * 0.8).min(48.0);
    let _ = write!(
        out,
        "<figure>\n<figcaption>{name}</figcaption>\n<svg viewBox=\"0 0 {WIDTH} {:.0}\" role=\"img\" \
         aria-label=\"{name}: {} bars, the highest is {most}\">\n<text x=\"{:.0}\" y=\"{:.0}\" \
         text-anchor=\"end\">{most}</text>\n",
        TOP + HEIGHT + 18.0,
        buckets.len(),
        LEFT - 6.0,
        TOP + 8.0
    );
    // A label takes about 80 units.
    let every = ((80.0 / step).ceil() as usize).max(1);
    for (i, (label, count)) in buckets.iter().enumerate() {
        let x = LEFT + step * i as f64;
        if *count > 0 {
            let high = (*count as f64 / most as f64 * HEIGHT).max(1.0);
            let _ = writeln!(
                out,
                "<rect class=\"bar\" x=\"{:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\"><title>{label}: \
                 {count}</title></rect>",
                x + (step - wide) / 2.0,
                TOP + HEIGHT - high
            );
        }
        if i % every == 0 && x + 70.0 <= WIDTH + step {
            let _ = writeln!(out, "<text x=\"{x:.1}\" y=\"{:.0}\">{label}</text>", TOP + HEIGHT + 14.0);
        }
    }
    let _ = write!(
        out,
        "<line class=\"axis\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{0}\" y2=\"{0}\"/>\n</svg>\n<details><summary>{name}: \
         the numbers</summary><table><tbody>\n",
        TOP + HEIGHT
    );
    for (label, count) in buckets.iter().filter(|b| b.1 > 0) {
        let _ = writeln!(out, "<tr><th scope=\"row\">{label}</th><td class=\"count\">{count}</td></tr>");
    }
    out.push_str("</tbody></table></details>\n</figure>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn tally(days: &[Date]) -> Tally {
        let mut tally = Tally::default();
        days.iter().for_each(|&d| tally.count(Some("a"), Some(d), Some(d)));
        tally
    }

    #[test]
    fn every_article_is_in_every_drawing() {
        for list in [
            vec![date(2025, 1, 31), date(2025, 2, 1), date(2025, 2, 1)],
            vec![date(2024, 12, 30), date(2025, 6, 1)],
            vec![date(1998, 1, 1), date(2025, 6, 1)],
            vec![date(2, 1, 1), date(9999, 12, 31)],
        ] {
            let tally = tally(&list);
            let sum = |b: &Buckets| b.iter().map(|x| x.1).sum::<u64>();
            let (first, last) = ends(&tally.months).expect("dates");
            match months(&tally.months) {
                Some(buckets) => assert_eq!(sum(&buckets), list.len() as u64),
                None => {
                    let years = i64::from(last.year()) - i64::from(first.year()) + 1;
                    let buckets = by_years(&tally.months, first, (years + BARS - 1) / BARS);
                    assert_eq!(sum(&buckets), list.len() as u64);
                    assert!(buckets.len() as i64 <= BARS);
                }
            }
            if let Some((_, buckets)) = days(&tally.days) {
                assert_eq!(sum(&buckets), list.len() as u64);
                assert!(buckets.len() as i64 <= BARS);
            }
            assert!(tally.draw().contains("<svg"));
        }
    }

    #[test]
    fn many_sources_are_summed() {
        let mut tally = Tally::default();
        (0..40).for_each(|i| tally.count(Some(&format!("s<{i}>")), None, None));
        let drawn = tally.draw();
        assert!(drawn.contains("25 others") && drawn.contains("s&lt;0&gt;") && !drawn.contains("s<0>"));
        assert!(drawn.contains("sure: 40"));
    }
}
