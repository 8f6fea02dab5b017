//! The language of an article: detected, weighed against what was claimed.

use std::sync::LazyLock;

use super::frequent_words::Counts;
use super::{Claims, function_words};
use crate::clean::draft::Draft;
use crate::model::{Field, Lang};

/// Bytes of text that are looked at.
const SAMPLE: usize = 3000;
/// Letters below which a detector is guessing.
const ENOUGH: usize = 120;

/// The language `text` is written in, and how sure that is (0 to 1).
pub fn detect(text: &str) -> Option<(Lang, f64)> {
    let info = whatlang::detect(text)?;
    Some((short(info.lang()), if info.is_reliable() { info.confidence().max(0.9) } else { info.confidence() }))
}

/// whatlang names languages by ISO 639-3.
fn short(lang: whatlang::Lang) -> Lang {
    // Every code is two or three ASCII letters.
    Lang::assigned(lang.code())
        .unwrap_or_else(|| Lang::parse("zxx").unwrap_or_else(|| unreachable!("`zxx` is three letters")))
}

/// The languages the detector knows.
static DETECTED: LazyLock<Vec<Lang>> =
    LazyLock::new(|| whatlang::Lang::all().iter().map(|lang| short(*lang)).collect());

/// Languages a detector of trigrams confuses; inside a group the claim knows better.
const ALIKE: &[&[&str]] = &[
    &["da", "no", "sv", "fo", "is"],
    &["hr", "sr", "bs", "sl", "cnr", "sh"],
    &["cs", "sk"],
    &["id", "ms", "jv", "su"],
    &["es", "ca", "gl", "pt", "eu", "oc", "ast", "it"],
    &["ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg"],
    &["hi", "mr", "ne"],
    &["ar", "fa", "ur", "ps", "ckb"],
    &["zu", "xh", "sn", "st", "ss"],
    &["tr", "az", "tk", "uz"],
    &["nl", "af", "fy", "lb", "de"],
];

/// The language of a draft with this title.
pub(super) fn of_article(claims: &Claims, draft: &Draft, title: &str) -> Option<Lang> {
    let claimed = claims.all(Field::Language).find_map(|claim| Lang::assigned(&claim.value));
    let mut sample = String::new();
    for piece in draft.pieces.iter().filter(|piece| piece.kept()) {
        sample.push_str(&piece.text);
        sample.push('\n');
        if sample.len() > SAMPLE {
            break;
        }
    }
    if sample.len() < ENOUGH {
        sample.push_str(title);
    }
    // One endless block is no better witness than its beginning.
    let mut end = sample.len().min(2 * SAMPLE);
    while !sample.is_char_boundary(end) {
        end -= 1;
    }
    weigh(&sample[..end], claimed)
}

/// Whether a language rests on more than a guess from a line or two, so that other things may be concluded from it.
pub(super) fn is_certain(claims: &Claims, draft: &Draft) -> bool {
    let said = claims.all(Field::Language).any(|claim| Lang::assigned(&claim.value).is_some());
    let kept = draft.pieces.iter().filter(|piece| piece.kept()).take(SAMPLE);
    let letters = kept.flat_map(|piece| piece.text.chars()).filter(|c| c.is_alphabetic());
    said || letters.take(ENOUGH).count() >= ENOUGH
}

/// What is claimed against what is detected in `text`.
fn weigh(text: &str, claimed: Option<Lang>) -> Option<Lang> {
    // More are as good as enough.
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(ENOUGH).count();
    let settled = function_words::settled(text).and_then(Lang::parse).map(|found| (found, 1.0));
    let Some((found, sure)) = settled.or_else(|| by_words(text)) else { return claimed };
    let Some(claimed) = claimed else {
        return (letters >= ENOUGH || sure >= 0.9 || letters > 30 && sure > 0.5).then_some(found);
    };
    let known = DETECTED.contains(&claimed);
    let latin = |lang: &Lang| !ALIKE[5].contains(&lang.as_str()) && !ALIKE[7].contains(&lang.as_str());
    let alike = ALIKE.iter().any(|group| group.contains(&claimed.as_str()) && group.contains(&found.as_str()));
    // A language the detector does not know looks like some other one of its script.
    let unknown = !known && latin(&found) == latin(&claimed) && found.as_str() != "en";
    let other_script = written_otherwise(text, &claimed);
    // Templates say `en` whatever is written in them.
    let no_english = claimed.as_str() == "en" && letters >= FEW && !function_words::may_be_english(text);
    if found != claimed && (other_script || no_english) {
        return Some(by_letters(text).unwrap_or(found));
    }
    if found == claimed || alike || unknown || letters < ENOUGH || sure < 0.9 { Some(claimed) } else { Some(found) }
}

/// What the commonest words tell, and the detector as far as they do not speak against it.
fn by_words(text: &str) -> Option<(Lang, f64)> {
    if !is_latin(text) {
        return detect(text);
    }
    let counts = Counts::of(text);
    if let Some(told) = counts.told().and_then(Lang::parse) {
        return Some((told, 1.0));
    }
    let (found, sure) = detect(text)?;
    if let Some(neighbour) = counts.of_neighbours(found.as_str()).and_then(Lang::parse) {
        return Some((neighbour, sure));
    }
    (!counts.rule_out(found.as_str())).then_some((found, sure))
}

/// Letters from which on a text without any English word is none.
const FEW: usize = 40;
/// Letters of a script that settle it.
const SCRIPT: usize = 8;

/// Languages that are not, or not only, written in Latin letters.
const OTHER_LETTERS: &str = "am ar as az be bg bn bo bs ckb cnr dv dz el fa gu he hi hy ja ka kk km kn ko ku ky lo mk ml \
                             mn mr ms my ne or pa ps ru sa sd sh si sr ta te tg th ti tk tt ug uk ur uz yi yue zh";

/// Whether a text that is said to be in a language of Latin letters has mostly others: then the claim is the template's.
fn written_otherwise(text: &str, claimed: &Lang) -> bool {
    if OTHER_LETTERS.split_whitespace().any(|lang| lang == claimed.as_str()) {
        return false;
    }
    let letters = || text.chars().filter(|c| c.is_alphabetic()).take(SAMPLE);
    let (all, others) = (letters().count(), letters().filter(|c| !latin(c)).count());
    others >= SCRIPT && 3 * others >= 2 * all
}

/// Whether most letters of a text are Latin.
fn is_latin(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic()).take(SAMPLE);
    3 * letters().filter(latin).count() >= 2 * letters().count()
}

/// Latin letters end with those for Vietnamese and phonetics; there are some more, which few write.
fn latin(c: &char) -> bool {
    *c < '\u{370}' || ('\u{1e00}'..'\u{1f00}').contains(c)
}

/// The language that alone of those written in its script has some of the letters in `text`.
fn by_letters(text: &str) -> Option<Lang> {
    const LETTERS: &[(&str, &[char])] = &[
        ("be", &['ў']),
        ("uk", &['ї', 'є', 'ґ']),
        ("sr", &['ђ', 'ћ']),
        ("mk", &['ѓ', 'ќ', 'ѕ']),
        ("ur", &['ٹ', 'ڈ', 'ڑ', 'ے']),
    ];
    let (lang, _) = LETTERS.iter().find(|(_, letters)| text.contains(*letters))?;
    Lang::parse(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: &str = "Der Gemeinderat von Orlen hat am Donnerstag beschlossen, die alte Brücke für Reparaturen zu sperren, die bis zum \
        Frühjahr dauern werden. Bis dahin bringt die Fähre Menschen und Waren über den Fluss.";
    const NORWEGIAN: &str = "Kommunestyret i Orlen vedtok torsdag å stenge den gamle broen for reparasjoner som vil vare til våren. I \
        mellomtiden frakter fergen folk og varer over elven, sier ordføreren i en pressemelding.";

    #[test]
    fn detection_is_weighed_against_the_claim() {
        for (text, said, want) in [
            (GERMAN, None, Some("de")),
            (GERMAN, Some("en-US"), Some("de")),
            (GERMAN, Some("de_CH"), Some("de")),
            (NORWEGIAN, Some("nb-NO"), Some("no")),
            (NORWEGIAN, Some("da"), Some("da")),
            ("Kommentar", Some("de"), Some("de")),
            ("OK", None, None),
            ("", Some("fr"), Some("fr")),
            ("議会は木曜日、古い橋を修理のため閉鎖することを決めた。工事は春まで続く見込みである。", None, Some("ja")),
            // A template's word, against letters or words that English does not have.
            ("議会は木曜日、古い橋を修理のため閉鎖することを決めた。", Some("en-US"), Some("ja")),
            ("오를렌 시의회는 목요일 낡은 다리를 폐쇄하기로 했다.", Some("en-US"), Some("ko")),
            ("奥伦市议会星期四决定关闭旧桥进行维修。", Some("en"), Some("zh")),
            (
                "Рада Орлена у четвер вирішила закрити старий міст до весни, її підтримали всі.",
                Some("en-US"),
                Some("uk"),
            ),
            ("قرر مجلس أورلين يوم الخميس إغلاق الجسر القديم حتى الربيع.", Some("de"), Some("ar")),
            (NORWEGIAN, Some("en"), Some("no")),
            // What is said of a language that has such letters stands, and so does a line of English with a name in others.
            ("Одлука је донета.", Some("sr"), Some("sr")),
            ("The bridge of Орлен is closed until the spring, said the mayor.", Some("en"), Some("en")),
            ("Bridge closed", Some("en"), Some("en")),
        ] {
            let found = weigh(text, said.and_then(Lang::assigned));
            assert_eq!(found.as_ref().map(Lang::as_str), want, "`{text}` claimed {said:?}");
        }
    }

    #[test]
    fn languages_that_trigrams_take_for_others() {
        for (text, want) in [
            (
                "Eldur kviknaði í gömlu myllunni á sunnudagskvöld og slökkviliðið var í tvo tíma að ná tökum á honum. Enginn var í \
              húsinu þegar eldurinn kom upp, segir lögreglan.",
                Some("is"),
            ),
            (
                "Moto uliteketeza kinu cha zamani Jumapili usiku. Kikosi cha zima moto kilifika baada ya saa mbili na hakuna mtu \
              aliyejeruhiwa katika tukio hilo, polisi walisema.",
                Some("sw"),
            ),
            (
                "Dódh an seanmhuileann oíche Dhomhnaigh. Tháinig an bhriogáid dóiteáin agus bhí an tine faoi smacht tar éis dhá uair \
              an chloig. Ní raibh duine ar bith sa teach.",
                Some("ga"),
            ),
            (
                "Un incendio queimou o domingo pola noite o vello muíño. Os bombeiros controlaron o lume en dúas horas e non houbo \
              feridos. O edificio estaba baleiro dende 1998.",
                Some("gl"),
            ),
            (
                "Sute batek errota zaharra erre zuen igande gauean. Suhiltzaileek bi ordutan itzali zuten sua eta ez zen inor zauritu. \
              Eraikina hutsik zegoen.",
                Some("eu"),
            ),
            (
                "Den gamle mølle ved åen brændte søndag aften. Brandvæsenet fik ilden under kontrol efter to timer, og ingen kom til \
              skade. Bygningen havde stået tom siden 1998, siger politiet.",
                Some("da"),
            ),
            (
                "Den gamle mølla ved elva brant søndag kveld. Brannvesenet fikk kontroll på brannen etter to timer, og ingen ble \
              skadet. Bygningen hadde stått tom siden 1998, sier politiet.",
                Some("no"),
            ),
            ("Vanha mylly paloi sunnuntai-iltana, eikä kukaan loukkaantunut.", None),
            (
                "Um incêndio destruiu no domingo à noite o velho moinho. Os bombeiros controlaram o fogo em duas horas e não houve \
              feridos, segundo a polícia.",
                Some("pt"),
            ),
            (
                "Un incendio destruyó el domingo por la noche el viejo molino. Los bomberos lo controlaron en dos horas y no hubo \
              heridos, según la policía.",
                Some("es"),
            ),
            ("Fire at the old mill on Sunday night: nobody was hurt, police said.", Some("en")),
            (
                "Zondagavond is de oude watermolen langs de rivier verbrand. Twee uur later kon de brandweer vertrekken; niemand werd \
              gewond.",
                Some("nl"),
            ),
            // Hardly a word of the commonest, as in results, recipes and forecasts.
            (
                "Orlen Rovers 3-1 Tarn United. Scorers: Petrie 12, Holm 45, Frey 88; Orel 60. Substitutes: Linde, Ruiz, Blackwood. \
              Referee: Whitfield. Attendance: 4,512. Yellow cards: Thornton, Hayes.",
                Some("en"),
            ),
            (
                "Ingredientes: harina, huevos, azúcar, leche, mantequilla, canela, limones. Preparación: mezclar harina, añadir huevos, \
              calentar leche, hornear cuarenta minutos, dejar enfriar.",
                Some("es"),
            ),
            (
                "Prévisions : soleil, nuages, averses, brouillard matinal. Températures maximales : Lille 12, Lyon 18, Nice 22. Demain : \
              éclaircies, vent faible, gelées nocturnes.",
                Some("fr"),
            ),
        ] {
            let found = weigh(text, None);
            let got = found.as_ref().map(Lang::as_str);
            // No language is better than a wrong one, where there is little text.
            assert!(got == want || want.is_none() && got == Some("fi"), "`{text}` {got:?}");
        }
    }

    #[test]
    fn only_codes_of_languages_are_claims() {
        for (tag, want) in [
            ("nb-NO", Some("no")),
            ("kr", Some("ko")),
            ("jp", Some("ja")),
            ("gsw", Some("gsw")),
            ("utf-8", None),
            ("xq", None),
            ("und", None),
        ] {
            assert_eq!(Lang::assigned(tag).as_ref().map(Lang::as_str), want, "{tag}");
        }
    }
}
