//! The contract of the store: every promise of its port, told on SQLite and on PostgreSQL alike.

mod audit;
mod crashing;
mod crowding;
mod hanging;
mod keeping;
mod leasing;
mod migrating;
mod needing;
mod opening;
mod outbox;
mod people;
mod place;
mod reading;
mod refusing;
mod samples;
mod typed_views;
mod units;
mod walking;
mod world;

/// Tells each story on both databases.
macro_rules! on_both {
    ($($story:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $story() {
                super::$story(crate::place::Place::sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            #[cfg_attr(
                not(has_test_postgres),
                ignore = "needs a PostgreSQL: set COUNTERSIGN_TEST_POSTGRES to its address"
            )]
            async fn $story() {
                super::$story(crate::place::Place::postgres().await).await;
            })*
        }
    };
}
pub(crate) use on_both;
