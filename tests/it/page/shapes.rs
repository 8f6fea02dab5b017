//! Standfirsts, tables and lists that stand where extractors lose them, in eight layouts of a page; and what stands in
//! the same places but is none of the story's.

use newsdex::clean::{self, Options};
use newsdex::model::{Claim, Document, Field, MediaType, Origin, Payload, PayloadKind};

const TITLE: &str = "Lock reopens after nine years";

const TEXT: [&str; 5] = [
    "The lock at Rye Haven reopened on Tuesday after nine years of repairs, and the first boat through it was the old mail launch that had been the last one out.",
    "“We had given up hope,” said Ida Holm, who keeps the inn beside the upper gate. “My children have never seen a boat go past the window, and now there were eleven before lunch.”",
    "The work was stopped twice, first when divers found that the sill had cracked, and again when the contractor went out of business. A report to the county put the cost of the delays at 2.4 million.",
    "Most of the money came from the harbour trust, which sold its old warehouse to raise it. The town gave the rest, and the fishermen of Rye Haven painted the gates themselves over four weekends in the autumn.",
    "The county will decide in May whether the second lock, two miles upstream, is to be repaired as well. Until then boats can go no further than the basin at Elmsford.",
];

/// Eight pages: `{dek}` stands between headline and byline, `{text}` is the story, `{tail}` ends its box.
const LAYOUTS: [(&str, &str); 8] = [
    (
        "header",
        "{nav}<main><article><header><h1>{title}</h1>{dek}{by}</header><div class='article-body'>{text}{tail}</div>{related}</article></main>{foot}",
    ),
    (
        "section",
        "{nav}<main><article class='story'><header class='story-header'><div class='kicker'><a href='/town'>Town</a></div><h1>{title}</h1>{dek}<p class='meta'>Mats Orr · 5 March 2024 · 3 min read</p></header><figure><img src='a.jpg'><figcaption>The lock. Photo: Jon Pell</figcaption></figure><section class='content'>{text}{tail}</section></article>{related}</main>{foot}",
    ),
    (
        "boxes",
        "{nav}<div id='page'><div class='col'><h1>{title}</h1>{dek}{by}<div class='body'>{text}{tail}</div></div><div class='sidebar'>{related}</div></div>{foot}",
    ),
    (
        "nameless",
        "<div class='css-1x2'><a href='/'>Rye Haven Post</a></div><div class='css-9ab'><div class='css-77a'><h1 class='css-h1'>{title}</h1>{dek}<div class='css-by1'><span>Mats Orr</span><span>5 March 2024</span></div></div><div class='css-bd2'>{text}{tail}</div></div><div class='css-re1'><a href='/a'>Council votes on parking</a><a href='/b'>Swans return to the basin</a></div><div class='css-f1'>© 2024 Rye Haven Post</div>",
    ),
    (
        "blog",
        "{nav}<div id='content'><article class='post hentry'><header class='entry-header'><h1 class='entry-title'>{title}</h1>{dek}<div class='entry-meta'><span class='posted-on'>5 March 2024</span> <span class='author vcard'>by Mats Orr</span></div></header><div class='entry-content'>{text}{tail}<div class='sharedaddy'><h3>Share this:</h3><ul><li><a href='/f'>Facebook</a></li></ul></div></div></article><div id='comments' class='comments-area'><h2>Comments</h2><p>Nice to read some good news for once, well done.</p></div></div>{foot}",
    ),
    ("bare", "<h1>{title}</h1>{dek}<p>By Mats Orr</p><div>{text}{tail}</div>"),
    ("flat", "{nav}<article><h1>{title}</h1>{dek}{by}{text}{tail}</article>{related}{foot}"),
    (
        "table",
        "<table width='100%'><tr><td width='150'><a href='/'>Home</a><br><a href='/town'>Town</a><br><a href='/sport'>Sport</a></td><td><h1>{title}</h1>{dek}<i>By Mats Orr, 5 March 2024</i><div>{text}{tail}</div></td></tr><tr><td colspan='2'>© 2024 Rye Haven Post</td></tr></table>",
    ),
];

fn made(layout: &str, dek: &str, tail: &str) -> String {
    let text: String = TEXT.iter().map(|p| format!("<p>{p}</p>")).collect();
    let body = layout
        .replace("{nav}", "<header class='site-header'><a href='/'>Rye Haven Post</a><nav class='main-nav'><ul><li><a href='/town'>Town</a></li><li><a href='/sport'>Sport</a></li></ul></nav></header>")
        .replace("{by}", "<div class='byline'>By Mats Orr</div><time datetime='2024-03-05T08:00:00+01:00'>5 March 2024</time>")
        .replace("{related}", "<div class='related-articles'><h3>Related stories</h3><ul><li><a href='/news/parking'>Council votes on parking</a></li><li><a href='/news/swans'>Swans return to the basin</a></li></ul></div>")
        .replace("{foot}", "<footer class='site-footer'><p>Rye Haven Post, 3 Quay Street</p><p>© 2024 Rye Haven Post. All rights reserved.</p></footer>")
        .replace("{title}", TITLE)
        .replace("{text}", &text)
        .replace("{dek}", dek)
        .replace("{tail}", tail);
    format!(
        "<html lang='en'><head><title>{TITLE} | Rye Haven Post</title><meta property='og:title' content='{TITLE}'><meta property='og:type' content='article'></head><body>{body}</body></html>"
    )
}

/// What stays of a page, its blanks alike.
fn kept(html: String) -> String {
    let document = Document {
        origin: Origin::file("lock.html"),
        media: MediaType::Page,
        raw: Vec::new(),
        payload: Some(Payload { kind: PayloadKind::HtmlPage, text: html }),
        claims: Claim::new(Field::Url, "https://post.example/news/lock", "page").into_iter().collect(),
        fetched: None,
        notes: Vec::new(),
    };
    let article = clean::clean(&document, &Options::default()).expect("an article");
    article.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every shape in every layout but those named: all of `words` stay, or none of them do.
fn check(shapes: &[(&str, &[&str], &[&str])], below: bool, stays: bool) {
    let mut wrong = Vec::new();
    for (shape, words, but) in shapes {
        for (name, layout) in LAYOUTS.iter().filter(|(name, _)| !but.contains(name)) {
            let (dek, tail) = if below { ("", *shape) } else { (*shape, "") };
            let kept = kept(made(layout, dek, tail));
            wrong.extend(TEXT.iter().filter(|p| !kept.contains(**p)).map(|p| format!("{name}: lost `{p}` at {shape}")));
            wrong.extend(
                words.iter().filter(|w| kept.contains(**w) != stays).map(|w| format!("{name}: `{w}` of {shape}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const TABLE: &str = "<table><tr><th>Boat</th><th>Minute</th><th>Crew</th></tr><tr><td>Mail launch</td><td>12</td><td>3</td></tr><tr><td>Grey Heron</td><td>19</td><td>5</td></tr><tr><td>Old Bess</td><td>26</td><td>4</td></tr></table>";
const LIST: &str =
    "<ul><li>The mail launch, 12 minutes</li><li>The Grey Heron, 19 minutes</li><li>Old Bess, 26 minutes</li></ul>";
const SET: &str = "<pre>Mail launch   12   3\nGrey Heron    19   5\nOld Bess      26   4</pre>";
const TERMS: &str = "<dl><dt>Mail launch</dt><dd>Built in 1911, crew of three</dd><dt>Grey Heron</dt><dd>A barge that carries stone</dd><dt>Old Bess</dt><dd>Once the ferry of Elmsford</dd></dl>";
const HEADING: &str = "<h2>The boats in order</h2>";
const LEAD: &str = "<p>The first boats through the lock:</p>";
const LAST: &str = "<p>Times were taken by the keeper of the inn, who has a good watch.</p>";

#[test]
fn what_ends_a_story_stays() {
    let joined = |parts: &[&str]| parts.concat();
    let boats: &[&str] = &["Grey Heron", "Old Bess"];
    let headed: &[&str] = &["The boats in order", "Grey Heron", "Old Bess"];
    let shapes = [
        (joined(&[TABLE]), boats),
        (joined(&[HEADING, TABLE]), headed),
        (joined(&[LEAD, TABLE]), boats),
        (joined(&["<p><strong>Results</strong></p>", TABLE]), &["Results", "Old Bess"][..]),
        (joined(&["<figure class='wp-block-table'>", TABLE, "</figure>"]), boats),
        (joined(&[HEADING, "<div class='tbl'>", TABLE, "</div>"]), headed),
        (joined(&[HEADING, TABLE, LAST]), &["The boats in order", "Old Bess", "who has a good watch"][..]),
        (
            joined(&[HEADING, "<h3>Morning</h3>", TABLE, "<h3>Afternoon</h3>", &TABLE.replace("Grey", "White")]),
            &["Grey Heron", "White Heron", "Afternoon"],
        ),
        (joined(&[LIST]), boats),
        (joined(&[HEADING, LIST]), headed),
        (joined(&[LEAD, LIST]), boats),
        (joined(&[TABLE, LIST]), &["Mail launch |", "Grey Heron |", "The Grey Heron, 19 minutes"]),
        (joined(&[LIST, TABLE]), &["The Grey Heron, 19 minutes", "Old Bess"]),
        (joined(&[HEADING, &LIST.replace("ul>", "ol>")]), headed),
        (joined(&["<ol><li>Mail launch</li><li>Grey Heron</li><li>Old Bess</li></ol>"]), boats),
        (joined(&[TERMS]), boats),
        (joined(&[HEADING, TERMS]), headed),
        (joined(&[LEAD, TERMS]), boats),
        (joined(&[SET]), boats),
        (joined(&[HEADING, SET]), headed),
        (joined(&[LEAD, SET]), boats),
        (joined(&["<blockquote>Old Bess will outlive us all, and so will the Grey Heron.</blockquote>"]), boats),
    ];
    let shapes: Vec<_> = shapes.iter().map(|(html, words)| (html.as_str(), *words, &[][..])).collect();
    check(&shapes, true, true);
}

#[test]
fn what_ends_a_story_in_parts_stays() {
    let parts: String = TEXT.iter().map(|p| format!("<div class='part'><p>{p}</p></div>")).collect();
    for (tail, stays) in [
        (format!("<div class='part'>{HEADING}{LIST}</div>"), true),
        (format!("<div class='part'>{HEADING}</div><div class='part'>{TABLE}</div>"), true),
        (format!("<div class='part'>{TABLE}</div>"), true),
        // No part of the body.
        (format!("<div class='widget'>{TABLE}</div>"), false),
    ] {
        let layout = LAYOUTS[0].1.replace("{text}", &parts);
        let kept = kept(made(&layout, "", &tail));
        assert_eq!(kept.contains("Grey Heron") && kept.contains("Old Bess"), stays, "{tail}");
        assert_eq!(kept.contains("The boats in order"), tail.contains(HEADING), "{tail}");
    }
}

#[test]
fn what_only_stands_below_a_story_goes() {
    check(
        &[
            (
                "<h3>Related</h3><ul><li><a href='/1'>Council votes on parking</a></li><li><a href='/2'>Swans come back to the basin</a></li></ul>",
                &["Swans come"],
                &[],
            ),
            (
                "<table><tr><td><a href='/1'>Council votes on parking</a></td><td>4 March</td></tr><tr><td><a href='/2'>Swans come back to the basin</a></td><td>3 March</td></tr></table>",
                &["Swans come"],
                &[],
            ),
            (
                "<div class='x1'><h2>Most read</h2><ol><li><a href='/1'>Council votes on parking</a></li><li><a href='/2'>Swans come back to the basin</a></li></ol></div>",
                &["Swans come", "Most read"],
                &[],
            ),
            (
                "<ul class='share-list'><li><a href='/f'>Facebook</a></li><li><a href='/t'>Twitter</a></li><li><a href='/m'>Swan mail</a></li></ul>",
                &["Swan mail"],
                &[],
            ),
            (
                "<p>Share:</p><ul><li>Facebook</li><li>WhatsApp</li><li>Copy link</li></ul>",
                &["WhatsApp", "Copy link"],
                &[],
            ),
            (
                "<div class='newsletter'><h3>Stay in the know</h3><p>Get the best of the Post in your inbox each morning.</p><ul><li>Daily briefing</li><li>Weekend reading</li></ul></div>",
                &["Stay in the know", "your inbox", "Daily briefing"],
                &[],
            ),
            (
                "<div class='css-n1'><h3>Sign up for the morning letter</h3><p>Get the best of the Post in your inbox each morning.</p><ul><li>Daily briefing</li><li>Weekend reading</li></ul></div>",
                &["Sign up for", "Daily briefing"],
                &[],
            ),
            (
                "<div class='scoreboard widget'><table><tr><th>Team</th><th>Pts</th><th>W</th></tr><tr><td><a href='/a'>Swans Town</a></td><td>3</td><td>1</td></tr><tr><td><a href='/b'>Quarry</a></td><td>1</td><td>0</td></tr></table></div>",
                &["Swans Town"],
                &[],
            ),
            (
                "<aside><h3>Live scores</h3><table><tr><td>Swans Town</td><td>3</td></tr><tr><td>Quarry</td><td>1</td></tr></table></aside>",
                &["Swans Town", "Live scores"],
                &[],
            ),
            (
                "<div class='market-widget'><table><tr><td>Swans 100</td><td>7,512</td><td>+0.2%</td></tr><tr><td>Quarry 30</td><td>1,200</td><td>-1.1%</td></tr></table></div>",
                &["Swans 100"],
                &[],
            ),
            (
                "<ul class='tags'><li><a href='/t1'>Lock</a></li><li><a href='/t2'>Swan county</a></li></ul>",
                &["Swan county"],
                &[],
            ),
            (
                "<p>Topics</p><ul><li><a href='/t1'>Lock</a></li><li><a href='/t2'>Swan county</a></li></ul>",
                &["Swan county"],
                &[],
            ),
            (
                "<div class='author-box'><h3>Mats Orr</h3><p>Mats Orr writes about swans and boats for the Post.</p></div>",
                &["writes about swans"],
                &[],
            ),
            (
                "<dl class='contact'><dt>Phone</dt><dd>555 0101</dd><dt>Mail</dt><dd><a href='mailto:a@post.example'>swans@post.example</a></dd></dl>",
                &["swans@post"],
                &[],
            ),
            (
                "<dl class='article-info'><dt>Published</dt><dd>5 March 2024</dd><dt>Section</dt><dd><a href='/s'>Swans</a></dd></dl>",
                &["Section"],
                &[],
            ),
            (
                "<ul class='comment-list'><li><b>Swan1</b> Nice to read some good news.</li><li><b>Bess</b> Who will pay for it, I ask you.</li></ul>",
                &["good news"],
                &[],
            ),
            (
                "<ul class='gallery'><li><figcaption>The mail launch in the upper gate. Photo: Jon Pell</figcaption></li><li><figcaption>The crowd on the quay. Photo: Jon Pell</figcaption></li></ul>",
                &["Jon Pell"],
                &[],
            ),
        ],
        true,
        false,
    );
}

#[test]
fn a_standfirst_without_a_name_stays() {
    const DEK: &str =
        "After nine years of repairs the old mail launch was first through the upper gate, and the inn is open again.";
    let words: &[&str] = &["After nine years of repairs the old mail launch was first through the upper gate"];
    let long = [
        "<p>{}</p>",
        "<h2>{}</h2>",
        "<h3>{}</h3>",
        "<div>{}</div>",
        "<p class='css-8z1'>{}</p>",
        "<p><strong>{}</strong></p>",
        "<p><em>{}</em></p>",
        "<div class='x'><p>{}</p></div>",
        "<span>{}</span>",
    ];
    let long: Vec<String> = long.iter().map(|shape| shape.replace("{}", DEK)).collect();
    let mut shapes: Vec<(&str, &[&str], &[&str])> = long.iter().map(|html| (html.as_str(), words, &[][..])).collect();
    shapes.extend([
        ("<p>After nine years of repairs the old mail launch was first through the upper gate</p>", words, &[][..]),
        ("<p>After <a href='/x'>nine years of repairs</a> the old mail launch was first through the upper gate.</p>", words, &[]),
        ("<ul><li>The old mail launch was first through the gate</li><li>After nine years the inn is open again</li></ul>", &["was first through the gate", "inn is open again"], &[]),
        ("<p>The mail launch was first through.</p>", &["was first through"], &[]),
        ("<h2>Mail launch is first boat through</h2>", &["first boat through"], &[]),
        ("<p>The harbour board wants to dredge twice a year.</p>", &["dredge twice"], &[]),
        ("<h3>The harbour board wants to dredge twice a year</h3>", &["dredge twice"], &[]),
    ]);
    check(&shapes, false, true);
}

#[test]
fn what_only_stands_below_a_headline_goes() {
    check(
        &[
            ("<p>Updated 6 March 2024, 10:15</p>", &["10:15"], &[]),
            (
                "<ul class='share'><li><a href='/f'>Facebook</a></li><li><a href='/t'>Twitter page</a></li></ul>",
                &["Twitter page"],
                &[],
            ),
            ("<p>Listen to this article</p>", &["Listen to"], &[]),
            (
                "<div class='breadcrumb'><a href='/'>Home</a> &gt; <a href='/town'>Town news</a></div>",
                &["Town news"],
                &[],
            ),
            (
                "<p class='newsletter-cta'>Get the morning letter with the best of the Post each day in your inbox.</p>",
                &["morning letter"],
                &[],
            ),
            (
                "<figure><img src='a'><figcaption>The mail launch in the upper gate on Tuesday. Photo: Jon Pell</figcaption></figure>",
                &["Jon Pell"],
                &[],
            ),
            (
                "<div class='photo'><img src='a'><div class='caption'>The mail launch in the upper gate on Tuesday. Jon Pell/Courier</div></div>",
                &["Jon Pell"],
                &[],
            ),
            ("<p>Also read: <a href='/x'>Council votes on parking in the old town</a></p>", &["Also read"], &[]),
            ("<p>We may earn a commission from links on this page.</p>", &["commission"], &[]),
            ("<h4>Share this story with a friend</h4>", &["Share this"], &[]),
        ],
        false,
        false,
    );
}

#[test]
fn numbers_of_footnotes_are_no_part_of_words() {
    let tail = "<p>The basin is a safe-third country<sup><a href='#n1'>1</a></sup> to swans, on 12 km<sup>2</sup> of the 19<sup>th</sup> parish.</p>";
    let kept = kept(made(LAYOUTS[0].1, "", tail));
    assert!(kept.contains("a safe-third country 1 to swans, on 12 km2 of the 19th parish."), "{kept}");
}

#[test]
fn a_standfirst_stays_though_buttons_part_it_from_the_text() {
    let buttons: String = ["Facebook", "Twitter", "Flipboard", "Print", "Email", "Comments", "Listen"]
        .map(|name| format!("<li><a href='/share'>{name}</a></li>"))
        .concat();
    let dek = "The county paid twice what it had planned to pay for the gates";
    let html = made(LAYOUTS[0].1, &format!("<h2 class='sub'>{dek}</h2><ul class='share-buttons'>{buttons}</ul>"), "");
    let kept = kept(html);
    assert!(kept.starts_with(dek) && !kept.contains("Flipboard"), "{kept}");
}

/// Other articles in full below a heading that is named for what is related, and the page's own short and plain.
#[test]
fn articles_below_a_related_heading_are_neighbours() {
    let share = "<div><center>Send Post Pin Save</center></div>";
    let other =
        |nth: usize| format!("<article class='box'>{share}<p>{}</p></article>", TEXT[nth].replace("Lock", "Weir"));
    let others: String = (1..5).map(other).collect();
    let html = format!(
        "<html lang='en'><head><title>{TITLE}</title></head><body><nav><a href='/'>Post</a><a href='/town'>Town</a></nav><div class='col'><article class='box'><h1 class='entry-title'>{TITLE}</h1><p class='brand'><a href='/'>Post</a> » <a href='/town'>Town</a></p>{share}<p>{0} {0}</p><h3 class='relatedpoststitle'>You may like</h3>{others}</article></div></body></html>",
        TEXT[0]
    );
    let kept = kept(html);
    assert!(kept.contains(TEXT[0]), "{kept}");
    assert!(!kept.contains("Ida Holm") && !kept.contains("second lock"), "{kept}");
}

/// A brief among many links is an article if it is what the page says of itself; a list of links is none.
#[test]
fn a_brief_that_the_page_describes_is_an_article() {
    let brief = "The swing bridge at Elmsford stays shut until Friday noon, the county said, because a lorry hit one of its rails in the night.";
    let links: String = (0..120).map(|n| format!("<li><a href='/n/{n}'>Town news {n}</a></li>")).collect();
    let page = |summary: &str| {
        format!(
            "<html lang='en'><head><title>Bridge shut until Friday</title><meta name='description' content='{summary}'></head><body><ul class='menu'>{links}</ul><div class='text'><h1>Bridge shut until Friday</h1><p>{brief}</p></div></body></html>"
        )
    };
    assert_eq!(kept(page(brief)), brief);
    let refused = newsdex::clean::html::page(&page("News of the town"), None);
    assert!(refused.is_err_and(|refusal| refusal.detail.contains("links")));
}
