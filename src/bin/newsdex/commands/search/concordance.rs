//! A concordance: one line a match, the matches under each other.

mod fit;

use std::io::Write;

use newsdex::export::Entry;
use newsdex::model::{Article, Hit, Span};
use newsdex::passage::{self, Chooser, Kwic, KwicKey, Prepared};
use newsdex::search::{Morgue, Per, Request};
use newsdex::{Error, ErrorKind};
use unicode_width::UnicodeWidthStr;

use crate::args;
use crate::hits::{self, Marks};
use crate::output::{Output, Status, safe, style};
use crate::pager::Paged;
use crate::rows;
use crate::table::{count, many};
use crate::wrap;

/// Up to so many articles are read to count the lines of a concordance that shows only the first; a larger one says that
/// its lines were not counted.
const MOST_COUNTED: u64 = 10_000;

/// One match.
struct Line {
    kwic: Kwic,
    source: String,
    day: String,
    id: String,
    /// Whether it stands in the title.
    title: bool,
    /// Characters and bytes of the title or the text.
    chars: Span,
    bytes: Span,
}

/// What lines are sorted by.
enum Key {
    Words(KwicKey),
    Date,
    Source,
}

pub fn run(args: &args::Search, morgue: &Morgue, request: &Request, out: &Output) -> anyhow::Result<Status> {
    let mut lines = Lines::new(keys(args.sort_kwic.as_deref())?, request);
    let mut all =
        Request { per: Per::Article, passages: 0, collapse: args.collapse, explain: false, ..request.clone() };
    // `-n` and `--offset` count lines here, as a reader of a concordance does.
    (all.offset, all.limit) = (0, u64::MAX);
    let articles = morgue.count(&request.query, request.now)?;
    let stops = lines.keys.is_empty() && articles > MOST_COUNTED;
    let prepared = Prepared::new(&morgue.plan(&request.query)?);
    let (mut chooser, mut stopped) = (Chooser::new(), false);
    let read = morgue.each_hit(&all, &mut |hit| {
        let matches = chooser.matches(&hit.article, &prepared);
        let places = matches.title.into_iter().map(|span| (true, span));
        for (title, span) in places.chain(matches.text.into_iter().map(|span| (false, span))) {
            lines.add(|| Line::of(&hit, title, span, args.context));
        }
        stopped = stops && lines.is_full();
        // An error of ours is what ends the walk.
        if stopped { Err(Error::new(ErrorKind::Interrupted, "enough lines")) } else { Ok(()) }
    });
    if !stopped {
        read?;
    }
    let total = lines.total;
    let (from, shown) = (lines.skip, lines.into_shown());
    let found = match () {
        () if stopped => {
            let lines = match from {
                0 => format!("the first {}", many(shown.len() as u64, "line")),
                _ => format!("lines {}", span(from, shown.len())),
            };
            format!("{lines}; {} found, whose lines were not all counted", many(articles, "article"))
        }
        () if total == 0 && articles > 0 => {
            format!("{} found, none by words that a line could show", many(articles, "article"))
        }
        () if total == 0 => "nothing found".to_owned(),
        () if shown.is_empty() => format!("{}, none from {} on", many(total, "line"), count(from as u64 + 1)),
        () => range(from, shown.len(), total),
    };
    match args.format.name() {
        "text" | "list" if !shown.is_empty() => text(&shown, &found, args, out)?,
        "text" | "list" => out.remark(&found),
        name => {
            let columns = [
                "left",
                "match",
                "right",
                "source",
                "published",
                "article_id",
                "in",
                "char_start",
                "char_end",
                "byte_start",
                "byte_end",
            ];
            let rows: Vec<_> = shown.into_iter().map(Line::entries).collect();
            rows::write(name, &columns, &rows, out)?;
            out.remark(&found);
        }
    }
    for note in morgue.left_out(request)? {
        out.remark(&format!("note: {}", safe(&note)));
    }
    Ok(if total == 0 { Status::Nothing } else { Status::Done })
}

/// `10 of 21 lines`, `11–20 of 21 lines`.
fn range(from: usize, shown: usize, total: u64) -> String {
    format!("{} of {}", if from == 0 { count(shown as u64) } else { span(from, shown) }, many(total, "line"))
}

/// `11–20`, behind the first so many.
fn span(from: usize, shown: usize) -> String {
    format!("{}–{}", count(from as u64 + 1), count((from + shown) as u64))
}

/// The columns named, most important first.
fn keys(list: Option<&str>) -> anyhow::Result<Vec<Key>> {
    let mut keys = Vec::new();
    for name in list.into_iter().flat_map(|list| list.split(',')) {
        keys.extend(match name.trim() {
            "date" => vec![Key::Date],
            "source" => vec![Key::Source],
            "match" => vec![Key::Words(KwicKey::Match)],
            name => {
                // The library knows no lists of hits, whose days and outlets these are.
                let columns = "say `1L` to `9L` for words left of the match, `1R` to `9R` for those right of it, `match`, `date` or `source`";
                let keys = KwicKey::parse(name).map_err(|error| error.hint(columns))?;
                keys.into_iter().map(Key::Words).collect()
            }
        });
    }
    Ok(keys)
}

impl Line {
    fn of(hit: &Hit, title: bool, span: Span, words: usize) -> Self {
        let article: &Article = &hit.article;
        let whole = if title { &article.title } else { &article.text };
        let before = whole[..span.start].chars().count();
        Self {
            kwic: if title { passage::kwic_title(article, span, words) } else { passage::kwic(article, span, words) },
            source: article.source.as_ref().map(|s| s.value.clone()).unwrap_or_default(),
            day: hits::day(article),
            id: article.id.to_string(),
            title,
            chars: Span::new(before, before + span.of(whole).chars().count()),
            bytes: span,
        }
    }

    fn entries(self) -> Vec<Entry> {
        let Kwic { left, matched, right } = self.kwic;
        let texts = [left, matched, right, self.source, self.day, self.id];
        let place = if self.title { "title" } else { "text" };
        let ends = [self.chars.start, self.chars.end, self.bytes.start, self.bytes.end];
        let ends = ends.map(|at| Entry::Number(at as u64));
        texts.into_iter().chain([place.to_owned()]).map(Entry::Text).chain(ends).collect()
    }

    fn sort_key(&self, keys: &[Key]) -> Vec<String> {
        let one = |key: &Key| match key {
            Key::Words(key) => self.kwic.sort_key(&[*key]).concat(),
            // What has no date comes last.
            Key::Date if self.day.is_empty() => "~".to_owned(),
            Key::Date => self.day.clone(),
            Key::Source => newsdex::text::fold(&self.source),
        };
        keys.iter().map(one).collect()
    }
}

/// The lines wanted so far: in a sorted concordance those that are first in its order, however many there are.
struct Lines {
    keys: Vec<Key>,
    skip: usize,
    /// One past the last wanted.
    end: usize,
    kept: Vec<(Vec<String>, Line)>,
    total: u64,
}

impl Lines {
    fn new(keys: Vec<Key>, request: &Request) -> Self {
        let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let skip = number(request.offset);
        Self { keys, skip, end: skip.saturating_add(number(request.limit)), kept: Vec::new(), total: 0 }
    }

    fn add(&mut self, line: impl FnOnce() -> Line) {
        let at = self.total as usize;
        self.total += 1;
        if self.keys.is_empty() {
            if (self.skip..self.end).contains(&at) {
                self.kept.push((Vec::new(), line()));
            }
            return;
        }
        let line = line();
        self.kept.push((line.sort_key(&self.keys), line));
        if self.kept.len() >= self.end.saturating_mul(2).max(1024) {
            self.sort();
        }
    }

    /// Equals stay in the order they came in.
    fn sort(&mut self) {
        self.kept.sort_by(|a, b| a.0.cmp(&b.0));
        self.kept.truncate(self.end);
    }

    fn is_full(&self) -> bool {
        self.total >= self.end as u64
    }

    fn into_shown(mut self) -> Vec<Line> {
        let skip = if self.keys.is_empty() { 0 } else { self.skip };
        self.sort();
        self.kept.into_iter().skip(skip).map(|(_, line)| line).collect()
    }
}

fn text(lines: &[Line], found: &str, args: &args::Search, out: &Output) -> anyhow::Result<()> {
    let mut to = Paged::start(!args.no_pager, out);
    let marks = Marks::of(out);
    let width = wrap::width();
    // Behind the line: where it is from, as far as there is room, and the id.
    let asked =
        |name: &str| args.sort_kwic.as_deref().is_some_and(|list| list.split(',').any(|key| key.trim() == name));
    let (dates, sources) = (width >= 100 || asked("date"), width >= 100 || asked("source"));
    let tail = 13 + if dates { 11 } else { 0 } + if sources { 15 } else { 0 };
    let middle = lines.iter().map(|l| safe(&l.kwic.matched).width()).max().unwrap_or(0).min(width / 3);
    let side = width.saturating_sub(middle + tail + 4) / 2;
    let (quiet, mark) = (style::QUIET, style::MARK);
    for line in lines {
        let left = fit::ending(&safe(&line.kwic.left), side);
        let right = fit::beginning(&safe(&line.kwic.right), side);
        let matched = fit::ends(&safe(&line.kwic.matched), middle);
        let padded = |text: &str, columns: usize| format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())));
        let lead = " ".repeat(side.saturating_sub(left.width()));
        let pad = " ".repeat(middle.saturating_sub(matched.width()));
        let matched = match marks {
            Marks::Colour => format!("{mark}{matched}{mark:#}"),
            Marks::Stars => matched,
        };
        let mut from = String::new();
        if dates {
            from.push_str(&padded(&line.day, 11));
        }
        if sources {
            from.push_str(&padded(&fit::beginning(&safe(&line.source), 14), 15));
        }
        from.push_str(line.id.get(..12).unwrap_or(&line.id));
        writeln!(to, "{lead}{left}  {matched}{pad}  {} {quiet}{from}{quiet:#}", padded(&right, side))?;
    }
    writeln!(to, "{quiet}{found}{quiet:#}")?;
    to.finish()?;
    Ok(())
}
