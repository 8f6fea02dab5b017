//! `newsdex search QUERY…`: the best passages, for a person or a program.

mod concordance;

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use newsdex::export::{self, Choice, Format, Head, Ledger, Tail};
use newsdex::model::{AsOf, Page};
use newsdex::query;
use newsdex::search::{Facet, Morgue, Per, Request, Summary};

use crate::args;
use crate::asking::{self, Asked};
use crate::hits::{self, Marks};
use crate::output::{List, Output, Status, safe, style};
use crate::pager::Paged;
use crate::settings::Settings;
use crate::table::{Table, count};

pub fn run(args: &args::Search, home: &Path, settings: &Settings, out: &Output) -> anyhow::Result<Status> {
    let asked = asking::read(&args.query, &args.filters, out)?;
    let morgue = asking::open(home, args.filters.as_of.as_deref(), out)?;
    let request = request(args, settings, &asked);
    if args.explain {
        explain(&morgue, &asked, &request, out)?;
    }
    if args.variants {
        return variants(&morgue, &request, out);
    }
    if let Some(field) = &args.by {
        return by(&morgue, &request, field, args.format.name(), out);
    }
    if args.kwic {
        return concordance::run(args, &morgue, &request, out);
    }
    let page = morgue.search(&request)?;
    if let Some(number) = args.open {
        return open_in_browser(&page, number, out);
    }
    match args.format.name() {
        "text" => text(&page, &request, args, out)?,
        "list" => list(&page, out)?,
        name => program(&page, &request, &asked, morgue.as_of(), name, out)?,
    }
    Ok(if page.total_articles == 0 { Status::Nothing } else { Status::Done })
}

fn request(args: &args::Search, settings: &Settings, asked: &Asked) -> Request {
    let mut request = Request::new(asked.query.clone(), Timestamp::now());
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
    out.remark(&format!("read as: {}", safe(&query::print(&asked.query))));
    out.remark(&safe(&query::explain(&asked.query)));
    for leaf in morgue.leaves(&request.query)? {
        let words: Vec<String> =
            leaf.words.iter().take(12).map(|w| format!("{} {}", w.word, count(w.articles))).collect();
        let more = leaf.words.len().saturating_sub(12);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        out.remark(&format!("  `{}`: {}{more}", safe(&leaf.typed), safe(&words.join(" · "))));
    }
    out.remark("");
    Ok(())
}

fn variants(morgue: &Morgue, request: &Request, out: &Output) -> anyhow::Result<Status> {
    let tally = morgue.variants(request)?;
    out.write_all(format!("{}\n", safe(&tally.to_string())).as_bytes())?;
    Ok(if tally.rows().is_empty() { Status::Nothing } else { Status::Done })
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
pub fn by(morgue: &Morgue, request: &Request, field: &str, format: &str, out: &Output) -> anyhow::Result<Status> {
    let facet = facet(field)?;
    let rows: Vec<(Option<String>, Vec<u64>)> = if query::plan(&request.query).leaves.is_empty() {
        let counts = morgue.facets(&request.query, facet, request.now)?;
        counts.into_iter().map(|count| (count.value, vec![count.articles])).collect()
    } else {
        let of = |s: Summary| vec![s.articles, s.matches, s.stories];
        morgue.summaries(request, facet)?.into_iter().map(|(value, summary)| (value, of(summary))).collect()
    };
    let names = ["articles", "matches", "stories"];
    let mut to = out.text();
    match format {
        "json" | "jsonl" => {
            for (value, counts) in &rows {
                let mut object = serde_json::Map::new();
                object.insert("value".to_owned(), serde_json::json!(value));
                object.extend(names.iter().zip(counts).map(|(name, count)| ((*name).to_owned(), (*count).into())));
                writeln!(to, "{}", serde_json::Value::Object(object))?;
            }
        }
        "text" => {
            let columns = rows.first().map_or(1, |(_, counts)| counts.len());
            let heads: Vec<&str> = names.into_iter().take(columns).chain(["value"]).collect();
            let mut table = Table::new(&heads);
            for (value, counts) in &rows {
                let named = value.clone().unwrap_or_else(|| "(none)".to_owned());
                table.row(counts.iter().map(|number| count(*number)).chain([named]).collect());
            }
            table.print(&mut to)?;
        }
        other => anyhow::bail!("no such format here: `{other}` (text, json)"),
    }
    to.flush()?;
    Ok(if rows.is_empty() { Status::Nothing } else { Status::Done })
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
    for note in &page.notes {
        out.remark(&format!("note: {}", safe(note)));
    }
    Ok(())
}

/// One line a hit: number, day, outlet, title, id.
fn list(page: &Page, out: &Output) -> anyhow::Result<()> {
    let mut table = Table::new(&["", "published", "source", "title", "id"]);
    for hit in &page.hits {
        let article = &hit.article;
        table.row(vec![
            hit.rank.to_string(),
            article.published.as_ref().map(|date| date.day.to_string()).unwrap_or_default(),
            article.source.as_ref().map(|source| source.value.clone()).unwrap_or_default(),
            hits::headline(article),
            article.id.to_string(),
        ]);
    }
    let mut to = out.text();
    table.print(&mut to)?;
    to.flush()?;
    Ok(())
}

fn found(page: &Page, request: &Request) -> String {
    let articles = if page.total_articles == 1 { "article" } else { "articles" };
    let collapsed: u64 = page.hits.iter().map(|hit| hit.copies).sum();
    let from = request.offset + 1;
    let shown = format!("{from}–{}", request.offset + page.hits.len() as u64);
    let copies = if collapsed > 0 { ", copies of one story as one" } else { "" };
    if page.hits.is_empty() {
        return format!("{} {articles} found, none from {from} on", count(page.total_articles));
    }
    format!("{shown} of {} {articles} found{copies}", count(page.total_articles))
}

/// The page in one of the formats of `export`.
fn program(
    page: &Page,
    request: &Request,
    asked: &Asked,
    as_of: Option<AsOf>,
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
    head.as_of = as_of;
    head.asked.iter_mut().for_each(|one| one.in_words = query::explain(&asked.query));
    head.notes = page.notes.clone();
    head.choice = Choice {
        sort: asking::order_name(request.order).to_owned(),
        limit: Some(request.limit),
        offset: request.offset,
        collapse: request.collapse,
        expand: request.expand,
        recent: request.recent,
        ..Choice::of(&options, format)
    };
    let tail = Tail { total_articles: page.total_articles, notes: page.notes.clone() };
    let counts = {
        let mut writer = ledger.beside(export::open(format, &options, Box::new(out.data())));
        writer.begin(&head)?;
        for hit in &page.hits {
            writer.hit(hit, None)?;
        }
        writer.end(&tail)?
    };
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
