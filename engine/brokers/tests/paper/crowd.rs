//! Many callers at once.

use std::thread;

use countersign_desk::ports::Broker;
use futures::executor::block_on;

use crate::world::{CALL, World, buy, open};

// R1
#[test]
fn a_hundred_callers_with_one_name_open_one_order() {
    let world = World::new();
    world.quote(CALL, "1.00", "1.20");
    let order = open("e1", &[buy(CALL)], 1, "1.20");
    let taken = thread::scope(|scope| {
        let callers: Vec<_> = (0..100)
            .map(|_| {
                let (broker, order) = (world.broker(), &order);
                scope.spawn(move || block_on(broker.submit(order)).is_ok())
            })
            .collect();
        let answers = callers.into_iter().map(|it| it.join().expect("an answer"));
        answers.filter(|taken| *taken).count()
    });
    assert_eq!(taken, 1);
    world.said_after("");
    assert_eq!(world.held(CALL), 1);
}
