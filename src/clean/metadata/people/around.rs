//! What stands around the names of a byline and is no part of them: addresses, forms of address, places of offices, who took
//! the pictures, who edited it.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::clean::metadata::agencies;

/// Each shape, and what stays of it.
static SHAPES: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let shapes = [
        // What a template escaped: `<a href="/x">Mara Linde</a>`.
        (r"</?[a-zA-Z][^<>]*>", " "),
        // `Story and photos by Mara Linde`: she wrote it too.
        (
            r"(?i)^(?:story|words|text|report|article) (?:and|&) (?:photos?|photographs?|pictures|images|video|illustrations?) by ",
            "by ",
        ),
        (r"(?i)(^|by )(?:the )?(?:rev\.|reverend) ", "$1"),
        // `Penulis Dewi Lestari | Editor Budi Santoso`
        (r"\s*[|·•/]\s*(?i:editor|editors|redaktur|penyunting|editado por)[:\s]\s*(?:\p{Lu}\S*\s*){1,4}$", ""),
        // `记者 李梅 北京报道`
        (r"([\p{Han}]{2,4})[ \u{3000}][\p{Han}]{2,4}(?:报道|報導|電|电)$", "$1"),
    ];
    shapes.into_iter().filter_map(|(shape, stays)| Some((Regex::new(shape).ok()?, stays))).collect()
});

/// A byline without them.
pub(super) fn without(text: &str) -> Cow<'_, str> {
    let mut line: Cow<str> = text.into();
    for (shape, stays) in SHAPES.iter() {
        if let Cow::Owned(cut) = shape.replace_all(&line, *stays) {
            line = cut.into();
        }
    }
    let mail = |word: &str| word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if line.contains('@') && line.split_whitespace().any(|word| !word.contains('@')) {
        line = line.split_whitespace().filter(|word| !mail(word)).collect::<Vec<_>>().join(" ").into();
    }
    // `By Agence France-Presse in Manila`
    if let Some((name, place)) = line.rsplit_once(" in ")
        && !place.contains([',', '&', '/'])
        && place.split(' ').count() <= 3
        && !place.split(' ').any(|word| AND.contains(&word))
        && agencies::named(name.strip_prefix("By ").unwrap_or(name)).is_some()
    {
        line = name.to_owned().into();
    }
    if let Some(end) = before_bureau(&line) {
        line = line[..end].to_owned().into();
    }
    line
}

/// Words that join a further name.
const AND: [&str; 6] = ["and", "und", "et", "y", "e", "with"];

/// Where agencies and papers have offices. Any other word before `bureau chief` may be a surname.
const PLACES: &[&str] = &[
    "Washington",
    "New York",
    "Los Angeles",
    "San Francisco",
    "Chicago",
    "Boston",
    "Atlanta",
    "Miami",
    "Houston",
    "London",
    "Paris",
    "Berlin",
    "Brussels",
    "Rome",
    "Madrid",
    "Moscow",
    "Kyiv",
    "Warsaw",
    "Vienna",
    "Istanbul",
    "Jerusalem",
    "Cairo",
    "Beirut",
    "Baghdad",
    "Tehran",
    "Dubai",
    "Kabul",
    "Islamabad",
    "New Delhi",
    "Delhi",
    "Beijing",
    "Shanghai",
    "Hong Kong",
    "Tokyo",
    "Seoul",
    "Bangkok",
    "Manila",
    "Jakarta",
    "Singapore",
    "Sydney",
    "Nairobi",
    "Johannesburg",
    "Lagos",
    "Dakar",
    "Mexico City",
    "Bogota",
    "Rio de Janeiro",
    "Buenos Aires",
    "Ottawa",
    "Toronto",
];

/// Where a name ends before an office and its place: `By Mara Linde Washington bureau chief`.
fn before_bureau(line: &str) -> Option<usize> {
    let before = &line[..line.find(" bureau chief")?];
    let names = |text: &str| {
        text.split(' ').filter(|word| word.starts_with(char::is_uppercase) && !word.eq_ignore_ascii_case("by")).count()
    };
    if before.contains(',') || names(before) < 2 {
        return None;
    }
    let named = |place: &&str| before.strip_suffix(*place).filter(|name| name.ends_with(' ') && names(name) >= 2);
    Some(PLACES.iter().find_map(named).unwrap_or(before).trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::super::persons;

    #[test]
    fn names_alone_are_left() {
        for (line, want) in [
            ("By Mara Linde Washington bureau chief", &["Mara Linde"][..]),
            ("By Mara Linde New York bureau chief", &["Mara Linde"]),
            ("By Mary Ann Lee bureau chief", &["Mary Ann Lee"]),
            ("By Jack London bureau chief", &["Jack London"]),
            ("By Reuters in Manila and Mara Linde", &["Mara Linde"]),
            ("Penulis Dewi Lestari | Editor Budi Santoso", &["Dewi Lestari"]),
            ("记者 李梅 北京报道", &["李梅"]),
            ("Story and photos by Mara Linde", &["Mara Linde"]),
            ("By KELLI McDONALD-ORME kmcdonald@pvc.example", &["KELLI McDONALD-ORME"]),
            ("By the Rev. Dr. Mara Linde Jr.", &["Dr. Mara Linde Jr"]),
            ("<a href=\"/x\">Mara Linde</a>", &["Mara Linde"]),
            ("By Agence France-Presse in Manila", &[]),
            ("Bay City News", &[]),
            // Who looks like these and is somebody.
            ("Mara Linde | Tom Orel", &["Mara Linde", "Tom Orel"]),
            ("Mara Linde and Tom Orel", &["Mara Linde", "Tom Orel"]),
            ("Mara Editor", &[]),
            ("记者 李强 王丽", &["李强", "王丽"]),
            ("Photos by Mara Linde", &[]),
            ("By Mara Linde, bureau chief", &["Mara Linde"]),
        ] {
            assert_eq!(persons(line), want, "{line}");
        }
    }
}
