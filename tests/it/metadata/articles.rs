//! Whole documents in, articles out: the cascade and what it knows of them.

use newsdex::clean::{self, LearnedRule, Options};
use newsdex::model::{Article, Claim, Document, Field, MediaType, Origin, Payload, PayloadKind, Reason};

fn document(media: MediaType, kind: PayloadKind, text: &str, claims: &[(Field, &str, &str)]) -> Document {
    Document {
        origin: Origin::file("orlen.txt"),
        media,
        raw: text.as_bytes().to_vec(),
        payload: (!text.is_empty()).then(|| Payload { kind, text: text.to_owned() }),
        claims: claims.iter().filter_map(|(field, value, found)| Claim::new(*field, value, *found)).collect(),
        fetched: None,
        notes: Vec::new(),
    }
}

fn clean(document: &Document) -> Article {
    let explained = clean::explain(document, &Options::default()).unwrap();
    let removed = explained.draft.pieces.iter().filter(|piece| !piece.kept()).count();
    assert_eq!(removed, explained.article.removed.len(), "every removed piece is kept as removed text");
    let covered: usize = explained.article.blocks.iter().map(|block| block.span.len()).sum();
    let gaps = 2 * explained.article.blocks.len().saturating_sub(1);
    assert_eq!(covered + gaps, explained.article.text.len(), "blocks cover the text");
    explained.article
}

const STORY: &str = "The council of Orlen voted on Thursday to close the old bridge for repairs that will last until the spring, \
    and the ferry will carry people and goods across the river in the meantime.";
const MORE: &str = "Shopkeepers on the east bank said they had not been asked. The mayor, who has promised to pay for lost trade, \
    said the work could not wait for another winter.";

#[test]
fn republished_text_keeps_its_author_and_names_who_copied_it() {
    let text = format!(
        "{STORY}\n\n{MORE}\n\nClick this link for the original source of this article.\nAuthor: Mara Linde\nThis content is courtesy \
         of, and owned and copyrighted by, https://www.orlenreview.example and its author. This content is made available by \
         use of the public RSS feed offered by the host site and is used for educational purposes only. If you are the author or \
         represent the host site and would like this content removed now and in the future, please contact RiverNews.example using \
         the email address in the Contact page found in the website menu.\n"
    );
    let article =
        clean(&document(MediaType::Text, PayloadKind::PlainText, &text, &[(Field::AcquiredVia, "file", "source")]));
    assert_eq!(article.text, format!("{STORY}\n\n{MORE}"));
    assert_eq!(article.authors, ["Mara Linde"]);
    let from = &article.provenance;
    let value = |found: &Option<newsdex::model::Found<String>>| {
        found.as_ref().map(|found| found.value.clone()).unwrap_or_default()
    };
    assert_eq!(value(&from.original_publisher), "orlenreview.example");
    assert_eq!(from.original_url_scope.as_deref(), Some("site"));
    assert_eq!(value(&from.republisher), "RiverNews.example");
    assert_eq!(value(&from.acquired_via), "rss");
    assert_eq!(value(&from.licence), "all-rights-reserved");
    assert!(from.agencies.is_empty() && !from.rights_notice.is_empty());
}

#[test]
fn a_page_is_known_by_what_it_says_of_itself() {
    let html = format!(
        r#"<!doctype html><html lang="en-GB"><head><title>Bridge at Orlen to close - News - Orlen Herald</title>
        <meta property="og:site_name" content="Orlen Herald"><meta property="og:title" content="Bridge at Orlen to close">
        <link rel="canonical" href="https://www.orlenherald.example/news/bridge-to-close?utm_source=x">
        <script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"Bridge at Orlen to close",
        "author":[{{"@type":"Person","name":"Mara Linde"}},{{"@type":"Organization","name":"Reuters"}}],
        "datePublished":"2025-06-26T23:30:00Z","dateModified":"2025-06-27T08:00:00+01:00","articleSection":"News"}}</script></head>
        <body><article><h1>Bridge at Orlen to close</h1><p class="byline">By Mara Linde</p><time datetime="2025-06-27T00:30:00+01:00">27 June 2025</time>
        <p>{STORY}</p><p>{MORE}</p><p>{STORY}</p></article></body></html>"#
    );
    let url = "https://www.orlenherald.example/news/bridge-to-close?utm_source=x#top";
    let article = clean(&document(MediaType::Page, PayloadKind::HtmlPage, &html, &[(Field::Url, url, "json:url")]));
    assert_eq!(article.title, "Bridge at Orlen to close");
    assert_eq!(article.authors, ["Mara Linde"]);
    assert_eq!(article.published.as_ref().map(|date| date.iso()).as_deref(), Some("2025-06-27T00:30:00+01:00"));
    assert_eq!(article.updated.as_ref().map(|date| date.iso()).as_deref(), Some("2025-06-27T08:00:00+01:00"));
    assert_eq!(article.url.as_deref(), Some("https://www.orlenherald.example/news/bridge-to-close"));
    assert_eq!(article.source.as_ref().map(|source| source.value.as_str()), Some("Orlen Herald"));
    assert_eq!(article.language.as_ref().map(|lang| lang.as_str()), Some("en"));
    assert_eq!(article.provenance.agencies.iter().map(|agency| agency.name.as_str()).collect::<Vec<_>>(), ["Reuters"]);
    assert!(!article.text.starts_with("Bridge at Orlen to close\n"), "the headline is not repeated in the text");
}

/// A page with `head` and what stands between its headline and its text, and who and when it says.
fn told(top: &str, head: &str, above: &str) -> (Vec<String>, String) {
    let html = format!(
        r#"<!doctype html><html lang="en"><head><title>Bridge at Orlen to close</title>
        <meta property="og:site_name" content="Orlen Herald"><meta property="og:title" content="Bridge at Orlen to close">{head}</head>
        <body><div class="top">{top}</div><main><div><h1>Bridge at Orlen to close</h1>{above}<p>{STORY}</p><p>{MORE}</p><p>{STORY}</p></div></main>
        <div class="more"><h2>More news</h2><span>June 3, 2024</span></div></body></html>"#
    );
    let url = (Field::Url, "https://orlenherald.example/news/bridge-to-close", "json:url");
    let article = clean(&document(MediaType::Page, PayloadKind::HtmlPage, &html, &[url]));
    let date = article
        .published
        .map_or_else(String::new, |date| format!("{}{}", if date.is_sure() { "" } else { "?" }, date.day));
    (article.authors, date)
}

#[test]
fn days_in_sight_are_found_whatever_box_they_stand_in() {
    for (head, above, day) in [
        ("", r#"<p class="info">27.06.2025 22:00</p>"#, "2025-06-27"),
        ("", r#"<span class="x1">By Mara Linde</span><span class="x2">June 27, 2025</span>"#, "2025-06-27"),
        ("", "<div>Published 27 June 2025 | Updated 29 June 2025</div>", "2025-06-27"),
        ("", "<div>Updated June 29, 2025, published June 27, 2025</div>", "2025-06-27"),
        ("", "<div><span>Date:</span> <b>27 June 2025</b></div>", "2025-06-27"),
        // A template's day is the file's as often as the article's.
        (r#"<meta name="dcterms.date" content="2025-06-12">"#, "<p>27 June 2025</p>", "2025-06-27"),
        (r#"<meta name="date" content="2025-06-27T10:00:00+02:00">"#, "", "2025-06-27"),
        // What the page's own data say outranks what is in sight.
        (
            r#"<meta property="article:published_time" content="2025-06-26T10:00:00+02:00">"#,
            "<p>27 June 2025</p>",
            "2025-06-26",
        ),
        (r#"<script>var page = {"id": 7, "publishedAt":"2025-06-27T08:00:00Z"}</script>"#, "", "2025-06-27"),
        // Several articles in a program's data are nobody's day.
        (r#"<script>[{"publishedAt":"2025-06-27T08:00:00Z"},{"publishedAt":"2025-06-24T08:00:00Z"}]</script>"#, "", ""),
        ("", "<p>Updated: June 27, 2025</p>", "?2025-06-27"),
        ("", "<p>Joined May 11, 2017</p>", ""),
        ("", "<p>Open from June 27, 2025 to June 29, 2025</p>", ""),
    ] {
        // Today's date at the top of a page is no better than nothing, and never better than a day beside the headline.
        let top = if day.is_empty() { "Tarn and the valley" } else { "Tuesday, July 1, 2025" };
        assert_eq!(told(top, head, above).1, day, "{head} {above}");
    }
}

#[test]
fn persons_sign_before_bodies_and_bodies_before_nobody() {
    let by = |author: &str| {
        format!(
            r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Bridge at Orlen to close","author":{author}}}</script>"#
        )
    };
    let organization = |name: &str| by(&format!(r#"{{"@type":"Organization","name":"{name}"}}"#));
    for (head, above, want) in [
        (
            by(r#"[{"@type":"Person","name":"Mara Linde"},{"@type":"Organization","name":"AFP"}]"#),
            "",
            &["Mara Linde"][..],
        ),
        (organization("AFP"), "", &["AFP"]),
        (organization("Orlen Herald"), "", &["Orlen Herald"]),
        (organization("Valley Observatory"), "", &["Valley Observatory"]),
        (organization("Orlen Herald"), r#"<p class="byline">By Mara Linde</p>"#, &["Mara Linde"]),
        (by(r#""admin""#), "", &[]),
        (String::new(), r#"<p class="byline">By Tarn News staff</p>"#, &["Tarn News staff"]),
        (String::new(), r#"<div class="x9">By <a href="/w/12">Mara Linde</a>, Staff Writer</div>"#, &["Mara Linde"]),
        (String::new(), r#"<div class="x9">by Mara Linde <small>in Tarn</small></div>"#, &["Mara Linde"]),
        (String::new(), "", &[]),
    ] {
        assert_eq!(told("", &head, above).0, want, "{head} {above}");
    }
}

/// Those who made a picture, wrote a review of the thing or praise the firm are no authors of the page.
#[test]
fn who_is_named_beside_the_text_does_not_sign_it() {
    for above in [
        r#"<div class="lead"><figure><img src="a.jpg"><figcaption class="byWqXa">The bridge on Monday. (Paul Orel/SIPRA)</figcaption></figure></div>"#,
        r#"<div itemscope itemtype="https://schema.org/Product"><div itemprop="review" itemscope itemtype="https://schema.org/Review"><span itemprop="author" content="Paul Orel"></span><span itemprop="datePublished" content="2020-06-08"></span></div></div>"#,
        r#"<div class="testimonial"><p class="author-info">Paul Orel</p></div>"#,
        r#"<div class="date-author">Reuters March 4, 202512:44 PM UTC</div>"#,
    ] {
        let (authors, date) = told("", "", above);
        assert!(!authors.iter().any(|name| name.contains("Orel") || name.contains("March")), "{authors:?} {above}");
        assert!(!date.contains("2020"), "{date} {above}");
    }
}

#[test]
fn bodies_that_signed_are_told_from_persons() {
    let page = |author: &str| {
        let html = format!(
            r#"<html><head><title>Bridge at Orlen to close</title><script type="application/ld+json">{{"@type":"NewsArticle",
            "headline":"Bridge at Orlen to close","author":{author}}}</script></head><body><h1>Bridge at Orlen to close</h1><p>{STORY}</p><p>{MORE}</p></body></html>"#
        );
        clean(&document(MediaType::Page, PayloadKind::HtmlPage, &html, &[]))
    };
    let desk = page(r#"{"@type":"Organization","name":"Orlen Herald newsroom"}"#);
    assert_eq!(desk.authors, ["Orlen Herald newsroom"]);
    let signed: Vec<(&str, &str)> =
        desk.provenance.signed_by.iter().map(|body| (body.value.as_str(), body.found.as_str())).collect();
    assert_eq!(signed, [("Orlen Herald newsroom", "jsonld:author:organization")]);
    let person =
        page(r#"[{"@type":"Person","name":"Mara Linde"},{"@type":"Organization","name":"Orlen Herald newsroom"}]"#);
    assert_eq!(person.authors, ["Mara Linde"]);
    assert!(person.provenance.signed_by.is_empty());
}

#[test]
fn an_outlet_behind_a_headline_that_the_text_repeats_is_cut() {
    let title = |title: &str, text: &str| {
        let claims = [(Field::Title, title, "json:title")];
        let article = clean(&document(MediaType::Record, PayloadKind::PlainText, text, &claims));
        (article.title, article.text.lines().next().unwrap_or("").to_owned())
    };
    let text = format!("Bridge at Orlen to close\n\n{STORY}\n\n{MORE}");
    let told = title("Bridge at Orlen to close | Orlen Herald", &text);
    assert_eq!(told, ("Bridge at Orlen to close".to_owned(), STORY.to_owned()));
    // What only begins like it is another line.
    let told = title("Bridge at Orlen | Herald", &text);
    assert_eq!(told.1, "Bridge at Orlen to close");
}

#[test]
fn the_sites_name_in_sight_is_no_headline() {
    let title = |name: &str, own: &str, below: &str| {
        let html = format!(
            "<html lang='en'><head><title>Orlen Echo</title><meta property='og:title' content='{own}'></head><body>\
             <article><h1>{name}</h1>{below}<p>{STORY}</p><p>{MORE}</p></article></body></html>"
        );
        let article = clean(&document(MediaType::Page, PayloadKind::HtmlPage, &html, &[]));
        (article.title, article.text.lines().next().unwrap_or("").to_owned())
    };
    let own = "Old bridge at Orlen is to close";
    let below = format!("<h2>{own}</h2>");
    assert_eq!(title("Orlen Echo", own, &below), (own.to_owned(), STORY.to_owned()));
    // Only where the headline stands below it, and is longer than a name.
    assert_eq!(title("Orlen Echo", own, "").0, "Orlen Echo");
    assert_eq!(title("Orlen Echo", "Bridge to close", "<h2>Bridge to close</h2>").0, "Orlen Echo");
    assert_eq!(title("The bridge is to close", own, &below).0, "The bridge is to close");
}

#[test]
fn a_title_that_must_be_cut_stands_whole_in_the_text() {
    let title = "The old bridge over the Orlen is to close to lorries and coaches from the first of May ".repeat(9);
    let claims = [(Field::Title, title.trim(), "json:title")];
    let article = clean(&document(MediaType::Text, PayloadKind::PlainText, STORY, &claims));
    assert!(article.title.ends_with('…') && article.title.len() <= 310, "{}", article.title);
    assert_eq!(article.text, format!("{}\n\n{STORY}", title.trim()));
    assert!(article.notes.iter().any(|note| note.0.contains("whole title")), "{:?}", article.notes);
    // One that the text begins with is there already.
    let text = format!("{}\n\n{STORY}", title.trim());
    let article = clean(&document(MediaType::Text, PayloadKind::PlainText, &text, &claims));
    assert_eq!(article.text.matches("from the first of May").count(), 9);
}

#[test]
fn days_and_bylines_above_a_text_leave_it() {
    for above in [
        "<p>By Mara Linde</p><p>June 27, 2025</p>",
        "<p class='byline'>By Mara Linde</p><p>Friday, 27 June 2025, 10:15 am</p>",
        "<p>Mara Linde | Orlen Herald | June 27, 2025</p>",
    ] {
        let html = format!(
            "<html><head><title>Bridge at Orlen to close</title></head><body><article><h1>Bridge at Orlen to close</h1>{above}<p>{STORY}</p><p>{MORE}</p></article></body></html>"
        );
        let article = clean(&document(MediaType::Page, PayloadKind::HtmlPage, &html, &[]));
        assert_eq!(article.text, format!("{STORY}\n\n{MORE}"), "{above}");
        assert_eq!(article.authors, ["Mara Linde"], "{above}");
        assert_eq!(article.published.map(|date| date.day.to_string()).as_deref(), Some("2025-06-27"), "{above}");
    }
    // A diary has its days in the text.
    let diary = format!("<p>By Mara Linde</p><p>27 June 2025</p><p>{STORY}</p><p>28 June 2025</p><p>{MORE}</p>");
    let article = clean(&document(
        MediaType::FeedEntry,
        PayloadKind::HtmlFragment,
        &diary,
        &[(Field::Title, "Diary of a flood", "rss:title")],
    ));
    assert!(article.text.contains("27 June 2025") && article.text.contains("28 June 2025"), "{}", article.text);
}

#[test]
fn headlines_are_articles_and_emptiness_is_not() {
    let entry = |text: &str, claims: &[(Field, &str, &str)]| {
        document(MediaType::FeedEntry, PayloadKind::HtmlFragment, text, claims)
    };
    let title = (Field::Title, "Bridge at Orlen to close", "rss:title");
    let url = (Field::Canonical, "https://orlenherald.example/bridge", "rss:link");
    let summary = (Field::Summary, "The council voted to close the old bridge.", "rss:description");
    let headline = clean(&entry("", &[title, url]));
    assert!(headline.flags.truncated && headline.text.is_empty());
    let short = clean(&entry("", &[title, summary]));
    assert_eq!(short.text, "The council voted to close the old bridge.");
    assert!(short.flags.truncated);
    for (claims, reason) in [(&[title][..], Reason::NoText), (&[], Reason::NoText), (&[url], Reason::NoText)] {
        let mut document = entry("", claims);
        document.raw = b"<item/>".to_vec();
        assert_eq!(clean::clean(&document, &Options::default()).unwrap_err().reason, reason, "{claims:?}");
    }
    assert_eq!(
        clean::clean(&Document { raw: Vec::new(), ..entry("", &[]) }, &Options::default()).unwrap_err().reason,
        Reason::Empty
    );
}

#[test]
fn a_refused_page_tells_what_is_known_of_it() {
    let html = r#"<!doctype html><html><head><title>Bridge at Orlen to close - Orlen Herald</title><meta property="og:site_name" content="Orlen Herald">
        </head><body><h1>Bridge at Orlen to close</h1><p class="byline">By Mara Linde</p><time>27 June 2025</time></body></html>"#;
    let refused = clean::clean(&document(MediaType::Page, PayloadKind::HtmlPage, html, &[]), &Options::default());
    let claims = refused.expect_err("no text").claims;
    let said = |field| {
        claims.iter().filter(|claim| claim.field == field).map(|claim| claim.value.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(said(Field::Title), ["Bridge at Orlen to close"]);
    assert_eq!(said(Field::Author), ["Mara Linde"]);
    assert_eq!(said(Field::Published), ["2025-06-27"]);
}

#[test]
fn ids_follow_the_address_then_the_guid_then_the_text() {
    let of = |claims: &[(Field, &str, &str)], text: &str| {
        clean(&document(MediaType::FeedEntry, PayloadKind::PlainText, text, claims)).id
    };
    let address = |url: &'static str| [(Field::Canonical, url, "rss:link")];
    assert_eq!(
        of(&address("https://orlen.example/a?utm_medium=rss"), STORY),
        of(&address("https://orlen.example/a"), MORE)
    );
    assert_ne!(
        of(&address("https://orlen.example/a?id=1"), STORY),
        of(&address("https://orlen.example/a?id=2"), STORY)
    );
    let guid = |feed: &'static str| [(Field::Guid, "17", "rss:guid"), (Field::Source, feed, "rss:channel:title")];
    assert_eq!(of(&guid("Herald"), STORY), of(&guid("Herald"), MORE));
    assert_ne!(of(&guid("Herald"), STORY), of(&guid("Review"), STORY));
    // Nobody says whose guid it is: two texts are two articles.
    let bare = [(Field::Guid, "17", "json:id")];
    assert_ne!(of(&bare, STORY), of(&bare, MORE));
    assert_eq!(of(&[], STORY), of(&[], STORY));
}

#[test]
fn an_approved_rule_takes_its_block_out_and_keeps_it() {
    let text = format!("{STORY}\n\n{MORE}\n\nThe Herald Weekly is read by 12,000 people in the valley.");
    let claims = [(Field::Source, "Orlen Herald", "rss:channel:title"), (Field::Title, "Bridge to close", "rss:title")];
    let document = document(MediaType::FeedEntry, PayloadKind::PlainText, &text, &claims);
    let rule = LearnedRule {
        id: "weekly".into(),
        source: "Orlen Herald".into(),
        text: "The Herald Weekly is read by 13,500 people in the valley.".into(),
    };
    let article = clean::clean(&document, &Options { learned: vec![rule], ..Options::default() }).unwrap();
    assert_eq!(article.text, format!("{STORY}\n\n{MORE}"));
    assert_eq!(article.removed.iter().map(|removed| removed.rule.as_str()).collect::<Vec<_>>(), ["learned.weekly"]);
    assert!(clean(&document).text.ends_with("valley."), "without the rule it is back");
}

#[test]
fn a_text_beyond_the_limit_is_cut_between_blocks_and_says_so() {
    let text = vec![STORY; 50].join("\n\n");
    let document = document(MediaType::Text, PayloadKind::PlainText, &text, &[]);
    let options = Options { max_text_bytes: 1000, ..Options::default() };
    let article = clean::clean(&document, &options).unwrap();
    assert!(article.text.len() <= 1000 && article.text.ends_with("meantime."));
    assert!(article.removed.iter().any(|removed| removed.rule == "limit.text"));
    assert!(article.notes.iter().any(|note| note.0.contains("longer than 1000 bytes")));
}

/// Rows 71 and 72 of the catalogue of footers give Reuters for these credits; others sign so too, and where nothing else
/// names it, that is said.
#[test]
fn an_agency_known_by_the_shape_of_its_credits_says_so() {
    let agencies = |dateline: &str, credits: &str| {
        let text = format!("{dateline}{STORY}\n\n{MORE}\n\n{credits}");
        let article = clean(&document(MediaType::Text, PayloadKind::PlainText, &text, &[]));
        article.provenance.agencies.into_iter().map(|agency| (agency.name, agency.found)).collect::<Vec<_>>()
    };
    let one = |name: &str, found: &str| vec![(name.to_owned(), found.to_owned())];
    let credits = "Reporting by Ada Moss; editing by Dan Ferro";
    assert_eq!(agencies("", credits), one("Reuters", "wire.reporting-by:shape"));
    assert_eq!(agencies("", &format!("({credits})")), one("Reuters", "wire.reporting-by:shape"));
    assert_eq!(agencies("", "Reporting by Ada Moss"), []);
    let standards = format!("{credits} Our Standards: The Thomson Reuters Trust Principles.");
    assert_eq!(agencies("", &standards), one("Reuters", "wire.reporting-by"));
    let dated = agencies("ORLEN, June 27 (Reuters) - ", credits);
    assert!(dated.len() == 1 && !dated[0].1.ends_with(":shape"), "{dated:?}");
    let other = agencies("ORLEN, June 27 (AP) — ", credits);
    assert!(other.iter().all(|(name, _)| name == "AP"), "{other:?}");
    // Another provider is named below the credits, or signs in the page's data: the shape says nothing then.
    for rights in ["© 2025 Agence France-Presse", "Copyright 2025 The Associated Press. All rights reserved."] {
        let named = agencies("", &format!("({credits})\n\n{rights}"));
        assert!(named.len() == 1 && named[0].0 != "Reuters", "{rights}: {named:?}");
    }
    let signed = |data: &str| {
        let page = format!(
            r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Old lock closes for two years","author":{{"@type":"Organization","name":"{data}"}}}}</script>
            <article><h1>Old lock closes for two years</h1><p>{STORY}</p><p>{MORE}</p><p>({credits})</p></article>"#
        );
        let article = clean(&document(MediaType::Page, PayloadKind::HtmlPage, &page, &[]));
        article.provenance.agencies.into_iter().map(|agency| agency.name).collect::<Vec<_>>()
    };
    assert_eq!(signed("AFP"), ["AFP"]);
    assert_eq!(signed("Orlen Echo"), ["Reuters"]);
}

/// The outlet behind a name is no second person.
#[test]
fn an_outlet_behind_a_name_signs_nothing() {
    for outlet in ["Vale Courier", "Vale Times", "Orlen Examiner", "Tarn Sentinel", "Staff Writer"] {
        let text = format!("Mill closes in Plinth\nBy Jane Roe, {outlet}\n\n{STORY}\n\n{MORE}");
        let article = clean(&document(MediaType::Text, PayloadKind::PlainText, &text, &[]));
        assert_eq!(article.authors, ["Jane Roe"], "{outlet}");
    }
}

/// A number grouped by spaces that do not break is one number, in a page as in a text.
#[test]
fn grouped_numbers_stay_one_word() {
    let said =
        "Some 5&nbsp;000 people and 7&#8239;000 more wait at the quay of Orlen, and 12&nbsp;km of cars behind them.";
    let page = format!("<article><h1>5&nbsp;000 wait in Orlen</h1><p>{STORY}</p><p>{said}</p><p>{MORE}</p></article>");
    let article = clean(&document(MediaType::Page, PayloadKind::HtmlPage, &page, &[]));
    assert!(article.text.contains("Some 5\u{202F}000 people and 7\u{202F}000 more"), "{}", article.text);
    assert!(article.text.contains("and 12 km of cars"));
    assert_eq!(article.title, "5\u{202F}000 wait in Orlen");
    let plain = said.replace("&nbsp;", "\u{A0}").replace("&#8239;", "\u{202F}");
    let text = clean(&document(MediaType::Text, PayloadKind::PlainText, &format!("{STORY}\n\n{plain}"), &[]));
    assert!(text.text.contains("Some 5\u{202F}000 people"), "{}", text.text);
}

/// A long text on one line is cut between two words; what has no second word is refused for its length.
#[test]
fn a_first_block_beyond_the_limit_is_cut_between_words() {
    let options = Options { max_text_bytes: 1000, ..Options::default() };
    let made = |text: &str| clean::clean(&document(MediaType::Text, PayloadKind::PlainText, text, &[]), &options);
    let article = made(&["ferry"; 500].join(" ")).unwrap();
    assert!(article.text.len() > 900 && article.text.len() <= 1000 && article.text.ends_with("ferry"));
    assert_eq!(article.removed.iter().map(|removed| removed.rule.as_str()).collect::<Vec<_>>(), ["limit.text"]);
    let refused = made(&"é".repeat(800)).unwrap_err();
    assert_eq!(refused.reason, Reason::TooLarge, "{}", refused.detail);
}

/// A byline in sight whose element has no telling name, in languages that sign otherwise than `By`.
#[test]
fn bylines_in_sight_are_read_in_many_languages() {
    let said = |line: &str| {
        let page = format!(
            "<title>Old lock closes for two years</title><main><h1>Old lock closes for two years</h1><div class='x1'>{line}</div>\
             <p>{STORY}</p><p>{MORE}</p></main>"
        );
        clean(&document(MediaType::Page, PayloadKind::HtmlPage, &page, &[])).authors
    };
    for (line, want) in [
        ("Автор: Олена Коваль", "Олена Коваль"),
        ("Підготувала Олена Коваль", "Олена Коваль"),
        ("作者：王小明", "王小明"),
        ("本报记者 王小明", "王小明"),
        ("Penulis: Budi Santoso", "Budi Santoso"),
        ("Oleh Budi Santoso", "Budi Santoso"),
        ("מאת דנה כהן", "דנה כהן"),
        ("홍길동 기자", "홍길동"),
        ("홍길동 기자 hong@echo.example", "홍길동"),
        ("Haber: Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("a cura di Anna Verdi", "Anna Verdi"),
        ("Submitted by Ida Holm on Tue, 05/12/2026 - 10:30", "Ida Holm"),
        ("Gespeichert von Ida Holm am 12. Mai 2026", "Ida Holm"),
    ] {
        assert_eq!(said(line), [want], "{line}");
    }
    for line in [
        "Laporan cuaca hari ini",
        "Haber: son dakika",
        "记者 从会议上获悉",
        "기자 간담회가 어제 열렸습니다",
        "A cura di tutti",
    ] {
        assert_eq!(said(line), Vec::<String>::new(), "{line}");
    }
}

/// The words of a correction stay in the text although their box looks like a footer's.
#[test]
fn a_correction_in_a_small_box_stays() {
    let note = "This story was corrected on May 13: an earlier version misspelled the name of Bo Lund.";
    let page = |note: &str| {
        let html = format!(
            "<title>Old lock closes for two years</title><main><h1>Old lock closes for two years</h1><div class='entry-content'>\
             <p>{STORY}</p><p>{MORE}</p><p>{STORY} Again.</p><div class='wp-block-buttons'><a href='/donate'>Donate</a></div>\
             <p class='has-small-font-size'>{note}</p></div><h2>More posts</h2><ul><li><h3><a href='/1'>Dairy shuts</a></h3>\
             <p>The dairy will move.</p></li></ul></main>"
        );
        clean(&document(MediaType::Page, PayloadKind::HtmlPage, &html, &[]))
    };
    let article = page(note);
    assert!(article.text.contains(note), "{}", article.text);
    assert!(article.flags.corrected, "{:?}", article.removed);
    assert!(!page("Support the Echo and its friends.").text.contains("Support the Echo"));
}
