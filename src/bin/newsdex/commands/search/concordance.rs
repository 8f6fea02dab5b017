//! A concordance: one line a match, the matches under each other.

use std::io::Write;

use newsdex::model::Hit;
use newsdex::passage::{self, Kwic, KwicKey};
use newsdex::search::{Morgue, Per, Request};
use unicode_width::UnicodeWidthStr;

use crate::args;
use crate::hits::Marks;
use crate::output::{Output, Status, safe, style};
use crate::pager::Paged;
use crate::wrap;

/// One match.
struct Line {
    kwic: Kwic,
    source: String,
    day: String,
    id: String,
}

pub fn run(args: &args::Search, morgue: &Morgue, request: &Request, out: &Output) -> anyhow::Result<Status> {
    let by_date = args.sort_kwic.as_deref() == Some("date");
    let keys = match args.sort_kwic.as_deref() {
        None | Some("date") => Vec::new(),
        Some("match") => KwicKey::parse("M")?,
        Some(list) => KwicKey::parse(list)?,
    };
    let mut request = request.clone();
    request.per = Per::Article;
    request.passages = usize::MAX;
    request.collapse = args.collapse;
    // `-n` counts lines here, as a reader of a concordance does; sorting needs all of them first.
    let most = usize::try_from(request.limit).unwrap_or(usize::MAX);
    let sorted = by_date || !keys.is_empty();
    if sorted {
        request.limit = u64::MAX;
    }
    let mut lines = Vec::new();
    morgue.each_hit(&request, &mut |hit| {
        of_hit(&hit, args.context, &mut lines);
        Ok(())
    })?;
    if by_date {
        lines.sort_by(|a, b| a.day.cmp(&b.day));
    } else if !keys.is_empty() {
        lines.sort_by_cached_key(|line| line.kwic.sort_key(&keys));
    }
    let total = lines.len();
    lines.truncate(most);
    match args.format.name() {
        "text" => text(&lines, total, args, out)?,
        "json" | "jsonl" => {
            let mut to = out.data();
            for line in &lines {
                let Kwic { left, matched, right } = &line.kwic;
                let object = serde_json::json!({ "left": left, "match": matched, "right": right, "source": line.source,
                    "published": line.day, "article_id": line.id });
                writeln!(to, "{object}")?;
            }
            to.flush()?;
        }
        other => anyhow::bail!("a concordance has no format `{other}` (text, jsonl)"),
    }
    Ok(if total == 0 { Status::Nothing } else { Status::Done })
}

fn of_hit(hit: &Hit, words: usize, lines: &mut Vec<Line>) {
    let article = &hit.article;
    let mut push = |kwic: Kwic| {
        lines.push(Line {
            kwic,
            source: article.source.as_ref().map(|s| s.value.clone()).unwrap_or_default(),
            day: article.published.as_ref().map(|d| d.day.to_string()).unwrap_or_default(),
            id: article.id.to_string(),
        });
    };
    for mark in &hit.title_marks {
        push(passage::kwic_title(article, mark.span, words));
    }
    let mut last = None;
    for mark in hit.passages.iter().flat_map(|p| &p.marks) {
        if last.replace(mark.span) != Some(mark.span) {
            push(passage::kwic(article, mark.span, words));
        }
    }
}

fn text(lines: &[Line], total: usize, args: &args::Search, out: &Output) -> anyhow::Result<()> {
    let mut to = Paged::start(!args.no_pager, out);
    let marks = Marks::of(out);
    let width = wrap::width();
    let tail = 13;
    let middle = lines.iter().map(|l| safe(&l.kwic.matched).width()).max().unwrap_or(0).min(width / 3);
    let side = width.saturating_sub(middle + tail + 4) / 2;
    let (quiet, mark) = (style::QUIET, style::MARK);
    for line in lines {
        let left = ending(&safe(&line.kwic.left), side);
        let right = beginning(&safe(&line.kwic.right), side);
        let matched = safe(&line.kwic.matched);
        let pad = " ".repeat(middle.saturating_sub(matched.width()));
        let lead = " ".repeat(side.saturating_sub(left.width()));
        let fill = " ".repeat(side.saturating_sub(right.width()));
        let matched = match marks {
            Marks::Colour => format!("{mark}{matched}{mark:#}"),
            Marks::Stars => matched,
        };
        writeln!(
            to,
            "{lead}{left}  {matched}{pad}  {right}{fill} {quiet}{}{quiet:#}",
            &line.id[..12.min(line.id.len())]
        )?;
    }
    writeln!(to, "{quiet}{} of {total} lines{quiet:#}", lines.len())?;
    to.finish()?;
    Ok(())
}

/// The end of `text` that fits `columns`.
fn ending(text: &str, columns: usize) -> String {
    let mut from = text.len();
    for (at, _) in text.char_indices().rev() {
        if text[at..].width() > columns {
            break;
        }
        from = at;
    }
    text[from..].trim_start().to_owned()
}

/// The beginning of `text` that fits `columns`.
fn beginning(text: &str, columns: usize) -> String {
    let mut to = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if text[..end].width() > columns {
            break;
        }
        to = end;
    }
    text[..to].to_owned()
}
