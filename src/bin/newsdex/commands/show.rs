//! `newsdex show ID`: one article, its versions, what was taken out, its original.

use std::io::Write;
use std::path::Path;

use newsdex::corpus::{Corpus, Stored};
use newsdex::model::{Article, BlockKind, Removed};
use newsdex::{Error, ErrorKind};

use crate::args;
use crate::output::{self, Output, Status, safe, style};
use crate::table::Table;
use crate::wrap;

/// Ids listed when a prefix is not enough.
const LISTED: usize = 8;

pub fn run(args: &args::Show, home: &Path, out: &Output) -> anyhow::Result<Status> {
    let corpus = Corpus::open(home)?;
    let newest = find(&corpus, &args.id)?;
    if args.versions {
        return versions(&corpus, &newest);
    }
    let stored = match &args.as_of {
        Some(day) => as_of(&corpus, &newest, day)?,
        None => newest,
    };
    if args.raw {
        let Some(document) = corpus.document(stored.key, stored.version)? else {
            return Err(
                Error::new(ErrorKind::NotFound, format!("the original of `{}` is not in the corpus", args.id)).into()
            );
        };
        output::write_all(&document.raw)?;
        return Ok(Status::Done);
    }
    let mut to = output::stdout();
    if args.diff {
        return diff(&corpus, &stored, &mut to, out);
    }
    match args.format.name() {
        "text" if args.removed => removed(&stored, &mut to)?,
        "text" => text(&stored, &mut to)?,
        "markdown" | "md" => markdown(&stored.article, &mut to)?,
        "json" | "jsonl" => {
            let mut object = serde_json::Map::new();
            object.insert("version".into(), stored.version.into());
            newsdex::export::cleaned::article_fields(&stored.article, &mut object);
            serde_json::to_writer_pretty(&mut to, &object)?;
            writeln!(to)?;
        }
        other => anyhow::bail!("no such format here: `{other}` (text, markdown, json)"),
    }
    to.flush()?;
    Ok(Status::Done)
}

/// The article an id or its first digits name; says so when they name several.
pub fn find(corpus: &Corpus, id: &str) -> anyhow::Result<Stored> {
    let keys = corpus.keys_by_id(id, LISTED + 1)?;
    match keys.as_slice() {
        [] => Err(Error::new(ErrorKind::NotFound, format!("no article with the id `{id}`"))
            .hint("`newsdex search` prints the id of each result")
            .into()),
        [(_, key)] => match corpus.article(*key)? {
            Some(stored) => Ok(stored),
            None => Err(Error::new(ErrorKind::NotFound, format!("no article with the id `{id}`")).into()),
        },
        several => {
            let ids: Vec<&str> = several.iter().take(LISTED).map(|(id, _)| id.as_str()).collect();
            let more = if several.len() > LISTED { ", …" } else { "" };
            Err(Error::new(ErrorKind::Usage, format!("`{id}` begins several ids: {}{more}", ids.join(", ")))
                .hint("type more of its digits")
                .into())
        }
    }
}

fn as_of(corpus: &Corpus, newest: &Stored, day: &str) -> anyhow::Result<Stored> {
    let Ok(day) = day.parse::<jiff::civil::Date>() else {
        anyhow::bail!("`{day}` is no day: write it as 2025-06-27");
    };
    let stood = |stored: &Stored| stored.article.fetched.as_ref().is_none_or(|fetched| fetched.day <= day);
    let versions = corpus.versions(newest.key)?;
    versions.into_iter().rfind(stood).ok_or_else(|| {
        Error::new(ErrorKind::NotFound, format!("no version of `{}` was here on {day}", newest.article.id)).into()
    })
}

fn versions(corpus: &Corpus, newest: &Stored) -> anyhow::Result<Status> {
    let mut table = Table::new(&["version", "fetched", "words", "published", "sha256", "title"]);
    for stored in corpus.versions(newest.key)? {
        let article = &stored.article;
        let day = |date: &Option<newsdex::model::DateClaim>| date.as_ref().map(|d| d.iso()).unwrap_or_default();
        table.row(vec![
            stored.version.to_string(),
            day(&article.fetched),
            article.words().to_string(),
            day(&article.published),
            article.sha256()[..12].to_owned(),
            article.title.clone(),
        ]);
    }
    let mut to = output::stdout();
    table.print(&mut to)?;
    to.flush()?;
    Ok(Status::Done)
}

fn head(stored: &Stored, to: &mut impl Write) -> std::io::Result<()> {
    let (title, field) = (style::TITLE, style::FIELD);
    let article = &stored.article;
    let name = if article.title.is_empty() { "(no headline)" } else { &article.title };
    writeln!(to, "{title}{}{title:#}", safe(name))?;
    for (key, value) in crate::facts::of(article) {
        writeln!(to, "{field}{key:<20}{field:#} {}", safe(&value))?;
    }
    if stored.version > 1 {
        writeln!(to, "{field}{:<20}{field:#} {}", "version", stored.version)?;
    }
    writeln!(to)
}

fn text(stored: &Stored, to: &mut impl Write) -> std::io::Result<()> {
    head(stored, to)?;
    for block in &stored.article.blocks {
        paragraph(block.kind, block.span.of(&stored.article.text), to)?;
    }
    Ok(())
}

fn paragraph(kind: BlockKind, text: &str, to: &mut impl Write) -> std::io::Result<()> {
    let (indent, bold) = match kind {
        BlockKind::Heading => ("", style::TITLE),
        BlockKind::Quote => ("  │ ", anstyle::Style::new()),
        BlockKind::ListItem => ("  • ", anstyle::Style::new()),
        BlockKind::Caption => ("  ", style::QUIET),
        _ => ("", anstyle::Style::new()),
    };
    for line in wrap::lines(&safe(text), wrap::width().saturating_sub(indent.chars().count())) {
        writeln!(to, "{bold}{indent}{line}{bold:#}")?;
    }
    writeln!(to)
}

/// The text with what was taken out, where it stood.
fn removed(stored: &Stored, to: &mut impl Write) -> std::io::Result<()> {
    head(stored, to)?;
    let article = &stored.article;
    let mut out = article.removed.iter().peekable();
    for block in &article.blocks {
        while let Some(removed) = out.next_if(|r| r.at <= block.span.start) {
            taken_out(removed, to)?;
        }
        paragraph(block.kind, block.span.of(&article.text), to)?;
    }
    for removed in out {
        taken_out(removed, to)?;
    }
    Ok(())
}

fn taken_out(removed: &Removed, to: &mut impl Write) -> std::io::Result<()> {
    let (bad, quiet) = (style::BAD, style::QUIET);
    for line in wrap::lines(&safe(&removed.text), wrap::width().saturating_sub(2)) {
        writeln!(to, "{bad}- {line}{bad:#}")?;
    }
    writeln!(to, "{quiet}  rule {}{quiet:#}", safe(&removed.rule))?;
    for told in &removed.yields {
        writeln!(to, "{quiet}  {} = {}{quiet:#}", told.field, safe(&told.value))?;
    }
    writeln!(to)
}

fn markdown(article: &Article, to: &mut impl Write) -> std::io::Result<()> {
    if !article.title.is_empty() {
        writeln!(to, "# {}\n", safe(&article.title))?;
    }
    for (key, value) in crate::facts::of(article) {
        writeln!(to, "* {key}: {}", safe(&value))?;
    }
    for block in &article.blocks {
        let mark = match block.kind {
            BlockKind::Heading => "## ",
            BlockKind::Quote => "> ",
            BlockKind::ListItem => "* ",
            _ => "",
        };
        writeln!(to, "\n{mark}{}", safe(block.span.of(&article.text)))?;
    }
    Ok(())
}

/// What changed since the version before, block by block.
fn diff(corpus: &Corpus, stored: &Stored, to: &mut impl Write, out: &Output) -> anyhow::Result<Status> {
    if stored.version < 2 {
        out.remark("there is only one version");
        return Ok(Status::Nothing);
    }
    let Some(before) = corpus.article_version(stored.key, stored.version - 1)? else {
        anyhow::bail!("version {} of `{}` is not in the corpus", stored.version - 1, stored.article.id);
    };
    writeln!(to, "--- version {}\n+++ version {}", before.version, stored.version)?;
    let (good, bad) = (style::GOOD, style::BAD);
    let (old, new) = (blocks(&before.article), blocks(&stored.article));
    for change in similar::TextDiff::from_slices(&old, &new).iter_all_changes() {
        let text = safe(change.value());
        match change.tag() {
            similar::ChangeTag::Equal => writeln!(to, "  {text}")?,
            similar::ChangeTag::Delete => writeln!(to, "{bad}- {text}{bad:#}")?,
            similar::ChangeTag::Insert => writeln!(to, "{good}+ {text}{good:#}")?,
        }
    }
    to.flush()?;
    Ok(Status::Done)
}

fn blocks(article: &Article) -> Vec<&str> {
    let title = std::iter::once(article.title.as_str()).filter(|t| !t.is_empty());
    title.chain(article.blocks.iter().map(|b| b.span.of(&article.text))).collect()
}
