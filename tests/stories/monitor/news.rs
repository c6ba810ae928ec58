//! Exits wait for no news: whatever stands against a trade, and whoever tells or reads nothing.

use std::{pin::pin, sync::Arc, time::Duration};

use countersign_desk::{news::NewsRules, ports::NewsError};
use countersign_domain::news::{Abstention, Impact, Judged, Topic};
use countersign_tests::{Setup, World, secs};
use futures::future::{Either, select};

use tokio::time::timeout;

use super::{due::Due, gates::goes_out};

/// Nothing takes as long that does not hang.
const LONG: Duration = Duration::from_secs(20);

/// A desk that reads the news and holds something that this will close.
fn held(due: Due) -> World {
    let mut world = World::with(Setup {
        news: Some(NewsRules::default()),
        ..Setup::default()
    });
    world.newsroom.reads("sued", -0.9, Topic::Legal);
    world.hear();
    due.enter(&mut world);
    world
}

// F92
#[test]
fn no_exit_waits_for_news_that_stands_against_the_trade() {
    for due in Due::ALL {
        let mut world = held(due);
        let now = world.now();
        let headline = "ACME sued by the SEC over its accounts";
        world.newsroom.publish(headline, "Wire", now - secs(30));
        world.hear();
        let seen = world.seen();
        let matters = |story: &Arc<Judged>| story.impact == Impact::High;
        assert!(seen.stories.values().any(matters), "{:?}", seen.stories);
        goes_out(&mut world, due);
    }
}

// F92, F93
#[test]
fn no_exit_waits_for_a_source_or_a_model_that_is_down() {
    for due in Due::ALL {
        let mut world = held(due);
        let now = world.now();
        world.newsroom.reader_is(Some(Abstention::NoModel));
        world
            .newsroom
            .publish("ACME opens a shop in Lyon", "Wire", now - secs(30));
        world.hear();
        let down = NewsError::Unreachable("connection refused".to_owned());
        world.newsroom.source_is(Some(down));
        world.advance(secs(60));
        world.hear();
        assert!(world.seen().sources["newsroom"].fault.is_some());
        goes_out(&mut world, due);
    }
}

// F92, F93
#[test]
fn no_exit_waits_for_a_source_that_never_answers() {
    // A person's press comes beside what hangs, as does the clock's.
    for due in [Due::Target, Due::Stop, Due::Trail, Due::Time, Due::Days] {
        let mut world = held(due);
        due.come(&mut world);
        world.newsroom.is_silent(true);
        world.act(async |desk| {
            let exits = async {
                for _ in 0..3 {
                    desk.tick().await.expect("the store answers");
                    desk.pump_orders().await.expect("the store answers");
                }
            };
            let (asked, exits) = (pin!(desk.poll_news()), pin!(exits));
            let both = select(asked, exits);
            match timeout(LONG, both).await {
                Ok(Either::Right(..)) => {}
                Ok(Either::Left(..)) => panic!("the source answered"),
                Err(late) => panic!("the monitor waits for {due:?}: {late}"),
            }
        });
        let sent = world.broker.orders();
        let exit = sent.iter().find(|order| !order.request.opens);
        assert!(exit.is_some(), "{due:?} waits\n{}", world.story());
        world.newsroom.is_silent(false);
    }
}
