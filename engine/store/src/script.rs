//! What a write writes: statements that are run at one go where the database can.

use sqlx::{
    Any, AnyConnection, AssertSqlSafe,
    any::{AnyArguments, AnyRow},
    query::Query,
};

use crate::{fault::Fault, sheet::Sheet, value::Cell};

/// Rows per statement: few sizes, so that few statements are prepared. A handful of rows, which is
/// what most units write, takes one. None is large: for each value that is bound, the names of all
/// those before it are walked through, so that a statement of 100 rows costs more than three of 32.
const SIZES: [usize; 6] = [32, 8, 4, 3, 2, 1];

/// Values of statements that are run at one go on SQLite, at the most, unless one alone has more.
/// What a unit writes fits; statements that are full of rows each stay by themselves, so that few
/// texts are prepared.
const AT_ONCE: usize = 256;

/// Statements in order.
///
/// On SQLite each statement that is run by itself costs two changes between threads, which is more
/// than the statement: there they are joined. PostgreSQL prepares one statement at a time.
#[derive(Debug, Default)]
pub(crate) struct Script(Vec<Step>);

#[derive(Debug)]
struct Step {
    text: Text,
    cells: Vec<Cell>,
}

#[derive(Debug)]
enum Text {
    Words(&'static str),
    Rows(&'static Sheet, usize),
}

impl Script {
    /// Puts a statement before all others.
    pub(crate) fn begin_with(&mut self, sql: &'static str) {
        let step = Step {
            text: Text::Words(sql),
            cells: Vec::new(),
        };
        self.0.insert(0, step);
    }

    /// Adds a statement that takes its values as `$1`, `$2` and so on.
    pub(crate) fn words(&mut self, sql: &'static str, cells: Vec<Cell>) {
        self.0.push(Step {
            text: Text::Words(sql),
            cells,
        });
    }

    /// Adds the writing of rows; of none, nothing.
    pub(crate) fn rows(&mut self, sheet: &'static Sheet, rows: Vec<Vec<Cell>>) {
        let mut left = rows.len();
        let mut rows = rows.into_iter();
        for size in SIZES {
            while left >= size {
                self.0.push(Step {
                    text: Text::Rows(sheet, size),
                    cells: rows.by_ref().take(size).flatten().collect(),
                });
                left -= size;
            }
        }
    }

    /// Runs them in order; answers with all rows that they return. After an error those before the
    /// one that failed have been run.
    pub(crate) async fn run(self, conn: &mut AnyConnection) -> Result<Vec<AnyRow>, Fault> {
        let most = (conn.backend_name() == "SQLite").then_some(AT_ONCE);
        let mut returned = Vec::new();
        for (sql, cells) in self.joined(most) {
            let query = bound(sqlx::query(AssertSqlSafe(sql)), cells);
            returned.extend(query.fetch_all(&mut *conn).await?);
        }
        Ok(returned)
    }

    /// The statements as texts of up to so many values each, where they may be joined at all. One
    /// that has more is by itself.
    fn joined(self, most: Option<usize>) -> Vec<(String, Vec<Cell>)> {
        let mut texts: Vec<(String, Vec<Cell>)> = Vec::new();
        for step in self.0 {
            match texts.last_mut() {
                Some((sql, cells))
                    if most.is_some_and(|most| cells.len() + step.cells.len() <= most) =>
                {
                    sql.push_str("; ");
                    step.text.write(sql, cells.len());
                    cells.extend(step.cells);
                }
                _ => {
                    let mut sql = String::new();
                    step.text.write(&mut sql, 0);
                    texts.push((sql, step.cells));
                }
            }
        }
        texts
    }
}

impl Text {
    /// Writes the statement; its values follow so many others.
    fn write(&self, sql: &mut String, after: usize) {
        match self {
            Self::Words(words) => renumbered(sql, words, after),
            Self::Rows(sheet, rows) => sheet.insert(sql, *rows, after),
        }
    }
}

/// Writes a statement with each `$n` as `$n+after`.
fn renumbered(sql: &mut String, words: &str, after: usize) {
    let mut parts = words.split('$');
    sql.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit());
        let (number, rest) = part.split_at(end.unwrap_or(part.len()));
        let number: usize = number.parse().expect("a placeholder has a number");
        sql.push('$');
        sql.push_str(&(number + after).to_string());
        sql.push_str(rest);
    }
}

fn bound(
    mut query: Query<'_, Any, AnyArguments>,
    cells: Vec<Cell>,
) -> Query<'_, Any, AnyArguments> {
    for cell in cells {
        query = match cell {
            Cell::Text(text) => query.bind(text),
            Cell::Number(number) => query.bind(number),
        };
    }
    query
}

#[cfg(test)]
mod tests {
    use super::Script;
    use crate::value::Cell;

    #[test]
    fn joined_statements_count_their_values_on() {
        let mut script = Script::default();
        script.words("update a set b = $2 where id = $1", cells(2));
        script.words("delete from c where id = $1", cells(1));
        script.begin_with("begin");
        let joined = script.joined(Some(256));
        let [(sql, cells)] = joined.as_slice() else {
            panic!("not one text: {joined:?}");
        };
        assert_eq!(
            sql,
            "begin; update a set b = $2 where id = $1; delete from c where id = $3"
        );
        assert_eq!(cells.len(), 3);
    }

    #[test]
    fn where_nothing_is_joined_each_statement_is_by_itself() {
        let mut script = Script::default();
        script.words("delete from a", vec![]);
        script.words("delete from b", vec![]);
        assert_eq!(script.joined(None).len(), 2);
    }

    #[test]
    fn a_text_takes_no_more_values_than_it_may() {
        let mut script = Script::default();
        for _ in 0..3 {
            script.words("update a set b = $1, c = $2", cells(2));
        }
        let sizes: Vec<_> = script
            .joined(Some(4))
            .iter()
            .map(|(_, all)| all.len())
            .collect();
        assert_eq!(sizes, [4, 2]);
    }

    fn cells(count: i64) -> Vec<Cell> {
        (0..count).map(Cell::from).collect()
    }
}
