//! Blocks that recur in the articles of one outlet: shown, approved, taken out, put back.

use serde_json::Value;

use crate::sandbox::Sandbox;

const BIO: &str = "Mara Linde covers the councils of the upper vale and has done so since the flood.";
const LETTER: &str = "Readers who saw what happened can write to the desk, which answers every letter.";

/// Six articles of one outlet that end with `BIO`, four of them with `LETTER` too.
fn vale() -> Sandbox {
    let sandbox = Sandbox::new();
    let mut lines = String::new();
    for (n, what) in ["bridge", "ferry", "school", "weir", "tower", "harbour"].iter().enumerate() {
        let letter = if n < 4 { format!("\n\n{LETTER}") } else { String::new() };
        let text = format!(
            "The council of Orlen voted on day {n} to close the {what} until the {what} had been looked at by {n} divers.\n\n\
             Nobody in the town of Tarn was asked about the {what}, the mayor said on day {n} of the month.\n\n{BIO}{letter}"
        );
        let article = serde_json::json!({ "id": n, "headline": format!("The {what} of Orlen is to close"), "articleBody": text,
            "publisher": "Vale Courier", "url": format!("https://valecourier.example/{what}") });
        lines.push_str(&format!("{article}\n"));
    }
    sandbox.write("vale.jsonl", lines);
    assert_eq!(sandbox.run(&["ingest", "vale.jsonl"]).code, 0);
    sandbox
}

fn listed(sandbox: &Sandbox) -> Vec<(String, String, u64)> {
    let ran = sandbox.run(&["sources", "Vale Courier", "--boilerplate", "--json"]);
    let row = |line: &str| -> (String, String, u64) {
        let row: Value = serde_json::from_str(line).unwrap();
        let text = row["text"].as_str().unwrap().to_owned();
        (text, row["standing"].as_str().unwrap().to_owned(), row["articles"].as_u64().unwrap())
    };
    ran.out.lines().map(row).collect()
}

fn id(sandbox: &Sandbox, text: &str) -> String {
    let ran = sandbox.run(&["sources", "Vale Courier", "--boilerplate", "--json"]);
    let rows = ran.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let row = rows.into_iter().find(|row| row["text"] == text).unwrap();
    row["id"].as_str().unwrap().to_owned()
}

/// How many articles hold the words.
fn found(sandbox: &Sandbox, words: &str) -> usize {
    let ran = sandbox.run(&["search", words, "-n", "50", "--per", "article", "--format", "jsonl"]);
    ran.out.lines().count()
}

#[test]
fn a_block_is_shown_approved_taken_out_and_put_back() {
    let sandbox = vale();
    let ran = sandbox.run(&["sources", "vale", "--boilerplate"]);
    assert!(ran.out.contains("proposed: in 6 of 6 articles, at the end\n"), "{}", ran.out);
    assert!(ran.err.contains("hint: `--approve ID`"), "{}", ran.err);
    let bio = id(&sandbox, BIO);
    let ran = sandbox.run(&["sources", "vale", "--approve", &bio]);
    assert!(ran.err.contains(&format!("approved {bio} (in 6 articles): {BIO}")), "{}", ran.err);
    // Nothing has changed yet, and what would is shown first.
    assert_eq!(found(&sandbox, "\"upper vale\""), 6);
    let ran = sandbox.run(&["clean", "--all"]);
    assert!(ran.out.matches(&format!("- {BIO}")).count() == 6, "{}", ran.out);
    assert_eq!(found(&sandbox, "\"upper vale\""), 6);
    assert_eq!(sandbox.run(&["clean", "--all", "--apply"]).code, 0);
    assert_eq!(found(&sandbox, "\"upper vale\""), 0);
    assert!(listed(&sandbox).contains(&(BIO.to_owned(), "approved".to_owned(), 0)));
    // A rejection takes the approval back, and is shown while the block is still out.
    sandbox.run(&["sources", "vale", "--reject", &bio]);
    let ran = sandbox.run(&["sources", "vale", "--boilerplate"]);
    assert!(ran.out.contains(&format!("{bio}  rejected: still out of the articles")), "{}", ran.out);
    assert_eq!(sandbox.run(&["clean", "--all", "--apply"]).code, 0);
    assert_eq!(found(&sandbox, "\"upper vale\""), 6);
    assert!(listed(&sandbox).contains(&(BIO.to_owned(), "rejected".to_owned(), 6)));
    assert_eq!(sandbox.run(&["check"]).code, 0);
}

#[test]
fn repeats_are_approved_by_number_and_rejections_hold() {
    let sandbox = vale();
    let letter = id(&sandbox, LETTER);
    let ran = sandbox.run(&["sources", "vale", "--reject", &letter]);
    assert!(ran.err.contains("rejected") && !ran.err.contains("clean --all"), "{}", ran.err);
    let ran = sandbox.run(&["sources", "vale", "--auto", "4"]);
    assert!(
        ran.err.contains("in at least 4 articles") && ran.err.contains(BIO) && !ran.err.contains(LETTER),
        "{}",
        ran.err
    );
    let standing = |text: &str| listed(&sandbox).into_iter().find(|row| row.0 == text).map(|row| row.1);
    assert_eq!(standing(BIO).as_deref(), Some("approved"));
    assert_eq!(standing(LETTER).as_deref(), Some("rejected"));
    let ran = sandbox.run(&["sources", "vale", "--approve", "zzzz"]);
    assert!(ran.code == 2 && ran.err.contains("no recurring block `zzzz` of `Vale Courier`"), "{}", ran.err);
}

/// `3 were killed and 12 injured` recurs word for word, and is the news of each article.
#[test]
fn what_differs_in_figures_is_not_approved_by_number() {
    let sandbox = Sandbox::new();
    let mut lines = String::new();
    for (n, what) in ["bridge", "ferry", "school", "weir"].iter().enumerate() {
        let text = format!(
            "A fire broke out at the {what} of Orlen in the night, and the {what} was closed for the day.\n\n\
             The police said {} people were hurt and {} were taken to Tarn.\n\nThe {what} opens again in week {n}, the \
             mayor of the town said of the {what} on the radio, and that is all he said.\n\n{BIO}",
            n + 3,
            n * 7 + 10
        );
        let article = serde_json::json!({ "id": n, "headline": format!("Fire at the {what}"), "articleBody": text,
            "publisher": "Vale Courier", "url": format!("https://valecourier.example/{what}") });
        lines.push_str(&format!("{article}\n"));
    }
    sandbox.write("vale.jsonl", lines);
    assert_eq!(sandbox.run(&["ingest", "vale.jsonl"]).code, 0);
    let shown = sandbox.run(&["sources", "vale", "--boilerplate"]).out;
    assert!(shown.contains("in 4 of 4 articles, at the end, with other figures in some\n"), "{shown}");
    let said = sandbox.run(&["sources", "vale", "--auto", "3"]).err;
    assert!(said.contains(BIO) && !said.contains("police") && said.contains("note: 1 is not"), "{said}");
    assert_eq!(sandbox.run(&["clean", "--all", "--apply"]).code, 0);
    assert_eq!((found(&sandbox, "\"people were hurt\""), found(&sandbox, "\"upper vale\"")), (4, 0));
}
