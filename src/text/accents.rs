//! Accents that folding took and inflection needs.
//!
//! The rules of inflection know endings by their accents: `vivió` is a form of `vivir`, `vivio` is none. Since a word and the
//! same word without accents are one to a reader, both must have the same stems, so a stem may depend on the folded word
//! only. What a folded word may have been is read off its ending, and it has the stem of each reading beside its own:
//! `deportaria` that of `deportaría`, `yilin` that of `yılın`.
//!
//! The tables were found by counting, over the 20,000 to 40,000 most frequent words of a language, which endings bring
//! together words that the rules hold for forms of one word when they see the accents, and how many they bring together
//! that are none: an ending stands here if it does more than five times as much good. Of such pairs, this leaves apart 2 %
//! in Spanish (15 % without), .2 in French (19), .1 in Portuguese (7), .5 in Italian (4), .2 in Romanian (9), 4 in
//! Hungarian (17), 4 in Turkish (31), 5 in Arabic (6).

/// Language, then endings as folded and as they may have been. A line is for what belongs together.
#[rustfmt::skip]
const ENDINGS: &[(&str, &[&str])] = &[
    ("ar", &[
        "يية:ئية", "يي:ئي", "يية:يئة", "ييا:يئا", "يين:ئين", "يون:ئون", "ييات:ئيات", "يها:ئها", "ايه:ائه",
        "جي:جئ", "شي:شئ", "ادي:ادئ", "اري:ارئ", "اطي:اطئ", "اة:أة", "شا:شأ", "طا:طأ", "جا:جأ", "ران:رآن",
        "وي:وى", "شفي:شفى", "عني:عنى", "مدي:مدى", "ذكري:ذكرى", "رضي:رضى", "صطفي:صطفى",
    ]),
    ("es", &[
        "on:ón", "ia:ía", "ian:ían", "ias:ías", "iamos:íamos", "ira:irá", "ran:rán", "re:ré", "iras:irás", "eis:éis", "ais:áis",
        "dera:derá", "cera:cerá", "abamos:ábamos", "eramos:éramos",
        // The past tense, but not the names and things in `-ario`, `-erio`, `-onio`.
        "dio:dió", "tio:tió", "bio:bió", "gio:gió", "mio:mió", "lio:lió", "pio:pió", "vio:vió", "uio:uió", "ecio:eció",
        "acio:ació", "rrio:rrió", "urio:urió", "brio:brió", "frio:frió", "nrio:nrió", "inio:inió", "unio:unió", "ico:icó",
        "aida:aída", "aido:aído", "aidas:aídas", "aidos:aídos", "nces:ncés", "gles:glés", "nes:nés", "ndes:ndés", "gues:gués",
    ]),
    ("fr", &[
        "e:é", "es:és", "ee:ée", "ees:ées", "ere:ère", "eres:ères", "erent:èrent", "erez:érez", "erait:érait", "ique:ïque",
        "iques:ïques",
        // The rules take the ending off the masculine alone.
        "aise:ais", "aises:ais",
    ]),
    ("hu", &[
        "o:ó", "o:ő", "ol:ól", "ol:ől", "at:át", "ot:ót", "ot:őt", "ak:ák", "nel:nél", "kent:ként", "jan:ján", "jet:jét",
        "epp:épp", "eppen:éppen", "iert:iért", "zert:zért", "tok:tók", "tok:tők", "dok:dók", "dok:dők", "iok:iók",
        "akat:ákat", "okat:ókat", "oket:őket", "eket:éket", "eket:ékét", "ekat:ékát", "ekot:ékot", "oben:őben", "oban:óban",
        "obe:őbe", "oba:óba", "ore:őre", "ora:óra", "oen:ően", "oan:óan", "ovel:ővel", "oval:óval", "onak:ónak", "onek:őnek",
        "eke:éke", "eka:éka", "oka:óka", "ekei:ékei", "tek:ték", "dek:dék", "ezok:ezők",
    ]),
    ("it", &[
        "ra:rà", "tero:terò", "dero:derò", "vero:verò", "hero:herò", "iro:irò", "icita:icità", "lita:lità", "vita:vità",
    ]),
    ("pt", &[
        "ao:ão", "cao:ção", "coes:ções", "oes:ões", "aes:ães", "avel:ável", "ivel:ível", "aveis:áveis", "iamos:íamos",
        "avamos:ávamos", "encia:ência", "encias:ências", "ancia:ância", "es:és", "es:ês", "aria:ária", "arias:árias",
        "uido:uído", "uida:uída", "uidos:uídos", "uidas:uídas", "aida:aída", "aido:aído", "aidos:aídos",
    ]),
    ("ro", &[
        "a:ă", "and:ând", "andu:ându", "ti:ți", "tii:ții", "tiei:ției", "tiile:țiile", "tiilor:țiilor", "tile:țile",
        "tilor:ților", "ram:răm", "tam:tăm",
    ]),
    ("sv", &["for:för", "ande:ände", "los:lös", "nar:när", "gor:gör", "ade:äde", "ade:åde", "ost:öst"]),
];

/// Words that end like a form of a verb and are names or other words, to which that verb's forms would be a nuisance.
#[rustfmt::skip]
const OTHERS: &[(&str, &[&str])] = &[
    ("es", &[
        "barrio", "emilia", "emilio", "julia", "julio", "junio", "lucia", "maria", "mario", "marcia", "olimpia", "patio",
        "primaria", "ratio", "secretaria", "valeria",
    ]),
    ("it", &["lettera", "maniera", "vita"]),
];

/// What a folded `term` may have been in the language with this code, apart from what it is.
pub(super) fn restored(code: &str, term: &str) -> Vec<String> {
    if code == "tr" && term.is_ascii() {
        return turkish(term);
    }
    let of = |list: &[(&str, &'static [&'static str])]| list.iter().find(|(of, _)| *of == code).map(|(_, list)| *list);
    let Some(endings) = of(ENDINGS) else { return Vec::new() };
    if of(OTHERS).is_some_and(|others| others.contains(&term)) {
        return Vec::new();
    }
    let pairs = endings.iter().filter_map(|pair| pair.split_once(':'));
    pairs
        .filter_map(|(folded, known)| {
            let rest = term.strip_suffix(folded).filter(|rest| rest.chars().nth(1).is_some())?;
            Some(format!("{rest}{known}"))
        })
        .collect()
}

/// Turkish endings take their vowels from the word. An `a` tells that the vowels around it are back ones, an `e` that they
/// are front ones; where neither is near, both are tried. `ğ` and `ş` are given back where endings have them.
fn turkish(term: &str) -> Vec<String> {
    let mut known = Vec::with_capacity(4);
    for default in [true, false] {
        let vowels = harmonised(term, default);
        let consonants = consonants(&vowels);
        known.extend([vowels, consonants]);
    }
    known.sort_unstable();
    known.dedup();
    known.retain(|word| word != term);
    known
}

/// With back vowels where an `a` is nearest (behind it, else before it), front ones where an `e` is; `default` for none.
fn harmonised(term: &str, default: bool) -> String {
    let tells = |c: char| match c {
        'a' => Some(true),
        'e' => Some(false),
        _ => None,
    };
    let first = term.chars().find_map(tells).unwrap_or(default);
    let mut back = first;
    term.chars()
        .map(|c| {
            back = tells(c).unwrap_or(back);
            match (c, back) {
                ('i', true) => 'ı',
                ('o', false) => 'ö',
                ('u', false) => 'ü',
                _ => c,
            }
        })
        .collect()
}

/// `g` between vowels as `ğ`, `s` as `ş` in `-mış`, `-laş` and before `-tır`.
fn consonants(term: &str) -> String {
    let letters: Vec<char> = term.chars().collect();
    let vowel = |at: usize| letters.get(at).is_some_and(|c| "aeıioöuü".contains(*c));
    let narrow = |at: usize| letters.get(at).is_some_and(|c| "ıiuü".contains(*c));
    let is = |at: usize, c: char| letters.get(at) == Some(&c);
    letters
        .iter()
        .enumerate()
        .map(|(at, c)| match c {
            'g' if at > 0 && vowel(at - 1) && vowel(at + 1) => 'ğ',
            's' if at > 1 && is(at - 2, 'm') && narrow(at - 1) => 'ş',
            's' if at > 1 && is(at - 2, 'l') && (is(at - 1, 'a') || is(at - 1, 'e')) => 'ş',
            's' if is(at + 1, 't') && narrow(at + 2) && is(at + 3, 'r') => 'ş',
            _ => *c,
        })
        .collect()
}
