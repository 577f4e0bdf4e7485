//! Parquet files, read as the table they would be as CSV, so that every layout applies to both.

use std::io::{Cursor, Read};
use std::path::Path;

use bytes::Bytes;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::{DataType, Schema};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::parquet::arrow::ProjectionMask;
use datafusion::parquet::arrow::arrow_reader::{
    ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use datafusion::parquet::file::reader::ChunkReader;
use kinglet_core::diagnostic::{Code, Diagnostic};

/// Values that are decoded at a time.
const VALUES: usize = 1 << 13;

/// The rows as CSV; absent values are empty.
pub(super) fn as_csv(name: &Path, content: Vec<u8>) -> Result<Vec<u8>, Diagnostic> {
    let mut text = Vec::new();
    let mut rows = rows(name, Bytes::from(content), None)?;
    rows.read_to_end(&mut text).map_err(|e| damaged(name, &e))?;
    Ok(text)
}

/// The same, decoded as it is read: all columns, or some by their places in it.
pub(super) fn rows(
    name: &Path,
    file: impl ChunkReader + 'static,
    some: Option<&[usize]>,
) -> Result<Rows, Diagnostic> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| damaged(name, &e))?;
    let all = order(builder.schema());
    let chosen: Vec<usize> = match some {
        Some(some) => some.iter().filter_map(|at| all.get(*at).copied()).collect(),
        None => all,
    };
    let mut sorted = chosen.clone();
    sorted.sort_unstable();
    let order = chosen.iter().filter_map(|at| sorted.binary_search(at).ok()).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let fields = builder.schema().fields();
    let header = writer.write_record(chosen.iter().map(|at| fields[*at].name()));
    header.map_err(|e| damaged(name, &e))?;
    let text = writer.into_inner().map_err(|e| damaged(name, &e))?;
    let rows = (VALUES / chosen.len().max(1)).clamp(16, 8192);
    let mask = ProjectionMask::roots(builder.parquet_schema(), sorted);
    let batches = builder.with_projection(mask).with_batch_size(rows).build();
    let batches = batches.map_err(|e| damaged(name, &e))?;
    Ok(Rows { batches, order, text: Cursor::new(text) })
}

fn damaged(name: &Path, error: &dyn std::fmt::Display) -> Diagnostic {
    let name = name.display().to_string();
    Diagnostic::new(Code::File, format!("{name} is no readable Parquet file: {error}"))
        .subject(name)
        .hint("write the file again")
}

/// Rows as CSV.
pub(super) struct Rows {
    batches: ParquetRecordBatchReader,
    /// The places of the columns in a batch.
    order: Vec<usize>,
    /// The header, then the rows of the last batch.
    text: Cursor<Vec<u8>>,
}

impl Read for Rows {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let read = self.text.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(batch) = self.batches.next() else { return Ok(0) };
            let batch = batch.and_then(|batch| batch.project(&self.order));
            let batch = batch.map_err(std::io::Error::other)?;
            let mut writer = csv::Writer::from_writer(Vec::new());
            write(&batch, &mut writer).map_err(std::io::Error::other)?;
            self.text = Cursor::new(writer.into_inner().map_err(csv::IntoInnerError::into_error)?);
        }
    }
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
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
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
