//! Operators, and where each is known. A person of one surface is one operator of a desk.

use std::{collections::BTreeMap, sync::Arc};

use countersign_domain::{
    ids::{DeskId, OperatorId},
    operator::{Operator, Role},
};
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    script::Script,
    sheet::{Sheet, Tail, bodies},
    value::{Cell, Row},
};

const TABLE: &str = "operators";
const OPERATORS: Sheet = Sheet {
    table: TABLE,
    columns: &["desk_id", "id", "name", "role", "body"],
    tail: Tail::Replace(&["desk_id", "id"]),
};
const IDENTITIES: Sheet = Sheet {
    table: "identities",
    columns: &["desk_id", "surface", "user_id", "operator_id"],
    tail: Tail::Refuse,
};

/// Writes operators; `None` removes one.
pub(crate) fn write(
    script: &mut Script,
    desk: DeskId,
    operators: &BTreeMap<OperatorId, Option<Arc<Operator>>>,
) -> Result<(), Fault> {
    let mut rows = Vec::new();
    let mut identities = Vec::new();
    for (id, operator) in operators {
        script.words(
            "delete from identities where desk_id = $1 and operator_id = $2",
            vec![Cell::text(desk), Cell::text(id)],
        );
        let Some(operator) = operator else {
            script.words(
                "delete from operators where desk_id = $1 and id = $2",
                vec![Cell::text(desk), Cell::text(id)],
            );
            continue;
        };
        rows.push(vec![
            Cell::text(desk),
            Cell::text(id),
            Cell::text(&operator.name),
            Cell::from(word(operator.role)),
            Row { table: TABLE, id }.json(operator)?,
        ]);
        identities.extend(operator.identities.iter().map(|known| {
            vec![
                Cell::text(desk),
                Cell::text(known.surface),
                Cell::text(&known.user),
                Cell::text(id),
            ]
        }));
    }
    script.rows(&OPERATORS, rows);
    script.rows(&IDENTITIES, identities);
    Ok(())
}

/// Every operator of a desk.
pub(crate) async fn all(
    conn: &mut AnyConnection,
    desk: DeskId,
) -> Result<Vec<Arc<Operator>>, Fault> {
    let sql = "select id, body from operators where desk_id = $1";
    bodies(conn, TABLE, sql, desk).await
}

const fn word(role: Role) -> &'static str {
    match role {
        Role::Viewer => "viewer",
        Role::Trader => "trader",
        Role::Admin => "admin",
    }
}
