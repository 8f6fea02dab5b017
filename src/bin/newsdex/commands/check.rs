//! `newsdex check`: is the corpus whole, does the index follow it, do exported hit lists still stand?

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use newsdex::ErrorKind;
use newsdex::corpus::{Corpus, Stored};
use newsdex::export::{self, Matches, Standing, StoredVersion, Verdict, Witness};
use newsdex::model::Article;
use newsdex::passage::{self, Chooser, Prepared};
use newsdex::query;
use newsdex::search::{self, Morgue, OpenOptions};
use serde_json::json;

use crate::output::{Output, Status, safe, style};
use crate::rows::Objects;
use crate::table::{count, many};
use crate::{args, asking, progress};

/// Findings shown of each kind; `-v` shows all.
const SHOWN: usize = 20;

pub fn run(args: &args::Check, home: &Path, out: &Output) -> anyhow::Result<Status> {
    let as_json = match args.format.name() {
        "text" => false,
        "json" | "jsonl" => true,
        other => anyhow::bail!("no such format here: `{other}` (text, json)"),
    };
    if let Some(to) = &args.salvage {
        return salvage(home, to, as_json, out);
    }
    if args.files.is_empty() { home_is_whole(home, as_json, out) } else { lists_stand(args, home, as_json, out) }
}

fn home_is_whole(home: &Path, as_json: bool, out: &Output) -> anyhow::Result<Status> {
    let corpus = Corpus::open(home)?;
    let bar = progress::towards(out, "checking");
    let findings = corpus.check(&mut |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let findings = findings?;
    // Nothing is mended behind a person's back.
    let index = search::index_standing(home, &corpus)?;
    let mut wrong: Vec<(String, String)> =
        findings.findings.iter().map(|f| (f.place.clone(), f.what.clone())).collect();
    let total = findings.wrong + index.faults.len() as u64;
    wrong.extend(index.faults.into_iter().map(|what| ("index".to_owned(), what)));
    let remarks = index.notes;
    let mut to = out.text();
    if as_json {
        let listed: Vec<_> = wrong.iter().map(|(place, what)| json!({ "place": place, "what": what })).collect();
        let object = json!({ "schema_version": 1, "articles": findings.articles, "versions": findings.versions,
            "documents": findings.documents, "wrong": total, "findings": listed, "notes": remarks });
        writeln!(to, "{object}")?;
    } else {
        let (good, bad) = (style::GOOD, style::BAD);
        for (place, what) in wrong.iter().take(if out.verbose > 0 { usize::MAX } else { SHOWN }) {
            writeln!(to, "{bad}wrong{bad:#} {}: {}", safe(place), safe(what))?;
        }
        for remark in &remarks {
            writeln!(to, "note: {}", safe(remark))?;
        }
        let looked = format!(
            "{}, {}, {}",
            many(findings.articles, "article"),
            many(findings.versions, "version"),
            many(findings.documents, "original")
        );
        match total {
            0 if remarks.is_empty() => writeln!(to, "{good}whole{good:#}: {looked}, and the index")?,
            0 => writeln!(to, "{good}whole{good:#}: {looked}")?,
            _ => writeln!(to, "{bad}{} wrong{bad:#} in {looked}", count(total))?,
        }
    }
    to.flush()?;
    if wrong.iter().any(|(place, _)| place == "index") {
        out.remark("hint: `newsdex rebuild` makes the index again from the corpus");
    }
    if findings.wrong > 0 {
        out.remark("hint: put back a copy of corpus/, or save what can be read into a new home with `newsdex check --salvage DIR`");
    }
    Ok(if total == 0 { Status::Done } else { Status::Wrong })
}

fn salvage(home: &Path, to: &Path, as_json: bool, out: &Output) -> anyhow::Result<Status> {
    let corpus = Corpus::open(home)?;
    let bar = progress::towards(out, "saving");
    let salvaged = corpus.salvage(to, &mut |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let salvaged = salvaged?;
    let mut said = out.text();
    if as_json {
        let lost: Vec<_> = salvaged.lost.iter().map(|f| json!({ "place": f.place, "what": f.what })).collect();
        let object = json!({ "schema_version": 1, "articles": salvaged.articles, "versions": salvaged.versions,
            "without_original": salvaged.without_original, "lost": salvaged.lost_count, "losses": lost });
        writeln!(said, "{object}")?;
    } else {
        let bad = style::BAD;
        for finding in salvaged.lost.iter().take(if out.verbose > 0 { usize::MAX } else { SHOWN }) {
            writeln!(said, "{bad}lost{bad:#} {}: {}", safe(&finding.place), safe(&finding.what))?;
        }
        writeln!(
            said,
            "saved: {} articles in {} versions, {} without their original; {} lost",
            count(salvaged.articles),
            count(salvaged.versions),
            count(salvaged.without_original),
            count(salvaged.lost_count)
        )?;
    }
    said.flush()?;
    out.remark(&format!(
        "the new home is {}: name it with --home, or put it in the place of the old one",
        to.display()
    ));
    Ok(if salvaged.lost_count == 0 { Status::Done } else { Status::Wrong })
}

fn lists_stand(args: &args::Check, home: &Path, as_json: bool, out: &Output) -> anyhow::Result<Status> {
    let corpus = Corpus::open(home)?;
    let mut all_hold = true;
    let mut to = WhileRead { to: out.text(), closed: false };
    let mut objects = Vec::new();
    let most = if out.verbose > 0 { u64::MAX } else { SHOWN as u64 };
    for path in &args.files {
        let file = safe(&path.display().to_string());
        let bar = progress::towards(out, "rows");
        let (mut told, mut listed, mut failed) = (0, Vec::new(), None);
        let mut asker = Asker::new(home);
        let witness = Witness {
            versions: &mut |id| versions(&corpus, id),
            matches: &mut |query, article| asker.matches(query, article),
            progress: &mut |row, rows| {
                if let Some(rows) = rows.filter(|rows| bar.length() != Some(*rows)) {
                    bar.set_length(rows);
                }
                bar.set_position(row);
            },
        };
        let verdict = export::verify(path, witness, &mut |finding| {
            told += 1;
            if told > most {
                return Ok(());
            }
            if as_json {
                listed.push(finding_object(&finding));
                return Ok(());
            }
            let place = if finding.row == 0 { "missing".to_owned() } else { format!("row {}", finding.row) };
            let said = writeln!(to, "{file}, {place}: {} {}", safe(&finding.article_id), words(&finding.standing));
            said.map_err(|error| {
                failed = Some(error);
                newsdex::Error::new(newsdex::ErrorKind::Interrupted, "stopped")
            })
        });
        bar.finish_and_clear();
        if let Some(error) = failed {
            return Err(error.into());
        }
        let verdict = match verdict {
            Ok(verdict) => verdict,
            // The others are checked all the same.
            Err(error) if args.files.len() > 1 => {
                to.flush()?;
                crate::output::report(&error.into());
                all_hold = false;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        all_hold &= verdict.holds();
        if as_json {
            objects.push(as_object(path, &verdict, &listed));
        } else {
            if told > most {
                writeln!(to, "{file}: … and {} more; `-v` lists them all", count(told - most))?;
            }
            print(&file, &verdict, &mut to)?;
        }
    }
    // One file is one object, several are a list of them.
    let format = if args.files.len() > 1 { args.format.name() } else { "jsonl" };
    if as_json {
        let mut written = Objects::new(format, &mut to);
        objects.iter().try_for_each(|object| written.push(object))?;
        written.finish()?;
    }
    to.flush()?;
    Ok(if all_hold { Status::Done } else { Status::Wrong })
}

/// What is stored of an article, the version in force last. A version that is damaged is none: whoever asks for another one
/// can still be answered.
fn versions(corpus: &Corpus, id: &str) -> newsdex::Result<Vec<StoredVersion>> {
    let Some((_, key)) = corpus.keys_by_id(id, 1)?.into_iter().find(|(found, _)| found == id) else {
        return Ok(Vec::new());
    };
    let whole = |read: newsdex::Result<Option<Stored>>| match read {
        Err(error) if error.kind() == ErrorKind::CorpusDamaged => Ok(None),
        other => other,
    };
    let newest = whole(corpus.article(key))?;
    let mut versions = match corpus.versions(key) {
        Err(error) if error.kind() == ErrorKind::CorpusDamaged => {
            let mut all = Vec::new();
            for number in 1..=corpus.version_count(key)? {
                all.extend(whole(corpus.article_version(key, number))?);
            }
            all
        }
        other => other?,
    };
    // An excerpt or an older text that came in later is kept, and is not the version in force.
    let newest = newest.map(|stored| stored.version);
    versions.sort_by_key(|version| (Some(version.version) == newest, version.version));
    Ok(versions
        .into_iter()
        .map(|v| StoredVersion { number: v.version, revision: v.revision, article: Arc::new(v.article) })
        .collect())
}

/// Passes on what is written until nobody reads any more: the work goes on for its result.
struct WhileRead<W> {
    to: W,
    closed: bool,
}

impl<W: Write> WhileRead<W> {
    fn pass<T>(&mut self, done: std::io::Result<T>, instead: T) -> std::io::Result<T> {
        match done {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(instead)
            }
            other => other,
        }
    }
}

impl<W: Write> Write for WhileRead<W> {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        if self.closed {
            return Ok(piece.len());
        }
        let done = self.to.write(piece);
        self.pass(done, piece.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let done = self.to.flush();
        self.pass(done, ())
    }
}

/// Asks queries of single articles, each read once.
struct Asker {
    read: Option<(String, Option<Prepared>)>,
    chooser: Chooser,
    /// Where its index can be read: it knows which words differ in accents alone.
    morgue: Option<Morgue>,
}

impl Asker {
    fn new(home: &Path) -> Self {
        let options = OpenOptions { catch_up: false, ..OpenOptions::default() };
        // Without an index the marks are compared with what was typed.
        Self { read: None, chooser: Chooser::new(), morgue: Morgue::open(home, &options).ok() }
    }

    fn prepared(&self, query: &str) -> Option<Prepared> {
        let parsed = query::parse(query, &asking::options()).ok()?;
        let plan = match &self.morgue {
            Some(morgue) => morgue.plan(&parsed).ok()?,
            None => query::plan(&parsed),
        };
        Some(Prepared::new(&plan))
    }

    fn matches(&mut self, query: &str, article: &Article) -> Option<Matches> {
        if self.read.as_ref().is_none_or(|(read, _)| read != query) {
            self.read = Some((query.to_owned(), self.prepared(query)));
        }
        let prepared = self.read.as_ref().and_then(|(_, prepared)| prepared.as_ref())?;
        let answer = self.chooser.choose(article, prepared, &passage::Options::default());
        answer.holds.then_some(Matches { title: answer.title_marks, text: answer.text_marks })
    }
}

fn words(standing: &Standing) -> String {
    let place = |still: &Option<bool>| match still {
        Some(true) => ", the newest still has the passage",
        Some(false) => ", the newest no longer has it",
        None => "",
    };
    match standing {
        Standing::Stands => "stands".to_owned(),
        Standing::Changed { named, newest, still, withdrawn: None, what } => {
            format!(
                "stands in version {named}; the article changed since (version {newest}: {}){}",
                what.join(", "),
                place(still)
            )
        }
        Standing::Changed { named, newest, still, withdrawn: Some(withdrawn), .. } => {
            format!(
                "stands in version {named}; the article was withdrawn since (version {withdrawn}) and came again (version \
                 {newest}){}",
                place(still)
            )
        }
        Standing::Withdrawn { named, newest } if named == newest => "stands; the article is withdrawn".to_owned(),
        Standing::Withdrawn { named, newest } => {
            format!("stands in version {named}; the article was withdrawn since (version {newest})")
        }
        Standing::VersionMissing { newest, still } => {
            format!("the version it names is not in the corpus (newest: {newest}){}", place(still))
        }
        Standing::Repeated => "is in the list already".to_owned(),
        Standing::PutIn => "was not in the list when it was written".to_owned(),
        Standing::LeftOut { row, char_start: None } => format!("was row {row} of the list"),
        Standing::LeftOut { row, char_start: Some(at) } => {
            format!("was row {row} of the list, with a passage from character {at}")
        }
        Standing::Missing => "no such article in the corpus".to_owned(),
        Standing::Differs => "the passage does not stand at its place in the version it names".to_owned(),
        Standing::Altered { column } => format!("`{column}` is not what was written"),
        Standing::Contradicts { column } => format!(
            "the file is as it was written, and yet the version it names has another `{column}`: the corpus or the manifest was \
             altered"
        ),
        Standing::Unreadable => "names no article, or its offsets are no numbers".to_owned(),
    }
}

/// What is proven and what is not.
fn print(file: &str, verdict: &Verdict, to: &mut impl Write) -> std::io::Result<()> {
    let (good, bad) = (style::GOOD, style::BAD);
    match verdict.as_written {
        Some(true) => writeln!(to, "{file}: the file is, byte for byte, as it was written")?,
        Some(false) => writeln!(
            to,
            "{file}: {bad}the file was changed since it was written{bad:#}, if only by a spreadsheet that saved it again"
        )?,
        None => writeln!(to, "{file}: there is no manifest beside it")?,
    }
    match verdict.rows_written.filter(|_| !verdict.cited) {
        Some(written) if written > verdict.rows => {
            let (missing, are) = (written - verdict.rows, if written - verdict.rows == 1 { "is" } else { "are" });
            writeln!(
                to,
                "{file}: {bad}{} {are} missing{bad:#}: {} were written",
                many(missing, "row"),
                count(written)
            )?;
        }
        Some(written) if written < verdict.rows => {
            let (more, were) = (verdict.rows - written, if verdict.rows - written == 1 { "was" } else { "were" });
            writeln!(to, "{file}: {bad}{} {were} put in{bad:#}: {} were written", many(more, "row"), count(written))?;
        }
        _ => {}
    }
    let names = |names: &[String]| names.iter().map(|name| format!("`{}`", safe(name))).collect::<Vec<_>>().join(", ");
    if !verdict.columns_missing.is_empty() {
        writeln!(to, "{file}: {bad}columns that were written are missing{bad:#}: {}", names(&verdict.columns_missing))?;
    }
    if !verdict.columns_twice.is_empty() {
        writeln!(to, "{file}: {bad}columns stand twice{bad:#}: {}", names(&verdict.columns_twice))?;
    }
    if !verdict.columns_added.is_empty() {
        writeln!(to, "{file}: what was put in, and is not proven: {}", names(&verdict.columns_added))?;
    }
    if !verdict.head_altered.is_empty() {
        let keys: Vec<_> = verdict.head_altered.iter().map(|key| format!("`{key}`")).collect();
        writeln!(to, "{file}: {bad}its head says other than was written{bad:#}: {}", keys.join(", "))?;
    }
    if let Some((sheet, others)) = verdict.sheets.split_first().filter(|_| verdict.as_written != Some(true)) {
        let others = if others.is_empty() { String::new() } else { format!("; not proven: {}", names(others)) };
        writeln!(to, "{file}: the sheet `{}` was compared{others}", safe(sheet))?;
    }
    if verdict.rows_above > 0 {
        let above = many(verdict.rows_above, "row");
        writeln!(to, "{file}: {bad}{above} of a table above its header{bad:#}, none of which was written")?;
    }
    if verdict.cut > 0 && verdict.as_written != Some(true) {
        writeln!(to, "{file}: {} with a cell cut at 32,767 characters: what is left stands", many(verdict.cut, "row"))?;
    }
    if verdict.hidden_columns > 0 {
        writeln!(to, "{file}: {} hidden in the sheet", many(verdict.hidden_columns, "column"))?;
    }
    if verdict.hidden > 0 {
        writeln!(to, "{file}: {} hidden in the sheet, by a filter or by hand", many(verdict.hidden, "row"))?;
    }
    if verdict.moved > 0 {
        let moved = many(verdict.moved, "row");
        writeln!(to, "{file}: {moved} in another order than was written")?;
    }
    let holds = if verdict.holds() { format!("{good}proven{good:#}") } else { format!("{bad}not proven{bad:#}") };
    let stand = count(verdict.stand + verdict.changed + verdict.withdrawn);
    let rows = count(verdict.rows);
    let mut later = String::new();
    let them = if verdict.cited { "" } else { " in articles" };
    if verdict.changed > 0 {
        later.push_str(&format!(", {} of them{them} that changed since", count(verdict.changed)));
    }
    if verdict.withdrawn > 0 {
        later.push_str(&format!(", {}{them} withdrawn since", count(verdict.withdrawn)));
    }
    if verdict.cited {
        writeln!(to, "{file}: {holds}: {stand} of {rows} articles cited stand in the corpus{later}")?;
        return cited(file, verdict, to);
    }
    writeln!(to, "{file}: {holds}: {stand} of {rows} rows stand as written{later}")?;
    if verdict.as_written == Some(true) {
        return Ok(());
    }
    if verdict.ledger {
        if verdict.not_asked > 0 {
            writeln!(
                to,
                "{file}: for {} the query was not asked again, as another newsdex wrote the list or it finds nothing today: \
                 left, match and right are compared as quotations only",
                many(verdict.not_asked, "row")
            )?;
        }
        return Ok(());
    }
    writeln!(
        to,
        "{file}: without a ledger the rows are compared with the articles they name, as quotations; not proven: hit, score, \
         story, copies, how many matches there are, the query, the order, and that no row is missing"
    )
}

/// What the proof of a report or of references rests on.
fn cited(file: &str, verdict: &Verdict, to: &mut impl Write) -> std::io::Result<()> {
    match verdict.as_written {
        Some(true) if !verdict.ledger => writeln!(
            to,
            "{file}: its manifest, of an earlier newsdex, has no ledger: which articles it cites was not looked up"
        ),
        Some(true) => writeln!(
            to,
            "{file}: what it says of them is proven by its bytes, which are those that its manifest tells of; a list as csv, \
             xlsx or jsonl can be compared row by row"
        ),
        _ => writeln!(
            to,
            "{file}: a file of this format is proven by its bytes, and these are not those that were written: export it again"
        ),
    }
}

fn finding_object(finding: &export::Finding) -> serde_json::Value {
    let mut object = json!({ "row": finding.row, "article_id": finding.article_id,
        "standing": finding.standing.word(), "what": words(&finding.standing) });
    match &finding.standing {
        Standing::Changed { named, newest, still, withdrawn, what } => {
            (object["named"], object["newest"], object["still"]) = (json!(named), json!(newest), json!(still));
            (object["withdrawn"], object["changed"]) = (json!(withdrawn), json!(what));
        }
        Standing::Withdrawn { named, newest } => {
            (object["named"], object["newest"]) = (json!(named), json!(newest));
        }
        Standing::LeftOut { row, char_start } => {
            (object["row_written"], object["char_start"]) = (json!(row), json!(char_start));
        }
        Standing::VersionMissing { newest, still } => {
            (object["newest"], object["still"]) = (json!(newest), json!(still));
        }
        Standing::Altered { column } | Standing::Contradicts { column } => object["column"] = json!(column),
        _ => {}
    }
    object
}

fn as_object(path: &Path, verdict: &Verdict, findings: &[serde_json::Value]) -> serde_json::Value {
    json!({ "schema_version": 2, "file": path.display().to_string(), "rows": verdict.rows,
        "rows_written": verdict.rows_written, "stand": verdict.stand, "changed": verdict.changed,
        "withdrawn": verdict.withdrawn, "wrong": verdict.wrong, "holds": verdict.holds(),
        "as_written": verdict.as_written, "ledger": verdict.ledger, "asked_again": verdict.asked_again,
        "cited": verdict.cited, "left_out": verdict.left_out, "moved": verdict.moved, "hidden": verdict.hidden,
        "hidden_columns": verdict.hidden_columns, "rows_above": verdict.rows_above, "cut": verdict.cut,
        "sheets": verdict.sheets,
        "columns_missing": verdict.columns_missing, "columns_added": verdict.columns_added,
        "columns_twice": verdict.columns_twice, "head_altered": verdict.head_altered, "findings": findings })
}
