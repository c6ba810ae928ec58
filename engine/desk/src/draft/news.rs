//! What a decision writes about the news.

use std::sync::Arc;

use countersign_domain::{ids::StoryId, news::Judged};

use super::Draft;
use crate::news::NewsSource;

impl Draft {
    /// Writes a story, new or read again.
    pub fn story(&mut self, story: Judged) {
        let story = Arc::new(story);
        let id = story.story.id;
        self.seen.stories.insert(id, story.clone());
        self.changes.stories.insert(id, Some(story));
    }

    /// That story counts no longer; it stays known.
    pub fn settle_story(&mut self, id: StoryId) {
        self.seen.stories.remove(&id);
        self.changes.stories.insert(id, None);
    }

    /// Writes where a source of news stands.
    pub fn source(&mut self, source: NewsSource) {
        let source = Arc::new(source);
        let name = source.name.clone();
        self.seen.sources.insert(name.clone(), source.clone());
        self.changes.sources.insert(name, source);
    }
}
