//! Which of several claims about where a page's text comes from is believed.

use newsdex::clean::{self, Options};
use newsdex::model::{Article, Claim, Document, Field, Found, MediaType, Origin, Payload, PayloadKind};

/// A page of post.example whose story ends with `tail`.
fn cleaned(head: &str, tail: &str, below: &str) -> Article {
    let story = "<p>The lock at Rye Haven reopened on Tuesday after nine years of repairs, and the first boat through it was the old mail launch that had been the last one out.</p>\
        <p>“We had given up hope,” said Ida Holm, who keeps the inn beside the upper gate. “My children have never seen a boat go past the window.”</p>\
        <p>The county will decide in May whether the second lock, two miles upstream, is to be repaired as well. Until then boats can go no further than the basin at Elmsford.</p>";
    let html = format!(
        "<html lang='en'><head><title>Lock reopens | Rye Haven Post</title><meta property='og:title' content='Lock reopens'>{head}</head>\
         <body><main><article><h1>Lock reopens</h1><div class='byline'>By Mats Orr</div><div class='article-body'>{story}{tail}</div></article></main>{below}\
         <footer class='site-footer'><p>© 2024 Rye Haven Post. All rights reserved.</p></footer></body></html>"
    );
    let document = Document {
        origin: Origin::file("lock.html"),
        media: MediaType::Page,
        raw: Vec::new(),
        payload: Some(Payload { kind: PayloadKind::HtmlPage, text: html }),
        claims: Claim::new(Field::Url, "https://post.example/lock", "page").into_iter().collect(),
        fetched: None,
        notes: Vec::new(),
    };
    clean::clean(&document, &Options::default()).expect("an article")
}

fn value(found: &Option<Found<String>>) -> &str {
    found.as_ref().map_or("", |found| found.value.as_str())
}

#[test]
fn who_published_it_first_is_told_by_a_sentence_before_a_line_of_rights() {
    for (tail, publisher) in [
        ("<p>© Elmsford Courier</p><p>This article was originally published on Harrow Ledger.</p>", "Harrow Ledger"),
        (
            "<p>This article was originally published by the Harrow Ledger.</p><p>© 2024 Elmsford Courier. All rights reserved.</p>",
            "Harrow Ledger",
        ),
        (
            "<p>Copyright © 2024 Elmsford Courier</p><p>This story originally appeared on Harrow Ledger.</p>",
            "Harrow Ledger",
        ),
        ("<p>© Elmsford Courier</p><p>The post Lock reopens appeared first on Harrow Ledger.</p>", "Harrow Ledger"),
        ("<p>Originally published at Harrow Ledger.</p><p>Source: Elmsford Courier</p>", "Harrow Ledger"),
        ("<p>© 2024 Elmsford Courier. All rights reserved.</p>", "Elmsford Courier"),
        ("<p>© 2024 Rye Haven Post. All rights reserved.</p>", ""),
    ] {
        let publisher_of = cleaned("<meta property='og:site_name' content='Rye Haven Post'>", tail, "").provenance;
        let said = value(&publisher_of.original_publisher);
        // The article or none before a name is a matter of taste.
        assert_eq!(said.trim_start_matches("the "), publisher, "{tail}");
    }
}

#[test]
fn a_licence_is_told_by_a_sentence_before_a_link_of_the_site() {
    let by = "<a rel='license' href='https://creativecommons.org/licenses/by/4.0/'>CC BY</a>";
    let terms = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Lock reopens\",\"license\":\"https://post.example/terms\"}</script>";
    let nd =
        "<p>This work is licensed under a Creative Commons Attribution-NoDerivatives 4.0 International License.</p>";
    for (head, tail, below, licence) in [
        ("", nd, by, "CC-BY-ND-4.0"),
        (terms, nd, "", "CC-BY-ND-4.0"),
        ("", &format!("<p>All rights reserved.</p>{nd}"), "", "CC-BY-ND-4.0"),
        ("", "", by, "CC-BY-4.0"),
        ("", "<p>All rights reserved.</p>", by, "CC-BY-4.0"),
        ("", "<p>All rights reserved.</p>", "", "all-rights-reserved"),
    ] {
        assert_eq!(value(&cleaned(head, tail, below).provenance.licence), licence, "{head} {tail} {below}");
    }
}

#[test]
fn who_made_the_text_is_an_agency_only_if_it_is_one() {
    let by = |name: &str| {
        format!(
            "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Lock reopens\",\"sourceOrganization\":{{\"@type\":\"Organization\",\"name\":\"{name}\"}}}}</script>"
        )
    };
    let agencies = |head: &str, tail: &str| -> Vec<String> {
        cleaned(head, tail, "").provenance.agencies.into_iter().map(|agency| agency.name).collect()
    };
    assert_eq!(agencies(&by("Reuters"), ""), ["Reuters"]);
    assert!(agencies(&by("Rye Haven Post"), "").is_empty());
    assert_eq!(agencies("", "<p>© 2024 The Associated Press. All rights reserved.</p>"), ["AP"]);
}

#[test]
fn a_line_that_the_page_cleaner_took_for_chrome_is_evidence_all_the_same() {
    // The line ends the story's box, or stands in a footer of the article's own.
    let line = "Read the <a href='https://ledger.example/a'>original article</a> on Harrow Ledger.";
    for tail in [format!("<p>{line}</p>"), format!("<footer class='entry-footer'><p>{line}</p></footer>")] {
        let article = cleaned("", &tail, "");
        assert!(!article.text.contains("Harrow Ledger"), "{}", article.text);
        assert_eq!(value(&article.provenance.original_publisher), "Harrow Ledger", "{tail}");
        assert_eq!(value(&article.provenance.original_url), "https://ledger.example/a", "{tail}");
    }
    // What a neighbour's teaser says is not evidence of this article.
    let teaser = "<div class='related-articles'><p>This article was originally published on Harrow Ledger.</p></div>";
    assert_eq!(value(&cleaned("", "", teaser).provenance.original_publisher), "");
}
