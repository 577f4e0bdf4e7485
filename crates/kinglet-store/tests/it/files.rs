//! Files of the field: real ones where they are at hand, made ones everywhere.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Date32Array, Float64Array, RecordBatch};
use datafusion::parquet::arrow::ArrowWriter;
use kinglet_core::columns::Frequency;
use kinglet_core::diagnostic::Code;
use kinglet_core::identity::Basis;
use kinglet_core::query::{Evaluator, Query};
use kinglet_core::time::Grain;
use kinglet_core::view::View;
use kinglet_store::assemble;
use kinglet_store::import::{read, read_file};
use kinglet_store::lake::Delivery;
use kinglet_store::progress::Silent;
use kinglet_store::rows::Batch;
use proptest::prelude::*;
use tempfile::TempDir;

/// A file of this name and content.
fn file(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, content).expect("a file");
    path
}

fn batch(name: &str, content: impl AsRef<[u8]>) -> Batch {
    let folder = TempDir::new().expect("a folder");
    let delivery = read_file(&file(&folder, name, content)).expect("a known layout");
    assert_eq!(delivery.batch.bad, [], "{name}");
    delivery.batch
}

/// The values of a series by date.
fn values(batch: &Batch, id: &str, basis: Basis) -> Vec<(String, f64)> {
    let block = batch.series.iter().find(|s| s.id == id && s.basis == basis);
    let rows = &block.unwrap_or_else(|| panic!("no {id}")).rows;
    rows.iter().map(|r| (r.date.to_string(), r.value)).collect()
}

fn pairs(list: &[(&str, f64)]) -> Vec<(String, f64)> {
    list.iter().map(|(date, value)| ((*date).to_owned(), *value)).collect()
}

#[test]
fn downloads_of_one_symbol() {
    let yahoo = "Date,Open,High,Low,Close,Adj Close,Volume\n\
                 2025-01-02,10,12,9,11,10.5,100\n2025-01-03,11,13,10,12,11.5,200\n";
    let b = batch("IWM.csv", yahoo);
    assert_eq!(
        values(&b, "IWM", Basis::Price),
        pairs(&[("2025-01-02", 11.0), ("2025-01-03", 12.0)])
    );
    assert_eq!(values(&b, "IWM", Basis::Total)[1].1, 11.5);
    assert!(b.series.iter().any(|s| s.vintage), "adjusted closes are one vintage");
    assert_eq!(b.bars[0].rows[1].volume, Some(200.0));

    let stooq = "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n\
                 IWM.US,D,20250102,000000,10,12,9,11,100,0\n";
    assert_eq!(values(&batch("iwm.us.txt", stooq), "IWM", Basis::Price)[0].1, 11.0);
    let stooq = "Date,Open,High,Low,Close,Volume\n2025-01-02,1,3,0.5,2,0\n";
    assert_eq!(values(&batch("^spx_d.csv", stooq), "SPX", Basis::Price)[0].1, 2.0);
}

#[test]
fn an_index_has_no_total_return_of_its_own() {
    let yahoo = "Date,Open,High,Low,Close,Adj Close,Volume\n2025-01-02,10,12,9,11,11,100\n";
    let b = batch("rut_daily.csv", yahoo);
    assert_eq!(b.series.len(), 1);
    assert_eq!(b.series[0].spelling.name(), "index_points");
}

#[test]
fn a_download_of_several_tickers() {
    // Of today's yfinance: without `Adj Close` the closes of funds are adjusted, not of indexes.
    let text = "Price,Close,Close,Volume,Volume\nTicker,IWM,^RUT,IWM,^RUT\nDate,,,,\n\
                2025-01-02,11,50,100,200\n2025-01-03,12,51,,210\n";
    let b = batch("prices.csv", text);
    assert_eq!(values(&b, "RUT", Basis::Price)[1].1, 51.0);
    assert_eq!(values(&b, "IWM", Basis::Total)[1].1, 12.0);
    assert!(!b.series.iter().any(|s| s.id == "IWM" && s.basis == Basis::Price));
    assert_eq!(b.bars.len(), 2);

    // Of former versions: the first cells are empty, closes are raw.
    let text = ",Adj Close,Adj Close,Close,Close\n,IWM,SPY,IWM,SPY\nDate,,,,\n\
                2025-01-02,10,40,11,50\n";
    let b = batch("prices.csv", text);
    assert_eq!(values(&b, "SPY", Basis::Price)[0].1, 50.0);
    assert_eq!(values(&b, "SPY", Basis::Total)[0].1, 40.0);

    // With `group_by="ticker"`.
    let text = "Ticker,IWM,IWM\nPrice,Close,Adj Close\nDate,,\n2025-01-02,11,10\n";
    assert_eq!(values(&batch("prices.csv", text), "IWM", Basis::Price)[0].1, 11.0);
}

#[test]
fn vendors_names_of_indexes() {
    let text = "Date,Open,High,Low,Close,Adj Close,Volume\n2025-01-02,1,2,1,2,2,0\n";
    assert_eq!(values(&batch("^GSPC.csv", text), "SPX", Basis::Price)[0].1, 2.0);
    let wide = "Date,^RUT,^IXIC\n2025-01-02,1,2\n";
    let b = batch("closes.csv", wide);
    assert_eq!(values(&b, "IXIC", Basis::Price)[0].1, 2.0);
    assert_eq!(b.series[0].spelling.name(), "index_points");
}

/// Nothing is known of RSAFS or PMI: they are no dollars, and not public on the day they are for.
#[test]
fn undeclared_series_are_no_prices() {
    let check = |name: &str, text: &str, id: &str| {
        let b = batch(name, text);
        let block = b.series.iter().find(|s| s.id == id).expect("the series");
        assert_eq!(block.spelling.name(), "ratio", "{name}");
        assert_eq!(block.frequency, Frequency::Period(Grain::Month), "{name}");
        assert!(block.assumed, "{name}");
        assert_eq!(block.rows[0].known_at.to_string(), "2025-03-15T08:30:00", "{name}");
    };
    let fred = "observation_date,RSAFS\n2025-01-01,700000\n2025-02-01,701000\n";
    check("RSAFS.csv", fred, "RSAFS");
    let tidy = "month,id,value\n2025-01,PMI,50.9\n2025-02,PMI,50.3\n";
    check("pmi.csv", tidy, "PMI");
    // Closes by symbol are prices, whatever the symbol.
    let closes = batch("closes.csv", "date,symbol,close\n2025-01-02,ABC,10\n");
    assert_eq!(closes.series[0].spelling.name(), "usd");
}

#[test]
fn series_by_column_and_by_row() {
    let fred = "observation_date,DGS10,UNRATE\n2025-01-01,.,4.0\n2025-01-02,4.57,.\n";
    let b = batch("fredgraph.csv", fred);
    assert_eq!(values(&b, "DGS10", Basis::Price), pairs(&[("2025-01-02", 4.57)]));
    let unrate = b.series.iter().find(|s| s.id == "UNRATE").expect("UNRATE");
    assert_eq!(unrate.spelling.name(), "percent");
    // The first Friday of the next month, at 08:30; declared, not read.
    assert_eq!(unrate.rows[0].known_at.to_string(), "2025-02-07T08:30:00");
    assert!(unrate.assumed);

    let tidy = "date,id,value\n2025-01-03,RUT,2250\n2025-01-02,RUT,2230\n";
    let b = batch("closes.csv", tidy);
    let sorted = pairs(&[("2025-01-02", 2230.0), ("2025-01-03", 2250.0)]);
    assert_eq!(values(&b, "RUT", Basis::Price), sorted);
    let wide = "Date,IWM,SPY\n2025-01-02,1.5,\n2025-01-03,1.6,9\n";
    assert_eq!(values(&batch("adjusted.csv", wide), "SPY", Basis::Total)[0].1, 9.0);
}

#[test]
fn tables_below_a_preamble() {
    let french = "This file was created by CMPT_ME_BEME_RETS using the 202506 CRSP database.\n\n\
                  ,Mkt-RF,SMB,HML,RF\n192607,    2.89,   -2.55,   -2.39,    0.22\n\
                  192608,    2.64,  -99.99,    3.81,    0.25\n\n Annual Factors\n\
                  ,Mkt-RF,SMB,HML,RF\n1927,1,2,3,4\n";
    let b = batch("F-F_Research_Data_Factors.CSV", french);
    assert_eq!(values(&b, "FF_SMB", Basis::Price), pairs(&[("1926-07-01", -2.55)]));
    assert_eq!(values(&b, "FF_RF", Basis::Price).len(), 2);

    // Text in columns of fixed width; a table of portfolios without a name for the months.
    let aligned = "This file was created using the 202506 CRSP database.\n\n\
                   \x20      Lo 30  Med 40   Hi 30\n\
                   192607    0.06    1.53    3.40\n192608    3.14  -99.99    2.90\n\n\
                   Annual\n1926 1 2 3\n";
    let b = batch("Portfolios_Formed_on_ME.txt", aligned);
    assert_eq!(values(&b, "FF_SIZE_LO_30", Basis::Price).len(), 2);
    assert_eq!(values(&b, "FF_SIZE_MED_40", Basis::Price), pairs(&[("1926-07-01", 1.53)]));
    assert_eq!(b.series[0].spelling.name(), "percent");
    let portfolios = "Average Value Weighted Returns -- Monthly\n\
                      ,SMALL LoBM,ME1 BM2\n192607,  1.0, 2.0\n192608,  3.0, 4.0\n";
    let b = batch("6_Portfolios_2x3.csv", portfolios);
    assert_eq!(values(&b, "FF_6_PORTFOLIOS_2X3_SMALL_LOBM", Basis::Price)[1].1, 3.0);
    let book = "month,Lo 30,Hi 30\n192607,1,2\n";
    let b = batch("Portfolios_Formed_on_BE-ME.csv", book);
    assert_eq!(values(&b, "FF_BE_ME_LO_30", Basis::Price)[0].1, 1.0);
    // Returns by day are not squeezed into months.
    let daily = "Daily factors\n\n,Mkt-RF,SMB,HML,RF\n20250102,1,2,3,4\n20250103,5,6,7,8\n";
    let b = batch("F-F_Research_Data_Factors_daily.csv", daily);
    let want = pairs(&[("2025-01-02", 2.0), ("2025-01-03", 6.0)]);
    assert_eq!(values(&b, "FF_SMB", Basis::Price), want);

    let ishares = "iShares Russell 2000 ETF\nFund Holdings as of,\"Nov 05, 2025\"\n\
                   Shares Outstanding,\"281,300,000.00\"\n \n\
                   Ticker,Name,Sector,Asset Class,Market Value,Weight (%),Quantity,Price,Exchange\n\
                   \"BE\",\"BLOOM ENERGY\",\"Industrials\",\"Equity\",\"731,205,514.79\",\"1.06\",\
                   \"5,170,819.00\",\"141.41\",\"NYSE\"\n \nThe content is informational.\n";
    let b = batch("IWM_holdings.csv", ishares);
    let held = &b.holdings[0];
    assert_eq!((held.fund.as_str(), held.ticker.as_str()), ("IWM", "BE"));
    assert_eq!(held.date.to_string(), "2025-11-05");
    assert_eq!(held.market_value, Some(731_205_514.79));
    let shares = b.fundamentals.iter().find(|f| f.item == "shares_outstanding");
    assert_eq!(shares.and_then(|f| f.value), Some(281_300_000.0));
}

#[test]
fn compressed_files() {
    let text = b"date,id,value\n2025-01-02,RUT,2230\n";
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text).expect("in memory");
    assert_eq!(batch("a.csv.gz", gz.finish().expect("in memory")).series.len(), 1);
    let zst = zstd::encode_all(&text[..], 1).expect("in memory");
    assert_eq!(batch("a.csv.zst", zst).series.len(), 1);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("a.csv", zip::write::SimpleFileOptions::default()).expect("in memory");
    zip.write_all(text).expect("in memory");
    // What systems and vendors put beside the data is passed by.
    zip.start_file("__MACOSX/._a.csv", zip::write::SimpleFileOptions::default()).expect("a file");
    zip.start_file("README.txt", zip::write::SimpleFileOptions::default()).expect("a file");
    assert_eq!(batch("a.zip", zip.finish().expect("in memory").into_inner()).series.len(), 1);
}

#[test]
fn facts_about_companies() {
    let folder = TempDir::new().expect("a folder");
    let text = "symbol,name,pe,asof\nA,AGILENT,28.4,2026-08-08\nB,1847,,2026-08-08\n\
                C,CITI,high,2026-08-08\nA,AGILENT,28.5,2026-08-08\n";
    let Delivery { batch, .. } = read_file(&file(&folder, "us.csv", text)).expect("a layout");
    let of = |symbol: &str, item: &str| {
        let fact = batch.fundamentals.iter().find(|f| f.symbol == symbol && f.item == item);
        fact.map(|f| (f.value, f.text.clone()))
    };
    assert_eq!(of("A", "pe"), Some((Some(28.4), None)));
    // The column holds words, though this one is made of digits; and numbers, though one is a word.
    assert_eq!(of("B", "name"), Some((None, Some("1847".to_owned()))));
    assert_eq!(of("B", "pe"), None);
    let bad: Vec<&str> = batch.bad.iter().map(|b| b.reason.as_str()).collect();
    assert_eq!(
        bad,
        ["`high` is no finite number", "A 2026-08-08 stands here twice, first on line 2"]
    );
}

/// A frame of pandas: the index of dates is the last column.
#[test]
fn parquet() {
    let dates = Date32Array::from(vec![20_090, 20_091]);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("IWM", Arc::new(Float64Array::from(vec![Some(0.1 + 0.2), None]))),
        ("SPY", Arc::new(Float64Array::from(vec![1.0, 2.0]))),
        ("Date", Arc::new(dates)),
    ];
    let rows = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, column)| (name, column, true)),
    )
    .expect("columns of one length");
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, rows.schema(), None).expect("in memory");
    writer.write(&rows).expect("in memory");
    writer.close().expect("in memory");
    let b = batch("closes.parquet", bytes);
    // 20,090 days after 1970-01-01; to the bit.
    assert_eq!(values(&b, "IWM", Basis::Price), pairs(&[("2025-01-02", 0.1 + 0.2)]));
    assert_eq!(values(&b, "SPY", Basis::Price).len(), 2);
}

#[test]
fn bars_of_other_spans_are_refused() {
    let folder = TempDir::new().expect("a folder");
    let text = "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n\
                IWM.US,5,20250102,093500,10,12,9,11,100,0\n";
    let delivery = read_file(&file(&folder, "iwm.us.txt", text)).expect("a known layout");
    assert_eq!(delivery.batch.bad[0].reason, "no bar of one day");
    assert!(delivery.batch.bars.is_empty());
}

#[test]
fn faults_are_noted_with_their_place() {
    let folder = TempDir::new().expect("a folder");
    let text = "date,id,value\n2025-01-02,RUT,2230\n2025-13-02,RUT,1\n2025-01-03,RUT,x\n\
                2025-01-02,RUT,2231\n2025-01-06,RUT\n";
    let delivery = read_file(&file(&folder, "a.csv", text)).expect("a known layout");
    let bad: Vec<String> = delivery
        .batch
        .bad
        .iter()
        .map(|b| format!("{} {:?} {}", b.line, b.column.as_ref().map(|c| c.0), b.reason))
        .collect();
    assert_eq!(
        bad,
        [
            "3 Some(1) `2025-13-02` is no date",
            "4 Some(3) `x` is no finite number",
            "5 None RUT 2025-01-02 stands here twice, first on line 2",
            "6 None 2 fields where the header has 3",
        ]
    );
}

#[test]
fn unknown_layouts_and_damaged_files() {
    let folder = TempDir::new().expect("a folder");
    let code = |name: &str, content: &[u8]| {
        read_file(&file(&folder, name, content)).expect_err("not readable").code
    };
    assert_eq!(code("a.csv", b"some,words\nwithout,dates\n"), Code::Layout);
    assert_eq!(code("empty.csv", b""), Code::Layout);
    assert_eq!(code("a.csv.gz", b"no gzip"), Code::File);
    assert_eq!(code("a.zip", b"no zip"), Code::File);
    assert_eq!(code("a.parquet", b"no parquet"), Code::File);
    let missing = read_file(&folder.path().join("missing.csv")).expect_err("not there");
    assert_eq!(missing.code, Code::File);
}

proptest! {
    #[test]
    fn tidy_files_read_back(rows in prop::collection::btree_map(0..30_000, -1e6..1e6, 1..40)) {
        let epoch = jiff::civil::date(1950, 1, 1);
        let day = |n: i32| epoch + jiff::Span::new().days(n);
        let mut text = "date,id,value\n".to_owned();
        for (n, value) in &rows {
            text += &format!("{},TEST,{value}\n", day(*n));
        }
        let want: Vec<_> = rows.iter().map(|(n, v)| (day(*n).to_string(), *v)).collect();
        prop_assert_eq!(values(&batch("t.csv", text), "TEST", Basis::Price), want);
    }

    #[test]
    fn no_content_is_a_panic(content: Vec<u8>, header in 0_usize..6, name in 0_usize..5) {
        let headers = ["", "date,close\n", "date,open,high,low,close\n", "month,SMB\n",
            "ticker,name,market_value,weight\n", "symbol,name\n"];
        let names = ["a.csv", "a.csv.gz", "a.zst", "a.zip", "a.parquet"];
        let folder = TempDir::new().expect("a folder");
        let content = [headers[header].as_bytes(), &content].concat();
        let _ = read_file(&file(&folder, names[name], content));
    }
}

/// What the README of the data states of them.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn real_files_hold_what_their_description_says() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let found = read(&[data], &Silent).expect("every layout is known");
    let batches: Vec<Batch> = found.deliveries.into_iter().map(|d| d.batch).collect();
    for batch in &batches {
        assert_eq!(batch.bad, []);
    }
    let view = assemble::view("real", None, &batches);
    assert_eq!(view.data().as_of.to_string(), "2026-08-21");
    level(&view, "level(RUT, 2024-12-31)", 2230.16);
    level(&view, "level(RUT, 2021-11-08)", 2442.74);
    level(&view, "level(SPX, 2024-12-31)", 5881.63);
    level(&view, "return(RUT, 2024-11)", 10.84);
    level(&view, "return(RUT, 2020-03-16)", -14.27);
    level(&view, "return(IWM, 2008, basis: total)", -34.14);
    level(&view, "return(IWM, 2013, basis: total)", 38.70);
    level(&view, "return(IWM, 2025, basis: total)", 12.66);
    let spread = view.series("BAMLH0A0HYM2", Basis::Price).expect("a series");
    let widest = spread.observations().iter().map(|o| o.value).fold(0.0, f64::max);
    assert!((widest - 0.2182).abs() < 1e-9, "{widest}");
    let year = |year: i16, cut: bool| {
        let changes = view.events("FED", "policy_rate").filter(|e| e.date.year() == year);
        changes.filter(|e| (e.values["change"] < 0.0) == cut).count()
    };
    assert_eq!((year(2001, true), year(2007, true), year(2008, true)), (11, 3, 7));
    assert_eq!((year(2022, false), year(2025, true)), (7, 3));
    let of = |day: &str| {
        let held = batches.iter().flat_map(|b| &b.holdings);
        held.filter(|h| h.date.to_string() == day && h.asset_class == "Equity").count()
    };
    assert_eq!((of("2025-11-05"), of("2026-05-05")), (1_962, 1_924));
}

fn level(view: &View, query: &str, want: f64) {
    let parsed: Query = query.parse().expect("a query");
    let got = Evaluator::new(view).answer(&parsed).number();
    let got = got.unwrap_or_else(|| panic!("{query} is undefined"));
    assert!((got - want).abs() <= 0.005 + 1e-9, "{query}: {got}, not {want}");
}
