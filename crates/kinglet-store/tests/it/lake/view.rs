//! Views of the lake above the embedded facts, and answers from them.

use kinglet_core::columns::Frequency;
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Spelling;
use kinglet_core::query::{Evaluator, Query, Reach};
use kinglet_core::time::{Date, Grain};
use kinglet_core::view::View;
use kinglet_store::data::Data;
use kinglet_store::facts;
use kinglet_store::lake::{Lake, Needs};
use kinglet_store::rows::{Bar, BarBlock, Batch, SeriesBlock, SeriesRow};

use super::rows::{close, closes, day, delivery, everything, file, holding, import};

fn number(view: &View, query: &str) -> Result<f64, &'static str> {
    let query: Query = query.parse().unwrap();
    let answer = Evaluator::new(view).answer(&query);
    answer.result.as_ref().map_err(|u| u.code)?;
    Ok(answer.number().unwrap())
}

fn view(lake: &str, version: Option<u64>, as_of: Option<&str>) -> View {
    let data = Data::of(Lake::open(lake).unwrap(), version).unwrap();
    data.view(as_of.map(day), &Needs::ALL).unwrap()
}

#[test]
fn the_lake_stands_above_the_facts() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    let lake = Lake::create_or_open(place).unwrap();
    // An empty lake: the facts.
    let empty = view(place, None, None);
    assert_eq!(empty.cutoff, facts::view(None).cutoff);
    assert_eq!(number(&empty, "level(RUT, 2025-09-18)"), Ok(2467.70));
    // A lake with an invented level of one index.
    let rut = closes("RUT", "rut.csv", &[("2025-09-17", 2000.0), ("2025-09-18", 2100.0)]);
    import(&lake, vec![file("rut", vec![rut])]);
    let above = view(place, None, None);
    assert_eq!(number(&above, "return(RUT, 2025-09-18)").map(f64::round), Ok(5.0));
    assert_eq!(number(&above, "level(RUT, 2025-08-29)"), Err("no_observation"));
    assert_eq!(number(&above, "level(SPX, 2025-09-18)"), number(&empty, "level(SPX, 2025-09-18)"));
    assert_eq!(above.all_events().count(), empty.all_events().count());
    // What a narrow view answers is what the whole one answers.
    let data = Data::of(lake, None).unwrap();
    let narrow = data.view(None, &Needs::of(vec!["RUT".to_owned()], Reach::Series)).unwrap();
    assert_eq!((narrow.cutoff, &narrow.version), (above.cutoff, &above.version));
    assert_eq!(narrow.calendar.sessions(), above.calendar.sessions());
    assert_eq!(number(&narrow, "level(RUT, 2025-09-18)"), Ok(2100.0));
    let (version, rest) = data.version().split_once('+').map(|(a, b)| (a.len(), b.len())).unwrap();
    assert_eq!((version, rest), ("lake-1-1a2b3c4d".len(), "facts-1a2b3c4d".len()));
}

/// Of a series by month the facts give what is later than in the lake, and rows name their source;
/// closes by session end where the lake ends.
#[test]
fn the_facts_continue_series_by_month() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    let lake = Lake::create_or_open(place).unwrap();
    let monthly = SeriesBlock {
        spelling: Spelling::Ratio,
        frequency: Frequency::Period(Grain::Month),
        ..closes("SHILLER_CAPE", "own.csv", &[("2025-05-01", 30.0), ("2025-06-01", 31.0)])
    };
    let rut = closes("RUT", "rut.csv", &[("2025-09-17", 2000.0)]);
    import(&lake, vec![file("own", vec![monthly, rut])]);
    let above = view(place, None, None);
    let series = above.series("SHILLER_CAPE", Basis::Price).unwrap();
    let facts = facts::view(None);
    let fact = facts.series("SHILLER_CAPE", Basis::Price).unwrap();
    let (first, last) = series.coverage().unwrap();
    assert_eq!((first, last), (day("2025-05-01"), fact.coverage().unwrap().1));
    let [june, july] = [day("2025-06-01"), day("2025-07-01")];
    assert_eq!(series.on(june).map(|o| o.value), Some(31.0));
    assert_eq!(series.on(july), fact.on(july));
    assert_eq!(&**series.source_on(june), "own.csv");
    assert_eq!(&**series.source_on(july), "facts/shiller_monthly.csv");
    assert_eq!(above.series("RUT", Basis::Price).unwrap().observations().len(), 1);
}

#[test]
fn versions_cut_by_record_and_dates_by_publication() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    let lake = Lake::create_or_open(place).unwrap();
    let days = |value| closes("XYZ", "x.csv", &[("2025-09-17", 100.0), ("2025-09-18", value)]);
    import(&lake, vec![file("first", vec![days(110.0)])]);
    import(&lake, vec![file("corrected", vec![days(111.0)])]);
    let release = |known: &str, value| SeriesBlock {
        assumed: false,
        rows: vec![SeriesRow { date: day("2025-09-17"), value, known_at: close(known) }],
        ..closes("XYZ", "x.csv", &[])
    };
    import(&lake, vec![file("revised", vec![release("2025-10-01", 90.0)])]);
    let at = |version, as_of| {
        let view = view(place, version, Some(as_of));
        let series = view.series("XYZ", Basis::Price).map(|s| s.observations().to_vec());
        series.map(|rows| rows.iter().map(|r| r.value).collect::<Vec<_>>())
    };
    assert_eq!(at(Some(1), "2025-12-31"), Ok(vec![100.0, 110.0]));
    assert_eq!(at(Some(2), "2025-12-31"), Ok(vec![100.0, 111.0]));
    assert_eq!(at(None, "2025-12-31"), Ok(vec![90.0, 111.0]));
    assert_eq!(at(None, "2025-09-30"), Ok(vec![100.0, 111.0]));
    assert_eq!(at(None, "2025-09-17"), Ok(vec![100.0]));
    let whole = view(place, None, None);
    let day_before: Date = day("2025-09-30");
    let narrowed = whole.until(kinglet_core::time::Cutoff::end_of(day_before));
    let narrowed = narrowed.series("XYZ", Basis::Price).unwrap();
    let values: Vec<f64> = narrowed.observations().iter().map(|r| r.value).collect();
    assert_eq!(values, [100.0, 111.0]);
}

#[test]
fn bars_give_what_no_series_has() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    import(&Lake::create_or_open(place).unwrap(), vec![delivery("all", everything())]);
    let view = view(place, None, None);
    assert_eq!(number(&view, "level(IWM, 2025-09-18)"), Ok(244.25));
}

/// The "adjusted close" of an index repeats its close: it is no total return.
#[test]
fn bars_of_an_index_have_no_total_return() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    let bar = |date: &str, close: f64| Bar {
        date: day(date),
        open: None,
        high: None,
        low: None,
        close: Some(close),
        adjusted_close: Some(close),
        volume: None,
    };
    let block = |symbol: &str| BarBlock {
        symbol: symbol.to_owned(),
        frequency: Frequency::Session,
        source: "yahoo.csv".to_owned(),
        rows: vec![bar("2025-09-17", 100.0), bar("2025-09-18", 103.0)],
    };
    let bars = vec![block("MID"), block("SPY")];
    let lake = Lake::create_or_open(place).unwrap();
    import(&lake, vec![delivery("bars", Batch { bars, ..Batch::default() })]);
    let view = view(place, None, None);
    let total = |code: &str| {
        let query = format!("return({code}, 2025-09-18, basis: total)");
        number(&view, &query).map(f64::round)
    };
    assert_eq!(total("MID"), Err("no_series"));
    assert_eq!(total("SPY"), Ok(3.0));
    assert_eq!(number(&view, "return(MID, 2025-09-18)").map(f64::round), Ok(3.0));
}

/// The prices of companies are there where they are needed, and only there.
#[test]
fn prices_of_members() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    let bar = |day_of_month: i8, close: f64| Bar {
        date: day("2025-11-01").with().day(day_of_month).build().unwrap(),
        open: None,
        high: None,
        low: None,
        close: None,
        adjusted_close: Some(close),
        volume: None,
    };
    let block = |symbol: &str, closes: [f64; 2]| BarBlock {
        symbol: symbol.to_owned(),
        frequency: Frequency::Session,
        source: "panel.csv".to_owned(),
        rows: vec![bar(4, closes[0]), bar(5, closes[1])],
    };
    let bars = vec![block("BE", [10.0, 12.0]), block("CRDO", [10.0, 9.0])];
    let holdings = vec![holding("BE", None), holding("CRDO", None), holding("NONE", None)];
    let lake = Lake::create_or_open(place).unwrap();
    import(&lake, vec![delivery("all", Batch { bars, holdings, ..Batch::default() })]);
    let data = Data::of(lake, None).unwrap();
    let ids = || vec!["IWM".to_owned()];
    let seen = |needs| number(&data.view(None, &needs).unwrap(), QUERY);
    const QUERY: &str = "breadth(IWM, @2025-11-05, sessions: 2)";
    assert_eq!(seen(Needs::of(ids(), Reach::Members)), Ok(50.0));
    assert_eq!(seen(Needs::of(ids(), Reach::Companies)), Err("coverage"));
    assert_eq!(seen(Needs::of(ids(), Reach::Series)), Err("no_companies"));
}

/// Bars are of the source that has most of them whole; a close beyond the high is left out.
#[test]
fn bars_are_of_one_source() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    let bar = |date: &str, [high, low, close]: [f64; 3]| Bar {
        date: day(date),
        open: None,
        high: Some(high),
        low: Some(low),
        close: Some(close),
        adjusted_close: None,
        volume: Some(0.0),
    };
    let block = |symbol: &str, source: &str, rows: Vec<Bar>| BarBlock {
        symbol: symbol.to_owned(),
        frequency: Frequency::Session,
        source: source.to_owned(),
        rows,
    };
    let two = |factor: f64| {
        let [first, second] =
            [[12.0, 9.0, 11.0], [13.0, 10.0, 12.0]].map(|b| b.map(|p| p * factor));
        vec![bar("2025-09-17", first), bar("2025-09-18", second)]
    };
    let closes_only = two(1.0).into_iter().map(|b| Bar { high: None, ..b });
    let odd = bar("2025-09-16", [12.0, 9.0, 14.0]);
    let bars = vec![
        block("IWM", "a.csv", closes_only.chain([bar("2025-09-19", [3.0, 1.0, 2.0])]).collect()),
        block("IWM", "b.csv", std::iter::once(odd).chain(two(2.0)).collect()),
        block("RUT", "c.csv", two(100.0)),
    ];
    let lake = Lake::create_or_open(place).unwrap();
    import(&lake, vec![delivery("bars", Batch { bars, ..Batch::default() })]);
    let view = view(place, None, None);
    let found = |symbol: &str| {
        let bars = view.bars(symbol).unwrap();
        let rows = bars.rows().iter().map(|b| (b.date.day(), b.high, b.volume));
        (bars.source.to_string(), rows.collect::<Vec<_>>())
    };
    let want = vec![(17, 24.0, Some(0.0)), (18, 26.0, Some(0.0))];
    assert_eq!(found("IWM"), ("b.csv".to_owned(), want));
    // An index is not traded: a zero is no volume.
    let want = vec![(17, 1200.0, None), (18, 1300.0, None)];
    assert_eq!(found("RUT"), ("c.csv".to_owned(), want));
    assert_eq!(number(&view, "obv(IWM, 2025-09-17..2025-09-18)"), Ok(0.0));
    assert_eq!(number(&view, "obv(RUT, 2025-09-17..2025-09-18)"), Err("incomplete"));
    let narrowed = view.until(kinglet_core::time::Cutoff::end_of(day("2025-09-17")));
    assert_eq!(narrowed.bars("IWM").unwrap().rows().len(), 1);
}

#[test]
fn the_facts_answer_sql() {
    let data = Data::facts();
    let sheet = data.sql("SELECT value FROM series WHERE id = 'RUT' AND date = '2025-09-18'");
    assert_eq!(sheet.unwrap().rows, [[2467.70]]);
    let sheet = data.sql("SELECT count(*) FROM bars").unwrap();
    assert_eq!(sheet.rows, [[0]]);
}
