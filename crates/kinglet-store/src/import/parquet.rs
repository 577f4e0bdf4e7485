//! Parquet files, read as the table they would be as CSV, so that every layout applies to both.

use std::path::Path;

use bytes::Bytes;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::{DataType, Schema};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use kinglet_core::diagnostic::{Code, Diagnostic};

/// The rows as CSV; absent values are empty.
pub(super) fn as_csv(name: &Path, content: Vec<u8>) -> Result<Vec<u8>, Diagnostic> {
    let damaged = |e: &dyn std::fmt::Display| {
        let name = name.display().to_string();
        Diagnostic::new(Code::File, format!("{name} is no readable Parquet file: {e}"))
            .subject(name)
            .hint("write the file again")
    };
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(content))
        .and_then(ParquetRecordBatchReaderBuilder::build)
        .map_err(|e| damaged(&e))?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut headed = false;
    for batch in reader {
        let batch = batch.and_then(|b| b.project(&order(&b.schema()))).map_err(|e| damaged(&e))?;
        if !headed {
            let fields = batch.schema();
            writer
                .write_record(fields.fields().iter().map(|f| f.name()))
                .map_err(|e| damaged(&e))?;
            headed = true;
        }
        write(&batch, &mut writer).map_err(|e| damaged(&e))?;
    }
    writer.into_inner().map_err(|e| damaged(&e))
}

/// The first column of dates comes first: pandas writes its index last.
fn order(schema: &Schema) -> Vec<usize> {
    let dated =
        |t: &DataType| matches!(t, DataType::Date32 | DataType::Date64 | DataType::Timestamp(..));
    let first = schema.fields().iter().position(|f| dated(f.data_type()));
    let rest = (0..schema.fields().len()).filter(|at| Some(*at) != first);
    first.into_iter().chain(rest).collect()
}

fn write(
    batch: &RecordBatch,
    writer: &mut csv::Writer<Vec<u8>>,
) -> Result<(), Box<dyn std::error::Error>> {
    let options = FormatOptions::default()
        .with_date_format(Some("%Y-%m-%d"))
        .with_timestamp_format(Some("%Y-%m-%d"));
    let columns: Vec<ArrayFormatter<'_>> = batch
        .columns()
        .iter()
        .map(|column| ArrayFormatter::try_new(column, &options))
        .collect::<Result<_, _>>()?;
    for row in 0..batch.num_rows() {
        for column in &columns {
            writer.write_field(column.value(row).to_string())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(())
}
