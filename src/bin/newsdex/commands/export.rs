//! `newsdex export QUERY…`: all hits, to a file with a manifest or to standard output.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indicatif::ProgressBar;
use jiff::Timestamp;
use newsdex::export::{
    self, Asked as AskedList, Choice, Column, Columns, Counts, Format, Head, HitWriter, Ledger, Manifest, Tail, file,
};
use newsdex::model::Article;
use newsdex::query;
use newsdex::search::{Morgue, Per, Request};

use crate::asking::{self, Asked};
use crate::output::{Output, Status, safe};
use crate::table::many;
use crate::{args, progress};

/// One hit list to be written.
struct List {
    /// Where there are several.
    name: Option<String>,
    asked: Asked,
}

pub fn run(args: &args::Export, output: Option<&Path>, home: &Path, out: &Output) -> anyhow::Result<Status> {
    anyhow::ensure!(
        output.is_none() || args.output_dir.is_none(),
        "-o names one file and --output-dir a folder of several: give one of them"
    );
    let lists = lists(args, out)?;
    let format = args.format.as_deref().map_or(Ok(Format::Jsonl), Format::parse)?;
    if format.is_binary() && output.is_none() && args.output_dir.is_none() && out.is_terminal() {
        anyhow::bail!("`{format}` is binary and would spoil the terminal: name a file with -o");
    }
    let morgue = asking::open(home, args.filters.as_of.as_deref(), out)?;
    let options = export::Options {
        columns: if args.columns.is_empty() { Columns::default() } else { Columns::parse(&args.columns.join(","))? },
        per: per(args.per, format, out),
        context: args.context,
        bom: args.bom,
        names: args.queries.is_some() && args.output_dir.is_none(),
        ..export::Options::default()
    };
    let bar = progress::towards(out, "articles");
    let job = Job { args, morgue: &morgue, format, options, now: Timestamp::now(), bar };
    let written = match (&args.output_dir, output) {
        (Some(folder), _) => {
            std::fs::create_dir_all(folder).map_err(|e| newsdex::Error::io(folder, e))?;
            let mut all = Counted::default();
            for list in &lists {
                let path = folder.join(file_name(list.name.as_deref().unwrap_or("hits"), format));
                let counted = job.to_file(&path, std::slice::from_ref(list))?;
                out.remark(&format!("{}, {}", many(counted.rows, "row"), path.display()));
                all.add(counted);
            }
            all
        }
        (None, Some(path)) => job.to_file(path, &lists)?,
        (None, None) => job.to(&mut *export::open(format, &job.options, Box::new(out.data())), &lists)?.0,
    };
    job.bar.finish_and_clear();
    for note in &written.notes {
        out.remark(&format!("note: {}", safe(note)));
    }
    if let Some(path) = output {
        let manifest = Manifest::path_of(path);
        let of = match lists.len() {
            1 => String::new(),
            // What two lists have in common is counted in both.
            several => format!(" of {several} lists"),
        };
        // What went into a pipe or a device has none.
        let manifest = if manifest.exists() { format!(", manifest {}", manifest.display()) } else { String::new() };
        let copies = if args.collapse { ", copies of one story as one" } else { "" };
        out.remark(&format!(
            "{} of {}{of}{copies} in {}{manifest}",
            many(written.rows, "row"),
            many(written.articles, "article"),
            path.display(),
        ));
        if lists.len() > 1 && format.is_by_article() && format != Format::Trec {
            out.remark(&format!("note: in `{format}` an article of several lists has one record"));
        }
    }
    Ok(if written.articles == 0 { Status::Nothing } else { Status::Done })
}

/// What was written.
#[derive(Default)]
struct Counted {
    rows: u64,
    articles: u64,
    notes: Vec<String>,
}

impl Counted {
    fn add(&mut self, other: Counted) {
        self.rows += other.rows;
        self.articles += other.articles;
        self.notes.extend(other.notes);
    }
}

/// Articles of which a table in its usual columns does not tell all that a reader should know.
#[derive(Default)]
struct Told {
    doubtful: u64,
    flagged: BTreeMap<&'static str, u64>,
}

impl Told {
    fn article(&mut self, article: &Article) {
        self.doubtful += u64::from(article.published.as_ref().is_some_and(|date| !date.is_sure()));
        article.flags.set().for_each(|(_, words)| *self.flagged.entry(words).or_default() += 1);
    }

    fn notes(&self, format: Format, columns: &Columns) -> Vec<String> {
        let is_table = matches!(format, Format::Csv | Format::Tsv | Format::Xlsx);
        let left_out = |column| is_table && !columns.has(column);
        let mut notes = Vec::new();
        if self.doubtful > 0 && left_out(Column::PublishedDoubt) {
            let articles = many(self.doubtful, "article");
            notes.push(format!("{articles} with a doubtful date: `--columns +published_doubt` says which and why"));
        }
        if !self.flagged.is_empty() && left_out(Column::Flags) {
            let each: Vec<String> = self.flagged.iter().map(|(words, number)| format!("{number} {words}")).collect();
            notes.push(format!("of the articles {}: `--columns +flags` says which", each.join(", ")));
        }
        notes
    }
}

struct Job<'a> {
    args: &'a args::Export,
    morgue: &'a Morgue,
    format: Format,
    options: export::Options,
    now: Timestamp,
    bar: ProgressBar,
}

impl Job<'_> {
    fn to_file(&self, path: &Path, lists: &[List]) -> anyhow::Result<Counted> {
        let mut ledger = Ledger::new(self.format, self.options.per)?;
        let ((counted, head, tail, counts), written, ready) = file::prepare(path, |to| {
            let writer = export::open(self.format, &self.options, Box::new(std::io::BufWriter::new(to)));
            self.to(&mut *ledger.beside(writer), lists)
        })?;
        Manifest::of(path, self.format, &head, &tail, &counts, &written).publish(ready, path, &mut ledger)?;
        Ok(counted)
    }

    fn to(&self, writer: &mut dyn HitWriter, lists: &[List]) -> newsdex::Result<(Counted, Head, Tail, Counts)> {
        let asked = lists.iter().map(|list| AskedList {
            name: list.name.clone(),
            typed: list.asked.typed.clone(),
            read_as: query::print(&list.asked.query),
            in_words: query::explain(&list.asked.query),
        });
        let head = Head {
            asked: asked.collect(),
            revision: self.morgue.revision(),
            as_of: self.morgue.as_of(),
            time: self.now,
            choice: self.choice(),
            notes: Vec::new(),
        };
        self.fits(lists)?;
        writer.begin(&head)?;
        let mut tail = Tail { notes: self.morgue.behind().map(str::to_owned).into_iter().collect(), ..Tail::default() };
        let mut told = Told::default();
        for list in lists {
            let request = self.request(list);
            let name = list.name.as_deref();
            for note in self.morgue.left_out(&request)? {
                let of = name.map(|name| format!("{name}: ")).unwrap_or_default();
                tail.notes.push(format!("{of}{note}"));
            }
            if !self.bar.is_hidden() {
                self.bar.set_position(0);
                self.bar.set_length(self.morgue.count(&request.query, self.now)?);
            }
            tail.total_articles += self.list(&request, name, writer, &mut told)?;
        }
        tail.notes.extend(told.notes(self.format, &self.options.columns));
        let counts = writer.end(&tail)?;
        // What was said at the opening is not said again.
        let mut notes: Vec<String> =
            tail.notes.iter().skip(usize::from(self.morgue.behind().is_some())).cloned().collect();
        notes.extend(counts.notes.iter().cloned());
        Ok((Counted { rows: counts.rows, articles: tail.total_articles, notes }, head, tail, counts))
    }

    /// Writes the hits of one query; returns how many articles answer it.
    fn list(
        &self,
        request: &Request,
        name: Option<&str>,
        writer: &mut dyn HitWriter,
        told: &mut Told,
    ) -> newsdex::Result<u64> {
        let (mut articles, mut last) = (0, None);
        self.morgue.each_hit(request, &mut |hit| {
            // Rows of one article follow one another.
            let same = last.as_ref().is_some_and(|last| Arc::ptr_eq(last, &hit.article));
            if !same {
                let copies = if request.collapse { hit.copies.unwrap_or(0) } else { 0 };
                articles += 1 + copies;
                self.bar.inc(1 + copies);
                told.article(&hit.article);
                last = Some(Arc::clone(&hit.article));
            }
            writer.hit(&hit, name)
        })?;
        // Where all are written, they are counted as they are: the number fits the file, whatever changed meanwhile.
        if request.limit == u64::MAX { Ok(articles) } else { self.morgue.count(&request.query, self.now) }
    }

    /// Refuses at once what its format cannot hold: each article takes a row at least.
    fn fits(&self, lists: &[List]) -> newsdex::Result<()> {
        let Some(most) = self.format.most_rows().filter(|_| self.args.limit.is_none() && !self.args.collapse) else {
            return Ok(());
        };
        let mut articles = 0;
        for list in lists {
            articles += self.morgue.count(&list.asked.query, self.now)?;
        }
        if articles > most { Err(export::too_many(most)) } else { Ok(()) }
    }

    fn choice(&self) -> Choice {
        Choice {
            sort: asking::order_name(asking::order(self.args.sort)).to_owned(),
            limit: self.args.limit,
            collapse: self.args.collapse,
            expand: self.args.expand,
            ..Choice::of(&self.options, self.format)
        }
    }

    fn request(&self, list: &List) -> Request {
        let mut request = Request::new(list.asked.query.clone(), self.now);
        request.order = asking::order(self.args.sort);
        request.limit = self.args.limit.unwrap_or(u64::MAX);
        request.collapse = self.args.collapse;
        // In a report copies stand with their story.
        request.group = self.format == Format::Html && !self.args.collapse;
        request.stories = self.format.has_rows() && self.options.columns.has_stories();
        request.expand = self.args.expand;
        (request.per, request.passages) = match self.options.per {
            export::Per::Hit => (Per::Passage, usize::MAX),
            // A run file names articles and shows nothing of them.
            export::Per::Article if self.format == Format::Trec => (Per::Article, 0),
            export::Per::Article => (Per::Article, 1),
        };
        request
    }
}

/// What a row is: of formats with one record an article, that article, so that `-n` counts what the file holds.
fn per(typed: Option<args::Per>, format: Format, out: &Output) -> export::Per {
    match typed {
        Some(args::Per::Passage) if format.is_by_article() => {
            out.remark(&format!("note: `{format}` holds one record an article, with its best passage"));
            export::Per::Article
        }
        None if format.is_by_article() => export::Per::Article,
        Some(args::Per::Article) => export::Per::Article,
        Some(args::Per::Passage) | None => export::Per::Hit,
    }
}

/// The queries: the one typed, or the lines `name<TAB>query` of a file.
fn lists(args: &args::Export, out: &Output) -> anyhow::Result<Vec<List>> {
    let Some(path) = &args.queries else {
        return Ok(vec![List { name: None, asked: asking::read(&args.query, &args.filters, out)? }]);
    };
    let text = read_text(path)?;
    let mut lists = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let Some((name, query)) = line.split_once('\t') else {
            anyhow::bail!("`{}`, line {}: no tab between name and query", path.display(), number + 1);
        };
        let name = name.trim();
        let line = || format!("`{}`, line {}", path.display(), number + 1);
        anyhow::ensure!(!name.is_empty(), "{}: no name before the tab", line());
        let asked = asking::read(&[query.to_owned()], &args.filters, out).map_err(|e| e.context(line()))?;
        // Two lists of one name could not be told apart, and one of two files of one name would be lost.
        let file = |name: &str| file_name(name, Format::Csv).to_lowercase();
        if let Some(other) = lists.iter().filter_map(|list: &List| list.name.as_deref()).find(|n| file(n) == file(name))
        {
            let said = format!("{}: the name `{name}` is taken by an earlier line (`{other}`)", line());
            return Err(newsdex::Error::new(newsdex::ErrorKind::Usage, said)
                .hint("give each list a name of its own, one that also makes a file name of its own")
                .into());
        }
        lists.push(List { name: Some(name.to_owned()), asked });
    }
    anyhow::ensure!(!lists.is_empty(), "`{}`: no queries in it", path.display());
    Ok(lists)
}

fn read_text(path: &PathBuf) -> anyhow::Result<String> {
    let bytes = match path.as_os_str() == "-" {
        true => std::io::read_to_string(std::io::stdin()).map(String::into_bytes),
        false => std::fs::read(path),
    };
    let bytes = bytes.map_err(|e| newsdex::Error::io(path, e))?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let line = e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        anyhow::anyhow!("`{}`, line {line}: not UTF-8", path.display())
    })?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// A name that is a file name everywhere.
fn file_name(name: &str, format: Format) -> String {
    let safe: String = name.chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
    let safe = safe.trim_start_matches('.');
    let ending = match format {
        Format::Bibtex => "bib",
        Format::Markdown => "md",
        Format::Csl => "csl.json",
        other => other.name(),
    };
    format!("{}.{ending}", if safe.is_empty() { "hits" } else { safe })
}
