//! Days on lines beside the text, where nothing else dates it: above it, before its first words, or as its signature.
//!
//! Articles are full of days that something happens on, so that a line tells the day of publication only by its shape: a
//! day alone, a place or a name and a day (`Orlen, 27 June 2025`), or a day behind a word for publishing. No day is better
//! than a wrong one.

use super::super::dates::{self, Context};
use super::{Claims, MAX_LINE};
use crate::clean::draft::{Draft, Piece};
use crate::clean::footers::tells_of_a_work;
use crate::clean::metadata::folded;
use crate::model::{BlockKind, Claim, DateClaim, Field, Precision};

/// A day on a short line of its own above the text.
pub(super) fn above(claims: &Claims, draft: &Draft, page: bool, context: &Context) -> Option<DateClaim> {
    if let Some(date) = leading(draft, context) {
        return Some(date);
    }
    // The pieces of a page begin with its menus, and its lines are those of a template.
    if page { among_chrome(claims, draft, context) } else { below_headline(draft, context) }
}

/// The head of a mail further down tells of the mail.
fn is_mail(piece: &Piece) -> bool {
    piece.removed.as_ref().is_some_and(|removal| removal.rule == "header.mail")
}

fn told(found: &str, date: DateClaim) -> Option<DateClaim> {
    (date.day.year() >= dates::OLDEST).then(|| DateClaim { found: found.to_owned(), ..date })
}

fn is_text(piece: &Piece) -> bool {
    piece.kept()
        && (piece.text.len() > MAX_LINE || piece.text.trim_end().ends_with(['.', '!', '?', '…', '”', '"', '。']))
}

/// A line between the headline and the text of a document that is not a page.
fn below_headline(draft: &Draft, context: &Context) -> Option<DateClaim> {
    /// Headline, deck and byline.
    const BEFORE: usize = 3;
    /// Longest deck, in bytes.
    const DECK: usize = 220;
    let pieces = &draft.pieces;
    let mut before = 0;
    for (n, piece) in pieces.iter().enumerate() {
        if let Some(date) = shape(&piece.text, context).filter(|_| !is_mail(piece)) {
            let text = pieces[n + 1..].iter().any(is_text);
            return if text && !is_chronicle(draft, context) { told("line above the text", date) } else { None };
        }
        before += usize::from(piece.kept());
        if before > BEFORE || piece.kept() && piece.text.len() > DECK {
            return None;
        }
    }
    None
}

/// Whether several days head parts of the text: a diary, a chronicle, a list of what is on.
fn is_chronicle(draft: &Draft, context: &Context) -> bool {
    let kept = draft.pieces.iter().filter(|piece| piece.kept() && may_date(&piece.text));
    let mut days = kept.filter_map(|piece| dates::whole(&piece.text, context)).map(|date| date.day);
    days.next().is_some_and(|first| days.any(|day| day != first))
}

fn may_date(line: &str) -> bool {
    line.len() <= MAX_LINE && line.bytes().any(|byte| byte.is_ascii_digit())
}

/// A line among those of a template above the text of a page.
fn among_chrome(claims: &Claims, draft: &Draft, context: &Context) -> Option<DateClaim> {
    /// Pieces that are looked at, and the length of one that is text already, in bytes.
    const PIECES: usize = 12;
    const TEXT: usize = 220;
    /// So many pieces are the top of a page.
    const TOP: usize = 2;
    let mut text = 0;
    let mut before = "";
    let first = draft.pieces.iter().position(Piece::kept).unwrap_or(0);
    let last = draft.pieces.iter().rposition(Piece::kept);
    // What stands above the headline, but right before it, is today's date.
    let headline = draft.pieces.iter().take(first + 1).rposition(|piece| is_headline(claims, piece)).unwrap_or(0);
    let from = first.saturating_sub(PIECES / 2).max(if headline > TOP { headline - 1 } else { headline });
    let pieces = draft.pieces.iter().enumerate().skip(from).take(PIECES);
    for (n, piece) in pieces.filter(|(_, piece)| !is_mail(piece)) {
        text += if piece.kept() && piece.text.len() > MAX_LINE { piece.text.len() } else { 0 };
        if text > TEXT {
            return None;
        }
        // `Date of birth` may stand in a cell of its own.
        let life = before.len() <= MAX_LINE && dates::of_a_life(before);
        before = &piece.text;
        let line = piece.text.as_str();
        let below = n > first && Some(n) == last;
        // The day under a picture is the picture's.
        let caption = piece.removed.as_ref().is_some_and(|removal| removal.rule == "page.caption")
            || piece.place.contains("caption");
        // `— Ida Holm (@idaholm) May 6, 2024`: a post of another site has a day of its own.
        let quoted = line.contains("(@") || piece.place.contains("blockquote");
        if may_date(line)
            && !below
            && !caption
            && !quoted
            && !life
            && !dates::of_a_life(line)
            && !dates::in_a_sentence(line)
            && !announces(line)
            && !labels_another_day(line)
            && !(n > first && piece.kept() && is_chronicle(draft, context))
        {
            let days = dates::find(line, context);
            if let [date] = days.as_slice()
                && date.is_sure()
            {
                return told("line above the text", date.clone());
            }
        }
    }
    None
}

/// Whether a piece is the headline of its page: one that its titles have too, if there are any beside the headings.
fn is_headline(claims: &Claims, piece: &Piece) -> bool {
    let removed = piece.removed.as_ref().is_some_and(|removal| removal.rule == "page.headline");
    if !removed && piece.kind != BlockKind::Heading {
        return false;
    }
    let text = folded(&piece.text);
    let titles = || claims.all(Field::Title).filter(|claim| !claim.found.starts_with("jsonld:other"));
    let named = |claim: &&Claim| claim.found != "html:h1";
    let any = titles().any(|claim| named(&claim));
    !text.is_empty() && titles().filter(|claim| !any || named(claim)).any(|claim| folded(&claim.value).contains(&text))
}

/// The day the first paragraph opens with: `29.11.2022 – The council of Orlen …`. Where others do too, it is a chronicle.
fn leading(draft: &Draft, context: &Context) -> Option<DateClaim> {
    /// Paragraphs that may open with the day: a standfirst comes before the first.
    const LEADS: usize = 4;
    let mut led = draft.pieces.iter().filter(|piece| piece.kept()).map(|piece| led_by(piece, context));
    let date = led.by_ref().take(LEADS).find_map(|date| date)?;
    let others = led.take(LEADS).flatten().any(|other| other.day != date.day);
    if others { None } else { told("line above the text", date) }
}

fn led_by(piece: &Piece, context: &Context) -> Option<DateClaim> {
    let led = piece.text.split([' ', '\u{a0}']).take(4).map(str::len).sum::<usize>();
    let dash = piece.text.find(" – ").or(piece.text.find(" — ")).filter(|&at| at <= led + 4)?;
    dates::whole(piece.text.get(..dash)?, context).filter(|date| date.is_sure() && date.precision >= Precision::Day)
}

/// The place and date that a text is signed with in its last line: `Ida Holm, Orlen, 27 June 2025`.
pub(super) fn below(draft: &Draft, context: &Context) -> Option<DateClaim> {
    let last = draft.pieces.iter().rposition(Piece::kept)?;
    draft.pieces[..last].iter().any(is_text).then_some(())?;
    // A short last line may have been taken for chrome.
    // Below another heading begins another story.
    let mut lines = draft.pieces.get(last..)?.iter().take(3).take_while(|piece| piece.kind != BlockKind::Heading);
    let date = lines.find_map(|piece| shape(&piece.text, context))?;
    // A letter or a document from years before the text is quoted by it.
    let years = || draft.pieces[..last].iter().filter(|piece| piece.kept()).flat_map(|piece| years(&piece.text));
    let now = context.now.map_or(i16::MAX, |now| jiff::tz::Offset::UTC.to_datetime(now).year());
    let later = || years().any(|year| (date.day.year() + 2..=now).contains(&year));
    if is_chronicle(draft, context) || later() { None } else { told("line below the text", date) }
}

/// The years that a text names.
fn years(text: &str) -> impl Iterator<Item = i16> + '_ {
    let words = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    words.filter_map(|digits| digits.parse().ok()).filter(|year| (dates::OLDEST..2100).contains(year))
}

/// The day of a line that is a day and nothing else, or has nothing before it but names, as a dateline has, or a word for
/// publishing.
pub(super) fn shape(line: &str, context: &Context) -> Option<DateClaim> {
    let line = line.trim().trim_matches(['(', ')', '[', ']', '*', '_', '—', '–', ' ']);
    if !may_date(line) || dates::of_a_life(line) || line.ends_with(['!', '?']) {
        return None;
    }
    let starts =
        std::iter::once(0).chain(line.match_indices([' ', '，', '、', '：', ':']).map(|(at, mark)| at + mark.len()));
    let (at, date) =
        starts.take(12).find_map(|at| Some((at, dates::whole(line[at..].trim_end_matches('.'), context)?)))?;
    let (before, day) = line.split_at(at);
    // Words for publishing may be read as part of the date.
    let opens = |word: &str| {
        let word = word.trim_end_matches([',', '.']);
        word.starts_with(|c: char| c.is_ascii_digit()) || dates::is_month(word) || dates::is_weekday(word)
    };
    let label = day.split_whitespace().take_while(|word| !opens(word)).collect::<Vec<_>>().join(" ");
    let fits = match before.trim() {
        "" => (label.is_empty() && !line.ends_with('.') || is_label(&label)) && ends_as_day(day),
        before => {
            let between = label.is_empty() || BETWEEN.contains(&label.as_str());
            between && (is_label(before) || is_origin(before)) && ends_as_day(day)
        }
    };
    (fits && date.is_sure() && date.precision >= Precision::Day).then_some(date)
}

/// Whether a line says more than when it was published and by whom: `The unfinished bridge, pictured on 12 March 2024`.
pub(super) fn reads_on(line: &str) -> bool {
    /// So many words written small, and so long, are prose.
    const PROSE: usize = 3;
    const LONG: usize = 4;
    let words = line.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= LONG);
    let said = |word: &&str| word.starts_with(char::is_lowercase) && !dates::is_month(word) && !dates::is_weekday(word);
    let labelled = || folded(line).split(' ').any(is_label);
    words.filter(said).count() >= PROSE && !labelled()
}

/// Whether a day in the scripts that write no spaces has no more words behind it: `2025年7月4日公开` says that something opens.
fn ends_as_day(day: &str) -> bool {
    let last = day.trim_end_matches([')', '）', ' ']).chars().next_back();
    !day.contains(['年', '년'])
        || last.is_some_and(|c| {
            c.is_ascii_digit() || matches!(c, '日' | '号' | '號' | '時' | '时' | '分' | '일' | '시' | '분')
        })
}

/// Whether words say that what follows is when something was published.
fn is_label(words: &str) -> bool {
    const LABELS: &str = "published|published on|first published|first published on|originally published|posted|posted on|updated|\
        updated on|last updated|last updated on|uploaded|uploaded on|veroffentlicht|veroffentlicht am|erschienen|\
        erschienen am|aktualisiert|aktualisiert am|publie|publie le|paru le|mis en ligne|mis en ligne le|\
        mis a jour le|publicado|publicado el|publicado em|actualizado|actualizado el|atualizado em|pubblicato|\
        pubblicato il|aggiornato il|gepubliceerd|gepubliceerd op|bijgewerkt|publicerad|publicerat|uppdaterad|\
        publisert|oppdatert|publiceret|opdateret|julkaistu|opublikowano|zaktualizowano|publikovano|опубликовано|\
        обновлено|опубліковано|оновлено";
    let said = folded(words);
    LABELS.split('|').any(|label| label == said)
}

/// What stands between place and day.
const BETWEEN: &[&str] = &["den", "le", "el", "am", "on", "il", "em", "the", "a", "dne", "dnia"];

/// Whether words are who signs and where, parted by a comma or its like: `Ida Holm, Orlen`, `Orlen, den`.
fn is_origin(words: &str) -> bool {
    const MARKS: [char; 9] = [',', '，', '、', '|', '·', '•', '/', '–', '—'];
    const SMALL: &[&str] =
        &["de", "del", "la", "le", "da", "do", "di", "du", "van", "von", "der", "den", "am", "an", "im", "y", "e"];
    let spaced = words.strip_suffix(" -").map_or(words, |head| head.trim_end());
    let dashed = spaced.len() < words.len();
    let head = spaced.rsplit_once(' ').filter(|(head, word)| BETWEEN.contains(word) && head.ends_with(MARKS));
    let head = head.map_or(spaced, |(head, _)| head);
    let name = |word: &str| {
        let mut chars = word.trim_matches(['.', '(', ')', '*']).chars();
        let first = chars.next();
        // Scripts without case are short.
        first.is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase() && word.chars().count() <= 6)
            && !word.chars().any(|c| c.is_numeric())
            || SMALL.contains(&word)
    };
    let segments: Vec<&str> = head.split(MARKS).map(str::trim).filter(|segment| !segment.is_empty()).collect();
    let fits = |segment: &&str| {
        let mut words = segment.split_whitespace();
        segment.split_whitespace().count() <= 4
            && words.all(name)
            && !segment.ends_with(['.', ':', ';', '!', '?'])
            && segment.chars().next().is_some_and(|c| !c.is_lowercase())
    };
    (dashed || head.contains(MARKS))
        && (1..=3).contains(&segments.len())
        && segments.iter().all(fits)
        && !announces(words)
}

/// Whether a line with a day tells of something else than the article: it opens with a label for what happens on that day,
/// `When: 4 March 2025`, `Deadline: 15 August 2025`, or names what only a book or a film has.
pub(in crate::clean) fn labels_another_day(line: &str) -> bool {
    /// Longest label, in words.
    const LABEL: usize = 4;
    const WHEN: &str = "when|wann|quand|cuando|quando|wanneer|nar|kiedy|kdy|когда|коли";
    let Some((label, _)) = line.split_once([':', '：']) else { return tells_of_a_work(line) };
    let label = label.trim();
    let short = label.split_whitespace().count() <= LABEL && !label.bytes().any(|byte| byte.is_ascii_digit());
    short && (announces(label) || WHEN.split('|').any(|word| folded(label) == word)) || tells_of_a_work(line)
}

/// Whether a line says what happens on the day it names: `Town Museum, until 14 September 2025`, `Deadline 15 August 2025`.
fn announces(line: &str) -> bool {
    const WORDS: &str = "due|until|till|through|resumes|ends|starts|start|begins|cinemas|cinema|deadline|hearing|trial|verdict|\
        sentencing|final|finale|premiere|premieres|opens|opening|closes|closing|launch|launches|expires|expiry|valid|\
        tickets|concert|doors|kickoff|meeting|election|vote|voting|filed|dated|born|died|funeral|burial|runs|bis|seit|\
        frist|kinostart|erscheint|beginnt|beginn|endet|termin|prozess|urteil|gultig|jusqu|jusquau|audience|sortie|\
        salles|prochaine|debut|proces|hasta|desde|estreno|inicio|audiencia|juicio|plazo|uscita|scadenza|estreia|prazo|\
        vanaf|premiar|premiera|премьера|заседание|суд|срок";
    folded(line).split(' ').any(|word| WORDS.split('|').any(|known| known == word))
}
