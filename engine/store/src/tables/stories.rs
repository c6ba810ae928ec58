//! Stories: what was heard of the news, and how it was judged.

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    ids::{DeskId, StoryId},
    instrument::Symbol,
    news::Judged,
};
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies, bodies_to},
    value::{Cell, Row, micros, parsed},
};

const TABLE: &str = "stories";
const STORIES: Sheet = Sheet {
    table: TABLE,
    columns: &[
        "desk_id",
        "id",
        "cluster_id",
        "source",
        "publisher",
        "headline",
        "category",
        "impact",
        "published_at",
        "heard_at",
        "counts",
        "body",
    ],
    tail: Tail::Replace(&["desk_id", "id"]),
};
const UNDERLYINGS: Sheet = Sheet {
    table: "story_underlyings",
    columns: &["desk_id", "underlying", "published_at", "story_id"],
    tail: Tail::Keep,
};

/// Writes them; one that is `None` counts no longer.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    stories: &BTreeMap<StoryId, Option<Arc<Judged>>>,
) -> Result<(), Fault> {
    let (mut rows, mut underlyings) = (Vec::new(), Vec::new());
    for (id, judged) in stories {
        let Some(judged) = judged else {
            script.words(
                "update stories set counts = 0 where desk_id = $1 and id = $2",
                vec![Cell::text(desk), Cell::text(id)],
            );
            continue;
        };
        rows.push(row(desk, judged)?);
        let published = judged.story.published_at;
        underlyings.extend(judged.story.underlyings.iter().map(|one| {
            vec![
                Cell::text(desk),
                Cell::text(one),
                Cell::from(published),
                Cell::text(id),
            ]
        }));
    }
    script.rows(&STORIES, rows);
    script.rows(&UNDERLYINGS, underlyings);
    Ok(())
}

fn row(desk: DeskId, judged: &Judged) -> Result<Vec<Cell>, Fault> {
    let story = &judged.story;
    let row = Row {
        table: TABLE,
        id: &story.id,
    };
    let mut figures = judged.reading.opinion().into_iter().flat_map(|opinion| {
        let topics = opinion.topics.iter().map(|(_, probability)| *probability);
        let tone = [opinion.bearish, opinion.neutral, opinion.bullish];
        topics.chain(tone).chain([opinion.took_ms])
    });
    if !figures.all(f64::is_finite) {
        // JSON has no word for them, so the row could not be read back.
        return Err(Fault::unstorable(TABLE, story.id, "a figure is no number"));
    }
    Ok(vec![
        Cell::text(desk),
        Cell::text(story.id),
        Cell::text(story.cluster),
        Cell::text(&story.source),
        Cell::text(&story.publisher),
        Cell::text(&story.headline),
        Cell::from(judged.category.as_str()),
        Cell::from(judged.impact.as_str()),
        Cell::from(story.published_at),
        Cell::from(story.heard_at),
        Cell::from(true),
        row.json(judged)?,
    ])
}

/// Stories that still count.
pub(crate) async fn counting(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<Arc<Judged>>, Fault> {
    let sql = "select id, body from stories where desk_id = $1 and counts = 1";
    bodies(conn, TABLE, sql, desk).await
}

/// The newest stories, newest first, also those that count no longer.
pub(crate) async fn newest(
    conn: &mut AnyConnection,
    desk: DeskId,
    most: u32,
) -> Result<Vec<Judged>, Fault> {
    let sql = "select id, body from stories where desk_id = $1 \
               order by published_at desc, id desc limit $2";
    bodies_to(conn, TABLE, sql, (desk, i64::from(most))).await
}

/// The same about one underlying.
pub(crate) async fn about(
    conn: &mut AnyConnection,
    desk: DeskId,
    underlying: Symbol,
    most: u32,
) -> Result<Vec<Judged>, Fault> {
    let sql = "select s.id, s.body from story_underlyings u \
               join stories s on s.desk_id = u.desk_id and s.id = u.story_id \
               where u.desk_id = $1 and u.underlying = $2 \
               order by u.published_at desc, u.story_id desc limit $3";
    let query = sqlx::query(sql)
        .bind(desk.to_string())
        .bind(underlying.to_string())
        .bind(i64::from(most));
    let rows = query.fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            use sqlx::Row as _;
            let (id, body): (&str, &str) = (row.try_get(0)?, row.try_get(1)?);
            parsed(TABLE, id, body)
        })
        .collect()
}

/// Deletes stories from before a time that count no longer; answers with how many.
pub(crate) async fn retain(
    conn: &mut AnyConnection,
    desk: DeskId,
    since: Timestamp,
    most: i64,
) -> Result<u64, Fault> {
    let about = "delete from story_underlyings where desk_id = $1 and published_at < $2 and story_id \
                 in (select id from stories where desk_id = $1 and counts = 0 and published_at < $2 \
                 order by published_at, id limit $3)";
    let stories = "delete from stories where desk_id = $1 and id in (select id from stories \
                   where desk_id = $1 and counts = 0 and published_at < $2 \
                   order by published_at, id limit $3)";
    let mut deleted = 0;
    for sql in [about, stories] {
        let query = sqlx::query(sql)
            .bind(desk.to_string())
            .bind(micros(since))
            .bind(most);
        deleted = query.execute(&mut *conn).await?.rows_affected();
    }
    Ok(deleted)
}
