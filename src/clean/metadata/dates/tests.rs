use super::{Context, find, parse};
use crate::model::{Lang, Precision};

fn context(lang: &str) -> Context {
    Context { now: "2025-07-01T00:00:00Z".parse().ok(), language: Lang::parse(lang), day_first: None }
}

/// `iso` as [`crate::model::DateClaim::iso`] writes it; `-` for no date; `?` before it for a doubted one.
fn check(lang: &str, text: &str, iso: &str) {
    let read = parse(text, &context(lang));
    let shown = match &read {
        None => "-".to_owned(),
        Some(date) => format!("{}{}", if date.is_sure() { "" } else { "?" }, date.iso()),
    };
    assert_eq!(shown, iso, "`{text}` in `{lang}`: {read:?}");
}

#[test]
fn machines() {
    for (text, iso) in [
        ("2025-06-27", "2025-06-27"),
        ("2025-06", "2025-06"),
        ("2025", "2025"),
        ("20250627", "2025-06-27"),
        ("2025178", "2025-06-27"),
        ("25178", "2025-06-27"),
        ("250627", "2025-06-27"),
        ("202506", "2025-06"),
        ("200312", "-"),
        ("2025-06-27T14:05:00+02:00", "2025-06-27T14:05:00+02:00"),
        ("2025-06-27T14:05:00.123Z", "2025-06-27T14:05:00Z"),
        ("2025-06-27T14:05Z", "2025-06-27T14:05:00Z"),
        ("2025-06-27T14:05:00", "2025-06-27"),
        ("2025-06-27 14:05:00 +0200", "2025-06-27T14:05:00+02:00"),
        ("2025-06-27T24:00:00Z", "2025-06-28T00:00:00Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("20231125T162741Z", "2023-11-25T16:27:41Z"),
        ("20231125T1627+0100", "2023-11-25T16:27:00+01:00"),
        ("20250627140500", "2025-06-27"),
        ("1751033100", "2025-06-27T14:05:00Z"),
        ("1751033100000", "2025-06-27T14:05:00Z"),
        ("1751033100.25", "2025-06-27T14:05:00Z"),
        ("Fri, 27 Jun 2025 14:05:00 GMT", "2025-06-27T14:05:00Z"),
        ("Fri, 27 Jun 2025 14:05:00 +0000 (UTC)", "2025-06-27T14:05:00Z"),
        ("Fri, 27 Jun 25 14:05 EST", "2025-06-27T14:05:00-05:00"),
        ("Fri, 27 Jun 2025 14:05:00 GMT-07:00", "2025-06-27T14:05:00-07:00"),
        ("Fri Jun 27 14:05:00 PDT 2025", "2025-06-27T14:05:00-07:00"),
        ("Fri Jun 27 2025 14:05:00 GMT+0200 (Central European Summer Time)", "2025-06-27T14:05:00+02:00"),
        ("27/Jun/2025:14:05:00 +0200", "2025-06-27T14:05:00+02:00"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26"),
        ("26-Feb-87", "1987-02-26"),
        ("2025/6/7 4:33:00", "2025-06-07"),
        ("2025-06-27T14:05:00Z[UTC]", "2025-06-27T14:05:00Z"),
        ("2025-W26-5", "2025-06-27"),
        ("2025W265", "2025-06-27"),
        ("2020-W53-7", "2021-01-03"),
        ("2025-W26", "-"),
        ("2025-W26-8", "-"),
        ("2025-W54-1", "-"),
        ("/Date(1751033100000)/", "2025-06-27T14:05:00Z"),
        ("/Date(1751033100000+0200)/", "2025-06-27T14:05:00Z"),
        ("/Date(now)/", "-"),
    ] {
        check("en", text, iso);
    }
}

#[test]
fn people() {
    for (lang, text, iso) in [
        ("en", "June 27, 2025", "2025-06-27"),
        ("en", "Published: Friday, June 27th 2025 at 3:07pm", "2025-06-27"),
        ("en", "Jun. 27, 2025, 10:57 a.m. EDT", "2025-06-27T10:57:00-04:00"),
        ("en", "27 June, 2025", "2025-06-27"),
        ("en", "12 a.m. UTC, 27 June 2025", "2025-06-27T00:00:00Z"),
        ("en", "Nov. 2020", "2020-11"),
        ("en", "June 27", "-"),
        ("de", "27. Juni 2025", "2025-06-27"),
        ("de", "Freitag, den 27. Juni 2025, 15.04 Uhr", "2025-06-27"),
        ("de", "Stand: 27.06.2025, 15:04 Uhr", "2025-06-27"),
        ("de", "27.6.25", "2025-06-27"),
        ("de", "1. März 2025", "2025-03-01"),
        ("fr", "le 1er août 2024 à 15h04", "2024-08-01"),
        ("fr", "mar. 4 mars 2025", "2025-03-04"),
        ("fr", "Publié le 03 févr. 2025", "2025-02-03"),
        ("es", "27 de junio de 2025", "2025-06-27"),
        ("es", "martes, 4 de marzo de 2025", "2025-03-04"),
        ("pt", "1º de julho de 2024", "2024-07-01"),
        ("it", "27 giugno 2025 alle 15:04", "2025-06-27"),
        ("nl", "27 mei 2025", "2025-05-27"),
        ("pl", "27 czerwca 2025", "2025-06-27"),
        ("cs", "27. června 2025", "2025-06-27"),
        ("cs", "27. července 2024", "2024-07-27"),
        ("cs", "3. listopadu 2024", "2024-11-03"),
        ("hr", "3. listopada 2024.", "2024-10-03"),
        ("pl", "3 listopada 2024", "2024-11-03"),
        ("xx", "3 listopada 2024", "-"),
        ("hu", "2025. június 27.", "2025-06-27"),
        ("fi", "27. kesäkuuta 2025 klo 15.04", "2025-06-27"),
        ("sv", "27 juni 2025", "2025-06-27"),
        ("no", "27. juni 2025 kl. 15.04", "2025-06-27"),
        ("lt", "2025 m. birželio 27 d.", "2025-06-27"),
        ("lv", "2025. gada 27. jūnijs", "2025-06-27"),
        ("ru", "27 июня 2025 г.", "2025-06-27"),
        ("uk", "27 червня 2025 року", "2025-06-27"),
        ("el", "27 Ιουνίου 2025", "2025-06-27"),
        ("tr", "27 Haziran 2025", "2025-06-27"),
        ("tr", "3 Ağustos 2024, 15:04", "2024-08-03"),
        ("ro", "27 iunie 2025", "2025-06-27"),
        ("id", "27 Agustus 2024", "2024-08-27"),
        ("vi", "27 tháng 6, 2025", "2025-06-27"),
        ("ar", "27 حزيران 2025", "2025-06-27"),
        ("ar", "٢٧ يونيو ٢٠٢٥", "2025-06-27"),
        ("ar", "4 كانون الثاني 2025", "2025-01-04"),
        ("he", "27 ביוני 2025", "2025-06-27"),
        ("hi", "27 जून 2025", "2025-06-27"),
        ("th", "27 มิถุนายน 2568", "2025-06-27"),
        ("zh", "2025年6月27日 星期五 下午3时15分", "2025-06-27"),
        ("ja", "令和7年6月27日(金)", "2025-06-27"),
        ("ko", "2025년 6월 27일 오후 3:15", "2025-06-27"),
        ("ko", "2004-05-25 오후 11:23:17", "2004-05-25"),
        ("hu", "2004-július-13T9:15-05:00", "2004-07-13T09:15:00-05:00"),
    ] {
        check(lang, text, iso);
    }
}

#[test]
fn day_and_month_are_never_guessed() {
    for (lang, text, iso) in [
        ("en", "03/04/2020", "?2020"),
        ("en", "03-04-2020", "?2020"),
        ("en", "13/04/2020", "2020-04-13"),
        ("en", "04/13/2020", "2020-04-13"),
        ("en", "04/04/2020", "2020-04-04"),
        ("en", "10/30/23 21:55:58", "2023-10-30"),
        // 11 April 2020 was a Saturday, 4 November a Wednesday.
        ("en", "Sat, 11 04 2020 08:51:49 +0100", "2020-04-11T08:51:49+01:00"),
        ("en", "Wed, 11/04/2020", "2020-11-04"),
        ("en", "03.04.2020", "2020-04-03"),
        ("fr", "03/04/2020", "2020-04-03"),
        ("de", "03-04-2020", "2020-04-03"),
    ] {
        check(lang, text, iso);
    }
    let american = Context { day_first: Some(false), ..context("en") };
    assert_eq!(parse("03/04/2020", &american).map(|date| date.iso()), Some("2020-03-04".to_owned()));
}

#[test]
fn what_is_broken_or_no_date_gives_none() {
    for text in [
        "",
        "   ",
        "yesterday",
        "2 hours ago",
        "1:2:3:4",
        "Sun, 16 Dec 2012 1:2:3:4 GMT",
        "Sun, 16 Dec 2012 11:47:32 +zz:00",
        "9999-12-31T23:59:59-99:99",
        "2003-12-31T10:14:61Z",
        "2025-02-30",
        "31 June 2025",
        "0000-00-00",
        "0000-00-00T00:00:00Z",
        "555-123-4567",
        "12,345 readers",
        "page 3 of 27",
        "May",
        "12",
        "123456789012345678901234567890",
    ] {
        check("en", text, "-");
    }
}

#[test]
fn impossible_days_are_kept_and_doubted() {
    for (text, iso) in [
        ("1970-01-01T00:00:00Z", "?1970-01-01T00:00:00Z"),
        ("0", "-"),
        ("Wed, 31 Dec 1969 19:00:00 EST", "?1969-12-31T19:00:00-05:00"),
        ("2037-01-01", "?2037-01-01"),
        ("0001-01-01T00:00:00Z", "?0001-01-01T00:00:00Z"),
        ("2025-07-01T12:00:00Z", "2025-07-01T12:00:00Z"),
    ] {
        check("en", text, iso);
    }
    assert!(
        parse("2037-01-01", &Context::default()).is_some_and(|date| date.is_sure()),
        "without a now nothing is in the future"
    );
}

#[test]
fn a_longer_text_gives_the_one_day_it_names() {
    check("en", "By Mara Linde | June 27, 2025 | 5 min read", "2025-06-27");
    check("de", "6. Oktober um 04:00", "-");
    check("en", "First published June 27, 2025, last changed on June 29, 2025", "-");
    let days = find("Published 27 June 2025 14:05 +0200 | Updated 29 June 2025", &context("en"));
    assert_eq!(days.iter().map(|date| date.iso()).collect::<Vec<_>>(), ["2025-06-27T14:05:00+02:00", "2025-06-29"]);
    assert_eq!(days[0].precision, Precision::Minute);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_a_fault(text in "\\PC{0,60}") {
        let _ = parse(&text, &context("en"));
        let _ = find(&text, &context("fr"));
    }

    #[test]
    fn what_is_written_is_read_back(seconds in 0i64..2_000_000_000, hours in -12i32..=14) {
        let time = jiff::Timestamp::from_second(seconds).unwrap();
        let offset = jiff::tz::Offset::from_seconds(hours * 3600).unwrap();
        let day = offset.to_datetime(time).date();
        let iso = time.display_with_offset(offset).to_string();
        let mail = offset.to_datetime(time).to_zoned(jiff::tz::TimeZone::fixed(offset)).unwrap();
        let mail = mail.strftime("%a, %d %b %Y %H:%M:%S %z").to_string();
        for text in [iso, mail, day.strftime("%B %-d, %Y").to_string(), day.strftime("%-d.%-m.%Y").to_string()] {
            let read = parse(&text, &Context::default()).unwrap();
            proptest::prop_assert_eq!(read.day, day, "{}", text);
            proptest::prop_assert!(read.instant.is_none_or(|instant| instant == time));
        }
    }
}

#[test]
fn a_day_within_a_sentence_is_told_from_a_label() {
    for line in [
        "The war ended on 8 May 1945.",
        "It last happened on 3 May 2019, when Ida Penrose closed it.",
        "Updated plans were shown on 4 June 2018 to the council.",
        "Der Krieg endete am 8. Mai 1945.",
    ] {
        assert!(super::in_a_sentence(line), "{line}");
    }
    for line in [
        "Published on 3 March 2024.",
        "Posted March 3, 2024 at 10:15 a.m.",
        "Aktualisiert am 3. März 2024.",
        "Publié le 3 mars 2024.",
        "By Ada Moss, staff writer, 3 March 2024",
    ] {
        assert!(!super::in_a_sentence(line), "{line}");
    }
}

#[test]
fn solar_years_of_persian_papers() {
    for (text, iso) in [
        ("۲ تیر ۱۳۹۹", "2020-06-22"),
        ("2 تير 1399 - 12:09:08 ب.ظ", "2020-06-22"),
        ("چهارشنبه ۵ آذر ۱۴۰۴", "2025-11-26"),
        ("1399/04/02", "2020-06-22"),
        ("۱۴۰۴/۰۹/۰۵", "2025-11-26"),
        ("۳۲ تیر ۱۳۹۹", "-"),
    ] {
        let context = Context { now: "2026-01-01T00:00:00Z".parse().ok(), ..context("fa") };
        assert_eq!(parse(text, &context).map_or("-".to_owned(), |date| date.iso()), iso, "{text}");
    }
    // A year of another calendar in another language is none of ours.
    check("ar", "1445/04/02", "-");
    check("en", "۱۴۰۲/۱۲/۲۲ - ۱۴:۰۵", "-");
}

#[test]
fn a_year_of_two_digits_gives_way_to_the_whole_year() {
    let days = find("Call is open until July 31 July 22, 2017", &context("en"));
    assert_eq!(days.iter().map(crate::model::DateClaim::iso).collect::<Vec<_>>(), ["2017-07-22"]);
    let days = find("Held on 26 Feb 87, 1987 in all", &context("en"));
    assert_eq!(days.len(), 0, "{days:?}");
}

#[test]
fn a_span_of_days_is_no_day() {
    for (text, count) in [
        ("Weekly report 14.-20. Januar 2022", 0),
        ("3-5 March 2024", 0),
        ("Open 3 – 5 March 2024", 0),
        ("Orlen - 5 March 2024", 1),
        ("10:30 - 5 March 2024", 1),
        ("2024-03-05", 1),
        ("March 12-18, 2024", 0),
    ] {
        assert_eq!(find(text, &context("de")).len(), count, "{text}");
    }
}

#[test]
fn a_week_of_a_month_is_of_that_month() {
    check("en", "March 12-18, 2024", "2024-03");
    check("en", "12–18 March 2024", "2024-03");
    check("en", "March 12-40, 2024", "-");
}

#[test]
fn numbers_beside_a_month_that_count_something_are_no_day() {
    for line in [
        "March 2024 · 5 min read",
        "March 2024 | 12 comments",
        "Nov 2024, 3 comments",
        "Issue 7 | March 2024",
        "Episode 12 | March 2024",
        "Vol. 14, March 2024",
        "Nr. 12 / März 2024",
        "Ausgabe 12, März 2024",
        "№ 12, март 2024",
    ] {
        check("en", line, "-");
    }
    for (line, iso) in [
        ("Since 1887 · March 12, 2024", "2024-03-12"),
        ("Tuesday 12, March 2024", "2024-03-12"),
        ("Published 12, March 2024", "2024-03-12"),
        ("12, March 2024", "2024-03-12"),
        ("Posted by admin 12, March 2024", "2024-03-12"),
        ("Nairobi 12, March 2024", "2024-03-12"),
        ("12 | March | 2024", "2024-03-12"),
        ("12 · March 2024", "2024-03-12"),
        ("March 12 | 2024", "2024-03-12"),
        ("12/Mar/2024", "2024-03-12"),
        ("Tuesday | 12 March 2024 | 14:05", "2024-03-12"),
        ("Issue 7 | 12 March 2024", "2024-03-12"),
        ("2024. március 12.", "2024-03-12"),
    ] {
        check("en", line, iso);
    }
}

#[test]
fn calendars_and_orders_that_are_none_of_ours() {
    check("th", "12/03/2567", "2024-03-12");
    check("en", "13/03/2567", "2024-03-13");
    check("en", "2024-13-04", "-");
    check("en", "2024-13-04T00:00:00Z", "-");
    // Points do not put the day first where the month is first elsewhere.
    let american = super::Context { day_first: Some(false), ..context("en") };
    assert!(!parse("03.12.24", &american).unwrap().is_sure());
    assert_eq!(parse("03.13.24", &american).unwrap().iso(), "2024-03-13");
    check("de", "03.12.24", "2024-12-03");
}
