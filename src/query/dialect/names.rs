//! Operators and fields of the services by name.

use super::Dialect;

/// What stands between two operands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Join {
    And,
    Or,
    /// The left one without the right one.
    AndNot,
    Near(u32),
    Pre(u32),
    Sentence,
    Paragraph,
    /// The left one where the right one is not at that distance.
    Without(Box<Join>),
}

impl Join {
    /// In our language.
    pub(super) fn ours(&self) -> String {
        match self {
            Join::And => "AND".to_owned(),
            Join::Or => "OR".to_owned(),
            Join::AndNot => "NOT".to_owned(),
            Join::Near(n) => format!("NEAR/{n}"),
            Join::Pre(n) => format!("PRE/{n}"),
            Join::Sentence => "SENT".to_owned(),
            Join::Paragraph => "SAME".to_owned(),
            Join::Without(inner) => format!("NOT {}", inner.ours()),
        }
    }

    /// As the service writes it, for messages.
    pub(super) fn theirs(&self, dialect: Dialect) -> String {
        match (self, dialect) {
            (Join::Near(n), Dialect::Factiva) => format!("near{n}"),
            (Join::Near(n), Dialect::ProQuest) => format!("NEAR/{n}"),
            (Join::Near(n), _) => format!("W/{n}"),
            (Join::Pre(n), Dialect::Factiva) => format!("adj{n}"),
            (Join::Sentence, _) => "W/S".to_owned(),
            (Join::Paragraph, Dialect::Factiva) => "same".to_owned(),
            (Join::Paragraph, _) => "W/P".to_owned(),
            (Join::Without(inner), _) => format!("NOT {}", inner.theirs(dialect)),
            (other, _) => other.ours(),
        }
    }

    /// Whether it joins places in a text, not conditions on an article.
    pub(super) fn is_distance(&self) -> bool {
        matches!(self, Join::Near(_) | Join::Pre(_) | Join::Sentence | Join::Paragraph | Join::Without(_))
    }

    /// The tighter, the greater.
    pub(super) fn rank(&self, dialect: Dialect) -> u32 {
        let near = |n: &u32| 5_000 - (*n).min(1_000);
        match (dialect, self) {
            // Of several distances Lexis takes the smallest first.
            (Dialect::Nexis, Join::Or) => 6_000,
            (_, Join::Without(inner)) => inner.rank(dialect),
            (Dialect::Nexis, Join::Near(n) | Join::Pre(n)) => near(n),
            (Dialect::Nexis, Join::Sentence) => 900,
            (Dialect::Nexis, Join::Paragraph) => 800,
            (Dialect::Nexis, Join::And) => 500,
            (Dialect::Nexis, Join::AndNot) => 100,
            (Dialect::ProQuest, Join::Pre(_)) => 400,
            (Dialect::ProQuest, Join::AndNot) => 50,
            (Dialect::Factiva, Join::AndNot) => 300,
            (_, Join::And | Join::AndNot) => 200,
            (_, Join::Or) => 100,
            _ => 350,
        }
    }
}

/// What a word means in a dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    Join(Join),
    /// `NOT`, which may stand before one operand or between two.
    Not,
    /// An operator we answer with another; why.
    Replaced(Join, String),
    /// An operator that is dropped; why.
    Dropped(String),
    Word,
}

/// Whether `word` is an operator.
pub(super) fn meaning(dialect: Dialect, word: &str) -> Meaning {
    let lower = word.to_ascii_lowercase();
    // Elasticsearch knows operators in capitals only.
    if dialect == Dialect::MediaCloud {
        return match word {
            "AND" | "&&" => Meaning::Join(Join::And),
            "OR" | "||" => Meaning::Join(Join::Or),
            "NOT" | "!" => Meaning::Not,
            _ => Meaning::Word,
        };
    }
    match lower.as_str() {
        "and" | "&" => return Meaning::Join(Join::And),
        "or" => return Meaning::Join(Join::Or),
        "not" => return Meaning::Not,
        "andnot" | "butnot" => return Meaning::Join(Join::AndNot),
        "but" if dialect == Dialect::Nexis => return Meaning::Join(Join::And),
        _ => {}
    }
    let numbered = |prefixes: &[&str]| {
        prefixes.iter().find_map(|prefix| {
            let number = lower.strip_prefix(prefix)?;
            number.parse::<u32>().ok().filter(|n| *n > 0 && number.bytes().all(|b| b.is_ascii_digit()))
        })
    };
    let n = |join: fn(u32) -> Join, number: u32| Meaning::Join(join(number.min(10_000)));
    match dialect {
        Dialect::Nexis => {
            if let Some(number) = numbered(&["w/", "near/", "/"]) {
                return n(Join::Near, number);
            }
            if let Some(number) = numbered(&["pre/", "onear/", "+"]) {
                return n(Join::Pre, number);
            }
            if let Some(number) = numbered(&["not/"]) {
                return Meaning::Join(Join::Without(Box::new(Join::Near(number.min(10_000)))));
            }
            match lower.as_str() {
                "w/s" | "/s" | "w/sent" => Meaning::Join(Join::Sentence),
                "w/p" | "/p" | "w/para" => Meaning::Join(Join::Paragraph),
                "not/s" => Meaning::Join(Join::Without(Box::new(Join::Sentence))),
                "not/p" => Meaning::Join(Join::Without(Box::new(Join::Paragraph))),
                "pre/s" | "onear/s" | "+s" => Meaning::Replaced(
                    Join::Sentence,
                    format!("`{word}` asks for an order within the sentence: any order is found"),
                ),
                "pre/p" | "onear/p" | "+p" => Meaning::Replaced(
                    Join::Paragraph,
                    format!("`{word}` asks for an order within the paragraph: any order is found"),
                ),
                "w/seg" | "/seg" | "near/seg" | "pre/seg" | "onear/seg" => {
                    Meaning::Replaced(Join::And, format!("`{word}` has no counterpart: `AND` stands for it"))
                }
                _ => Meaning::Word,
            }
        }
        Dialect::Factiva => {
            if let Some(number) = numbered(&["w/", "adj"]) {
                return n(Join::Pre, number);
            }
            if let Some(number) = numbered(&["near"]) {
                return n(Join::Near, number);
            }
            if let Some(number) = lower.strip_prefix("/n").and_then(|rest| rest.strip_suffix('/')?.parse().ok()) {
                return n(Join::Near, number);
            }
            let first = lower.strip_prefix("/f").and_then(|rest| rest.strip_suffix('/')?.parse::<u32>().ok());
            match lower.as_str() {
                "adj" | "w/" => Meaning::Join(Join::Pre(1)),
                "near" => Meaning::Replaced(Join::Near(10), format!("`{word}` without a number is read as `NEAR/10`")),
                _ if lower.bytes().all(|b| b == b'%') => {
                    let words = lower.len() as u32;
                    Meaning::Replaced(
                        Join::Pre(words.min(1_000) + 1),
                        format!("`{word}` stands for just so many words: fewer are found too"),
                    )
                }
                "same" => Meaning::Join(Join::Paragraph),
                _ if first.is_some() => Meaning::Dropped(format!(
                    "`{word}` has no counterpart and is left out; `HLEAD(…)` looks in the first paragraph"
                )),
                _ => Meaning::Word,
            }
        }
        _ => {
            if let Some(number) = numbered(&["near/", "n/", "w/"]) {
                return n(Join::Near, number);
            }
            if let Some(number) = numbered(&["pre/", "p/"]) {
                return n(Join::Pre, number);
            }
            match lower.as_str() {
                "near" => Meaning::Join(Join::Near(4)),
                "pre" => Meaning::Join(Join::Pre(4)),
                "w/para" => Meaning::Join(Join::Paragraph),
                "w/doc" => Meaning::Join(Join::And),
                "lnk" | "--" => {
                    Meaning::Replaced(Join::And, format!("`{word}` has no counterpart: `AND` stands for it"))
                }
                _ => Meaning::Word,
            }
        }
    }
}

/// What a field or function of a service becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// Goes before the parenthesis or word.
    Prefix(String),
    /// The same, with a warning.
    Near(String, &'static str),
    /// Goes, what it holds stays.
    Bare(&'static str),
    /// Goes with what it holds.
    Gone,
    /// `EXACT(…)`: what it holds is a phrase.
    Exact,
    Date,
    Length,
}

/// The field or function of that name; `None` if the service has none.
pub(super) fn name(dialect: Dialect, name: &str) -> Option<Name> {
    let mut lower = name.to_ascii_lowercase();
    if dialect == Dialect::ProQuest {
        // `SU.EXACT.EXPLODE("…")`: the term as a whole.
        while let Some(shorter) = lower.strip_suffix(".exact").or(lower.strip_suffix(".explode")) {
            lower = shorter.to_owned();
        }
        // `TI,AB(…)`: any of these fields.
        if lower.contains(',') {
            let mut leads = true;
            for part in lower.split(',') {
                leads &= matches!(part.trim(), "ti" | "title" | "ab" | "abstract");
                self::name(dialect, part.trim()).filter(|_| !part.contains('.'))?;
            }
            return Some(if leads {
                Name::Near("HLEAD".to_owned(), "looks in the headline and the first paragraph")
            } else {
                Name::Bare("the whole article is searched")
            });
        }
    }
    let prefix = |ours: &str| Some(Name::Prefix(ours.to_owned()));
    if let Some(count) = lower.strip_prefix("atleast").or(lower.strip_prefix("atl"))
        && let Ok(count) = count.trim_start_matches('/').parse::<u32>()
        && count > 0
    {
        return Some(Name::Prefix(format!("ATLEAST/{}", count.min(10_000))));
    }
    let lead = || Some(Name::Near("HLEAD".to_owned(), "looks in the headline and the first paragraph"));
    match dialect {
        Dialect::Nexis => match lower.as_str() {
            "headline" | "hdline" | "title" | "head" => prefix("title:"),
            "hlead" => prefix("HLEAD"),
            "lead" => lead(),
            "body" | "text" => prefix("text:"),
            "byline" | "author" => prefix("author:"),
            "publication" | "pub" | "source" | "publication-name" => prefix("source:"),
            "section" | "section-info" => prefix("section:"),
            "language" => prefix("lang:"),
            "caps" | "allcaps" | "nocaps" | "anycaps" => {
                Some(Name::Bare("capitals are not told apart; `='US'` finds these letters in this case"))
            }
            "plural" | "singular" => {
                Some(Name::Bare("singular and plural are not told apart; `\"word\"` finds the word as typed"))
            }
            "date" | "publication-date" => Some(Name::Date),
            "length" => Some(Name::Length),
            "load-date" | "journal-code" | "publication-type" | "pub-type" | "document-type" | "edition" | "series"
            | "correction" | "web-news-tags" | "url" | "website" | "cite" | "number" | "core-terms" | "dist"
            | "subject" | "terms" | "company" | "person" | "people" | "geographic" | "geography" | "ticker"
            | "industry" | "organization" | "city" | "state" | "country" | "graphic" | "copyright" | "dateline"
            | "type" | "term" => Some(Name::Gone),
            _ => None,
        },
        Dialect::Factiva => match lower.as_str() {
            "hd" | "hl" => prefix("title:"),
            "hlp" => prefix("HLEAD"),
            "lp" => lead(),
            "td" | "tx" => prefix("text:"),
            "by" | "au" => prefix("author:"),
            "sn" => prefix("source:"),
            "sc" | "rst" => {
                Some(Name::Near("source:".to_owned(), "a code of the service is looked for in the names of outlets"))
            }
            "se" => prefix("section:"),
            "la" => prefix("lang:"),
            "wc" => Some(Name::Length),
            "date" | "pd" => Some(Name::Date),
            "ns" | "co" | "in" | "re" | "fds" | "pe" | "an" | "cr" | "ct" | "de" | "pub" | "clm" | "art" | "vol"
            | "rf" | "ipd" | "cx" | "dj" | "et" => Some(Name::Gone),
            _ => None,
        },
        Dialect::ProQuest => match lower.as_str() {
            "ti" | "title" => prefix("title:"),
            "ab" | "abstract" => lead(),
            "ft" | "tx" | "fulltext" => prefix("text:"),
            "au" | "author" => prefix("author:"),
            "pub" | "pubtitle" | "jn" => prefix("source:"),
            "su" | "subject" | "mainsubject" | "if" => {
                Some(Name::Near("tag:".to_owned(), "subjects are looked for in the keywords of the outlet"))
            }
            "la" | "language" => prefix("lang:"),
            "pd" | "yr" | "year" => Some(Name::Date),
            "allcaps" | "caps" => {
                Some(Name::Bare("capitals are not told apart; `='US'` finds these letters in this case"))
            }
            "noft" | "all" => Some(Name::Bare("the whole article is searched")),
            "exact" => Some(Name::Exact),
            "dtype" | "rtype" | "de" | "emb" | "mesh" | "subt" | "pubid" | "pubtype" | "sec" | "dlo" | "dln" | "lv"
            | "cl" | "nai" | "per" | "org" | "cc" | "issn" | "isbn" | "vo" | "iss" | "pg" | "stype" | "at" | "doi"
            | "an" | "bn" | "co" => Some(Name::Gone),
            _ => None,
        },
        Dialect::MediaCloud => match lower.as_str() {
            "title" | "article_title" => prefix("title:"),
            "text" | "text_content" | "body" | "snippet" => prefix("text:"),
            "language" | "lang" => prefix("lang:"),
            "canonical_domain" | "domain" | "media_url" | "url" | "original_url" => prefix("url:"),
            "media_name" | "source" => prefix("source:"),
            "publication_date" | "publish_date" | "publish_day" => Some(Name::Date),
            "media_id" | "stories_id" | "story_id" | "tags_id_media" | "tags_id_stories" | "timespans_id"
            | "indexed_date" | "field_type" | "full_language" | "is_homepage" => Some(Name::Gone),
            _ => None,
        },
    }
}
