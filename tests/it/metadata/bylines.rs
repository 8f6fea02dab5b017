//! Who signed a page whose own data do not say so: bylines in sight, and what looks like them.

use super::days::{STORY, URL, article, day};

/// The authors of a page with `head`, and with `above` between headline and story and `below` behind it.
fn signed(lang: &str, head: &str, above: &str, below: &str) -> Vec<String> {
    let body = format!("<main><article><h1>The old bridge is to close</h1>{above}{STORY}{below}</article></main>");
    article(URL, lang, head, &body).authors
}

#[test]
fn sentences_are_no_bylines() {
    for (lang, line) in [
        ("en", "By Friday the council must decide."),
        ("en", "By Thursday the news was out."),
        ("de", "Von der Redaktion kam kein Wort."),
        ("de", "Von Ida Holm, der Wirtin, kam kein Wort."),
        ("fr", "Par Jean Orel, le maire, la décision a été annoncée mardi."),
        ("es", "Por Pilar Osuna, la alcaldesa, nadie ha preguntado."),
        ("it", "Di Sara Monti, la sindaca, non si hanno notizie."),
        ("nl", "Door Wim Bos, de wethouder, werd dinsdag niets gezegd."),
        ("sv", "Av Eva Lind, kommunens ordförande, kom inget svar."),
    ] {
        for box_of in ["p", "div"] {
            let line = format!("<{box_of}>{line}</{box_of}>");
            assert_eq!(signed(lang, "", &line, ""), Vec::<String>::new(), "{line}");
        }
    }
    for (lang, line, who) in [
        ("en", "By Mara Linde, Staff Writer.", "Mara Linde"),
        ("en", "By Mara Linde, the political editor of the Orlen Herald", "Mara Linde"),
        ("en", "By the Orlen Herald newsroom", "the Orlen Herald newsroom"),
        ("de", "Von Ida von der Aa", "Ida von der Aa"),
        ("fr", "Par Anna Orel, envoyée spéciale à Tarn", "Anna Orel"),
        ("fr", "Par Le Courrier avec AFP", "Le Courrier avec AFP"),
        ("es", "Por la redacción de La Voz", "la redacción de La Voz"),
    ] {
        assert_eq!(signed(lang, "", &format!("<div>{line}</div>"), ""), [who], "{line}");
    }
}

#[test]
fn labels_of_bylines() {
    for (lang, line, who) in [
        ("en", "<div>Written by: Mara Linde</div>", "Mara Linde"),
        ("en", "<div>Posted by Mara Linde</div>", "Mara Linde"),
        ("nl", "<div><span>18 februari 2025</span> <span>Door: Wim Bos</span></div>", "Wim Bos"),
        ("fr", "<p>Écrit par Anna Orel</p>", "Anna Orel"),
        ("ar", "<p>بقلم: محمود علي</p>", "محمود علي"),
        ("ar", "<p>كتب: محمود علي</p>", "محمود علي"),
        ("zh", "<p>2025-06-27 09:15 文/林小梅</p>", "林小梅"),
        ("zh", "<p>2025年06月27日 09:15 来源：江南晚报 作者：林小梅</p>", "林小梅"),
        ("ko", "<p>남해일보 김민서 기자</p>", "김민서"),
        ("de", "<p>27.06.2025, 09:15 Uhr | Von Anna Orel</p>", "Anna Orel"),
        ("pl", "<p>Opracowanie: Jan Nowak | Publikacja: 27.06.2025 09:15</p>", "Jan Nowak"),
        // A full name beside the day.
        ("de", "<p>Anna Orel</p><p>27. Juni 2025, 9:15 Uhr</p>", "Anna Orel"),
        ("fr", "<p>Anna Orel • 27 juin 2025 • 09:15</p>", "Anna Orel"),
    ] {
        assert_eq!(signed(lang, "", line, ""), [who], "{line}");
    }
    // A place is written as a name is, a paper is no person, and so is who made the picture.
    for line in [
        "<p>Los Angeles</p><p>June 27, 2025</p>",
        "<p>Harbour Gazette</p><p>June 27, 2025</p>",
        "<figure><img><figcaption><p>Anna Orel</p></figcaption></figure><p>June 27, 2025</p>",
        "<p>Anna Orel, 14 May 1931</p>",
    ] {
        assert_eq!(signed("en", "", line, ""), Vec::<String>::new(), "{line}");
    }
    // Two reporters in one field of the page's data.
    let data = |author: &str| {
        format!(
            r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"The old bridge is to close","author":{author}}}</script>"#
        )
    };
    assert_eq!(signed("ko", &data(r#"{"@type":"Person","name":"김민서 박준석 기자"}"#), "", ""), ["김민서", "박준석"]);
    // What the page's data call an organization is no person, though a field of its head has the same name.
    let paper = data(r#"{"@type":"Organization","name":"Neue Talpost"}"#)
        + "<meta name='author' content='Neue Talpost'><meta property='og:site_name' content='Neue Talpost'>";
    assert_eq!(signed("de", &paper, "", "<p><em>Das Gespräch führte Jens Orel.</em></p>"), ["Jens Orel"]);
    assert_eq!(signed("de", &paper, "", ""), ["Neue Talpost"]);
}

#[test]
fn a_name_within_a_byline_whose_words_run_together() {
    let byline = "<div data-component='byline-block'><div><time>3 hours ago</time></div><div><span>Gwen Orel</span><span>Orlen News, Tarn</span></div></div>";
    assert_eq!(signed("en", "<meta property='og:site_name' content='Orlen News'>", byline, ""), ["Gwen Orel"]);
    let desk = byline.replace("Gwen Orel", "News desk");
    assert!(!signed("en", "", &desk, "").iter().any(|name| name.contains("Tarn")));
}

#[test]
fn authors_of_other_things_are_not_the_authors() {
    for name in [
        "quote-author",
        "quote__author",
        "author-quote",
        "pull-quote-author",
        "cite-author",
        "tweet-author",
        "testimonial-author",
        "photo-author",
        "imageAuthor",
        "video-author",
        "book-author",
        "foto-autor",
    ] {
        let box_of = format!("<div><p>“We will build it.”</p><span class='{name}'>Petra Holm</span></div>");
        assert_eq!(signed("en", "", "", &box_of), Vec::<String>::new(), "{name}");
    }
    let quoted = "<blockquote><p>We will build it.</p><footer class='author'>Petra Holm</footer></blockquote>";
    assert_eq!(signed("en", "", "", quoted), Vec::<String>::new());
    for name in ["post-author", "article__author", "author-name", "author-image-name"] {
        assert_eq!(signed("en", "", &format!("<span class='{name}'>Mara Linde</span>"), ""), ["Mara Linde"], "{name}");
    }
}

#[test]
fn what_drupal_and_blogger_write() {
    for (lang, line, who) in [
        (
            "es",
            "<footer class='node__meta'><div class='node__submitted'>Enviado por <span>Lucía Ferrán</span> el Mar, 27/05/2025</div></footer>",
            "Lucía Ferrán",
        ),
        (
            "fr",
            "<footer class='node__meta'><div class='node__submitted'>Soumis par <a class='username' href='/u/5'>Anna Orel</a> le mar 27/05/2025 - 11:20</div></footer>",
            "Anna Orel",
        ),
        ("nl", "<div>Door Wim Bos op 27 mei 2025</div>", "Wim Bos"),
    ] {
        assert_eq!(signed(lang, "", line, ""), [who], "{line}");
    }
    let foot = |box_of: &str| {
        format!(
            "<div class='{box_of}'><span class='post-author vcard'>Posted by <span class='fn'><a href='/p'>Mara Linde</a></span></span></div>"
        )
    };
    assert_eq!(signed("en", "", "", &foot("post-footer")), ["Mara Linde"]);
    assert_eq!(
        signed("en", "", "", &format!("<div class='related'>{}</div>", foot("post-footer"))),
        Vec::<String>::new()
    );
    // Who wrote a comment did not write the page.
    let comment = "<div class='comment'><p class='submitted'>Submitted by <a class='username'>Paul Orel</a></p><p>Well done.</p></div>";
    assert_eq!(signed("en", "", "", comment), Vec::<String>::new());
}

#[test]
fn a_day_before_that_of_a_change_needs_no_label() {
    let line = |line: &str| format!("<main><article><h1>The old bridge is to close</h1>{line}{STORY}</article></main>");
    let said = line("<p>Le 27 juin 2025 à 09h15, modifié le 2 juillet 2025 à 10h00</p>");
    assert_eq!(day(URL, "fr", "", &said), "2025-06-27");
    let changed = line("<p>Modifié le 2 juillet 2025 à 10h00</p>");
    assert_eq!(day(URL, "fr", "", &changed), "?2025-07-02");
}

#[test]
fn a_byline_with_jobs_and_handles_signs_and_leaves_the_text() {
    for (line, who) in [
        ("Okoro Orme<br><span>Environment Correspondent</span><br><a>@okoro</a>", "Okoro Orme"),
        ("Mara Linde<br><span class=\"title\">Environment Correspondent</span>", "Mara Linde"),
    ] {
        let body = format!(
            "<main><article><h1>The old bridge is to close</h1><p class=\"byline\">{line}</p>{STORY}</article></main>"
        );
        let article = article(URL, "en", "", &body);
        assert_eq!(article.authors, [who], "{line}");
        let removed = article.removed.iter().find(|removal| removal.text.starts_with(who));
        assert_eq!(removed.map(|removal| removal.rule.as_str()), Some("page.byline"), "{line}");
    }
}

#[test]
fn lines_of_a_byline_are_names_places_and_papers() {
    for (line, who) in [
        ("<p>Okoro Orme</p><p>Zadie Bly</p>", &["Okoro Orme", "Zadie Bly"][..]),
        ("<a href='/a/1'>Mara Linde</a><a href='/a/2'>Zadie Bly</a>", &["Mara Linde", "Zadie Bly"]),
        ("<p>Okoro Orme</p><p>Port Elmer</p>", &["Okoro Orme"]),
        ("<p>Okoro Orme</p><p>Tarn Echo</p>", &["Okoro Orme"]),
        ("<span>Black Country</span><span>Mara Linde</span>", &["Mara Linde"]),
    ] {
        assert_eq!(signed("en", "", &format!("<div class='byline'>{line}</div>"), ""), who, "{line}");
    }
}
