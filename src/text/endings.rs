//! Endings of folded words that the stemming algorithms do not know, or know only with the accents that folding took away.

use std::borrow::Cow;

/// Language, ending of the folded word, what the algorithm is given for it; the first that fits is taken, so the longer of two
/// stands first. French `é` and `e` at the end are one after folding, so the feminine is read as the masculine.
const ENDINGS: &[(&str, &str, &str)] = &[
    ("es", "cion", "ción"),
    ("es", "sion", "sión"),
    ("pt", "oes", "ão"),
    ("pt", "ao", "ão"),
    ("pt", "ens", "em"),
    ("pt", "aveis", "avel"),
    ("pt", "iveis", "ivel"),
    ("pt", "encia", "ência"),
    ("pt", "encias", "ências"),
    ("fr", "ee", "e"),
    ("fr", "ees", "es"),
    ("fr", "iere", "ière"),
    ("fr", "ieres", "ières"),
    // `étrangers`, `passagers`: the ending is no verb's. `Angers` and `Rangers` are names.
    ("fr", "rangers", "ranger"),
    ("fr", "rangere", "ranger"),
    ("fr", "rangeres", "ranger"),
    ("fr", "agers", "ager"),
    // `française`, but neither `apaise` nor `fraise`.
    ("fr", "caise", "cais"),
    ("fr", "caises", "cais"),
    ("fr", "daise", "dais"),
    ("fr", "daises", "dais"),
    ("fr", "gaise", "gais"),
    ("fr", "gaises", "gais"),
    ("fr", "laise", "lais"),
    ("fr", "laises", "lais"),
    ("fr", "naise", "nais"),
    ("fr", "naises", "nais"),
    ("fr", "saise", "sais"),
    ("fr", "saises", "sais"),
    ("fr", "taise", "tais"),
    ("fr", "taises", "tais"),
    ("fr", "vaise", "vais"),
    ("fr", "vaises", "vais"),
    // The algorithm takes `-us` for no plural: `détenus`, `inconnus`, but neither `plus` nor `nous`.
    ("fr", "cus", "cu"),
    ("fr", "dus", "du"),
    ("fr", "nus", "nu"),
    ("fr", "pus", "pu"),
    ("fr", "rus", "ru"),
    ("fr", "tus", "tu"),
    ("fr", "vus", "vu"),
    // Verbs of the present, where no noun or adjective ends alike (`souvent`, `content`, `talent`, `récent`).
    ("fr", "chent", "che"),
    ("fr", "gnent", "gne"),
    ("fr", "mentent", "mente"),
    ("fr", "sentent", "sente"),
    ("fr", "ndent", "nde"),
    ("fr", "nnent", "nne"),
    ("fr", "oncent", "once"),
    ("fr", "mencent", "mence"),
    ("fr", "rcent", "rce"),
    ("fr", "lacent", "lace"),
    ("fr", "rdent", "rde"),
    ("fr", "retent", "rete"),
    ("fr", "rtent", "rte"),
    ("fr", "ouvent", "ouve"),
    ("fr", "ssent", "sse"),
    ("fr", "stent", "ste"),
    ("fr", "ttent", "tte"),
    // Plurals that the algorithm cuts shorter than their singulars; the long ones first.
    ("pt", "ceis", "cil"),
    ("pt", "ageis", "agil"),
    ("pt", "erteis", "ertil"),
    ("pt", "xteis", "xtil"),
    ("pt", "eis", "el"),
    ("pt", "ais", "al"),
    ("pt", "ois", "ol"),
    ("pt", "uis", "ul"),
    ("pt", "antis", "antil"),
    ("pt", "enis", "enil"),
    ("pt", "rris", "rril"),
    ("pt", "stis", "stil"),
    ("pt", "vis", "vil"),
    ("pt", "zis", "zil"),
    // `jóvenes`, `órdenes`; of verbs (`tienes`) only the form with `-n-` is known.
    ("es", "agenes", "agen"),
    ("es", "amenes", "amen"),
    ("es", "igenes", "igen"),
    ("es", "imenes", "imen"),
    ("es", "spedes", "sped"),
    ("es", "venes", "ven"),
    ("es", "rdenes", "rden"),
    ("es", "rgenes", "rgen"),
    ("es", "umenes", "umen"),
    // `familie/families`, and plurals with another vowel.
    ("nl", "kinderen", "kind"),
    ("nl", "ies", "ie"),
    ("nl", "ntes", "nte"),
    ("nl", "ches", "che"),
    ("nl", "ges", "ge"),
    ("no", "derne", "der"),
    ("no", "gerne", "ger"),
    ("no", "kerne", "ker"),
    ("no", "lerne", "ler"),
    ("no", "merne", "mer"),
    ("no", "nerne", "ner"),
    ("no", "rerne", "rer"),
    ("no", "serne", "ser"),
    ("no", "terne", "ter"),
    ("no", "verne", "ver"),
    // `hallitus/hallitusta`, `poliisi/poliisin`: the algorithm takes what looks like an ending.
    ("fi", "tusta", "tus"),
    ("fi", "musta", "mus"),
    ("fi", "liisi", "liis"),
];

/// Whole words that no ending tells from others.
const WORDS: &[(&str, &str, &str)] = &[
    ("fr", "elus", "elu"),
    ("pt", "uteis", "util"),
    ("pt", "inuteis", "inutil"),
    ("pt", "fosseis", "fossil"),
    ("nl", "leden", "lid"),
    ("nl", "kamerleden", "kamerlid"),
    ("nl", "raadsleden", "raadslid"),
    ("nl", "gemeenteraadsleden", "gemeenteraadslid"),
    ("nl", "bestuursleden", "bestuurslid"),
    ("nl", "statenleden", "statenlid"),
    ("nl", "partijleden", "partijlid"),
    ("nl", "familieleden", "familielid"),
    ("nl", "bendeleden", "bendelid"),
    ("nl", "schepen", "schip"),
    ("nl", "steden", "stad"),
    ("nl", "hoofdsteden", "hoofdstad"),
    ("nl", "binnensteden", "binnenstad"),
    ("nl", "havensteden", "havenstad"),
    ("no", "eksterne", "eksterne"),
    ("no", "interne", "interne"),
    ("no", "moderne", "moderne"),
    ("nl", "kinderen", "kind"),
];

/// Ends of stems that are one where the language changes a sound before an ending, and only the algorithm's stem shows it: Dutch
/// `huizen/huis`, `brieven/brief`, `mannen/man`; Finnish `hallituksen/hallitus`, `kaupungin/kaupunki`, `talouden/talous`,
/// `pakolaiset/pakolainen`; Romanian `ministru/miniștri`.
const LEVELLED: &[(&str, &str, &str)] = &[
    ("nl", "eiv", "eif"),
    ("nl", "eiz", "eis"),
    ("nl", "euv", "euf"),
    ("nl", "euz", "eus"),
    ("nl", "iev", "ief"),
    ("nl", "iez", "ies"),
    ("nl", "ijv", "ijf"),
    ("nl", "ijz", "ijs"),
    ("nl", "oev", "oef"),
    ("nl", "oez", "oes"),
    ("nl", "uiv", "uif"),
    ("nl", "uiz", "uis"),
    ("nl", "lv", "lf"),
    ("nl", "rv", "rf"),
    ("nl", "ll", "l"),
    ("nl", "mm", "m"),
    ("nl", "ann", "an"),
    ("nl", "pp", "p"),
    ("nl", "rr", "r"),
    ("nl", "ss", "s"),
    ("ro", "ru", "r"),
    ("fi", "uks", "us"),
    ("fi", "ud", "us"),
    ("fi", "ng", "nk"),
    ("fi", "aist", "ais"),
    ("fi", "ain", "ais"),
    ("fi", "ali", "al"),
    ("fi", "ale", "al"),
];

/// A Romanian word as it is written, with the singular's ending where only its accent tells a plural from one in `-ari`:
/// `deportări` is of `deportare`, `primari` of `primar`.
pub(super) fn written(word: &str) -> Cow<'_, str> {
    let rest = ["ări", "ării", "ările", "ărilor"].iter().find_map(|ending| word.strip_suffix(ending));
    rest.map_or(Cow::Borrowed(word), |rest| Cow::Owned(format!("{rest}are")))
}

/// Whether the stems of the language are levelled.
pub(super) fn is_levelled(code: &str) -> bool {
    matches!(code, "nl" | "fi" | "ro")
}

/// A stem with the end that its other forms have.
pub(super) fn levelled(code: &str, stem: String) -> String {
    let long = |end: &str| stem.len() > end.len();
    match LEVELLED.iter().find(|(of, end, _)| *of == code && stem.ends_with(end) && long(end)) {
        Some((_, end, one)) => format!("{}{one}", &stem[..stem.len() - end.len()]),
        None => stem,
    }
}

/// A folded word of the language as its algorithm should be given it; `None` where that is as it is.
pub(super) fn restored(code: &str, term: &str) -> Option<String> {
    // Both ways of writing Norwegian.
    let code = if matches!(code, "nb" | "nn") { "no" } else { code };
    if let Some((_, _, known)) = WORDS.iter().find(|(of, word, _)| *of == code && *word == term) {
        return Some((*known).to_owned());
    }
    ENDINGS
        .iter()
        .filter(|(of, folded, _)| *of == code && term.len() > folded.len() + 1)
        .find_map(|(_, folded, known)| Some(format!("{}{known}", term.strip_suffix(folded)?)))
}
