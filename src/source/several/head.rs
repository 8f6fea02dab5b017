//! The head that a document has among others in one text: labelled fields, or a headline over a byline and a day.

use crate::model::Field;
use crate::source::Options;
use crate::source::exports::is_date;
use crate::source::fields::Role;

/// What stands above a text.
pub struct Head<'t> {
    /// Where it ends.
    pub end: usize,
    /// The label that it begins with; none where it has no labels.
    label: &'t str,
    title: &'t str,
    date: &'t str,
    url: &'t str,
}

impl Head<'_> {
    /// Whether it tells a headline.
    pub fn is_titled(&self) -> bool {
        !self.title.is_empty()
    }

    /// Whether it tells a day of a month or an address.
    pub fn is_placed(&self) -> bool {
        let numbers = self.date.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).count();
        !self.url.is_empty() || numbers >= 2
    }

    /// Whether both are of one form, as heads are that one hand wrote.
    pub fn is_like(&self, other: &Head<'_>) -> bool {
        self.label.eq_ignore_ascii_case(other.label) && self.is_titled() == other.is_titled()
    }

    /// Whether a part begins with the label that this head begins with, and that is a headline's.
    pub fn begins_with_title(&self, part: &str, options: &Options) -> bool {
        let line = part.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
        let own = line.trim_start().get(..self.label.len()).is_some_and(|start| start.eq_ignore_ascii_case(self.label));
        own && is_title(line, options)
    }

    /// Whether both are heads of one document. `Weather` of today and `Weather` of tomorrow are not.
    pub fn is_same(&self, other: &Head<'_>) -> bool {
        self.is_titled() && (self.title, self.date, self.url) == (other.title, other.date, other.url)
    }
}

/// A head of labelled fields: a headline, a day, an address or a name, two of these at the least.
pub fn head<'t>(text: &'t str, options: &Options) -> Option<Head<'t>> {
    let mut fields: Vec<Field> = Vec::new();
    let mut head = Head { end: 0, label: "", title: "", date: "", url: "" };
    let mut at = 0;
    for line in text.split_inclusive('\n').take(60) {
        at += line.len();
        let plain = line.trim();
        let goes_on = line.starts_with([' ', '\t']) || plain.starts_with("- ");
        if plain.is_empty() || plain == "---" {
            continue;
        }
        if goes_on && !fields.is_empty() {
            head.end = at;
            continue;
        }
        // Markdown's headings are headlines.
        if let Some(title) = plain.strip_prefix('#').map(|rest| rest.trim_start_matches('#').trim())
            && fields.is_empty()
            && !title.is_empty()
        {
            (head.title, head.label, head.end) = (title, "#", at);
            fields.push(Field::Title);
            continue;
        }
        match label(line, options) {
            Some((Role::Claim(field), value)) => {
                let slot = match field {
                    Field::Title => Some(&mut head.title),
                    Field::Published => Some(&mut head.date),
                    Field::Url => Some(&mut head.url),
                    _ => None,
                };
                if let Some(slot) = slot.filter(|slot| slot.is_empty()) {
                    *slot = value;
                }
                if fields.is_empty() {
                    head.label = plain.split(':').next().unwrap_or("").trim();
                }
                if !fields.contains(&field) {
                    fields.push(field);
                }
                head.end = at;
            }
            // The text begins on the line of its label.
            Some((Role::Body | Role::Html | Role::Summary, value)) if !fields.is_empty() => {
                head.end = at - line.len() + line.find(value).unwrap_or(0);
                break;
            }
            Some(_) => head.end = at,
            None => break,
        }
    }
    let own = |field: &Field| matches!(field, Field::Title | Field::Published | Field::Url | Field::Author);
    // A box with a title and an author may be that of a book reviewed.
    let placed = fields.iter().any(|field| matches!(field, Field::Published | Field::Url));
    (placed && fields.iter().filter(|field| own(field)).count() >= 2).then_some(head)
}

/// A head without labels, as a clipping has it: a headline, and below it who wrote it and the day, in either order.
pub fn unlabelled(text: &str) -> Option<Head<'_>> {
    let mut rows = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n').take(12) {
        at += line.len();
        if !line.trim().is_empty() {
            rows.push((line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}'), at));
        }
        if rows.len() == 3 {
            break;
        }
    }
    let [(title, _), (second, _), (third, end)] = rows[..] else { return None };
    let date = [(second, third), (third, second)]
        .into_iter()
        .find_map(|(by, day)| (is_byline(by) && is_date(day)).then_some(day))?;
    let words = title.split_whitespace().count();
    let headline = (2..=25).contains(&words)
        && title.chars().count() <= 160
        && !title.ends_with(['.', ',', ';', ':'])
        && !is_byline(title)
        && !is_date(title);
    headline.then_some(Head { end, label: "", title, date, url: "" })
}

/// `By Ada Quill`, in some languages.
fn is_byline(line: &str) -> bool {
    let Some((opener, name)) = line.split_once(' ') else { return false };
    let opens =
        ["by", "von", "par", "por", "di", "door", "av", "af"].iter().any(|word| opener.eq_ignore_ascii_case(word));
    opens && line.len() <= 100 && name.trim().starts_with(char::is_uppercase) && !line.ends_with(['.', '!', '?', ':'])
}

/// Whether a line tells a headline by its label, and is no question put by `Title:`.
pub fn is_title(line: &str, options: &Options) -> bool {
    let told = label(line, options);
    told.is_some_and(|(role, value)| role == Role::Claim(Field::Title) && !value.is_empty() && !value.ends_with('?'))
}

/// What a line with a label says.
pub fn label<'t>(line: &'t str, options: &Options) -> Option<(Role, &'t str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    // A word before a colon begins many a sentence.
    let shaped = !name.is_empty() && name.len() <= 30 && name.split_whitespace().count() <= 3;
    // Lines of a mail that was handed on.
    let of_mail = ["subject", "from", "to", "sent", "cc"].iter().any(|word| name.eq_ignore_ascii_case(word));
    if !shaped || of_mail || value.starts_with("//") {
        return None;
    }
    options.map.role(name).map(|role| (role, value.trim()))
}
