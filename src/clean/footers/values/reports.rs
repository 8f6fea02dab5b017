//! Whether a sentence reports something: then it is no nag and no credit, whatever its first words.
//!
//! An invitation, teaser or notice stands in the imperative or speaks of `you` and `we`; what reports has a third person
//! that did or said something. So not some verbs of speech are looked for but the past forms of a language as such, by
//! their endings and by closed lists of the irregular ones, and the few participles that notices use (`delivered to your
//! inbox`) are told apart. Where both can be, the sentence reports: a notice that stays is a blemish, a lost sentence a fault.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A list of words, written as one string.
type Words = LazyLock<HashSet<&'static str>>;

/// Past forms without the regular ending, and verbs of speech in the present, of languages in Latin script.
static TELLING: Words = LazyLock::new(|| {
    "decía decían pedía pedían gritaba gritaban contaba contaban rezaba repetía preguntaba respondía dizia diziam \
    said says told tells wrote writes was were had did became began bent bit blew bought broke brought caught \
    chose came dealt dug drew drank drove ate fell fed felt fought fled flew forbade forgot froze gave went grew \
    hung heard hid held knew lent lost met rode rang rose ran saw sold shook sang sank sat slept spoke spent \
    stood stole struck swam swore took taught threw understood woke won withdrew wore urges warns adds argues \
    insists jokes recalls complains admits denies replies claims according allegedly prosecutors fraudsters he \
    she sagte sagten sagt hieß heißt schrieb schreibt erklärt warnt fordert mahnt rät behauptet verspricht war \
    waren wurde wurden hatte hatten ging gingen kam kamen nahm nahmen gab sprach rief riefen ließ ließen fand \
    fanden standen blieb baten traf verlor verloren gewann starb starben fiel hielt trug brach wies lag saß half \
    schloss begann laut était étaient avaient disait affirme explique prévient raconte assure promet déclare fut \
    furent dijo dijeron dice dicen fue fueron hizo hicieron tuvo quiso puso vino era eran había habían advierte \
    asegura afirma disse disseram diz dizem foi foram eram fez teve tinha havia deu viu dissero erano spiega \
    avverte racconta aveva avevano zei zeiden zegt vertelde vertelden vroeg vroegen riep riepen gaf nam kwam \
    kwamen vond werd werden schreef schreven beloofde waarschuwde waarschuwden aldus meldde klaagde kreeg kregen \
    hadden stond stonden sade säger sagde siger sier fortalte hade havde hadde blev fick gick fik gik fikk gikk \
    skrev gav förlorade mistede powiedział powiedziała twierdzi ostrzega řekl řekla uvedl uvedla prohlásil \
    prohlásila sdělil sdělila varoval varovala dodal tvrdí dedi söyledi açıkladı belirtti uyardı ujar сказав \
    заявив повідомив είπε δήλωσε قال قالت أعلن أعلنت אמר אמרה אמרו avait"
        .split(' ')
        .collect()
});

/// What scripts without spaces have where somebody said something.
const TELLING_WIDE: &[&str] = &[
    "他说",
    "她说",
    "他說",
    "她說",
    "说，",
    "说：",
    "說，",
    "說：",
    "表示，",
    "警告说",
    "述べた",
    "話した",
    "話し、",
    "語った",
    "言った",
    "訴えた",
    "말했",
    "밝혔",
    "전했다",
    "주장했",
    "경고했",
];

/// English words on `-ed` that notices use without a subject of their own, or that are no past forms.
static NOTICE_ED: Words = LazyLock::new(|| {
    "related recommended delivered published updated trusted limited unlimited advanced informed subscribed \
    registered featured sponsored personalized personalised curated handpicked hand-picked interested inspired \
    based required protected powered connected dedicated detailed signed logged need needed feed newsfeed speed \
    indeed exceed succeed proceed contributed reached used provided funded owned supported enabled disabled \
    verified moderated closed marked displayed collected stored shared processed permitted reserved licensed \
    syndicated purchased earned mentioned linked contained embedded generated voiced produced recorded narrated \
    automated translated tested editor-tested reviewed selected affiliated compensated promoted targeted \
    tailored customised customized optimized expanded continued edited corrected amended archived posted tagged \
    filed located named called committed devoted united hundred expressed opened copied exclusively added \
    included gathered prohibited rewritten redistributed unauthorized unauthorised loved liked enjoyed missed \
    noted scheduled checked fact-checked hosted written educated engaged entertained simplified explained acclaimed \
    awarded"
        .split(' ')
        .collect()
});

/// German words on `-te` and `-ten` that are written small and are no past forms.
static GERMAN_TE: Words = LazyLock::new(|| {
    "heute bitte könnte könnten sollte sollten möchte möchten müsste letzte letzten zweite dritte weiten guten \
    rechte leichte schlechte gesamte gesamten bekannte bekannten beliebte beliebten relevante relevanten direkte \
    verwandte redaktionelle unabhängige bereiten leisten erhalten unterstützten verpassten gewünschte \
    gewünschten sogenannte sogenannten interessante interessanten spannende zwischenzeitlich arbeiten berichten \
    bieten halten beachten enthalten anbieten auswerten verarbeiten lokalisierte kuratierte kuratierten \
    personalisierte personalisierten angemeldete registrierte registrierten unlimitierte entdeckten leichten \
    breiten gestalten unterhalten behalten weiterleiten mitgestalten starten testen bestätigten exakten kompakte \
    kompakten bunte bunten konkrete konkreten private privaten zarte beste"
        .split(' ')
        .collect()
});

/// Words on `-ade` that are no Scandinavian past forms, or that notices use.
static NOTICE_ADE: Words = LazyLock::new(|| {
    "relaterade uppdaterade rekommenderade sponsrade intresserade personaliserade begränsade registrerade \
    inloggade utvalda dagsaktuella lemonade decade parade facade upgrade renegade brigade arcade crusade \
    blockade barricade cascade nomade ballade fassade cidade verdade liberdade atividade publicidade qualidade \
    novidade comunidade sociedade prioridade oportunidade privacidade realidade universidade promenade colonnade \
    schokolade limonade"
        .split(' ')
        .collect()
});

/// Whether a sentence, as it is written, tells what somebody said or did, as no invitation, teaser or notice does.
pub(in crate::clean::footers) fn reports(sentence: &str) -> bool {
    if attributed(sentence) || TELLING_WIDE.iter().any(|words| sentence.contains(words)) {
        return true;
    }
    let commas: Vec<bool> = sentence.split_whitespace().map(|word| word.ends_with(',')).collect();
    let raw: Vec<&str> =
        sentence.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let words: Vec<String> = raw.iter().map(|word| word.to_lowercase().replace('’', "'")).collect();
    let has = |all: &[&str]| words.iter().any(|word| all.contains(&word.as_str()));
    let english = has(&["the", "you", "your", "our", "to", "for", "of", "and"]);
    let german = has(&["der", "die", "das", "den", "dem", "und", "nicht", "sich", "mit", "auf", "für"]);
    let turkish = sentence.contains(['ı', 'ş', 'ğ', 'İ', 'Ş']);
    let comma = |at: usize| at > 0 && commas[at - 1];
    let polish = sentence.contains(['ą', 'ę', 'ł', 'ś', 'ż', 'ź', 'ć', 'ń', 'Ł', 'Ś', 'Ż']);
    let before = |at: usize, back: usize| at.checked_sub(back).map_or("", |at| words[at].as_str());
    words.iter().enumerate().any(|(at, word)| {
        let (word, last) = (word.as_str(), before(at, 1));
        if TELLING.contains(word) {
            let elsewhere = if english {
                matches!(word, "war" | "era" | "lag" | "vino" | "dice")
            } else {
                matches!(word, "met" | "was" | "rose" | "fed")
            };
            return !elsewhere && !notice(word, &words, at);
        }
        let length = word.chars().count();
        let ends = |endings: &[&str]| endings.iter().any(|end| word.ends_with(end));
        let participle_behind = |endings: &[&str]| {
            words[at + 1..].iter().take(3).any(|next| endings.iter().any(|end| next.ends_with(end)) && next.len() > 4)
        };
        match word {
            // `a affirmé`, `ont perdu`; `il y a` is none.
            "a" | "ont" if last != "y" => {
                participle_behind(&["é", "ée", "és"])
                    || words.get(at + 1).is_some_and(|next| {
                        ["dit", "écrit", "promis", "pris", "reçu", "perdu", "vendu", "répondu", "fait", "mis", "ouvert"]
                            .contains(&next.as_str())
                    })
            }
            "ha" | "hanno" => {
                participle_behind(&["ato", "uto", "ito"])
                    || words.get(at + 1).is_some_and(|next| {
                        ["detto", "scritto", "chiesto", "fatto", "preso", "perso", "visto", "messo", "promesso"]
                            .contains(&next.as_str())
                    })
            }
            // `hat … gewonnen`, `heeft … gezegd`; `Hat Ihnen der Artikel gefallen?` asks, `wir haben …` invites.
            "hat" | "haben" | "habe" | "heeft" | "hebben"
                if at > 0 && !["wir", "sie", "wij", "we", "je"].contains(&last) =>
            {
                words[at + 1..].iter().zip(&raw[at + 1..]).any(|(next, raw)| {
                    let small = raw.chars().next().is_some_and(char::is_lowercase);
                    let participle = next.starts_with("ge") && next.len() > 5 || next.ends_with("iert");
                    small && participle && ["t", "en", "d"].iter().any(|end| next.ends_with(end))
                })
            }
            _ if word.ends_with("ed") && word.is_ascii() && length > 4 => {
                let passive = [
                    "is", "are", "be", "been", "being", "am", "get", "gets", "getting", "stay", "keep", "kept", "have",
                    "you", "we", "i", "you've", "we've", "i've", "not", "never", "as", "ever", "already", "just",
                ];
                !NOTICE_ED.contains(word) && !passive.contains(&last) && at > 0
            }
            // `ignorierten` but no superlative, and only verbs are written small.
            _ if german && ends(&["te", "ten"]) && length > 4 => {
                let small = raw[at].chars().next().is_some_and(char::is_lowercase);
                small && !ends(&["ste", "sten"]) && !GERMAN_TE.contains(word)
            }
            // `ordonnait`, `laissèrent`; `souhait` and its like are nouns.
            _ if ends(&["aient", "èrent", "irent"]) => true,
            _ if ends(&["ait"]) && length > 5 => {
                !["extrait", "portrait", "souhait", "parfait", "retrait", "satisfait", "forfait", "bienfait", "attrait"]
                    .contains(&word)
            }
            // `gridava`, `persero`-like forms of Italian.
            _ if ends(&["avano", "evano", "ivano", "arono", "irono"]) => true,
            _ if ends(&["ava", "eva"]) && length > 5 && has(&["il", "lo", "gli", "di", "che", "alla", "della"]) => true,
            // Swedish and Danish.
            _ if ends(&["ade"]) && length > 5 => !NOTICE_ADE.contains(word) && !ends(&["idade"]),
            // `spotte de bewaker`, `smeekten de oplichters`: Dutch, with who said it behind the verb.
            _ if ends(&["te", "ten", "de", "den"]) && length > 4 && comma(at) => {
                words.get(at + 1).is_some_and(|next| ["de", "het", "een", "hij", "zij", "ze"].contains(&next.as_str()))
            }
            // `tryglet svindlerne`: Norwegian and Danish, likewise.
            _ if ends(&["et", "te", "de"]) && length > 4 && comma(at) => {
                words.get(at + 1).is_some_and(|next| next.ends_with("ne") || next.ends_with("en"))
            }
            _ if turkish && length > 4 && ends(&["di", "dı", "du", "dü", "ti", "tı", "tu", "tü"]) => {
                !["şimdi", "kendi", "haydi", "belki"].contains(&word)
            }
            // Spanish and Portuguese past tenses; `te gustó` asks.
            _ if ends(&["ó", "aron", "ieron"]) && length > 3 => !["te", "le", "les", "os"].contains(&last),
            _ if ends(&["aram", "eram", "iram"]) && length > 5 => true,
            _ if word.ends_with("ou") && length > 4 => {
                !["estou", "gostou", "caribou"].contains(&word) && !last.is_empty() && portuguese(&words)
            }
            _ if word.ends_with('ò') => !["può", "però", "ciò", "perciò"].contains(&word),
            _ if polish && ends(&["ł", "ła", "ło"]) && length > 3 => {
                !["artykuł", "tytuł", "cała", "całą", "mała", "portal"].contains(&word)
            }
            _ if polish && word.ends_with("li") && length > 4 => {
                !["jeśli", "jeżeli", "czyli", "chwili", "myśli"].contains(&word)
            }
            _ if cyrillic(word) && length > 3 => {
                let past = ends(&["л", "ла", "ло", "ли", "лся", "лась", "лись"]);
                let noun =
                    ["канал", "материал", "журнал", "портал", "сигнал", "персонал", "файл", "фестивал", "сериал"];
                let other = ["если", "дела", "сила", "начала", "мало", "около", "отдела", "раздела", "похвала"];
                past && !noun.iter().any(|noun| word.starts_with(noun)) && !other.contains(&word)
            }
            _ => false,
        }
    })
}

/// Whether a telling word belongs to a notice after all: `this article was read by a machine`, `did you like this?`,
/// `he can be reached at …`, `if you were …`.
fn notice(word: &str, words: &[String], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |at| words[at].as_str());
    let after = words.get(at + 1).map_or("", String::as_str);
    match word {
        "was" | "were" => {
            ["article", "story", "audio", "post", "page", "content", "video", "this", "that", "you", "it"]
                .contains(&before)
        }
        "did" => before.is_empty() || matches!(before, "why" | "how" | "what") || after == "you",
        "had" => matches!(before, "you" | "we"),
        "saw" | "heard" | "met" | "held" => matches!(before, "you" | "we" | "be"),
        "he" | "she" => matches!(after, "can" | "is" | "writes" | "covers"),
        "writes" | "claims" => matches!(after, "about" | "for"),
        // The site itself: `die Redaktion erklärt`, `wir waren`.
        "erklärt" | "waren" | "hatten" => matches!(before, "wir" | "einfach" | "sie" | "kurz"),
        "war" | "wurde" => matches!(before, "artikel" | "beitrag" | "text"),
        _ => false,
    }
}

/// `"Sign up for our newsletter," the note read`: words in quotation marks with something behind them.
fn attributed(sentence: &str) -> bool {
    const PAIRS: &[(char, char)] = &[('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('»', '«'), ('‘', '’')];
    let sentence = sentence.trim();
    let Some(first) = sentence.chars().next() else { return false };
    PAIRS.iter().filter(|(open, _)| *open == first).any(|(open, close)| {
        let inner = &sentence[open.len_utf8()..];
        inner.find(*close).is_some_and(|end| {
            let behind = inner[end + close.len_utf8()..].split_whitespace();
            behind.filter(|word| word.chars().any(char::is_alphabetic)).count() > 1
        })
    })
}

fn cyrillic(word: &str) -> bool {
    word.chars().all(|c| matches!(c, '\u{400}'..='\u{4ff}' | '-'))
}

/// `chegou` is a past form in Portuguese only.
fn portuguese(words: &[String]) -> bool {
    words
        .iter()
        .any(|word| ["o", "os", "as", "que", "não", "do", "da", "em", "um", "uma", "na", "no"].contains(&word.as_str()))
}
