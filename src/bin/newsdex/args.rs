//! What was typed.

mod saved;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::hyphen;

pub use saved::{New, Save, Saved};

/// A number as it is typed; what is none is said in plain words.
fn number<T: std::str::FromStr>(typed: &str) -> Result<T, String> {
    typed.parse().map_err(|_| "write a whole number, such as 10".to_owned())
}

/// A newspaper morgue one person can run: ingest news, search it, export hit lists that can be checked
#[derive(Debug, Parser)]
#[command(name = "newsdex", version, max_term_width = 100, propagate_version = true)]
#[command(after_help = "Examples:
  newsdex ingest ~/news/                        take in a folder: feeds, pages, archives, dumps
  newsdex search '\"safe-third country\"'         the best passages, matches marked
  newsdex search 'asylum NEAR/10 agreement' --since 2025-06 --source reuters
  newsdex export '\"safe-third country\"' --format csv -o hits.csv
  newsdex check hits.csv                        prove that each row still stands in the corpus

Where the data lies: --home DIR, else NEWSDEX_HOME, else the nearest folder upward with
corpus/newsdex.db or newsdex.toml, else this folder.
Exit codes: 0 found or done, 1 nothing found, 2 could not do it.")]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Options every command takes.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The folder that holds corpus/ and index/ [env: NEWSDEX_HOME]
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
    /// Write what would go to standard output to FILE (`-`: to standard output after all): under a temporary name first,
    /// which then is renamed
    #[arg(short, long, global = true, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Say less: no progress, no remarks
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more: each document refused, each assumption made
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Also in a pipe
    Always,
    /// Nowhere
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Take in news: files, folders, globs, archives; `-` for standard input
    Ingest(Ingest),
    /// Print the best passages
    Search(Search),
    /// Write all hits to a file, with a manifest
    Export(Export),
    /// Print one article
    Show(Show),
    /// List the outlets in the corpus, look at one, or keep lists of addresses
    Sources(Sources),
    /// Count what is in the corpus, or what a query finds
    Stats(Stats),
    /// Count what a query finds over time
    Timeline(Timeline),
    /// Show what cleaning makes of documents, or of the whole corpus again
    Clean(Clean),
    /// Verify the corpus and the index, or an exported hit list
    Check(Check),
    /// Make the index again from the corpus
    Rebuild,
    /// Save a search under a name
    Save(Save),
    /// List saved searches
    Saved(Saved),
    /// Print only what is new for saved searches since the last look
    New(New),
    /// Print a completion script for a shell
    Completions {
        /// bash, elvish, fish, powershell or zsh
        shell: clap_complete::Shell,
    },
    /// Print the manual page (troff)
    Man,
}

impl Command {
    /// The format that was asked for, of commands that have several.
    pub fn format(&mut self) -> Option<&mut Option<String>> {
        let format = match self {
            Command::Ingest(args) => &mut args.format,
            Command::Search(args) => &mut args.format,
            Command::Show(args) => &mut args.format,
            Command::Stats(args) => &mut args.format,
            Command::Clean(args) => &mut args.format,
            Command::Check(args) => &mut args.format,
            Command::Saved(args) => &mut args.format,
            Command::New(args) => &mut args.format,
            Command::Sources(args) => match &mut args.command {
                None => &mut args.format,
                Some(SourcesCommand::Import(args)) => &mut args.format,
                Some(SourcesCommand::Imported(args)) => &mut args.format,
                Some(SourcesCommand::Forget(_)) => return None,
            },
            Command::Timeline(args) => return Some(&mut args.format),
            Command::Export(args) => return Some(&mut args.format),
            Command::Rebuild | Command::Save(_) | Command::Completions { .. } | Command::Man => return None,
        };
        (!format.json).then_some(&mut format.format)
    }
}

/// Text for people, or a format for programs.
#[derive(Debug, Clone, Args)]
pub struct Format {
    /// text for people; json (one document) or jsonl (one object a line) for programs; csv and tsv of what is a table;
    /// search and new also have list (a line a result) and every format of export (default: by the name of the file of
    /// -o, else text)
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Short for --format json
    #[arg(long)]
    pub json: bool,
}

impl Format {
    /// The format asked for.
    pub fn name(&self) -> &str {
        if self.json { "json" } else { self.format.as_deref().unwrap_or("text") }
    }
}

/// How documents are read.
#[derive(Debug, Clone, Args)]
pub struct Reading {
    /// Names for the fields of JSON or CSV records: `title=headline,text=body`
    #[arg(long, value_name = "FIELD=NAME,…")]
    pub map: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  newsdex ingest corpus/samples
  newsdex ingest feed.xml page.html 'crawl/*.warc.gz'
  curl -s https://example.org/feed | newsdex ingest -
  newsdex ingest dump.csv --map title=headline,text=body

A document that cannot be used is counted, said, and passed over. Ends with 0 if anything was taken in or known, 1 if
nothing was, 2 if a path that was named is not there (what else was named is taken in all the same).")]
pub struct Ingest {
    /// Files, folders, globs, archives; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write nothing; show what would happen
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub format: Format,
    /// Threads for cleaning (default: all cores)
    #[arg(long, value_name = "N", value_parser = number::<usize>)]
    pub threads: Option<usize>,
    /// Megabytes of memory for batches (default 128)
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u64).range(16..=65536))]
    pub memory: Option<u64>,
}

/// Which articles, and how the query is read.
#[derive(Debug, Clone, Default, Args)]
pub struct Filters {
    /// Only this outlet
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Only this author
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// Published on or after: `2025-06-27`, `2025-06`, `2025`, `7d`
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Published on or before: `2025-06-27`, `2025-06`, `2025`
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Only this language: `en`, `de`
    #[arg(long, value_name = "CODE")]
    pub lang: Option<String>,
    /// Look at the corpus as it stood at the end of this day (or at this instant, `2025-06-27T14:00Z`), by when each
    /// version was got: later versions do not count, later articles are not there
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Take the words as a bag: no operators, ranked by all of them but those that only say that something is asked
    /// (`I am looking for articles on …`, `What are …`); --explain tells which
    #[arg(long)]
    pub any: bool,
    /// Read the query as written for another service
    #[arg(long, value_name = "SERVICE")]
    pub dialect: Option<Dialect>,
    /// Words match as typed, without their inflections
    #[arg(long)]
    pub no_stem: bool,
}

/// Query languages we translate from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Dialect {
    Nexis,
    Factiva,
    Proquest,
    Mediacloud,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Per {
    /// One row an article
    Article,
    /// One row a passage
    #[value(alias = "hit")]
    Passage,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    /// Best first
    Relevance,
    /// Oldest first
    Date,
    /// Newest first
    #[value(name = "-date")]
    Newest,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  newsdex search '\"safe-third country\"'
  newsdex search '(honduras OR guatemala) NEAR/10 \"asylum seekers\"' --since 2025-06
  newsdex search 'title:harbour -source:gazette' --sort -date -n 20
  newsdex search deport --kwic --sort-kwic 1R
  newsdex search flood --format jsonl | jq .headline
  newsdex search strike -ferry                  without the articles that have `ferry`
  newsdex search -- -n -v                       behind `--` all words are the query's

Language: space is AND; OR, NOT, -word, \"phrase\", (…), field:value, word*, wor?d, word~1, \"a b\"~5,
word^2, a NEAR/5 b (or W/5), a PRE/5 b, a SAME b (paragraph), a SENT b (sentence), ATLEAST/3(a),
HLEAD(a b), /regex/, ='Literal', =\"as typed\", stem:off (from here on words as typed).
A hyphen inside a word joins: safe-third also finds \"safe third\".
What binds: tightest NEAR W PRE SAME SENT, from left to right; then space, AND, NOT, -; loosest OR.
So a OR b c NEAR/5 d is a OR (b AND (c NEAR/5 d)).
Fields: title text author source url lang section tag agency publisher republisher licence words id
flag date since until before after updated fetched. A date known only by year or month answers where
all of that year or month is asked for.
Limits: a pattern (word*, wor?d, word~1, /regex/) stands for the 10,000 most frequent words it fits;
more is said. --kwic, --by and --variants have the formats text, list, csv, tsv, json, jsonl.")]
pub struct Search {
    /// The query
    #[arg(required = true, value_name = "QUERY", value_parser = hyphen::word)]
    pub query: Vec<String>,
    #[command(flatten)]
    pub filters: Filters,
    /// How many results (default 10)
    #[arg(short = 'n', long = "limit", value_name = "N", value_parser = number::<usize>)]
    pub limit: Option<usize>,
    /// Leave out the first N
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = number::<usize>)]
    pub offset: usize,
    /// What a result is
    #[arg(long, value_name = "WHAT", default_value = "article")]
    pub per: Per,
    /// Passages shown of one article (default 1)
    #[arg(long, value_name = "N", value_parser = number::<usize>)]
    pub passages: Option<usize>,
    /// Order
    #[arg(long, value_name = "ORDER", default_value = "relevance", allow_hyphen_values = true)]
    pub sort: Sort,
    /// Show copies of one story too, instead of the best of them and a count
    #[arg(long)]
    pub no_collapse: bool,
    /// Collapse copies of one story (the default)
    #[arg(long, conflicts_with = "no_collapse")]
    pub collapse: bool,
    /// Also look for words that the best results share (pseudo-relevance feedback)
    #[arg(long)]
    pub expand: bool,
    /// Weigh newer articles more: age takes up to half of a score, a quarter in 30 days, then ever more slowly
    #[arg(long)]
    pub recent: bool,
    /// Print a concordance: one line a match, words aligned; -n and --offset count its lines. For programs each has its place,
    /// as characters (`char_start`, `char_end`) and as bytes, counted from 0 in the title or text that `in` names
    #[arg(long, conflicts_with = "open")]
    pub kwic: bool,
    /// Columns a concordance is sorted by: 1L 2L … 9L (words to the left), 1R … 9R, match, date, source; several parted by
    /// commas
    #[arg(long, value_name = "COLUMN", requires = "kwic")]
    pub sort_kwic: Option<String>,
    /// Words of context on each side of a concordance line
    #[arg(long, value_name = "WORDS", default_value_t = 8, value_parser = number::<usize>)]
    pub context: usize,
    /// Print how the query was read and why a result scored
    #[arg(long)]
    pub explain: bool,
    /// Count the spellings found, apart (with -n the most frequent), each as it is printed most often
    #[arg(long, conflicts_with_all = ["kwic", "by", "open"])]
    pub variants: bool,
    /// Count articles, matches and stories by a field instead (with -n the most frequent values): source, author, lang,
    /// section, agency
    #[arg(long, value_name = "FIELD", conflicts_with_all = ["kwic", "open"])]
    pub by: Option<String>,
    /// Open the address of result N in the browser
    #[arg(long, value_name = "N", value_parser = number::<usize>)]
    pub open: Option<usize>,
    #[command(flatten)]
    pub format: Format,
    /// Do not use a pager on a terminal
    #[arg(long)]
    pub no_pager: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  newsdex export '\"safe-third country\"' --format csv -o hits.csv
  newsdex export asylum --since 2025 -o report.html
  newsdex export --queries searches.tsv --format jsonl -o all.jsonl
Formats: jsonl json csv tsv xlsx ris bibtex csl markdown html trec. Beside FILE stands FILE.manifest.json.")]
pub struct Export {
    /// The query
    #[arg(value_name = "QUERY", required_unless_present = "queries", value_parser = hyphen::word)]
    pub query: Vec<String>,
    /// A file of lines `name<TAB>query`: many hit lists in one pass
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub queries: Option<PathBuf>,
    #[command(flatten)]
    pub filters: Filters,
    /// Format (default: by the name of the output file, else jsonl)
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// With --queries: one file for each list, in this folder
    #[arg(long, value_name = "DIR", requires = "queries")]
    pub output_dir: Option<PathBuf>,
    /// What a row is (default: a passage; in ris, bibtex, csl and trec an article)
    #[arg(long, value_name = "WHAT")]
    pub per: Option<Per>,
    /// At most so many rows of each query (default: all)
    #[arg(short = 'n', long = "limit", value_name = "N", value_parser = number::<u64>)]
    pub limit: Option<u64>,
    /// Order
    #[arg(long, value_name = "ORDER", default_value = "relevance", allow_hyphen_values = true)]
    pub sort: Sort,
    /// Keep only the best of near-identical copies of one story, and count the others
    #[arg(long)]
    pub collapse: bool,
    /// Also look for words that the best results share (pseudo-relevance feedback)
    #[arg(long)]
    pub expand: bool,
    /// Columns and their order, of csv, tsv, xlsx; `+guid,version` adds to the usual ones, `-sha256` takes away
    #[arg(long, value_name = "A,B,…", value_delimiter = ',', allow_hyphen_values = true)]
    pub columns: Vec<String>,
    /// Words of context left and right of the match
    #[arg(long, value_name = "WORDS", default_value_t = 12, value_parser = number::<usize>)]
    pub context: usize,
    /// Begin CSV with a byte order mark, for Excel
    #[arg(long)]
    pub bom: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  newsdex show 3f9a
  newsdex show 3f9a --removed
  newsdex show 3f9a --raw > page.html")]
pub struct Show {
    /// The article's id, or its first digits
    pub id: String,
    /// Mark what was taken out, and by which rule
    #[arg(long)]
    pub removed: bool,
    /// Print the original bytes
    #[arg(long, conflicts_with = "removed")]
    pub raw: bool,
    /// List the versions
    #[arg(long)]
    pub versions: bool,
    /// Compare with the version before; with --as-of, show what changed since then
    #[arg(long)]
    pub diff: bool,
    /// The version that was in force at the end of this day (or at this instant), by when it was got
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    #[command(flatten)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  newsdex sources                                the outlets in the corpus
  newsdex sources gazette --boilerplate          lines that recur in one of them
  newsdex sources import feeds.opml sitemap.xml  keep addresses to fetch some day
  newsdex sources imported --format opml > feeds.opml"
)]
pub struct Sources {
    #[command(subcommand)]
    pub command: Option<SourcesCommand>,
    /// One outlet
    pub name: Option<String>,
    /// Show blocks that recur in its articles
    #[arg(long, requires = "name")]
    pub boilerplate: bool,
    /// Take this recurring block out of its articles (then run `clean --all --apply`)
    #[arg(long, value_name = "ID", requires = "name")]
    pub approve: Vec<String>,
    /// Never propose this recurring block again
    #[arg(long, value_name = "ID", requires = "name")]
    pub reject: Vec<String>,
    /// Approve every exact repeat in at least N articles
    #[arg(long, value_name = "N", requires = "name")]
    pub auto: Option<u32>,
    #[command(flatten)]
    pub format: Format,
}

#[derive(Debug, Subcommand)]
pub enum SourcesCommand {
    /// Keep the addresses of OPML files, sitemaps, robots.txt and plain lists, to be fetched some day
    Import(Import),
    /// List the addresses kept
    Imported(Imported),
    /// Forget addresses
    Forget(Forget),
}

#[derive(Debug, Args)]
#[command(
    after_help = "Nothing is fetched. Twice the same changes nothing; what a list says anew of an address is kept.

Examples:
  newsdex sources import subscriptions.opml
  newsdex sources import news-sitemap.xml.gz robots.txt
  curl -s https://example.org/sitemap.xml | newsdex sources import -"
)]
pub struct Import {
    /// Files, folders, globs, archives; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub paths: Vec<PathBuf>,
    /// Write nothing; show what would happen
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub format: Format,
}

/// What an address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// A feed
    Feed,
    /// A sitemap or another list
    List,
    /// A page
    Page,
    /// The list did not say
    Unknown,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Formats: text; json; jsonl (one object a line); list (one address a line); opml (for feed readers).

Examples:
  newsdex sources imported --kind feed
  newsdex sources imported gazette --format list
  newsdex sources imported --kind feed --format opml > feeds.opml"
)]
pub struct Imported {
    /// Only those with this in their address, title, site or folders
    pub text: Option<String>,
    /// Only of this kind
    #[arg(long, value_name = "KIND")]
    pub kind: Option<Kind>,
    #[command(flatten)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Forget {
    /// Addresses as `newsdex sources imported` shows them
    #[arg(required = true, value_name = "ADDRESS")]
    pub addresses: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Stats {
    /// Count only what this query finds
    #[arg(value_name = "QUERY", value_parser = hyphen::word)]
    pub query: Vec<String>,
    #[command(flatten)]
    pub filters: Filters,
    /// Count by a field: source, author, lang, section, agency (of a query also its matches and distinct stories)
    #[arg(long, value_name = "FIELD")]
    pub by: Option<String>,
    #[command(flatten)]
    pub format: Format,
}

/// A step of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Step {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Debug, Args)]
pub struct Timeline {
    /// The query
    #[arg(required = true, value_name = "QUERY", value_parser = hyphen::word)]
    pub query: Vec<String>,
    #[command(flatten)]
    pub filters: Filters,
    /// Count by day, week, month or year (default: what fits)
    #[arg(long, value_name = "STEP")]
    pub by: Option<Step>,
    /// text, csv, tsv, svg, json or jsonl (default: by the name of the file of -o, else text). Articles known only by year or
    /// month have rows of their own where steps are shorter
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  newsdex clean page.html --explain
  newsdex clean feed.xml --format jsonl | jq .headline
  newsdex clean --all            what today's rules would change in the corpus
  newsdex clean --all --apply")]
pub struct Clean {
    /// What `ingest` takes
    #[arg(value_name = "PATH", required_unless_present = "all")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
    #[command(flatten)]
    pub format: Format,
    /// Show each block kept or removed, by which rule, and what it told
    #[arg(long)]
    pub explain: bool,
    /// Show the document's text against the article's
    #[arg(long, conflicts_with = "explain")]
    pub diff: bool,
    /// Clean every stored document again with today's rules and show what would change
    #[arg(long, conflicts_with = "paths")]
    pub all: bool,
    /// With --all: make the change
    #[arg(long, requires = "all")]
    pub apply: bool,
}

#[derive(Debug, Args)]
pub struct Check {
    /// Exported hit lists to prove; none: the corpus and the index
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Write all that can still be read of a damaged corpus into a new home
    #[arg(long, value_name = "DIR", conflicts_with = "files")]
    pub salvage: Option<PathBuf>,
    #[command(flatten)]
    pub format: Format,
}
