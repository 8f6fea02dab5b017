//! What stands around the text and belongs to it, and what looks like it: standfirsts below the byline, key points,
//! headings in boxes of their own, entries of a live page; lines that tell who and when; teasers.

use newsdex::clean::{self, Options};
use newsdex::model::{Article, Claim, Document, Field, MediaType, Origin, Payload, PayloadKind};

const TITLE: &str = "The weir is to be raised";

const TEXT: [&str; 4] = [
    "The weir at Sallow End is to be raised by a foot, the river board decided on Tuesday, after three summers in which the mill pond ran dry before the hay was in.",
    "“It is a foot of stone and a great deal of argument,” said Ida Holm, who has kept the sluice for thirty years. “Half of the village wants the pond and the other half wants its cellars.”",
    "The anglers had asked for a ladder beside it, so that the trout can pass. They will have it, at a cost of 41,000, of which they are to find a third themselves before the work begins in May.",
    "Downstream at Orlen the millers were told to expect less water in the evenings. Their clerk said that they had been told so every year since he was a boy, and that the mill had turned all the same.",
];

fn article(head: &str, body: &str) -> Article {
    let html = format!(
        "<html lang='en'><head><title>{TITLE} | Orlen Herald</title><meta property='og:title' content='{TITLE}'>\
         <link rel='canonical' href='https://herald.example/weir'>{head}</head><body><header><a href='/'>Orlen Herald</a>\
         <nav><a href='/news'>News</a> <a href='/sport'>Sport</a></nav></header><main>{body}</main><footer><p>© 2025 Orlen Herald</p></footer></body></html>"
    );
    let document = Document {
        origin: Origin::file("weir.html"),
        media: MediaType::Page,
        raw: Vec::new(),
        payload: Some(Payload { kind: PayloadKind::HtmlPage, text: html }),
        claims: Claim::new(Field::Url, "https://herald.example/weir", "page").into_iter().collect(),
        fetched: None,
        notes: Vec::new(),
    };
    let article = clean::clean(&document, &Options::default()).expect("an article");
    let text = article.text.split_whitespace().collect::<Vec<_>>().join(" ");
    Article { text, ..article }
}

fn paragraphs(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("<p>{text}</p>")).collect()
}

/// The text of an article with `above` between headline and text and `below` behind it, all of whose paragraphs stay.
fn text(above: &str, below: &str) -> String {
    let body =
        format!("<article><h1>{TITLE}</h1>{above}<div class='story'>{}</div>{below}</article>", paragraphs(&TEXT));
    let kept = article("", &body).text;
    for paragraph in TEXT {
        assert!(kept.contains(paragraph), "lost `{paragraph}` between `{above}` and `{below}`");
    }
    kept
}

const BYLINE: &str = "<div class='byline'>By <a href='/author/mara'>Mara Linde</a></div><time datetime='2025-03-04T09:00:00Z'>4 March 2025</time>";

#[test]
fn a_standfirst_below_the_byline_stays() {
    for standfirst in [
        "<h2 class='sub'>Half of the village wants the pond, and the other half its cellars</h2>",
        "<p>Half of the village wants the pond, and the other half wants to keep its cellars dry</p>",
    ] {
        assert!(text(&format!("{BYLINE}{standfirst}"), "").contains("Half of the village wants the pond, and"));
    }
    let described =
        "<p class='article__desc'>Half of the village wants the pond. Who decides, and who pays for it?</p>";
    assert!(text(described, "").contains("Who decides"));
    // Below a picture it is a caption, and what beckons is none of the text.
    let caption =
        "<figure><img src='a.jpg'><p class='figure__desc'>Half of the village at the weir on Monday</p></figure>";
    assert!(!text(caption, "").contains("weir on Monday"));
    assert!(
        !text(&format!("{BYLINE}<p>Sign up to our newsletter and read it every morning in your inbox</p>"), "")
            .contains("Sign up")
    );
}

#[test]
fn key_points_above_the_text_stay() {
    let points = |link: &str| {
        let list = format!(
            "<ul><li>{link}The weir is to be a foot higher by autumn</li><li>{link}The anglers are to pay for a ladder</li></ul>"
        );
        text(&format!("{BYLINE}<div class='key-points'><h2>Key points</h2>{list}</div>"), "")
    };
    let kept = points("");
    assert!(kept.contains("Key points") && kept.contains("a foot higher") && kept.contains("are to pay for a ladder"));
    let linked = points("<a href='/ladder'>");
    assert!(!linked.contains("Key points") && !linked.contains("are to pay for a ladder"), "{linked}");
}

#[test]
fn headings_in_boxes_of_their_own_stay() {
    let block = |kind: &str, html: &str| format!("<div data-component='{kind}-block'>{html}</div>");
    let page = |heading: &str| {
        let text: Vec<String> = TEXT.iter().map(|text| block("text", &format!("<p>{text}</p>"))).collect();
        let body = format!(
            "<article><h1>{TITLE}</h1>{}{}{}{}{}</article>",
            text[0],
            text[1],
            block("links", "<ul><li><a href='/a'>Brewery sells eleven pubs</a></li></ul>"),
            heading,
            text[2..].concat()
        );
        article("", &body).text
    };
    assert!(page(&block("subheadline", "<h2>'We had to'</h2>")).contains("'We had to'"));
    assert!(!page(&block("subheadline", "<h2><a href='/b'>We had to</a></h2>")).contains("We had to"));
}

#[test]
fn the_entries_of_a_live_page_keep_their_headings() {
    let entry = |at: usize, link: &str, heading: &str| {
        format!("<div class='post' id='p{at}'><h2><a href='{link}'>{heading}</a></h2><p>{}</p></div>", TEXT[at])
    };
    let page = |link: &str| {
        let entries = ["Ladder to be built", "Millers told", "Sluice shut", "Board sits"].iter().enumerate();
        entries.map(|(at, heading)| entry(at, &format!("{link}{at}"), heading)).collect::<String>()
    };
    let text = |link: &str| {
        let intro =
            "<p>The river board sits at Sallow End today, and we report from the public gallery as it does.</p>";
        article("", &format!("<h1>{TITLE}</h1>{intro}{}", page(link))).text
    };
    for link in ["https://herald.example/weir#p", "#p", "/weir?post=p"] {
        let kept = text(link);
        assert!(
            ["Ladder to be", "Millers told", "Sluice shut", "Board sits"].iter().all(|h| kept.contains(h)),
            "{link}: {kept}"
        );
    }
}

#[test]
fn lines_that_only_say_who_and_when_are_no_text() {
    for line in [
        "Mar 4, 2025 Updated Mar 5, 2025",
        "Posted Tue 4 Mar 2025 at 6:12am, updated Wed 5 Mar 2025 at 1:01am",
        "Stand: 05.03.2025 | 10:00 Uhr | Erstveröffentlichung: 04.03.2025",
        "Publié le 04/03/2025 09:15, mis à jour le 05/03/2025 10:00",
        "Publicado em 04/03/2025 às 09h15 - Atualizado em 05/03/2025 às 10h00",
        "Por Pilar Osuna - 4 de marzo de 2025",
        "Door Wim Bos op 4 mrt. 2025",
        "4 March 2025 | By Mara Linde | 3 min read",
        "By Mara Linde, the political editor of the Orlen Herald",
    ] {
        let kept = text(&format!("<p>{line}</p>"), "");
        assert!(kept.starts_with(TEXT[0]), "{line}: {kept}");
    }
    for line in [
        "By Friday the council must decide, and it will.",
        "The board sat on 4 March 2025 and again on the 5th.",
        "1911, 1936 and 1974 were the dry years.",
        "By the mill, the water is a yard deep.",
    ] {
        let body = format!("<article><h1>{TITLE}</h1><p>{line}</p>{}</article>", paragraphs(&TEXT));
        let kept = article("", &body).text;
        assert!(kept.contains(line), "{line}: {kept}");
    }
    // Behind the first words of the text a day is what happened on it.
    let diary = format!("<p>{}</p><p>4 March 2025</p>{}", TEXT[0], paragraphs(&TEXT[1..]));
    let kept = article("", &format!("<article><h1>{TITLE}</h1><div>{diary}</div></article>")).text;
    assert!(kept.contains("4 March 2025"), "{kept}");
}

const TEASERS: [(&str, &str); 4] = [
    ("Reservoir falls below half", "The water company says that a ban is likely by July unless it rains."),
    ("Farmers ask for help early", "Their union met the minister on Thursday to ask for a fund."),
    ("How dry is it really?", "We look at forty years of figures from the station at Marley."),
    ("Crews on the moor", "Fifty of them remained at the scene near Holme on Sunday."),
];

fn cards(class: &str) -> String {
    let card = |(at, (heading, told)): (usize, &(&str, &str))| {
        format!(
            "<div class='{class}'><a href='/n/{at}'><img src='x.jpg'></a><h3><a href='/n/{at}'>{heading}</a></h3><p>{told}</p></div>"
        )
    };
    TEASERS.iter().enumerate().map(card).collect()
}

#[test]
fn teasers_go_with_their_headings() {
    for class in ["card", "entry", "x7", "teaser"] {
        let kept = text(BYLINE, &format!("<section>{}</section>", cards(class)));
        for (heading, told) in TEASERS {
            assert!(!kept.contains(told) && !kept.contains(heading), "{class}: `{told}` {kept}");
        }
    }
}

#[test]
fn a_page_that_is_made_of_linked_entries_keeps_them() {
    let walks = [
        (
            "Sallow Weir",
            "A walk of ten minutes from the bus. Bring a flask; the bench looks east and the birds come with the first light.",
        ),
        (
            "Marley Bog",
            "Boards all the way, so it is good for prams. In June the cotton grass is out and the place looks like washing day.",
        ),
        (
            "The Old Line",
            "Six miles of former railway, flat as a table, with a tea van half way on Sundays and a tunnel for brave children.",
        ),
        (
            "Tarn Farm",
            "You may feed the goats. You may not feed the farmer, who is on a diet and has told everybody so in this newspaper.",
        ),
    ];
    let item = |(at, (name, told)): (usize, &(&str, &str))| {
        format!(
            "<div class='list-item'><h3><a href='https://herald.example/places/{at}'>{name}</a></h3><p>{told}</p></div>"
        )
    };
    let items: String = walks.iter().enumerate().map(item).collect();
    let kept = article("", &format!("<h1>{TITLE}</h1><p>It will rain. Go anyway, says our walker.</p>{items}")).text;
    for (_, told) in walks {
        assert!(kept.contains(told), "lost `{told}`: {kept}");
    }
}

#[test]
fn a_last_line_about_a_person_of_the_story_stays() {
    let signed = |name: &str, last: &str| {
        let head = format!("<meta name='author' content='{name}'>");
        let body = format!("<article><h1>{TITLE}</h1>{}<p>{last}</p></article>", paragraphs(&TEXT[..2]));
        article(if name.is_empty() { "" } else { &head }, &body).text.contains(last)
    };
    for last in [
        "Ida Holm is a former mayor of Orlen and a writer of crime novels.",
        "Ida Holm ist Journalistin und wohnt seit 30 Jahren in Tarn.",
        "Ida Holm est journaliste et vit depuis trente ans dans le village.",
        "Ida Holm es periodista y vive desde hace treinta años en el pueblo.",
    ] {
        assert!(signed("", last), "{last}");
    }
    let reporter = "Mara Linde is a reporter at the Orlen Herald and covers the river.";
    assert!(!signed("Mara Linde", reporter));
    assert!(signed("Jo Pell", reporter));
}
