use jiff::civil::date;

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
    check("date aft 2020-05-01 and asylum", "after:2020-05-01 AND asylum");
    warned("rico not w/5 puerto", "rico NOT (rico NEAR/5 puerto)", "NOT W/5");
    warned("a w/seg b", "a AND b", "w/seg");
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
    warned("engineer$3 and re=usa", "engineer*", "`re`");
    warned("rst=nytf and asylum", "source:nytf AND asylum", "rst");
}

#[test]
fn proquest() {
    let check = |text: &str, expected: &str| check(Dialect::ProQuest, text, expected);
    let warned = |text: &str, expected: &str, warning: &str| warned(Dialect::ProQuest, text, expected, warning);
    check("asylum seekers", "asylum AND seekers");
    check("nursing NEAR/3 education or training", "(nursing NEAR/3 education) OR training");
    check("a n/3 b pre/2 c", "a NEAR/3 (b PRE/2 c)");
    check(
        "ti(asylum) and au(\"mae slater\") not pub(herald)",
        "title:(asylum) AND author:(\"mae slater\") NOT source:(herald)",
    );
    check("asylum and pd(20250101-20250630)", "asylum AND date:2025-01-01..2025-06-30");
    check("asylum and yr(2015-2018)", "asylum AND date:2015..2018");
    check("\"{asylum seeker}\" and wom?n", "(stem:on \"asylum seeker\") AND wom?n");
    warned("colo[*1]r and dtype(news)", "colo*r", "dtype");
    warned("a lnk b", "a AND b", "lnk");
}

#[test]
fn mediacloud() {
    let check = |text: &str, expected: &str| check(Dialect::MediaCloud, text, expected);
    let warned = |text: &str, expected: &str, warning: &str| warned(Dialect::MediaCloud, text, expected, warning);
    check("asylum AND \"safe third country\"~5", "asylum AND \"safe third country\"~5");
    check("title:asylum AND language:en", "title:asylum AND lang:en");
    check("article_title:(a OR b) AND NOT deport*", "title:(a OR b) NOT deport*");
    check("+asylum AND -refugee", "asylum AND (NOT refugee)");
    check("canonical_domain:example.com AND asylum", "url:example.com AND asylum");
    check("asylum AND publication_date:[2025-01-01 TO 2025-06-30]", "asylum AND date:2025-01-01..2025-06-30");
    warned("asylum refugee", "asylum AND refugee", "side by side");
    warned("asylum AND media_id:1", "asylum", "media_id");
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
