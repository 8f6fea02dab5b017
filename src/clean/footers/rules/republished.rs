//! A: what republishers and aggregators add.

use crate::clean::footers::rule::Tell::{Is, Link, Words};
use crate::clean::footers::rule::{CUT, HEAD, LAST, LEAD, LINKED, MID, NEAR, Rule, TAIL, rule};
use crate::model::Field::*;

const ENDS: u16 = TAIL | CUT | HEAD;

pub(super) const RULES: &[Rule] = &[
    rule(
        "footer.source-link",
        &[1],
        TAIL | CUT | MID,
        &[
            "click this link for the original source of this article",
            "click (here|this link) for the original (source|article|story|post)( of this (article|story|post))?",
            "click (here|this link) to (read|view|see|visit) the (original|full) (source|article|story|post|report)( {any})?",
        ],
        &[Link(OriginalUrl)],
    ),
    rule("footer.author-line", &[2], TAIL | NEAR, &["author(s)?: {author}"], &[]),
    // The whole footer on one line, without the stops between its sentences.
    rule(
        "footer.courtesy",
        &[3],
        TAIL | CUT,
        &[
            "author(s)?: {author} this content is courtesy of, and owned and copyrighted by,? {site}/?,? and (its|their|the) author(s)?",
        ],
        &[Words(RightsNotice), Is(Licence, "all-rights-reserved")],
    ),
    rule(
        "footer.courtesy",
        &[3],
        TAIL | CUT | MID,
        &[
            "this content is courtesy of, and owned and copyrighted by,? {site}/?,? and (its|their|the) author(s)?",
            "this (content|article|story|post) is (provided )?(courtesy of|owned by|property of),? (and (is )?(owned and )?copyrighted by,? )?{site}( and its author(s)?)?",
        ],
        &[Words(RightsNotice), Is(Licence, "all-rights-reserved")],
    ),
    rule(
        "footer.rss-use",
        &[4],
        TAIL | CUT | MID,
        &[
            "this (content|article) is made available by use of the public rss feed offered by the host site and is used for educational purposes only",
            "this (content|article|material) is (made available|used|shared|reproduced) {any} public rss feed {any} educational purposes( only)?",
        ],
        &[Is(AcquiredVia, "rss"), Is(RightsBasis, "claimed-educational"), Words(RightsNotice)],
    ),
    rule(
        "footer.fair-use",
        &[4],
        TAIL | CUT,
        &[
            "{any}fair use{any}as provided for in section 107{any}",
            "this (site|article|page|website) (may )?contains? copyrighted material the use of which has not always been specifically authorized by the copyright owner{any}",
            "we are making such material available{any}",
            "in accordance with title 17 u.s.c. section 107,? {any}",
        ],
        &[Is(Licence, "claimed-fair-use"), Words(RightsNotice)],
    ),
    rule(
        "footer.takedown",
        &[5],
        TAIL | CUT | MID,
        &[
            "if you are the author or represent the host site and would like this content removed now and in the future, please contact {republisher} using {any}",
        ],
        &[Words(RightsNotice)],
    ),
    rule(
        "footer.takedown",
        &[5],
        TAIL | CUT,
        &[
            "if you (are the|own the|hold the|represent the|believe) {any}(content|article|material) {any}remove{any}(please )?(contact|email|write to) {any}",
        ],
        &[Words(RightsNotice)],
    ),
    rule(
        "footer.original-source",
        &[6],
        TAIL | CUT | MID,
        &[
            "the original source (of|for) this (article|story|post) (is|was) {publisher}",
            "(the )?original source(:| is) {publisher}",
        ],
        &[Link(OriginalUrl)],
    ),
    rule(
        "footer.copyright-author",
        &[7],
        TAIL | CUT,
        &["copyright © {author}, {publisher}, {year}"],
        &[Words(RightsNotice)],
    ),
    rule("footer.comment-on", &[8], TAIL | MID, &["comment on {any} on our facebook page"], &[]),
    rule(
        "footer.imported",
        &[9],
        TAIL | CUT | HEAD | MID | LEAD,
        &["this (post|article|story|content|piece) was originally (published|posted) on this (site|website|blog|page)"],
        &[Link(OriginalUrl)],
    ),
    rule(
        "footer.original-url",
        &[10],
        ENDS | MID,
        &[
            "original (article|story|post|content)? ?(source|url|link)( here)?: {url}",
            "(article|story|original) (source|url|link): {url}",
            "read the (original|full) ((article|story|post|report) )?(here|at): {url}",
            "read the (original|full) (article|story|post|report)( here| at|:| at:| here:) {url}",
            "originally (published|posted|appeared) (at|on|here):? {url}",
        ],
        &[Link(OriginalUrl)],
    ),
    rule(
        "footer.read-original",
        &[11, 18],
        TAIL | CUT | HEAD,
        &[
            "read the (original|full|entire|complete) (article|story|post|report|piece|version)( here)? (on|at|from|in) {publisher}",
            "(you can )?read the (original|entire|complete|full)( (article|story|post|report|piece))? here",
            "read the (original|entire|full) (article|story|post|piece)",
            "(to )?view the (original|full) (article|story|post)( here)?(,? click here)?",
            "(the )?original (article|story|post) can be (found|read) (here|(on|at) {publisher})",
        ],
        &[Link(OriginalUrl)],
    ),
    rule(
        "footer.first-published",
        &[12, 13, 14, 20, 123, 125, 126, 127],
        ENDS | LEAD,
        &[
            "(editor's note: )?this (story|article|post|report|piece|column|essay|interview|commentary|op-ed)( originally)? was (originally |first )?published (by|on|in|at) {publisher}",
            "(editor's note: )?this (story|article|post|report|piece|column|essay|interview|commentary)( originally)? was (originally |first )?published (by|on|in|at) {publisher},? (on|in) {pubdate}",
            "(editor's note: )?this (story|article|post|report|piece|column|essay|interview|commentary)( originally)? was (originally |first )?published (by|on|in|at) {publisher} on (mon|tues|wednes|thurs|fri|satur|sun)day",
            "this (story|article|post|report|piece) was (originally |first )?published (by|on|in) {publisher} on {pubdate}, where it first appeared in the {section} section",
            "this (story|article|post|report|piece) was (originally |first )?published (by|on|in) {publisher},? (a|an|the) (nonprofit|non-profit|independent|investigative|news|newsroom|digital|online){any}",
            "(this (story|article|post) )?(was )?(originally|first) published (by|on|in|at) {publisher}",
            "(originally|first) published (by|on|in|at) {publisher},? (on|in) {pubdate}",
            "this (story|article|post|report|piece) comes (to you )?from {publisher}",
        ],
        &[Link(OriginalUrl)],
    ),
    rule(
        "footer.first-published-programme",
        &[125, 128],
        ENDS,
        &[
            "this (story|article|post|report|piece) was (originally |first )?published (by|on|in) {publisher} and is (reproduced|republished|published|shared) here as (a )?part of the {programme} (collaboration|partnership|initiative|project|network)",
            "this (story|article|post|report|piece) was (originally |first )?published (by|on|in) {publisher} and is (reproduced|republished|published|shared) here through the {programme} content-sharing network",
        ],
        &[Link(OriginalUrl), Words(RightsNotice)],
    ),
    rule("footer.preferred-source", &[14], TAIL | CUT | MID, &["add {any} as a preferred source{any}"], &[]),
    rule(
        "footer.first-appeared",
        &[15, 17],
        ENDS | LEAD,
        &[
            "this (story|article|post|report|piece|column|essay|interview|commentary|op-ed) (originally |first )?appeared( originally| first)? (on|in|at) {publisher}",
            "this (story|article|post|report|piece|column|essay) (originally |first )?appeared( originally| first)? (on|in|at) {publisher}: {headline}",
            "this (story|article|post|report|piece|column|essay) (originally |first )?appeared( originally| first)? (on|in|at) {publisher},? (on|in) {pubdate}",
            "(this )?(story|article|post)? ?(originally|first) appeared (on|in|at) {publisher}",
            "this post appeared first on \"?{publisher}\"?",
        ],
        &[Link(OriginalUrl)],
    ),
    rule(
        "footer.permission",
        &[16, 27],
        ENDS,
        &[
            "this (story|article|post|report|piece|column|essay) (originally |first )?(appeared|was (originally |first )?published)( originally| first)? (on|in|at|by) {publisher} and is (republished|reprinted|reproduced|used|shared|reposted)( here)? (with|by) ((the|their|its|kind) )?permission{any}",
            "(this (story|article|post|piece) (is|was) )?(re-?printed|republished|re-?posted|reproduced|used|shared)( here)? (with|by) (the )?(kind |express |written )?permission (from|of) {publisher}",
            "(re-?printed|republished|reproduced) from {publisher} (with|by) permission",
            "this (story|article|post|report|piece|column|essay) (originally |first )?(appeared|was (originally |first )?published)( originally| first)? (on|in|at|by) {publisher},? (on|in) {pubdate},? and is (republished|reprinted|reproduced|used|shared|reposted)( here)? (with|by) ((the|their|its|kind) )?permission",
        ],
        &[Is(Licence, "permission"), Words(RightsNotice), Link(OriginalUrl)],
    ),
    rule(
        "header.featured-by",
        &[19],
        HEAD | LEAD,
        &[
            "featured by {author}, {any} this (story|article) was (originally |first )?published (by|on|in) {publisher}",
            "featured by {author}, {publisher}",
        ],
        &[Link(OriginalUrl)],
    ),
    rule(
        "footer.contributed-by",
        &[21],
        ENDS | LEAD,
        &["this (article|story|post|piece) was (contributed|provided|submitted) by {publisher}"],
        &[],
    ),
    rule(
        "footer.version",
        &[22],
        ENDS,
        &[
            "a version of this (article|story|column|piece|post|report) (first |originally |also )?(appeared|ran|was (first |originally )?published) in (the )?\"?{newsletter}\"? newsletter{any}",
            "a version of this (article|story|column|piece|post|report) (first |originally |also )?(appeared|ran|was (first |originally )?published) (in|on) {publisher}",
        ],
        &[Link(OriginalUrl)],
    ),
    rule(
        "footer.in-print",
        &[22],
        ENDS,
        &[
            "a version of this (article|story|column|piece|review|obituary) (appears|appeared) in print (on|in) {date}",
            "a version of this (article|story|column|piece|review|obituary) (appears|appeared) in print (on|in) {any}(edition|issue|page|section|headline){any}",
            "this (article|story|piece) (appears|appeared) in the {any} (print edition|(print )?issue)( of {any})?",
            "this (article|story) (appears|appeared) in the {any} section of the print edition under the headline {any}",
        ],
        &[Words(FirstPublishedIn)],
    ),
    rule(
        "footer.newsletter-first",
        &[23, 24],
        ENDS,
        &[
            "this (post|story|article|piece|column|essay) (originally |first )?(appeared|ran)( originally| first)? in (the )?\"?{newsletter}\"? newsletter",
            "this (post|story|article|piece|column|essay) (originally |first )?(appeared|ran)( originally| first)? in the newsletter {newsletter}",
        ],
        &[],
    ),
    rule(
        "header.newsletter",
        &[25, 26],
        HEAD | LEAD,
        &[
            "this is an edition of the newsletter {newsletter}, {any}",
            "this is an edition of the newsletter {newsletter}",
            "this is (the )?{newsletter} newsletter(, {any})?",
            "welcome to (our |the )?{newsletter} newsletter(,{any})?",
            "this is {newsletter}, (a|the|our) (daily|weekly|free|new|twice-weekly|monthly)? ?newsletter{any}",
        ],
        &[],
    ),
    rule(
        "header.authored-via",
        &[28],
        HEAD | LEAD,
        &["authored by {author} via {publisher}", "(written|submitted) by {author} via {publisher}"],
        &[Link(OriginalUrl)],
    ),
    rule(
        "footer.cross-posted",
        &[29],
        ENDS,
        &[
            "cross-?posted (from|at|on|with permission from|by permission from) {publisher}",
            "cross-?posted (from|at|on) {url}",
        ],
        &[Link(OriginalUrl)],
    ),
    rule(
        "footer.source",
        &[30],
        TAIL | LAST,
        &[
            "(source|via|h/t|hat tip): {url}",
            "source(s)?: {source}",
            "(via:|h/t:?|hat tip:?) {source}",
            "source link",
            "source",
        ],
        &[Link(OriginalUrl)],
    ),
    // `Via Appia` is a street.
    rule("footer.source", &[30], TAIL | LAST | LINKED, &["via {source}"], &[Link(OriginalUrl)]),
    // How press releases end: the sender, in whose words they are.
    rule("footer.release-source", &[30], TAIL | LAST | NEAR, &["source:? {source}"], &[]),
    rule(
        "footer.release-link",
        &[12],
        TAIL,
        &["view original content( to download multimedia)?(:| at:?)? {url}", "view source version on {any}: {url}"],
        &[Link(OriginalUrl)],
    ),
    rule(
        "footer.original-article",
        &[31],
        TAIL | LAST,
        &[
            "(link to |the )?original (article|story|post|source|link)( here)?",
            "(link to |the )?original (article|story|post|source): {url}",
            "full (article|story)( here)?",
        ],
        &[Link(OriginalUrl)],
    ),
];
