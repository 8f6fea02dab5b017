//! What kind of element a name stands for.

use html5ever::{LocalName, local_name};

/// Elements that stand within a line.
#[rustfmt::skip]
pub(super) fn is_inline(tag: &LocalName) -> bool {
    matches!(
        *tag,
        local_name!("a") | local_name!("abbr") | local_name!("acronym") | local_name!("b") | local_name!("bdi")
        | local_name!("bdo") | local_name!("big") | local_name!("cite") | local_name!("code") | local_name!("data")
        | local_name!("del") | local_name!("dfn") | local_name!("em") | local_name!("font") | local_name!("i")
        | local_name!("img") | local_name!("ins") | local_name!("kbd") | local_name!("label") | local_name!("mark")
        | local_name!("nobr") | local_name!("q") | local_name!("rb") | local_name!("rp") | local_name!("rt")
        | local_name!("ruby") | local_name!("s") | local_name!("samp") | local_name!("small") | local_name!("span")
        | local_name!("strike") | local_name!("strong") | local_name!("sub") | local_name!("sup")
        | local_name!("svg") | local_name!("time") | local_name!("tt") | local_name!("u") | local_name!("var")
        | local_name!("wbr") | local_name!("script") | local_name!("style") | local_name!("noscript")
        | local_name!("template") | local_name!("link") | local_name!("meta")
    )
}

/// Elements that no version of HTML knows: `<x-source>`, `<topic>`, `<st1:city>`. They are shown as `span` is, unless a
/// style says otherwise.
pub(super) fn is_unknown(tag: &LocalName) -> bool {
    let known = is_inline(tag) || is_special(tag) || is_unseen(tag) || is_void(tag);
    !known
        && !matches!(
            *tag,
            local_name!("thead")
                | local_name!("tfoot")
                | local_name!("colgroup")
                | local_name!("legend")
                | local_name!("option")
                | local_name!("optgroup")
                | local_name!("output")
                | local_name!("progress")
                | local_name!("meter")
                | local_name!("picture")
                | local_name!("map")
                | local_name!("slot")
                | local_name!("frameset")
                | local_name!("marquee")
                | local_name!("form")
                | local_name!("rtc")
                | local_name!("xmp")
                | local_name!("listing")
                | local_name!("plaintext")
                | local_name!("search")
        )
}

/// Elements whose content no reader sees as text.
#[rustfmt::skip]
pub(super) fn is_unseen(tag: &LocalName) -> bool {
    matches!(
        *tag,
        local_name!("script") | local_name!("style") | local_name!("noscript") | local_name!("template")
        | local_name!("head") | local_name!("iframe") | local_name!("textarea") | local_name!("select")
        | local_name!("datalist") | local_name!("svg") | local_name!("math") | local_name!("object")
        | local_name!("audio") | local_name!("video") | local_name!("canvas") | local_name!("rp") | local_name!("rt")
        | local_name!("noframes") | local_name!("noembed") | local_name!("title")
    )
}

/// Elements without content.
#[rustfmt::skip]
pub(super) fn is_void(tag: &LocalName) -> bool {
    matches!(
        *tag,
        local_name!("area") | local_name!("base") | local_name!("br") | local_name!("col") | local_name!("embed")
        | local_name!("hr") | local_name!("img") | local_name!("input") | local_name!("link") | local_name!("meta")
        | local_name!("param") | local_name!("source") | local_name!("track") | local_name!("wbr")
        | local_name!("bgsound") | local_name!("keygen") | local_name!("frame")
    )
}

/// `h1` to `h6`.
#[rustfmt::skip]
pub(super) fn is_heading(tag: &LocalName) -> bool {
    matches!(
        *tag,
        local_name!("h1") | local_name!("h2") | local_name!("h3") | local_name!("h4") | local_name!("h5")
        | local_name!("h6")
    )
}

/// Start tags that end an open paragraph.
#[rustfmt::skip]
pub(super) fn ends_paragraph(tag: &LocalName) -> bool {
    is_heading(tag) || matches!(
        *tag,
        local_name!("address") | local_name!("article") | local_name!("aside") | local_name!("blockquote")
        | local_name!("center") | local_name!("details") | local_name!("dialog") | local_name!("dir")
        | local_name!("div") | local_name!("dl") | local_name!("dd") | local_name!("dt") | local_name!("fieldset")
        | local_name!("figcaption") | local_name!("figure") | local_name!("footer") | local_name!("form")
        | local_name!("header") | local_name!("hgroup") | local_name!("hr") | local_name!("li") | local_name!("main")
        | local_name!("menu") | local_name!("nav") | local_name!("ol") | local_name!("p") | local_name!("pre")
        | local_name!("section") | local_name!("summary") | local_name!("table") | local_name!("ul")
    )
}

/// Borders that an end tag, or an implied one, does not reach across.
#[rustfmt::skip]
pub(super) fn is_scope(tag: &LocalName) -> bool {
    matches!(
        *tag,
        local_name!("html") | local_name!("body") | local_name!("table") | local_name!("td") | local_name!("th")
        | local_name!("caption") | local_name!("template") | local_name!("object") | local_name!("button")
    )
}

/// Elements that end tags of inline and unknown elements do not reach across.
#[rustfmt::skip]
pub(super) fn is_special(tag: &LocalName) -> bool {
    is_scope(tag) || ends_paragraph(tag) || matches!(
        *tag,
        local_name!("tr") | local_name!("tbody") | local_name!("head")
    )
}
