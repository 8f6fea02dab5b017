//! Cancellations without a text: of an article that is here, and of one that is still to come.
//!
//! Wire services send an item and its cancellation as files of their own, and files are read in any order. A cancellation
//! that finds no article, and names it by what no other has, is remembered among the settings, under [`NAME`] and the id of what it withdraws: a table for it
//! would be another format of the database, which an older newsdex refuses.

use std::sync::atomic::Ordering;

use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::articles::cached;
use super::identity::is_named;
use super::pack::{Packed, Packer, article_plain, fill_document, prefix};
use super::store::Batch;
use super::write::{Incoming, Outcome};
use super::{Corpus, Writer};
use crate::error::Result;
use crate::model::{Article, ArticleId, DateClaim, Document, Note, Reason, Rejection};

/// What the name of such a setting begins with.
const NAME: &str = "withdrawn: ";

/// A cancellation that came before what it withdraws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Withdrawal {
    /// Where it stood.
    origin: String,
    /// The version it is of: when it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<DateClaim>,
}

/// Whether an article is a cancellation without a word of its own.
pub(super) fn is_bare(article: &Article) -> bool {
    article.flags.withdrawn && article.text.is_empty()
}

impl Withdrawal {
    fn of(cancellation: &Article, origin: &crate::model::Origin) -> Self {
        let at = cancellation.updated.clone().or_else(|| cancellation.published.clone());
        Self { origin: origin.to_string(), at: at.filter(DateClaim::is_sure) }
    }

    /// Whether it withdraws `article`, which has the id. What was sent later is a new text, which its publisher lets stand;
    /// where no time tells which came first it is withdrawn, since what is withdrawn in error can be seen to be, and what
    /// should be and is not does harm.
    fn withdraws(&self, article: &Article) -> bool {
        let sent = article.updated.as_ref().or(article.published.as_ref()).filter(|date| date.is_sure());
        !self.at.as_ref().zip(sent).is_some_and(|(at, sent)| is_later(sent, at))
    }

    /// Writes it down, in the place of an earlier one.
    pub(super) fn keep(&self, corpus: &Corpus, connection: &Connection, id: &str) -> Result<()> {
        // Plain data: writing it as JSON cannot fail.
        let value = serde_json::to_string(self).unwrap_or_default();
        let sql = "INSERT OR REPLACE INTO settings (name, value) VALUES (?1 || ?2, ?3)";
        corpus.run(|| cached(connection, sql)?.execute([NAME, id, &value]))?;
        Ok(())
    }

    /// The article, withdrawn.
    fn applied(&self, article: &Article, when: &str) -> Article {
        let mut article = article.clone();
        article.flags.withdrawn = true;
        article.updated = self.at.clone().or(article.updated);
        article.notes.push(Note(format!("its publisher withdrew it {when} (`{}`)", self.origin)));
        article
    }
}

/// What a note says of an article that was withdrawn before it was here.
const BEFORE: &str = "before it came";

/// The further texts of an item of NewsML 1 are named by the item and a number: `urn:newsml:…#2`. Gives the name of the
/// item, of such a name.
fn item_of(article: &Article) -> Option<&str> {
    let guid = article.provenance.guid.as_ref().filter(|guid| guid.found.starts_with("newsml:"))?;
    let (item, number) = guid.value.rsplit_once('#')?;
    number.bytes().all(|b| b.is_ascii_digit()).then_some(item)
}

/// So many texts an item may have.
const MOST_PARTS: usize = 64;

/// Whether `a` is surely later than `b`.
fn is_later(a: &DateClaim, b: &DateClaim) -> bool {
    match (a.instant, b.instant) {
        (Some(a), Some(b)) => a > b,
        _ => a.days().0 > b.days().1,
    }
}

/// Says that a cancellation found nothing to withdraw. A name that nobody vouches for is another agency's as often as not:
/// what comes under it later is not withdrawn.
fn unanswered(article: &Article, origin: &crate::model::Origin) -> Rejection {
    let mut detail = match &article.provenance.guid {
        Some(guid) => format!("its publisher withdraws `{}`, and no article here came so named", guid.value),
        None => "withdrawn by its publisher, and there is no article here to withdraw".to_owned(),
    };
    if is_named(article) {
        detail.push_str("; one that comes is withdrawn at once");
    }
    Rejection { origin: origin.clone(), reason: Reason::Withdrawn, detail, claims: Vec::new() }
}

impl Packed {
    /// The same document with another outcome. Its original is packed anew: it was compressed against the article that it
    /// no longer stands beside, and could never be unpacked again.
    pub(super) fn become_of(&mut self, packer: &Packer, outcome: Result<Article, Rejection>) {
        let Ok(old) = &self.outcome else { return };
        let mut document = Document {
            origin: self.document.origin.clone(),
            media: self.document.media,
            raw: Vec::new(),
            payload: None,
            claims: Vec::new(),
            fetched: self.document.fetched,
            notes: Vec::new(),
        };
        let against = prefix(&old.article.title, &article_plain(&old.article));
        if fill_document(&mut document, &self.document.content, self.document.raw_bytes, &against).is_none() {
            return;
        }
        let incoming = match outcome {
            Ok(article) => Incoming::Article { document, article: Box::new(article) },
            Err(rejection) => Incoming::Refused { document: Some(document), rejection },
        };
        if let Some(again) = packer.pack(vec![incoming]).pop() {
            *self = again;
        }
    }

    /// Says of a cancellation that nothing here is named so. For a dry run, which stores nothing.
    pub(crate) fn unanswered(&self) -> Option<Rejection> {
        let article = self.article().filter(|article| is_bare(article))?;
        Some(unanswered(article, self.origin()))
    }
}

impl Writer {
    /// A cancellation without a text, of an article that is not here: it is listed as refused, and remembered if its name is
    /// of this one article in all the world.
    pub(super) fn await_withdrawn(&self, open: &mut Batch<'_>, packed: &mut Packed) -> Result<Outcome> {
        let Ok(article) = &packed.outcome else { return Ok(Outcome::Rejected) };
        let article = &article.article;
        let withdrawal = Withdrawal::of(article, packed.origin());
        let before = open.withdrawal(article.id.as_str())?;
        let later = |before: &Withdrawal| match (&before.at, &withdrawal.at) {
            (Some(before), Some(now)) => is_later(now, before),
            (None, now) => now.is_some(),
            (Some(_), None) => false,
        };
        if is_named(article) && before.as_ref().is_none_or(later) {
            open.remember(article.id.as_str(), &withdrawal)?;
        }
        let rejection = unanswered(article, packed.origin());
        packed.become_of(&self.packer, Err(rejection.clone()));
        open.reject(&packed.document, &rejection)
    }

    /// A new article. If its publisher has withdrawn it already, it becomes that at once: its second version is withdrawn.
    pub(super) fn add_or_withdraw(&self, open: &mut Batch<'_>, packed: &mut Packed) -> Result<Outcome> {
        let Ok(article) = &mut packed.outcome else { return Ok(Outcome::Rejected) };
        let withdrawal = if self.as_stored || article.article.flags.withdrawn {
            None
        } else {
            open.withdrawal_of(&article.article)?.filter(|kept| kept.withdraws(&article.article))
        };
        let key = open.add(article, &packed.document)?;
        if let Some(withdrawal) = withdrawal
            && let Some(known) = open.by_key(key)?
        {
            *article = self.packer.pack_article(withdrawal.applied(&article.article, BEFORE));
            open.update(&known.stored, article, known.document)?;
        }
        Ok(Outcome::Added { key })
    }

    /// Who takes back an item of NewsML takes back all its texts, of which the cancellation itself names the first only.
    pub(super) fn withdraw_parts(&self, open: &mut Batch<'_>, packed: &Packed) -> Result<()> {
        let Some(article) = packed.article().filter(|article| article.flags.withdrawn && !self.as_stored) else {
            return Ok(());
        };
        let guid = article.provenance.guid.as_ref().filter(|guid| guid.found.starts_with("newsml:"));
        let Some(guid) = guid.filter(|_| item_of(article).is_none()) else { return Ok(()) };
        let withdrawal = Withdrawal::of(article, packed.origin());
        for number in 2..=MOST_PARTS {
            let id = ArticleId::of_guid("", &format!("{}#{number}", guid.value));
            let Some(known) = open.known(id.as_str())? else { break };
            if !known.stored.article.flags.withdrawn && withdrawal.withdraws(&known.stored.article) {
                let part = self.packer.pack_article(withdrawal.applied(&known.stored.article, "with its item"));
                open.remember(id.as_str(), &withdrawal)?;
                open.update(&known.stored, &part, known.document)?;
                self.beyond.store(true, Ordering::Relaxed);
            }
        }
        Ok(())
    }

    /// Whether articles changed since this was last asked of which no outcome told.
    pub(crate) fn changed_beyond(&self) -> bool {
        self.beyond.swap(false, Ordering::Relaxed)
    }

    /// Takes over what another corpus remembers.
    pub(super) fn put_withdrawals(&mut self, withdrawals: &[(String, String)]) -> Result<()> {
        withdrawals.iter().try_for_each(|(name, value)| self.set_setting(name, Some(value)))
    }
}

impl Corpus {
    /// What is remembered of an id; nothing where it was written by another program.
    pub(super) fn withdrawal(&self, connection: &Connection, id: &str) -> Result<Option<Withdrawal>> {
        let sql = "SELECT value FROM settings WHERE name = ?1 || ?2";
        let found: Option<String> =
            self.run(|| cached(connection, sql)?.query_row([NAME, id], |row| row.get(0)).optional())?;
        Ok(found.and_then(|value| serde_json::from_str(&value).ok()))
    }

    /// What is remembered of an article: by its id, or by that of the item it is a part of.
    pub(super) fn withdrawal_of(&self, connection: &Connection, article: &Article) -> Result<Option<Withdrawal>> {
        let own = self.withdrawal(connection, article.id.as_str())?;
        match item_of(article).filter(|_| own.is_none()) {
            Some(item) => self.withdrawal(connection, ArticleId::of_guid("", item).as_str()),
            None => Ok(own),
        }
    }

    /// Whether anything is remembered: far most corpora hold nothing of the kind.
    pub(super) fn awaits_withdrawn(&self, connection: &Connection) -> Result<bool> {
        // The sign behind a blank is the exclamation mark.
        let sql = "SELECT EXISTS (SELECT 1 FROM settings WHERE name >= ?1 AND name < rtrim(?1) || '!')";
        self.run(|| cached(connection, sql)?.query_row([NAME], |row| row.get(0)))
    }

    /// All that is remembered, as it stands among the settings.
    pub(super) fn withdrawals(&self) -> Result<Vec<(String, String)>> {
        let connection = self.lock();
        let sql = "SELECT name, value FROM settings WHERE name >= ?1 AND name < rtrim(?1) || '!' ORDER BY name";
        self.run(|| cached(&connection, sql)?.query_map([NAME], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
    }

    /// What today's rules made of the original of a withdrawn article, as it must stand: an original that was withdrawn
    /// by another document says nothing of it, and of a cancellation without a text the words of the article stay.
    pub(crate) fn still_withdrawn(&self, stored: &Article, again: Article) -> Result<Article> {
        if !stored.flags.withdrawn {
            return Ok(again);
        }
        if is_bare(&again) && !stored.text.is_empty() {
            return Ok(stored.clone());
        }
        let connection = self.lock();
        let kept = self.withdrawal_of(&connection, stored)?;
        let kept = kept.filter(|kept| !again.flags.withdrawn && kept.withdraws(&again));
        Ok(kept.map(|kept| kept.applied(&again, BEFORE)).unwrap_or(again))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_sent_after_its_cancellation_stands() {
        let at = |text: &str| DateClaim {
            instant: text.parse().ok(),
            ..DateClaim::day(text[..10].parse().unwrap(), "newsml-g2:versionCreated")
        };
        assert!(is_later(&at("2026-06-01T10:00:01Z"), &at("2026-06-01T10:00:00Z")));
        assert!(!is_later(&at("2026-06-01T10:00:00Z"), &at("2026-06-01T10:00:00Z")));
        assert!(is_later(&at("2026-06-02"), &at("2026-06-01T10:00:00Z")));
        assert!(!is_later(&at("2026-06-01"), &at("2026-06-01T10:00:00Z")), "of one day nobody can tell");
    }
}
