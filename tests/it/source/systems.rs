//! What content systems, agencies and collections call the parts of an article, and where they keep them.

use newsdex::model::{Document, Field};
use newsdex::source::{Item, Options};

use super::{bytes, line, said};

fn documents(name: &str, input: &str) -> Vec<Document> {
    let items = bytes(name, input.as_bytes(), &Options::default());
    items.into_iter().filter_map(|item| if let Item::Document(made) = item { Some(made) } else { None }).collect()
}

fn text(made: &Document) -> &str {
    made.payload.as_ref().map_or("", |payload| payload.text.trim())
}

fn all(made: &Document, field: Field) -> Vec<&str> {
    made.claims.iter().filter(|claim| claim.field == field).map(|claim| claim.value.as_str()).collect()
}

#[test]
fn the_first_day_of_publication_comes_first() {
    let record = r#"{"headlines":{"basic":"Ferry sold"},"publish_date":"2026-06-04T10:00:00Z","display_date":"2026-06-03T10:00:00Z",
        "first_publish_date":"2026-06-01T10:00:00Z","created_date":"2026-05-30T10:00:00Z","content_elements":[{"type":"text","content":"It is gone."}]}"#;
    let made = documents("arc.json", record);
    let days = ["2026-06-01T10:00:00Z", "2026-06-03T10:00:00Z", "2026-06-04T10:00:00Z"];
    assert_eq!(&all(&made[0], Field::Published)[..3], days);
}

#[test]
fn titles_of_every_name() {
    let lines = r#"{"headline_text":"Weir mended","body":"It holds.","publish_date":"2026-06-01"}
{"post_title":"Ferry sold","post_content":"It is gone.","post_date":"2026-06-02 10:00:00","post_date_gmt":"2026-06-02 08:00:00","post_author":"Ada Quill","post_excerpt":"Gone"}
{"document":"The weir holds. It cost two million.","summary":"A weir has been mended.","id":"352"}"#;
    let made = documents("names.jsonl", lines);
    let told = |made: &Document| [Field::Title, Field::Published, Field::Author].map(|f| said(made, f).to_owned());
    assert_eq!(told(&made[0]), ["Weir mended", "2026-06-01", "-"]);
    assert_eq!(told(&made[1]), ["Ferry sold", "2026-06-02T08:00:00Z", "Ada Quill"]);
    // XSum has no headlines, and its summaries are none.
    assert_eq!(told(&made[2]), ["-", "-", "-"]);
    assert_eq!((text(&made[2]), said(&made[2], Field::Guid)), ("The weir holds. It cost two million.", "352"));
    assert_eq!(said(&made[2], Field::Summary), "A weir has been mended.");
}

#[test]
fn posts_of_ghost_have_their_writers_and_addresses() {
    let post = |id: &str, more: &str| {
        format!(
            r#"{{"id":"{id}","title":"Post {id}","slug":"post-{id}","status":"published","published_at":"2026-06-01T10:00:00.000Z",{more}}}"#
        )
    };
    let posts = [
        post("p1", r#""html":"<p>It is gone.</p>""#),
        post("p2", r#""author_id":"a2","html":"<p>It holds.</p>""#),
        post("p3", r#""html":null,"lexical":"{\"root\":{\"children\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"text\":\"It \"},{\"type\":\"link\",\"children\":[{\"text\":\"rained\"}]}]},{\"type\":\"paragraph\",\"children\":[{\"text\":\"Then not.\"}]}]}}""#),
    ]
    .join(",");
    let export = format!(
        r#"{{"db":[{{"meta":{{"version":"5.0"}},"data":{{"posts":[{posts}],"users":[{{"id":"a1","name":"Ada Quill"}},{{"id":"a2","name":"Jo Hartley"}}],
        "posts_authors":[{{"post_id":"p1","author_id":"a2","sort_order":1}},{{"post_id":"p1","author_id":"a1","sort_order":0}}],
        "tags":[{{"id":"t","name":"Ferries"}}],"posts_tags":[{{"post_id":"p1","tag_id":"t"}}],
        "settings":[{{"key":"title","value":"Tarn Notes"}},{{"key":"url","value":"https://tarn.example/"}}]}}}}]}}"#
    );
    let made = documents("ghost.json", &export);
    assert_eq!(made.len(), 3);
    assert_eq!(all(&made[0], Field::Author), ["Ada Quill", "Jo Hartley"]);
    assert_eq!(all(&made[1], Field::Author), ["Jo Hartley"]);
    assert_eq!(said(&made[0], Field::Url), "https://tarn.example/post-p1/");
    assert_eq!((said(&made[0], Field::Source), said(&made[0], Field::Tag)), ("Tarn Notes", "Ferries"));
    assert_eq!(text(&made[2]), "It rained\n\nThen not.");
    assert!(String::from_utf8_lossy(&made[0].raw).starts_with(r#"{"id":"p1""#), "the original is the post's own bytes");
}

#[test]
fn items_of_the_ap_are_items_of_a_wire() {
    let feed = r#"{"api_version":"1.1","data":{"items":[{"meta":{"products":[{"id":1}]},"item":{"uri":"https://api.ap.example/abc","type":"text",
        "pubstatus":"usable","versioncreated":"2026-06-01T09:00:00Z","firstcreated":"2026-06-01T08:00:00Z","headline":"Ferry sold","provider":"MPA",
        "bylines":[{"by":"By ADA QUILL","title":"Meridian Press"}],"body_nitf":"<block><p>It is gone.</p></block>"}},
        {"meta":{},"item":{"uri":"https://api.ap.example/abd","type":"text","pubstatus":"canceled","versioncreated":"2026-06-01T09:00:00Z","headline":"Weir broken"}}]}}"#;
    let made = documents("ap.json", feed);
    let told = [Field::Title, Field::Published, Field::Updated, Field::Author, Field::Agency];
    assert_eq!(
        told.map(|field| said(&made[0], field)),
        ["Ferry sold", "2026-06-01T08:00:00Z", "2026-06-01T09:00:00Z", "By ADA QUILL", "MPA"]
    );
    assert!(text(&made[0]).contains("<p>It is gone.</p>"));
    assert_eq!(said(&made[1], Field::Withdrawn), "canceled");
}

#[test]
fn collections_of_trec_have_fields_of_their_own() {
    let aquaint = "<DOC>\n<DOCNO> TWN19980601.0001 </DOCNO>\n<DATE_TIME> 06/02/1998 10:00:00 </DATE_TIME>\n<HEADER>\nw1 &Cx1f; wstm-\n</HEADER>\n<BODY>\n<SLUG> BC-Ferry </SLUG>\n\
        <HEADLINE>\nFerry sold\n</HEADLINE>\n&UR; By ADA QUILL &QC;\n<TEXT>\n<P>\n   It is gone.\n</P>\n<P>\n   Nobody knows why.\n</P>\n</TEXT>\n(PROFILE\n</BODY>\n<TRAILER>\nTW-1\n</TRAILER>\n</DOC>\n";
    let fbis = "<DOC>\n<DOCNO> FBIS3-1 </DOCNO>\n<HEADER>\n<AU>   FBIS-WEU-94-001 </AU>\nDocument Type:Daily Report\n<DATE1>  3 March 1994 </DATE1>\n</HEADER>\n<H3> <TI>   Ferry Sold </TI></H3>\n\
        <F P=103> TARN ECHO </F>\n<TEXT>\nLanguage: <F P=105> English </F>\nArticle Type:BFN\n<F P=106> [Report: \"Ferry Gone\"] </F>\n  [Text] It is gone.\n  Nobody &amp; nothing knows why.\n</TEXT>\n</DOC>\n";
    let register = "<DOC>\n<DOCNO> FR940103-0-00002 </DOCNO>\n<PARENT> FR940103-0-00001 </PARENT>\n<TEXT>\n<!-- PJG FTAG 4700 -->\nFederal Register&blank;/&blank;Vol. 59\n\
        <USDEPT>DEPARTMENT OF FERRIES</USDEPT>\n<DOCTITLE>Ferries; Tolls</DOCTITLE>\n<SUMMARY>\nSUMMARY: Tolls are raised.\n</SUMMARY>\nThey pay more.\n</TEXT>\n</DOC>\n";
    let american = "<DOC>\n<DOCNO> LA010289-0001 </DOCNO>\n<TEXT>\n<P>It is gone.</P>\n</TEXT>\n</DOC>\n";
    for (name, input, expected, words) in [
        ("AQUAINT", aquaint, ["Ferry sold", "19980601", "ADA QUILL"], "It is gone.\n</P>"),
        ("FBIS", fbis, ["Ferry Sold", "3 March 1994", "-"], "It is gone.\n  Nobody & nothing knows why."),
        (
            "Register",
            register,
            ["Ferries; Tolls", "19940103", "-"],
            "Federal Register / Vol. 59\n<p>DEPARTMENT OF FERRIES</p>",
        ),
        ("LA", american, ["-", "19890102", "-"], "<P>It is gone.</P>"),
    ] {
        let items = bytes("d.sgml", input.as_bytes(), &Options::default());
        let made = documents("d.sgml", input);
        assert_eq!(made.len(), 1, "{name}: {:?}", items.iter().map(line).collect::<Vec<_>>());
        let told = [Field::Title, Field::Published, Field::Author].map(|field| said(&made[0], field).trim().to_owned());
        assert_eq!(told, expected, "{name}");
        assert!(text(&made[0]).contains(words), "{name}: {}", text(&made[0]));
        for left in ["PROFILE", "&UR;", "BC-Ferry", "Language:", "[Text]", "&blank;", "DOCTITLE", "PJG"] {
            assert!(!text(&made[0]).contains(left), "{name}: {left} in {}", text(&made[0]));
        }
    }
}

#[test]
fn press_databases_of_two_more_shapes() {
    let told = |name: &str| -> Vec<[String; 5]> {
        let fields = [Field::Title, Field::Source, Field::Published, Field::Author, Field::Section];
        let items = super::items(name);
        let one = |item: &Item| match item {
            Item::Document(made) => fields.map(|field| said(made, field).to_owned()),
            other => panic!("{}", line(other)),
        };
        items.iter().map(one).collect()
    };
    assert_eq!(
        told("europresse.html"),
        [
            ["Le bac d’Aldmoor est vendu", "Le Courrier de l’Estuaire", "mardi 2 juin 2026", "Ada Plume", "Économie"],
            ["Weir mended", "Tarn Echo", "Tuesday, June 2, 2026", "-", "-"],
        ]
    );
    assert_eq!(
        told("newsbank.txt"),
        [
            ["Aldmoor sells its ferry", "Aldmoor Daily News", "June 1, 2026", "ADA QUILL, Staff Writer", "News"],
            ["Weir mended after years of talk", "Tarn Echo", "June 2, 2026", "Jo Hartley", "Local"],
        ]
    );
    for (name, left) in [("europresse.html", "Tous droits"), ("newsbank.txt", "Record"), ("newsbank.txt", "(c)")] {
        for item in super::items(name) {
            let Item::Document(made) = item else { panic!("a document") };
            assert!(!text(&made).contains(left), "{name}: {}", text(&made));
        }
    }
}

#[test]
fn posts_of_substack_have_the_headlines_of_its_table() {
    let items = super::items("substack.zip");
    let got: Vec<String> = items.iter().map(line).collect();
    assert!(got[0].starts_with("1 html | Ferry sold | 2026-06-01T10:00:00.000Z | - | - | <p>Aldmoor"), "{got:?}");
    assert_eq!(got[1..], ["1 NotAnArticle", "1 NoText"]);
    assert!(matches!(&items[2], Item::Rejected(r) if r.detail.contains("125.gone No file")), "{:?}", items[2]);
}

#[test]
fn names_in_lists_of_graphql_are_read() {
    let post = r#"{"data":{"posts":{"edges":[{"node":{"title":"Ferry sold","content":"<p>It is gone.</p>","date":"2026-06-01","link":"https://a.example/f",
        "author":{"node":{"name":"Ada Quill"}},"categories":{"nodes":[{"name":"Boats"},{"name":"Towns"}]},"tags":{"edges":[{"node":{"name":"Piers"}}]}}}]}}}"#;
    let made = documents("graphql.json", post);
    assert_eq!(all(&made[0], Field::Author), ["Ada Quill"]);
    let mut tags = [all(&made[0], Field::Tag), all(&made[0], Field::Section)].concat();
    tags.sort_unstable();
    assert_eq!(tags, ["Boats", "Piers", "Towns"]);
}

#[test]
fn jsonp_is_no_program_and_what_is_refused_has_a_way_out() {
    let called = r#"show({"articles":[{"title":"Ferry sold","content":"It is gone.","publishedAt":"2026-06-01"}]});"#;
    assert_eq!(documents("feed.js", called).len(), 1);
    let program = "require({paths: {a: 'b'}}); (function () { var a = {}; if (a) { a(); } })();";
    assert!(line(&bytes("app.js", program.as_bytes(), &Options::default())[0]).ends_with("NotAnArticle"));
    let zip = |name: &str| super::zip(&[(name, b"<x/>".as_slice())]);
    for (input, way) in [
        (b"%PDF-1.7\n".to_vec(), "pdftotext"),
        (b"{\\rtf1 Ferry}".to_vec(), "as text"),
        (b"PAR1\0\0".to_vec(), "duckdb"),
        (zip("[Content_Types].xml"), "pandoc"),
        (zip("mimetype"), "pandoc"),
    ] {
        let got = bytes("a", &input, &Options::default());
        assert!(matches!(&got[0], Item::Rejected(r) if r.detail.contains(way)), "{way}: {got:?}");
    }
}
