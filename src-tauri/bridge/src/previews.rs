//! Previews that are kept for pages to look through: two at most, since each holds all its people.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use segue_engine::KeptPreview;
use segue_engine::error::{Code, Error, Result};

/// How many are kept.
const MOST: usize = 2;

/// The last previews, each by its token.
#[derive(Default)]
pub(crate) struct Previews {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    last: u64,
    previews: VecDeque<(String, Arc<KeptPreview>)>,
}

impl Previews {
    /// Keeps a preview in place of the oldest; returns its token.
    pub(crate) fn keep(&self, preview: Arc<KeptPreview>) -> String {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last += 1;
        let token = format!("preview-{}", kept.last);
        kept.previews.push_back((token.clone(), preview));
        if kept.previews.len() > MOST {
            kept.previews.pop_front();
        }
        token
    }

    /// The preview of a token.
    ///
    /// # Errors
    /// `not_found` where two others were made since.
    pub(crate) fn get(&self, token: &str) -> Result<Arc<KeptPreview>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.previews.iter().find(|(known, _)| known == token);
        found.map(|(_, preview)| Arc::clone(preview)).ok_or_else(|| {
            Error::new(Code::NotFound, "This preview is not kept any more.").help("Make a new one.")
        })
    }
}
