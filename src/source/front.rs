//! Front matter: what stands above a text in YAML, TOML or JSON, as site generators write it.
//!
//! Not a parser of these languages: the fields of an article lie flat in nearly all of it, much of it is ill-formed, and
//! none of it may cost the text below.

use serde_json::Value;

use super::json::{parse, scan};
use super::xml::markup;

/// Fields in order, lists one by one; a field of a part (`author: {name: …}`) goes by the name of the part.
pub type Fields = Vec<(String, String)>;

/// Lines of front matter that are looked at.
const MOST_LINES: usize = 500;
/// Parts whose fields are the article's own, as generators call them.
const OWN: &[&str] = &["extra", "params", "meta", "metadata", "fields", "custom", "article", "post", "data"];

/// The front matter at the head of a text, and what follows.
pub fn matter(text: &str) -> Option<(Fields, &str)> {
    let start = text.trim_start_matches('\u{FEFF}');
    if let Some((object, body)) = json(start) {
        let (Value::Object(object), _) = parse(object.as_bytes()).ok()? else { return None };
        let mut fields = Fields::new();
        for (key, value) in &object {
            gather(key, value, &mut fields);
        }
        return (!fields.is_empty()).then_some((fields, body));
    }
    let fence = ["---", "+++"].into_iter().find(|f| start.lines().next().is_some_and(|l| l.trim_end() == *f))?;
    let inner = &start[start.find('\n')? + 1..];
    let (mut lines, mut at) = (Vec::new(), 0);
    for line in inner.split_inclusive('\n').take(MOST_LINES) {
        at += line.len();
        let bare = line.trim_end();
        if bare == fence || bare == "..." && fence == "---" {
            let fields = flat(&lines, if fence == "---" { ':' } else { '=' });
            return (!fields.is_empty()).then(|| (fields, &inner[at..]));
        }
        lines.push(bare);
    }
    None
}

/// A JSON object over a text, with or without `;;;` around it: the object, and the text.
pub fn json(text: &str) -> Option<(&str, &str)> {
    let fenced = text.strip_prefix(";;;").map(str::trim_start);
    let inner = fenced.unwrap_or(text);
    if !inner.starts_with('{') {
        return None;
    }
    let (object, rest) = inner.split_at(scan::end(inner.as_bytes(), 0));
    if fenced.is_some() {
        let body = rest.trim_start().strip_prefix(";;;")?;
        return Some((object, body));
    }
    // Records follow one another in other files, some of them broken.
    let below = rest.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    let other = below.lines().take(200).any(|line| line.trim_start().starts_with(['{', '}']));
    let first = below.trim_start().chars().next()?;
    // A record has its text in it; a line of a log may stand below.
    let told = |key: Option<&[u8]>| {
        matches!(key, Some(b"text" | b"body" | b"content" | b"articleBody" | b"articles" | b"items" | b"data"))
    };
    let record = scan::children(object.as_bytes()).into_iter().any(|(key, _)| told(key));
    let text = !other && !record && !matches!(first, '[' | ']' | '"' | ',' | '{');
    // On one line it may be the record of a file of records: a headline with prose below it is none.
    let keys = || scan::children(object.as_bytes()).into_iter().filter_map(|(key, _)| key);
    let headed = || keys().any(|key| matches!(key, b"title" | b"headline" | b"Title"));
    let least = match object.trim_end().contains('\n') {
        true => 8,
        false if headed() => 60,
        false => return None,
    };
    (text && markup::weight_of_words(below) >= least).then_some((object, below))
}

fn gather(key: &str, value: &Value, fields: &mut Fields) {
    match value {
        Value::String(text) => fields.push((key.to_owned(), text.clone())),
        Value::Number(number) => fields.push((key.to_owned(), number.to_string())),
        Value::Array(all) => all.iter().take(MOST_LINES).for_each(|one| match one {
            Value::Object(part) => {
                fields.extend(part.get("name").and_then(Value::as_str).map(|n| (key.to_owned(), n.to_owned())))
            }
            Value::String(text) => fields.push((key.to_owned(), text.clone())),
            _ => {}
        }),
        Value::Object(part) => {
            for (inner, value) in part {
                match value {
                    Value::String(text) if inner == "name" => fields.push((key.to_owned(), text.clone())),
                    Value::String(text) if is_own(key) => fields.push((inner.clone(), text.clone())),
                    _ => {}
                }
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn is_own(part: &str) -> bool {
    OWN.iter().any(|own| part.eq_ignore_ascii_case(own))
}

/// The fields of YAML (`:`) or TOML (`=`).
fn flat(lines: &[&str], sign: char) -> Fields {
    let mut fields = Fields::new();
    // The part that is open: by indentation in YAML, by a heading in TOML.
    let mut part: Option<String> = None;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let bare = line.trim();
        at += 1;
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        if sign == '=' && bare.starts_with('[') && bare.ends_with(']') {
            part = Some(bare.trim_matches(['[', ']']).trim().to_owned());
            continue;
        }
        let indented = line.starts_with([' ', '\t']);
        if sign == ':' && !indented && !bare.starts_with("- ") {
            part = None;
        }
        let item = bare.strip_prefix("- ").filter(|_| sign == ':').map(str::trim);
        let Some((name, value)) = keyed(item.unwrap_or(bare), sign) else {
            match (item, &part, fields.last_mut()) {
                (Some(item), Some(part), _) => fields.push((part.clone(), scalar(item))),
                // A value goes on, on a line of its own.
                (None, _, Some((_, value))) if indented && sign == ':' => {
                    value.push_str(if value.is_empty() { "" } else { " " });
                    value.push_str(&scalar(bare));
                }
                _ => {}
            }
            continue;
        };
        let block = value.trim_end_matches(['+', '-']);
        let value = if matches!(block, "|" | ">") && sign == ':' {
            let depth = indent(line);
            let from = at;
            while at < lines.len() && (lines[at].trim().is_empty() || indent(lines[at]) > depth) {
                at += 1;
            }
            lines[from..at].iter().map(|l| l.trim()).collect::<Vec<_>>().join(if block == "|" { "\n" } else { " " })
        } else if let Some(quotes) = ["\"\"\"", "'''"].into_iter().find(|q| sign == '=' && value.starts_with(q)) {
            let mut whole = value[3..].to_owned();
            while !whole.contains(quotes) && at < lines.len() {
                whole.push('\n');
                whole.push_str(lines[at]);
                at += 1;
            }
            whole.split(quotes).next().unwrap_or("").to_owned()
        } else if value.starts_with('[') {
            // A list over several lines.
            let mut whole = value.to_owned();
            while !whole.trim_end().ends_with(']') && at < lines.len() {
                whole.push(' ');
                whole.push_str(lines[at].trim());
                at += 1;
            }
            whole
        } else {
            value.to_owned()
        };
        let inside = part.clone().filter(|_| indented || item.is_some() || sign == '=');
        let name = match &inside {
            Some(part) if name == "name" => part.clone(),
            Some(part) if is_own(part) => name.to_owned(),
            // Of something beside the text: a picture, a series, a person's page.
            Some(_) => continue,
            None => name.to_owned(),
        };
        if inside.is_none() && value.is_empty() && sign == ':' {
            part = Some(name);
            continue;
        }
        match list(&value) {
            Some(values) => fields.extend(values.into_iter().map(|value| (name.clone(), value))),
            None => fields.push((name, named(&value).unwrap_or_else(|| scalar(&value)))),
        }
    }
    fields.retain(|(_, value)| !value.is_empty());
    fields
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The name and the value of `name: value`; a sentence or an address has none.
fn keyed(line: &str, sign: char) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(sign)?;
    let name = name.trim().trim_matches(['"', '\'']);
    let shaped = !name.is_empty() && name.len() < 60 && !name.starts_with(['"', '\'', '[', '{']);
    let apart = sign == '=' || value.is_empty() || value.starts_with([' ', '\t']);
    (shaped && apart && name.split(' ').count() < 4).then_some((name, value.trim()))
}

/// A value without its quotes and the comment behind it.
fn scalar(value: &str) -> String {
    let value = value.trim();
    for quote in ['"', '\''] {
        let Some(inner) = value.strip_prefix(quote) else { continue };
        let mut out = String::with_capacity(inner.len());
        let mut chars = inner.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if quote == '"' => match chars.next() {
                    Some('n') => out.push('\n'),
                    Some('t') => out.push('\t'),
                    Some(other) => out.push(other),
                    None => {}
                },
                _ if c != quote => out.push(c),
                // Doubled, it is a quote of the text.
                _ if quote == '\'' && chars.peek() == Some(&quote) => out.extend(chars.next()),
                _ => return out,
            }
        }
        return out;
    }
    value.split(" #").next().unwrap_or(value).trim_end().to_owned()
}

/// The values of `[a, "b, c"]`.
fn list(value: &str) -> Option<Vec<String>> {
    let inner = value.trim().strip_prefix('[')?.trim_end().strip_suffix(']')?;
    let (mut out, mut from, mut quote, mut depth) = (Vec::new(), 0, None, 0usize);
    for (at, c) in inner.char_indices() {
        match c {
            '"' | '\'' if quote.is_none() && inner[from..at].trim().is_empty() => quote = Some(c),
            _ if quote == Some(c) => quote = None,
            '{' if quote.is_none() => depth += 1,
            '}' if quote.is_none() => depth = depth.saturating_sub(1),
            ',' if quote.is_none() && depth == 0 => {
                out.push(&inner[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(&inner[from..]);
    Some(out.into_iter().map(|value| named(value).unwrap_or_else(|| scalar(value))).collect())
}

/// The name in `{name: Jo, …}`.
fn named(value: &str) -> Option<String> {
    let inner = value.trim().strip_prefix('{')?.strip_suffix('}')?;
    let pairs = inner.split(',').filter_map(|pair| pair.split_once([':', '=']));
    let mut names = pairs.filter(|(key, _)| key.trim().trim_matches(['"', '\'']) == "name");
    names.next().map(|(_, name)| scalar(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(String, String)>, String) {
        let (fields, body) = matter(text).unwrap_or_else(|| panic!("no front matter in {text}"));
        (fields, body.trim().to_owned())
    }

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn yaml_toml_and_json_say_the_same() {
        let wanted = pairs(&[
            ("title", "Pier: closes # again"),
            ("author", "Jo Hartley"),
            ("author", "Ada Quill"),
            ("date", "2026-06-01"),
            ("tags", "pier, old"),
            ("tags", "ferry"),
            ("description", "Short and folded"),
            ("source", "Tarn Post"),
            ("lang", "en"),
        ]);
        let yaml = "---\n# made by hand\ntitle: \"Pier: closes # again\"\nauthor:\n  - name: Jo Hartley\n    email: jo@a.example\n  - Ada Quill # desk\ndate: 2026-06-01\ntags: ['pier, old',\n  ferry]\ndescription: >-\n  Short and\n  folded\nimage:\n  url: https://a.example/a.jpg\n  title: A boat\nsource:\n  name: Tarn Post\n  url: https://a.example/\nextra:\n  lang: en\n---\nIt rained.\n";
        let toml = "+++\ntitle = \"Pier: closes # again\"\nauthor = [{name = \"Jo Hartley\", mail = \"x\"}, 'Ada Quill']\ndate = 2026-06-01\ntags = [\n  \"pier, old\",\n  \"ferry\"\n]\ndescription = \"\"\"Short and folded\"\"\"\n[image]\nurl = \"https://a.example/a.jpg\"\n[source]\nname = \"Tarn Post\"\n[extra]\nlang = \"en\"\n+++\nIt rained.\n";
        let json = "{\n\"title\": \"Pier: closes # again\", \"author\": [{\"name\": \"Jo Hartley\"}, \"Ada Quill\"],\n\"date\": \"2026-06-01\", \"tags\": [\"pier, old\", \"ferry\"], \"description\": \"Short and folded\", \"image\": {\"url\": \"x\"}, \"source\": {\"name\": \"Tarn Post\"}, \"extra\": {\"lang\": \"en\"}\n}\n\nIt rained.\n";
        for text in
            [yaml.to_owned(), toml.to_owned(), json.to_owned(), format!(";;;\n{}", json.replace("}\n\n", "}\n;;;\n"))]
        {
            let (mut fields, body) = read(&text);
            let mut wanted = wanted.clone();
            fields.sort();
            wanted.sort();
            assert_eq!((fields, body.as_str()), (wanted, "It rained."), "{text}");
        }
    }

    #[test]
    fn what_is_broken_costs_itself() {
        let (fields, body) = read(
            "---\ntitle: Pier: closes: again\nauthor: \"unclosed\ndate: 27/06/2025\n\tbad: tab\nquote: 'it''s'\nsummary: one\n  and two\n...\nText.",
        );
        let wanted = [
            ("title", "Pier: closes: again"),
            ("author", "unclosed"),
            ("date", "27/06/2025"),
            ("quote", "it's"),
            ("summary", "one and two"),
        ];
        assert_eq!(fields.iter().filter(|(k, _)| k != "bad").cloned().collect::<Vec<_>>(), pairs(&wanted));
        assert_eq!(body, "Text.");
        for text in [
            "---\nno field here\n---\nText",
            "---\ntitle: never closed\n",
            "{\"a\": 1}\nnot json\n{\"a\": 2}\n",
            "{\"a\":\n1}\n",
            "{\n\"a\": 1\n}\n{\n\"a\": 2\n}",
            "{\n\"title\": \"T\", \"text\": \"It rained.\"\n}\nDone in two seconds.\n",
        ] {
            assert!(matter(text).is_none(), "{text}");
        }
    }
}
