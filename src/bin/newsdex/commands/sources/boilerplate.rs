//! `newsdex sources NAME --boilerplate`: blocks that recur in the articles of one outlet, and what to do with them.
//!
//! Nothing leaves a text until a person approved the block and ran `clean --all --apply`; `--reject` takes an approval back.

use std::io::Write;

use newsdex::clean::learned::{self, Place, Proposal};
use newsdex::corpus::{Corpus, LearnedRule, Writer};
use newsdex::model::Article;
use newsdex::{Error, ErrorKind};
use serde_json::json;

use crate::args;
use crate::output::{Output, Status, safe, style};
use crate::table::count;

/// Articles of one outlet that are compared; beyond, the first so many stand for all, and it is said.
const MOST: usize = 20_000;
/// Articles a block must stand in to be shown.
const LEAST: usize = 3;

pub fn run(args: &args::Sources, source: &str, corpus: &Corpus, out: &Output) -> anyhow::Result<Status> {
    let (articles, whole) = articles_of(corpus, source)?;
    if !whole {
        out.remark(&format!("note: the first {} articles of `{}` are compared", count(MOST as u64), safe(source)));
    }
    let proposals = learned::propose(articles.iter().map(|article| (source, article)), LEAST);
    let known: Vec<LearnedRule> =
        corpus.learned_rules()?.into_iter().filter(|rule| rule.source.eq_ignore_ascii_case(source)).collect();
    if !args.approve.is_empty() || !args.reject.is_empty() || args.auto.is_some() {
        return decide(args, source, corpus, &proposals, &known, out);
    }
    let mut to = out.text();
    let as_json = args.format.name() != "text";
    for proposal in &proposals {
        let standing = standing(proposal, &known);
        if as_json {
            let examples: Vec<&str> = proposal.examples.iter().map(|id| id.as_str()).collect();
            let object = json!({ "id": proposal.id, "source": proposal.source, "text": proposal.text, "articles": proposal.count,
                "of": proposal.of, "place": proposal.place.words(), "figures_differ": proposal.figures_differ,
                "standing": standing, "examples": examples });
            writeln!(to, "{object}")?;
            continue;
        }
        let (field, quiet) = (style::FIELD, style::QUIET);
        let place = match proposal.place {
            Place::First => "at the head",
            Place::Middle => "within the text",
            Place::Last => "at the end",
        };
        writeln!(
            to,
            "{field}{}{field:#}  {standing}: in {} of {} articles, {place}{}",
            proposal.id,
            count(proposal.count as u64),
            count(proposal.of as u64),
            if proposal.figures_differ { ", with other figures in some" } else { "" },
        )?;
        writeln!(to, "    {}", safe(&proposal.text))?;
        let examples: Vec<&str> = proposal.examples.iter().map(|id| id.as_str()).collect();
        writeln!(to, "    {quiet}such as {}{quiet:#}\n", examples.join(", "))?;
    }
    // What was taken out recurs no more. A rejection of it waits for the next cleaning.
    for rule in known.iter().filter(|rule| !proposals.iter().any(|p| p.text == rule.text)) {
        let standing = if rule.approved { "approved" } else { "rejected" };
        if as_json {
            let object = json!({ "id": rule.rule, "source": source, "text": rule.text, "articles": 0, "of": articles.len(),
                "place": null, "figures_differ": null, "standing": standing, "examples": [] });
            writeln!(to, "{object}")?;
            continue;
        }
        let now = if rule.approved {
            "out of the articles"
        } else {
            "still out of the articles: `newsdex clean --all --apply` puts it back"
        };
        writeln!(to, "{}  {standing}: {now}\n    {}\n", safe(&rule.rule), safe(&rule.text))?;
    }
    to.flush()?;
    if proposals.is_empty() {
        out.remark(&format!("no block recurs in {LEAST} articles or more of `{}`", safe(source)));
    } else if !as_json && proposals.iter().any(|proposal| standing(proposal, &known) == "proposed") {
        out.remark("hint: `--approve ID` takes a block out of the articles, `--reject ID` proposes it no more");
    }
    Ok(if proposals.is_empty() && known.is_empty() { Status::Nothing } else { Status::Done })
}

fn articles_of(corpus: &Corpus, source: &str) -> anyhow::Result<(Vec<Article>, bool)> {
    let (mut articles, mut after) = (Vec::new(), 0);
    loop {
        let batch = corpus.articles_after(after, 512)?;
        let Some(last) = batch.last() else { return Ok((articles, true)) };
        after = last.key;
        for stored in batch {
            if stored.article.source.as_ref().is_some_and(|s| s.value == source) {
                articles.push(stored.article);
            }
            if articles.len() == MOST {
                return Ok((articles, false));
            }
        }
    }
}

fn standing(proposal: &Proposal, known: &[LearnedRule]) -> &'static str {
    match known.iter().find(|rule| rule.text == proposal.text) {
        Some(rule) if rule.approved => "approved",
        Some(_) => "rejected",
        None => "proposed",
    }
}

fn decide(
    args: &args::Sources,
    source: &str,
    corpus: &Corpus,
    proposals: &[Proposal],
    known: &[LearnedRule],
    out: &Output,
) -> anyhow::Result<Status> {
    let mut decided: Vec<LearnedRule> = Vec::new();
    for (ids, approved) in [(&args.approve, true), (&args.reject, false)] {
        for id in ids {
            let proposed = proposals.iter().find(|p| p.id == *id).map(|p| rule(p, approved));
            // An approved block is no longer in the texts, so it may not be proposed again.
            let earlier =
                known.iter().find(|rule| rule.rule == *id).map(|rule| LearnedRule { approved, ..rule.clone() });
            decided.push(proposed.or(earlier).ok_or_else(|| unknown(id, source))?);
        }
    }
    if let Some(least) = args.auto {
        let least = least.max(2) as usize;
        let new = proposals.iter().filter(|p| p.count >= least && standing(p, known) == "proposed");
        // `3 were killed and 12 injured` may be the news of each.
        let (differ, exact): (Vec<_>, Vec<_>) = new.partition(|p| p.figures_differ);
        decided.extend(exact.into_iter().map(|p| rule(p, true)));
        out.remark(&format!("blocks that stand in at least {least} articles are approved"));
        if !differ.is_empty() {
            out.remark(&format!(
                "note: {} not, as their figures differ; --boilerplate lists them, --approve ID takes one out",
                if differ.len() == 1 { "1 is".to_owned() } else { format!("{} are", count(differ.len() as u64)) }
            ));
        }
    }
    Writer::open(home_of(corpus), "newsdex sources")?.save_learned_rules(&decided)?;
    for rule in &decided {
        let word = if rule.approved { "approved" } else { "rejected" };
        out.remark(&format!("{word} {} (in {} articles): {}", safe(&rule.rule), count(rule.seen), safe(&rule.text)));
    }
    // A block that was only proposed stands where it stood.
    let changes = |rule: &LearnedRule| {
        let was = known.iter().any(|known| known.rule == rule.rule && known.approved);
        rule.approved || was || !proposals.iter().any(|proposal| proposal.id == rule.rule)
    };
    if decided.iter().any(changes) {
        out.remark("hint: `newsdex clean --all` shows what that changes in the corpus, with --apply it is done");
    }
    Ok(if decided.is_empty() { Status::Nothing } else { Status::Done })
}

fn home_of(corpus: &Corpus) -> &std::path::Path {
    // The database lies in HOME/corpus/.
    corpus.path().parent().and_then(std::path::Path::parent).unwrap_or(std::path::Path::new("."))
}

fn rule(proposal: &Proposal, approved: bool) -> LearnedRule {
    LearnedRule {
        source: proposal.source.clone(),
        text: proposal.text.clone(),
        rule: proposal.id.clone(),
        seen: proposal.count as u64,
        approved,
    }
}

fn unknown(id: &str, source: &str) -> anyhow::Error {
    Error::new(ErrorKind::NotFound, format!("no recurring block `{id}` of `{source}`"))
        .hint("`newsdex sources NAME --boilerplate` lists them")
        .into()
}
