//! What was typed as a query, and the flags beside it → what the library is asked.

use std::path::Path;

use jiff::{Timestamp, Zoned};
use newsdex::model::AsOf;
use newsdex::query::{self, Dialect, Kind, Query};
use newsdex::search::{Morgue, OpenOptions, Order, Progress, Request};

use crate::args::{self, Filters, Sort};
use crate::output::{Output, safe};
use crate::wrap;

/// A query read.
pub struct Asked {
    /// As typed, flags not included.
    pub typed: String,
    /// What it asks, flags included.
    pub query: Query,
    /// How it was read, where that was said already.
    pub said: Option<String>,
    /// Whether it was typed in another service's language.
    pub translated: bool,
    /// Of a bag of words: what only says that something is asked, and is not sought.
    pub frame: Vec<String>,
}

/// Reads the words of a query and the flags that narrow it.
pub fn read(words: &[String], filters: &Filters, out: &Output) -> anyhow::Result<Asked> {
    let typed = words.join(" ");
    let mut asked = typed.clone();
    if let Some(dialect) = filters.dialect {
        if filters.any {
            // Its operators would be sought as words.
            let said =
                "--any takes words and no operators, and --dialect translates operators: they exclude each other";
            let error = newsdex::Error::new(newsdex::ErrorKind::Usage, said);
            return Err(error.hint("leave one of the two flags out").into());
        }
        let translated = dialect_of(dialect).translate(&typed);
        for warning in &translated.warnings {
            out.remark(&format!("note: {}", safe(warning)));
        }
        asked = translated.query;
    }
    let mut options = options();
    options.any = filters.any;
    options.stem = !filters.no_stem;
    let query = query::parse(&asked, &options).map_err(|error| {
        if filters.dialect.is_some() {
            out.remark(&format!("read as: {}", safe(&asked)));
        }
        error.into_error(&asked, wrap::columns())
    })?;
    let said = filters.dialect.map(|_| query::print(&query));
    if let Some(said) = &said {
        out.remark(&format!("read as: {}", safe(said)));
    }
    let frames = if filters.any { query::frame(&asked) } else { Vec::new() };
    let frame = frames.into_iter().map(|span| span.of(&asked).to_owned()).collect();
    Ok(Asked { typed, query: narrowed(query, filters)?, said, translated: filters.dialect.is_some(), frame })
}

/// How queries are read today.
pub fn options() -> query::Options {
    query::Options::new(Zoned::now().date())
}

fn narrowed(query: Query, filters: &Filters) -> anyhow::Result<Query> {
    let mut request = Request::new(query, Timestamp::now());
    for (field, value) in [("source", &filters.source), ("author", &filters.author), ("lang", &filters.lang)] {
        if let Some(value) = value {
            request.filter(name_flag(field, value)?);
        }
    }
    if let Some(day) = &filters.since {
        request.filter(from_flag("--since", &format!("since:{day}"))?);
    }
    if let Some(day) = &filters.until {
        request.filter(from_flag("--until", &format!("date:..{day}"))?);
    }
    Ok(request.query)
}

/// `--source`, `--author`, `--lang`: read as the field of that name is.
fn name_flag(field: &str, value: &str) -> anyhow::Result<Query> {
    let quotes = ['"', '“', '”', '„', '«', '»'];
    let plain =
        !value.is_empty() && !value.contains(|c: char| c.is_whitespace() || "()".contains(c) || quotes.contains(&c));
    let value = value.replace(quotes, " ");
    let text = if plain { format!("{field}:{value}") } else { format!("{field}:\"{value}\"") };
    from_flag(&format!("--{field}"), &text)
}

/// What a flag asks, as the query language says it.
fn from_flag(flag: &str, text: &str) -> anyhow::Result<Query> {
    query::parse(text, &options()).map_err(|error| {
        let hint = error.suggestion.clone().unwrap_or_else(|| "write 2025-06-27, 2025-06, 2025 or 7d".to_owned());
        newsdex::Error::new(newsdex::ErrorKind::Usage, format!("{flag}: {}", error.message)).hint(hint).into()
    })
}

fn dialect_of(dialect: args::Dialect) -> Dialect {
    match dialect {
        args::Dialect::Nexis => Dialect::Nexis,
        args::Dialect::Factiva => Dialect::Factiva,
        args::Dialect::Proquest => Dialect::ProQuest,
        args::Dialect::Mediacloud => Dialect::MediaCloud,
    }
}

/// The order asked for.
pub fn order(sort: Sort) -> Order {
    match sort {
        Sort::Relevance => Order::Relevance,
        Sort::Date => Order::Oldest,
        Sort::Newest => Order::Newest,
    }
}

/// An order as it is typed.
pub fn order_name(order: Order) -> &'static str {
    match order {
        Order::Relevance => "relevance",
        Order::Oldest => "date",
        Order::Newest => "-date",
    }
}

/// The moment that `--as-of` names: what queries take as a date (then the end of that day, month or year), or an instant.
pub fn as_of(typed: &str) -> anyhow::Result<AsOf> {
    if typed.contains(['T', 't', ':']) {
        let instant = typed.parse::<Timestamp>().map_err(|_| {
            newsdex::Error::new(newsdex::ErrorKind::Usage, format!("--as-of: `{typed}` is no instant")).hint(
                "write it with its zone as 2025-06-27T14:00:00Z or 2025-06-27T14:00:00+02:00, or a day as 2025-06-27",
            )
        })?;
        return Ok(AsOf::Instant(instant));
    }
    match from_flag("--as-of", &format!("fetched:..{typed}"))?.kind {
        Kind::Dates { to: Some(day), .. } => Ok(AsOf::Day(day)),
        _ => anyhow::bail!("--as-of: `{typed}` is no date: write it as 2025-06-27"),
    }
}

/// Opens the home, as of the moment that `--as-of` names if it was given; catching up shows how far it is, and what a
/// person should know is said.
pub fn open(home: &Path, then: Option<&str>, out: &Output) -> anyhow::Result<Morgue> {
    let bar = crate::progress::counting(out, "indexing");
    let progress = |progress: Progress| bar.set_position(progress.articles);
    let as_of = then.map(as_of).transpose()?;
    let morgue = Morgue::open(home, &OpenOptions { as_of, progress: Some(&progress), ..OpenOptions::default() });
    bar.finish_and_clear();
    let morgue = morgue?;
    if let Some(as_of) = morgue.as_of() {
        out.remark(&format!("as of {as_of}, by when articles were got"));
    }
    for note in morgue.notes() {
        out.remark(&format!("note: {}", safe(note)));
    }
    Ok(morgue)
}
