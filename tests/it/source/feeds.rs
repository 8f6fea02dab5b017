//! Which of the bodies an entry of a feed offers is its text.

use newsdex::model::{Field, Payload};
use newsdex::source::{Item, Options};

use super::{bytes, said};

const LEAD: &str = "The council of Aldmoor closed the old ferry pier until spring after a long night in the town hall.";

/// A text of three paragraphs.
fn story() -> String {
    let more = "Nobody who came to the hall could say why no money was set aside. ".repeat(3);
    format!("<p>{LEAD}</p><p>{more}</p><p>The pier carried the mail boats until the bridge was built.</p>")
}

fn rss(item: &str) -> String {
    let spaces = [
        ("content", "http://purl.org/rss/1.0/modules/content/"),
        ("media", "http://search.yahoo.com/mrss/"),
        ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ];
    let spaces: String = spaces.iter().map(|(prefix, uri)| format!(" xmlns:{prefix}='{uri}'")).collect();
    format!(
        "<rss version='2.0'{spaces}><channel><title>Tarn Post</title><item><title>Pier</title>{item}</item></channel></rss>"
    )
}

fn atom(entry: &str) -> String {
    format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'><entry><title>Pier</title><id>urn:x:1</id>{entry}</entry></feed>"
    )
}

fn read(feed: &str) -> newsdex::model::Document {
    let mut got = bytes("feed", feed.as_bytes(), &Options::default());
    let Item::Document(made) = got.remove(0) else { panic!("no document in {feed}") };
    made
}

fn all(made: &newsdex::model::Document, field: Field) -> Vec<&str> {
    made.claims.iter().filter(|c| c.field == field).map(|c| c.value.as_str()).collect()
}

#[test]
fn a_caption_or_a_subtitle_is_not_the_text() {
    let photo = "<media:content url='a.jpg' medium='image'><media:description>A boat at the pier</media:description></media:content>";
    let long = format!("<media:description>{}</media:description>", "A boat lies at the old pier of Tarn. ".repeat(9));
    let subtitle = "<itunes:subtitle>The council of Aldmoor closed the...</itunes:subtitle>";
    for feed in [
        rss(&format!("<description>{LEAD}</description>{photo}")),
        rss(&format!("{photo}<description>{LEAD}</description>")),
        rss(&format!("<description>{LEAD}</description><media:content url='a.jpg'>{long}</media:content>")),
        rss(&format!("<description>{LEAD}</description><itunes:summary>{LEAD}</itunes:summary>{subtitle}")),
        rss(&format!("<dc:description>{LEAD}</dc:description><media:group>{photo}</media:group>")),
        rss(&format!("<content:encoded>{LEAD}</content:encoded><description>Short.</description>{photo}")),
        atom(&format!("<summary type='html'>{LEAD}</summary>{photo}")),
        atom(&format!("<summary type='html'>{LEAD}</summary>{photo}<content/>")),
    ] {
        let made = read(&feed);
        assert_eq!(made.payload.as_ref().map(|p| p.text.trim()), Some(LEAD), "{feed}");
        assert!(!all(&made, Field::Summary).iter().any(|s| s.contains("boat")), "{feed}");
    }
    // A subtitle that goes on where the description breaks off is the better half.
    let made = read(&rss(&format!(
        "<description>The council of Aldmoor closed the...</description><itunes:subtitle>{LEAD}</itunes:subtitle>"
    )));
    assert_eq!(made.payload.map(|p| p.text), Some(LEAD.to_owned()));
    // Where there is nothing else, what is said of the media is all there is.
    for only in [photo, subtitle] {
        let made = read(&rss(only));
        assert!(made.payload.is_some(), "{only}");
    }
}

#[test]
fn a_picture_or_a_stub_gives_way_to_the_text() {
    let story = story();
    let figure = "<figure class='wp-block-image'><img src='https://a.example/a.jpg' alt='' srcset='https://a.example/a-1024x683.jpg 1024w, https://a.example/a-300x200.jpg 300w, https://a.example/a-768x512.jpg 768w, https://a.example/a-1536x1024.jpg 1536w' sizes='(max-width: 1024px) 100vw, 1024px'/><figcaption>A boat at the pier, seen from the north side of the harbour in spring.</figcaption></figure>";
    for stub in [
        figure,
        "<img src='https://a.example/1.gif' width='1' height='1'/>",
        "Short",
        "<p>The council of Aldmoor closed the</p><p><a href='https://a.example/2'>Read more</a></p>",
        "<iframe src='https://v.example/1'>Your browser shows no frames, so go to the page itself for the film, please.</iframe>",
    ] {
        let feed = rss(&format!(
            "<description><![CDATA[{story}]]></description><content:encoded><![CDATA[{stub}]]></content:encoded>"
        ));
        assert_eq!(read(&feed).payload.map(|p| p.text), Some(story.clone()), "{stub}");
        let feed = serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "Tarn", "items": [
            {"id": "1", "content_html": stub, "content_text": story, "summary": "Pier"}]});
        assert_eq!(read(&feed.to_string()).payload.map(|p| p.text), Some(story.clone()), "{stub}");
    }
    // An excerpt and a text with a picture stay what they are.
    let feed = rss(&format!(
        "<description>{LEAD}</description><content:encoded><![CDATA[{figure}{story}]]></content:encoded>"
    ));
    let made = read(&feed);
    assert!(made.payload.as_ref().is_some_and(|p| p.text.ends_with(&story)));
    assert_eq!(all(&made, Field::Summary), [LEAD]);
    // A gallery is told under its pictures.
    let gallery = format!("<figure><img src='a.jpg'/><figcaption>{LEAD}</figcaption></figure>").repeat(4);
    let feed =
        rss(&format!("<content:encoded><![CDATA[{gallery}]]></content:encoded><description>{LEAD}</description>"));
    assert_eq!(read(&feed).payload.map(|p| p.text), Some(gallery));
    // A picture alone is all there is.
    assert!(
        matches!(read(&rss(&format!("<content:encoded><![CDATA[{figure}]]></content:encoded>"))).payload, Some(Payload { text, .. }) if text.contains("figure"))
    );
}

#[test]
fn the_older_form_of_the_content_module_is_read() {
    let story = story();
    let of = |format: &str, value: &str| {
        format!("<rdf:li><content:item><content:format rdf:resource='{format}'/>{value}</content:item></rdf:li>")
    };
    let plain =
        of("http://www.isi.edu/in-notes/iana/assignments/media-types/text/plain", "<rdf:value>Pier</rdf:value>");
    let escaped = format!("<rdf:value><![CDATA[{story}]]></rdf:value>");
    let literal =
        format!("<rdf:value rdf:parseType='Literal' xmlns='http://www.w3.org/1999/xhtml'>{story}</rdf:value>");
    for value in [escaped, literal] {
        let items = format!("{plain}{}", of("http://www.w3.org/1999/xhtml", &value));
        let feed = rss(&format!("<content:items><rdf:Bag>{items}</rdf:Bag></content:items>"));
        assert_eq!(read(&feed).payload.map(|p| p.text), Some(story.clone()), "{feed}");
    }
}

#[test]
fn what_is_said_of_a_picture_is_not_said_of_the_text() {
    let inner = "<media:title>A boat</media:title><media:copyright>(c) Pho Tog</media:copyright><media:keywords>boat</media:keywords><media:credit role='author'>Pho Tog</media:credit>";
    let tail = format!("<description>{LEAD}</description><dc:creator>Jo Hartley</dc:creator>");
    for media in [
        format!("<media:content url='a.jpg'>{inner}</media:content>"),
        format!("<media:content medium='image' url='a'>{inner}</media:content>"),
        format!("<media:group><media:content type='image/png' url='a'>{inner}</media:content></media:group>"),
    ] {
        let made = read(&rss(&format!("{media}{tail}")));
        assert_eq!(all(&made, Field::Title), ["Pier"], "{media}");
        assert_eq!(all(&made, Field::Author), ["Jo Hartley"], "{media}");
        assert!(all(&made, Field::RightsNotice).is_empty() && all(&made, Field::Tag).is_empty(), "{media}");
        assert_eq!(all(&made, Field::PhotoCredit), ["(c) Pho Tog", "Pho Tog"], "{media}");
    }
    // Beside a thumbnail too; where the entry is a recording, who made it is its author, and its own keywords count.
    let credit = "<media:credit role='author'>Pho Tog</media:credit><media:keywords>pier</media:keywords>";
    let beside = read(&rss(&format!("<media:thumbnail url='a.jpg'/>{credit}{tail}")));
    assert_eq!((all(&beside, Field::Author), all(&beside, Field::Tag)), (vec!["Jo Hartley"], vec!["pier"]));
    let film =
        read(&rss(&format!("<media:content type='video/mp4' url='a'/>{credit}<description>{LEAD}</description>")));
    assert_eq!(all(&film, Field::Author), ["Pho Tog"]);
}

#[test]
fn a_permanent_name_is_the_address_where_there_is_no_other() {
    let (urn, tag) = ("urn:uuid:60a76c80-d399-11d9-b93c-0003939e0aa0", "tag:tarn.example,2026:77");
    let entry = |inner: &str| {
        format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Pier</title>{inner}</entry></feed>")
    };
    for (feed, address) in [
        (entry(&format!("<id>{urn}</id>")), vec![urn]),
        (entry(&format!("<id> {tag}\n</id>")), vec![tag]),
        (entry(&format!("<id>{urn}</id><link href='https://tarn.example/pier'/>")), vec!["https://tarn.example/pier"]),
        (entry(&format!("<id>{urn}</id><link href='/pier'/>")), vec!["/pier", urn]),
        (entry(&format!("<link href='{tag}'/><id>17</id>")), vec![tag]),
        (entry("<id>urn:uuid:</id>"), vec![]),
        (entry("<id>javascript:alert:1</id>"), vec![]),
        (rss(&format!("<guid isPermaLink='false'>{tag}</guid>")), vec![tag]),
        (
            rss(&format!("<guid>{tag}</guid><comments>https://tarn.example/pier#c</comments>")),
            vec!["https://tarn.example/pier"],
        ),
        (
            format!(
                "{{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"T\",\"items\":[{{\"id\":\"{tag}\",\"content_text\":\"Rain.\"}}]}}"
            ),
            vec![tag],
        ),
    ] {
        assert_eq!(all(&read(&feed), Field::Canonical), address, "{feed}");
    }
}

#[test]
fn whom_a_credit_names_has_not_written_a_signed_text() {
    let credit = "<media:credit role='author'>Pho Tog</media:credit>";
    for (item, authors) in [
        (format!("{credit}<description>{LEAD}</description><dc:creator>Jo Hartley</dc:creator>"), vec!["Jo Hartley"]),
        (
            format!("{credit}<description>{LEAD}</description><enclosure url='a.jpg' type='image/jpeg' length='1'/>"),
            vec![],
        ),
        (format!("{credit}<description>{LEAD}</description>"), vec!["Pho Tog"]),
    ] {
        assert_eq!(all(&read(&rss(&item)), Field::Author), authors, "{item}");
    }
}

#[test]
fn a_content_system_that_exports_itself_holds_more_than_articles() {
    let got = super::items("wordpress.xml");
    let [Item::Document(made), Item::Rejected(draft), Item::Skipped { what, count, .. }] = &got[..] else {
        panic!("{:?}", got.iter().map(super::line).collect::<Vec<_>>())
    };
    assert_eq!(all(made, Field::Author), ["Ada Quill"]);
    // Typed in paragraphs, with shortcodes that the content system replaces when it shows the text.
    let article = newsdex::clean::clean(made, &newsdex::clean::Options::default()).unwrap();
    let blocks: Vec<&str> = article.blocks.iter().map(|block| block.span.of(&article.text)).collect();
    let lead = "The tram to Skell was late on Monday, and nobody at the depot [the old one] knew why.";
    assert_eq!(blocks, [lead, "The tram at the depot.", "It left at noon."]);
    assert_eq!(article.removed.iter().filter(|removed| removed.rule == "markup.shortcode").count(), 4);
    assert!(draft.detail.contains("`draft`") && draft.origin.number == 3, "{}", draft.detail);
    assert_eq!((what.as_str(), *count), ("WordPress attachment", 1));
    let kind = |kind: &str| {
        format!(
            "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>"
        )
    };
    let entry = |of: &str, inner: &str| {
        format!(
            "<entry><id>tag:b.example,1999:{of}</id><title>{of}</title>{}<content>Rain fell on {of}.</content>{inner}</entry>",
            kind(of)
        )
    };
    let draft = "<app:control xmlns:app='http://purl.org/atom/app#'><app:draft>yes</app:draft></app:control>";
    let entries = [entry("settings", ""), entry("post", ""), entry("comment", ""), entry("post", draft)].concat();
    let feed = format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>Notes</title>{entries}</feed>");
    let got: Vec<String> = bytes("b.xml", feed.as_bytes(), &Options::default()).iter().map(super::line).collect();
    assert_eq!(got.len(), 4, "{got:?}");
    assert!(got[0].starts_with("2 ") && got[1] == "4 NotAnArticle" && got[2].contains("Blogger comment"), "{got:?}");
    // A feed of comments alone is what somebody wanted.
    let feed = format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>Notes</title>{}</feed>", entry("comment", ""));
    assert!(matches!(&bytes("b.xml", feed.as_bytes(), &Options::default())[..], [Item::Document(_)]));
}

#[test]
fn an_entry_of_a_service_is_its_papers() {
    let google = r#"<rss version="2.0"><channel><title>"ferry" - Google News</title><link>https://news.google.com/search?q=ferry</link>
        <item><title>Mayor - 'ferry had to go' - Tarn Echo</title><link>https://news.google.com/rss/articles/CBMi?oc=5</link>
        <description>&lt;a href="https://news.google.com/rss/articles/CBMi?oc=5"&gt;Mayor - 'ferry had to go'&lt;/a&gt;&amp;nbsp;&lt;font&gt;Tarn Echo&lt;/font&gt;</description>
        <source url="https://www.tarnecho.example">Tarn Echo</source></item></channel></rss>"#;
    let bing = r#"<rss version="2.0" xmlns:News="https://www.bing.com/news"><channel><title>ferry - BingNews</title><link>https://www.bing.com/news</link>
        <item><title>Ferry sold</title><link>http://www.bing.com/news/apiclick.aspx?ref=x&amp;url=https%3a%2f%2ftarnecho.example%2fferry&amp;c=1</link>
        <description>Aldmoor has sold its ferry.</description><News:Source>Tarn Echo</News:Source></item></channel></rss>"#;
    let alert = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Google Alert - ferry</title><link href="https://www.google.com/alerts/feeds/1/2" rel="self"/>
        <entry><title>Ferry sold</title><link href="https://www.google.com/url?rct=j&amp;url=https://tarnecho.example/ferry&amp;ct=ga"/><content type="html">Aldmoor has sold its ferry.</content></entry></feed>"#;
    let planet = r#"<rss version="2.0"><channel><title>Planet Tarn</title><link>https://planet.example/</link>
        <item><title>Ferry sold - Tarn Echo</title><link>https://tarnecho.example/ferry</link><description>Aldmoor has sold its ferry.</description><source url="https://tarnecho.example/rss">Tarn Echo</source></item></channel></rss>"#;
    for (feed, title, url, outlet, text) in [
        (google, "Mayor - 'ferry had to go'", "https://news.google.com/rss/articles/CBMi?oc=5", "Tarn Echo", ""),
        (bing, "Ferry sold", "https://tarnecho.example/ferry", "Tarn Echo", "Aldmoor has sold its ferry."),
        (alert, "Ferry sold", "https://tarnecho.example/ferry", "-", "Aldmoor has sold its ferry."),
        (planet, "Ferry sold", "https://tarnecho.example/ferry", "Planet Tarn", "Aldmoor has sold its ferry."),
    ] {
        let got = bytes("a.xml", feed.as_bytes(), &Options::default());
        let [Item::Document(made)] = &got[..] else { panic!("{got:?}") };
        let said = [Field::Title, Field::Canonical, Field::Source].map(|field| said(made, field));
        assert_eq!(said, [title, url, outlet]);
        assert_eq!(made.payload.as_ref().map_or("", |payload| payload.text.as_str()), text, "{title}");
    }
}
