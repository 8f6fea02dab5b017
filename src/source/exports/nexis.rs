//! Nexis, old and new (Nexis Uni): outlet, date and title without labels, labelled fields, the text, labelled fields.

use super::Record;
use super::parts::{Part, is_date, is_length, is_rights, join, labelled, parts};
use crate::model::Field;

/// Whether a line is what stands behind each document in Nexis Uni, in the languages of the service.
pub fn is_end(line: &str) -> bool {
    matches!(
        line,
        "End of Document"
            | "Fin du document"
            | "Fin du Document"
            | "Ende des Dokuments"
            | "Dokumentende"
            | "Fin del documento"
            | "Fin del Documento"
            | "Einde van document"
            | "Einde van het document"
            | "Einde document"
            | "Fim do documento"
            | "Fine del documento"
            | "Fine documento"
    )
}

/// `1 of 250 DOCUMENTS`, `LEVEL 1 - 3 OF 12 STORIES`.
pub fn is_count(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    if let ["LEVEL", level, "-", number, "OF", all, "STORY" | "STORIES"] = words[..] {
        return [level, number, all].into_iter().all(is_number);
    }
    let [number, of, all, last] = words[..] else { return false };
    let named = last.chars().all(|c| c.is_uppercase())
        && (last.starts_with("DOCUMENT") || last.starts_with("DOKUMENT") || last == "RESULTS");
    is_number(number) && is_of(of) && is_number(all) && named
}

/// `Document 1 of 250`, which ProQuest writes too.
pub fn is_short_count(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, number, of, all] = words[..] else { return false };
    matches!(name, "Document" | "Dokument" | "Documento") && is_number(number) && is_of(of) && is_number(all)
}

/// Whether a text is one document of the old service without its count: a notice of rights or a day above labels in
/// capitals, of which one tells how many words there are.
pub fn is_single(text: &str) -> bool {
    let mut above: Vec<&str> = Vec::new();
    let (mut counted, mut told) = (false, false);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()).take(40) {
        match label(line, Some(true)) {
            Some((Meaning::Length, _, value)) if is_length(value) => counted = true,
            Some((Meaning::Head(Some(Field::Title)) | Meaning::Body, ..)) => told = true,
            Some(_) => {}
            None if counted || told => {}
            None if above.len() < 8 && line.len() <= 160 => above.push(line),
            None => return false,
        }
    }
    let dated = above.iter().any(|line| is_rights(line) || day(line).is_some());
    counted && told && dated
}

/// The day that a line tells, an edition perhaps behind it: `May 6, 1998, Wednesday, Late Edition - Final`.
fn day(line: &str) -> Option<&str> {
    if is_date(line) {
        return Some(line);
    }
    let of_edition = |text: &str| {
        let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        text.len() <= 60
            && words().any(|word| matches!(word.to_lowercase().as_str(), "edition" | "final" | "ausgabe" | "édition"))
    };
    line.rmatch_indices(',')
        .map(|(at, _)| (&line[..at], &line[at + 1..]))
        .take_while(|(_, behind)| behind.len() <= 60)
        .find(|(day, edition)| is_date(day) && of_edition(edition))
        .map(|(day, _)| day)
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || ".,'’".contains(c))
}

fn is_of(word: &str) -> bool {
    matches!(word, "of" | "von" | "sur" | "de" | "di" | "van")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// A field of the head.
    Head(Option<Field>),
    /// How many words: always in the head.
    Length,
    /// The text begins.
    Body,
    /// Stands in the head or in the foot, or in both.
    Either,
    /// A field of the foot.
    Foot(Option<Field>),
    /// A field of the foot of which further paragraphs may be (captions of pictures).
    LongFoot,
    /// A heading of Nexis Uni above parts of the foot.
    Heading,
}

/// Labels, in the languages of the service.
const LABELS: &[(&[&str], Meaning)] = &[
    (&["headline", "überschrift", "titre"], Meaning::Head(Some(Field::Title))),
    (
        &[
            "byline",
            "autor",
            "auteur",
            "auteurs",
            "autores",
            "autore",
            "autori",
            "signature",
            "verfasser",
            "auteur(s)",
            "autor(es)",
            "firma",
        ],
        Meaning::Head(Some(Field::Author)),
    ),
    (
        &["section", "rubrik", "ressort", "rubrique", "sección", "sectie", "rubriek", "sezione", "seção"],
        Meaning::Head(Some(Field::Section)),
    ),
    (&["dateline", "ort", "origine"], Meaning::Head(Some(Field::DatelinePlace))),
    (&["highlight", "abstract", "vorspann", "encart"], Meaning::Head(Some(Field::Summary))),
    (
        &["series", "type", "show", "host", "anchor", "anchors", "guest", "guests", "reporter", "slug", "distribution"],
        Meaning::Head(None),
    ),
    (
        &["length", "länge", "longueur", "longitud", "extensión", "lengte", "lunghezza", "comprimento", "extensão"],
        Meaning::Length,
    ),
    (&["body"], Meaning::Body),
    (&["transcript"], Meaning::Either),
    (
        &[
            "load-date",
            "update",
            "date-chargement",
            "date de chargement",
            "fecha-carga",
            "fecha de carga",
            "laad-datum",
            "laaddatum",
            "ladedatum",
            "data de carregamento",
            "data di caricamento",
        ],
        Meaning::Foot(Some(Field::Updated)),
    ),
    (&["language", "sprache", "langue", "idioma", "lenguaje", "taal", "lingua"], Meaning::Foot(Some(Field::Language))),
    (&["subject", "thema", "themen", "sujet", "tema"], Meaning::Foot(Some(Field::Tag))),
    (&["url", "web url"], Meaning::Foot(Some(Field::Url))),
    (&["acc-no"], Meaning::Foot(Some(Field::Guid))),
    (
        &[
            "publication-type",
            "type-publication",
            "type de publication",
            "tipo de publicación",
            "soort publicatie",
            "publicatietype",
            "code de la revue",
            "code du journal",
            "publikationstyp",
            "pub-type",
            "document-type",
            "journal-code",
            "journal code",
            "zeitungs-code",
            "code-revue",
            "company",
            "organization",
            "organisation",
            "ticker",
            "industry",
            "person",
            "personal",
            "geographic",
            "city",
            "state",
            "country",
            "region",
            "cross-reference",
            "classification",
            "doc-type",
            "publication-day",
            "isbn",
            "issn",
            "edition",
            "copyright",
        ],
        Meaning::Foot(None),
    ),
    (&["graphic", "grafik", "graphique", "gráfico"], Meaning::LongFoot),
    (&["notes", "correction-date"], Meaning::Foot(None)),
    (&["correction", "correction-text"], Meaning::Foot(Some(Field::CorrectionNote))),
];

/// Whether letters are capitals, as the labels of the old service are.
fn is_upper(label: &str) -> bool {
    !label.chars().any(char::is_lowercase)
}

/// The heading above the last fields.
fn is_classification(line: &str) -> bool {
    matches!(
        line,
        "Classification"
            | "Klassifikation"
            | "Klassifizierung"
            | "Clasificación"
            | "Classificatie"
            | "Classificação"
            | "Classificazione"
    )
}

/// A line with a label; `upper` says how labels are written, where that is known.
fn label(line: &str, upper: Option<bool>) -> Option<(Meaning, &str, &str)> {
    // Nexis Uni sets a heading of its own above the text and above what follows it.
    match line {
        "Body" | "BODY" | "Corps" | "CORPS" | "Haupttext" | "Hauptteil" | "Cuerpo" | "Hoofdtekst" | "Hoofdgedeelte"
        | "Corpo" => {
            return Some((Meaning::Body, line, ""));
        }
        _ if is_classification(line) => return Some((Meaning::Heading, line, "")),
        "Graphic" | "Notes" | "Graphique" | "Grafik" | "Gráfico" | "Grafiek" | "Hinweise" | "Notas" | "Notities" => {
            return Some((Meaning::Heading, line, ""));
        }
        "Link to Image" | "Link to PDF" => return Some((Meaning::Foot(None), line, "")),
        _ => {}
    }
    let (label, value) = labelled(line)?;
    let lower = label.to_lowercase();
    let (_, meaning) = LABELS.iter().find(|(names, _)| names.contains(&lower.as_str()))?;
    let cased = upper.is_none_or(|upper| upper == is_upper(label)) && label.starts_with(char::is_uppercase);
    cased.then_some((*meaning, label, value))
}

/// Reads one document.
pub fn read(piece: &str, out: &mut Record) {
    let lines: Vec<&str> = piece.lines().map(str::trim).filter(|line| !is_end(line)).collect();
    let length = |part: &Part<'_, Meaning>| matches!(part.label, Some((Meaning::Length, _)));
    // How the length is written tells how the labels are: a sentence of the text is not written so.
    let all = parts(&lines, |line| label(line, None));
    let upper = all.iter().find(|p| length(p) && is_length(&p.value)).and_then(|p| p.label.map(|(_, l)| is_upper(l)));
    let all = parts(&lines, |line| label(line, upper));

    let begin = head_end(&all, &lines);
    let end = foot(&all, &lines, begin).max(begin);
    let mut loose: Vec<&Part<'_, Meaning>> = Vec::new();
    for part in &all[..begin] {
        match part.label {
            Some((Meaning::Head(Some(field)), name)) => out.say_label(field, &part.value, name),
            Some(_) => {}
            None => loose.push(part),
        }
    }
    let mut lead = unlabelled(&loose, &lines, upper != Some(false), out);
    for part in &all[end..] {
        match part.label {
            Some((Meaning::Foot(Some(field)), name)) => out.say_label(field, &part.value, name),
            None if is_rights(&part.value) => out.say(Field::RightsNotice, &part.value, "Copyright"),
            _ => {}
        }
    }
    if begin < end {
        let (from, to) = (all[begin].lines.start, all[end - 1].lines.end);
        // The heading above the text may stand on its first line.
        let first = all[begin].label.filter(|(m, _)| *m == Meaning::Body).map(|_| all[begin].value.clone());
        let own = lines[from..to].iter().copied().skip(usize::from(first.is_some()));
        let own = own.filter(|line| !matches!(*line, "Link to Image" | "Link to PDF"));
        if first.is_some_and(|first| !first.is_empty()) {
            lead.push(lines[from].split_once(':').map_or("", |(_, rest)| rest.trim()).to_owned());
        }
        out.body = join(lead.iter().flat_map(|l| [l.as_str(), ""]).chain(own));
    } else {
        out.body = lead.join("\n\n");
    }
}

/// Where the head ends: behind `Body`, else behind the fields that stand together around the length.
fn head_end(all: &[Part<'_, Meaning>], lines: &[&str]) -> usize {
    // The head of a document is short; further down these words are the text's own.
    let near = all.len().min(40);
    // The edition may stand below the date, the outlet above it.
    let dated = |part: &Part<'_, Meaning>| {
        part.label.is_none() && lines[part.lines.clone()].iter().take(6).any(|line| day(line).is_some())
    };
    let is = |part: &Part<'_, Meaning>, wanted: Meaning| part.label.is_some_and(|(meaning, _)| meaning == wanted);
    if let Some(body) = all[..near].iter().position(|part| is(part, Meaning::Body)) {
        // Its own lines are the first of the text.
        return body;
    }
    let counted = all[..near].iter().position(|part| is(part, Meaning::Length) && is_length(&part.value));
    let first = counted.or_else(|| {
        let date = all[..near].iter().position(dated);
        let from = date.map_or(0, |date| date + 1);
        // Without a length: fields at most a title and an edition below the date.
        all[from.min(near)..near]
            .iter()
            .take(4)
            .position(|p| matches!(p.label, Some((Meaning::Head(_), _))))
            .map(|at| from + at)
    });
    let Some(first) = first else {
        // No field at all: outlet, date, title, text.
        let date = all[..near].iter().position(dated);
        return date.map_or(0, |date| (date + 2).min(all.len()));
    };
    let fields = all[first..].iter().take_while(|part| {
        matches!(part.label, Some((Meaning::Head(_) | Meaning::Either | Meaning::Length, _)))
            || part.label.is_none() && is_rights(&part.value)
    });
    first + fields.count()
}

/// Whether a part behind the last heading is a field, of those we know or another.
fn is_field(part: &Part<'_, Meaning>) -> bool {
    let labelled = |value: &str| {
        labelled(value)
            .is_some_and(|(label, _)| label.split_whitespace().count() <= 5 && label.starts_with(char::is_uppercase))
    };
    match part.label {
        Some((meaning, _)) => !matches!(meaning, Meaning::Body),
        None => is_rights(&part.value) || labelled(&part.value),
    }
}

/// Where the foot begins: fields that stand together at the end, captions of pictures and a notice of rights among them.
fn foot(all: &[Part<'_, Meaning>], lines: &[&str], begin: usize) -> usize {
    let mut loose = 0;
    // Above its own heading the foot has nothing but other headings and what stands below them.
    let headline = all.iter().rposition(|part| part.label.is_some_and(|(_, name)| is_classification(name)));
    let below = |at: &usize| *at >= begin && at + 1 < all.len() && all[at + 1..].iter().all(is_field);
    let mut start = headline.filter(below).unwrap_or(all.len());
    let mut headed = start < all.len();
    for (at, part) in all.iter().enumerate().take(start).skip(begin).rev() {
        match part.label {
            Some((Meaning::Heading, name)) if loose <= 4 => {
                headed |= is_classification(name);
                (start, loose) = (at, 0);
            }
            Some((Meaning::Foot(Some(Field::Updated)), _)) if loose == 0 && is_date(&part.value) => start = at,
            Some((Meaning::Foot(_) | Meaning::Either, _)) if loose == 0 && !headed => start = at,
            Some((Meaning::LongFoot, name)) if !headed && (loose == 0 || loose <= 3 && is_upper(name)) => {
                (start, loose) = (at, 0);
            }
            None if is_rights(&part.value) && loose == 0 && !headed => start = at,
            // Paragraphs that may belong to the field above them.
            None if loose < 4 && start < all.len() => loose += 1,
            _ => break,
        }
    }
    // A line within a paragraph begins nothing.
    while start < all.len() && start > begin {
        let from = all[start].lines.start;
        if from == 0 || lines[from - 1].is_empty() || start > 0 && all[start - 1].label.is_some() {
            break;
        }
        start += 1;
    }
    start
}

/// What stands above without label: in the old service outlet, date and then the title, in the new one title, outlet
/// and date. Gives what is none of these.
fn unlabelled(loose: &[&Part<'_, Meaning>], lines: &[&str], old: bool, out: &mut Record) -> Vec<String> {
    // Line by line, with the paragraph each stands in.
    let mut each: Vec<(usize, &str)> = Vec::new();
    for (paragraph, part) in loose.iter().enumerate() {
        for line in lines[part.lines.clone()].iter().filter(|line| !line.is_empty()) {
            if is_rights(line) {
                out.say(Field::RightsNotice, line, "Copyright");
            } else {
                each.push((paragraph, line));
            }
        }
    }
    // The new service may begin with a list of what follows, so there the last date counts.
    let dated = |(_, line): &(usize, &str)| day(line).is_some();
    let date = if old { each.iter().position(dated) } else { each.iter().rposition(dated) };
    let Some(date) = date else { return each.iter().map(|(_, line)| (*line).to_owned()).collect() };
    out.say(Field::Published, day(each[date].1).unwrap_or(each[date].1), "date");
    let paragraph = |number: usize| {
        let lines: Vec<&str> = each.iter().filter(|(p, _)| *p == number).map(|(_, line)| *line).collect();
        lines.join(" ")
    };
    if date > 0 {
        out.say(Field::Source, each[date - 1].1, "outlet");
    }
    let mut rest = Vec::new();
    let mut title = String::new();
    // What follows the date in its own paragraph is the edition.
    let mut below: Vec<usize> = each[date + 1..].iter().map(|(p, _)| *p).filter(|p| *p != each[date].0).collect();
    below.dedup();
    below.retain(|p| !is_edition(&paragraph(*p)));
    if old || date < 2 {
        let mut below = below.into_iter();
        title = below.next().map(paragraph).unwrap_or_default();
        rest.extend(below.map(paragraph));
    } else {
        rest.extend(below.into_iter().map(paragraph));
    }
    if title.is_empty() && date >= 2 {
        // The lines above the outlet, as far as they stand together.
        let last = each[date - 2].0;
        let above: Vec<&str> = each[..date - 1].iter().filter(|(p, _)| *p == last).map(|(_, line)| *line).collect();
        title = if above.len() > 4 { above[above.len() - 1].to_owned() } else { above.join(" ") };
    }
    out.say_ranked(1, Field::Title, &title, "headline");
    rest
}

fn is_edition(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.len() < 80
        && (["edition", "ausgabe", "édition", "edición", "appended"].iter().any(|w| lower.ends_with(w))
            || lower.starts_with("correction appended"))
}
