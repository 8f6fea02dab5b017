//! Damage for every parser, made without end: `cargo run --release --example fuzz -- [TARGET|all] [SECONDS]`.
//!
//! Inputs are made from the fixtures and from pieces of each format, mutated, and handed to one parser each, past the
//! recognition of formats, so that nothing is wasted on files that are plainly something else. There is no measured
//! coverage; what stands for it is what a parser says: an input that makes it say something new (another kind of item,
//! reason, note, field or number of items) is kept and mutated further.
//!
//! Bounds: no panic, no case over five seconds, no more than 300 MB. A case that breaks one is written to
//! `target/fuzz/TARGET-HASH` and named; the run ends with exit code 1. `fuzz FILE…` runs saved cases again.

mod mutate;
mod seeds;

use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mutate::Random;
use newsdex::clean;
use newsdex::model::{Origin, Reason};
use newsdex::source::{Context, Input, Item, Options, Sink, read_stream, sniff};

/// A case may take so long.
const MOST_TIME: Duration = Duration::from_secs(5);
/// The process may take so many kilobytes.
const MOST_MEMORY: u64 = 300_000;
/// Cases kept for further mutation.
const MOST_KEPT: usize = 3_000;
/// Larger cases only make a run slow.
const MOST_BYTES: usize = 256 * 1024;

/// Failures of libraries named so far.
static NAMED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// What is fed: one parser by its name, everything through recognition (`any`), or cleaning on top of it (`clean`).
#[derive(Clone, Copy, PartialEq)]
enum Target {
    Source(usize),
    Any,
    Clean,
}

impl Target {
    fn all() -> Vec<Target> {
        (0..sniff::SOURCES.len()).map(Target::Source).chain([Target::Any, Target::Clean]).collect()
    }

    fn name(self) -> String {
        match self {
            Target::Source(at) => {
                let name = sniff::SOURCES[at].name();
                let name = name.trim_start_matches("a ").trim_start_matches("an ");
                name.replace([' ', '/'], "-").to_lowercase()
            }
            Target::Any => "any".to_owned(),
            Target::Clean => "clean".to_owned(),
        }
    }

    /// Feeds one case; gives a hash of what was said.
    fn feed(self, case: &[u8], rules: &clean::Options, watched: &Watched) -> u64 {
        let options = Options { max_document_bytes: 16 << 20, ..Options::default() };
        let mut hash = DefaultHasher::new();
        let mut count = 0u32;
        let mut each = |item: Item| {
            count += 1;
            said(&item, &mut hash);
            if let (Item::Document(document), Target::Clean) = (&item, self) {
                match clean::clean(document, rules) {
                    Ok(article) => {
                        let rules: Vec<&str> = article.removed.iter().map(|removed| removed.rule.as_str()).collect();
                        (rules, article.title.is_empty(), article.authors.len()).hash(&mut hash);
                    }
                    Err(rejection) if rejection.reason == Reason::Failed => {
                        // A library's panic that cleaning held: no harm to a run, and still a finding.
                        if NAMED.lock().unwrap_or_else(|e| e.into_inner()).insert(rejection.detail.clone()) {
                            watched.save(&format!("a library failed: {}", rejection.detail));
                        }
                    }
                    Err(rejection) => rejection.reason.words().hash(&mut hash),
                }
            }
            // A case of a thousand entries says no more than one of fifty.
            if count < 200 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        if let Target::Source(at) = self {
            let input = Input::new(Origin::file("case"), case);
            // Stopped or done, there is nothing more to do.
            let _ = sniff::SOURCES[at].read(input, Context { options: &options, depth: 0 }, &mut Sink::new(&mut each));
        } else if let Err(error) = read_stream("case", case, &options, &mut each) {
            panic!("reading failed: {error}");
        }
        count.checked_ilog2().hash(&mut hash);
        hash.finish()
    }
}

/// What an item says, without its values.
fn said(item: &Item, hash: &mut DefaultHasher) {
    let shape = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).take(60).collect::<String>();
    match item {
        Item::Document(made) => {
            made.payload.as_ref().map(|payload| payload.kind).hash(hash);
            made.claims.iter().for_each(|claim| (claim.field, shape(&claim.found)).hash(hash));
            made.notes.iter().for_each(|note| shape(&note.0).hash(hash));
        }
        Item::Rejected(rejection) => (rejection.reason, shape(&rejection.detail)).hash(hash),
        Item::Links(links) => links.kind.hash(hash),
        Item::Skipped { what, .. } => shape(what).hash(hash),
    }
}

/// The case at hand, for the watchman and the panic hook.
#[derive(Default)]
struct Watched {
    target: Mutex<String>,
    case: Mutex<Vec<u8>>,
    /// Milliseconds since the start of the run at which the case began; 0 between cases.
    began: AtomicU64,
}

impl Watched {
    fn save(&self, why: &str) -> PathBuf {
        let case = self.case.lock().unwrap_or_else(|e| e.into_inner());
        let target = self.target.lock().unwrap_or_else(|e| e.into_inner());
        let mut hash = DefaultHasher::new();
        case.hash(&mut hash);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
        let path = folder.join(format!("{target}-{:016x}", hash.finish()));
        let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, &*case));
        println!("FOUND {target}: {why}: {} ({} bytes, {written:?})", path.display(), case.len());
        path
    }
}

fn watch(watched: Arc<Watched>, start: Instant) {
    std::thread::spawn(move || {
        // The case that was seen last, and the time of the processor when it was seen first.
        let mut seen = (0, 0);
        loop {
            std::thread::sleep(Duration::from_millis(100));
            let began = watched.began.load(Ordering::SeqCst);
            let now = start.elapsed().as_millis() as u64;
            if seen.0 != began {
                seen = (began, processor().unwrap_or(now));
            }
            let worked = processor().unwrap_or(now).saturating_sub(seen.1);
            let most = MOST_TIME.as_millis() as u64;
            // On a busy machine a case waits; one that waits for a minute waits for itself.
            if began != 0 && (worked > most || now.saturating_sub(began) > 12 * most) {
                watched.save("over five seconds");
                std::process::exit(1);
            }
            if let Some(memory) = memory().filter(|kb| *kb > MOST_MEMORY) {
                watched.save(&format!("{memory} kB of memory"));
                std::process::exit(1);
            }
        }
    });
}

/// Milliseconds that this process has had a processor, where the system tells.
fn processor() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // After the name in parentheses: user and system time, in hundredths, are the 12th and 13th.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some((ticks()? + ticks()?) * 10)
}

/// Kilobytes that this process has taken at most, where the system tells.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()
}

/// Feeds `target` for `time`; gives the number of cases and of kept ones.
fn run(target: Target, time: Duration, seed: u64, watched: &Watched, start: Instant) -> (u64, usize) {
    let mut random = Random(seed | 1);
    let mut pool: Vec<Vec<u8>> = seeds::of(&target.name());
    let tokens = seeds::tokens(&target.name());
    let rules = clean::Options::default();
    let mut heard = HashSet::new();
    *watched.target.lock().unwrap_or_else(|e| e.into_inner()) = target.name();
    let (began, mut cases) = (Instant::now(), 0u64);
    let given = pool.len();
    while began.elapsed() < time {
        let case = match pool.get(cases as usize).filter(|_| (cases as usize) < given) {
            Some(seed) => seed.clone(),
            None => mutate::mutate(&pool, &tokens, &mut random),
        };
        let case = &case[..case.len().min(MOST_BYTES)];
        case.clone_into(&mut watched.case.lock().unwrap_or_else(|e| e.into_inner()));
        watched.began.store(start.elapsed().as_millis() as u64 + 1, Ordering::SeqCst);
        let signature = target.feed(case, &rules, watched);
        watched.began.store(0, Ordering::SeqCst);
        cases += 1;
        if heard.insert(signature) && cases as usize > given {
            if pool.len() < MOST_KEPT {
                pool.push(case.to_vec());
            } else {
                let at = given + random.below(pool.len() - given);
                pool[at] = case.to_vec();
            }
        }
    }
    (cases, heard.len())
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let start = Instant::now();
    let watched = Arc::new(Watched::default());
    let hook = Arc::clone(&watched);
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        // Cleaning holds panics of libraries; here they are findings like any other.
        before(info);
        hook.save("panic");
        std::process::exit(1);
    }));
    watch(Arc::clone(&watched), start);
    let files: Vec<&String> = args.iter().filter(|arg| Path::new(arg).is_file()).collect();
    if !files.is_empty() {
        for file in files {
            let name = Path::new(file).file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let Ok(case) = std::fs::read(file) else { continue };
            for target in Target::all() {
                if name.starts_with(&target.name()) || target == Target::Clean {
                    let began = Instant::now();
                    target.feed(&case, &clean::Options::default(), &watched);
                    println!("{}: {file}: {:?}", target.name(), began.elapsed());
                }
            }
        }
        return ExitCode::SUCCESS;
    }
    let wanted = args.first().map_or("all", String::as_str);
    let seconds = args.get(1).and_then(|s| s.parse().ok()).unwrap_or(60);
    let seed = args.get(2).and_then(|s| s.parse().ok()).unwrap_or(0x5EED);
    let targets: Vec<Target> = Target::all().into_iter().filter(|t| wanted == "all" || t.name() == wanted).collect();
    if targets.is_empty() {
        let names: Vec<String> = Target::all().into_iter().map(Target::name).collect();
        println!("no target `{wanted}`: all, {}", names.join(", "));
        return ExitCode::from(2);
    }
    for target in targets {
        let (cases, kept) = run(target, Duration::from_secs(seconds), seed, &watched, start);
        let memory = memory().map_or("?".to_owned(), |kb| format!("{} MB", kb / 1000));
        println!("{:<24} {seconds} s, {cases} cases, {kept} different answers, peak {memory}", target.name());
    }
    ExitCode::SUCCESS
}
