//! What content systems, agencies and collections call the parts of an article, and where they keep them.

use newsdex::model::{Document, Field};
use newsdex::source::{Item, Mapping, Options};

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
    assert_eq!(text(&made[2]), "<p>It rained</p><p>Then not.</p>");
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
fn an_export_of_substack_may_be_packed_again_or_cut() {
    let table = b"post_id,post_date,is_published,title,subtitle\n7.ferry,2026-06-01T10:00:00Z,true,Ferry sold,\n\
                  8.weir,2026-06-02T10:00:00Z,true,Weir mended,\n9.draft,,false,Draft,\n";
    let (ferry, weir) = (b"<p>Aldmoor has sold its ferry.</p>", b"<p>The weir at Tarn holds water again.</p>");
    let members = |folder: &str, table_first: bool| {
        let own = [
            ("posts/7.ferry.html", ferry.as_slice()),
            ("posts/8.weir.html", weir.as_slice()),
            ("posts/9.draft.html", b"<p>Not yet.</p>"),
        ];
        let mut all: Vec<(String, &[u8])> =
            own.iter().map(|(name, inner)| (format!("{folder}{name}"), *inner)).collect();
        let at = if table_first { 0 } else { all.len() };
        all.insert(at, (format!("{folder}posts.csv"), table.as_slice()));
        all
    };
    for folder in ["", "export-1/", "a/export-1/"] {
        for table_first in [true, false] {
            let members = members(folder, table_first);
            let named: Vec<(&str, &[u8])> = members.iter().map(|(name, inner)| (name.as_str(), *inner)).collect();
            let packed = super::zip(&named);
            let directory = packed.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
            for cut in [packed.len(), directory, packed.len() - 5] {
                let mut got: Vec<String> =
                    bytes("s.zip", &packed[..cut], &Options::default()).iter().map(line).collect();
                got.sort();
                let name = format!("{folder}, table first: {table_first}, cut at {cut} of {}: {got:?}", packed.len());
                assert_eq!(
                    got.iter().filter(|line| line.contains("| Ferry sold | 2026-06-01T10:00:00Z")).count(),
                    1,
                    "{name}"
                );
                assert_eq!(
                    got.iter().filter(|line| line.contains("| Weir mended | 2026-06-02T10:00:00Z")).count(),
                    1,
                    "{name}"
                );
                assert_eq!(got.iter().filter(|line| line.ends_with("NotAnArticle")).count(), 1, "{name}");
                assert_eq!(
                    got.iter().filter(|line| line.ends_with("Damaged")).count(),
                    usize::from(cut < packed.len()),
                    "{name}"
                );
            }
        }
    }
    // Cut within the second post, whose table stands before it: what is there is kept, and what is missing is named.
    let members = members("", true);
    let named: Vec<(&str, &[u8])> = members.iter().map(|(name, inner)| (name.as_str(), *inner)).collect();
    let packed = super::zip(&named);
    let third = packed.windows(18).position(|w| w == b"posts/9.draft.html").unwrap() - 30;
    let got = bytes("s.zip", &packed[..third - 8], &Options::default());
    let cut = got.iter().find_map(|item| {
        if let Item::Document(d) = item { Some(d).filter(|d| said(d, Field::Title) == "Weir mended") } else { None }
    });
    assert_eq!(cut.map(|made| said(made, Field::Truncated)), Some("true"), "{got:?}");
}

#[test]
fn what_ghost_keeps_for_its_editors_is_read_where_there_is_no_page() {
    let items = super::items("ghost-cards.json");
    let got: Vec<String> = items.iter().map(line).collect();
    assert_eq!(got.len(), 3, "{got:?}");
    for (at, words) in [
        (0, &["built in 1874", "Millers at the weir", "The river rose", "What will it cost?", "in August"][..]),
        (1, &["built in 1874", "The weir in spring", "The river rose", "or more"]),
        (2, &["The page itself"]),
    ] {
        let Item::Document(made) = &items[at] else { panic!("{}", got[at]) };
        for words in words {
            assert!(text(made).contains(words), "{words}: {}", text(made));
        }
        for left in ["Ferry sold", "Subscribe", "only by mail"] {
            assert!(!text(made).contains(left), "{left}: {}", text(made));
        }
    }
}

#[test]
fn columns_without_names_are_named_by_their_numbers() {
    let options = Options { map: Mapping::parse("title=1,text=2,date=4").unwrap(), ..Options::default() };
    let table =
        b"Weir mended,\"The weir, at Tarn, holds.\",x,2026-06-01\nFerry sold,It is gone from Aldmoor.,y,2026-06-02\n";
    let got: Vec<String> = bytes("a.csv", table, &options).iter().map(line).collect();
    assert_eq!(got.len(), 2, "{got:?}");
    assert!(got[0].contains("| Weir mended | 2026-06-01 |") && got[0].contains("The weir, at Tarn, holds."), "{got:?}");
    assert!(got[1].contains("| Ferry sold | 2026-06-02 |"), "{got:?}");
    // Without it the way out is said.
    let got = bytes("a.csv", table, &Options::default());
    assert!(matches!(&got[0], Item::Rejected(r) if r.detail.contains("--map title=1,text=2")), "{got:?}");
}

#[test]
fn tables_quoted_with_apostrophes_are_read() {
    let rows = "'Weir, mended','The weir at Tarn, says Jo, holds.\nIt does.',2026-06-01\n'Ferry''s end','It''s gone, they say.',2026-06-02\n";
    for head in ["title,text,date\n", "'title','text','date'\n"] {
        let made = documents("a.csv", &format!("{head}{rows}"));
        let told: Vec<[&str; 2]> =
            made.iter().map(|made| [said(made, Field::Title), said(made, Field::Published)]).collect();
        assert_eq!(told, [["Weir, mended", "2026-06-01"], ["Ferry's end", "2026-06-02"]], "{head}");
        assert!(text(&made[0]).contains("holds.\nIt does.") && text(&made[1]) == "It's gone, they say.", "{head}");
    }
    let made = documents(
        "a.csv",
        "title,text,date\n'It holds',Says Jo of the weir.,2026-06-01\nFerry sold,It's gone.,2026-06-02\n",
    );
    assert_eq!(said(&made[0], Field::Title), "'It holds'", "a headline that is a quotation");
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
