//! What the first words of a block hint at: invitations, teasers, credits, rights lines, in the web's languages.
//!
//! As with class names these are features of the model, never verdicts: no block is dropped for a bare word.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// Number of word classes.
pub(super) const COUNT: usize = 14;
/// Their names, as the weights file writes them.
pub(super) const NAMES: [&str; COUNT] = [
    "signup", "related", "rights", "photo", "ad", "comment", "share", "cookie", "bio", "credit", "login", "date", "media",
    "told",
];

const WORDS: [&[&str]; COUNT] = [
    &["newsletter", "subscribe", "subscription", "sign up", "signup", "abonn", "inscri", "suscr", "your inbox", "get the latest", "delivered", "donat", "support our", "become a member", "prenumer", "iscriviti", "assine", "boletín", "whatsapp channel", "breaking news alert", "download the", "get our", "join us", "join our", "unlimited access", "free trial", "start your", "weekly", "daily briefing"],
    &["read more", "also read", "read also", "read next", "related", "see also", "more from", "more on", "more:", "lire aussi", "à lire", "leia ", "lesen sie", "mehr zum", "mehr dazu", "recommended", "you may", "you might", "te puede", "lea también", "lees ook", "les også", "läs ", "czytaj", "читайте", "weitere", "don't miss", "watch:", "read:", "recommend", "trending", "most read", "most popular", "popular", "latest", "what to read", "must read", "up next", "next article", "auch interessant", "das könnte", "continue reading", "click here", "suggested", "top stories", "ver también", "leggi anche", "前の", "関連", "관련", "相关", "اقرأ", "meistgelesen", "similar", "previous", "leer más", "más noticias", "em alta", "veja "],
    &["©", "copyright", "all rights", "rights reserved", "(c)", "alle rechte", "may not be", "republish", "reproduced", "derechos", "direitos", "licen", "terms of use"],
    &["photo", "foto", "getty", "image", "credit:", "bild:", "(ap", "ap/", "reuters/", "/reuters", "picture", "/afp", "afp/", "pictured", "imago", "dpa/", "/dpa", "shutterstock", "courtesy of", "screenshot", "illustration", "file photo", "fotograf", "wikimedia", "unsplash", "images", "via ap", "写真", "사진", "quelle:", "source:", "graphic"],
    &["advertisement", "anzeige", "publicidad", "publicité", "sponsored", "story continues", "article continues", "scroll to continue", "werbung", "reklam", "paid content", "affiliate", "commission", "promo", "deal", "shop", "buy now", "off ", "sale", "price"],
    &["comment", "kommentar", "reply", "replies", "comentario", "commentaire", "be the first", "discussion", "moderat", "upvote", "reported", "votes"],
    &["share", "facebook", "twitter", "whatsapp", "instagram", "follow", "email", "copy link", "print", "linkedin", "reddit", "telegram", "pinterest", "teilen", "partag", "compart", "tiktok", "youtube", "flipboard", "google news", "rss", "bookmark", "save"],
    &["cookie", "privacy", "consent", "javascript", "browser", "datenschutz", "gdpr", "your choices", "opt out", "third part", "externe", "adblock", "ad blocker", "we use", "personalis", "recaptcha", "preferences"],
    &[" is a ", " is an ", "writer", "reporter", "journalist", "covers", "editor", "contributor", "author", "redakteur", "autor", "correspondent", "follow him", "follow her", "can be reached", "contact ", "professor", "@", "writes about", "ist ein", "bio", "about the"],
    &["contributed to this", "reporting by", "editing by", "originally", "this article", "this story", "first appeared", "associated press", "with reporting", "additional reporting", "with files", "correction", "editor's note", "editor’s note", "updated", "report by", "written by", "by ", "von ", "por ", "par ", "(reuters)", "produced by", "staff", "syndicat", "agency", "agenc", "agentur", "quellen"],
    &["log in", "login", "sign in", "account", "password", "register", "einloggen", "anmelden", "subscriber", "abonnent", "iniciar", "connect", "premium", "already a", "unlock", "to continue", "access"],
    &["january", "february", "march ", "april", "may ", "june", "july", "august", "september", "october", "november", "december", "jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec.", "januar", "märz", "juni", "juli", "oktober", "dezember", "enero", "ago", "min read", "minute read", "hours", "uhr", " am ", " pm ", "published", "posted", "a.m.", "p.m.", "gmt", "2019", "202"],
    &["video", "watch", "listen", "audio", "podcast", "gallery", "slideshow", "photos", "live", "stream", "episode", "play", "ver video", "galerie", "bilder"],
    &["said", "says", "told", "“", "”", "\"", "«", "„", "according to", "sagte", "dijo", "dit ", "disse", "added", "erklärte", "afirmó"],
];

static AUTOMATON: LazyLock<Option<(AhoCorasick, Vec<u8>)>> = LazyLock::new(|| {
    let (mut words, mut classes) = (Vec::new(), Vec::new());
    for (class, list) in WORDS.iter().enumerate() {
        for word in *list {
            words.push(*word);
            classes.push(class as u8);
        }
    }
    let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(words).ok()?;
    Some((automaton, classes))
});

/// How often each class of words is met in the first 240 bytes or so.
pub(super) fn of(text: &str, buffer: &mut String) -> [u8; COUNT] {
    buffer.clear();
    buffer.push(' ');
    let mut end = text.len().min(240);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    buffer.extend(text[..end].chars().flat_map(char::to_lowercase));
    let mut counts = [0u8; COUNT];
    if let Some((automaton, classes)) = &*AUTOMATON {
        for found in automaton.find_overlapping_iter(buffer.as_str()) {
            let class = classes[found.pattern().as_usize()] as usize;
            counts[class] = counts[class].saturating_add(1);
        }
    }
    counts
}
