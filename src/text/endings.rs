//! Endings of folded words that the stemming algorithms do not know, or know only with the accents that folding took away.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Language, ending of the folded word, what the algorithm is given for it; the first that fits is taken, so the longer of two
/// stands first. French `é` and `e` at the end are one after folding, so the feminine is read as the masculine.
const ACCENTED: &[(&str, &str, &str)] = &[
    ("es", "cion", "ción"),
    ("es", "sion", "sión"),
    ("pt", "ao", "ão"),
    ("pt", "encia", "ência"),
    ("pt", "encias", "ências"),
    ("fr", "ee", "é"),
    ("fr", "ees", "és"),
    ("fr", "iere", "ière"),
    ("fr", "ieres", "ières"),
];

/// Language, ending without accents, what the algorithm is given for it in words with and without accents; the first that fits is
/// taken, so the longer of two stands first.
const ENDINGS: &[(&str, &str, &str)] = &[
    ("pt", "oes", "ão"),
    ("pt", "ens", "em"),
    ("pt", "aveis", "avel"),
    ("pt", "iveis", "ivel"),
    // `étrangers`, `passagers`: the ending is no verb's. `Angers` and `Rangers` are names.
    ("fr", "rangers", "ranger"),
    ("fr", "rangère", "ranger"),
    ("fr", "rangères", "ranger"),
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
    ("fr", "trice", "teur"),
    ("fr", "trices", "teurs"),
    ("fr", "otent", "ote"),
    ("fr", "ulsent", "ulse"),
    ("fr", "cusent", "cuse"),
    ("fr", "fusent", "fuse"),
    ("fr", "amnent", "amne"),
    ("fr", "hangent", "hange"),
    ("fr", "arlent", "arle"),
    ("fr", "rrivent", "rrive"),
    ("fr", "pliquent", "plique"),
    ("fr", "ontrent", "ontre"),
    ("fr", "tuent", "tue"),
    ("fr", "firment", "firme"),
    ("fr", "clarent", "clare"),
    ("fr", "stiment", "stime"),
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
    ("pt", "isseis", "issil"),
    ("pt", "jeteis", "jétil"),
    ("pt", "ceis", "cil"),
    ("pt", "ageis", "agil"),
    ("pt", "erteis", "ertil"),
    ("pt", "xteis", "xtil"),
    ("pt", "eis", "el"),
    ("pt", "ais", "al"),
    ("pt", "ois", "ol"),
    ("pt", "uis", "ul"),
    ("pt", "ins", "im"),
    ("pt", "ons", "om"),
    ("pt", "uns", "um"),
    ("pt", "eus", "eu"),
    ("pt", "aes", "ão"),
    ("pt", "erfis", "erfil"),
    ("pt", "truído", "truir"),
    ("pt", "truída", "truir"),
    ("pt", "truídos", "truir"),
    ("pt", "truídas", "truir"),
    ("pt", "antis", "antil"),
    ("pt", "enis", "enil"),
    ("pt", "rris", "rril"),
    ("pt", "stis", "stil"),
    ("pt", "vis", "vil"),
    ("pt", "zis", "zil"),
    // `anunció` is of `anunciar`, where the algorithm takes `-ió` off.
    ("es", "unció", "unciar"),
    ("es", "anció", "anciar"),
    ("es", "ició", "iciar"),
    ("es", "goció", "gociar"),
    ("es", "mbió", "mbiar"),
    ("es", "mpió", "mpiar"),
    ("es", "nvió", "nviar"),
    ("es", "studió", "studiar"),
    // `voces`, `líderes`; `alcances` and `avances` are of `-ce`.
    ("es", "aces", "az"),
    ("es", "eces", "ez"),
    ("es", "ices", "iz"),
    ("es", "tavoces", "tavoz"),
    ("es", "eroces", "eroz"),
    ("es", "eloces", "eloz"),
    ("es", "uces", "uz"),
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
    // `familie/families`.
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
    ("ro", "ări", "are"),
    ("ro", "ării", "are"),
    ("ro", "ările", "are"),
    ("ro", "ărilor", "are"),
    ("ro", "âri", "âre"),
    ("ro", "ârile", "âre"),
    ("ro", "ârilor", "âre"),
    ("ro", "nți", "nt"),
    ("ro", "nții", "nt"),
    ("ro", "nților", "nt"),
    ("ro", "ați", "at"),
    ("ro", "aților", "at"),
    ("ro", "iți", "it"),
    ("ro", "iții", "it"),
    ("ro", "iților", "it"),
    ("ro", "oți", "ot"),
    ("ro", "oții", "ot"),
    ("ro", "oților", "ot"),
    ("ro", "rți", "rt"),
    ("ro", "rții", "rt"),
    ("ro", "rților", "rt"),
    ("ro", "iștri", "istru"),
    ("ro", "iștrii", "istru"),
    ("ro", "iștrilor", "istru"),
    ("ro", "ăzi", "adă"),
    ("ro", "ăzii", "adă"),
    ("ro", "ăzile", "adă"),
    ("ro", "ăzilor", "adă"),
    ("ro", "uși", "us"),
    ("ro", "ușii", "us"),
    ("ro", "ușilor", "us"),
    ("ro", "aineni", "ainean"),
    ("ro", "ainenii", "ainean"),
    ("ro", "ainenilor", "ainean"),
    ("ro", "openi", "opean"),
    ("ro", "openii", "opean"),
    ("ro", "openilor", "opean"),
    ("ro", "țeni", "țean"),
    ("ro", "țenii", "țean"),
    ("ro", "țenilor", "țean"),
    ("ro", "trul", "tru"),
    ("ro", "trului", "tru"),
    ("ro", "egeri", "egere"),
    ("ro", "egerile", "egere"),
    ("ro", "egerilor", "egere"),
    ("ro", "ereri", "erere"),
    ("ro", "ererile", "erere"),
    ("ro", "ererilor", "erere"),
    ("ro", "esteri", "estere"),
    ("ro", "esterile", "estere"),
    ("ro", "esterilor", "estere"),
    ("ro", "ntelui", "nte"),
    ("ro", "ariul", "ariu"),
    ("ro", "ariului", "ariu"),
    ("fi", "inen", "is"),
    ("fi", "isen", "is"),
    ("fi", "iset", "is"),
    ("fi", "isten", "is"),
    ("fi", "isia", "is"),
    ("fi", "isiä", "is"),
    ("fi", "tusta", "tus"),
    ("fi", "musta", "mus"),
    ("fi", "liisi", "liis"),
];

/// Whole words that no ending tells from others.
const WORDS: &[(&str, &str, &str)] = &[
    ("fr", "elus", "élu"),
    ("fr", "credit", "crédits"),
    ("es", "lideres", "líder"),
    ("es", "dolares", "dólar"),
    ("es", "ciudades", "ciudad"),
    ("es", "voces", "voz"),
    ("es", "luces", "luz"),
    ("es", "veces", "vez"),
    ("es", "peces", "pez"),
    ("es", "martires", "mártir"),
    ("es", "cadaveres", "cadáver"),
    ("es", "sabado", "sabad"),
    ("es", "sabados", "sabad"),
    ("es", "decada", "decad"),
    ("es", "decadas", "decad"),
    ("es", "bahia", "bahi"),
    ("es", "paris", "pari"),
    ("es", "bebes", "bebé"),
    ("es", "seran", "será"),
    ("es", "estaran", "estará"),
    ("es", "podran", "podrá"),
    ("es", "tendran", "tendrá"),
    ("es", "haran", "hará"),
    ("es", "habran", "habrá"),
    ("es", "diran", "dirá"),
    ("es", "enlaces", "enlace"),
    ("es", "indices", "índice"),
    ("es", "complices", "cómplice"),
    ("es", "apendices", "apéndice"),
    ("es", "maria", "mari"),
    ("es", "marias", "mari"),
    ("es", "lucia", "luci"),
    ("es", "sofia", "sofi"),
    ("es", "mayoria", "mayori"),
    ("es", "mayorias", "mayori"),
    ("es", "minoria", "minori"),
    ("es", "minorias", "minori"),
    ("fr", "travaux", "travail"),
    ("fr", "jeux", "jeu"),
    ("fr", "lieux", "lieu"),
    ("fr", "feux", "feu"),
    ("fr", "cheveux", "cheveu"),
    ("ro", "scoli", "școală"),
    ("ro", "scolii", "școală"),
    ("ro", "scolile", "școală"),
    ("ro", "scolilor", "școală"),
    ("pt", "bons", "bom"),
    ("pt", "fins", "fim"),
    ("pt", "gols", "gol"),
    ("pt", "sons", "som"),
    ("pt", "bebes", "bebê"),
    ("pt", "cafes", "café"),
    ("pt", "voces", "você"),
    ("pt", "caes", "cão"),
    ("pt", "paes", "pão"),
    ("pt", "maes", "mãe"),
    ("pt", "maos", "mão"),
    ("pt", "uteis", "util"),
    ("pt", "inuteis", "inutil"),
    ("pt", "fosseis", "fossil"),
    ("nl", "aanslagen", "aanslag"),
    ("nl", "akkoorden", "akkoord"),
    ("nl", "autos", "auto"),
    ("nl", "bedragen", "bedrag"),
    ("nl", "bevelen", "bevel"),
    ("nl", "bladen", "blad"),
    ("nl", "bladeren", "blad"),
    ("nl", "crises", "crisis"),
    ("nl", "dagen", "dag"),
    ("nl", "daken", "dak"),
    ("nl", "eieren", "ei"),
    ("nl", "euros", "euro"),
    ("nl", "fotos", "foto"),
    ("nl", "gaten", "gat"),
    ("nl", "gebeden", "gebed"),
    ("nl", "glazen", "glas"),
    ("nl", "goden", "god"),
    ("nl", "graven", "graf"),
    ("nl", "havens", "haven"),
    ("nl", "hoven", "hof"),
    ("nl", "kalveren", "kalf"),
    ("nl", "levens", "leven"),
    ("nl", "liederen", "lied"),
    ("nl", "oorlogen", "oorlog"),
    ("nl", "problemen", "probleem"),
    ("nl", "raderen", "rad"),
    ("nl", "runderen", "rund"),
    ("nl", "sloten", "slot"),
    ("nl", "talen", "taal"),
    ("nl", "verdragen", "verdrag"),
    ("nl", "verslagen", "verslag"),
    ("nl", "volkeren", "volk"),
    ("nl", "wapens", "wapen"),
    ("nl", "wegen", "weg"),
    ("nl", "wereldoorlogen", "wereldoorlog"),
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
    ("sv", "lander", "land"),
    ("sv", "landerna", "land"),
    ("sv", "natter", "natt"),
    ("sv", "natterna", "natt"),
    ("sv", "hander", "hand"),
    ("sv", "handerna", "hand"),
    ("sv", "stader", "stad"),
    ("sv", "staderna", "stad"),
    ("sv", "bocker", "bok"),
    ("sv", "bockerna", "bok"),
    ("da", "boger", "bog"),
    ("da", "bogerne", "bog"),
    ("no", "boker", "bok"),
    ("no", "bokene", "bok"),
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
    ("fr", "if", "iv"),
    ("fr", "ubliqu", "ublic"),
    ("fr", "blanch", "blanc"),
    ("fr", "ouvel", "ouveau"),
    ("fi", "uks", "us"),
    ("fi", "yks", "ys"),
    ("fi", "oks", "os"),
    ("fi", "öks", "ös"),
    ("fi", "yd", "ys"),
    ("fi", "ud", "us"),
    ("fi", "ng", "nk"),
];

/// A stem with the end that its other forms have.
pub(super) fn levelled(code: &str, stem: String) -> String {
    let long = |end: &str| stem.len() > end.len();
    match LEVELLED.iter().find(|(of, end, _)| *of == code && stem.ends_with(end) && long(end)) {
        Some((_, end, one)) => format!("{}{one}", &stem[..stem.len() - end.len()]),
        None => stem,
    }
}

/// Dutch words whose `-s` is no plural's, though the algorithm takes it for one.
const WHOLE_DUTCH: &[&str] = &[
    "advies", "arts", "beurs", "dans", "duits", "frans", "gans", "grens", "hals", "hans", "kans", "koers", "lens",
    "mens", "precies", "prins", "verlies", "vers",
];

/// Whether the algorithm would take the end of a Dutch word for an ending, and it is none.
pub(super) fn is_whole_dutch(word: &str) -> bool {
    WHOLE_DUTCH.binary_search(&word).is_ok()
}

/// The rules of a language without accents.
#[derive(Default)]
struct Bare {
    /// What a word is made to end with, and how much of that it has already.
    ends: Vec<(String, usize)>,
    /// Whole words, and what the algorithm is given for them.
    words: Vec<(&'static str, String)>,
}

static BARE: LazyLock<HashMap<&str, Bare>> = LazyLock::new(|| {
    let mut all: HashMap<&str, Bare> = HashMap::new();
    for (code, end, known) in ENDINGS.iter().chain(LEVELLED) {
        let (end, known) = (super::stem::unaccented(end), super::stem::unaccented(known));
        let same = end.bytes().zip(known.bytes()).take_while(|(a, b)| a == b).count();
        all.entry(code).or_default().ends.push((known, same));
    }
    for (code, word, known) in WORDS {
        all.entry(code).or_default().words.push((word, super::stem::unaccented(known)));
    }
    all.entry("nl").or_default();
    all
});

/// The part of an unaccented `stem` that all words with it begin with, as far as these rules go.
pub(super) fn beginning<'a>(code: &str, stem: &'a str) -> &'a str {
    let code = if matches!(code, "nb" | "nn") { "no" } else { code };
    let Some(rules) = BARE.get(code) else { return stem };
    let mut length = stem.len();
    for (known, same) in &rules.ends {
        // The stem may end anywhere in what the word was made to end with.
        for cut in same + 1..=known.len() {
            if let Some(rest) = stem.strip_suffix(&known[..cut]) {
                length = length.min(rest.len() + same);
            }
        }
    }
    for (word, known) in &rules.words {
        if known.starts_with(stem) || stem.starts_with(known.as_str()) {
            length = length.min(word.bytes().zip(stem.bytes()).take_while(|(a, b)| a == b).count());
        }
    }
    // `bomen` is of `boom`.
    if let ("nl", [.., a, b, _]) = (code, stem.as_bytes())
        && a == b
    {
        length = length.min(stem.len() - 2);
    }
    stem.get(..length).unwrap_or("")
}

/// A word without accents as its algorithm should be given it, where one is known by its ending.
pub(super) fn accented(code: &str, term: &str) -> Option<String> {
    ACCENTED
        .iter()
        .filter(|(of, bare, _)| *of == code && term.len() > bare.len() + 1)
        .find_map(|(_, bare, known)| Some(format!("{}{known}", term.strip_suffix(bare)?)))
}

/// A word of the language, with its accents or without, as its algorithm should be given it.
pub(super) fn restored<'a>(code: &str, word: &'a str) -> Cow<'a, str> {
    // Both ways of writing Norwegian.
    let code = if matches!(code, "nb" | "nn") { "no" } else { code };
    if !ENDINGS.iter().chain(WORDS).any(|(of, ..)| *of == code) {
        return Cow::Borrowed(word);
    }
    let bare = if word.is_ascii() { Cow::Borrowed(word) } else { Cow::Owned(super::stem::unaccented(word)) };
    if let Some((_, _, known)) = WORDS.iter().find(|(of, word, _)| *of == code && *word == bare) {
        return Cow::Borrowed(known);
    }
    // An ending with accents is one only with them.
    let fits = |end: &str| {
        bare.len() > end.chars().count() + 1 && if end.is_ascii() { bare.ends_with(end) } else { word.ends_with(end) }
    };
    let Some((_, end, known)) = ENDINGS.iter().find(|(of, end, _)| *of == code && fits(end)) else {
        return Cow::Borrowed(word);
    };
    // What both have stays as it is written: `arrêtent` is of `arrête`. An ending has as many letters with accents as without.
    let same = end.chars().zip(known.chars()).take_while(|(a, b)| a == b).count();
    let cut = end.chars().count() - same;
    let at = if cut == 0 { word.len() } else { word.char_indices().rev().nth(cut - 1).map_or(0, |(at, _)| at) };
    Cow::Owned(format!("{}{}", &word[..at], known.chars().skip(same).collect::<String>()))
}
