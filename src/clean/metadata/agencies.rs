//! Wire agencies by the names they sign with. An agency is never an author.

use std::sync::LazyLock;

use super::folded;

/// Usual name, then the other names and signs, folded; a sign in capitals only counts in capitals.
const AGENCIES: &[(&str, &[&str])] = &[
    ("Reuters", &["reuters", "thomson reuters", "reuters staff", "рейтер"]),
    ("AP", &["AP", "associated press", "the associated press", "ap news", "associated press news"]),
    ("AFP", &["AFP", "agence france presse", "france presse", "afp agence france presse"]),
    (
        "dpa",
        &[
            "dpa",
            "deutsche presse agentur",
            "dpa infocom",
            "dpa afx",
            "dpa tmn",
            "dpa com",
            "deutsche presse agentur dpa",
        ],
    ),
    ("AFX", &["AFX", "dow jones afx"]),
    ("epd", &["epd", "evangelischer pressedienst"]),
    ("KNA", &["KNA", "katholische nachrichten agentur"]),
    ("SID", &["SID", "sport informations dienst"]),
    ("APA", &["APA", "austria presse agentur"]),
    (
        "Keystone-SDA",
        &[
            "SDA",
            "keystone sda",
            "sda ats",
            "ATS",
            "keystone sda ats",
            "sda keystone",
            "schweizerische depeschenagentur",
        ],
    ),
    ("AWP", &["AWP", "awp finanznachrichten"]),
    ("EFE", &["EFE", "agencia efe", "efe agencia"]),
    ("Europa Press", &["europa press"]),
    ("ANSA", &["ANSA"]),
    ("AGI", &["AGI"]),
    ("Adnkronos", &["adnkronos"]),
    ("LaPresse", &["lapresse"]),
    ("Lusa", &["lusa", "agencia lusa"]),
    ("Agência Brasil", &["agencia brasil"]),
    ("Folhapress", &["folhapress"]),
    ("Estadão Conteúdo", &["estadao conteudo"]),
    ("Télam", &["telam"]),
    ("Notimex", &["notimex"]),
    ("Belga", &["belga", "BELGA"]),
    ("ANP", &["ANP"]),
    ("TT", &["TT", "tt nyhetsbyran"]),
    ("NTB", &["NTB"]),
    ("Ritzau", &["ritzau"]),
    ("STT", &["STT"]),
    ("BNS", &["BNS"]),
    ("ELTA", &["ELTA"]),
    ("LETA", &["LETA"]),
    ("PAP", &["PAP", "polska agencja prasowa"]),
    ("ČTK", &["CTK", "ČTK"]),
    ("TASR", &["TASR"]),
    ("SITA", &["SITA"]),
    ("MTI", &["MTI"]),
    ("HINA", &["HINA", "Hina"]),
    ("STA", &["STA"]),
    ("Tanjug", &["tanjug"]),
    ("FENA", &["FENA"]),
    ("BTA", &["BTA", "БТА"]),
    ("Agerpres", &["agerpres"]),
    ("AMNA", &["AMNA", "ΑΠΕ-ΜΠΕ", "απε μπε"]),
    ("TASS", &["TASS", "itar tass", "ТАСС"]),
    ("RIA Novosti", &["ria novosti", "риа новости"]),
    ("Interfax", &["interfax", "интерфакс"]),
    ("Ukrinform", &["ukrinform", "укринформ"]),
    ("Anadolu", &["anadolu", "anadolu agency", "anadolu ajansi", "AA"]),
    ("DHA", &["DHA", "demiroren haber ajansi"]),
    ("İHA", &["IHA", "İHA", "ihlas haber ajansi"]),
    ("Xinhua", &["xinhua", "xinhua news agency", "新华社", "新華社"]),
    ("CNA", &["CNA", "central news agency", "中央社"]),
    ("Kyodo", &["kyodo", "kyodo news", "共同通信", "共同通信社"]),
    ("Jiji Press", &["jiji", "jiji press", "JIJI", "時事通信", "時事通信社"]),
    ("Yonhap", &["yonhap", "yonhap news agency", "연합뉴스"]),
    ("PTI", &["PTI", "press trust of india"]),
    ("IANS", &["IANS", "indo asian news service"]),
    ("ANI", &["ANI", "asian news international"]),
    ("UNI", &["UNI", "united news of india"]),
    ("APP", &["APP", "associated press of pakistan"]),
    ("BSS", &["BSS"]),
    ("Antara", &["antara"]),
    ("Bernama", &["bernama"]),
    ("VNA", &["VNA"]),
    ("AAP", &["AAP", "australian associated press"]),
    ("The Canadian Press", &["canadian press", "the canadian press", "la presse canadienne"]),
    ("PA Media", &["pa media", "press association", "the press association", "pa news agency", "pa"]),
    ("UPI", &["UPI", "united press international"]),
    ("Bloomberg", &["bloomberg", "bloomberg news"]),
    ("CNN Newsource", &["cnn newsource", "cnn wire", "the cnn wire"]),
    ("Tribune News Service", &["TNS", "tribune news service", "tribune content agency"]),
    ("City News Service", &["CNS", "city news service"]),
    ("Field Level Media", &["field level media"]),
    ("StatMuse", &["statmuse"]),
    ("WAM", &["WAM"]),
    ("SPA", &["SPA", "saudi press agency"]),
    ("QNA", &["QNA"]),
    ("KUNA", &["KUNA"]),
    ("Petra", &["petra news agency"]),
    ("MENA", &["MENA", "middle east news agency"]),
    ("SANA", &["SANA"]),
    ("IRNA", &["IRNA", "ایرنا"]),
    ("ISNA", &["ISNA", "ایسنا"]),
    ("Tasnim", &["tasnim", "تسنیم"]),
    ("NAN", &["NAN", "news agency of nigeria"]),
    ("MAP", &["MAP"]),
    ("APS", &["APS"]),
    ("TAP", &["TAP"]),
    ("Presse-Agentur", &["ots", "news aktuell"]),
];

/// A sign, and folded if it only counts in capitals.
type Sign = (&'static str, Option<String>);

static SIGNS: LazyLock<Vec<(&str, Vec<Sign>)>> = LazyLock::new(|| {
    let sign = |sign: &&'static str| (*sign, sign.chars().any(char::is_uppercase).then(|| folded(sign)));
    AGENCIES.iter().map(|(name, signs)| (*name, signs.iter().map(sign).collect())).collect()
});

/// The usual name of the agency that `text` as a whole names.
pub(super) fn named(text: &str) -> Option<&'static str> {
    let text = text
        .trim()
        .trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '-' | '–' | '—' | '.' | ',' | '/' | '*'))
        .trim();
    let key = folded(text);
    let shouted = text.len() > 3 && text.chars().all(|c| !c.is_lowercase());
    let fits = |(sign, folded): &(&str, Option<String>)| match folded {
        Some(folded) => *sign == text || shouted && *folded == key,
        None => *sign == key,
    };
    SIGNS.iter().find(|(_, signs)| signs.iter().any(fits)).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn signs_of_agencies() {
        for (text, want) in [
            ("Reuters", Some("Reuters")),
            ("The Associated Press", Some("AP")),
            ("(AFP)", Some("AFP")),
            ("Agence France-Presse", Some("AFP")),
            ("dpa", Some("dpa")),
            ("sda", None),
            ("SDA", Some("Keystone-SDA")),
            ("tap", None),
            ("Petra", None),
            ("Petra Sander", None),
            ("Sita", None),
            ("Ana Lusa", None),
        ] {
            assert_eq!(named(text), want, "`{text}`");
        }
    }
}
