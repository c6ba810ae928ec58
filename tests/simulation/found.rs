//! What the walks found, told once each.

use countersign_tests::{Button::Confirm, World, secs};

#[test]
fn an_execution_that_is_taken_back_before_it_is_told_never_counts() {
    let mut world = World::new();
    world.broker.behave(|manner| manner.report_delay = secs(6));
    world.offer();
    world.press("ana", Confirm).expect("Ana may");
    world.advance(secs(3));
    world.broker.bust().expect("an execution");
    world.advance(secs(30));
    let entry = world.entry().expect("an entry");
    assert_eq!(entry.filled.0, 0);
    assert!(!entry.is_live(), "{:?}", entry.state);
    assert!(world.broker.held().is_empty());
}
