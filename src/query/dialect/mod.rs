//! Queries pasted from other services, translated into ours.
//!
//! What binds how tightly, and what words side by side mean, is as the services' own help pages state it: Lexis
//! "Connector Order and Priority"; Factiva "Search Statement Operators" (`w/n` keeps the order there); ProQuest
//! "Search Tips"; Media Cloud "Query Guide" (Elasticsearch's query strings). The translation spells every grouping
//! out, so it can be read and mended by hand.
//!
//! What our language keeps apart is brought together with a warning: no distance leads out of a field, so an operand of
//! a field draws its neighbour into it; names and days are at no distance from anything.

mod build;
mod dates;
mod fields;
mod names;
mod operand;
mod scan;
mod words;

/// A service whose query language can be translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Nexis and Lexis: `W/5`, `PRE/5`, `W/S`, `W/P`, `ATLEAST5(…)`, `HEADLINE(…)`, `deport!`.
    Nexis,
    /// Factiva: `w/5` (in order), `near5`, `same`, `atleast5 word`, `hd=…`, `deport$3`.
    Factiva,
    /// ProQuest: `NEAR/5`, `PRE/5`, `TI(…)`, `PD(20250101-20250630)`.
    ProQuest,
    /// Media Cloud: Elasticsearch query strings, `title:…`, `language:en`, `publication_date:[… TO …]`.
    MediaCloud,
}

/// A query in our language, and what became of what has no counterpart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translated {
    /// To be given to [`parse`](super::parse()).
    pub query: String,
    /// For a person: lowercase, no final period, each once.
    pub warnings: Vec<String>,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Dialect; 4] = [Dialect::Nexis, Dialect::Factiva, Dialect::ProQuest, Dialect::MediaCloud];

    /// Its name as `--dialect` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Nexis => "nexis",
            Dialect::Factiva => "factiva",
            Dialect::ProQuest => "proquest",
            Dialect::MediaCloud => "mediacloud",
        }
    }

    /// The dialect of that name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.name().eq_ignore_ascii_case(name))
    }

    /// Translates a query. Never fails: what cannot be translated is left out with a warning, and what is broken
    /// (a parenthesis without its partner) is closed. Linear in the text but for nesting, which is read to 60 levels.
    pub fn translate(self, text: &str) -> Translated {
        build::translate(self, text)
    }
}

#[cfg(test)]
mod tests;
