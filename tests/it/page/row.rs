//! Several `article` elements on one page: those of a list are refused; parts of one text, and stories below it, are not.

use newsdex::clean::Draft;
use newsdex::clean::html::{Refusal, page};
use newsdex::model::Reason;

const SAID: [&str; 4] = [
    "The mayor told reporters outside the fire station that the bridge would stay closed until Friday at least, and that the town had asked for a crossing of pontoons, of which it expects to hear by midnight at the latest from the engineers in Ness.",
    "A second crane has reached the harbour after a journey of six hours by road, the port said. Work to lift the barge is to begin at first light if the wind stays low, and divers will go down first to see to the straps once more.",
    "Divers have searched the cabin of the barge and found nobody in it. All four of the crew are safe; two were treated for cold and have since gone home to Ness, while the master is being heard by the officers of the river police.",
    "Cars are being sent through the old town, where delays of forty minutes and more are to be reckoned with. Buses run to the west bank only, and the ferry has put on two more boats until ten o'clock at night, at no charge to anybody.",
];
const HEADS: [&str; 4] = [
    "Bridge stays closed until Friday",
    "Second crane arrives at last",
    "Nobody found in the cabin",
    "Cars sent through old town",
];
const OWN: &str = "https://echo.example/river/bridge-hit";

/// `article` elements; `link` gives the address of each headline, `more` what stands beside it.
fn articles(link: &str, more: &str) -> String {
    let one = |at: usize| {
        let more = more.replace('@', &at.to_string());
        let (link, head) = (link.replace('@', &at.to_string()), HEADS[at]);
        format!("<article class='entry'><h2><a href='{link}'>{head}</a></h2>{more}<p>{}</p></article>", SAID[at])
    };
    (0..4).map(one).collect()
}

fn read(head: &str, body: &str) -> Result<Draft, Refusal> {
    let html = format!(
        "<html lang='en'><head><title>Barge hits the bridge | Orlen Echo</title>{head}</head><body><header><a href='/'>Orlen Echo</a></header>\
         <main><h1>Barge hits the bridge</h1>{body}</main></body></html>"
    );
    page(&html, Some(OWN))
}

fn text(head: &str, body: &str) -> String {
    let draft = read(head, body).unwrap_or_else(|refused| panic!("{}\n{body}", refused.detail));
    draft.pieces.iter().filter(|piece| piece.kept()).map(|piece| format!("{}\n", piece.text)).collect()
}

const DATA: &str = "<script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\",\"headline\":\"Barge hits the bridge\"}</script>";
const INTRO: &str = "<p>Four people are safe after a barge of gravel broke loose and hit the bridge on Tuesday.</p>";
const TIME: &str = "<time>18:42</time>";

#[test]
fn rows_of_articles_are_refused() {
    for body in [
        articles("/news/@", TIME),
        articles("/news/@", "<p class='byline'>By Ida Holm</p>"),
        articles("/news/@", "<a href='/news/@'><img src='a.jpg'></a>"),
        // An introduction to the list.
        INTRO.to_owned() + &articles("/news/@", TIME),
    ] {
        let refused = read("", &body).map(|draft| draft.pieces.len()).expect_err(&body);
        assert_eq!(refused.reason, Reason::SeveralArticles, "{}", refused.detail);
    }
}

/// Briefs: few words each, and day and byline beside the headline.
fn briefs(more: &str) -> String {
    let brief = |at: usize| {
        let said: String = SAID[at].split_inclusive(' ').take(30).collect();
        format!("<article><h2><a href='/news/{at}'>{}</a></h2>{more}<p>{}.</p></article>", HEADS[at], said.trim_end())
    };
    (0..4).map(brief).collect()
}

#[test]
fn rows_of_briefs_are_refused() {
    let signed = briefs("<p class='meta'>By Staff | 12 March 2024</p>");
    let refused = read("", &signed).map(|draft| draft.pieces.len()).expect_err(&signed);
    assert_eq!(refused.reason, Reason::SeveralArticles, "{}", refused.detail);
    // Without day or name they may be the parts of one, and where the page says that it is one, they are.
    assert!(text("", &briefs("")).contains("second crane"));
    assert!(text(DATA, &signed).contains("second crane"));
}

/// A page of posts in boxes that no element tells from others: `link` leads to each, `more` stands below its headline.
fn posts(head: &str, above: &str, link: &str, more: &str) -> Result<Draft, Refusal> {
    let post = |at: usize| {
        let (link, more) = (link.replace('@', &at.to_string()), more.replace('@', &at.to_string()));
        format!(
            "<div class='post'><h2><a href='{link}'>{}</a></h2>{more}<div><p>{}</p></div></div>",
            HEADS[at], SAID[at]
        )
    };
    let posts: String = (0..4).map(post).collect();
    let html = format!(
        "<html lang='en'><head><title>River watch</title>{head}</head><body>{above}<div>{posts}</div></body></html>"
    );
    page(&html, Some("https://river.example/watch"))
}

#[test]
fn a_timeline_whose_headline_is_no_heading_is_one_article() {
    let page = |title: &str, head: &str, above: &str, url: &str| {
        let posts = (0..4).map(|at| {
            format!(
                "<div class='post'><h2><a href='/2024/{at}'>{}</a></h2><p class='date'>March 1{at}, 2024</p><div><p>{}</p></div></div>",
                HEADS[at], SAID[at]
            )
        });
        let posts: String = posts.collect();
        let html = format!(
            "<html lang='en'><head><title>{title}</title>{head}</head><body><h1><a href='/'>River watch</a></h1>{above}<div>{posts}</div></body></html>"
        );
        crate::page::page(&html, Some(url))
    };
    const LIST: &str = "https://river.example/watch";
    let canonical = |address: &str| format!("<link rel='canonical' href='{address}'>");
    let og = "<meta property='og:url' content='https://river.example/2024/how-the-lock-closed'>";
    let headline = "<div class='headline'>How the lock came to close</div>";
    let named = "How the lock came to close | River watch";
    for (title, head, above, url) in [
        ("River watch", canonical("https://river.example/2024/03/14/how-the-lock-closed.html"), "", LIST),
        ("River watch", og.to_owned(), "", LIST),
        ("River watch", String::new(), "", "https://river.example/story/1234567"),
        (named, String::new(), headline, LIST),
        ("River watch - How the lock came to close", String::new(), headline, LIST),
    ] {
        page(title, &head, above, url).unwrap_or_else(|refused| panic!("{title} {head} {url}: {}", refused.detail));
    }
    for (title, head, above, url) in [
        ("River watch", canonical(LIST), "", LIST),
        ("River watch", canonical("https://river.example/news"), "", "https://river.example/local-news/"),
        ("River watch", String::new(), "", "https://river.example/2024/03/"),
        ("River watch", String::new(), "", "https://river.example/tag/the-old-lock"),
        // What it is called stands nowhere on it, but for the outlet.
        (named, String::new(), "", LIST),
        (named, String::new(), "<div class='logo'><a href='/'>River watch</a></div>", LIST),
    ] {
        let refused = page(title, &head, above, url).map(|draft| draft.pieces.len()).expect_err(url);
        assert_eq!(refused.reason, Reason::SeveralArticles, "{}", refused.detail);
    }
}

#[test]
fn rows_of_posts_are_refused() {
    let day = "<small>March 1@th, 2024</small>";
    let site = "<h1><a href='/'>River watch</a></h1>";
    let signed = "<div class='byline'>By Ida Holm</div><small>March 1@th, 2024</small>";
    for (above, link, more) in
        [("", "/2024/@", day), (site, "https://river.example/2024/@", day), ("", "/2024/@", signed)]
    {
        let refused = posts("", above, link, more).map(|draft| draft.pieces.len()).expect_err(more);
        assert_eq!(refused.reason, Reason::SeveralArticles, "{}", refused.detail);
    }
    let note = format!("<p>{}</p>", SAID.join(" "));
    for (head, above, link, more) in [
        // The page has a headline of its own, says that it is an article, or has a text of its own.
        ("", "<h1>River watch</h1>", "/2024/@", day),
        (DATA, "", "/2024/@", day),
        ("<meta name='author' content='Ida Holm'>", "", "/2024/@", day),
        ("", note.as_str(), "/2024/@", day),
        // Entries without days, those that lead to one page or to the page itself, or to many sites.
        ("", "", "/2024/@", ""),
        ("", "", "/2024", day),
        ("", "", "#@", day),
        ("", "", "https://echo@.example/2024", day),
    ] {
        posts(head, above, link, more).unwrap_or_else(|refused| panic!("{}: {above} {link} {more}", refused.detail));
    }
}

#[test]
fn a_page_that_says_it_is_one_article_is_one() {
    let signed = format!("<p class='byline'>By Ida Holm</p>{INTRO}");
    for (head, body) in [
        // Its posts lead to places in the page itself; it says that it is an article; somebody signed it.
        ("", INTRO.to_owned() + &articles("/river/bridge-hit?post=@", TIME)),
        ("", INTRO.to_owned() + &articles("#p@", TIME)),
        (DATA, INTRO.to_owned() + &articles("/news/@", TIME)),
        ("<meta property='og:type' content='article'>", INTRO.to_owned() + &articles("/news/@", TIME)),
        ("", signed + &articles("/news/@", TIME)),
        // Parts of one text, that have neither day nor name.
        ("", INTRO.to_owned() + &articles("/books/@", "")),
    ] {
        let text = text(head, &body);
        assert!(SAID.iter().all(|said| text.contains(&said[..60])), "{head}\n{body}\n{text}");
    }
}

#[test]
fn stories_below_a_text_leave_it() {
    let story: String = (0..3)
        .flat_map(|_| {
            [
                "<p>The old bridge was built in 1911 by two brothers from Ness, who had never built one before and never built one again.</p>",
                "<p>Its piers stand on oak, and the oak on gravel; the gravel was dug out of the river bed where the barges turn today.</p>",
            ]
        })
        .enumerate()
        .map(|(at, said)| said.replace("1911", &format!("19{at}1")))
        .collect();
    let own = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Barge hits the bridge\"}</script>";
    let long = story.repeat(2).replace("brothers", "sisters");
    for head in ["", own] {
        let text = text(
            head,
            &format!("<div class='text'>{story}{long}</div><section>{}</section>", articles("/news/@", TIME)),
        );
        assert!(text.contains("two brothers from Ness"), "{text}");
        assert!(!SAID.iter().any(|said| text.contains(&said[..60])), "{text}");
    }
    // Text goes on below them: they are its parts.
    let text = text(
        own,
        &format!(
            "<div class='text'>{story}{long}{}<p>{}</p>{story}</div>",
            articles("/news/@", TIME),
            "Whoever wants to see the bridge for themselves may walk along the northern bank, where the town has put up lamps and benches, and where the ferry lands every quarter of an hour until the work is done.",
        ),
    );
    assert!(text.contains(&SAID[0][..60]), "{text}");
}
