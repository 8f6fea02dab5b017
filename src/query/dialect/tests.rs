use jiff::civil::date;
use proptest::strategy::Strategy;

use super::*;
use crate::query::{Options, parse};

fn check(dialect: Dialect, text: &str, expected: &str) {
    let translated = dialect.translate(text);
    assert_eq!(translated.query, expected, "{dialect:?}: {text}");
    let options = Options::new(date(2025, 7, 1));
    parse(&translated.query, &options).unwrap_or_else(|e| panic!("{}", e.render(&translated.query)));
}

fn warned(dialect: Dialect, text: &str, expected: &str, warning: &str) {
    check(dialect, text, expected);
    let warnings = dialect.translate(text).warnings;
    assert!(warnings.iter().any(|w| w.contains(warning)), "{text}: {warnings:?}");
}

#[test]
fn nexis() {
    let check = |text: &str, expected: &str| check(Dialect::Nexis, text, expected);
    let warned = |text: &str, expected: &str, warning: &str| warned(Dialect::Nexis, text, expected, warning);
    check("safe third country", "\"safe third country\"");
    check("safe third country and asylum or refugee!", "\"safe third country\" AND (asylum OR refugee*)");
    check("honduras or guatemala w/10 asylum seeker!", "(honduras OR guatemala) NEAR/10 \"asylum seeker*\"");
    check(
        "school W/25 liab! AND rugby OR game W/10 injur!",
        "(school NEAR/25 liab*) AND ((rugby OR game) NEAR/10 injur*)",
    );
    check("a w/25 b w/5 c", "a NEAR/25 (b NEAR/5 c)");
    check("a pre/3 b and not c", "(a PRE/3 b) NOT c");
    check("a w/s b and c w/p d", "(a SENT b) AND (c SAME d)");
    check(
        "atleast5(asylum) and headline(deport! w/5 guatemala)",
        "ATLEAST/5(asylum) AND title:(deport* NEAR/5 guatemala)",
    );
    check("hlead(asylum) and byline(mae slater)", "HLEAD(asylum) AND author:(\"mae slater\")");
    check("wom*n and publication(daily planet or herald)", "wom?n AND source:(\"daily planet\" OR herald)");
    check("length > 500 and asylum", "words:>500 AND asylum");
    check("\"safe third\" [a or b]", "\"safe third\" PRE/1 (a OR b)");
    warned(
        "asylum and date(geq(1/2/2020) and leq(12/31/2020))",
        "asylum AND date:2020-01-02..2020-12-31",
        "month first",
    );
    check("asylum and date is 2020", "asylum AND date:2020");
    check("asylum and date geq (1/1/2025)", "asylum AND date:2025-01-01..");
    warned("date geq(1/2/2020) and leq (12/31/2020) and a", "date:2020-01-02..2020-12-31 AND a", "month first");
    check("bank? and HOMES NEAR AIRPORT", "bank? AND \"HOMES NEAR AIRPORT\"");
    check("date aft 2020-05-01 and asylum", "after:2020-05-01 AND asylum");
    warned("rico not w/5 puerto", "rico NOT (rico NEAR/5 puerto)", "NOT W/5");
    warned("a w/seg b", "a AND b", "w/seg");
    check("HEADLINE:(asylum) and DATE:2025", "title:(asylum) AND date:2025");
    check("headline:\"safe third\"", "title:\"safe third\"");
    check("atleast 5 asylum and court", "ATLEAST/5(asylum) AND court");
    check("atleast 5 (asylum or refugee)", "ATLEAST/5(asylum OR refugee)");
    check("at least 5 people", "\"at least 5 people\"");
    warned("alpha w5 bravo", "alpha NEAR/5 bravo", "`W/5`");
    warned("caps(us) and company(acme)", "us", "company");
    warned("(a and b", "a AND b", "never closed");
    warned("a)", "a", "`)`");
}

#[test]
fn factiva() {
    let check = |text: &str, expected: &str| check(Dialect::Factiva, text, expected);
    let warned = |text: &str, expected: &str, warning: &str| warned(Dialect::Factiva, text, expected, warning);
    check("bill clinton or gore and george bush", "\"bill clinton\" OR (gore AND \"george bush\")");
    check("president w/2 clinton", "president PRE/2 clinton");
    check("world cup adj5 rugby", "\"world cup\" PRE/5 rugby");
    check("carrefour near5 retail sales not tesco", "(carrefour NEAR/5 \"retail sales\") NOT tesco");
    check("vodafone same telecom$", "vodafone SAME telecom*");
    check("boeing /N30/ airways", "boeing NEAR/30 airways");
    check("atleast5 asylum and hd=europe", "ATLEAST/5(asylum) AND title:europe");
    check("hlp=(asylum or refugee) and la=en and wc>500", "HLEAD(asylum OR refugee) AND lang:en AND words:>500");
    check("asylum and date from 20250101 to 20250630", "asylum AND date:2025-01-01..2025-06-30");
    check("asylum and date after 20250101", "asylum AND after:2025-01-01");
    check("asylum and date in last month", "asylum AND since:1m");
    check("asylum and date in last 3 weeks and court", "asylum AND since:3w AND court");
    check("asylum and date after -7", "asylum AND since:7d");
    check("asylum and date from -30 to 0", "asylum AND since:30d");
    check("asylum and date from 1 jan 2025 to 3 March 2025", "asylum AND date:2025-01-01..2025-03-03");
    check("asylum and date 20250101 or court", "(asylum AND date:2025-01-01) OR court");
    check("save the date in may", "\"save the date in may\"");
    warned("alpha w5 bravo", "alpha PRE/5 bravo", "`w5` between two words is read as `w/5`");
    warned("alpha /n5 bravo", "alpha NEAR/5 bravo", "`/N5/`");
    check("buy n95 masks", "\"buy n95 masks\"");
    check("asylum and wc gt 500", "asylum AND words:>500");
    check("asylum and pd>=20250601", "asylum AND date:2025-06-01..");
    check("asylum and date in the last 3 months", "asylum AND since:3m");
    warned("engineer$3 and re=usa", "engineer*", "`re`");
    warned("rst=nytf and asylum", "source:nytf AND asylum", "rst");
}

#[test]
fn the_days_of_a_query_are_read_in_one_order() {
    let nexis = |text: &str, expected: &str| check(Dialect::Nexis, text, expected);
    nexis("date(geq(1/6/2025) and leq(30/6/2025)) and quay", "date:2025-06-01..2025-06-30 AND quay");
    nexis("date(geq 25/6/2025 and leq 5/7/2025) and quay", "date:2025-06-25..2025-07-05 AND quay");
    check(Dialect::Factiva, "quay and date from 25/06/2025 to 05/07/2025", "quay AND date:2025-06-25..2025-07-05");
    nexis("date(geq 6/1/2025 and leq 6/30/2025) and quay", "date:2025-06-01..2025-06-30 AND quay");
    warned(Dialect::Nexis, "date(geq(1/6/2025) and leq(30/6/2025))", "date:2025-06-01..2025-06-30", "day first");
    warned(Dialect::Nexis, "date(geq(1/6/2025) and leq(5/6/2025))", "date:2025-01-06..2025-05-06", "month first");
}

#[test]
fn a_day_without_a_sign_is_a_condition() {
    check(Dialect::Factiva, "quay and date -7", "quay AND since:7d");
    check(Dialect::Factiva, "quay and date 2025", "quay AND date:2025");
    check(Dialect::Factiva, "date line", "\"date line\"");
    warned(Dialect::Nexis, "quay and load-date aft 1/2/2025", "quay", "`load-date` has no counterpart");
    warned(Dialect::Nexis, "load-date aft 2025 and quay", "quay", "`load-date` has no counterpart");
    warned(Dialect::Nexis, "asylum seeker", "\"asylum seeker\"", "(stem:on");
}

#[test]
fn proquest() {
    let check = |text: &str, expected: &str| check(Dialect::ProQuest, text, expected);
    let warned = |text: &str, expected: &str, warning: &str| warned(Dialect::ProQuest, text, expected, warning);
    check("asylum AND PD(2025-01-01-2025-06-30)", "asylum AND date:2025-01-01..2025-06-30");
    check("asylum AND PD(2025-01-2025-06)", "asylum AND date:2025-01..2025-06");
    check("asylum seekers", "asylum AND seekers");
    check("nursing NEAR/3 education or training", "(nursing NEAR/3 education) OR training");
    check("a n/3 b pre/2 c", "a NEAR/3 (b PRE/2 c)");
    check(
        "ti(asylum) and au(\"mae slater\") not pub(herald)",
        "title:(asylum) AND author:(\"mae slater\") NOT source:(herald)",
    );
    check("asylum and pd(20250101-20250630)", "asylum AND date:2025-01-01..2025-06-30");
    check("asylum and pd(2020-01-01 - 2020-02-01)", "asylum AND date:2020-01-01..2020-02-01");
    check("asylum and yr(2015-2018)", "asylum AND date:2015..2018");
    check("\"{asylum seeker}\" and wom?n", "(stem:on \"asylum seeker\") AND wom?n");
    warned("colo[*1]r and dtype(news)", "colo*r", "dtype");
    warned("a lnk b", "a AND b", "lnk");
    warned("asylum N5 court", "asylum NEAR/5 court", "`N/5`");
    check("N5 and N95 masks", "N5 AND N95 AND masks");
    check("title:asylum and court", "title:asylum AND court");
    check("la.exact(\"ENG\") and asylum", "lang:(\"ENG\") AND asylum");
}

#[test]
fn mediacloud() {
    let check = |text: &str, expected: &str| check(Dialect::MediaCloud, text, expected);
    let warned = |text: &str, expected: &str, warning: &str| warned(Dialect::MediaCloud, text, expected, warning);
    check("asylum AND \"safe third country\"~5", "asylum AND \"safe third country\"~5");
    check("title:asylum AND language:en", "title:asylum AND lang:en");
    warned("title:asylum AND language:en-US", "title:asylum AND lang:en", "`en-US` finds all of `en`");
    warned("language:(en-GB OR pt_BR) AND toll", "lang:(en OR pt) AND toll", "`pt_BR` finds all of `pt`");
    check("article_title:(a OR b) AND NOT deport*", "title:(a OR b) NOT deport*");
    check("+asylum AND -refugee", "asylum AND (NOT refugee)");
    check("canonical_domain:example.com AND asylum", "url:example.com AND asylum");
    check("asylum AND publication_date:[2025-01-01 TO 2025-06-30]", "asylum AND date:2025-01-01..2025-06-30");
    check("asylum AND publication_date:[2025-01-01 TO *]", "asylum AND date:2025-01-01..");
    check("asylum AND publication_date:[* TO 2025-06-30]", "asylum AND date:..2025-06-30");
    check("a AND publication_date:{2025-01-01 TO 2025-06-30}", "a AND (after:2025-01-01 AND before:2025-06-30)");
    check("publication_date:[2025-01-01 TO 2025-06-30} AND a", "(since:2025-01-01 AND before:2025-06-30) AND a");
    check("publication_date:{2025-01-01 TO 2025-06-30] AND a", "(after:2025-01-01 AND until:2025-06-30) AND a");
    check("publication_date:{2025-01-01 TO *} AND a", "after:2025-01-01 AND a");
    check("publication_date:{* TO 2025-06-30} AND a", "before:2025-06-30 AND a");
    check("publication_date:[\"2025-01-01\" TO \"2025-06-30\"] AND a", "date:2025-01-01..2025-06-30 AND a");
    check("language:eng AND a", "lang:eng AND a");
    check("alpha AND !bravo", "alpha AND (NOT bravo)");
    warned("alpha !bravo", "alpha AND (NOT bravo)", "side by side");
    check("alpha AND ! (bravo OR c) AND !\"d e\"", "alpha NOT (bravo OR c) NOT \"d e\"");
    warned("asylum refugee", "asylum AND refugee", "side by side");
    warned("asylum AND media_id:1", "asylum", "media_id");
    warned("asylum and court", "asylum AND and AND court", "`AND`");
}

#[test]
fn fields_beside_a_distance() {
    use Dialect::*;
    for (dialect, text, expected, warning) in [
        (Nexis, "hlead(asylum) w/5 court", "HLEAD(asylum NEAR/5 court)", "within one field"),
        (Nexis, "headline(a or b) pre/3 c", "title:((a OR b) PRE/3 c)", "within one field"),
        (Nexis, "headline(a) w/3 headline(b)", "title:(a NEAR/3 b)", "within one field"),
        (Nexis, "(headline(a) or headline(b)) w/s c", "title:((a OR b) SENT c)", "within one field"),
        (Nexis, "headline(a) w/3 hlead(b)", "title:(a) AND HLEAD(b)", "no meaning"),
        (Nexis, "atleast5(a) w/3 b", "ATLEAST/5(a) AND (a NEAR/3 b)", "count"),
        (Nexis, "byline(roe) w/3 b", "author:(roe) AND b", "no meaning"),
        (Nexis, "byline(jane w/2 roe)", "author:(jane AND roe)", "no meaning"),
        (Nexis, "a w/5 date(2020)", "a AND date:2020", "no meaning"),
        (Nexis, "(a and not b) w/5 c", "a NOT b AND c", "no meaning"),
        (Nexis, "headline(byline(roe))", "author:(roe)", "left out"),
        (Nexis, "atleast3(headline(a))", "title:(a)", "left out"),
        (Nexis, "a not w/s b", "a NOT (a SENT b)", "NOT W/S"),
        (Nexis, "a not w/p b", "a NOT (a SAME b)", "NOT W/P"),
        (Nexis, "headline(a) not w/3 b", "title:(a NOT (a NEAR/3 b))", "within one field"),
        (ProQuest, "TI(a) NEAR/3 b", "title:(a NEAR/3 b)", "within one field"),
        (ProQuest, "AU(roe) NEAR/3 b", "author:(roe) AND b", "no meaning"),
        (Factiva, "hd=europe near5 union", "title:(europe NEAR/5 union)", "within one field"),
        (Factiva, "hd=(europe same union) and by=roe", "title:(europe SAME union) AND author:roe", ""),
    ] {
        check(dialect, text, expected);
        let warnings = dialect.translate(text).warnings.join("; ");
        assert!(warnings.contains(warning) && (!warning.is_empty() || warnings.is_empty()), "{text}: {warnings}");
    }
}

#[test]
fn what_the_services_know_and_we_do_not_is_said() {
    use Dialect::*;
    for (dialect, text, expected, warning) in [
        (Nexis, "asylum and journal-code(vale)", "asylum", "journal-code"),
        (Nexis, "asylum and kennel(vale or tarn)", "asylum", "`kennel` is no field"),
        (Nexis, "refugee(s) and asylum", "refugee* AND asylum", "refugee*"),
        (Nexis, "a pre/s b", "a SENT b", "any order"),
        (Nexis, "allcaps(aids)", "aids", "capitals"),
        (Factiva, "a % b", "a PRE/2 b", "fewer"),
        (Factiva, "boeing 747/N30/british airways", "\"boeing 747\" NEAR/30 \"british airways\"", ""),
        (Factiva, "toyota/F50/ and asylum", "toyota AND asylum", "F50"),
        (Factiva, "asylum and zz=vale", "asylum", "`zz` is no field"),
        (Factiva, "asylum and zz=(vale or tarn)", "asylum", "`zz` is no field"),
        (Factiva, "a near b", "a NEAR/10 b", "without a number"),
        (ProQuest, "ti,ab(asylum)", "HLEAD(asylum)", "first paragraph"),
        (ProQuest, "ti,ft(asylum)", "asylum", "whole article"),
        (ProQuest, "SU.EXACT(\"asylum law\") and a", "tag:(\"asylum law\") AND a", "keywords"),
        (ProQuest, "PUB.EXACT(\"Vale Courier\")", "source:(\"Vale Courier\")", ""),
        (ProQuest, "nurse$2 and xyz(b)", "nurse*", "`xyz` is no field"),
        (ProQuest, "a w/para b", "a SAME b", ""),
        (MediaCloud, "asylum^2 AND deport~1 AND court~", "asylum^2 AND deport~1 AND court~1", ""),
        (MediaCloud, "asylum AND tags_id_xyz:(1 OR 2)", "asylum", "`tags_id_xyz` is no field"),
        (MediaCloud, "asylum AND venue:\"a b\"", "asylum", "`venue` is no field"),
        (MediaCloud, "title:\"safe third\" AND language:(en OR es)", "title:\"safe third\" AND lang:(en OR es)", ""),
    ] {
        let translated = dialect.translate(text);
        assert_eq!(translated.query, expected, "{text}");
        let warnings = translated.warnings.join("; ");
        assert!(warnings.contains(warning) && (!warning.is_empty() || warnings.is_empty()), "{text}: {warnings}");
        parse(&translated.query, &Options::new(date(2025, 7, 1)))
            .unwrap_or_else(|e| panic!("{}", e.render(&translated.query)));
    }
}

/// Well-formed queries of each service, of whatever operators and fields in one another.
fn asked(dialect: Dialect) -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let (joins, fields, conditions): (&[&str], &[&str], &[&str]) = match dialect {
        Dialect::Nexis => (
            &[
                "and", "or", "and not", "w/5", "pre/3", "w/s", "w/p", "/7", "not w/4", "not w/s", "w/seg", "onear/2",
                "pre/p", "",
            ],
            &[
                "headline",
                "hlead",
                "lead",
                "body",
                "byline",
                "publication",
                "section",
                "language",
                "atleast3",
                "atl4",
                "caps",
                "plural",
                "company",
                "kennel",
            ],
            &["date(geq(1/2/2020) and leq(12/31/2020))", "date is 2020", "length > 500", "date aft 2020-05-01"],
        ),
        Dialect::Factiva => (
            &["and", "or", "not", "w/5", "near5", "adj3", "same", "/N7/", "%", ""],
            &["hd=", "hlp=", "lp=", "td=", "by=", "sn=", "rst=", "la=", "se=", "ns=", "zz=", "atleast3 "],
            &["wc>500", "date after 20250101", "date from 20250101 to 20250630"],
        ),
        Dialect::ProQuest => (
            &["and", "or", "not", "near/3", "n/3", "pre/2", "p/4", "near", "lnk", "w/para", ""],
            &["ti", "ab", "ti,ab", "ft", "au", "pub", "pub.exact", "su.exact", "la", "noft", "exact", "dtype", "xyz"],
            &["pd(20250101-20250630)", "yr(2015-2018)"],
        ),
        Dialect::MediaCloud => (
            &["AND", "OR", "NOT", "AND NOT", ""],
            &[
                "title:",
                "article_title:",
                "text:",
                "language:",
                "canonical_domain:",
                "media_name:",
                "media_id:",
                "venue:",
                "-",
                "+",
            ],
            &["publication_date:[2025-01-01 TO 2025-06-30]"],
        ),
    };
    let words = prop::sample::select(vec![
        "asylum",
        "deport!",
        "wom*n",
        "safe third",
        "\"third country\"",
        "us",
        "2025",
        "\"{a b}\"",
        "court$2",
        "co-operate",
        "law~1",
    ]);
    let leaf =
        prop_oneof![8 => words.prop_map(str::to_owned), 1 => prop::sample::select(conditions).prop_map(str::to_owned)];
    leaf.prop_recursive(4, 24, 2, move |inner| {
        prop_oneof![
            (inner.clone(), prop::sample::select(joins), inner.clone())
                .prop_map(|(a, join, b)| format!("{a} {join} {b}")),
            inner.clone().prop_map(|a| format!("({a})")),
            (prop::sample::select(fields), inner).prop_map(|(field, a)| format!("{field}({a})")),
        ]
    })
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 400, ..Default::default() })]
    /// A pasted query may mean less here, and then it is said; it is never refused.
    #[test]
    fn what_is_well_formed_is_never_refused((at, text) in (0..4usize).prop_flat_map(|at| (proptest::strategy::Just(at), asked(Dialect::ALL[at])))) {
        let dialect = Dialect::ALL[at];
        let translated = dialect.translate(&text);
        if translated.query.is_empty() {
            proptest::prop_assert!(!translated.warnings.is_empty(), "{}", text);
        } else if let Err(error) = parse(&translated.query, &Options::new(date(2025, 7, 1))) {
            proptest::prop_assert!(false, "{:?}: {}\n{}", dialect, text, error.render(&translated.query));
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_translated(text in "([a-z]{1,3}|\"|\\(|\\)| |and|or|not|w/5|/s|date|\\[|\\]|hd=|ti\\(|atleast3|:|\\*|!|\\$|<|>|20250101|\\PC){0,30}") {
        for dialect in Dialect::ALL {
            let translated = dialect.translate(&text);
            let _ = parse(&translated.query, &Options::new(date(2025, 7, 1)));
        }
    }
}

#[test]
fn a_minus_before_a_phrase_or_group_of_media_cloud_takes_it_out() {
    let check = |text: &str, expected: &str| check(Dialect::MediaCloud, text, expected);
    check("brexit -\"no deal\"", "brexit AND (NOT \"no deal\")");
    check("-\"no deal\" brexit", "(NOT \"no deal\") AND brexit");
    check("brexit AND -(deal)", "brexit AND (NOT deal)");
    check("title:(a -\"b c\")", "title:(a AND (NOT \"b c\"))");
    check("a AND (b OR -\"c d\")", "a AND (b OR (NOT \"c d\"))");
    check("-(a OR b) c", "(NOT (a OR b)) AND c");
    check("a -\"b c\"~3", "a AND (NOT \"b c\"~3)");
    check("+\"b c\" a - \"d e\"", "\"b c\" AND a AND \"d e\"");
    check("title:-\"b c\" a -title:d title:-e", "(NOT title:\"b c\") AND a AND (NOT title:d) AND (NOT title:e)");
    check("10 : 20 a", "10 AND 20 AND a");
    warned(Dialect::MediaCloud, "source:\"a b\"~3", "source:\"a b\"", "`~3`");
}

#[test]
fn slop_and_weight_of_media_cloud_are_kept() {
    let check = |text: &str, expected: &str| check(Dialect::MediaCloud, text, expected);
    check("text:\"no deal\"~3", "text:\"no deal\"~3");
    check("title:\"a b\"~5 AND c", "title:\"a b\"~5 AND c");
    check("language:en AND (title:\"a b\"~3 OR d)", "lang:en AND (title:\"a b\"~3 OR d)");
    check("\"no deal\"^2", "\"no deal\"^2");
    check("\"no deal\"~3^2 a", "\"no deal\"~3^2 AND a");
    check("(brexit OR tariff)^2 AND deal", "(brexit OR tariff)^2 AND deal");
    check("title:(brexit)^2", "title:(brexit)^2");
    check("title:\"a b\"^0.5 -(c OR d)^2", "title:\"a b\"^0.5 AND (NOT (c OR d)^2)");
    warned(Dialect::MediaCloud, "(a)^0 b", "a AND b", "the weight `^0`");
    check("/joh?n(ath[oa]n)/ a", "/joh?n(ath[oa]n)/ AND a");
    check("(/joh?n(ath[oa]n)/^2 OR a)", "/joh?n(ath[oa]n)/^2 OR a");
    check("title:/b(a|o)b/ -/c(d)/", "title:/b(a|o)b/ AND (NOT /c(d)/)");
}

#[test]
fn blanks_around_the_sign_of_a_field_say_nothing() {
    for text in ["hd = brexit and deal", "hd= brexit and deal", "hd =brexit and deal", "hd = (brexit) and deal"] {
        let translated = Dialect::Factiva.translate(text).query;
        assert_eq!(translated.replace("title:(brexit)", "title:brexit"), "title:brexit AND deal", "{text}");
    }
    check(Dialect::Factiva, "deal and la = en", "deal AND lang:en");
    check(Dialect::Factiva, "hd and la", "hd AND la");
    check(Dialect::Factiva, "hd = and la", "hd AND la");
    warned(Dialect::Factiva, "re = usa and quay", "quay", "`re`");
    check(Dialect::Nexis, "headline = brexit", "title:brexit");
    check(Dialect::Nexis, "headline=brexit or quay", "title:brexit OR quay");
    check(Dialect::Nexis, "headline : \"a b\"", "title:\"a b\"");
    check(Dialect::ProQuest, "ti: brexit", "title:brexit");
    check(Dialect::ProQuest, "ti: brexit AND au = slater", "title:brexit AND author:slater");
    check(Dialect::MediaCloud, "title : brexit", "title:brexit");
    check(Dialect::MediaCloud, "title : (a OR b) AND language : en", "title:(a OR b) AND lang:en");
}

#[test]
fn a_name_goes_on_to_the_next_operator() {
    let check = |text: &str, expected: &str| check(Dialect::Factiva, text, expected);
    check("sn=new york times and x", "source:\"new york times\" AND x");
    check("by=jane smith", "author:\"jane smith\"");
    check("by = jane smith not (a b)", "author:\"jane smith\" NOT \"a b\"");
    check("sn=herald wc>500", "source:herald AND words:>500");
    check("sn=herald", "source:herald");
    check("se=national news atleast5 x", "section:\"national news\" AND ATLEAST/5(x)");
}

#[test]
fn days_that_count_from_today_are_read() {
    let check = |text: &str, expected: &str| check(Dialect::Nexis, text, expected);
    check("date is last week and a", "since:1w AND a");
    check("date aft today-30", "since:30d");
    check("a and date aft today - 30 and b", "a AND since:30d AND b");
    check("date bef today-30", "until:30d");
    check("date is yesterday", "(since:1d AND until:1d)");
    check("date aft Mar 2019 and a", "after:2019-03 AND a");
    check("date is 15 march 2019", "date:2019-03-15");
}

#[test]
fn a_code_of_nexis_is_left_out() {
    warned(Dialect::Nexis, "quay and #stx001#", "quay", "`#stx001#` is a code");
}
