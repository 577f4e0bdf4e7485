//! The tables of a note as one workbook: a sheet for each, numbers as numbers, and a sheet with the
//! evidence.

use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::note::{Figure, Note, Piece, Prose, Style, Table};
use kinglet_core::quantity::Spelling;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::footnote::{Numbers, evidence};

/// Letters of a sheet's name.
const NAME_MAX: usize = 31;

/// The workbook as the bytes of its file; the same for the same note.
///
/// # Errors
/// `Internal` where a table is larger than a sheet can be.
pub fn workbook(note: &Note) -> Result<Vec<u8>, Diagnostic> {
    let fault = |e| Diagnostic::new(Code::Internal, format!("cannot make a workbook: {e}"));
    written(note).map_err(fault)
}

fn written(note: &Note) -> Result<Vec<u8>, XlsxError> {
    let day = note.data.as_of;
    let created = ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or(1900),
        u8::try_from(day.month()).unwrap_or(1),
        u8::try_from(day.day()).unwrap_or(1),
    )?;
    let mut book = Workbook::new();
    let title = note.headline.text();
    book.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&created));
    let numbers = Numbers::of(note);
    let mut names: Vec<String> = vec!["evidence".to_owned()];
    for table in note.tables() {
        let sheet = book.add_worksheet();
        sheet.set_name(name(&table.caption, &mut names))?;
        fill(sheet, table, &numbers)?;
    }
    prove(book.add_worksheet(), note)?;
    book.save_to_buffer()
}

/// A name of at most 31 letters that no other sheet has, without what a name may not hold.
fn name(caption: &str, taken: &mut Vec<String>) -> String {
    let kept = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    let plain: String = caption.chars().filter(kept).collect();
    let plain = plain.trim();
    let plain = if plain.is_empty() { "table" } else { plain };
    let with = |number: usize| {
        let end = if number > 1 { format!(" {number}") } else { String::new() };
        let head: String = plain.chars().take(NAME_MAX - end.len()).collect();
        format!("{}{end}", head.trim_end())
    };
    let free = (1..).map(with).find(|name| !taken.contains(&name.to_lowercase()));
    let name = free.unwrap_or_default();
    taken.push(name.to_lowercase());
    name
}

/// The caption, the heads, the rows; the last column lists the numbers of the evidence of its row.
fn fill(sheet: &mut Worksheet, table: &Table, numbers: &Numbers<'_>) -> Result<(), XlsxError> {
    let strong = Format::new().set_bold();
    sheet.write_with_format(0, 0, &table.caption, &strong)?;
    for (column, head) in (0..).zip(&table.columns) {
        sheet.write_with_format(2, column, head, &strong)?;
    }
    let last = u16::try_from(table.columns.len()).unwrap_or(u16::MAX - 1);
    sheet.write_with_format(2, last, "evidence", &strong)?;
    for (at, row) in (3..).zip(&table.rows) {
        for (column, prose) in (0..).zip(row) {
            cell(sheet, (at, column), prose)?;
        }
        let figures = row.iter().flat_map(Prose::figures);
        let rests: Vec<String> = figures.map(|f| numbers.of_figure(f).to_string()).collect();
        sheet.write(at, last, rests.join(", "))?;
    }
    sheet.set_freeze_panes(3, 1)?;
    sheet.autofit();
    Ok(())
}

/// A figure alone is a number in its format; all else is text.
fn cell(sheet: &mut Worksheet, (row, column): (u32, u16), prose: &Prose) -> Result<(), XlsxError> {
    match prose.0.as_slice() {
        [] => Ok(()),
        [Piece::Figure(figure)] if figure.answer.result.is_ok() => {
            let format = Format::new().set_num_format(pattern(figure));
            sheet.write_with_format(row, column, spelled(figure), &format).map(|_| ())
        }
        _ => sheet.write(row, column, prose.text()).map(|_| ()),
    }
}

/// The value as it is spelled; a percent stays a fraction, which the format shows as percent.
fn spelled(figure: &Figure) -> f64 {
    match figure.answer.spelling {
        Spelling::Percent => figure.value(),
        other => figure.value() * other.per_unit(),
    }
}

/// How the note prints it, in the language of workbooks.
fn pattern(figure: &Figure) -> String {
    let decimals = match figure.form.style {
        Style::Digits { decimals } | Style::Short { decimals } => decimals,
        Style::Cardinal | Style::Rank(_) => 0,
    };
    let fraction = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals)) };
    match figure.answer.spelling {
        Spelling::Percent => format!("0{fraction}%"),
        Spelling::PercentagePoints => format!("0{fraction}\" pp\""),
        Spelling::BasisPoints => format!("0{fraction}\" bp\""),
        _ => format!("#,##0{fraction}"),
    }
}

/// Every query with its value.
fn prove(sheet: &mut Worksheet, note: &Note) -> Result<(), XlsxError> {
    let strong = Format::new().set_bold();
    sheet.set_name("Evidence")?;
    for (column, head) in (0..).zip(["number", "query", "value", "unit", "rests on"]) {
        sheet.write_with_format(0, column, head, &strong)?;
    }
    for (row, figure) in (1..).zip(note.evidence()) {
        sheet.write(row, 0, row)?;
        sheet.write(row, 1, &figure.answer.query)?;
        sheet.write(row, 2, figure.value() * figure.answer.spelling.per_unit())?;
        sheet.write(row, 3, figure.answer.spelling.name())?;
        sheet.write(row, 4, evidence(figure))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_autofit_max_width(400);
    sheet.autofit();
    Ok(())
}
