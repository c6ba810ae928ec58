//! Heard: the unit that writes down what a source told, and does at once what follows from it.

use std::sync::Arc;

use countersign_domain::{
    event::{Alarm, Fact, NewsOnHeld},
    ids::{DeskId, Revision, StoryId},
    money::Usd,
    news::{Impact, Judged},
    position::Position,
    refusal::Answer,
};

use super::{NewsRules, NewsSource, standing::look};
use crate::{
    draft::Draft,
    work::{Done, Work},
};

/// What a source told, read and judged; or that it told nothing.
#[derive(Clone, Debug)]
pub(super) struct Hear {
    pub(super) desk: DeskId,
    /// Where the source stands now; `None` where stories were read again.
    pub(super) source: Option<NewsSource>,
    pub(super) judged: Vec<Judged>,
    pub(super) rules: Arc<NewsRules>,
    pub(super) fee: Usd,
}

impl Work for Hear {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        if let Some(source) = &self.source {
            draft.source(source.clone());
        }
        let fresh = self.take(draft);
        self.forget(draft);
        look(draft, &self.rules, self.fee);
        for id in fresh {
            tell_holders(draft, id);
        }
        Ok(Done::Ok)
    }
}

impl Hear {
    /// Writes down what is new, and what was not read before; answers with what was not known.
    fn take(&self, draft: &mut Draft) -> Vec<StoryId> {
        let mut fresh = Vec::new();
        for judged in &self.judged {
            let id = judged.story.id;
            let known = draft.seen().stories.get(&id).cloned();
            let read_before = known
                .as_ref()
                .is_some_and(|it| it.reading.opinion().is_some());
            if read_before || known.as_deref() == Some(judged) {
                continue;
            }
            let mattered = known.is_some_and(|it| it.impact == Impact::High);
            if !mattered {
                fresh.push(id);
            }
            draft.note(Fact::StoryJudged(Box::new(judged.clone())));
            draft.story(judged.clone());
        }
        fresh
    }

    /// What is too old to count for anything goes out of memory, and stays in the store.
    fn forget(&self, draft: &mut Draft) {
        let oldest = draft.now() - self.rules.counts_for();
        let stories = draft.seen().stories.values();
        let old = stories.filter(|it| it.story.published_at < oldest);
        let old: Vec<_> = old.map(|it| it.story.id).collect();
        for id in old {
            draft.settle_story(id);
        }
    }
}

/// News that matters much, about what is held, is an alarm: once for all who carry it.
fn tell_holders(draft: &mut Draft, id: StoryId) {
    let Some(judged) = draft.seen().stories.get(&id).cloned() else {
        return;
    };
    if judged.impact != Impact::High || known_otherwise(draft, &judged) {
        return;
    }
    let about = |position: &&Arc<Position>| {
        let on = position.structure.underlying();
        judged.story.underlyings.contains(&on)
    };
    let held: Vec<_> = draft
        .seen()
        .open_positions()
        .filter(about)
        .cloned()
        .collect();
    for position in held {
        let executions = draft.seen().executions.get(&position.id);
        let count = executions.map_or(0, |all| all.len());
        draft.alarm(Alarm::News(Box::new(NewsOnHeld {
            position: position.id,
            underlying: position.structure.underlying(),
            story: judged.story.cluster,
            category: judged.category,
            headline: judged.story.headline.clone(),
            publisher: judged.story.publisher.clone(),
            stop: Revision::of_stop(count, position.exit_plan.stop_loss),
        })));
    }
}

/// True when another story that told the same mattered as much already.
fn known_otherwise(draft: &Draft, judged: &Judged) -> bool {
    draft.seen().stories.values().any(|other| {
        other.story.id != judged.story.id
            && other.story.cluster == judged.story.cluster
            && other.impact == Impact::High
            && other.story.heard_at <= judged.story.heard_at
    })
}
