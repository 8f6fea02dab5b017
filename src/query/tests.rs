use jiff::civil::date;

use super::*;

fn options() -> Options {
    Options::new(date(2025, 7, 1))
}

fn read(text: &str) -> Query {
    parse(text, &options()).unwrap_or_else(|e| panic!("{text}: {}", e.render(text)))
}

/// How a query was read.
fn check(text: &str, printed: &str) {
    let query = read(text);
    assert_eq!(print(&query), printed, "{text}");
    assert_eq!(read(printed), query, "{text}");
}

#[test]
fn queries_are_read() {
    check("safe third country", "safe AND third AND country");
    check("safe-third-country", "safe-third-country");
    check("\"safe-third country\"", "\"safe-third country\"");
    check("“safe third” «a b» „c d“", "\"safe third\" AND \"a b\" AND \"c d\"");
    check("a OR b c", "a OR (b AND c)");
    check("(a OR b) c", "(a OR b) AND c");
    check("a NOT b", "a AND NOT b");
    check("a AND NOT b", "a AND NOT b");
    check("a -b", "a AND NOT b");
    check("-b", "NOT b");
    check("–b \u{2212}c", "NOT b AND NOT c");
    check("NOT NOT b", "b");
    check("a and b or not c", "a AND and AND b AND or AND not AND c");
    check("a | b || c", "a OR b OR c");
    check("AT&T R & D", "AT&T AND R AND D");
    check("don't C++ $5m 50% @name #tag", "don't AND C++ AND $5m AND 50% AND @name AND #tag");
    check("asylum, seekers; who? 'x' [1]", "asylum AND seekers AND who AND x AND 1");
    check("deport* wom?n *tion", "deport* AND wom?n AND *tion");
    check("kerry~ kerry~1 kerry~2^3", "kerry~1 AND kerry~1 AND kerry~2^3");
    check("\"a b\"~5^2", "\"a b\"~5^2");
    check("(a b)^0.5", "(a AND b)^0.5");
    check("(honduras OR guatemala) NEAR/10 \"asylum seekers\"", "(honduras OR guatemala) NEAR/10 \"asylum seekers\"");
    check("a W/5 b", "a NEAR/5 b");
    check("a w/5 b near/3 c", "(a NEAR/5 b) NEAR/3 c");
    check("a PRE/2 b", "a PRE/2 b");
    check("a SAME b SAME c", "a SAME b SAME c");
    check("(a SENT b) SENT c", "(a SENT b) SENT c");
    check("a SENT b SAME c", "(a SENT b) SAME c");
    check("ATLEAST/3(a OR b)", "ATLEAST/3(a OR b)");
    check("atleast3(a)", "ATLEAST/3(a)");
    check("HLEAD(a b)", "HLEAD(a AND b)");
    check("/colou?r/ /a\\/b/", "/colou?r/ AND /a\\/b/");
    check("='safe-third' =\"Don't \\\"x\\\"\"", "=\"safe-third\" AND =\"Don't \\\"x\\\"\"");
    check("='workers rights'", "=\"workers rights\"");
    check("title:asylum text:(a OR b)", "title:asylum AND text:(a OR b)");
    check("headline:\"safe third\"", "title:\"safe third\"");
    check("source:reuters author:\"Mae Slater\"", "source:reuters AND author:\"Mae Slater\"");
    check("-source:reuters", "NOT source:reuters");
    check("source:(reuters OR \"ap news\")", "source:reuters OR source:\"ap news\"");
    check("lang:en,de", "lang:en OR lang:de");
    check("agency:* url:https://example.com/a?b=(c)", "agency:* AND url:\"https://example.com/a?b=(c)\"");
    check("tag:migra*", "tag:migra*");
    check("date:2025-06-27", "date:2025-06-27");
    check("date:2025-06", "date:2025-06-01..2025-06-30");
    check("date:2024-02 date:2025", "date:2024-02-01..2024-02-29 AND date:2025-01-01..2025-12-31");
    check("date:2025-06-01..2025-06-30", "date:2025-06-01..2025-06-30");
    check("date:2025-06..", "date:2025-06-01..");
    check("date:..2025-06", "date:..2025-06-30");
    check("since:7d", "date:2025-06-24..");
    check("since:2w since:3m since:1y", "date:2025-06-17.. AND date:2025-04-01.. AND date:2024-07-01..");
    check("since:2025-06 until:2025-06", "date:2025-06-01.. AND date:..2025-06-30");
    check("before:2025-07 after:2025-06", "date:..2025-06-30 AND date:2025-07-01..");
    check("updated:2025-06 fetched:>=2025-06-27", "updated:2025-06-01..2025-06-30 AND fetched:2025-06-27..");
    check("updated:7d fetched:yesterday", "updated:2025-06-24.. AND fetched:2025-06-30");
    check("words:>500 words:300..800 words:<=20", "words:501.. AND words:300..800 AND words:..20");
    check("*", "*");
    check("* -a", "* AND NOT a");
    check("stem:off a \"b\" stem:on c \"d\"", "stem:off a AND \"b\" AND (stem:usual c) AND (stem:on \"d\")");
    check("stem:on \"a b\" c", "stem:on \"a b\" AND c");
    check("http://example.com/x 12:30 Note: a", "http://example.com/x AND 12:30 AND Note AND a");
    check("a / b - c & d", "a AND b AND c AND d");
    check("ANY(a b^2 \"c d\")", "ANY(a b^2 \"c d\")");
    check("東京", "東京");
    check("AND, a", "AND, AND a");
    check("NOT? a", "NOT? AND a");
    check("HLEAD a", "HLEAD AND a");
}
