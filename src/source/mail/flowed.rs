//! `format=flowed` (RFC 3676): paragraphs that were broken into lines, put together again.

/// The paragraphs of a text, each on a line of its own. `delete` is the parameter `DelSp`: the space that marks a soft
/// break is none of the text.
pub fn join(text: &str, delete: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // How deep the open paragraph is quoted, if one is open.
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|b| *b == b'>').count();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        let signature = content == "-- ";
        let flows = content.ends_with(' ') && !signature;
        if open != Some(depth) || signature {
            if open.is_some() {
                out.push('\n');
            }
            if depth > 0 {
                out.extend(std::iter::repeat_n('>', depth));
                out.push(' ');
            }
        }
        out.push_str(if flows && delete { &content[..content.len() - 1] } else { content });
        open = flows.then_some(depth);
        if !flows {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_breaks_go_and_hard_ones_stay() {
        let text = "The council voted \r\nto close the \npier.\n\n >From the hall:\n> quoted \n> words\nno \n> more\n-- \nJo\n";
        let joined = "The council voted to close the pier.\n\n>From the hall:\n> quoted words\nno \n> more\n-- \nJo\n";
        assert_eq!(join(text, false), joined);
        assert_eq!(join("ferry \nfahrt \nhafen", true), "ferryfahrthafen\n");
        assert_eq!(join("cut \n", false), "cut ");
    }
}
