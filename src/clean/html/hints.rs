//! What the names of classes and ids hint at.
//!
//! Web designers give like things like names, whatever the site: a few hundred word stems in the languages of the
//! web say what a box is for. They are hints, never verdicts: features of the paragraph model, and conditions of
//! rules that look at the text as well.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind, StartKind};

/// A set of hints, one bit each.
pub(super) type Hints = u32;

macro_rules! hints {
    ($($bit:literal $name:ident: $($word:literal)*;)*) => {
        // Not every hint is named in a rule: the model sees all bits.
        $(#[allow(dead_code)] pub(super) const $name: Hints = 1 << $bit;)*
        /// Number of hints.
        pub(super) const COUNT: usize = [$($bit),*].len();
        /// Their names by bit, as the weights file writes them.
        pub(super) const NAMES: [&str; COUNT] = [$(stringify!($name)),*];
        const WORDS: &[(&str, Hints)] = &[$($(($word, 1 << $bit)),*),*];
    };
}

// A word is met anywhere in a name, unless it begins or ends with `-`: then a word of the name begins or ends there.
// Names are folded first: `articleBody`, `article_body` and `article-body` are all `-article-body-`.
hints! {
    0 COMMENT: "comment" "disqus" "-respond-" "viafoura" "spot-im" "openweb" "coral-" "discussion" "kommentar" "replies" "-reactions" "comentario" "opencomments" "testimonial" "customer-review" "user-review";
    1 RELATED: "related" "recommend" "read-more" "readmore" "also-read" "read-also" "read-next" "see-also" "more-stories" "more-from" "more-news" "more-on" "morefrom" "outbrain" "taboola" "trending" "most-read" "mostread" "most-popular" "popular" "suggest" "recirc" "zergnet" "next-article" "similar" "up-next" "further" "relacionad" "verwandt" "weitere" "lire-aussi" "-linklist" "link-list" "interlink" "revcontent" "mgid" "-links-" "internal-link" "in-article-link" "leia-mais" "mais-lidas" "-latest" "crosslink" "artikel-link" "linkbox" "prev-next" "post-nav" "lees-ook" "yarpp" "jp-relatedposts";
    2 NAV: "-nav-" "navigation" "-nav" "navbar" "menu" "breadcrumb" "paginat" "pager" "toolbar" "-tabs-" "-skip" "topbar" "masthead" "toggle" "-toc-" "table-of-contents" "sitemap" "jump-to" "hamburger";
    3 FOOTER: "footer" "-foot-" "colophon" "imprint" "impressum" "copyright" "-legal" "bottom";
    4 SIDE: "sidebar" "-aside" "-side-" "-rail-" "widget" "secondary" "-right-" "side-bar" "rightcol" "right-col" "marginalia";
    5 AD: "-ad-" "-ads-" "advert" "sponsor" "promo" "-dfp-" "banner" "-gpt-" "commercial" "anzeige" "werbung" "publicid" "publicit" "adslot" "ad-slot" "adsense" "adwrap" "-adv-" "affiliate" "-offer" "-deal" "partner" "marketing" "-native-" "-shop" "product-";
    6 SHARE: "share" "sharing" "-social" "socials" "addthis" "addtoany" "sharedaddy" "-follow" "whatsapp" "facebook" "-like-" "bookmark" "print-" "-email";
    7 SIGNUP: "newsletter" "subscri" "signup" "sign-up" "-register" "donat" "-cta-" "inscri" "membership" "abonn" "-abo-" "call-to-action" "-join-" "support-us" "registration" "contribute" "push-notif" "app-download" "download-app" "mailchimp" "optin" "opt-in";
    8 PAYWALL: "paywall" "premium" "-piano" "regwall" "metered" "gate-" "-gate" "-locked" "plus-only" "-pay-" "teaser-fade" "offerwall";
    9 AUTHOR: "author" "byline" "-autor" "writer" "contributor" "journalist" "redakteur" "reporter" "-firma" "verfasser" "auteur" "-by-" "forfatter" "creator";
    10 BIO: "-bio" "biograph" "author-box" "authorbox" "author-info" "about-the-author" "about-author" "author-desc" "author-card" "author-profile" "author-about" "sobre-o-autor" "vcard";
    11 DATE: "-date" "-datum" "timestamp" "-time-" "-published" "pubdate" "pub-date" "-posted" "-updated" "-meta-" "datetime" "entry-meta" "post-meta" "article-meta" "-fecha" "dateline" "modified" "metadata" "-meta";
    12 CAPTION: "caption" "legend" "bildunterschrift" "-credit" "credits" "photo-desc" "image-desc" "bildtext" "-desc-" "attribution" "photographer" "-foto-" "cutline" "imagetext" "-pie-" "pie-de-foto";
    13 MEDIA: "gallery" "galler" "slideshow" "carousel" "-video" "player" "-image" "-photo" "-figure" "-media" "slider" "-audio" "podcast" "-img" "swiper" "-slide-" "picture" "-asset" "infographic" "listen";
    14 TITLE: "headline" "-title" "heading" "-hed-" "-titulo" "-titre" "ueberschrift" "article-head" "kicker" "eyebrow" "overline" "dachzeile" "rubrik";
    15 LEAD: "standfirst" "-lead-" "-dek-" "-deck-" "subtitle" "sub-title" "subhead" "sub-head" "-intro" "summary" "-sapo" "excerpt" "description" "-chapo" "abstract" "-lede" "ingress" "preamble" "vorspann" "entradilla" "bajada" "synopsis" "key-point" "keypoint" "-tldr" "headline-sub" "untertitel" "sottotitolo" "occhiello" "highlights" "-strap" "-blurb" "-anons" "perex" "-lid-" "-lead";
    16 BODY: "article-body" "articlebody" "story-body" "storybody" "entry-content" "post-content" "post-body" "article-content" "article-text" "body" "richtext" "rich-text" "-prose" "paragraph" "wysiwyg" "main-text" "story-text" "story-content" "news-text" "body-copy" "-copy-" "bodytext" "text-body" "artikel-text" "article-copy" "article-page" "content-body" "inhalt" "fliesstext" "cuerpo" "corpo" "corps" "-texto" "-text-" "textbody" "body-content";
    17 CONTENT: "content" "-main" "-single";
    18 ARTICLE: "article" "-story" "-post-" "-entry" "-news-" "artikel" "-nota-" "noticia" "beitrag" "articulo" "article-" "-post";
    19 HIDDEN: "hidden" "-hide-" "screen-reader" "-sr-only" "visuallyhidden" "invisible" "print-only" "visually-hid" "offscreen" "collapsed" "-noprint-" "noprint";
    20 MODAL: "modal" "popup" "pop-up" "overlay" "cookie" "consent" "gdpr" "dialog" "tooltip" "dropdown" "lightbox" "interstitial" "privacy" "-notice" "-alert" "toast" "adblock" "notification" "drawer" "flyout" "sticky";
    21 TAGS: "-tag-" "-tags" "topics" "keyword" "categor" "-topic-" "tag-list" "taglist" "schlagwort" "hashtag" "-section-name" "post-tag";
    22 QUOTE: "quote" "-pull-" "pullq" "zitat" "-cita-";
    23 BOX: "infobox" "-box" "factbox" "callout" "inset" "-info-" "-panel" "-module" "-aside-" "faktabox" "fact-box" "-fact" "sidenote" "breakout" "explainer" "highlight";
    24 LIST: "-list" "-feed" "-grid" "card" "-item" "stream" "-row-" "teaser" "collection" "river" "-stack" "cluster" "archive" "headlines" "tile";
    25 LIVE: "live" "ticker" "-updates" "timeline" "blogpost" "minute-by";
    26 FORM: "-poll-" "-quiz" "survey" "rating" "-form" "-search" "login" "log-in" "-button" "-btn" "input" "feedback" "-vote" "account" "profile" "sign-in" "signin" "-user";
    27 EMBED: "embed" "tweet" "twitter" "instagram" "iframe" "tiktok" "youtube" "-x-post" "external-content" "blockquote";
    28 NOTE: "disclaimer" "correction" "editor-note" "editors-note" "editor-s-note" "footnote" "-source" "-sources" "quelle" "endnote" "-note-" "trust" "about-us" "-about" "standards" "agency" "reporting";
    29 INNER: "inner" "wrapper" "container" "-col-" "-wrap" "layout" "section";
    30 HEADER: "header" "-head-" "top" "hero";
}

static AUTOMATON: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    // The words are constants; were the automaton ever too large to build, there would be no hints.
    // A table for each state takes a megabyte, and a third of the time.
    let mut builder = AhoCorasick::builder();
    builder.match_kind(MatchKind::Standard).kind(Some(AhoCorasickKind::DFA)).start_kind(StartKind::Unanchored);
    builder.build(WORDS.iter().map(|w| w.0)).ok()
});

/// Folds a class or id attribute into `out`: words in lower case, a hyphen at each seam, a bar between names.
fn fold(name: &str, out: &mut String) {
    let mut lower = false;
    if name.is_ascii() {
        for &b in name.as_bytes().iter().take(400) {
            if b.is_ascii_alphanumeric() {
                if b.is_ascii_uppercase() && lower {
                    out.push('-');
                }
                lower = !b.is_ascii_uppercase();
                out.push(char::from(b.to_ascii_lowercase()));
            } else {
                lower = false;
                if matches!(b, b'\t'..=b'\r' | b' ') {
                    out.push_str("-|-");
                } else if !out.ends_with('-') {
                    out.push('-');
                }
            }
        }
        return;
    }
    for c in name.chars().take(400) {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && lower {
                out.push('-');
            }
            lower = !c.is_ascii_uppercase();
            out.push(c.to_ascii_lowercase());
        } else if c.is_whitespace() {
            lower = false;
            out.push_str("-|-");
        } else {
            lower = false;
            if !out.ends_with('-') {
                out.push('-');
            }
        }
    }
}

/// A name's words in lower case, parted by hyphens: `imageAuthor` is `-image-author`.
pub(super) fn words(name: &str) -> String {
    let mut out = String::from("-");
    fold(name, &mut out);
    out
}

/// The hints in a class, an id or a test id.
pub(super) fn of(name: &str, buffer: &mut String) -> Hints {
    buffer.clear();
    if !name.is_empty() {
        buffer.push('-');
        fold(name, buffer);
        buffer.push_str("-|");
    }
    match &*AUTOMATON {
        Some(automaton) if !buffer.is_empty() => {
            automaton.find_overlapping_iter(buffer.as_str()).fold(0, |all, m| all | WORDS[m.pattern().as_usize()].1)
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let check = |name: &str, has: Hints, lacks: Hints| {
            let hints = of(name, &mut String::new());
            assert_eq!(hints & has, has, "{name}");
            assert_eq!(hints & lacks, 0, "{name}");
        };
        check("articleBody", BODY | ARTICLE, AD);
        check("c-article__related-stories", RELATED | ARTICLE, BODY);
        check("loading shadow ad", AD, 0);
        check("loading shadow", 0, AD);
        check("entry-content", BODY | CONTENT, DATE);
        check("byline author", AUTHOR, BIO);
        check("sr-only", HIDDEN, 0);
    }
}
