//! The day of a page as the systems write it that newspapers are made with.

use super::days::{STORY, TITLE, URL, check, day};

/// A page with `said` between headline and story.
fn beside(said: &str) -> String {
    format!("<main><article>HEADLINE{said}STORY</article></main>")
}

const PLAIN: &str = "<main><article>HEADLINE STORY</article></main>";

#[test]
fn elements_of_publishing_systems() {
    for said in [
        // WordPress, the second day hidden by the theme or named for a change.
        "<span class='posted-on'>Posted on <a href='/x'><time class='entry-date published' datetime='2025-06-27T09:00:00+02:00'>27 June 2025</time><time class='updated' datetime='2025-07-02T09:00:00+02:00'>2 July 2025</time></a></span>",
        "<span class='posted-on'><time class='updated' datetime='2025-07-02T09:00:00+02:00' style='display:none'>2 July 2025</time><time class='entry-date published' datetime='2025-06-27T09:00:00+02:00'>27 June 2025</time></span>",
        "<div class='wp-block-post-date'><time datetime='2025-06-27T09:00:00+02:00'>27 June 2025</time></div>",
        // Brightspot, Ghost, Squarespace, Medium, Substack.
        "<div class='ArticlePage-datePublished'>June 27, 2025 | 9:00 AM</div><div class='ArticlePage-dateModified'>Updated July 2, 2025 | 9:00 AM</div>",
        "<time class='post-full-meta-date' datetime='2025-06-27'>27 June</time>",
        "<time class='blog-meta-item blog-meta-item--date' datetime='2025-06-27' pubdate>Friday</time>",
        "<div><span>5 min read</span><span>·</span><span data-testid='storyPublishDate'>Jun 27, 2025</span></div>",
        "<div class='pencraft pc-display-flex'><div class='pencraft meta-x'>Jun 27, 2025</div></div>",
        // Joomla, TYPO3, Drupal.
        "<dl class='article-info'><dd class='published'><time datetime='2025-06-27T09:00:00+02:00'>Published: 27 June 2025</time></dd><dd class='modified'><time datetime='2025-07-02T09:00:00+02:00'>Last Updated: 02 July 2025</time></dd></dl>",
        "<dl class='article-info'><dd class='create'>Erstellt: Freitag, 27. Juni 2025 09:00</dd><dd class='modified'>Zuletzt aktualisiert: Mittwoch, 02. Juli 2025 10:00</dd></dl>",
        "<span class='news-list-date'><time itemprop='datePublished' datetime='2025-06-27'>27.06.2025</time></span>",
        "<span property='dc:date dc:created' content='2025-06-27T09:00:00+02:00' datatype='xsd:dateTime'>Fri, 06/27/2025 - 09:00</span>",
        "<span class='field field--name-created'>Fri, 06/27/2025 - 09:00</span>",
        "<div class='submitted'>Submitted by mara on Fri, 06/27/2025 - 09:00</div>",
        // Days that only programs read.
        "<span class='date' data-timestamp='1751007600'>2 days ago</span>",
        "<span class='article-time' data-datetime='2025-06-27T09:00:00Z'>yesterday</span>",
        "<relative-time datetime='2025-06-27T09:00:00Z'>3 days ago</relative-time>",
        "<time-ago datetime='2025-06-27T09:00:00Z'>3 days ago</time-ago>",
        "<time datetime='1751007600000'>3 days ago</time>",
        "<time title='June 27, 2025 9:00 AM'>3 days ago</time>",
        "<span class='timestamp' title='Friday, June 27, 2025 at 9:00am'>3d</span>",
        "<abbr class='published' title='2025-06-27T09:00:00+02:00'>9:00 AM</abbr>",
    ] {
        check("", &beside(said), "2025-06-27");
    }
    // Blogger puts the day above the title of the post.
    let post = format!(
        "<div class='date-outer'><h2 class='date-header'><span>Friday, June 27, 2025</span></h2><h3 class='post-title entry-title'>{TITLE}</h3><div class='entry-content'>{STORY}</div></div>"
    );
    assert_eq!(day(URL, "en", "", &post), "2025-06-27");
    // What stands behind a word for a change is that of a change, whatever its element is called.
    for said in [
        "<div>Updated: <time datetime='2025-06-27'>27 June</time></div>",
        "<div>Last updated on <span class='date'>27 June 2025</span></div>",
    ] {
        check("", &beside(said), "?2025-06-27");
    }
}

#[test]
fn names_of_meta_elements() {
    for name in [
        "parsely-pub-date",
        "sailthru.date",
        "cXenseParse:recs:publishtime",
        "article:published",
        "DC.date.issued",
        "vr:published_time",
        "bt:pubDate",
        "dcterms.created",
        "DC.Date",
        "rnews:datePublished",
        "shareaholic:article_published_time",
        "mediator_published_time",
        "citation_online_date",
        "article:date",
        "post_date",
        "creation_date",
        "weibo:article:create_at",
        "photos:uploaded",
    ] {
        check(&format!("<meta name='{name}' content='2025-06-27T09:00:00Z'>"), PLAIN, "2025-06-27");
    }
    let page =
        format!(r#"<meta name="parsely-page" content='{{"title":"{TITLE}","pub_date":"2025-06-27T09:00:00Z"}}'>"#);
    check(&page, PLAIN, "2025-06-27");
    check("<meta name='expiration_date' content='2025-06-27'>", PLAIN, "-");
}

#[test]
fn data_of_programs() {
    for script in [
        // Arc, with another article's day in the same page.
        r#"Fusion.globalContent={"canonical_url":"/news/the-old-bridge-is-to-close","created_date":"2025-06-20","first_publish_date":"2025-06-27T09:00:00Z"};Fusion.contentCache={"x":{"canonical_url":"/other","first_publish_date":"2025-05-01"}};"#,
        r#"window.__INITIAL_DATA__={"article":{"headline":"The old bridge is to close","metadata":{"firstPublished":1751007600000,"lastPublished":1751446800000}}};"#,
        r#"window._preloads = JSON.parse("{\"post\":{\"slug\":\"the-old-bridge-is-to-close\",\"post_date\":\"2025-06-27T09:00:00.000Z\"}}")"#,
        r#"window.__NUXT__={data:[{article:{publishedAt:"2025-06-27T09:00:00Z"}}]}"#,
        "dataLayer=[{'pageType':'article','publishDate':'2025-06-27 09:00:00'}];",
        r#"var utag_data={"article_published_date":"2025-06-27T09:00:00Z","article_updated_date":"2025-07-02"}"#,
    ] {
        check(&format!("<script>{script}</script>"), PLAIN, "2025-06-27");
    }
    let next = |object: &str| {
        format!(r#"<script id="__NEXT_DATA__" type="application/json">{{"props":{{"pageProps":{object}}}}}</script>"#)
    };
    let own = r#"{"post":{"title":"The old bridge is to close","date":"2025-06-27T09:00:00"},"latest":[{"title":"Ferry late","date":"2025-07-05"}]}"#;
    check(&next(own), PLAIN, "2025-06-27");
    check(&next(r#"{"latest":[{"title":"Ferry late","date":"2025-07-05"}]}"#), PLAIN, "-");
    check(&next(r#"{"unpublish_date":"2025-07-05"}"#), PLAIN, "-");
}

#[test]
fn lines_of_many_languages() {
    for (lang, line) in [
        ("es", "Publicado: 27 de junio de 2025 | Actualizado: 2 de julio de 2025"),
        ("pt", "Publicado em 27/06/2025 09h00 - Atualizado em 02/07/2025 10h00"),
        ("fr", "Publié le 27 juin 2025 à 09h00, mis à jour le 2 juillet 2025 à 10h00"),
        ("it", "Pubblicato il 27 giugno 2025 | Aggiornato il 2 luglio 2025"),
        ("de", "Veröffentlicht: 27.06.2025 / Aktualisiert: 02.07.2025"),
        ("sv", "Publicerad: 2025-06-27 kl 09.00 Uppdaterad: 2025-07-02"),
        ("no", "Publisert 27.06.2025 09:00 Oppdatert 02.07.2025"),
        ("hu", "2025. 06. 27. 09:00"),
        ("cs", "27. 6. 2025 9:00"),
        ("be", "27 чэрвеня 2025"),
        ("ru", "27 июня 2025, 09:00"),
        ("kk", "27 маусым 2025"),
        ("tr", "Giriş Tarihi: 27.06.2025 09:00 Son Güncelleme: 02.07.2025 10:00"),
        ("ar", "تاريخ النشر: 27 يونيو 2025 09:00"),
        ("he", "27.06.25 09:00"),
        ("hi", "27 जून 2025, 09:00 AM IST"),
        ("bn", "প্রকাশ: ২৭ জুন ২০২৫, ০৯:০০"),
        ("ta", "27 ஜூன் 2025"),
        ("th", "27 มิ.ย. 2568 09:00 น."),
        ("vi", "Thứ sáu, 27/6/2025, 09:00 (GMT+7)"),
        ("zh", "2025年06月27日 09:00 来源：奥伦日报"),
        ("ja", "[2025.06.27]"),
        ("ko", "입력 2025.06.27 09:00 수정 2025.07.02 10:00"),
        ("cy", "27 Mehefin 2025"),
        ("ga", "27 Meitheamh 2025"),
    ] {
        let body = beside(&format!("<p>{line}</p>")).replace("HEADLINE", &format!("<h1>{TITLE}</h1>"));
        assert_eq!(day(URL, lang, "", &body.replace("STORY", STORY)), "2025-06-27", "{lang} {line}");
    }
}
