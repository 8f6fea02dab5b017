//! `newsdex show ID`: one article, its versions, what was taken out, its original.

use std::io::Write;
use std::path::Path;

use newsdex::corpus::{Corpus, Standing, Stored};
use newsdex::model::{Article, BlockKind, Removed};
use newsdex::{Error, ErrorKind};

use crate::args;
use crate::asking;
use crate::output::{Output, Status, safe, style};
use crate::rows::{Objects, no_such};
use crate::table::Table;
use crate::wrap;

/// Ids listed when a prefix is not enough.
const LISTED: usize = 8;

pub fn run(args: &args::Show, home: &Path, out: &Output) -> anyhow::Result<Status> {
    let corpus = Corpus::open(home)?;
    let newest = find(&corpus, &args.id)?;
    if args.versions {
        let format = match args.format.name() {
            format @ ("text" | "json" | "jsonl") => format,
            other => return Err(no_such(other, "text, json, jsonl")),
        };
        return versions(&corpus, &newest, format, out);
    }
    if args.diff {
        return diff(&corpus, &newest, args.as_of.as_deref(), out);
    }
    let stored = match &args.as_of {
        Some(then) => as_of(&corpus, &newest, then)?,
        None => newest,
    };
    if args.raw {
        let Some(document) = corpus.document(stored.key, stored.version)? else {
            return Err(
                Error::new(ErrorKind::NotFound, format!("the original of `{}` is not in the corpus", args.id)).into()
            );
        };
        out.write_all(&document.raw)?;
        return Ok(Status::Done);
    }
    let mut to = out.text();
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

/// The version in force at the moment that `--as-of` names.
fn as_of(corpus: &Corpus, newest: &Stored, typed: &str) -> anyhow::Result<Stored> {
    let then = asking::as_of(typed)?;
    corpus.in_force(newest.key, &then, corpus.revision()?)?.ok_or_else(|| {
        let first = corpus.history(newest.key).ok().and_then(|all| {
            all.into_iter().filter_map(|(version, _)| version.article.fetched).min_by_key(|fetched| fetched.second())
        });
        let said = format!("nothing of `{}` had been got as of {then}", newest.article.id);
        let error = Error::new(ErrorKind::NotFound, said);
        match first {
            Some(first) => error.hint(format!("its first version was got at {}", first.iso())).into(),
            None => error.into(),
        }
    })
}

/// What versions there are, in the order they came in.
fn versions(corpus: &Corpus, newest: &Stored, format: &str, out: &Output) -> anyhow::Result<Status> {
    let mut to = out.text();
    let mut objects = Vec::new();
    let mut table = Table::new(&["version", "standing", "got", "came in", "words", "published", "sha256", "title"]);
    for (stored, standing) in corpus.history(newest.key)? {
        let article = &stored.article;
        let day = |date: &Option<newsdex::model::DateClaim>| date.as_ref().map(|d| d.iso()).unwrap_or_default();
        let came = corpus.committed(stored.revision)?;
        let came = came.map(|at| format!("{at:.0}")).unwrap_or_default();
        if format != "text" {
            let object = serde_json::json!({
                "article_id": article.id, "version": stored.version, "standing": standing.word(),
                "fetched": day(&article.fetched), "revision": stored.revision, "committed": came,
                "wordCount": article.words(), "datePublished": day(&article.published),
                "dateModified": day(&article.updated), "withdrawn": article.flags.withdrawn,
                "sha256": article.sha256(), "headline": article.title,
            });
            objects.push(object);
            continue;
        }
        let withdrawn = if article.flags.withdrawn { ", withdrawn" } else { "" };
        table.row(vec![
            stored.version.to_string(),
            format!("{}{withdrawn}", standing.word()),
            day(&article.fetched),
            format!("{came} r{}", stored.revision),
            article.words().to_string(),
            day(&article.published),
            article.sha256()[..12].to_owned(),
            article.title.clone(),
        ]);
    }
    if format == "text" {
        table.print(&mut to)?;
    } else {
        let mut written = Objects::new(format, &mut to);
        objects.iter().try_for_each(|object| written.push(object))?;
        written.finish()?;
    }
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

/// What changed from the version before to the newest, or since a moment of the past: metadata line by line, text block
/// by block.
fn diff(corpus: &Corpus, newest: &Stored, then: Option<&str>, out: &Output) -> anyhow::Result<Status> {
    let before = match then {
        Some(then) => Some(as_of(corpus, newest, then)?),
        None => {
            let history = corpus.history(newest.key)?;
            let was = |standing| matches!(standing, Standing::Older | Standing::Newest);
            history.into_iter().rfind(|(v, standing)| v.version < newest.version && was(*standing)).map(|(v, _)| v)
        }
    };
    let Some(before) = before.filter(|before| before.version != newest.version) else {
        out.remark(match then {
            Some(_) => "nothing changed since",
            None => "there is no version before this one",
        });
        return Ok(Status::Nothing);
    };
    let mut to = out.text();
    let got =
        |stored: &Stored| stored.article.fetched.as_ref().map(|d| format!(", got {}", d.iso())).unwrap_or_default();
    writeln!(to, "--- version {}{}", before.version, safe(&got(&before)))?;
    writeln!(to, "+++ version {}{}", newest.version, safe(&got(newest)))?;
    let (old, new) = (facts(&before.article), facts(&newest.article));
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
    changes(&old, &new, false, &mut to)?;
    changes(&blocks(&before.article), &blocks(&newest.article), true, &mut to)?;
    to.flush()?;
    Ok(Status::Done)
}

/// Prints lines taken out and put in; those that stayed too if `all`.
fn changes(old: &[&str], new: &[&str], all: bool, to: &mut impl Write) -> std::io::Result<()> {
    let (good, bad) = (style::GOOD, style::BAD);
    for change in similar::TextDiff::from_slices(old, new).iter_all_changes() {
        let text = safe(change.value());
        match change.tag() {
            similar::ChangeTag::Equal if all => writeln!(to, "  {text}")?,
            similar::ChangeTag::Equal => {}
            similar::ChangeTag::Delete => writeln!(to, "{bad}- {text}{bad:#}")?,
            similar::ChangeTag::Insert => writeln!(to, "{good}+ {text}{good:#}")?,
        }
    }
    Ok(())
}

/// The metadata as lines, but for when it was got, which is always another.
fn facts(article: &Article) -> Vec<String> {
    let facts = crate::facts::of(article).into_iter().filter(|(key, _)| *key != "fetched");
    facts.map(|(key, value)| format!("{key}: {value}")).collect()
}

fn blocks(article: &Article) -> Vec<&str> {
    let title = std::iter::once(article.title.as_str()).filter(|t| !t.is_empty());
    title.chain(article.blocks.iter().map(|b| b.span.of(&article.text))).collect()
}
