//! The tables, the format number, and how a database is opened, refused or made.
//!
//! `PRAGMA application_id` is `nwdx`, `PRAGMA user_version` is [`FORMAT`]. A corpus of an older format is read as it
//! is and brought up to date, in one transaction, by the first writer that opens it; a newer one is refused with the
//! way out.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};

use crate::error::{Error, ErrorKind, Result};

/// The format of the database, apart from the version of the program.
pub const FORMAT: u32 = 2;

/// The oldest format that is read.
const OLDEST: u32 = 1;

/// `nwdx` in ASCII: tells `file` and ourselves whose database it is.
const APPLICATION_ID: i64 = 0x6E77_6478;

/// Pages of 16 KiB: an article takes about 1.5 KiB, and with pages of 4 KiB a third of each page would stay empty.
const PAGE_SIZE: u32 = 16 * 1024;

/// What leads from format 1 to 2, from 2 to 3, and so on. A new corpus is made in the same way.
const STEPS: [&str; (FORMAT - OLDEST) as usize] = ["
-- Addresses to fetch some day, as lists named them (OPML, sitemaps). kind: feed, list, page, unknown; folders: JSON
-- list; list: the file that named it first. What was not said is empty.
CREATE TABLE addresses (
    url         TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    title       TEXT NOT NULL,
    site        TEXT NOT NULL,
    folders     TEXT NOT NULL,
    date        TEXT NOT NULL,
    language    TEXT NOT NULL,
    keywords    TEXT NOT NULL,
    list        TEXT NOT NULL,
    added       TEXT NOT NULL
) WITHOUT ROWID;
"];

/// The tables of format 1, and what each is for. Times are ISO 8601 in UTC, lists are JSON, `sha256` is 32 bytes.
const TABLES: &str = "
-- One row a committed batch. Keys added_from..=added_to are the articles it added.
CREATE TABLE revisions (
    revision    INTEGER PRIMARY KEY,
    at          TEXT NOT NULL,
    added_from  INTEGER NOT NULL,
    added_to    INTEGER NOT NULL
);
-- Articles that a batch changed or deleted (those it added stand in revisions).
CREATE TABLE changes (
    revision    INTEGER NOT NULL,
    key         INTEGER NOT NULL,
    deleted     INTEGER NOT NULL,
    PRIMARY KEY (revision, key)
) WITHOUT ROWID;
-- The newest version of every article.
CREATE TABLE articles (
    key         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL,
    version     INTEGER NOT NULL,
    revision    INTEGER NOT NULL,
    document    INTEGER NOT NULL,
    title       TEXT NOT NULL,
    authors     TEXT,
    published   TEXT,
    updated     TEXT,
    source      TEXT,
    language    TEXT,
    section     TEXT,
    tags        TEXT,
    url         TEXT,
    flags       TEXT,
    removed     INTEGER NOT NULL,
    sha256      BLOB NOT NULL,
    dictionary  INTEGER NOT NULL,
    content     BLOB NOT NULL
);
CREATE UNIQUE INDEX articles_by_id ON articles (id);
-- Versions that are not, or no longer, the newest. standing: older (was the newest once), late (came in after a newer
-- text), excerpt, deleted (was the newest when the article was taken out).
CREATE TABLE versions (
    key         INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    standing    TEXT NOT NULL,
    id          TEXT NOT NULL,
    revision    INTEGER NOT NULL,
    document    INTEGER NOT NULL,
    title       TEXT NOT NULL,
    authors     TEXT,
    published   TEXT,
    updated     TEXT,
    source      TEXT,
    language    TEXT,
    section     TEXT,
    tags        TEXT,
    url         TEXT,
    flags       TEXT,
    removed     INTEGER NOT NULL,
    sha256      BLOB NOT NULL,
    dictionary  INTEGER NOT NULL,
    content     BLOB NOT NULL,
    PRIMARY KEY (key, version)
);
-- What cleaning took out. at: byte offset into the text of that version.
CREATE TABLE removed (
    key         INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    nr          INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    rule        TEXT NOT NULL,
    text        TEXT NOT NULL,
    yields      TEXT,
    PRIMARY KEY (key, version, nr)
) WITHOUT ROWID;
-- Files that documents came from. members: JSON list, outermost first.
CREATE TABLE files (
    file        INTEGER PRIMARY KEY,
    path        TEXT NOT NULL,
    members     TEXT NOT NULL,
    UNIQUE (path, members)
);
-- The originals. key, version: the version first made of it, which its content is compressed against (pack.rs);
-- null for a refused one. raw_bytes: length before compression.
CREATE TABLE documents (
    document    INTEGER PRIMARY KEY,
    file        INTEGER NOT NULL REFERENCES files,
    number      INTEGER NOT NULL,
    offset      INTEGER,
    key         INTEGER,
    version     INTEGER,
    media       TEXT NOT NULL,
    fetched     TEXT,
    raw_bytes   INTEGER NOT NULL,
    sha256      BLOB NOT NULL,
    content     BLOB NOT NULL
);
-- Documents that were refused. document: the original, where keeping it was asked for.
CREATE TABLE rejected (
    file        INTEGER NOT NULL REFERENCES files,
    number      INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    detail      TEXT NOT NULL,
    claims      TEXT,
    revision    INTEGER NOT NULL,
    document    INTEGER,
    PRIMARY KEY (file, number)
) WITHOUT ROWID;
-- Outlets, counted from the newest version of every article.
CREATE TABLE sources (
    source      TEXT PRIMARY KEY,
    articles    INTEGER NOT NULL,
    first       TEXT,
    last        TEXT
) WITHOUT ROWID;
-- Counters kept in step with every batch, and what the corpus says of itself.
CREATE TABLE facts (
    name        TEXT PRIMARY KEY,
    value       NOT NULL
) WITHOUT ROWID;
CREATE TABLE dictionaries (
    dictionary  INTEGER PRIMARY KEY,
    language    TEXT NOT NULL,
    content     BLOB NOT NULL
);
CREATE TABLE settings (
    name        TEXT PRIMARY KEY,
    value       TEXT NOT NULL
) WITHOUT ROWID;
-- Boilerplate learned from the corpus; approved: 1 when a person said yes.
CREATE TABLE learned_rules (
    source      TEXT NOT NULL,
    text        TEXT NOT NULL,
    rule        TEXT NOT NULL,
    seen        INTEGER NOT NULL,
    approved    INTEGER NOT NULL,
    PRIMARY KEY (source, text)
) WITHOUT ROWID;
CREATE TABLE searches (
    name        TEXT PRIMARY KEY,
    query       TEXT NOT NULL,
    seen        INTEGER NOT NULL
) WITHOUT ROWID;
CREATE VIEW originals AS
    SELECT d.document, f.path, f.members, d.number, d.media, d.fetched, d.raw_bytes, lower(hex(d.sha256)) AS sha256,
           d.key, d.version, a.id, a.url
    FROM documents d JOIN files f USING (file) LEFT JOIN articles a USING (key);
CREATE VIEW rejections AS
    SELECT f.path, f.members, r.number, r.reason, r.detail FROM rejected r JOIN files f USING (file);
";

/// What a writer needs to find the document of a file that holds one. Derived, and made by any writer that does not find it: no
/// reader and no older program takes note of it.
const INDEX: &str = "CREATE INDEX IF NOT EXISTS documents_by_file ON documents (file) WHERE number <= 2";

/// Opens for reading.
pub(super) fn open_to_read(path: &Path) -> Result<Connection> {
    // A folder that may not be looked into is no sign that there is no corpus.
    if !path.try_exists().map_err(|error| Error::io(path, error))? {
        return Err(Error::new(ErrorKind::NoCorpus, "there is no corpus here")
            .at(path)
            .hint("make one with `newsdex ingest PATH…`, or name another folder with `--home DIR`"));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let normal = Connection::open_with_flags(path, flags).and_then(|connection| {
        // Reading a page is what shows whether the log beside the file can be used.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    });
    let connection = match normal {
        Ok(connection) => connection,
        Err(error) if needs_a_log(&error) => open_unwritable(path, flags).map_err(|_| explain(path, error))?,
        Err(error) => return Err(explain(path, error)),
    };
    ready(path, &connection)?;
    verify(path, &connection)?;
    Ok(connection)
}

/// Whether SQLite failed because it may not make its `-wal` and `-shm` files beside the database.
fn needs_a_log(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// Read-only media: with no log to replay the file is whole by itself and cannot change. A log left there by a
/// killed writer is read without locks (nobody can write), with the index of the log in memory.
fn open_unwritable(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let log = path.with_file_name("newsdex.db-wal");
    let logged = std::fs::metadata(&log).is_ok_and(|log| log.len() > 0);
    let option = if logged { "vfs=unix-none" } else { "immutable=1" };
    let uri = format!("file:{}?{option}", percent_encode(path));
    let connection = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?;
    if logged {
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    }
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

/// A path as it may stand in a `file:` address.
fn percent_encode(path: &Path) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for &byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Opens for writing; makes the tables in an empty or new file. The caller holds the writer's lock.
pub(super) fn open_to_write(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| explain(path, error))?;
    ready(path, &connection)?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|error| explain(path, error))?;
    if tables == 0 {
        create(&connection).map_err(|error| explain(path, error))?;
        // A file that was synced is of no use after a power cut if the name of its folder was not.
        path.ancestors().skip(1).take(3).for_each(sync_folder);
    }
    let format = verify(path, &connection)?;
    migrate(&connection, format).map_err(|error| explain(path, error))?;
    connection.execute_batch(INDEX).map_err(|error| explain(path, error))?;
    let tuned = || {
        // FULL syncs the log at every commit: what a commit reported survives a power cut.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "wal_autocheckpoint", 2000)?;
        connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
        // Pages that do not fit are in the system's cache.
        connection.pragma_update(None, "cache_size", -24_576)
    };
    tuned().map_err(|error| explain(path, error))?;
    Ok(connection)
}

/// Makes the names in a folder last. Where a folder cannot be opened for it, the system sees to that by itself.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "page_size", PAGE_SIZE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // One transaction: a kill while the tables are made leaves an empty file, which the next writer fills.
    let steps = STEPS.concat();
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; {TABLES} {steps} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}; \
         COMMIT;"
    ))
}

/// Brings a corpus of an older format up to date, in one transaction.
fn migrate(connection: &Connection, format: u32) -> rusqlite::Result<()> {
    let steps = STEPS[(format - OLDEST) as usize..].concat();
    if steps.is_empty() {
        return Ok(());
    }
    connection.execute_batch(&format!("BEGIN IMMEDIATE; {steps} PRAGMA user_version = {FORMAT}; COMMIT;"))
}

fn ready(path: &Path, connection: &Connection) -> Result<()> {
    connection.set_prepared_statement_cache_capacity(64);
    connection.busy_timeout(Duration::from_secs(20)).map_err(|error| explain(path, error))
}

/// Refuses what is not ours, or of a format that is not read; gives the format.
fn verify(path: &Path, connection: &Connection) -> Result<u32> {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = number("application_id").map_err(|error| explain(path, error))?;
    let format = number("user_version").map_err(|error| explain(path, error))?;
    let version =
        |message: String, hint: &str| Err(Error::new(ErrorKind::CorpusVersion, message).at(path).hint(hint.to_owned()));
    if application == 0 && format == 0 {
        let tables = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
        if tables.map_err(|error| explain(path, error))? == 0 {
            return Err(Error::new(ErrorKind::NoCorpus, "the corpus was not finished when it was made")
                .at(path)
                .hint("run `newsdex ingest PATH…` to make it"));
        }
    }
    if application != APPLICATION_ID {
        return version(
            "this SQLite database is not a newsdex corpus".to_owned(),
            "name another folder with `--home DIR`, or move the file away",
        );
    }
    if format > i64::from(FORMAT) {
        return version(
            format!("the corpus has format `{format}`, this newsdex reads format `{FORMAT}`"),
            "use the newer newsdex that wrote it",
        );
    }
    if format < i64::from(OLDEST) {
        return version(
            format!("the corpus has the old format `{format}`, this newsdex reads format `{FORMAT}`"),
            "export with the older newsdex that wrote it, move `corpus/` away and ingest again",
        );
    }
    Ok(u32::try_from(format).unwrap_or(FORMAT))
}

/// Says that the database is damaged, and the way out.
pub(super) fn damaged(path: &Path, what: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::CorpusDamaged, format!("the corpus is damaged: {what}")).at(path).hint(
        "put back a copy of `corpus/`, or save what can be read into a new home with `newsdex check --salvage DIR`; \
         where not even that opens it, `sqlite3 newsdex.db .recover` may",
    )
}

/// Puts a failure of SQLite into our words.
pub(super) fn explain(path: &Path, error: rusqlite::Error) -> Error {
    let said = error.to_string().to_lowercase();
    let built = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(path, &said),
        Some(ErrorCode::DiskFull) => Error::io(path, std::io::ErrorKind::StorageFull.into()),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::new(ErrorKind::Locked, "another program holds the corpus")
                .at(path)
                .hint("close the SQLite tool that has it open, then run the command again")
        }
        Some(ErrorCode::ReadOnly) => {
            Error::new(ErrorKind::Io, "the corpus cannot be written: the file or its folder is read-only")
                .at(path)
                .hint("copy the home to a place you may write to, or name another with `--home DIR`")
        }
        Some(ErrorCode::CannotOpen) => {
            Error::new(ErrorKind::Io, "the corpus cannot be opened").at(path).hint("check the rights of the folder")
        }
        Some(ErrorCode::SystemIoFailure) if full(&error) => Error::io(path, std::io::ErrorKind::StorageFull.into()),
        Some(ErrorCode::SystemIoFailure) => Error::new(ErrorKind::Io, format!("the disk failed: {said}"))
            .at(path)
            .hint("look at the disk, and whether a limit on the size of files was met (`ulimit -f`)"),
        // A column of another type than we write, a missing table, text that is not UTF-8.
        _ => damaged(path, &said),
    };
    built.because(error)
}

/// Whether an input or output error of SQLite is a full disk in disguise: the log's index is a mapped file, and
/// growing it on a full disk fails with these codes instead of `SQLITE_FULL`.
fn full(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map_or(0, |error| error.extended_code);
    code == ffi::SQLITE_IOERR_SHMSIZE || code == ffi::SQLITE_IOERR_SHMOPEN
}
