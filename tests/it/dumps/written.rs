//! Forms in which other programs and people have written articles down, each beside one that only looks like it.

use crate::sandbox::Sandbox;

const ONE: &str = "The tram to Skell was late on Monday, since a tree had fallen on the line above the old mill.";
const TWO: &str = "Nobody was hurt, and the tree was gone by noon; the mayor said that more of them would be felled.";

fn cleaned(name: &str, file: impl AsRef<[u8]>) -> Vec<serde_json::Value> {
    let sandbox = Sandbox::new();
    sandbox.write(name, file);
    sandbox.run(&["clean", "--format", "jsonl", name]).json()
}

#[test]
fn a_lead_that_stands_before_the_whole_text_stands_there_once() {
    let nitf = |lead: &str| {
        format!(
            r#"<nitf><head><title>Tram</title></head><body><body.head><hedline><hl1>Tram late</hl1></hedline></body.head><body.content>
<block class="lead_paragraph"><p>{lead}</p></block><block class="full_text"><p>{ONE}</p><p>{TWO}</p></block></body.content></body></nitf>"#
        )
    };
    assert_eq!(cleaned("a.xml", nitf(ONE))[0]["articleBody"], format!("{ONE}\n\n{TWO}"));
    let own = "A lead of its own that the text does not repeat.";
    assert_eq!(cleaned("a.xml", nitf(own))[0]["articleBody"], format!("{own}\n\n{ONE}\n\n{TWO}"));
}

#[test]
fn a_path_through_a_list_takes_all_its_paragraphs() {
    let sandbox = Sandbox::new();
    sandbox.write("a.jsonl", format!(r#"{{"a":{{"b":"Tram late"}},"c":[{{"t":"{ONE}"}},{{"t":"{TWO}"}}]}}"#));
    let made = sandbox.run(&["clean", "--format", "jsonl", "--map", "title=a.b,text=c.t", "a.jsonl"]).ended(0).json();
    assert_eq!(made[0]["articleBody"], format!("{ONE}\n\n{TWO}"));
}

#[test]
fn what_a_database_wrote_out_is_read() {
    let table = format!(
        "id\ttitle\tbody\tpublished_at\turl\n1\tTram late\t{ONE}\\n{TWO}\t2026-06-01 09:00:00\t\\N\n2\tMill \"sold\t{ONE}\\\n{TWO}\t\\N\thttps://skell.example/2\n3\tMoor\t{TWO}\t2026-06-02 09:00:00\t\\N\n"
    );
    let made = cleaned("a.tsv", table);
    let titles: Vec<&str> = made.iter().filter_map(|one| one["headline"].as_str()).collect();
    assert_eq!(titles, ["Tram late", "Mill \"sold", "Moor"], "{made:?}");
    for one in &made[..2] {
        assert_eq!(one["articleBody"], format!("{ONE}\n\n{TWO}"));
    }
    assert_eq!((&made[0]["url"], &made[1]["url"]), (&serde_json::Value::Null, &"https://skell.example/2".into()));
}

#[test]
fn days_in_parts_are_days() {
    let row =
        |head: &str, cells: &str| cleaned("a.csv", format!("{head},headline,body\n{cells},Tram late,\"{ONE}\"\n"));
    for (head, cells, day) in [
        ("year,month,day", "1987,6,27", "1987-06-27"),
        ("year,month,day", "1987,,", "1987"),
        ("date,year,month", "2016-12-31,2016.0,12.0", "2016-12-31"),
        ("date,year,month,day", ",2016,12,3", "2016-12-03"),
    ] {
        assert_eq!(row(head, cells)[0]["datePublished"], day, "{head} {cells}");
    }
    for (date, day) in [
        (r#""date":{"year":2025,"month":6,"day":27}"#, "2025-06-27"),
        (r#""published":[2025,6,27]"#, "2025-06-27"),
        (r#""year":2025,"month":6,"day":27"#, "2025-06-27"),
        (r#""year":2025,"month":6,"day":27,"date":"2025-06-28""#, "2025-06-28"),
    ] {
        let made = cleaned("a.json", format!(r#"{{{date},"title":"Tram late","text":"{ONE}"}}"#));
        assert_eq!(made[0]["datePublished"], day, "{date}");
    }
    let made = cleaned("a.json", format!(r#"{{"date":[2025,13,27],"title":"Tram late","text":"{ONE}"}}"#));
    assert_ne!(made[0]["datePublished"], "2025-13-27");
    let made = cleaned(
        "a.jsonl",
        format!(r#"{{"requested_url":"https://skell.example/1","plain_text":"{ONE}","title":"Tram late"}}"#),
    );
    assert_eq!(made[0]["url"], "https://skell.example/1");
}

#[test]
fn the_subject_of_a_letter_is_its_headline() {
    let mail = |subject: &str, h1: &str| {
        cleaned(
            "a.eml",
            format!("From: Skell Post <a@skell.example>\nSubject: {subject}\nDate: Mon, 1 Jun 2026 10:00:00 +0000\nContent-Type: text/html; charset=utf-8\n\n<html><body><h1>{h1}</h1><p>{ONE}</p><p>{TWO}</p></body></html>\n"),
        )
        .remove(0)
    };
    let letter = mail("Morning Letter: tram to Skell is late again", "Morning Letter");
    assert_eq!(letter["headline"], "Morning Letter: tram to Skell is late again");
    // The paper behind its headline is none of it.
    assert_eq!(
        mail("Tram to Skell is late again - Skell Post", "Tram to Skell is late again")["headline"],
        "Tram to Skell is late again"
    );
}

#[test]
fn heads_of_clippings() {
    for (head, headline, author, day, source) in [
        (
            "The Herald, June 27, 2025, p. A1\n\nTRAM IS LATE AGAIN IN SKELL\n\nBY ANNA QUILL",
            "TRAM IS LATE AGAIN IN SKELL",
            "Anna Quill",
            "2025-06-27",
            "The Herald",
        ),
        (
            "June 27, 2025\n\nTram is late again in Skell\n\nAnna Quill, Staff Reporter",
            "Tram is late again in Skell",
            "Anna Quill",
            "2025-06-27",
            "",
        ),
        (
            "The Daily Skell\nFriday, June 27, 2025\n\nTram is late again\nBy Anna Quill",
            "Tram is late again",
            "Anna Quill",
            "2025-06-27",
            "The Daily Skell",
        ),
        (
            "Tram is late again\nThe Daily Skell\nJune 27, 2025\nBy Anna Quill",
            "Tram is late again",
            "Anna Quill",
            "2025-06-27",
            "The Daily Skell",
        ),
        (
            "Tram is late again\n==================\n\nBy Anna Quill\nJune 27, 2025",
            "Tram is late again",
            "Anna Quill",
            "2025-06-27",
            "",
        ),
        (
            "Anna Quill | Skell Herald\n\nTram is late again in Skell\n\nJune 27, 2025",
            "Tram is late again in Skell",
            "Anna Quill",
            "2025-06-27",
            "Skell Herald",
        ),
    ] {
        let made = cleaned("a.txt", format!("{head}\n\n{ONE}\n\n{TWO}\n")).remove(0);
        assert_eq!(
            (
                made["headline"].as_str().unwrap_or(""),
                made["author"][0].as_str().unwrap_or(""),
                made["datePublished"].as_str().unwrap_or(""),
                made["publisher"].as_str().unwrap_or("")
            ),
            (headline, author, day, source),
            "{head}"
        );
        assert_eq!(made["articleBody"], format!("{ONE}\n\n{TWO}"), "{head}");
    }
    // What somebody is in a sentence signs nothing.
    let made =
        cleaned("a.txt", format!("Tram is late again\n\nAnna Quill, chief editors say, knew of the tree.\n\n{ONE}\n"));
    assert_eq!(made[0]["author"], serde_json::json!([]));
}

#[test]
fn titles_between_rules_of_an_export_belong_to_the_fields_below() {
    let rule = "_".repeat(60);
    let one = |title: &str, id: u32| {
        format!(
            "{rule}\n\n{title}\n\nQuill, Ada.  Skell Post ; Skell [Skell]27 June 2025: A1.\n\nProQuest document link\n\n{rule}\n\nAbstract (Abstract): None available.\n\nLinks: Linking Service\n\nFull text: {ONE}\n\n{TWO}\n\nSubject: Trams\n\nPublication title: Skell Post\n\nPublication date: Jun 27, 2025\n\nProQuest document ID: {id}\n\nDatabase: ProQuest\n\n"
        )
    };
    let made = cleaned("a.txt", format!("{}{}{rule}\n", one("Tram late: [FINAL Edition]", 1), one("Mill sold", 2)));
    let titles: Vec<&str> = made.iter().filter_map(|one| one["headline"].as_str()).collect();
    assert_eq!(titles.len(), 2, "{made:?}");
    assert!(titles[0].starts_with("Tram late") && titles[1] == "Mill sold", "{titles:?}");
    assert_eq!(made[1]["articleBody"], format!("{ONE}\n\n{TWO}"));
}

#[test]
fn texts_of_dos_and_entries_of_other_feeds() {
    let made = cleaned(
        "a.txt",
        b"Le caf\x82 du port\n\nLe caf\x82 du r\x93le a \x82t\x82 ferm\x82 hier, a dit le pr\x82fet de la r\x82gion.\n",
    );
    assert!(made[0]["articleBody"].as_str().unwrap().contains("a été fermé hier"), "{}", made[0]);
    let feed = |more: &str| {
        format!(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Skell</title><author><name>Jo Hartley</name></author><entry><title>Tram late</title><id>urn:x:1</id>{more}<content>{ONE}</content></entry></feed>"#
        )
    };
    let source = "<source><title>Moor Post</title><author><name>Ada Quill</name></author></source>";
    let own = "<author><name>Ida Vance</name></author>";
    for (more, author) in
        [(source.to_owned(), "Ada Quill"), (format!("{own}{source}"), "Ida Vance"), (String::new(), "Jo Hartley")]
    {
        assert_eq!(cleaned("a.xml", feed(&more))[0]["author"], serde_json::json!([author]), "{more}");
    }
}
