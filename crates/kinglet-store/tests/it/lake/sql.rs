//! SQL over the lake.

use kinglet_core::diagnostic::Code;
use kinglet_store::data::Data;
use kinglet_store::lake::{Lake, Needs};
use kinglet_store::rows::Batch;
use serde_json::{Value, json};

use super::rows::{adjusted, closes, delivery, everything, file, holding, import, statement};

struct Queried {
    _folder: tempfile::TempDir,
    lake: Lake,
    facts: Batch,
}

impl Queried {
    /// A lake with corrections, replaced vintages and groups, above facts.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let lake = Lake::create_or_open(folder.path().to_str().unwrap()).unwrap();
        import(&lake, vec![delivery("first", everything())]);
        let rut = closes("RUT", "rut.csv", &[("2025-09-18", 2467.71), ("2025-09-19", 2448.77)]);
        let iwm = adjusted("IWM", "etf.csv", &[("2025-09-18", 243.0), ("2025-09-19", 241.0)]);
        import(&lake, vec![file("second", vec![rut, iwm])]);
        let mut third = everything();
        third.holdings = vec![holding("BE", Some(0.7))];
        third.bars[0].rows[0].adjusted_close = Some(243.1);
        third.series.clear();
        import(&lake, vec![delivery("third", third)]);
        let mut facts = everything();
        facts.series = vec![
            closes("RUT", "facts", &[("1987-09-30", 170.86)]),
            closes("IXIC", "facts", &[("2025-09-18", 22470.73)]),
        ];
        facts.events[0].event.source = "facts".into();
        facts.statements = vec![statement(13.6)];
        Queried { _folder: folder, lake, facts }
    }

    fn rows(&self, query: &str, version: Option<u64>) -> Vec<Vec<Value>> {
        self.lake.sql(query, version, &self.facts).unwrap().rows
    }

    #[track_caller]
    fn check(&self, query: &str, want: Value) {
        assert_eq!(json!(self.rows(query, None)), want, "{query}");
    }
}

#[test]
fn sql_sees_what_a_reader_sees() {
    let data = Queried::new();
    for version in [Some(1), Some(2), None] {
        let read = data.lake.rows(version, &Needs::ALL).unwrap();
        let mut want = Vec::new();
        for block in &read.series {
            for row in &block.rows {
                want.push(json!([block.id, row.date.to_string(), row.value]));
            }
        }
        want.push(json!(["IXIC", "2025-09-18", 22470.73]));
        want.sort_by_key(ToString::to_string);
        let rows = data.rows("SELECT id, date, value FROM series", version);
        let mut got: Vec<Value> = rows.into_iter().map(Value::Array).collect();
        got.sort_by_key(ToString::to_string);
        assert_eq!(got, want, "version {version:?}");
    }
}

#[test]
fn every_table_answers() {
    let data = Queried::new();
    let ordered = "ORDER BY 1, 2";
    data.check(
        &format!("SELECT id, value FROM series WHERE date = '2025-09-18' {ordered}"),
        json!([["IWM", 243.0], ["IXIC", 22470.73], ["RUT", 2467.71], ["SPX", 6631.96]]),
    );
    data.check("SELECT count(*) FROM recorded.series", json!([[9]]));
    data.check("SELECT DISTINCT recorded FROM recorded.series ORDER BY 1", json!([[1], [2]]));
    data.check("SELECT adjusted_close, low FROM bars", json!([[243.1, null]]));
    data.check("SELECT ticker, weight, recorded FROM holdings", json!([["BE", 0.7, 3]]));
    data.check(
        "SELECT item, value, text FROM fundamentals ORDER BY item",
        json!([["sector", null, "Energy"], ["trailingPE", 20.1, null]]),
    );
    data.check(
        "SELECT entity, kind, numbers['upper'], dates['effective'], source FROM events ORDER BY 1",
        json!([
            ["FED", "policy_rate", 0.0425, "2025-09-18", "fed/target.csv"],
            ["US", "recession", null, null, "recessions.csv"]
        ]),
    );
    data.check("SELECT value FROM statements ORDER BY 1", json!([[13.6], [15.4]]));
    data.check("SELECT count(*) FROM facts.series", json!([[2]]));
}

#[test]
fn functions_know_the_exchange() {
    let data = Queried::new();
    // Independence Day; the half day before it; a Saturday.
    data.check(
        "SELECT nyse_session('2025-07-04'), nyse_session('2025-07-03'), nyse_close('2025-07-03'), \
         nyse_close('2025-07-05'), nyse_session('1900-01-02')",
        json!([[false, true, "2025-07-03T17:00:00Z", null, null]]),
    );
    data.check(
        "SELECT date FROM series WHERE id = 'RUT' AND known_by(known_at, '2025-09-17')",
        json!([["2025-09-17"]]),
    );
}

#[test]
fn queries_read_and_never_write() {
    let data = Queried::new();
    for query in [
        "INSERT INTO series SELECT * FROM series",
        "CREATE TABLE t AS SELECT 1",
        "DROP TABLE series",
        "COPY series TO '/tmp/kinglet-must-not-exist.csv'",
        "SET datafusion.execution.batch_size = 1",
    ] {
        let error = data.lake.sql(query, None, &data.facts).unwrap_err();
        assert_eq!(error.code, Code::Sql, "{query}: {error}");
    }
    assert!(!std::path::Path::new("/tmp/kinglet-must-not-exist.csv").exists());
}

#[test]
fn mistakes_are_named() {
    let data = Queried::new();
    let check = |query: &str, words: &str| {
        let error = data.lake.sql(query, None, &data.facts).unwrap_err();
        assert_eq!(error.code, Code::Sql, "{query}: {error}");
        assert!(error.to_string().contains(words), "{query}: {error}");
    };
    check("SELEC 1", "SELEC");
    check("SELECT * FROM prices", "prices");
    check("SELECT closing FROM bars", "closing");
    check("SELECT 1; SELECT 2", "single SQL statement");
    check("SELECT nyse_session('July 4')", "July 4");
    check("", "");
    let sheet = data.lake.sql("DESCRIBE series", None, &data.facts).unwrap();
    assert_eq!(sheet.rows[0][0], json!("id"));
    let sheet = data.lake.sql("SHOW TABLES", None, &data.facts).unwrap();
    assert!(sheet.rows.iter().any(|r| r[2] == json!("holdings")));
}

const PAGE: &str = include_str!("../../../../../docs/concepts/lake.md");

#[test]
fn the_page_of_the_lake_is_true() {
    let data = Data::facts();
    let query = PAGE.split("```sql").nth(1).and_then(|q| q.split("```").next()).unwrap();
    let sheet = data.sql(query).unwrap();
    assert_eq!((sheet.columns.len(), sheet.rows.len()), (2, 3));
    // August's prices were published on September 11.
    assert_eq!(sheet.rows[0][0], json!("2025-08-01"));
    let mut tables = 0;
    for line in PAGE.lines().filter(|l| l.starts_with("| `") && l.contains("`recorded` |")) {
        let line = line.replace(" (`price`, `total`)", "");
        let mut named = line.split('`').skip(1).step_by(2);
        let table = named.next().unwrap();
        let columns: Vec<&str> = named.map(|n| n.split('[').next().unwrap()).collect();
        let sheet = data.sql(&format!("DESCRIBE {table}")).unwrap();
        let described: Vec<&str> = sheet.rows.iter().filter_map(|r| r[0].as_str()).collect();
        assert_eq!(columns, described, "{table}");
        tables += 1;
    }
    assert_eq!(tables, 6);
    for function in ["nyse_session", "nyse_close", "known_by"] {
        assert!(PAGE.contains(&format!("| `{function}(")), "{function}");
    }
}
