//! SQLite FTS5 as a peer: the same articles with its English stemming, the same queries, the best ten with their text.

use std::path::Path;

use rusqlite::{Connection, params};

/// Opens the peer's database in `folder`, filled from `articles` if it is not there.
pub(crate) fn open(folder: &Path, articles: impl Iterator<Item = (String, String)>) -> Connection {
    let file = folder.join("fts5.db");
    let there = file.exists();
    let mut database = Connection::open(&file).expect("the peer's database");
    if there {
        return database;
    }
    database
        .execute_batch("CREATE VIRTUAL TABLE articles USING fts5(title, text, tokenize = 'porter unicode61')")
        .expect("SQLite was built with FTS5");
    let filling = database.transaction().expect("a transaction");
    let mut insert = filling.prepare("INSERT INTO articles VALUES (?1, ?2)").expect("a statement");
    for (title, text) in articles {
        insert.execute(params![title, text]).expect("the peer takes an article");
    }
    drop(insert);
    filling.commit().expect("the peer commits");
    database.execute_batch("INSERT INTO articles(articles) VALUES ('optimize')").expect("the peer merges");
    database
}

/// The query in FTS5's language: kind 0 is a word, 1 OR, 2 AND, 3 a phrase.
pub(crate) fn typed(kind: usize, words: &[String]) -> String {
    let quoted = |word: &String| format!("\"{word}\"");
    match kind {
        1 => words.iter().map(quoted).collect::<Vec<_>>().join(" OR "),
        3 => quoted(&words.join(" ")),
        _ => words.iter().map(quoted).collect::<Vec<_>>().join(" AND "),
    }
}

/// Bytes of the best ten, ranked by BM25.
pub(crate) fn search(database: &Connection, typed: &str) -> usize {
    let mut statement = database
        .prepare_cached("SELECT title, text FROM articles WHERE articles MATCH ?1 ORDER BY rank LIMIT 10")
        .expect("a statement");
    let rows = statement.query_map([typed], |row| Ok(row.get::<_, String>(0)?.len() + row.get::<_, String>(1)?.len()));
    rows.expect("an answer").map(|row| row.expect("a row")).sum()
}
