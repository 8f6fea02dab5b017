//! Quality floors on saved pages with known titles, authors and dates: optional external data beside the project
//! (`../shared/data/extraction`). Where it is absent the test says so and passes.
//!
//! The measure is the usual one: a title counts when equal after folding case and punctuation, authors when the sets
//! are equal, a date when the day is. `wrong` counts dates given that are another day, which is worse than none.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use newsdex::clean::metadata::folded;
use newsdex::clean::{self, Options};
use newsdex::model::{Claim, Document, Field, MediaType, Origin, Payload, PayloadKind};
use rayon::prelude::*;
use serde_json::Value;

/// Shares that may not be fallen below, and the share of dates that may be wrong.
struct Floor {
    set: &'static str,
    title: f64,
    author: f64,
    date: f64,
    wrong: f64,
}

const FLOORS: &[Floor] = &[
    Floor { set: "aed", title: 0.92, author: 0.91, date: 0.875, wrong: 0.12 },
    Floor { set: "fundus_tests", title: 0.85, author: 0.86, date: 0.985, wrong: 0.015 },
    Floor { set: "htmldate", title: 0.0, author: 0.0, date: 0.945, wrong: 0.032 },
    Floor { set: "postlight", title: 0.85, author: 0.63, date: 0.845, wrong: 0.085 },
    Floor { set: "wcxb_article", title: 0.86, author: 0.76, date: 0.905, wrong: 0.085 },
    Floor { set: "trafilatura_eval", title: 0.83, author: 0.58, date: 0.91, wrong: 0.075 },
];

#[derive(Default)]
struct Tally {
    right: usize,
    wrong: usize,
    none: usize,
}

impl Tally {
    fn count(&mut self, right: bool, given: bool) {
        match (right, given) {
            (true, _) => self.right += 1,
            (false, true) => self.wrong += 1,
            (false, false) => self.none += 1,
        }
    }

    fn share(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong + self.none).max(1) as f64
    }

    fn wrong_share(&self) -> f64 {
        self.wrong as f64 / (self.right + self.wrong + self.none).max(1) as f64
    }
}

fn document(row: &Value, folder: &Path) -> Document {
    let file = std::fs::File::open(folder.join(row["file"].as_str().unwrap())).unwrap();
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Document {
        origin: Origin::file(row["id"].as_str().unwrap_or("page")),
        media: MediaType::Page,
        raw: Vec::new(),
        payload: Some(Payload { kind: PayloadKind::HtmlPage, text }),
        claims: row["url"].as_str().and_then(|url| Claim::new(Field::Url, url, "json:url")).into_iter().collect(),
        fetched: None,
        notes: Vec::new(),
    }
}

fn strings(value: &Value) -> BTreeSet<String> {
    let one = value.as_str().map(folded).into_iter();
    let many = value.as_array().into_iter().flatten().filter_map(Value::as_str).map(folded);
    one.chain(many).collect()
}

#[test]
fn titles_authors_and_dates_hold_their_floors() {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/extraction");
    if !data.is_dir() {
        eprintln!("skipped: the optional external data `../shared/data/extraction` is not there");
        return;
    }
    let misses = std::env::var_os("NEWSDEX_TEST_MISSES");
    let mut faults = Vec::new();
    for floor in FLOORS {
        let folder = data.join(floor.set);
        let truth = std::fs::read_to_string(folder.join("truth.jsonl")).unwrap();
        let rows: Vec<Value> = truth.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let cleaned: Vec<_> =
            rows.par_iter().map(|row| clean::explain(&document(row, &folder), &Options::default())).collect();
        let (mut title, mut author, mut date) = (Tally::default(), Tally::default(), Tally::default());
        for (row, cleaned) in rows.iter().zip(&cleaned) {
            let article = cleaned.as_ref().ok().map(|explained| &explained.article);
            let claims = match cleaned {
                Ok(explained) => &explained.draft.claims,
                Err(rejection) => &rejection.claims,
            };
            let say = |what: &str, want: String, got: String, fields: &[Field]| {
                if misses.as_ref().is_some_and(|only| only == floor.set || only.to_str() == Some(what)) {
                    eprintln!(
                        "{what}\t{}\t{}\n   want {want}\n   got  {got}",
                        floor.set,
                        row["url"].as_str().unwrap_or("")
                    );
                    for claim in claims.iter().filter(|claim| fields.contains(&claim.field)) {
                        eprintln!("      {}\t{:.110}", claim.found, claim.value.replace('\n', " "));
                    }
                }
            };
            if let Some(want) = row["title"].as_str() {
                let got = article.map_or("", |article| article.title.as_str());
                title.count(folded(got) == folded(want), !got.is_empty());
                if folded(got) != folded(want) {
                    say("title", want.to_owned(), got.to_owned(), &[Field::Title, Field::SiteName]);
                }
            }
            let want = strings(&row["authors"]);
            if !want.is_empty() {
                let got: BTreeSet<String> = article
                    .map(|article| article.authors.iter().map(|name| folded(name)).collect())
                    .unwrap_or_default();
                author.count(got == want, !got.is_empty());
                if got != want {
                    say(
                        "author",
                        format!("{want:?}"),
                        format!("{got:?}"),
                        &[Field::Author, Field::Contributor, Field::SiteName],
                    );
                }
            }
            if let Some(want) = row["date"].as_str() {
                let got =
                    article.and_then(|article| article.published.as_ref()).map(|date| date.iso()).unwrap_or_default();
                let right = got.len() >= 10 && got.get(..10) == want.get(..10);
                date.count(right, got.len() >= 10);
                if !right {
                    say("date", want.to_owned(), got, &[Field::Published, Field::Updated]);
                }
            }
        }
        let refused = cleaned.iter().filter(|cleaned| cleaned.is_err()).count();
        println!(
            "{:18}{:>5} pages{refused:>4} refused  title {:.3}  author {:.3} (wrong {:.3})  date {:.3} (wrong {:.3})",
            floor.set,
            rows.len(),
            title.share(),
            author.share(),
            author.wrong_share(),
            date.share(),
            date.wrong_share()
        );
        for (what, share, least) in [
            ("title", title.share(), floor.title),
            ("author", author.share(), floor.author),
            ("date", date.share(), floor.date),
        ] {
            if share < least {
                faults.push(format!("{} {what}: {share:.3} is below its floor {least}", floor.set));
            }
        }
        if date.wrong_share() > floor.wrong {
            faults.push(format!("{} wrong dates: {:.3} is above {}", floor.set, date.wrong_share(), floor.wrong));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
