//! The plainest reading of a payload, in the shape of the stages that refine it.

use super::draft::Draft;
use crate::model::MediaType;

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
