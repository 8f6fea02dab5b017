//! `newsdex save`, `saved`, `new`: searches kept under a name, and what is new for them since the last look.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use newsdex::corpus::{Corpus, SavedSearch, Searches};
use newsdex::export::{self, Asked, Choice, Counts, Entry, Format, Head, Ledger, Tail};
use newsdex::model::Hit;
use newsdex::query::Query;
use newsdex::search::{Gone, Morgue, News, Order, Request, Seen};
use newsdex::{Error, ErrorKind, query};

use crate::args;
use crate::asking;
use crate::hits::{self, Marks};
use crate::output::{List, Output, Status, safe, style};
use crate::table::Table;
use crate::{rows, wrap};

pub fn save(args: &args::Save, home: &Path, out: &Output) -> anyhow::Result<Status> {
    let typed = args.query.join(" ");
    // Read now, so that a query that cannot be read is not found out at night by cron.
    query::parse(&typed, &asking::options()).map_err(|error| error.into_error(&typed, wrap::columns()))?;
    let corpus = Corpus::open(home)?;
    let seen_at = Some(Timestamp::now());
    let seen = corpus.revision()?;
    let before = corpus.saved_searches()?.into_iter().find(|search| search.name == args.name);
    drop(corpus);
    Searches::open(home)?.save(&SavedSearch { name: args.name.clone(), query: typed, seen, seen_at })?;
    if let Some(before) = before {
        out.remark(&format!("in place of `{}`, which had that name", safe(&before.query)));
    }
    out.remark(&format!("saved; `newsdex new {}` shows what comes in from now on", safe(&args.name)));
    Ok(Status::Done)
}

pub fn list(args: &args::Saved, home: &Path, out: &Output) -> anyhow::Result<Status> {
    if let Some(name) = &args.forget {
        if !Searches::open(home)?.forget(name)? {
            return Err(unknown(name));
        }
        out.remark(&format!("forgot `{}`", safe(name)));
        return Ok(Status::Done);
    }
    let saved = Corpus::open(home)?.saved_searches()?;
    match args.format.name() {
        "text" | "list" => {
            let mut table = Table::new(&["name", "seen to revision", "query"]);
            for search in &saved {
                table.row(vec![search.name.clone(), search.seen.to_string(), search.query.clone()]);
            }
            let mut to = out.text();
            table.print(&mut to)?;
            to.flush()?;
        }
        name => {
            let row = |s: &SavedSearch| {
                vec![Entry::Text(s.name.clone()), Entry::Text(s.query.clone()), Entry::Number(s.seen.0)]
            };
            let all: Vec<_> = saved.iter().map(row).collect();
            rows::write(name, &["name", "query", "seen_revision"], &all, out)?;
        }
    }
    Ok(if saved.is_empty() { Status::Nothing } else { Status::Done })
}

pub fn new(args: &args::New, home: &Path, out: &Output) -> anyhow::Result<Status> {
    let format = match args.format.name() {
        "text" | "list" => None,
        name => Some(Format::parse(name)?),
    };
    let morgue = asking::open(home, None, out)?;
    let mut saved = morgue.corpus().saved_searches()?;
    if let Some(name) = &args.name {
        saved.retain(|search| search.name == *name);
        if saved.is_empty() {
            return Err(unknown(name));
        }
    }
    let (now, revision) = (Timestamp::now(), morgue.revision());
    let mut asked = Vec::new();
    for search in saved {
        let query =
            query::parse(&search.query, &asking::options()).map_err(|e| e.into_error(&search.query, wrap::columns()));
        // What is new is told by revision; after a corpus was put back to an older state nothing is.
        let mut seen = Seen { revision: search.seen.min(revision), at: search.seen_at };
        if seen.at.is_none() {
            seen.at = morgue.corpus().committed(seen.revision)?;
        }
        asked.push(Asking {
            query: query.map_err(|e| anyhow::Error::from(e).context(format!("saved search `{}`", search.name)))?,
            search,
            seen,
        });
    }
    let total = match format {
        None if args.format.name() == "list" => lines(&morgue, &asked, now, out)?,
        None => text(&morgue, &asked, now, out)?,
        Some(format) => program(&morgue, &asked, format, now, out)?,
    };
    // Noted only after all was printed, or stands in its file: a look that broke off is taken again.
    out.publish()?;
    // Where nothing came in and no embargo ended, the next look may begin where this one did: nothing is written.
    if !args.peek && (total > 0 || asked.iter().any(|asking| asking.search.seen != revision)) {
        let searches = Searches::open(home)?;
        for asking in &asked {
            searches.saw(&asking.search, revision, now)?;
        }
    }
    // Only to somebody who sits there: cron mails whatever is printed.
    if total == 0 && out.progress() {
        out.remark("nothing new");
    }
    Ok(if total == 0 { Status::Nothing } else { Status::Done })
}

/// A saved search being looked at.
struct Asking {
    search: SavedSearch,
    query: Query,
    seen: Seen,
}

impl Asking {
    /// Gives what is new to `each`, newest first.
    fn each(
        &self,
        morgue: &Morgue,
        now: Timestamp,
        each: &mut dyn FnMut(Hit, News) -> newsdex::Result<()>,
    ) -> newsdex::Result<u64> {
        let mut request = Request::new(self.query.clone(), now);
        request.order = Order::Newest;
        // All passages: the words that matched are told of the whole article.
        request.passages = usize::MAX;
        morgue.each_new(&request, self.seen, each)
    }

    /// In words, which articles answered then and do so no more.
    fn gone(&self, morgue: &Morgue, now: Timestamp) -> newsdex::Result<Vec<String>> {
        let request = Request::new(self.query.clone(), now);
        let mut said = Vec::new();
        morgue.each_gone(&request, self.seen, &mut |before, why| {
            let article = &before.article;
            let why = match why {
                Gone::Withdrawn { version } => format!("withdrawn since (version {version})"),
                Gone::Changed { version } => format!("changed since, and answers no more (version {version})"),
                Gone::Deleted => "taken out of the corpus since".to_owned(),
            };
            said.push(format!("{} · {} · {why}", hits::headline(article), article.id));
            Ok(())
        })?;
        Ok(said)
    }
}

fn text(morgue: &Morgue, asked: &[Asking], now: Timestamp, out: &Output) -> anyhow::Result<u64> {
    let mut to = out.text();
    let (title, quiet) = (style::TITLE, style::QUIET);
    let mut total = 0;
    for asking in asked {
        let (name, query) = (safe(&asking.search.name), safe(&asking.search.query));
        let mut failed = None;
        let count = asking.each(morgue, now, &mut |hit, news| {
            let mut print = || -> anyhow::Result<()> {
                if hit.rank == 1 {
                    writeln!(to, "{title}{name}{title:#}  {quiet}{query}{quiet:#}\n")?;
                }
                let words = matched(&hit);
                hits::print(&with_best_passage(hit.clone()), Marks::of(out), &mut to)?;
                let mut said = Vec::new();
                match news {
                    News::New => {}
                    News::Released { until } => said.push(format!("under embargo until {until}")),
                    News::Changed { since } => said.push(format!("changed since version {since}")),
                }
                if !words.is_empty() {
                    said.push(format!("matched: {}", safe(&words.join(", "))));
                }
                if !said.is_empty() {
                    writeln!(to, "     {quiet}{}{quiet:#}\n", said.join("; "))?;
                }
                Ok(())
            };
            print().map_err(|error| stopped(error, &mut failed))
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let count = count?;
        if count > 0 {
            writeln!(to, "{quiet}{name}: {count} new{quiet:#}\n")?;
        }
        let gone = asking.gone(morgue, now)?;
        if count == 0 && !gone.is_empty() {
            writeln!(to, "{title}{name}{title:#}  {quiet}{query}{quiet:#}\n")?;
        }
        for said in &gone {
            writeln!(to, "     {}", safe(said))?;
        }
        if !gone.is_empty() {
            writeln!(to, "\n{quiet}{name}: {} answer no more{quiet:#}\n", gone.len())?;
        }
        total += count + gone.len() as u64;
    }
    to.flush()?;
    Ok(total)
}

/// A line for each, with the name of its search; what answers no more is told beside the list.
fn lines(morgue: &Morgue, asked: &[Asking], now: Timestamp, out: &Output) -> anyhow::Result<u64> {
    let mut heads = vec!["search"];
    heads.extend(hits::LIST);
    let mut table = Table::new(&heads);
    let (mut total, mut notes) = (0, Vec::new());
    for asking in asked {
        let name = &asking.search.name;
        total += asking.each(morgue, now, &mut |hit, _| {
            let mut row = vec![name.clone()];
            row.extend(hits::row(&hit));
            table.row(row);
            Ok(())
        })?;
        notes.extend(asking.gone(morgue, now)?.into_iter().map(|said| format!("{name}: {said}")));
    }
    // As for text: nothing is printed where there is nothing.
    if total > 0 {
        let mut to = out.text();
        let gives = hits::LIST_GIVES.map(|(column, least)| (column + 1, least));
        table.print_within(out.is_terminal().then(wrap::columns), &gives, &mut to)?;
        to.flush()?;
    }
    for note in &notes {
        out.remark(&format!("note: {}", safe(note)));
    }
    Ok(total + notes.len() as u64)
}

/// Carries an error of ours out through the library.
fn stopped(error: anyhow::Error, failed: &mut Option<anyhow::Error>) -> Error {
    *failed = Some(error);
    Error::new(ErrorKind::Interrupted, "stopped")
}

fn with_best_passage(mut hit: Hit) -> Hit {
    let best =
        hit.passages.iter().enumerate().reduce(|a, b| if b.1.score > a.1.score { b } else { a }).map(|(at, _)| at);
    hit.passages = best.map(|at| hit.passages.swap_remove(at)).into_iter().collect();
    hit
}

/// The words that matched, each spelling once.
fn matched(hit: &Hit) -> Vec<String> {
    let title = hit.title_marks.iter().map(|m| m.span.of(&hit.article.title));
    let text = hit.passages.iter().flat_map(|p| &p.marks).map(|m| m.span.of(&hit.article.text));
    let mut words: Vec<String> = title.chain(text).map(str::to_lowercase).collect();
    words.sort();
    words.dedup();
    words
}

fn program(morgue: &Morgue, asked: &[Asking], format: Format, now: Timestamp, out: &Output) -> anyhow::Result<u64> {
    let options = export::Options { names: true, per: export::Per::Article, ..export::Options::default() };
    let heads = asked.iter().map(|asking| Asked {
        name: Some(asking.search.name.clone()),
        typed: asking.search.query.clone(),
        read_as: query::print(&asking.query),
        in_words: query::explain(&asking.query),
    });
    let head = Head {
        asked: heads.collect(),
        revision: morgue.revision(),
        as_of: None,
        time: now,
        choice: Choice { sort: asking::order_name(Order::Newest).to_owned(), ..Choice::of(&options, format) },
        notes: Vec::new(),
    };
    let mut ledger = Ledger::new(format, options.per)?;
    let behind: Vec<String> = morgue.behind().map(str::to_owned).into_iter().collect();
    let mut tail = Tail { notes: behind.clone(), ..Tail::default() };
    let mut total = 0;
    let counts = {
        let mut writer = ledger.beside(export::open(format, &options, Box::new(out.data())));
        // The heads of columns alone would be news to whoever has the output mailed; a file is made in any case.
        let mut begun = out.is_file() || !matches!(format, Format::Csv | Format::Tsv);
        if begun {
            writer.begin(&head)?;
        }
        for asking in asked {
            let name = &asking.search.name;
            tail.total_articles += asking.each(morgue, now, &mut |hit, _| {
                if !std::mem::replace(&mut begun, true) {
                    writer.begin(&head)?;
                }
                writer.hit(&hit, Some(name))
            })?;
        }
        // A list of hits has no row for what is none any more.
        for asking in asked {
            let gone = asking.gone(morgue, now)?;
            total += gone.len() as u64;
            tail.notes.extend(gone.iter().map(|said| format!("{}: {said}", asking.search.name)));
        }
        if begun { writer.end(&tail)? } else { Counts::default() }
    };
    total += tail.total_articles;
    for note in tail.notes.iter().skip(behind.len()) {
        out.remark(&format!("note: {}", safe(note)));
    }
    out.is_list(List { format, head, tail, counts, ledger });
    Ok(total)
}

fn unknown(name: &str) -> anyhow::Error {
    Error::new(ErrorKind::NotFound, format!("no saved search called `{name}`"))
        .hint("`newsdex saved` lists them")
        .into()
}
