//! `newsdex search QUERY…`: the best passages, for a person or a program.

mod concordance;

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use newsdex::export::{self, Choice, Entry, Format, Head, Ledger, Tail};
use newsdex::model::Page;
use newsdex::query;
use newsdex::query::plan::Scope;
use newsdex::search::{Facet, Morgue, Per, Request, Summary};

use crate::args;
use crate::asking::{self, Asked};
use crate::hits::{self, Marks};
use crate::output::{List, Output, Status, safe, style};
use crate::pager::Paged;
use crate::settings::Settings;
use crate::table::{Table, count, many};
use crate::{rows, wrap};

pub fn run(args: &args::Search, home: &Path, settings: &Settings, out: &Output) -> anyhow::Result<Status> {
    let asked = asking::read(&args.query, &args.filters, out)?;
    let morgue = asking::open(home, args.filters.as_of.as_deref(), out)?;
    let request = request(args, settings, &asked);
    if args.explain {
        explain(&morgue, &asked, &request, out)?;
    }
    let counted = if args.variants {
        Some(variants(&morgue, &request, args, out)?)
    } else if let Some(field) = &args.by {
        Some(by(&morgue, &request, field, Part::of(args), args.format.name(), out)?)
    } else {
        None
    };
    if let Some(status) = counted {
        for note in morgue.left_out(&request)? {
            out.remark(&format!("note: {}", safe(&note)));
        }
        return Ok(status);
    }
    if args.kwic {
        return concordance::run(args, &morgue, &request, out);
    }
    let page = morgue.search(&request)?;
    if let Some(number) = args.open.filter(|_| page.total_articles > 0) {
        return open_in_browser(&page, number, out);
    }
    match args.format.name() {
        "text" => text(&page, &request, args, out)?,
        "list" => list(&page, &request, out)?,
        name => program(&page, &request, &asked, &morgue, name, out)?,
    }
    Ok(if page.total_articles == 0 { Status::Nothing } else { Status::Done })
}

fn request(args: &args::Search, settings: &Settings, asked: &Asked) -> Request {
    let mut request = Request::new(asked.query.clone(), Timestamp::now());
    request.translated = asked.translated;
    request.order = asking::order(args.sort);
    request.offset = args.offset as u64;
    request.limit = args.limit.or(settings.search.limit).unwrap_or(10) as u64;
    request.per = match args.per {
        args::Per::Article => Per::Article,
        args::Per::Passage => Per::Passage,
    };
    request.passages = args.passages.or(settings.search.passages).unwrap_or(1).max(1);
    if args.per == args::Per::Passage && args.passages.is_none() {
        request.passages = usize::MAX;
    }
    let usual = settings.search.collapse.unwrap_or(true);
    request.collapse = !args.no_collapse && (args.collapse || usual);
    request.expand = args.expand;
    request.recent = args.recent;
    request.explain = args.explain;
    request
}

/// How the query was read, in words, and what each word stands for.
fn explain(morgue: &Morgue, asked: &Asked, request: &Request, out: &Output) -> anyhow::Result<()> {
    let read = query::print(&asked.query);
    if asked.said.as_ref() != Some(&read) {
        let with_flags = if asked.said.is_some() { ", with the flags" } else { "" };
        out.remark(&format!("read as{with_flags}: {}", safe(&read)));
    }
    out.remark(&safe(&query::explain(&asked.query)));
    if !asked.frame.is_empty() {
        let frame: Vec<String> = asked.frame.iter().map(|words| format!("`{}`", safe(words))).collect();
        let so = "not sought, as it says that something is asked and not what";
        out.remark(&format!("{so}: {} (`ANY(…)` in place of `--any` seeks every word)", frame.join(", ")));
    }
    let leaves = morgue.leaves(&request.query, request.now)?;
    if !leaves.is_empty() {
        out.remark("articles that have each word, whatever else is asked:");
    }
    for leaf in leaves {
        let words: Vec<String> =
            leaf.words.iter().take(12).map(|w| format!("{} {}", w.word, count(w.articles))).collect();
        let more = leaf.words.len().saturating_sub(12);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let place = match leaf.scope {
            Scope::Title => " in the title",
            Scope::Text => " in the text",
            Scope::Either | Scope::Headline => "",
        };
        let words = if words.is_empty() { "none".to_owned() } else { words.join(" · ") };
        let more = if leaf.literal { " (its words, whatever their case)".to_owned() } else { more };
        out.remark(&format!("  `{}`{place}: {}{more}", safe(&leaf.typed), safe(&words)));
    }
    out.remark("");
    Ok(())
}

fn variants(morgue: &Morgue, request: &Request, args: &args::Search, out: &Output) -> anyhow::Result<Status> {
    let tally = morgue.variants(request)?;
    let (part, rows) = (Part::of(args), tally.rows());
    let found = rows.len();
    if found == 0 {
        let no_word = query::plan(&request.query).leaves.is_empty();
        out.remark(if no_word { "no word is asked for, so there are no spellings to count" } else { "nothing found" });
    }
    let rows = part.take(rows);
    match args.format.name() {
        "text" | "list" if rows.is_empty() => {}
        "text" => {
            let said: Vec<String> = rows.iter().map(|(spelling, number)| format!("{spelling} {number}")).collect();
            out.write_all(format!("{}\n", safe(&said.join(" · "))).as_bytes())?;
        }
        "list" => {
            let mut table = Table::new(&["matches", "spelling"]);
            rows.iter().for_each(|(spelling, number)| table.row(vec![count(*number), (*spelling).to_owned()]));
            let mut to = out.text();
            table.print(&mut to)?;
            to.flush()?;
        }
        name => {
            let row =
                |(spelling, number): &(&str, u64)| vec![Entry::Text((*spelling).to_owned()), Entry::Number(*number)];
            rows::write(name, &["spelling", "matches"], &rows.iter().map(row).collect::<Vec<_>>(), out)?;
        }
    }
    part.said(rows.len(), found, "spelling", out);
    Ok(if found == 0 { Status::Nothing } else { Status::Done })
}

/// Which of the rows of a count are shown.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub offset: usize,
    pub limit: Option<usize>,
}

impl Part {
    fn of(args: &args::Search) -> Self {
        Self { offset: args.offset, limit: args.limit }
    }

    fn take<T>(self, rows: Vec<T>) -> Vec<T> {
        rows.into_iter().skip(self.offset).take(self.limit.unwrap_or(usize::MAX)).collect()
    }

    /// Says that some are not shown.
    fn said(self, shown: usize, found: usize, what: &str, out: &Output) {
        if shown == found {
            return;
        }
        let (from, of) = (self.offset as u64 + 1, many(found as u64, what));
        out.remark(&match (self.offset, shown as u64) {
            (0, shown) => format!("{} of {of}", count(shown)),
            (_, 0) => format!("{of}, none from {} on", count(from)),
            (_, shown) => format!("{}–{} of {of}", count(from), count(from + shown - 1)),
        });
    }
}

/// The field a facet counts by.
pub fn facet(field: &str) -> anyhow::Result<Facet> {
    Ok(match field {
        "source" => Facet::Source,
        "author" => Facet::Author,
        "lang" | "language" => Facet::Lang,
        "section" => Facet::Section,
        "agency" => Facet::Agency,
        other => anyhow::bail!("no counts by `{other}` (source, author, lang, section, agency)"),
    })
}

/// Prints counts by a field: articles, and where words are asked for their matches and the distinct stories.
pub fn by(
    morgue: &Morgue,
    request: &Request,
    field: &str,
    part: Part,
    format: &str,
    out: &Output,
) -> anyhow::Result<Status> {
    let facet = facet(field)?;
    let rows: Vec<(Option<String>, Vec<u64>)> = if query::plan(&request.query).leaves.is_empty() {
        let counts = morgue.facets(&request.query, facet, request.now)?;
        counts.into_iter().map(|count| (count.value, vec![count.articles])).collect()
    } else {
        let of = |s: Summary| vec![s.articles, s.matches, s.stories];
        morgue.summaries(request, facet)?.into_iter().map(|(value, summary)| (value, of(summary))).collect()
    };
    let found = rows.len();
    let columns = rows.first().map_or(1, |(_, counts)| counts.len());
    let rows = part.take(rows);
    let names = ["articles", "matches", "stories"].into_iter().take(columns);
    match format {
        "text" | "list" => {
            let heads: Vec<&str> = names.chain(["value"]).collect();
            let mut table = Table::new(&heads);
            for (value, counts) in &rows {
                let named = value.clone().unwrap_or_else(|| "(none)".to_owned());
                table.row(counts.iter().map(|number| count(*number)).chain([named]).collect());
            }
            let mut to = out.text();
            table.print(&mut to)?;
            to.flush()?;
        }
        name => {
            let row = |(value, counts): &(Option<String>, Vec<u64>)| {
                [value.clone().into()].into_iter().chain(counts.iter().map(|count| Entry::Number(*count))).collect()
            };
            let columns: Vec<&str> = ["value"].into_iter().chain(names).collect();
            rows::write(name, &columns, &rows.iter().map(row).collect::<Vec<_>>(), out)?;
        }
    }
    part.said(rows.len(), found, "value", out);
    Ok(if found == 0 { Status::Nothing } else { Status::Done })
}

fn text(page: &Page, request: &Request, args: &args::Search, out: &Output) -> anyhow::Result<()> {
    let mut to = Paged::start(!args.no_pager, out);
    let marks = Marks::of(out);
    for hit in &page.hits {
        hits::print(hit, marks, &mut to)?;
    }
    let quiet = style::QUIET;
    if !page.hits.is_empty() {
        writeln!(to, "{quiet}{}{quiet:#}", safe(&found(page, request)))?;
    }
    to.finish()?;
    if page.hits.is_empty() {
        let said = if page.total_articles == 0 { "nothing found".to_owned() } else { found(page, request) };
        out.remark(&said);
    }
    noted(page, out);
    Ok(())
}

fn noted(page: &Page, out: &Output) {
    for note in &page.notes {
        out.remark(&format!("note: {}", safe(note)));
    }
}

/// One line a hit.
fn list(page: &Page, request: &Request, out: &Output) -> anyhow::Result<()> {
    let mut table = Table::new(&hits::LIST);
    page.hits.iter().for_each(|hit| table.row(hits::row(hit)));
    let mut to = out.text();
    table.print_within(out.is_terminal().then(wrap::columns), &hits::LIST_GIVES, &mut to)?;
    to.flush()?;
    // Where all are shown, the last number says how many there are.
    if page.total_articles == 0 {
        out.remark("nothing found");
    } else if !shows_all(page, request) {
        out.remark(&found(page, request));
    }
    noted(page, out);
    Ok(())
}

/// Whether the page holds all there is.
fn shows_all(page: &Page, request: &Request) -> bool {
    let shown = page.hits.len() as u64;
    request.offset == 0
        && match request.per {
            Per::Article => shown == page.total_articles,
            Per::Passage => shown < request.limit,
        }
}

fn found(page: &Page, request: &Request) -> String {
    let articles = many(page.total_articles, "article");
    let from = request.offset + 1;
    let copies = if page.collapsed > 0 { ", copies of one story as one" } else { "" };
    let last = request.offset + page.hits.len() as u64;
    let shown = format!("{}–{}", count(from), count(last));
    match request.per {
        _ if request.limit == 0 => format!("{articles} found"),
        Per::Article if page.hits.is_empty() => format!("{articles} found{copies}, none from {from} on"),
        Per::Article => format!("{shown} of {articles} found{copies}"),
        Per::Passage if page.hits.is_empty() => format!("{articles} found{copies}, no passage from {from} on"),
        // A page that is not full ends with the last passage there is.
        Per::Passage if (page.hits.len() as u64) < request.limit => {
            format!("passages {shown} of {}, in {articles} found{copies}", count(last))
        }
        Per::Passage => format!("passages {shown}, in {articles} found{copies}"),
    }
}

/// The page in one of the formats of `export`.
fn program(
    page: &Page,
    request: &Request,
    asked: &Asked,
    morgue: &Morgue,
    format: &str,
    out: &Output,
) -> anyhow::Result<()> {
    let format = Format::parse(format)?;
    if format.is_binary() && out.is_terminal() {
        anyhow::bail!("`{format}` is binary and would spoil the terminal: name a file with -o");
    }
    let options = export::Options {
        per: if request.per == Per::Passage { export::Per::Hit } else { export::Per::Article },
        ..export::Options::default()
    };
    let mut ledger = Ledger::new(format, options.per)?;
    let mut head = Head::of(&asked.typed, &page.read_as, page.revision, request.now);
    head.as_of = morgue.as_of();
    head.asked.iter_mut().for_each(|one| one.in_words = query::explain(&asked.query));
    head.choice = Choice {
        sort: asking::order_name(request.order).to_owned(),
        limit: Some(request.limit),
        offset: request.offset,
        collapse: request.collapse,
        expand: request.expand,
        recent: request.recent,
        ..Choice::of(&options, format)
    };
    let notes = morgue.behind().map(str::to_owned).into_iter().chain(page.notes.iter().cloned());
    let tail = Tail { total_articles: page.total_articles, notes: notes.collect() };
    let counts = {
        let mut writer = ledger.beside(export::open(format, &options, Box::new(out.data())));
        writer.begin(&head)?;
        for hit in &page.hits {
            writer.hit(hit, None)?;
        }
        writer.end(&tail)?
    };
    if page.total_articles > 0 && !shows_all(page, request) {
        out.remark(&found(page, request));
    }
    for note in counts.notes.iter().chain(&page.notes) {
        out.remark(&format!("note: {}", safe(note)));
    }
    out.is_list(List { format, head, tail, counts, ledger });
    Ok(())
}

fn open_in_browser(page: &Page, number: usize, out: &Output) -> anyhow::Result<Status> {
    let Some(hit) = page.hits.iter().find(|hit| hit.rank == number as u64) else {
        anyhow::bail!("there is no result {number} on this page of {}", page.hits.len());
    };
    let web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    let Some(url) = hit.article.url.as_deref().filter(web) else {
        anyhow::bail!("result {number} has no web address: `newsdex show {}` prints it", hit.article.id);
    };
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let opened = std::process::Command::new(program).arg(url).status();
    if !opened.is_ok_and(|status| status.success()) {
        anyhow::bail!("no browser could be opened (`{program}`); the address is {}", safe(url));
    }
    out.remark(&format!("opened {}", safe(url)));
    Ok(Status::Done)
}
