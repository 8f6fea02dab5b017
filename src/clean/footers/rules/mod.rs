//! The tables of rules, by what the lines are for. Earlier rules win where two cover the same words.

mod ads;
mod credits;
mod feeds;
mod licences;
mod mailings;
mod nags;
mod related;
mod republished;
mod rights;
mod social;
mod wire;

use super::rule::Rule;

/// Every rule, in order.
pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    [
        republished::RULES,
        feeds::RULES,
        licences::RULES,
        wire::RULES,
        rights::RULES,
        related::RULES,
        social::RULES,
        mailings::RULES,
        nags::RULES,
        ads::RULES,
        credits::RULES,
    ]
    .into_iter()
    .flatten()
}
