//! Pages that are no article: block pages, consent walls, error pages, pages of links; and signs of a paywall.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::Refusal;
use super::blocks::Block;
use super::called;
use super::jsonld;
use super::judge::Verdict;
use super::space::push_lowercase;
use crate::model::{Claim, Field, Reason};

/// Titles of pages that stand in the way of an article, folded to letters and digits.
const TITLES: &[&str] = &[
    "justamoment",
    "attentionrequiredcloudflare",
    "attentionrequired",
    "accessdenied",
    "403forbidden",
    "forbidden",
    "404notfound",
    "notfound",
    "pagenotfound",
    "404pagenotfound",
    "areyouarobot",
    "bloombergareyouarobot",
    "robotcheck",
    "securitycheck",
    "pleasewait",
    "onemomentplease",
    "verifyingyourbrowser",
    "checkingyourbrowser",
    "ddosguard",
    "502badgateway",
    "503servicetemporarilyunavailable",
    "500internalservererror",
    "error404",
    "error403",
    "captcha",
    "humanverification",
    "requestrejected",
    "beforeyoucontinue",
    "youhavebeenblocked",
    "accesstothispagehasbeendenied",
    "pardonourinterruption",
    "seitenichtgefunden",
    "pagenontrouvée",
    "páginanoencontrada",
    "consent",
    "cookieconsent",
    "privacysettings",
    "yourprivacychoices",
];

/// What such pages say, in lower case.
const PHRASES: &[&str] = &[
    "checking your browser",
    "enable javascript and cookies to continue",
    "verify you are human",
    "verifying you are human",
    "unusual traffic",
    "you have been blocked",
    "performance & security by cloudflare",
    "ddos protection by",
    "please complete the security check",
    "access to this page has been denied",
    "you don't have permission to access",
    "the requested url was not found",
    "page you are looking for",
    "page you requested",
    "please enable js and disable any ad blocker",
    "needs to review the security of your connection",
    "press & hold to confirm",
    "click the box below to let us know you're not a robot",
    "bevor sie fortfahren",
    "before you continue to",
    "you can change your choices at any time by clicking",
    "nous et nos partenaires",
    "mit werbung weiterlesen",
    "zustimmen und weiterlesen",
    "this site requires javascript",
];

/// Invitations that only a paywall makes, in lower case.
const PAYWALL: &[&str] = &[
    "subscribe to continue",
    "to continue reading",
    "already a subscriber",
    "subscribe to read",
    "subscribe now to read",
    "this article is for subscribers",
    "for subscribers only",
    "subscriber-only",
    "this content is for members",
    "exclusive to subscribers",
    "you've reached your limit of free articles",
    "unlock this article",
    "to read the full story",
    "to read the full article",
    "für abonnenten",
    "weiterlesen mit",
    "diesen artikel weiterlesen",
    "jetzt abonnieren und weiterlesen",
    "sie haben bereits ein abo",
    "réservé aux abonnés",
    "cet article est réservé",
    "la suite est réservée",
    "contenido exclusivo para suscriptores",
    "exclusivo para suscriptores",
    "conteúdo exclusivo para assinantes",
    "exclusivo para assinantes",
    "contenuto riservato agli abbonati",
    "voor abonnees",
    "kun for abonnenter",
    "för prenumeranter",
];

static INVITES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(PAYWALL).ok());

/// A refusal, where the page as judged is no article.
pub(super) fn refusal(
    blocks: &[Block],
    verdicts: &[Verdict],
    words: usize,
    several: Option<usize>,
    claims: &[Claim],
) -> Option<Refusal> {
    let refuse = |reason, detail: String| Some(Refusal { reason, detail, claims: claims.to_vec() });
    let title = claims.iter().find(|c| c.found == "html:title").map_or("", |c| c.value.as_str());
    // A review of a film called `Consent` is signed, and no wall is.
    let written = called::is_signed(claims) || called::says_article(claims);
    if words < 150 {
        let folded = jsonld::fold(title);
        if !written && TITLES.iter().any(|t| folded == *t) {
            return refuse(Reason::NotAnArticle, format!("a page in the article's way, titled `{title}`"));
        }
        if words < 60
            && let Some(phrase) = PHRASES.iter().find(|phrase| says(blocks, verdicts, phrase, written))
        {
            return refuse(Reason::NotAnArticle, format!("a page in the article's way: it says `{phrase}`"));
        }
    }
    if let Some(count) = several {
        return refuse(
            Reason::SeveralArticles,
            format!("{count} articles on one page, and none of them is the page's own"),
        );
    }
    if verdicts.iter().all(Option::is_some) {
        let linked = blocks.iter().filter(|b| !b.links.is_empty()).count();
        return if blocks.is_empty() {
            refuse(Reason::Empty, "no text in the page".to_owned())
        } else if linked >= 30 {
            refuse(Reason::NotAnArticle, format!("no article among {linked} blocks of links"))
        } else {
            refuse(Reason::NoText, "no block of the page reads like an article's".to_owned())
        };
    }
    let claimed = claims.iter().any(|c| {
        c.found.starts_with("jsonld:datePublished")
            || (c.field == Field::Kind && c.value.to_lowercase().contains("article"))
    });
    if words < 60 && !claimed && !is_described(blocks, verdicts, claims) {
        let linked =
            blocks.iter().filter(|b| b.links.iter().map(|l| l.1 - l.0).sum::<usize>() * 2 > b.text.len()).count();
        if linked >= 60 {
            return refuse(
                Reason::NotAnArticle,
                format!("a page of links: {words} words of text beside {linked} links"),
            );
        }
    }
    None
}

/// Whether a page says a phrase; where it is `written` by somebody, in its text and in words of its own, not in a quote.
fn says(blocks: &[Block], verdicts: &[Verdict], phrase: &str, written: bool) -> bool {
    const QUOTES: &[char] = &['“', '"', '„', '«', '‘', '\''];
    blocks.iter().zip(verdicts).take(60).any(|(block, verdict)| {
        let text = block.text.to_lowercase();
        let mut found = text.match_indices(phrase);
        if written {
            verdict.is_none() && found.any(|(at, _)| !text[..at].contains(QUOTES))
        } else {
            found.next().is_some()
        }
    })
}

/// Bytes, without spaces and punctuation, of a description that are looked for in the text, and of a block in it.
const DESCRIBED: usize = 60;

/// Whether what is kept is what the page says of itself: a brief among many links, not a list of them.
fn is_described(blocks: &[Block], verdicts: &[Verdict], claims: &[Claim]) -> bool {
    let kept = blocks.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_none());
    let kept: Vec<String> = kept.map(|(block, _)| jsonld::fold(&block.text)).collect();
    let begins_in =
        |one: &str, other: &str| one.len() >= DESCRIBED && other.contains(&one[..one.floor_char_boundary(DESCRIBED)]);
    let summaries = claims.iter().filter(|c| c.field == Field::Summary && !c.found.starts_with("jsonld:other"));
    summaries
        .map(|c| jsonld::fold(&c.value))
        .any(|summary| kept.iter().any(|block| begins_in(block, &summary) || begins_in(&summary, block)))
}

/// Claims that the page asks for payment; `shown` says which blocks a reader sees.
pub(super) fn paywall(
    blocks: &[Block],
    verdicts: &[Verdict],
    shown: impl Fn(usize) -> bool,
    words: usize,
) -> Vec<Claim> {
    let mut text = String::new();
    let asks = blocks.iter().enumerate().any(|(at, block)| {
        if verdicts[at].is_none() || block.text.len() > 400 || !shown(at) {
            return false;
        }
        text.clear();
        push_lowercase(&mut text, &block.text);
        INVITES.as_ref().is_some_and(|invites| invites.is_match(&text))
    });
    if !asks {
        return Vec::new();
    }
    let mut claims: Vec<Claim> = Claim::new(Field::Paywalled, "true", "html:paywall").into_iter().collect();
    if words < 150 {
        claims.extend(Claim::new(Field::Truncated, "true", "html:paywall"));
    }
    claims
}
