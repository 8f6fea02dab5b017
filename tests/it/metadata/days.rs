//! The day of a page among all the days on it: cards, comments, other sites' posts, changes, programs' data.

use newsdex::clean::{self, Options};
use newsdex::model::{Article, Claim, Document, Field, MediaType, Origin, Payload, PayloadKind};

pub(super) const URL: &str = "https://orlenherald.example/news/the-old-bridge-is-to-close";
pub(super) const TITLE: &str = "The old bridge is to close";
pub(super) const STORY: &str = "<p>The council of Orlen voted on Tuesday evening to close the old bridge to lorries until the piers have been \
                     looked at by divers, who are to come from Tarn as soon as the water has gone down.</p><p>The mayor said that \
                     the town could not wait for the county, and that the ferry would run every hour from the first of the month, \
                     on Sundays as well, as long as the works last.</p>";

/// The day that a page with `head` and `body` is given, `?` before a doubted one.
pub(super) fn day(url: &str, lang: &str, head: &str, body: &str) -> String {
    let date = article(url, lang, head, body).published;
    date.map_or("-".to_owned(), |date| format!("{}{}", if date.is_sure() { "" } else { "?" }, date.day))
}

pub(super) fn article(url: &str, lang: &str, head: &str, body: &str) -> Article {
    let html = format!(
        "<!doctype html><html lang='{lang}'><head><title>{TITLE} | Orlen Herald</title><meta property='og:title' content='{TITLE}'>\
         {head}</head><body>{body}</body></html>"
    );
    let document = Document {
        origin: Origin::file("page.html"),
        media: MediaType::Page,
        raw: Vec::new(),
        payload: Some(Payload { kind: PayloadKind::HtmlPage, text: html }),
        claims: Claim::new(Field::Url, url, "json:url").into_iter().collect(),
        fetched: None,
        notes: Vec::new(),
    };
    let options = Options { now: "2026-01-01T00:00:00Z".parse().ok(), ..Options::default() };
    clean::clean(&document, &options).unwrap()
}

/// `body` with the words `HEADLINE` and `STORY` in it.
pub(super) fn check(head: &str, body: &str, want: &str) {
    let full = body.replace("HEADLINE", &format!("<h1>{TITLE}</h1>")).replace("STORY", STORY);
    assert_eq!(day(URL, "en", head, &full), want, "{head} {body}");
}

fn data(published: &str, changed: &str) -> String {
    format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}","datePublished":"{published}","dateModified":"{changed}"}}</script>"#
    )
}

#[test]
fn a_box_around_the_headline_is_no_margin() {
    // Names of tags, page builders and components, that hold the whole article.
    check(
        "",
        "<div class='post tag-kommentar'>HEADLINE STORY<p>Filed on <time datetime='2025-06-27'>Friday</time></p></div>",
        "2025-06-27",
    );
    check(
        "",
        "<div class='page page--with-sidebar'>HEADLINE<div><p class='posted-on'>27 June 2025</p></div>STORY</div>",
        "2025-06-27",
    );
    check(
        "",
        "<div class='el-widget'>HEADLINE</div><div class='el-widget'>STORY</div><div class='el-widget'><span class='entry-date'>27 June 2025</span></div>",
        "2025-06-27",
    );
    check(
        "",
        "<div class='HeaderComment'><h1 class='HeaderComment_headline'>The old bridge is to close</h1><div class='HeaderComment_date'>27 June 2025</div></div>STORY",
        "2025-06-27",
    );
    // What is a margin still is.
    check("", "<main>HEADLINE STORY</main><div class='sidebar'><time datetime='2025-06-24'>24 June</time></div>", "-");
    check("", "<main>HEADLINE STORY</main><div class='comments'><time datetime='2025-06-24'>24 June</time></div>", "-");
}

#[test]
fn other_articles_and_other_sites_have_days_of_their_own() {
    let card = "<div><a href='/a'>Ferry late</a> <time datetime='2025-06-01'>1 June 2025</time></div>";
    // Cards of a menu come before the headline.
    check(
        "",
        &format!(
            "<div class='menu-x'>{card}{card}</div><main><article><header><div>HEADLINE</div></header><footer-x><time datetime='2025-06-27'>27 June 2025</time></footer-x>STORY</article></main>"
        ),
        "2025-06-27",
    );
    // A post of another site, shown in the story.
    check(
        "",
        "<main>HEADLINE<p>27 June 2025</p>STORY<blockquote class='instagram-media'><time datetime='2025-03-12T19:30:12Z'>12 March</time></blockquote></main>",
        "2025-06-27",
    );
    check(
        "",
        "<main>HEADLINE STORY<blockquote class='twitter-tweet'><time datetime='2025-03-12T19:30:12Z'>12 March</time></blockquote></main>",
        "-",
    );
    // Related articles with microdata, and the page's own plain day.
    check(
        "<meta name='date' content='June 27, 2025'>",
        "<main>HEADLINE STORY</main><aside class='related'><article itemscope itemtype='https://schema.org/Article'><span itemprop='datePublished' content='2025-12-01T10:00:00Z'>1 December</span></article></aside>",
        "2025-06-27",
    );
    // A standfirst that tells of an event, before the line with the day.
    check(
        "",
        "<main>HEADLINE<h3>10 July 2025, 18:00 - Hearing in the town hall</h3><div>27 June 2025</div>STORY</main>",
        "2025-06-27",
    );
    check(
        "",
        "<main>HEADLINE<p>The next hearing is on 10 July 2025 at the <a href='/h'>town hall</a> of Orlen.</p>STORY</main>",
        "-",
    );
    // Whoever signed has been here for long.
    check(
        "",
        "<main>HEADLINE<dl><dt>Member since:</dt><dd>18.09.2018, 05:56</dd></dl><div>Mara Linde » 27.06.2025, 05:42</div>STORY</main>",
        "2025-06-27",
    );
}

#[test]
fn the_first_day_and_the_day_of_a_change_are_told_apart() {
    check(
        "",
        "<main>HEADLINE<p class='date'>June 27, 2025. <i>Updated: July 2, 2025</i></p>STORY</main>",
        "2025-06-27",
    );
    check(
        "",
        "<main>HEADLINE<p><b>Last updated on:</b> <i>July 2, 2025</i></p><p><b>Published:</b> <i>June 27, 2025</i></p>STORY</main>",
        "2025-06-27",
    );
    check(
        "",
        "<main>HEADLINE<p>2 July 2025</p>STORY<p>This article was originally published on 27 June 2025 but has been kept up to date ever since by those who live there.</p></main>",
        "2025-06-27",
    );
    check(
        "",
        "<main>HEADLINE STORY<ul><li class='h_date'>2 July 2025 | Latest version</li><li class='h_date'>27 June 2025 | Originally published</li></ul></main>",
        "2025-06-27",
    );
    check("", "<main>HEADLINE STORY<p>This page was last edited on 27 June 2025, at 19:23.</p></main>", "?2025-06-27");
    check(
        "",
        "<main>HEADLINE STORY STORY<div class='teaser-date'>3 May 2025</div><div class='teaser-date'>9 May 2025</div><p>Last updated on 27 June 2025</p></main>",
        "?2025-06-27",
    );
}

#[test]
fn data_that_contradict_themselves_give_way_to_what_readers_see() {
    let seen = "<main>HEADLINE<p class='date'>Published 27 June 2025</p>STORY</main>";
    // The day of the last build: the same for publication and change, or the change before it.
    check(&data("2025-11-20T16:02:46Z", "2025-11-20T16:02:46Z"), seen, "2025-06-27");
    check(&data("2025-11-20", "2025-11-18"), seen, "2025-06-27");
    // An article that was changed later than it was published is what data are for.
    check(&data("2025-06-25T08:00:00Z", "2025-06-30T08:00:00Z"), seen, "2025-06-25");
    // Put out again under a new day, which readers see and the page's plain `date` names.
    let again =
        format!("{}<meta name='date' content='2025-06-27'>", data("2024-03-01T08:00:00Z", "2025-06-27T09:00:00Z"));
    check(&again, "<main>HEADLINE<p class='date'>27 June 2025</p>STORY</main>", "2025-06-27");
    check(&again, "<main>HEADLINE STORY</main>", "2024-03-01");
    // Several days in sight are those of several articles.
    let cards = "<main>HEADLINE STORY</main><i class='date'>2025-03-14</i><i class='date'>2025-03-10</i>";
    check(&data("2025-11-20", "2025-11-18"), cards, "2025-11-20");
}

#[test]
fn one_day_in_sight_outranks_data_that_say_another() {
    let seen = |line: &str| format!("<main>HEADLINE<p>{line}</p>STORY</main>");
    let told = data("2025-06-25T08:00:00Z", "2025-06-27T09:00:00Z");
    // The same news, put out again within two days under the day of the change, and no other in sight.
    check(&told, &seen("27 June 2025"), "2025-06-27");
    check(&told, &seen("By Mara Linde</p><p class='date'>Friday 27 June 2025, 09:00, UK"), "2025-06-27");
    for line in [
        "Updated 27 June 2025",
        "25 June 2025</p><p>27 June 2025",
        "The hearing: 27 June 2025",
        "In the hall on 27 June 2025, at six.",
    ] {
        check(&told, &seen(line), "2025-06-25");
    }
    // Later than that only where the page calls it the day of publication.
    let told = data("2024-06-25T08:00:00Z", "2025-06-27T09:00:00Z");
    check(&told, &seen("27 June 2025"), "2024-06-25");
    check(&told, "<main>HEADLINE<p class='header-publish-date'>27 June 2025</p>STORY</main>", "2025-06-27");
    // The same instant on another clock is no change; and no day is put out again before it was.
    check(&data("2025-06-26T22:57:00-05:00", "2025-06-27T03:57:44Z"), &seen("27 June 2025 3:57 AM"), "2025-06-26");
    // A day in sight before that of the data: the text was moved here since. A day that something was released is none.
    let moved = data("2025-06-27T08:00:00Z", "2025-06-28T08:00:00Z");
    check(&moved, &seen("3 May 2021"), "2021-05-03");
    check(&moved, &seen("<b>Release:</b> 3 May 2021"), "2025-06-27");
    // Day and month in the other order are the same day.
    let told = data("2025-06-02T08:00:00Z", "2025-06-02T08:00:00Z");
    assert_eq!(day(URL, "de", &told, &seen("06/02/2025").replace("STORY", STORY)), "2025-06-02");
}

#[test]
fn what_is_overruled_is_told() {
    let article = article(
        URL,
        "en",
        &data("2025-06-25T08:00:00Z", "2025-06-27T09:00:00Z"),
        &format!("<main><h1>{TITLE}</h1><p>27 June 2025</p>{STORY}</main>"),
    );
    let notes: Vec<&str> = article.notes.iter().map(|note| note.0.as_str()).collect();
    let told = "published on `2025-06-27` as the page shows (html:near-headline), while its data says \
                `2025-06-25T08:00:00Z` (jsonld:datePublished)";
    assert!(notes.contains(&told), "{notes:?}");
}

#[test]
fn days_of_lives_are_none_of_publication() {
    let change = "<meta itemprop='dateUpdate' content='2025-06-27 10:47:36'>";
    check("", "<main>HEADLINE<dl><dt>Date of birth</dt><dd>28 January 2015</dd></dl>STORY</main>", "-");
    check(change, "<main>HEADLINE<ul><li>28 January 1975</li><li>Orlen</li></ul>STORY</main>", "?2025-06-27");
    check(change, "<main>HEADLINE<ul><li>28 January 2024</li><li>Orlen</li></ul>STORY</main>", "2024-01-28");
}

#[test]
fn a_day_is_the_day_where_it_was_published() {
    // UTC's day in sight bears out UTC's day, against an address that has the local one.
    let head = data("2025-06-27T16:34:54Z", "2025-06-27T16:34:54Z");
    let body = "<main>HEADLINE<time datetime='2025-06-27T16:34:54Z'>June 27, 2025 - 4.34pm</time>STORY</main>";
    let full = body.replace("HEADLINE", &format!("<h1>{TITLE}</h1>")).replace("STORY", STORY);
    let dated = "https://orlenherald.example/news/the-old-bridge-20250628-p6.html";
    assert_eq!(day(dated, "en", &head, &full), "2025-06-27");
    assert_eq!(day(dated, "en", &head, &full.replace("June 27", "June 28")), "2025-06-28");
    // The time without a zone is UTC's once more; what readers see is the day there.
    let head = format!(
        "{}<meta property='article:published_time' content='2025-06-28T03:00:46.074'>",
        data("2025-06-28T03:00:46.074Z", "2025-06-28T03:00:46.074Z")
    );
    check(&head, "<main>HEADLINE<p class='date'>June 27, 2025 10:00 PM</p>STORY</main>", "2025-06-27");
    check("", "<main>HEADLINE<p class='byline'>By Mara Linde June 27, 2025, 11:15 PM</p>STORY</main>", "2025-06-27");
    // Day and month as the element around them says.
    check(
        "",
        "<main>HEADLINE<time datetime='2025-10-12T19:38:01Z'>10/12/2025 7:38:01 PM</time>STORY</main>",
        "2025-10-12",
    );
}

#[test]
fn names_and_places_that_are_in_no_list() {
    for meta in [
        "<meta name='first_published_on' content='2025-06-27T21:00:00.000Z'>",
        "<meta name='fecha_publicacion' content='2025-06-27'>",
        r#"<meta name="script:ld+json" content='{"@type":"NewsArticle","headline":"The old bridge is to close","datePublished":"2025-06-27T09:00:00-05:00"}'>"#,
    ] {
        check(meta, "<main>HEADLINE STORY</main>", "2025-06-27");
    }
    for meta in [
        "<meta name='publish_expires' content='2025-06-27'>",
        "<meta name='publisher_date' content='2025-06-27'>",
        "<meta name='published_by' content='Mara Linde'>",
    ] {
        check(meta, "<main>HEADLINE STORY</main>", "-");
    }
    check("<meta itemprop='dateUpdate' content='2025-06-27 10:47:36'>", "<main>HEADLINE STORY</main>", "?2025-06-27");
    // Its own entry among the latest, by its address and headline.
    let entry =
        |link: &str, date: &str| format!("<li class='related'><i>{date}</i><br><a href='{link}'>{TITLE}</a></li>");
    let list = format!("{}{}", entry(URL, "27.6.2025"), entry("/news/another-bridge", "28.6.2025"));
    check("", &format!("<main>HEADLINE STORY</main><ul>{list}</ul>"), "2025-06-27");
    check("", &format!("<main>HEADLINE STORY</main><ul>{}</ul>", entry("/news/another-bridge", "28.6.2025")), "-");
    check(
        "",
        &format!("<main>HEADLINE STORY</main><p class='replies'><a href='{URL}#comment-7'>28 June 2025</a> Good.</p>"),
        "-",
    );
    // The object of a program's data that is this article, beside others.
    let programs = r#"<script type="application/json">{"rows":[{"slug":"another-bridge-falls","publishDate":"2025-06-01"},{"slug":"the-old-bridge-is-to-close","publishDate":"2025-06-27T14:27:32+01:00"}]}</script>"#;
    check(programs, "<main>HEADLINE STORY</main>", "2025-06-27");
}

#[test]
fn days_that_open_a_paragraph_and_pages_with_long_menus() {
    let menu = "<ul class='nav'>".to_owned()
        + &"<li><a href='/x'>Tarn and the valley, and what else there is to see</a></li>".repeat(30)
        + "</ul>";
    let deck = "<p>The old bridge over the Orlen has stood for two hundred years, and lorries of forty tonnes were not what its builders thought \
                of when they drove oak into the bed of the river; now it is to be closed to them.</p>";
    check(
        "",
        &format!("{menu}<main>HEADLINE{deck}{}</main>", STORY.replacen("<p>", "<p>27.06.2025 – ", 1)),
        "2025-06-27",
    );
    check(
        "",
        &format!("{menu}<main><p>2025-06-27 | Council</p><h4>Bridge news of the week</h4>STORY</main>"),
        "2025-06-27",
    );
    // A week is no day.
    check("", &format!("{menu}<main>HEADLINE<h4>Weekly report 20 – 27 June 2025</h4>STORY</main>"), "-");
}

#[test]
fn persian_papers_date_by_the_sun() {
    let body = format!("<main><h1>{TITLE}</h1><p class='date'>۶ تیر ۱۴۰۴ - ۱۰:۱۵</p>{STORY}</main>");
    assert_eq!(day(URL, "fa", "", &body), "2025-06-27");
}

#[test]
fn a_picture_has_a_day_of_its_own() {
    let head = data("2025-06-27T08:00:00Z", "2025-06-27T09:20:11Z");
    let figure = "<figure><figcaption><p>The old bridge and its closed gates, pictured on June 26, 2025</p></figcaption></figure>";
    let timed = |head: &str, body: &str, want: &str| {
        let body = body.replace("HEADLINE", &format!("<h1>{TITLE}</h1>")).replace("STORY", STORY);
        let got = article(URL, "en", head, &body).published.map(|date| date.iso());
        assert_eq!(got.as_deref(), Some(want), "{body}");
    };
    timed(&head, &format!("<main>HEADLINE{figure}STORY</main>"), "2025-06-27T08:00:00Z");
    let updated = "<span>Updated 6:20 AM EDT, June 27, 2025</span>";
    timed(&head, &format!("<main>HEADLINE{figure}{updated}STORY</main>"), "2025-06-27T08:00:00Z");
    let plain = figure.replace("figure", "div").replace("figcaption", "div");
    timed(&head, &format!("<main>HEADLINE{plain}STORY</main>"), "2025-06-27T08:00:00Z");
    let timed_picture =
        "<figure><figcaption>The bridge <time datetime='2025-06-26'>26 June</time></figcaption></figure>";
    timed(&head, &format!("<main>HEADLINE{timed_picture}STORY</main>"), "2025-06-27T08:00:00Z");
    // Nothing else dates the page.
    check("", &format!("<main>HEADLINE{figure}STORY</main>"), "-");
    // A line that is a day tells where it was published, and a headline may be laid over a picture with its day.
    check(&head, "<main>HEADLINE<div>June 26, 2025</div>STORY</main>", "2025-06-26");
    check(&head, "<main>HEADLINE<div>By Mara Linde, staff writer, on June 26, 2025</div>STORY</main>", "2025-06-26");
    check("", "<main><figure>HEADLINE<div>27 June 2025</div></figure>STORY</main>", "2025-06-27");
}
