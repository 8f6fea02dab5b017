use super::*;

fn outline(html: &str) -> String {
    let tree = Tree::parse(html);
    let mut out = String::new();
    tree.walk(0, |step| {
        match step {
            Step::Enter(id) => match tree.text(id) {
                Some(text) => out.push_str(text.trim()),
                None => out.push_str(&format!("<{}", tree.tag(id))),
            },
            Step::Leave(_) => out.push('>'),
        }
        true
    });
    out
}

#[test]
fn trees() {
    let check = |html: &str, want: &str| assert_eq!(outline(html), want, "{html}");
    check("<p>a<p>b<div>c</div>", "<html<pa><pb><divc>>");
    check("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "<html<ul<lia><lib<ul<lic>>><lid>>>");
    check("<table><tr><td>a<td>b<tr><td>c</table>d", "<html<table<tr<tda><tdb>><tr<tdc>>>d>");
    check("<a href=x><div>t</a>u</div>v", "<html<a<divt>><divu>v>");
    check("<a>x<a>y", "<html<ax><ay>>");
    check("<p><b>x</p>y</b>z", "<html<p<bx>>yz>");
    check("<head><title>&amp;<b></title><p>x</head><body class=a>y", "<html<head<title&<b>>><px><bodyy>>");
    check("<script>if (a<b) '</p>'</script>x<br/>y</br>z", "<html<scriptif (a<b) '</p>'>x<br>y<br>z>");
    check(
        "<script>a='<!--';b='<script>';c='</script>';d</script>x",
        "<html<scripta='<!--';b='<script>';c='</script>';d>x>",
    );
    check("<script>a</scripts>b</SCRIPT >x<style>p{}</style>y", "<html<scripta</scripts>b>x<stylep{}>y>");
    check("x<noscript><p>n</noscript>y<script>never closed <p>", "<htmlx<noscript<p>n>y<scriptnever closed <p>>>");
    check("<svg><path/><g/></svg>x</div>y", "<html<svg<path><g>>xy>");
    check("<h2>a<h3>b</h2>c", "<html<h2a><h3b>c>");
    check("<td>x</p></td>y", "<html<tdx>y>");
}

#[test]
fn a_deep_page_stays_shallow_and_whole() {
    let html = "<div>".repeat(100_000) + "x" + &"</div>".repeat(100_000) + "<p>after";
    let tree = Tree::parse(&html);
    assert!(tree.cut);
    let deepest = (0..tree.nodes.len() as Id).map(|n| tree.ancestors(n).count()).max().unwrap();
    assert!(deepest <= MAX_DEPTH, "{deepest}");
    assert_eq!(tree.words(0, 1000), "x after");
    assert_eq!(tree.ancestors(tree.nodes.len() as Id - 1).count(), 2, "the end tags matched");
}
