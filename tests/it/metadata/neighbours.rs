//! What stands on a page and is not its own: stories beside it, works it tells of, today's date. Their people and days
//! are not the page's, even where it has none.

use super::page;

const STORY: &str = "<p>The council of Orlen voted on Thursday to close the old bridge for repairs that will last until the spring, \
    and the ferry will carry people and goods across the river in the meantime.</p><p>Shopkeepers on the east bank said they \
    had not been asked. The mayor, who has promised to pay for lost trade, said the work could not wait for another winter.</p>\
    <p>Engineers had found cracks in two of the four piers, and a report of last autumn had warned that a high flood could carry \
    them away. The county gives half of the money, and the town sells its old boathouse to raise the rest.</p>";
const TITLE: &str = "Old bridge closes until spring";

/// Data in the head, what stands at the top of the page, beside the headline, and below the text.
struct Made<'a> {
    title: &'a str,
    data: &'a str,
    top: &'a str,
    above: &'a str,
    below: &'a str,
}

const PLAIN: Made = Made { title: TITLE, data: "", top: "", above: "", below: "" };

fn told(made: &Made) -> (Vec<String>, String) {
    let Made { title, data, top, above, below } = made;
    let script = if data.starts_with(['{', '[']) {
        format!("<script type='application/ld+json'>{data}</script>")
    } else {
        (*data).to_owned()
    };
    let article = page(format!(
        "<html lang='en'><head><title>{title} | Orlen Echo</title><link rel='canonical' href='https://echo.example/river/old-bridge-closes'>\
         {script}</head><body>{top}<a href='/'>Orlen Echo</a><main><article><h1>{title}</h1>{above}{STORY}{below}</article></main></body></html>"
    ));
    let day = article
        .published
        .map_or_else(String::new, |date| format!("{}{}", if date.is_sure() { "" } else { "?" }, date.day));
    (article.authors, day)
}

fn check(made: &Made, authors: &[&str], day: &str) {
    let (got, on) = told(made);
    assert_eq!(
        (got.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), on.as_str()),
        (authors, day),
        "{}{}{}{}",
        made.data,
        made.top,
        made.above,
        made.below
    );
}

const SIGNED: &str = "<p class='byline'>By Mara Linde</p><span class='date'>4 March 2025</span>";

fn heron(key: &str, more: &str) -> String {
    format!(
        r#"{{"@type":"NewsArticle","headline":"Herons return to the marsh","datePublished":"2024-11-02T10:00:00Z","author":{{"@type":"Person","name":"Ida Holm"}},"{key}":"https://echo.example/marsh/herons-return"{more}}}"#
    )
}

#[test]
fn a_story_beside_the_page_signs_nothing() {
    let otters =
        heron("url", "").replace("Herons return", "Otters are seen again on").replace("herons-return", "otters");
    let listed = format!(
        r#"{{"@type":"ItemList","itemListElement":[{{"@type":"ListItem","item":{}}},{{"@type":"ListItem","item":{otters}}}]}}"#,
        heron("url", r#","articleBody":"Herons are back.""#)
    );
    let unlinked = r#"[{"@type":"NewsArticle","headline":"Herons return to the marsh","author":{"name":"Ida Holm"}},{"@type":"NewsArticle","headline":"Dairy shuts its plant in Ness","author":{"name":"Ida Holm"}}]"#;
    for data in [listed, format!("[{},{otters}]", heron("url", "")), heron("mainEntityOfPage", ""), unlinked.to_owned()]
    {
        check(&Made { data: &data, above: SIGNED, ..PLAIN }, &["Mara Linde"], "2025-03-04");
        check(&Made { data: &data, ..PLAIN }, &[], "");
    }
    // The page's own article has another headline for machines, its own address, or none.
    for (headline, address) in [
        ("Orlen shuts bridge after piers crack", r#","url":"https://echo.example/river/old-bridge-closes""#),
        ("Old bridge of Orlen is closed until the spring", r#","url":"https://cms.echo.example/node/1234567890""#),
        ("Orlen shuts bridge after piers crack", ""),
    ] {
        let own = format!(
            r#"{{"@type":"NewsArticle","headline":"{headline}","datePublished":"2025-03-04","author":{{"@type":"Person","name":"Mara Linde"}}{address}}}"#
        );
        check(&Made { data: &own, ..PLAIN }, &["Mara Linde"], "2025-03-04");
    }
}

#[test]
fn a_work_has_its_own_author_and_day() {
    for kind in ["Book", "Movie", "VideoObject", "CreativeWork", "PodcastEpisode", "TVEpisode"] {
        let work = format!(
            r#"{{"@type":"{kind}","name":"The Heron Year, part two","datePublished":"1999-05-19","uploadDate":"1999-05-19","author":{{"@type":"Person","name":"Ida Holm"}}}}"#
        );
        check(&Made { data: &work, above: SIGNED, ..PLAIN }, &["Mara Linde"], "2025-03-04");
        check(&Made { data: &work, above: "<span>4 March 2025</span>", ..PLAIN }, &[], "2025-03-04");
        check(&Made { data: &work, ..PLAIN }, &[], "");
    }
    // A book that the page is called after is still a book.
    let book = r#"{"@type":"Book","name":"The Heron Year","datePublished":"1999-05-19","author":{"@type":"Person","name":"Ida Holm"}}"#;
    check(&Made { title: "The Heron Year", data: book, ..PLAIN }, &[], "");
    let fair = r#"{"@type":"Event","name":"Open day","startDate":"2026-03-04","datePublished":"2025-01-01"}"#;
    check(&Made { title: "Hall opens", data: fair, ..PLAIN }, &[], "");
    // A film that the page shows is the page's, and who tests a ware signs the test.
    let film = format!(r#"{{"@type":"VideoObject","name":"{TITLE}","uploadDate":"2025-03-04"}}"#);
    check(&Made { data: &film, ..PLAIN }, &[], "2025-03-04");
    let test = r#"{"@type":"Product","name":"Holm 3","review":{"@type":"Review","author":{"@type":"Person","name":"Mara Linde"},"datePublished":"2025-03-04"}}"#;
    check(&Made { title: "Holm 3 rain boots: dry feet", data: test, ..PLAIN }, &["Mara Linde"], "2025-03-04");
    // What a buyer says on the page of a shop is no test.
    let dated = "<span class='date'>4 May 2025</span>";
    check(&Made { title: "Holm 3", data: test, above: dated, ..PLAIN }, &[], "2025-05-04");
}

const CARDS: &str = "<div><div class='box' itemscope itemtype='http://schema.org/NewsArticle'><h4 itemprop='headline'>\
    <a itemprop='url' href='/news/1'>Herons return to the marsh</a></h4><meta itemprop='datePublished' content='2024-11-02T10:00:00Z'>\
    <span itemprop='author'>Ida Holm</span></div><div class='box' itemscope itemtype='http://schema.org/NewsArticle'>\
    <h4 itemprop='headline'><a itemprop='url' href='/news/2'>Dairy shuts its plant</a></h4>\
    <meta itemprop='datePublished' content='2024-11-02T10:00:00Z'><span itemprop='author'>Bo Lund</span></div></div>";

#[test]
fn cards_in_microdata_are_others() {
    check(&Made { below: CARDS, above: SIGNED, ..PLAIN }, &["Mara Linde"], "2025-03-04");
    check(&Made { below: CARDS, ..PLAIN }, &[], "");
    check(&Made { top: CARDS, above: SIGNED, ..PLAIN }, &["Mara Linde"], "2025-03-04");
    // The page's own microdata, around the headline or beside it.
    let own = |headline: &str| {
        format!(
            "<div itemscope itemtype='http://schema.org/NewsArticle'><meta itemprop='headline' content='{headline}'>\
             <meta itemprop='datePublished' content='2025-03-04'><span itemprop='author'>Mara Linde</span></div>"
        )
    };
    check(&Made { below: &own(TITLE), ..PLAIN }, &["Mara Linde"], "2025-03-04");
    check(&Made { above: &own("The old bridge closes until the spring"), ..PLAIN }, &["Mara Linde"], "2025-03-04");
}

#[test]
fn teasers_without_a_scope_are_signed_by_others() {
    let byline = |name: &str| {
        format!(
            "<div class='bylines'><p class='byline' itemprop='author' itemtype='http://schema.org/Person'><span itemprop='name'><span>By </span>{name}</span></p></div>"
        )
    };
    let teaser = |name: &str, title: &str| {
        format!(
            "<div class='summary-item'><a href='/story/{}'><div>{title}</div></a>{}</div>",
            title.len(),
            byline(name)
        )
    };
    let teasers = [
        ("Ida Holm", "Herons return to the marsh"),
        ("Bo Lund", "The long way home"),
        ("Nia Orel", "Fog"),
        ("Tom Vance", "Otters"),
    ]
    .map(|(name, title)| teaser(name, title));
    let below = format!("<div class='recirc'><h2>Most Popular</h2>{}</div>", teasers.concat());
    let one = byline("Mara Linde");
    for head in ["", "<meta name='author' content='Mara Linde'>"] {
        check(&Made { data: head, above: &one, below: &below, ..PLAIN }, &["Mara Linde"], "");
    }
    check(&Made { top: &teasers[..2].concat(), above: &one, ..PLAIN }, &["Mara Linde"], "");
    check(&Made { below: &teasers[..2].concat(), ..PLAIN }, &[], "");
    // Several who signed the page, each with a line of his own, and one who signs below the text.
    let line = "<p>Reports from the river and the towns along it, and has done so for the better part of twenty years now.</p>";
    let three = ["Mara Linde", "Ida Holm", "Bo Lund"].map(|name| format!("{}{line}{line}", byline(name)));
    let list = format!("<div class='writers'>{}</div>", three.concat());
    check(&Made { above: &list, ..PLAIN }, &["Mara Linde", "Ida Holm", "Bo Lund"], "");
    let end = format!("<div>{}<a href='/people/7'>More stories by Mara Linde</a></div>", byline("Mara Linde"));
    check(&Made { below: &end, ..PLAIN }, &["Mara Linde"], "");
}

#[test]
fn a_line_below_the_post_is_no_teaser() {
    let line = |more: &str| {
        format!(
            "{STORY}<div class='post-footer'><span class='post-author vcard'>Posted by <span class='fn' itemprop='author' itemscope \
             itemtype='http://schema.org/Person'><a class='g-profile' href='https://www.blogger.com/profile/1' rel='author'>\
             <span itemprop='name'>Riverwatcher</span></a></span></span> {more}</div>"
        )
    };
    for more in [
        "at <a class='timestamp-link' href='https://watch.example/2025/03/bridge.html' rel='bookmark'>March 4, 2025</a>",
        "<a href='https://watch.example/when'>March 4, 2025</a>",
        "<a href='https://www.blogger.com/email-post.g?x'>Email This Post to someone</a>",
        "<a href='https://www.blogger.com/share-post.g?x'>BlogThis! Share to Twitter</a>",
        "<a href='https://echo.example/river/old-bridge-closes#comments'>No word from anybody yet:</a>",
        "<a href='/river/old-bridge-closes'>The address of this post</a>",
    ] {
        assert_eq!(told(&Made { below: &line(more), ..PLAIN }).0, ["Riverwatcher"], "{more}");
    }
    let other = "<a href='/marsh/herons'>Herons return to the marsh</a>";
    assert!(told(&Made { below: &line(other), ..PLAIN }).0.is_empty());
    let boxes = |class: &str| {
        let card = |name: &str, at: &str| {
            format!(
                "<div class='{class}'><a rel='author' href='/author/{at}'>{name}</a> <a href='/x/{at}'>Herons return to the marsh</a></div>"
            )
        };
        format!("{STORY}<div class='end'>{}{}</div>", card("Mara Linde", "mara"), card("Ida Holm", "ida"))
    };
    assert_eq!(told(&Made { below: &boxes("bio"), ..PLAIN }).0, ["Mara Linde"]);
    assert!(told(&Made { below: &boxes("box"), ..PLAIN }).0.is_empty());
}

#[test]
fn posts_of_other_sites_are_dated_for_themselves() {
    let post = "<blockquote class='twitter-tweet'><p>The old bridge is closed, and nobody asked us.</p>&mdash; Ida Holm (@idaholm) \
        <a href='https://twitter.com/idaholm/status/1'>May 6, 2023</a></blockquote>";
    let first = format!("<p>The council of Orlen voted on Thursday.</p>{post}");
    for above in [post, first.as_str()] {
        check(&Made { above, ..PLAIN }, &[], "");
        check(&Made { above: &format!("{SIGNED}{above}"), ..PLAIN }, &["Mara Linde"], "2025-03-04");
    }
    // A page of which all stands in a quotation.
    let above = "<span>4 March 2025</span>";
    check(&Made { above, ..PLAIN }, &[], "2025-03-04");
}

#[test]
fn the_day_of_a_correction_is_that_of_a_change() {
    let note = "<p><em>This article was amended on 15 March 2025 to correct the name of the engineer.</em></p>";
    check(&Made { below: note, ..PLAIN }, &[], "?2025-03-15");
    check(&Made { below: note, above: SIGNED, ..PLAIN }, &["Mara Linde"], "2025-03-04");
}

#[test]
fn objects_that_are_no_article_date_nothing() {
    for data in [
        r#"{"@type":"WebSite","name":"Orlen Echo","datePublished":"2009-01-01"}"#,
        r#"{"@type":"ImageObject","url":"x.jpg","datePublished":"2009-01-01"}"#,
        r#"{"@type":"Comment","text":"no","datePublished":"2009-01-01","author":{"name":"Ida Holm"}}"#,
        r#"{"@graph":[{"@type":"WebSite","name":"Orlen Echo","datePublished":"2009-01-01"},{"@type":"NewsArticle","headline":"Old bridge closes until spring"}]}"#,
    ] {
        check(&Made { data, ..PLAIN }, &[], "");
    }
    // Data that is cut off is still searched for what it says.
    let cut = r#"<script type='application/ld+json'>{"@type":"NewsArticle","datePublished":"2025-03-04","headline":"Old bri</script>"#;
    check(&Made { data: cut, ..PLAIN }, &[], "2025-03-04");
}

#[test]
fn a_house_beside_persons_is_no_author() {
    let data = r#"{"@type":"NewsArticle","headline":"Old bridge closes until spring","author":[{"@type":"Person","name":"Ana Ruiz"},{"@type":"Organization","name":"Vale Data Lab"}]}"#;
    check(&Made { data, ..PLAIN }, &["Ana Ruiz"], "");
    let persons = data.replace("Vale Data Lab", "Mark Orel");
    check(&Made { data: &persons, ..PLAIN }, &["Ana Ruiz", "Mark Orel"], "");
    let byline = "<p class='byline' itemprop='author'>By <span itemprop='name'>Mara Linde</span></p>";
    let house = "<meta name='author' content='Elmer Nast'>";
    check(&Made { data: house, above: byline, ..PLAIN }, &["Mara Linde"], "");
    let held =
        "<meta name='author' content='Elmer Nast'><meta name='copyright' content='Copyright (c) Elmer Nast 2025'>";
    check(&Made { data: held, above: "<p class='byline'>By Mara Linde</p>", ..PLAIN }, &["Mara Linde"], "");
    // A person's own site is written by the person.
    let own = held.replace("Elmer Nast", "Ida Holm");
    check(&Made { data: &own, ..PLAIN }, &["Ida Holm"], "");
    // Whoever signs in sight may hold the rights besides.
    let both = "<p class='byline'>By Ida Holm and Kit Orel</p>";
    check(&Made { data: &own, above: both, ..PLAIN }, &["Ida Holm", "Kit Orel"], "");
    let rare = "<meta name='author' content='Xiuying Zhang, Kit Orel'><meta name='copyright' content='Xiuying Zhang'>";
    let seen = both.replace("Ida Holm", "Xiuying Zhang");
    check(&Made { data: rare, above: &seen, ..PLAIN }, &["Xiuying Zhang", "Kit Orel"], "");
    check(&Made { data: house, ..PLAIN }, &["Elmer Nast"], "");
}

#[test]
fn todays_date_is_not_the_day_of_publication() {
    for top in [
        "<div class='header-date'>Friday, November 27, 2026</div>",
        "<div class='top'><div class='td_data_time'><div>Friday, November 27, 2026</div></div></div>",
        "<header><time>Friday, November 27, 2026</time></header>",
        "<header><time datetime='2026-11-27'>Friday</time></header><div class='mobile-date'>27 November 2026</div>",
        "<div>Last update: Friday, 27 November 2026, 09:00</div>",
        "<div>Friday, November 27, 2026</div>",
        "<div>27 November 2026 <a href='/'>Echo</a></div>",
    ] {
        check(&Made { top, ..PLAIN }, &[], "");
        check(&Made { top, above: SIGNED, ..PLAIN }, &["Mara Linde"], "2025-03-04");
    }
    // What is named for publication says what it is wherever it stands.
    let top = "<header><time class='published' datetime='2025-03-04'>4 March 2025</time></header>";
    check(&Made { top, ..PLAIN }, &[], "2025-03-04");
}

#[test]
fn a_card_below_the_text_is_dated_for_itself() {
    let card = "<div class='list'><div class='item'><time datetime='2025-11-02T10:00:00Z'>2 Nov</time><a href='/x'>Herons return to the marsh</a></div></div>";
    check(&Made { below: card, ..PLAIN }, &[], "");
    let end = "<div><time datetime='2025-03-04'>4 March 2025</time> <a rel='author' href='/mara'>Mara Linde</a></div>";
    check(&Made { below: end, ..PLAIN }, &["Mara Linde"], "2025-03-04");
    let program = r#"<script id="__NEXT_DATA__" type="application/json">{"props":{"more":[{"title":"Herons return to the marsh","publishedAt":"2024-01-02T10:00:00Z"}]}}</script>"#;
    check(&Made { data: program, ..PLAIN }, &[], "");
    let own = program.replace("Herons return to the marsh", TITLE);
    check(&Made { data: &own, ..PLAIN }, &[], "2024-01-02");
}

/// A blog's name in the `h1`, and its post below.
fn headed(title: &str, name: &str, post: &str, head: &str) -> String {
    let article = page(format!(
        "<html lang='en'><head><title>{title}</title>{head}</head><body><header>{name}</header><main><article>{post}{STORY}</article></main></body></html>"
    ));
    article.title
}

#[test]
fn the_name_of_a_site_is_no_headline() {
    let h2 = "<h2 class='entry-title'>Ferry is back</h2>";
    let h1 = "<h1 class='entry-title'>Ferry is back</h1>";
    let home = "<h1 class='title'><a href='https://notebook.example/'>The Orlen Notebook</a></h1>";
    let rel = "<h1><a href='/welcome' rel='home'><span>The Orlen Notebook</span></a></h1>";
    let named = "<h1 id='site-title'>The Orlen Notebook</h1>";
    let around = "<a href='/'><h1>The Orlen Notebook</h1></a>";
    for name in [home, rel, named, around] {
        for title in [
            "The Orlen Notebook: Ferry is back",
            "Ferry is back | The Orlen Notebook",
            "The Orlen Notebook » Ferry is back",
        ] {
            for post in [h2, h1] {
                assert_eq!(headed(title, name, post, ""), "Ferry is back", "{name} {title} {post}");
            }
        }
        let og = "<meta property='og:title' content='Ferry is back'>";
        assert_eq!(
            headed("The Orlen Notebook: Ferry is back", name, "<h3 class='post-title'>Ferry is back</h3>", og),
            "Ferry is back",
            "{name}"
        );
    }
    // A headline that leads to its own page is one, and so is one that names the paper.
    let own = "<h1><a href='/2014/02/ferry-back/'>Ferry is back</a></h1>";
    assert_eq!(headed("Ferry is back | The Orlen Notebook", "", own, ""), "Ferry is back");
    let ours = "Orlen Echo: why we are closing";
    let head = "<meta property='og:site_name' content='Orlen Echo'>";
    assert_eq!(headed(&format!("{ours} | Orlen Echo"), "", &format!("<h1>{ours}</h1>"), head), ours);
}
