//! A simplex method for sums of kinked rows.
//!
//! Least level + Σ cost × max(0, target − a'w − share × level) over weights within bounds and with
//! a given sum, and over the level. At a corner as many rows are at their kink as weights are
//! between their bounds. An edge is followed past kinks as long as it goes down (Barrodale and
//! Roberts 1973, SIAM Journal on Numerical Analysis 10), so that no row needs a variable of its own
//! and every corner on the way is feasible.

use super::inverse::Inverse;
use crate::error::AllocationError;
use crate::vector::{add_scaled, dot};

const METHOD: &str = "row and column generation";
/// Changes of the inverse until it is computed anew.
const FRESH: usize = 50;
/// What counts as zero among prices, as a part of the largest.
const FLAT: f64 = 1e-10;
/// A row that changes by less along an edge has no kink on it.
const STILL: f64 = 1e-12;

/// Where a weight stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Lower,
    Upper,
    /// Between its bounds.
    Moving,
}

/// An asset: its coefficient in each row, and its weight.
#[derive(Clone, Debug)]
struct Column {
    entries: Vec<f64>,
    lower: f64,
    upper: f64,
    weight: f64,
    place: Place,
}

/// A row: how the level counts in it, what its excess costs, and how large that is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kink {
    /// The coefficient of the level.
    pub(crate) share: f64,
    /// What a'w + share × level should reach.
    pub(crate) target: f64,
    /// The price of what is missing.
    pub(crate) cost: f64,
}

#[derive(Clone, Debug)]
pub(crate) struct Piecewise {
    columns: Vec<Column>,
    rows: Vec<Kink>,
    /// target − a'w − share × level of each row.
    excess: Vec<f64>,
    /// On which side of its kink a row is.
    above: Vec<bool>,
    level: f64,
    budget: f64,
    /// Rows at their kink and weights between their bounds, in the order of the inverse, whose row
    /// and column 0 are those of the sum and of the level.
    tight: Vec<usize>,
    moving: Vec<usize>,
    inverse: Inverse,
    changes: usize,
    pivots: usize,
}

/// The multipliers at a corner.
pub(crate) struct Prices {
    /// Of the sum of the weights.
    pub(crate) sum: f64,
    /// Of each row, from zero to its cost at a best corner.
    pub(crate) rows: Vec<f64>,
}

/// An edge that goes down, and how steeply.
enum Edge {
    /// A row leaves its kink, upwards or downwards.
    Leave { position: usize, sign: f64 },
    /// A weight leaves its bound.
    Enter { column: usize, sign: f64 },
}

impl Piecewise {
    /// Nothing yet but the sum that weights will have, and a first level.
    pub(crate) fn new(budget: f64, level: f64) -> Self {
        Self {
            columns: Vec::new(),
            rows: Vec::new(),
            excess: Vec::new(),
            above: Vec::new(),
            level,
            budget,
            tight: Vec::new(),
            moving: Vec::new(),
            inverse: Inverse::default(),
            changes: 0,
            pivots: 0,
        }
    }

    /// Adds a weight that stays where it is until it pays to move it.
    pub(crate) fn add_column(&mut self, entries: Vec<f64>, bounds: (f64, f64), weight: f64) {
        let (lower, upper) = bounds;
        let place = if weight >= upper { Place::Upper } else { Place::Lower };
        self.columns.push(Column { entries, lower, upper, weight, place });
    }

    /// Makes room for so many rows, without which each column would grow by half as much again.
    pub(crate) fn reserve(&mut self, rows: usize) {
        self.columns.iter_mut().for_each(|column| column.entries.reserve_exact(rows));
    }

    /// Adds a row; `entries` are in the order of the columns.
    pub(crate) fn add_row(&mut self, kink: Kink, entries: impl Iterator<Item = f64>) {
        let mut excess = kink.target - kink.share * self.level;
        for (column, entry) in self.columns.iter_mut().zip(entries) {
            excess -= entry * column.weight;
            column.entries.push(entry);
        }
        self.rows.push(kink);
        self.excess.push(excess);
        self.above.push(excess > 0.0);
    }

    /// Makes the corner at which some rows are at their kinks and as many weights move, all others
    /// being where they are.
    pub(crate) fn begin(&mut self, rows: Vec<usize>, columns: Vec<usize>) {
        for column in &columns {
            self.columns[*column].place = Place::Moving;
        }
        (self.tight, self.moving) = (rows, columns);
        self.renew();
        for (above, excess) in self.above.iter_mut().zip(&self.excess) {
            *above = *excess > 0.0;
        }
    }

    /// How many weights are between their bounds.
    pub(crate) fn moving(&self) -> usize {
        self.moving.len()
    }

    /// By how much a weight is outside of its bounds at most.
    pub(crate) fn outside(&self) -> f64 {
        let outside = |column: &Column| {
            let most = (column.lower - column.weight).max(column.weight - column.upper);
            if most.is_nan() { f64::INFINITY } else { most }
        };
        self.columns.iter().map(outside).fold(0.0, f64::max)
    }

    /// Changes what a row should reach.
    pub(crate) fn retarget(&mut self, row: usize, target: f64) -> Result<(), AllocationError> {
        if target == self.rows[row].target {
            return Ok(());
        }
        self.excess[row] += target - self.rows[row].target;
        self.rows[row].target = target;
        self.above[row] = self.excess[row] > 0.0;
        if let Some(position) = self.tight.iter().position(|tight| *tight == row) {
            let sign = -self.excess[row].signum();
            let prices = self.prices();
            self.follow(&Edge::Leave { position, sign }, &prices)?;
        }
        Ok(())
    }

    /// The level.
    pub(crate) fn level(&self) -> f64 {
        self.level
    }

    /// The weights, in the order of the columns.
    pub(crate) fn weights(&self) -> impl Iterator<Item = f64> {
        self.columns.iter().map(|column| column.weight)
    }

    /// How far a row is above its kink.
    pub(crate) fn excess(&self, row: usize) -> f64 {
        self.excess[row]
    }

    /// How many corners were left.
    pub(crate) fn pivots(&self) -> usize {
        self.pivots
    }

    /// Raises the cost of a row.
    pub(crate) fn raise(&mut self, row: usize, factor: f64) {
        self.rows[row].cost *= factor;
    }

    /// Goes on to the best corner.
    pub(crate) fn minimise(&mut self) -> Result<Prices, AllocationError> {
        let most = self.pivots + 200 * (self.rows.len() + self.columns.len());
        let mut still = 0;
        loop {
            let prices = self.prices();
            let Some(edge) = self.steepest(&prices, still) else { return Ok(prices) };
            if self.pivots > most {
                let (iterations, residual) = (self.pivots, prices.sum);
                return Err(AllocationError::NotConverged { method: METHOD, iterations, residual });
            }
            let length = self.follow(&edge, &prices)?;
            still = if length > 0.0 { 0 } else { still + 1 };
            if self.changes >= FRESH {
                self.renew();
            }
        }
    }

    /// Computes the inverse, the weights and what follows from them anew.
    pub(crate) fn renew(&mut self) {
        // The first row is of the sum, the first column of the level.
        let entry = |row: usize, column: usize| match (row.checked_sub(1), column.checked_sub(1)) {
            (None, at) => f64::from(u8::from(at.is_some())),
            (Some(row), None) => self.rows[self.tight[row]].share,
            (Some(row), Some(at)) => self.columns[self.moving[at]].entries[self.tight[row]],
        };
        self.inverse = Inverse::of(self.tight.len() + 1, entry);
        self.changes = 0;
        let mut rest: Vec<f64> = self.rows.iter().map(|row| row.target).collect();
        let mut left = self.budget;
        for column in self.columns.iter().filter(|column| column.place != Place::Moving) {
            if column.weight != 0.0 {
                left -= column.weight;
                add_scaled(&mut rest, -column.weight, &column.entries);
            }
        }
        let known: Vec<f64> =
            std::iter::once(left).chain(self.tight.iter().map(|row| rest[*row])).collect();
        let values = self.inverse.times(&known);
        self.level = values[0];
        for (column, value) in self.moving.iter().zip(&values[1..]) {
            self.columns[*column].weight = *value;
            add_scaled(&mut rest, -value, &self.columns[*column].entries);
        }
        for ((excess, rest), row) in self.excess.iter_mut().zip(rest).zip(&self.rows) {
            *excess = rest - row.share * self.level;
        }
        for row in &self.tight {
            self.excess[*row] = 0.0;
        }
    }

    /// A row's coefficients of the level and of the moving weights.
    fn across(&self, row: usize) -> Vec<f64> {
        let moving = self.moving.iter().map(|column| self.columns[*column].entries[row]);
        std::iter::once(self.rows[row].share).chain(moving).collect()
    }

    /// A column's coefficients in the sum and in the tight rows.
    fn down(&self, column: usize) -> Vec<f64> {
        let entries = &self.columns[column].entries;
        std::iter::once(1.0).chain(self.tight.iter().map(|row| entries[*row])).collect()
    }

    fn prices(&self) -> Prices {
        let mut rows: Vec<f64> = self
            .rows
            .iter()
            .zip(&self.above)
            .map(|(r, up)| if *up { r.cost } else { 0.0 })
            .collect();
        for row in &self.tight {
            rows[*row] = 0.0;
        }
        let level: f64 = self.rows.iter().zip(&rows).map(|(row, p)| row.share * p).sum();
        let moving = self.moving.iter().map(|column| -dot(&self.columns[*column].entries, &rows));
        let known: Vec<f64> = std::iter::once(1.0 - level).chain(moving).collect();
        let solved = self.inverse.transposed_times(&known);
        for (row, price) in self.tight.iter().zip(&solved[1..]) {
            rows[*row] = *price;
        }
        Prices { sum: solved[0], rows }
    }

    /// The edge that goes down most per length, among all rows and the assets that seem best.
    fn steepest(&self, prices: &Prices, still: usize) -> Option<Edge> {
        let lengths = self.inverse.lengths();
        let mut best: Option<(f64, Edge)> = None;
        let mut offer = |gain: f64, edge: Edge| {
            // Where nothing has moved for long the first edge is taken, lest it go in circles.
            if best.as_ref().is_none_or(|(most, _)| still < 50 && gain > *most) {
                best = Some((gain, edge));
            }
        };
        for (position, row) in self.tight.iter().enumerate() {
            let (price, cost) = (prices.rows[*row], self.rows[*row].cost);
            let (fails, sign) = if price < 0.0 { (-price, -1.0) } else { (price - cost, 1.0) };
            if fails > FLAT * cost {
                let gain = fails / lengths[position + 1].sqrt();
                offer(gain, Edge::Leave { position, sign });
            }
        }
        let mut entering: Vec<(f64, usize)> = Vec::new();
        let scale = FLAT * prices.sum.abs().max(f64::MIN_POSITIVE);
        for (number, column) in self.columns.iter().enumerate() {
            if column.place == Place::Moving || column.lower == column.upper {
                continue;
            }
            let reduced = -dot(&column.entries, &prices.rows) - prices.sum;
            let fails = if column.place == Place::Lower { -reduced } else { reduced };
            if fails > scale {
                entering.push((fails, number));
            }
        }
        entering.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (fails, column) in entering.into_iter().take(4) {
            let solved = self.inverse.times(&self.down(column));
            let gain = fails / (1.0 + dot(&solved, &solved)).sqrt();
            let sign = if self.columns[column].place == Place::Lower { 1.0 } else { -1.0 };
            offer(gain, Edge::Enter { column, sign });
        }
        best.map(|(_, edge)| edge)
    }

    /// Follows an edge to where it goes down no more; how far.
    fn follow(&mut self, edge: &Edge, prices: &Prices) -> Result<f64, AllocationError> {
        self.pivots += 1;
        self.changes += 1;
        let (mut direction, solved) = match edge {
            Edge::Leave { position, .. } => (self.inverse.unit(position + 1), Vec::new()),
            Edge::Enter { column, .. } => {
                let solved = self.inverse.times(&self.down(*column));
                (solved.clone(), solved)
            }
        };
        let (Edge::Leave { sign, .. } | Edge::Enter { sign, .. }) = edge;
        for change in &mut direction {
            *change *= -sign;
        }
        let mut rates: Vec<f64> = self.rows.iter().map(|r| -r.share * direction[0]).collect();
        for (column, change) in self.moving.iter().zip(&direction[1..]) {
            add_scaled(&mut rates, -change, &self.columns[*column].entries);
        }
        let (mut slope, mut room) = (0.0, f64::INFINITY);
        match edge {
            Edge::Enter { column, sign } => {
                let column = &self.columns[*column];
                add_scaled(&mut rates, -sign, &column.entries);
                slope = sign * (-dot(&column.entries, &prices.rows) - prices.sum);
                room = column.upper - column.lower;
            }
            Edge::Leave { position, sign } => {
                let row = self.tight[*position];
                if self.excess[row] == 0.0 {
                    self.above[row] = *sign > 0.0;
                }
                let cost = if self.above[row] { self.rows[row].cost } else { 0.0 };
                slope += sign * (cost - prices.rows[row]);
            }
        }
        let leaving = match edge {
            Edge::Leave { position, .. } => Some(self.tight[*position]),
            Edge::Enter { .. } => None,
        };
        for row in self.tight.iter().filter(|row| Some(**row) != leaving) {
            rates[*row] = 0.0;
        }
        let (bound, stop) = self.nearest_bound(&direction[1..], room);
        let (length, kink) = self.last_kink(&rates, slope, bound);
        if !length.is_finite() {
            let (iterations, residual) = (self.pivots, f64::INFINITY);
            return Err(AllocationError::NotConverged { method: METHOD, iterations, residual });
        }
        self.level += length * direction[0];
        for (column, change) in self.moving.iter().zip(&direction[1..]) {
            self.columns[*column].weight += length * change;
        }
        add_scaled(&mut self.excess, length, &rates);
        if let Edge::Enter { column, sign } = edge {
            self.columns[*column].weight += length * sign;
        }
        match (edge, kink) {
            (Edge::Leave { position, .. }, Some(row)) => self.exchange_row(*position, row),
            (Edge::Enter { column, .. }, Some(row)) => self.grow(*column, row, &solved),
            (Edge::Leave { position, .. }, None) => self.shrink(*position, stop),
            (Edge::Enter { column, sign }, None) => {
                self.exchange_column(*column, *sign, (stop, &solved));
            }
        }
        Ok(length)
    }

    /// How far the moving weights can go, up to a limit, and the position of the one that stops.
    fn nearest_bound(&self, direction: &[f64], limit: f64) -> (f64, Option<usize>) {
        let (mut nearest, mut stop) = (limit, None);
        for (position, (column, change)) in self.moving.iter().zip(direction).enumerate() {
            let column = &self.columns[*column];
            let bound = if *change < 0.0 { column.lower } else { column.upper };
            let room = ((bound - column.weight) / change).max(0.0);
            if change.abs() > STILL && room < nearest {
                (nearest, stop) = (room, Some(position));
            }
        }
        (nearest, stop)
    }

    /// The kink at which an edge goes down no more, if that comes before a bound. Kinks that are
    /// passed change their side.
    fn last_kink(&mut self, rates: &[f64], slope: f64, bound: f64) -> (f64, Option<usize>) {
        let mut kinks: Vec<(f64, usize)> = Vec::new();
        for (row, rate) in rates.iter().enumerate() {
            let towards = if self.above[row] { -rate } else { *rate };
            if towards > STILL {
                let side = if self.above[row] { 1.0 } else { -1.0 };
                let at = (side * self.excess[row]).max(0.0) / towards;
                if at < bound {
                    kinks.push((at, row));
                }
            }
        }
        kinks.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut slope = slope;
        for (at, row) in kinks {
            slope += self.rows[row].cost * rates[row].abs();
            if slope >= 0.0 {
                return (at, Some(row));
            }
            self.above[row] = !self.above[row];
        }
        (bound, None)
    }

    fn exchange_row(&mut self, position: usize, row: usize) {
        let across = self.across(row);
        self.inverse.replace_row(position + 1, &across);
        self.tight[position] = row;
        self.excess[row] = 0.0;
    }

    fn grow(&mut self, column: usize, row: usize, solved: &[f64]) {
        let mut across = self.across(row);
        across.push(self.columns[column].entries[row]);
        self.inverse.grow(&across, solved);
        self.tight.push(row);
        self.moving.push(column);
        self.columns[column].place = Place::Moving;
        self.excess[row] = 0.0;
    }

    fn shrink(&mut self, position: usize, stop: Option<usize>) {
        let Some(stop) = stop else { return };
        self.inverse.shrink(position + 1, stop + 1);
        self.tight.swap_remove(position);
        let column = self.moving.swap_remove(stop);
        self.settle(column);
    }

    fn exchange_column(&mut self, column: usize, sign: f64, at: (Option<usize>, &[f64])) {
        let (Some(stop), solved) = at else {
            // From one bound to the other: nothing else has changed its place.
            let column = &mut self.columns[column];
            let up = sign > 0.0;
            column.place = if up { Place::Upper } else { Place::Lower };
            column.weight = if up { column.upper } else { column.lower };
            return;
        };
        self.inverse.replace_column(stop + 1, solved);
        let settled = std::mem::replace(&mut self.moving[stop], column);
        self.columns[column].place = Place::Moving;
        self.settle(settled);
    }

    /// Puts a weight that has come to a bound exactly there.
    fn settle(&mut self, column: usize) {
        let column = &mut self.columns[column];
        let near_lower = column.weight - column.lower < column.upper - column.weight;
        column.place = if near_lower { Place::Lower } else { Place::Upper };
        column.weight = if near_lower { column.lower } else { column.upper };
    }
}
