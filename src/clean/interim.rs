//! The plainest reading of a payload, in the shape of the stages that refine it.

use super::draft::{Draft, Piece};
use crate::model::{BlockKind, MediaType};

pub(super) mod plain {
    use super::*;

    pub(crate) fn text(text: &str) -> Draft {
        let text = text.replace("\r\n", "\n");
        let mark = if text.contains("\n\n") { "\n\n" } else { "\n" };
        let words = |block: &str| block.split_whitespace().collect::<Vec<_>>().join(" ");
        let blocks = text.split(mark).map(words).filter(|block| !block.is_empty());
        let pieces =
            blocks.enumerate().map(|(n, block)| Piece::new(BlockKind::Paragraph, block, format!("block {}", n + 1)));
        Draft { pieces: pieces.collect(), ..Draft::default() }
    }

    pub(crate) fn markdown(markdown: &str) -> Draft {
        text(markdown)
    }
}

pub(super) mod footers {
    use super::*;

    pub(crate) struct Context<'a> {
        pub(crate) host: Option<&'a str>,
        pub(crate) title: Option<&'a str>,
        pub(crate) media: MediaType,
    }

    pub(crate) fn strip(_draft: &mut Draft, context: &Context) {
        let _ = (context.host, context.title, context.media);
    }
}
