//! What to drop from a query that finds nothing.

use super::{Morgue, Request};
use crate::error::Result;
use crate::query::{self, Kind, Query};

/// Most operands that are tried out.
const MOST_TRIED: usize = 12;

/// Says what the query would find without one of its operands; nothing where it is no AND.
pub(super) fn advice(morgue: &Morgue, request: &Request) -> Result<Vec<String>> {
    let Kind::And(items) = &request.query.kind else { return Ok(Vec::new()) };
    if !(2..=MOST_TRIED).contains(&items.len()) {
        return Ok(Vec::new());
    }
    let mut tried: Vec<(u64, String)> = Vec::new();
    for (index, dropped) in items.iter().enumerate() {
        let rest: Vec<Query> =
            items.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, item)| item.clone()).collect();
        let rest = match <[Query; 1]>::try_from(rest) {
            Ok([one]) => one,
            Err(rest) => Query { kind: Kind::And(rest), span: request.query.span },
        };
        // What only excludes finds nearly all: that is no advice.
        if matches!(rest.kind, Kind::Not(_)) {
            continue;
        }
        let found = morgue.count(&rest, request.now)?;
        if found > 0 {
            tried.push((found, query::print(dropped)));
        }
    }
    tried.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    if tried.is_empty() {
        return Ok(vec![
            "dropping one of the words finds nothing either; `--any` finds articles with some of them".to_owned(),
        ]);
    }
    let said = |(count, without): &(u64, String)| {
        let word = if *count == 1 { "article" } else { "articles" };
        format!("without `{without}` there would be {count} {word}")
    };
    Ok(tried.iter().take(3).map(said).collect())
}
